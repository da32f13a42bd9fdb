/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
#ifndef TESTS_OBD_CAR_RIG_H
#define TESTS_OBD_CAR_RIG_H

/*
 * The firmware on the virtual board, on the bus of a virtual car and of control units that a test makes up. A
 * record of what the console said, what telemetry told last, and every frame that the board sent.
 */
#include "core/record.h"
#include "core/telemetry.h"
#include "vboard/boards/board.h"
#include "vboard/car/car.h"
#include "vboard/car/ecu.h"

#define CAR_RIG_ECUS 4
#define CAR_RIG_SENT 4096
#define CAR_RIG_TEXTS 64

/* A valid frame that the board sent. */
struct car_rig_sent {
    vtime_ps end;
    uint32_t id;
    bool extended;
    uint8_t data[8];
};

struct car_rig_config {
    const struct record *record;
    struct can_car_config car; /* without bit rate and seed: the record's, and 1 */
    bool no_car;
    uint32_t bus_bps; /* of the car; 0: as the record has it */
    /* From off_at on the car is switched off: a gateway wakes it at each frame of the board, for so long. 0: never. Its
     * temperatures are 91 and 80 °C all the time. */
    vtime_ps off_at;
    vtime_ps gateway_tail;
    struct board_config board;
};

struct car_rig {
    struct board *board;
    struct can_bus *bus;
    struct can_car car;
    bool has_car;
    struct can_ecu ecu[CAR_RIG_ECUS];
    unsigned ecu_count;
    uint32_t bus_bps;
    vtime_ps off_at, gateway_tail, awake_until;
    struct can_listener listener;
    const struct can_node *board_node;

    struct telemetry_line told; /* the last line */
    unsigned told_count;
    char text[CAR_RIG_TEXTS][160];
    vtime_ps text_at[CAR_RIG_TEXTS];
    unsigned text_count;
    char line[400];
    size_t line_length;
    struct car_rig_sent sent[CAR_RIG_SENT];
    unsigned sent_count;
    unsigned resets;
};

/* A record with one dial, OBD-II PID 5C twice a second, active at 500 kbit/s; timeout 3 s. */
struct record car_rig_record(void);

/* Makes the rig, unpowered. Free with car_rig_destroy. */
struct car_rig *car_rig_create(const struct car_rig_config *config);
void car_rig_destroy(struct car_rig *rig);

/* A control unit whose temperatures are the car's, or of 91 and 80 °C without one. */
struct can_ecu *car_rig_add(struct car_rig *rig, const struct can_ecu_config *config);

/* A unit of OBD-II at 7E0 + n with PIDs 05 and 5C. */
struct can_ecu_config car_rig_obd(unsigned n);
/* One that has 05 alone, one that says to have 5C and refuses it. */
struct can_ecu_config car_rig_obd_without_oil(unsigned n);
struct can_ecu_config car_rig_obd_refusing(unsigned n);

void car_rig_power(struct car_rig *rig);
void car_rig_run_until(struct car_rig *rig, vtime_ps until);
void car_rig_run_for(struct car_rig *rig, vtime_ps duration);
vtime_ps car_rig_now(const struct car_rig *rig);

/* Has the console said a line that begins with this? */
bool car_rig_said(const struct car_rig *rig, const char *begin);

/* The dial's state, value and needle as told last. */
const struct telemetry_dial *car_rig_dial(const struct car_rig *rig);

/* Fails unless the dial is live and within a degree of this. */
void car_rig_check_shows(const struct car_rig *rig, int32_t milli);

/* Fails on any finding, reset or lost frame. */
void car_rig_check_clean(const struct car_rig *rig);

/* A word of the block that the cores share, by its offset (core/ipc.h). */
uint32_t car_rig_shared(const struct car_rig *rig, size_t offset);

/* Another tester's frame, once, now. */
void car_rig_tester(struct car_rig *rig, uint32_t id, const uint8_t bytes[8]);

#endif
