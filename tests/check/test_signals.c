/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
/* Signals that nobody understands: CAN, UART, PWM, and clocks for another board; each with a good twin. */
#include "tests/check/check_runner.h"

#define MS " %idle_m4.elf --for 300ms --effort quick"

static void can_bit_rate(void **state)
{
    (void)state;
    expect("%can_rate.elf" MS, 0, "FDCAN1 runs at 50 kbit/s from a kernel clock of 8 MHz",
           "with 80 MHz it would be 500", "RCC_D2CCIP1R.FDCANSEL", NULL);
    expect("%can_rate_good.elf" MS, 0, "SAFE", NULL);
    expect_not("· FDCAN");
}

static void can_without_pins(void **state)
{
    (void)state;
    expect("%can_pins.elf" MS, 0, "no pin is given to its RX", "HAL_FDCAN_MspInit", NULL);
    expect("%can_pins_good.elf" MS, 0, "SAFE", NULL);
    expect_not("· FDCAN");
}

static void can_filters_of_noise(void **state)
{
    (void)state;
    expect("%can_filters.elf" MS, 0, "28 filters of FDCAN1 were never written", "zero the message",
           NULL);
    expect("%can_filters_good.elf" MS, 0, "SAFE", NULL);
    expect_not("· FDCAN");
}

static void can_sample_point(void **state)
{
    (void)state;
    expect("%can_sample.elf" MS, 0, "FDCAN1 samples a bit at 50 %", "NTSEG2 about an eighth", NULL);
    expect("%can_sample_good.elf" MS, 0, "SAFE", NULL);
    expect_not("· FDCAN");
}

static void can_that_rejects_all(void **state)
{
    (void)state;
    expect("%can_rejects.elf" MS, 0, "FDCAN1 receives nothing", "FDCAN_GFC", NULL);
    expect("%can_rejects_good.elf" MS, 0, "SAFE", NULL);
    expect_not("· FDCAN");
}

static void uart_baud_rate(void **state)
{
    (void)state;
    expect("%uart_baud.elf" MS, 0, "USART3 runs at 179.856 kBd", "reckoned for 64 MHz", "BRR 868",
           NULL);
    expect("%uart_baud_good.elf" MS, 0, "SAFE", NULL);
    expect_not("USART3 runs");
}

static void pwm_without_a_pin(void **state)
{
    (void)state;
    expect("%pwm_pin.elf" MS, 0, "TIM2_CH1 gives PWM, and no pin carries it", NULL);
    expect("%pwm_pin_good.elf" MS, 0, "SAFE", NULL);
    expect_not("gives PWM");
}

static void clocks_of_another_board(void **state)
{
    (void)state;
    expect("%crystal.elf" MS, 0, "HSE is started as a crystal", "RCC_HSE_BYPASS", NULL);
    expect("%crystal_good.elf" MS, 0, "SAFE", NULL);
    expect_not("as a crystal");
    expect("%crystal_good.elf" MS, 0, "HSE 8 MHz from the ST-LINK, without which", NULL);
    expect("%good.elf" MS, 0, "HSE 8 MHz ·", NULL);
    expect("%hse_25.elf" MS, 0, "reckoned for an HSE of 25 MHz, this board has 8 MHz",
           "128 MHz instead of 400", NULL);
    expect("%hse_25_good.elf" MS, 0, "SAFE", NULL);
    expect_not("reckoned");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(can_bit_rate),         cmocka_unit_test(can_without_pins),
        cmocka_unit_test(can_filters_of_noise), cmocka_unit_test(uart_baud_rate),
        cmocka_unit_test(pwm_without_a_pin),    cmocka_unit_test(clocks_of_another_board),
        cmocka_unit_test(can_sample_point),     cmocka_unit_test(can_that_rejects_all),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
