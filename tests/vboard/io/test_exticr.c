/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
/* The way of a pin through SYSCFG's multiplexer and EXTI to a core's NVIC, on the whole chip: the
 * user button of the board on PC13. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "vboard/chips/stm32h755.h"
#include "vboard/parts/button.h"

#define RCC_C1_AHB4ENR 0x58024540u
#define RCC_C1_APB4ENR 0x58024554u
#define SYSCFG_EXTICR4 0x58000414u
#define GPIOC_MODER 0x58020800u
#define EXTI_RTSR1 0x58000000u
#define EXTI_FTSR1 0x58000004u
#define EXTI_C1IMR1 0x58000080u
#define EXTI_C1PR1 0x58000088u

#define NVIC_EXTI15_10 40

struct board {
    struct stm32h755 soc;
    struct supply supply;
    struct button button;
    bool line[150];
};

static void note(void *ctx, unsigned number, bool level)
{
    ((struct board *)ctx)->line[number] = level;
}

static void wr(struct board *b, uint32_t address, uint32_t value)
{
    b->soc.chip.access.master = MASTER_CM7;
    chip_mmio_write(&b->soc.chip, address, 4, value);
}

static void start(struct board *b)
{
    const struct chip_params params = {0};
    struct chip *c = &b->soc.chip;
    supply_init(&b->supply, SUPPLY_SMPS);
    assert_int_equal(stm32h755_init(&b->soc, &params, &b->supply), 0);
    c->cores.nvic[CORE_CM7] = (struct irq_sink){.set = note, .ctx = b};
    button_init(&b->button, chip_pin(c, 'C', 13), 0);
    supply_set_vdd(&b->supply, 3300, 0);
    chip_power(c, true);
    wr(b, RCC_C1_AHB4ENR, 1u << 2);
    wr(b, RCC_C1_APB4ENR, 1u << 1);
    wr(b, GPIOC_MODER, 0xF3FFFFFFu);
    wr(b, EXTI_RTSR1, 1u << 13);
    wr(b, EXTI_C1IMR1, 0xFFC00000u | 1u << 13);
}

static void test_user_button(void **state)
{
    static struct board b;
    (void)state;
    start(&b);
    button_press(&b.button, true, 0);
    assert_false(b.line[NVIC_EXTI15_10]); /* EXTICR still says port A */
    button_press(&b.button, false, 0);
    wr(&b, SYSCFG_EXTICR4, 2u << 4);
    assert_false(b.line[NVIC_EXTI15_10]);
    button_press(&b.button, true, 0);
    assert_true(b.line[NVIC_EXTI15_10]);
    wr(&b, EXTI_C1PR1, 1u << 13);
    assert_false(b.line[NVIC_EXTI15_10]);
    /* Switching the multiplexer away from a high pin is a falling edge. */
    wr(&b, EXTI_FTSR1, 1u << 13);
    wr(&b, SYSCFG_EXTICR4, 1u << 4);
    assert_true(b.line[NVIC_EXTI15_10]);
    assert_int_equal(b.soc.chip.findings.count, 0);
    stm32h755_destroy(&b.soc);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_user_button)};
    return cmocka_run_group_tests_name("exticr", tests, NULL, NULL);
}
