/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
#ifndef VBOARD_PERIPH_MDMA_INTERNAL_H
#define VBOARD_PERIPH_MDMA_INTERNAL_H

/* Shared by mdma.c (registers, requests, blocks) and buffer.c (moving one buffer). Nobody else includes this. */
#include "vboard/chip/transfer.h"
#include "vboard/periph/mdma/mdma.h"

/* Each but the first is an array of MDMA_CHANNELS. */
enum {
    R_GISR0,
    R_ISR,
    R_IFCR = R_ISR + MDMA_CHANNELS,
    R_ESR = R_IFCR + MDMA_CHANNELS,
    R_CR = R_ESR + MDMA_CHANNELS,
    R_TCR = R_CR + MDMA_CHANNELS,
    R_BNDTR = R_TCR + MDMA_CHANNELS,
    R_SAR = R_BNDTR + MDMA_CHANNELS,
    R_DAR = R_SAR + MDMA_CHANNELS,
    R_BRUR = R_DAR + MDMA_CHANNELS,
    R_LAR = R_BRUR + MDMA_CHANNELS,
    R_TBR = R_LAR + MDMA_CHANNELS,
    R_MAR = R_TBR + MDMA_CHANNELS,
    R_MDR = R_MAR + MDMA_CHANNELS,
    R_COUNT = R_MDR + MDMA_CHANNELS
};

#define ISR_TEIF (1u << 0)
#define ISR_CTCIF (1u << 1)
#define ISR_BRTIF (1u << 2)
#define ISR_BTIF (1u << 3)
#define ISR_TCIF (1u << 4)
#define ISR_CRQA (1u << 16)
#define ESR_TED (1u << 7)
#define ESR_TELD (1u << 8)
#define ESR_TEMD (1u << 9)
#define ESR_ASE (1u << 10)
#define ESR_BSE (1u << 11)
#define CR_EN (1u << 0)
#define CR_BEX (1u << 12)
#define CR_HEX (1u << 13)
#define CR_WEX (1u << 14)
#define CR_SWRQ (1u << 16)
#define TCR_SINC_POS 0u
#define TCR_DINC_POS 2u
#define TCR_SSIZE_POS 4u
#define TCR_DSIZE_POS 6u
#define TCR_SINCOS_POS 8u
#define TCR_DINCOS_POS 10u
#define TCR_TLEN_POS 18u
#define TCR_PKE (1u << 25)
#define TCR_PAM_POS 26u
#define TCR_TRGM_POS 28u
#define TCR_SWRM (1u << 30)
#define BNDTR_BNDT 0x1FFFFu
#define BNDTR_BRSUM (1u << 18)
#define BNDTR_BRDUM (1u << 19)
#define BNDTR_BRC_POS 20u
#define TBR_TSEL 0x3Fu
#define TBR_SBUS (1u << 16)
#define TBR_DBUS (1u << 17)

struct mdma;

struct mdma_channel {
    struct mdma *mdma;
    unsigned number;
    struct transfer transfer;
    struct event event;
    struct wire_listener trigger;
    uint32_t block; /* bytes of the block as programmed */
};

struct mdma {
    struct periph p;
    struct clock_listener listener;
    struct mdma_channel channels[MDMA_CHANNELS];
};

static inline uint32_t *mdma_reg(const struct mdma_channel *c, unsigned first)
{
    return &c->mdma->p.values[first + c->number];
}

static inline unsigned mdma_field(const struct mdma_channel *c, unsigned pos)
{
    return *mdma_reg(c, R_TCR) >> pos & 3u;
}

/* ---- buffer.c ---- */

/* Bytes of the next buffer. */
unsigned mdma_buffer_length(const struct mdma_channel *c);
/* Moves it and the addresses; *errors gets what ESR says if it is refused. */
enum transfer_result mdma_move_buffer(struct mdma_channel *c, uint32_t *errors, vtime_ps *ready);

#endif
