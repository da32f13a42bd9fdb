/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
/*
 * The time base of the timers: RM0399 Rev 4 41.3.1 and 41.3.2 (up, down, center-aligned), one-pulse
 * mode (41.3.13), repetition counter (40.3.3), clocks from outside (40.3.5).
 */
#include "vboard/periph/tim/parts.h"

/* Segments that tim_sync walks through one by one before it jumps. */
#define WALK 4u

/* Far from 0, so that the start of a segment never is negative. */
#define FIRST_TICK (UINT64_C(1) << 62)

/* ---- segments ---- */

/* Counts from the segment's start to its end. *silent: the counter was beyond ARR (ARR has been
 * lowered under it), runs to its width and begins anew without an update. */
static uint64_t segment_length(const struct tim *t, bool *silent)
{
    uint64_t edge = tim_is_centered(t) ? 0 : 1; /* center-aligned: 0 to ARR - 1, ARR to 1 */
    *silent = false;
    if (t->down) {
        return t->top + edge;
    }
    if (t->seen > (int64_t)t->arr) {
        *silent = true;
        return t->traits->wide ? UINT64_C(1) << 32 : UINT64_C(1) << 16;
    }
    return t->arr + edge;
}

/* A counter that edges move is where the last one has put it. */
static vtime_ps time_of(const struct tim *t, uint64_t position)
{
    if (tim_is_external(t)) {
        return t->step_at;
    }
    return ticker_when(&t->ticker, t->start + position * tim_divider(t));
}

uint64_t tim_position(const struct tim *t, vtime_ps now)
{
    return (ticker_count(&t->ticker, now) - t->start) / tim_divider(t);
}

uint32_t tim_cnt(const struct tim *t, vtime_ps now)
{
    uint64_t position = tim_position(t, now);
    return t->down ? t->top - (uint32_t)position : (uint32_t)position;
}

static void refresh_all(struct tim *t, uint64_t position, vtime_ps at)
{
    for (unsigned n = 0; n < t->traits->channels; n++) {
        tim_refresh(t, n, position, at);
    }
}

/* Loads the active registers from the preload registers (an update event). */
static void load(struct tim *t)
{
    t->psc = t->p.values[R_PSC];
    t->arr = t->p.values[R_ARR];
    for (unsigned n = 0; n < t->traits->channels; n++) {
        t->channels[n].ccr = t->p.values[R_CCR1 + n] & (t->traits->wide ? ~0u : 0xFFFFu);
    }
}

static void set_direction(struct tim *t, bool down)
{
    t->down = down;
    t->top = t->arr;
    if (tim_is_centered(t)) {
        uint32_t cr1 = t->p.values[R_CR1] & ~CR1_DIR;
        t->p.values[R_CR1] = cr1 | (down ? CR1_DIR : 0);
    }
}

/* An overflow or underflow: UEV unless disabled or still to be repeated. */
static void update(struct tim *t, vtime_ps at)
{
    if (t->repeat != 0) {
        t->repeat--;
        return;
    }
    if (tim_has(t, R_CR1, CR1_UDIS)) {
        return;
    }
    load(t);
    t->repeat = t->p.values[R_RCR];
    t->triggered = false;
    t->p.values[R_SR] |= SR_UIF;
    if (tim_has(t, R_CR1, CR1_OPM)) {
        t->p.values[R_CR1] &= ~CR1_CEN;
        ticker_stop(&t->ticker, at);
        tim_follow(t, at);
    }
    tim_update_event(t, at);
}

static void end_segment(struct tim *t, uint64_t length, bool silent)
{
    vtime_ps at = time_of(t, length);
    if (!silent) {
        for (unsigned n = 0; n < t->traits->channels; n++) {
            tim_missed(t, n, at);
        }
    }
    t->start += length * tim_divider(t);
    t->seen = -1;
    if (!silent) {
        update(t, at);
        set_direction(t, tim_is_centered(t) ? !t->down : t->down);
        if (t->arr == 0) { /* 41.4.15: the counter is blocked */
            ticker_stop(&t->ticker, at);
        }
    }
    for (unsigned n = 0; n < t->traits->channels && !t->etr_high; n++) {
        t->channels[n].cleared = false;
    }
    refresh_all(t, 0, at);
}

/* Matches at the positions after `seen` up to `last`. */
static void catch_up(struct tim *t, uint64_t last, uint64_t length)
{
    for (unsigned n = 0; n < t->traits->channels; n++) {
        uint64_t m = tim_compare_position(t, n);
        bool passed = (int64_t)m > t->seen && m <= last; /* mostly not */
        if (passed && tim_match_position(t, n, length, &m)) {
            tim_match(t, n, m, time_of(t, m));
        }
    }
    t->seen = (int64_t)last;
}

/* Nothing but flags can come of walking through one more segment: an even number of them may be left
 * out (even, for toggling outputs and for center-aligned counting). */
static bool is_steady(const struct tim *t)
{
    if (t->repeat != 0 || t->p.values[R_RCR] != 0 || tim_has(t, R_CR1, CR1_OPM) || t->triggered) {
        return false;
    }
    bool same = t->psc == t->p.values[R_PSC] && t->arr == t->p.values[R_ARR];
    for (unsigned n = 0; n < t->traits->channels; n++) {
        uint32_t ccr = t->p.values[R_CCR1 + n] & (t->traits->wide ? ~0u : 0xFFFFu);
        same = same && t->channels[n].ccr == ccr;
    }
    return same || tim_has(t, R_CR1, CR1_UDIS);
}

static void jump(struct tim *t, uint64_t ticks)
{
    bool silent;
    uint64_t step = segment_length(t, &silent) * tim_divider(t);
    uint64_t whole = (ticks - t->start) / step;
    if (whole > WALK && is_steady(t)) {
        t->start += ((whole - WALK) & ~UINT64_C(1)) * step;
    }
}

static bool is_moving(const struct tim *t)
{
    return t->ticker.running || (tim_is_external(t) && tim_has(t, R_CR1, CR1_CEN) && t->arr != 0);
}

void tim_sync(struct tim *t, vtime_ps now)
{
    uint64_t ticks = ticker_count(&t->ticker, now);
    while (is_moving(t)) {
        bool silent;
        uint64_t length = segment_length(t, &silent);
        uint64_t position = (ticks - t->start) / tim_divider(t);
        if (position < length) {
            if ((int64_t)position > t->seen) {
                catch_up(t, position, length);
            }
            break;
        }
        catch_up(t, length - 1, length);
        end_segment(t, length, silent);
        if (is_moving(t)) {
            jump(t, ticks);
        }
    }
    tim_update_irq(t);
}

/* ---- changes from outside ---- */

/* Writing CNT leaves the prescaler's phase alone. */
void tim_set_cnt(struct tim *t, uint32_t value, vtime_ps now)
{
    uint64_t ticks = ticker_count(&t->ticker, now);
    uint64_t phase = (ticks - t->start) % tim_divider(t);
    uint64_t position = value;
    if (t->down) {
        t->top = value > t->arr ? value : t->arr;
        position = t->top - value;
    }
    t->start = ticks - phase - position * tim_divider(t);
    t->seen = (int64_t)position;
    refresh_all(t, position, now);
}

void tim_generate_update(struct tim *t, vtime_ps now)
{
    if (!tim_has(t, R_CR1, CR1_UDIS)) {
        load(t);
        t->repeat = t->p.values[R_RCR];
        if (!tim_has(t, R_CR1, CR1_URS)) {
            t->p.values[R_SR] |= SR_UIF;
            tim_update_event(t, now);
        }
    }
    set_direction(t, !tim_is_centered(t) && tim_has(t, R_CR1, CR1_DIR));
    t->start = ticker_count(&t->ticker, now);
    t->seen = -1;
    refresh_all(t, 0, now);
    tim_set_running(t, now);
}

void tim_set_running(struct tim *t, vtime_ps now)
{
    bool gated = t->p.gate != NULL && !t->p.gate->any;
    bool held = tim_is_external(t) || (tim_slave_mode(t) == SMS_GATED && !t->gate_open);
    if (tim_has(t, R_CR1, CR1_CEN) && !gated && !held && t->arr != 0) {
        ticker_start(&t->ticker, now);
    } else if (t->ticker.running) {
        ticker_stop(&t->ticker, now);
    }
}

void tim_step(struct tim *t, vtime_ps now)
{
    bool gated = t->p.gate != NULL && !t->p.gate->any;
    if (tim_has(t, R_CR1, CR1_CEN) && !gated && t->arr != 0) {
        t->step_at = now;
        ticker_set(&t->ticker, ticker_count(&t->ticker, now) + 1, now);
        tim_sync(t, now);
    }
}

void tim_clear(struct tim *t)
{
    ticker_init(&t->ticker, t->kernel, 1);
    ticker_set(&t->ticker, FIRST_TICK, t->p.chip->sched.now);
    load(t);
    t->repeat = 0;
    t->triggered = false;
    t->down = false;
    t->top = t->arr;
    t->start = FIRST_TICK;
    t->seen = -1;
}

/* ---- events ---- */

void tim_reschedule(struct tim *t)
{
    bool silent;
    uint64_t length = segment_length(t, &silent);
    uint32_t dier = t->p.values[R_DIER];
    bool end = ((dier & SR_UIF) != 0 && !tim_has(t, R_SR, SR_UIF)) || tim_wants_every_end(t);
    uint64_t next = length;
    for (unsigned n = 0; n < t->traits->channels; n++) {
        uint64_t m;
        end = end || tim_wants_end(t, n);
        if (!tim_wants_match(t, n)) {
            continue;
        }
        if (tim_match_position(t, n, length, &m) && (int64_t)m > t->seen) {
            next = m < next ? m : next;
        } else {
            end = true; /* its next match is in a later segment */
        }
    }
    vtime_ps at = VTIME_NEVER;
    if (t->ticker.running && (end || next != length)) {
        at = time_of(t, next);
    }
    if (at == VTIME_NEVER) {
        sched_cancel(&t->p.chip->sched, &t->event);
    } else {
        sched_at(&t->p.chip->sched, &t->event, at);
    }
}

void tim_event(void *ctx, vtime_ps now)
{
    struct tim *t = ctx;
    tim_sync(t, now);
    tim_reschedule(t);
}
