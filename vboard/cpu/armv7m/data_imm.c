/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
/*
 * Data processing with a constant: DDI 0403 A5.2.1 and A5.2 (16 bits), A5.3.1 (modified immediate),
 * A5.3.3 (plain binary immediate).
 */
#include "vboard/cpu/armv7m/advance.h"
#include "vboard/cpu/armv7m/core.h"
#include "vboard/cpu/armv7m/groups.h"
#include "vboard/cpu/armv7m/pairs.h"

/* ---- what they do ---- */

/* A result of the bits of n (rn) and m (the constant); a rotated constant's bit 31 is the carry. */
#define LOGICAL(name, result)                                                                      \
    exec_fn name##_imm; /* some are in pairs.c, too */                                             \
    const struct insn *name##_imm(struct core *c, const struct insn *i)                            \
    {                                                                                              \
        const uint32_t n = c->r[i->n];                                                             \
        const uint32_t m = i->imm;                                                                 \
        (void)n;                                                                                   \
        c->r[i->d] = (result);                                                                     \
        return done(c, i);                                                                         \
    }                                                                                              \
    exec_fn name##s_imm; /* some are in pairs.c, too */                                            \
    const struct insn *name##s_imm(struct core *c, const struct insn *i)                           \
    {                                                                                              \
        const uint32_t n = c->r[i->n];                                                             \
        const uint32_t m = i->imm;                                                                 \
        (void)n;                                                                                   \
        c->r[i->d] = (result);                                                                     \
        set_nz(c, c->r[i->d]);                                                                     \
        if (i->shift != 0) {                                                                       \
            c->c = m >> 31;                                                                        \
        }                                                                                          \
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
    static const struct insn *name##_imm(struct core *c, const struct insn *i)                     \
    {                                                                                              \
        set_nz(c, c->r[i->n] result);                                                              \
        if (i->shift != 0) {                                                                       \
            c->c = i->imm >> 31;                                                                   \
        }                                                                                          \
        return done(c, i);                                                                         \
    }

LOGICAL_TEST(tst, &i->imm)
LOGICAL_TEST(teq, ^i->imm)

/* Sums of n, m and the carry, without and with flags. */
#define SUM(name, result, flags)                                                                   \
    exec_fn name##_imm; /* some are in pairs.c, too */                                             \
    const struct insn *name##_imm(struct core *c, const struct insn *i)                            \
    {                                                                                              \
        const uint32_t n = c->r[i->n];                                                             \
        const uint32_t m = i->imm;                                                                 \
        c->r[i->d] = (result);                                                                     \
        return done(c, i);                                                                         \
    }                                                                                              \
    exec_fn name##s_imm; /* some are in pairs.c, too */                                            \
    const struct insn *name##s_imm(struct core *c, const struct insn *i)                           \
    {                                                                                              \
        const uint32_t n = c->r[i->n];                                                             \
        const uint32_t m = i->imm;                                                                 \
        c->r[i->d] = (flags);                                                                      \
        return done(c, i);                                                                         \
    }

SUM(add, n + m, sum_flags(c, n, m))
SUM(adc, n + m + c->c, add_flags(c, n, m, c->c))
SUM(sub, n - m, subtract_flags(c, n, m))
SUM(sbc, n + ~m + c->c, add_flags(c, n, ~m, c->c))
SUM(rsb, m - n, subtract_flags(c, m, n))

const struct insn *cmp_imm(struct core *c, const struct insn *i)
{
    subtract_flags(c, c->r[i->n], i->imm);
    return done(c, i);
}

static const struct insn *cmn_imm(struct core *c, const struct insn *i)
{
    sum_flags(c, c->r[i->n], i->imm);
    return done(c, i);
}

static const struct insn *movt_imm(struct core *c, const struct insn *i)
{
    c->r[i->d] = (c->r[i->d] & 0xFFFFu) | i->imm << 16;
    return done(c, i);
}

/* ---- operands ---- */

static bool d8_imm8(struct insn *s, uint32_t op, uint32_t pc)
{
    (void)pc;
    s->d = s->n = (uint8_t)bits(op, 10, 8);
    s->imm = bits(op, 7, 0);
    return true;
}

static bool d0_n3_imm3(struct insn *s, uint32_t op, uint32_t pc)
{
    (void)pc;
    s->d = (uint8_t)bits(op, 2, 0);
    s->n = (uint8_t)bits(op, 5, 3);
    s->imm = bits(op, 8, 6);
    return true;
}

/* RSB by 0: the 16-bit NEG. */
static bool d0_n3(struct insn *s, uint32_t op, uint32_t pc)
{
    (void)pc;
    s->d = (uint8_t)bits(op, 2, 0);
    s->n = (uint8_t)bits(op, 5, 3);
    return true;
}

static bool adr_imm8(struct insn *s, uint32_t op, uint32_t pc)
{
    s->d = (uint8_t)bits(op, 10, 8);
    s->imm = ((pc + 4) & ~3u) + bits(op, 7, 0) * 4;
    return true;
}

static bool d8_sp_imm8(struct insn *s, uint32_t op, uint32_t pc)
{
    (void)pc;
    s->d = (uint8_t)bits(op, 10, 8);
    s->n = SP;
    s->imm = bits(op, 7, 0) * 4;
    return true;
}

static bool sp_imm7(struct insn *s, uint32_t op, uint32_t pc)
{
    (void)pc;
    s->d = s->n = SP;
    s->imm = bits(op, 6, 0) * 4;
    return true;
}

/* ThumbExpandImm_C; `shift` tells that the constant's bit 31 becomes the carry. False: UNPREDICTABLE
 * repetitions of 0. */
static bool expand(struct insn *s, uint32_t imm12)
{
    uint32_t byte = imm12 & 0xFFu;
    s->shift = 0;
    switch (imm12 >> 8) {
    case 0:
        s->imm = byte;
        return true;
    case 1:
        s->imm = byte | byte << 16;
        return byte != 0;
    case 2:
        s->imm = byte << 8 | byte << 24;
        return byte != 0;
    case 3:
        s->imm = byte * 0x01010101u;
        return byte != 0;
    default: {
        unsigned by = imm12 >> 7;
        uint32_t value = 0x80u | (imm12 & 0x7Fu);
        s->imm = value >> by | value << (32 - by);
        s->shift = 1;
        return true;
    }
    }
}

static uint32_t imm12_of(uint32_t op)
{
    return bit(op, 26) << 11 | bits(op, 14, 12) << 8 | bits(op, 7, 0);
}

static bool modified(struct insn *s, uint32_t op, uint32_t pc)
{
    (void)pc;
    s->d = (uint8_t)bits(op, 11, 8);
    s->n = (uint8_t)bits(op, 19, 16);
    bool good = expand(s, imm12_of(op));
    return good && !is_sp_or_pc(s->d) && !is_sp_or_pc(s->n);
}

/* MOV, MVN: no rn. */
static bool modified_d(struct insn *s, uint32_t op, uint32_t pc)
{
    modified(s, op, pc);
    s->n = 0;
    return expand(s, imm12_of(op)) && !is_sp_or_pc(s->d);
}

/* TST, TEQ: no rd. */
static bool modified_n(struct insn *s, uint32_t op, uint32_t pc)
{
    modified(s, op, pc);
    s->d = 0;
    return expand(s, imm12_of(op)) && !is_sp_or_pc(s->n);
}

/* CMP and CMN may use the stack pointer. */
static bool modified_n_sp(struct insn *s, uint32_t op, uint32_t pc)
{
    modified(s, op, pc);
    s->d = 0;
    return expand(s, imm12_of(op)) && s->n != PC;
}

/* ADD and SUB from the stack pointer may also go to it. */
static bool modified_sp(struct insn *s, uint32_t op, uint32_t pc)
{
    modified(s, op, pc);
    bool good = expand(s, imm12_of(op));
    return good && s->d != PC && s->n != PC && (s->d != SP || s->n == SP);
}

static bool plain12(struct insn *s, uint32_t op, uint32_t pc)
{
    (void)pc;
    s->d = (uint8_t)bits(op, 11, 8);
    s->n = (uint8_t)bits(op, 19, 16);
    s->imm = imm12_of(op);
    return s->d != PC && (s->d != SP || s->n == SP);
}

static bool adr_before(struct insn *s, uint32_t op, uint32_t pc)
{
    s->d = (uint8_t)bits(op, 11, 8);
    s->imm = ((pc + 4) & ~3u) - imm12_of(op);
    return !is_sp_or_pc(s->d);
}

static bool adr_after(struct insn *s, uint32_t op, uint32_t pc)
{
    s->d = (uint8_t)bits(op, 11, 8);
    s->imm = ((pc + 4) & ~3u) + imm12_of(op);
    return !is_sp_or_pc(s->d);
}

static bool plain16(struct insn *s, uint32_t op, uint32_t pc)
{
    (void)pc;
    s->d = (uint8_t)bits(op, 11, 8);
    s->imm = bits(op, 19, 16) << 12 | imm12_of(op);
    return !is_sp_or_pc(s->d);
}

/* ---- encodings ---- */

#define D INSN_WRITES_D
#define QUIET INSN_QUIET
#define ADDS IS_PART(PART_ADDS_FLAGS)
#define SUBTRACTS IS_PART(PART_SUBTRACTS_FLAGS)
#define COMPARES IS_PART(PART_COMPARES)
/* 11110i0 op S rn 0 imm3 rd imm8 (A5.3.1). */
#define CODE(op, s) 0xFBF08000u, (0xF0000000u | (op) << 21 | (s) << 20)
#define CODE_NO_D(op) 0xFBF08F00u, (0xF0100F00u | (op) << 21)
#define CODE_NO_N(op, s) 0xFBFF8000u, (0xF00F0000u | (op) << 21 | (s) << 20)

const struct row rows16_data_imm[] = {
    {0xFE00, 0x1C00, "ADD (immediate) T1", adds_imm, d0_n3_imm3, QUIET | ADDS, NULL},
    {0xFE00, 0x1E00, "SUB (immediate) T1", subs_imm, d0_n3_imm3, QUIET | SUBTRACTS, NULL},
    {0xF800, 0x2000, "MOV (immediate) T1", movs_imm, d8_imm8, QUIET, NULL},
    {0xF800, 0x2800, "CMP (immediate) T1", cmp_imm, d8_imm8, COMPARES, NULL},
    {0xF800, 0x3000, "ADD (immediate) T2", adds_imm, d8_imm8, QUIET | ADDS, NULL},
    {0xF800, 0x3800, "SUB (immediate) T2", subs_imm, d8_imm8, QUIET | SUBTRACTS, NULL},
    {0xFFC0, 0x4240, "RSB (immediate) T1", rsbs_imm, d0_n3, QUIET, NULL},
    {0xF800, 0xA000, "ADR T1", mov_imm, adr_imm8, 0, NULL},
    {0xF800, 0xA800, "ADD (SP plus immediate) T1", add_imm, d8_sp_imm8, 0, NULL},
    {0xFF80, 0xB000, "ADD (SP plus immediate) T2", add_imm, sp_imm7, D | IS_PART(PART_ADDS), NULL},
    {0xFF80, 0xB080, "SUB (SP minus immediate) T1", sub_imm, sp_imm7, D | IS_PART(PART_SUBTRACTS),
     NULL},
    {0, 0, NULL, NULL, NULL, 0, NULL},
};

const struct row rows32_data_modified[] = {
    {CODE_NO_D(0u), "TST (immediate) T1", tst_imm, modified_n, 0, NULL},
    {CODE(0u, 0u), "AND (immediate) T1", and_imm, modified, D, NULL},
    {CODE(0u, 1u), "AND (immediate) T1 S", ands_imm, modified, D, NULL},
    {CODE(1u, 0u), "BIC (immediate) T1", bic_imm, modified, D, NULL},
    {CODE(1u, 1u), "BIC (immediate) T1 S", bics_imm, modified, D, NULL},
    {CODE_NO_N(2u, 0u), "MOV (immediate) T2", mov_imm, modified_d, D, NULL},
    {CODE_NO_N(2u, 1u), "MOV (immediate) T2 S", movs_imm, modified_d, D, NULL},
    {CODE(2u, 0u), "ORR (immediate) T1", orr_imm, modified, D, NULL},
    {CODE(2u, 1u), "ORR (immediate) T1 S", orrs_imm, modified, D, NULL},
    {CODE_NO_N(3u, 0u), "MVN (immediate) T1", mvn_imm, modified_d, D, NULL},
    {CODE_NO_N(3u, 1u), "MVN (immediate) T1 S", mvns_imm, modified_d, D, NULL},
    {CODE(3u, 0u), "ORN (immediate) T1", orn_imm, modified, D, NULL},
    {CODE(3u, 1u), "ORN (immediate) T1 S", orns_imm, modified, D, NULL},
    {CODE_NO_D(4u), "TEQ (immediate) T1", teq_imm, modified_n, 0, NULL},
    {CODE(4u, 0u), "EOR (immediate) T1", eor_imm, modified, D, NULL},
    {CODE(4u, 1u), "EOR (immediate) T1 S", eors_imm, modified, D, NULL},
    {CODE_NO_D(8u), "CMN (immediate) T1", cmn_imm, modified_n_sp, 0, NULL},
    {CODE(8u, 0u), "ADD (immediate) T3", add_imm, modified_sp, D | IS_PART(PART_ADDS), NULL},
    {CODE(8u, 1u), "ADD (immediate) T3 S", adds_imm, modified_sp, D | ADDS, NULL},
    {CODE(10u, 0u), "ADC (immediate) T1", adc_imm, modified, D, NULL},
    {CODE(10u, 1u), "ADC (immediate) T1 S", adcs_imm, modified, D, NULL},
    {CODE(11u, 0u), "SBC (immediate) T1", sbc_imm, modified, D, NULL},
    {CODE(11u, 1u), "SBC (immediate) T1 S", sbcs_imm, modified, D, NULL},
    {CODE_NO_D(13u), "CMP (immediate) T2", cmp_imm, modified_n_sp, COMPARES, NULL},
    {CODE(13u, 0u), "SUB (immediate) T3", sub_imm, modified_sp, D | IS_PART(PART_SUBTRACTS), NULL},
    {CODE(13u, 1u), "SUB (immediate) T3 S", subs_imm, modified_sp, D | SUBTRACTS, NULL},
    {CODE(14u, 0u), "RSB (immediate) T2", rsb_imm, modified, D, NULL},
    {CODE(14u, 1u), "RSB (immediate) T2 S", rsbs_imm, modified, D, NULL},
    {0, 0, NULL, NULL, NULL, 0, NULL},
};

const struct row rows32_data_plain[] = {
    {0xFBFF8000, 0xF20F0000, "ADR T3", mov_imm, adr_after, D, NULL},
    {0xFBF08000, 0xF2000000, "ADD (immediate) T4", add_imm, plain12, D, NULL},
    {0xFBF08000, 0xF2400000, "MOV (immediate) T3", mov_imm, plain16, D, NULL},
    {0xFBFF8000, 0xF2AF0000, "ADR T2", mov_imm, adr_before, D, NULL},
    {0xFBF08000, 0xF2A00000, "SUB (immediate) T4", sub_imm, plain12, D, NULL},
    {0xFBF08000, 0xF2C00000, "MOVT T1", movt_imm, plain16, D, NULL},
    {0, 0, NULL, NULL, NULL, 0, NULL},
};
