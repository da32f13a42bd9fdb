/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
/* RCC: reset flags per core, boot hold (RM0399 9.4, Tables 57, 58). */
#include "system_testkit.h"

#define RSR (RCC_REGS + 0x0D0)
#define C1_RSR (RCC_REGS + 0x130)
#define C2_RSR (RCC_REGS + 0x190)
#define GCR (RCC_REGS + 0x0A0)
#define RMVF (1u << 16)
#define CORES (3u << 17)
#define PINRSTF (1u << 22)
#define OPTSR_FACTORY 0x17C6AAF0u

static void clear_flags(struct kit *k)
{
    put(k, C1_RSR, RMVF);
    put(k, C2_RSR, RMVF);
}

static void reset_by(struct kit *k, enum reset_source source)
{
    chip_request_reset(&k->chip, source);
    run_for(k, VTIME_MS(1));
}

static void rmvf_clears_its_own_bank_only(void **state)
{
    struct kit *k = *state;
    as(k, MASTER_CM4);
    put(k, RSR, RMVF);
    assert_int_equal(get(k, RSR) & ~RMVF, 0);
    as(k, MASTER_CM7);
    assert_int_equal(get(k, RSR), 0x00FE0000);
    assert_int_equal(get(k, C2_RSR) & ~RMVF, 0);
}

static void rsr_tells_the_source(void **state)
{
    static const struct {
        enum reset_source source;
        uint32_t flag;
    } table[] = {
        {RESET_SRC_PIN, 0},          {RESET_SRC_BOR, 1u << 21},   {RESET_SRC_SFT1, 1u << 24},
        {RESET_SRC_SFT2, 1u << 25},  {RESET_SRC_IWDG1, 1u << 26}, {RESET_SRC_IWDG2, 1u << 27},
        {RESET_SRC_WWDG1, 1u << 28}, {RESET_SRC_WWDG2, 1u << 29},
    };
    struct kit *k = *state;
    for (size_t i = 0; i < sizeof(table) / sizeof(table[0]); i++) {
        clear_flags(k);
        reset_by(k, table[i].source);
        assert_int_equal(get(k, C1_RSR), table[i].flag | PINRSTF | CORES);
        assert_int_equal(get(k, C2_RSR), table[i].flag | PINRSTF | CORES);
    }
}

static void rsr_iwdg2_sets_both_cores_bits(void **state)
{
    struct kit *k = *state;
    clear_flags(k);
    reset_by(k, RESET_SRC_IWDG2);
    assert_int_equal(get(k, C1_RSR) & (1u << 27), 1u << 27);
    assert_int_equal(get(k, C2_RSR) & (1u << 27), 1u << 27);
}

static void flags_pile_up_until_cleared(void **state)
{
    struct kit *k = *state;
    reset_by(k, RESET_SRC_SFT1);
    reset_by(k, RESET_SRC_IWDG1);
    assert_int_equal(get(k, RSR), 0x00FE0000u | 1u << 24 | 1u << 26);
    kit_power_cycle(k);
    assert_int_equal(get(k, RSR), 0x00FE0000);
}

static void both_cores_boot_with_factory_options(void **state)
{
    struct kit *k = *state;
    assert_false(k->chip.cores.held[CORE_CM7]);
    assert_false(k->chip.cores.held[CORE_CM4]);
    assert_int_equal(k->chip.cores.boot_address[CORE_CM7], 0x08000000);
    assert_int_equal(k->chip.cores.boot_address[CORE_CM4], 0x08100000);
}

static void bcm4_zero_holds_the_cm4_until_boot_c2(void **state)
{
    struct kit *k = *state;
    kit_restart(k, SUPPLY_SMPS, &(struct chip_params){.optsr = OPTSR_FACTORY & ~(1u << 22)});
    assert_false(k->chip.cores.held[CORE_CM7]);
    assert_true(k->chip.cores.held[CORE_CM4]);
    put(k, GCR, 1u << 3);
    assert_false(k->chip.cores.held[CORE_CM4]);
    put(k, GCR, 0); /* set only */
    assert_int_equal(get(k, GCR), 1u << 3);
    reset_by(k, RESET_SRC_SFT1);
    assert_true(k->chip.cores.held[CORE_CM4]);
}

static void bcm7_zero_holds_the_cm7_until_boot_c1(void **state)
{
    struct kit *k = *state;
    kit_restart(k, SUPPLY_SMPS, &(struct chip_params){.optsr = OPTSR_FACTORY & ~(1u << 23)});
    assert_true(k->chip.cores.held[CORE_CM7]);
    assert_false(k->chip.cores.held[CORE_CM4]);
    as(k, MASTER_CM4);
    put(k, GCR, 1u << 2);
    assert_false(k->chip.cores.held[CORE_CM7]);
}

static void neither_allowed_boots_the_cm7(void **state)
{
    struct kit *k = *state;
    kit_restart(k, SUPPLY_SMPS, &(struct chip_params){.optsr = OPTSR_FACTORY & ~(3u << 22)});
    assert_false(k->chip.cores.held[CORE_CM7]);
    assert_true(k->chip.cores.held[CORE_CM4]);
}

static void boot0_takes_the_other_addresses(void **state)
{
    struct kit *k = *state;
    k->chip.resets.boot0 = true;
    reset_by(k, RESET_SRC_PIN);
    assert_int_equal(k->chip.cores.boot_address[CORE_CM7], 0x1FF00000);
    assert_int_equal(k->chip.cores.boot_address[CORE_CM4], 0x10000000);
}

static void ur3_moves_the_cm4s_boot_address(void **state)
{
    struct kit *k = *state;
    put(k, RCC_APB4ENR, 0x00010002);
    assert_int_equal(get(k, SYSCFG_REGS + 0x30C), 0x08101FF0);
    put(k, SYSCFG_REGS + 0x30C, 0x10001FF0);
    assert_int_equal(k->chip.cores.boot_address[CORE_CM4], 0x10000000);
    assert_int_equal(k->chip.cores.boot_address[CORE_CM7], 0x08000000);
    reset_by(k, RESET_SRC_PIN);
    assert_int_equal(k->chip.cores.boot_address[CORE_CM4], 0x08100000);
}

static void with_boot0_ur3_and_ur4_count(void **state)
{
    struct kit *k = *state;
    k->chip.resets.boot0 = true;
    reset_by(k, RESET_SRC_PIN);
    put(k, RCC_APB4ENR, 0x00010002);
    put(k, SYSCFG_REGS + 0x310, 0x2400);
    assert_int_equal(k->chip.cores.boot_address[CORE_CM4], 0x24000000);
    assert_int_equal(k->chip.cores.boot_address[CORE_CM7], 0x1FF00000);
}

/* ---- clock outputs ---- */

/* 9.7.7: MCO2 is sys_ck, its prescaler 4; 0 switches an output off. */
static void clocks_leave_on_mco(void **state)
{
    struct kit *k = *state;
    const struct pinfunc *mco1 = chip_find_pinfunc(&k->chip, "MCO1");
    const struct pinfunc *mco2 = chip_find_pinfunc(&k->chip, "MCO2");
    assert_int_equal(mco2->clock_uhz, 0);
    put(k, RCC_REGS + 0x010, 4u << 25 | 4u << 22 | 1u << 18); /* MCO1: HSI48, which is off */
    assert_int_equal(mco2->clock_uhz, CLOCK_UHZ(16000000));
    assert_int_equal(mco1->clock_uhz, 0);
    put(k, RCC_REGS + 0x010, 4u << 25 | 2u << 18); /* MCO1: HSI / 2 */
    assert_int_equal(mco1->clock_uhz, CLOCK_UHZ(32000000));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        KIT_TEST(clocks_leave_on_mco),
        KIT_TEST(rmvf_clears_its_own_bank_only),
        KIT_TEST(rsr_tells_the_source),
        KIT_TEST(rsr_iwdg2_sets_both_cores_bits),
        KIT_TEST(flags_pile_up_until_cleared),
        KIT_TEST(both_cores_boot_with_factory_options),
        KIT_TEST(bcm4_zero_holds_the_cm4_until_boot_c2),
        KIT_TEST(bcm7_zero_holds_the_cm7_until_boot_c1),
        KIT_TEST(neither_allowed_boots_the_cm7),
        KIT_TEST(boot0_takes_the_other_addresses),
        KIT_TEST(ur3_moves_the_cm4s_boot_address),
        KIT_TEST(with_boot0_ur3_and_ur4_count),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
