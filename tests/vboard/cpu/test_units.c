/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
/* The parts that need no engine: Thumb decoding, NVIC, SysTick, MPU, DWT. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "vboard/cpu/blocks.h"
#include "vboard/cpu/dwt.h"
#include "vboard/cpu/mpu.h"
#include "vboard/cpu/nvic.h"
#include "vboard/cpu/systick.h"
#include "vboard/cpu/thumb.h"

#define NO THUMB_NO_REG
#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

/* ---- Thumb ---- */

/* Encodings as an assembler makes them; `bytes` 0: no access. */
static const struct {
    uint16_t first, second;
    uint8_t base, index, shift, bytes;
    bool write;
    int32_t offset;
} accesses[] = {
    {0x6808, 0, 1, NO, 0, 4, false, 0},          /* ldr r0, [r1] */
    {0x6048, 0, 1, NO, 0, 4, true, 4},           /* str r0, [r1, #4] */
    {0x77DA, 0, 3, NO, 0, 1, true, 31},          /* strb r2, [r3, #31] */
    {0x8FEC, 0, 5, NO, 0, 2, false, 62},         /* ldrh r4, [r5, #62] */
    {0x5088, 0, 1, 2, 0, 4, true, 0},            /* str r0, [r1, r2] */
    {0x5763, 0, 4, 5, 0, 1, false, 0},           /* ldrsb r3, [r4, r5] */
    {0x4EFF, 0, 15, NO, 0, 4, false, 1020},      /* ldr r6, [pc, #1020] */
    {0x91FF, 0, 13, NO, 0, 4, true, 1020},       /* str r1, [sp, #1020] */
    {0xB530, 0, 13, NO, 0, 12, true, -12},       /* push {r4, r5, lr} */
    {0xBD10, 0, 13, NO, 0, 8, false, 0},         /* pop {r4, pc} */
    {0xC20B, 0, 2, NO, 0, 12, true, 0},          /* stmia r2!, {r0, r1, r3} */
    {0xCA0B, 0, 2, NO, 0, 12, false, 0},         /* ldmia r2!, {r0, r1, r3} */
    {0xF8D1, 0x0FFF, 1, NO, 0, 4, false, 4095},  /* ldr.w r0, [r1, #4095] */
    {0xF851, 0x0CFF, 1, NO, 0, 4, false, -255},  /* ldr.w r0, [r1, #-255] */
    {0xF851, 0x0B10, 1, NO, 0, 4, false, 0},     /* ldr.w r0, [r1], #16 */
    {0xF841, 0x0D08, 1, NO, 0, 4, true, -8},     /* str.w r0, [r1, #-8]! */
    {0xF821, 0x0032, 1, 2, 3, 2, true, 0},       /* strh.w r0, [r1, r2, lsl #3] */
    {0xE952, 0x01FF, 2, NO, 0, 8, false, -1020}, /* ldrd r0, r1, [r2, #-1020] */
    {0xE8E2, 0x0102, 2, NO, 0, 8, true, 0},      /* strd r0, r1, [r2], #8 */
    {0xE851, 0x0FFF, 1, NO, 0, 4, false, 1020},  /* ldrex r0, [r1, #1020] */
    {0xE8C2, 0x1F40, 2, NO, 0, 1, true, 0},      /* strexb r0, r1, [r2] */
    {0xE8D2, 0xF011, 2, 1, 1, 2, false, 0},      /* tbh [r2, r1, lsl #1] */
    {0xE8D2, 0xF001, 2, 1, 0, 1, false, 0},      /* tbb [r2, r1] */
    {0xE92D, 0x4FF0, 13, NO, 0, 36, true, -36},  /* stmdb sp!, {r4-r11, lr} */
    {0xE893, 0x1011, 3, NO, 0, 12, false, 0},    /* ldmia.w r3, {r0, r4, r12} */
    {0xED13, 0x1B02, 3, NO, 0, 8, false, -8},    /* vldr d1, [r3, #-8] */
    {0xEDC4, 0x1A03, 4, NO, 0, 4, true, 12},     /* vstr s3, [r4, #12] */
    {0xED2D, 0x8B08, 13, NO, 0, 32, true, -32},  /* vpush {d8-d11} */
    {0xECBD, 0x0A04, 13, NO, 0, 16, false, 0},   /* vpop {s0-s3} */
    {0xF93F, 0x0064, 15, NO, 0, 2, false, -100}, /* ldrsh.w r0, [pc, #-100] */
    {0xF851, 0x0E05, 1, NO, 0, 4, false, 5},     /* ldrt r0, [r1, #5] */
    {0x1888, 0, 0, 0, 0, 0, false, 0},           /* adds r0, r1, r2 */
    {0x4770, 0, 0, 0, 0, 0, false, 0},           /* bx lr */
    {0xF380, 0x8810, 0, 0, 0, 0, false, 0},      /* msr primask, r0 */
    {0xEE30, 0x0A81, 0, 0, 0, 0, false, 0},      /* vadd.f32 s0, s1, s2 */
    {0xEC51, 0x0B13, 0, 0, 0, 0, false, 0},      /* vmov r0, r1, d3 */
    {0xF3BF, 0x8F4F, 0, 0, 0, 0, false, 0},      /* dsb */
    {0xFB01, 0xF002, 0, 0, 0, 0, false, 0},      /* mul.w r0, r1, r2 */
};

static void decodes_accesses(void **state)
{
    (void)state;
    for (size_t i = 0; i < COUNT(accesses); i++) {
        struct thumb_access a = {0};
        bool any = thumb_decode_access(accesses[i].first, accesses[i].second, &a);
        if (any != (accesses[i].bytes != 0) || a.base != accesses[i].base ||
            a.index != accesses[i].index || a.shift != accesses[i].shift ||
            a.bytes != accesses[i].bytes || a.write != accesses[i].write ||
            a.offset != accesses[i].offset) {
            fail_msg("%04x %04x: base %u index %u shift %u bytes %u write %d offset %d",
                     accesses[i].first, accesses[i].second, a.base, a.index, a.shift, a.bytes,
                     a.write, a.offset);
        }
    }
}

static void scans_blocks(void **state)
{
    (void)state;
    static const struct {
        uint8_t code[8];
        unsigned size, count, flags;
    } blocks[] = {
        {{0x88, 0x18, 0x70, 0x47}, 4, 2, 0},                       /* adds; bx */
        {{0x01, 0xEB, 0x02, 0x00, 0x00, 0xBF}, 6, 2, 0},           /* add.w; nop */
        {{0x48, 0x60, 0x00, 0xBF}, 4, 2, THUMB_STORES},            /* str; nop */
        {{0x51, 0xE8, 0xFF, 0x0F}, 4, 1, THUMB_STORES},            /* ldrex */
        {{0xD1, 0xE8, 0x5F, 0x0F}, 4, 1, THUMB_STORES},            /* ldrexh */
        {{0x30, 0xEE, 0x81, 0x0A}, 4, 1, THUMB_FP},                /* vadd */
        {{0xC4, 0xED, 0x03, 0x1A}, 4, 1, THUMB_FP | THUMB_STORES}, /* vstr */
        {{0x80, 0xF3, 0x10, 0x88}, 4, 1, THUMB_SYSTEM},            /* msr */
        {{0xEF, 0xF3, 0x10, 0x80}, 4, 1, 0},                       /* mrs */
        {{0x72, 0xB6}, 2, 1, THUMB_PRIMASK},                       /* cpsid i */
        {{0x62, 0xB6}, 2, 1, THUMB_PRIMASK},                       /* cpsie i */
        {{0x61, 0xB6}, 2, 1, THUMB_SYSTEM},                        /* cpsie f */
        {{0x40, 0xBF}, 2, 1, THUMB_SEV},                           /* sev */
        {{0xAF, 0xF3, 0x04, 0x80}, 4, 1, THUMB_SEV},               /* sev.w */
        {{0x30, 0xBF, 0xFF, 0xF7, 0xFE, 0xFF}, 6, 2, 0},           /* wfi; bl */
    };
    for (size_t i = 0; i < COUNT(blocks); i++) {
        struct thumb_scan s = thumb_scan(blocks[i].code, blocks[i].size);
        assert_int_equal(s.count, blocks[i].count);
        assert_int_equal(s.flags, blocks[i].flags);
        assert_int_equal(thumb_count(blocks[i].code, blocks[i].size), blocks[i].count);
    }
}

static void finds_the_first_fp_instruction(void **state)
{
    (void)state;
    static const uint8_t code[] = {0x00, 0xBF, 0x01, 0xEB, 0x02, 0x00, 0x30, 0xEE, 0x81, 0x0A};
    struct engine_block b;
    block_fill(&b, 0x1000, sizeof(code), code);
    assert_int_equal(b.count, 3);
    assert_int_equal(block_first_fp(&b, code), 6);
    block_fill(&b, 0x1000, 6, code);
    assert_int_equal(block_first_fp(&b, code), 6); /* its end: none */
    block_fill(&b, 0x1000, 6, NULL);
    assert_int_equal(b.count, 1);
}

/* ---- NVIC ---- */

static const struct nvic_masks unmasked = {false, 0, false};

static void chooses_the_most_urgent(void **state)
{
    (void)state;
    struct nvic n = {0};
    nvic_reset(&n);
    for (unsigned irq = 0; irq < NVIC_IRQS; irq++) {
        nvic_enable(&n, EXC_IRQ0 + irq, true);
        nvic_set_priority(&n, EXC_IRQ0 + irq, 0x80);
    }
    assert_int_equal(nvic_ready(&n, &unmasked), EXC_NONE);
    assert_true(nvic_pend(&n, EXC_IRQ0 + 149));
    assert_false(nvic_pend(&n, EXC_IRQ0 + 149));
    assert_int_equal(nvic_ready(&n, &unmasked), EXC_IRQ0 + 149);
    nvic_pend(&n, EXC_IRQ0 + 63);
    assert_int_equal(nvic_ready(&n, &unmasked), EXC_IRQ0 + 63); /* a tie: the lower number */
    nvic_set_priority(&n, EXC_IRQ0 + 149, 0x7F);                /* = 0x70 */
    assert_int_equal(n.priority[EXC_IRQ0 + 149], 0x70);
    assert_int_equal(nvic_ready(&n, &unmasked), EXC_IRQ0 + 149);
    nvic_pend(&n, EXC_HARD_FAULT);
    nvic_pend(&n, EXC_NMI);
    assert_int_equal(nvic_ready(&n, &unmasked), EXC_NMI);
    nvic_activate(&n, EXC_NMI);
    assert_int_equal(nvic_ready(&n, &unmasked), EXC_NONE);
    nvic_deactivate(&n, EXC_NMI);
    assert_int_equal(nvic_ready(&n, &unmasked), EXC_HARD_FAULT);
}

/* Clock security: "the NMI routine is executed indefinitely until the HSECSSF bit is cleared" (RM0399 9.5.3). */
static void nmi_stays_while_its_input_is_high(void **state)
{
    (void)state;
    struct nvic n = {0};
    nvic_reset(&n);
    assert_true(nvic_line(&n, EXC_NMI, true));
    nvic_activate(&n, EXC_NMI);
    nvic_deactivate(&n, EXC_NMI);
    assert_true(nvic_is_pending(&n, EXC_NMI));
    nvic_activate(&n, EXC_NMI);
    assert_false(nvic_line(&n, EXC_NMI, false));
    nvic_deactivate(&n, EXC_NMI);
    assert_false(nvic_is_pending(&n, EXC_NMI));
    assert_true(nvic_line(&n, EXC_NMI, true));
    nvic_reset(&n);
    assert_false(nvic_is_pending(&n, EXC_NMI));
}

static void masks_hold_back(void **state)
{
    (void)state;
    struct nvic n = {0};
    nvic_reset(&n);
    nvic_enable(&n, EXC_IRQ0, true);
    nvic_set_priority(&n, EXC_IRQ0, 0x60);
    nvic_pend(&n, EXC_IRQ0);
    assert_int_equal(nvic_ready(&n, &(struct nvic_masks){true, 0, false}), EXC_NONE);
    assert_int_equal(nvic_ready(&n, &(struct nvic_masks){false, 0x60, false}), EXC_NONE);
    assert_int_equal(nvic_ready(&n, &(struct nvic_masks){false, 0x70, false}), EXC_IRQ0);
    assert_int_equal(nvic_ready(&n, &(struct nvic_masks){false, 0x0F, false}), EXC_IRQ0);
    assert_int_equal(nvic_ready(&n, &(struct nvic_masks){false, 0, true}), EXC_NONE);
    nvic_pend(&n, EXC_HARD_FAULT);
    assert_int_equal(nvic_ready(&n, &(struct nvic_masks){true, 0x10, false}), EXC_HARD_FAULT);
    assert_int_equal(nvic_ready(&n, &(struct nvic_masks){false, 0, true}), EXC_NONE);
    nvic_enable(&n, EXC_IRQ0, false);
    nvic_unpend(&n, EXC_HARD_FAULT);
    assert_int_equal(nvic_ready(&n, &unmasked), EXC_NONE);
    assert_true(nvic_is_pending(&n, EXC_IRQ0));
}

static void groups_decide_on_preemption(void **state)
{
    (void)state;
    struct nvic n = {0};
    nvic_reset(&n);
    nvic_enable(&n, EXC_IRQ0, true);
    nvic_enable(&n, EXC_IRQ0 + 1, true);
    nvic_set_priority(&n, EXC_IRQ0, 0x50);
    nvic_set_priority(&n, EXC_IRQ0 + 1, 0x40);
    nvic_pend(&n, EXC_IRQ0);
    nvic_activate(&n, EXC_IRQ0);
    nvic_pend(&n, EXC_IRQ0 + 1);
    static const unsigned preempts_up_to = 3; /* bit 4 is still group at PRIGROUP 3, not at 4 */
    for (unsigned group = 0; group < 8; group++) {
        nvic_set_group(&n, group);
        unsigned expected = group <= preempts_up_to ? EXC_IRQ0 + 1 : EXC_NONE;
        assert_int_equal(nvic_ready(&n, &unmasked), expected);
    }
}

static void level_sensitive_lines(void **state)
{
    (void)state;
    struct nvic n = {0};
    nvic_reset(&n);
    unsigned e = EXC_IRQ0 + 70;
    nvic_enable(&n, e, true);
    assert_true(nvic_line(&n, e, true));
    assert_false(nvic_line(&n, e, true));
    nvic_unpend(&n, e);
    assert_true(nvic_is_pending(&n, e)); /* still high: stays */
    nvic_activate(&n, e);
    assert_false(nvic_is_pending(&n, e));
    assert_false(nvic_line(&n, e, false));
    assert_true(nvic_line(&n, e, true)); /* an edge while active */
    nvic_unpend(&n, e);
    assert_false(nvic_is_pending(&n, e));
    nvic_deactivate(&n, e);
    assert_true(nvic_is_pending(&n, e)); /* high at the return: again */
    nvic_line(&n, e, false);
    assert_true(nvic_is_pending(&n, e)); /* latched */
    nvic_unpend(&n, e);
    assert_false(nvic_is_pending(&n, e));
    nvic_line(&n, e, true);
    nvic_reset(&n);
    assert_true(nvic_is_pending(&n, e)); /* the wire is not reset */
    assert_false(nvic_is_enabled(&n, e));
}

/* ---- SysTick ---- */

struct tick_log {
    unsigned count;
    vtime_ps last;
};

static void note_tick(void *ctx, vtime_ps now)
{
    struct tick_log *l = ctx;
    l->count++;
    l->last = now;
}

struct tick_rig {
    struct sched sched;
    struct clock core, reference;
    struct systick systick;
    struct tick_log log;
};

static void tick_rig_init(struct tick_rig *t)
{
    *t = (struct tick_rig){.core = {.name = "core"}, .reference = {.name = "reference"}};
    sched_init(&t->sched);
    clock_set(&t->core, CLOCK_UHZ(100000000), 0);
    clock_set(&t->reference, CLOCK_UHZ(12500000), 0);
    systick_init(&t->systick, &t->sched, &t->core, &t->reference, note_tick, &t->log);
}

static void tick_rig_destroy(struct tick_rig *t)
{
    systick_destroy(&t->systick);
    sched_destroy(&t->sched);
}

static uint32_t value(struct tick_rig *t, vtime_ps now)
{
    return systick_read(&t->systick, 0x18, now, true);
}

static void counts_down_and_wraps(void **state)
{
    (void)state;
    struct tick_rig t;
    tick_rig_init(&t);
    systick_write(&t.systick, 0x14, 9, 0);
    systick_write(&t.systick, 0x18, 123, 0);
    systick_write(&t.systick, 0x10, 5, VTIME_NS(1000)); /* from here on 10 ns a tick */
    assert_int_equal(value(&t, VTIME_NS(1005)), 0);
    assert_int_equal(value(&t, VTIME_NS(1010)), 9); /* the first tick loads */
    assert_int_equal(value(&t, VTIME_NS(1050)), 5);
    assert_int_equal(systick_read(&t.systick, 0x10, VTIME_NS(1099), false), 5);
    assert_int_equal(value(&t, VTIME_NS(1100)), 0);
    assert_int_equal(systick_read(&t.systick, 0x10, VTIME_NS(1100), true), 0x10005);
    assert_int_equal(systick_read(&t.systick, 0x10, VTIME_NS(1100), false), 0x10005);
    assert_int_equal(systick_read(&t.systick, 0x10, VTIME_NS(1190), false), 5);
    assert_int_equal(value(&t, VTIME_NS(1110)), 9);
    systick_write(&t.systick, 0x14, 4, VTIME_NS(1115)); /* used from the next load on */
    assert_int_equal(value(&t, VTIME_NS(1120)), 8);
    assert_int_equal(value(&t, VTIME_NS(1200)), 0);
    assert_int_equal(value(&t, VTIME_NS(1210)), 4);
    systick_write(&t.systick, 0x18, 1, VTIME_NS(1215));
    assert_int_equal(value(&t, VTIME_NS(1215)), 0);
    assert_int_equal(systick_read(&t.systick, 0x10, VTIME_NS(1216), false), 5); /* flag cleared */
    systick_write(&t.systick, 0x10, 4, VTIME_NS(1230));
    assert_int_equal(value(&t, VTIME_NS(1230)), value(&t, VTIME_NS(9999)));
    tick_rig_destroy(&t);
}

static void interrupts_at_zero(void **state)
{
    (void)state;
    struct tick_rig t;
    tick_rig_init(&t);
    systick_write(&t.systick, 0x14, 99, 0);
    systick_write(&t.systick, 0x18, 0, 0);
    systick_write(&t.systick, 0x10, 7, 0);
    sched_run_until(&t.sched, VTIME_US(10));
    assert_int_equal(t.log.count, 10);
    assert_true(t.log.last == VTIME_US(10));
    clock_set(&t.core, CLOCK_UHZ(50000000), VTIME_US(10)); /* half as fast */
    sched_run_until(&t.sched, VTIME_US(20));
    assert_int_equal(t.log.count, 15);
    systick_write(&t.systick, 0x10, 3, VTIME_US(20)); /* reference: 80 ns a tick */
    sched_run_until(&t.sched, VTIME_US(36));
    assert_int_equal(t.log.count, 17);
    clock_set(&t.reference, 0, VTIME_US(36));
    sched_run_until(&t.sched, VTIME_US(1000));
    assert_int_equal(t.log.count, 17);
    systick_reset(&t.systick);
    clock_set(&t.reference, CLOCK_UHZ(12500000), VTIME_US(1000));
    sched_run_until(&t.sched, VTIME_US(2000));
    assert_int_equal(t.log.count, 17);
    tick_rig_destroy(&t);
}

static void no_reload_no_count(void **state)
{
    (void)state;
    struct tick_rig t;
    tick_rig_init(&t);
    systick_write(&t.systick, 0x10, 7, 0);
    sched_run_until(&t.sched, VTIME_US(10));
    assert_int_equal(t.log.count, 0);
    systick_write(&t.systick, 0x14, 9, VTIME_US(10));
    systick_write(&t.systick, 0x18, 0, VTIME_US(10));
    sched_run_until(&t.sched, VTIME_US(10) + VTIME_NS(50));
    systick_write(&t.systick, 0x14, 0, VTIME_US(10) + VTIME_NS(50));
    sched_run_until(&t.sched, VTIME_US(20));
    assert_int_equal(t.log.count, 1); /* counts to 0 once more, then stops */
    tick_rig_destroy(&t);
}

/* ---- MPU, DWT ---- */

static void set_region(struct mpu *m, unsigned n, uint32_t base, uint32_t rasr)
{
    mpu_write(m, 0x98, n);
    mpu_write(m, 0x9C, base);
    mpu_write(m, 0xA0, rasr);
}

static void mpu_rules(void **state)
{
    (void)state;
    struct mpu m;
    mpu_reset(&m, 16);
    assert_int_equal(mpu_read(&m, 0x90), 16 << 8);
    assert_true(mpu_allows(&m, 0x20000000, MPU_WRITE, false, false)); /* off */
    /* Cube's background region: 4 GB, no access, XN, subregions 0 1 2 7 left out */
    set_region(&m, 0, 0, 0x1004873F);
    assert_true(mpu_write(&m, 0x94, 5));
    assert_true(mpu_allows(&m, 0x58000000, MPU_WRITE, true, false));
    assert_false(mpu_allows(&m, 0x60000000, MPU_READ, true, false));
    assert_false(mpu_allows(&m, 0xD0000000, MPU_FETCH, true, false));
    assert_true(mpu_allows(&m, 0xE000E000, MPU_WRITE, true, false));
    assert_false(mpu_allows(&m, 0x24000000, MPU_READ, false, false)); /* PRIVDEFENA: not for it */
    assert_true(mpu_allows(&m, 0x60000000, MPU_READ, true, true));    /* HFNMIENA is 0 */
    /* higher numbers win; AP 2: read-only for the unprivileged */
    set_region(&m, 3, 0x60000000, 0x02000001 | 9 << 1);
    assert_true(mpu_allows(&m, 0x600003FF, MPU_WRITE, true, false));
    assert_false(mpu_allows(&m, 0x60000400, MPU_WRITE, true, false));
    assert_true(mpu_allows(&m, 0x60000000, MPU_FETCH, false, false));
    assert_false(mpu_allows(&m, 0x60000000, MPU_WRITE, false, false));
    mpu_write(&m, 0x9C, 0x70000000 | 0x10 | 5); /* VALID: selects region 5 */
    assert_int_equal(mpu_read(&m, 0x98), 5);
    assert_int_equal(mpu_read(&m, 0x9C), 0x70000005);
    mpu_write(&m, 0xA4, 0x78000000 | 0x10 | 6); /* alias */
    mpu_write(&m, 0xA8, 0x06000001 | 9 << 1);
    assert_true(mpu_allows(&m, 0x78000000, MPU_READ, true, false));
    assert_false(mpu_allows(&m, 0x78000000, MPU_WRITE, true, false));
}

static void cycle_counter(void **state)
{
    (void)state;
    struct dwt d;
    dwt_reset(&d, true);
    dwt_write(&d, 0, 1, 100);
    assert_int_equal(dwt_read(&d, 0, 0), 0x40000000); /* locked */
    assert_int_equal(dwt_read(&d, 0xFB4, 0), 3);
    dwt_write(&d, 0xFB0, 0xC5ACCE55, 100);
    assert_int_equal(dwt_read(&d, 0xFB4, 0), 1);
    dwt_reset(&d, false);
    assert_int_equal(dwt_read(&d, 0xFB4, 0), 0);
    assert_int_equal(dwt_read(&d, 0, 0), 0x40000000);
    dwt_write(&d, 0, 1, 100);
    assert_int_equal(dwt_read(&d, 4, 200), 0); /* TRCENA is off */
    dwt_trace_enable(&d, true, 300);
    assert_int_equal(dwt_read(&d, 4, 350), 50);
    dwt_write(&d, 4, 0xFFFFFFF0, 400);
    assert_int_equal(dwt_read(&d, 4, 420), 4);
    dwt_write(&d, 0, 0, 430);
    assert_int_equal(dwt_read(&d, 4, 999), 14);
}

/* PM0253 Tables 17, 91, 92. */
static void cache_policies(void **state)
{
    (void)state;
    static const struct {
        uint32_t tex_s_c_b; /* of RASR, bits 21:16 */
        enum mpu_cache cache;
    } rows[] = {{0x00, MPU_UNCACHED},      {0x01, MPU_UNCACHED},   {0x02, MPU_WRITE_THROUGH},
                {0x03, MPU_WRITE_BACK},    {0x08, MPU_UNCACHED},   {0x0B, MPU_WRITE_BACK_ALLOCATE},
                {0x10, MPU_UNCACHED},      {0x20, MPU_UNCACHED},   {0x21, MPU_WRITE_BACK_ALLOCATE},
                {0x22, MPU_WRITE_THROUGH}, {0x23, MPU_WRITE_BACK}, {0x07, MPU_WRITE_BACK}};
    struct mpu m;
    bool shareable = true;
    mpu_reset(&m, 16);
    assert_int_equal(mpu_cache_policy(&m, 0x08000000, false, &shareable), MPU_WRITE_THROUGH);
    assert_int_equal(mpu_cache_policy(&m, 0x24000000, false, &shareable), MPU_WRITE_BACK_ALLOCATE);
    assert_int_equal(mpu_cache_policy(&m, 0x58000000, false, &shareable), MPU_UNCACHED);
    assert_false(shareable);
    mpu_write(&m, 0x94, 5);
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        uint32_t tex = rows[i].tex_s_c_b >> 3 & 7u;
        uint32_t s_c_b = rows[i].tex_s_c_b & 7u;
        set_region(&m, 0, 0x24000000, 3u << 24 | tex << 19 | s_c_b << 16 | 15u << 1 | 1u);
        assert_int_equal(mpu_cache_policy(&m, 0x24000000, false, &shareable), rows[i].cache);
        assert_int_equal(shareable, s_c_b >> 2);
        assert_int_equal(mpu_cache_policy(&m, 0x24010000, false, &shareable),
                         MPU_WRITE_BACK_ALLOCATE);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(decodes_accesses),
        cmocka_unit_test(scans_blocks),
        cmocka_unit_test(finds_the_first_fp_instruction),
        cmocka_unit_test(chooses_the_most_urgent),
        cmocka_unit_test(nmi_stays_while_its_input_is_high),
        cmocka_unit_test(masks_hold_back),
        cmocka_unit_test(groups_decide_on_preemption),
        cmocka_unit_test(level_sensitive_lines),
        cmocka_unit_test(counts_down_and_wraps),
        cmocka_unit_test(interrupts_at_zero),
        cmocka_unit_test(no_reload_no_count),
        cmocka_unit_test(mpu_rules),
        cmocka_unit_test(cache_policies),
        cmocka_unit_test(cycle_counter),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
