/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
/*
 * What the firmware sets and the virtual board does not act on, but silicon does: read back while the needle is live.
 */
#include "tests/formats/cmocka_head.h"

#include "tests/system/rig.h"
#include "vboard/chip/chip.h"
#include "vboard/cpu/core.h"

#define MPU_CTRL 0xE000ED94u /* PM0253 4.6 */
#define MPU_RNR 0xE000ED98u
#define MPU_RBAR 0xE000ED9Cu
#define MPU_RASR 0xE000EDA0u

#define C2_AHB3ENR 0x58024594u /* RM0399 9.7.39 and further */
#define C2_AHB1ENR 0x58024598u
#define ART_CTR 0x40024400u

static struct rig *live_rig(void)
{
    struct rig *r = rig_create(&(struct rig_config){.streams = &rig_oil_91, .stream_count = 1});
    rig_power(r, true);
    rig_run_until_live(r, VTIME_S(1));
    return r;
}

static uint32_t field(uint32_t value, unsigned high, unsigned low)
{
    return value >> low & ((2u << (high - low)) - 1u);
}

/* The cores share SRAM4: for the M7 it is normal memory that no cache holds, and no code (PM0253 4.6.5, 4.6.6). */
static void shared_memory(void **state)
{
    (void)state;
    struct rig *r = live_rig();
    struct cpu *m7 = board_cpu(r->board, CORE_CM7);
    assert_int_equal(cpu_ppb_read(m7, MPU_CTRL, 4), 5); /* on, and all else as without */
    cpu_ppb_write(m7, MPU_RNR, 4, 0);
    assert_int_equal(cpu_ppb_read(m7, MPU_RBAR, 4) & ~0x1Fu, 0x38000000);
    const uint32_t rasr = cpu_ppb_read(m7, MPU_RASR, 4);
    assert_int_equal(field(rasr, 0, 0), 1);   /* on */
    assert_int_equal(field(rasr, 5, 1), 15);  /* 64 KB */
    assert_int_equal(field(rasr, 15, 8), 0);  /* all of them */
    assert_int_equal(field(rasr, 17, 16), 0); /* C, B: with TEX 1 not cached */
    assert_int_equal(field(rasr, 18, 18), 1); /* shared */
    assert_int_equal(field(rasr, 21, 19), 1); /* TEX */
    assert_int_equal(field(rasr, 26, 24), 3); /* read and write */
    assert_int_equal(field(rasr, 28, 28), 1); /* XN */
    for (unsigned i = 1; i < 16; i++) {
        cpu_ppb_write(m7, MPU_RNR, 4, i);
        assert_int_equal(cpu_ppb_read(m7, MPU_RASR, 4) & 1u, 0);
    }
    rig_assert_clean(r);
    rig_destroy(r);
}

/* The ART caches the M4's bank (6.4.1), and the M4's own clocks keep its flash awake. */
static void m4_flash(void **state)
{
    (void)state;
    struct rig *r = live_rig();
    struct chip *chip = board_chip(r->board);
    assert_int_equal(chip_mmio_read(chip, C2_AHB3ENR, 4) >> 8 & 1u, 1);  /* FLASHEN */
    assert_int_equal(chip_mmio_read(chip, C2_AHB1ENR, 4) >> 14 & 1u, 1); /* ARTEN */
    const uint32_t ctr = chip_mmio_read(chip, ART_CTR, 4);
    assert_int_equal(ctr & 1u, 1);
    assert_int_equal(field(ctr, 19, 8), 0x081);
    rig_assert_clean(r);
    rig_destroy(r);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(shared_memory),
        cmocka_unit_test(m4_flash),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
