/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
/* Data path: DPSM (RM0399 Rev 4, 58.5.4, Figure 755), what both directions have in common. */
#include "vboard/periph/sdmmc/internal.h"

#include <string.h>

unsigned sdmmc_lines(const struct sdmmc *s)
{
    return 1u << (2 * (s->p.values[R_CLKCR] >> CLKCR_WIDBUS_POS & 1u)) |
           (s->p.values[R_CLKCR] >> (CLKCR_WIDBUS_POS + 1) & 1u) << 3;
}

bool sdmmc_by_idma(const struct sdmmc *s)
{
    return sdmmc_has(s, R_IDMACTRLR, IDMACTRLR_IDMAEN);
}

uint64_t sdmmc_clocks(const struct sdmmc *s, uint32_t bytes)
{
    return UINT64_C(8) * bytes / sdmmc_lines(s);
}

static bool receives(const struct sdmmc *s)
{
    return sdmmc_has(s, R_DCTRL, DCTRL_DTDIR);
}

/* ---- from and to Idle ---- */

void sdmmc_data_idle(struct sdmmc *s, uint32_t flags)
{
    sdmmc_disarm(s, &s->data);
    sdmmc_disarm(s, &s->timeout);
    s->dpsm = DPSM_IDLE;
    s->level = 0;
    s->failed = s->aborting = s->stalled = s->by_dten = false;
    s->p.values[R_DCTRL] &= ~(DCTRL_DTEN | DCTRL_FIFORST);
    sdmmc_flag(s, flags | (s->refused ? STAR_IDMATE : 0));
    s->refused = false;
}

void sdmmc_data_fail(struct sdmmc *s, uint32_t flags)
{
    sdmmc_disarm(s, &s->data);
    sdmmc_disarm(s, &s->timeout);
    s->failed = true;
    sdmmc_flag(s, flags | (s->refused ? STAR_IDMATE : 0));
    sdmmc_data_settle(s);
}

/* "When DATALENGTH is not a multiple of DBLOCKSIZE, the transfered data is truncated" (58.10.9). */
static void load_count(struct sdmmc *s)
{
    uint32_t length = s->p.values[R_DLENR];
    if ((s->p.values[R_DCTRL] >> DCTRL_DTMODE_POS & 3u) == DTMODE_MULTIBYTE) {
        s->block_size = length;
    } else {
        s->block_size = 1u << (s->p.values[R_DCTRL] >> DCTRL_DBLOCKSIZE_POS & 15u);
        length &= ~(s->block_size - 1);
    }
    s->left = length;
    s->p.values[R_DCNTR] = length;
}

void sdmmc_data_start(struct sdmmc *s)
{
    if (s->dpsm != DPSM_IDLE) {
        return;
    }
    load_count(s);
    s->by_dten = sdmmc_has(s, R_DCTRL, DCTRL_DTEN);
    if (s->left == 0) {
        sdmmc_data_idle(s, 0);
        return;
    }
    s->fifo_first = s->level = 0;
    s->buffer_at = 0;
    s->first = true;
    s->failed = s->aborting = s->stalled = s->refused = false;
    if (receives(s)) {
        sdmmc_receive_enter(s);
    } else {
        sdmmc_send_enter(s);
    }
    sdmmc_update(s);
}

/* ---- abort ---- */

/* After a timeout it goes on waiting for an abort (Table 486). */
static void busy_ended(struct sdmmc *s)
{
    if (!s->failed || s->aborting) {
        sdmmc_data_idle(s, s->aborting ? STAR_DABORT : STAR_BUSYD0END);
    }
}

/* A block that is being sent ends here; the card may still be at work on the one before. */
static void abort_sending(struct sdmmc *s)
{
    const struct sd_slot *slot = sdmmc_card(s, 0);
    vtime_ps busy = slot != NULL ? slot->ops->busy_until(slot->card) : 0;
    s->level = 0;
    s->dpsm = DPSM_BUSY;
    s->stalled = false;
    sdmmc_arm(s, &s->data, 2, busy > sdmmc_now(s) ? busy - sdmmc_now(s) : 0);
}

/* With nothing left to move the transfer ends as if there were no abort. */
void sdmmc_data_abort(struct sdmmc *s)
{
    if (s->dpsm == DPSM_IDLE || (s->left == 0 && !s->failed && s->dpsm != DPSM_BUSY_R1B)) {
        return;
    }
    s->aborting = true;
    if (s->dpsm == DPSM_BUSY_R1B && !s->data.on) {
        busy_ended(s);
    } else if (s->dpsm == DPSM_SEND || (s->dpsm == DPSM_BUSY && s->failed)) {
        abort_sending(s);
    } else if (s->dpsm != DPSM_BUSY && s->dpsm != DPSM_BUSY_R1B) {
        sdmmc_disarm(s, &s->data);
        sdmmc_disarm(s, &s->timeout);
    }
    sdmmc_data_settle(s);
}

/* Where it waits for the FIFO: "when IDMAEN = 0 reset with FIFORST". */
static bool is_flushed(struct sdmmc *s)
{
    if (!sdmmc_by_idma(s) && !sdmmc_has(s, R_DCTRL, DCTRL_FIFORST)) {
        return false;
    }
    s->level = 0;
    return true;
}

static bool waits_for_card(const struct sdmmc *s)
{
    return s->dpsm == DPSM_BUSY || s->dpsm == DPSM_BUSY_R1B;
}

void sdmmc_data_settle(struct sdmmc *s)
{
    if (s->aborting) {
        if (!waits_for_card(s) && is_flushed(s)) {
            sdmmc_data_idle(s, STAR_DABORT);
        }
    } else if (s->failed) {
        if (s->by_dten && is_flushed(s)) {
            sdmmc_data_idle(s, 0);
        }
    } else if (s->dpsm == DPSM_WAIT_R || s->dpsm == DPSM_RECEIVE) {
        sdmmc_receive_settle(s);
    } else if (s->dpsm == DPSM_WAIT_S || s->dpsm == DPSM_SEND) {
        sdmmc_send_settle(s);
    }
    sdmmc_update(s);
}

/* ---- busy after a response (58.6.6) ---- */

void sdmmc_data_sample_busy(struct sdmmc *s)
{
    const struct sd_slot *slot = sdmmc_card(s, 1);
    vtime_ps until = slot != NULL ? slot->ops->busy_until(slot->card) : 0;
    vtime_ps limit = sdmmc_span(s, UINT64_C(2) + s->p.values[R_DTIMER]);
    if (s->dpsm != DPSM_IDLE || until <= sdmmc_now(s)) {
        return;
    }
    s->dpsm = DPSM_BUSY_R1B;
    s->left = 0;
    sdmmc_arm(s, &s->data, 0, until - sdmmc_now(s));
    if (limit < until - sdmmc_now(s)) {
        sdmmc_arm(s, &s->timeout, UINT64_C(2) + s->p.values[R_DTIMER], 0);
    }
}

/* ---- events ---- */

void sdmmc_data_event(void *ctx, vtime_ps now)
{
    struct sdmmc *s = ctx;
    (void)now;
    s->data.on = false;
    if (s->dpsm == DPSM_BUSY_R1B) {
        busy_ended(s);
    } else if (receives(s)) {
        sdmmc_receive_event(s);
    } else {
        sdmmc_send_event(s);
    }
    s->p.values[R_DCNTR] = s->left;
    sdmmc_update(s);
}

/* It stays where it is until an abort (Table 487). */
void sdmmc_timeout_event(void *ctx, vtime_ps now)
{
    struct sdmmc *s = ctx;
    (void)now;
    s->timeout.on = false;
    if (s->dpsm == DPSM_BUSY_R1B) {
        s->failed = true;
        sdmmc_flag(s, STAR_DTIMEOUT);
    } else {
        sdmmc_data_fail(s, STAR_DTIMEOUT);
    }
}

/* ---- dynamic flags ---- */

uint32_t sdmmc_data_flags(const struct sdmmc *s)
{
    if (s->dpsm == DPSM_IDLE) {
        return 0;
    }
    if (s->dpsm == DPSM_BUSY_R1B) {
        return STAR_DPSMACT | (s->data.on ? STAR_BUSYD0 : 0);
    }
    if (receives(s)) {
        return STAR_DPSMACT | (s->level == 0 ? STAR_RXFIFOE : 0) |
               (s->level == FIFO_WORDS ? STAR_RXFIFOF : 0) |
               (s->level >= FIFO_WORDS / 2 ? STAR_RXFIFOHF : 0);
    }
    return STAR_DPSMACT | (s->level == 0 ? STAR_TXFIFOE : 0) |
           (s->level == FIFO_WORDS ? STAR_TXFIFOF : 0) |
           (s->level <= FIFO_WORDS / 2 ? STAR_TXFIFOHE : 0);
}
