/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
/* Which bit of a register does a loop wait for? DDI 0403: A5.3.2, A7.7.71, A7.7.189, A7.7.9. */
#include "check/fields.h"

#include "check/flow_decode.h"
#include "vboard/cpu/cpu.h"
#include "vboard/cpu/thumb.h"

/* Instructions between the load and the test. */
#define FAR 6u

static uint32_t reg(const struct cpu *cpu, unsigned r)
{
    return cpu_get_reg(cpu, (enum cpu_reg)(CPU_R0 + r));
}

/* Of two registers one holds what was read, the other the mask. */
static uint32_t other_than(uint32_t a, uint32_t b, uint32_t value)
{
    return a == value ? b : b == value ? a : 0;
}

static uint32_t tested_by(const struct cpu *cpu, uint16_t first, uint16_t second, uint32_t value)
{
    if ((first & 0xFFC0u) == 0x4200u) { /* TST Rn, Rm */
        return other_than(reg(cpu, first & 7u), reg(cpu, first >> 3 & 7u), value);
    }
    if ((first & 0xF800u) == 0 && (first >> 6 & 31u) != 0) { /* LSLS: the sign is bit 31 - n */
        return UINT32_C(1) << (31u - (first >> 6 & 31u));
    }
    /* AND.W and TST.W with an immediate */
    return (first & 0xFBE0u) == 0xF000u && (second & 0x8000u) == 0
               ? flow_expand_immediate(first, second)
               : 0;
}

uint32_t check_tested_bits(struct cpu *cpu, uint32_t pc, uint32_t value)
{
    uint16_t code[2];
    for (unsigned i = 0; i < FAR && cpu_read_mem(cpu, pc, code, sizeof code); i++) {
        uint32_t bits = tested_by(cpu, code[0], code[1], value);
        if (bits != 0) {
            return bits;
        }
        pc += thumb_length(code[0]);
    }
    return 0;
}
