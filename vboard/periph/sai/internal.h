/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
#ifndef VBOARD_PERIPH_SAI_INTERNAL_H
#define VBOARD_PERIPH_SAI_INTERNAL_H

/* Shared by sai.c (registers, life), frame.c (what a frame looks like) and block.c (what happens in one). */
#include "vboard/chip/chip.h"
#include "vboard/periph/sai/sai.h"

#define SAI_FIFO 8u
#define SAI_BLOCKS 2u

enum { B_CR1, B_CR2, B_FRCR, B_SLOTR, B_IM, B_SR, B_CLRFR, B_DR, B_COUNT };
enum { R_GCR, R_A, R_B = R_A + B_COUNT, R_PDMCR = R_B + B_COUNT, R_PDMDLY, R_COUNT };

#define CR1_SLAVE (1u << 1)
#define CR1_RECEIVES (1u << 0)
#define CR1_MONO (1u << 12)
#define CR1_SYNCEN (3u << 10)
#define CR1_SYNCEN_INTERNAL (1u << 10)
#define CR1_SYNCEN_EXTERNAL (2u << 10)
#define CR1_SAIEN (1u << 16)
#define CR1_DMAEN (1u << 17)
#define CR1_NODIV (1u << 19)
#define CR1_OSR (1u << 26)
#define CR1_MCKEN (1u << 27)
#define CR2_FTH 7u
#define CR2_FFLUSH (1u << 3)
#define CR2_COMP_ON (1u << 15)
#define FRCR_FSDEF (1u << 16)
#define FLAG_OVRUDR (1u << 0)
#define FLAG_MUTEDET (1u << 1)
#define FLAG_WCKCFG (1u << 2)
#define FLAG_FREQ (1u << 3)
#define FLAG_CNRDY (1u << 4)
#define FLAG_AFSDET (1u << 5)
#define FLAG_LFSDET (1u << 6)
#define SR_FLVL_POS 16u

enum sai_protocol { PROTOCOL_FREE, PROTOCOL_SPDIF, PROTOCOL_AC97 };

struct sai;

struct sai_block {
    struct sai *sai;
    struct sai_block *other;
    uint32_t *regs; /* B_CR1 and on */
    struct clock *kernel;
    struct clock_listener listener;
    struct ticker ticks; /* of the kernel clock */
    struct event event;
    struct pinfunc *mclk;
    struct dma_request *dma;
    unsigned fifo;  /* words in it */
    uint32_t flags; /* but FREQ */
    bool running;   /* a frame is under way, or will begin at `frame` */
    bool stopping;  /* with the end of the frame */
    uint64_t frame; /* when it began, in ticks of the clock's owner */
    unsigned next;  /* the slot after the last that is over */
    bool skips;     /* after an overrun or underrun: until it is this slot's turn */
    unsigned skipped;
    unsigned muted; /* frames of zeros received in a row */
};

struct sai {
    struct periph p;
    struct sai_block blocks[SAI_BLOCKS];
};

/* ---- frame.c: settings, 54.4.5 to 54.4.12 ---- */
enum sai_protocol sai_protocol(const struct sai_block *b);
bool sai_is_master(const struct sai_block *b);
bool sai_receives(const struct sai_block *b);
unsigned sai_divider(const struct sai_block *b);
/* A frame: kernel clocks of the block that makes it, bits. */
uint64_t sai_frame_clocks(const struct sai_block *b);
unsigned sai_frame_bits(const struct sai_block *b);
/* MCLK and FS cannot both be had from such a frame (54.4.14). */
bool sai_is_wrong(const struct sai_block *b);
unsigned sai_slots(const struct sai_block *b);
/* The first slot from `from` on that reads or writes the FIFO in a frame of `bits`; sai_slots: none. */
unsigned sai_next_slot(const struct sai_block *b, unsigned from, unsigned bits);
/* The bit of the frame with which it does. */
unsigned sai_slot_bit(const struct sai_block *b, unsigned slot);

/* ---- block.c ---- */
/* What has happened by now; both blocks'. */
void sai_catch_up(struct sai *s);
void sai_enable(struct sai_block *b);
void sai_disable(struct sai_block *b);
/* No frame any more, at once: reset. */
void sai_block_reset(struct sai_block *b);
uint32_t sai_status(const struct sai_block *b);
/* After any change: frames that can begin, interrupts, DMA, the next event. */
void sai_update(struct sai *s);
void sai_block_event(void *ctx, vtime_ps now);

#endif
