/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
/* What is seen of a core and its peripherals while an image runs. */
#ifndef CHECK_SEEN_H
#define CHECK_SEEN_H

#include "vboard/chip/chip.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* How many of each are kept. */
#define CHECK_WRITES 8u
#define CHECK_STORES 256u
/* Bytes of code that are kept with a store of a copy. */
#define CHECK_CODE 96u
#define CHECK_UNMODELLED 64u
#define CHECK_PWMS 16u

enum check_state {
    CHECK_HELD,      /* not released: option bytes, RCC_GCR */
    CHECK_DEAD,      /* no VCORE */
    CHECK_LOCKED_UP, /* lockup: no way out but a reset */
    CHECK_WAITS,     /* asks one register for ever */
    CHECK_SLEEPS,
    CHECK_STOPS, /* deep sleep */
    CHECK_RUNS
};

/* A register that a core asks again and again, and always gets the same answer. */
struct check_poll {
    uint32_t pc, address, value;
    uint32_t bits; /* of it that the code tests; 0: not known */
};

/* Why a counter of the core's own does not count (counter.h). */
enum check_stands {
    CHECK_COUNTS,
    CHECK_DWT_LOCKED,
    CHECK_DWT_UNTRACED, /* DEMCR.TRCENA is 0 */
    CHECK_DWT_OFF,      /* DWT_CTRL.CYCCNTENA is 0 */
    CHECK_SYSTICK_OFF
};

/* A loop that asks one word of RAM for ever (ram_wait.h). */
struct check_ram_wait {
    uint32_t pc, address, value; /* address 0: none */
    bool looked;
    bool nobody; /* stores to it */
};

struct check_core {
    bool empty; /* nothing but erased flash where it boots */
    bool main_known, main_reached;
    bool faults_handled; /* the handlers of all its faults have returned, and there were few */
    vtime_ps main_at;    /* since the start */
    enum check_state state;
    struct check_poll poll;    /* of CHECK_WAITS */
    enum check_stands stands;  /* of CHECK_WAITS for a counter */
    struct check_ram_wait ram; /* of CHECK_RUNS */
    const char *place;         /* the function it stays in; NULL: several, or no name */
};

/* A write to the low byte of PWR_CR3. */
struct check_write {
    enum core core;
    uint32_t pc, lr, value;
    vtime_ps at; /* since the start */
};

/* A write to a register that scan.c asks about. */
struct check_store {
    enum core core;
    uint32_t pc, address, value; /* value as stored: its bit 0 is that of the byte at `address` */
    uint8_t code_length; /* of code that is not in flash (copies.h): 0 or what ends 4 behind `pc` */
    uint8_t code[CHECK_CODE];
};

/* A page of RAM in which code ran (ram_code.h). */
#define CHECK_PAGE 1024u
#define CHECK_PAGES 64u
struct check_page {
    enum core core;
    uint32_t address;
    uint8_t bytes[CHECK_PAGE];
};
struct check_pages {
    struct check_page list[CHECK_PAGES];
    size_t count;
};

/* A register that is not modelled and was read. */
struct check_unmodelled {
    enum core core;
    uint32_t pc, address;
    uint64_t count;
};

/* A timer that gives PWM at the end. */
struct check_pwm {
    const char *timer;
    uint32_t psc, arr;
    uint64_t clock_hz;
    unsigned channels; /* those in PWM mode that are on: bits 1 to 4 */
};

#endif
