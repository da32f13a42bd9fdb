/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
#ifndef CANDIAL_H
#define CANDIAL_H

/*
 * libcandial: virtual boards with an STM32H755 for tests of one's own firmware.
 *
 *     struct candial_options options = {.size = sizeof options, .cm7 = "build/my_cm7.elf"};
 *     char error[200];
 *     struct candial *board = candial_open(&options, error, sizeof error);
 *     candial_do(board, "power on", NULL, 0);
 *     candial_run(board, 1500000);              // 1.5 s of the board's time
 *     assert(candial_pin(board, "PB0") == CANDIAL_HIGH);
 *     candial_close(board);
 *
 * Boards are independent of each other; each is used by one thread at a time. Nothing happens but in candial_run, and
 * the same calls give the same results. Strings that are handed out live until the next call for that board.
 */
#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

/* Rises when something is taken away or changed; what is added leaves it. */
#define CANDIAL_API_VERSION 1
#define CANDIAL_PUBLIC __attribute__((visibility("default")))

CANDIAL_PUBLIC int candial_api_version(void);

struct candial;

/* 0 everywhere is the NUCLEO-H755ZI-Q as sold, without firmware. */
struct candial_options {
    size_t size;     /* of this struct: what the caller knows of */
    const char *cm7; /* ELF, HEX, or BIN@0x08000000 */
    const char *cm4;
    const char *board;        /* name, as of `candial run --board` */
    const char *wiring;       /* "smps", "ldo", "smps+ldo", "bypass" */
    const char *engine;       /* "armv7m", "unicorn" */
    uint32_t can_bitrate_bps; /* of the frames that are sent to it; 0: 500 kbit/s */
    uint64_t seed;
};

/* The board, without power; NULL with one line in `error`. */
CANDIAL_PUBLIC struct candial *candial_open(const struct candial_options *options, char *error,
                                            size_t error_size);
CANDIAL_PUBLIC void candial_close(struct candial *board);

/* ---- time ---- */

CANDIAL_PUBLIC void candial_run(struct candial *board, uint64_t microseconds);
CANDIAL_PUBLIC uint64_t candial_now_us(const struct candial *board);

/* ---- hands ---- */

/* What hands do, in the words of a scenario (docs/scenario.md): "power on", "nrst low", "boot0 high", "button press",
 * "hse absent", "vdd 2.5V", "probe". 0 done; 1 it was tried and failed (probe), with what is said in `text`; -1
 * there is no such action. `text` may be NULL. */
CANDIAL_PUBLIC int candial_do(struct candial *board, const char *action, char *text, size_t size);

/* ---- pins ---- */

enum candial_level {
    CANDIAL_LOW = 0,
    CANDIAL_HIGH = 1,
    CANDIAL_FLOATING = 2,
    CANDIAL_CONFLICT = 3,
    CANDIAL_NO_PIN = -1
};

/* "PA0" to "PK15". */
CANDIAL_PUBLIC int candial_pin(struct candial *board, const char *pin);
/* What is wired to the pin drives it: CANDIAL_LOW, CANDIAL_HIGH, or lets go (CANDIAL_FLOATING). 0, or -1: no such pin,
 * or more than 16 are driven. */
CANDIAL_PUBLIC int candial_drive(struct candial *board, const char *pin, int level);
/* The last whole high pulse on the servo's pin, microseconds; negative: none yet. */
CANDIAL_PUBLIC double candial_servo_pulse_us(const struct candial *board);

/* ---- the ST-LINK's virtual COM port ---- */

CANDIAL_PUBLIC void candial_uart_send(struct candial *board, const void *bytes, size_t length);
/* Takes up to `size` of the bytes that have come; their number. */
CANDIAL_PUBLIC size_t candial_uart_read(struct candial *board, void *bytes, size_t size);

/* ---- CAN ---- */

struct candial_frame {
    uint32_t id;
    uint8_t extended, fd, remote, bit_rate_switch;
    uint8_t length;   /* bytes */
    uint8_t by_board; /* read: the board sent it */
    uint8_t error;    /* read: it was destroyed */
    uint8_t data[64];
    uint64_t time_us; /* read: end of frame */
};

/* Queues a frame; from the first one on there is a node that acknowledges. 0, or -1: it is no frame. */
CANDIAL_PUBLIC int candial_can_send(struct candial *board, const struct candial_frame *frame);
/* The next frame that was on the bus: 1, or 0: no more. The oldest of more than 4,096 are lost. */
CANDIAL_PUBLIC int candial_can_read(struct candial *board, struct candial_frame *frame);

/* ---- what becomes of it ---- */

/* "off", "ok", "deadlock". */
CANDIAL_PUBLIC const char *candial_supply(struct candial *board);
/* Core 7 or 4: "off", "held", "empty", "halted", "locked-up", "stop", "asleep", "runs". */
CANDIAL_PUBLIC const char *candial_core(struct candial *board, int core);
/* The function that core is in; "" if no symbol tells. */
CANDIAL_PUBLIC const char *candial_function(struct candial *board, int core);
/* Resets since the first power-on, but for power-on and NRST. */
CANDIAL_PUBLIC uint64_t candial_resets(const struct candial *board);

/* Memory and registers as that core sees them, without side effects. 0, or -1: not all is there. */
CANDIAL_PUBLIC int candial_read(struct candial *board, int core, uint32_t address, void *bytes,
                                size_t size);
CANDIAL_PUBLIC int candial_write(struct candial *board, int core, uint32_t address,
                                 const void *bytes, size_t size);
/* The address of a variable or function of that core's image; 0: there is none of that name. */
CANDIAL_PUBLIC uint32_t candial_symbol(struct candial *board, int core, const char *name);

/* What the manual forbids and the firmware did. */
struct candial_finding {
    const char *kind, *text, *function;
    int core; /* 7, 4; 0: a debugger */
    uint32_t pc;
    uint64_t time_us, count;
};

CANDIAL_PUBLIC size_t candial_finding_count(struct candial *board);
CANDIAL_PUBLIC int candial_finding(struct candial *board, size_t index,
                                   struct candial_finding *finding);

#ifdef __cplusplus
}
#endif

#endif
