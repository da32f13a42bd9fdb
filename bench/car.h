/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
/*
 * The virtual car that fits a profile: it sends what the profile listens to and answers what it asks, with the
 * temperature of vboard's engine. The only file that knows both a record and the car.
 *
 * OBD-II profiles meet two control units: the engine's, which has the PIDs asked for and the coolant's, and the
 * transmission's, which has neither.
 */
#ifndef BENCH_CAR_H
#define BENCH_CAR_H

#include "bench/model.h"
#include "core/record.h"
#include "vboard/car/car.h"
#include "vboard/car/ecu.h"

#define BENCH_CAR_ECUS (GAUGE_DIALS_MAX + 2)
#define BENCH_CAR_ANSWERS (GAUGE_DIALS_MAX + 8)

struct bench_car_config {
    const struct record *record; /* copied */
    int32_t ambient_milli;       /* of the cold, or warm, engine */
    uint64_t start_ps;           /* first frame */
    uint64_t drive_ps;           /* 0 = 600 s */
    uint64_t seed;
};

struct bench_car {
    struct record record;
    struct can_car car;
    struct can_ecu ecu[BENCH_CAR_ECUS];
    struct can_ecu_answer answer[BENCH_CAR_ECUS][BENCH_CAR_ANSWERS];
    uint8_t support[OBD_BLOCKS][4]; /* bits of PIDs 00, 20, 40 */
    unsigned ecu_count;
    bool has_obd; /* the two units of OBD-II are there */
    bool sensor_failed;
    struct bench_car_source {
        const struct source_broadcast *source;
        const bool *failed;
    } sources[CAN_CAR_SIGNALS]; /* what the signals are made from */
};

/* Puts the car on the bus. */
void bench_car_init(struct bench_car *car, struct can_bus *bus,
                    const struct bench_car_config *config, vtime_ps now);
void bench_car_destroy(struct bench_car *car, vtime_ps now);

/* What broadcasts name no invalid value for, a failed sensor sends as all ones. */
void bench_car_act(struct bench_car *car, const struct bench_car_act *act, vtime_ps now);

/* Is the node one of the car's? */
bool bench_car_owns(const struct bench_car *car, const struct can_node *node);

#endif
