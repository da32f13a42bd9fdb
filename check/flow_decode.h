/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
/*
 * T32 instructions as the data flow sees them (PM0253 3; DDI 0403 A5, A7): what they compute where it can be
 * followed, what they overwrite where it cannot. Any two halfwords are decoded; what no M7 or M4 executes
 * is FLOW_UNDEFINED.
 */
#ifndef CHECK_FLOW_DECODE_H
#define CHECK_FLOW_DECODE_H

#include <stdbool.h>
#include <stdint.h>

#define FLOW_SP 13u
#define FLOW_LR 14u
#define FLOW_PC 15u
#define FLOW_NO_REG 0xFFu
#define FLOW_ALWAYS 14u /* condition AL */

enum flow_op {
    FLOW_UNDEFINED,
    FLOW_NOTHING,     /* hints, barriers, preloads, MSR, what only the FPU sees */
    FLOW_ALU,         /* rd = rn `alu` operand; rd FLOW_NO_REG: flags only */
    FLOW_SHIFT,       /* rd = rn shifted by register rm */
    FLOW_MOVT,        /* upper half of rd = imm */
    FLOW_INSERT,      /* BFI, BFC (rn FLOW_NO_REG): `width` bits at `lsb` of rd */
    FLOW_EXTRACT,     /* UBFX, SBFX */
    FLOW_EXTEND,      /* UXTB ...: `width` bits of rm rotated by `shift`, added to rn unless none */
    FLOW_MULTIPLY,    /* rd = ra +- rn * rm */
    FLOW_CLOBBER,     /* `list` becomes unknown */
    FLOW_SINGLE,      /* LDR, STR of `size` bytes; rm: index */
    FLOW_DUAL,        /* LDRD, STRD: rd, ra */
    FLOW_MULTIPLE,    /* LDM, STM, PUSH, POP */
    FLOW_VECTOR,      /* VLDR, VSTR, VLDM ...: `size` bytes of values not followed */
    FLOW_BRANCH,      /* to imm */
    FLOW_CALL,        /* BL to imm */
    FLOW_BRANCH_REG,  /* BX rm, MOV pc, rm */
    FLOW_CALL_REG,    /* BLX rm */
    FLOW_BRANCH_ZERO, /* CBZ, CBNZ (`negate`): rn */
    FLOW_BRANCH_TABLE,   /* TBB, TBH (`size`): table rn, index rm */
    FLOW_IF_THEN,        /* imm: first condition << 4 | mask */
    FLOW_SUPERVISOR_CALL /* SVC */
};

enum flow_alu {
    FLOW_AND,
    FLOW_BIC,
    FLOW_ORR,
    FLOW_ORN,
    FLOW_EOR,
    FLOW_ADD,
    FLOW_ADC,
    FLOW_SBC,
    FLOW_SUB,
    FLOW_RSB,
    FLOW_MOV,
    FLOW_MVN
};

enum flow_shift { FLOW_LSL, FLOW_LSR, FLOW_ASR, FLOW_ROR, FLOW_RRX };

struct flow_insn {
    enum flow_op op;
    enum flow_alu alu;
    enum flow_shift shift_type; /* of rm, by `shift` */
    uint8_t length;             /* 2 or 4 */
    uint8_t condition;          /* of a branch that has its own; else FLOW_ALWAYS */
    uint8_t rd, rn, rm, ra;
    uint8_t shift, lsb, width;
    uint8_t size;        /* bytes: of one access; FLOW_VECTOR: of all */
    uint16_t list;       /* registers */
    uint32_t imm;        /* operand, offset (as it is added), target */
    bool sets_flags;     /* 16-bit forms: outside of an IT block only, see narrow_flags */
    bool narrow_flags;   /* sets_flags does not hold in an IT block */
    bool has_imm;        /* operand is imm, not rm */
    bool load, negate;   /* negate: MLS, CBNZ; signed EXTRACT, EXTEND and loads */
    bool pre, writeback; /* address = rn + offset before the access; rn = rn + offset */
    bool may_fail;       /* STREX: ra gets the status */
};

/* The instruction at run-time address `pc`. `second` is ignored where the first is all of it. */
struct flow_insn flow_decode(uint16_t first, uint16_t second, uint32_t pc);

/* Bits high..low of `word`, at most 8. */
static inline uint8_t flow_field(uint32_t word, unsigned high, unsigned low)
{
    return (uint8_t)(word >> low & 0xFFu >> (7u - (high - low)));
}

/* Parts of it. */
struct flow_insn flow_decode_narrow(uint16_t first, uint32_t pc);
struct flow_insn flow_decode_memory(uint16_t first, uint16_t second, uint32_t pc);
struct flow_insn flow_decode_wide_data(uint16_t first, uint16_t second, uint32_t pc);

/* The registers it writes beside the PC, bit mask; those of a call are the callee's. */
uint16_t flow_writes(const struct flow_insn *i);
/* May something else than the next instruction follow, or nothing? Branches, loads of the PC, SVC, what is undefined. */
bool flow_is_control(const struct flow_insn *i);

/* The immediate of a 32-bit data-processing instruction: a byte, repeated or rotated (A5.3.2
 * ThumbExpandImm). */
uint32_t flow_expand_immediate(uint16_t first, uint16_t second);

#endif
