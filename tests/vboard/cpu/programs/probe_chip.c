/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
/* What registers with locks, shadows and conditions read (RM0399). The answers lie at the end of SRAM4. */
#include "prog.h"

#define TIM3(offset) REG(0x40000400 + (offset))
#define GPIOB(offset) REG(0x58020400 + (offset))
#define RCC(offset) REG(0x58024400 + (offset))
#define PWR(offset) REG(0x58024800 + (offset))
#define HSEM_R5 REG(0x58026414)
#define HSEM_RLR6 REG(0x58026498)
#define IWDG(offset) REG(0x58004800 + (offset))
#define EXTI(offset) REG(0x58000000 + (offset))
#define FDCAN1(offset) REG(0x4000A000 + (offset))
#define FLASH(offset) REG(0x52002000 + (offset))
#define USART3(offset) REG(0x40004800 + (offset))

static volatile uint32_t *answer = (volatile uint32_t *)0x3800F000;
#define ANSWER(value) (*answer++ = (value))

static void spin(uint32_t count)
{
    for (volatile uint32_t i = 0; i < count; i++) {
    }
}

static void clocks_on(void)
{
    RCC(0xE0) |= 1u << 25 | 2; /* HSEM, GPIOB */
    RCC(0xE8) |= 1u << 18 | 2; /* USART3, TIM3 */
    RCC(0xEC) |= 1u << 8;      /* FDCAN */
    RCC(0xF4) |= 2;            /* SYSCFG */
    (void)RCC(0xF4);
}

static void timer(void)
{
    TIM3(0x18) = 0x60;
    TIM3(0x20) = 1;
    TIM3(0x18) = 0x01; /* CC1S while the channel is on */
    ANSWER(TIM3(0x18));
    TIM3(0x20) = 0;
    TIM3(0x00) = 2; /* UDIS */
    TIM3(0x24) = 77;
    TIM3(0x10) = 0;
    TIM3(0x14) = 1;
    ANSWER(TIM3(0x24) << 8 | TIM3(0x10));
    TIM3(0x00) = 4; /* URS */
    TIM3(0x14) = 1;
    ANSWER(TIM3(0x10));
    TIM3(0x00) = 0;
    TIM3(0x2C) = 0; /* ARR = 0 */
    TIM3(0x14) = 1;
    TIM3(0x10) = 0;
    TIM3(0x00) = 1;
    spin(100);
    ANSWER(TIM3(0x24) << 8 | TIM3(0x10));
    TIM3(0x00) = 0;
    TIM3(0x2C) = 0xFFFF;
    TIM3(0x14) = 1;
    TIM3(0x28) = 9999; /* PSC: from the next update on */
    TIM3(0x24) = 0;
    TIM3(0x00) = 1;
    spin(100);
    TIM3(0x00) = 0;
    ANSWER(TIM3(0x24) > 100);
    TIM3(0x28) = 0;
    TIM3(0x2C) = 50;
    TIM3(0x14) = 1;
    TIM3(0x00) = 1 | 8; /* OPM */
    spin(100);
    ANSWER(TIM3(0x00));
}

static void pin_lock(void)
{
    GPIOB(0x00) = (GPIOB(0x00) & ~(3u << 10)) | 1u << 10; /* PB5 is an output */
    GPIOB(0x1C) = 1u << 16 | 1u << 5;
    GPIOB(0x1C) = 1u << 5;
    GPIOB(0x1C) = 1u << 16 | 1u << 5;
    (void)GPIOB(0x1C);
    ANSWER(GPIOB(0x1C));
    GPIOB(0x00) |= 3u << 10;
    ANSWER(GPIOB(0x00) >> 10 & 3);
    GPIOB(0x18) = 1u << 5;
    ANSWER(GPIOB(0x14) >> 5 & 1);
}

static void semaphores(void)
{
    uint32_t me = (REG(0xE000ED00) & 0xF0) == 0x70 ? 0x300 : 0x100;
    HSEM_R5 = 0x80000000 | me | 1;
    ANSWER(HSEM_R5 == (0x80000000 | me | 1));
    HSEM_R5 = 0x400 - me; /* as the other core */
    HSEM_R5 = me | 2;     /* as another process */
    ANSWER(HSEM_R5 == (0x80000000 | me | 1));
    HSEM_R5 = me | 1;
    ANSWER(HSEM_R5);
    ANSWER(HSEM_RLR6 == (0x80000000 | me));
}

static void clock_control(void)
{
    RCC(0x00) &= ~1u; /* HSI is the system clock */
    ANSWER(RCC(0x00) & 5);
    RCC(0x10) = 2; /* HSE, which is off */
    ANSWER(RCC(0x10) >> 3 & 7);
    RCC(0x10) = 0;
    RCC(0xD0) = 1u << 16; /* RMVF: 0xD0 is RSR */
    ANSWER(RCC(0xD0) & 0x00FE0000);
    PWR(0x08) = 1; /* CR2 wants DBP */
    ANSWER(PWR(0x08));
    PWR(0x00) |= 1u << 8;
    RCC(0x70) = 2u << 8;
    RCC(0x70) = 1u << 8; /* RTCSEL has been chosen */
    ANSWER(RCC(0x70) >> 8 & 3);
    RCC(0x70) = 1u << 16;
    RCC(0x70) = 0;
    RCC(0x70) = 1u << 8;
    ANSWER(RCC(0x70) >> 8 & 3);
    RCC(0x28) = 8u << 4;
    RCC(0x30) = 0x01010200 | 99;
    RCC(0x00) |= 1u << 24;
    spin(3000);
    RCC(0x00) |= 3u << 3; /* HSIDIV while the PLL uses HSI */
    ANSWER(RCC(0x00) >> 3 & 3);
    RCC(0x30) = 0;
    ANSWER(RCC(0x30));
}

static void watchdog(void)
{
    IWDG(0x04) = 3; /* no key */
    ANSWER(IWDG(0x04));
    IWDG(0x00) = 0x5555;
    IWDG(0x04) = 3;
    ANSWER(IWDG(0x0C));
}

static void external_interrupts(void)
{
    EXTI(0x08) |= 1u << 2; /* SWIER1 while masked */
    ANSWER(EXTI(0x88) & 4);
    EXTI(0x80) |= 1u << 2; /* C1IMR1 */
    EXTI(0x08) |= 1u << 2;
    ANSWER(EXTI(0x88) & 4);
    EXTI(0x88) = 4;
    ANSWER(EXTI(0x88) << 8 | EXTI(0x08));
}

static void can(void)
{
    RCC(0x00) |= 5u << 16;
    spin(3000);
    FDCAN1(0x18) = 1;
    spin(100);
    FDCAN1(0x18) = 3;
    FDCAN1(0xC0) = 4u << 24;
    FDCAN1(0xD0) = 1; /* TXBAR while CCE is set */
    ANSWER(FDCAN1(0xCC));
    FDCAN1(0x18) = 0;
    spin(1000);
    ANSWER(FDCAN1(0x18)); /* CCE went with INIT */
    FDCAN1(0x1C) = 1;
    ANSWER(FDCAN1(0x1C));
}

static void flash(void)
{
    REG(0x080C0000) = 1; /* PG is 0 */
    BARRIER();
    ANSWER(FLASH(0x10));
    FLASH(0x14) = 0x007E0000;
    ANSWER(FLASH(0x10));
    FLASH(0x04) = 0x45670123;
    FLASH(0x04) = 0xCDEF89AB;
    FLASH(0x0C) = 0x32;
    REG(0x080C0000) = 1;
    BARRIER();
    ANSWER(FLASH(0x10));
    REG(0x080C0040) = 1; /* another flash word */
    BARRIER();
    ANSWER(FLASH(0x10) & 1u << 21);
    FLASH(0x14) = 0x007E0000;
}

static void uart(void)
{
    USART3(0x0C) = 555;
    USART3(0x00) = 1 | 8;
    ANSWER(USART3(0x1C) & 0xC0);
    USART3(0x0C) = 100; /* UE is set */
    ANSWER(USART3(0x0C));
}

void program(void)
{
    clocks_on();
    timer();
    pin_lock();
    semaphores();
    clock_control();
    watchdog();
    external_interrupts();
    can();
    flash();
    uart();
    REG(0x3800FFFC) = 0x600D;
}
