/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
/* Priorities, masks, frames, threads; faults, escalation and lockup; MPU. */
#include "tests/vboard/cpu/rig.h"
#include "vboard/chip/finding_text.h"

#include <string.h>

/* Runs NAME_m7 or NAME_m4 for a millisecond. */
static struct rig *run_on(enum core core, const char *m7, const char *m4)
{
    struct rig_options o = {.m7 = core == CORE_CM7 ? m7 : NULL, .m4 = core == CORE_CM4 ? m4 : NULL};
    struct rig *r = rig_create(&o);
    rig_run(r, VTIME_MS(1));
    return r;
}
#define RUN(core, name) run_on(core, name "_m7", name "_m4")
#define EACH_CORE(core)                                                                            \
    enum core core = CORE_CM7;                                                                     \
    core <= CORE_CM4;                                                                              \
    core++

static void priorities(void **state)
{
    (void)state;
    for (EACH_CORE(core)) {
        struct rig *r = RUN(core, "preempt");
        RIG_EXPECT(r, core, 1, 0x100, 0x110, 0x3 /* both active */, 0x101, 0x102,
                   0x120 /* after irq0: less urgent */, 2, 0x18 /* both pending */, 0x130, 0x131,
                   0x140 /* a tie: no preemption */, 3, 0x150, 0x151, 0x152 /* level */, 4, 0x160,
                   0x170 /* preempts */, 0x161, 5, 0x160, 0x161, 0x170 /* one group: waits */, 6,
                   0xF0, 0x120, 7);
        assert_int_equal(r->chip.findings.count, 0);
        rig_destroy(r);
    }
}

static void masks(void **state)
{
    (void)state;
    for (EACH_CORE(core)) {
        struct rig *r = RUN(core, "masks");
        RIG_EXPECT(r, core, 1, 0x200, 2, 3, 0x200, 4, 0x60, 0x210, 5, 6, 0x2FF, 7, 0x200, 8, 0x220,
                   9, 0x2F0, 0x40000000 /* FORCED */, 10, 0);
        rig_destroy(r);
    }
}

static void entry_and_return(void **state)
{
    (void)state;
    for (EACH_CORE(core)) {
        struct rig *r = RUN(core, "details");
        RIG_EXPECT(r, core, 0, 0, 0, /* SP at a multiple of 8 */
                   0, 0, 1,          /* padded, and back */
                   0xA1, 0xA2, 0xA5, 0xA6, 0 /* FAULTMASK */, 0xA3, 0xA4, 1);
        /* one handler takes over from the other: 8 cycles of the access, 6, and few instructions */
        vtime_ps chain = rig_find(r, core, 0xA4)->at - rig_find(r, core, 0xA3)->at;
        assert_in_range(chain, 1, 22 * (core == CORE_CM7 ? 2500 : 5000));
        rig_destroy(r);
    }
}

static void threads(void **state)
{
    (void)state;
    for (EACH_CORE(core)) {
        struct rig *r = RUN(core, "tasks");
        RIG_EXPECT(r, core, 0x400, 2, 0x410, 3, 0, 0x401, 2, 0x411, 3, 0, 0x402, 2, 0x412, 3, 0,
                   0x500, 0xE000ED00, 0x4FF);
        rig_destroy(r);
    }
}

static void it_blocks(void **state)
{
    (void)state;
    for (EACH_CORE(core)) {
        static uint32_t got[4];
        struct rig *r = RUN(core, "itblock");
        rig_run(r, VTIME_MS(5));
        assert_int_equal(rig_values(r, core, got, 4), 3);
        assert_int_equal(got[0], got[1]);
        assert_int_equal(got[2], 1);
        rig_destroy(r);
    }
}

static void fp_context(void **state)
{
    (void)state;
    for (EACH_CORE(core)) {
        static uint32_t got[16];
        struct rig *r = RUN(core, "fp");
        assert_int_equal(rig_values(r, core, got, 16), 13);
        assert_int_equal(got[1], 1u << 19);           /* NOCP */
        assert_int_equal(got[2], (got[0] & ~1u) + 8); /* at the first FPU instruction */
        assert_int_equal(got[3], 4);                  /* FPCA */
        assert_int_equal(got[4], 0xFFFFFFF9);         /* frame without FP */
        assert_int_equal(got[5], 0);
        assert_int_equal(got[6], 0x3F800000); /* 1.0, 3.0, 4.0 survived */
        assert_int_equal(got[7], 0x40400000);
        assert_int_equal(got[8], 0x40800000);
        assert_int_equal(got[9], 0x00400000);
        assert_int_equal(got[10], 0xFFFFFFE9); /* frame with FP */
        assert_int_equal(got[11], 4);
        assert_int_equal(got[12], 2);
        rig_destroy(r);
    }
}

static void faults(void **state)
{
    (void)state;
    for (EACH_CORE(core)) {
        static uint32_t got[3];
        struct rig *r = RUN(core, "faults");
        rig_values(r, core, got, 3);
        uint32_t load = (got[0] & ~1u);
        uint32_t store = (got[1] & ~1u);
        uint32_t udf = (got[2] & ~1u);
        const uint32_t precise = 0x8200;
        if (rig_is_exact()) { /* a store's bus fault comes later, without an address (PM0253 2.5.3) */
            const uint32_t imprecise = 0x400;
            RIG_EXPECT(r, core, got[0], got[1], got[2], 3, precise, 0x40000000, 0x60000004, load, 1,
                       5, precise, 0, 0x60000014, load, 2, 5, imprecise, 0, store + 2, 3, 6,
                       1u << 16, 0, udf, 4, 5, 1u << 8, 0, 0x70000000, 5, 4, 1, 0, 0x40000000, 6, 6,
                       1u << 17, 0, udf, 7, 5, precise, 0, 0x40000018, load, 8, 5, imprecise, 0,
                       store + 2, 9, 5, precise, 0, 0x40000404, load, 10);
            rig_destroy(r);
            continue;
        }
        RIG_EXPECT(r, core, got[0], got[1], got[2],          /* where the functions are */
                   3, precise, 0x40000000, 0x60000004, load, /* BusFault off: HardFault */
                   1, 5, precise, 0, 0x60000014, load,       /* BFAR's low bits are decoded */
                   2, 5, precise, 0, 0x08000000, store,      /* flash */
                   3, 6, 1u << 16, 0, udf,                   /* UNDEFINSTR */
                   4, 5, 1u << 8, 0, 0x70000000,             /* IBUSERR */
                   5, 4, 1, 0, 0x40000000,                   /* IACCVIOL */
                   6, 6, 1u << 17, 0, udf,                   /* INVSTATE */
                   7, 5, precise, 0, 0x40000018, load,       /* a model refuses */
                   8, 5, precise, 0, 0x40000018, store,      /* the same, written */
                   9, 5, precise, 0, 0x40000404, load, 10);  /* no such peripheral */
        assert_int_equal(rig_findings(r, FINDING_UNMAPPED), 5);
        assert_false(cpu_is_locked_up(rig_cpu(r, core)));
        rig_destroy(r);
    }
}

/* CCR.BFHFNMIGN: no BusFault at priorities -1 and -2, the flags tell, and a load gets 0. */
static void ignored_faults(void **state)
{
    (void)state;
    for (EACH_CORE(core)) {
        const bool m7 = core == CORE_CM7;
        struct rig *r = rig_create(
            &(struct rig_options){.m7 = m7 ? "ignored_m7" : NULL, .m4 = m7 ? NULL : "ignored_m4"});
        const uint32_t good = 0x600D600D;
        const uint32_t precise = 0x8200;
        memcpy(r->special + 0x14, &good, sizeof(good));
        rig_special(r)->guarded = true;
        r->bad_address = 0x38800010;
        rig_run(r, VTIME_MS(1));
        RIG_EXPECT(r, core, 0, precise, 0x38800010,      /* torn */
                   good, 0, 0,                           /* its neighbour */
                   0, precise, 0x40000018,               /* a model refuses */
                   1, precise, 0x40000018,               /* a store */
                   0, precise, 0x40000404,               /* no such peripheral */
                   0, precise, 0x60000010,               /* no memory */
                   0, precise, 0x90000420,               /* nor there */
                   1, precise, 0x60000010,               /* in an IT block */
                   2, precise, 0x08000000, 1, 0, 0,      /* flash: not written, but read */
                   5, 0, precise, 0x60000010,            /* FAULTMASK is 0 again: BusFault */
                   ~0u, 0, 0,                            /* the load did not take place */
                   2, 0, precise, 0x38800010,            /* NMI */
                   16, 5, 0, precise, 0x90000420,        /* not in an interrupt */
                   ~0u, 0, 0, 5, 0, precise, 0x90000420, /* nor without the bit */
                   ~0u, 0, 0, 3, 3, 0, 1u << 16 | precise, 0x60000010); /* HardFault */
        assert_int_equal(rig_findings(r, FINDING_UNMAPPED), 2);
        assert_false(cpu_is_locked_up(rig_cpu(r, core)));
        rig_destroy(r);
    }
}

static void fault_in_hard_fault_locks_up(void **state)
{
    (void)state;
    for (EACH_CORE(core)) {
        struct rig *r = RUN(core, "lockup");
        RIG_EXPECT(r, core, 1, 0x300);
        assert_true(cpu_is_locked_up(rig_cpu(r, core)));
        assert_int_equal(rig_findings(r, FINDING_LOCKUP), 1);
        rig_destroy(r);
    }
}

static void bad_stack_pointer(void **state)
{
    (void)state;
    struct rig *r = RUN(CORE_CM7, "ticking");
    cpu_set_reg(rig_cpu(r, CORE_CM7), CPU_SP, 0x1FFFFFF0); /* nothing there */
    rig_run(r, VTIME_MS(3));
    const struct findings *f = &r->chip.findings;
    assert_true(f->count > 0);
    assert_int_equal(f->list[0].kind, FINDING_FAULT);
    assert_string_equal(finding_text(&r->chip, &f->list[0]).text,
                        "BusFault: exception frame cannot be pushed");
    assert_non_null(rig_find(r, CORE_CM7, 0xDEAD0003)); /* a handler without a stack still runs */
    rig_destroy(r);
}

static void empty_flash_locks_up(void **state)
{
    (void)state;
    struct rig *r = rig_create(&(struct rig_options){.m7 = NULL});
    chip_hold_core(&r->chip, CORE_CM7, false); /* vectors are 0 */
    rig_run(r, VTIME_MS(1));
    assert_true(cpu_is_locked_up(rig_cpu(r, CORE_CM7)));
    rig_destroy(r);
}

static void memory_protection(void **state)
{
    (void)state;
    for (EACH_CORE(core)) {
        struct rig *r = RUN(core, "mpu");
        RIG_EXPECT(r, core, 1, 1, 4, 0x82, 0x38000010, /* write to a read-only region */
                   0x38002000, 1, 4, 0x82, 0x38004000, /* no access */
                   0, 0x38000010, 2);
        rig_destroy(r);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(priorities),
        cmocka_unit_test(masks),
        cmocka_unit_test(entry_and_return),
        cmocka_unit_test(threads),
        cmocka_unit_test(it_blocks),
        cmocka_unit_test(fp_context),
        cmocka_unit_test(faults),
        cmocka_unit_test(ignored_faults),
        cmocka_unit_test(fault_in_hard_fault_locks_up),
        cmocka_unit_test(bad_stack_pointer),
        cmocka_unit_test(empty_flash_locks_up),
        cmocka_unit_test(memory_protection),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
