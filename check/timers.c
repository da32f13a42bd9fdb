/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
#include "check/timers.h"

/* Offsets of timer registers (RM0399 41.4, 42.5, 43.6). */
#define CR1 0x00u
#define CCMR1 0x18u
#define CCMR2 0x1Cu
#define CCER 0x20u
#define PSC 0x28u
#define ARR 0x2Cu
#define CR1_CEN 1u

#define SERVO_HZ 50u

/* All with PWM; the chip's table knows where they are and what clocks them. */
static const char *const timers[] = {"TIM1",  "TIM8",  "TIM2",  "TIM3",  "TIM4",  "TIM5",
                                     "TIM12", "TIM13", "TIM14", "TIM15", "TIM16", "TIM17"};

/* PWM mode 1 or 2: OCxM = 011x (41.4.8). */
static bool is_pwm(uint32_t ccmr, unsigned half)
{
    uint32_t byte = ccmr >> (8 * half) & 0xFFu;
    return (byte & 3u) == 0 && (byte >> 5 & 3u) == 3u;
}

size_t check_timers(const struct chip *chip, uint32_t (*read)(void *ctx, uint32_t address),
                    void *ctx, struct check_pwm *pwms, size_t max)
{
    size_t count = 0;
    for (size_t i = 0; i < sizeof timers / sizeof *timers && count < max; i++) {
        const struct chip_entry *timer = chip_entry_named(chip->bus.table, timers[i]);
        uint32_t base = timer->base;
        if ((read(ctx, base + CR1) & CR1_CEN) == 0) {
            continue;
        }
        uint32_t ccer = read(ctx, base + CCER);
        unsigned pwm = 0;
        for (unsigned channel = 0; channel < 4; channel++) {
            uint32_t ccmr = read(ctx, base + (channel < 2 ? CCMR1 : CCMR2));
            bool on = (ccer >> (4 * channel) & 1u) != 0 && is_pwm(ccmr, channel % 2);
            pwm |= on ? 2u << channel : 0;
        }
        if (pwm != 0) {
            pwms[count++] =
                (struct check_pwm){timer->name, read(ctx, base + PSC), read(ctx, base + ARR),
                                   clock_hz(&chip->clocks[timer->kernel->output]), pwm};
        }
    }
    return count;
}

static uint64_t ticks(const struct check_pwm *pwm)
{
    return (pwm->psc + UINT64_C(1)) * (pwm->arr + UINT64_C(1));
}

uint64_t check_pwm_period_ns(const struct check_pwm *pwm)
{
    if (pwm->clock_hz == 0) {
        return 0;
    }
    uint64_t all = ticks(pwm);
    uint64_t seconds = all / pwm->clock_hz;
    return seconds * UINT64_C(1000000000) +
           all % pwm->clock_hz * UINT64_C(1000000000) / pwm->clock_hz;
}

/* Timer clocks that an H7 or the board the code came from may have, MHz. */
uint64_t check_pwm_reckoned_hz(const struct check_pwm *pwm)
{
    static const uint16_t known_mhz[] = {480, 400, 280, 275, 240, 216, 200, 180, 170, 168, 160,
                                         140, 120, 108, 100, 90,  84,  80,  72,  64,  50,  48};
    uint64_t hz = ticks(pwm) * SERVO_HZ;
    uint64_t period_ns = check_pwm_period_ns(pwm);
    /* Within 1 % of 20 ms all is well; far off it is no servo. */
    if (period_ns < 4000000 || period_ns > 100000000 ||
        (period_ns > 19800000 && period_ns < 20200000)) {
        return 0;
    }
    for (size_t i = 0; i < sizeof known_mhz / sizeof *known_mhz; i++) {
        uint64_t known = known_mhz[i] * UINT64_C(1000000);
        if (hz > known - known / 500 && hz < known + known / 500) {
            return known;
        }
    }
    return 0;
}

int64_t check_pwm_right_psc(const struct check_pwm *pwm)
{
    uint64_t reckoned_hz = check_pwm_reckoned_hz(pwm);
    uint64_t all = pwm->clock_hz * (pwm->psc + UINT64_C(1));
    bool whole = reckoned_hz != 0 && all >= reckoned_hz && all % reckoned_hz == 0;
    return whole ? (int64_t)(all / reckoned_hz) - 1 : -1;
}
