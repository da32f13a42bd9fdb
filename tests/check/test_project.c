/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
/* `candial check PROJECT.ioc`: the files of tests/formats/ioc. */
#include "tests/check/check_runner.h"
#include "tests/check/json_reader.h"

#include <string.h>

#define IOC "tests/formats/ioc/"

static void right_and_wrong(void **state)
{
    (void)state;
    expect(IOC "right.ioc", 0, "SAFE its settings do not lock up this board",
           "PWR_DIRECT_SMPS_SUPPLY, VOS1", "CM7 400, CM4 and AXI 200, APB1 100",
           "FDCAN1 CM4; kernel clock 80 MHz; 500000 bit/s = 1 x (1+127+32), sampled at 80.0 %; "
           "room for 8 received",
           "TIM2 CM4; PWM of 20 ms, 50 Hz: PSC 199, ARR 19999 at 200 MHz", NULL);
    expect_not("·  line");
    expect(IOC "wrong.ioc", 1, "UNSAFE locks the board up", "wrong.ioc:31 writes 0x02 to PWR_CR3",
           "HAL_PWREx_ConfigSupply(PWR_DIRECT_SMPS_SUPPLY) instead of PWR_LDO_SUPPLY (CubeMX: "
           "SupplySource)",
           "CM7 at 480 MHz, VOS1 allows 400; AXI/AHB and CM4 240, not 200; APB 120, not 100; "
           "timers 240, not 200",
           "VOS1 allows 400 MHz, AHB 200, APB 100", NULL);
    expect(IOC "wrong.ioc --wiring ldo", 0, "wired for LDO", NULL);
    expect(IOC "right.ioc --wiring ldo", 1, "(PWR_LDO_SUPPLY) instead of PWR_DIRECT_SMPS_SUPPLY",
           NULL);
}

static void vos0_under_direct_smps(void **state)
{
    (void)state;
    expect(IOC "vos0.ioc", 1, "puts too many volts on the core", "VCORE is 1509 mV",
           "PWR_REGULATOR_VOLTAGE_SCALE1 instead of SCALE0", "CM7 at 480 MHz, VOS1 allows 400",
           NULL);
}

/* The prescaler for 240 MHz, left when the clock became 200. */
static void servo_period(void **state)
{
    (void)state;
    expect(IOC "servo.ioc", 0, "TIM2 gives a period of 24.000 ms, not a servo's 20 ms",
           "PSC 239 is for 240 MHz, its clock is 200 MHz", "PSC 199", NULL);
    expect(IOC "steps.ioc", 0, "PWM of 3.75 ms, 266.667 Hz", NULL);
    expect_not("not a servo's");
}

static void fdcan(void **state)
{
    (void)state;
    expect(IOC "can_fast.ioc", 0, "kernel clock is 50 MHz, its APB1 32 MHz", "1000000 bit/s",
           "FDCAN1 is set up by the CM4, its pin PB9 by the CM7", NULL);
    expect_not("its pin PB8");
    expect(IOC "deaf.ioc", 0, "FDCAN1_NBTP, 62500 bit/s at 80 MHz: no rate that cars use",
           "FDCAN1_RXF0C, no element in either receive FIFO", NULL);
    expect(IOC "can_overclock.ioc", 1, "FDCAN at 160 MHz, VOS1 allows 100", NULL);
}

static void supply_left_to_cubemx(void **state)
{
    (void)state;
    expect(IOC "unnamed_new.ioc", 0, "CubeMX 6.16 and newer take PWR_DIRECT_SMPS_SUPPLY", NULL);
    expect(IOC "unnamed_old.ioc", 3, "COULD NOT TELL leaves the supply to an old CubeMX",
           "the project names no supply", NULL);
}

/* As public projects have them: 400 MHz from HSI, a custom board, 75 MHz, a camera, steppers. */
static void public_projects(void **state)
{
    (void)state;
    expect(IOC "custom_ldo.ioc", 1, "selects LDO, the board is wired for direct SMPS", NULL);
    expect(IOC "custom_ldo.ioc --wiring ldo", 0, "SAFE", NULL);
    expect(IOC "slow.ioc", 0, "CM7 75, CM4 and AXI 75, APB1 37.5", NULL);
    expect(IOC "camera.ioc", 0, "TIM14 CM7; PWM of 0.03 µs", NULL);
    /* A kernel clock that nobody uses is no matter. */
    expect_not("FDCAN");
    expect(IOC "single.ioc", 2, "is for STM32H743ZITx: give a project for", NULL);
    expect("tests/check/CMakeLists.txt.ioc", 2, "CMakeLists.txt.ioc: ", NULL);
    expect(IOC "right.ioc %good.elf", 2, "give a project alone", NULL);
}

static void expect_json(const char *json, const char *path, const char *wanted)
{
    char found[256];
    assert_string_equal(json_get(json, path, found, sizeof found), wanted);
}

static void for_programs(void **state)
{
    (void)state;
    const char *json = run_check(IOC "wrong.ioc --json -")->text;
    assert_null(json_fault(json));
    expect_json(json, "unsafe/0/kind", "vcore-lost");
    expect_json(json, "unsafe/0/line", "31");
    expect_json(json, "unsafe/1/kind", "overclock");
    expect_json(json, "project/supply", "PWR_LDO_SUPPLY");
    expect_json(json, "project/scale", "0");
    expect_json(json, "project/can/0/bit_rate", "500000");
    expect_json(json, "project/can/0/core", "CM4");
    expect_json(json, "project/pwm/0/period_ns", "20000000");
    json = run_check(IOC "wrong.ioc --sarif -")->text;
    assert_null(json_fault(json));
    expect_json(json, "runs/0/results/0/locations/0/physicalLocation/artifactLocation/uri",
                IOC "wrong.ioc");
    expect_json(json, "runs/0/results/0/locations/0/physicalLocation/region/startLine", "31");
    expect(IOC "wrong.ioc --junit -", 1, "tests=\"1\" failures=\"1\"",
           "<failure type=\"vcore-lost\"", NULL);
    expect(IOC "right.ioc --junit -", 0, "tests=\"1\" failures=\"0\"", NULL);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(right_and_wrong),       cmocka_unit_test(vos0_under_direct_smps),
        cmocka_unit_test(servo_period),          cmocka_unit_test(fdcan),
        cmocka_unit_test(supply_left_to_cubemx), cmocka_unit_test(public_projects),
        cmocka_unit_test(for_programs),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
