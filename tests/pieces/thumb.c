/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
#include "tests/pieces/thumb.h"

#include <stdlib.h>

void thumb_put_word(struct thumb *t, uint32_t at, uint32_t value)
{
    for (unsigned i = 0; i < 4; i++) {
        t->bytes[at + i] = (uint8_t)(value >> 8u * i);
    }
}

void thumb16(struct thumb *t, unsigned code)
{
    if (t->at + 4 > THUMB_SIZE) {
        abort();
    }
    t->bytes[t->at++] = (uint8_t)code;
    t->bytes[t->at++] = (uint8_t)(code >> 8);
}

void thumb32(struct thumb *t, unsigned first, unsigned second)
{
    thumb16(t, first);
    thumb16(t, second);
}

void thumb_word(struct thumb *t, uint32_t value)
{
    thumb32(t, value & 0xFFFFu, value >> 16);
}

void thumb_align(struct thumb *t)
{
    if ((t->at & 2u) != 0) {
        thumb16(t, 0xBF00u); /* NOP */
    }
}

static void move_half(struct thumb *t, unsigned code, unsigned rd, unsigned half)
{
    thumb32(t, code | (half >> 11 & 1u) << 10 | half >> 12,
            (half >> 8 & 7u) << 12 | rd << 8 | (half & 0xFFu));
}

void thumb_move(struct thumb *t, unsigned rd, uint32_t value)
{
    move_half(t, 0xF240u, rd, value & 0xFFFFu);
    move_half(t, 0xF2C0u, rd, value >> 16);
}

void thumb_literal(struct thumb *t, unsigned rd, uint32_t value)
{
    if (t->pool_count == THUMB_POOL) {
        abort();
    }
    t->pool[t->pool_count].at = t->at;
    t->pool[t->pool_count++].value = value;
    thumb32(t, 0xF8DFu, rd << 12); /* LDR.W rd, [PC, #imm12] */
}

void thumb_pool(struct thumb *t)
{
    thumb_align(t);
    for (unsigned i = 0; i < t->pool_count; i++) {
        uint32_t at = t->pool[i].at;
        uint32_t offset = t->at - ((at + 4) & ~3u);
        t->bytes[at + 2] = (uint8_t)offset;
        t->bytes[at + 3] = (uint8_t)(t->bytes[at + 3] | (offset >> 8 & 0xFu));
        thumb_word(t, t->pool[i].value);
    }
    t->pool_count = 0;
}

void thumb_str(struct thumb *t, unsigned rt, unsigned rn, unsigned offset)
{
    thumb16(t, 0x6000u | offset / 4 << 6 | rn << 3 | rt);
}

void thumb_ldr(struct thumb *t, unsigned rt, unsigned rn, unsigned offset)
{
    thumb16(t, 0x6800u | offset / 4 << 6 | rn << 3 | rt);
}

void thumb_set(struct thumb *t, uint32_t address, uint32_t value)
{
    thumb_move(t, 1, address);
    thumb_move(t, 0, value);
    thumb_str(t, 0, 1, 0);
}

void thumb_or(struct thumb *t, uint32_t address, uint32_t bits)
{
    thumb_move(t, 1, address);
    thumb_move(t, 2, bits);
    thumb_ldr(t, 0, 1, 0);
    thumb16(t, 0x4300u | 2u << 3); /* ORRS r0, r2 */
    thumb_str(t, 0, 1, 0);
    thumb_ldr(t, 0, 1, 0); /* as ST's macros do, so that a clock is there */
}

void thumb_wait(struct thumb *t, uint32_t address, unsigned bit, enum thumb_condition until)
{
    thumb_move(t, 1, address);
    uint32_t again = t->at;
    thumb_ldr(t, 0, 1, 0);
    thumb16(t, (31u - bit) << 6); /* LSLS r0, r0, #: the bit becomes the sign */
    thumb_back(t, until == THUMB_MI ? THUMB_PL : THUMB_MI, again);
}

void thumb_delay(struct thumb *t, uint32_t turns)
{
    thumb_move(t, 0, turns);
    uint32_t again = t->at;
    thumb16(t, 0x3801u); /* SUBS r0, #1 */
    thumb_back(t, THUMB_NE, again);
}

void thumb_call(struct thumb *t, uint32_t address)
{
    uint32_t offset = (address & ~1u) - (t->base + t->at + 4);
    unsigned sign = offset >> 31;
    unsigned j1 = ~(offset >> 23 ^ sign) & 1u;
    unsigned j2 = ~(offset >> 22 ^ sign) & 1u;
    thumb32(t, 0xF000u | sign << 10 | (offset >> 12 & 0x3FFu),
            0xD000u | j1 << 13 | j2 << 11 | (offset >> 1 & 0x7FFu));
}

void thumb_back(struct thumb *t, enum thumb_condition condition, uint32_t offset)
{
    thumb16(t, 0xD000u | (unsigned)condition << 8 | ((offset - (t->at + 4)) >> 1 & 0xFFu));
}

void thumb_jump_back(struct thumb *t, uint32_t offset)
{
    thumb16(t, 0xE000u | ((offset - (t->at + 4)) >> 1 & 0x7FFu));
}

uint32_t thumb_forward(struct thumb *t, enum thumb_condition condition)
{
    thumb16(t, 0xD000u | (unsigned)condition << 8);
    return t->at - 2;
}

void thumb_land(struct thumb *t, uint32_t from)
{
    uint32_t turns = (t->at - (from + 4)) >> 1;
    if (turns > 127) {
        abort();
    }
    t->bytes[from] = (uint8_t)turns;
}
