/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
/* RTC: RM0399 chapter 49, with LSE; interrupts by EXTI's lines 17 and 19. */
#include "tests/vboard/system/whole_chip.h"

#define RTC 0x58004000u
#define TR (RTC + 0x00)
#define DR (RTC + 0x04)
#define CR (RTC + 0x08)
#define ISR (RTC + 0x0C)
#define PRER (RTC + 0x10)
#define WUTR (RTC + 0x14)
#define ALRMAR (RTC + 0x1C)
#define WPR (RTC + 0x24)
#define SSR (RTC + 0x28)
#define SHIFTR (RTC + 0x2C)
#define CALR (RTC + 0x3C)
#define ALRMASSR (RTC + 0x44)
#define BKP0R (RTC + 0x50)
#define EXTI_RTSR1 0x58000000u
#define EXTI_C1IMR1 0x58000080u
#define EXTI_C1PR1 0x58000088u
#define INIT (1u << 7)
#define INITF (1u << 6)
#define RSF (1u << 5)
#define ALRAF (1u << 8)
#define WUTF (1u << 10)
#define CYCLE VTIME_NS(30518)

static void unlock(struct whole *w)
{
    put(w, WPR, 0xCA);
    put(w, WPR, 0x53);
}

/* LSE, RTCEN; Friday, 28 February 2025, 23:59:55. */
static void start(struct whole *w)
{
    start_lse(w);
    set_bits(w, RCC_BDCR, 1u << 15 | 1u << 8);
    unlock(w);
    put(w, ISR, 0xFFFFFFFF); /* INIT */
    assert_int_equal(get(w, ISR) & INITF, 0);
    run_for(w, 2 * CYCLE);
    assert_int_equal(get(w, ISR) & INITF, INITF);
    put(w, PRER, 0x007F00FF);
    put(w, TR, 0x235955);
    put(w, DR, 0x25A228);
    put(w, ISR, ~INIT);
    run_for(w, 4 * CYCLE);
}

static void counts_into_march(void **state)
{
    struct whole *w = *state;
    start(w);
    run_for(w, VTIME_MS(500));
    assert_int_equal(get(w, ISR) & RSF, RSF);
    assert_int_equal(get(w, TR), 0x235955);
    assert_int_equal(get(w, DR), 0x25A228);
    assert_in_range(get(w, SSR), 126, 128);
    (void)get(w, DR);
    run_for(w, VTIME_S(5));
    assert_int_equal(get(w, TR), 0x000000);
    assert_int_equal(get(w, DR), 0x25C301);           /* Saturday */
    assert_int_equal(get(w, ISR) & 1u << 4, 1u << 4); /* INITS */
}

/* 49.3.9: SSR locks TR and DR until DR is read. */
static void reading_is_consistent(void **state)
{
    struct whole *w = *state;
    start(w);
    (void)get(w, SSR);
    run_for(w, VTIME_S(60));
    assert_int_equal(get(w, TR), 0x235955);
    assert_int_equal(get(w, DR), 0x25A228);
    assert_int_equal(get(w, TR), 0x000055);
}

static void is_write_protected(void **state)
{
    struct whole *w = *state;
    put(w, BKP0R, 1);
    assert_int_equal(take_findings(w, FINDING_BEHAVIOUR), 1); /* DBP */
    start(w);
    put(w, WPR, 0);
    put(w, CR, 1u << 6);
    assert_int_equal(get(w, CR), 0);
    assert_int_equal(take_findings(w, FINDING_BEHAVIOUR), 1); /* WPR */
    unlock(w);
    put(w, TR, 0);
    assert_int_equal(take_findings(w, FINDING_BEHAVIOUR), 1); /* INITF */
    put(w, CR, 1u << 6);                                      /* FMT */
    assert_int_equal(get(w, TR), 1u << 22 | 0x115955);        /* PM */
    (void)get(w, DR);
}

/* Every minute at second 30, by line 17. */
static void alarm_by_exti(void **state)
{
    struct whole *w = *state;
    start(w);
    put(w, EXTI_RTSR1, 1u << 17);
    put(w, EXTI_C1IMR1, 1u << 17);
    put(w, ALRMAR, 0x80808030);
    put(w, CR, 1u << 12 | 1u << 8);
    assert_int_equal(get(w, ISR) & 1, 0); /* ALRAWF */
    run_for(w, VTIME_S(34));
    assert_false(w->line[41]);
    run_for(w, VTIME_S(2));
    assert_true(w->line[41]);
    assert_int_equal(get(w, ISR) & ALRAF, ALRAF);
    put(w, ISR, ~(ALRAF | INIT));
    put(w, EXTI_C1PR1, 1u << 17);
    assert_false(w->line[41]);
    run_for(w, VTIME_S(60));
    assert_int_equal(w->raised[41], 2);
}

/* On Mondays at 08:15:00, from a Friday night on; and eight times a second by MASKSS 5. */
static void alarm_days_and_subseconds(void **state)
{
    struct whole *w = *state;
    start(w);
    put(w, ALRMAR, 0x41081500);
    put(w, CR, 1u << 8);
    run_for(w, VTIME_S(2 * 86400 + 8 * 3600 + 15 * 60 + 4));
    assert_int_equal(get(w, ISR) & ALRAF, 0);
    run_for(w, VTIME_S(2));
    assert_int_equal(get(w, ISR) & ALRAF, ALRAF);
    put(w, EXTI_RTSR1, 1u << 17);
    put(w, EXTI_C1IMR1, 1u << 17);
    put(w, CR, 0);
    put(w, ALRMAR, 0x80808080);
    put(w, ALRMASSR, 5u << 24);
    put(w, CR, 1u << 12 | 1u << 8);
    for (unsigned i = 0; i < 16; i++) {
        put(w, ISR, ~(ALRAF | INIT));
        put(w, EXTI_C1PR1, 1u << 17);
        run_for(w, VTIME_MS(125));
    }
    assert_int_equal(w->raised[41], 16 + 1);
}

/* WUT 2047 of RTCCLK / 16: a second; then three seconds of ck_spre. */
static void wakeup_timer(void **state)
{
    struct whole *w = *state;
    start(w);
    put(w, EXTI_RTSR1, 1u << 19);
    put(w, EXTI_C1IMR1, 1u << 19);
    put(w, WUTR, 2047);
    put(w, CR, 1u << 14 | 1u << 10);
    run_for(w, VTIME_MS(999));
    assert_false(w->line[3]);
    run_for(w, VTIME_MS(2));
    assert_true(w->line[3]);
    put(w, ISR, ~(WUTF | INIT));
    put(w, EXTI_C1PR1, 1u << 19);
    run_for(w, VTIME_MS(1000));
    assert_int_equal(w->raised[3], 2);
    put(w, CR, 0);
    assert_int_equal(get(w, ISR) & 4, 4); /* WUTWF */
    put(w, ISR, ~(WUTF | INIT));
    put(w, EXTI_C1PR1, 1u << 19);
    put(w, WUTR, 2);
    put(w, CR, 1u << 14 | 1u << 10 | 4);
    run_for(w, VTIME_S(4));
    assert_int_equal(w->raised[3], 3);
}

/* CALM 511: 487 ppm slow; SHIFTR: a quarter of a second ahead. */
static void calibration_and_shift(void **state)
{
    struct whole *w = *state;
    start(w);
    put(w, CALR, 511);
    run_for(w, VTIME_S(10000));
    assert_int_equal(get(w, TR), 0x024630); /* 4.87 s late */
    (void)get(w, DR);
    put(w, CALR, 0);
    run_for(w, VTIME_S(1));
    uint32_t before = get(w, SSR);
    (void)get(w, DR);
    put(w, SHIFTR, 1u << 31 | 192);
    assert_int_equal(get(w, ISR) & 8, 8);
    assert_int_equal((before - get(w, SSR)) & 0xFF, 64);
    (void)get(w, DR);
    run_for(w, VTIME_MS(1));
    assert_int_equal(get(w, ISR) & 8, 0);
}

/* A system reset leaves the backup domain alone; BDRST does not. */
static void survives_a_reset(void **state)
{
    struct whole *w = *state;
    start(w);
    put(w, BKP0R, 0x1234);
    chip_request_reset(&w->soc.chip, RESET_SRC_SFT1);
    run_for(w, VTIME_S(10));
    assert_int_equal(w->resets, 1);
    assert_int_equal(get(w, BKP0R), 0x1234);
    assert_int_equal(get(w, TR), 0x000005);
    (void)get(w, DR);
    set_bits(w, PWR_CR1, 1u << 8);
    set_bits(w, RCC_BDCR, 1u << 16);
    assert_int_equal(get(w, BKP0R), 0);
    assert_int_equal(get(w, DR), 0x2101);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        WHOLE(counts_into_march),     WHOLE(reading_is_consistent),     WHOLE(is_write_protected),
        WHOLE(alarm_by_exti),         WHOLE(alarm_days_and_subseconds), WHOLE(wakeup_timer),
        WHOLE(calibration_and_shift), WHOLE(survives_a_reset),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
