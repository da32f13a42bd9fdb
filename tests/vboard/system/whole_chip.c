/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
#include "tests/vboard/system/whole_chip.h"

#include <stdlib.h>

#include "tests/vboard/findings_left.h"
#include "vboard/periph/rcc/rcc.h"

static void set_line(void *ctx, unsigned number, bool level)
{
    struct whole *w = ctx;
    if (number < sizeof(w->line) / sizeof(w->line[0])) {
        w->line[number] = level;
        w->raised[number] += level ? 1u : 0u;
    }
}

static void note_reset(void *ctx, uint32_t sources, vtime_ps now)
{
    (void)sources;
    (void)now;
    ((struct whole *)ctx)->resets++;
}

static int setup(void **state, enum chip_part part)
{
    const struct chip_params params = {.seed = 1, .part = part};
    struct whole *w = calloc(1, sizeof(*w));
    if (w == NULL) {
        return -1;
    }
    supply_init(&w->supply, SUPPLY_SMPS);
    if (stm32h755_init(&w->soc, &params, &w->supply) != 0) {
        return -1;
    }
    struct chip *c = &w->soc.chip;
    c->cores.nvic[CORE_CM7] = (struct irq_sink){.set = set_line, .ctx = w};
    c->resets.on_reset = note_reset;
    c->resets.on_reset_ctx = w;
    supply_set_vdd(&w->supply, 3300, 0);
    chip_power(c, true);
    rcc_set_lse(c, CLOCK_UHZ(32768), VTIME_MS(500));
    c->access.master = MASTER_CM7;
    run_for(w, VTIME_MS(1));
    put(w, 0x5802480C, 0x04); /* PWR_CR3: direct SMPS */
    run_for(w, VTIME_MS(1));
    w->resets = 0;
    *state = w;
    return 0;
}

int whole_setup(void **state)
{
    return setup(state, CHIP_STM32H755);
}

int whole_h747_setup(void **state)
{
    return setup(state, CHIP_STM32H747);
}

int whole_teardown(void **state)
{
    struct whole *w = *state;
    const int left = findings_left(&w->soc.chip);
    stm32h755_destroy(&w->soc);
    free(w);
    return left;
}

uint32_t get(struct whole *w, uint32_t address)
{
    return chip_mmio_read(&w->soc.chip, address, 4);
}

void put(struct whole *w, uint32_t address, uint32_t value)
{
    chip_mmio_write(&w->soc.chip, address, 4, value);
}

void set_bits(struct whole *w, uint32_t address, uint32_t bits)
{
    put(w, address, get(w, address) | bits);
}

void run_for(struct whole *w, vtime_ps span)
{
    vtime_ps until = w->soc.chip.sched.now + span;
    sched_run_until(&w->soc.chip.sched, until);
    w->soc.chip.sched.now = until;
}

unsigned take_findings(struct whole *w, enum finding_kind kind)
{
    struct findings *f = &w->soc.chip.findings;
    unsigned n = 0;
    for (size_t i = 0; i < f->count; i++) {
        n += f->list[i].kind == kind ? 1u : 0u;
    }
    findings_clear(f);
    return n;
}

void pin_af(struct whole *w, char port, unsigned pin, unsigned af)
{
    uint32_t base = 0x58020000u + 0x400u * (uint32_t)(port - 'A');
    uint32_t afr = base + (pin < 8 ? 0x20u : 0x24u);
    unsigned shift = 4 * (pin & 7u);
    set_bits(w, RCC_AHB4ENR, 1u << (port - 'A'));
    put(w, afr, (get(w, afr) & ~(15u << shift)) | af << shift);
    put(w, base, (get(w, base) & ~(3u << (2 * pin))) | 2u << (2 * pin));
}

void start_lse(struct whole *w)
{
    set_bits(w, PWR_CR1, 1u << 8); /* DBP */
    set_bits(w, RCC_BDCR, 1);      /* LSEON */
    run_for(w, VTIME_S(3));
    assert_int_equal(get(w, RCC_BDCR) & 2, 2);
}

uint8_t *ram_at(struct whole *w, uint32_t address)
{
    struct mem_region *m = chip_region(&w->soc.chip, address, MASTER_DEBUG);
    assert_non_null(m);
    return m->host + (address - m->base);
}
