/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
#ifndef CORE_REQUEST_H
#define CORE_REQUEST_H

#include <stdbool.h>
#include <stdint.h>

#include "core/frame.h"
#include "core/isotp.h"
#include "core/obd.h"
#include "core/record.h"

/*
 * Asks the car for the dials whose source is OBD-II or UDS: one request at a time, slowly, and only while
 * it does no harm. Pure; time is an argument, frames go in and come out. Main loop of the M7.
 *
 * When it asks:
 * - only while the car's own traffic is heard: neither answers nor other testers count; 5 s after the last
 *   of it nothing is sent any more, flow control included. A control unit is never kept awake by us;
 * - not within 10 s of another tester's request;
 * - not for REQUEST_REST_US, every so often: a gateway that goes on for some seconds after each request would keep the car
 *   awake, and its traffic keep us asking. What dies in the rest was ours, and so the car sleeps. A temperature that
 *   rises is a running engine's: then there is no rest. Without a rise one comes after a minute, and after twice
 *   as long each time that the traffic went on by itself;
 * - at each dial's rate, never more than 10 requests a second in all, one outstanding;
 * - never again after three bus-offs.
 *
 * OBD-II begins with a search: PID 00, 20, 40 to all, in 11 bits, then 29. The dial's PID is then asked
 * of the unit that has it, alone; where none has it the coolant's may stand in, if the profile says so. Three
 * requests without an answer begin the search anew, so a plug that was pulled and put back needs no reset.
 *
 *     requests_init(&r, record);
 *   at a frame:  requests_frame(&r, now, &frame, &reading); requests_poll(&r, now); send all of them
 *   at a tick:   requests_poll(&r, now); send all of them    at least every 50 ms
 */
#define REQUEST_SLEEP_US 5000000u  /* the car's traffic is over after so long without a frame */
#define REQUEST_YIELD_US 10000000u /* after another tester's last request */
#define REQUEST_REST_US                                                                            \
    20000000u /* gateways that go on for 15 s, and the 5 s of silence after them */
#define REQUEST_REST_EVERY_US 60000000u
#define REQUEST_REST_DOUBLINGS 3u /* eight minutes */
#define REQUEST_RISE_MILLI 2000   /* no noise, but an engine that runs */
#define REQUEST_GAP_US 100000u    /* between any two requests: 10 a second */
#define REQUEST_P2_US 75000u /* N_As 25 ms until it is on the bus, P2CAN 50 ms for the answer */
#define REQUEST_P2_UDS_US 150000u        /* UDS: and gateways on the way, there and back */
#define REQUEST_P2_STAR_US 5000000u      /* after 7F xx 78 */
#define REQUEST_PENDING_MAX 3            /* so many of these a request */
#define REQUEST_SEARCH_PAUSE_US 5000000u /* after a search that found nothing */
#define REQUEST_MISSES_MAX 3
#define REQUEST_BUS_OFF_MAX 3

#define REQUEST_QUEUE 16 /* power of two; a request and flow control for each unit */

/* A frame to be sent; classic, 8 bytes. */
struct request_frame {
    uint32_t id;
    bool extended;
    uint8_t data[ISOTP_FRAME_SIZE];
};

/* What asking is about, for the console. */
enum request_state {
    REQUEST_OFF,            /* no dial asks, or the bus is listen-only */
    REQUEST_SILENCED,       /* three bus-offs */
    REQUEST_LISTENING,      /* the car sleeps, or has not been heard yet */
    REQUEST_YIELDING,       /* another tester asks */
    REQUEST_RESTING,        /* does the traffic die, if it is not asked? */
    REQUEST_SEARCHING,      /* nobody has answered yet, or none has the value */
    REQUEST_ASKING,         /* is answered */
    REQUEST_ASKING_COOLANT, /* the same, for the oil's substitute */
    REQUEST_UNANSWERED,     /* three requests in a row were in vain */
    REQUEST_STATE_COUNT
};

/* Of one dial. */
struct request_dial {
    struct freshness asked; /* runs for one interval of its rate */
    uint8_t misses;         /* requests in a row without an answer */
    bool answered;          /* since the unit was found, or found again */
    bool found;             /* OBD-II: `ecu` is the one to ask */
    bool substitute;        /* OBD-II: for the coolant */
    struct obd_ecu ecu;
    int32_t low_milli; /* the least value since the last rise */
};

/* The request that was sent last; it may still be answered, or wait no more. */
struct request_sent {
    bool waiting;
    bool search; /* OBD-II: for what the units support */
    uint8_t dial;
    uint8_t pid;   /* OBD-II */
    bool extended; /* OBD-II: in 29 bits */
    uint8_t pendings;
    struct freshness timer; /* runs for `limit_us` */
    uint32_t limit_us;
};

/* OBD-II: who is there. */
struct request_search {
    struct obd_table table;
    bool extended; /* asks in 29 bits */
    bool asked;    /* for `pid`, and the time for answers is over */
    bool to_all;   /* the unit does not answer when asked alone */
    uint8_t pid;   /* the next to ask for: 00, 20, 40 */
    uint8_t tried; /* identifier lengths without any answer */
    struct freshness pause;
};

/* Does the car stay awake because it is asked? */
struct request_rest {
    bool resting;
    uint8_t doublings;
    struct freshness timer; /* of the rest, or until the next */
};

struct requests {
    const struct record *record;
    bool enabled;
    bool dials_ask;
    uint8_t bus_offs;
    uint8_t turn; /* dial whose turn is next */
    struct freshness traffic;
    struct freshness tester;
    struct request_rest rest;
    struct freshness gap; /* since the last request */
    struct request_sent sent;
    struct request_search search;
    struct request_dial dial[GAUGE_DIALS_MAX];
    struct isotp_rx rx[OBD_ECUS_MAX]; /* one for each that answers the last request */
    uint32_t rx_id[OBD_ECUS_MAX];
    uint8_t rx_count;
    uint8_t head, tail; /* of the queue */
    struct request_frame queue[REQUEST_QUEUE];
    uint32_t sent_count; /* requests */
};

/* Does any dial of the record ask? */
bool requests_wanted(const struct record *record);

/* `record` must stay. Nothing is asked before requests_enable(). */
void requests_init(struct requests *r, const struct record *record);

/* May it ask at all: bus active, clock good? */
void requests_enable(struct requests *r, bool enabled);

/* The car was heard, by a frame that did not pass the filter. */
void requests_traffic(struct requests *r, uint32_t now_us);

/* The bus went off once more. */
void requests_bus_off(struct requests *r);

/*
 * Takes in a frame. The index of the dial that *reading and *result are for, or -1. Frames of dials that do
 * not ask may be given too: they are the car's traffic.
 */
int requests_frame(struct requests *r, uint32_t now_us, const struct can_frame *frame,
                   enum source_result *result, struct source_reading *reading);

/* Time passes: ends waits, and asks what is due. */
void requests_poll(struct requests *r, uint32_t now_us);

/* The next frame to send; false: none. */
bool requests_take(struct requests *r, struct request_frame *frame);

/* Is it silent of its own accord, while the car is heard? What was read last is to be kept. */
bool requests_rest(const struct requests *r);

enum request_state requests_state(const struct requests *r, uint8_t dial);

/* A few words for the console; never NULL. */
const char *request_state_name(enum request_state state);

/* ---- who may send what: for filters and for the list of identifiers that may be sent ---- */

struct request_ids {
    uint32_t id;
    uint32_t mask;
    bool extended;
};

#define REQUEST_IDS_MAX (8 + 2 * GAUGE_DIALS_MAX)

/* What must be received: answers, and other testers' requests. Their number, at most REQUEST_IDS_MAX. */
unsigned requests_receive_ids(const struct record *record, struct request_ids ids[REQUEST_IDS_MAX]);

/* All that may ever be sent. */
unsigned requests_send_ids(const struct record *record, struct request_ids ids[REQUEST_IDS_MAX]);

#endif
