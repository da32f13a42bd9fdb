/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
#ifndef CORE_IPC_H
#define CORE_IPC_H

#include <assert.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/*
 * What the two cores share: one block in SRAM4 (not cached on the M7: MPU). Each field has one
 * writer, is naturally aligned and 32 bits wide; the M7's and the M4's fields lie in parts of
 * their own. Barriers are in the functions below (acquire/release: DMB on Arm), so callers need
 * none. Integer code only. docs/SPEC.md shows the offsets; the asserts below hold them.
 */
#define IPC_BLOCK_ADDRESS 0x38000000u
#define IPC_MAGIC 0x50494443u /* "CDIP" */
#define IPC_VERSION 5u
#define IPC_DIALS 4u
#define IPC_FILTERS 12u /* 4 dials: OBD-II needs 6 in all, UDS 4 in all and 2 each, a broadcast 1 */
#define IPC_SENDS 8u
#define IPC_RATES 2u            /* bit rates to choose from by listening */
#define IPC_M4_EVENTS_SIZE 64u  /* power of two */
#define IPC_M7_REQUESTS_SIZE 8u /* power of two */
#define IPC_ID_EXTENDED 0x80000000u
#define IPC_HSEM_M4_TO_M7 0u
#define IPC_HSEM_M7_TO_M4 1u

/* boot_flags of the M7 */
#define IPC_BOOT_CLOCK_HSE 0x1u  /* PLL1 runs from HSE, else from HSI */
#define IPC_BOOT_CLOCK_GOOD 0x2u /* within 0.2 %: CAN may be active */
#define IPC_BOOT_LISTEN_ONLY 0x4u
#define IPC_BOOT_OWN_PROFILE 0x8u /* from settings, else the compiled-in one */

/* ipc_can_config.mode */
#define IPC_CAN_ACTIVE 0x1u /* may acknowledge and send; else bus monitoring */
#define IPC_CAN_FD 0x2u     /* FD format with bit rate switch */
#define IPC_CAN_ASKS                                                                               \
    0x4u /* sends what m7_requests brings, once the car was heard; with ACTIVE only */

/* ipc_mailbox.flags */
#define IPC_MAILBOX_DRIVE 0x1u /* pulses on; without it the pin stays low */
#define IPC_MAILBOX_WARN 0x2u
#define IPC_MAILBOX_BOUNDS 0x4u    /* those of the pulses are others than when this period began */
#define IPC_MAILBOX_REST 0x8u      /* of 0 ticks: none, at rest; else the shortest is made of it */
#define IPC_MAILBOX_STATE_SHIFT 8u /* enum gauge_state of dial 1, for the LEDs */

enum ipc_event_kind {
    IPC_EVENT_NONE = 0,
    IPC_EVENT_FRAME = 1, /* id, len, flags, data */
    IPC_EVENT_PERIOD =
        2, /* id: mailbox number just latched; data[0..3]: u32 LE, rising edge's number */
    IPC_EVENT_BUS_STATE = 3, /* id: FDCAN_PSR; data[0..3]: u32 LE, FDCAN_ECR */
};

/* ipc_event.flags of a frame */
#define IPC_FRAME_FD 0x1u
#define IPC_FRAME_REMOTE 0x2u

struct ipc_event {
    uint32_t kind;
    uint32_t time_us;
    uint32_t id; /* frame: identifier, bit 31 = extended */
    uint8_t len; /* payload bytes */
    uint8_t flags;
    uint16_t seq; /* low bits of the ring index; filled in by the ring */
    uint8_t data[64];
};

struct ipc_filter {
    uint32_t id;
    uint32_t mask;
    uint32_t extended; /* 0 or 1 */
};

struct ipc_can_config {
    uint32_t
        nominal_timing[IPC_RATES]; /* FDCAN_NBTP as it goes into the register; 0 = no such one */
    uint32_t data_timing;          /* FDCAN_DBTP, 0 = classic CAN */
    uint32_t mode;
    uint32_t filter_count;
    uint32_t send_count;
    uint32_t spare[2];
    struct ipc_filter filter[IPC_FILTERS]; /* what is received */
    struct ipc_filter send[IPC_SENDS];     /* all that may be sent */
};

struct ipc_mailbox {
    uint32_t seq_begin; /* written first: a reader that finds it unlike seq met a post half done */
    uint32_t compare_ticks[IPC_DIALS];
    uint32_t flags;
    uint32_t seq;       /* written last; 0 = nothing posted yet */
    uint32_t heartbeat; /* the M7's main loop counts it up; no part of the snapshot */
};

/* Written by the M7 only. */
struct ipc_m7_part {
    uint32_t magic;
    uint32_t version;
    uint32_t boot_id;    /* another one at every boot of the M7 */
    uint32_t ready_echo; /* = the M4's hello once clocks and the fields below are ready */
    uint32_t boot_flags;
    uint32_t dial_count;
    uint32_t period_ticks;
    uint32_t m7_requests_overflow;
    struct ipc_can_config can;
    uint32_t pulse_max_ticks[IPC_DIALS];
    uint32_t park_ticks[IPC_DIALS];
    uint32_t pulse_min_ticks[IPC_DIALS];
    uint32_t step_max_ticks[IPC_DIALS]; /* from one period's pulse to the next one's */
    struct ipc_mailbox mailbox;
    uint32_t m4_events_tail;
    uint32_t m7_requests_head;
    uint32_t servo_hold; /* 1: the servo outputs are to stay low */
    uint32_t hold_edge;  /* 0: the M7 forced them low before this period's pulse could begin */
    struct ipc_event m7_requests[IPC_M7_REQUESTS_SIZE];
};

enum ipc_m4_state {
    IPC_M4_OFF = 0,
    IPC_M4_WAITING = 1, /* for the M7's ready */
    IPC_M4_RUNNING = 2,
    IPC_M4_PARKED = 3, /* M7 silent: park pulse by itself */
    IPC_M4_ERROR = 4,  /* see error */
};

/* How the M4 takes part in the bus. */
enum ipc_can_state {
    IPC_CAN_STATE_OFF = 0,
    IPC_CAN_STATE_LISTENING = 1, /* bus monitoring */
    IPC_CAN_STATE_ON = 2,        /* acknowledges, and sends if IPC_CAN_ASKS */
    IPC_CAN_STATE_SILENCED = 3,  /* bus monitoring for good: three bus-offs */
};
#define IPC_BUS_OFFS_MAX 3u

/* Written by the M4 only. */
struct ipc_m4_part {
    uint32_t hello;        /* another one at every boot of the M4, never 0 */
    uint32_t boot_id_echo; /* = the M7's boot_id once it runs */
    uint32_t state;        /* enum ipc_m4_state */
    uint32_t error;
    uint32_t latched_seq;
    uint32_t pulse_count; /* rising edges of dial 1 */
    uint32_t heartbeat;
    uint32_t rx_frames;
    uint32_t m4_events_overflow; /* events lost: m4_events was full */
    uint32_t fifo_lost;          /* frames lost: the FDCAN's FIFO was full */
    uint32_t mailbox_torn;       /* snapshots given up */
    uint32_t latency_last_us;
    uint32_t latency_max_us;
    uint32_t can_psr;
    uint32_t can_ecr;
    uint32_t tx_frames;
    uint32_t m4_events_head;
    uint32_t m7_requests_tail;
    uint32_t loop_max_us;
    uint32_t can_state; /* enum ipc_can_state */
    uint32_t can_rate; /* 1 + index of the bit rate that frames were heard at; 0 = none heard yet */
    uint32_t car_heard; /* ticks of the M4 in which frames came that no filter wants */
    uint32_t bus_offs;
    uint32_t tx_refused;  /* frames of m7_requests not in the list, too many, or not at this time */
    uint32_t busy_cycles; /* CPU cycles awake, free-running */
    uint32_t stack_used;  /* most bytes ever */
    uint32_t stack_size;
    uint32_t can_good; /* ticks that ended with a valid frame, of whatever identifier */
    uint32_t can_bad;  /* ... with an error */
    uint32_t periods;  /* of the servo timer, with pulses or without */
    uint32_t spare[2];
    struct ipc_event m4_events[IPC_M4_EVENTS_SIZE];
};

struct ipc_block {
    _Alignas(32) struct ipc_m7_part m7;
    _Alignas(32) struct ipc_m4_part m4;
};

static_assert(sizeof(struct ipc_event) == 80, "ring entries are 80 bytes");
static_assert(offsetof(struct ipc_event, data) == 16, "payload is aligned");
static_assert(offsetof(struct ipc_m7_part, can) == 32, "M7 part");
static_assert(offsetof(struct ipc_m7_part, pulse_max_ticks) == 304, "M7 part");
static_assert(offsetof(struct ipc_m7_part, park_ticks) == 320, "M7 part");
static_assert(offsetof(struct ipc_m7_part, mailbox) == 368, "M7 part");
static_assert(offsetof(struct ipc_m7_part, m4_events_tail) == 400, "M7 part");
static_assert(offsetof(struct ipc_m7_part, m7_requests) == 416, "M7 part");
static_assert(offsetof(struct ipc_m4_part, latched_seq) == 16, "M4 part");
static_assert(offsetof(struct ipc_m4_part, m4_events_overflow) == 32, "M4 part");
static_assert(offsetof(struct ipc_m4_part, m4_events_head) == 64, "M4 part");
static_assert(offsetof(struct ipc_m4_part, m4_events) == 128, "M4 part");
static_assert(offsetof(struct ipc_block, m4) == 1056, "the parts are 32-byte aligned");
static_assert(sizeof(struct ipc_block) == 6304, "block size");

/* ---- start: both cores come out of reset at the same time, over whatever SRAM4 held ---- */

/* M7, first: zeroes the M7's part, gives it a new boot_id, magic last. */
void ipc_m7_init(struct ipc_block *block);

/* M7: "clocks and configuration are ready". Again and again until ipc_m7_sees_m4(). */
void ipc_m7_ready(struct ipc_block *block);

/* M7: the M4 of this very boot runs. */
bool ipc_m7_sees_m4(const struct ipc_block *block);

/* M4, first: zeroes the M4's part, says a new hello. */
void ipc_m4_init(struct ipc_block *block);

/* M4: the M7 of this very boot has said ready; the M7's configuration may be read. */
bool ipc_m4_is_released(const struct ipc_block *block);

/* M4: it runs (answers boot_id, state RUNNING). */
void ipc_m4_running(struct ipc_block *block);

/* ---- mailbox B, M7 -> M4 ---- */

/* M7: posts compare values and flags; returns the post's number (never 0). Not from an ISR. */
uint32_t ipc_mailbox_post(struct ipc_block *block, const uint32_t ticks[IPC_DIALS], uint32_t flags);

/* M4: a consistent copy into *copy. False when nothing was posted or every try met a post half done:
 * then keep the old values, the post's notification is still to come. */
bool ipc_mailbox_read(const struct ipc_block *block, struct ipc_mailbox *copy);

/* M4: the number of the newest post, 0 before the first. It moves as long as the M7 does its work. */
uint32_t ipc_mailbox_number(const struct ipc_block *block);

/* Counters of the main loops: M7's and M4's. */
void ipc_m7_beat(struct ipc_block *block);
void ipc_m4_beat(struct ipc_block *block);
uint32_t ipc_m7_heartbeat(const struct ipc_block *block);
uint32_t ipc_m4_heartbeat(const struct ipc_block *block);

/* ---- m4_events: M4 -> M7, m7_requests: M7 -> M4. One producer, one consumer, free-running indices ----
 * Fill the slot in place, then push. A full ring gives NULL and counts an overflow. */

struct ipc_event *ipc_m4_events_slot(struct ipc_block *block); /* M4 */
void ipc_m4_events_push(struct ipc_block *block);              /* M4, after filling the slot */
const struct ipc_event *ipc_m4_events_peek(struct ipc_block *block); /* M7; NULL = empty */
void ipc_m4_events_pop(struct ipc_block *block); /* M7, when done with the peeked one */

struct ipc_event *ipc_m7_requests_slot(struct ipc_block *block);       /* M7 */
void ipc_m7_requests_push(struct ipc_block *block);                    /* M7 */
const struct ipc_event *ipc_m7_requests_peek(struct ipc_block *block); /* M4 */
void ipc_m7_requests_pop(struct ipc_block *block);                     /* M4 */

/* Whether a frame passes the configured filters; id with IPC_ID_EXTENDED in bit 31. */
bool ipc_filter_accepts(const struct ipc_can_config *can, uint32_t id);

/* Whether it is one that may be sent. */
bool ipc_may_send(const struct ipc_can_config *can, uint32_t id);

#endif
