/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
/*
 * The M4 is the last guard of the bus: what it is told to send is put into ring C by somebody gone mad, and the
 * list in shared memory is widened after the start.
 */
#include "tests/formats/cmocka_head.h"

#include "core/ipc.h"
#include "tests/obd/car_rig.h"
#include "vboard/can/player.h"
#include "vboard/chip/chip.h"
#include "vboard/cpu/cpu.h"

#include <string.h>

static struct car_rig *start(const struct record *record)
{
    struct car_rig *r = car_rig_create(&(struct car_rig_config){
        .record = record, .car = {.ambient_milli = 60000, .start = VTIME_MS(200)}});
    const struct can_ecu_config config = car_rig_obd(0);
    car_rig_add(r, &config);
    car_rig_power(r);
    car_rig_run_until(r, VTIME_S(4));
    return r;
}

static struct ipc_block *block_of(struct car_rig *r)
{
    const struct mem_region *ram =
        chip_region(board_chip(r->board), IPC_BLOCK_ADDRESS, MASTER_DEBUG);
    return (struct ipc_block *)(void *)(ram->host + (IPC_BLOCK_ADDRESS - ram->base));
}

static void put_waiting(struct car_rig *r, struct ipc_event event)
{
    struct ipc_block *block = block_of(r);
    const uint32_t head = block->m7.m7_requests_head;
    event.seq = (uint16_t)head;
    block->m7.m7_requests[head % IPC_M7_REQUESTS_SIZE] = event;
    block->m7.m7_requests_head = head + 1;
}

/* The M4 looks at the ring when the M7 rings next: at the latest with the next servo period. */
static void put(struct car_rig *r, struct ipc_event event)
{
    const struct ipc_block *block = block_of(r);
    put_waiting(r, event);
    car_rig_run_for(r, VTIME_MS(21));
    assert_int_equal(block->m4.m7_requests_tail, block->m7.m7_requests_head);
}

static bool was_sent(const struct car_rig *r, unsigned from, uint32_t id, bool extended)
{
    for (unsigned i = from; i < r->sent_count; i++) {
        if (r->sent[i].id == id && r->sent[i].extended == extended) {
            return true;
        }
    }
    return false;
}

static void foreign_identifiers(void **state)
{
    static const uint32_t ids[] = {0x000,
                                   0x123,
                                   0x7DE,
                                   0x7E8,
                                   0x7FF,
                                   IPC_ID_EXTENDED | 0x7DF,
                                   IPC_ID_EXTENDED | 0x18DB33F2,
                                   IPC_ID_EXTENDED};
    (void)state;
    const struct record record = car_rig_record();
    struct car_rig *r = start(&record);
    struct ipc_block *block = block_of(r);
    for (unsigned i = 0; i < IPC_SENDS; i++) { /* "everything may be sent" */
        block->m7.can.send[i] = (struct ipc_filter){0, 0, i & 1u};
    }
    block->m7.can.send_count = IPC_SENDS;
    const unsigned from = r->sent_count;
    for (unsigned i = 0; i < sizeof ids / sizeof *ids; i++) {
        put(r, (struct ipc_event){.kind = IPC_EVENT_FRAME, .id = ids[i], .len = 8});
        assert_int_equal(block->m4.tx_refused, i + 1);
        assert_false(was_sent(r, from, ids[i] & ~IPC_ID_EXTENDED, ids[i] >> 31 != 0));
    }
    put(r, (struct ipc_event){.kind = IPC_EVENT_FRAME, .id = 0x7E5, .len = 8});
    assert_true(was_sent(r, from, 0x7E5, false)); /* one that may be, by the same way */
    car_rig_destroy(r);
}

static void other_forms(void **state)
{
    (void)state;
    const struct record record = car_rig_record();
    struct car_rig *r = start(&record);
    struct ipc_block *block = block_of(r);
    put(r, (struct ipc_event){.kind = IPC_EVENT_FRAME, .id = 0x7E5, .len = 64});
    put(r, (struct ipc_event){.kind = IPC_EVENT_FRAME, .id = 0x7E5, .len = 0});
    put(r,
        (struct ipc_event){.kind = IPC_EVENT_FRAME, .id = 0x7E5, .len = 8, .flags = IPC_FRAME_FD});
    put(r, (struct ipc_event){
               .kind = IPC_EVENT_FRAME, .id = 0x7E5, .len = 8, .flags = IPC_FRAME_REMOTE});
    put(r, (struct ipc_event){.kind = IPC_EVENT_PERIOD, .id = 0x7E5, .len = 8});
    assert_int_equal(block->m4.tx_refused, 5);
    assert_false(was_sent(r, 0, 0x7E5, false));
    car_rig_destroy(r);
}

/* However fast they come, no more than twenty in a second. */
static void too_many(void **state)
{
    (void)state;
    const struct record record = car_rig_record();
    struct car_rig *r = start(&record);
    const unsigned from = r->sent_count;
    for (unsigned i = 0; i < 200; i++) {
        put(r, (struct ipc_event){.kind = IPC_EVENT_FRAME, .id = 0x7E5, .len = 8});
    }
    for (unsigned i = from + 40; i < r->sent_count;
         i++) { /* 20 at a second's end, 20 at the next's start */
        assert_true(r->sent[i].end - r->sent[i - 40].end >= VTIME_S(1));
    }
    assert_in_range(r->sent_count - from, 60, 110);
    assert_true(block_of(r)->m4.tx_refused >= 100);
    car_rig_destroy(r);
}

/* A listen-only board takes the frames out of the ring, and that is all. */
static void listen_only(void **state)
{
    (void)state;
    struct record record;
    record_default(&record);
    struct car_rig *r = start(&record);
    struct ipc_block *block = block_of(r);
    block->m7.can.mode = IPC_CAN_ACTIVE | IPC_CAN_ASKS;
    block->m7.can.send_count = 1;
    for (unsigned i = 0; i < 20; i++) {
        put(r, (struct ipc_event){.kind = IPC_EVENT_FRAME, .id = 0x7DF, .len = 8});
    }
    assert_int_equal(block->m4.tx_refused, 20);
    assert_int_equal(board_tx_bits(r->board), 0);
    assert_int_equal(block->m4.car_heard, 0); /* and has no use for what no filter wants */
    car_rig_destroy(r);
}

/* Nobody takes the request off its hands: it is not repeated for longer than 25 ms. */
static void nobody_acknowledges(void **state)
{
    (void)state;
    const struct record record = car_rig_record();
    struct car_rig *r = start(&record);
    for (const unsigned sent = r->sent_count; r->sent_count == sent;) {
        car_rig_run_for(r, VTIME_MS(1)); /* the next request of its own is half a second away */
    }
    car_rig_run_for(r, VTIME_MS(50));
    can_car_sleep(&r->car, true, car_rig_now(r));
    can_bus_set_no_ack(r->bus, true);
    put(r, (struct ipc_event){.kind = IPC_EVENT_FRAME, .id = 0x7E5, .len = 8});
    car_rig_run_for(r, VTIME_MS(60));
    const uint64_t bits = board_tx_bits(r->board);
    assert_true(r->board_node->errors > 5); /* it did try */
    car_rig_run_for(r, VTIME_MS(300));
    assert_true(board_tx_bits(r->board) == bits);
    car_rig_destroy(r);
}

#define CAN_TX_LIMIT_MS 25 /* N_As of ISO 15765-4 */
#define TXBRP 0x4000A0CCu  /* RM0399 59.5.36 and 59.5.37 */
#define TXBAR 0x4000A0D0u
#define PSR 0x4000A044u
#define PSR_ACT(psr) ((psr) >> 3 & 3u) /* 59.5.13: 2 is receiver */

struct requests {
    struct car_rig *rig;
    unsigned count;
    unsigned while_receiving;
};

static uint32_t look(const struct car_rig *r, uint32_t address)
{
    uint32_t value = 0;
    assert_true(cpu_read_mem(board_cpu(r->board, CORE_CM4), address, &value, sizeof value));
    return value;
}

static void on_access(void *ctx, uint32_t address, unsigned size, bool write, uint32_t value)
{
    struct requests *requests = ctx;
    (void)size;
    if (write && address == TXBAR && value != 0) {
        requests->count++;
        requests->while_receiving +=
            PSR_ACT(look(requests->rig, PSR)) == 2 && look(requests->rig, TXBRP) == 0;
    }
}

static bool next_of_many(void *ctx, struct bus_frame *f, vtime_ps *t)
{
    uint64_t *count = ctx;
    *f = (struct bus_frame){.id = 0x100 + (uint32_t)(*count % 7), .dlc = 8};
    *t = VTIME_S(1) + *count * VTIME_US(450) + *count % 5 * VTIME_US(19);
    (*count)++;
    return true;
}

/*
 * M_CAN sends wrong identifiers when it is asked to send while it receives (docs/errata.md). The bus is busy for four
 * fifths of the time, and not one of the requests comes then; yet all go out, and the dial is live.
 */
static void not_while_receiving(void **state)
{
    (void)state;
    const struct record record = car_rig_record();
    struct car_rig *r = car_rig_create(&(struct car_rig_config){
        .record = &record, .car = {.ambient_milli = 60000, .start = VTIME_MS(200)}});
    const struct can_ecu_config config = car_rig_obd(0);
    car_rig_add(r, &config);
    uint64_t count = 0;
    struct can_player player;
    can_player_init(
        &player, r->bus,
        &(struct can_player_config){.next = next_of_many, .ctx = &count, .bitrate_bps = 500000}, 0);
    struct requests requests = {.rig = r};
    const struct chip_watch watch = {.access = on_access, .ctx = &requests};
    board_chip(r->board)->bus.watch = &watch;
    car_rig_power(r);
    car_rig_run_until(r, VTIME_S(20));
    print_message("%u requests, %u of them while receiving\n", requests.count,
                  requests.while_receiving);
    assert_true(requests.count > 30);
    assert_int_equal(requests.while_receiving, 0);
    assert_int_equal(block_of(r)->m4.tx_refused, 0);
    assert_int_equal(car_rig_dial(r)->state, GAUGE_LIVE);
    car_rig_check_clean(r);
    board_chip(r->board)->bus.watch = NULL;
    can_player_destroy(&player, car_rig_now(r));
    car_rig_destroy(r);
}

static bool next_without_gap(void *ctx, struct bus_frame *f, vtime_ps *t)
{
    unsigned *left = ctx;
    *f = (struct bus_frame){.id = 0x010, .dlc = 8};
    *t = 0;
    return *left > 0 && (*left)--;
}

/*
 * Frames so close that the bus never is free, for half a second: a request is refused after 25 ms, and is not sent when the
 * frames end. Then the board asks again.
 */
static void never_free(void **state)
{
    (void)state;
    const struct record record = car_rig_record();
    struct car_rig *r = start(&record);
    const struct ipc_block *block = block_of(r);
    unsigned left = 2000;
    struct can_player player;
    can_player_init(
        &player, r->bus,
        &(struct can_player_config){
            .next = next_without_gap, .ctx = &left, .bitrate_bps = 500000, .start = VTIME_MS(4500)},
        car_rig_now(r));
    car_rig_run_until(r, VTIME_MS(4600));
    const unsigned sent = r->sent_count;
    const uint32_t refused = block->m4.tx_refused;
    put_waiting(r, (struct ipc_event){.kind = IPC_EVENT_FRAME, .id = 0x7E5, .len = 8});
    car_rig_run_for(r, VTIME_MS(20 + CAN_TX_LIMIT_MS + 4)); /* a period, the limit, two ticks */
    assert_int_equal(block->m4.m7_requests_tail, block->m7.m7_requests_head);
    assert_true(block->m4.tx_refused > refused);
    assert_true(left > 0); /* the bus is still busy */
    assert_int_equal(r->sent_count, sent);
    car_rig_run_for(r, VTIME_S(2));
    assert_int_equal(left, 0);
    assert_false(was_sent(r, sent, 0x7E5, false));
    assert_true(r->sent_count > sent);
    assert_int_equal(car_rig_dial(r)->state, GAUGE_LIVE);
    can_player_destroy(&player, car_rig_now(r));
    car_rig_destroy(r);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(foreign_identifiers),
        cmocka_unit_test(other_forms),
        cmocka_unit_test(too_many),
        cmocka_unit_test(listen_only),
        cmocka_unit_test(nobody_acknowledges),
        cmocka_unit_test(not_while_receiving),
        cmocka_unit_test(never_free),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
