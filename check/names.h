/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
/* Names: of registers, peripherals, places in the code, histories and starts. */
#ifndef CHECK_NAMES_H
#define CHECK_NAMES_H

#include "check/check.h"

/* "PWR_CSR1" for an address, "RTC+0x0C" where it is not modelled, "0x58004000" where nothing is. */
void check_register(uint32_t address, char *text, size_t size);
/* "TIM2_DIER.UDE, .TDE": the register at `address` and its fields within `mask`. */
void check_fields(uint32_t address, uint32_t mask, char *text, size_t size);
/* The bits of a register that its model does not act on. */
uint32_t check_left_out(uint32_t address);
/* Bits of a register that read as they were last written, by whichever core; 0: none that is known. */
uint32_t check_plain_bits(uint32_t address);
/* "USART3", of its base as check_peripheral gives it. */
void check_peripheral_name(uint32_t base, char *text, size_t size);

/* "FUNCTION+0xC (FILE:LINE)", or the address where no symbol is known. */
void check_place(const struct check_config *config, enum core core, uint32_t pc, char *text,
                 size_t size);

/* The path of the source file, as the compiler wrote it down, and the line of a place; NULL where none is
 * known. The path belongs to the image. */
const char *check_source_line(const struct check_config *config, enum core core, uint32_t pc,
                              int *line);

const char *check_core_name(enum core core);                /* "CM7", "CM4" */
const char *check_history_name(enum check_history history); /* "fresh" ... */
const char *check_start_name(enum check_start start);       /* "power-on" ... */

#endif
