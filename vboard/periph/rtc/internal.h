/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
#ifndef VBOARD_PERIPH_RTC_INTERNAL_H
#define VBOARD_PERIPH_RTC_INTERNAL_H

/* Shared by rtc.c (registers), calendar.c (dates) and alarm.c (alarms, wake-up timer). Nobody else includes this. */
#include "vboard/periph/rtc/rtc.h"

#define RTC_BACKUPS 32u
#define RTC_ALARMS 2u

enum {
    R_TR,
    R_DR,
    R_CR,
    R_ISR,
    R_PRER,
    R_WUTR,
    R_ALRMAR,
    R_ALRMBR,
    R_WPR,
    R_SSR,
    R_SHIFTR,
    R_TSTR,
    R_TSDR,
    R_TSSSR,
    R_CALR,
    R_TAMPCR,
    R_ALRMASSR,
    R_ALRMBSSR,
    R_OR,
    R_BKPR,
    R_COUNT = R_BKPR + RTC_BACKUPS
};

#define CR_WUCKSEL 7u
#define CR_BYPSHAD (1u << 5)
#define CR_FMT (1u << 6)
#define CR_ALRE(n) (1u << (8 + (n)))
#define CR_WUTE (1u << 10)
#define CR_ALRIE(n) (1u << (12 + (n)))
#define CR_WUTIE (1u << 14)
#define CR_ADD1H (1u << 16)
#define CR_SUB1H (1u << 17)
#define ISR_ALRWF(n) (1u << (n))
#define ISR_WUTWF (1u << 2)
#define ISR_SHPF (1u << 3)
#define ISR_INITS (1u << 4)
#define ISR_RSF (1u << 5)
#define ISR_INITF (1u << 6)
#define ISR_INIT (1u << 7)
#define ISR_ALRF(n) (1u << (8 + (n)))
#define ISR_WUTF (1u << 10)
#define ISR_RECALPF (1u << 16)

/* A moment of the calendar. */
struct rtc_time {
    unsigned year, month, day, weekday; /* 0 to 99, 1 to 12, 1 to 31, 1 (Monday) to 7 */
    unsigned hour, minute, second;      /* 0 to 23 */
};

struct rtc;

struct rtc_alarm {
    struct rtc *rtc;
    unsigned number;
    struct event event;
};

struct rtc {
    struct periph p;
    struct clock_listener listener;
    struct clock ck;        /* RTCCLK as the calibration makes it */
    struct ticker ticker;   /* of ck_apre; its count is 0 at `base` */
    struct ticker wakeup;   /* of RTCCLK / 16 to / 2 */
    uint64_t base;          /* seconds since the year 00 began */
    unsigned first_weekday; /* of the day of `base` */
    struct rtc_alarm alarms[RTC_ALARMS];
    struct event wakeup_event, init_event, shadow_event, pending_event;
    struct wire *wakeup_wire;
    bool unlocked;             /* WPR has had its keys */
    bool key;                  /* the first of them */
    bool blank;                /* shadow registers are as after a reset */
    bool locked_tr, locked_dr; /* they wait for DR to be read */
    uint32_t kept_tr, kept_dr;
};

static inline bool rtc_has(const struct rtc *r, unsigned slot, uint32_t bits)
{
    return (r->p.values[slot] & bits) == bits;
}

static inline uint64_t rtc_subseconds(const struct rtc *r)
{
    return (r->p.values[R_PRER] & 0x7FFFu) + UINT64_C(1);
}

static inline vtime_ps rtc_now(const struct rtc *r)
{
    return r->p.chip->sched.now;
}

/* Seconds since the year 00 began. */
static inline uint64_t rtc_second(const struct rtc *r)
{
    return r->base + ticker_count(&r->ticker, rtc_now(r)) / rtc_subseconds(r);
}

/* ---- calendar.c ---- */

struct rtc_time rtc_time_of(uint64_t second);
uint64_t rtc_second_of(const struct rtc_time *t);
/* With the weekday that the calendar counts. */
struct rtc_time rtc_time_now(const struct rtc *r, uint64_t second);
uint32_t rtc_encode_tr(const struct rtc_time *t, bool twelve);
uint32_t rtc_encode_dr(const struct rtc_time *t);
/* From TR and DR; what they do not allow becomes the nearest that they do. */
struct rtc_time rtc_decode(uint32_t tr, uint32_t dr);
unsigned rtc_bcd(uint32_t value);

/* ---- alarm.c ---- */

void rtc_alarm_init(struct rtc *r);
/* Queues the next match of an alarm, the next end of the wake-up timer; or none. */
void rtc_schedule(struct rtc *r);
/* WUTE has been set. */
void rtc_start_wakeup(struct rtc *r);
void rtc_cancel(struct rtc *r);

/* ---- rtc.c ---- */

void rtc_update_irq(struct rtc *r);

#endif
