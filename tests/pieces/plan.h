/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
/*
 * An image as a plan: one thing that it does (what), behind a base that is good, at some time, in some way, by
 * some core, on a board wired in some way. The number of a plan makes all of it, the same everywhere.
 */
#ifndef TESTS_PIECES_PLAN_H
#define TESTS_PIECES_PLAN_H

#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>

enum wiring { WIRED_SMPS, WIRED_LDO, WIRED_SMPS_LDO, WIRED_BYPASS, WIRINGS };

/* What a good image does first, each with what stands before it. */
enum base {
    BASE_NOTHING, /* HSI 64 MHz, Run* */
    BASE_SUPPLY,  /* the right selection, and a wait for ACTVOSRDY */
    BASE_VOS1,
    BASE_FAST, /* 400/200/100 MHz from PLL1 and HSI, 4 wait states */
    BASES
};

enum who {
    WHO_CM7,        /* bank 2 is empty */
    WHO_CM4_BESIDE, /* the M7 has the base, the M4 the piece */
    WHO_CM4_ALONE,  /* the M4 has both, the M7 idles */
    WHO_BOTH,       /* each has both */
    WHOS
};

enum when {
    WHEN_AT_ONCE,
    WHEN_US,   /* 500 us */
    WHEN_MS,   /* 5 ms */
    WHEN_LONG, /* 10 s, longer than anybody watches */
    WHEN_SYSTICK,
    WHEN_TIMER,
    WHEN_NO_POWER_ON, /* a start that RCC_RSR says is none from power-on */
    WHEN_MAGIC,       /* a start that finds its mark in backup SRAM */
    WHEN_BUTTON,
    WHEN_NTH, /* when `count` starts are counted in flash */
    WHENS
};

enum what {
    WHAT_NOTHING,
    WHAT_CR3, /* value: the low byte of PWR_CR3 */
    WHAT_ODEN,
    WHAT_ODEN_UNCLOCKED,
    WHAT_VOS, /* value: 1..3 */
    WHAT_LATENCY_0,
    WHAT_CLOCK, /* value: enum clocking */
    WHAT_FAULT, /* value: enum fault */
    WHATS
};

enum clocking {
    CLOCK_400,        /* 400/200/100 */
    CLOCK_200,        /* 200/100/50 */
    CLOCK_480,        /* 480/240/120 */
    CLOCK_AHB_400,    /* HPRE 1 */
    CLOCK_APB_200,    /* PPRE 1 */
    CLOCK_VCO_1200,   /* 300/150/75, but the VCO is beyond its range */
    CLOCK_INPUT_32,   /* 400/200/100, but the PLL's input is */
    CLOCK_HSE,        /* 400/200/100 from HSE, which is awaited for ever */
    CLOCK_HSE_OR_HSI, /* which is awaited for a while */
    CLOCKS
};

enum fault {
    FAULT_UDF,
    FAULT_LDRD,           /* of an odd address */
    FAULT_BAD_ADDRESS,    /* nothing is there */
    FAULT_STACK,          /* a push below RAM */
    FAULT_DIV_0,          /* CCR.DIV_0_TRP is set */
    FAULT_UNALIGN_TRP,    /* CCR.UNALIGN_TRP is set */
    FAULT_DEVICE,         /* LDR of an odd address of a peripheral */
    FAULT_LOCKUP,         /* a fault whose handler faults */
    FAULT_NONE_DIV_0,     /* a division by 0 that gives 0 */
    FAULT_NONE_UNALIGNED, /* LDR of an odd address of RAM */
    FAULTS
};

enum store {
    STORE_LITERAL,
    STORE_MOVW,
    STORE_BYTE,
    STORE_HALF,
    STORE_STRD,
    STORE_STM,
    STORE_BFI,
    STORES
};
enum call { CALL_DIRECT, CALL_POINTER, CALL_ITCM, CALL_AXI, CALLS };

struct plan {
    uint64_t id;
    enum wiring wiring;
    bool hse;
    enum base base;
    enum who who;
    bool after; /* the base */
    enum when when;
    unsigned count;
    enum what what;
    unsigned value;
    enum store store;
    enum call call;
};

void plan_make(struct plan *p, uint64_t id);
/* One line. */
void plan_print(const struct plan *p, FILE *out);

#endif
