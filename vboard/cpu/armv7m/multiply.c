/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
/* Multiplications and divisions: DDI 0403 A5.3.16, A5.3.17. The accumulator ra is in `a`; of long ones
 * `a` is the low half of the result, `d` the high one. */
#include "vboard/cpu/armv7m/advance.h"
#include "vboard/cpu/armv7m/core.h"
#include "vboard/cpu/armv7m/groups.h"

/* ---- what they do ---- */

static const struct insn *mul(struct core *c, const struct insn *i)
{
    c->r[i->d] = c->r[i->n] * c->r[i->m];
    return done(c, i);
}

static const struct insn *mla(struct core *c, const struct insn *i)
{
    c->r[i->d] = c->r[i->a] + c->r[i->n] * c->r[i->m];
    return done(c, i);
}

static const struct insn *mls(struct core *c, const struct insn *i)
{
    c->r[i->d] = c->r[i->a] - c->r[i->n] * c->r[i->m];
    return done(c, i);
}

static uint64_t pair(const struct core *c, const struct insn *i)
{
    return (uint64_t)c->r[i->d] << 32 | c->r[i->a];
}

static const struct insn *set_pair(struct core *c, const struct insn *i, uint64_t value)
{
    c->r[i->a] = (uint32_t)value;
    c->r[i->d] = (uint32_t)(value >> 32);
    return done(c, i);
}

static uint64_t signed_product(uint32_t x, uint32_t y)
{
    return (uint64_t)((int64_t)(int32_t)x * (int32_t)y);
}

static const struct insn *smull(struct core *c, const struct insn *i)
{
    return set_pair(c, i, signed_product(c->r[i->n], c->r[i->m]));
}

static const struct insn *umull(struct core *c, const struct insn *i)
{
    return set_pair(c, i, (uint64_t)c->r[i->n] * c->r[i->m]);
}

static const struct insn *smlal(struct core *c, const struct insn *i)
{
    return set_pair(c, i, pair(c, i) + signed_product(c->r[i->n], c->r[i->m]));
}

static const struct insn *umlal(struct core *c, const struct insn *i)
{
    return set_pair(c, i, pair(c, i) + (uint64_t)c->r[i->n] * c->r[i->m]);
}

static const struct insn *umaal(struct core *c, const struct insn *i)
{
    uint64_t product = (uint64_t)c->r[i->n] * c->r[i->m];
    return set_pair(c, i, product + c->r[i->a] + c->r[i->d]);
}

/* Division by 0 gives 0, or faults if CCR.DIV_0_TRP says so. */
static const struct insn *sdiv(struct core *c, const struct insn *i)
{
    int32_t n = (int32_t)c->r[i->n];
    int32_t m = (int32_t)c->r[i->m];
    if (m == 0 && c->base.meter.divide_trap) {
        return fault(c, i, ENGINE_DIVIDE);
    }
    bool overflows = n == INT32_MIN && m == -1;
    c->r[i->d] = m == 0 ? 0 : overflows ? (uint32_t)n : (uint32_t)(n / m);
    return done(c, i);
}

static const struct insn *udiv(struct core *c, const struct insn *i)
{
    uint32_t m = c->r[i->m];
    if (m == 0 && c->base.meter.divide_trap) {
        return fault(c, i, ENGINE_DIVIDE);
    }
    c->r[i->d] = m == 0 ? 0 : c->r[i->n] / m;
    return done(c, i);
}

/* ---- halfwords ---- */

/* `shift`: bit 0 takes the top half of rm, bit 1 of rn. */
static int64_t half_m(const struct core *c, const struct insn *i)
{
    uint32_t m = c->r[i->m];
    return (int32_t)sign_extend((i->shift & 1u) != 0 ? m >> 16 : m, 16);
}

static int64_t half_n(const struct core *c, const struct insn *i)
{
    uint32_t n = c->r[i->n];
    return (int32_t)sign_extend((i->shift & 2u) != 0 ? n >> 16 : n, 16);
}

/* d = sum; Q if it does not fit in 32 bits. */
static const struct insn *set_sum(struct core *c, const struct insn *i, int64_t sum)
{
    c->q |= sum != (int32_t)(uint32_t)sum;
    c->r[i->d] = (uint32_t)sum;
    return done(c, i);
}

static const struct insn *smul_xy(struct core *c, const struct insn *i)
{
    c->r[i->d] = (uint32_t)(half_n(c, i) * half_m(c, i));
    return done(c, i);
}

static const struct insn *smla_xy(struct core *c, const struct insn *i)
{
    return set_sum(c, i, half_n(c, i) * half_m(c, i) + (int32_t)c->r[i->a]);
}

static const struct insn *smulw_y(struct core *c, const struct insn *i)
{
    c->r[i->d] = (uint32_t)((uint64_t)((int32_t)c->r[i->n] * half_m(c, i)) >> 16);
    return done(c, i);
}

static const struct insn *smlaw_y(struct core *c, const struct insn *i)
{
    uint32_t product = (uint32_t)((uint64_t)((int32_t)c->r[i->n] * half_m(c, i)) >> 16);
    /* 48 bits >> 16 leaves 32 with their sign. */
    return set_sum(c, i, (int64_t)(int32_t)product + (int32_t)c->r[i->a]);
}

static const struct insn *smlal_xy(struct core *c, const struct insn *i)
{
    return set_pair(c, i, pair(c, i) + (uint64_t)(half_n(c, i) * half_m(c, i)));
}

/* The two products of the halves; `shift` exchanges those of rm. */
static int64_t product_low(const struct core *c, const struct insn *i)
{
    uint32_t m = c->r[i->m];
    return (int64_t)(int32_t)sign_extend(c->r[i->n], 16) *
           (int32_t)sign_extend(i->shift != 0 ? m >> 16 : m, 16);
}

static int64_t product_high(const struct core *c, const struct insn *i)
{
    uint32_t m = c->r[i->m];
    return (int64_t)(int32_t)sign_extend(c->r[i->n] >> 16, 16) *
           (int32_t)sign_extend(i->shift != 0 ? m : m >> 16, 16);
}

static const struct insn *smuad(struct core *c, const struct insn *i)
{
    return set_sum(c, i, product_low(c, i) + product_high(c, i));
}

static const struct insn *smlad(struct core *c, const struct insn *i)
{
    return set_sum(c, i, product_low(c, i) + product_high(c, i) + (int32_t)c->r[i->a]);
}

static const struct insn *smusd(struct core *c, const struct insn *i)
{
    c->r[i->d] = (uint32_t)(product_low(c, i) - product_high(c, i));
    return done(c, i);
}

static const struct insn *smlsd(struct core *c, const struct insn *i)
{
    return set_sum(c, i, product_low(c, i) - product_high(c, i) + (int32_t)c->r[i->a]);
}

static const struct insn *smlald(struct core *c, const struct insn *i)
{
    return set_pair(c, i, pair(c, i) + (uint64_t)(product_low(c, i) + product_high(c, i)));
}

static const struct insn *smlsld(struct core *c, const struct insn *i)
{
    return set_pair(c, i, pair(c, i) + (uint64_t)(product_low(c, i) - product_high(c, i)));
}

/* The top word of a product, rounded if `shift`. */
static const struct insn *set_top(struct core *c, const struct insn *i, uint64_t sum)
{
    c->r[i->d] = (uint32_t)((sum + (i->shift != 0 ? 0x80000000u : 0)) >> 32);
    return done(c, i);
}

static const struct insn *smmul(struct core *c, const struct insn *i)
{
    return set_top(c, i, signed_product(c->r[i->n], c->r[i->m]));
}

static const struct insn *smmla(struct core *c, const struct insn *i)
{
    uint64_t a = (uint64_t)c->r[i->a] << 32;
    return set_top(c, i, a + signed_product(c->r[i->n], c->r[i->m]));
}

static const struct insn *smmls(struct core *c, const struct insn *i)
{
    uint64_t a = (uint64_t)c->r[i->a] << 32;
    return set_top(c, i, a - signed_product(c->r[i->n], c->r[i->m]));
}

static uint32_t differences(uint32_t n, uint32_t m)
{
    uint32_t sum = 0;
    for (unsigned by = 0; by < 32; by += 8) {
        uint32_t x = n >> by & 0xFFu;
        uint32_t y = m >> by & 0xFFu;
        sum += x > y ? x - y : y - x;
    }
    return sum;
}

static const struct insn *usad8(struct core *c, const struct insn *i)
{
    c->r[i->d] = differences(c->r[i->n], c->r[i->m]);
    return done(c, i);
}

static const struct insn *usada8(struct core *c, const struct insn *i)
{
    c->r[i->d] = c->r[i->a] + differences(c->r[i->n], c->r[i->m]);
    return done(c, i);
}

/* ---- operands ---- */

/* rn, ra, rd, rm; bits 5:4 choose halves. */
static bool d_n_m_a(struct insn *s, uint32_t op, uint32_t pc)
{
    (void)pc;
    s->n = (uint8_t)bits(op, 19, 16);
    s->a = (uint8_t)bits(op, 15, 12);
    s->d = (uint8_t)bits(op, 11, 8);
    s->m = (uint8_t)bits(op, 3, 0);
    s->shift = (uint8_t)bits(op, 5, 4);
    return !is_sp_or_pc(s->d) && !is_sp_or_pc(s->n) && !is_sp_or_pc(s->m) && s->a != SP;
}

/* MLS, SMMLS: PC is no other instruction's sign there. */
static bool d_n_m_only_a(struct insn *s, uint32_t op, uint32_t pc)
{
    return d_n_m_a(s, op, pc) && s->a != PC;
}

static bool d_n_m(struct insn *s, uint32_t op, uint32_t pc)
{
    bool good = d_n_m_a(s, op, pc);
    s->a = 0;
    return good;
}

/* Long ones: two results, which must differ. */
static bool long_result(struct insn *s, uint32_t op, uint32_t pc)
{
    bool good = d_n_m_a(s, op, pc);
    return good && s->a != PC && s->a != s->d;
}

/* ---- encodings ---- */

#define D INSN_WRITES_D
#define T INSN_WRITES_T

const struct row rows32_multiply[] = {
    {0xFFF0F0F0, 0xFB00F000, "MUL T2", mul, d_n_m, D, NULL},
    {0xFFF000F0, 0xFB000000, "MLA T1", mla, d_n_m_a, D, NULL},
    {0xFFF000F0, 0xFB000010, "MLS T1", mls, d_n_m_only_a, D, NULL},
    {0xFFF0F0C0, 0xFB10F000, "SMULBB, SMULBT, SMULTB, SMULTT T1", smul_xy, d_n_m, D, NULL},
    {0xFFF000C0, 0xFB100000, "SMLABB, SMLABT, SMLATB, SMLATT T1", smla_xy, d_n_m_a, D, NULL},
    {0xFFF0F0E0, 0xFB20F000, "SMUAD, SMUADX T1", smuad, d_n_m, D, NULL},
    {0xFFF000E0, 0xFB200000, "SMLAD, SMLADX T1", smlad, d_n_m_a, D, NULL},
    {0xFFF0F0E0, 0xFB30F000, "SMULWB, SMULWT T1", smulw_y, d_n_m, D, NULL},
    {0xFFF000E0, 0xFB300000, "SMLAWB, SMLAWT T1", smlaw_y, d_n_m_a, D, NULL},
    {0xFFF0F0E0, 0xFB40F000, "SMUSD, SMUSDX T1", smusd, d_n_m, D, NULL},
    {0xFFF000E0, 0xFB400000, "SMLSD, SMLSDX T1", smlsd, d_n_m_a, D, NULL},
    {0xFFF0F0E0, 0xFB50F000, "SMMUL, SMMULR T1", smmul, d_n_m, D, NULL},
    {0xFFF000E0, 0xFB500000, "SMMLA, SMMLAR T1", smmla, d_n_m_a, D, NULL},
    {0xFFF000E0, 0xFB600000, "SMMLS, SMMLSR T1", smmls, d_n_m_only_a, D, NULL},
    {0xFFF0F0F0, 0xFB70F000, "USAD8 T1", usad8, d_n_m, D, NULL},
    {0xFFF000F0, 0xFB700000, "USADA8 T1", usada8, d_n_m_a, D, NULL},
    {0, 0, NULL, NULL, NULL, 0, NULL},
};

const struct row rows32_multiply_long[] = {
    {0xFFF000F0, 0xFB800000, "SMULL T1", smull, long_result, D | T, NULL},
    {0xFFF0F0F0, 0xFB90F0F0, "SDIV T1", sdiv, d_n_m, D, NULL},
    {0xFFF000F0, 0xFBA00000, "UMULL T1", umull, long_result, D | T, NULL},
    {0xFFF0F0F0, 0xFBB0F0F0, "UDIV T1", udiv, d_n_m, D, NULL},
    {0xFFF000F0, 0xFBC00000, "SMLAL T1", smlal, long_result, D | T, NULL},
    {0xFFF000C0, 0xFBC00080, "SMLALBB, SMLALBT, SMLALTB, SMLALTT T1", smlal_xy, long_result, D | T,
     NULL},
    {0xFFF000E0, 0xFBC000C0, "SMLALD, SMLALDX T1", smlald, long_result, D | T, NULL},
    {0xFFF000E0, 0xFBD000C0, "SMLSLD, SMLSLDX T1", smlsld, long_result, D | T, NULL},
    {0xFFF000F0, 0xFBE00000, "UMLAL T1", umlal, long_result, D | T, NULL},
    {0xFFF000F0, 0xFBE00060, "UMAAL T1", umaal, long_result, D | T, NULL},
    {0, 0, NULL, NULL, NULL, 0, NULL},
};
