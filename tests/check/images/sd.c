/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
/*
 * An SD card on SDMMC1 (RM0399 58): identified, its SCR read, four lines and 25 MHz, block 0 read by the FIFO and written,
 * each byte inverted, to block 1 by the IDMA. The green LED tells of it; the red one says that there is no card, and both
 * that something else went wrong. With FAR the IDMA is given DTCM, which it does not reach (2.1, Table 1).
 */
#include "image.h"

#define RCC_D1CCIPR REG(0x5802444Cu)
#define RCC_PLL2DIVR REG(0x58024438u)
#define RCC_AHB3ENR REG(0x580244D4u)
#define GPIO(port, offset) REG(0x58020000u + 0x400u * ((port) - 'A') + (offset))
#define SDMMC(offset) REG(0x52007000u + (offset))
#define POWER SDMMC(0x00u)
#define CLKCR SDMMC(0x04u)
#define ARGR SDMMC(0x08u)
#define CMDR SDMMC(0x0Cu)
#define RESP1R SDMMC(0x14u)
#define DTIMER SDMMC(0x24u)
#define DLENR SDMMC(0x28u)
#define DCTRL SDMMC(0x2Cu)
#define STAR SDMMC(0x34u)
#define ICR SDMMC(0x38u)
#define IDMACTRLR SDMMC(0x50u)
#define IDMABASE0R SDMMC(0x58u)
#define FIFOR SDMMC(0x80u)

#define CTIMEOUT (1u << 2)
#define DATA_ERRORS 0x3Au /* DCRCFAIL, DTIMEOUT, TXUNDERR, RXOVERR */
#define DATAEND (1u << 8)
#define CPSMACT (1u << 13)
#define RXFIFOHF (1u << 15)
#define RXFIFOE (1u << 19)
#define COMMAND_OVER 0xC5u /* CMDSENT, CMDREND, CTIMEOUT, CCRCFAIL */
#define FLAGS 0x1FE00FFFu
#define SHORT (1u << 8)
#define LONG (3u << 8)
#define CMDTRANS (1u << 6)
#define CPSMEN (1u << 12)
#define RECEIVE (1u << 1)
#define DTEN 1u

static uint32_t block[128];
static uint32_t rca;

static void set_function(unsigned port, unsigned pin)
{
    const uint32_t offset = pin < 8 ? 0x20u : 0x24u;
    GPIO(port, offset) |= 12u << 4 * (pin & 7u);
    GPIO(port, 0) = (GPIO(port, 0) & ~(3u << 2 * pin)) | 2u << 2 * pin;
}

static void set_up_pins(void)
{
    RCC_AHB4ENR |= 0xEu; /* GPIOB to GPIOD */
    (void)RCC_AHB4ENR;
    GPIO('B', 0) = (GPIO('B', 0) & ~(3u | 3u << 28)) | 1u | 1u << 28; /* PB0, PB14 */
    for (unsigned pin = 8; pin <= 12; pin++) {
        set_function('C', pin);
    }
    set_function('D', 2);
}

/* PLL2 from HSI 64 MHz: / 16 * 50 / 4 = 50 MHz at R. */
static void set_up_clock(void)
{
    RCC_PLLCKSELR |= 16u << 12;
    RCC_PLL2DIVR = 3u << 24 | 1u << 9 | 49u;
    RCC_PLLCFGR |= 1u << 21 | 2u << 6;
    RCC_CR |= 1u << 26;
    while ((RCC_CR & 1u << 27) == 0) {
    }
    RCC_D1CCIPR |= 1u << 16;
    RCC_AHB3ENR |= 1u << 16;
    (void)RCC_AHB3ENR;
}

/* The flags that ended it. */
static uint32_t command(uint32_t index, uint32_t argument, uint32_t how)
{
    ICR = FLAGS & ~DATAEND;
    ARGR = argument;
    CMDR = index | how | CPSMEN;
    while ((STAR & COMMAND_OVER) == 0 || (STAR & CPSMACT) != 0) {
    }
    return STAR & COMMAND_OVER;
}

static uint32_t app_command(uint32_t index, uint32_t argument, uint32_t how)
{
    command(55, rca << 16, SHORT);
    return command(index, argument, how);
}

static int identify(void)
{
    command(0, 0, 0);
    if ((command(8, 0x1AAu, SHORT) & CTIMEOUT) != 0) {
        return 0;
    }
    do {
        app_command(41, 0x40100000u, SHORT); /* R3: its "CRC" fails, as ST's HAL has it */
    } while (RESP1R >> 31 == 0);
    command(2, 0, LONG);
    command(3, 0, SHORT);
    rca = RESP1R >> 16;
    command(9, rca << 16, LONG);
    command(7, rca << 16, SHORT);
    return 1;
}

/* SCR's first word, by DTEN. */
static uint32_t read_scr(void)
{
    command(16, 8, SHORT);
    command(55, rca << 16, SHORT);
    DTIMER = 0xFFFFFFFFu;
    DLENR = 8;
    DCTRL = 3u << 4 | RECEIVE | DTEN;
    command(51, 0, SHORT);
    while ((STAR & RXFIFOE) != 0) {
    }
    uint32_t first = FIFOR;
    (void)FIFOR;
    while ((STAR & DATAEND) == 0) {
    }
    ICR = FLAGS;
    return first;
}

static int read_block(uint32_t number)
{
    unsigned words = 0;
    DLENR = 512;
    DCTRL = 9u << 4 | RECEIVE;
    command(17, number, SHORT | CMDTRANS);
    while ((STAR & (DATAEND | DATA_ERRORS)) == 0) {
        if ((STAR & RXFIFOHF) != 0 && words < 128) {
            for (unsigned i = 0; i < 8; i++) {
                block[words++] = FIFOR;
            }
        }
    }
    uint32_t end = STAR;
    ICR = FLAGS;
    return words == 128 && (end & DATA_ERRORS) == 0;
}

static int write_block(uint32_t number)
{
    DLENR = 512;
    DCTRL = 9u << 4;
#ifdef FAR
    IDMABASE0R = 0x20000000u;
#else
    IDMABASE0R = (uint32_t)block;
#endif
    IDMACTRLR = 1;
    command(24, number, SHORT | CMDTRANS);
    while ((STAR & (DATAEND | DATA_ERRORS)) == 0) {
    }
    uint32_t end = STAR;
    IDMACTRLR = 0;
    ICR = FLAGS;
    do {
        command(13, rca << 16, SHORT);
    } while ((RESP1R >> 9 & 15u) != 4u); /* transfer state */
    return (end & DATA_ERRORS) == 0;
}

static int use_card(void)
{
    if ((read_scr() & 0x0400u) == 0) { /* four lines */
        return 0;
    }
    app_command(6, 2, SHORT);
    CLKCR = 1u << 14 | 1u;
    if (!read_block(0)) {
        return 0;
    }
    for (unsigned i = 0; i < 128; i++) {
        block[i] = ~block[i];
    }
    return write_block(1);
}

int main(void)
{
    start_well();
    set_up_pins();
    set_up_clock();
    CLKCR = 63; /* 400 kHz */
    POWER = 3;
    if (!identify()) {
        GPIOB_BSRR = 1u << 14;
    } else if (use_card()) {
        GPIOB_BSRR = 1u;
    } else {
        GPIOB_BSRR = 1u | 1u << 14;
    }
    stay();
}
