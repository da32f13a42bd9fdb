/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
/* The data FIFO (RM0399 Rev 4, 58.5.4) and who empties and fills it: registers, or the IDMA (58.5.6). */
#include "vboard/periph/sdmmc/internal.h"

#include <string.h>

/* What is in no card's block is zeros. */
static uint32_t block_word(const struct sdmmc *s, uint32_t at, uint32_t bytes)
{
    uint32_t word = 0;
    if (at < SD_BLOCK) {
        memcpy(&word, s->block + at, bytes);
    }
    return word;
}

static void set_block_word(struct sdmmc *s, uint32_t at, uint32_t bytes, uint32_t word)
{
    if (at < SD_BLOCK) {
        memcpy(s->block + at, &word, bytes);
    }
}

static uint32_t least(uint32_t a, uint32_t b)
{
    return a < b ? a : b;
}

/* Of a length that is no multiple of 4 the last word is padded (58.5.5). */
void sdmmc_fifo_put(struct sdmmc *s, uint32_t at, uint32_t bytes)
{
    for (uint32_t done = 0; done < bytes; done += 4) {
        s->fifo[(s->fifo_first + s->level) % FIFO_WORDS] =
            block_word(s, at + done, least(4, bytes - done));
        s->level++;
    }
}

static uint32_t take_word(struct sdmmc *s)
{
    uint32_t word = s->fifo[s->fifo_first];
    s->fifo_first = (s->fifo_first + 1) % FIFO_WORDS;
    s->level--;
    return word;
}

void sdmmc_fifo_take(struct sdmmc *s, uint32_t at, uint32_t bytes)
{
    for (uint32_t done = 0; done < bytes; done += 4) {
        set_block_word(s, at + done, least(4, bytes - done), take_word(s));
    }
}

/* ---- by registers ---- */

static bool is_open(const struct sdmmc *s, bool receives)
{
    return s->dpsm != DPSM_IDLE && s->dpsm != DPSM_BUSY_R1B && !sdmmc_by_idma(s) &&
           sdmmc_has(s, R_DCTRL, DCTRL_DTDIR) == receives;
}

uint32_t sdmmc_fifo_read(struct periph *p, unsigned slot, uint32_t value)
{
    struct sdmmc *s = (struct sdmmc *)p;
    (void)slot;
    (void)value;
    if (!is_open(s, true) || s->level == 0) {
        return 0;
    }
    if (p->chip->access.master == MASTER_DEBUG) {
        return s->fifo[s->fifo_first];
    }
    uint32_t word = take_word(s);
    sdmmc_data_settle(s);
    return word;
}

bool sdmmc_fifo_write(struct periph *p, unsigned slot, uint32_t written)
{
    struct sdmmc *s = (struct sdmmc *)p;
    (void)slot;
    if (is_open(s, false) && s->level < FIFO_WORDS && !s->failed) {
        s->fifo[(s->fifo_first + s->level++) % FIFO_WORDS] = written;
        sdmmc_data_settle(s);
    }
    return true;
}

/* ---- by the IDMA ---- */

/* Where it stands within its buffers. */
struct idma_place {
    uint32_t control; /* IDMACTRLR */
    uint32_t at;
    bool buffer_done;
};

static uint32_t address_of(const struct sdmmc *s, const struct idma_place *place)
{
    bool second =
        (place->control & IDMACTRLR_IDMABMODE) != 0 && (place->control & IDMACTRLR_IDMABACT) != 0;
    return s->p.values[second ? R_IDMABASE1R : R_IDMABASE0R] + place->at;
}

/* IDMABNDT is in place: bits 12 to 5 are the buffer's bytes. */
static void advance(const struct sdmmc *s, struct idma_place *place, uint32_t bytes)
{
    place->at += bytes;
    if ((place->control & IDMACTRLR_IDMABMODE) != 0 && place->at >= s->p.values[R_IDMABSIZER]) {
        place->at = 0;
        place->control ^= IDMACTRLR_IDMABACT;
        place->buffer_done = true;
    }
}

static enum transfer_result move(struct sdmmc *s, const struct idma_place *place, uint32_t at,
                                 unsigned size, vtime_ps *ready)
{
    struct chip *c = s->p.chip;
    uint32_t address = address_of(s, place);
    uint64_t value = 0;
    if (sdmmc_has(s, R_DCTRL, DCTRL_DTDIR)) {
        return transfer_write(c, &s->transfer, address, size, block_word(s, at, size), ready);
    }
    enum transfer_result result = transfer_read(c, &s->transfer, address, size, &value, ready);
    set_block_word(s, at, size, (uint32_t)value);
    return result;
}

/* The last bytes are fetched with a word, and stored with a halfword and a byte (58.5.6). */
static unsigned size_of_next(const struct sdmmc *s, uint32_t bytes)
{
    if (bytes >= 4 || !sdmmc_has(s, R_DCTRL, DCTRL_DTDIR)) {
        return 4;
    }
    return bytes >= 2 ? 2 : 1;
}

enum transfer_result sdmmc_idma_move(struct sdmmc *s, uint32_t at, uint32_t bytes, vtime_ps *ready)
{
    struct idma_place place = {.control = s->p.values[R_IDMACTRLR], .at = s->buffer_at};
    for (uint32_t done = 0; done < bytes;) {
        unsigned size = size_of_next(s, bytes - done);
        enum transfer_result result = move(s, &place, at + done, size, ready);
        if (result != TRANSFER_DONE) {
            return result;
        }
        advance(s, &place, size);
        done += size;
    }
    s->p.values[R_IDMACTRLR] = place.control;
    s->buffer_at = place.at;
    if (place.buffer_done) {
        sdmmc_flag(s, STAR_IDMABTC);
    }
    return TRANSFER_DONE;
}
