/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
/*
 * Whatever a program writes, the model stays sane: random accesses to both FDCANs and their message RAM
 * while frames, faults, clock and pin changes go on. A failure prints its seed; give it as argument.
 */
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>
#include <stdlib.h>
#include <string.h>

#include "fdcan_testkit.h"

#define SEEDS 20
#define STEPS 3000

static uint64_t only_seed;

static uint32_t next_random(uint64_t *state)
{
    *state = *state * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
    return (uint32_t)(*state >> 32);
}

static void write_somewhere(struct kit *k, uint64_t *random)
{
    uint32_t offset = next_random(random) % 0x100 & ~3u;
    uint32_t value = next_random(random);

    k->base = (next_random(random) & 1) != 0 ? FDCAN1 : FDCAN2;
    switch (next_random(random) % 8) {
    case 0: /* open the configuration */
        wr(k, CCCR, INIT);
        run_us(k, 1);
        wr(k, CCCR, INIT | CCE);
        break;
    case 1: /* start, in any mode */
        wr(k, CCCR, value & 0xFFFEu);
        break;
    case 2: /* a plausible layout */
        wr(k, TXBC, value & 0x7F3F0000u);
        wr(k, RXF0C, value & 0xFF7F0000u);
        wr(k, TXEFC, value & 0x3F3F0000u);
        wr(k, SIDFC, value & 0x00FF0FFCu);
        break;
    case 3:
        wr(k, TXBAR, value);
        break;
    default:
        wr(k, offset, value);
        break;
    }
}

static void disturb(struct kit *k, uint64_t *random)
{
    vtime_ps now = k->chip.sched.now;

    switch (next_random(random) % 6) {
    case 0:
        clock_set(&k->chip.clocks[CLK_FDCAN],
                  CLOCK_UHZ((next_random(random) & 3) == 0 ? 0 : next_random(random) % 100000000),
                  now);
        break;
    case 1:
        can_bus_set_stuck(&k->bus, (next_random(random) & 1) != 0, now);
        break;
    case 2:
        can_transceiver_set_silent(&k->transceiver, (next_random(random) & 1) != 0, now);
        break;
    case 3:
        chip_route(&k->chip, chip_pinfunc(&k->chip, "FDCAN1_TX"),
                   (next_random(random) & 1) != 0 ? chip_pin(&k->chip, 'D', 1) : NULL, now);
        break;
    case 4:
        periph_reset((next_random(random) & 1) != 0 ? k->can1 : k->can2, RESET_SYSTEM);
        break;
    default:
        can_node_start(&k->ecu.node, now);
        break;
    }
}

static void check_sanity(struct kit *k)
{
    assert_true(rd(k, CREL) == 0x32141218);
    uint32_t size = rd(k, RXF0C) >> 16 & 0x7F;
    uint32_t fill = rd(k, RXF0S) & 0x7F;
    assert_true(fill <= (size < 64 ? size : 64));
    assert_true(fdcan_node(k->can1)->tec <= 256 + 16);
    assert_true(k->bus.phase <= CAN_STUCK);
}

static void run_seed(uint64_t seed)
{
    uint64_t random = seed * UINT64_C(0x9E3779B97F4A7C15) + 1;
    void *state = NULL;

    assert_int_equal(kit_setup(&state), 0);
    struct kit *k = state;
    k->fault =
        (struct can_fault){.frame = 5, .count = seed % 40, .bit = (unsigned)(seed * 7 % 150)};
    can_bus_add_fault(&k->bus, &k->fault);
    kit_listen(k, 0);
    for (unsigned i = 0; i < STEPS; i++) {
        write_somewhere(k, &random);
        if (next_random(&random) % 16 == 0) {
            disturb(k, &random);
        }
        if (next_random(&random) % 4 == 0 && k->ecu.head - k->ecu.tail < TESTER_QUEUE / 2) {
            struct bus_frame f = {.id = next_random(&random) & 0x7FF, .dlc = 8};
            f.fd = (next_random(&random) & 7) == 0;
            tester_send(&k->ecu, &f);
        }
        run_us(k, next_random(&random) % 300);
        check_sanity(k);
    }
    kit_teardown(&state);
}

static void random_accesses_do_no_harm(void **state)
{
    (void)state;
    for (uint64_t seed = 1; seed <= SEEDS; seed++) {
        if (only_seed == 0 || only_seed == seed) {
            print_message("seed %llu\n", (unsigned long long)seed);
            run_seed(seed);
        }
    }
}

/* As before, but bus monitoring is on from the start and the writes never open the configuration. */
static void monitoring_never_drives_whatever_is_written(void **state)
{
    struct kit *k = *state;
    uint64_t random = 4711;

    kit_listen(k, MON);
    for (unsigned i = 0; i < STEPS; i++) {
        uint32_t offset = next_random(&random) % 0x100 & ~3u;
        if (offset != CCCR) {
            wr(k, offset, next_random(&random));
        }
        if (next_random(&random) % 4 == 0 && k->ecu.head - k->ecu.tail < TESTER_QUEUE / 2) {
            tester_send_id(&k->ecu, next_random(&random) & 0x7FF);
        }
        run_us(k, next_random(&random) % 300);
    }
    assert_int_equal(fdcan_node(k->can1)->dominant_bits, 0);
    assert_int_equal(can_transceiver_held_bits(&k->transceiver), 0);
}

int main(int argc, char **argv)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(random_accesses_do_no_harm),
        cmocka_unit_test_setup_teardown(monitoring_never_drives_whatever_is_written, kit_setup,
                                        kit_teardown),
    };

    only_seed = argc > 1 ? strtoull(argv[1], NULL, 0) : 0;
    return cmocka_run_group_tests(tests, NULL, NULL);
}
