/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
/*
 * Cortex-M7: from reset to cm7_main(). Runs from flash bank 1 on HSI, 64 MHz (RM0399 9.5.2).
 *
 * In this order (RM0399 7.4.1, 7.8.4):
 *   1. Rescue window: user button held at power-on -> no supply register is touched, yellow blinks.
 *   2. PWR_CR3 = direct SMPS, once per power-on; after a warm reset it is so already.
 *   3. ACTVOSRDY, bounded. Up to here no RAM is written: registers only.
 *   4. The image is copied to ITCM and DTCM and runs there.
 * A step that fails signals its named error from registers and flash alone, for ever: the chip has no
 * supply for more. Nothing has started a watchdog yet, so nothing ends that.
 */
#include "stm32h755xx.h"

#include "firmware/cm7/startup.h"
#include "firmware/cm7/supply.h"
#include "firmware/common/boot_asm.h"
#include "firmware/common/fault.h"

#define NAKED __attribute__((naked, used, section(".boot")))

extern uint32_t stack_top[];

/* What the boot console says; the numbers are enum fault's. */
static const char text_locked[] __attribute__((used, section(".boot.text"))) =
    "error 1 remove power: the supply is locked (PWR_CR3), only power-off clears that\r\n";
static const char text_invalid[] __attribute__((used, section(".boot.text"))) =
    "error 2 supply invalid: PWR_CSR1.ACTVOSRDY stays 0 with direct SMPS\r\n";
static const char text_rescue[] __attribute__((used, section(".boot.text"))) =
    "rescue: button held at power-on, the supply is untouched\r\n";
static const char text_crash[] __attribute__((used, section(".boot.text"))) =
    "error 10 cm7 crashed: during start-up\r\n";

_Static_assert(FAULT_REMOVE_POWER == 1 && FAULT_SUPPLY_INVALID == 2 && FAULT_CM7_CRASHED == 10,
               "the texts above name these numbers");

NAKED void Reset_Handler(void)
{
    __asm volatile(
        "cpsid i\n"
        /* Power-on? Any later reset has had its flags cleared by cm7_main (RM0399 9.4.4). */
        "ldr r0, =%c[rsr]\n"
        "ldr r1, [r0]\n"
        "tst r1, #%c[por]\n"
        "beq 3f\n"
        /* PC13 as input with pull-down: pressed = high (UM2408 7.7). Analog pins read 0. */
        "ldr r0, =%c[ahb4enr]\n"
        "ldr r1, [r0]\n"
        "orr r1, r1, #%c[gpiocen]\n"
        "str r1, [r0]\n"
        "ldr r1, [r0]\n"
        "ldr r0, =%c[pupdr]\n"
        "ldr r1, [r0]\n"
        "bic r1, r1, #%c[pin13_mask]\n"
        "orr r1, r1, #%c[pin13_down]\n"
        "str r1, [r0]\n"
        "ldr r0, =%c[moder]\n"
        "ldr r1, [r0]\n"
        "bic r1, r1, #%c[pin13_mask]\n"
        "str r1, [r0]\n"
        "mov r2, #1024\n" /* some 30 us for the pin to follow */
        "1: subs r2, r2, #1\n"
        "bne 1b\n"
        "ldr r0, =%c[idr]\n"
        "ldr r1, [r0]\n"
        "tst r1, #%c[pin13]\n"
        "bne boot_rescue\n"
        /* The supply: one write per power-on, before anything else (RM0399 7.8.4). */
        "3: ldr r0, =%c[cr3]\n"
        "ldr r1, [r0]\n"
        "and r1, r1, #%c[mask]\n"
        "cmp r1, #%c[wanted]\n"
        "beq 4f\n"
        "cmp r1, #%c[por_value]\n"
        "bne " SUPPLY_IS_OTHER "\n"
        "mov r1, #%c[wanted]\n"
        "str r1, [r0]\n"
        "ldr r1, [r0]\n"
        "and r1, r1, #%c[mask]\n"
        "cmp r1, #%c[wanted]\n"
        "bne boot_locked\n"
        "4:\n" BOOT_WAIT_SUPPLY("400000", "boot_invalid") "b boot_run\n"
                                                          ".ltorg\n"
        :
        : BOOT_ADDRESS(rsr, RCC_C1->RSR), BOOT_NUMBER(por, RCC_RSR_PORRSTF),
          BOOT_ADDRESS(ahb4enr, RCC_C1->AHB4ENR), BOOT_NUMBER(gpiocen, RCC_AHB4ENR_GPIOCEN),
          BOOT_ADDRESS(pupdr, GPIOC->PUPDR), BOOT_ADDRESS(moder, GPIOC->MODER),
          BOOT_ADDRESS(idr, GPIOC->IDR), BOOT_NUMBER(pin13_mask, 3UL << 26),
          BOOT_NUMBER(pin13_down, 2UL << 26), BOOT_NUMBER(pin13, 1UL << 13),
          BOOT_ADDRESS(cr3, PWR->CR3), BOOT_NUMBER(mask, SUPPLY_MASK),
          BOOT_NUMBER(wanted, SUPPLY_WANTED), BOOT_NUMBER(por_value, SUPPLY_AFTER_POR),
          BOOT_WAIT_SUPPLY_OPERANDS);
}

/* RAM may be written from here on. */
NAKED void boot_run(void)
{
    __asm volatile(BOOT_COPY("itcm_start", "itcm_end", "itcm_load")
                       BOOT_COPY("data_start", "data_end", "data_load")
                           BOOT_ZERO("bss_start", "bss_end")
                   /* FPU: full access to CP10 and CP11 (PM0253 4.7.1). */
                   "ldr r0, =%c[cpacr]\n"
                   "ldr r1, [r0]\n"
                   "orr r1, r1, #0xF00000\n"
                   "str r1, [r0]\n"
                   "ldr r0, =%c[vtor]\n"
                   "ldr r1, =vectors\n"
                   "str r1, [r0]\n"
                   "dsb\n"
                   "isb\n"
                   "cpsie i\n"
                   "ldr r0, =cm7_main\n"
                   "bx r0\n"
                   ".ltorg\n"
                   :
                   : BOOT_ADDRESS(cpacr, SCB->CPACR), BOOT_ADDRESS(vtor, SCB->VTOR));
}

/*
 * The signals. boot_signal takes r4 = address of the LED port's BSRR, r5 = its pin as a BSRR bit,
 * r6 = flashes in a row, r7 = text.
 */
NAKED void boot_rescue(void)
{
    __asm volatile("ldr r4, =%c[bsrr]\n"
                   "mov r5, #%c[pin]\n"
                   "mov r6, #1\n"
                   "ldr r7, =text_rescue\n"
                   "b boot_signal\n"
                   ".ltorg\n"
                   :
                   : BOOT_ADDRESS(bsrr, GPIOE->BSRR), BOOT_NUMBER(pin, 1UL << 1));
}

NAKED void boot_locked(void)
{
    __asm volatile("mov r6, #1\n"
                   "ldr r7, =text_locked\n"
                   "b boot_red\n"
                   ".ltorg\n");
}

NAKED void boot_invalid(void)
{
    __asm volatile("mov r6, #2\n"
                   "ldr r7, =text_invalid\n"
                   "b boot_red\n"
                   ".ltorg\n");
}

NAKED void boot_crash(void)
{
    __asm volatile("cpsid i\n"
                   "mov r6, #10\n"
                   "ldr r7, =text_crash\n"
                   "b boot_red\n"
                   ".ltorg\n");
}

NAKED void boot_red(void)
{
    __asm volatile("ldr r4, =%c[bsrr]\n"
                   "mov r5, #%c[pin]\n"
                   "b boot_signal\n"
                   ".ltorg\n"
                   :
                   : BOOT_ADDRESS(bsrr, GPIOB->BSRR), BOOT_NUMBER(pin, 1UL << 14));
}

/* 64 MHz: USART3's kernel clock is rcc_pclk1 = HSI after reset (RM0399 9.7.20); 51.5.7: BRR. */
#define BOOT_BRR ((64000000UL + 57600UL) / 115200UL)

NAKED void boot_signal(void)
{
    __asm volatile(
        "ldr r0, =%c[ahb4enr]\n"
        "ldr r1, [r0]\n"
        "ldr r2, =%c[ports]\n"
        "orr r1, r1, r2\n"
        "str r1, [r0]\n"
        "ldr r1, [r0]\n"
        "ldr r0, =%c[apb1lenr]\n"
        "ldr r1, [r0]\n"
        "orr r1, r1, #%c[usart3en]\n"
        "str r1, [r0]\n"
        "ldr r1, [r0]\n"
        /* PB14, PE1: outputs. PD8: USART3_TX, AF7. */
        "ldr r0, =%c[moderb]\n"
        "ldr r1, [r0]\n"
        "bic r1, r1, #0x30000000\n"
        "orr r1, r1, #0x10000000\n"
        "str r1, [r0]\n"
        "ldr r0, =%c[modere]\n"
        "ldr r1, [r0]\n"
        "bic r1, r1, #0xC\n"
        "orr r1, r1, #0x4\n"
        "str r1, [r0]\n"
        "ldr r0, =%c[afrhd]\n"
        "ldr r1, [r0]\n"
        "bic r1, r1, #0xF\n"
        "orr r1, r1, #0x7\n"
        "str r1, [r0]\n"
        "ldr r0, =%c[moderd]\n"
        "ldr r1, [r0]\n"
        "bic r1, r1, #0x30000\n"
        "orr r1, r1, #0x20000\n"
        "str r1, [r0]\n"
        "ldr r0, =%c[brr]\n"
        "ldr r1, =%c[brr_value]\n"
        "str r1, [r0]\n"
        "ldr r0, =%c[cr1]\n"
        "mov r1, #%c[enable]\n"
        "str r1, [r0]\n"
        "ldr r8, =%c[isr]\n"
        "ldr r10, =%c[tdr]\n"
        /* The text; a transmitter that is never ready (1 ms) costs a character. */
        "10: mov r0, r7\n"
        "11: ldrb r1, [r0], #1\n"
        "cbz r1, 14f\n"
        "ldr r2, =20000\n"
        "12: ldr r3, [r8]\n"
        "tst r3, #%c[txe]\n"
        "bne 13f\n"
        "subs r2, r2, #1\n"
        "bne 12b\n"
        "13: str r1, [r10]\n"
        "b 11b\n"
        /* The flashes, and a pause of four. */
        "14: mov r9, r6\n"
        "15: str r5, [r4]\n"
        "bl boot_delay\n"
        "lsl r1, r5, #16\n"
        "str r1, [r4]\n"
        "bl boot_delay\n"
        "subs r9, r9, #1\n"
        "bne 15b\n"
        "mov r9, #4\n"
        "16: bl boot_delay\n"
        "subs r9, r9, #1\n"
        "bne 16b\n"
        "b 10b\n"
        ".ltorg\n"
        :
        : BOOT_ADDRESS(ahb4enr, RCC_C1->AHB4ENR),
          BOOT_NUMBER(ports, RCC_AHB4ENR_GPIOBEN | RCC_AHB4ENR_GPIODEN | RCC_AHB4ENR_GPIOEEN),
          BOOT_ADDRESS(apb1lenr, RCC_C1->APB1LENR), BOOT_NUMBER(usart3en, RCC_APB1LENR_USART3EN),
          BOOT_ADDRESS(moderb, GPIOB->MODER), BOOT_ADDRESS(modere, GPIOE->MODER),
          BOOT_ADDRESS(afrhd, GPIOD->AFR[1]), BOOT_ADDRESS(moderd, GPIOD->MODER),
          BOOT_ADDRESS(brr, USART3->BRR), BOOT_NUMBER(brr_value, BOOT_BRR),
          BOOT_ADDRESS(cr1, USART3->CR1), BOOT_NUMBER(enable, USART_CR1_TE | USART_CR1_UE),
          BOOT_ADDRESS(isr, USART3->ISR), BOOT_ADDRESS(tdr, USART3->TDR),
          BOOT_NUMBER(txe, USART_ISR_TXE_TXFNF));
}

/* About 0.25 s at 64 MHz: two instructions a turn. */
NAKED void boot_delay(void)
{
    __asm volatile("ldr r2, =8000000\n"
                   "1: subs r2, r2, #1\n"
                   "bne 1b\n"
                   "bx lr\n"
                   ".ltorg\n");
}

/* In flash, until the vectors in ITCM are there. An exception can only be a fault: all are masked. */
const uintptr_t boot_vectors[16] __attribute__((used, section(".boot_vectors"))) = {
    (uintptr_t)stack_top,  (uintptr_t)Reset_Handler, (uintptr_t)boot_crash, (uintptr_t)boot_crash,
    (uintptr_t)boot_crash, (uintptr_t)boot_crash,    (uintptr_t)boot_crash,
};
