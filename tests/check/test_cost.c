/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
/* What a start costs, and when it is not watched to its end. */
#include "check/judge.h"
#include "check/line.h"
#include "check/run.h"
#include "tests/formats/cmocka_head.h"

#include <stdio.h>

#define LENGTH VTIME_MS(300)
/* 64 or 400 instructions a microsecond would be far more. */
#define CHEAP 3000000u

static struct check_report *check(const char *name, struct check_config *config)
{
    static struct check_report report;
    char path[512];
    char error[512];
    snprintf(path, sizeof path, "%s/%s.elf", CHECK_IMAGES, name);
    *config = (struct check_config){.length = LENGTH};
    config->cm7 = image_load(path, error, sizeof error);
    assert_non_null(config->cm7);
    report = (struct check_report){.config = config};
    assert_true(check_run(&report, CHECK_ZEROS, error, sizeof error));
    return &report;
}

static void done(struct check_report *report)
{
    struct image *image = report->config->cm7;
    check_report_free(report);
    image_free(image);
}

static void every_start_is_cheap(const char *name)
{
    struct check_config config;
    struct check_report *report = check(name, &config);
    for (size_t i = 0; i < report->boot_count; i++) {
        assert_false(report->boots[i].cut);
        assert_in_range(report->boots[i].cost, 1, CHEAP);
    }
    done(report);
}

/* 2 MHz on the pin that the board's servo hangs on, and that can wake the chip. */
static void a_pwm_costs_nothing(void **state)
{
    (void)state;
    every_start_is_cheap("pwm_2_mhz");
}

static void a_main_loop_costs_little(void **state)
{
    (void)state;
    every_start_is_cheap("superloop");
}

/* The first start is watched to its end, whatever it costs; one in which nothing new runs only for so long. */
static void what_is_known_is_cut_short(void **state)
{
    (void)state;
    struct check_config config;
    struct check_report *report = check("superloop_busy", &config);
    const uint64_t slice = check_slice(&config) / VTIME_US(1) * UINT64_C(400);
    unsigned cut = 0;
    assert_false(report->boots[0].cut);
    assert_true(report->boots[0].cost > 2 * CHECK_BUDGET_KNOWN);
    for (size_t i = 1; i < report->boot_count; i++) {
        const struct check_boot *s = &report->boots[i];
        cut += s->cut;
        if (s->cut && !check_is_behind_rom(s)) {
            assert_in_range(s->cost, CHECK_BUDGET_KNOWN, CHECK_BUDGET_KNOWN + 2 * slice);
        }
    }
    assert_true(cut > 5);
    done(report);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(a_pwm_costs_nothing),
                                       cmocka_unit_test(a_main_loop_costs_little),
                                       cmocka_unit_test(what_is_known_is_cut_short)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
