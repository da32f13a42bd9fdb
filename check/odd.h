/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
/*
 * What a start ends with that no good image ends with: a core that never gets on, though nothing has died,
 * and settings that cannot mean what they say (a bit rate that no bus has, PWM that no pin carries). Looks
 * that change nothing in the chip.
 */
#ifndef CHECK_ODD_H
#define CHECK_ODD_H

#include "check/check.h"

#define CHECK_ODDS 24u
#define CHECK_MESSAGE_RAM_WORDS 2560u

struct cpu;

struct check_odd {
    enum check_kind kind;
    bool has_core;
    enum core core;
    uint32_t pc;
    uint32_t address; /* of the register it is about; 0: none */
    const char *name; /* of the peripheral */
    uint32_t bit;     /* of that register, or a channel, a count: as its kind says */
    uint32_t have;    /* as it is: bit/s, MHz */
    uint32_t want;    /* as it was meant, as far as can be told; 0: not known */
    uint32_t from_hz; /* the clock it was reckoned for */
    uint32_t value;   /* to be written instead */
};

struct check_odds {
    struct check_odd list[CHECK_ODDS];
    size_t count;
};

/* What is asked about a chip at the end of a start. */
struct check_scene {
    struct chip *chip;
    const struct check_boot *boot;
    uint32_t (*read)(void *ctx, uint32_t address); /* a register, as a debugger reads it */
    void *ctx;
    bool powered_up;             /* it began with VDD */
    const uint32_t *message_ram; /* as power-on left it */
    const struct board_data *board;
    struct cpu *cpu[CORE_COUNT];
    uint32_t borrowed_pc[CORE_COUNT]; /* uses HSEM, which only the other core has enabled; 0: not */
    const char *function[CORE_COUNT]; /* where they are; NULL: not known */
    bool tick_stands[CORE_COUNT];     /* HAL's tick has not changed for half of the start */
};

void check_add_odd(struct check_odds *odds, const struct check_odd *odd);

/* All that is odd about it; free() it (stuck.c). */
struct check_odds *check_look(const struct check_scene *scene);
/* Clocks, FDCAN, UART and PWM (signals.c). */
void check_signals(const struct check_scene *scene, struct check_odds *odds);

/* Does SYSCLK come from HSE, by PLL1 or straight? */
bool check_is_on_hse(const struct check_scene *scene);

/* Does a core never get on, of which the start itself shows nothing? */
bool check_is_stuck(const struct check_boot *boot);

/* The rate's neighbour among those that buses and terminals have, or 0: none within 2 %. */
uint32_t check_common_baud(uint32_t baud);
/* A rate that CAN buses have, within 0.5 %. */
bool check_is_can_rate(uint32_t bit_hz);

#endif
