/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
/*
 * A USB device on USB2 OTG_FS that waits for its host: the accesses of HAL_PCD_Init, HAL_PCD_Start and, from its
 * interrupt, of the suspend that comes when nobody is there. Any wait that does not end, and any register that is not
 * as it must be, ends in Error_Handler. SIN: 1 without 48 MHz, 2 with the ULPI gate open, 3 without the detector. ULPI:
 * the same on USB1 OTG_HS with an external PHY.
 */
#include "image.h"

#ifndef SIN
#define SIN 0
#endif

#ifdef ULPI
#define BASE 0x40040000u
#define GATES (3u << 25) /* USB1OTGHSEN, USB1OTGHSULPIEN */
#define LINE 77u
#else
#define BASE 0x40080000u
#define GATES (1u << 27 | (SIN == 2 ? 1u << 28 : 0)) /* USB2OTGHSEN, USB2OTGHSULPIEN */
#define LINE 101u
#endif

#define USB(offset) REG(BASE + (offset))
#define GOTGCTL USB(0x000)
#define GAHBCFG USB(0x008)
#define GUSBCFG USB(0x00C)
#define GRSTCTL USB(0x010)
#define GINTSTS USB(0x014)
#define GINTMSK USB(0x018)
#define GRXFSIZ USB(0x024)
#define DIEPTXF0 USB(0x028)
#define GCCFG USB(0x038)
#define DIEPTXF(n) USB(0x100 + 4 * (n))
#define DCFG USB(0x800)
#define DCTL USB(0x804)
#define DSTS USB(0x808)
#define DIEPMSK USB(0x810)
#define DOEPMSK USB(0x814)
#define DAINTMSK USB(0x81C)
#define DIEP(n, offset) USB(0x900 + 0x20 * (n) + (offset))
#define DOEP(n, offset) USB(0xB00 + 0x20 * (n) + (offset))
#define PCGCCTL USB(0xE00)

#define CSRST 1u
#define RXFFLSH (1u << 4)
#define TXFFLSH (1u << 5)
#define ALL_FIFOS (16u << 6)
#define AHBIDL (1u << 31)
#define PHYSEL (1u << 6)
#define PWRDWN (1u << 16)
#define FHMOD (1u << 29)
#define FDMOD (1u << 30)
#define SDIS (1u << 1)
#define USBSUSP (1u << 11)
#define USBRST (1u << 12)
#define ENUMDNE (1u << 13)
#define ENDPOINTS 9u
#define WAIT_TURNS 200000u /* as ST's HAL waited up to 1.11 */

#define RCC_AHB1ENR REG(0x580244D8u)
#define RCC_D2CCIP2R REG(0x58024454u)
#define HSI48ON (1u << 12)
#define HSI48RDY (1u << 13)
#define USB_FROM_HSI48 (3u << 20)
#define USB33DEN (1u << 24)
#define USB33RDY (1u << 26)
#define NVIC_ISER(line) REG(0xE000E100u + 4 * ((line) / 32))
#define SCB_VTOR REG(0xE000ED08u)
#define VECTORS 128u

void Error_Handler(void);

static volatile unsigned suspends;
static const void *table[VECTORS] __attribute__((aligned(512)));

__attribute__((noinline, noreturn)) void Error_Handler(void)
{
    for (;;) {
    }
}

static void expect(int is_so)
{
    if (!is_so) {
        Error_Handler();
    }
}

static void wait_until(volatile uint32_t *reg, uint32_t mask, uint32_t value)
{
    for (uint32_t turns = 0; (*reg & mask) != value; turns++) {
        expect(turns < WAIT_TURNS);
    }
}

static void clocks_and_supply(void)
{
    RCC_CR |= HSI48ON;
    while ((RCC_CR & HSI48RDY) == 0) {
    }
    if (SIN != 1) {
        RCC_D2CCIP2R |= USB_FROM_HSI48;
    }
    if (SIN != 3) {
        PWR_CR3 |= USB33DEN;
        while ((PWR_CR3 & USB33RDY) == 0) {
        }
    }
    RCC_AHB1ENR |= GATES;
    (void)RCC_AHB1ENR;
}

static void reset_core(void)
{
    GAHBCFG &= ~1u;
#ifdef ULPI
    GCCFG &= ~PWRDWN;
    GUSBCFG &= ~(1u << 22 | 1u << 17 | PHYSEL);
#else
    GUSBCFG |= PHYSEL;
#endif
    wait_until(&GRSTCTL, AHBIDL, AHBIDL);
    GRSTCTL |= CSRST;
    wait_until(&GRSTCTL, CSRST, 0);
#ifndef ULPI
    GCCFG |= PWRDWN; /* the transceiver is on */
#endif
}

static void become_device(void)
{
    unsigned tens = 0;
    GUSBCFG &= ~(FHMOD | FDMOD);
    GUSBCFG |= FDMOD;
    do {
        spend(800000); /* 10 ms */
        expect(++tens < 20);
    } while ((GINTSTS & 1u) != 0);
}

static void flush(uint32_t which)
{
    wait_until(&GRSTCTL, AHBIDL, AHBIDL);
    GRSTCTL = which;
    wait_until(&GRSTCTL, which & (TXFFLSH | RXFFLSH), 0);
}

static void clear_endpoints(void)
{
    for (unsigned i = 0; i < ENDPOINTS; i++) {
        expect((DIEP(i, 0) & 1u << 31) == 0 && (DOEP(i, 0) & 1u << 31) == 0);
        DIEP(i, 0) = 0;
        DIEP(i, 0x10) = 0;
        DIEP(i, 8) = 0xFB7F;
        DOEP(i, 0) = 0;
        DOEP(i, 0x10) = 0;
        DOEP(i, 8) = 0xFB7F;
    }
}

static void init_device(void)
{
    for (unsigned i = 1; i <= 15; i++) {
        DIEPTXF(i) = 0;
    }
    DCTL |= SDIS;
    GCCFG &= ~(1u << 21);
    GOTGCTL |= 1u << 6; /* BVALOEN */
    GOTGCTL |= 1u << 7;
    PCGCCTL = 0;
#ifndef ULPI
    DCFG |= 3; /* full speed, the embedded PHY */
#endif
    flush(TXFFLSH | ALL_FIFOS);
    flush(RXFFLSH);
    DIEPMSK = 0;
    DOEPMSK = 0;
    DAINTMSK = 0;
    clear_endpoints();
    DIEPMSK &= ~(1u << 8);
    GINTMSK = 0;
    GINTSTS = 0xBFFFFFFF;
    GINTMSK |= 1u << 4; /* RXFLVL */
    GINTMSK |= USBSUSP | USBRST | ENUMDNE | 3u << 18 | 3u << 20 | 1u << 31;
}

/* HAL_PCDEx_SetRxFiFo, SetTxFiFo; HAL_PCD_Start. */
static void start(void)
{
    GRXFSIZ = 0x80;
    DIEPTXF0 = 0x40u << 16 | 0x80;
    DIEPTXF(1) = 0x80u << 16 | 0xC0;
    expect(DIEP(1, 0x18) == 0x80 && GRXFSIZ == 0x80);
    GAHBCFG |= 1u;
    PCGCCTL &= ~3u;
    DCTL &= ~SDIS;
}

/* As HAL_PCD_IRQHandler: suspend is all that comes; its callback stops the PHY's clock. */
static void usb_interrupt(void)
{
    expect((GINTSTS & 1u) == 0);
    uint32_t flags = GINTSTS & GINTMSK;
    expect(flags == USBSUSP);
    if ((DSTS & 1u) != 0) {
        PCGCCTL |= 1u;
        suspends++;
    }
    GINTSTS = USBSUSP;
}

int main(void)
{
    start_well();
    for (unsigned i = 0; i < VECTORS; i++) {
        table[i] = i == 16 + LINE ? (const void *)usb_interrupt : (const void *)hard_fault;
    }
    table[0] = ((const void *const *)SCB_VTOR)[0];
    table[1] = ((const void *const *)SCB_VTOR)[1];
    SCB_VTOR = (uint32_t)table;
    NVIC_ISER(LINE) = 1u << LINE % 32;
    clocks_and_supply();
    reset_core();
    become_device();
    init_device();
    start();
    spend(1600000); /* 20 ms */
    expect(suspends == 1 && (PCGCCTL & 0x11u) == 0x11u);
    expect(USB(0x040) > 0x4F54300Au); /* GSNPSID, as USB_EP0_OutStart asks */
    stay();
}
