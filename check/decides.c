/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
/*
 * Is what a load brings asked for soon? DDI 0403 A5.2, A5.3. A comparison with a register is none: a word that
 * outlives resets is compared with a magic number, which is a literal.
 */
#include "check/fresh.h"

#include "check/flow_decode.h"
#include "vboard/cpu/cpu.h"
#include "vboard/cpu/thumb.h"

#define NONE 16u
#define FAR 5u         /* instructions between the load and the question */
#define MAGIC 0x10000u /* what is not below is no small number */

/* The register that a load at `pc` fills; NONE: it is no load of one. */
static unsigned loaded_by(uint16_t first, uint16_t second)
{
    unsigned group = first >> 11;
    if ((first & 0xFE00u) >= 0x5600u && (first & 0xFE00u) <= 0x5E00u) { /* register offset */
        return first & 7u;
    }
    if (group == 0x0D || group == 0x0F || group == 0x11) { /* LDR, LDRB, LDRH (immediate) */
        return first & 7u;
    }
    if (group == 0x13) { /* LDR from the stack */
        return first >> 8 & 7u;
    }
    if ((first & 0xFE10u) == 0xF810u) { /* LDR{B,H,SB,SH}.W */
        return second >> 12;
    }
    return NONE;
}

/* UXTB, UXTH, SXTB, SXTH of it: where that goes. */
static unsigned extended_to(uint16_t first, unsigned r)
{
    return (first & 0xFF00u) == 0xB200u && (first >> 3 & 7u) == r ? first & 7u : NONE;
}

static bool asks(uint16_t first, uint16_t second, unsigned r)
{
    if ((first & 0xF800u) == 0x2800u) { /* CMP Rn, #imm8 */
        return (first >> 8 & 7u) == r;
    }
    if ((first & 0xF500u) == 0xB100u) { /* CBZ, CBNZ */
        return (first & 7u) == r;
    }
    if ((first & 0xF800u) == 0 && (first >> 6 & 31u) != 0) { /* LSLS: a bit into N or C */
        return (first >> 3 & 7u) == r;
    }
    bool compares = (first & 0xFBF0u) == 0xF1B0u || (first & 0xFBF0u) == 0xF010u;
    if (compares && (second & 0x8F00u) == 0x0F00u) { /* CMP.W, TST.W, immediate */
        return (first & 15u) == r &&
               ((first & 0x0100u) == 0 || flow_expand_immediate(first, second) < MAGIC);
    }
    return false;
}

bool check_decides_by(struct cpu *cpu, uint32_t pc)
{
    uint16_t code[2];
    if (!cpu_read_mem(cpu, pc, code, sizeof code)) {
        return false;
    }
    unsigned r = loaded_by(code[0], code[1]);
    for (unsigned i = 0; i < FAR && r != NONE; i++) {
        pc += thumb_length(code[0]);
        if (!cpu_read_mem(cpu, pc, code, sizeof code)) {
            return false;
        }
        if (asks(code[0], code[1], r)) {
            return true;
        }
        unsigned to = extended_to(code[0], r);
        bool again = loaded_by(code[0], code[1]) == r;
        bool leaves = (code[0] & 0xF000u) == 0xD000u || (code[0] & 0xF800u) == 0xE000u ||
                      (code[0] & 0xFF00u) == 0x4700u;
        r = to != NONE ? to : again || leaves ? NONE : r;
    }
    return false;
}
