/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
/* What is seen of a core and its peripherals while an image runs. */
#ifndef CHECK_SEEN_H
#define CHECK_SEEN_H

#include "vboard/chip/chip.h"

#include <stdbool.h>
#include <stdint.h>

/* How many of each are kept. */
#define CHECK_WRITES 8u
#define CHECK_STORES 64u
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

struct check_core {
    bool empty; /* nothing but erased flash where it boots */
    bool main_known, main_reached;
    bool faults_handled; /* the handlers of all its faults have returned, and there were few */
    vtime_ps main_at;    /* since the start */
    enum check_state state;
    struct check_poll poll; /* of CHECK_WAITS */
    const char *place;      /* the function it stays in; NULL: several, or no name */
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
