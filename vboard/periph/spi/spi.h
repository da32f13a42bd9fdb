/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
#ifndef VBOARD_PERIPH_SPI_SPI_H
#define VBOARD_PERIPH_SPI_SPI_H

/*
 * SPI1 to SPI6 as masters and slaves (RM0399 Rev 4, chapter 53), one event a frame. param is the size of the FIFOs in
 * bytes: 16, or 8 (SPI4 to SPI6).
 *
 * A master's frame goes out on MOSI as a symbol (kernel/signal.h; two of 16 bits if it is longer than that) and then
 * as the same symbol on SCK; what hangs there may answer by a symbol on MISO before it returns. Nobody answers: all bits
 * are MISO's level. A slave takes what has come on MOSI when SCK's symbol comes, which must be as long as its own
 * frames are.
 *
 * SPI1 to SPI3 as I2S or PCM masters (53.9): an event a sample, which goes the same way, its channel on WS (the pin NSS)
 * while it does; MCK is a clock without edges. Slaves of I2S are not modelled. Left out: the few clocks that CSTART takes.
 *
 * Left out beyond any field: MIDI's and MSSI's idle times between frames, edges on SCK.
 */
#include "vboard/chip/chip.h"

enum spi_irq { SPI_IRQ_GLOBAL };

extern const struct model spi_model;  /* SPI1 to SPI3, which can be I2S */
extern const struct model spi4_model; /* SPI4 to SPI6 */
extern const struct reg_fields spi_fields[];

#endif
