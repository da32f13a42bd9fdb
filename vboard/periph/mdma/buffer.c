/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
/* MDMA: one buffer from source to destination (RM0399 Rev 4, 15.3.7, 15.5.5, 15.5.6). */
#include "vboard/periph/mdma/internal.h"

#include <string.h>

#define MAX_BUFFER 128u

/* Room for a buffer of bytes that is padded to double words. */
struct buffer {
    uint8_t bytes[MAX_BUFFER * 8];
    unsigned length;
};

/* One side of a channel. */
struct side {
    uint32_t *address;
    unsigned size; /* bytes of an item */
    int32_t step;
    struct transfer transfer;
};

static struct side side_of(const struct mdma_channel *c, bool destination)
{
    unsigned inc = mdma_field(c, destination ? TCR_DINC_POS : TCR_SINC_POS);
    int32_t offset = 1 << mdma_field(c, destination ? TCR_DINCOS_POS : TCR_SINCOS_POS);
    bool tcm = (*mdma_reg(c, R_TBR) & (destination ? TBR_DBUS : TBR_SBUS)) != 0;
    struct side s = {.address = mdma_reg(c, destination ? R_DAR : R_SAR),
                     .size = 1u << mdma_field(c, destination ? TCR_DSIZE_POS : TCR_SSIZE_POS),
                     .step = inc == 2   ? offset
                             : inc == 3 ? -offset
                                        : 0,
                     .transfer = c->transfer};
    s.transfer.bus = tcm ? TRANSFER_TCM : TRANSFER_AXI;
    return s;
}

unsigned mdma_buffer_length(const struct mdma_channel *c)
{
    unsigned length = (*mdma_reg(c, R_TCR) >> TCR_TLEN_POS & 0x7Fu) + 1;
    uint32_t left = *mdma_reg(c, R_BNDTR) & BNDTR_BNDT;
    return left < length ? left : length;
}

/* ---- what is wrong before it begins (15.3.15) ---- */

static bool is_odd(const struct side *s, uint32_t direction, unsigned length, uint32_t *errors)
{
    bool unaligned = (*s->address & (s->size - 1u)) != 0;
    bool broken = length % s->size != 0;
    bool too_wide = s->transfer.bus == TRANSFER_TCM && s->size == 8; /* 15.5.6 */
    if (!unaligned && !broken && !too_wide) {
        return false;
    }
    *errors =
        direction | (*s->address & 0x7Fu) | (unaligned ? ESR_ASE : 0) | (broken ? ESR_BSE : 0);
    return true;
}

/* ---- items ---- */

static enum transfer_result read_all(struct mdma_channel *c, struct side *s, struct buffer *b,
                                     unsigned length, vtime_ps *ready)
{
    uint32_t at = *s->address;
    for (b->length = 0; b->length < length; b->length += s->size) {
        uint64_t value;
        enum transfer_result result =
            transfer_read(c->mdma->p.chip, &s->transfer, at, s->size, &value, ready);
        if (result != TRANSFER_DONE) {
            *s->address = result == TRANSFER_REFUSED ? at : *s->address;
            return result;
        }
        memcpy(b->bytes + b->length, &value, s->size);
        at += (uint32_t)s->step;
    }
    *s->address = at;
    return TRANSFER_DONE;
}

static enum transfer_result write_all(struct mdma_channel *c, struct side *s,
                                      const struct buffer *b, vtime_ps *ready)
{
    uint32_t at = *s->address;
    for (unsigned done = 0; done < b->length; done += s->size) {
        uint64_t value = 0;
        memcpy(&value, b->bytes + done, s->size);
        enum transfer_result result =
            transfer_write(c->mdma->p.chip, &s->transfer, at, s->size, value, ready);
        if (result != TRANSFER_DONE) {
            *s->address = result == TRANSFER_REFUSED ? at : *s->address;
            return result;
        }
        at += (uint32_t)s->step;
    }
    *s->address = at;
    return TRANSFER_DONE;
}

/* PAM: right aligned with zeros, with the sign, or left aligned (15.5.6). */
static uint64_t fit(uint64_t value, unsigned from, unsigned to, unsigned pam)
{
    if (pam == 2) {
        return to > from ? value << (8 * (to - from)) : value >> (8 * (from - to));
    }
    if (pam == 1 && to > from && (value >> (8 * from - 1) & 1u) != 0) {
        value |= ~UINT64_C(0) << (8 * from);
    }
    return value;
}

/* Without PKE an item stays an item: cut, or filled up. */
static void resize(const struct mdma_channel *c, struct buffer *b, unsigned from, unsigned to)
{
    struct buffer out = {.length = 0};
    for (unsigned at = 0; at < b->length; at += from) {
        uint64_t value = 0;
        memcpy(&value, b->bytes + at, from);
        value = fit(value, from, to, mdma_field(c, TCR_PAM_POS));
        memcpy(out.bytes + out.length, &value, to);
        out.length += to;
    }
    *b = out;
}

/* Swaps the halves of each piece of 2 * `half` bytes. */
static void exchange(struct buffer *b, unsigned half)
{
    uint8_t kept[4];
    for (unsigned at = 0; at + 2 * half <= b->length; at += 2 * half) {
        memcpy(kept, b->bytes + at, half);
        memcpy(b->bytes + at, b->bytes + at + half, half);
        memcpy(b->bytes + at + half, kept, half);
    }
}

/* BEX, HEX and WEX count if the destination's items are wide enough (15.5.5). */
static void reorder(const struct mdma_channel *c, struct buffer *b, unsigned size)
{
    static const uint32_t bits[3] = {CR_BEX, CR_HEX, CR_WEX};
    for (unsigned i = 0; i < 3; i++) {
        if ((*mdma_reg(c, R_CR) & bits[i]) != 0 && size >= 2u << i) {
            exchange(b, 1u << i);
        }
    }
}

enum transfer_result mdma_move_buffer(struct mdma_channel *c, uint32_t *errors, vtime_ps *ready)
{
    struct side from = side_of(c, false);
    struct side to = side_of(c, true);
    struct buffer b;
    unsigned length = mdma_buffer_length(c);
    bool packs = from.size == to.size || (*mdma_reg(c, R_TCR) & TCR_PKE) != 0;
    uint32_t source = *from.address;
    if (is_odd(&from, 0, length, errors) ||
        is_odd(&to, ESR_TED, packs ? length : to.size, errors)) {
        return TRANSFER_REFUSED;
    }
    enum transfer_result result = read_all(c, &from, &b, length, ready);
    if (result != TRANSFER_DONE) {
        *errors = *from.address & 0x7Fu;
        return result;
    }
    if (!packs) {
        resize(c, &b, from.size, to.size);
    }
    reorder(c, &b, to.size);
    result = write_all(c, &to, &b, ready);
    if (result != TRANSFER_DONE) {
        *errors = ESR_TED | (*to.address & 0x7Fu);
        *from.address = result == TRANSFER_WAIT ? source : *from.address; /* all of it again */
    }
    return result;
}
