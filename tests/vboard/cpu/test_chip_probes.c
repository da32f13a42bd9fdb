/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
/* Programs on the whole board: what registers with conditions read, and how two cores meet at HSEM. */
#include <stdio.h>
#include <stdlib.h>

#include "tests/vboard/cpu/rig.h"
#include "vboard/boards/board.h"
#include "vboard/cpu/cpu.h"

#define ANSWERS 0x3800F000u
#define DONE 0x3800FFFCu

static void load(struct board *b, const char *name, uint32_t address)
{
    static uint8_t bytes[0x10000];
    char path[512];
    snprintf(path, sizeof path, "%s/%s.bin", CPU_PROGRAMS, name);
    FILE *f = fopen(path, "rb");
    assert_non_null(f);
    size_t n = fread(bytes, 1, sizeof bytes, f);
    fclose(f);
    assert_true(n > 0);
    assert_int_equal(board_load(b, address, bytes, n), 0);
}

static struct board *create(uint32_t boot4)
{
    const char *error = NULL;
    struct board *b = board_create(
        &(struct board_config){.engine = getenv("CANDIAL_ENGINE"), .boot4 = boot4}, &error);
    assert_non_null(b);
    return b;
}

static struct board *run(const char *m7, const char *m4, vtime_ps until)
{
    struct board *b = create(0);
    load(b, m7, 0x08000000);
    load(b, m4, 0x08100000);
    board_power(b, true);
    board_run_until(b, until);
    return b;
}

static uint32_t word(struct board *b, uint32_t address)
{
    uint32_t value = 0;
    cpu_read_mem(board_cpu(b, CORE_CM7), address, &value, sizeof value);
    return value;
}

/* All RM0399 Rev 4. */
static const struct {
    const char *what;
    uint32_t right;
} answers[] = {
    {"TIM3_CCMR1: CC1S while CC1E is 1", 0},     /* 41.4.7 */
    {"UG with UDIS: CNT 0, no UIF", 0},          /* 41.4.1 */
    {"UG with URS: no UIF", 0},                  /* 41.4.1 */
    {"ARR 0: the counter is blocked", 0},        /* 41.4.12 */
    {"PSC is buffered", 1},                      /* 41.4.11 */
    {"OPM clears CEN", 8},                       /* 41.4.1 */
    {"GPIOB_LCKR: locked", 0x10020},             /* 12.4.8 */
    {"MODER then", 1},                           /* 12.3.7 */
    {"but not BSRR", 1},                         /* 12.3.7 */
    {"HSEM_R5 taken in two steps", 1},           /* 11.3.2 */
    {"released by nobody else", 1},              /* 11.3.3 */
    {"released", 0},                             /* 11.4.1 */
    {"HSEM_RLR6: taken in one step", 1},         /* 11.3.2 */
    {"HSION while HSI is used", 5},              /* 9.7.2 */
    {"SWS: HSE is not ready", 0},                /* 9.7.7 */
    {"RMVF", 0},                                 /* 9.7.39 */
    {"PWR_CR2 without DBP", 0},                  /* 7.4.4 */
    {"RTCSEL again", 2},                         /* 9.7.38 */
    {"RTCSEL after BDRST", 1},                   /* 9.7.38 */
    {"HSIDIV while PLL1 has HSI", 0},            /* 9.7.2 */
    {"PLL1DIVR while PLL1 is on", 0x01010263},   /* 9.7.12 */
    {"IWDG_PR without the key", 0},              /* 49.4.1 */
    {"IWDG_SR: PVU", 1},                         /* 49.4.4 */
    {"SWIER1, masked", 0},                       /* 21.6.4 */
    {"SWIER1", 4},                               /* 21.6.4 */
    {"both cleared by PR1", 0},                  /* 21.6.4 */
    {"TXBAR while CCE is 1", 0},                 /* 59.5.35 */
    {"CCE goes with INIT", 0},                   /* 59.5.6 */
    {"NBTP without CCE", 0x06000A03},            /* 59.5.7 */
    {"flash store without PG: PGSERR", 1 << 18}, /* 4.7.3 */
    {"cleared", 0},                              /* 4.9.7 */
    {"half a flash word: WBNE", 2},              /* 4.3.9 */
    {"another flash word: INCERR", 1 << 21},     /* 4.7.6 */
    {"USART3_ISR: TXE, TC", 0xC0},               /* 51.8.9 */
    {"BRR while UE is 1", 555},                  /* 51.8.6 */
};
#define ANSWER_COUNT (sizeof answers / sizeof answers[0])

static unsigned wrong_answers(struct board *b, const char *core)
{
    unsigned wrong = word(b, DONE) != 0x600D;
    for (uint32_t i = 0; i < ANSWER_COUNT; i++) {
        uint32_t got = word(b, ANSWERS + 4 * i);
        if (got != answers[i].right) {
            print_error("%s, %s: 0x%x, not 0x%x\n", core, answers[i].what, (unsigned)got,
                        (unsigned)answers[i].right);
            wrong++;
        }
    }
    return wrong;
}

static void registers_with_conditions(void **state)
{
    (void)state;
    struct board *b = run("probe_chip_m7", "doze_m4", VTIME_MS(40));
    assert_int_equal(wrong_answers(b, "M7"), 0);
    board_destroy(b);
    b = run("doze_m7", "probe_chip_m4", VTIME_MS(40));
    assert_int_equal(wrong_answers(b, "M4"), 0);
    board_destroy(b);
}

/* RM0399 2.3.2, Table 6: at 0 the CM4 sees what it has started from, the CM7 its ITCM. */
static void boot_memory_is_seen_at_0(void **state)
{
    (void)state;
    static const uint32_t starts[] = {0x08100000, 0x08180000, 0x10000000};
    for (size_t i = 0; i < sizeof starts / sizeof starts[0]; i++) {
        struct board *b = create(0x10000000u | starts[i] >> 16);
        load(b, "doze_m7", 0x08000000);
        load(b, "doze_m4", 0x08100000);
        load(b, "probe_chip_m4", 0x08180000);
        board_power(b, true);
        board_run_until(b, VTIME_MS(1));
        uint32_t at_0[2];
        uint32_t there[2];
        assert_true(cpu_read_mem(board_cpu(b, CORE_CM4), 0x100, at_0, sizeof at_0));
        assert_true(cpu_read_mem(board_cpu(b, CORE_CM4), starts[i] + 0x100, there, sizeof there));
        assert_memory_equal(at_0, there, sizeof at_0);
        assert_true(cpu_read_mem(board_cpu(b, CORE_CM7), 0x100, at_0, sizeof at_0));
        assert_memory_not_equal(at_0, there, sizeof at_0);
        board_destroy(b);
    }
}

static void a_short_hold_is_seen(void **state)
{
    (void)state;
    if (!rig_is_exact()) { /* its cores take turns of 1 us */
        skip();
    }
    struct board *b = run("core_sync_m7", "core_sync_m4", VTIME_MS(20));
    assert_int_equal(word(b, ANSWERS), 100);
    assert_int_equal(word(b, ANSWERS + 8), 0x600D);
    board_destroy(b);
}

static void a_short_change_is_seen(void **state)
{
    (void)state;
    if (!rig_is_exact()) {
        skip();
    }
    struct rig *r = rig_create(&(struct rig_options){.m7 = "blink_m7", .m4 = "blink_m4"});
    rig_run(r, VTIME_MS(5));
    RIG_EXPECT(r, CORE_CM7, 100);
    RIG_EXPECT(r, CORE_CM4, 100);
    rig_destroy(r);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(registers_with_conditions),
        cmocka_unit_test(boot_memory_is_seen_at_0),
        cmocka_unit_test(a_short_hold_is_seen),
        cmocka_unit_test(a_short_change_is_seen),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
