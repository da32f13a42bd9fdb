/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
/* RCC: oscillators, PLLs, clock tree, gates (RM0399 9.5, 9.7). */
#include "system_testkit.h"

#define PLLCKSELR (RCC_REGS + 0x028)
#define PLLCFGR (RCC_REGS + 0x02C)
#define PLL1DIVR (RCC_REGS + 0x030)
#define PLL1FRACR (RCC_REGS + 0x034)
#define D1CFGR (RCC_REGS + 0x018)
#define D2CFGR (RCC_REGS + 0x01C)
#define BDCR (RCC_REGS + 0x070)
#define CSR (RCC_REGS + 0x074)
#define APB1LRSTR (RCC_REGS + 0x090)
#define APB1LENR (RCC_REGS + 0x0E8)
#define C1_APB1LENR (RCC_REGS + 0x148)
#define C2_APB1LENR (RCC_REGS + 0x1A8)
#define C1_APB1LLPENR (RCC_REGS + 0x170)
#define USART3_BIT (1u << 18)
#define HSION (1u << 0)
#define HSIRDY (1u << 2)
#define CSION (1u << 7)
#define CSIRDY (1u << 8)
#define HSEON (1u << 16)
#define HSERDY (1u << 17)
#define HSEBYP (1u << 18)
#define CSSON (1u << 19)
#define PLL1ON (1u << 24)
#define PLL1RDY (1u << 25)
#define D1CKRDY (1u << 14)
#define D2CKRDY (1u << 15)
#define MHZ UINT64_C(1000000)

/* ---- oscillators ---- */

static void hsi_runs_everything_after_reset(void **state)
{
    struct kit *k = *state;
    assert_int_equal(hz(k, CLK_HSI), 64 * MHZ);
    assert_int_equal(hz(k, CLK_SYS), 64 * MHZ);
    assert_int_equal(hz(k, CLK_CPU1), 64 * MHZ);
    assert_int_equal(hz(k, CLK_CPU2), 64 * MHZ);
    assert_int_equal(hz(k, CLK_PCLK1), 64 * MHZ);
    assert_int_equal(hz(k, CLK_SYSTICK1), 8 * MHZ);
    assert_int_equal(hz(k, CLK_LSI), 0);
    assert_int_equal(hz(k, CLK_HSE), 0);
}

static void hsi_divides_after_a_while(void **state)
{
    struct kit *k = *state;
    put(k, RCC_CR, 0x01 | 2u << 3);
    assert_int_equal(get(k, RCC_CR) & (1u << 5), 0); /* HSIDIVF */
    assert_int_equal(hz(k, CLK_SYS), 64 * MHZ);
    run_for(k, VTIME_US(10));
    assert_int_equal(get(k, RCC_CR) & (1u << 5), 1u << 5);
    assert_int_equal(hz(k, CLK_SYS), 16 * MHZ);
}

static void hsi_cannot_be_switched_off_under_the_cores(void **state)
{
    struct kit *k = *state;
    clear_bits(k, RCC_CR, HSION);
    run_for(k, VTIME_US(10));
    assert_int_equal(get(k, RCC_CR) & (HSION | HSIRDY), HSION | HSIRDY);
}

static void csi_takes_its_time_and_stops_at_once(void **state)
{
    struct kit *k = *state;
    set_bits(k, RCC_CR, CSION);
    assert_int_equal(get(k, RCC_CR) & CSIRDY, 0);
    run_for(k, VTIME_US(10));
    assert_int_equal(get(k, RCC_CR) & CSIRDY, CSIRDY);
    assert_int_equal(hz(k, CLK_CSI), 4 * MHZ);
    clear_bits(k, RCC_CR, CSION);
    assert_int_equal(get(k, RCC_CR) & CSIRDY, 0);
}

static void hse_absent_never_ready(void **state)
{
    struct kit *k = *state;
    rcc_set_hse(&k->chip, &(struct rcc_hse){0});
    set_bits(k, RCC_CR, HSEBYP);
    set_bits(k, RCC_CR, HSEON);
    run_for(k, VTIME_S(5));
    assert_int_equal(get(k, RCC_CR) & HSERDY, 0);
}

static void hse_late_is_ready_when_it_comes(void **state)
{
    struct kit *k = *state;
    const struct rcc_hse late = {.uhz = CLOCK_UHZ(8 * MHZ), .appears_at = VTIME_MS(300)};
    rcc_set_hse(&k->chip, &late);
    set_bits(k, RCC_CR, HSEBYP);
    set_bits(k, RCC_CR, HSEON);
    run_for(k, VTIME_MS(299));
    assert_int_equal(get(k, RCC_CR) & HSERDY, 0);
    run_for(k, VTIME_MS(2));
    assert_int_equal(get(k, RCC_CR) & HSERDY, HSERDY);
    assert_int_equal(hz(k, CLK_HSE), 8 * MHZ);
}

static void hse_bypass_is_fixed_while_on(void **state)
{
    struct kit *k = *state;
    set_bits(k, RCC_CR, HSEON);
    set_bits(k, RCC_CR, HSEBYP);
    assert_int_equal(get(k, RCC_CR) & HSEBYP, 0);
}

static void lse_needs_dbp_and_survives_a_system_reset(void **state)
{
    struct kit *k = *state;
    put(k, BDCR, 1);
    assert_int_equal(get(k, BDCR), 0);
    assert_int_equal(found(k, FINDING_BEHAVIOUR), 1);
    set_bits(k, PWR_CR1, 1u << 8);
    put(k, BDCR, 1);
    run_for(k, VTIME_S(3));
    assert_int_equal(get(k, BDCR), 3);
    assert_int_equal(hz(k, CLK_LSE), 32768);
    chip_request_reset(&k->chip, RESET_SRC_PIN);
    run_for(k, VTIME_MS(1));
    assert_int_equal(get(k, BDCR), 3);
    kit_power_cycle(k);
    assert_int_equal(get(k, BDCR), 0);
    assert_int_equal(hz(k, CLK_LSE), 0);
}

static void backup_domain_reset_clears_bdcr(void **state)
{
    struct kit *k = *state;
    set_bits(k, PWR_CR1, 1u << 8);
    put(k, BDCR, 1u << 15 | 1u << 8 | 1);
    put(k, BDCR, 2u << 8 | 1); /* RTCSEL is written once */
    assert_int_equal(get(k, BDCR) & 0x300, 0x100);
    put(k, BDCR, 1u << 16);
    put(k, BDCR, 0);
    assert_int_equal(get(k, BDCR), 0);
}

static void lsi_starts_and_drifts(void **state)
{
    struct kit *k = *state;
    put(k, CSR, 1);
    run_for(k, VTIME_MS(1));
    assert_int_equal(get(k, CSR), 3);
    assert_int_equal(hz(k, CLK_LSI), 32000);
    rcc_set_drift(&k->chip, CLK_LSI, -50000);
    assert_int_equal(hz(k, CLK_LSI), 30400);
}

static void ready_interrupt_only_if_enabled(void **state)
{
    struct kit *k = *state;
    hear(k, "RCC", RCC_IRQ_GLOBAL);
    set_bits(k, RCC_CR, CSION);
    run_for(k, VTIME_US(10));
    assert_int_equal(get(k, RCC_REGS + 0x064), 0);
    clear_bits(k, RCC_CR, CSION);
    put(k, RCC_REGS + 0x060, 1u << 4);
    set_bits(k, RCC_CR, CSION);
    run_for(k, VTIME_US(10));
    assert_int_equal(get(k, RCC_REGS + 0x064), 1u << 4);
    assert_true(k->line[RCC_IRQ_GLOBAL]);
    put(k, RCC_REGS + 0x068, 1u << 4);
    assert_int_equal(get(k, RCC_REGS + 0x064), 0);
    assert_false(k->line[RCC_IRQ_GLOBAL]);
}

/* ---- PLL and tree ---- */

static void pll1_400mhz_from_hse(void **state)
{
    struct kit *k = *state;
    clocks_400mhz(k);
    assert_int_equal(get(k, RCC_CFGR) & 0x38, 0x18);
    assert_int_equal(hz(k, CLK_CPU1), 400 * MHZ);
    assert_int_equal(hz(k, CLK_CPU2), 200 * MHZ);
    assert_int_equal(hz(k, CLK_AXI), 200 * MHZ);
    assert_int_equal(hz(k, CLK_PCLK1), 100 * MHZ);
    assert_int_equal(hz(k, CLK_PCLK4), 100 * MHZ);
    assert_int_equal(hz(k, CLK_TIMX), 200 * MHZ);
    assert_int_equal(hz(k, CLK_PLL1Q), 200 * MHZ);
    assert_int_equal(k->chip.findings.count, 0);
}

static void pll_is_not_ready_at_once(void **state)
{
    struct kit *k = *state;
    put(k, PLLCKSELR, 0x02020200 | 32u << 4); /* HSI / 32 = 2 MHz */
    put(k, PLLCFGR, 0x01FF0004);
    set_bits(k, RCC_CR, PLL1ON);
    run_for(k, VTIME_US(10));
    assert_int_equal(get(k, RCC_CR) & PLL1RDY, 0);
    run_for(k, VTIME_US(200));
    assert_int_equal(get(k, RCC_CR) & PLL1RDY, PLL1RDY);
    assert_int_equal(hz(k, CLK_PLL1P), 2 * 129 / 2 * MHZ);
    clear_bits(k, RCC_CR, PLL1ON);
    assert_int_equal(get(k, RCC_CR) & PLL1RDY, 0);
    assert_int_equal(hz(k, CLK_PLL1P), 0);
}

static void running_pll_keeps_its_dividers(void **state)
{
    struct kit *k = *state;
    clocks_400mhz(k);
    put(k, PLL1DIVR, 0x01010280);
    put(k, PLLCKSELR, 0x81);
    assert_int_equal(get(k, PLL1DIVR), 0x0103038F);
    assert_int_equal(get(k, PLLCKSELR), 0x42);
    assert_int_equal(found(k, FINDING_BEHAVIOUR), 2);
}

static void pll1_in_use_cannot_be_switched_off(void **state)
{
    struct kit *k = *state;
    clocks_400mhz(k);
    clear_bits(k, RCC_CR, PLL1ON | HSEON);
    assert_int_equal(get(k, RCC_CR) & (PLL1ON | PLL1RDY | HSEON), PLL1ON | PLL1RDY | HSEON);
    put(k, RCC_CFGR, 0);
    clear_bits(k, RCC_CR, PLL1ON | HSEON);
    assert_int_equal(get(k, RCC_CR) & (PLL1ON | PLL1RDY | HSEON | HSERDY), 0);
    assert_int_equal(hz(k, CLK_CPU1), 64 * MHZ);
}

static void fraction_is_latched_on_the_fly(void **state)
{
    struct kit *k = *state;
    clocks_400mhz(k);
    put(k, PLL1FRACR, 4096u << 3);
    assert_int_equal(hz(k, CLK_SYS), 400 * MHZ);
    set_bits(k, PLLCFGR, 1);
    assert_int_equal(hz(k, CLK_SYS), 400500000); /* N + 1/2 of a 2 MHz reference, halved */
    clear_bits(k, PLLCFGR, 1);
    assert_int_equal(hz(k, CLK_SYS), 400500000); /* SH_REG holds */
}

static void fraction_is_latched_on_the_rising_edge_only(void **state)
{
    struct kit *k = *state;
    clocks_400mhz(k);
    set_bits(k, PLLCFGR, 1);
    put(k, PLL1FRACR, 4096u << 3);
    set_bits(k, PLLCFGR, 1);
    set_bits(k, RCC_CR, PLL1ON);
    assert_int_equal(hz(k, CLK_SYS), 400 * MHZ);
}

static void system_clock_waits_for_its_source(void **state)
{
    struct kit *k = *state;
    put(k, RCC_CFGR, 1); /* CSI, which is off */
    assert_int_equal(get(k, RCC_CFGR) & 0x3F, 1);
    set_bits(k, RCC_CR, CSION);
    run_for(k, VTIME_US(10));
    assert_int_equal(get(k, RCC_CFGR) & 0x3F, 9);
    assert_int_equal(hz(k, CLK_CPU1), 4 * MHZ);
}

static void prescalers_and_timers(void **state)
{
    struct kit *k = *state;
    put(k, D1CFGR, 8u << 8 | 9); /* D1CPRE 2, HPRE 4 */
    put(k, D2CFGR, 4u << 8 | 6u << 4);
    assert_int_equal(hz(k, CLK_CPU1), 32 * MHZ);
    assert_int_equal(hz(k, CLK_CPU2), 8 * MHZ);
    assert_int_equal(hz(k, CLK_PCLK1), 1 * MHZ);
    assert_int_equal(hz(k, CLK_TIMX), 2 * MHZ);
    assert_int_equal(hz(k, CLK_PCLK2), 4 * MHZ);
    assert_int_equal(hz(k, CLK_TIMY), 8 * MHZ);
    put(k, RCC_CFGR, 1u << 15); /* TIMPRE */
    assert_int_equal(hz(k, CLK_TIMX), 4 * MHZ);
    assert_int_equal(hz(k, CLK_TIMY), 8 * MHZ);
}

static void kernel_multiplexers(void **state)
{
    struct kit *k = *state;
    clocks_400mhz(k);
    assert_int_equal(hz(k, CLK_FDCAN), 8 * MHZ);
    put(k, RCC_REGS + 0x050, 1u << 28);
    assert_int_equal(hz(k, CLK_FDCAN), 200 * MHZ);
    assert_int_equal(found(k, FINDING_OVERCLOCK), 1); /* Table 62: 100 MHz in VOS1 */
    put(k, RCC_REGS + 0x050, 3u << 28);
    assert_int_equal(hz(k, CLK_FDCAN), 0);
    assert_int_equal(hz(k, CLK_USART234578), 100 * MHZ);
    put(k, RCC_REGS + 0x054, 3);
    assert_int_equal(hz(k, CLK_USART234578), 64 * MHZ);
    put(k, RCC_REGS + 0x04C, 2u << 28);
    assert_int_equal(hz(k, CLK_PER), 8 * MHZ);
}

static void hse_1m_is_hse_divided(void **state)
{
    struct kit *k = *state;
    set_bits(k, RCC_CR, HSEON);
    run_for(k, VTIME_MS(3));
    assert_int_equal(hz(k, CLK_HSE1M), 0);
    put(k, RCC_CFGR, 1u << 8); /* "no clock" */
    assert_int_equal(hz(k, CLK_HSE1M), 0);
    put(k, RCC_CFGR, 63u << 8);
    assert_int_equal(hz(k, CLK_HSE1M), 126984);
}

/* 9.5.10 to the letter: no HSE, no change of FDCAN's switch; when HSE comes it goes through, and stays. */
static void strict_multiplexers(void **state)
{
    struct kit *k = *state;
    const struct rcc_hse none = {0};
    const struct rcc_hse sold = {.uhz = CLOCK_UHZ(8000000)};
    rcc_set_strict_mux(&k->chip, true);
    rcc_set_hse(&k->chip, &none);
    put(k, PLLCKSELR, 0x02020200 | 32u << 4); /* HSI / 32 = 2 MHz */
    put(k, PLLCFGR, 0x01FF0004);
    set_bits(k, RCC_CR, PLL1ON | HSEON);
    run_for(k, VTIME_MS(1));
    put(k, RCC_REGS + 0x050, 1u << 28);
    assert_int_not_equal(hz(k, CLK_PLL1Q), 0);
    assert_int_equal(hz(k, CLK_FDCAN), 0);
    rcc_set_hse(&k->chip, &sold);
    run_for(k, VTIME_MS(3));
    assert_int_equal(hz(k, CLK_FDCAN), hz(k, CLK_PLL1Q));
    rcc_set_hse(&k->chip, &none);
    assert_int_equal(hz(k, CLK_FDCAN), hz(k, CLK_PLL1Q));
    put(k, RCC_REGS + 0x050, 0); /* and back wants HSE, too */
    assert_int_equal(hz(k, CLK_FDCAN), 0);
    put(k, RCC_REGS + 0x050, 1u << 28);
    assert_int_equal(hz(k, CLK_FDCAN), hz(k, CLK_PLL1Q));
}

static void too_fast_for_the_voltage_is_a_finding(void **state)
{
    struct kit *k = *state;
    put(k, PWR_CR3, 0x04);
    run_for(k, VTIME_MS(1));
    clocks_400mhz(k);
    assert_int_equal(found(k, FINDING_OVERCLOCK), 0);
    put(k, PWR_D3CR, 0x4000); /* back to VOS3 at 400 MHz */
    assert_true(found(k, FINDING_OVERCLOCK) > 0);
}

static void pll_range_not_matching_its_input_is_a_finding(void **state)
{
    struct kit *k = *state;
    put(k, PLLCKSELR, 0x02020200 | 32u << 4);
    put(k, PLLCFGR, 0x01FF000C); /* says 8 to 16 MHz */
    set_bits(k, RCC_CR, PLL1ON);
    assert_int_equal(found(k, FINDING_BEHAVIOUR), 1);
}

/* ---- clock security ---- */

static void css_falls_back_to_hsi_with_an_nmi(void **state)
{
    struct kit *k = *state;
    hear(k, "RCC", RCC_IRQ_HSECSS);
    clocks_400mhz(k);
    set_bits(k, RCC_CR, CSSON);
    rcc_set_hse(&k->chip, &(struct rcc_hse){0});
    assert_true(k->line[RCC_IRQ_HSECSS]);
    assert_int_equal(get(k, RCC_REGS + 0x064), 1u << 10);
    assert_int_equal(get(k, RCC_CR) & (HSEON | HSERDY | PLL1ON | PLL1RDY), 0);
    assert_int_equal(get(k, RCC_CFGR) & 0x3F, 0);
    assert_int_equal(hz(k, CLK_CPU1), 64 * MHZ);
    assert_int_equal(hz(k, CLK_TIMX), 32 * MHZ); /* a servo pulse six times as long */
    put(k, RCC_REGS + 0x068, 1u << 10);
    assert_false(k->line[RCC_IRQ_HSECSS]);
}

static void hse_lost_without_css_stops_the_cores(void **state)
{
    struct kit *k = *state;
    const struct rcc_hse drops = {.uhz = CLOCK_UHZ(8 * MHZ), .drops_at = VTIME_S(1)};
    rcc_set_hse(&k->chip, &drops);
    clocks_400mhz(k);
    run_for(k, VTIME_S(2));
    assert_int_equal(hz(k, CLK_CPU1), 0);
    assert_int_equal(get(k, RCC_CR) & (HSERDY | PLL1RDY), 0);
}

/* ---- gates and peripheral resets ---- */

static struct dummy *dummy_of(struct kit *k)
{
    return (struct dummy *)chip_periph(&k->chip, "DUMMY");
}

static void plain_bank_is_the_accessing_cores(void **state)
{
    struct kit *k = *state;
    as(k, MASTER_CM4);
    put(k, APB1LENR, USART3_BIT);
    assert_int_equal(get(k, APB1LENR), USART3_BIT);
    as(k, MASTER_CM7);
    assert_int_equal(get(k, APB1LENR), 0);
    assert_int_equal(get(k, C1_APB1LENR), 0);
    assert_int_equal(get(k, C2_APB1LENR), USART3_BIT);
    put(k, C1_APB1LENR, USART3_BIT);
    assert_int_equal(get(k, APB1LENR), USART3_BIT);
}

static void gate_opens_and_closes_for_the_peripheral(void **state)
{
    struct kit *k = *state;
    assert_int_equal(get(k, DUMMY_REGS), 0);
    assert_int_equal(found(k, FINDING_UNCLOCKED), 1);
    put(k, APB1LENR, USART3_BIT);
    assert_int_equal(dummy_of(k)->gated_on, 1);
    assert_int_equal(get(k, DUMMY_REGS), 0x12);
    put(k, C2_APB1LENR, USART3_BIT);
    put(k, APB1LENR, 0);
    assert_int_equal(dummy_of(k)->gated_off, 0); /* the CM4 still has it */
    put(k, C2_APB1LENR, 0);
    assert_int_equal(dummy_of(k)->gated_off, 1);
}

static void sleeping_core_gates_what_lpenr_says(void **state)
{
    struct kit *k = *state;
    put(k, APB1LENR, USART3_BIT);
    clear_bits(k, C1_APB1LLPENR, USART3_BIT);
    chip_core_sleeps(&k->chip, CORE_CM7, CORE_SLEEP);
    assert_int_equal(dummy_of(k)->gated_off, 1);
    chip_core_sleeps(&k->chip, CORE_CM7, CORE_AWAKE);
    assert_int_equal(dummy_of(k)->gated_on, 2);
}

static void peripheral_reset_holds_and_restores(void **state)
{
    struct kit *k = *state;
    put(k, APB1LENR, USART3_BIT);
    put(k, DUMMY_REGS, 0x99);
    unsigned before = dummy_of(k)->resets;
    put(k, APB1LRSTR, USART3_BIT);
    assert_int_equal(dummy_of(k)->resets, before + 1);
    put(k, DUMMY_REGS, 0x55);
    put(k, APB1LRSTR, 0);
    assert_int_equal(get(k, DUMMY_REGS), 0x12);
    put(k, DUMMY_REGS, 0x55);
    assert_int_equal(get(k, DUMMY_REGS), 0x55);
}

static void system_reset_closes_all_gates(void **state)
{
    struct kit *k = *state;
    put(k, APB1LENR, USART3_BIT);
    chip_request_reset(&k->chip, RESET_SRC_PIN);
    run_for(k, VTIME_MS(1));
    assert_int_equal(get(k, APB1LENR), 0);
    assert_int_equal(dummy_of(k)->gated_off, 1);
    assert_int_equal(get(k, RCC_APB4ENR), 0x00010000);
}

/* ---- domains ---- */

static void d2ckrdy_falls_when_cm4_stops(void **state)
{
    struct kit *k = *state;
    assert_int_equal(get(k, RCC_CR) & D2CKRDY, D2CKRDY);
    chip_core_sleeps(&k->chip, CORE_CM4, CORE_SLEEP);
    assert_int_equal(get(k, RCC_CR) & D2CKRDY, D2CKRDY);
    chip_core_sleeps(&k->chip, CORE_CM4, CORE_DEEPSLEEP);
    assert_int_equal(get(k, RCC_CR) & (D1CKRDY | D2CKRDY), D1CKRDY);
    assert_int_equal(hz(k, CLK_CPU2), 0);
    chip_core_sleeps(&k->chip, CORE_CM4, CORE_AWAKE);
    assert_int_equal(get(k, RCC_CR) & D2CKRDY, D2CKRDY);
    assert_int_equal(hz(k, CLK_CPU2), 64 * MHZ);
}

static void d2ckrdy_stays_while_cm7_uses_d2(void **state)
{
    struct kit *k = *state;
    put(k, APB1LENR, USART3_BIT);
    chip_core_sleeps(&k->chip, CORE_CM4, CORE_DEEPSLEEP);
    assert_int_equal(get(k, RCC_CR) & D2CKRDY, D2CKRDY);
    assert_int_equal(get(k, DUMMY_REGS), 0x12);
    put(k, APB1LENR, 0);
    assert_int_equal(get(k, RCC_CR) & D2CKRDY, 0);
    put(k, RCC_REGS + 0x0D8, 1u << 14); /* ART is enabled in AHB1ENR, yet sits in D1 */
    assert_int_equal(get(k, RCC_CR) & D2CKRDY, 0);
}

static void d2ckrdy_stays_for_the_debugger(void **state)
{
    struct kit *k = *state;
    put(k, DBGMCU_REGS + 4, 1u << 4);
    chip_core_sleeps(&k->chip, CORE_CM4, CORE_DEEPSLEEP);
    assert_int_equal(get(k, RCC_CR) & D2CKRDY, D2CKRDY);
    assert_int_equal(hz(k, CLK_CPU2), 64 * MHZ);
}

static void d1ckrdy_needs_flashen_of_the_cm4(void **state)
{
    struct kit *k = *state;
    as(k, MASTER_CM4);
    chip_core_sleeps(&k->chip, CORE_CM7, CORE_DEEPSLEEP);
    assert_int_equal(get(k, RCC_CR) & D1CKRDY, 0);
    put(k, RCC_REGS + 0x0D8, 1u << 14); /* the ART alone, as HAL_Init enables it, does not do */
    assert_int_equal(get(k, RCC_CR) & D1CKRDY, 0);
    put(k, RCC_REGS + 0x194, 1u << 8);
    assert_int_equal(get(k, RCC_CR) & D1CKRDY, D1CKRDY);
}

/* Tables 64 and 65: LSE goes on with PERxLPEN, HSI does not. */
static void lse_goes_on_in_cstop(void **state)
{
    struct kit *k = *state;
    const struct gate *gate = dummy_of(k)->base.gate;
    put(k, APB1LENR, USART3_BIT);
    for (uint32_t select = 3; select <= 5; select += 2) { /* HSI, LSE */
        put(k, RCC_REGS + 0x054, select);
        chip_core_sleeps(&k->chip, CORE_CM7, CORE_DEEPSLEEP);
        assert_false(gate->any);
        assert_int_equal(gate->kernel, select == 5);
        chip_core_sleeps(&k->chip, CORE_CM7, CORE_AWAKE);
        assert_true(gate->any && gate->kernel);
    }
    put(k, C1_APB1LLPENR, 0);
    chip_core_sleeps(&k->chip, CORE_CM7, CORE_DEEPSLEEP);
    assert_false(gate->kernel);
}

static void both_cores_stopped_is_system_stop(void **state)
{
    struct kit *k = *state;
    clocks_400mhz(k);
    chip_core_sleeps(&k->chip, CORE_CM4, CORE_DEEPSLEEP);
    assert_int_equal(k->chip.power.domain[POWER_D3], POWER_RUN);
    chip_core_sleeps(&k->chip, CORE_CM7, CORE_DEEPSLEEP);
    assert_int_equal(k->chip.power.domain[POWER_D3], POWER_STOP);
    assert_int_equal(hz(k, CLK_SYS), 0);
    run_for(k, VTIME_S(1));
    chip_core_sleeps(&k->chip, CORE_CM7, CORE_AWAKE);
    assert_int_equal(k->chip.power.domain[POWER_D3], POWER_RUN);
    assert_int_equal(hz(k, CLK_CPU1), 64 * MHZ);
    assert_int_equal(get(k, RCC_CR) & (PLL1ON | HSEON), 0);
    assert_int_equal(get(k, PWR_REGS + 0x10) & (1u << 5), 1u << 5); /* STOPF */
    put(k, PWR_REGS + 0x10, 1u << 9);
    assert_int_equal(get(k, PWR_REGS + 0x10), 0);
}

static void run_d3_prevents_system_stop(void **state)
{
    struct kit *k = *state;
    put(k, PWR_REGS + 0x10, 1u << 11);
    chip_core_sleeps(&k->chip, CORE_CM4, CORE_DEEPSLEEP);
    chip_core_sleeps(&k->chip, CORE_CM7, CORE_DEEPSLEEP);
    assert_int_equal(k->chip.power.domain[POWER_D3], POWER_RUN);
    assert_int_equal(hz(k, CLK_PCLK4), 64 * MHZ);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        KIT_TEST(hsi_runs_everything_after_reset),
        KIT_TEST(hsi_divides_after_a_while),
        KIT_TEST(hsi_cannot_be_switched_off_under_the_cores),
        KIT_TEST(csi_takes_its_time_and_stops_at_once),
        KIT_TEST(hse_absent_never_ready),
        KIT_TEST(hse_late_is_ready_when_it_comes),
        KIT_TEST(hse_bypass_is_fixed_while_on),
        KIT_TEST(lse_needs_dbp_and_survives_a_system_reset),
        KIT_TEST(backup_domain_reset_clears_bdcr),
        KIT_TEST(lsi_starts_and_drifts),
        KIT_TEST(ready_interrupt_only_if_enabled),
        KIT_TEST(pll1_400mhz_from_hse),
        KIT_TEST(pll_is_not_ready_at_once),
        KIT_TEST(running_pll_keeps_its_dividers),
        KIT_TEST(pll1_in_use_cannot_be_switched_off),
        KIT_TEST(fraction_is_latched_on_the_fly),
        KIT_TEST(fraction_is_latched_on_the_rising_edge_only),
        KIT_TEST(system_clock_waits_for_its_source),
        KIT_TEST(prescalers_and_timers),
        KIT_TEST(kernel_multiplexers),
        KIT_TEST(hse_1m_is_hse_divided),
        KIT_TEST(strict_multiplexers),
        KIT_TEST(too_fast_for_the_voltage_is_a_finding),
        KIT_TEST(pll_range_not_matching_its_input_is_a_finding),
        KIT_TEST(css_falls_back_to_hsi_with_an_nmi),
        KIT_TEST(hse_lost_without_css_stops_the_cores),
        KIT_TEST(plain_bank_is_the_accessing_cores),
        KIT_TEST(gate_opens_and_closes_for_the_peripheral),
        KIT_TEST(sleeping_core_gates_what_lpenr_says),
        KIT_TEST(peripheral_reset_holds_and_restores),
        KIT_TEST(system_reset_closes_all_gates),
        KIT_TEST(d2ckrdy_falls_when_cm4_stops),
        KIT_TEST(d2ckrdy_stays_while_cm7_uses_d2),
        KIT_TEST(d2ckrdy_stays_for_the_debugger),
        KIT_TEST(d1ckrdy_needs_flashen_of_the_cm4),
        KIT_TEST(lse_goes_on_in_cstop),
        KIT_TEST(both_cores_stopped_is_system_stop),
        KIT_TEST(run_d3_prevents_system_stop),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
