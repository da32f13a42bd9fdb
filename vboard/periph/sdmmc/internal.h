/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
#ifndef VBOARD_PERIPH_SDMMC_INTERNAL_H
#define VBOARD_PERIPH_SDMMC_INTERNAL_H

/* Shared by the files of this folder. Nobody else includes this. */
#include "vboard/chip/transfer.h"
#include "vboard/periph/sdmmc/sdmmc.h"

#define FIFO_WORDS 16u
#define BURST_BYTES 32u /* eight beats of the IDMA (58.5.6), half of the FIFO */

enum {
    R_POWER,
    R_CLKCR,
    R_ARGR,
    R_CMDR,
    R_RESPCMDR,
    R_RESPR,
    R_DTIMER = R_RESPR + 4,
    R_DLENR,
    R_DCTRL,
    R_DCNTR,
    R_STAR,
    R_ICR,
    R_MASKR,
    R_ACKTIMER,
    R_IDMACTRLR,
    R_IDMABSIZER,
    R_IDMABASE0R,
    R_IDMABASE1R,
    R_FIFOR,
    R_COUNT = R_FIFOR + FIFO_WORDS
};

#define POWER_PWRCTRL 3u
#define POWER_ON 3u
#define CLKCR_CLKDIV 0x3FFu
#define CLKCR_WIDBUS_POS 14u
#define CLKCR_HWFC_EN (1u << 17)
#define CMDR_CMDINDEX 0x3Fu
#define CMDR_CMDTRANS (1u << 6)
#define CMDR_CMDSTOP (1u << 7)
#define CMDR_WAITRESP_POS 8u
#define CMDR_CPSMEN (1u << 12)
#define CMDR_DTHOLD (1u << 13)
#define DCTRL_DTEN (1u << 0)
#define DCTRL_DTDIR (1u << 1)
#define DCTRL_DTMODE_POS 2u
#define DCTRL_DBLOCKSIZE_POS 4u
#define DCTRL_FIFORST (1u << 13)
#define IDMACTRLR_IDMAEN (1u << 0)
#define IDMACTRLR_IDMABMODE (1u << 1)
#define IDMACTRLR_IDMABACT (1u << 2)

#define STAR_CCRCFAIL (1u << 0)
#define STAR_DCRCFAIL (1u << 1)
#define STAR_CTIMEOUT (1u << 2)
#define STAR_DTIMEOUT (1u << 3)
#define STAR_TXUNDERR (1u << 4)
#define STAR_RXOVERR (1u << 5)
#define STAR_CMDREND (1u << 6)
#define STAR_CMDSENT (1u << 7)
#define STAR_DATAEND (1u << 8)
#define STAR_DHOLD (1u << 9)
#define STAR_DBCKEND (1u << 10)
#define STAR_DABORT (1u << 11)
#define STAR_DPSMACT (1u << 12)
#define STAR_CPSMACT (1u << 13)
#define STAR_TXFIFOHE (1u << 14)
#define STAR_RXFIFOHF (1u << 15)
#define STAR_TXFIFOF (1u << 16)
#define STAR_RXFIFOF (1u << 17)
#define STAR_TXFIFOE (1u << 18)
#define STAR_RXFIFOE (1u << 19)
#define STAR_BUSYD0 (1u << 20)
#define STAR_BUSYD0END (1u << 21)
#define STAR_IDMATE (1u << 27)
#define STAR_IDMABTC (1u << 28)

enum { DTMODE_BLOCK, DTMODE_MULTIBYTE, DTMODE_STREAM, DTMODE_BLOCK_STOP };

/* The states of the two machines (Figures 751 and 755) that an SD card needs. */
enum cpsm { CPSM_IDLE, CPSM_SEND, CPSM_WAIT };
enum dpsm {
    DPSM_IDLE,
    DPSM_WAIT_R,
    DPSM_RECEIVE,
    DPSM_WAIT_S,
    DPSM_SEND,
    DPSM_BUSY,
    DPSM_BUSY_R1B
};

/* Something that ends after so many clocks of SDMMC_CK, and then a time of the card's own. */
struct sdmmc_timer {
    struct event event;
    uint64_t clocks;
    vtime_ps extra;
    bool on;
};

struct sdmmc {
    struct periph p;
    struct clock *kernel;
    struct clock_listener listener;
    struct pinfunc *ck, *cmd, *d[4];
    uint32_t flags; /* the static ones */
    /* command path */
    enum cpsm cpsm;
    struct sdmmc_timer command;
    struct sd_answer answer;
    vtime_ps powered_at, command_over_at;
    /* data path */
    enum dpsm dpsm;
    struct sdmmc_timer data, timeout;
    bool by_dten;
    bool first;    /* block of the transfer */
    bool failed;   /* an error: nothing moves until an abort */
    bool aborting; /* the abort has come, the FIFO is not yet empty or the card busy */
    bool stalled;  /* by flow control */
    bool good;     /* the block's CRC will be right */
    enum sd_status status;
    uint32_t left;           /* DATACOUNT */
    uint32_t block_size;     /* as this side has it */
    uint32_t at, chunk;      /* bytes of the block that have gone; that are on the bus */
    uint8_t block[SD_BLOCK]; /* beyond it there are only zeros */
    uint32_t fifo[FIFO_WORDS];
    unsigned fifo_first, level; /* words */
    /* IDMA */
    struct transfer transfer;
    uint32_t buffer_at; /* bytes moved to or from the active buffer */
    bool refused;       /* by the bus: it moves nothing any more */
};

static inline bool sdmmc_has(const struct sdmmc *s, unsigned slot, uint32_t bits)
{
    return (s->p.values[slot] & bits) != 0;
}

static inline vtime_ps sdmmc_now(const struct sdmmc *s)
{
    return s->p.chip->sched.now;
}

/* ---- sdmmc.c ---- */

void sdmmc_flag(struct sdmmc *s, uint32_t flags);
/* Drives the interrupt line. */
void sdmmc_update(struct sdmmc *s);
void sdmmc_arm(struct sdmmc *s, struct sdmmc_timer *t, uint64_t clocks, vtime_ps extra);
void sdmmc_disarm(struct sdmmc *s, struct sdmmc_timer *t);
/* So many clocks of SDMMC_CK; VTIME_NEVER while it stands. */
vtime_ps sdmmc_span(const struct sdmmc *s, uint64_t clocks);
/* The card, if there is one behind pins that are routed to CK, CMD and `lines` data lines; else NULL. */
const struct sd_slot *sdmmc_card(const struct sdmmc *s, unsigned lines);

/* ---- command.c ---- */

void sdmmc_command_write(struct periph *p, unsigned slot, uint32_t old, uint32_t written);
void sdmmc_command_event(void *ctx, vtime_ps now);

/* ---- data.c ---- */

/* The data path is enabled, by a command or by DTEN. */
void sdmmc_data_start(struct sdmmc *s);
/* A command has ended: the card may have something to send. */
void sdmmc_data_look(struct sdmmc *s);
/* CPSM's Abort. */
void sdmmc_data_abort(struct sdmmc *s);
/* A response has ended: D0 is sampled. */
void sdmmc_data_sample_busy(struct sdmmc *s);
/* FIFO, FIFORST or DTHOLD have changed. */
void sdmmc_data_settle(struct sdmmc *s);
void sdmmc_data_event(void *ctx, vtime_ps now);
void sdmmc_timeout_event(void *ctx, vtime_ps now);
/* What a transfer of this direction has of the dynamic flags. */
uint32_t sdmmc_data_flags(const struct sdmmc *s);

/* ---- data_receive.c, data_send.c ---- */

void sdmmc_receive_enter(struct sdmmc *s);
void sdmmc_receive_event(struct sdmmc *s);
void sdmmc_receive_settle(struct sdmmc *s);
void sdmmc_send_enter(struct sdmmc *s);
void sdmmc_send_event(struct sdmmc *s);
void sdmmc_send_settle(struct sdmmc *s);

unsigned sdmmc_lines(const struct sdmmc *s);
bool sdmmc_by_idma(const struct sdmmc *s);
/* Clocks for so many bytes of data. */
uint64_t sdmmc_clocks(const struct sdmmc *s, uint32_t bytes);
/* Stops where it is, until an abort. */
void sdmmc_data_fail(struct sdmmc *s, uint32_t flags);
void sdmmc_data_idle(struct sdmmc *s, uint32_t flags);

/* ---- fifo.c ---- */

/* As many bytes as are in the block at `at`. */
void sdmmc_fifo_put(struct sdmmc *s, uint32_t at, uint32_t bytes);
void sdmmc_fifo_take(struct sdmmc *s, uint32_t at, uint32_t bytes);
uint32_t sdmmc_fifo_read(struct periph *p, unsigned slot, uint32_t value);
bool sdmmc_fifo_write(struct periph *p, unsigned slot, uint32_t written);
/* The same by the IDMA: all of it, or, if it has to wait, nothing. */
enum transfer_result sdmmc_idma_move(struct sdmmc *s, uint32_t at, uint32_t bytes, vtime_ps *ready);

#endif
