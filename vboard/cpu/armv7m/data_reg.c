/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
/*
 * Data processing with registers: DDI 0403 A5.2.1, A5.2.2, A5.2.3 (16 bits), A5.3.11 (shifted
 * register), A5.3.12 (shifts by a register).
 */
#include "vboard/cpu/armv7m/advance.h"
#include "vboard/cpu/armv7m/code.h"
#include "vboard/cpu/armv7m/groups.h"
#include "vboard/cpu/armv7m/pairs.h"
#include "vboard/cpu/armv7m/shift.h"

/* ---- what they do ---- */

/* A result of n (rn) and m: rm, in the second pair of functions shifted by a constant. */
#define LOGICAL(name, result)                                                                      \
    static const struct insn *name##_reg(struct core *c, const struct insn *i)                     \
    {                                                                                              \
        const uint32_t n = c->r[i->n];                                                             \
        const uint32_t m = c->r[i->m];                                                             \
        (void)n;                                                                                   \
        c->r[i->d] = (result);                                                                     \
        return done(c, i);                                                                         \
    }                                                                                              \
    static const struct insn *name##s_reg(struct core *c, const struct insn *i)                    \
    {                                                                                              \
        const uint32_t n = c->r[i->n];                                                             \
        const uint32_t m = c->r[i->m];                                                             \
        (void)n;                                                                                   \
        c->r[i->d] = (result);                                                                     \
        set_nz(c, c->r[i->d]);                                                                     \
        return done(c, i);                                                                         \
    }                                                                                              \
    static const struct insn *name##_shifted(struct core *c, const struct insn *i)                 \
    {                                                                                              \
        const uint32_t n = c->r[i->n];                                                             \
        const uint32_t m = shifted(c, i);                                                          \
        (void)n;                                                                                   \
        c->r[i->d] = (result);                                                                     \
        return done(c, i);                                                                         \
    }                                                                                              \
    static const struct insn *name##s_shifted(struct core *c, const struct insn *i)                \
    {                                                                                              \
        const uint32_t n = c->r[i->n];                                                             \
        const uint32_t m = shift_c(c->r[i->m], i->shift, i->amount, &c->c);                        \
        (void)n;                                                                                   \
        c->r[i->d] = (result);                                                                     \
        set_nz(c, c->r[i->d]);                                                                     \
        return done(c, i);                                                                         \
    }

LOGICAL(and, n &m)
LOGICAL(bic, n & ~m)
LOGICAL(orr, n | m)
LOGICAL(orn, n | ~m)
LOGICAL(eor, n ^ m)
LOGICAL(mov, m)
LOGICAL(mvn, ~m)

#define LOGICAL_TEST(name, result)                                                                 \
    static const struct insn *name##_reg(struct core *c, const struct insn *i)                     \
    {                                                                                              \
        const uint32_t n = c->r[i->n];                                                             \
        const uint32_t m = c->r[i->m];                                                             \
        set_nz(c, result);                                                                         \
        return done(c, i);                                                                         \
    }                                                                                              \
    static const struct insn *name##_shifted(struct core *c, const struct insn *i)                 \
    {                                                                                              \
        const uint32_t n = c->r[i->n];                                                             \
        const uint32_t m = shift_c(c->r[i->m], i->shift, i->amount, &c->c);                        \
        set_nz(c, result);                                                                         \
        return done(c, i);                                                                         \
    }

LOGICAL_TEST(tst, n &m)
LOGICAL_TEST(teq, n ^ m)

/* Sums of n, m and the carry. */
#define SUM_OF(name, operand_m, result)                                                            \
    static const struct insn *name(struct core *c, const struct insn *i)                           \
    {                                                                                              \
        const uint32_t n = c->r[i->n];                                                             \
        const uint32_t m = operand_m;                                                              \
        c->r[i->d] = (result);                                                                     \
        return done(c, i);                                                                         \
    }
#define SUM(name, result, flags)                                                                   \
    SUM_OF(name##_reg, c->r[i->m], result)                                                         \
    SUM_OF(name##_shifted, shifted(c, i), result)                                                  \
    SUM_OF(name##s_reg, c->r[i->m], flags)                                                         \
    SUM_OF(name##s_shifted, shifted(c, i), flags)

SUM(add, n + m, sum_flags(c, n, m))
SUM(adc, n + m + c->c, add_flags(c, n, m, c->c))
SUM(sub, n - m, subtract_flags(c, n, m))
SUM(sbc, n + ~m + c->c, add_flags(c, n, ~m, c->c))
SUM(rsb, m - n, subtract_flags(c, m, n))

const struct insn *cmp_reg(struct core *c, const struct insn *i)
{
    subtract_flags(c, c->r[i->n], c->r[i->m]);
    return done(c, i);
}

static const struct insn *cmp_shifted(struct core *c, const struct insn *i)
{
    subtract_flags(c, c->r[i->n], shifted(c, i));
    return done(c, i);
}

static const struct insn *cmn_reg(struct core *c, const struct insn *i)
{
    sum_flags(c, c->r[i->n], c->r[i->m]);
    return done(c, i);
}

static const struct insn *cmn_shifted(struct core *c, const struct insn *i)
{
    sum_flags(c, c->r[i->n], shifted(c, i));
    return done(c, i);
}

/* ADD and MOV with any of the 16 registers: PC may be read and written. */
static const struct insn *add_any(struct core *c, const struct insn *i)
{
    uint32_t result = operand(c, i, i->n) + operand(c, i, i->m);
    if (i->d == PC) {
        return branch_to(c, result);
    }
    c->r[i->d] = result;
    return done(c, i);
}

const struct insn *mov_any(struct core *c, const struct insn *i)
{
    uint32_t result = operand(c, i, i->m);
    if (i->d == PC) {
        return branch_to(c, result);
    }
    c->r[i->d] = result;
    return done(c, i);
}

/* CMP with PC is UNPREDICTABLE: it reads as an operand does elsewhere. */
static const struct insn *cmp_any(struct core *c, const struct insn *i)
{
    subtract_flags(c, operand(c, i, i->n), operand(c, i, i->m));
    return done(c, i);
}

/* The two shifts by a constant that programs are full of: by 1 to 31 (by 0 is MOV), by 1 to 32. */
static const struct insn *lsls_imm(struct core *c, const struct insn *i)
{
    const uint64_t wide = (uint64_t)c->r[i->m] << i->amount;
    c->c = (uint32_t)(wide >> 32) & 1u;
    c->r[i->d] = (uint32_t)wide;
    set_nz(c, (uint32_t)wide);
    return done(c, i);
}

static const struct insn *lsrs_imm(struct core *c, const struct insn *i)
{
    const uint64_t value = c->r[i->m];
    const uint32_t result = (uint32_t)(value >> i->amount);
    c->c = (uint32_t)(value >> (i->amount - 1)) & 1u;
    c->r[i->d] = result;
    set_nz(c, result);
    return done(c, i);
}

/* LSL, LSR, ASR, ROR (register). */
static const struct insn *shift_reg(struct core *c, const struct insn *i)
{
    uint32_t carry = c->c;
    c->r[i->d] = shift_c(c->r[i->n], i->shift, c->r[i->m] & 0xFFu, &carry);
    return done(c, i);
}

static const struct insn *shifts_reg(struct core *c, const struct insn *i)
{
    c->r[i->d] = shift_c(c->r[i->n], i->shift, c->r[i->m] & 0xFFu, &c->c);
    set_nz(c, c->r[i->d]);
    return done(c, i);
}

static const struct insn *muls_reg(struct core *c, const struct insn *i)
{
    c->r[i->d] = c->r[i->n] * c->r[i->m];
    set_nz(c, c->r[i->d]);
    return done(c, i);
}

static const struct insn *pkh(struct core *c, const struct insn *i)
{
    uint32_t m = shifted(c, i);
    uint32_t n = c->r[i->n];
    c->r[i->d] = i->shift == SHIFT_ASR ? (n & 0xFFFF0000u) | (m & 0xFFFFu)
                                       : (m & 0xFFFF0000u) | (n & 0xFFFFu);
    return done(c, i);
}

/* ---- operands ---- */

static bool d0_n3_m6(struct insn *s, uint32_t op, uint32_t pc)
{
    (void)pc;
    s->d = (uint8_t)bits(op, 2, 0);
    s->n = (uint8_t)bits(op, 5, 3);
    s->m = (uint8_t)bits(op, 8, 6);
    return true;
}

/* AND, ADC ...: rdn and rm. */
static bool dn0_m3(struct insn *s, uint32_t op, uint32_t pc)
{
    (void)pc;
    s->d = s->n = (uint8_t)bits(op, 2, 0);
    s->m = (uint8_t)bits(op, 5, 3);
    s->shift = (uint8_t)(bits(op, 9, 6) == 7 ? SHIFT_ROR : bits(op, 9, 6) - 2);
    return true;
}

static bool d0_m3_imm5(struct insn *s, uint32_t op, uint32_t pc)
{
    (void)pc;
    s->d = (uint8_t)bits(op, 2, 0);
    s->m = (uint8_t)bits(op, 5, 3);
    decode_shift(s, bits(op, 12, 11), bits(op, 10, 6));
    return true;
}

/* DN:rdn and rm of 4 bits each. */
static bool dn_any_m3(struct insn *s, uint32_t op, uint32_t pc)
{
    (void)pc;
    s->d = s->n = (uint8_t)(bit(op, 7) << 3 | bits(op, 2, 0));
    s->m = (uint8_t)bits(op, 6, 3);
    return s->d != PC || s->m != PC;
}

static bool n_any_m3(struct insn *s, uint32_t op, uint32_t pc)
{
    dn_any_m3(s, op, pc);
    return s->n != PC && s->m != PC && (s->n >= 8 || s->m >= 8);
}

static bool d_any_m3(struct insn *s, uint32_t op, uint32_t pc)
{
    dn_any_m3(s, op, pc);
    return true;
}

static bool shifted_operands(struct insn *s, uint32_t op, uint32_t pc)
{
    (void)pc;
    s->d = (uint8_t)bits(op, 11, 8);
    s->n = (uint8_t)bits(op, 19, 16);
    s->m = (uint8_t)bits(op, 3, 0);
    decode_shift(s, bits(op, 5, 4), bits(op, 14, 12) << 2 | bits(op, 7, 6));
    return !is_sp_or_pc(s->d) && !is_sp_or_pc(s->n) && !is_sp_or_pc(s->m);
}

static bool shifted_no_n(struct insn *s, uint32_t op, uint32_t pc)
{
    shifted_operands(s, op, pc);
    s->n = 0;
    return !is_sp_or_pc(s->d) && !is_sp_or_pc(s->m);
}

/* MOV.W may move the stack pointer, but not to itself. */
static bool moved(struct insn *s, uint32_t op, uint32_t pc)
{
    shifted_no_n(s, op, pc);
    bool shifts = s->shift != SHIFT_LSL || s->amount != 0;
    bool good = s->d != PC && s->m != PC && !(s->d == SP && s->m == SP);
    return good && !(shifts && (s->d == SP || s->m == SP));
}

static bool shifted_no_d(struct insn *s, uint32_t op, uint32_t pc)
{
    shifted_operands(s, op, pc);
    s->d = 0;
    return !is_sp_or_pc(s->n) && !is_sp_or_pc(s->m);
}

static bool shifted_no_d_sp(struct insn *s, uint32_t op, uint32_t pc)
{
    shifted_operands(s, op, pc);
    s->d = 0;
    return s->n != PC && !is_sp_or_pc(s->m);
}

/* ADD and SUB from the stack pointer may go to it, shifted by at most 3. */
static bool shifted_sp(struct insn *s, uint32_t op, uint32_t pc)
{
    shifted_operands(s, op, pc);
    bool small = s->shift == SHIFT_LSL && s->amount <= 3;
    bool sp_good = s->d != SP || (s->n == SP && small);
    return s->d != PC && s->n != PC && !is_sp_or_pc(s->m) && sp_good;
}

static bool shifted_by_reg(struct insn *s, uint32_t op, uint32_t pc)
{
    (void)pc;
    s->d = (uint8_t)bits(op, 11, 8);
    s->n = (uint8_t)bits(op, 19, 16);
    s->m = (uint8_t)bits(op, 3, 0);
    s->shift = (uint8_t)bits(op, 22, 21);
    return !is_sp_or_pc(s->d) && !is_sp_or_pc(s->n) && !is_sp_or_pc(s->m);
}

/* ---- encodings ---- */

#define D INSN_WRITES_D
#define QUIET INSN_QUIET
/* 1110101 op S rn 0 imm3 rd imm2 type rm (A5.3.11). */
#define CODE(op, s) 0xFFF08000u, (0xEA000000u | (op) << 21 | (s) << 20)
#define CODE_NO_D(op) 0xFFF08F00u, (0xEA100F00u | (op) << 21)
#define CODE_NO_N(op, s) 0xFFFF8000u, (0xEA0F0000u | (op) << 21 | (s) << 20)

const struct row rows16_data_reg[] = {
    {0xFFC0, 0x0000, "MOV (register) T2", movs_reg, d0_m3_imm5, QUIET, NULL},
    {0xF800, 0x0000, "LSL (immediate) T1", lsls_imm, d0_m3_imm5, QUIET, NULL},
    {0xF800, 0x0800, "LSR (immediate) T1", lsrs_imm, d0_m3_imm5, QUIET, NULL},
    {0xF800, 0x1000, "ASR (immediate) T1", movs_shifted, d0_m3_imm5, QUIET, NULL},
    {0xFE00, 0x1800, "ADD (register) T1", adds_reg, d0_n3_m6, QUIET, NULL},
    {0xFE00, 0x1A00, "SUB (register) T1", subs_reg, d0_n3_m6, QUIET, NULL},
    {0xFFC0, 0x4000, "AND (register) T1", ands_reg, dn0_m3, QUIET, NULL},
    {0xFFC0, 0x4040, "EOR (register) T1", eors_reg, dn0_m3, QUIET, NULL},
    {0xFFC0, 0x4080, "LSL (register) T1", shifts_reg, dn0_m3, QUIET, NULL},
    {0xFFC0, 0x40C0, "LSR (register) T1", shifts_reg, dn0_m3, QUIET, NULL},
    {0xFFC0, 0x4100, "ASR (register) T1", shifts_reg, dn0_m3, QUIET, NULL},
    {0xFFC0, 0x4140, "ADC (register) T1", adcs_reg, dn0_m3, QUIET, NULL},
    {0xFFC0, 0x4180, "SBC (register) T1", sbcs_reg, dn0_m3, QUIET, NULL},
    {0xFFC0, 0x41C0, "ROR (register) T1", shifts_reg, dn0_m3, QUIET, NULL},
    {0xFFC0, 0x4200, "TST (register) T1", tst_reg, dn0_m3, 0, NULL},
    {0xFFC0, 0x4280, "CMP (register) T1", cmp_reg, dn0_m3, IS_PART(PART_COMPARES_REGISTER), NULL},
    {0xFFC0, 0x42C0, "CMN (register) T1", cmn_reg, dn0_m3, 0, NULL},
    {0xFFC0, 0x4300, "ORR (register) T1", orrs_reg, dn0_m3, QUIET, NULL},
    {0xFFC0, 0x4340, "MUL T1", muls_reg, dn0_m3, QUIET, NULL},
    {0xFFC0, 0x4380, "BIC (register) T1", bics_reg, dn0_m3, QUIET, NULL},
    {0xFFC0, 0x43C0, "MVN (register) T1", mvns_reg, dn0_m3, QUIET, NULL},
    {0xFF87, 0x4487, "ADD (register) T2 to PC", add_any, dn_any_m3, INSN_BRANCH, NULL},
    {0xFF00, 0x4400, "ADD (register) T2", add_any, dn_any_m3, D, NULL},
    {0xFF00, 0x4500, "CMP (register) T2", cmp_any, n_any_m3, IS_PART(PART_COMPARES_REGISTER), NULL},
    {0xFF87, 0x4687, "MOV (register) T1 to PC", mov_any, d_any_m3, INSN_BRANCH, NULL},
    {0xFF00, 0x4600, "MOV (register) T1", mov_any, d_any_m3, D | IS_PART(PART_MOVES), NULL},
    {0, 0, NULL, NULL, NULL, 0, NULL},
};

const struct row rows32_data_shifted[] = {
    {CODE_NO_D(0u), "TST (register) T2", tst_shifted, shifted_no_d, 0, tst_reg},
    {CODE(0u, 0u), "AND (register) T2", and_shifted, shifted_operands, D, and_reg},
    {CODE(0u, 1u), "AND (register) T2 S", ands_shifted, shifted_operands, D, ands_reg},
    {CODE(1u, 0u), "BIC (register) T2", bic_shifted, shifted_operands, D, bic_reg},
    {CODE(1u, 1u), "BIC (register) T2 S", bics_shifted, shifted_operands, D, bics_reg},
    {CODE_NO_N(2u, 0u), "MOV (register), shifts (immediate)", mov_shifted, moved, D, mov_reg},
    {CODE_NO_N(2u, 1u), "MOV (register), shifts (immediate) S", movs_shifted, moved, D, movs_reg},
    {CODE(2u, 0u), "ORR (register) T2", orr_shifted, shifted_operands, D, orr_reg},
    {CODE(2u, 1u), "ORR (register) T2 S", orrs_shifted, shifted_operands, D, orrs_reg},
    {CODE_NO_N(3u, 0u), "MVN (register) T2", mvn_shifted, shifted_no_n, D, mvn_reg},
    {CODE_NO_N(3u, 1u), "MVN (register) T2 S", mvns_shifted, shifted_no_n, D, mvns_reg},
    {CODE(3u, 0u), "ORN (register) T1", orn_shifted, shifted_operands, D, orn_reg},
    {CODE(3u, 1u), "ORN (register) T1 S", orns_shifted, shifted_operands, D, orns_reg},
    {CODE_NO_D(4u), "TEQ (register) T1", teq_shifted, shifted_no_d, 0, teq_reg},
    {CODE(4u, 0u), "EOR (register) T2", eor_shifted, shifted_operands, D, eor_reg},
    {CODE(4u, 1u), "EOR (register) T2 S", eors_shifted, shifted_operands, D, eors_reg},
    {0xFFF08010, 0xEAC00000, "PKHBT, PKHTB T1", pkh, shifted_operands, D, NULL},
    {CODE_NO_D(8u), "CMN (register) T2", cmn_shifted, shifted_no_d_sp, 0, cmn_reg},
    {CODE(8u, 0u), "ADD (register) T3", add_shifted, shifted_sp, D, add_reg},
    {CODE(8u, 1u), "ADD (register) T3 S", adds_shifted, shifted_sp, D, adds_reg},
    {CODE(10u, 0u), "ADC (register) T2", adc_shifted, shifted_operands, D, adc_reg},
    {CODE(10u, 1u), "ADC (register) T2 S", adcs_shifted, shifted_operands, D, adcs_reg},
    {CODE(11u, 0u), "SBC (register) T2", sbc_shifted, shifted_operands, D, sbc_reg},
    {CODE(11u, 1u), "SBC (register) T2 S", sbcs_shifted, shifted_operands, D, sbcs_reg},
    {CODE_NO_D(13u), "CMP (register) T3", cmp_shifted, shifted_no_d_sp, 0, cmp_reg},
    {CODE(13u, 0u), "SUB (register) T2", sub_shifted, shifted_sp, D, sub_reg},
    {CODE(13u, 1u), "SUB (register) T2 S", subs_shifted, shifted_sp, D, subs_reg},
    {CODE(14u, 0u), "RSB (register) T1", rsb_shifted, shifted_operands, D, rsb_reg},
    {CODE(14u, 1u), "RSB (register) T1 S", rsbs_shifted, shifted_operands, D, rsbs_reg},
    {0, 0, NULL, NULL, NULL, 0, NULL},
};

const struct row rows32_shift_reg[] = {
    {0xFF90F0F0, 0xFA00F000, "LSL, LSR, ASR, ROR (register) T2", shift_reg, shifted_by_reg, D,
     NULL},
    {0xFF90F0F0, 0xFA10F000, "LSL, LSR, ASR, ROR (register) T2 S", shifts_reg, shifted_by_reg, D,
     NULL},
    {0, 0, NULL, NULL, NULL, 0, NULL},
};
