/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
/* PWR and the supply part: the selection, the wiring, the deadlock (RM0399 7.4, 7.8.4, Table 33). */
#include "system_testkit.h"
#include "vboard/chip/finding_text.h"

static bool ready(struct kit *k)
{
    return (get(k, PWR_CSR1) & ACTVOSRDY) != 0;
}

static void select_supply(struct kit *k, uint32_t cr3)
{
    put(k, PWR_CR3, cr3);
    run_for(k, VTIME_MS(1));
}

static void system_reset(struct kit *k)
{
    chip_request_reset(&k->chip, RESET_SRC_PIN);
    run_for(k, VTIME_MS(1));
}

static void power_on_is_run_star_at_1v2(void **state)
{
    struct kit *k = *state;
    run_for(k, VTIME_S(1));
    assert_false(ready(k));
    assert_true(k->chip.power.run_star);
    assert_int_equal(supply_vcore_uv(&k->supply), 1200000);
}

static void direct_smps_becomes_ready_after_a_while(void **state)
{
    struct kit *k = *state;
    put(k, PWR_CR3, 0x04);
    assert_false(ready(k));
    run_for(k, VTIME_MS(1));
    assert_true(ready(k));
    assert_false(k->chip.power.run_star);
    assert_int_equal(supply_vcore_uv(&k->supply), 1000000);
    assert_int_equal(get(k, PWR_CR3), 0x04);
    assert_int_equal(k->chip.findings.count, 0);
}

static void cr3_second_write_is_ignored(void **state)
{
    struct kit *k = *state;
    select_supply(k, 0x04);
    put(k, PWR_CR3, 0x02);
    assert_int_equal(get(k, PWR_CR3), 0x04);
    assert_false(supply_lost(&k->supply));
    assert_true(ready(k));
    assert_int_equal(found(k, FINDING_BEHAVIOUR), 1);
}

static void cr3_same_value_again_is_silent(void **state)
{
    struct kit *k = *state;
    select_supply(k, 0x04);
    as(k, MASTER_CM4);
    put(k, PWR_CR3, 0x04);
    assert_int_equal(k->chip.findings.count, 0);
}

static void illegal_cr3_value_still_locks(void **state)
{
    static const uint8_t illegal[] = {0x00, 0x08, 0x03, 0x07, 0x05, 0x06,
                                      0x0E, 0x0C, 0x1C, 0x0D, 0x15};
    struct kit *k = *state;
    for (size_t i = 0; i < sizeof(illegal); i++) {
        kit_power_cycle(k);
        select_supply(k, illegal[i]);
        assert_int_equal(get(k, PWR_CR3), 0x06);
        select_supply(k, 0x04); /* too late */
        assert_int_equal(get(k, PWR_CR3), 0x06);
        assert_false(ready(k));
        assert_false(supply_lost(&k->supply));
    }
}

static void legal_values_of_table_33(void **state)
{
    static const uint8_t legal[] = {0x02, 0x04, 0x16, 0x26, 0x1E, 0x2E, 0x1D, 0x2D, 0x01};
    struct kit *k = *state;
    for (size_t i = 0; i < sizeof(legal); i++) {
        kit_power_cycle(k);
        select_supply(k, legal[i]);
        assert_int_equal(get(k, PWR_CR3) & 0x3F, legal[i]);
    }
}

static void usb_bits_written_as_a_word_lock_the_selection(void **state)
{
    struct kit *k = *state;
    set_bits(k, PWR_CR3, 1u << 24); /* read-modify-write writes 0x06 back: illegal, locks */
    assert_int_equal(get(k, PWR_CR3), 0x05000006u); /* USB33DEN, USB33RDY */
    select_supply(k, 0x04);
    assert_int_equal(get(k, PWR_CR3) & 0x3F, 0x06);
}

static void upper_bytes_alone_do_not_lock(void **state)
{
    struct kit *k = *state;
    chip_mmio_write(&k->chip, PWR_CR3 + 3, 1, 0x01);
    assert_int_equal(get(k, PWR_CR3), 0x05000006u);
    select_supply(k, 0x04);
    assert_int_equal(get(k, PWR_CR3) & 0x3F, 0x04);
}

static void cr3_survives_system_reset(void **state)
{
    struct kit *k = *state;
    select_supply(k, 0x04);
    system_reset(k);
    assert_int_equal(get(k, PWR_CR3), 0x04);
    assert_true(ready(k));
    put(k, PWR_CR3, 0x02); /* still locked: "works until the next power cycle" */
    assert_int_equal(get(k, PWR_CR3), 0x04);
    kit_power_cycle(k);
    assert_int_equal(get(k, PWR_CR3), 0x06);
    assert_false(ready(k));
}

static void ldo_on_smps_wiring_is_the_deadlock(void **state)
{
    struct kit *k = *state;
    as(k, MASTER_CM4);
    put(k, PWR_CR3, 0x02);
    assert_true(supply_lost(&k->supply));
    assert_true(k->chip.power.vcore_lost);
    assert_int_equal(k->supply.vdd_mv, 3300);
    assert_true(k->chip.cores.held[CORE_CM7] && k->chip.cores.held[CORE_CM4]);
    assert_int_equal(found(k, FINDING_VCORE_LOST), 1);
    const struct finding *f = &k->chip.findings.list[0];
    assert_int_equal(f->master, MASTER_CM4);
    assert_int_equal(f->data.cr3, 0x02);
    assert_int_equal(f->data.wiring, SUPPLY_SMPS);
    assert_string_equal(finding_text(&k->chip, f).text,
                        "PWR.CR3: 0x02 selects LDO, the wiring is direct SMPS: VCORE is gone");
}

static void nrst_does_not_help_power_off_does(void **state)
{
    struct kit *k = *state;
    select_supply(k, 0x02);
    system_reset(k);
    assert_true(k->chip.power.vcore_lost);
    assert_true(k->chip.cores.held[CORE_CM7] && k->chip.cores.held[CORE_CM4]);
    kit_power_cycle(k);
    assert_false(k->chip.power.vcore_lost);
    assert_false(k->chip.cores.held[CORE_CM7] || k->chip.cores.held[CORE_CM4]);
    select_supply(k, 0x04);
    assert_true(ready(k));
}

/* Wiring against selection: which match, which lose VCORE. */
static void wirings_and_selections(void **state)
{
    enum { LOST, RUNS, WAITS }; /* WAITS: alive, ACTVOSRDY stays 0 */
    static const struct {
        enum supply_wiring wiring;
        uint8_t cr3;
        int outcome;
    } table[] = {
        {SUPPLY_SMPS, 0x04, RUNS},     {SUPPLY_SMPS, 0x02, LOST},     {SUPPLY_SMPS, 0x01, LOST},
        {SUPPLY_SMPS, 0x16, WAITS},    {SUPPLY_SMPS, 0x2E, WAITS},    {SUPPLY_LDO, 0x02, RUNS},
        {SUPPLY_LDO, 0x04, LOST},      {SUPPLY_LDO, 0x01, LOST},      {SUPPLY_LDO, 0x16, WAITS},
        {SUPPLY_SMPS_LDO, 0x16, RUNS}, {SUPPLY_SMPS_LDO, 0x26, RUNS}, {SUPPLY_SMPS_LDO, 0x1E, RUNS},
        {SUPPLY_SMPS_LDO, 0x02, LOST}, {SUPPLY_SMPS_LDO, 0x04, LOST}, {SUPPLY_SMPS_LDO, 0x1D, LOST},
        {SUPPLY_BYPASS, 0x01, RUNS},   {SUPPLY_BYPASS, 0x02, RUNS},
    };
    struct kit *k = *state;
    for (size_t i = 0; i < sizeof(table) / sizeof(table[0]); i++) {
        kit_restart(k, table[i].wiring, NULL);
        assert_false(supply_lost(&k->supply));
        assert_false(ready(k));
        select_supply(k, table[i].cr3);
        assert_int_equal(supply_lost(&k->supply), table[i].outcome == LOST);
        assert_int_equal(ready(k), table[i].outcome == RUNS);
    }
}

static void smps_level_on_vcore_is_caught_by_the_detector(void **state)
{
    struct kit *k = *state;
    select_supply(k, 0x26);
    assert_int_equal(found(k, FINDING_OVERVOLTAGE), 1);
    assert_int_equal(supply_vcore_uv(&k->supply), 1000000);
    assert_false(ready(k));
}

/* ---- voltage scaling ---- */

static void vos1_takes_a_while_and_actvos_follows(void **state)
{
    struct kit *k = *state;
    select_supply(k, 0x04);
    put(k, PWR_D3CR, 0xC000);
    assert_int_equal(get(k, PWR_D3CR), 0xC000);
    assert_int_equal(get(k, PWR_CSR1) & 0xC000, 0x4000);
    assert_int_equal(k->chip.power.vos, 3);
    run_for(k, VTIME_MS(1));
    assert_int_equal(get(k, PWR_D3CR), 0xE000);
    assert_int_equal(get(k, PWR_CSR1), 0xE000);
    assert_int_equal(k->chip.power.vos, 1);
    assert_int_equal(supply_vcore_uv(&k->supply), 1226000);
    system_reset(k);
    assert_int_equal(get(k, PWR_D3CR), 0x6000);
    assert_int_equal(get(k, PWR_CSR1), 0x6000);
}

static void vos_in_run_star_never_gets_ready(void **state)
{
    struct kit *k = *state;
    put(k, PWR_D3CR, 0xC000);
    run_for(k, VTIME_S(1));
    assert_int_equal(get(k, PWR_D3CR), 0xC000);
    assert_int_equal(found(k, FINDING_BEHAVIOUR), 1);
}

static void overdrive(struct kit *k)
{
    put(k, RCC_APB4ENR, 0x00010002);
    put(k, PWR_D3CR, 0xC000);
    run_for(k, VTIME_MS(1));
    put(k, SYSCFG_PWRCR, 1);
    run_for(k, VTIME_MS(1));
}

static void overdrive_under_direct_smps_is_overvoltage(void **state)
{
    struct kit *k = *state;
    select_supply(k, 0x04);
    overdrive(k);
    assert_int_equal(found(k, FINDING_OVERVOLTAGE), 1);
    assert_true(supply_vcore_uv(&k->supply) > SUPPLY_VCORE_MAX_UV);
    assert_int_equal(k->chip.power.vos, 1);
    assert_int_equal(get(k, PWR_D3CR) & VOSRDY, VOSRDY);
}

static void overdrive_under_ldo_is_vos0(void **state)
{
    struct kit *k = *state;
    kit_restart(k, SUPPLY_LDO, NULL);
    select_supply(k, 0x02);
    overdrive(k);
    assert_int_equal(k->chip.findings.count, 0);
    assert_int_equal(k->chip.power.vos, 0);
    put(k, SYSCFG_PWRCR, 0);
    assert_int_equal(k->chip.power.vos, 1);
}

static void overdrive_outside_vos1_is_a_finding(void **state)
{
    struct kit *k = *state;
    select_supply(k, 0x04);
    put(k, RCC_APB4ENR, 0x00010002);
    put(k, SYSCFG_PWRCR, 1);
    assert_int_equal(found(k, FINDING_BEHAVIOUR), 1);
    assert_int_equal(supply_vcore_uv(&k->supply), 1000000);
}

static void unclocked_overdrive_write_is_lost(void **state)
{
    struct kit *k = *state;
    select_supply(k, 0x04);
    put(k, PWR_D3CR, 0xC000);
    run_for(k, VTIME_MS(1));
    put(k, SYSCFG_PWRCR, 1); /* SYSCFGEN = 0 */
    assert_false(k->chip.access.bus_fault);
    assert_int_equal(found(k, FINDING_UNCLOCKED), 1);
    assert_int_equal(found(k, FINDING_OVERVOLTAGE), 0);
}

/* ---- detectors and backup domain ---- */

static void pvd_watches_vdd_and_its_pin(void **state)
{
    struct kit *k = *state;
    hear(k, "PWR", PWR_IRQ_PVD_AVD);
    set_bits(k, PWR_CR1, 1u << 4 | 6u << 5); /* PVDE, 2.85 V */
    assert_false(k->line[0]);
    supply_set_vdd(&k->supply, 2800, k->chip.sched.now);
    assert_true(k->line[0]);
    assert_int_equal(get(k, PWR_CSR1) & (1u << 4), 1u << 4);
    supply_set_vdd(&k->supply, 3300, k->chip.sched.now);
    assert_false(k->line[0]);
    set_bits(k, PWR_CR1, 7u << 5); /* PVD_IN */
    supply_set_pvd_in(&k->supply, 1000, k->chip.sched.now);
    assert_true(k->line[0]);
    supply_set_pvd_in(&k->supply, 1300, k->chip.sched.now);
    assert_false(k->line[0]);
}

/* Nothing at PVD_IN: the pin's own pull resistor decides. */
static void open_pvd_in_follows_the_pull(void **state)
{
    struct kit *k = *state;
    static struct signal_driver pull;
    hear(k, "PWR", PWR_IRQ_PVD_AVD);
    signal_attach(chip_pin(&k->chip, 'B', 7), &pull);
    set_bits(k, PWR_CR1, 1u << 4 | 7u << 5);
    assert_true(k->line[0]);
    signal_drive(&pull, DRIVE_PULL_UP, k->chip.sched.now);
    assert_false(k->line[0]);
    signal_drive(&pull, DRIVE_PULL_DOWN, k->chip.sched.now);
    assert_true(k->line[0]);
}

static void cr2_needs_dbp(void **state)
{
    struct kit *k = *state;
    put(k, PWR_REGS + 0x08, 1);
    assert_int_equal(get(k, PWR_REGS + 0x08), 0);
    set_bits(k, PWR_CR1, 1u << 8);
    put(k, PWR_REGS + 0x08, 1);
    assert_int_equal(get(k, PWR_REGS + 0x08), 0x00010001);
    system_reset(k);
    assert_int_equal(get(k, PWR_REGS + 0x08), 0x00010001);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        KIT_TEST(power_on_is_run_star_at_1v2),
        KIT_TEST(direct_smps_becomes_ready_after_a_while),
        KIT_TEST(cr3_second_write_is_ignored),
        KIT_TEST(cr3_same_value_again_is_silent),
        KIT_TEST(illegal_cr3_value_still_locks),
        KIT_TEST(legal_values_of_table_33),
        KIT_TEST(usb_bits_written_as_a_word_lock_the_selection),
        KIT_TEST(upper_bytes_alone_do_not_lock),
        KIT_TEST(cr3_survives_system_reset),
        KIT_TEST(ldo_on_smps_wiring_is_the_deadlock),
        KIT_TEST(nrst_does_not_help_power_off_does),
        KIT_TEST(wirings_and_selections),
        KIT_TEST(smps_level_on_vcore_is_caught_by_the_detector),
        KIT_TEST(vos1_takes_a_while_and_actvos_follows),
        KIT_TEST(vos_in_run_star_never_gets_ready),
        KIT_TEST(overdrive_under_direct_smps_is_overvoltage),
        KIT_TEST(overdrive_under_ldo_is_vos0),
        KIT_TEST(overdrive_outside_vos1_is_a_finding),
        KIT_TEST(unclocked_overdrive_write_is_lost),
        KIT_TEST(pvd_watches_vdd_and_its_pin),
        KIT_TEST(open_pvd_in_follows_the_pull),
        KIT_TEST(cr2_needs_dbp),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
