/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
/*
 * The private peripheral bus, 0xE0000000 to 0xE00FFFFF (RM0399 2.3.2; PM0253 4.1): NVIC, SysTick,
 * SCB, MPU, DWT, ITM. TPIU, FPB, ETM and the ROM table read 0.
 */
#include "vboard/cpu/core.h"

#define ITM 0xE0000000u
#define DWT 0xE0001000u
#define FPB 0xE0002000u
#define SCS 0xE000E000u
#define PAGE 0x1000u

enum {
    R_ICTR = 0x004,
    R_ACTLR = 0x008,
    R_SYSTICK_FIRST = 0x010,
    R_SYSTICK_LAST = 0x01C,
    R_ISER = 0x100,
    R_ICER = 0x180,
    R_ISPR = 0x200,
    R_ICPR = 0x280,
    R_IABR = 0x300,
    R_IPR = 0x400,
    R_IPR_END = 0x4F0,
    R_SCB = 0xD00,
    R_DEBUG = 0xDF0,
    R_STIR = 0xF00
};

typedef bool query(const struct nvic *n, unsigned exception);

static uint32_t read_set(const struct nvic *n, uint32_t offset, query *is)
{
    uint32_t value = 0;
    unsigned first = offset % 0x80 / 4 * 32;
    for (unsigned i = 0; i < 32 && first + i < NVIC_IRQS; i++) {
        value |= is(n, EXC_IRQ0 + first + i) ? 1u << i : 0;
    }
    return value;
}

static uint32_t read_nvic(struct cpu *c, uint32_t offset)
{
    struct nvic *n = &c->nvic;
    if (offset < R_ISPR) {
        return read_set(n, offset, nvic_is_enabled);
    }
    if (offset < R_IABR) {
        return read_set(n, offset, nvic_is_pending);
    }
    if (offset < R_IABR + 0x80) {
        return read_set(n, offset, nvic_is_active);
    }
    uint32_t value = 0;
    for (unsigned i = 0; offset >= R_IPR && i < 4; i++) {
        unsigned irq = offset - R_IPR + i;
        value |= irq < NVIC_IRQS ? (uint32_t)n->priority[EXC_IRQ0 + irq] << (8 * i) : 0;
    }
    return value;
}

static void write_set_bit(struct cpu *c, uint32_t offset, unsigned exception)
{
    struct nvic *n = &c->nvic;
    switch (offset & ~0x7Fu) {
    case R_ISER:
        nvic_enable(n, exception, true);
        break;
    case R_ICER:
        nvic_enable(n, exception, false);
        break;
    case R_ISPR:
        cpu_pend(c, exception);
        break;
    case R_ICPR:
        nvic_unpend(n, exception);
        break;
    default: /* IABR is read-only */
        break;
    }
}

static void write_nvic(struct cpu *c, uint32_t offset, uint32_t value, uint32_t lanes)
{
    struct nvic *n = &c->nvic;
    if (offset >= R_IPR) {
        for (unsigned i = 0; i < 4; i++) {
            unsigned irq = offset - R_IPR + i;
            if (irq < NVIC_IRQS && (lanes >> (8 * i) & 1u) != 0) {
                nvic_set_priority(n, EXC_IRQ0 + irq, (uint8_t)(value >> (8 * i)));
            }
        }
    } else {
        unsigned first = offset % 0x80 / 4 * 32;
        for (uint32_t left = value; left != 0; left &= left - 1) {
            unsigned irq = first + (unsigned)__builtin_ctz(left);
            if (irq < NVIC_IRQS) {
                write_set_bit(c, offset, EXC_IRQ0 + irq);
            }
        }
    }
    cpu_pending_changed(c);
}

static uint32_t read_scs(struct cpu *c, uint32_t offset)
{
    bool peek = c->chip->access.master == MASTER_DEBUG;
    bool is_systick = offset >= R_SYSTICK_FIRST && offset <= R_SYSTICK_LAST;
    /* NVIC and SCB change by exceptions and writes alone. */
    c->chip->access.steady =
        is_systick ? systick_stands(&c->systick) : offset < R_DEBUG && cpu_loop_may_wait(c);
    if (offset == R_ICTR) {
        return (NVIC_IRQS + 31) / 32 - 1;
    }
    if (is_systick) {
        return systick_read(&c->systick, offset, c->chip->sched.now, peek);
    }
    if (offset >= R_ISER && offset < R_IPR_END) {
        return read_nvic(c, offset);
    }
    return offset == R_ACTLR || offset >= R_SCB ? scb_read(c, offset) : 0;
}

static void write_scs(struct cpu *c, uint32_t offset, uint32_t value, uint32_t lanes)
{
    if (offset >= R_SYSTICK_FIRST && offset <= R_SYSTICK_LAST) {
        systick_write(&c->systick, offset, value, c->chip->sched.now);
    } else if (offset >= R_ISER && offset < R_IPR_END) {
        write_nvic(c, offset, value, lanes);
    } else if (offset == R_STIR) {
        if ((value & 0x1FFu) < NVIC_IRQS) {
            cpu_pend(c, EXC_IRQ0 + (value & 0x1FFu));
        }
    } else if (offset == R_ACTLR || offset >= R_SCB) {
        scb_write(c, offset, value, lanes);
    }
}

static uint32_t read_word(struct cpu *c, uint32_t address)
{
    if (address - SCS < PAGE) {
        return read_scs(c, address - SCS);
    }
    if (address - DWT < PAGE) {
        bool counts = c->dwt.counting && address == ENGINE_CYCLE_COUNTER && cpu_loop_may_wait(c);
        c->chip->access.steady = !c->dwt.counting || counts; /* it moves evenly: loop.c */
        c->loop.counts = c->loop.counts || counts;
        return dwt_read(&c->dwt, address - DWT, cpu_cycles_total(c));
    }
    return address - ITM < PAGE ? itm_read(&c->debug.itm, address - ITM) : 0;
}

static void show(struct cpu *c, uint32_t address, unsigned size, bool write, uint32_t value)
{
    const struct chip_watch *watch = c->chip->bus.watch;
    if (watch != NULL && watch->access != NULL && c->chip->access.master != MASTER_DEBUG) {
        watch->access(watch->ctx, address, size, write, value);
    }
}

uint32_t cpu_ppb_read(struct cpu *c, uint32_t address, unsigned size)
{
    uint32_t value = read_word(c, address & ~3u) >> (8 * (address & 3u));
    value = size == 4 ? value : value & ((1u << (8 * size)) - 1);
    show(c, address, size, false, value);
    return value;
}

/* A narrow write changes its bytes only, where the register keeps bytes apart; the others see the
 * word with the missing bytes as they read (CFSR's bytes are cleared one by one that way). */
void cpu_ppb_write(struct cpu *c, uint32_t address, unsigned size, uint32_t value)
{
    unsigned shift = 8 * (address & 3u);
    uint32_t lanes = (size == 4 ? ~0u : (1u << (8 * size)) - 1) << shift;
    show(c, address, size, true, value);
    if (address - SCS < PAGE) {
        write_scs(c, (address & ~3u) - SCS, (value << shift) & lanes, lanes);
    } else if (address - DWT < PAGE) {
        dwt_write(&c->dwt, address - DWT, value, cpu_cycles_total(c));
    } else if (address - ITM < PAGE) {
        cpu_debug_stimulus(c, address - ITM, size, value);
    }
}
