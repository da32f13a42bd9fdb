/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
/* What is told of the bus: news, and when it has been so for three looks; that FDCAN has no clock at once. */
#include "tests/firmware/cmocka_head.h"

#include "core/ipc.h"
#include "firmware/cm7/bus_watch.h"
#include "firmware/cm7/console.h"
#include "firmware/common/fault.h"
#include "tests/firmware/fixed_memory.h"

static unsigned told_count;
static enum bus_state told;

void console_bus(enum bus_state state)
{
    told_count++;
    told = state;
}

/* A second with so many milliseconds of frames and errors. */
static bool second(struct ipc_block *block, uint32_t good, uint32_t bad)
{
    const unsigned before = told_count;
    block->m4.can_psr = 1u << 3; /* ACT: idle */
    block->m4.can_good += good;
    block->m4.can_bad += bad;
    bus_watch_second();
    return told_count != before;
}

static void tells_after_three_looks(void **state)
{
    (void)state;
    struct ipc_block *block = fixed_memory(IPC_BLOCK_ADDRESS);
    for (unsigned i = 0; i < 5; i++) { /* all is well, as it was meant to be */
        assert_false(second(block, 900, 0));
        assert_int_equal(bus_watch_state(), BUS_GOOD);
    }
    for (unsigned i = 0; i < 2; i++) {
        assert_false(second(block, 0, 0));
        assert_int_equal(bus_watch_state(), BUS_SILENT); /* known at once */
    }
    assert_true(second(block, 0, 0));
    assert_int_equal(told, BUS_SILENT);
    assert_false(second(block, 0, 0)); /* no news */

    assert_false(second(block, 0, 5));
    assert_false(second(block, 0, 5));
    assert_false(second(block, 5, 5)); /* another state: anew */
    assert_false(second(block, 5, 5));
    assert_true(second(block, 5, 5));
    assert_int_equal(told, BUS_ERRORS);

    assert_false(second(block, 9, 0)); /* a moment's silence between them is none */
    assert_false(second(block, 9, 0));
    assert_false(second(block, 0, 0));
    assert_false(second(block, 9, 0));
    assert_false(second(block, 9, 0));
    assert_true(second(block, 9, 0));
    assert_int_equal(told, BUS_GOOD);
}

static void tells_no_clock_at_once(void **state)
{
    (void)state;
    struct ipc_block *block = fixed_memory(IPC_BLOCK_ADDRESS);
    bus_watch_second(); /* the counters are from 0 again */
    block->m4.error = FAULT_CAN_NOT_READY;
    assert_true(second(block, 0, 0));
    assert_int_equal(told, BUS_NO_CLOCK);
    assert_false(second(block, 0, 0));
    block->m4.error = FAULT_NONE;
    assert_false(second(block, 9, 0));
    assert_false(second(block, 9, 0));
    assert_true(second(block, 9, 0));
    assert_int_equal(told, BUS_GOOD);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(tells_after_three_looks),
        cmocka_unit_test(tells_no_clock_at_once),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
