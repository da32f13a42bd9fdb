/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
/*
 * RM0399 Rev 4: 7.8.7 VOS, 4.3.8 flash latency, 9.5.2 HSE, 9.5.3 clock security, 9.5.5 PLL1,
 * 9.5.8 kernel clocks. VOS0 is not used: it does not exist with direct SMPS supply.
 */
#include "stm32h755xx.h"

#include "core/can_timing.h"
#include "firmware/board/board.h"
#include "firmware/cm7/clock_hse.h"
#include "firmware/cm7/clocks.h"
#include "firmware/common/clock_plan.h"
#include "firmware/common/timebase.h"

#define HSI_MHZ 64U

/* Limits. HSE bypass needs a few cycles once the ST-LINK gives its clock, which it does before it
 * releases NRST; PLL lock takes 150 us at most (data sheet); the others microseconds. */
#define HSE_LIMIT_US 4000U
#define PLL_LIMIT_US 2000U
#define VOS_LIMIT_US 5000U
#define SWITCH_LIMIT_US 1000U

/* PLL1 set-ups with VCO 720 MHz: P / 2 = 360 MHz sys_ck, Q / 9 = 80 MHz for FDCAN. */
#define PLL_P 2U
#define PLL_Q 9U

struct pll_plan {
    uint32_t pllcksel; /* source and M */
    uint32_t range;    /* PLL1RGE for the reference */
};

/* 8 MHz / 3 = 2.67 MHz x 270, amid the range of 2 to 4 MHz, which is VCOH's, too (9.5.5: above 2 MHz): what HSI lets
 * in leaves neither. */
#define HSE_HZ 8000000UL
#define HSE_M 3U
#define HSE_N 270U

static const struct pll_plan from_hse = {
    .pllcksel = RCC_PLLCKSELR_PLLSRC_HSE | (HSE_M << RCC_PLLCKSELR_DIVM1_Pos),
    .range = RCC_PLLCFGR_PLL1RGE_1,
};
#define HSE_MULTIPLIER (HSE_N * CLOCK_FRACTIONS)

/*
 * 64 MHz / 6 = 10.67 MHz x 67.5. This division puts FRACN at mid-range: PLL1FRACR can then trim the
 * running PLL by 0.7 % either way (9.5.5). Where HSI is further off, N must change and the PLL stop for it.
 */
#define HSI_M 6U

static const struct pll_plan from_hsi = {
    .pllcksel = RCC_PLLCKSELR_PLLSRC_HSI | (HSI_M << RCC_PLLCKSELR_DIVM1_Pos),
    .range = RCC_PLLCFGR_PLL1RGE_3,
};

#define VCO_HZ 720000000UL
_Static_assert(HSE_HZ / 1000U * HSE_N / HSE_M * 1000U == VCO_HZ, "PLL1 from HSE");
_Static_assert(HSI_MHZ * 1000000ULL * CLOCKS_HSI_MULTIPLIER / HSI_M / CLOCK_FRACTIONS == VCO_HZ,
               "PLL1 from HSI");
_Static_assert(CLOCKS_FDCAN_HZ == CAN_KERNEL_HZ, "what the record's bit rates are checked with");
_Static_assert(CLOCKS_HSI_MULTIPLIER == CLOCK_HSI_MULTIPLIER, "what is steered");
_Static_assert(VCO_HZ / PLL_P == CLOCKS_CPU1_HZ && VCO_HZ / PLL_Q == CLOCKS_FDCAN_HZ,
               "PLL1's outputs");

/* SysTick counts the limit down in CPU cycles (24 bits: up to 0.26 s of HSI); COUNTFLAG ends it. */
bool clocks_wait(const volatile uint32_t *reg, uint32_t mask, uint32_t value, uint32_t limit_us)
{
    SysTick->CTRL = 0;
    SysTick->LOAD = limit_us * HSI_MHZ;
    SysTick->VAL = 0;
    SysTick->CTRL = SysTick_CTRL_CLKSOURCE_Msk | SysTick_CTRL_ENABLE_Msk;
    bool good = (*reg & mask) == value;
    while (!good && (SysTick->CTRL & SysTick_CTRL_COUNTFLAG_Msk) == 0) {
        good = (*reg & mask) == value;
    }
    SysTick->CTRL = 0;
    return good || (*reg & mask) == value;
}

static bool hse_start(void)
{
    RCC->CR |= RCC_CR_HSEBYP; /* writable only while HSE is off (9.7.2) */
    RCC->CR |= RCC_CR_HSEON;
    return clocks_wait(&RCC->CR, RCC_CR_HSERDY, RCC_CR_HSERDY, HSE_LIMIT_US);
}

/* Sets PLL1 up and sys_ck to it; on failure sys_ck stays HSI and PLL1 is off. */
static enum fault pll_start(const struct pll_plan *plan, uint32_t multiplier)
{
    const uint32_t fraction = multiplier % CLOCK_FRACTIONS;
    RCC->CR &= ~RCC_CR_PLL1ON;
    if (!clocks_wait(&RCC->CR, RCC_CR_PLL1RDY, 0, PLL_LIMIT_US)) {
        return FAULT_CLOCK_NOT_READY;
    }
    RCC->PLLCKSELR = plan->pllcksel; /* PLL2 and PLL3: prescalers off */
    RCC->PLLCFGR = plan->range | RCC_PLLCFGR_DIVP1EN | RCC_PLLCFGR_DIVQ1EN;
    RCC->PLL1DIVR = ((multiplier / CLOCK_FRACTIONS - 1U) << RCC_PLL1DIVR_N1_Pos) |
                    ((PLL_P - 1U) << RCC_PLL1DIVR_P1_Pos) | ((PLL_Q - 1U) << RCC_PLL1DIVR_Q1_Pos) |
                    (1U << RCC_PLL1DIVR_R1_Pos); /* R is off; 0 is not allowed there */
    RCC->PLL1FRACR = fraction << RCC_PLL1FRACR_FRACN1_Pos;
    RCC->PLLCFGR |= RCC_PLLCFGR_PLL1FRACEN; /* 0 -> 1 takes the fraction over */
    RCC->CR |= RCC_CR_PLL1ON;
    if (!clocks_wait(&RCC->CR, RCC_CR_PLL1RDY, RCC_CR_PLL1RDY, PLL_LIMIT_US)) {
        RCC->CR &= ~RCC_CR_PLL1ON;
        return FAULT_CLOCK_NOT_READY;
    }
    RCC->CFGR = (RCC->CFGR & ~RCC_CFGR_SW) | RCC_CFGR_SW_PLL1;
    if (!clocks_wait(&RCC->CFGR, RCC_CFGR_SWS, RCC_CFGR_SWS_PLL1, SWITCH_LIMIT_US)) {
        return FAULT_CLOCK_NOT_READY;
    }
    return FAULT_NONE;
}

/* What must be so before sys_ck rises to 360 MHz: core voltage, wait states, bus dividers. */
static enum fault prepare_pll(void)
{
    PWR->D3CR = PWR_D3CR_VOS; /* 11: VOS1 */
    (void)PWR->D3CR;          /* VOSRDY is that of the new value from the next read on */
    const uint32_t vos1 = PWR_CSR1_ACTVOS | PWR_CSR1_ACTVOSRDY;
    if (!clocks_wait(&PWR->D3CR, PWR_D3CR_VOSRDY, PWR_D3CR_VOSRDY, VOS_LIMIT_US) ||
        !clocks_wait(&PWR->CSR1, vos1, vos1, VOS_LIMIT_US)) {
        return FAULT_VOS_NOT_READY;
    }
    /* 180 MHz AXI at VOS1, up to 191 with the slack (clocks.h): that of 185 to 210, 2 wait states and WRHIGHFREQ 2
     * (Table 16). */
    const uint32_t acr = FLASH_ACR_LATENCY_2WS | FLASH_ACR_WRHIGHFREQ_1;
    FLASH->ACR = acr;
    if (!clocks_wait(&FLASH->ACR, FLASH_ACR_LATENCY | FLASH_ACR_WRHIGHFREQ, acr, SWITCH_LIMIT_US)) {
        return FAULT_CLOCK_NOT_READY;
    }
    RCC->D1CFGR = RCC_D1CFGR_HPRE_DIV2 | RCC_D1CFGR_D1PPRE_DIV2;
    RCC->D2CFGR = RCC_D2CFGR_D2PPRE1_DIV2 | RCC_D2CFGR_D2PPRE2_DIV2;
    RCC->D3CFGR = RCC_D3CFGR_D3PPRE_DIV2;
    (void)RCC->D3CFGR;
    return FAULT_NONE;
}

/*
 * Common to both cores, so set before the M4 is released. 9.5.10: a multiplexer changes over "only if a clock is
 * present on both inputs". FDCAN's stands at HSE after reset: read to the letter it waits for HSE, which is
 * therefore left on where it did not come in time.
 */
static void select_kernel_clocks(void)
{
    RCC->D2CCIP1R = (RCC->D2CCIP1R & ~RCC_D2CCIP1R_FDCANSEL) | RCC_D2CCIP1R_FDCANSEL_0;
    RCC->D2CCIP2R = (RCC->D2CCIP2R & ~RCC_D2CCIP2R_USART28SEL) |
                    (RCC_D2CCIP2R_USART28SEL_0 | RCC_D2CCIP2R_USART28SEL_1);
}

/* HSE, if it is there and HSI finds nothing wrong with it. */
static enum clock_source choose_source(uint32_t *hse_khz)
{
    if (!hse_start()) {
        return CLOCK_HSI;
    }
    const uint32_t counts = clock_hse_count();
    *hse_khz = counts == 0 ? 0 : clock_hse_khz(counts);
    if (!clock_hse_may_feed(counts)) {
        return CLOCK_HSI_OFF;
    }
    RCC->CR |= RCC_CR_CSSHSEON; /* first: PLL1 shall not lose HSE unseen (9.5.3) */
    return pll_start(&from_hse, HSE_MULTIPLIER) == FAULT_NONE ? CLOCK_HSE : CLOCK_HSI;
}

enum fault clocks_start(enum clock_source *source, uint32_t *hse_khz)
{
    *source = CLOCK_HSI;
    enum fault fault = prepare_pll();
    if (fault != FAULT_NONE) {
        return fault;
    }
    *source = choose_source(hse_khz);
    if (*source != CLOCK_HSE) {
        fault = pll_start(&from_hsi, CLOCKS_HSI_MULTIPLIER);
    }
    select_kernel_clocks(); /* with HSE on, if there is one: see there */
    if (*source == CLOCK_HSI_OFF) {
        RCC->CR &= ~RCC_CR_HSEON;
    }
    return fault;
}

void clocks_acknowledge_hse_loss(void)
{
    RCC->CICR = RCC_CICR_HSECSSC;
    (void)RCC->CIFR;
}

static bool switch_to_hsi(void)
{
    RCC->CFGR = (RCC->CFGR & ~RCC_CFGR_SW) | RCC_CFGR_SW_HSI; /* if the hardware has not (9.7.6) */
    return clocks_wait(&RCC->CFGR, RCC_CFGR_SWS, RCC_CFGR_SWS_HSI, SWITCH_LIMIT_US);
}

enum fault clocks_rebuild(uint32_t multiplier)
{
    return switch_to_hsi() ? pll_start(&from_hsi, multiplier) : FAULT_CLOCK_NOT_READY;
}

/* HSE's frequency by HSI's count, 0 where there is nothing to count. */
static uint32_t compared_khz(void)
{
    const uint32_t counts = clock_hse_count();
    return counts == 0 ? 0 : clock_hse_khz(counts);
}

uint32_t clocks_compare(void)
{
    if (!switch_to_hsi()) {
        return 0;
    }
    RCC->CR &= ~RCC_CR_PLL1ON; /* FDCAN's kernel clock shall not be faster than its bus (59.3) */
    return compared_khz();
}

enum fault clocks_return(void)
{
    return pll_start(&from_hse, HSE_MULTIPLIER);
}

void clocks_leave_hse(void)
{
    RCC->CR &= ~RCC_CR_HSEON;
}

/* FRACEN down, new value, FRACEN up, each three periods of the reference apart: 0.24 us (9.5.5). */
void clocks_trim(uint32_t multiplier)
{
    RCC->PLLCFGR &= ~RCC_PLLCFGR_PLL1FRACEN;
    uint32_t start = time_us();
    while (time_us() - start < 2U) {
    }
    RCC->PLL1FRACR = (multiplier % CLOCK_FRACTIONS) << RCC_PLL1FRACR_FRACN1_Pos;
    RCC->PLLCFGR |= RCC_PLLCFGR_PLL1FRACEN;
    start = time_us();
    while (time_us() - start < 2U) {
    }
}

void clocks_start_timebase(void)
{
    RCC_C1->APB1LENR |= RCC_APB1LENR_TIM5EN;
    (void)RCC_C1->APB1LENR;
    TIM5->PSC = CLOCKS_TIMER_HZ / 1000000UL - 1UL;
    TIM5->ARR = UINT32_MAX;
    TIM5->EGR = TIM_EGR_UG; /* takes PSC over (41.3.1) */
    TIM5->CR1 = TIM_CR1_CEN;
}
