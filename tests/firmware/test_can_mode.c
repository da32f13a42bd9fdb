/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
/* How FDCAN1 takes part in the bus, on registers that are memory: INIT follows at once, and no flag clears itself. */
#include "tests/firmware/cmocka_head.h"

#include "stm32h755xx.h"

#include "firmware/cm4/can_mode.h"
#include "firmware/cm4/can_tx.h"
#include "firmware/cm4/main.h"
#include "tests/firmware/fixed_memory.h"

#define PAGE 0x40008000u /* where FDCAN1 is in, at 0x4000A000 */
#define LISTENING (FDCAN_CCCR_FDOE | FDCAN_CCCR_MON)
#define TIMING 0x1E013E0Fu

static unsigned drops, stops;

void can_tx_drop(void)
{
    drops++;
}

void can_tx_stop(void)
{
    stops++;
}

static struct ipc_block *start(const struct ipc_can_config *config)
{
    fixed_memory(PAGE);
    struct ipc_block *block = fixed_memory(IPC_BLOCK_ADDRESS);
    drops = 0;
    stops = 0;
    can_mode_permit(false);
    can_mode_configure(config);
    assert_int_equal(FDCAN1->CCCR, LISTENING | FDCAN_CCCR_INIT | FDCAN_CCCR_CCE);
    assert_int_equal(FDCAN1->NBTP, config->nominal_timing[0]);
    assert_int_equal(can_mode_start(), FAULT_NONE);
    assert_int_equal(FDCAN1->CCCR, LISTENING);
    assert_int_equal(block->m4.can_state, IPC_CAN_STATE_LISTENING);
    return block;
}

static void tick(struct ipc_block *block, bool heard, enum ipc_can_state state)
{
    assert_int_equal(can_mode_tick(heard), FAULT_NONE);
    assert_int_equal(block->m4.can_state, state);
    assert_int_equal(can_mode_is_on(), state == IPC_CAN_STATE_ON);
    assert_int_equal(FDCAN1->CCCR, state == IPC_CAN_STATE_ON ? FDCAN_CCCR_FDOE : LISTENING);
}

/* Frames until the bit rate is proven: in so many ticks, be there others between them. */
static unsigned hear(struct ipc_block *block)
{
    unsigned looks = 0;
    for (unsigned i = 0; block->m4.can_rate == 0; i++) {
        assert_true(i < 2 * CAN_MODE_LOOKS);
        looks += i % 2;
        tick(block, i % 2 != 0, IPC_CAN_STATE_LISTENING);
    }
    return looks;
}

static const struct ipc_can_config active = {
    .nominal_timing = {TIMING}, .data_timing = 0x1E76, .mode = IPC_CAN_ACTIVE | IPC_CAN_ASKS};

/* Once the car was heard and while the clock is good; what waits to be sent when it is not any more is old by the time
 * that it is again. */
static void follows_the_clock(void **state)
{
    (void)state;
    struct ipc_block *block = start(&active);
    can_mode_permit(true);
    hear(block);
    assert_int_equal(block->m4.can_rate, 1);
    tick(block, true, IPC_CAN_STATE_ON);
    assert_int_equal(FDCAN1->NBTP, TIMING);
    assert_int_equal(drops, 0);
    can_mode_permit(false);
    tick(block, true, IPC_CAN_STATE_LISTENING);
    assert_int_equal(drops, 1);
    tick(block, true, IPC_CAN_STATE_LISTENING);
    assert_int_equal(drops, 1);
    can_mode_permit(true);
    tick(block, false, IPC_CAN_STATE_ON);
    assert_int_equal(drops, 1);
    assert_int_equal(stops, 0);
}

static void stays_silent_after_three_bus_offs(void **state)
{
    (void)state;
    struct ipc_block *block = start(&active);
    can_mode_permit(true);
    hear(block);
    for (unsigned i = 1; i <= IPC_BUS_OFFS_MAX; i++) {
        if (i < IPC_BUS_OFFS_MAX) {
            tick(block, true, IPC_CAN_STATE_ON);
        }
        FDCAN1->CCCR |= FDCAN_CCCR_INIT; /* as the controller does */
        const bool is_last = i == IPC_BUS_OFFS_MAX;
        assert_int_equal(can_mode_tick(true), is_last ? FAULT_BUS_OFF : FAULT_NONE);
        assert_int_equal(block->m4.bus_offs, i);
        assert_int_equal(FDCAN1->CCCR, is_last ? LISTENING : FDCAN_CCCR_FDOE);
        assert_int_equal(drops, i);
        assert_int_equal(stops, is_last ? 1 : 0);
    }
    for (unsigned i = 0; i < 100; i++) {
        can_mode_permit(i % 2 == 0);
        tick(block, true, IPC_CAN_STATE_SILENCED);
    }
}

/* Of FD frames whose data rate the profile does not name. */
static void listens_for_so_long_after_a_misread(void **state)
{
    (void)state;
    struct ipc_can_config config = active;
    config.data_timing = 0;
    struct ipc_block *block = start(&config);
    can_mode_permit(true);
    hear(block);
    tick(block, true, IPC_CAN_STATE_ON);
    for (unsigned doubling = 0; doubling < 3; doubling++) {
        FDCAN1->IR = FDCAN_IR_PED;
        tick(block, true, IPC_CAN_STATE_LISTENING);
        assert_int_equal(FDCAN1->IR, FDCAN_IR_PED); /* written, which clears it */
        FDCAN1->IR = 0;
        assert_int_equal(drops, doubling + 1u);
        for (unsigned ms = CM4_TICK_MS; ms < CAN_MODE_FORGIVE_MS << doubling; ms += CM4_TICK_MS) {
            tick(block, true, IPC_CAN_STATE_LISTENING);
        }
        tick(block, true, IPC_CAN_STATE_ON);
    }
}

static void an_error_is_one_where_the_rate_is_known(void **state)
{
    (void)state;
    struct ipc_block *block = start(&active);
    can_mode_permit(true);
    hear(block);
    tick(block, true, IPC_CAN_STATE_ON);
    FDCAN1->IR = FDCAN_IR_PED;
    tick(block, true, IPC_CAN_STATE_ON);
}

/* Deaf for a second: the other bit rate, and back. */
static void tries_both_rates(void **state)
{
    (void)state;
    const struct ipc_can_config config = {.nominal_timing = {TIMING, TIMING + 1}};
    struct ipc_block *block = start(&config);
    for (unsigned i = 1; i < 4; i++) {
        for (unsigned ms = CM4_TICK_MS; ms < CAN_MODE_TRY_MS; ms += CM4_TICK_MS) {
            tick(block, false, IPC_CAN_STATE_LISTENING);
            assert_int_equal(FDCAN1->NBTP, TIMING + (i - 1) % 2);
        }
        tick(block, false, IPC_CAN_STATE_LISTENING);
        assert_int_equal(FDCAN1->NBTP, TIMING + i % 2);
    }
    assert_int_equal(hear(block), CAN_MODE_LOOKS);
    assert_int_equal(block->m4.can_rate, 2);
    for (unsigned ms = 0; ms < 2 * CAN_MODE_TRY_MS; ms += CM4_TICK_MS) {
        tick(block, false, IPC_CAN_STATE_LISTENING); /* found is found */
        assert_int_equal(FDCAN1->NBTP, TIMING + 1);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(tries_both_rates), /* the first: nothing was heard before */
        cmocka_unit_test(follows_the_clock),
        cmocka_unit_test(stays_silent_after_three_bus_offs),
        cmocka_unit_test(listens_for_so_long_after_a_misread),
        cmocka_unit_test(an_error_is_one_where_the_rate_is_known),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
