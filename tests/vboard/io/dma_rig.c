/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
#include "tests/vboard/io/dma_rig.h"

#include <stdlib.h>

#include "tests/vboard/findings_left.h"
#include "vboard/chips/stm32h755.h"
#include "vboard/periph/bdma/bdma.h"
#include "vboard/periph/dma/dma.h"
#include "vboard/periph/dmamux/dmamux.h"
#include "vboard/periph/gpio/gpio.h"
#include "vboard/periph/mdma/mdma.h"
#include "vboard/periph/tim/tim.h"
#include "vboard/chips/stm32h755_kernels.h"
#include "vboard/periph/usart/usart.h"

#define USART3 0x40004800u
#define GPIOD 0x58020C00u

/* clang-format off */
static const struct chip_entry table[] = {
    {.name = "TIM3", .model = &tim3_model, .base = 0x40000400, .irq = {{0, 29, 1}},
     .dma = {{"CH1", 1, 23}, {"CH2", 1, 24}, {"CH3", 1, 25}, {"CH4", 1, 26}, {"UP", 1, 27},
             {"TRIG", 1, 28}}},
    {.name = "USART3", .model = &usart_model, .base = USART3, .kernel = &stm32h755_kernel_usart234578, .irq = {{0, 39, 1}},
     .dma = {{"RX", 1, 45}, {"TX", 1, 46}}},
    {.name = "DMA1", .model = &dma_model, .base = 0x40020000, .irq = {{0, 11, 1}, {1, 12, 1}},
     .param = 1},
    {.name = "DMA2", .model = &dma_model, .base = 0x40020400, .irq = {{0, 56, 1}}, .param = 2},
    {.name = "DMAMUX1", .model = &dmamux1_model, .base = 0x40020800, .irq = {{0, 102, 1}},
     .param = 1},
    {.name = "MDMA", .model = &mdma_model, .base = 0x52000000, .irq = {{0, 122, 1}}},
    {.name = "GPIOD", .model = &gpio_model, .base = GPIOD},
    {.name = "BDMA", .model = &bdma_model, .base = 0x58025400, .irq = {{0, 129, 1}, {1, 130, 1}}},
    {.name = "DMAMUX2", .model = &dmamux2_model, .base = 0x58025800, .irq = {{0, 128, 1}},
     .param = 2},
    {.name = NULL},
};
/* clang-format on */

static void set_line(void *ctx, unsigned number, bool level)
{
    struct dma_rig *r = ctx;
    r->line[number] = level;
    r->raised[number] += level ? 1u : 0u;
}

static int add_ram(struct dma_rig *r, unsigned index, uint32_t base)
{
    const struct mem_region m = {.name = "RAM",
                                 .base = base,
                                 .size = RAM_SIZE,
                                 .host = r->ram[index],
                                 .writable = true,
                                 .masters = 3};
    return chip_add_region(&r->chip, &m);
}

static void set_clocks(struct dma_rig *r)
{
    static const enum clock_id clocks[] = {CLK_HCLK1, CLK_HCLK4, CLK_AXI, CLK_TIMX};
    for (size_t i = 0; i < sizeof(clocks) / sizeof(clocks[0]); i++) {
        clock_set(&r->chip.clocks[clocks[i]], CLOCK_UHZ(200000000), 0);
    }
    clock_set(&r->chip.clocks[CLK_USART234578], CLOCK_UHZ(64000000), 0);
}

static void sent(void *ctx, struct signal *s, const struct symbol *sym)
{
    struct dma_rig *r = ctx;
    (void)s;
    if (r->sent_count < sizeof(r->sent)) {
        r->sent[r->sent_count++] = (char)sym->data;
    }
}

int dma_rig_setup(void **state)
{
    const struct chip_params params = {0};
    struct dma_rig *r = calloc(1, sizeof(*r));
    if (r == NULL || chip_setup(&r->chip, &params) != 0) {
        return -1;
    }
    r->chip.pins.rows = stm32h755_pins;
    r->chip.cores.nvic[CORE_CM7] = (struct irq_sink){.set = set_line, .ctx = r};
    if (add_ram(r, 0, SRAM1) != 0 || add_ram(r, 1, SRAM4) != 0 || add_ram(r, 2, DTCM) != 0 ||
        chip_populate(&r->chip, table) != 0) {
        return -1;
    }
    chip_power(&r->chip, true);
    set_clocks(r);
    r->chip.access.master = MASTER_CM7;
    r->tx = (struct signal_listener){.symbol = sent, .ctx = r};
    signal_listen(chip_pin(&r->chip, 'D', 8), &r->tx);
    *state = r;
    return 0;
}

int dma_rig_teardown(void **state)
{
    struct dma_rig *r = *state;
    const int left = findings_left(&r->chip);
    chip_teardown(&r->chip);
    free(r);
    return left;
}

uint32_t rig_rd(struct dma_rig *r, uint32_t address)
{
    return chip_mmio_read(&r->chip, address, 4);
}

void rig_wr(struct dma_rig *r, uint32_t address, uint32_t value)
{
    chip_mmio_write(&r->chip, address, 4, value);
}

void rig_run(struct dma_rig *r, vtime_ps span)
{
    vtime_ps until = r->chip.sched.now + span;
    sched_run_until(&r->chip.sched, until);
    r->chip.sched.now = until;
}

uint8_t *ram_at(struct dma_rig *r, uint32_t address)
{
    struct mem_region *m = chip_region(&r->chip, address, MASTER_DEBUG);
    assert_non_null(m);
    return m->host + (address - m->base);
}

void start_uart(struct dma_rig *r)
{
    rig_wr(r, GPIOD + 0x24, 0x77);               /* AFRH: PD8 and PD9 are AF7 */
    rig_wr(r, GPIOD, 0xFFFAFFFF);                /* MODER */
    rig_wr(r, USART3 + 0x0C, 64000000 / 115200); /* BRR */
    rig_wr(r, USART3, 1u << 3 | 1u << 2 | 1u);   /* TE, RE, UE */
    rig_run(r, VTIME_MS(1));
}

void receive(struct dma_rig *r, const char *text)
{
    for (; *text != '\0'; text++) {
        const uint64_t bit_ps = UINT64_C(1000000000000) / 115200;
        rig_run(r, 10 * bit_ps);
        const struct symbol sym = {
            .data = (uint8_t)*text, .data_bits = 8, .bit_ps = bit_ps, .end = r->chip.sched.now};
        signal_send_symbol(chip_pin(&r->chip, 'D', 9), &sym);
    }
    rig_run(r, VTIME_US(1));
}
