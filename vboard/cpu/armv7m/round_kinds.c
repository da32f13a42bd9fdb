/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
/* By encoding, in the order of DDI 0403 A5.2 and A5.3; the first row that fits counts. */
#include "vboard/cpu/armv7m/round_kinds.h"

#define D ROUND_D
#define F ROUND_FLAGS
#define S ROUND_SOME
#define DF (ROUND_D | ROUND_FLAGS)
#define DS (ROUND_D | ROUND_SOME)

struct kind_row {
    uint32_t mask, value;
    enum round_kind kind;
    unsigned how;
};

static const struct kind_row rows16[] = {
    {0xFFC0, 0x0000, ROUND_MOVES, DS},   /* MOVS */
    {0xF800, 0x0000, ROUND_MAKES_M, DS}, /* LSL */
    {0xF800, 0x0800, ROUND_MAKES_M, DS}, /* LSR */
    {0xF800, 0x1000, ROUND_MAKES_M, DS}, /* ASR */
    {0xFE00, 0x1800, ROUND_ADDS_REGISTER, DF},
    {0xFE00, 0x1A00, ROUND_SUBTRACTS_REGISTER, DF},
    {0xFE00, 0x1C00, ROUND_ADDS, DF},
    {0xFE00, 0x1E00, ROUND_SUBTRACTS, DF},
    {0xF800, 0x2000, ROUND_CONSTANT, DS},
    {0xF800, 0x2800, ROUND_COMPARES, F}, /* CMP */
    {0xF800, 0x3000, ROUND_ADDS, DF},
    {0xF800, 0x3800, ROUND_SUBTRACTS, DF},
    {0xFF80, 0x4100, ROUND_OTHER, 0},             /* ASR by register, ADC */
    {0xFFC0, 0x4180, ROUND_OTHER, 0},             /* SBC */
    {0xFFC0, 0x4200, ROUND_MAKES_NM, S},          /* TST */
    {0xFFC0, 0x4240, ROUND_MAKES_N, DF},          /* RSB */
    {0xFFC0, 0x4280, ROUND_COMPARES_REGISTER, F}, /* CMP */
    {0xFFC0, 0x42C0, ROUND_MAKES_NM, F},          /* CMN */
    {0xFFC0, 0x43C0, ROUND_MAKES_M, DS},          /* MVN */
    {0xFC00, 0x4000, ROUND_MAKES_NM, DS},         /* AND, EOR, LSL, LSR, ROR, ORR, MUL, BIC */
    {0xFF87, 0x4487, ROUND_OTHER, 0},             /* ADD to PC */
    {0xFF00, 0x4400, ROUND_ADDS_REGISTER, D},
    {0xFF00, 0x4500, ROUND_COMPARES_REGISTER, F}, /* CMP */
    {0xFF87, 0x4687, ROUND_BRANCHES_TO_M, 0},     /* MOV to PC */
    {0xFF00, 0x4600, ROUND_MOVES, D},
    {0xFF80, 0x4700, ROUND_BRANCHES_TO_M, 0}, /* BX */
    {0xFF80, 0x4780, ROUND_CALLS_M, 0},
    {0xF800, 0x4800, ROUND_LOADS_LITERAL, 0},
    {0xFE00, 0x5000, ROUND_STORES_AT_SUM, 0},
    {0xFE00, 0x5200, ROUND_STORES_AT_SUM, ROUND_HALF},
    {0xFE00, 0x5400, ROUND_STORES_AT_SUM, ROUND_BYTE},
    {0xFE00, 0x5600, ROUND_LOADS_AT_SUM, ROUND_BYTE},
    {0xFE00, 0x5800, ROUND_LOADS_AT_SUM, 0},
    {0xFE00, 0x5A00, ROUND_LOADS_AT_SUM, ROUND_HALF},
    {0xFE00, 0x5C00, ROUND_LOADS_AT_SUM, ROUND_BYTE},
    {0xFE00, 0x5E00, ROUND_LOADS_AT_SUM, ROUND_HALF},
    {0xF800, 0x6000, ROUND_STORES, 0},
    {0xF800, 0x6800, ROUND_LOADS, 0},
    {0xF800, 0x7000, ROUND_STORES, ROUND_BYTE},
    {0xF800, 0x7800, ROUND_LOADS, ROUND_BYTE},
    {0xF800, 0x8000, ROUND_STORES, ROUND_HALF},
    {0xF800, 0x8800, ROUND_LOADS, ROUND_HALF},
    {0xF800, 0x9000, ROUND_STORES, 0},
    {0xF800, 0x9800, ROUND_LOADS, 0},
    {0xF800, 0xA000, ROUND_CONSTANT, D}, /* ADR */
    {0xF800, 0xA800, ROUND_ADDS, D},
    {0xFF80, 0xB000, ROUND_ADDS, D},
    {0xFF80, 0xB080, ROUND_SUBTRACTS, D},
    {0xFD00, 0xB100, ROUND_BRANCHES_BY_N, 0}, /* CBZ */
    {0xFD00, 0xB900, ROUND_BRANCHES_BY_N, 0},
    {0xFF40, 0xB200, ROUND_NARROWS_16, D}, /* SXTH, UXTH */
    {0xFF40, 0xB240, ROUND_NARROWS_8, D},
    {0xFE00, 0xB400, ROUND_STORES_LIST, ROUND_BACK | ROUND_DOWN},
    {0xFE00, 0xBC00, ROUND_LOADS_LIST, ROUND_BACK},
    {0xFFFF, 0xBF00, ROUND_NOTHING, 0},
    {0xFF0F, 0xBF00, ROUND_OTHER, 0}, /* other hints */
    {0xFF00, 0xBF00, ROUND_ASKS, 0},  /* IT */
    {0xF800, 0xC000, ROUND_STORES_LIST, ROUND_BACK},
    {0xF800, 0xC800, ROUND_LOADS_LIST, ROUND_BACK},
    {0xFE00, 0xDE00, ROUND_OTHER, 0}, /* UDF, SVC */
    {0xF000, 0xD000, ROUND_BRANCHES_IF, 0},
    {0xF800, 0xE000, ROUND_BRANCHES, 0},
    {0, 0, ROUND_OTHER, 0},
};

/* 11110i0 op S rn 0 imm3 rd imm8, and 1110101 op S rn 0 imm3 rd imm2 type rm. */
#define IMMEDIATE(op, s) 0xFBF08000u, (0xF0000000u | (op) << 21 | (s) << 20)
#define SHIFTED(op, s) 0xFFF08000u, (0xEA000000u | (op) << 21 | (s) << 20)
/* 1111100 sign size load rn rt: with an offset of 12 bits; with 8, taken off; with another register. */
#define OF_12(sign, size, load)                                                                    \
    0xFFF00000u, (0xF8800000u | (sign) << 24 | (size) << 21 | (load) << 20)
#define OF_8(sign, size, load, how)                                                                \
    0xFFF00F00u, (0xF8000000u | (sign) << 24 | (size) << 21 | (load) << 20 | (how) << 8)
#define OF_SUM(sign, size, load)                                                                   \
    0xFFF00FC0u, (0xF8000000u | (sign) << 24 | (size) << 21 | (load) << 20)
#define ACCESSES(sign, size, load, kind, how)                                                      \
    {OF_12(sign, size, load), ROUND_##kind, how},                                                  \
        {OF_SUM(sign, size, load), ROUND_##kind##_AT_SUM, how},                                    \
        {OF_8(sign, size, load, 12u), ROUND_##kind, how},                                          \
        {OF_8(sign, size, load, 9u), ROUND_##kind, (how) | ROUND_BACK},                            \
        {OF_8(sign, size, load, 11u), ROUND_##kind, (how) | ROUND_BACK},                           \
        {OF_8(sign, size, load, 13u), ROUND_##kind, (how) | ROUND_BACK_FIRST},                     \
    {                                                                                              \
        OF_8(sign, size, load, 15u), ROUND_##kind, (how) | ROUND_BACK_FIRST                        \
    }

static const struct kind_row rows32[] = {
    {0xFE0070F0, 0xEA000030, ROUND_OTHER, 0}, /* RRX, which reads C */
    {0xFFF00000, 0xE8800000, ROUND_STORES_LIST, 0},
    {0xFFF00000, 0xE8900000, ROUND_LOADS_LIST, 0},
    {0xFFF00000, 0xE8A00000, ROUND_STORES_LIST, ROUND_BACK},
    {0xFFF00000, 0xE8B00000, ROUND_LOADS_LIST, ROUND_BACK},
    {0xFFF00000, 0xE9200000, ROUND_STORES_LIST, ROUND_BACK | ROUND_DOWN},
    {0xFF7F0000, 0xE95F0000, ROUND_OTHER, 0}, /* LDRD of a literal */
    {0xFF700000, 0xE9400000, ROUND_STORES_PAIR, 0},
    {0xFF700000, 0xE9500000, ROUND_LOADS_PAIR, 0},
    {SHIFTED(0u, 0u), ROUND_MAKES_NM, D}, /* AND */
    {SHIFTED(1u, 0u), ROUND_MAKES_NM, D}, /* BIC */
    {0xFFFFF0F0, 0xEA4F0000, ROUND_MOVES, D},
    {0xFFEF8000, 0xEA4F0000, ROUND_MAKES_M, DS}, /* MOV with a shift, MOVS */
    {SHIFTED(2u, 0u), ROUND_MAKES_NM, D},        /* ORR */
    {0xFFEF8000, 0xEA6F0000, ROUND_MAKES_M, DS}, /* MVN */
    {SHIFTED(4u, 0u), ROUND_MAKES_NM, D},        /* EOR */
    {0xFFF08F00, 0xEB100F00, ROUND_MAKES_NM, F}, /* CMN */
    {0xFFF0FFF0, 0xEBB00F00, ROUND_COMPARES_REGISTER, F},
    {0xFFF08F00, 0xEBB00F00, ROUND_MAKES_NM, F}, /* CMP with a shift */
    {0xFFF0F0F0, 0xEB000000, ROUND_ADDS_REGISTER, D},
    {0xFFF0F0F0, 0xEB100000, ROUND_ADDS_REGISTER, DF},
    {0xFFF0F0F0, 0xEBA00000, ROUND_SUBTRACTS_REGISTER, D},
    {0xFFF0F0F0, 0xEBB00000, ROUND_SUBTRACTS_REGISTER, DF},
    {SHIFTED(8u, 0u), ROUND_MAKES_NM, D},
    {SHIFTED(8u, 1u), ROUND_MAKES_NM, DF},
    {SHIFTED(13u, 0u), ROUND_MAKES_NM, D},
    {SHIFTED(13u, 1u), ROUND_MAKES_NM, DF},
    {0xFBF08F00, 0xF0100F00, ROUND_MAKES_N, S}, /* TST */
    {IMMEDIATE(0u, 0u), ROUND_MAKES_N, D},
    {IMMEDIATE(0u, 1u), ROUND_MAKES_N, DS},
    {IMMEDIATE(1u, 0u), ROUND_MAKES_N, D},
    {0xFBEF8000, 0xF04F0000, ROUND_CONSTANT, DS}, /* MOV */
    {IMMEDIATE(2u, 0u), ROUND_MAKES_N, D},
    {0xFBEF8000, 0xF06F0000, ROUND_CONSTANT, DS}, /* MVN */
    {IMMEDIATE(4u, 0u), ROUND_MAKES_N, D},
    {0xFBF08F00, 0xF1100F00, ROUND_MAKES_N, F}, /* CMN */
    {IMMEDIATE(8u, 0u), ROUND_ADDS, D},
    {IMMEDIATE(8u, 1u), ROUND_ADDS, DF},
    {0xFBF08F00, 0xF1B00F00, ROUND_COMPARES, F}, /* CMP */
    {IMMEDIATE(13u, 0u), ROUND_SUBTRACTS, D},
    {IMMEDIATE(13u, 1u), ROUND_SUBTRACTS, DF},
    {IMMEDIATE(14u, 0u), ROUND_MAKES_N, D},      /* RSB */
    {0xFBFF8000, 0xF20F0000, ROUND_CONSTANT, D}, /* ADR */
    {0xFBFF8000, 0xF2AF0000, ROUND_CONSTANT, D},
    {0xFBF08000, 0xF2000000, ROUND_ADDS, D},     /* ADD with 12 bits */
    {0xFBF08000, 0xF2400000, ROUND_CONSTANT, D}, /* MOVW */
    {0xFBF08000, 0xF2A00000, ROUND_SUBTRACTS, D},
    {0xFBF08000, 0xF2C00000, ROUND_MAKES_D, D}, /* MOVT */
    {0xFFF08020, 0xF3400000, ROUND_MAKES_N, D}, /* SBFX */
    {0xFFF08020, 0xF3C00000, ROUND_MAKES_N, D}, /* UBFX */
    {0xFFF0D0C0, 0xF3B08040, ROUND_NOTHING, 0}, /* DSB, DMB, ISB */
    {0xFB80D000, 0xF3808000, ROUND_OTHER, 0},   /* MSR, MRS, UDF */
    {0xF800D000, 0xF0008000, ROUND_BRANCHES_IF, 0},
    {0xF800D000, 0xF0009000, ROUND_BRANCHES, 0},
    {0xF800D000, 0xF000D000, ROUND_CALLS, 0},
    {0xFF7F0000, 0xF85F0000, ROUND_LOADS_LITERAL, 0},
    {0xFE1F0000, 0xF81F0000, ROUND_OTHER, 0}, /* narrow literals */
    {0xFE50F000, 0xF810F000, ROUND_OTHER, 0}, /* PLD and other hints */
    ACCESSES(0u, 0u, 0u, STORES, ROUND_BYTE),
    ACCESSES(0u, 1u, 0u, STORES, ROUND_HALF),
    ACCESSES(0u, 2u, 0u, STORES, 0u),
    ACCESSES(0u, 0u, 1u, LOADS, ROUND_BYTE),
    ACCESSES(0u, 1u, 1u, LOADS, ROUND_HALF),
    ACCESSES(0u, 2u, 1u, LOADS, 0u),
    ACCESSES(1u, 0u, 1u, LOADS, ROUND_BYTE),
    ACCESSES(1u, 1u, 1u, LOADS, ROUND_HALF),
    {0xFFF0F0F0, 0xFB00F000, ROUND_MAKES_NM, D}, /* MUL */
    {0xFFF0F0F0, 0xFB90F0F0, ROUND_MAKES_NM, D}, /* SDIV */
    {0xFFF0F0F0, 0xFBB0F0F0, ROUND_MAKES_NM, D}, /* UDIV */
    {0xFFFFF0F0, 0xFA0FF080, ROUND_NARROWS_16, D},
    {0xFFFFF0F0, 0xFA1FF080, ROUND_NARROWS_16, D},
    {0xFFFFF0F0, 0xFA4FF080, ROUND_NARROWS_8, D},
    {0xFFFFF0F0, 0xFA5FF080, ROUND_NARROWS_8, D},
    {0, 0, ROUND_OTHER, 0},
};

struct round_part round_part_of(uint32_t op, bool wide, uint32_t pc, bool m7)
{
    const struct row *row = wide ? find_row32(op, m7) : find_row16(op);
    const struct kind_row *k = wide ? rows32 : rows16;
    struct round_part part = {.kind = ROUND_OTHER};
    while (k->mask != 0 && (op & k->mask) != k->value) {
        k++;
    }
    if (row != NULL && k->kind != ROUND_OTHER && row->fields(&part.insn, op, pc)) {
        part.kind = k->kind;
        part.how = k->how;
    }
    return part;
}
