/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
#ifndef VBOARD_CAR_CAR_H
#define VBOARD_CAR_CAR_H

/*
 * A car to try a gauge on: it broadcasts its oil temperature among the traffic of some fifty other
 * identifiers, about 1,200 frames a second at 500 kbit/s (fewer where the bus is slower), while its
 * engine warms up over ten minutes.
 *
 * The engine: coolant rises by a quarter degree a second until the thermostat opens at 90 degrees; the
 * oil follows it with a time constant of 90 s to 12 degrees above, swinging by 2 degrees with the load. From
 * 330 to 450 s it is driven hard, if it is warm by then: the oil goes beyond 130 degrees; then it cools down. All in integers; the same seed gives the same frames, bit for bit.
 */
#include <stdbool.h>
#include <stdint.h>

#include "vboard/can/bus.h"

#define CAN_CAR_MESSAGES 64
#define CAN_CAR_SIGNALS 4
#define CAN_CAR_AVOIDED 16
#define CAN_CAR_CURVE_POINTS 1024

/* Where the temperature lies in its frame, as a DBC file tells it. */
struct can_car_signal {
    uint32_t id;
    bool extended;
    bool fd;             /* a CAN FD frame, with bit rate switch */
    uint8_t dlc;         /* 0..8, with `fd` up to 15; 0 = 8 */
    uint16_t start_bit;  /* DBC: lowest bit (Intel) or highest bit (Motorola, sawtooth numbers) */
    uint8_t length_bits; /* 1..64 */
    bool motorola, is_signed;
    int64_t scale_micro;  /* degrees C per bit, in millionths; not 0 */
    int64_t offset_micro; /* degrees C at raw 0, in millionths */
    /* For values that are not integers: the raw bits of a temperature. NULL: by scale and offset. */
    uint64_t (*encode)(const void *ctx, int32_t milli);
    const void *encode_ctx;
    /* Bits of the payload that always are the same: a page's number, validity. */
    uint8_t fixed[CAN_DATA_MAX];
    uint8_t fixed_mask[CAN_DATA_MAX];
};

/* Identifiers that the other traffic leaves alone. */
struct can_car_ids {
    uint32_t id, mask;
    bool extended;
};

struct can_car_config {
    /* Signals with the same identifier and fixed bits share a frame. None: the traffic alone. */
    struct can_car_signal signals[CAN_CAR_SIGNALS];
    unsigned signal_count;
    struct can_car_ids avoided[CAN_CAR_AVOIDED];
    unsigned avoided_count;
    bool extended_traffic; /* the other traffic has 29-bit identifiers */
    vtime_ps period;       /* of the signals' frames; 0 = 100 ms */
    bool invalid_first;    /* the first frame after key-on carries `invalid_raw` */
    uint64_t invalid_raw;
    int32_t ambient_milli;     /* cold engine; 20,000 = 20 degrees C */
    uint32_t bitrate_bps;      /* 0 = 500,000 */
    uint32_t data_bitrate_bps; /* of FD frames; 0 = as bitrate_bps */
    vtime_ps start;            /* first frame; 0 = 1.000 s */
    vtime_ps drive;            /* from the first frame on; 0 = 600 s; then the car falls silent */
    uint64_t seed;
};

struct can_car_message {
    uint32_t id;
    uint8_t dlc;
    vtime_ps period, due;
    bool extended, fd;
    unsigned signals; /* bit i: carries signal i */
    uint64_t count;
    uint64_t noise; /* state of the random payload */
};

struct can_car {
    struct can_node node;
    struct can_car_config config;
    struct can_car_message messages[CAN_CAR_MESSAGES]; /* the first are the signals' */
    unsigned message_count;
    unsigned chosen; /* message offered to arbitration */
    bool asleep;
    int32_t curve_milli[CAN_CAR_CURVE_POINTS]; /* oil temperature, one point a second */
    int32_t coolant_milli[CAN_CAR_CURVE_POINTS];
};

/* Attaches the car to `bus`; *config is copied. */
void can_car_init(struct can_car *car, struct can_bus *bus, const struct can_car_config *config,
                  vtime_ps now);
void can_car_destroy(struct can_car *car, vtime_ps now);
/* The oil's true temperature, thousandths of a degree C. */
int32_t can_car_temperature_milli(const struct can_car *car, vtime_ps now);
int32_t can_car_coolant_milli(const struct can_car *car, vtime_ps now);
/* What the first signal's frame says at `now`: the value after rounding to the signal's steps. */
int32_t can_car_sent_milli(const struct can_car *car, vtime_ps now);
/* The drive is over. */
bool can_car_done(const struct can_car *car, vtime_ps now);
vtime_ps can_car_end(const struct can_car *car);
/* Its bus falls silent, or goes on. The engine does not care. */
void can_car_sleep(struct can_car *car, bool asleep, vtime_ps now);

/* Puts `raw` into a payload of CAN_DATA_MAX bytes; bits beyond it are dropped. */
void can_car_insert(uint8_t *data, const struct can_car_signal *s, uint64_t raw);

#endif
