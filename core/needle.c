/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
#include "core/needle.h"

#include "core/round.h"

/*
 * With e the distance past the target and v the speed, critical damping is e'' = -2 w e' - w² e, and
 * for a target that stands still
 *     e(t) = (e + (v + w e) t) exp(-w t),   v(t) = (v - w (v + w e) t) exp(-w t).
 * That is stepped exactly. Coming towards the target no faster than w |e| it never crosses it; the
 * limits below only ever make it slower, so they keep that.
 */
#define FAST_W_PER_S 24.0 /* 190° at 300 °/s: 0.63 s of cruise, 0.05 s off, 4.5 / 24 s landing */
#define SPEED_UP_S 0.1    /* from rest to the maximal rate, at the quickest */
#define HURRY_S 1.0
#define EASE_S 0.5              /* from fast to calm where the needle has not arrived by then */
#define ARRIVED_MDEG 100.0      /* a fifth of a good servo's dead band */
#define REST_MDEG 0.5           /* below this the rounded angle is the target's already */
#define TURN_MDEG_PER_S 10000.0 /* 0.2° a period: slow enough to turn round at once */

/* exp(-x) for 0 <= x <= 2: Taylor at x / 64, where 8 terms are exact to 1e-18, squared six times. */
static double decay_of(double x)
{
    double y = x / 64.0;
    double term = 1.0;
    double sum = 1.0;
    for (int i = 1; i < 9; i++) {
        term *= -y / i;
        sum += term;
    }
    for (int i = 0; i < 6; i++) {
        sum *= sum;
    }
    return sum;
}

static void law_of(struct needle_law *law, double w_per_s, double period_s)
{
    law->w_per_s = w_per_s;
    law->decay = decay_of(w_per_s * period_s);
}

void needle_tune(struct needle_tuning *tuning, const struct needle_config *config)
{
    double period_s = config->period_us / 1e6;
    double damping_s = config->damping_ms / 1e3;
    double fastest = 1.0 / period_s;
    double calm = damping_s > 2.0 * period_s ? 2.0 / damping_s : fastest;
    double fast = FAST_W_PER_S < fastest ? FAST_W_PER_S : fastest;
    tuning->period_s = period_s;
    tuning->max_rate_mdeg_per_s = config->max_rate_deg_per_s * 1e3;
    tuning->max_gain_mdeg_per_s = tuning->max_rate_mdeg_per_s * (period_s / SPEED_UP_S);
    tuning->hurry_steps = (uint32_t)(HURRY_S / period_s);
    tuning->ease_steps = (uint32_t)(EASE_S / period_s);
    tuning->dead_band_mdeg = config->dead_band_mdeg;
    law_of(&tuning->calm, calm, period_s);
    law_of(&tuning->fast, fast > calm ? fast : calm, period_s);
}

void needle_rest(struct needle *needle, int32_t angle_mdeg)
{
    *needle = (struct needle){.angle_mdeg = angle_mdeg, .aim_mdeg = angle_mdeg, .is_landing = true};
}

void needle_begin(struct needle *needle, bool is_fast)
{
    needle->hurry = is_fast;
    needle->is_landing = false;
}

/*
 * The target it really goes to: kept once the needle is near it, so that it arrives exactly, and
 * rests, however a target that is noisy by less than the dead band goes on.
 */
static void take_aim(const struct needle_tuning *tuning, struct needle *needle, int32_t target_mdeg)
{
    double changed = magnitude((double)target_mdeg - needle->aim_mdeg);
    if (needle->is_landing && changed <= tuning->dead_band_mdeg) {
        return;
    }
    needle->aim_mdeg = target_mdeg;
    needle->is_landing = magnitude(needle->angle_mdeg - target_mdeg) <= tuning->dead_band_mdeg;
}

/*
 * Moving away from a target that turned round: loses speed at the fast law's pace. It stops within
 * v / w, which is inside the span of the targets, since it never ran at one faster than w |e|.
 */
static void brake(const struct needle_tuning *tuning, struct needle *needle)
{
    const struct needle_law *law = &tuning->fast;
    needle->angle_mdeg += needle->rate_mdeg_per_s * (1.0 - law->decay) / law->w_per_s;
    needle->rate_mdeg_per_s *= law->decay;
}

/* One period of the law towards a target that lies `error` behind, with the limits of the rate. */
static void approach(const struct needle_tuning *tuning, const struct needle_law *law,
                     struct needle *needle, double error)
{
    double period_s = tuning->period_s;
    double rate = clamp_to(needle->rate_mdeg_per_s, law->w_per_s * magnitude(error));
    double slope = rate + law->w_per_s * error;
    double moved = (error + slope * period_s) * law->decay - error;
    double limit = magnitude(rate) + tuning->max_gain_mdeg_per_s;
    if (limit > tuning->max_rate_mdeg_per_s) {
        limit = tuning->max_rate_mdeg_per_s;
    }
    needle->angle_mdeg += clamp_to(moved, limit * period_s);
    rate = (rate - law->w_per_s * slope * period_s) * law->decay;
    needle->rate_mdeg_per_s = clamp_to(rate, limit);
}

/* Calm, fast, or on the way from fast to calm: a value that keeps rising is never arrived at. `eased` is room for that. */
static const struct needle_law *law_now(const struct needle_tuning *tuning,
                                        const struct needle *needle, struct needle_law *eased)
{
    if (needle->hurry == 0) {
        return &tuning->calm;
    }
    if (needle->hurry <= tuning->hurry_steps) {
        return &tuning->fast;
    }
    double part = (double)(needle->hurry - tuning->hurry_steps) / (tuning->ease_steps + 1u);
    law_of(eased, tuning->fast.w_per_s + (tuning->calm.w_per_s - tuning->fast.w_per_s) * part,
           tuning->period_s);
    return eased;
}

/* Rest, and the end of a hurry, are decided where nobody can see the change. */
static void settle(const struct needle_tuning *tuning, struct needle *needle)
{
    double error = magnitude(needle->angle_mdeg - needle->aim_mdeg);
    double rate = magnitude(needle->rate_mdeg_per_s);
    if (error < REST_MDEG && rate * tuning->period_s < REST_MDEG) {
        needle_rest(needle, needle->aim_mdeg);
        return;
    }
    if (error <= ARRIVED_MDEG || needle->hurry >= tuning->hurry_steps + tuning->ease_steps) {
        needle->hurry = 0;
    } else if (needle->hurry != 0) {
        needle->hurry++;
    }
}

void needle_step(const struct needle_tuning *tuning, struct needle *needle, int32_t target_mdeg)
{
    take_aim(tuning, needle, target_mdeg);
    double error = needle->angle_mdeg - needle->aim_mdeg;
    bool is_leaving = needle->rate_mdeg_per_s * error > 0;
    if (is_leaving && magnitude(needle->rate_mdeg_per_s) > TURN_MDEG_PER_S) {
        brake(tuning, needle);
    } else {
        if (is_leaving) {
            needle->rate_mdeg_per_s = 0;
        }
        struct needle_law eased;
        approach(tuning, law_now(tuning, needle, &eased), needle, error);
    }
    settle(tuning, needle);
}

int32_t needle_angle_mdeg(const struct needle *needle)
{
    return round_inside_i32(needle->angle_mdeg); /* it never leaves the span of its targets */
}
