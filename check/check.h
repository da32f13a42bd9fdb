/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
/*
 * `candial check`: would this image lock up my board? It boots the image on the virtual board through
 * several histories of power and reset (check_run.h), watches what it does to supply, clocks and flash
 * (check_watch.h), and judges (check_judge.h). What the words mean: docs/check.md.
 */
#ifndef CHECK_CHECK_H
#define CHECK_CHECK_H

#include "host/board_options.h"
#include "formats/image/image.h"
#include "vboard/chip/chip.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define CHECK_FOR_DEFAULT VTIME_S(5)
/* Instructions that a start may cost in which nothing new can happen to the supply. */
#define CHECK_BUDGET 60000000u
#define CHECK_WRITES 8u
#define CHECK_UNMODELLED 64u
#define CHECK_PWMS 16u

struct check_config {
    struct board_options board;
    vtime_ps length;         /* of each start */
    struct image *cm7, *cm4; /* cm4 NULL: none given */
};

/* What had happened to PWR_CR3, which only the loss of VDD unlocks, before the image ran. */
enum check_history {
    CHECK_FRESH,      /* nothing: the board was without power */
    CHECK_AFTER_GOOD, /* an image with the right supply ran: locked at what the wiring needs */
    CHECK_AFTER_ROM,  /* boot ROM 0x90 ran: locked at 0x06 (AN2606) */
    CHECK_CM4_STUB, /* fresh, and bank 2, for which no image was given, holds one (check_cm4_stub.h) */
    CHECK_HISTORIES
};

enum check_start {
    CHECK_FLASHED,     /* the first start in a history that is not fresh */
    CHECK_POWER_ON,    /* VDD comes up */
    CHECK_RESET,       /* NRST */
    CHECK_EARLY_RESET, /* NRST soon after power-on, before the image has selected the supply */
    CHECK_WATCHDOG,    /* IWDG1 */
    CHECK_SOFTWARE,    /* SYSRESETREQ of the M7 */
    CHECK_OTHER_RESET, /* another source, `reset_source` */
    CHECK_POWER_CYCLE, /* VDD goes and comes again */
    CHECK_CM4_FIRST,   /* VDD comes up, and the M7 is a little late */
};

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
};

struct check_core {
    bool empty; /* nothing but erased flash where it boots */
    bool main_known, main_reached;
    vtime_ps main_at; /* since the start */
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
};

/* One start of the image, watched to its end. */
struct check_boot {
    enum check_history history;
    enum check_start start;
    enum reset_source reset_source; /* of CHECK_OTHER_RESET */
    bool cut;                       /* not watched to the end, since nothing new could come of it */
    bool vcore_lost;
    vtime_ps lost_at; /* since the start */
    struct check_core core[CORE_COUNT];
    uint32_t reset_sources; /* resets while it ran: bit mask of enum reset_source */
    uint64_t resets;
    struct finding *findings;
    size_t finding_count;
    struct check_write writes[CHECK_WRITES]; /* the first ones to PWR_CR3 */
    size_t write_count;
    uint64_t trace[CORE_COUNT]; /* sum of all writes to supply, clocks and wait states, in order */
    struct check_unmodelled unmodelled[CHECK_UNMODELLED];
    size_t unmodelled_count;
    struct check_pwm pwms[CHECK_PWMS];
    size_t pwm_count;
    uint16_t shared_pins[11]; /* by port: driven by both cores through ODR or BSRR */
    bool ram_before_supply;   /* RAM was written before PWR_CR3 was */
    bool options_changed;     /* option bytes */
    uint64_t cm7_hz;
    unsigned vos; /* 0..3 */
};

/* What registers that are not modelled read as: the answer must not depend on it. */
enum check_unmodelled_reads {
    CHECK_ZEROS,
    CHECK_ONES,
    CHECK_CHANGING,
    CHECK_MEMORY,
    CHECK_UNMODELLED_READS
};

enum check_level { CHECK_UNSAFE, CHECK_UNKNOWN, CHECK_NOTE };

struct check_item {
    enum check_level level;
    const char *kind; /* "vcore-lost", ... (docs/check.md) */
    enum check_history history;
    enum check_start start;
    bool has_core;
    enum core core;
    uint32_t pc;
    vtime_ps at;            /* since the start */
    char register_name[40]; /* empty: none */
    bool has_value;
    uint32_t value;
    char where[160];  /* "ExitRun0Mode+0xC (system_stm32h7xx.c:337)" */
    char caller[160]; /* empty: not known */
    char text[400];
    char change[320]; /* what to do; empty: nothing to say */
};

struct check_report {
    const struct check_config *config;
    struct check_boot *boots;
    size_t boot_count;
    struct check_item *items;
    size_t item_count;
};

/* 0, 1 or 3, as the exit status (docs/check.md). */
int check_verdict(const struct check_report *report);
void check_report_free(struct check_report *report);

/* "FUNCTION+0xC (FILE:LINE)", or the address where no symbol is known. */
void check_place(const struct check_config *config, enum core core, uint32_t pc, char *text,
                 size_t size);
/* The function's name, or NULL. */
const char *check_function(const struct check_config *config, enum core core, uint32_t pc);

const char *check_history_name(enum check_history history); /* "fresh" ... */
const char *check_start_name(enum check_start start);       /* "power-on" ... */

#endif
