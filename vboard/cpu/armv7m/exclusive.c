/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
/*
 * Exclusive accesses: DDI 0403 A3.4, A5.3.6. The local monitor tags that a LDREX was executed
 * (PM0253 2.3.6), no address: any STREX matches. A store of the other core to the bytes tagged last clears it too
 * (the global monitor).
 */
#include "vboard/cpu/armv7m/advance.h"
#include "vboard/cpu/armv7m/core.h"
#include "vboard/cpu/armv7m/groups.h"
#include "vboard/cpu/armv7m/memory.h"

/* ---- what they do: `amount` is the size in bytes ---- */

static const struct insn *ldrex(struct core *c, const struct insn *i)
{
    uint32_t address = c->r[i->n] + i->imm;
    uint32_t value = 0;
    uint32_t physical = 0;
    c->at = i;
    if (!check_aligned(c, address, i->amount) || !load_value(c, address, i->amount, &value) ||
        !physical_of(c, address, &physical)) {
        return undone(c, i);
    }
    c->base.meter.tagged = true;
    c->monitor_physical = physical;
    c->monitor_size = i->amount;
    c->r[i->a] = value;
    return next(i);
}

static const struct insn *strex(struct core *c, const struct insn *i)
{
    uint32_t address = c->r[i->n] + i->imm;
    c->at = i;
    if (!check_aligned(c, address, i->amount)) {
        return undone(c, i);
    }
    if (c->base.meter.tagged && !store_slowly(c, address, i->amount, c->r[i->a])) {
        return undone(c, i);
    }
    c->r[i->d] = c->base.meter.tagged ? 0 : 1;
    c->base.meter.tagged = false;
    return next(i);
}

/* ---- operands ---- */

static bool load_word(struct insn *s, uint32_t op, uint32_t pc)
{
    (void)pc;
    s->n = (uint8_t)bits(op, 19, 16);
    s->a = (uint8_t)bits(op, 15, 12);
    s->imm = bits(op, 7, 0) * 4;
    s->amount = 4;
    return !is_sp_or_pc(s->a) && s->n != PC;
}

static bool store_word(struct insn *s, uint32_t op, uint32_t pc)
{
    bool good = load_word(s, op, pc);
    s->d = (uint8_t)bits(op, 11, 8);
    return good && !is_sp_or_pc(s->d) && s->d != s->n && s->d != s->a;
}

static bool load_part(struct insn *s, uint32_t op, uint32_t pc)
{
    (void)pc;
    s->n = (uint8_t)bits(op, 19, 16);
    s->a = (uint8_t)bits(op, 15, 12);
    s->amount = bit(op, 4) != 0 ? 2 : 1;
    return !is_sp_or_pc(s->a) && s->n != PC;
}

static bool store_part(struct insn *s, uint32_t op, uint32_t pc)
{
    bool good = load_part(s, op, pc);
    s->d = (uint8_t)bits(op, 3, 0);
    return good && !is_sp_or_pc(s->d) && s->d != s->n && s->d != s->a;
}

/* ---- encodings ---- */

#define E INSN_EFFECT
#define SE (INSN_STORES | INSN_EFFECT | INSN_WRITES_D)

const struct row rows32_exclusive[] = {
    {0xFFF00F00, 0xE8500F00, "LDREX T1", ldrex, load_word, E, NULL},
    {0xFFF00000, 0xE8400000, "STREX T1", strex, store_word, SE, NULL},
    {0xFFF00FFF, 0xE8D00F4F, "LDREXB T1", ldrex, load_part, E, NULL},
    {0xFFF00FFF, 0xE8D00F5F, "LDREXH T1", ldrex, load_part, E, NULL},
    {0xFFF00FF0, 0xE8C00F40, "STREXB T1", strex, store_part, SE, NULL},
    {0xFFF00FF0, 0xE8C00F50, "STREXH T1", strex, store_part, SE, NULL},
    {0, 0, NULL, NULL, NULL, 0, NULL},
};
