/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
/*
 * Each kind of stimulus: to whom it applies, how it is done. A new one is a row in stimuli.c, an act or two in
 * stimulus.h, and their words in say_stimulus.c.
 */
#ifndef CHECK_STIMULI_H
#define CHECK_STIMULI_H

#include "check/play.h"

struct check_stimulus_type {
    const char *name; /* for JSON: "button" */
    /* Those of this kind that such an image notices (pins, controllers); their number. */
    unsigned (*list)(const struct check_config *config, const struct check_senses *senses,
                     uint8_t *which, unsigned max);
    /* Before the power comes on; NULL: nothing. */
    void (*prepare)(struct check_play *p);
    /* While it is on. */
    void (*play)(struct check_play *p);
    /* Done once, before another that an image notices only then; NULL: cannot be. */
    bool (*open)(struct check_play *p);
    /* Takes away what was hung on the board; NULL: nothing. */
    void (*clear)(struct check_play *p);
};

extern const struct check_stimulus_type check_stimulus_types[CHECK_STIMULI];

/* The inputs that somebody may drive, as 16 * port + pin; their number. */
#define CHECK_PINS_MAX 64u
unsigned check_list_inputs(const struct check_config *config, const struct check_senses *senses,
                           uint8_t *which, unsigned max);

/* ---- the larger ones ---- */

/* play_bytes.c */
void check_prepare_bytes(struct check_play *p);
void check_play_bytes(struct check_play *p);
void check_clear_bytes(struct check_play *p);
/* play_frames.c */
void check_prepare_frames(struct check_play *p);
void check_play_frames(struct check_play *p);
void check_clear_frames(struct check_play *p);
/* play_pins.c */
void check_play_button(struct check_play *p);
bool check_open_button(struct check_play *p);
bool check_open_pins(struct check_play *p);
void check_prepare_button(struct check_play *p);
void check_play_held_button(struct check_play *p);
void check_play_pins(struct check_play *p);
void check_prepare_pin(struct check_play *p);
void check_play_held_pin(struct check_play *p);
void check_clear_pin(struct check_play *p);

#endif
