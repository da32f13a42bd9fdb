/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
/* FDCAN's registers against RM0399's map, CCCR's locks, the message RAM. */
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>
#include <string.h>

#include "fdcan_testkit.h"

#define CASE(f) cmocka_unit_test_setup_teardown(f, kit_setup, kit_teardown)

/* RM0399 Rev 4, Tables 526 and 527 with the resets of the sections; `writable` while INIT and CCE. */
static const struct {
    uint32_t offset, reset, writable;
    const char *name;
} map[] = {
    {0x000, 0x32141218, 0, "CREL"},
    {0x004, 0x87654321, 0, "ENDN"},
    {0x00C, 0x00000A33, 0x009F1FFF, "DBTP"},
    {0x010, 0x00000000, 0, "TEST"}, /* only while CCCR.TEST is set */
    {0x014, 0x00000000, 0x000000FF, "RWD"},
    {0x01C, 0x06000A03, 0xFFFFFF7F, "NBTP"},
    {0x020, 0x00000000, 0x000F0003, "TSCC"},
    {0x024, 0x00000000, 0, "TSCV"},
    {0x028, 0xFFFF0000, 0xFFFF0007, "TOCC"},
    {0x02C, 0x0000FFFF, 0, "TOCV"},
    {0x040, 0x00000000, 0, "ECR"},
    {0x044, 0x00000707, 0, "PSR"},
    {0x048, 0x00000000, 0x00007F7F, "TDCR"},
    {0x050, 0x00000000, 0, "IR"},
    {0x054, 0x00000000, 0x3FCFFFFF, "IE"},
    {0x058, 0x00000000, 0x3FCFFFFF, "ILS"},
    {0x05C, 0x00000000, 0x00000003, "ILE"},
    {0x080, 0x00000000, 0x0000003F, "GFC"},
    {0x084, 0x00000000, 0x00FFFFFC, "SIDFC"},
    {0x088, 0x00000000, 0x00FFFFFC, "XIDFC"},
    {0x090, 0x1FFFFFFF, 0x1FFFFFFF, "XIDAM"},
    {0x094, 0x00000000, 0, "HPMS"},
    {0x098, 0x00000000, 0, "NDAT1"},
    {0x09C, 0x00000000, 0, "NDAT2"},
    {0x0A0, 0x00000000, 0xFF7FFFFC, "RXF0C"},
    {0x0A4, 0x00000000, 0, "RXF0S"},
    {0x0A8, 0x00000000, 0x0000003F, "RXF0A"},
    {0x0AC, 0x00000000, 0x0000FFFC, "RXBC"},
    {0x0B0, 0x00000000, 0xFF7FFFFC, "RXF1C"},
    {0x0B4, 0x00000000, 0, "RXF1S"},
    {0x0B8, 0x00000000, 0x0000003F, "RXF1A"},
    {0x0BC, 0x00000000, 0x00000777, "RXESC"},
    {0x0C0, 0x00000000, 0x7F3FFFFC, "TXBC"},
    {0x0C4, 0x00000000, 0, "TXFQS"},
    {0x0C8, 0x00000000, 0x00000007, "TXESC"},
    {0x0CC, 0x00000000, 0, "TXBRP"},
    {0x0D0, 0x00000000, 0, "TXBAR"},
    {0x0D4, 0x00000000, 0, "TXBCR"},
    {0x0D8, 0x00000000, 0, "TXBTO"},
    {0x0DC, 0x00000000, 0, "TXBCF"},
    {0x0E0, 0x00000000, 0xFFFFFFFF, "TXBTIE"},
    {0x0E4, 0x00000000, 0xFFFFFFFF, "TXBCIE"},
    {0x0F0, 0x00000000, 0x3F3FFFFC, "TXEFC"},
    {0x0F4, 0x00000000, 0, "TXEFS"},
    {0x0F8, 0x00000000, 0x0000001F, "TXEFA"},
    {0x100, 0x00000000, 0x007FFFFC, "TTTMC"},
    {0x104, 0x00000000, 0xDFFFFFFF, "TTRMC"},
    {0x108, 0x00010000, 0x07FFFFFB, "TTOCF"},
    {0x10C, 0x00000000, 0x0FFF0FFF, "TTMLM"},
    {0x110, 0x00000000, 0xBFFFFFFF, "TURCF"},
    {0x114, 0x00000000, 0x00003FFF, "TTOCN"},
    {0x118, 0x00000000, 0xFFFFFFFF, "TTGTP"},
    {0x11C, 0x00000000, 0x007FFFFF, "TTTMK"},
    {0x120, 0x00000000, 0, "TTIR"},
    {0x124, 0x00000000, 0x0007FFFF, "TTIE"},
    {0x128, 0x00000000, 0x0007FFFF, "TTILS"},
    {0x12C, 0x00000080, 0, "TTOST"},
    {0x130, 0x00000000, 0, "TURNA"},
    {0x134, 0x00000000, 0, "TTLGT"},
    {0x138, 0x003F0000, 0, "TTCTC"},
    {0x13C, 0x00000000, 0, "TTCPT"},
    {0x140, 0x00000000, 0, "TTCSM"},
    {0x300, 0x00000000, 0x00000033, "TTTS"},
};
#define MAP_COUNT (sizeof(map) / sizeof(map[0]))

static void every_register_of_the_map_has_its_name_and_reset_value(void **state)
{
    struct kit *k = *state;
    char name[40];

    for (unsigned i = 0; i < MAP_COUNT; i++) {
        periph_reg_name(k->can1, map[i].offset, name, sizeof(name));
        assert_string_equal(name + strlen("FDCAN1."), map[i].name);
        if (map[i].offset != 0x44) { /* reading PSR changes it */
            assert_int_equal(rd(k, map[i].offset), map[i].reset);
        }
    }
    assert_int_equal(rd(k, PSR), 0x707);
    assert_int_equal(rd(k, CCCR), 1);
    assert_int_equal(k->chip.findings.count, 0);
}

static void nothing_else_is_there(void **state)
{
    struct kit *k = *state;
    char name[40];
    unsigned holes = 0;

    for (uint32_t offset = 0; offset < 0x400; offset += 4) {
        bool known = offset == CCCR;
        for (unsigned i = 0; i < MAP_COUNT; i++) {
            known |= map[i].offset == offset;
        }
        periph_reg_name(k->can1, offset, name, sizeof(name));
        assert_int_equal(strstr(name, "(reserved)") == NULL, known);
        holes += known ? 0 : 1;
    }
    assert_int_equal(holes, 256 - MAP_COUNT - 1);
    rd(k, 0x08);
    assert_int_equal(k->chip.findings.count, 1);
    assert_int_equal(k->chip.findings.list[0].kind, FINDING_RESERVED_REG);
}

static void access_masks_while_configuration_is_open(void **state)
{
    struct kit *k = *state;

    wr(k, CCCR, INIT | CCE);
    k->chip.access.master = MASTER_DEBUG; /* the patterns touch reserved bits: no findings wanted */
    for (unsigned i = 0; i < MAP_COUNT; i++) {
        if (map[i].writable == 0) {
            continue;
        }
        wr(k, map[i].offset, 0xFFFFFFFF);
        assert_int_equal(rd(k, map[i].offset), map[i].reset | map[i].writable);
        wr(k, map[i].offset, 0);
        assert_int_equal(rd(k, map[i].offset), map[i].reset & ~map[i].writable);
    }
}

static uint32_t a_writable_bit(uint32_t offset)
{
    for (unsigned i = 0; i < MAP_COUNT; i++) {
        if (map[i].offset == offset) {
            return map[i].writable & ~(map[i].writable - 1);
        }
    }
    return 0;
}

static void configuration_is_locked_unless_init_and_cce(void **state)
{
    struct kit *k = *state;
    static const uint32_t locked[] = {DBTP,  RWD,   NBTP, TSCC,  TOCC,  TDCR, GFC,   SIDFC, XIDFC,
                                      XIDAM, RXF0C, RXBC, RXF1C, RXESC, TXBC, TXESC, TXEFC, 0x100};

    for (unsigned i = 0; i < sizeof(locked) / sizeof(locked[0]); i++) {
        uint32_t before = rd(k, locked[i]);
        size_t findings = k->chip.findings.count;
        wr(k, locked[i], before ^ a_writable_bit(locked[i]));
        assert_int_equal(rd(k, locked[i]), before);
        assert_int_equal(k->chip.findings.count, findings + 1);
        assert_int_equal(k->chip.findings.list[findings].kind, FINDING_BEHAVIOUR);
    }
}

static void rewriting_the_same_value_while_locked_is_no_finding(void **state)
{
    struct kit *k = *state;

    wr(k, NBTP, 0x06000A03);
    assert_int_equal(k->chip.findings.count, 0);
}

static void byte_access(void **state)
{
    struct kit *k = *state;

    wr(k, CCCR, INIT | CCE);
    chip_mmio_write(&k->chip, FDCAN1 + SIDFC + 2, 1, 0x12);
    assert_int_equal(rd(k, SIDFC), 0x00120000);
    chip_mmio_write(&k->chip, FDCAN1 + CCCR + 1, 1, 0x03);
    assert_int_equal(rd(k, CCCR), INIT | CCE | FDOE | BRSE);
    assert_int_equal(chip_mmio_read(&k->chip, FDCAN1 + CREL + 3, 1), 0x32);
}

/* ---- CCCR ---- */

static void init_reads_back_after_the_clock_domains_have_synchronised(void **state)
{
    struct kit *k = *state;

    wr(k, CCCR, 0);
    assert_int_equal(rd(k, CCCR), INIT); /* not yet */
    run_us(k, 1);
    assert_int_equal(rd(k, CCCR), 0);
    wr(k, CCCR, INIT);
    assert_int_equal(rd(k, CCCR), 0);
    run_us(k, 1);
    assert_int_equal(rd(k, CCCR), INIT);
}

static void init_never_reads_back_without_a_kernel_clock(void **state)
{
    struct kit *k = *state;

    wr(k, CCCR, 0);
    run_us(k, 1);
    clock_set(&k->chip.clocks[CLK_FDCAN], 0, k->chip.sched.now);
    wr(k, CCCR, INIT);
    run_us(k, 20000);
    assert_int_equal(rd(k, CCCR), 0);
    clock_set(&k->chip.clocks[CLK_FDCAN], CLOCK_UHZ(8000000), k->chip.sched.now);
    run_us(k, 2);
    assert_int_equal(rd(k, CCCR), INIT);
}

static void cce_needs_init_and_falls_with_it(void **state)
{
    struct kit *k = *state;

    wr(k, CCCR, INIT | CCE);
    assert_int_equal(rd(k, CCCR), INIT | CCE);
    wr(k, CCCR, CCE);
    run_us(k, 1);
    assert_int_equal(rd(k, CCCR), 0);
    wr(k, CCCR, CCE);
    run_us(k, 1);
    assert_int_equal(rd(k, CCCR), 0);
    /* INIT and CCE in one write: CCE is refused, INIT was not set before. */
    wr(k, CCCR, INIT | CCE);
    run_us(k, 1);
    assert_int_equal(rd(k, CCCR), INIT);
}

static void mode_bits_can_be_set_only_while_open_but_cleared_any_time(void **state)
{
    struct kit *k = *state;
    static const uint32_t bits[] = {MON, ASM, TEST_EN};

    for (unsigned i = 0; i < 3; i++) {
        wr(k, CCCR, INIT);
        run_us(k, 1);
        wr(k, CCCR, INIT | bits[i]);
        assert_int_equal(rd(k, CCCR) & bits[i], 0);
        wr(k, CCCR, INIT | CCE);
        wr(k, CCCR, INIT | CCE | bits[i]);
        assert_int_equal(rd(k, CCCR) & bits[i], bits[i]);
        wr(k, CCCR, bits[i]);
        run_us(k, 1);
        assert_int_equal(rd(k, CCCR), bits[i]);
        wr(k, CCCR, 0);
        assert_int_equal(rd(k, CCCR), 0);
    }
}

static void other_mode_bits_change_only_while_open(void **state)
{
    struct kit *k = *state;
    const uint32_t bits = DAR | FDOE | BRSE | TXP | 0xB000;

    wr(k, CCCR, INIT | CCE);
    wr(k, CCCR, INIT | CCE | bits);
    assert_int_equal(rd(k, CCCR), INIT | CCE | bits);
    wr(k, CCCR, bits);
    run_us(k, 1);
    wr(k, CCCR, 0);
    assert_int_equal(rd(k, CCCR), bits);
    /* NISO is kept, but what it does is not modelled, and that is told. */
    assert_int_equal(k->chip.findings.list[0].kind, FINDING_UNMODELLED);
}

static void cce_resets_the_status_registers(void **state)
{
    struct kit *k = *state;

    kit_listen(k, 0);
    can_node_stop(&k->ecu.node, k->chip.sched.now); /* nobody acknowledges */
    kit_tx_buffer(k, 0, 0x100, 0);
    wr(k, TXBAR, 1);
    assert_int_equal(rd(k, TXBRP), 1);
    wr(k, CCCR, INIT);
    run_us(k, 1);
    assert_int_equal(rd(k, TXBRP), 1);
    wr(k, CCCR, INIT | CCE);
    assert_int_equal(rd(k, TXBRP), 0);
    assert_int_equal(rd(k, TXFQS), 4);
}

static void clock_stop_request_waits_for_nothing_when_idle(void **state)
{
    struct kit *k = *state;

    kit_listen(k, 0);
    wr(k, CCCR, CSR);
    assert_int_equal(rd(k, CCCR), INIT | CSR | CSA);
    wr(k, CCCR, CSR); /* INIT cannot be cleared now */
    run_us(k, 1);
    assert_int_equal(rd(k, CCCR), INIT | CSR | CSA);
    wr(k, CCCR, INIT);
    assert_int_equal(rd(k, CCCR), INIT);
    wr(k, CCCR, 0);
    run_us(k, 1);
    assert_int_equal(rd(k, CCCR), 0);
}

static void clock_stop_request_lets_pending_frames_out_first(void **state)
{
    struct kit *k = *state;

    kit_listen(k, 0);
    kit_tx_buffer(k, 0, 0x100, 0);
    wr(k, TXBAR, 1);
    wr(k, CCCR, CSR);
    assert_int_equal(rd(k, CCCR) & (CSA | INIT), 0);
    run_us(k, 1000);
    assert_int_equal(rd(k, CCCR), INIT | CSR | CSA);
    assert_int_equal(k->ecu.received_count, 1);
}

/* ---- TTCAN, FDCAN2 ---- */

static void only_fdcan1_has_ttcan(void **state)
{
    struct kit *k = *state;

    k->base = FDCAN2;
    assert_int_equal(rd(k, CREL), 0x32141218);
    assert_int_equal(k->chip.findings.count, 0);
    assert_int_equal(rd(k, 0x108), 0);
    assert_int_equal(k->chip.findings.count, 1);
    assert_int_equal(k->chip.findings.list[0].kind, FINDING_RESERVED_REG);
}

static void time_triggered_operation_is_told_as_not_modelled(void **state)
{
    struct kit *k = *state;

    wr(k, CCCR, INIT | CCE);
    wr(k, 0x108, 0x00010001);
    assert_int_equal(k->chip.findings.count, 1);
    assert_int_equal(k->chip.findings.list[0].kind, FINDING_UNMODELLED);
}

static void debugger_reads_change_nothing(void **state)
{
    struct kit *k = *state;

    kit_listen(k, 0);
    tester_send_id(&k->ecu, 0x100);
    run_us(k, 1000);
    k->chip.access.master = MASTER_DEBUG;
    assert_int_equal(rd(k, PSR) & 7, 0);
    k->chip.access.master = MASTER_CM4;
    assert_int_equal(rd(k, PSR) & 7, 0);
    assert_int_equal(rd(k, PSR) & 7, 7);
}

/* ---- message RAM ---- */

static void message_ram_is_one_region_for_both_and_survives_resets(void **state)
{
    struct kit *k = *state;
    struct mem_region *r = chip_region(&k->chip, SRAMCAN, MASTER_CM7);

    assert_non_null(r);
    assert_int_equal(r->base, 0x4000AC00);
    assert_int_equal(r->size, 10240);
    assert_true(r->writable);
    assert_ptr_equal(chip_region(&k->chip, 0x4000D3FC, MASTER_CM4), r);
    assert_null(chip_region(&k->chip, 0x4000D400, MASTER_CM4));
    assert_null(chip_region(&k->chip, 0x4000ABFC, MASTER_CM4));
    set_ram(k, 0, 0xCAFE0001);
    set_ram(k, 2559, 0xCAFE0002);
    periph_reset(k->can1, RESET_SYSTEM);
    periph_reset(k->can2, RESET_PERIPH);
    assert_int_equal(ram(k, 0), 0xCAFE0001);
    assert_int_equal(ram(k, 2559), 0xCAFE0002);
    periph_reset(k->can1, RESET_POWER_ON);
    assert_true(ram(k, 0) != 0xCAFE0001);
}

static void message_ram_after_power_on_is_not_zero_but_reproducible(void **state)
{
    struct kit *k = *state;
    uint32_t first = ram(k, 5);
    unsigned zeros = 0;

    for (unsigned i = 0; i < 2560; i++) {
        zeros += ram(k, i) == 0 ? 1 : 0;
    }
    assert_true(zeros < 10);
    chip_power(&k->chip, false);
    chip_power(&k->chip, true);
    assert_int_equal(ram(k, 5), first);
}

static void fdcan2_uses_the_same_message_ram(void **state)
{
    struct kit *k = *state;
    vtime_ps now = k->chip.sched.now;

    k->base = FDCAN2;
    chip_route(&k->chip, chip_pinfunc(&k->chip, "FDCAN2_RX"), chip_pin(&k->chip, 'D', 0), now);
    chip_route(&k->chip, chip_pinfunc(&k->chip, "FDCAN2_TX"), chip_pin(&k->chip, 'D', 1), now);
    kit_configure(k, 8);
    kit_start(k, 0);
    tester_send_id(&k->ecu, 0x123);
    run_us(k, 1000);
    assert_int_equal(rd(k, RXF0S) & 0x7F, 1);
    assert_int_equal(ram(k, RAM_FIFO0), 0x123u << 18);
    assert_int_equal(fdcan_node(k->can2)->frames_received, 1);
}

static void layout_beyond_the_ram_is_a_finding(void **state)
{
    struct kit *k = *state;

    kit_route(k);
    kit_configure(k, 8);
    wr(k, RXF0C, 8u << 16 | 2558u << 2);
    kit_start(k, 0);
    tester_send_id(&k->ecu, 0x123);
    run_us(k, 1000);
    assert_int_equal(k->chip.findings.count, 1);
    assert_int_equal(k->chip.findings.list[0].kind, FINDING_BEHAVIOUR);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        CASE(every_register_of_the_map_has_its_name_and_reset_value),
        CASE(nothing_else_is_there),
        CASE(access_masks_while_configuration_is_open),
        CASE(configuration_is_locked_unless_init_and_cce),
        CASE(rewriting_the_same_value_while_locked_is_no_finding),
        CASE(byte_access),
        CASE(init_reads_back_after_the_clock_domains_have_synchronised),
        CASE(init_never_reads_back_without_a_kernel_clock),
        CASE(cce_needs_init_and_falls_with_it),
        CASE(mode_bits_can_be_set_only_while_open_but_cleared_any_time),
        CASE(other_mode_bits_change_only_while_open),
        CASE(cce_resets_the_status_registers),
        CASE(clock_stop_request_waits_for_nothing_when_idle),
        CASE(clock_stop_request_lets_pending_frames_out_first),
        CASE(only_fdcan1_has_ttcan),
        CASE(time_triggered_operation_is_told_as_not_modelled),
        CASE(debugger_reads_change_nothing),
        CASE(message_ram_is_one_region_for_both_and_survives_resets),
        CASE(message_ram_after_power_on_is_not_zero_but_reproducible),
        CASE(fdcan2_uses_the_same_message_ram),
        CASE(layout_beyond_the_ram_is_a_finding),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
