/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
/*
 * What hands do to the board while it runs, and when (docs/scenario.md): a YAML list of
 *
 *     - {at: 2s, do: power off}
 *     - {at: 3s, do: boot0 high}
 *
 * The steps stand in the order of their times; steps of one time happen in the order of the file.
 */
#ifndef FORMATS_SCENARIO_SCENARIO_H
#define FORMATS_SCENARIO_SCENARIO_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum scenario_action {
    SCENARIO_POWER,  /* on: VDD and the ST-LINK come or go */
    SCENARIO_NRST,   /* high: let go */
    SCENARIO_BOOT0,  /* high */
    SCENARIO_BUTTON, /* on: pressed */
    SCENARIO_HSE,    /* hse_uhz: the ST-LINK's clock, 0 = absent, SCENARIO_HSE_SOLD = as sold */
    SCENARIO_VDD,    /* vdd_mv */
    SCENARIO_FEED,   /* feed_mv: the 12 V side, SCENARIO_FEED_OPEN = no divider on PVD_IN */
    SCENARIO_SERVO,  /* on: plugged in */
    SCENARIO_WIRE,   /* pins: from one to the other */
    SCENARIO_PULSES, /* pins[0], count, uhz */
    SCENARIO_VOLTS,  /* at pins[0], pin_mv: what converters and comparators see there */
    SCENARIO_SEND,   /* into pins[0], baud, the rest of `text` from `start` on */
    SCENARIO_TYPE,   /* the rest of `text`: into the console, as the board's last frame was */
    SCENARIO_PROBE,  /* the ST-LINK tries to connect and says what it finds */
};

#define SCENARIO_HSE_SOLD UINT64_MAX
#define SCENARIO_FEED_OPEN UINT32_MAX

struct scenario_pin {
    char port; /* 'A' to 'K' */
    unsigned char number;
};

struct scenario_step {
    uint64_t at_ps; /* since the start */
    enum scenario_action action;
    bool on; /* on, high, press */
    uint64_t hse_uhz;
    uint32_t vdd_mv;
    uint32_t feed_mv;
    uint32_t pin_mv;
    struct scenario_pin pins[2];
    uint64_t count, uhz;
    uint32_t baud;
    unsigned start;
    unsigned line; /* in the file */
    char text[48]; /* `do:` as written */
};

struct scenario {
    struct scenario_step *steps;
    size_t count;
};

/* False with one line "FILE:LINE: KEY: what: remedy" in `error`. Free it even then. */
bool scenario_load(const char *path, struct scenario *scenario, char *error, size_t error_size)
    __attribute__((warn_unused_result));
void scenario_free(struct scenario *scenario);

/* The words of one `do:`; false if there is no such action. `step` keeps its time. */
bool scenario_parse_action(const char *text, struct scenario_step *step)
    __attribute__((warn_unused_result));

#endif
