/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
/*
 * What a bench needs from a board. bench/board.c gives the virtual one; tests give a made-up one. All
 * times are picoseconds since the start of the run, which is the first power-on.
 */
#ifndef BENCH_MODEL_H
#define BENCH_MODEL_H

#include "bench/events.h"
#include "core/record.h"
#include "formats/flash_file/flash_file.h"
#include "formats/scenario/scenario.h"

/* What the board reports while it runs; at once. Any may be NULL. */
struct bench_listener {
    void *context;
    void (*uart)(void *context, uint8_t byte, uint64_t now_ps);
    void (*rose)(void *context, const struct bench_pulse *pulse);
    void (*fell)(void *context, const struct bench_pulse *pulse);
    void (*reset)(void *context, const struct bench_reset *reset);
    void (*frame)(void *context, const struct bench_frame *frame);
    void (*packet)(void *context, const struct bench_packet *packet);
    void (*led)(void *context, const struct bench_led_edge *edge);
    /* A byte from the boot ROM's pins, if an adapter is attached. */
    void (*adapter)(void *context, uint8_t byte, uint64_t now_ps);
    /* Only after `watch` has asked for it. */
    void (*edge)(void *context, const struct bench_edge *edge);
    void (*serial)(void *context, const struct bench_serial *serial);
    void (*core)(void *context, const struct bench_core_change *change);
};

/* What `watch` asks for. */
enum bench_want { BENCH_WANT_EDGES = 1, BENCH_WANT_SERIAL = 2, BENCH_WANT_CORES = 4 };

struct bench_counts {
    uint64_t tx_frames; /* sent by the board */
    uint64_t tx_bits;   /* dominant bits driven by it */
    uint64_t resets;    /* but for power-on and NRST */
    uint64_t overflows; /* frames lost in the FDCAN's FIFO or between the cores */
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

/* What somebody does to the virtual car. */
enum bench_car_part {
    BENCH_CAR_ENGINE, /* on: its bus is awake, as from the start; off: silent */
    BENCH_CAR_OIL,    /* warms up, or cools down, to `milli` and stays there */
    BENCH_CAR_SENSOR, /* on: as from the start; off: what it sends says that there is no value */
};

struct bench_car_act {
    enum bench_car_part part;
    bool on;
    int32_t milli; /* °C */
};

/* A made-up board may leave out what its test does not ask: `watch`, `core`, `pin`, `can`, `send`, `spoil` and `car`
 * may be NULL. */
struct bench_model_ops {
    /*
     * Hands over the frames to be played, the first at start_ps; the board calls `pull` as it
     * goes.
     */
    void (*play)(void *self, bench_pull_frame *pull, void *context, uint64_t start_ps);
    /* Puts the virtual car on the bus; when its drive will be over. */
    uint64_t (*drive)(void *self, const struct bench_drive *drive);
    void (*power_on)(void *self);
    /*
     * Somebody does what a step says, now. What the ST-LINK has to say goes into `text`. False: it was
     * to connect, and could not.
     */
    bool (*act)(void *self, const struct scenario_step *step, char *text, size_t size);
    /* Bytes into the ST-LINK's virtual COM port, 8N1, 115200 or what the firmware sends at. */
    void (*uart_send)(void *self, const void *bytes, size_t length);
    /* Another node on the bus sends that frame as soon as it may. False: too many wait to be sent. */
    bool (*send)(void *self, const struct can_log_frame *frame);
    /* Noise: a bit of each of the next `count` frames is flipped for all who listen, which destroys them. */
    void (*spoil)(void *self, unsigned count);
    /* False: there is no car, but a log. */
    bool (*car)(void *self, const struct bench_car_act *act);
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
    /* Calls back for each block of the SD card that was written. */
    void (*read_sd)(void *self, void (*changed)(void *ctx, uint32_t block, const uint8_t *bytes),
                    void *ctx);
    void (*run_until)(void *self, uint64_t until_ps);
    /* Where it stands: behind run_until `until_ps`, unless somebody has stopped it earlier. NULL: nobody can. */
    uint64_t (*now)(void *self);
    /*
     * Reports from now on what `wants` says, a set of enum bench_want, and no more. With edges: at once the
     * levels of all pins that do not float.
     */
    void (*watch)(void *self, unsigned wants);
    enum bench_supply (*supply)(void *self);
    /* A core is locked up; of foreign firmware one that has an image. */
    bool (*locked_up)(void *self);
    bool (*led)(void *self, enum bench_led led);
    /* Not every board has all of them. */
    bool (*has_led)(void *self, enum bench_led led);
    /* Where the servo's shaft stands, as the pulse that would hold it there. */
    int32_t (*servo_pulse_ns)(void *self);
    void (*counts)(void *self, struct bench_counts *counts);
    /* Findings, the oldest first; of foreign firmware without those of a core that has no image. */
    size_t (*finding_count)(void *self);
    void (*finding)(void *self, size_t index, struct bench_finding *finding);
    /* A core now. Only its state when `whole` is false, which costs little. */
    void (*core)(void *self, enum bench_core_name core, bool whole, struct bench_core *look);
    /* Pin `pin` of BENCH_PINS now. */
    void (*pin)(void *self, unsigned pin, struct bench_pin *look);
    /* CAN controller `index` now; false: there are no more. */
    bool (*can)(void *self, unsigned index, struct bench_can *look);
    void (*destroy)(void *self);
};

struct bench_model {
    void *self;
    const struct bench_model_ops *ops;
    bool own_firmware; /* candial's own images run: findings and resets are failures */
};

#endif
