/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
#ifndef TESTS_SYSTEM_RIG_H
#define TESTS_SYSTEM_RIG_H

/*
 * The real firmware on the virtual board: the two ELF files as they are flashed, a profile's record in
 * the settings sector, frames made up or out of a log on the bus, and a record of everything the board
 * did. Virtual time only, so the same test gives the same record every time.
 *
 *     struct rig *r = rig_create(&(struct rig_config){.streams = rig_oil_91, .stream_count = 1});
 *     rig_power(r, true);
 *     rig_run_until_live(r, VTIME_S(2));
 *     ...
 *     rig_assert_clean(r);
 *     rig_destroy(r);
 *
 * Nothing here may be asserted from within a callback of the board.
 */
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "vboard/boards/board.h"
#include "vboard/chip/chip.h"

#define RIG_RECORD_SIZE 1024
#define RIG_DATA_MAX 8

/* The profile that tests use unless they say otherwise: Ford Mustang S550. */
#define RIG_PROFILE "profiles/ford-mustang-s550.yaml"
#define RIG_OIL_ID 0x156u
#define RIG_PERIOD_PS VTIME_MS(20)
#define RIG_TICK_PS 5556 /* of TIM2, 180 MHz; virtual time rounds its edges to picoseconds */
#define RIG_PARK_PS VTIME_US(500)
#define RIG_PULSE_MAX_PS VTIME_US(2400)

/* A message that is sent again and again. Frame n goes out at from + n * every, if that is before
 * `until` (0: for ever). Times count from when the board was made. */
struct rig_stream {
    vtime_ps from, until, every;
    uint32_t id;
    uint8_t length;
    uint8_t data[RIG_DATA_MAX];
    /* Changes `data` for frame n; may be NULL. */
    void (*fill)(uint64_t n, uint8_t data[RIG_DATA_MAX]);
};

/* Engine oil of 91 C every 100 ms, from 50 ms on for ever. */
extern const struct rig_stream rig_oil_91;
/* The same, up and down between 91 and 92 C: each frame moves the needle. */
extern const struct rig_stream rig_oil_moving;

/* A valid frame that was on the bus. */
struct rig_frame {
    vtime_ps start, end;
    uint32_t id;
    uint8_t data[RIG_DATA_MAX];
};

struct rig_pulse {
    vtime_ps rise;
    vtime_ps width; /* 0: still high */
};

enum rig_state {
    RIG_BOOT,
    RIG_SWEEP,
    RIG_WAIT,
    RIG_LIVE,
    RIG_STALE,
    RIG_FAULT
}; /* as core/gauge.h */

#define RIG_DIALS 4

/* What a telemetry line tells of one dial. */
struct rig_dial {
    uint32_t pulse_ns;
    enum rig_state state;
    unsigned warn; /* enum gauge_warn */
    bool has_frame;
    int32_t frame_milli;
    int32_t shown_milli;
    int32_t needle_mdeg;
};

/* A telemetry line. */
struct rig_line {
    vtime_ps at;  /* when its last byte came */
    size_t pulse; /* index in rig.pulses of the pulse it tells of */
    uint32_t seq; /* as told */
    uint32_t time_us;
    uint32_t pulse_ns; /* from here on the first dial's */
    enum rig_state state;
    unsigned warn;
    bool has_frame;
    int32_t frame_milli;
    int32_t shown_milli;
    int32_t needle_mdeg;
    uint8_t dial_count;
    struct rig_dial dial[RIG_DIALS]; /* all dials */
};

/* Any other line of the console. */
struct rig_text {
    vtime_ps at;
    char text[160];
};

struct rig_reset {
    vtime_ps at;
    uint32_t sources; /* bit mask of enum reset_source */
};

struct rig_led {
    vtime_ps at;
    enum board_led led;
    bool on;
};

struct rig_bus;

struct rig_config {
    const char *profile;   /* YAML file; NULL: RIG_PROFILE */
    bool active;           /* the profile, but with mode: active */
    bool no_record;        /* an empty settings sector */
    const char *cm7, *cm4; /* foreign images; with either given, ours and the record stay out */
    const char *log;       /* played from 1 s on; NULL: the streams */
    const struct rig_stream *streams;
    size_t stream_count;
    uint32_t watched_id; /* frames to record; 0: RIG_OIL_ID */
    /* Called at the end of each watched frame, from within the run. May be NULL. */
    void (*frame_ended)(void *ctx, const struct rig_frame *f);
    void *ctx;
    struct board_config board; /* its listener is the rig's */
};

struct rig {
    struct board *board;
    struct rig_config config;
    struct rig_bus *bus;

    struct rig_frame *frames;
    size_t frame_count;
    struct rig_pulse *pulses;
    size_t pulse_count;
    struct rig_line *lines;
    size_t line_count;
    struct rig_text *texts;
    size_t text_count;
    struct rig_reset *resets;
    size_t reset_count;
    struct rig_led *leds;
    size_t led_count;

    struct chip_watch watch;
    unsigned supply_writes;       /* to PWR_CR3, since the board was made */
    unsigned wrong_supply_writes; /* others than 0x04, 32 bits wide, by the CM7 */
    uint32_t wrong_supply_value;  /* the last of them */

    size_t bad_lines;   /* telemetry lines with a wrong checksum or form */
    size_t first_pulse; /* the first since the last reset: SEQ 0 */
    char line[512];     /* coming in */
    size_t line_length;
};

/* Fails the test if the images or the profile cannot be loaded. The board has no power yet. */
struct rig *rig_create(const struct rig_config *config);
void rig_destroy(struct rig *r);

void rig_power(struct rig *r, bool on);
void rig_run_until(struct rig *r, vtime_ps until);
void rig_run_for(struct rig *r, vtime_ps duration);
vtime_ps rig_now(const struct rig *r);

/* Runs until a line says live about a pulse that rose since the call; fails the test at `limit`.
 * Returns the rise of that pulse. */
vtime_ps rig_run_until_live(struct rig *r, vtime_ps limit);

/* Where servo periods start: the rise of the first pulse after power-on at 0, less whole periods. Runs a
 * board of its own. */
vtime_ps rig_period_start(void);

/* Moves on by a pseudo-random time below `range`; the sequence is `state`'s. */
vtime_ps rig_random(uint64_t *state, vtime_ps range);

/* ---- looking at the record ---- */

/* Index of the first pulse that rose at or after `from`; pulse_count if none did. */
size_t rig_pulse_from(const struct rig *r, vtime_ps from);
/* The same for telemetry lines, by the time of the pulse they tell of. */
size_t rig_line_from(const struct rig *r, vtime_ps from);
/* How many pulses have ended: the last one may still be high, and has no width yet. */
size_t rig_pulses_ended(const struct rig *r);
/* The last telemetry line; fails the test if there is none. */
const struct rig_line *rig_last_line(const struct rig *r);
/* The first console line since `from` that contains `words`, or NULL. */
const struct rig_text *rig_find_text(const struct rig *r, vtime_ps from, const char *words);
/* How often `led` went on in from..until. */
unsigned rig_flashes(const struct rig *r, enum board_led led, vtime_ps from, vtime_ps until);
/* The longest pulse of from..until. */
vtime_ps rig_longest_pulse(const struct rig *r, vtime_ps from, vtime_ps until);
/* The rise of the first pulse of park width (to 1 us) since `from`; VTIME_NEVER if there is none. */
vtime_ps rig_first_park(const struct rig *r, vtime_ps from);

/* Whether two spans of the servo timer are the same number of ticks. */
bool rig_is_same_span(vtime_ps a, vtime_ps b);

/* Whether `pc` lies in `function` of an ELF file; false too if the file cannot be read. */
bool rig_is_in(const char *elf, uint32_t pc, const char *function);
/* Bytes of code of `function`; 0 if the file has none of that name. */
uint32_t rig_function_size(const char *elf, const char *function);

/* ---- what must always hold ---- */

/* Says which case of a sweep a failure belongs to: printed in front of it. */
void rig_case(const char *format, ...) __attribute__((format(printf, 1, 2)));
/* Fails the test with the present case in front. */
void rig_fail(const char *format, ...) __attribute__((format(printf, 1, 2), noreturn));
#define rig_check(condition, ...)                                                                  \
    do {                                                                                           \
        if (!(condition)) {                                                                        \
            rig_fail(__VA_ARGS__);                                                                 \
        }                                                                                          \
    } while (0)

/* No finding, nothing but direct SMPS written to PWR_CR3, no frame lost, no telemetry line torn, no pulse beyond the longest, nothing sent to the
 * bus by a listen-only profile, no core locked up. */
void rig_assert_clean(const struct rig *r);

#endif
