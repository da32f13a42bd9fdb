/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
#ifndef TESTS_REQUEST_BENCH_H
#define TESTS_REQUEST_BENCH_H

/*
 * core/request.h among control units on a bus made of a list: what is sent is noted and handed to the units,
 * their answers come back after their delays. Time runs in milliseconds.
 */
#include "core/request.h"
#include "core/source.h"

#define BENCH_UNITS 10
#define BENCH_SENT 4096
#define BENCH_FLYING 64

struct bench_unit {
    uint32_t request_id, answer_id;
    bool extended;
    bool has_address; /* of `address`, and F1 for us */
    uint8_t address;
    bool deaf;        /* its plug is pulled */
    bool only_to_all; /* ignores what is asked of it alone */
    uint32_t delay_ms;
    uint32_t block[3];   /* PIDs it says to have */
    int pid_5c, pid_05;  /* raw values; -1: silent */
    uint8_t refuses;     /* negative code for all but 00, 20, 40; 0: none */
    uint8_t refuses_all; /* the same for everything */
    uint8_t pendings;    /* 7F xx 78 so often before the answer */
    uint32_t pending_ms; /* between them */
    uint16_t did;        /* answers 22 did with `message` */
    const uint8_t *message;
    unsigned message_length;
    /* an answer in several frames waits for flow control */
    unsigned sent_bytes;
    uint8_t next;
    uint8_t rest[300];
    unsigned rest_length;
};

struct bench_frame {
    uint32_t at_ms;
    uint32_t id;
    bool extended;
    uint8_t data[8];
    bool used;
};

struct bench {
    struct record record;
    struct requests r;
    struct bench_unit unit[BENCH_UNITS];
    unsigned units;
    uint32_t now_ms;
    bool traffic;        /* the car is awake */
    uint32_t gateway_ms; /* a gateway goes on for so long after each frame that was sent */
    uint32_t poll_ms;    /* 0 = 20 */
    struct bench_frame sent[BENCH_SENT];
    unsigned sent_count;
    struct bench_frame flying[BENCH_FLYING];
    /* the last reading of each dial */
    struct source_reading reading[GAUGE_DIALS_MAX];
    enum source_result result[GAUGE_DIALS_MAX];
    unsigned readings[GAUGE_DIALS_MAX];
    uint32_t offset_us; /* of the clock that requests see */
};

/* What all tests use; made anew before each. */
extern struct bench bench;
int bench_setup(void **state);

/* Fails unless the frame sent as number `index` was this. */
void bench_expect(unsigned index, uint32_t id, const char *bytes);

enum request_state bench_state(unsigned dial);

/* The bench anew, with one UDS dial, A - 58 °C, whose unit answers with `message`. */
struct bench_unit *bench_start_uds(const char *message, unsigned length);

/* 100 bytes of an answer; byte 48 behind the identifier says 90 °C. */
extern const char bench_long[];

/* Starts with one OBD-II dial for PID 5C, the bus enabled, the car awake. */
void bench_start(struct bench *b);
/* The same with b->record changed since. */
void bench_restart(struct bench *b);
/* A unit of 11 bits at 7E0 + n that has PIDs 05 and 5C. */
struct bench_unit *bench_add(struct bench *b, unsigned n);
void bench_run(struct bench *b, uint32_t ms);
/* A frame from the bus, now. */
void bench_receive(struct bench *b, uint32_t id, bool extended, const char *bytes);

#endif
