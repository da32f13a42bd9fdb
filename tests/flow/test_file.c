/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
/* Files of registers: stores, loads, sets, what stands beneath. */
#include "tests/formats/cmocka_head.h"

#include "check/flow_file.h"

#define CFGR 0x58024410u
#define CR 0x58024400u
#define D3CR 0x58024818u
#define ACR 0x52002000u

static struct flow_files files;

static uint16_t stored(uint16_t before, uint32_t address, uint32_t size, struct flow_bits value,
                       bool seen)
{
    const struct flow_file_change change = {.reg = flow_file_reg_at(address & ~3u),
                                            .pc = 0x08000100,
                                            .address = address,
                                            .size = size,
                                            .value = value,
                                            .seen = seen};
    return flow_file_store(&files, before, &change);
}

static struct flow_bits loaded(uint16_t number, uint32_t address, uint32_t size, bool follow)
{
    const struct flow_file_load load = {flow_file_reg_at(address & ~3u), address, size, follow};
    return flow_file_load(&files.list[number], &load);
}

/* Parts of registers; only fields that decide are kept. */
static void a_store_is_loaded(void **state)
{
    (void)state;
    assert_true(flow_files_open(&files));
    uint16_t word = stored(FLOW_FILE_UNKNOWN, D3CR, 4, flow_constant(0x4000), true);
    assert_int_equal(loaded(word, D3CR, 4, false).mask, 0xC000);
    assert_int_equal(loaded(word, D3CR, 4, false).value, 0x4000);
    uint16_t byte = stored(word, D3CR + 1, 1, flow_constant(0xC0), true);
    assert_int_equal(loaded(byte, D3CR, 4, false).value, 0xC000);
    assert_int_equal(loaded(byte, D3CR + 1, 1, false).value, 0xC0);
    assert_int_equal(stored(byte, D3CR, 1, flow_constant(0), true), byte);
    assert_int_equal(flow_file_reg_at(ACR + 0x100), FLOW_FILE_ACR);
    assert_int_equal(flow_file_reg_at(0x58024460u), FLOW_FILE_REGS);
    flow_files_close(&files);
}

/* What is on is ready, and SYSCLK comes from where it was told to: only if that is asked for, and never of HSE. */
static void flags_follow(void **state)
{
    (void)state;
    assert_true(flow_files_open(&files));
    uint16_t on = stored(FLOW_FILE_UNKNOWN, CR, 4, flow_constant(1u << 24 | 1u << 16), true);
    on = stored(on, CFGR, 4, flow_constant(3), true);
    struct flow_bits cr = loaded(on, CR, 4, true);
    assert_int_equal(cr.value >> 25 & cr.mask >> 25 & 1u, 1);
    assert_int_equal(cr.mask >> 17 & 1u, 0);
    assert_int_equal(loaded(on, CR, 4, false).mask >> 25 & 1u, 0);
    assert_int_equal(loaded(on, CFGR, 4, true).value, 0x1B);
    assert_int_equal(loaded(on, CFGR, 4, false).mask, 7);
    assert_int_equal(loaded(FLOW_FILE_UNKNOWN, CFGR, 4, true).mask, 0);
    flow_files_close(&files);
}

static void what_was_not_seen(void **state)
{
    (void)state;
    uint32_t present[FLOW_FILE_REGS] = {0}, out[FLOW_FILE_REGS];
    assert_true(flow_files_open(&files));
    uint16_t seen = stored(FLOW_FILE_UNKNOWN, ACR, 4, flow_constant(4), true);
    assert_int_equal(files.list[seen].unseen_pc, 0);
    uint16_t unseen = stored(seen, D3CR, 4, flow_constant(0x4000), false);
    assert_int_equal(files.list[unseen].unseen_pc, 0x08000100);
    assert_int_equal(files.list[unseen].unseen_address, D3CR);
    present[FLOW_FILE_ACR] = 7;
    present[FLOW_FILE_D3CR] = 0xC000;
    flow_file_over(&files.list[unseen], false, present, out);
    assert_int_equal(out[FLOW_FILE_ACR], 4);
    assert_int_equal(out[FLOW_FILE_D3CR], 0x4000);
    flow_file_over(&files.list[unseen], true, present, out);
    assert_int_equal(out[FLOW_FILE_ACR], 7);
    assert_int_equal(out[FLOW_FILE_D3CR], 0x4000);
    /* A later store that was seen takes its place. */
    flow_file_over(&files.list[stored(unseen, D3CR, 4, flow_constant(0x8000), true)], true, present,
                   out);
    assert_int_equal(out[FLOW_FILE_D3CR], 0xC000);
    flow_files_close(&files);
}

/* Of something unknown in a field that decides; a fraction of a PLL moves nothing by much. */
static void what_is_murky(void **state)
{
    (void)state;
    assert_true(flow_files_open(&files));
    uint16_t clear = stored(FLOW_FILE_UNKNOWN, ACR, 4, (struct flow_bits){FLOW_BITS, 0xF, 4}, true);
    assert_int_equal(files.list[clear].murky, 0);
    assert_int_equal(files.list[stored(clear, CFGR, 4, flow_unknown(), true)].murky, 1);
    assert_int_equal(files.list[stored(clear, 0x58024434u, 4, flow_unknown(), true)].murky, 0);
    flow_files_close(&files);
}

/* Too many are "unknown", once. */
static void sets_end(void **state)
{
    struct flow_file_set set = {0};
    (void)state;
    for (uint16_t i = 1; i <= FLOW_FILES_MAX; i++) {
        assert_true(flow_file_add(&set, i));
        assert_false(flow_file_add(&set, i));
    }
    assert_true(flow_file_add(&set, 99));
    assert_int_equal(set.number[FLOW_FILES_MAX - 1], FLOW_FILE_UNKNOWN);
    assert_false(flow_file_add(&set, 100));
    assert_int_equal(set.count, FLOW_FILES_MAX);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_store_is_loaded), cmocka_unit_test(flags_follow),
        cmocka_unit_test(what_was_not_seen), cmocka_unit_test(what_is_murky),
        cmocka_unit_test(sets_end),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
