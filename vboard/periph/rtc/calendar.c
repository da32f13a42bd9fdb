/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
/* RTC: seconds and dates. Years are 00 to 99, every fourth a leap year (RM0399 Rev 4, 49.2). */
#include "vboard/periph/rtc/internal.h"

#define DAY_SECONDS 86400u
#define CENTURY_DAYS 36525u /* 100 years, 25 of them leap years */
#define FOUR_YEARS 1461u

static unsigned month_days(unsigned year, unsigned month)
{
    static const uint8_t days[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    return days[month - 1] + (month == 2 && year % 4 == 0 ? 1u : 0u);
}

struct rtc_time rtc_time_of(uint64_t second)
{
    unsigned day = (unsigned)(second / DAY_SECONDS % CENTURY_DAYS);
    unsigned of_day = (unsigned)(second % DAY_SECONDS);
    struct rtc_time t = {.year = day / FOUR_YEARS * 4, .month = 1, .weekday = 1};
    day %= FOUR_YEARS;
    while (day >= 365 + (t.year % 4 == 0 ? 1u : 0u)) {
        day -= 365 + (t.year % 4 == 0 ? 1u : 0u);
        t.year++;
    }
    while (day >= month_days(t.year, t.month)) {
        day -= month_days(t.year, t.month);
        t.month++;
    }
    t.day = day + 1;
    t.hour = of_day / 3600;
    t.minute = of_day / 60 % 60;
    t.second = of_day % 60;
    return t;
}

uint64_t rtc_second_of(const struct rtc_time *t)
{
    uint64_t days = t->year / 4 * FOUR_YEARS;
    for (unsigned year = t->year / 4 * 4; year < t->year; year++) {
        days += 365 + (year % 4 == 0 ? 1u : 0u);
    }
    for (unsigned month = 1; month < t->month; month++) {
        days += month_days(t->year, month);
    }
    days += t->day - 1;
    return days * DAY_SECONDS + t->hour * 3600 + t->minute * 60 + t->second;
}

struct rtc_time rtc_time_now(const struct rtc *r, uint64_t second)
{
    struct rtc_time t = rtc_time_of(second);
    uint64_t days = second / DAY_SECONDS - r->base / DAY_SECONDS;
    t.weekday = (unsigned)((r->first_weekday - 1 + days) % 7 + 1);
    return t;
}

/* ---- registers ---- */

unsigned rtc_bcd(uint32_t value)
{
    return (value >> 4) * 10 + (value & 15u);
}

static uint32_t to_bcd(unsigned value)
{
    return value / 10 << 4 | value % 10;
}

uint32_t rtc_encode_tr(const struct rtc_time *t, bool twelve)
{
    unsigned hour = t->hour;
    uint32_t pm = 0;
    if (twelve) {
        pm = hour >= 12 ? 1u << 22 : 0;
        hour = hour % 12 == 0 ? 12 : hour % 12;
    }
    return pm | to_bcd(hour) << 16 | to_bcd(t->minute) << 8 | to_bcd(t->second);
}

uint32_t rtc_encode_dr(const struct rtc_time *t)
{
    return to_bcd(t->year) << 16 | t->weekday << 13 | to_bcd(t->month) << 8 | to_bcd(t->day);
}

static unsigned within(unsigned value, unsigned low, unsigned high)
{
    return value < low ? low : value > high ? high : value;
}

/* The hour of TR or ALRMxR, whose PM bit is the same. */
static unsigned decode_hour(uint32_t tr)
{
    unsigned hour = rtc_bcd(tr >> 16 & 0x3Fu);
    if ((tr & 1u << 22) != 0) {
        return hour % 12 + 12;
    }
    return hour;
}

struct rtc_time rtc_decode(uint32_t tr, uint32_t dr)
{
    struct rtc_time t;
    t.year = within(rtc_bcd(dr >> 16 & 0xFFu), 0, 99);
    t.month = within(rtc_bcd(dr >> 8 & 0x1Fu), 1, 12);
    t.day = within(rtc_bcd(dr & 0x3Fu), 1, month_days(t.year, t.month));
    t.weekday = within(dr >> 13 & 7u, 1, 7);
    t.hour = within(decode_hour(tr), 0, 23);
    t.minute = within(rtc_bcd(tr >> 8 & 0x7Fu), 0, 59);
    t.second = within(rtc_bcd(tr & 0x7Fu), 0, 59);
    return t;
}
