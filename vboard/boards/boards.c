/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
/*
 * The boards there are. Another one is a struct here and its line in boards[].
 *
 * Trust: [M] the board's user manual; [F] the maker's own firmware, which runs on it; [Z] Zephyr's board files, which
 * their authors ran on it. A board's LEDs, button and pins from [Z] unless said otherwise. Where nothing is said about
 * VDD it is 3.3 V.
 *
 * Memories: [B] ST's BSP for the board and its examples; [U] the user manual; [A] Arduino's core (libraries/Portenta_SDRAM,
 * variants, patches) and the board's data sheet.
 */
#include "vboard/boards/board_data.h"

#include <stddef.h>
#include <string.h>

#include "vboard/kernel/clock.h"

/* clang-format off */
/* What all of them have in common: RMII with the clock from the PHY. */
#define RMII_PINS(txd0, txd1) \
    { \
        [MII_RX_CLK] = {'A', 1}, [MII_MDIO] = {'A', 2}, [MII_RX_DV] = {'A', 7}, [MII_MDC] = {'C', 1}, \
        [MII_RXD0] = {'C', 4}, [MII_RXD1] = {'C', 5}, [MII_TX_EN] = {'G', 11}, [MII_TXD0] = txd0, \
        [MII_TXD1] = txd1 \
    }
#define PIN(port, number) {port, number}

/* MB1363 (UM2408 Rev 6), with what docs/wiring.md hangs on it: transceiver, servo, divider. */
#define MB1363 \
    .wiring = SUPPLY_SMPS, \
    .wiring_source = "UM2408 Table 10", \
    .boot0 = "connect BOOT0 (CN11-7) to 3V3 (CN11-5)", \
    .vdd_mv = 3300, /* JP5 1-2 (7.4) */ \
    /* The MCO of the ST-LINK (7.9.1). */ \
    .hse = BOARD_CLOCK_EXTERNAL, \
    .hse_uhz = CLOCK_UHZ(8000000), \
    .hse_from = "the ST-LINK", \
    .leds = \
        { \
            [BOARD_LED_GREEN] = {.pin = {'B', 0}},  /* LD1, SB54 (7.6) */ \
            [BOARD_LED_YELLOW] = {.pin = {'E', 1}}, /* LD2 */ \
            [BOARD_LED_RED] = {.pin = {'B', 14}},   /* LD3 */ \
        }, \
    .button = {.pin = {'C', 13}},                /* B1 (7.7) */ \
    .console = {.tx = {'D', 8}, .rx = {'D', 9}}, /* USART3, the ST-LINK's virtual COM port (7.10) */ \
    .can = {.tx = {'D', 1}, .rx = {'D', 0}},     /* FDCAN1, CN9-27 and CN9-25 */ \
    .boot_uart = {.tx = {'B', 10}, .rx = {'B', 11}}, /* USART3 again, CN10-32 and CN10-34 */ \
    .eth = {.phy = ETH_PHY_LAN8742A, .pins = RMII_PINS(PIN('G', 13), PIN('B', 13))}, /* JP6 and JP7 on [Z] */ \
    .servo = {'A', 0},                               /* TIM2_CH1, CN10-29 */ \
    .feed = {.upper_ohm = 47000, .lower_ohm = 10000, .max_mv = 3300}
/* clang-format on */

#define MIB(n) ((n) << 20)

/* clang-format off */
/* A pair of MT25QL512 in one package, in dual-flash mode [B]. */
#define MT25TL01G \
    {.kind = EXTERNAL_QUADSPI_NOR, .place = EXTERNAL_BANK_QUADSPI, .name = "MT25TL01G", \
     .size = MIB(128), .chips = 2, .id = 0x20BA20}
/* On bank 1, which Arduino's core moves to 0x60000000 by BMAP [A]. */
#define ARDUINO_SDRAM \
    {.kind = EXTERNAL_SDRAM, .place = EXTERNAL_SDRAM_BANK_1, .name = "SDRAM", \
     .size = MIB(8), .width = 16, .columns = 8, .rows = 12, .banks = 4}
/* 16 MB [A]. */
#define ARDUINO_QSPI(part, jedec) \
    {.kind = EXTERNAL_QUADSPI_NOR, .place = EXTERNAL_BANK_QUADSPI, .name = part, \
     .size = MIB(16), .id = jedec}
/* clang-format on */

const struct board_data board_nucleo_h755zi_q = {
    .name = "nucleo-h755zi-q",
    .title = "NUCLEO-H755ZI-Q",
    .chip = CHIP_STM32H755,
    MB1363,
};

static const struct board_data nucleo_h745zi_q = {
    .name = "nucleo-h745zi-q",
    .title = "NUCLEO-H745ZI-Q",
    .chip = CHIP_STM32H745,
    MB1363,
};

/* MB1381. ST's own examples for it select PWR_DIRECT_SMPS_SUPPLY [F]; UM2488 was not to be had. */
static const struct board_data stm32h745i_disco = {
    .name = "stm32h745i-disco",
    .title = "STM32H745I-DISCO",
    .chip = CHIP_STM32H745,
    .wiring = SUPPLY_SMPS,
    .wiring_source = "ST's examples for it",
    .boot0 = "connect BOOT0 to 3V3",
    .vdd_mv = 3300,
    .hse = BOARD_CLOCK_CRYSTAL,
    .hse_uhz = CLOCK_UHZ(25000000),
    .hse_from = "the crystal X1",
    .leds =
        {
            /* LD7, LD6; LD8 on PD3 is green, too. Lit while low: ST's BSP_LED_On for this board. */
            [BOARD_LED_GREEN] = {.pin = {'J', 2}, .lit_low = true},
            [BOARD_LED_RED] = {.pin = {'I', 13}, .lit_low = true},
        },
    .button = {.pin = {'C', 13}},
    .console = {.tx = {'B', 10}, .rx = {'B', 11}}, /* USART3 */
    .can = {.tx = {'H', 13}, .rx = {'H', 14}},     /* FDCAN1, CN18 */
    /* On MII. Its pins and address as NuttX has them, which ran there; neither could be looked up in UM2488. */
    .eth = {.phy = ETH_PHY_LAN8740A,
            .address = 1,
            .pins = {[MII_RX_CLK] = {'A', 1},
                     [MII_MDIO] = {'A', 2},
                     [MII_RX_DV] = {'A', 7},
                     [MII_RXD2] = {'B', 0},
                     [MII_RXD3] = {'B', 1},
                     [MII_MDC] = {'C', 1},
                     [MII_TXD2] = {'C', 2},
                     [MII_TX_CLK] = {'C', 3},
                     [MII_RXD0] = {'C', 4},
                     [MII_RXD1] = {'C', 5},
                     [MII_TXD3] = {'E', 2},
                     [MII_TX_EN] = {'G', 11},
                     [MII_TXD1] = {'G', 12},
                     [MII_TXD0] = {'G', 13}}},
    .memories =
        {
            /* 32 lines wide, of which 16 are wired: half of its 16 MB [B]. */
            {.kind = EXTERNAL_SDRAM,
             .place = EXTERNAL_SDRAM_BANK_2,
             .name = "MT48LC4M32B2",
             .size = MIB(8),
             .width = 16,
             .columns = 8,
             .rows = 12,
             .banks = 4},
            MT25TL01G,
        },
};

/* MB1248, UM2411 Rev 7 [M]. */
static const struct board_data stm32h747i_disco = {
    .name = "stm32h747i-disco",
    .title = "STM32H747I-DISCO",
    .chip = CHIP_STM32H747,
    .wiring = SUPPLY_SMPS,
    .wiring_source = "UM2411 6.2.3",
    .boot0 = "connect BOOT0 to VDD or short R192",
    .vdd_mv = 3300, /* JP3 (Table 3) */
    .hse = BOARD_CLOCK_EXTERNAL,
    .hse_uhz = CLOCK_UHZ(25000000),
    .hse_from = "the oscillator X2", /* 6.3 */
    .ulpi_phy = true,                /* USB3320C-EZK */
    .leds =
        {
            [BOARD_LED_GREEN] = {.pin = {'I', 12}, .lit_low = true},  /* LD1 (6.11) */
            [BOARD_LED_YELLOW] = {.pin = {'I', 13}, .lit_low = true}, /* LD2, orange */
            [BOARD_LED_RED] = {.pin = {'I', 14}, .lit_low = true},
            [BOARD_LED_BLUE] = {.pin = {'I', 15}, .lit_low = true},
        },
    .button = {.pin = {'C', 13}},                 /* B2 (6.12) */
    .console = {.tx = {'A', 9}, .rx = {'A', 10}}, /* USART1 (6.10) */
    /* As an image with Ethernet needs it: SB8 closed, SB21 open. As sold, MDC is not connected (6.7, Table 5). */
    .eth = {.phy = ETH_PHY_LAN8742A, .pins = RMII_PINS(PIN('G', 13), PIN('G', 12))},
    .memories =
        {
            {.kind = EXTERNAL_SDRAM, /* [U], [B] */
             .place = EXTERNAL_SDRAM_BANK_2,
             .name = "IS42S32800",
             .size = MIB(32),
             .width = 32,
             .columns = 9,
             .rows = 12,
             .banks = 4},
            MT25TL01G,
        },
    .dsi_id = 0x008000, /* MB1166 with an NT35510, whose RDID2 is 0x80: ST's driver for it [F] */
    .sd = {.controller = 1, .detect = {'I', 8}}, /* CN12 (7.9, Table 13) */
};

/*
 * Its LAN8742A is left out, as the Opta's is: who resets it, and when, is not known here.
 * Its own bootloader and core (Arduino's mbed-os, TARGET_PORTENTA_H7) select PWR_SMPS_1V8_SUPPLIES_LDO, and drive PH1
 * high for the oscillator [F]. Early boards with 27 MHz select PWR_SMPS_1V8_SUPPLIES_EXT: --wiring does not have that.
 */
static const struct board_data portenta_h7 = {
    .name = "portenta-h7",
    .title = "Arduino Portenta H7",
    .chip = CHIP_STM32H747,
    .wiring = SUPPLY_SMPS_LDO,
    .wiring_source = "its bootloader's SystemClock_Config",
    .boot0 = "connect BOOT0 to 3V3",
    .vdd_mv = 3300,
    .hse = BOARD_CLOCK_EXTERNAL,
    .hse_uhz = CLOCK_UHZ(25000000),
    .hse_from = "its oscillator",
    .hse_enable = {'H', 1},
    .ulpi_phy = true, /* USB3320C */
    .leds =
        {
            [BOARD_LED_RED] = {.pin = {'K', 5}, .lit_low = true},
            [BOARD_LED_GREEN] = {.pin = {'K', 6}, .lit_low = true},
            [BOARD_LED_BLUE] = {.pin = {'K', 7}, .lit_low = true},
        },
    .console = {.tx = {'A', 9}, .rx = {'A', 10}}, /* USART1, "UART1" */
    .can = {.tx = {'H', 13}, .rx = {'B', 8}},     /* FDCAN1 */
    .memories = {ARDUINO_SDRAM, ARDUINO_QSPI("MX25L12833F", 0xC22018)},
};

/* Zephyr's power-supply is "ldo"; at 480 MHz, which direct SMPS does not allow (RM0399 7.6.2), it can be no other. */
static const struct board_data giga_r1 = {
    .name = "giga-r1",
    .title = "Arduino GIGA R1 WiFi",
    .chip = CHIP_STM32H747,
    .wiring = SUPPLY_LDO,
    .wiring_source = "Zephyr's board file",
    .boot0 = "hold the BOOT0 button",
    .vdd_mv = 3300,
    .hse = BOARD_CLOCK_CRYSTAL,
    .hse_uhz = CLOCK_UHZ(16000000),
    .hse_from = "its crystal",
    .leds =
        {
            [BOARD_LED_RED] = {.pin = {'I', 12}, .lit_low = true},
            [BOARD_LED_GREEN] = {.pin = {'J', 13}, .lit_low = true},
            [BOARD_LED_BLUE] = {.pin = {'E', 3}, .lit_low = true},
        },
    .button = {.pin = {'C', 13}},
    .console = {.tx = {'A', 9}, .rx = {'B', 7}}, /* USART1 */
    .can = {.tx = {'B', 13}, .rx = {'B', 5}},    /* FDCAN2 */
    .memories = {ARDUINO_SDRAM, ARDUINO_QSPI("AT25SF128A", 0x1F8901)},
};

/* As the Portenta (Arduino's mbed-os, TARGET_OPTA) [F]. */
static const struct board_data opta = {
    .name = "opta",
    .title = "Arduino Opta",
    .chip = CHIP_STM32H747,
    .wiring = SUPPLY_SMPS_LDO,
    .wiring_source = "its bootloader's SystemClock_Config",
    .boot0 = "connect BOOT0 to 3V3",
    .vdd_mv = 3300,
    .hse = BOARD_CLOCK_EXTERNAL,
    .hse_uhz = CLOCK_UHZ(25000000),
    .hse_from = "its oscillator",
    .hse_enable = {'H', 1},
    .leds =
        {
            [BOARD_LED_GREEN] = {.pin = {'I', 0}}, /* status 1 of 4 */
            [BOARD_LED_RED] = {.pin = {'H', 11}},  /* at the reset button */
            [BOARD_LED_BLUE] = {.pin = {'E', 5}},  /* at the user button */
        },
    .button = {.pin = {'E', 4}},
    .console = {.tx = {'B', 10}, .rx = {'B', 11}}, /* USART3, behind the RS-485 driver */
    .memories = {ARDUINO_QSPI("AT25SF128A",
                              0x1F8901)}, /* its variant.cpp; earlier ones MX25L12833F */
};

const struct board_data *const boards[] = {
    &board_nucleo_h755zi_q,
    &nucleo_h745zi_q,
    &stm32h745i_disco,
    &stm32h747i_disco,
    &portenta_h7,
    &giga_r1,
    &opta,
    NULL,
};

const struct board_data *board_named(const char *name)
{
    const struct board_data *const *b = boards;
    while (*b != NULL && strcmp((*b)->name, name) != 0) {
        b++;
    }
    return *b;
}
