/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
/* RTC: alarms A and B (RM0399 Rev 4, 49.3.6, 49.6.7, 49.6.17) and the wake-up timer (49.3.7). */
#include "vboard/periph/rtc/internal.h"

#define DAY_SECONDS 86400u
#define DAYS_AHEAD 62u /* the 31st comes again within two months */
#define NEVER UINT64_MAX
#define ALRM_WDSEL (1u << 30)
#define ALRM_MSK(n) (1u << (8 * (n)-1)) /* MSK1 to MSK4: bits 7, 15, 23, 31 */

/* ---- what an alarm waits for ---- */

static bool is_free(uint32_t alarm, unsigned mask)
{
    return (alarm & ALRM_MSK(mask)) != 0;
}

static bool matches_day(const struct rtc *r, uint32_t alarm, uint64_t day)
{
    if (is_free(alarm, 4)) {
        return true;
    }
    struct rtc_time t = rtc_time_now(r, day * DAY_SECONDS);
    unsigned wanted = alarm >> 24 & 0x3Fu;
    return (alarm & ALRM_WDSEL) != 0 ? t.weekday == (wanted & 15u) : t.day == rtc_bcd(wanted);
}

/* The first second of a day, from `from` on, whose hour, minute and second the alarm wants. */
static unsigned match_in_day(const struct rtc *r, uint32_t alarm, unsigned from)
{
    bool twelve = rtc_has(r, R_CR, CR_FMT);
    for (unsigned s = from; s < DAY_SECONDS; s++) {
        const struct rtc_time t = {.hour = s / 3600, .minute = s / 60 % 60, .second = s % 60};
        uint32_t tr = rtc_encode_tr(&t, twelve) ^ alarm;
        if (!is_free(alarm, 3) && (tr & 0x007F0000u) != 0) {
            s += 3599 - s % 3600; /* the next hour */
        } else if (!is_free(alarm, 2) && (tr & 0x7F00u) != 0) {
            s += 59 - s % 60;
        } else if (is_free(alarm, 1) || (tr & 0x7Fu) == 0) {
            return s;
        }
    }
    return DAY_SECONDS;
}

static uint64_t match_second(const struct rtc *r, uint32_t alarm, uint64_t from)
{
    uint64_t first = from / DAY_SECONDS;
    for (uint64_t day = first; day < first + DAYS_AHEAD; day++) {
        if (!matches_day(r, alarm, day)) {
            continue;
        }
        unsigned at = match_in_day(r, alarm, day == first ? (unsigned)(from % DAY_SECONDS) : 0);
        if (at < DAY_SECONDS) {
            return day * DAY_SECONDS + at;
        }
    }
    return NEVER;
}

/* MASKSS: so many low bits of SSR are compared; 0: none, the alarm comes with the second. */
static uint64_t match_subsecond(const struct rtc *r, unsigned number, uint64_t from)
{
    uint32_t assr = r->p.values[R_ALRMASSR + number];
    unsigned bits = assr >> 24 & 15u;
    uint64_t mask = (UINT64_C(1) << bits) - 1;
    uint64_t wanted = rtc_subseconds(r) - 1 - (assr & 0x7FFFu);
    if (bits == 0) {
        return from == 0 ? 0 : NEVER;
    }
    uint64_t at = from + ((wanted - from) & mask);
    return at < rtc_subseconds(r) ? at : NEVER;
}

/* The count of ck_apre at which the alarm comes next, after `count`. */
static uint64_t next_match(const struct rtc *r, unsigned number, uint64_t count)
{
    uint32_t alarm = r->p.values[R_ALRMAR + number];
    uint64_t per_second = rtc_subseconds(r);
    uint64_t second = r->base + (count + 1) / per_second;
    uint64_t sub = (count + 1) % per_second;
    for (unsigned tries = 0; tries < 2; tries++) {
        uint64_t match = match_second(r, alarm, second);
        uint64_t at =
            match == NEVER ? NEVER : match_subsecond(r, number, match == second ? sub : 0);
        if (at != NEVER) {
            return (match - r->base) * per_second + at;
        }
        if (match == NEVER) {
            return NEVER;
        }
        second = match + 1;
        sub = 0;
    }
    return NEVER;
}

static void alarm_rings(void *ctx, vtime_ps now)
{
    struct rtc_alarm *a = ctx;
    (void)now;
    a->rtc->p.values[R_ISR] |= ISR_ALRF(a->number);
    rtc_update_irq(a->rtc);
    rtc_schedule(a->rtc);
}

/* ---- the wake-up timer ---- */

static bool by_seconds(const struct rtc *r)
{
    return (r->p.values[R_CR] & 4u) != 0;
}

static uint64_t wakeup_length(const struct rtc *r)
{
    bool longer = (r->p.values[R_CR] & 6u) == 6; /* "2^16 is added" */
    return (r->p.values[R_WUTR] & 0xFFFFu) + UINT64_C(1) + (longer ? 65536 : 0);
}

/* When as many of its clocks will have passed: seconds of the calendar, or of its own divider. */
static vtime_ps wakeup_at(const struct rtc *r)
{
    if (!by_seconds(r)) {
        uint64_t count = ticker_count(&r->wakeup, rtc_now(r));
        return ticker_when(&r->wakeup, (count / wakeup_length(r) + 1) * wakeup_length(r));
    }
    uint64_t second = ticker_count(&r->ticker, rtc_now(r)) / rtc_subseconds(r);
    return ticker_when(&r->ticker, (second + wakeup_length(r)) * rtc_subseconds(r));
}

static void wakeup_ends(void *ctx, vtime_ps now)
{
    struct rtc *r = ctx;
    r->p.values[R_ISR] |= ISR_WUTF;
    rtc_update_irq(r);
    wire_pulse(r->wakeup_wire, now);
    rtc_schedule(r);
}

void rtc_start_wakeup(struct rtc *r)
{
    r->wakeup.divider = UINT64_C(16) >> (r->p.values[R_CR] & 3u);
    ticker_set(&r->wakeup, 0, rtc_now(r));
    ticker_start(&r->wakeup, rtc_now(r));
    sched_cancel(&r->p.chip->sched, &r->wakeup_event);
}

/* ---- events ---- */

static void schedule(struct rtc *r, struct event *e, vtime_ps at)
{
    if (at == VTIME_NEVER) {
        sched_cancel(&r->p.chip->sched, e);
    } else {
        sched_at(&r->p.chip->sched, e, at);
    }
}

void rtc_schedule(struct rtc *r)
{
    uint64_t count = ticker_count(&r->ticker, rtc_now(r));
    for (unsigned n = 0; n < RTC_ALARMS; n++) {
        bool on = rtc_has(r, R_CR, CR_ALRE(n)) && r->ticker.running && r->ck.uhz != 0;
        uint64_t match = on ? next_match(r, n, count) : NEVER;
        schedule(r, &r->alarms[n].event,
                 match != NEVER ? ticker_when(&r->ticker, match) : VTIME_NEVER);
    }
    if (!rtc_has(r, R_CR, CR_WUTE) || r->ck.uhz == 0) {
        sched_cancel(&r->p.chip->sched, &r->wakeup_event);
    } else if (!event_queued(&r->wakeup_event)) {
        schedule(r, &r->wakeup_event, wakeup_at(r));
    }
}

void rtc_cancel(struct rtc *r)
{
    struct sched *s = &r->p.chip->sched;
    sched_cancel(s, &r->alarms[0].event);
    sched_cancel(s, &r->alarms[1].event);
    sched_cancel(s, &r->wakeup_event);
    sched_cancel(s, &r->init_event);
    sched_cancel(s, &r->shadow_event);
    sched_cancel(s, &r->pending_event);
}

void rtc_alarm_init(struct rtc *r)
{
    for (unsigned n = 0; n < RTC_ALARMS; n++) {
        r->alarms[n].rtc = r;
        r->alarms[n].number = n;
        event_init(&r->alarms[n].event, alarm_rings, &r->alarms[n]);
    }
    event_init(&r->wakeup_event, wakeup_ends, r);
}
