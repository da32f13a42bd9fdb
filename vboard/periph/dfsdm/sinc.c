/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
/* DFSDM: the filter and the integrator (RM0399 Rev 4, 31.4.8, 31.4.9). */
#include "vboard/periph/dfsdm/internal.h"

#include <string.h>

#define FAST_SINC 0u
#define ORDER_MAX 5u
#define FAST_SETTLES 4u /* outputs: two of the filter, two until it is added to itself */
#define FAST_DELAY 2u   /* samples until a result is out (31.4.4); of others: their order */
#define RESULTS 8u

static unsigned order_of(uint32_t fcr)
{
    unsigned ford = fcr >> 29;
    return ford > ORDER_MAX ? ORDER_MAX : ford;
}

static unsigned ratio_of(uint32_t fcr)
{
    return (fcr >> 16 & 0x3FFu) + 1;
}

static unsigned sums_of(uint32_t fcr)
{
    return (fcr & 0xFFu) + 1;
}

bool sinc_is_bypassed(uint32_t fcr)
{
    return ratio_of(fcr) == 1;
}

static unsigned settles_after(uint32_t fcr)
{
    return order_of(fcr) == FAST_SINC ? FAST_SETTLES : order_of(fcr);
}

uint64_t sinc_samples(uint32_t fcr)
{
    unsigned delay = order_of(fcr) == FAST_SINC ? FAST_DELAY : order_of(fcr);
    if (sinc_is_bypassed(fcr)) {
        return sums_of(fcr);
    }
    return (uint64_t)ratio_of(fcr) * (sums_of(fcr) - 1 + settles_after(fcr)) + delay;
}

uint64_t sinc_fast_samples(uint32_t fcr)
{
    return (uint64_t)ratio_of(fcr) * sums_of(fcr);
}

void sinc_start(struct sinc *s, uint32_t fcr)
{
    memset(s, 0, sizeof(*s));
    s->order = order_of(fcr);
    s->ratio = ratio_of(fcr);
    s->sums = sums_of(fcr);
    s->unsettled = sinc_is_bypassed(fcr) ? 0 : settles_after(fcr) - 1;
}

/* The combs, at the lower rate. */
static uint32_t output(struct sinc *s, unsigned stages)
{
    uint32_t value = s->integrators[stages - 1];
    for (unsigned i = 0; i < stages; i++) {
        uint32_t last = s->combs[i];
        s->combs[i] = value;
        value -= last;
    }
    if (s->order == FAST_SINC) {
        uint32_t twice = value + s->before[1];
        s->before[1] = s->before[0];
        s->before[0] = value;
        return twice;
    }
    return value;
}

static void integrate(struct sinc *s, uint32_t value)
{
    if (s->unsettled != 0) {
        s->unsettled--;
        return;
    }
    s->sum += value;
    if (++s->summed == s->sums) {
        s->results[(s->first + s->count) % RESULTS] = s->sum;
        s->count += s->count < RESULTS ? 1 : 0;
        s->summed = 0;
        s->sum = 0;
    }
}

void sinc_put(struct sinc *s, int32_t sample)
{
    unsigned stages = s->order == FAST_SINC ? 2 : s->order;
    uint32_t value = (uint32_t)sample;
    if (s->ratio == 1) {
        integrate(s, value);
        return;
    }
    for (unsigned i = 0; i < stages; i++) {
        s->integrators[i] += value;
        value = s->integrators[i];
    }
    if (++s->in == s->ratio) {
        s->in = 0;
        integrate(s, output(s, stages));
    }
}

int32_t sinc_take(struct sinc *s)
{
    uint32_t result = s->results[s->first];
    if (s->count != 0) {
        s->first = (s->first + 1) % RESULTS;
        s->count--;
    }
    return (int32_t)result;
}

/* Table 256: the filter's gain, times the integrator's. */
int32_t sinc_of_zeros(uint32_t fcr)
{
    uint32_t gain = sums_of(fcr);
    unsigned order = order_of(fcr) == FAST_SINC ? 2 : order_of(fcr);
    for (unsigned i = 0; !sinc_is_bypassed(fcr) && i < order; i++) {
        gain *= ratio_of(fcr);
    }
    gain *= order_of(fcr) == FAST_SINC && !sinc_is_bypassed(fcr) ? 2u : 1u;
    return (int32_t)(0u - gain);
}
