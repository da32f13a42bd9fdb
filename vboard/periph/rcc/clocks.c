/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
/* RCC: the clock tree (RM0399 Rev 4, 9.5.6 and Figure 55, 9.5.8 and Table 62) and its limits. */
#include "vboard/periph/rcc/internal.h"

/* All frequencies of the tree, as they are about to be. */
struct tree {
    uint64_t uhz[CLK_COUNT];
};

/* ---- dividers ---- */

/* D1CPRE, HPRE: 0xxx = 1, then 2, 4, 8, 16, 64, 128, 256, 512 (9.7.7). */
static uint64_t divide_wide(uint64_t uhz, uint32_t field)
{
    static const uint8_t shift[] = {1, 2, 3, 4, 6, 7, 8, 9};
    return (field & 8u) == 0 ? uhz : uhz >> shift[field & 7u];
}

/* APB prescalers: 0xx = 1, then 2, 4, 8, 16. */
static unsigned apb_shift(uint32_t field)
{
    return (field & 4u) == 0 ? 0 : (field & 3u) + 1;
}

/* Table 59: timers run at HCLK / 1, or at 2 (TIMPRE 0) or 4 (TIMPRE 1) times PCLK, whichever is less. */
static uint64_t timer_uhz(uint64_t hclk_uhz, unsigned shift, bool timpre)
{
    unsigned gain = timpre ? 2 : 1;
    return shift <= gain ? hclk_uhz : hclk_uhz >> (shift - gain);
}

/* ---- sys_ck (9.5.6) ---- */

static uint64_t source_uhz(const struct rcc *r, enum sys_source source)
{
    switch (source) {
    case SYS_CSI:
        return rcc_osc_uhz(r, OSC_CSI);
    case SYS_HSE:
        return rcc_osc_uhz(r, OSC_HSE);
    case SYS_PLL1:
        return rcc_pll_uhz(r, 0, 0);
    default:
        return rcc_osc_uhz(r, OSC_HSI);
    }
}

/* "The switch occurs when the clock source is ready." */
static void switch_system_clock(struct rcc *r)
{
    uint32_t wanted = r->base.values[R_CFGR] & CFGR_SW;
    if (wanted <= SYS_PLL1 && source_uhz(r, (enum sys_source)wanted) != 0) {
        r->sws = (enum sys_source)wanted;
    }
}

uint32_t rcc_cfgr_read(struct periph *p, unsigned slot, uint32_t value)
{
    (void)slot;
    return value | (uint32_t)rcc_of(p)->sws << 3;
}

/* ---- the tree ---- */

static void compute_sources(const struct rcc *r, struct tree *t)
{
    for (unsigned id = 0; id < OSC_COUNT; id++) {
        t->uhz[CLK_HSI + id] = rcc_osc_uhz(r, (enum osc_id)id);
    }
    for (unsigned i = 0; i < PLL_COUNT; i++) {
        for (unsigned output = 0; output < 3; output++) {
            t->uhz[CLK_PLL1P + 3 * i + output] = rcc_pll_uhz(r, i, output);
        }
    }
    t->uhz[CLK_CSI122] = t->uhz[CLK_CSI] / 122;
    t->uhz[CLK_SYS] = r->stopped ? 0 : source_uhz(r, r->sws);
}

/* Figure 55. A core's clock stops with the core in CStop; the buses are gated per peripheral. */
static void compute_buses(const struct rcc *r, struct tree *t)
{
    uint32_t d1 = r->base.values[R_D1CFGR];
    uint32_t d2 = r->base.values[R_D2CFGR];
    bool timpre = (r->base.values[R_CFGR] & CFGR_TIMPRE) != 0;
    uint64_t cpu1 = divide_wide(t->uhz[CLK_SYS], d1 >> 8 & 0xFu);
    uint64_t hclk = divide_wide(cpu1, d1 & 0xFu);
    unsigned apb1 = apb_shift(d2 >> 4);
    unsigned apb2 = apb_shift(d2 >> 8);
    t->uhz[CLK_CPU1] = rcc_core_stopped(r, CORE_CM7) ? 0 : cpu1;
    t->uhz[CLK_CPU2] = rcc_core_stopped(r, CORE_CM4) ? 0 : hclk;
    t->uhz[CLK_SYSTICK1] = t->uhz[CLK_CPU1] / 8;
    t->uhz[CLK_SYSTICK2] = t->uhz[CLK_CPU2] / 8;
    t->uhz[CLK_AXI] = hclk;
    t->uhz[CLK_HCLK1] = hclk;
    t->uhz[CLK_HCLK2] = hclk;
    t->uhz[CLK_HCLK4] = hclk;
    t->uhz[CLK_PCLK1] = hclk >> apb1;
    t->uhz[CLK_PCLK2] = hclk >> apb2;
    t->uhz[CLK_PCLK3] = hclk >> apb_shift(d1 >> 4);
    t->uhz[CLK_PCLK4] = hclk >> apb_shift(r->base.values[R_D3CFGR] >> 4);
    t->uhz[CLK_TIMX] = timer_uhz(hclk, apb1, timpre);
    t->uhz[CLK_TIMY] = timer_uhz(hclk, apb2, timpre);
}

/* CLK_COUNT stands for "no clock". */
static uint64_t pick(const struct tree *t, const uint8_t *inputs, uint32_t field)
{
    return inputs[field] == CLK_COUNT ? 0 : t->uhz[inputs[field]];
}

/* The clock behind a multiplexer, which stands at 0 after reset; rcc_set_strict_mux says what "strict" is
 * about. */
static uint64_t switched(struct rcc *r, const struct tree *t, enum clock_id output,
                         const uint8_t *inputs, uint32_t field)
{
    uint8_t *present = &r->mux[output];
    if (!r->strict_mux || (pick(t, inputs, *present) != 0 && pick(t, inputs, field) != 0)) {
        *present = (uint8_t)field;
    }
    return *present == field ? pick(t, inputs, field) : 0;
}

static bool is_known(const struct rcc *r, const struct kernel_clock *k)
{
    for (size_t i = 0; i < r->kernel_count; i++) {
        if (r->kernels[i] == k) {
            return true;
        }
    }
    return false;
}

/* All that has a multiplexer gets its clock, modelled or not. */
void rcc_kernels_connect(struct rcc *r)
{
    const struct chip_entry *e = r->base.chip->bus.table;
    for (r->kernel_count = 0; e != NULL && e->name != NULL; e++) {
        for (const struct kernel_clock *k = e->kernel; k != NULL; k = k->next) {
            if (k->bits != 0 && k->output != CLK_COUNT && !is_known(r, k) &&
                r->kernel_count < KERNELS_MAX) {
                r->kernels[r->kernel_count++] = k;
            }
        }
    }
}

/* What the field of a multiplexer says; 0 without one. */
static uint32_t selected(const struct rcc *r, const struct kernel_clock *k)
{
    uint32_t value = r->base.values[r->base.slot_at[k->reg / 4] - 1];
    return value >> k->shift & ((1u << k->bits) - 1u);
}

bool rcc_kernel_is_slow(const struct rcc *r, const struct kernel_clock *k)
{
    uint8_t input = k->inputs[selected(r, k)];
    return input == CLK_LSE || input == CLK_LSI;
}

static void compute_kernel(struct rcc *r, struct tree *t, const struct kernel_clock *k)
{
    struct clock *clocks = r->base.chip->clocks;
    uint8_t input = k->inputs[selected(r, k)];
    clocks[k->output].source = input == CLK_COUNT ? NULL : &clocks[input];
    t->uhz[k->output] = switched(r, t, (enum clock_id)k->output, k->inputs, selected(r, k));
}

/* Kernel multiplexers: 9.7.18 to 9.7.20. Stop leaves no kernel clock but LSE and LSI (9.5.7). */
static void compute_kernels(struct rcc *r, struct tree *t)
{
    static const uint8_t per[] = {CLK_HSI, CLK_CSI, CLK_HSE, CLK_COUNT};
    const uint32_t *v = r->base.values;
    const uint32_t rtcpre = v[R_CFGR] >> 8 & 0x3Fu;
    t->uhz[CLK_HSE1M] = rtcpre < 2 ? 0 : t->uhz[CLK_HSE] / rtcpre;
    t->uhz[CLK_PER] = switched(r, t, CLK_PER, per, v[R_D1CCIPR] >> 28 & 3u);
    for (size_t i = 0; i < r->kernel_count; i++) {
        compute_kernel(r, t, r->kernels[i]);
    }
    if ((v[R_BDCR] & BDCR_RTCEN) == 0) {
        t->uhz[CLK_RTC] = 0;
    }
}

void rcc_update(struct rcc *r, vtime_ps now)
{
    struct tree t = {{0}};
    struct chip *c = r->base.chip;
    rcc_pll_follow(r, now);
    switch_system_clock(r);
    compute_sources(r, &t);
    compute_buses(r, &t);
    compute_kernels(r, &t);
    bool changed = false;
    for (unsigned i = 0; i < CLK_COUNT; i++) {
        changed = changed || c->clocks[i].uhz != t.uhz[i];
        clock_set(&c->clocks[i], t.uhz[i], now);
    }
    rcc_mco_update(r);
    if (changed) {
        rcc_check_limits(r);
        chip_cut_turn(c);
    }
}

void rcc_tree_write(struct periph *p, unsigned slot, uint32_t old, uint32_t written)
{
    (void)slot;
    (void)old;
    (void)written;
    rcc_update(rcc_of(p), rcc_now(rcc_of(p)));
}

/* ---- limits ---- */

struct limit {
    enum clock_id clock;
    uint16_t slot;       /* the register that sets it, for the report */
    uint16_t max_mhz[4]; /* VOS0 .. VOS3 */
};

/* Cores and buses: data sheet DS12919/DS12923 as quoted in the facts (1.6); kernel clocks: Table 62. */
static const struct limit limits[] = {
    {CLK_CPU1, R_D1CFGR, {480, 400, 300, 200}},
    {CLK_AXI, R_D1CFGR, {240, 200, 150, 100}},
    {CLK_PCLK1, R_D2CFGR, {120, 100, 75, 50}},
    {CLK_PCLK2, R_D2CFGR, {120, 100, 75, 50}},
    {CLK_PCLK3, R_D1CFGR, {120, 100, 75, 50}},
    {CLK_PCLK4, R_D3CFGR, {120, 100, 75, 50}},
    {CLK_TIMX, R_D2CFGR, {240, 200, 150, 100}},
    {CLK_TIMY, R_D2CFGR, {240, 200, 150, 100}},
    {CLK_USART16, R_D2CCIP2R, {125, 100, 75, 50}},
    {CLK_USART234578, R_D2CCIP2R, {125, 100, 75, 50}},
    {CLK_FDCAN, R_D2CCIP1R, {125, 100, 75, 50}},
};

/* The chip comes out of reset in VOS3 with all buses at HSI's 64 MHz, which the data sheet's PCLK limit
 * of 50 MHz would forbid: what reset itself sets up is no finding, however far off HSI is. */
#define RESET_HZ UINT64_C(64000000)

/* 1 % of grace, as for the PLL's ranges: HSI may be off by as much. */
void rcc_check_limits(struct rcc *r)
{
    unsigned vos = r->base.chip->power.vos;
    uint64_t hsi_hz = clock_hz(&r->base.chip->clocks[CLK_HSI]);
    uint64_t reset_hz = hsi_hz > RESET_HZ ? hsi_hz : RESET_HZ;
    for (size_t i = 0; i < sizeof(limits) / sizeof(limits[0]); i++) {
        const struct clock *clock = &r->base.chip->clocks[limits[i].clock];
        uint64_t max_hz = limits[i].max_mhz[vos] * UINT64_C(1000000);
        max_hz = max_hz < reset_hz ? reset_hz : max_hz;
        if (clock_hz(clock) > max_hz + max_hz / 100) {
            periph_report(&r->base, limits[i].slot, FOUND_OVERCLOCK,
                          &(struct finding_data){.subject = limits[i].clock,
                                                 .khz = (uint32_t)(clock_hz(clock) / 1000),
                                                 .vos = (uint8_t)vos,
                                                 .high_mhz = limits[i].max_mhz[vos]});
        }
    }
}
