/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
/* SYSCFG, DBGMCU and ART (RM0399 chapters 13, 63.5.8, 6). */
#include "system_testkit.h"

#define CCCSR (SYSCFG_REGS + 0x20)
#define EXTICR4 (SYSCFG_REGS + 0x14)
#define CFGR (SYSCFG_REGS + 0x18)
#define CSION (1u << 7)
#define READY (1u << 8)

static void clock_on(struct kit *k)
{
    put(k, RCC_APB4ENR, 0x00010002);
}

static void note_level(void *ctx, unsigned line, bool level)
{
    ((bool *)ctx)[line] = level;
}

static void exticr_selects_the_port(void **state)
{
    struct kit *k = *state;
    const char *port = k->chip.pins.exti_port;
    bool levels[PORT_PINS] = {false};
    k->chip.exti = (struct irq_sink){.set = note_level, .ctx = levels};
    chip_pin_input(&k->chip, 'C', 13, true);
    clock_on(k);
    assert_int_equal(port[13], 'A');
    assert_false(levels[13]);
    put(k, EXTICR4, 2u << 4); /* line 13: PC13, the user button */
    assert_int_equal(port[13], 'C');
    assert_int_equal(port[12], 'A');
    assert_true(levels[13]);
    put(k, EXTICR4, 0xAu << 12);
    assert_int_equal(port[15], 'K');
    assert_int_equal(port[13], 'A');
    assert_false(levels[13]);
    put(k, EXTICR4, 0xFu << 12);
    assert_int_equal(port[15], 0);
}

static void compensation_cell_needs_csi(void **state)
{
    struct kit *k = *state;
    clock_on(k);
    put(k, CCCSR, 1);
    run_for(k, VTIME_MS(1));
    assert_int_equal(get(k, CCCSR), 1);
    set_bits(k, RCC_CR, CSION);
    run_for(k, VTIME_MS(1));
    assert_int_equal(get(k, CCCSR), 1 | READY);
    put(k, CCCSR, 0);
    assert_int_equal(get(k, CCCSR), 0);
}

static void cfgr_bits_are_set_only(void **state)
{
    struct kit *k = *state;
    clock_on(k);
    put(k, CFGR, 1u << 2);
    put(k, CFGR, 1u << 6);
    put(k, CFGR, 0);
    assert_int_equal(get(k, CFGR), 1u << 2 | 1u << 6);
    chip_request_reset(&k->chip, RESET_SRC_PIN);
    run_for(k, VTIME_MS(1));
    clock_on(k);
    assert_int_equal(get(k, CFGR), 0);
}

static void user_registers_mirror_the_option_bytes(void **state)
{
    struct kit *k = *state;
    clock_on(k);
    static const struct {
        uint32_t offset, value;
    } table[] = {
        {0x300, 0x00AA0001}, {0x304, 0x00010001}, {0x308, 0x08000000}, {0x30C, 0x08101FF0},
        {0x310, 0x00001000}, {0x314, 0x00FF0000}, {0x318, 0x000000FF}, {0x32C, 0x00010000},
        {0x330, 0x00000001}, {0x334, 0x00010000}, {0x338, 0x00010001}, {0x33C, 0x00010001},
        {0x340, 0x00000001}, {0x344, 0x00000000},
    };
    for (size_t i = 0; i < sizeof(table) / sizeof(table[0]); i++) {
        assert_int_equal(get(k, SYSCFG_REGS + table[i].offset), table[i].value);
    }
}

/* HAL_SYSCFG_CM4BootAddConfig of ST's examples enables no clock. */
static void boot_addresses_need_no_clock(void **state)
{
    struct kit *k = *state;
    put(k, SYSCFG_REGS + 0x30C, 0x10001FF0);
    assert_int_equal(get(k, SYSCFG_REGS + 0x30C), 0x10001FF0);
    assert_int_equal(k->chip.cores.boot_address[CORE_CM4], 0x10000000);
    assert_int_equal(found(k, FINDING_UNCLOCKED), 0);
    put(k, CFGR, 1u << 2);
    assert_int_equal(found(k, FINDING_UNCLOCKED), 1);
}

static void dbgmcu_survives_system_resets(void **state)
{
    struct kit *k = *state;
    put(k, DBGMCU_REGS + 4, 0x7);
    chip_request_reset(&k->chip, RESET_SRC_PIN);
    run_for(k, VTIME_MS(1));
    assert_int_equal(get(k, DBGMCU_REGS + 4), 0x7);
    kit_power_cycle(k);
    assert_int_equal(get(k, DBGMCU_REGS + 4), 0);
}

static void idcode_is_a_parameter(void **state)
{
    struct kit *k = *state;
    kit_restart(k, SUPPLY_SMPS, &(struct chip_params){.idcode = 0x20016450});
    assert_int_equal(get(k, DBGMCU_REGS), 0x20016450);
}

static void freeze_bits_of_either_core(void **state)
{
    struct kit *k = *state;
    put(k, DBGMCU_REGS + 0x3C, 1); /* APB1LFZ1: TIM2 */
    put(k, DBGMCU_REGS + 0x40, 2); /* APB1LFZ2: TIM3 */
    assert_false(chip_is_frozen(&k->chip, DEBUG_APB1L, 0));
    chip_core_halted(&k->chip, CORE_CM7, true);
    assert_true(chip_is_frozen(&k->chip, DEBUG_APB1L, 0));
    assert_false(chip_is_frozen(&k->chip, DEBUG_APB1L, 1));
    chip_core_halted(&k->chip, CORE_CM7, false);
    chip_core_halted(&k->chip, CORE_CM4, true);
    assert_false(chip_is_frozen(&k->chip, DEBUG_APB1L, 0));
    assert_true(chip_is_frozen(&k->chip, DEBUG_APB1L, 1));
}

static void art_as_sts_drivers_write_it(void **state)
{
    struct kit *k = *state;
    as(k, MASTER_CM4);
    put(k, RCC_REGS + 0x0D8, 1u << 14);
    put(k, ART_REGS, 0x00008100);
    put(k, ART_REGS, 0x00008101);
    assert_int_equal(get(k, ART_REGS) & ~4u, 0x00008101);
    chip_mmio_write(&k->chip, ART_REGS + 1, 1, 0x12); /* the page index takes words only */
    assert_int_equal(get(k, ART_REGS) & ~4u, 0x00008101);
    assert_int_equal(k->chip.findings.count, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        KIT_TEST(exticr_selects_the_port),      KIT_TEST(compensation_cell_needs_csi),
        KIT_TEST(cfgr_bits_are_set_only),       KIT_TEST(user_registers_mirror_the_option_bytes),
        KIT_TEST(boot_addresses_need_no_clock), KIT_TEST(dbgmcu_survives_system_resets),
        KIT_TEST(idcode_is_a_parameter),        KIT_TEST(freeze_bits_of_either_core),
        KIT_TEST(art_as_sts_drivers_write_it),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
