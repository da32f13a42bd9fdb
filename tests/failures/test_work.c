/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
/*
 * Both cores beat on, and the work has stopped: an interrupt that does not come any more, a timer that stands. The needle
 * must not freeze as live.
 */
#include "tests/clocks/clock_rig.h"
#include "tests/formats/cmocka_head.h"
#include "tests/formats/scratch_file.h"

#include "core/ipc.h"
#include "vboard/chip/chip.h"
#include "vboard/cpu/core.h"
#include "vboard/periph/rcc/rcc.h"

#define PARK_LIMIT VTIME_MS(150)

#define TIM2_CR1 0x40000000u
#define TIM5_CR1 0x40000C00u
#define SYST_CSR 0xE000E010u
#define SYST_WITHOUT_INTERRUPT 5u /* CLKSOURCE, ENABLE */

/* RM0399 table 155, from the first external one, 16. */
#define EXCEPTION(irq) (16u + (irq))
#define FDCAN1_IT0 EXCEPTION(19u)
#define TIM2_GLOBAL EXCEPTION(28u)
#define HSEM1 EXCEPTION(125u)
#define HSEM2 EXCEPTION(126u)

static void lose_interrupt(struct rig *r, enum core core, unsigned exception)
{
    nvic_enable(&board_cpu(r->board, core)->nvic, exception, false);
}

static void lose_tim2(struct rig *r)
{
    lose_interrupt(r, CORE_CM4, TIM2_GLOBAL);
}

static void stop_timer(struct rig *r, uint32_t cr1)
{
    struct chip *chip = board_chip(r->board);
    chip_mmio_write(chip, cr1, 4, chip_mmio_read(chip, cr1, 4) & ~1u);
}

static void stop_tim2(struct rig *r)
{
    stop_timer(r, TIM2_CR1);
}

static void stop_tim5(struct rig *r)
{
    stop_timer(r, TIM5_CR1);
}

static void lose_cm4_tick(struct rig *r)
{
    cpu_ppb_write(board_cpu(r->board, CORE_CM4), SYST_CSR, 4, SYST_WITHOUT_INTERRUPT);
}

static void lose_cm7_tick(struct rig *r)
{
    cpu_ppb_write(board_cpu(r->board, CORE_CM7), SYST_CSR, 4, SYST_WITHOUT_INTERRUPT);
}

static void lose_hsem1(struct rig *r)
{
    lose_interrupt(r, CORE_CM7, HSEM1);
}

static void lose_hsem2(struct rig *r)
{
    lose_interrupt(r, CORE_CM4, HSEM2);
}

static void lose_fdcan(struct rig *r)
{
    lose_interrupt(r, CORE_CM4, FDCAN1_IT0);
}

static struct rig *live_rig(const char *profile, vtime_ps instant)
{
    struct rig *r = rig_create(
        &(struct rig_config){.profile = profile, .streams = &rig_oil_moving, .stream_count = 1});
    rig_power(r, true);
    rig_run_until(r, instant);
    rig_check(rig_last_line(r)->state == RIG_LIVE, "not live before");
    return r;
}

/* The chip is reset, and parks within the limit; the cause is told, and it is live again. */
static void check_restarts(void (*break_it)(struct rig *), vtime_ps limit, const char *error)
{
    static const char *const profiles[] = {NULL, "tests/failures/slow-servo.yaml"};
    for (unsigned i = 0; i < 6; i++) {
        const vtime_ps instant = VTIME_S(1) + VTIME_US(8130) * i;
        rig_case("period %s, at %.3f ms", i % 2 == 0 ? "20 ms" : "50 ms", (double)instant * 1e-9);
        struct rig *r = live_rig(profiles[i % 2], instant);
        break_it(r);
        rig_run_for(r, VTIME_S(2));
        rig_check(board_resets(r->board) == 1, "%u resets", (unsigned)board_resets(r->board));
        const vtime_ps park = rig_first_park(r, instant);
        rig_check(park <= instant + limit, "parked after %.3f ms", (double)(park - instant) * 1e-9);
        rig_check(rig_find_text(r, instant, error) != NULL, "%s: not said", error);
        rig_check(rig_last_line(r)->state == RIG_LIVE, "not live after two seconds");
        check_numbered(r);
        findings_clear(&board_chip(r->board)->findings);
        rig_destroy(r);
    }
}

static void tim2_interrupt_lost(void **state)
{
    (void)state;
    check_restarts(lose_tim2, PARK_LIMIT, "error 13");
}

static void tim2_stopped(void **state)
{
    (void)state;
    check_restarts(stop_tim2, PARK_LIMIT, "error 13");
}

static void tim5_stopped(void **state)
{
    (void)state;
    check_restarts(stop_tim5, PARK_LIMIT, "error 13");
}

static void m4_tick_lost(void **state)
{
    (void)state;
    check_restarts(lose_cm4_tick, PARK_LIMIT, "error 13");
}

/* It goes on with the M4's rings, but watches nothing any more: IWDG1 ends that, 0.5 s later. */
static void m7_tick_lost(void **state)
{
    (void)state;
    check_restarts(lose_cm7_tick, VTIME_MS(650), "error 12");
}

/* 2 °C a second from 90 on, to 100. */
static void fill_warming(uint64_t n, uint8_t data[RIG_DATA_MAX])
{
    data[1] = (uint8_t)(60 + 90 + (n < 50 ? n / 5 : 10));
}

static const struct rig_stream warming = {.from = VTIME_MS(50),
                                          .every = VTIME_MS(100),
                                          .id = RIG_OIL_ID,
                                          .length = 8,
                                          .fill = fill_warming};

/* The other core's ring does not come through: what it is about is found all the same. */
static void doorbells_lost(void **state)
{
    static void (*const fails[])(struct rig *) = {lose_hsem1, lose_hsem2};
    (void)state;
    for (unsigned i = 0; i < 2; i++) {
        rig_case("doorbell %u lost", i);
        struct rig *r = rig_create(&(struct rig_config){.streams = &warming, .stream_count = 1});
        rig_power(r, true);
        rig_run_until(r, VTIME_MS(1003));
        fails[i](r);
        rig_run_for(r, VTIME_S(5));
        check_shows(r, 98000, 101000);
        rig_check(board_resets(r->board) == 0, "reset");
        rig_assert_clean(r);
        rig_destroy(r);
    }
}

/* Both watchdogs fail as well, as their clock does: the M7 takes the pulses away itself. */
static void tim2_and_lsi(void **state)
{
    (void)state;
    rig_case("no interrupt of TIM2, LSI at a tenth");
    struct rig *r = live_rig(NULL, VTIME_MS(1003));
    rcc_set_drift(board_chip(r->board), CLK_LSI, -900000);
    lose_tim2(r);
    rig_run_for(r, VTIME_MS(200));
    check_said(r, "error 6 cm4 silent");
    const size_t pulses = r->pulse_count;
    rig_run_for(r, VTIME_MS(100));
    rig_check(r->pulse_count == pulses, "a pulse afterwards");
    rig_check(board_resets(r->board) == 0, "reset");
    rig_destroy(r);
}

/* As if the car had fallen silent. */
static void fdcan_interrupt_lost(void **state)
{
    (void)state;
    rig_case("no interrupt of FDCAN1");
    struct rig *r = live_rig(NULL, VTIME_MS(1003));
    lose_fdcan(r);
    rig_run_for(r, VTIME_MS(1200));
    rig_check(rig_last_line(r)->state == RIG_STALE, "not stale");
    rig_run_for(r, VTIME_S(4));
    rig_check(rig_first_park(r, VTIME_MS(1003)) != VTIME_NEVER, "not parked");
    rig_destroy(r);
}

/* ---- the mailbox says something else ---- */

/* 300 °/s, 20 ms, 10 us a degree, and the microsecond of slack; edges are rounded to picoseconds. */
#define STEP_PS (VTIME_US(61) + VTIME_NS(1))

static struct ipc_block *block_of(struct rig *r)
{
    const struct mem_region *ram =
        chip_region(board_chip(r->board), IPC_BLOCK_ADDRESS, MASTER_DEBUG);
    return (void *)(ram->host + (IPC_BLOCK_ADDRESS - ram->base));
}

static void damage(struct rig *r, uint32_t ticks, uint32_t flags)
{
    struct ipc_mailbox *box = &block_of(r)->m7.mailbox;
    box->seq++;
    box->seq_begin = box->seq;
    box->flags = IPC_MAILBOX_DRIVE | flags;
    for (unsigned i = 0; i < IPC_DIALS; i++) {
        box->compare_ticks[i] = ticks;
    }
    (void)nvic_pend(&board_cpu(r->board, CORE_CM4)->nvic, HSEM2); /* seen at its next tick */
}

/* Whatever stands there: no pulse is shorter or longer than the profile's, none jumps. */
static void mailbox_damaged(void **state)
{
    static const uint32_t ticks[] = {0,      1,      2000,    20000,     100000,
                                     480000, 600000, 4000000, UINT32_MAX};
    (void)state;
    uint64_t sequence = fuzz_seed("mailbox_damaged");
    struct rig *r = live_rig(NULL, VTIME_S(1));
    rig_case("mailbox damaged");
    for (unsigned i = 0; i < 300; i++) {
        rig_run_for(r, VTIME_MS(5) + rig_random(&sequence, VTIME_MS(20)));
        const uint32_t flags = rig_random(&sequence, 2) == 0 ? 0 : IPC_MAILBOX_BOUNDS;
        damage(r, ticks[rig_random(&sequence, sizeof ticks / sizeof ticks[0])], flags);
    }
    const size_t first = rig_pulse_from(r, VTIME_S(1));
    vtime_ps least = VTIME_NEVER;
    vtime_ps most = 0;
    for (size_t i = first + 1; i < rig_pulses_ended(r); i++) {
        const vtime_ps width = r->pulses[i].width;
        const vtime_ps before = r->pulses[i - 1].width;
        rig_check(width >= RIG_PARK_PS && width <= RIG_PULSE_MAX_PS, "%.3f us",
                  (double)width * 1e-6);
        rig_check(width <= before + STEP_PS && before <= width + STEP_PS, "from %.3f to %.3f us",
                  (double)before * 1e-6, (double)width * 1e-6);
        least = width < least ? width : least;
        most = width > most ? width : most;
    }
    rig_check(most > least + VTIME_US(50), "nothing was damaged");
    rig_destroy(r);
}

/* No pulse is meant by 0 where the post says so alone; elsewhere it is one more wrong number, at park as well. */
static void zero_at_park(void **state)
{
    (void)state;
    rig_case("0 in the mailbox, parked");
    struct rig *r = rig_create(&(struct rig_config){.stream_count = 0});
    rig_power(r, true);
    rig_run_until(r, VTIME_S(1));
    for (unsigned i = 0; i < 20; i++) {
        rig_run_for(r, VTIME_MS(18));
        damage(r, 0, 0);
    }
    rig_run_for(r, VTIME_MS(100));
    for (size_t i = rig_pulse_from(r, VTIME_S(1)); i < rig_pulses_ended(r); i++) {
        rig_check(r->pulses[i].rise - r->pulses[i - 1].rise < RIG_PERIOD_PS + VTIME_US(1),
                  "no pulse after %.3f ms", (double)r->pulses[i - 1].rise * 1e-9);
        rig_check(r->pulses[i].width >= RIG_PARK_PS - VTIME_NS(10), "%.3f us",
                  (double)r->pulses[i].width * 1e-6);
    }
    rig_destroy(r);
}

/* However many dials there are said to be, the timer has four channels: nothing beyond them is written. */
static void dials_damaged(void **state)
{
    (void)state;
    rig_case("number of dials damaged");
    struct rig *r = live_rig(NULL, VTIME_S(1));
    block_of(r)->m7.dial_count = 200;
    rig_run_for(r, VTIME_MS(500));
    check_shows(r, 90500, 92000);
    rig_check(board_resets(r->board) == 0, "reset");
    rig_assert_clean(r);
    rig_destroy(r);
}

/* Half written, it is counted and left alone; the next post is whole again. */
static void mailbox_torn(void **state)
{
    (void)state;
    struct rig *r = live_rig(NULL, VTIME_MS(1010));
    rig_case("mailbox torn");
    struct ipc_block *block = block_of(r);
    for (unsigned i = 0; i < 3; i++) {
        rig_run_for(r, RIG_PERIOD_PS);
        const uint32_t torn = block->m4.mailbox_torn;
        block->m7.mailbox.seq_begin++;
        block->m7.mailbox.compare_ticks[0] = 480000;
        (void)nvic_pend(&board_cpu(r->board, CORE_CM4)->nvic, HSEM2);
        rig_run_for(r, VTIME_US(2100)); /* it looks at its next tick */
        rig_check(block->m4.mailbox_torn > torn, "not counted");
    }
    rig_run_for(r, RIG_PERIOD_PS);
    const uint32_t torn = block->m4.mailbox_torn;
    rig_run_for(r, VTIME_S(1));
    rig_check(block->m4.mailbox_torn == torn, "%u torn", (unsigned)block->m4.mailbox_torn);
    check_shows(r, 90500, 92000);
    check_no_longer_than_meant(r);
    rig_assert_clean(r);
    rig_destroy(r);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(tim2_interrupt_lost),  cmocka_unit_test(tim2_stopped),
        cmocka_unit_test(tim5_stopped),         cmocka_unit_test(m4_tick_lost),
        cmocka_unit_test(m7_tick_lost),         cmocka_unit_test(doorbells_lost),
        cmocka_unit_test(fdcan_interrupt_lost), cmocka_unit_test(mailbox_damaged),
        cmocka_unit_test(mailbox_torn),         cmocka_unit_test(zero_at_park),
        cmocka_unit_test(dials_damaged),        cmocka_unit_test(tim2_and_lsi),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
