/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
#ifndef VBOARD_PARTS_SERVO_H
#define VBOARD_PARTS_SERVO_H

/*
 * A hobby servo: measures the high pulses on its signal wire and turns its shaft towards the angle
 * they ask for, at a fixed top speed, but only if that is more than its dead band away. The shaft is
 * computed when somebody asks; the servo has no events of its own.
 *
 * Angles are milli-degrees. Figures: SG90 class, 0.10 s for 60 degrees at 4.8 V, dead band 5 us.
 */
#include <stdbool.h>
#include <stdint.h>

#include "vboard/kernel/signal.h"

/* 0 everywhere is the default servo of the profile: 600 us = 0 degrees, 2400 us = 180 degrees. */
struct servo_config {
    uint32_t low_us, high_us;    /* calibration: pulse at low_mdeg and high_mdeg; 0 = 600, 2400 */
    int32_t low_mdeg, high_mdeg; /* both 0 = 0, 180000 */
    uint32_t shortest_us, longest_us; /* pulses outside are ignored; 0 = 500, 2500 */
    uint32_t ms_per_60deg;            /* 0 = 100 */
    uint32_t dead_band_ns;            /* 0 = 5000 */
    uint32_t hold_ms;                 /* analog: drives the motor so long after a pulse; 0 = 50 */
    bool analog;                      /* relaxes when the pulses stop; a digital servo holds */
    int32_t start_mdeg;               /* where the shaft stands at first */
};

struct servo {
    struct servo_config config;
    struct signal *wire;
    struct signal_listener listener; /* passive while unplugged */
    vtime_ps rose_at;
    bool high;
    int32_t from_mdeg; /* the shaft at from_at ... */
    vtime_ps from_at;
    int32_t target_mdeg; /* ... and where it is turning to */
    vtime_ps last_pulse_at;
    vtime_ps last_width;
    uint64_t pulses, ignored; /* accepted and impossible pulses so far */
    bool unplugged;
};

/* Listens on `wire`. `config` is copied; NULL means all defaults. */
void servo_init(struct servo *s, const struct servo_config *config, struct signal *wire);
/* The shaft's angle at `now`. */
int32_t servo_angle_mdeg(const struct servo *s, vtime_ps now);
/* Pulls its plug: the shaft stays where it is and hears of nothing. Or puts it in again. */
void servo_plug(struct servo *s, bool plugged, vtime_ps now);
/* The motor is powered: pulses arrive, or it is a digital servo that has had one. */
bool servo_is_driven(const struct servo *s, vtime_ps now);

#endif
