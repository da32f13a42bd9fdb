/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
/* The channels of the timers as outputs: compare and OCxREF (RM0399 Rev 4 40.3.10 to 40.3.14, 40.3.18, 40.3.21). */
#include "vboard/periph/tim/parts.h"

/* ---- fields ---- */

uint32_t tim_ccmr(const struct tim *t, unsigned n)
{
    return t->p.values[R_CCMR1 + n / 2] >> (8 * (n & 1u));
}

unsigned tim_selection(const struct tim *t, unsigned n)
{
    return n < TIM_PINS ? tim_ccmr(t, n) & 3u : 0;
}

bool tim_is_output(const struct tim *t, unsigned n)
{
    return n < t->traits->channels && tim_selection(t, n) == 0;
}

/* OCxM, whose bit 3 is apart (40.4.8). */
static uint8_t mode_field(const struct tim *t, unsigned n)
{
    uint32_t ccmr = tim_ccmr(t, n);
    return (uint8_t)(((ccmr >> 4) & 7u) | ((ccmr >> 16) & 1u) << 3);
}

uint32_t tim_ccer(const struct tim *t, unsigned n)
{
    return t->ccer >> (4 * n) & 15u;
}

/* 40.4.2 CCPC: "This bit acts only on channels that have a complementary output". */
void tim_take_controls(struct tim *t, bool commutation)
{
    bool preloaded = tim_has(t, R_CR2, CR2_CCPC) && !commutation;
    uint32_t kept = preloaded ? (1u << (4 * t->traits->complements)) - 1u : 0;
    t->ccer = (t->ccer & kept) | (t->p.values[R_CCER] & ~kept);
    for (unsigned n = preloaded ? t->traits->complements : 0; n < t->traits->channels; n++) {
        t->channels[n].mode = mode_field(t, n);
    }
}

/* Modes whose OCxREF follows from the position: PWM and what is made of it. */
static bool is_pwm(unsigned mode)
{
    return mode == OC_PWM1 || mode == OC_PWM2 || mode == OC_RETRIGGERED1 ||
           mode == OC_RETRIGGERED2 || mode >= OC_COMBINED1;
}

/* PWM mode 2 and its kin are the inverse. */
static bool is_inverse(unsigned mode)
{
    return (mode & 1u) != 0;
}

/* ---- OCxREF ---- */

bool tim_match_position(const struct tim *t, unsigned n, uint64_t length, uint64_t *position)
{
    *position = tim_compare_position(t, n);
    return *position < length && tim_is_output(t, n);
}

/* 40.4.8: PWM mode 1 is active while CNT < CCR going up, inactive while CNT > CCR going down. The
 * retriggerable modes compare from a trigger to the next update only; before, they are active (mode 1) or
 * inactive going up, and the reverse going down, where mode 2 compares as PWM mode 1. */
static bool pwm_ref(const struct tim *t, unsigned n, uint64_t position, unsigned mode)
{
    uint64_t ccr = t->channels[n].ccr;
    bool active = t->down ? t->top - position <= ccr : position < ccr;
    if (mode == OC_RETRIGGERED1 || mode == OC_RETRIGGERED2) {
        bool first = mode == OC_RETRIGGERED1;
        return !t->triggered ? first != t->down : active == (first || t->down);
    }
    return active != is_inverse(mode);
}

bool tim_ref(const struct tim *t, unsigned n)
{
    const struct tim_channel *c = &t->channels[n];
    const struct tim_channel *other = &t->channels[n ^ 1u];
    bool ref = c->ref;
    if (c->mode == OC_COMBINED1) {
        ref = ref || other->ref;
    } else if (c->mode == OC_COMBINED2) {
        ref = ref && other->ref;
    } else if (c->mode >= OC_ASYMMETRIC1) {
        ref = t->down ? other->ref : ref;
    }
    const uint32_t gc5c =
        n < 3 ? 1u << (29 + n) : 0; /* 40.4.24: "OC5REF is combined with OCxREF" */
    if (gc5c != 0 && t->traits->channels == TIM_CHANNELS && tim_has(t, R_CCR5, gc5c)) {
        ref = ref && t->channels[4].ref;
    }
    return ref && !c->cleared;
}

void tim_refresh(struct tim *t, unsigned n, uint64_t position, vtime_ps at)
{
    struct tim_channel *c = &t->channels[n];
    if (n >= t->traits->channels) {
        return;
    }
    if (is_pwm(c->mode)) {
        c->ref = pwm_ref(t, n, position, c->mode);
    } else if (c->mode == OC_FORCE_LOW || c->mode == OC_FORCE_HIGH) {
        c->ref = c->mode == OC_FORCE_HIGH;
    }
    tim_drive(t, n, at);
}

/* 40.3.18: OCxREF is low while ETRF is high, and until the cycle after. */
void tim_clear_refs(struct tim *t, vtime_ps now)
{
    for (unsigned n = 0; n < t->traits->channels; n++) {
        struct tim_channel *c = &t->channels[n];
        bool clears = t->etr_high && tim_is_output(t, n) && (tim_ccmr(t, n) & 0x80u) != 0;
        if (clears && c->mode != OC_FORCE_HIGH) {
            c->cleared = true;
            tim_drive(t, n, now);
        }
    }
}

/* ---- compare ---- */

/* 40.4.1 CMS: center-aligned modes 1, 2 and 3 flag matches going down, up, or both. */
static bool flags_match(const struct tim *t)
{
    unsigned cms = (t->p.values[R_CR1] & CR1_CMS) >> CR1_CMS_POS;
    return cms == 0 || (cms & (t->down ? 1u : 2u)) != 0;
}

void tim_match(struct tim *t, unsigned n, uint64_t position, vtime_ps at)
{
    struct tim_channel *c = &t->channels[n];
    switch (c->mode) {
    case OC_ACTIVE:
        c->ref = true;
        break;
    case OC_INACTIVE:
        c->ref = false;
        break;
    case OC_TOGGLE:
        c->ref = !c->ref;
        break;
    default:
        break;
    }
    if (flags_match(t)) {
        tim_cc_event(t, n, at);
    }
    tim_refresh(t, n, position, at);
}

/* 41.4.5: a compare value beyond the auto-reload value is flagged at overflow or underflow. */
void tim_missed(struct tim *t, unsigned n, vtime_ps at)
{
    uint32_t top = t->down ? t->top : t->arr;
    if (tim_is_output(t, n) && t->channels[n].ccr > top) {
        tim_cc_event(t, n, at);
    }
}

/* ---- who would notice ---- */

bool tim_wants_match(const struct tim *t, unsigned n)
{
    unsigned mode = t->channels[n].mode;
    if (!tim_is_output(t, n)) {
        return false;
    }
    if (n < TIM_PINS && tim_has(t, R_DIER, SR_CCIF(n)) && !tim_has(t, R_SR, SR_CCIF(n))) {
        return true;
    }
    if (tim_wants_every_match(t, n)) {
        return true;
    }
    return (is_pwm(mode) || (mode >= OC_ACTIVE && mode <= OC_TOGGLE)) && tim_ref_is_watched(t, n);
}

bool tim_wants_end(const struct tim *t, unsigned n)
{
    return tim_is_output(t, n) && is_pwm(t->channels[n].mode) && tim_ref_is_watched(t, n);
}
