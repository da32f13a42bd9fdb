/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
#include "system_testkit.h"

#include <stdlib.h>
#include <string.h>

#include "vboard/chips/stm32h755.h"
#include "vboard/chips/stm32h755_kernels.h"

/* ---- a peripheral with nothing but a register ---- */

static void dummy_gated(struct periph *p, bool on)
{
    struct dummy *d = (struct dummy *)p;
    d->gated_on += on;
    d->gated_off += !on;
}

static void dummy_reset(struct periph *p, enum reset_kind kind)
{
    (void)kind;
    ((struct dummy *)p)->resets++;
}

static const struct reg dummy_regs[] = {{.offset = 0, .name = "R", .reset = 0x12, .rw = ~0u}};

const struct model dummy_model = {.kind = "dummy",
                                  .size = sizeof(struct dummy),
                                  .regs = dummy_regs,
                                  .slot_count = 1,
                                  .span = 0x400,
                                  .gated = dummy_gated,
                                  .reset = dummy_reset};

/* ---- the chip ---- */

static const struct chip_entry table[] = {
    {.name = "DUMMY",
     .model = &dummy_model,
     .base = DUMMY_REGS,
     .enr = 0x0E8,
     .enr_bit = 18,
     .kernel = &stm32h755_kernel_usart234578},
    {.name = "ART", .model = &art_model, .base = ART_REGS, .enr = 0x0D8, .enr_bit = 14},
    {.name = "FLASH", .model = &flash_model, .base = FLASH_REGS},
    {.name = "SYSCFG", .model = &syscfg_model, .base = SYSCFG_REGS, .enr = 0x0F4, .enr_bit = 1},
    {.name = "IWDG1", .model = &iwdg_model, .base = IWDG1_REGS, .param = 1},
    {.name = "IWDG2", .model = &iwdg_model, .base = IWDG2_REGS, .param = 2},
    {.name = "RCC", .model = &rcc_model, .base = RCC_REGS},
    {.name = "PWR", .model = &pwr_model, .base = PWR_REGS},
    {.name = "DBGMCU", .model = &dbgmcu_model, .base = DBGMCU_REGS},
    {.name = NULL},
};

/* And all of the chip's kernel clocks: rows without a model, in their places. */
static void add_kernels(struct chip_entry *all)
{
    const struct chip_entry *own = table;
    for (const struct chip_entry *e = stm32h755_entries; e->name != NULL; e++) {
        for (; own->name != NULL && own->base <= e->base; own++) {
            *all++ = *own;
        }
        bool taken = own > table && own[-1].base == e->base;
        if (e->kernel != NULL && !taken) {
            *all++ = (struct chip_entry){
                .name = e->name, .base = e->base, .span = chip_entry_span(e), .kernel = e->kernel};
        }
    }
    for (; own->name != NULL; own++) {
        *all++ = *own;
    }
    *all = (struct chip_entry){.name = NULL};
}

static void sink_set(void *ctx, unsigned number, bool level)
{
    ((struct kit *)ctx)->line[number] = level;
}

static void start(struct kit *k)
{
    assert_int_equal(chip_setup(&k->chip, &k->params), 0);
    supply_init(&k->supply, k->wiring);
    k->chip.supply = &k->supply;
    add_kernels(k->table);
    assert_int_equal(chip_populate(&k->chip, k->table), 0);
    chip_power(&k->chip, true);
    as(k, MASTER_CM7);
}

int kit_setup(void **state)
{
    struct kit *k = calloc(1, sizeof(*k));
    assert_non_null(k);
    k->sink = (struct irq_sink){.set = sink_set, .ctx = k};
    start(k);
    *state = k;
    return 0;
}

int kit_teardown(void **state)
{
    struct kit *k = *state;
    chip_teardown(&k->chip);
    free(k);
    return 0;
}

void kit_restart(struct kit *k, enum supply_wiring wiring, const struct chip_params *params)
{
    chip_teardown(&k->chip);
    k->wiring = wiring;
    k->params = params != NULL ? *params : (struct chip_params){0};
    start(k);
}

void kit_power_cycle(struct kit *k)
{
    supply_set_vdd(&k->supply, 0, k->chip.sched.now);
    chip_power(&k->chip, false);
    run_for(k, VTIME_MS(10));
    supply_set_vdd(&k->supply, 3300, k->chip.sched.now);
    chip_power(&k->chip, true);
    as(k, MASTER_CM7);
}

uint32_t get(struct kit *k, uint32_t address)
{
    return chip_mmio_read(&k->chip, address, 4);
}

void put(struct kit *k, uint32_t address, uint32_t value)
{
    chip_mmio_write(&k->chip, address, 4, value);
}

void set_bits(struct kit *k, uint32_t address, uint32_t bits)
{
    put(k, address, get(k, address) | bits);
}

void clear_bits(struct kit *k, uint32_t address, uint32_t bits)
{
    put(k, address, get(k, address) & ~bits);
}

void as(struct kit *k, enum master master)
{
    k->chip.access.master = master;
}

/* A system reset leaves the debugger as master; the tests go on as the CM7. */
void run_for(struct kit *k, vtime_ps span)
{
    enum master master = k->chip.access.master;
    sched_run_until(&k->chip.sched, k->chip.sched.now + span);
    as(k, master);
}

uint64_t hz(struct kit *k, enum clock_id clock)
{
    return clock_hz(&k->chip.clocks[clock]);
}

unsigned found(struct kit *k, enum finding_kind kind)
{
    unsigned n = 0;
    for (size_t i = 0; i < k->chip.findings.count; i++) {
        n += k->chip.findings.list[i].kind == kind;
    }
    return n;
}

void hear(struct kit *k, const char *periph, unsigned index)
{
    irq_connect(&chip_periph(&k->chip, periph)->irq[index], &k->sink, index);
}

void clocks_400mhz(struct kit *k)
{
    put(k, PWR_CR3, 0x04);
    run_for(k, VTIME_MS(1));
    put(k, PWR_D3CR, 0xC000);
    run_for(k, VTIME_MS(1));
    set_bits(k, RCC_CR, 1u << 18);
    set_bits(k, RCC_CR, 1u << 16);
    run_for(k, VTIME_MS(1));
    put(k, RCC_REGS + 0x028, 0x42);       /* PLLCKSELR: HSE, DIVM1 = 4 */
    put(k, RCC_REGS + 0x030, 0x0103038F); /* PLL1DIVR: N 400, P 2, Q 4, R 2 */
    put(k, RCC_REGS + 0x02C, 0x00070004); /* PLLCFGR: 2 to 4 MHz, outputs on */
    set_bits(k, RCC_CR, 1u << 24);
    run_for(k, VTIME_MS(1));
    put(k, FLASH_REGS, 0x24);
    put(k, RCC_REGS + 0x018, 0x48); /* D1CFGR: HPRE 2, D1PPRE 2 */
    put(k, RCC_REGS + 0x01C, 0x440);
    put(k, RCC_REGS + 0x020, 0x40);
    put(k, RCC_CFGR, 3);
}
