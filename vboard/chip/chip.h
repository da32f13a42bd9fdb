/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
#ifndef VBOARD_CHIP_CHIP_H
#define VBOARD_CHIP_CHIP_H

/*
 * What every model may know of the chip it sits in: time, findings, and the states that models share
 * instead of calling each other: clocks, power, option bytes, debugger, pins, cores, resets, the bus. No
 * globals: many chips live in one process.
 */
#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "vboard/chip/access.h"
#include "vboard/chip/analog.h"
#include "vboard/chip/bus.h"
#include "vboard/chip/clock_ids.h"
#include "vboard/chip/cores.h"
#include "vboard/chip/debug.h"
#include "vboard/chip/domains.h"
#include "vboard/chip/dma.h"
#include "vboard/chip/mii.h"
#include "vboard/chip/external.h"
#include "vboard/chip/option_bytes.h"
#include "vboard/chip/pins.h"
#include "vboard/chip/resets.h"
#include "vboard/chip/screen.h"
#include "vboard/chip/sd_slot.h"
#include "vboard/chip/table.h"
#include "vboard/chip/wires.h"
#include "vboard/kernel/clock.h"
#include "vboard/kernel/findings.h"
#include "vboard/kernel/power.h"
#include "vboard/kernel/sched.h"

struct supply; /* kernel/supply.h */

/* Things outside the chip that its models ask for. */
struct chip_params {
    uint32_t optsr, boot7, boot4; /* option bytes (RM0399 4.9): 0 = factory values */
    uint32_t idcode;              /* DBGMCU_IDC: 0 = 0x20036450 */
    enum chip_part part;          /* 0: the STM32H755 */
    uint64_t seed;
};

/* What one model adds to the frequency of another's oscillator: who owns that hears of changes. */
struct chip_trim {
    int32_t ppm;
    void (*changed)(void *ctx, vtime_ps now); /* NULL: nobody minds */
    void *ctx;
};

struct chip {
    struct sched sched;
    struct findings findings;
    struct access access;
    struct chip_params params;
    struct clock clocks[CLK_COUNT];
    struct power power;
    struct supply *supply; /* the board's; NULL: PWR makes do with its own */
    struct option_bytes options;
    struct chip_debug debug;
    struct chip_bus bus;
    struct chip_external external;
    struct chip_pins pins;
    struct chip_wires wires;
    struct chip_dma dma;
    struct chip_analog analog;
    struct chip_trim hsi48_trim;
    struct chip_cores cores;
    struct chip_resets resets;
    /* RAM of a domain has lost its supply; NULL: nobody minds. */
    void (*ram_lost)(void *ctx, enum power_domain domain);
    void (*ram_reset)(void *ctx); /* a system reset; NULL likewise */
    void *ram_ctx;
    /* JEDEC id of the serial NOR flash on QUADSPI, the maker's byte highest (0xC22018); 0: none. */
    uint32_t nor_id;
    bool ulpi_phy;       /* a USB PHY at USB1's ULPI pins gives ULPI_CK */
    struct chip_mii mii; /* Ethernet's other side */
    /* What the display on the DSI link answers to the DCS commands read_DAh to read_DCh, the first in the lowest byte;
     * 0: none hangs there. */
    uint32_t dsi_id;
    /* Pixels of a frame while LTDC runs, for DSIHOST, which sends one; else 0. */
    uint32_t ltdc_frame_pixels;
    struct chip_screen screen;
    struct sd_slot sd[SD_SLOTS]; /* what hangs on SDMMC1 and SDMMC2 */
    struct irq_sink exti; /* EXTI's event inputs, by number; .set NULL without an EXTI model */
};

/* Everything but the peripherals; returns 0 or -1. The chip's table (chips/stm32h755.h) does the rest. */
int chip_setup(struct chip *c, const struct chip_params *params);
void chip_teardown(struct chip *c);
/* Makes all modelled peripherals of a table, connects and resets them. */
int chip_populate(struct chip *c, const struct chip_entry *table);

/* Records a finding for the access under way (core, pc and time filled in). `data` may be NULL: nothing
 * beyond code and address. Models say periph_report. */
void chip_report(struct chip *c, enum finding_code code, uint32_t address,
                 const struct finding_data *data);

#endif
