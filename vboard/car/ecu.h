/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
#ifndef VBOARD_CAR_ECU_H
#define VBOARD_CAR_ECU_H

/*
 * A control unit that answers diagnostic requests over ISO 15765-2 on classic CAN: OBD-II, UDS, KWP2000 on
 * CAN, whatever a table of requests and answers says. Long answers are cut into frames and wait for flow
 * control: block size, STmin, "wait" and "overflow" are obeyed, and after N_Bs (1 s) the answer is dropped.
 *
 * Left out: requests longer than one frame, sessions, security.
 */
#include <stdbool.h>
#include <stdint.h>

#include "vboard/can/bus.h"

#define CAN_ECU_REQUEST_MAX 4
#define CAN_ECU_MESSAGE_MAX 512

/* What one request is answered with. */
struct can_ecu_answer {
    uint8_t request[CAN_ECU_REQUEST_MAX]; /* service and what it is about, as 01 5C or 22 20 2F */
    uint8_t request_length;
    uint8_t negative;    /* 7F service and this code instead; 0: a positive answer */
    const uint8_t *data; /* behind the echo of the request; NULL: zeros */
    uint16_t length;     /* of the data */
    /* A temperature in the data: bits counted from the first byte's highest one, highest first. */
    uint16_t start_bit;
    uint8_t length_bits; /* 0: none */
    bool is_signed;
    bool is_coolant;      /* else the oil's */
    int64_t scale_micro;  /* degrees C per bit, in millionths */
    int64_t offset_micro; /* degrees C at raw 0 */
};

struct can_ecu_config {
    const char *name;
    uint32_t request_id, answer_id;
    uint32_t functional_id; /* requests to all units; 0: none */
    bool extended;
    bool has_address;                     /* ISO 15765-2 extended addressing */
    uint8_t address;                      /* of this unit: begins what it hears */
    uint8_t tester;                       /* begins what it sends */
    vtime_ps delay;                       /* from request to answer; 0 = 5 ms */
    unsigned pendings;                    /* 7F service 78 so often before the answer ... */
    vtime_ps pending_every;               /* ... this long before it, and one another */
    const struct can_ecu_answer *answers; /* borrowed */
    unsigned answer_count;
    uint32_t bitrate_bps; /* 0 = 500,000 */
    /* Thousandths of a degree C; NULL: 0. */
    int32_t (*temperature_milli)(void *ctx, bool coolant, vtime_ps now);
    void *ctx;
};

enum can_ecu_state {
    CAN_ECU_IDLE,
    CAN_ECU_ANSWERING, /* the frame in `frame` goes out at `due` */
    CAN_ECU_AWAITS_FLOW,
};

struct can_ecu {
    struct can_node node;
    struct can_ecu_config config;
    enum can_ecu_state state;
    struct bus_frame frame;
    vtime_ps due;
    uint8_t service;
    unsigned pendings_left;
    uint8_t message[CAN_ECU_MESSAGE_MAX];
    unsigned length, done; /* bytes of the message, and of them sent */
    uint8_t next;          /* number of the next consecutive frame */
    unsigned block_left;   /* frames until the next flow control; 0: no more is awaited */
    vtime_ps gap;          /* STmin */
    vtime_ps flow_until;   /* N_Bs */
    uint64_t requests;     /* heard and answered */
    uint64_t broken;       /* answers dropped for want of flow control, or told to */
};

/* Attaches the unit, plugged in, to `bus`; *config is copied. */
void can_ecu_init(struct can_ecu *ecu, struct can_bus *bus, const struct can_ecu_config *config,
                  vtime_ps now);
void can_ecu_destroy(struct can_ecu *ecu, vtime_ps now);

/* Its plug is pulled, or put in again. */
void can_ecu_plug(struct can_ecu *ecu, bool plugged, vtime_ps now);

#endif
