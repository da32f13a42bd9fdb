/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
/* SysTick, sleep, events between the cores, fast-forward. */
#include "tests/vboard/cpu/rig.h"

#include <stdlib.h>
#include <string.h>

static void systick(void **state)
{
    (void)state;
    static uint32_t got[16];
    struct rig *r = rig_create(&(struct rig_options){.m7 = "systick_m7"});
    rig_run(r, VTIME_MS(5));
    assert_int_equal(rig_values(r, CORE_CM7, got, 16), 12);
    assert_int_equal(got[0], 0); /* a write clears VAL */
    assert_int_equal(got[1], 9); /* an instruction and an access */
    assert_int_equal(got[2], 1);
    assert_int_equal(got[3], 0);
    assert_int_equal(got[4], 0);      /* COUNTFLAG is cleared by reading */
    assert_int_equal(got[5], 1);      /* stopped */
    assert_int_equal(got[6], 500000); /* 10 times 20000 cycles at 400 MHz, ns */
    assert_int_equal(got[7], 200000); /* 5 times 2000 cycles at 50 MHz */
    assert_int_equal(got[8], 6);
    assert_int_equal(got[9], 1);  /* PENDSTSET */
    assert_int_equal(got[10], 9); /* CYCCNT */
    assert_int_equal(got[11], 1999);
    rig_destroy(r);
}

static void wfi_and_wfe(void **state)
{
    (void)state;
    struct rig *r = rig_create(&(struct rig_options){.m4 = "waiter_m4"});
    rig_run(r, VTIME_MS(1));
    RIG_EXPECT(r, CORE_CM4, 0x600, 1, 10, 2, 20, 3, 0x600, 4, 0x600, 30, 5, 40, 0x100, 6, 0x610);
    assert_true(cpu_is_sleeping(rig_cpu(r, CORE_CM4))); /* SLEEPONEXIT */
    assert_int_equal(r->chip.cores.sleep[CORE_CM4], CORE_SLEEP);
    rig_destroy(r);
}

static void nothing_set(void *ctx, unsigned number, bool level)
{
    (void)ctx;
    (void)number;
    (void)level;
}

/* RM0399 7.7.4, Table 38: in a chip with EXTI an interrupt does not end CStop by itself, be it WFI's or an event of
 * SEVONPEND; what came meanwhile counts when EXTI wakes. */
static void leaves_stop_by_exti_only(void **state)
{
    (void)state;
    struct rig *r = rig_create(&(struct rig_options){.m4 = "stopper_m4"});
    r->chip.exti.set = nothing_set;
    rig_run(r, VTIME_MS(1));
    assert_int_equal(r->chip.cores.sleep[CORE_CM4], CORE_DEEPSLEEP);
    assert_int_equal(r->note_count, 0);
    chip_wake_line(&r->chip, CORE_CM4, CORE_WAKE_EXTI, true);
    chip_wake_line(&r->chip, CORE_CM4, CORE_WAKE_EXTI, false);
    rig_run(r, VTIME_MS(2));
    RIG_EXPECT(r, CORE_CM4, 0x600, 1);
    assert_int_equal(r->chip.cores.sleep[CORE_CM4], CORE_DEEPSLEEP);
    chip_wake_line(&r->chip, CORE_CM4, CORE_WAKE_EXTI, true);
    rig_run(r, VTIME_MS(3));
    RIG_EXPECT(r, CORE_CM4, 0x600, 1, 2);
    rig_destroy(r);
}

static void wakes_the_other_core(void **state)
{
    (void)state;
    for (unsigned sender = 0; sender < CORE_COUNT; sender++) {
        struct rig_options o = {.m7 = sender == CORE_CM7 ? "sender_m7" : "receiver_m7",
                                .m4 = sender == CORE_CM7 ? "receiver_m4" : "sender_m4"};
        struct rig *r = rig_create(&o);
        enum core from = (enum core)sender;
        enum core to = sender == CORE_CM7 ? CORE_CM4 : CORE_CM7;
        rig_run(r, VTIME_MS(1));
        RIG_EXPECT(r, to, 0x710, 0x720, 0x711, 0x712, 0x713);
        for (uint32_t n = 0; n < 3; n++) {
            static const uint32_t answer[] = {0x710, 0x720, 0x713};
            vtime_ps sent = rig_find(r, from, 0x700 + n)->at;
            vtime_ps seen = rig_find(r, to, answer[n])->at;
            assert_in_range(seen - sent, 0,
                            VTIME_NS(150)); /* the waker's time, not a slice later */
        }
        rig_destroy(r);
    }
}

/* ---- fast-forward ---- */

struct outcome {
    struct rig_note notes[RIG_MAX_LOG];
    size_t count;
    uint64_t instructions[CORE_COUNT], skipped[CORE_COUNT];
    vtime_ps time[CORE_COUNT];
    uint32_t regs[CORE_COUNT][CPU_REG_COUNT];
};

static struct outcome *play_sliced(const char *m7, const char *m4, vtime_ps until, vtime_ps step,
                                   bool off, vtime_ps slice)
{
    struct rig_options o = {.m7 = m7, .m4 = m4, .no_fast_forward = off, .max_slice_ps = slice};
    struct outcome *out = calloc(1, sizeof(*out));
    assert_non_null(out);
    struct rig *r = rig_create(&o);
    for (vtime_ps t = step; t <= until; t += step) {
        rig_run(r, t);
    }
    memcpy(out->notes, r->notes, sizeof(out->notes));
    out->count = r->note_count;
    for (unsigned i = 0; i < CORE_COUNT; i++) {
        struct cpu *c = rig_cpu(r, (enum core)i);
        out->instructions[i] = cpu_instructions(c);
        out->skipped[i] = cpu_instructions_skipped(c);
        out->time[i] = cpu_time(c);
        for (unsigned k = 0; k < CPU_REG_COUNT; k++) {
            out->regs[i][k] = cpu_get_reg(c, (enum cpu_reg)k);
        }
    }
    rig_destroy(r);
    return out;
}

static struct outcome *play(const char *m7, const char *m4, vtime_ps until, vtime_ps step, bool off)
{
    return play_sliced(m7, m4, until, step, off, 0);
}

static void assert_same(const struct outcome *a, const struct outcome *b)
{
    assert_int_equal(a->count, b->count);
    for (size_t i = 0; i < a->count; i++) {
        assert_int_equal(a->notes[i].core, b->notes[i].core);
        assert_int_equal(a->notes[i].value, b->notes[i].value);
        assert_true(a->notes[i].at == b->notes[i].at);
    }
    assert_memory_equal(a->instructions, b->instructions, sizeof(a->instructions));
    assert_memory_equal(a->time, b->time, sizeof(a->time));
    assert_memory_equal(a->regs, b->regs, sizeof(a->regs));
}

/* The order of notes between the cores is part of what must not change. */
static void same_with_and_without(const char *m7, const char *m4, vtime_ps until, vtime_ps step)
{
    struct outcome *on = play(m7, m4, until, step, false);
    struct outcome *off = play(m7, m4, until, step, true);
    assert_same(on, off);
    assert_true(off->skipped[0] == 0 && off->skipped[1] == 0);
    assert_true(on->skipped[0] + on->skipped[1] > (on->instructions[0] + on->instructions[1]) / 2);
    free(on);
    free(off);
}

static void fast_forward_changes_nothing(void **state)
{
    (void)state;
    same_with_and_without("ticking_m7", NULL, VTIME_MS(12), VTIME_MS(12));
    same_with_and_without("ticking_m7", "ticking_m4", VTIME_MS(12), VTIME_MS(12));
    same_with_and_without("ticking_m7", "hal_delay_m4", VTIME_MS(8), VTIME_MS(8));
    same_with_and_without("ticking_m7", "waiter_m4", VTIME_MS(8), VTIME_MS(8));
    same_with_and_without("hal_delay_m7", "tick_m4", VTIME_MS(8), VTIME_MS(8));
    same_with_and_without("shared_m7", "shared_m4", VTIME_MS(2), VTIME_MS(2));
    same_with_and_without("exclusive_m7", "exclusive_m4", VTIME_MS(2), VTIME_MS(2));
    same_with_and_without("sender_m7", "receiver_m4", VTIME_MS(2), VTIME_MS(2));
}

static void loops_that_store(void **state)
{
    (void)state;
    static const vtime_ps until = VTIME_MS(4);
    const char *const partners[] = {NULL, "idle_m4", "hal_delay_m4", "shared_m4"};
    for (unsigned i = 0; i < 4; i++) {
        struct outcome *on = play("idle_m7", partners[i], until, until, false);
        struct outcome *off = play("idle_m7", partners[i], until, until, true);
        assert_same(on, off);
        assert_true(on->skipped[CORE_CM7] > 200000); /* calls and equal stores */
        /* The loop that toggles took 3 of 12 periods of 100000 cycles; that which counts took as many, which exact
         * engines add up. */
        assert_true(on->instructions[CORE_CM7] - on->skipped[CORE_CM7] >
                    (rig_is_exact() ? 250000 : 500000));
        free(on);
        free(off);
    }
}

static void loops_that_write_registers(void **state)
{
    (void)state;
    static const vtime_ps until = VTIME_MS(4);
    const char *const partners[] = {NULL, "idle_m4", "hal_delay_m4", "driving_m4"};
    for (unsigned i = 0; i < 4; i++) {
        struct outcome *on = play("driving_m7", partners[i], until, until, false);
        struct outcome *off = play("driving_m7", partners[i], until, until, true);
        assert_same(on, off);
        if (rig_is_exact() && partners[i] == NULL) {
            /* what drives, and what masks and unmasks, took 2 + 2 of 10 periods of 100000 cycles, and all that
             * came after them; the loops that change something the other 6 */
            assert_true(on->skipped[CORE_CM7] > on->instructions[CORE_CM7] / 4);
            assert_true(on->instructions[CORE_CM7] - on->skipped[CORE_CM7] > 300000);
        }
        free(on);
        free(off);
    }
}

/* Longer slices give a core time to do something and to fall into a loop within one turn. */
static void whatever_the_slice(void **state)
{
    (void)state;
    static const char *const programs[][2] = {
        {"shared_m7", "shared_m4"}, {"relay_m7", "relay_m4"}, {"sender_m7", "receiver_m4"}};
    static const vtime_ps slices[] = {VTIME_NS(100), VTIME_US(1), VTIME_US(10), VTIME_US(50)};
    for (unsigned p = 0; p < 3; p++) {
        for (unsigned s = 0; s < 4; s++) {
            const vtime_ps until = VTIME_MS(2);
            const char *m7 = programs[p][0];
            const char *m4 = programs[p][1];
            struct outcome *on = play_sliced(m7, m4, until, until, false, slices[s]);
            struct outcome *off = play_sliced(m7, m4, until, until, true, slices[s]);
            assert_same(on, off);
            free(on);
            free(off);
        }
    }
}

static void so_do_stops_in_between(void **state)
{
    (void)state;
    struct outcome *whole = play("ticking_m7", "hal_delay_m4", VTIME_MS(6), VTIME_MS(6), false);
    struct outcome *parts = play("ticking_m7", "hal_delay_m4", VTIME_MS(6), VTIME_NS(7500), false);
    assert_same(whole, parts);
    free(whole);
    free(parts);
}

static void repeats_exactly(void **state)
{
    (void)state;
    struct outcome *a = play("tasks_m7", "itblock_m4", VTIME_MS(3), VTIME_MS(3), false);
    struct outcome *b = play("tasks_m7", "itblock_m4", VTIME_MS(3), VTIME_MS(3), false);
    assert_same(a, b);
    free(a);
    free(b);
}

static void polled_memory_is_seen_within_a_slice(void **state)
{
    (void)state;
    static uint32_t got[300];
    struct rig *r = rig_create(&(struct rig_options){.m7 = "shared_m7", .m4 = "shared_m4"});
    rig_run(r, VTIME_MS(1));
    assert_int_equal(rig_values(r, CORE_CM7, got, 300), 201);
    for (uint32_t i = 0; i < 100; i++) {
        assert_int_equal(got[2 * i], 2 * i);
        /* there and back: two slices and the code itself */
        assert_true(i == 0 || got[2 * i + 1] - got[2 * i - 1] <= 2400);
    }
    rig_destroy(r);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(systick),
        cmocka_unit_test(wfi_and_wfe),
        cmocka_unit_test(leaves_stop_by_exti_only),
        cmocka_unit_test(wakes_the_other_core),
        cmocka_unit_test(fast_forward_changes_nothing),
        cmocka_unit_test(loops_that_store),
        cmocka_unit_test(loops_that_write_registers),
        cmocka_unit_test(whatever_the_slice),
        cmocka_unit_test(so_do_stops_in_between),
        cmocka_unit_test(repeats_exactly),
        cmocka_unit_test(polled_memory_is_seen_within_a_slice),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
