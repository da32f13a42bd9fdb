/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
/*
 * What `candial run` needs from a board. bench/board.c gives the virtual one; tests give a made-
 * up one. All times are picoseconds since the start of the run, which is the first power-on.
 */
#ifndef BENCH_MODEL_H
#define BENCH_MODEL_H

#include "core/record.h"
#include "formats/can_log/can_log.h"
#include "formats/flash_file/flash_file.h"
#include "formats/image/image.h"
#include "formats/scenario/scenario.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define PS_PER_MS UINT64_C(1000000000)
#define PS_PER_S UINT64_C(1000000000000)
#define BENCH_NEVER UINT64_MAX

enum bench_led { BENCH_LED_GREEN, BENCH_LED_YELLOW, BENCH_LED_RED, BENCH_LED_COUNT };

/* One high pulse on the servo's pin. */
struct bench_pulse {
    uint64_t rise_ps;
    uint64_t width_ps; /* 0 while it is high */
    uint64_t number;   /* 0-based since power-on */
    int32_t
        servo_pulse_ns; /* where the shaft stands at the rise: the pulse that would hold it there */
};

/* What the board reports while it runs. */
struct bench_listener {
    void *context;
    void (*uart)(void *context, uint8_t byte);
    void (*rose)(void *context, const struct bench_pulse *pulse);
    void (*fell)(void *context, const struct bench_pulse *pulse);
    void (*reset)(void *context, uint64_t now_ps);
    /* A frame of the log, or the car, has been on the bus completely. */
    void (*frame)(void *context, const struct can_log_frame *frame, uint64_t now_ps);
    /* A byte from the boot ROM's pins, if an adapter is attached. */
    void (*adapter)(void *adapter_context, uint8_t byte);
    void *adapter_context;
};

struct bench_counts {
    uint64_t tx_frames; /* sent by the board */
    uint64_t tx_bits;   /* dominant bits driven by it */
    uint64_t resets;    /* but for power-on and NRST */
    uint64_t overflows; /* frames lost in the FDCAN's FIFO or between the cores */
};

/* One thing the images did that the manual forbids. */
struct bench_finding {
    const char *kind;
    const char *core;          /* "CM7", "CM4" */
    const struct image *image; /* whose code that core runs; may be NULL */
    uint32_t pc;
    uint64_t first_ps;
    uint64_t count;
    char text[160]; /* what, in words */
};

/* Gives the next frame, its time since the first one; false at the end. */
typedef bool bench_pull_frame(void *context, struct can_log_frame *frame);

/* The virtual car drives instead of a log. */
struct bench_drive {
    const struct record *record; /* what it sends and answers */
    uint64_t start_ps;           /* first frame */
    int32_t ambient_milli;       /* of the engine at that time */
    uint64_t seed;
};

struct bench_model_ops {
    /*
     * Hands over the frames to be played, the first at start_ps; the board calls `pull` as it
     * goes.
     */
    void (*play)(void *self, bench_pull_frame *pull, void *context, uint64_t start_ps);
    /* Puts the virtual car on the bus; when its drive will be over. */
    uint64_t (*drive)(void *self, const struct bench_drive *drive);
    void (*power_on)(void *self);
    /* Somebody does what a step says, now. What the ST-LINK has to say goes into `text`. */
    void (*act)(void *self, const struct scenario_step *step, char *text, size_t size);
    /* Bytes into the ST-LINK's virtual COM port, 115200 8N1. */
    void (*uart_send)(void *self, const void *bytes, size_t length);
    /*
     * The USB-UART adapter on the boot ROM's pins: bytes to the board, and how many are on their
     * way.
     */
    void (*adapter_send)(void *self, uint32_t baud, const void *bytes, size_t length);
    size_t (*adapter_pending)(void *self);
    /* The boot ROM runs and waits for a byte. */
    bool (*rom_waits)(void *self);
    /* A programmer writes the image into the flash, if it can connect. */
    bool (*program)(void *self, const struct image *image);
    /* What it keeps without power. */
    void (*read_flash)(void *self, struct flash_file *file);
    void (*run_until)(void *self, uint64_t until_ps);
    const char *(*supply)(void *self); /* "ok", "deadlock", "off" */
    bool (*locked_up)(void *self);
    bool (*led)(void *self, enum bench_led led);
    /* Where the servo's shaft stands, as the pulse that would hold it there. */
    int32_t (*servo_pulse_ns)(void *self);
    void (*counts)(void *self, struct bench_counts *counts);
    size_t (*finding_count)(void *self);
    void (*finding)(void *self, size_t index, struct bench_finding *finding);
    void (*destroy)(void *self);
};

struct bench_model {
    void *self;
    const struct bench_model_ops *ops;
    bool own_firmware; /* candial's own images run: findings and resets are failures */
};

#endif
