/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
/*
 * Floating-point loads, stores and moves to and from core registers: DDI 0403 A6.5 to A6.7. Addresses must
 * be aligned to 4 (A3.2.1). Cores with single precision only move doubles as pairs, too.
 */
#include "vboard/cpu/armv7m/advance.h"
#include "vboard/cpu/armv7m/groups.h"
#include "vboard/cpu/armv7m/memory.h"
#include "vboard/cpu/armv7m/vfp.h"

#define MOST_WORDS 32u

/* ---- what they do: `list` words from s[d] on, `imm` the offset or the size of the list ---- */

static const struct insn *load(struct core *c, const struct insn *i, uint32_t address)
{
    uint32_t words[MOST_WORDS];
    c->at = i;
    if (!vfp_ready(c) || !load_words(c, address, words, i->list)) {
        return undone(c, i);
    }
    memcpy(&c->s[i->d], words, i->list * sizeof(*words));
    return next(i);
}

static const struct insn *store(struct core *c, const struct insn *i, uint32_t address)
{
    c->at = i;
    if (!vfp_ready(c) || !store_words(c, address, &c->s[i->d], i->list)) {
        return undone(c, i);
    }
    return next(i);
}

static const struct insn *vldr_f32(struct core *c, const struct insn *i)
{
    uint32_t address = c->r[i->n] + i->imm;
    if (!vfp_ready(c)) {
        return undone(c, i);
    }
    const uint8_t *host = fast(&c->readable, address, 4);
    if (host == NULL) {
        return load(c, i, address);
    }
    memcpy(&c->s[i->d], host, 4);
    return done(c, i);
}

static const struct insn *vldr_f64(struct core *c, const struct insn *i)
{
    return load(c, i, c->r[i->n] + i->imm);
}

static const struct insn *vldr_lit(struct core *c, const struct insn *i)
{
    return load(c, i, i->imm);
}

static const struct insn *vstr(struct core *c, const struct insn *i)
{
    return store(c, i, (operand(c, i, i->n) & (i->n == PC ? ~3u : ~0u)) + i->imm);
}

static const struct insn *vldm(struct core *c, const struct insn *i)
{
    return load(c, i, c->r[i->n]);
}

static const struct insn *vldm_back(struct core *c, const struct insn *i)
{
    const struct insn *after = load(c, i, c->r[i->n]);
    c->r[i->n] += after != i ? i->imm : 0;
    return after;
}

static const struct insn *vldmdb(struct core *c, const struct insn *i)
{
    const struct insn *after = load(c, i, c->r[i->n] - i->imm);
    c->r[i->n] -= after != i ? i->imm : 0;
    return after;
}

static const struct insn *vstm(struct core *c, const struct insn *i)
{
    return store(c, i, c->r[i->n]);
}

static const struct insn *vstm_back(struct core *c, const struct insn *i)
{
    const struct insn *after = store(c, i, c->r[i->n]);
    c->r[i->n] += after != i ? i->imm : 0;
    return after;
}

static const struct insn *vstmdb(struct core *c, const struct insn *i)
{
    const struct insn *after = store(c, i, c->r[i->n] - i->imm);
    c->r[i->n] -= after != i ? i->imm : 0;
    return after;
}

/* rt is in `a`, rt2 in `n`. */
static const struct insn *core_to_s(struct core *c, const struct insn *i)
{
    if (!vfp_ready(c)) {
        return undone(c, i);
    }
    c->s[i->d] = c->r[i->a];
    return next(i);
}

static const struct insn *s_to_core(struct core *c, const struct insn *i)
{
    if (!vfp_ready(c)) {
        return undone(c, i);
    }
    c->r[i->a] = c->s[i->d];
    return next(i);
}

static const struct insn *core_to_pair(struct core *c, const struct insn *i)
{
    if (!vfp_ready(c)) {
        return undone(c, i);
    }
    c->s[i->d] = c->r[i->a];
    c->s[(i->d + 1u) & 31u] = c->r[i->n];
    return next(i);
}

static const struct insn *pair_to_core(struct core *c, const struct insn *i)
{
    if (!vfp_ready(c)) {
        return undone(c, i);
    }
    c->r[i->a] = c->s[i->d];
    c->r[i->n] = c->s[(i->d + 1u) & 31u];
    return next(i);
}

static const struct insn *vmsr(struct core *c, const struct insn *i)
{
    if (!vfp_ready(c)) {
        return undone(c, i);
    }
    c->fp.fpscr = c->r[i->a] & FPSCR_MASK;
    return next(i);
}

static const struct insn *vmrs(struct core *c, const struct insn *i)
{
    if (!vfp_ready(c)) {
        return undone(c, i);
    }
    c->r[i->a] = c->fp.fpscr;
    return next(i);
}

/* VMRS APSR_nzcv, FPSCR. */
static const struct insn *vmrs_flags(struct core *c, const struct insn *i)
{
    if (!vfp_ready(c)) {
        return undone(c, i);
    }
    uint32_t fpscr = c->fp.fpscr;
    c->n = fpscr;
    c->z = (fpscr >> 30 & 1u) ^ 1u;
    c->c = fpscr >> 29 & 1u;
    c->v = fpscr << 3;
    return next(i);
}

/* ---- operands ---- */

static void destination(struct insn *s, uint32_t op)
{
    bool doubles = bit(op, 8) != 0;
    uint32_t vd = bits(op, 15, 12);
    s->d = (uint8_t)(doubles ? vd << 1 : vd << 1 | bit(op, 22));
}

static bool one(struct insn *s, uint32_t op, uint32_t pc)
{
    (void)pc;
    destination(s, op);
    s->n = (uint8_t)bits(op, 19, 16);
    s->list = bit(op, 8) != 0 ? 2 : 1;
    s->imm = bits(op, 7, 0) * 4;
    s->imm = bit(op, 23) != 0 ? s->imm : 0u - s->imm;
    return bit(op, 20) != 0 || s->n != PC;
}

static bool literal(struct insn *s, uint32_t op, uint32_t pc)
{
    one(s, op, pc);
    s->n = 0;
    s->imm += (pc + 4) & ~3u;
    return true;
}

/* imm8 counts words; an odd number of doubles' words is FSTMX's: the last one is left out. */
static bool many(struct insn *s, uint32_t op, uint32_t pc)
{
    (void)pc;
    destination(s, op);
    s->n = (uint8_t)bits(op, 19, 16);
    bool doubles = bit(op, 8) != 0;
    uint32_t words = bits(op, 7, 0);
    s->imm = words * 4;
    words = doubles ? words & ~1u : words;
    bool good = words != 0 && words + s->d <= 32 && (!doubles || bits(op, 7, 0) == words);
    s->list = (uint16_t)(words + s->d <= 32 ? words : 32u - s->d);
    return good && s->n != PC;
}

/* VMOV between rt and Sn. */
static bool core_single(struct insn *s, uint32_t op, uint32_t pc)
{
    (void)pc;
    s->d = (uint8_t)(bits(op, 19, 16) << 1 | bit(op, 7));
    s->a = (uint8_t)bits(op, 15, 12);
    return !is_sp_or_pc(s->a) && (op & 0x6Fu) == 0;
}

/* VMOV between rt and half of Dn: bit 21 the upper one. */
static bool core_scalar(struct insn *s, uint32_t op, uint32_t pc)
{
    (void)pc;
    s->d = (uint8_t)(bits(op, 19, 16) << 1 | bit(op, 21));
    s->a = (uint8_t)bits(op, 15, 12);
    return !is_sp_or_pc(s->a) && (op & 0x6Fu) == 0;
}

static bool core_pair(struct insn *s, uint32_t op, uint32_t pc)
{
    (void)pc;
    uint32_t vm = bits(op, 3, 0);
    s->d = (uint8_t)(bit(op, 8) != 0 ? vm << 1 : vm << 1 | bit(op, 5));
    s->a = (uint8_t)bits(op, 15, 12);
    s->n = (uint8_t)bits(op, 19, 16);
    bool same = bit(op, 20) != 0 && s->a == s->n;
    return !is_sp_or_pc(s->a) && !is_sp_or_pc(s->n) && s->d != 31 && !same;
}

/* VMRS of 15: the flags. */
static bool status(struct insn *s, uint32_t op, uint32_t pc)
{
    (void)pc;
    s->a = (uint8_t)bits(op, 15, 12);
    bool to_flags = bit(op, 20) != 0 && s->a == PC;
    return (to_flags || !is_sp_or_pc(s->a)) && (op & 0xEFu) == 0;
}

/* ---- encodings ---- */

#define E INSN_EFFECT
#define ST (INSN_EFFECT | INSN_STORES)
#define N INSN_WRITES_N
#define T INSN_WRITES_T
#define S VFP_SINGLE
#define D VFP_DOUBLE

const struct row rows32_vfp_transfer[] = {
    {0xFFF00FD0, 0xEC400010 | S, "VMOV (two registers to two singles)", core_to_pair, core_pair, E,
     NULL},
    {0xFFF00FD0, 0xEC500010 | S, "VMOV (two singles to two registers)", pair_to_core, core_pair,
     E | T | N, NULL},
    {0xFFF00FF0, 0xEC400010 | D, "VMOV (two registers to a double)", core_to_pair, core_pair, E,
     NULL},
    {0xFFF00FF0, 0xEC500010 | D, "VMOV (a double to two registers)", pair_to_core, core_pair,
     E | T | N, NULL},
    {0xFFB00F00, 0xEC800000 | S, "VSTM F32", vstm, many, ST, NULL},
    {0xFFB00F00, 0xECA00000 | S, "VSTM F32 with write-back", vstm_back, many, ST | N, NULL},
    {0xFFB00F00, 0xED200000 | S, "VSTMDB, VPUSH F32", vstmdb, many, ST | N, NULL},
    {0xFFB00F00, 0xEC900000 | S, "VLDM F32", vldm, many, E, NULL},
    {0xFFB00F00, 0xECB00000 | S, "VLDM, VPOP F32 with write-back", vldm_back, many, E | N, NULL},
    {0xFFB00F00, 0xED300000 | S, "VLDMDB F32", vldmdb, many, E | N, NULL},
    {0xFFF00F00, 0xEC800000 | D, "VSTM F64", vstm, many, ST, NULL},
    {0xFFF00F00, 0xECA00000 | D, "VSTM F64 with write-back", vstm_back, many, ST | N, NULL},
    {0xFFF00F00, 0xED200000 | D, "VSTMDB, VPUSH F64", vstmdb, many, ST | N, NULL},
    {0xFFF00F00, 0xEC900000 | D, "VLDM F64", vldm, many, E, NULL},
    {0xFFF00F00, 0xECB00000 | D, "VLDM, VPOP F64 with write-back", vldm_back, many, E | N, NULL},
    {0xFFF00F00, 0xED300000 | D, "VLDMDB F64", vldmdb, many, E | N, NULL},
    {0xFF3F0F00, 0xED1F0000 | S, "VLDR (literal) F32", vldr_lit, literal, E, NULL},
    {0xFF7F0F00, 0xED1F0000 | D, "VLDR (literal) F64", vldr_lit, literal, E, NULL},
    {0xFF300F00, 0xED100000 | S, "VLDR (immediate) F32", vldr_f32, one, E, NULL},
    {0xFF700F00, 0xED100000 | D, "VLDR (immediate) F64", vldr_f64, one, E, NULL},
    {0xFF300F00, 0xED000000 | S, "VSTR F32", vstr, one, ST, NULL},
    {0xFF700F00, 0xED000000 | D, "VSTR F64", vstr, one, ST, NULL},
    {0xFFF00F10, 0xEE000010 | S, "VMOV (register to single)", core_to_s, core_single, E, NULL},
    {0xFFF00F10, 0xEE100010 | S, "VMOV (single to register)", s_to_core, core_single, E | T, NULL},
    {0xFFD00FF0, 0xEE000010 | D, "VMOV (register to scalar)", core_to_s, core_scalar, E, NULL},
    {0xFFD00FF0, 0xEE100010 | D, "VMOV (scalar to register)", s_to_core, core_scalar, E | T, NULL},
    {0xFFFF0F10, 0xEEE10010 | S, "VMSR", vmsr, status, E, NULL},
    {0xFFFFFF10, 0xEEF1F010 | S, "VMRS to the flags", vmrs_flags, status, E, NULL},
    {0xFFFF0F10, 0xEEF10010 | S, "VMRS", vmrs, status, E | T, NULL},
    {0, 0, NULL, NULL, NULL, 0, NULL},
};
