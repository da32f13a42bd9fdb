/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
#ifndef FIRMWARE_FAULT_H
#define FIRMWARE_FAULT_H

/*
 * Named errors: how each bounded wait of the firmware ends when it does not end well. The red LED
 * blinks the number, the console says `error NUMBER NAME`. The numbers are part of the console's
 * language: never reuse one.
 */
enum fault {
    FAULT_NONE = 0,
    FAULT_REMOVE_POWER = 1,     /* PWR_CR3 is locked at another supply: only power-off helps */
    FAULT_SUPPLY_INVALID = 2,   /* PWR_CSR1.ACTVOSRDY did not come */
    FAULT_VOS_NOT_READY = 3,    /* PWR_D3CR.VOSRDY did not come */
    FAULT_CLOCK_NOT_READY = 4,  /* PLL1 or the switch to it, from HSI as well */
    FAULT_CM4_ABSENT = 5,       /* the M4 did not answer; the M7 runs on */
    FAULT_CM4_SILENT = 6,       /* the M4 answered once, then no period for 100 ms */
    FAULT_CM7_SILENT = 7,       /* seen by the M4: no mailbox for 60 ms, it parked the needle */
    FAULT_SETTINGS_INVALID = 8, /* a record is there but not valid: the compiled-in one runs */
    FAULT_CAN_NOT_READY = 9,    /* FDCAN did not follow CCCR.INIT */
    FAULT_CM7_CRASHED = 10,     /* fault handler; the chip was reset */
    FAULT_CM4_CRASHED = 11,
    FAULT_CM7_STARVED = 12, /* IWDG1 reset the chip */
    FAULT_CM4_STARVED = 13, /* IWDG2 did */
    FAULT_HSE_LOST = 14,    /* clock security: the needle was held low, PLL1 runs from HSI */
    FAULT_BUS_OFF = 15,     /* three times: nothing is sent any more, only listened */
    FAULT_HSE_OFF = 16,     /* HSE is not 8 MHz within 0.2 %: PLL1 runs from HSI */
    FAULT_LSE_ABSENT = 17,  /* no LSE: no clock can be trusted, the bus is only listened to */
    FAULT_SUPPLY_LOW = 18,  /* the 12 V side, or VDD: the pulse is held, nothing is saved */
    FAULT_LSE_OFF =
        19, /* LSE runs, but HSI, or HSI and HSE, say that it is wrong: as without LSE */
    FAULT_COUNT
};

/* The name the console prints; "?" for a number that is none. */
const char *fault_name(enum fault fault);

#endif
