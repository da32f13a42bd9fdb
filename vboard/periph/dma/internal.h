/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
#ifndef VBOARD_PERIPH_DMA_INTERNAL_H
#define VBOARD_PERIPH_DMA_INTERNAL_H

/* Shared by dma.c (registers) and stream.c (transfers). Nobody else includes this. */
#include "vboard/chip/transfer.h"
#include "vboard/periph/dma/dma.h"

enum {
    R_LISR,
    R_HISR,
    R_LIFCR,
    R_HIFCR,
    R_SCR,
    R_SNDTR = R_SCR + DMA_STREAMS,
    R_SPAR = R_SNDTR + DMA_STREAMS,
    R_SM0AR = R_SPAR + DMA_STREAMS,
    R_SM1AR = R_SM0AR + DMA_STREAMS,
    R_SFCR = R_SM1AR + DMA_STREAMS,
    R_COUNT = R_SFCR + DMA_STREAMS
};

#define CR_EN (1u << 0)
#define CR_DMEIE (1u << 1)
#define CR_TEIE (1u << 2)
#define CR_HTIE (1u << 3)
#define CR_TCIE (1u << 4)
#define CR_CIRC (1u << 8)
#define CR_PINC (1u << 9)
#define CR_MINC (1u << 10)
#define CR_PSIZE_POS 11u
#define CR_MSIZE_POS 13u
#define CR_PINCOS (1u << 15)
#define CR_DBM (1u << 18)
#define CR_CT (1u << 19)
#define CR_DIR_POS 6u
#define CR_PBURST_POS 21u
#define CR_MBURST_POS 23u
#define FCR_FTH 3u
#define FCR_DMDIS (1u << 2)
#define FCR_FS_POS 3u
#define FCR_FEIE (1u << 7)

/* A stream's flags in its byte of LISR or HISR. */
#define FLAG_FEIF (1u << 0)
#define FLAG_DMEIF (1u << 2)
#define FLAG_TEIF (1u << 3)
#define FLAG_HTIF (1u << 4)
#define FLAG_TCIF (1u << 5)

#define FIFO_BYTES 16u

enum dma_direction { DIR_TO_MEMORY, DIR_TO_PERIPHERAL, DIR_MEMORY };

struct dma;

struct dma_stream {
    struct dma *dma;
    unsigned number;
    struct transfer transfer;
    struct event event;
    struct wire *complete;       /* TCIF, for MDMA */
    uint32_t peripheral, memory; /* where the next item is */
    uint32_t items;              /* NDT as programmed */
    uint32_t memory_left;        /* bytes that memory still has to give or take */
    uint8_t fifo[FIFO_BYTES];
    unsigned level; /* bytes in it */
};

struct dma {
    struct periph p;
    struct clock_listener listener;
    struct dma_stream streams[DMA_STREAMS];
};

static inline uint32_t stream_cr(const struct dma_stream *s)
{
    return s->dma->p.values[R_SCR + s->number];
}

static inline bool stream_has(const struct dma_stream *s, uint32_t bits)
{
    return (stream_cr(s) & bits) == bits;
}

/* ---- dma.c ---- */

/* Sets flags of a stream, and what hangs on them. */
void dma_flag(struct dma_stream *s, uint32_t flags);

/* ---- stream.c ---- */

/* EN was set. */
void stream_start(struct dma_stream *s);
/* EN was cleared by software: the FIFO is flushed, the transfer ends. */
void stream_stop(struct dma_stream *s);
/* Queues the next piece of work, or none. */
void stream_schedule(struct dma_stream *s);
void stream_run(void *ctx, vtime_ps now);
/* FCR.FS. */
uint32_t stream_fifo_status(const struct dma_stream *s);

#endif
