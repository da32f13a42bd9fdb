/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
/*
 * A virtual board with a warm car on its bus and somebody's hands on it: what `candial demo` and
 * `candial recover --virtual` tell their stories with. Each step says what is done, and checks what comes
 * of it.
 */
#ifndef CLI_STAGE_H
#define CLI_STAGE_H

#include "cli/board_options.h"
#include "cli/rom_client.h"
#include "cli/rom_uart.h"
#include "cli/run_model.h"
#include "cli/run_watch.h"
#include "formats/image.h"

#include <stdbool.h>
#include <stdint.h>

struct stage {
    struct board_options options;
    struct image *cm7, *cm7_ldo, *cm4; /* candial's own; cm7_ldo is the one that deadlocks */
    struct run_model model;
    struct run_watch watch;
    struct record record;
    struct rom_uart uart;
    struct rom_client client;
    bool uses_client; /* stm32flash is not installed, or not wanted */
    uint64_t now_ps;
    struct sample latest;
    char console[RUN_LINE_MAX]; /* the latest line that says an error, or the latest at all */
    unsigned step;
    bool as_told; /* all checks have held so far */
};

/*
 * Makes the board, unpowered, with candial's images in its flash. `options`: rom, wiring, seed. False with
 * one line in `error`; close it even then.
 */
bool stage_open(struct stage *stage, const struct board_options *options, bool own_client,
                char *error, size_t error_size) __attribute__((warn_unused_result));
void stage_close(struct stage *stage);

/* ---- telling ---- */

/* "3. What the person does": numbered. */
void stage_step(struct stage *stage, const char *what);
/* What is seen, what it means: "   TEXT". */
void stage_tell(const char *format, ...) __attribute__((format(printf, 1, 2)));
/* A check: tells `what` if it holds, and what went wrong if not. */
void stage_check(struct stage *stage, bool holds, const char *what);

/* ---- doing ---- */

void stage_run(struct stage *stage, uint64_t ps);
/* An action as in a scenario file ("power off"), now. */
void stage_do(struct stage *stage, const char *action);
/* The ST-LINK tries to connect; tells what it says. */
bool stage_probe(struct stage *stage);
/* An ST-LINK's programmer flashes the image. False: it could not connect. */
bool stage_flash(struct stage *stage, const struct image *image);
/* Power off for a second, and on. */
void stage_power_cycle(struct stage *stage);
/* Through the boot ROM: mass erase, both images, verified. */
bool stage_rescue(struct stage *stage);

/* ---- looking ---- */

bool stage_is_deadlocked(const struct stage *stage);
/* Runs 3 s and tells what the dial shows: true if the needle follows the car. */
bool stage_needle_lives(struct stage *stage);
bool stage_red_led(const struct stage *stage);

#endif
