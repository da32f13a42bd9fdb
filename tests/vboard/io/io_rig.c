/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
#include "tests/vboard/io/io_rig.h"

#include <stdlib.h>

#include "tests/vboard/findings_left.h"
#include "vboard/chips/stm32h755.h"
#include "vboard/chips/stm32h755_kernels.h"
#include "vboard/periph/exti/exti.h"
#include "vboard/periph/gpio/gpio.h"
#include "vboard/periph/hsem/hsem.h"
#include "vboard/periph/lptim/lptim.h"
#include "vboard/periph/tim/tim.h"
#include "vboard/periph/usart/usart.h"

#define BOTH 3u

/* Two gated peripherals (TIM3, LPTIM3), the others always clocked: there is no RCC here. */
static const struct chip_entry table[] = {
    {.name = "TIM2", .model = &tim2_model, .base = TIM2, .irq = {{0, 28, BOTH}}},
    {.name = "TIM3",
     .model = &tim3_model,
     .base = TIM3,
     .enr = 0x0E8,
     .enr_bit = 1,
     .irq = {{0, 29, BOTH}}},
    {.name = "TIM5", .model = &tim2_model, .base = TIM5, .irq = {{0, 50, BOTH}}},
    {.name = "TIM6", .model = &tim6_model, .base = TIM6, .irq = {{0, 54, BOTH}}},
    {.name = "TIM12", .model = &tim12_model, .base = 0x40001800, .irq = {{0, 43, BOTH}}},
    {.name = "TIM13", .model = &tim13_model, .base = 0x40001C00, .irq = {{0, 44, BOTH}}},
    {.name = "USART3",
     .model = &usart_model,
     .base = USART3,
     .kernel = &stm32h755_kernel_usart234578,
     .irq = {{0, 39, BOTH}}},
    {.name = "UART4",
     .model = &usart_model,
     .base = UART4,
     .kernel = &stm32h755_kernel_usart234578,
     .irq = {{0, 52, BOTH}}},
    {.name = "TIM1",
     .model = &tim1_model,
     .base = TIM1,
     .irq = {{TIM_IRQ_BREAK, 24, BOTH},
             {TIM_IRQ_UPDATE, 25, BOTH},
             {TIM_IRQ_TRIGGER, 26, BOTH},
             {TIM_IRQ_CAPTURE, 27, BOTH}}},
    {.name = "USART1",
     .model = &usart_model,
     .base = 0x40011000,
     .kernel = &stm32h755_kernel_usart16,
     .irq = {{0, 37, BOTH}}},
    {.name = "TIM15", .model = &tim15_model, .base = 0x40014000, .irq = {{0, 116, BOTH}}},
    {.name = "TIM16", .model = &tim16_model, .base = TIM16, .irq = {{0, 117, BOTH}}},
    {.name = "TIM17", .model = &tim16_model, .base = TIM17, .irq = {{0, 118, BOTH}}},
    {.name = "EXTI",
     .model = &exti_model,
     .base = EXTI,
     .irq = {{EXTI_IRQ_C1 + EXTI_IRQ_EXTI0, 6, 1},
             {EXTI_IRQ_C1 + EXTI_IRQ_EXTI9_5, 23, 1},
             {EXTI_IRQ_C1 + EXTI_IRQ_EXTI15_10, 40, 1},
             {EXTI_IRQ_C1 + EXTI_IRQ_PVD_AVD, 1, 1},
             {EXTI_IRQ_C2 + EXTI_IRQ_EXTI0, 6, 2},
             {EXTI_IRQ_C2 + EXTI_IRQ_EXTI15_10, 40, 2}}},
    {.name = "LPTIM2",
     .model = &lptim1_model,
     .base = 0x58002400,
     .kernel = &stm32h755_kernel_lptim2,
     .irq = {{LPTIM_IRQ_GLOBAL, 138, BOTH}},
     .exti = {{LPTIM_IRQ_GLOBAL, 48}},
     .param = 2},
    {.name = "LPTIM3",
     .model = &lptim3_model,
     .base = 0x58002800,
     .enr = 0x0F4,
     .enr_bit = 10,
     .kernel = &stm32h755_kernel_lptim345,
     .irq = {{LPTIM_IRQ_GLOBAL, 139, BOTH}},
     .exti = {{LPTIM_IRQ_GLOBAL, 50}},
     .param = 3},
    {.name = "GPIOA", .model = &gpioa_model, .base = GPIOA},
    {.name = "GPIOB", .model = &gpiob_model, .base = GPIOB},
    {.name = "GPIOC", .model = &gpio_model, .base = GPIOC},
    {.name = "GPIOD", .model = &gpio_model, .base = GPIOD},
    {.name = "HSEM",
     .model = &hsem_model,
     .base = HSEM,
     .irq = {{HSEM_IRQ_C1, 125, 1}, {HSEM_IRQ_C2, 126, 2}},
     .exti = {{HSEM_IRQ_C1, EXTI_LINE_HSEM_C1}, {HSEM_IRQ_C2, EXTI_LINE_HSEM_C2}}},
    {.name = NULL},
};

static void note_line(struct io_rig *r, enum core core, unsigned number, bool level)
{
    r->line[core][number] = level;
    r->raised[core][number] += level ? 1u : 0u;
}

static void cm7_line(void *ctx, unsigned number, bool level)
{
    note_line(ctx, CORE_CM7, number, level);
}

static void cm4_line(void *ctx, unsigned number, bool level)
{
    note_line(ctx, CORE_CM4, number, level);
}

/* The stand-in for a core is the rig's event counter itself. */
static void core_event(struct cpu *cpu)
{
    (*(unsigned *)(void *)cpu)++;
}

static void core_reset(struct cpu *cpu, uint32_t vector_table)
{
    (void)cpu;
    (void)vector_table;
}

static void set_clock(struct io_rig *r, enum clock_id id, uint64_t hz)
{
    clock_set(&r->chip.clocks[id], CLOCK_UHZ(hz), 0);
}

int rig_setup(void **state)
{
    static const struct core_ops ops = {.reset = core_reset, .event = core_event};
    struct chip_params params = {0};
    struct io_rig *r = calloc(1, sizeof(*r));
    if (r == NULL || chip_setup(&r->chip, &params) != 0) {
        return -1;
    }
    r->chip.pins.rows = stm32h755_pins;
    r->chip.cores.nvic[CORE_CM7] = (struct irq_sink){.set = cm7_line, .ctx = r};
    r->chip.cores.nvic[CORE_CM4] = (struct irq_sink){.set = cm4_line, .ctx = r};
    if (chip_populate(&r->chip, table) != 0) {
        return -1;
    }
    r->chip.cores.ops = &ops;
    for (unsigned core = 0; core < CORE_COUNT; core++) {
        r->chip.cores.cpu[core] = (struct cpu *)(void *)&r->events[core];
    }
    chip_power(&r->chip, true);
    chip_gate_update(&r->chip, chip_gate(&r->chip, 0x0E8, 1), true, false);
    chip_gate_update(&r->chip, chip_gate(&r->chip, 0x0F4, 10), true, false);
    set_clock(r, CLK_TIMX, 200000000);
    set_clock(r, CLK_TIMY, 200000000);
    set_clock(r, CLK_USART234578, 64000000);
    set_clock(r, CLK_USART16, 64000000);
    set_clock(r, CLK_LSE, 32768);
    set_clock(r, CLK_LPTIM2, 32768);
    as(r, MASTER_CM7);
    *state = r;
    return 0;
}

int rig_teardown(void **state)
{
    struct io_rig *r = *state;
    const int left = findings_left(&r->chip);
    chip_teardown(&r->chip);
    free(r);
    return left;
}

uint32_t rd(struct io_rig *r, uint32_t address)
{
    return chip_mmio_read(&r->chip, address, 4);
}

void wr(struct io_rig *r, uint32_t address, uint32_t value)
{
    chip_mmio_write(&r->chip, address, 4, value);
}

void wr_size(struct io_rig *r, uint32_t address, unsigned size, uint32_t value)
{
    chip_mmio_write(&r->chip, address, size, value);
}

void set_bits(struct io_rig *r, uint32_t address, uint32_t bits)
{
    wr(r, address, rd(r, address) | bits);
}

void as(struct io_rig *r, enum master master)
{
    r->chip.access.master = master;
}

void run_until(struct io_rig *r, vtime_ps t)
{
    sched_run_until(&r->chip.sched, t);
}

unsigned take_findings(struct io_rig *r, enum finding_kind kind)
{
    unsigned n = 0;
    for (size_t i = 0; i < r->chip.findings.count; i++) {
        n += r->chip.findings.list[i].kind == kind ? 1u : 0u;
    }
    findings_clear(&r->chip.findings);
    return n;
}

static uint32_t port_base(char port)
{
    return GPIOA + 0x400u * (uint32_t)(port - 'A');
}

void pin_mode(struct io_rig *r, char port, unsigned n, unsigned mode)
{
    uint32_t moder = rd(r, port_base(port));
    wr(r, port_base(port), (moder & ~(3u << (2 * n))) | mode << (2 * n));
}

void pin_af(struct io_rig *r, char port, unsigned n, unsigned af)
{
    uint32_t address = port_base(port) + 0x20u + (n < 8 ? 0u : 4u);
    unsigned shift = 4 * (n & 7u);
    wr(r, address, (rd(r, address) & ~(15u << shift)) | af << shift);
    pin_mode(r, port, n, 2);
}

static void trace_changed(void *ctx, struct signal *s, vtime_ps now)
{
    struct pin_trace *t = ctx;
    if (t->count < TRACE_EDGES) {
        t->edges[t->count].level = s->level;
        t->edges[t->count].at = now;
        t->count++;
    }
}

static void trace_symbol(void *ctx, struct signal *s, const struct symbol *sym)
{
    struct pin_trace *t = ctx;
    (void)s;
    if (t->symbol_count < sizeof(t->symbols) / sizeof(t->symbols[0])) {
        t->symbols[t->symbol_count++] = *sym;
    }
}

void trace_pin(struct io_rig *r, struct pin_trace *t, char port, unsigned n)
{
    t->count = 0;
    t->symbol_count = 0;
    t->listener =
        (struct signal_listener){.changed = trace_changed, .symbol = trace_symbol, .ctx = t};
    signal_listen(chip_pin(&r->chip, port, n), &t->listener);
}
