/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
/* What the files of the virtual board's bench share. Everybody else includes board.h. */
#ifndef BENCH_BOARD_INTERNAL_H
#define BENCH_BOARD_INTERNAL_H

#include "bench/board.h"
#include "bench/car.h"
#include "bench/guest.h"
#include "vboard/boards/board.h"
#include "vboard/can/player.h"
#include "vboard/chip/chip.h"

struct bench_board {
    struct bench_board_config config;
    struct board *board;
    struct can_player player;
    struct bench_car car;
    struct bench_guest guest;
    struct can_fault noise; /* the bus has it once it has a count */
    bool playing;           /* a log */
    bool driving;
    struct can_listener bus_listener;
    bench_pull_frame *pull;
    void *pull_context;
    uint64_t pulse_base; /* pulses of earlier power-ons: the board counts from 0 again */
    uint64_t pulses;
    uint64_t resets;
    /* bench/board_look.c */
    unsigned wants;  /* set of enum bench_want */
    bool hears_pins; /* the listeners below hang on the pins */
    struct signal_listener pin_listeners[BENCH_PINS];
    bool hears_cores;
    struct core_listener core_listener;
    struct signal_listener console_listener;
    uint32_t console_baud;
};

/* The console of firmware that is not ours is heard at whatever speed it sends. */
void bench_board_hear_console(struct bench_board *self);

/*
 * What becomes of a core that has no image says nothing: M7 images alone are common. But candial's own come
 * in pairs.
 */
bool bench_board_core_counts(struct bench_board *self, enum core core);
bool bench_board_finding_counts(struct bench_board *self, const struct finding *finding);

/* Of the bus's listener. */
void bench_board_on_frame(void *context, const struct can_record *seen);

/* Of the board's listener. */
void bench_board_on_packet(void *context, const uint8_t *bytes, size_t length, bool by_board,
                           uint64_t end_ps);

/* ---- of struct bench_model_ops ---- */

void bench_board_play(void *context, bench_pull_frame *pull, void *pull_context, uint64_t start_ps);
uint64_t bench_board_drive(void *context, const struct bench_drive *drive);
bool bench_board_car(void *context, const struct bench_car_act *act);
bool bench_board_send(void *context, const struct can_log_frame *frame);
void bench_board_spoil(void *context, unsigned count);

void bench_board_watch(void *context, unsigned wants);
void bench_board_core(void *context, enum bench_core_name core, bool whole,
                      struct bench_core *look);
void bench_board_pin(void *context, unsigned pin, struct bench_pin *look);
bool bench_board_can(void *context, unsigned index, struct bench_can *look);

#endif
