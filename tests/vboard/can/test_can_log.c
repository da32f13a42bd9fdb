/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
/*
 * Real traffic over the bus: 70 s of a car's log, with a listening FDCAN that wants one identifier. Needs
 * the optional test data in ../shared; skipped, and said so, without them.
 */
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "fdcan_testkit.h"
#include "formats/can_log/can_log.h"
#include "vboard/can/player.h"

#define FRAMES 87079u   /* of the log */
#define OIL_FRAMES 704u /* with identifier 0x156 */

struct replay {
    struct kit *kit;
    struct can_log *log;
    struct can_player player;
    struct can_listener listener;
    struct can_log_frame expected[8]; /* read, not yet on the bus */
    unsigned head, tail;
    unsigned late;
    uint64_t frames, oil, wrong;
};

static bool next(void *ctx, struct bus_frame *f, vtime_ps *t)
{
    struct replay *r = ctx;
    struct can_log_frame *g = &r->expected[r->head % 8];

    if (can_log_next(r->log, g) != 1) {
        return false;
    }
    r->head++;
    *t = g->time_ns * 1000;
    memset(f, 0, sizeof(*f));
    f->id = g->id;
    f->extended = g->extended;
    f->remote = g->remote;
    f->dlc = can_length_dlc(g->len);
    memcpy(f->data, g->data, g->len);
    return true;
}

static void on_frame(void *ctx, const struct can_record *record)
{
    struct replay *r = ctx;
    const struct can_log_frame *g = &r->expected[r->tail++ % 8];
    const struct bus_frame *f = record->frame;

    r->frames++;
    r->oil += f->id == 0x156 ? 1 : 0;
    r->wrong += f->id != g->id || memcmp(f->data, g->data, g->len) != 0 ? 1 : 0;
    r->wrong += record->start < VTIME_S(1) + g->time_ns * 1000 ? 1 : 0;
    r->late += record->start > VTIME_S(1) + g->time_ns * 1000 + VTIME_MS(10) ? 1 : 0;
}

static bool open_log(struct replay *r, const char *name)
{
    const char *root = getenv("CANDIAL_SOURCE_DIR");
    char path[512];
    char error[256];

    snprintf(path, sizeof(path), "%s/../shared/data/logs/%s", root != NULL ? root : ".", name);
    r->log = can_log_open(path, NULL, NULL, error, sizeof(error));
    if (r->log == NULL) {
        print_message("skipped: no ../shared test data (%s)\n", error);
    }
    return r->log != NULL;
}

/* FDCAN1 monitors the bus and stores 0x156 only, as a listen-only profile has it. */
static void listen_for_oil(struct kit *k)
{
    kit_route(k);
    kit_configure(k, 8);
    set_ram(k, RAM_STD, 2u << 30 | 1u << 27 | 0x156u << 16 | 0x7FFu);
    wr(k, SIDFC, 1u << 16 | RAM_STD << 2);
    wr(k, GFC, 0x3F);
    kit_start(k, MON);
}

static void log_of_a_mustang_keeps_order_and_time_and_reaches_the_fifo(void **state)
{
    struct kit *k = *state;
    struct replay *r = calloc(1, sizeof(*r));
    struct timespec from, to;

    r->kit = k;
    if (!open_log(r, "mustang_s550.log")) {
        free(r);
        skip();
    }
    can_node_stop(&k->ecu.node, 0);
    listen_for_oil(k);
    r->listener = (struct can_listener){.frame = on_frame, .ctx = r};
    can_bus_listen(&k->bus, &r->listener);
    can_player_init(&r->player, &k->bus, &(struct can_player_config){.next = next, .ctx = r}, 0);
    clock_gettime(CLOCK_MONOTONIC, &from);
    while (!can_player_done(&r->player)) {
        run_us(k, 50000);
        wr(k, RXF0A, (rd(k, RXF0S) >> 16) + 7); /* all read: get index = put index */
    }
    clock_gettime(CLOCK_MONOTONIC, &to);
    run_us(k, 1000);
    assert_int_equal(r->frames, FRAMES);
    assert_int_equal(r->oil, OIL_FRAMES);
    assert_int_equal(r->wrong, 0);
    assert_int_equal(r->late, 0);
    assert_int_equal(fdcan_frames_stored(k->can1), OIL_FRAMES);
    assert_int_equal(fdcan_frames_lost(k->can1), 0);
    assert_int_equal(fdcan_node(k->can1)->frames_received, FRAMES);
    assert_int_equal(fdcan_node(k->can1)->dominant_bits, 0);
    assert_int_equal(fdcan_node(k->can1)->errors, 0);
    assert_true(r->player.last_end > VTIME_S(71) && r->player.last_end < VTIME_S(72));
    print_message("%u frames: %.0f ns each with reading the log, worst delay %.1f us\n", FRAMES,
                  ((double)(to.tv_sec - from.tv_sec) * 1e9 + (double)(to.tv_nsec - from.tv_nsec)) /
                      FRAMES,
                  (double)r->player.worst_delay / 1e6);
    can_player_destroy(&r->player, k->chip.sched.now);
    can_bus_unlisten(&k->bus, &r->listener);
    can_log_close(r->log);
    free(r);
}

/* A slow bus cannot carry the log: the frames queue, none is lost or overtaken. */
static void log_on_a_slow_bus_queues(void **state)
{
    struct kit *k = *state;
    struct replay *r = calloc(1, sizeof(*r));

    if (!open_log(r, "mustang_s550.log")) {
        free(r);
        skip();
    }
    can_node_stop(&k->ecu.node, 0);
    r->listener = (struct can_listener){.frame = on_frame, .ctx = r};
    can_bus_listen(&k->bus, &r->listener);
    can_player_init(&r->player, &k->bus,
                    &(struct can_player_config){.next = next, .ctx = r, .bitrate_bps = 100000}, 0);
    sched_run_until(&k->chip.sched, VTIME_S(20));
    assert_int_equal(r->wrong, 0);
    assert_true(r->late > 10000);
    assert_in_range(r->frames / 19, 700, 1000); /* a full bus at 100 kbit/s */
    can_player_destroy(&r->player, k->chip.sched.now);
    can_bus_unlisten(&k->bus, &r->listener);
    can_log_close(r->log);
    free(r);
}

struct endless {
    uint32_t count;
};

static bool endless_next(void *ctx, struct bus_frame *f, vtime_ps *t)
{
    struct endless *e = ctx;

    if (e->count == 200000) {
        return false;
    }
    *f = (struct bus_frame){.id = 0x200 + e->count % 256, .dlc = 8};
    memcpy(f->data, &e->count, sizeof(e->count));
    *t = VTIME_US(250) * e->count++;
    return true;
}

/* Only told, not asserted: wall time depends on the machine. */
static void what_a_frame_costs(void **state)
{
    struct kit *k = *state;
    struct endless e = {0};
    struct can_player *p = calloc(1, sizeof(*p));
    struct timespec from, to;

    can_node_stop(&k->ecu.node, 0);
    listen_for_oil(k);
    can_player_init(p, &k->bus, &(struct can_player_config){.next = endless_next, .ctx = &e}, 0);
    clock_gettime(CLOCK_MONOTONIC, &from);
    sched_run_until(&k->chip.sched, VTIME_S(60));
    clock_gettime(CLOCK_MONOTONIC, &to);
    assert_int_equal(p->sent, 200000);
    assert_int_equal(fdcan_node(k->can1)->frames_received, 200000);
    print_message("%.0f ns a frame that no filter takes\n",
                  ((double)(to.tv_sec - from.tv_sec) * 1e9 + (double)(to.tv_nsec - from.tv_nsec)) /
                      200000);
    can_player_destroy(p, k->chip.sched.now);
    free(p);
}

int main(void)
{
#define CASE(f) cmocka_unit_test_setup_teardown(f, kit_setup, kit_teardown)
    const struct CMUnitTest tests[] = {
        CASE(log_of_a_mustang_keeps_order_and_time_and_reaches_the_fifo),
        CASE(log_on_a_slow_bus_queues),
        CASE(what_a_frame_costs),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
