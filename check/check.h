/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
/*
 * `candial check`: would this image lock up my board? It boots the image on the virtual board through
 * several histories of power and reset (run.h), watches what it does to supply, clocks and flash
 * (watch.h), and judges (judge.h). All of that is data; its words are made last (say.h, print.h), and no
 * verdict reads them. What they mean: docs/check.md.
 *
 *     struct check_report report = {.config = &config};
 *     if (check_whole(&report, error, sizeof error)) {
 *         check_print_text(&report, stdout, false);
 *     }
 *     check_report_free(&report);
 */
#ifndef CHECK_CHECK_H
#define CHECK_CHECK_H

#include "check/flow_file.h"
#include "check/kind.h"
#include "check/seen.h"
#include "check/stimulus.h"
#include "host/board_options.h"
#include "formats/image/image.h"
#include "vboard/chip/chip.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define CHECK_FOR_DEFAULT VTIME_S(5)
/* Instructions that a start may cost in which nothing new can happen to the supply. */
#define CHECK_BUDGET 60000000u
/* The same since anything ran that had not run in it, where nothing did that had not run in starts before. */
#define CHECK_BUDGET_KNOWN 15000000u
#define CHECK_EFFORT_NORMAL 1u
#define CHECK_EFFORT_DEEP 30u
#define CHECK_EFFORT_MAX 1000u

struct check_coverage;

struct check_config {
    struct board_options board;
    vtime_ps length; /* of each start */
    unsigned effort; /* how much further it looks: 0 only power and resets, 1 normal (explore.h) */
    struct image *cm7, *cm4;             /* cm4 NULL: none given */
    const struct check_project *project; /* of CubeMX, instead of images (project.h); NULL: none */
};

/* What had happened to PWR_CR3, which only the loss of VDD unlocks, before the image ran. */
enum check_history {
    CHECK_FRESH,      /* nothing: the board was without power */
    CHECK_AFTER_GOOD, /* an image with the right supply ran: locked at what the wiring needs */
    CHECK_AFTER_ROM,  /* boot ROM 0x90 ran: locked at 0x06 (AN2606) */
    CHECK_CM4_STUB,   /* fresh, and bank 2, for which no image was given, holds one (cm4_stub.h) */
    CHECK_STIMULATED, /* fresh, and something else happens: the start's stimulus (explore.h) */
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
    CHECK_CM7_FIRST,   /* and the M4 is */
};

/* One start of the image, watched to its end. */
struct check_boot {
    enum check_history history;
    enum check_start start;
    enum reset_source reset_source; /* of CHECK_OTHER_RESET */
    struct check_stimulus stimulus; /* of CHECK_STIMULATED */
    struct check_nudge *nudges;     /* what was done, in order */
    size_t nudge_count;
    struct check_senses senses; /* what it listens to */
    vtime_ps settled_at; /* when code ran last that had not run in this start; with coverage */
    size_t new_code;     /* instructions that had not run in any start before */
    /* Instructions executed, with eight more an access to a register and ten an event; skipped
     * turns of loops cost nothing. */
    uint64_t cost;
    bool cut; /* not watched to the end, since nothing new could come of it */
    bool vcore_lost;
    vtime_ps lost_at; /* since the start */
    struct check_core core[CORE_COUNT];
    uint32_t reset_sources; /* resets while it ran: bit mask of enum reset_source */
    uint64_t resets;
    struct finding *findings;
    size_t finding_count;
    struct check_write writes[CHECK_WRITES]; /* the first ones to PWR_CR3 */
    size_t write_count;
    struct check_store stores[CHECK_STORES]; /* different ones */
    size_t store_count;
    uint64_t trace[CORE_COUNT]; /* sum of all writes to supply, clocks and wait states, in order */
    struct check_unmodelled unmodelled[CHECK_UNMODELLED];
    size_t unmodelled_count;
    struct check_pwm pwms[CHECK_PWMS];
    size_t pwm_count;
    uint16_t shared_pins[11]; /* by port: driven by both cores through ODR or BSRR */
    bool ram_before_supply;   /* RAM was written before PWR_CR3 was */
    bool options_changed;     /* option bytes */
    uint32_t options_decide;  /* those of FLASH_OPTSR that changed and decide who starts, where */
    bool boot_moved;          /* FLASH_BOOT7 or BOOT4 changed */
    bool start_gone; /* the CM7 had vectors in flash, and they are no longer what was loaded */
    uint64_t cm7_hz;
    unsigned vos;                       /* 0..3 */
    uint32_t registers[FLOW_FILE_REGS]; /* of clocks, scale and wait states, at its end */
    uint32_t last_pc[CORE_COUNT];       /* of the last store to one of them; 0: none */
    bool
        overdrive_decides; /* too fast, but for a write that may have had an effect (overdrive.h) */
    bool on_hse;           /* SYSCLK comes from HSE at its end */
    struct check_odds *odds;   /* what it ended with (odd.h) */
    struct check_pages *pages; /* of RAM, in which code ran */
};

/* What registers that are not modelled read as: the answer must not depend on it. */
enum check_unmodelled_reads {
    CHECK_ZEROS,
    CHECK_ONES,
    CHECK_CHANGING,
    CHECK_MEMORY,
    CHECK_UNMODELLED_READS
};

/* What a core waits for. */
enum check_wait {
    CHECK_NO_WAIT,
    CHECK_WAIT_PARTNER, /* the other core: a semaphore, or the clock of its domain */
    CHECK_WAIT_CLOCK,   /* a flag in RCC_CR: an oscillator or PLL */
    CHECK_WAIT_BIT      /* another bit */
};

/* One of several that an item is about. */
struct check_member {
    uint32_t what;          /* a clock's id, a peripheral's base, a register, 16 * port + pin */
    uint32_t mask;          /* of a register: fields, those of twins are joined */
    uint32_t khz, high_mhz; /* of a clock: as it is, as it may be */
    unsigned vos;           /* in this scale */
};
#define CHECK_MEMBERS 24u

/* One thing to say, as data; say.h makes words of it. */
struct check_item {
    enum check_kind kind;
    enum check_history history;
    enum check_start start;
    bool has_core; /* it is about a place in a core's code */
    enum core core;
    uint32_t pc;
    uint32_t caller;   /* where that function was called from; 0: not known */
    uint32_t handler;  /* of the exception that alone leads there; 0: not only one */
    const char *place; /* the function it stays in, where no pc is known; may be NULL */
    vtime_ps at;       /* since the start */
    uint32_t address;  /* of the register it is about; 0: none */
    bool has_value;
    uint32_t value;         /* written there, or read for ever */
    struct finding finding; /* what it comes from; its count is 0: from none */
    struct check_stimulus stimulus;
    struct check_nudge nudge; /* the last one before; of its history */
    enum check_wait wait;
    enum check_stands stands;
    struct check_poll poll; /* with `wait` */
    bool main_known;
    bool remedy;    /* what its kind has to say about a remedy applies */
    bool confirmed; /* what a register that is not modelled holds made no difference */
    enum reset_source reset_source;
    uint64_t resets;
    uint32_t options; /* bits of FLASH_OPTSR */
    bool boot_moved;
    struct check_pwm pwm;
    const struct check_odd *odd; /* of the start, which it does not outlive */
    struct check_member members[CHECK_MEMBERS];
    size_t member_count;
    /* Of a project's file. */
    unsigned line;                 /* 0: none */
    const struct project_can *can; /* the project's */
    const char *pin_of, *of;       /* whose a pin is, whose its peripheral is */
    char pin[8], peripheral[16];
};

struct check_report {
    const struct check_config *config;
    struct check_boot *boots;
    size_t boot_count;
    struct check_item *items;
    size_t item_count;
    struct check_coverage *coverage; /* code that has run; NULL: of a project */
    uint64_t executed;               /* instructions, in all starts */
};

/* 0, 1 or 3, as the exit status (docs/check.md). */
int check_verdict(const struct check_report *report);
void check_report_free(struct check_report *report);

/* The function's name, or NULL. */
const char *check_function(const struct check_config *config, enum core core, uint32_t pc);

#endif
