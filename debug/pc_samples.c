/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
#include "debug/pc_samples.h"

enum {
    R_ITM_TCR = 0xE0000E80,
    R_DWT_CTRL = 0xE0001000,
    R_DWT_CYCCNT = 0xE0001004,
    R_DEMCR = 0xE000EDFC
};

#define DEMCR_TRCENA (1u << 24)
#define TCR_ITMENA (1u << 0)
#define TCR_TXENA (1u << 3)
#define CTRL_CYCCNTENA (1u << 0)
#define CTRL_CYCTAP (1u << 9)
#define CTRL_PCSAMPLENA (1u << 12)

static uint32_t read_register(struct cpu *cpu, uint32_t address)
{
    uint32_t value = 0;
    (void)cpu_read_mem(cpu, address, &value, sizeof value);
    return value;
}

static bool has_all(uint32_t value, uint32_t bits)
{
    return (value & bits) == bits;
}

/* POSTCNT counts a tap of CYCCNT, and its reload (bits 4:1) and one more make a period. */
static uint32_t period(struct cpu *cpu)
{
    const uint32_t ctrl = read_register(cpu, R_DWT_CTRL);
    if (!has_all(ctrl, CTRL_CYCCNTENA | CTRL_PCSAMPLENA) ||
        !has_all(read_register(cpu, R_ITM_TCR), TCR_ITMENA | TCR_TXENA) ||
        !has_all(read_register(cpu, R_DEMCR), DEMCR_TRCENA)) {
        return 0;
    }
    return ((ctrl & CTRL_CYCTAP) != 0 ? 1024u : 64u) * ((ctrl >> 1 & 0xFu) + 1);
}

bool pc_samples_look(struct pc_samples *s, struct cpu *cpu, uint32_t *pc)
{
    s->period_cycles = period(cpu);
    const uint32_t cycles = s->period_cycles != 0 ? read_register(cpu, R_DWT_CYCCNT) : 0;
    const uint32_t now = s->period_cycles != 0 ? cycles / s->period_cycles : 0;
    const bool due = now != s->last;
    s->last = now;
    *pc = due ? cpu_get_reg(cpu, CPU_PC) : 0;
    return due;
}
