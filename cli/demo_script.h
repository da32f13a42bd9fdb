/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
/*
 * A virtual board with a warm car on its bus and somebody's hands on it: what `candial demo` and
 * `candial recover --virtual` tell their stories with. Each step says what is done, and checks what comes
 * of it.
 */
#ifndef CLI_DEMO_SCRIPT_H
#define CLI_DEMO_SCRIPT_H

#include "host/board_options.h"
#include "link/rom_client.h"
#include "link/rom_uart.h"
#include "bench/model.h"
#include "bench/bench.h"
#include "formats/image/image.h"

#include <stdbool.h>
#include <stdint.h>

struct demo_script {
    struct board_options options;
    struct image *cm7, *cm7_ldo, *cm4; /* candial's own; cm7_ldo is the one that deadlocks */
    struct bench bench;                /* the story runs it itself, piece by piece */
    struct bench_observer observer;
    struct record record;
    struct rom_uart uart;
    struct rom_client client;
    bool uses_client; /* stm32flash is not installed, or not wanted */
    uint64_t now_ps;
    struct sample latest;
    char console[BENCH_LINE_MAX]; /* the latest line that says an error, or the latest at all */
    unsigned step;
    bool as_told; /* all checks have held so far */
};

/*
 * Makes the board, unpowered, with candial's images in its flash. `options`: rom, wiring, seed. False with
 * one line in `error`; close it even then.
 */
bool demo_open(struct demo_script *script, const struct board_options *options, bool own_client,
               char *error, size_t error_size) __attribute__((warn_unused_result));
void demo_close(struct demo_script *script);

/* ---- telling ---- */

/* "3. What the person does": numbered. */
void demo_step(struct demo_script *script, const char *what);
/* What is seen, what it means: "   TEXT". */
void demo_tell(const char *format, ...) __attribute__((format(printf, 1, 2)));
/* A check: tells `what` if it holds, and what went wrong if not. */
void demo_check(struct demo_script *script, bool holds, const char *what);

/* ---- doing ---- */

void demo_run(struct demo_script *script, uint64_t ps);
/* An action as in a scenario file ("power off"), now. */
void demo_do(struct demo_script *script, const char *action);
/* The ST-LINK tries to connect; tells what it says. */
bool demo_probe(struct demo_script *script);
/* An ST-LINK's programmer flashes the image. False: it could not connect. */
bool demo_flash(struct demo_script *script, const struct image *image);
/* Power off for a second, and on. */
void demo_power_cycle(struct demo_script *script);
/* Through the boot ROM: mass erase, both images, verified. */
bool demo_rescue(struct demo_script *script);

/* ---- looking ---- */

bool demo_is_deadlocked(const struct demo_script *script);
/* Runs 3 s and tells what the dial shows: true if the needle follows the car. */
bool demo_needle_lives(struct demo_script *script);
bool demo_red_led(const struct demo_script *script);

#endif
