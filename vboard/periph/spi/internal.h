/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
#ifndef VBOARD_PERIPH_SPI_INTERNAL_H
#define VBOARD_PERIPH_SPI_INTERNAL_H

/* Shared by spi.c (registers, master) and slave.c. Nobody else includes this. */
#include "vboard/chip/chip.h"
#include "vboard/periph/spi/spi.h"

#define SPI_FIFO_MAX 16u

enum {
    R_CR1,
    R_CR2,
    R_CFG1,
    R_CFG2,
    R_IER,
    R_SR,
    R_IFCR,
    R_TXDR,
    R_RXDR,
    R_CRCPOLY,
    R_TXCRC,
    R_RXCRC,
    R_UDRDR,
    R_I2SCFGR,
    R_COUNT
};

#define CR1_SPE (1u << 0)
#define CR1_MASRX (1u << 8)
#define CR1_CSTART (1u << 9)
#define CR1_CSUSP (1u << 10)
#define CR1_HDDIR (1u << 11)
#define CR1_SSI (1u << 12)
#define CFG1_FTHLV_POS 5u
#define CFG1_UDRCFG_POS 9u
#define CFG1_RXDMAEN (1u << 14)
#define CFG1_TXDMAEN (1u << 15)
#define CFG1_MBR_POS 28u
#define CFG2_COMM_POS 17u
#define CFG2_MASTER (1u << 22)
#define CFG2_LSBFRST (1u << 23)
#define CFG2_CPOL (1u << 25)
#define CFG2_SSM (1u << 26)
#define CFG2_SSIOP (1u << 28)
#define CFG2_SSOE (1u << 29)
#define SR_RXP (1u << 0)
#define SR_TXP (1u << 1)
#define SR_DXP (1u << 2)
#define SR_EOT (1u << 3)
#define SR_TXTF (1u << 4)
#define SR_UDR (1u << 5)
#define SR_OVR (1u << 6)
#define SR_MODF (1u << 9)
#define SR_SUSP (1u << 11)
#define SR_TXC (1u << 12)
#define SR_RXPLVL_POS 13u
#define SR_RXWNE (1u << 15)
#define SR_LATCHED (SR_EOT | SR_TXTF | SR_UDR | SR_OVR | SR_MODF | SR_SUSP)

enum spi_communication { COMM_FULL, COMM_TRANSMIT, COMM_RECEIVE, COMM_HALF };

/* Frames, the oldest first. */
struct spi_fifo {
    uint32_t frames[SPI_FIFO_MAX];
    unsigned count;
};

struct spi {
    struct periph p;
    struct clock *kernel;
    struct clock_listener listener;
    struct event frame;
    struct spi_fifo tx, rx;
    struct pinfunc *sck, *mosi, *miso, *nss;
    struct dma_request *tx_dma, *rx_dma;
    uint32_t flags;   /* those of SR that stay until they are cleared */
    uint32_t left;    /* frames of TSIZE still to be exchanged */
    uint32_t to_come; /* ... still to be written */
    uint32_t shift;   /* the frame on its way */
    uint32_t answer;  /* what has come on MISO as symbols */
    bool answered;
    bool suspends;  /* CSUSP, at the end of the frame */
    uint32_t heard; /* by a slave, on MOSI since its last frame */
    uint32_t last_in, last_out;
};

static inline bool spi_has(const struct spi *s, unsigned slot, uint32_t bits)
{
    return (s->p.values[slot] & bits) == bits;
}

unsigned spi_frame_bits(const struct spi *s);
uint32_t spi_frame_mask(const struct spi *s);
bool spi_transmits(const struct spi *s);
/* The oldest frame to be sent. */
uint32_t spi_take(struct spi_fifo *f);
/* A frame has been exchanged: `in` goes into the FIFO, the transfer may be over. */
void spi_frame_in(struct spi *s, uint32_t in);
/* NSS or SSI select it: a master is switched off by that (53.4.15), a slave is addressed. */
bool spi_is_addressed(const struct spi *s);

/* ---- slave.c ---- */
bool spi_is_slave(const struct spi *s);
/* Symbols on MOSI and on SCK. */
void spi_slave_heard(void *ctx, const struct symbol *sym);
void spi_slave_clocked(void *ctx, const struct symbol *sym);
/* Drives MISO while addressed. */
void spi_slave_drive(struct spi *s);

#endif
