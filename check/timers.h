/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
/* Timers that give PWM: their periods, and what their prescalers were reckoned for. */
#ifndef CHECK_TIMERS_H
#define CHECK_TIMERS_H

#include "check/check.h"

/* Fills `pwms` with the timers that run and have a channel in PWM mode on; their number. */
size_t check_timers(const struct chip *chip, uint32_t (*read)(void *ctx, uint32_t address),
                    void *ctx, struct check_pwm *pwms, size_t max);

/* (PSC+1)(ARR+1) / clock in ns. */
uint64_t check_pwm_period_ns(const struct check_pwm *pwm);
/*
 * The clock in Hz that would make this a servo's 50 Hz, if the period is not 20 ms and that clock is one
 * that boards of this kind have; 0: nothing odd about it.
 */
uint64_t check_pwm_reckoned_hz(const struct check_pwm *pwm);
/* The prescaler that makes it 20 ms; -1: none does, or nothing is odd about it. */
int64_t check_pwm_right_psc(const struct check_pwm *pwm);

#endif
