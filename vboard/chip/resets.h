/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
#ifndef VBOARD_CHIP_RESETS_H
#define VBOARD_CHIP_RESETS_H

/*
 * Whether the chip has power and who resets it (RM0399 9.4): VDD, VCORE, NRST and the requests of its own
 * models. A reset is carried out at once from outside, and after the current instruction from inside.
 */
#include <stdbool.h>
#include <stdint.h>

#include "vboard/kernel/sched.h"
#include "vboard/kernel/vtime.h"

struct chip;

/* Reset sources as RCC_RSR tells them apart (RM0399 9.4, Table 56). */
enum reset_source {
    RESET_SRC_POR,
    RESET_SRC_BOR,
    RESET_SRC_PIN,
    RESET_SRC_SFT1,
    RESET_SRC_SFT2,
    RESET_SRC_IWDG1,
    RESET_SRC_IWDG2,
    RESET_SRC_WWDG1,
    RESET_SRC_WWDG2,
    RESET_SRC_LPWR1,
    RESET_SRC_LPWR2,
    RESET_SRC_D1,
    RESET_SRC_D2
};

struct chip_resets {
    bool powered;     /* VDD is up */
    bool vcore_lost;  /* VDD is up, VCORE is not: nothing runs until VDD falls */
    bool nrst_low;    /* NRST is held low from outside */
    bool standby;     /* the system is in Standby: VCORE is off on purpose (RM0399 7.7.10) */
    bool boot0;       /* level of BOOT0, sampled at each reset */
    uint32_t pending; /* bit mask of enum reset_source: what the next reset is due to */
    struct event event;
    bool resetting; /* some peripherals have been reset, others not yet */
    /* Told after each reset has been carried out; `sources` is a bit mask of enum reset_source. */
    void (*on_reset)(void *ctx, uint32_t sources, vtime_ps now);
    void *on_reset_ctx;
};

void resets_init(struct chip *c);
/* May a core run at all: power is there and NRST is high? */
bool resets_let_run(const struct chip_resets *r);

/* VDD comes up or goes away. */
void chip_power(struct chip *c, bool on);
/* VCORE has collapsed while VDD is up: all logic is dead, pins float, until VDD goes. */
void chip_lose_vcore(struct chip *c);
/* A system reset, at once, that no request has asked for: into Standby and out of it (domains.h). */
void resets_carry_out(struct chip *c);
/* The NRST pin: low resets and holds both cores, letting go starts them. */
void chip_nrst(struct chip *c, bool low);
/* Asks for a system reset at `now`, after the current instruction. */
void chip_request_reset(struct chip *c, enum reset_source source);

#endif
