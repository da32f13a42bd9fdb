/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
/* Data to the card: Wait_S, Send and Busy (RM0399 Rev 4, 58.5.4, Figure 755). */
#include "vboard/periph/sdmmc/internal.h"

#include <string.h>

#define WAIT_CLOCKS 2u      /* N_WR: "at least two clock periods" */
#define END_CLOCKS 17u      /* CRC16 and end bit */
#define STATUS_CLOCKS 7u    /* N_CRC and the token: start bit, three bits, end bit */
#define NO_STATUS_CLOCKS 8u /* "no start bit is received withing 8 SDMMC_CK cycles" */

static uint32_t least(uint32_t a, uint32_t b)
{
    return a < b ? a : b;
}

void sdmmc_send_enter(struct sdmmc *s)
{
    s->dpsm = DPSM_WAIT_S;
    sdmmc_arm(s, &s->data, WAIT_CLOCKS, 0);
}

/* ---- Send ---- */

/* What is there now: bytes. The IDMA fetches it, into the block; 0: nothing comes, or it has to wait. */
static uint32_t available(struct sdmmc *s, uint32_t wanted)
{
    vtime_ps ready = 0;
    if (!sdmmc_by_idma(s)) {
        return 4 * s->level;
    }
    enum transfer_result result = sdmmc_idma_move(s, s->at, wanted, &ready);
    s->refused = result == TRANSFER_REFUSED;
    if (result == TRANSFER_WAIT) {
        s->chunk = 0;
        s->stalled = true;
        sdmmc_arm(s, &s->data, 0, ready > sdmmc_now(s) ? ready - sdmmc_now(s) : 0);
    }
    return result == TRANSFER_DONE ? wanted : 0;
}

static void next_chunk(struct sdmmc *s, uint64_t clocks)
{
    uint32_t rest = s->block_size - s->at;
    if (rest == 0) {
        s->chunk = 0;
        sdmmc_arm(s, &s->data, END_CLOCKS, 0);
        return;
    }
    uint32_t wanted = least(rest, BURST_BYTES);
    s->stalled = false;
    s->chunk = least(wanted, available(s, wanted));
    if (s->chunk != 0) {
        sdmmc_arm(s, &s->data, clocks + sdmmc_clocks(s, s->chunk), 0);
    } else if (!s->stalled && sdmmc_has(s, R_CLKCR, CLKCR_HWFC_EN) && !s->refused) {
        s->stalled = true;
    } else if (!s->stalled) {
        sdmmc_data_fail(s, STAR_TXUNDERR);
    }
}

static void chunk_ended(struct sdmmc *s)
{
    if (!sdmmc_by_idma(s)) {
        sdmmc_fifo_take(s, s->at, s->chunk);
    }
    s->at += s->chunk;
    s->left -= s->chunk;
    next_chunk(s, 0);
}

/* ---- Busy ---- */

static void wait_for_card(struct sdmmc *s, const struct sd_slot *slot)
{
    vtime_ps until = slot->ops->busy_until(slot->card);
    vtime_ps busy = until > sdmmc_now(s) ? until - sdmmc_now(s) : 0;
    vtime_ps limit = sdmmc_span(s, UINT64_C(2) + s->p.values[R_DTIMER]);
    sdmmc_arm(s, &s->data, STATUS_CLOCKS, busy);
    if (limit < busy) {
        sdmmc_arm(s, &s->timeout, STATUS_CLOCKS + UINT64_C(2) + s->p.values[R_DTIMER], 0);
    }
}

static void block_ended(struct sdmmc *s)
{
    const struct sd_slot *slot = sdmmc_card(s, 1);
    s->status = SD_STATUS_NONE;
    s->dpsm = DPSM_BUSY;
    s->first = false;
    if (slot != NULL) {
        bool alike = sdmmc_lines(s) == slot->ops->data_lines(slot->card) &&
                     sdmmc_card(s, sdmmc_lines(s)) != NULL;
        s->status = alike ? slot->ops->receive(slot->card, s->block, s->block_size, sdmmc_now(s))
                          : SD_STATUS_BAD_CRC;
    }
    if (s->status == SD_STATUS_NONE) {
        sdmmc_arm(s, &s->data, NO_STATUS_CLOCKS, 0);
    } else {
        wait_for_card(s, slot);
    }
}

static void busy_ended(struct sdmmc *s)
{
    sdmmc_disarm(s, &s->timeout);
    if (s->aborting) {
        sdmmc_data_idle(s, STAR_DABORT);
    } else if (s->status == SD_STATUS_NONE) {
        sdmmc_data_fail(s, STAR_DTIMEOUT);
    } else if (s->status == SD_STATUS_BAD_CRC && s->left == 0) {
        sdmmc_data_idle(s, STAR_DCRCFAIL);
    } else if (s->status == SD_STATUS_BAD_CRC) {
        s->level = 0;
        sdmmc_data_fail(s, STAR_DCRCFAIL);
    } else {
        s->dpsm = DPSM_WAIT_S;
        if (!sdmmc_by_idma(s) && s->left != 0 && sdmmc_has(s, R_CMDR, CMDR_DTHOLD)) {
            sdmmc_flag(s, STAR_DBCKEND);
        }
        sdmmc_send_settle(s);
    }
}

void sdmmc_send_event(struct sdmmc *s)
{
    if (s->dpsm == DPSM_WAIT_S) {
        sdmmc_send_settle(s);
    } else if (s->dpsm == DPSM_BUSY) {
        busy_ended(s);
    } else if (s->stalled) {
        next_chunk(s, 0); /* memory may be asked again */
    } else if (s->chunk == 0) {
        block_ended(s);
    } else {
        chunk_ended(s);
    }
}

/* ---- Wait_S ---- */

static bool has_enough(const struct sdmmc *s)
{
    if (sdmmc_by_idma(s)) {
        return true;
    }
    return s->first ? s->level == FIFO_WORDS || 4 * s->level >= s->left : s->level != 0;
}

static bool may_go_on(const struct sdmmc *s)
{
    return s->level >= FIFO_WORDS / 2 || 4 * s->level >= s->left;
}

static void begin_block(struct sdmmc *s)
{
    s->dpsm = DPSM_SEND;
    s->at = 0;
    memset(s->block, 0, sizeof(s->block));
    next_chunk(s, 1);
}

void sdmmc_send_settle(struct sdmmc *s)
{
    bool holds = sdmmc_has(s, R_CMDR, CMDR_DTHOLD);
    if (s->dpsm == DPSM_SEND) {
        if (s->stalled && !s->data.on && may_go_on(s)) {
            next_chunk(s, 0);
        }
    } else if (s->data.on) {
        return; /* N_WR */
    } else if (s->left == 0) {
        sdmmc_data_idle(s, holds ? STAR_DHOLD : STAR_DATAEND);
    } else if (holds) {
        if (sdmmc_by_idma(s) || sdmmc_has(s, R_DCTRL, DCTRL_FIFORST)) {
            sdmmc_data_idle(s, STAR_DHOLD);
        }
    } else if (has_enough(s)) {
        begin_block(s);
    }
}
