/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
/* Starts, faults nowhere, and yet gets nowhere, as SIN says; with GOOD its twin that does. Both cores' code. */
#include "image.h"

#define DELAY 1     /* HAL_Delay() without a tick */
#define BACKUP 2    /* RCC_BDCR without PWR_CR1.DBP */
#define RELEASE 3   /* RCC_GCR.BOOT_C2 for a CM4 that its option byte holds */
#define STOP 4      /* the CM4 waits in Stop for HSEM, and EXTI does not let it through */
#define SEMAPHORE 5 /* the CM4 takes the semaphore that it only wants to look at */
#define BORROW 6    /* the CM4 uses HSEM, which only the CM7 has enabled */

#define HSEM(offset) REG(0x58026400u + (offset))
#define HSEMEN (1u << 25)
#define TAKEN_BY_CM7 0x80000300u
#define SYST_CSR REG(0xE000E010u)
#define COUNTFLAG (1u << 16)

volatile uint32_t uwTick;
uint32_t HAL_GetTick(void);
void HAL_Delay(uint32_t ms);
void Error_Handler(void);

__attribute__((noinline)) uint32_t HAL_GetTick(void)
{
#ifdef GOOD
    uwTick += (SYST_CSR & COUNTFLAG) != 0 ? 1u : 0u;
#endif
    return uwTick;
}

__attribute__((noinline)) void HAL_Delay(uint32_t ms)
{
    uint32_t begin = HAL_GetTick();
    while (HAL_GetTick() - begin < ms) {
    }
}

__attribute__((noinline, noreturn, used)) void Error_Handler(void)
{
    for (;;) {
    }
}

static inline void use_hsem(void)
{
    RCC_AHB4ENR |= HSEMEN;
    (void)RCC_AHB4ENR;
}

#ifdef CM7
int main(void)
{
    start_well();
#if SIN == DELAY
    REG(0xE000E014u) = 399999u;
    SYST_CSR = 5u;
    for (;;) {
        HAL_Delay(10);
    }
#elif SIN == BACKUP
#ifdef GOOD
    PWR_CR1 |= 1u << 8;
#endif
    REG(0x58024470u) |= 1u;
#elif SIN == RELEASE
#ifdef GOOD
    REG(0x580244A0u) |= 8u;
#endif
#elif SIN == STOP
#ifdef GOOD
    REG(0x580000E4u) |= 1u << 14; /* EXTI_C2EMR3 */
#endif
    use_hsem();
    spend(100000);
    (void)HSEM(0x80);
    HSEM(0) = 0x300u;
#elif SIN == SEMAPHORE
    use_hsem();
    spend(100000);
    if (HSEM(0x80) != TAKEN_BY_CM7) {
        Error_Handler();
    }
#elif SIN == BORROW
    use_hsem();
    for (;;) { /* asleep, it would take the clock along */
        spend(1000);
    }
#endif
    stay();
}
#else
int main(void)
{
#if SIN == STOP
    use_hsem();
    HSEM(0x110) |= 1u;
    __asm__ volatile("sev\n wfe");
    PWR_CR1 &= ~1u;
    REG(0x58024814u) &= ~2u;
    REG(0xE000ED10u) |= 4u;
    __asm__ volatile("dsb\n isb\n wfe");
    REG(0xE000ED10u) &= ~4u;
#elif SIN == SEMAPHORE
    use_hsem();
#ifdef GOOD
    while ((HSEM(0) & 1u << 31) == 0) {
    }
#else
    while ((HSEM(0x80) & 1u << 31) == 0) {
    }
#endif
#elif SIN == BORROW
#ifdef GOOD
    use_hsem();
#endif
    spend(500000);
    (void)HSEM(4);
#endif
    stay();
}
#endif
