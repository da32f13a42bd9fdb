/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
/* Images that work by chance; each with a twin that does it right. */
#include "tests/check/check_runner.h"

#define MS " --for 60ms --effort quick"

static void decides_by_noise(void **state)
{
    (void)state;
    expect("%fresh.elf %idle_m4.elf" MS, 0, "CM7 main+0x",
           "decides by 0x24010000 (AXI SRAM), which nobody has written", "write it first", NULL);
    expect("%fresh_good.elf %idle_m4.elf" MS, 0, NULL);
    expect_not("nobody has written");
    expect("%magic.elf %idle_m4.elf" MS, 0, NULL);
    expect_not("nobody has written");
}

static void stack_reaches_the_data(void **state)
{
    (void)state;
    expect("%deep.elf %idle_m4.elf" MS, 0, "CM7 deep+0x", "the main stack has reached data+0x",
           "the image's data end at 0x2400F", "_Min_Stack_Size", NULL);
    expect("%deep_good.elf %idle_m4.elf" MS, 0, NULL);
    expect_not("main stack");
}

static void a_null_pointer_is_no_fault(void **state)
{
    (void)state;
    expect("%good.elf %null_m4.elf" MS, 0, "CM4 main+0x", "uses a null pointer", NULL);
    expect("%good.elf %null_good_m4.elf" MS, 0, NULL);
    expect_not("null pointer");
}

static void one_core_takes_back_what_the_other_wrote(void **state)
{
    (void)state;
    expect("%update.elf %update_m4.elf" MS, 0, "GPIOB_ODR",
           "the CM7 read it, the CM4 wrote it at main+0x", "GPIOB_ODR.ODR1 as before",
           "GPIOx_BSRR instead of ODR", NULL);
    expect("%update_good.elf %update_m4.elf" MS, 0, NULL);
    expect_not("as before");
}

static void two_owners(void **state)
{
    (void)state;
    expect("%owners.elf %owners_m4.elf" MS, 0,
           "TIM2_CR1, set up by both cores: by the CM7 at main+0x", NULL);
    expect("%owners.elf %owners_good_m4.elf" MS, 0, NULL);
    expect_not("set up by both");
}

static void no_handler(void **state)
{
    (void)state;
    expect("%handler.elf %idle_m4.elf" MS, 0, "CM7 default_handler+0x0",
           "interrupt 55 is enabled in the CM7's NVIC, and its handler is an endless loop", NULL);
    expect("%handler_good.elf %idle_m4.elf" MS, 0, NULL);
    expect_not("endless loop");
}

static void an_interrupt_never_ends(void **state)
{
    (void)state;
    expect("%storm.elf %idle_m4.elf" MS, 0, "CM7 tim7+0x0",
           "(exception 71) is entered again as soon as it returns", "clear the flag", NULL);
    expect("%storm_good.elf %idle_m4.elf" MS, 0, NULL);
    expect_not("entered again");
}

static void a_semaphore_is_kept(void **state)
{
    (void)state;
    expect("%held.elf %held_m4.elf" MS, 0, "waits for semaphore 5, which the CM4 has taken", NULL);
    expect("%held.elf %held_good_m4.elf" MS, 0, NULL);
    expect_not("semaphore 5");
    expect("%held_two.elf %held_two_m4.elf" MS, 0, "waits for semaphore 5, which the CM4 has taken",
           NULL);
    expect("%held_two.elf %held_two_good_m4.elf" MS, 0, NULL);
    expect_not("semaphore 5");
}

static void flash_words(void **state)
{
    (void)state;
    expect("%twice.elf %idle_m4.elf" MS, 0, "CM7 program+0x",
           "0x081E0000 programmed without being erased", "after its sector was erased", NULL);
    expect("%twice_good.elf %idle_m4.elf" MS, 0, NULL);
    expect_not("without being erased");
    expect("%partial.elf %idle_m4.elf" MS, 0, "FLASH_SR2, WBNE is 1", "write all 32 bytes", NULL);
    expect("%partial_good.elf %idle_m4.elf" MS, 0, NULL);
    expect_not("WBNE");
}

static void code_waits_for_its_own_flash(void **state)
{
    (void)state;
    expect("%stall.elf %idle_m4.elf --for 5s --effort quick", 0, "CM7 erase+0x",
           "stands still for ", "in the bank that is erased", NULL);
    expect("%stall_good.elf %idle_m4.elf --for 5s --effort quick", 0, NULL);
    expect_not("stands still");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(decides_by_noise),
        cmocka_unit_test(stack_reaches_the_data),
        cmocka_unit_test(a_null_pointer_is_no_fault),
        cmocka_unit_test(one_core_takes_back_what_the_other_wrote),
        cmocka_unit_test(two_owners),
        cmocka_unit_test(no_handler),
        cmocka_unit_test(an_interrupt_never_ends),
        cmocka_unit_test(a_semaphore_is_kept),
        cmocka_unit_test(flash_words),
        cmocka_unit_test(code_waits_for_its_own_flash),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
