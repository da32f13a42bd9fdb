/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
/* Data from the card: Wait_R and Receive (RM0399 Rev 4, 58.5.4, Figure 755). */
#include "vboard/periph/sdmmc/internal.h"

#include <string.h>

#define START_CLOCKS                                                                               \
    2u /* after a command's or a block's end bit; the card's own time comes on top */
#define END_CLOCKS 17u /* CRC16 and end bit */

static uint32_t room_bytes(const struct sdmmc *s)
{
    return sdmmc_by_idma(s) && !s->refused ? BURST_BYTES : 4 * (FIFO_WORDS - s->level);
}

static uint32_t least(uint32_t a, uint32_t b)
{
    return a < b ? a : b;
}

/* As much as there is room for; into a full FIFO a word, which is lost unless somebody reads one before it has come. */
static void next_chunk(struct sdmmc *s, uint64_t clocks)
{
    uint32_t rest = s->block_size - s->at;
    uint32_t room = room_bytes(s);
    s->stalled = rest != 0 && room == 0 && sdmmc_has(s, R_CLKCR, CLKCR_HWFC_EN);
    s->chunk = least(least(rest, BURST_BYTES), room == 0 ? 4 : room);
    if (!s->stalled) {
        sdmmc_arm(s, &s->data, clocks + (rest == 0 ? END_CLOCKS : sdmmc_clocks(s, s->chunk)), 0);
    }
}

void sdmmc_receive_enter(struct sdmmc *s)
{
    s->dpsm = DPSM_WAIT_R;
    sdmmc_arm(s, &s->timeout, UINT64_C(2) + s->p.values[R_DTIMER], 0);
    sdmmc_data_look(s);
}

/* Without a start bit on each of its lines this side sees no block; with lines it does not listen to, another one. */
void sdmmc_data_look(struct sdmmc *s)
{
    const struct sd_slot *slot = sdmmc_card(s, sdmmc_lines(s));
    vtime_ps after = 0;
    if (s->dpsm != DPSM_WAIT_R || s->data.on || s->failed || s->aborting || slot == NULL ||
        s->left == 0) {
        return;
    }
    unsigned card_lines = slot->ops->data_lines(slot->card);
    if (sdmmc_lines(s) > card_lines) {
        return;
    }
    memset(s->block, 0, sizeof(s->block));
    size_t length = slot->ops->send(slot->card, s->block, &after);
    if (length != 0) {
        s->good = length == s->block_size && sdmmc_lines(s) == card_lines;
        sdmmc_arm(s, &s->data, START_CLOCKS, after);
    }
}

static void start_bit(struct sdmmc *s)
{
    sdmmc_disarm(s, &s->timeout);
    s->dpsm = DPSM_RECEIVE;
    s->at = 0;
    next_chunk(s, 1);
}

static void block_ended(struct sdmmc *s)
{
    const struct sd_slot *slot = sdmmc_card(s, 0);
    if (slot != NULL) {
        slot->ops->sent(slot->card);
    }
    s->at = 0;
    if (!s->good && s->left != 0) {
        sdmmc_data_fail(s, STAR_DCRCFAIL);
        return;
    }
    s->dpsm = DPSM_WAIT_R;
    if (s->left != 0 && !sdmmc_has(s, R_CMDR, CMDR_DTHOLD)) {
        sdmmc_receive_enter(s);
    }
    sdmmc_data_settle(s);
}

/* True: the chunk has gone where it belongs, or nowhere any more. */
static bool deliver(struct sdmmc *s)
{
    vtime_ps ready = 0;
    if (sdmmc_by_idma(s) && !s->refused) {
        enum transfer_result result = sdmmc_idma_move(s, s->at, s->chunk, &ready);
        if (result == TRANSFER_WAIT) {
            sdmmc_arm(s, &s->data, 0, ready > sdmmc_now(s) ? ready - sdmmc_now(s) : 0);
            return false;
        }
        s->refused = result == TRANSFER_REFUSED;
    } else if (s->chunk > room_bytes(s)) {
        sdmmc_data_fail(s, STAR_RXOVERR);
        return false;
    } else {
        sdmmc_fifo_put(s, s->at, s->chunk);
    }
    return true;
}

void sdmmc_receive_event(struct sdmmc *s)
{
    if (s->dpsm == DPSM_WAIT_R) {
        start_bit(s);
    } else if (s->chunk == 0) {
        block_ended(s);
    } else if (deliver(s)) {
        s->at += s->chunk;
        s->left -= s->chunk;
        next_chunk(s, 0);
    }
}

/* What the IDMA could not store any more is thrown away at the end. */
static bool is_empty(const struct sdmmc *s)
{
    return s->level == 0 || s->refused;
}

void sdmmc_receive_settle(struct sdmmc *s)
{
    bool flushed = sdmmc_by_idma(s) || sdmmc_has(s, R_DCTRL, DCTRL_FIFORST);
    if (s->dpsm == DPSM_RECEIVE) {
        if (s->stalled && s->level <= FIFO_WORDS / 2) {
            next_chunk(s, 0);
        }
    } else if (s->left == 0 && is_empty(s)) {
        sdmmc_data_idle(s, s->good ? STAR_DATAEND : STAR_DCRCFAIL);
    } else if (sdmmc_has(s, R_CMDR, CMDR_DTHOLD) && s->left != 0 && is_empty(s) && flushed) {
        sdmmc_data_idle(s, STAR_DHOLD);
    }
}
