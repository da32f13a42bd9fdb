/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
#ifndef VBOARD_PERIPH_SPI_INTERNAL_H
#define VBOARD_PERIPH_SPI_INTERNAL_H

/* Shared by spi.c (registers, master), slave.c and i2s.c. Nobody else includes this. */
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

#define I2SCFGR_I2SMOD (1u << 0)
#define I2SCFGR_I2SCFG (7u << 1)
#define I2SCFGR_I2SSTD_POS 4u
#define I2SCFGR_I2SSTD (3u << I2SCFGR_I2SSTD_POS)
#define I2SCFGR_DATLEN_POS 8u
#define I2SCFGR_CHLEN (1u << 10)
#define I2SCFGR_CKPOL (1u << 11)
#define I2SCFGR_WSINV (1u << 13)
#define I2SCFGR_DATFMT (1u << 14)
#define I2SCFGR_I2SDIV_POS 16u
#define I2SCFGR_ODD (1u << 24)
#define I2SCFGR_MCKOE (1u << 25)

enum spi_communication { COMM_FULL, COMM_TRANSMIT, COMM_RECEIVE, COMM_HALF };

/* Frames, the oldest first. */
struct spi_fifo {
    uint32_t frames[SPI_FIFO_MAX];
    unsigned count;
};

/* Of I2S mode: what it is about to send or to receive, and where it waits. */
struct i2s {
    struct pinfunc *mck; /* NULL: this SPI has no I2S */
    bool runs;           /* a first sample has begun */
    bool right;          /* the next sample is the right channel's */
    bool replays, replays_right;
    bool drops, drops_right;
    uint32_t last[2]; /* sent, by channel */
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
    struct i2s i2s;
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

unsigned spi_room(const struct spi *s);
/* A frame that has been received goes into the FIFO, if there is room. */
bool spi_keep_frame(struct spi *s, uint32_t in);
/* The transfer is over: SUSP or EOT. */
void spi_end_transfer(struct spi *s, uint32_t flag);
bool spi_is_gated(const struct spi *s);

/* ---- i2s.c ---- */
bool i2s_is_on(const struct spi *s);
bool i2s_is_master(const struct spi *s);
bool i2s_transmits(const struct spi *s);
bool i2s_receives(const struct spi *s);
unsigned i2s_sample_bits(const struct spi *s);
/* Of the kernel: a sample, and one of its bits. */
uint64_t i2s_sample_clocks(const struct spi *s);
uint64_t i2s_bit_clocks(const struct spi *s);
/* As it lies in a data register, and back. */
uint32_t i2s_to_sample(const struct spi *s, uint32_t data);
uint32_t i2s_from_sample(const struct spi *s, uint32_t sample);
void i2s_connect(struct spi *s);
/* The idle level of WS. */
void i2s_drive(struct spi *s);
/* MCK: the settings or the kernel clock have changed. */
void i2s_follow_clock(struct spi *s);
bool i2s_may_go_on(const struct spi *s);
/* What goes out with the sample that begins. */
uint32_t i2s_next_sample(struct spi *s);
void i2s_sample_in(struct spi *s, uint32_t in);
void i2s_stop(struct spi *s);
/* SPE is set: says what of the settings is not modelled. */
void i2s_report(struct spi *s);

/* ---- slave.c ---- */
bool spi_is_slave(const struct spi *s);
/* Symbols on MOSI and on SCK. */
void spi_slave_heard(void *ctx, const struct symbol *sym);
void spi_slave_clocked(void *ctx, const struct symbol *sym);
/* Drives MISO while addressed. */
void spi_slave_drive(struct spi *s);

#endif
