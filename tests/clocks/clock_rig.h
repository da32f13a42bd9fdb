/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
#ifndef TESTS_CLOCKS_CLOCK_RIG_H
#define TESTS_CLOCKS_CLOCK_RIG_H

/* The rig with the oil's temperature going up and down, and what tests of clocks ask of it. */
#include "tests/system/rig.h"

#define SAID_HSE "clock hse 8 MHz"
#define SAID_HSE_GOOD "clock hse 8 MHz, agrees with LSE"
#define SAID_ABSENT "clock hsi (HSE absent), listen-only"
#define SAID_ABSENT_GOOD "clock hsi (HSE absent), steered to LSE"
#define SAID_LOST "clock hsi (HSE lost), listen-only"
#define SAID_LOST_GOOD "clock hsi (HSE lost), steered to LSE"
#define SAID_OFF "clock hsi (HSE off: "
#define SAID_ACTIVE "can 500 kbit/s active"
#define SAID_SILENT "can 500 kbit/s listen-only"

/* LSE starts within 2 s of power-on; then a count of 16 ms, looked at by ticks of 40 ms. */
#define LSE_JUDGED VTIME_MS(2200)
/* The same where LSE ran on, or after each steering. */
#define COUNTED VTIME_MS(160)

/* Not yet powered. */
struct rig *clock_rig(const struct board_config *board, bool active);

/* How far the timers' clock is from 180 MHz, in ppm. */
int64_t clock_timer_ppm(const struct rig *r);

void check_said(const struct rig *r, const char *words);
void check_unsaid(const struct rig *r, const char *words);
/* Live, and the needle between these. */
void check_shows(const struct rig *r, int32_t low_milli, int32_t high_milli);
/* The pulses of the last second, as the telemetry named them and as the pin had them. */
void check_pulses_agree(const struct rig *r, uint32_t tolerance_ppm);
/* No pulse is longer than its telemetry line said, by more than 1 us. */
void check_no_longer_than_meant(const struct rig *r);
/* Each line since the last reset is about the pulse of its number: it rose less than a period before. */
void check_numbered(const struct rig *r);
/* Dominant bits the board drove in the next `span`. */
uint64_t bits_driven(struct rig *r, vtime_ps span);

#endif
