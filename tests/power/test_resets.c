/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
/*
 * Each way to be reset (RM0399 9.4, Tables 56 and 57): what the firmware's banner says of both cores, and
 * what survives. PWR_CR3 and RAM survive all but a VDD that was gone.
 */
#include "tests/formats/cmocka_head.h"
#include "tests/system/rig.h"

#include "vboard/cpu/cpu.h"

#include <stdio.h>

#define PWR_CR3 0x5802480Cu
#define AIRCR 0xE000ED0Cu
#define AIRCR_SYSRESETREQ 0x05FA0004u
#define OPTSR_BOR_2 0x17C6AAF8u /* the factory's, with BOR_LEV = 2 */
#define RAM_MARK 0x24070000u    /* AXI SRAM, which the firmware does not use */
#define BACKUP_MARK 0x38800100u
#define MARK 0xC0FFEE11u
#define LIVE_LIMIT VTIME_S(2)

/* ---- ways to be reset ---- */

static void power_cycle(struct rig *r)
{
    rig_power(r, false);
    rig_run_for(r, VTIME_MS(20));
    rig_power(r, true);
}

static void press_reset(struct rig *r)
{
    board_nrst(r->board, true);
    rig_run_for(r, VTIME_MS(20));
    board_nrst(r->board, false);
}

static void dip(struct rig *r, uint32_t mv)
{
    board_vdd(r->board, mv);
    rig_run_for(r, VTIME_MS(20));
    board_vdd(r->board, 3300);
}

static void brown_out(struct rig *r)
{
    dip(r, 2200);
}

static void power_down(struct rig *r)
{
    dip(r, 1500);
}

static void sysresetreq(struct rig *r, unsigned core)
{
    const uint32_t value = AIRCR_SYSRESETREQ;
    rig_check(cpu_write_mem(board_cpu(r->board, core), AIRCR, &value, sizeof value), "AIRCR");
}

static void software_cm7(struct rig *r)
{
    sysresetreq(r, CORE_CM7);
}

static void software_cm4(struct rig *r)
{
    sysresetreq(r, CORE_CM4);
}

static void hang_cm7(struct rig *r)
{
    cpu_hang(board_cpu(r->board, CORE_CM7));
}

static void hang_cm4(struct rig *r)
{
    cpu_hang(board_cpu(r->board, CORE_CM4));
}

/* Not modelled as peripherals: their reset requests alone. */
static void wwdg_cm7(struct rig *r)
{
    chip_request_reset(board_chip(r->board), RESET_SRC_WWDG1);
}

static void wwdg_cm4(struct rig *r)
{
    chip_request_reset(board_chip(r->board), RESET_SRC_WWDG2);
}

static void low_power_cm7(struct rig *r)
{
    chip_request_reset(board_chip(r->board), RESET_SRC_LPWR1);
}

static void low_power_cm4(struct rig *r)
{
    chip_request_reset(board_chip(r->board), RESET_SRC_LPWR2);
}

static const struct way {
    const char *name;
    void (*reset)(struct rig *r);
    const char *banner;
    bool vdd_gone;
} ways[] = {
    {"power off and on", power_cycle, "reset cm7 power-on cm4 power-on", true},
    {"VDD 1.5 V", power_down, "reset cm7 power-on cm4 power-on", true},
    {"NRST", press_reset, "reset cm7 pin cm4 pin", false},
    {"VDD 2.2 V, BOR level 2", brown_out, "reset cm7 brown-out cm4 brown-out", false},
    {"SYSRESETREQ of the CM7", software_cm7, "reset cm7 software-cm7 cm4 software-cm7", false},
    {"SYSRESETREQ of the CM4", software_cm4, "reset cm7 software-cm4 cm4 software-cm4", false},
    {"CM7 stuck", hang_cm7, "reset cm7 watchdog-cm7 cm4 watchdog-cm7", false},
    {"CM4 stuck", hang_cm4, "reset cm7 watchdog-cm4 cm4 watchdog-cm4", false},
    {"WWDG1", wwdg_cm7, "reset cm7 wwdg-cm7 cm4 wwdg-cm7", false},
    {"WWDG2", wwdg_cm4, "reset cm7 wwdg-cm4 cm4 wwdg-cm4", false},
    {"D1 forbidden to stop", low_power_cm7, "reset cm7 low-power-cm7 cm4 low-power-cm7", false},
    {"D2 forbidden to stop", low_power_cm4, "reset cm7 low-power-cm4 cm4 low-power-cm4", false},
};
#define WAYS (sizeof ways / sizeof *ways)

/* ---- looking ---- */

static uint32_t *memory(struct rig *r, uint32_t address)
{
    struct mem_region *m = chip_region(board_chip(r->board), address, MASTER_DEBUG);
    return (uint32_t *)(void *)(m->host + (address - m->base));
}

static uint32_t cr3(struct rig *r)
{
    struct chip *c = board_chip(r->board);
    c->access = (struct access){.master = MASTER_DEBUG};
    return chip_mmio_read(c, PWR_CR3, 4);
}

static void check_way(struct rig *r, const struct way *way)
{
    const vtime_ps since = rig_now(r);
    const unsigned writes = r->supply_writes;
    *memory(r, RAM_MARK) = MARK;
    *memory(r, BACKUP_MARK) = MARK;
    way->reset(r);
    const vtime_ps live = rig_run_until_live(r, since + LIVE_LIMIT + VTIME_MS(100));
    rig_check(live <= since + LIVE_LIMIT, "live after %.3f ms", (double)(live - since) * 1e-9);
    rig_check(rig_find_text(r, since, way->banner) != NULL, "the banner does not say `%s'",
              way->banner);
    /* The one write there is, and no second attempt when it still holds. */
    rig_check(r->supply_writes - writes == (way->vdd_gone ? 1 : 0), "%u writes to PWR_CR3",
              r->supply_writes - writes);
    rig_check((cr3(r) & 0x3F) == 0x04, "PWR_CR3 is 0x%X", (unsigned)cr3(r));
    /* VBAT hangs on VDD on this board: the backup SRAM goes with it. */
    rig_check((*memory(r, RAM_MARK) == MARK) == !way->vdd_gone, "RAM");
    rig_check((*memory(r, BACKUP_MARK) == MARK) == !way->vdd_gone, "backup SRAM");
}

static struct rig *make(void)
{
    struct rig *r = rig_create(&(struct rig_config){
        .streams = &rig_oil_91, .stream_count = 1, .board = {.optsr = OPTSR_BOR_2}});
    rig_power(r, true);
    rig_run_until_live(r, LIVE_LIMIT);
    return r;
}

static void each_way(void **state)
{
    (void)state;
    for (size_t i = 0; i < WAYS; i++) {
        rig_case("%s", ways[i].name);
        struct rig *r = make();
        check_way(r, &ways[i]);
        rig_assert_clean(r);
        rig_destroy(r);
    }
}

/* The flags of one reset are gone by the next: each banner names its own cause alone. */
static void one_after_the_other(void **state)
{
    (void)state;
    struct rig *r = make();
    for (size_t step = 0; step < 2 * WAYS; step++) {
        const struct way *way = &ways[step * 5 % WAYS];
        rig_case("step %zu, %s", step, way->name);
        rig_run_for(r, VTIME_MS(300));
        check_way(r, way);
    }
    rig_assert_clean(r);
    rig_destroy(r);
}

/* In brown-out the board is held; PVD thresholds above do not reset. */
static void brown_out_levels(void **state)
{
    static const struct {
        uint32_t optsr, mv;
        bool held, off;
    } levels[] = {{0x17C6AAF0, 1630, false, false}, {0x17C6AAF0, 1610, true, true},
                  {0x17C6AAF4, 2010, false, false}, {0x17C6AAF4, 1990, true, false},
                  {0x17C6AAF8, 2320, false, false}, {0x17C6AAF8, 2300, true, false},
                  {0x17C6AAFC, 2620, false, false}, {0x17C6AAFC, 2600, true, false}};
    (void)state;
    for (size_t i = 0; i < sizeof levels / sizeof *levels; i++) {
        rig_case("OPTSR 0x%X, %u mV", (unsigned)levels[i].optsr, (unsigned)levels[i].mv);
        struct rig *r = rig_create(&(struct rig_config){
            .streams = &rig_oil_91, .stream_count = 1, .board = {.optsr = levels[i].optsr}});
        rig_power(r, true);
        rig_run_until_live(r, LIVE_LIMIT);
        board_vdd(r->board, levels[i].mv);
        const size_t pulses = r->pulse_count;
        rig_run_for(r, VTIME_MS(100));
        rig_check((r->pulse_count == pulses) == levels[i].held, "%zu pulses",
                  r->pulse_count - pulses);
        assert_string_equal(board_supply_state(r->board), levels[i].off ? "off" : "ok");
        board_vdd(r->board, 3300);
        rig_run_until_live(r, rig_now(r) + LIVE_LIMIT);
        rig_check(board_resets(r->board) == (levels[i].held && !levels[i].off ? 2 : 0),
                  "%llu resets", (unsigned long long)board_resets(r->board));
        rig_destroy(r);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(each_way),
        cmocka_unit_test(one_after_the_other),
        cmocka_unit_test(brown_out_levels),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
