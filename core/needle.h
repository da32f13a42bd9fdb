/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
#ifndef CORE_NEEDLE_H
#define CORE_NEEDLE_H

#include <stdbool.h>
#include <stdint.h>

/*
 * The damped needle: a critically damped second-order follower, solved exactly for one servo period
 * with the target held, so it depends on the targets at the periods and on nothing else.
 *   - It starts from rest without a jerk, never passes the target, never leaves the span between its
 *     start and the targets it was given, and comes to rest on the target exactly.
 *   - Once within the dead band of a target it goes on to that one and rests there until the target is
 *     farther off than the dead band: a servo would not turn for less. Held is the needle itself, so
 *     whatever is made of its angle stays still with it.
 *   - Damping T: after T it has done 59 % of a step, after 2 T 91 %, after 3 T 98 %; behind a value
 *     that rises steadily it stays T behind.
 *   - Never faster than the maximal rate, which it takes at least 0.1 s to reach.
 *   - needle_begin(): once, reach the target fast (190° in under a second at 300 °/s), then damp. What
 *     is not reached in a second is gone after ever less fast, and damped half a second later.
 * State is double: the error decays to below half a millidegree without the dead band and limit cycle
 * of rounded integers. Only the M7 (hardware double) and the PC run this.
 */
struct needle_config {
    uint32_t period_us;  /* servo period, the time of one step; not 0 */
    uint16_t damping_ms; /* T; at least two periods are used */
    uint16_t max_rate_deg_per_s;
    int32_t dead_band_mdeg; /* changes of the target up to this move nothing; 0 = none */
};

/* One way of following: natural frequency w, and what is left of a decay after a period. */
struct needle_law {
    double w_per_s;
    double decay; /* exp(-w * period) */
};

/* What needle_tune() computes once from the config. */
struct needle_tuning {
    double period_s;
    double max_rate_mdeg_per_s;
    double max_gain_mdeg_per_s; /* the speed may rise by this much in one period, up to the rate */
    uint32_t hurry_steps;       /* of a second, then a hurry ... */
    uint32_t ease_steps;        /* ... is eased to calm in so many */
    double dead_band_mdeg;
    struct needle_law calm;
    struct needle_law fast;
};

/* The needle itself; a value, copy it freely. */
struct needle {
    double angle_mdeg;
    double rate_mdeg_per_s;
    uint32_t hurry;   /* 0 = calm, else 1 + steps hurried so far */
    int32_t aim_mdeg; /* the target it goes to, of the last step */
    bool is_landing;  /* within the dead band of its aim, to which it keeps */
};

void needle_tune(struct needle_tuning *tuning, const struct needle_config *config);

/* At rest at an angle. */
void needle_rest(struct needle *needle, int32_t angle_mdeg);

/* A new move: to the target however near it is; fast until it arrives, else damped. */
void needle_begin(struct needle *needle, bool is_fast);

/* Moves on by one period towards the target. */
void needle_step(const struct needle_tuning *tuning, struct needle *needle, int32_t target_mdeg);

/* Where it points, rounded to nearest. */
int32_t needle_angle_mdeg(const struct needle *needle);

#endif
