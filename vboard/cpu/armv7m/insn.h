/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
#ifndef VBOARD_CPU_ARMV7M_INSN_H
#define VBOARD_CPU_ARMV7M_INSN_H

/*
 * Instructions of Armv7E-M: as the manual lists them (struct row) and decoded, ready to execute
 * (struct insn).
 *
 * The rows of each group stand at the end of the file that executes the group: data_imm.c,
 * load_store.c, branch.c ... A row's name is the manual's heading and encoding, so that `grep
 * "SMLAD"` finds an instruction's encodings, its operands and what it does (DDI 0403 A7.7, PM0253 3).
 */
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct core;
struct insn;

/* Executes one instruction; returns the one that follows, itself if it must be tried again or
 * faults, or NULL if the PC is in core->pc (where nothing can be executed). */
typedef const struct insn *exec_fn(struct core *c, const struct insn *i);

enum insn_flags {
    INSN_STORES = 1, /* writes memory */
    INSN_QUIET = 2,  /* sets the flags only outside of an IT block */
    INSN_EFFECT =
        4, /* changes more than r0-r14, flags, PRIMASK, BASEPRI and memory: no part of a pure
                         * loop */
    INSN_WRITES_D = 8,  /* of a row: rd gets the result; the stack pointer keeps bits 1:0 zero */
    INSN_BRANCH = 16,   /* may change PC: only the last of an IT block may (DDI 0403 A7.3.3) */
    INSN_WRITES_T = 32, /* of a row: the same for rt, which is in `a` */
    INSN_WRITES_N = 64, /* of a row: the same for a base that is written back */
    INSN_IT = 128,      /* IT, which may not stand in an IT block */
    INSN_PAIRED = 512,  /* of a decoded one: `exec` is a pair (pairs.h) */
    INSN_ALWAYS = 256,  /* BKPT: executed in an IT block whatever the condition */
    INSN_PARTS = 0x1000 /* from here on: enum insn_part */
};

/* What an instruction does in a loop that only counts (counting.h). */
enum insn_part {
    PART_OTHER,
    PART_NOTHING,
    PART_ADDS, /* rd = rn + constant, without flags */
    PART_ADDS_FLAGS,
    PART_SUBTRACTS, /* rd = rn - constant, without flags */
    PART_SUBTRACTS_FLAGS,
    PART_COMPARES,          /* rn with a constant */
    PART_COMPARES_REGISTER, /* rn with rm */
    PART_MOVES,             /* rd = rm, without flags */
    PART_LOADS,             /* rt, a word at rn + constant */
    PART_STORES
};
#define IS_PART(part) ((unsigned)(part) * (unsigned)INSN_PARTS)
#define INSN_PART(flags) ((flags) / (unsigned)INSN_PARTS)

struct insn {
    exec_fn *exec;
    union {
        exec_fn *real; /* what a wrapper (in `exec`) is about; else NULL */
        uint32_t link; /* of BL and BLX: what LR becomes */
    };
    uint32_t imm; /* constant, offset or absolute address */
    uint8_t d, n, m;
    uint8_t a;             /* ra, rt or the second result */
    uint8_t step;          /* bytes to the slot behind it; 0: not decoded */
    uint8_t shift, amount; /* of rm: enum shift_type; or lsb and width */
    uint8_t cond;
    uint16_t list; /* of registers */
    uint16_t flags;
};

enum shift_type { SHIFT_LSL, SHIFT_LSR, SHIFT_ASR, SHIFT_ROR, SHIFT_RRX };

/* Takes the operands out of an encoding: 16 bits, or both halfwords with the first one on top. False:
 * UNPREDICTABLE with these operands; `insn` does then what most implementations do. */
typedef bool fields_fn(struct insn *insn, uint32_t op, uint32_t pc);

/* The slot behind one, and halfwords between them. */
static inline const struct insn *next(const struct insn *i)
{
    return (const struct insn *)((const char *)i + i->step);
}

static inline unsigned length_of(const struct insn *i)
{
    return i->step / (unsigned)sizeof(*i);
}

struct row {
    uint32_t mask, value;
    const char *name; /* as the manual has it, with the encoding: "ADD (immediate) T3" */
    exec_fn *exec;
    fields_fn *fields;
    uint16_t flags;
    exec_fn *plain; /* instead of `exec` if the second operand is not shifted; NULL: the same */
};

/* Bits [high:low] of an encoding. */
static inline uint32_t bits(uint32_t op, unsigned high, unsigned low)
{
    return op >> low & ((2u << (high - low)) - 1u);
}

static inline uint32_t bit(uint32_t op, unsigned n)
{
    return op >> n & 1u;
}

static inline uint32_t sign_extend(uint32_t value, unsigned width)
{
    uint32_t sign = UINT32_C(1) << (width - 1);
    return ((value & ((sign << 1) - 1u)) ^ sign) - sign;
}

/* Registers that most operands of 32-bit instructions cannot be: SP and PC. */
static inline bool is_sp_or_pc(unsigned reg)
{
    return reg == 13 || reg == 15;
}

/* The row of an encoding, NULL: UNDEFINED. `m7`: with FPv5 and double precision. */
const struct row *find_row16(uint32_t op);
const struct row *find_row32(uint32_t op, bool m7);

#endif
