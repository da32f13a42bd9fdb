/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
/* A board of the library, from inside. */
#ifndef LIB_INTERNAL_H
#define LIB_INTERNAL_H

#include "bench/board.h"
#include "formats/image/pair.h"
#include "host/board_options.h"
#include "lib/candial.h"
#include "vboard/boards/board.h"
#include "vboard/can/player.h"
#include "vboard/kernel/signal.h"

#define FRAMES_MAX 4096u
#define SENDS_MAX 4096u
#define UART_MAX 65536u
#define DRIVEN_MAX 16u

struct candial {
    struct board_options options;
    struct image_pair images;
    struct bench_model model;
    struct board *board;
    struct can_player player;
    bool has_player;
    struct bus_frame sends[SENDS_MAX]; /* rings */
    size_t send_first, send_count;
    struct candial_frame frames[FRAMES_MAX];
    size_t frame_first, frame_count;
    uint8_t uart[UART_MAX];
    size_t uart_first, uart_count;
    double pulse_us;
    struct {
        unsigned pin;
        struct signal_driver driver;
    } driven[DRIVEN_MAX];
    size_t driven_count;
    struct bench_core look;
    struct bench_finding finding;
};

/* The listener through which the board fills it. */
struct bench_listener candial_listener(struct candial *c);

#endif
