/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
/*
 * Firmware of others: ST's own templates and examples for the NUCLEO-H745ZI-Q/H755ZI-Q, built from the
 * STM32CubeH7 package. The environment variable CANDIAL_FOREIGN_IMAGES names a folder of
 * VERSION/PROJECT/cm7.elf and cm4.elf; without it all of this is skipped. What is expected of each
 * project is what its main.c says.
 */
#include "tests/formats/cmocka_head.h"
#include "tests/system/rig.h"

#include "vboard/chip/chip.h"
#include "vboard/chip/finding_text.h"
#include "vboard/cpu/cpu.h"

#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* RM0399 4.9.8: the factory's option bytes without BOOT_CM7, bit 23, or without BOOT_CM4, bit 22. */
#define OPTSR_ONLY_CM4 0x1746AAF0u
#define OPTSR_ONLY_CM7 0x1786AAF0u

/* D2's SRAMs as the CM4's code bus sees them, 288 KB (RM0399 Table 7). */
#define D2_SRAM_CODE 0x10000000u

#define RCC_C1_APB4ENR 0x58024554u
#define RCC_APB4ENR_SYSCFGEN (1u << 1)

#define FMC 0x52004000u
#define WWDG1 0x50003000u
#define SYSCFG_PWRCR 0x5800042Cu

#define VERSIONS_MAX 8
#define NAME_MAX_ 64
#define PATH_SIZE 512

static char versions[VERSIONS_MAX][NAME_MAX_];
static unsigned version_count;
static char cm7[PATH_SIZE];
static char cm4[PATH_SIZE];

static const char *folder(void)
{
    return getenv("CANDIAL_FOREIGN_IMAGES");
}

static int find_versions(void **state)
{
    (void)state;
    DIR *entries = folder() == NULL ? NULL : opendir(folder());
    struct dirent *entry;
    if (entries == NULL) {
        print_message("skipped: CANDIAL_FOREIGN_IMAGES names no folder of images\n");
        return 0;
    }
    while ((entry = readdir(entries)) != NULL) {
        char path[PATH_SIZE];
        snprintf(path, sizeof path, "%s/%.60s/BootCM4_CM7/cm7.elf", folder(), entry->d_name);
        if (entry->d_name[0] != '.' && version_count < VERSIONS_MAX && access(path, R_OK) == 0) {
            snprintf(versions[version_count++], NAME_MAX_, "%.60s", entry->d_name);
        }
    }
    closedir(entries);
    return 0;
}

/* Names an image of a project; a folder whose name is too long for it is no folder to test with. */
static void name_image(char path[PATH_SIZE], unsigned version, const char *project,
                       const char *file)
{
    const int size =
        snprintf(path, PATH_SIZE, "%s/%s/%s/%s", folder(), versions[version], project, file);
    assert_in_range(size, 1, PATH_SIZE - 1);
}

/* The board with a project's images, powered. NULL where the folder has no such project. */
static struct rig *start(unsigned version, const char *project, uint32_t optsr,
                         enum supply_wiring wiring)
{
    rig_case("%s/%s", versions[version], project);
    name_image(cm7, version, project, "cm7.elf");
    name_image(cm4, version, project, "cm4.elf");
    if (access(cm7, R_OK) != 0) {
        print_message("skipped: %s\n", cm7);
        return NULL;
    }
    struct rig *r = rig_create(
        &(struct rig_config){.cm7 = cm7, .cm4 = cm4, .board = {.optsr = optsr, .wiring = wiring}});
    rig_power(r, true);
    return r;
}

/*
 * ST's start-up code touches the FMC, its macro for the voltage scale SYSCFG_PWRCR, both without their clocks; a core without ExitRun0Mode() (it came with 1.12, and is
 * empty without a macro) uses RAM before the supply is ready. All true, and nothing else may be found.
 */
static void check_findings(const struct rig *r)
{
    const struct findings *findings = &board_chip(r->board)->findings;
    for (size_t i = 0; i < findings->count; i++) {
        const struct finding *f = &findings->list[i];
        const bool is_known =
            (f->kind == FINDING_UNCLOCKED && (f->address == FMC || f->address == SYSCFG_PWRCR)) ||
            (f->kind == FINDING_RAM_IN_RUN_STAR &&
             rig_function_size(f->master == MASTER_CM7 ? cm7 : cm4, "ExitRun0Mode") <= 2);
        rig_check(is_known, "finding: %s, pc 0x%08X: %s", finding_kind_name(f->kind),
                  (unsigned)f->pc, finding_text(board_chip(r->board), f).text);
    }
    rig_check(!board_locked_up(r->board), "a core is locked up");
    rig_check(strcmp(board_supply_state(r->board), "ok") == 0, "supply: %s",
              board_supply_state(r->board));
}

static void need_images(void)
{
    if (version_count == 0) {
        skip();
    }
}

/* ---- the templates: who starts, who waits ---- */

/* In main() and going round there. */
static void check_in_main(const struct rig *r, unsigned core, const char *elf, uint64_t before)
{
    const struct cpu *cpu = board_cpu(r->board, core);
    const uint32_t pc = cpu_get_reg(cpu, CPU_PC);
    rig_check(rig_is_in(elf, pc, "main"), "core %u at 0x%08X, not in main", core, (unsigned)pc);
    rig_check(cpu_instructions(cpu) > before + 1000000, "core %u does not run", core);
}

static void check_template(unsigned version, const char *project, uint32_t optsr,
                           enum supply_wiring wiring)
{
    struct rig *r = start(version, project, optsr, wiring);
    if (r == NULL) {
        return;
    }
    /* A core that is held waits for the other. */
    rig_run_until(r, VTIME_US(50));
    const uint64_t first[2] = {cpu_instructions(board_cpu(r->board, CORE_CM7)),
                               cpu_instructions(board_cpu(r->board, CORE_CM4))};
    rig_check((first[CORE_CM7] == 0) == (optsr == OPTSR_ONLY_CM4), "CM7 at first: %llu",
              (unsigned long long)first[CORE_CM7]);
    rig_check((first[CORE_CM4] == 0) == (optsr == OPTSR_ONLY_CM7), "CM4 at first: %llu",
              (unsigned long long)first[CORE_CM4]);
    rig_run_until(r, VTIME_MS(100));
    const uint64_t then[2] = {cpu_instructions(board_cpu(r->board, CORE_CM7)),
                              cpu_instructions(board_cpu(r->board, CORE_CM4))};
    rig_run_until(r, VTIME_MS(200));
    check_in_main(r, CORE_CM7, cm7, then[CORE_CM7]);
    check_in_main(r, CORE_CM4, cm4, then[CORE_CM4]);
    rig_check(board_resets(r->board) == 0, "a reset");
    check_findings(r);
    rig_destroy(r);
}

static void templates(void **state)
{
    (void)state;
    need_images();
    for (unsigned v = 0; v < version_count; v++) {
        check_template(v, "BootCM4_CM7", 0, SUPPLY_SMPS);
        check_template(v, "BootCM7_CM4Gated", OPTSR_ONLY_CM7, SUPPLY_SMPS);
        check_template(v, "BootCM4_CM7Gated", OPTSR_ONLY_CM4, SUPPLY_SMPS);
    }
}

/* What the project's main.c forgets (its own comment has the line, commented out): without SYSCFG's
 * clock its write to SYSCFG_UR3, the CM4's boot address, would be lost (RM0399 9.7.47). */
static void give_syscfg_clock(struct rig *r)
{
    struct chip *c = board_chip(r->board);
    c->access = (struct access){.master = MASTER_CM7, .address = RCC_C1_APB4ENR};
    chip_mmio_write(c, RCC_C1_APB4ENR, 4,
                    chip_mmio_read(c, RCC_C1_APB4ENR, 4) | RCC_APB4ENR_SYSCFGEN);
}

/* CM7 copies the CM4's program, which its own image carries, into D2's SRAM, and lets it start there. */
static void template_in_ram(void **state)
{
    (void)state;
    need_images();
    for (unsigned v = 0; v < version_count; v++) {
        rig_case("%s/BootCM7_CM4Gated_RAM", versions[v]);
        name_image(cm7, v, "BootCM7_CM4Gated_RAM", "cm7.elf");
        if (access(cm7, R_OK) != 0) {
            continue;
        }
        struct rig *r =
            rig_create(&(struct rig_config){.cm7 = cm7, .board = {.optsr = OPTSR_ONLY_CM7}});
        rig_power(r, true);
        rig_run_until(r, VTIME_US(50));
        give_syscfg_clock(r);
        rig_run_until(r, VTIME_MS(100));
        const uint64_t before = cpu_instructions(board_cpu(r->board, CORE_CM4));
        rig_run_until(r, VTIME_MS(200));
        const uint32_t pc = cpu_get_reg(board_cpu(r->board, CORE_CM4), CPU_PC);
        rig_check(pc >= D2_SRAM_CODE && pc < D2_SRAM_CODE + 0x48000, "CM4 at 0x%08X", (unsigned)pc);
        rig_check(cpu_instructions(board_cpu(r->board, CORE_CM4)) > before, "CM4 does not run");
        check_findings(r);
        rig_destroy(r);
    }
}

/* The same built for the LDO: dead on the board as it is sold, alive on one that is rewired. */
static void templates_for_ldo(void **state)
{
    (void)state;
    need_images();
    static const struct {
        const char *project;
        uint32_t optsr;
    } cases[] = {{"BootCM4_CM7_ldo", 0},
                 {"BootCM7_CM4Gated_ldo", OPTSR_ONLY_CM7},
                 {"BootCM4_CM7Gated_ldo", OPTSR_ONLY_CM4},
                 {"GPIO_EXTI_ldo", 0}};
    for (unsigned i = 0; i < version_count * 4; i++) {
        const char *project = cases[i % 4].project;
        struct rig *r = start(i / 4, project, cases[i % 4].optsr, SUPPLY_SMPS);
        if (r == NULL) {
            continue;
        }
        rig_run_until(r, VTIME_MS(20));
        rig_check(strcmp(board_supply_state(r->board), "deadlock") == 0, "supply: %s",
                  board_supply_state(r->board));
        rig_destroy(r);
        if (strcmp(project, "GPIO_EXTI_ldo") != 0) {
            check_template(i / 4, project, cases[i % 4].optsr, SUPPLY_LDO);
        }
    }
}

/* ---- LEDs in time ---- */

/* `led` changes each `every`, to 0.1 ms, and `count` times at least. The first time up to a tick less:
 * a delay begins somewhere between two ticks, and ends with one. */
static void check_toggles(const struct rig *r, enum board_led led, vtime_ps every, unsigned count)
{
    vtime_ps before = 0;
    unsigned changes = 0;
    for (size_t i = 0; i < r->led_count; i++) {
        const struct rig_led *l = &r->leds[i];
        if (l->led != led) {
            continue;
        }
        const vtime_ps since = l->at - before;
        const vtime_ps less = changes == 1 ? VTIME_MS(1) : VTIME_US(100);
        rig_check(changes == 0 || (since > every - less && since < every + VTIME_US(100)),
                  "LED %d after %.6f ms instead of %.6f", (int)led, (double)since * 1e-9,
                  (double)every * 1e-9);
        before = l->at;
        changes++;
    }
    rig_check(changes >= count, "LED %d changed %u times, not %u", (int)led, changes, count);
}

static void check_dark(const struct rig *r, enum board_led led)
{
    rig_check(rig_flashes(r, led, 0, VTIME_NEVER) == 0, "LED %d went on", (int)led);
}

static void blinking(void **state)
{
    (void)state;
    need_images();
    /* HAL_Delay(n) waits n + 1 ms. The FreeRTOS projects count ticks; their LED2 says "error". */
    static const struct {
        const char *project;
        unsigned every_ms, count;
        vtime_ps duration;
        bool leds[BOARD_LED_COUNT];
    } cases[] = {
        {"PWR_VOS0_480MHZ", 1001, 4, VTIME_MS(3100), {true, true, false}},
        {"RCC_ClockConfig", 101, 8, VTIME_MS(900), {false, true, false}},
        {"IWDG_WindowMode", 451, 4, VTIME_MS(1900), {false, true, false}},
        {"FreeRTOS_AMP_Dual_RTOS", 2000, 3, VTIME_MS(6100), {true, false, false}},
        {"FreeRTOS_AMP_RTOS_BareMetal", 500, 5, VTIME_MS(2100), {true, false, false}},
    };
    for (unsigned i = 0; i < version_count * 5; i++) {
        struct rig *r = start(i / 5, cases[i % 5].project, 0, SUPPLY_SMPS);
        if (r == NULL) {
            continue;
        }
        rig_run_until(r, cases[i % 5].duration);
        for (unsigned led = 0; led < BOARD_LED_COUNT; led++) {
            if (cases[i % 5].leds[led]) {
                check_toggles(r, (enum board_led)led, VTIME_MS(cases[i % 5].every_ms),
                              cases[i % 5].count);
            } else {
                check_dark(r, (enum board_led)led);
            }
        }
        rig_check(board_resets(r->board) == 0, "a reset");
        check_findings(r);
        rig_destroy(r);
    }
}

static void press(struct rig *r)
{
    board_button(r->board, true);
    rig_run_for(r, VTIME_MS(80));
    board_button(r->board, false);
    rig_run_for(r, VTIME_MS(80));
}

/* The button's interrupt reaches both cores: CM7 toggles LED1, CM4 LED2. */
static void button(void **state)
{
    (void)state;
    need_images();
    for (unsigned v = 0; v < version_count; v++) {
        struct rig *r = start(v, "GPIO_EXTI", 0, SUPPLY_SMPS);
        if (r == NULL) {
            continue;
        }
        rig_run_until(r, VTIME_MS(50));
        check_dark(r, BOARD_LED_GREEN);
        for (unsigned n = 1; n <= 5; n++) {
            press(r);
            rig_check(board_led(r->board, BOARD_LED_GREEN) == (n % 2 == 1), "LED1 at press %u", n);
            rig_check(board_led(r->board, BOARD_LED_YELLOW) == (n % 2 == 1), "LED2 at press %u", n);
        }
        check_findings(r);
        rig_destroy(r);
    }
}

/* Another clock for the core at each press: HAL_Delay is as long as before. */
static void clock_switch(void **state)
{
    (void)state;
    need_images();
    for (unsigned v = 0; v < version_count; v++) {
        struct rig *r = start(v, "RCC_ClockConfig", 0, SUPPLY_SMPS);
        if (r == NULL) {
            continue;
        }
        rig_run_until(r, VTIME_MS(450));
        for (unsigned n = 0; n < 3; n++) {
            press(r);
            const vtime_ps from = rig_now(r) + VTIME_MS(200);
            rig_run_until(r, from + VTIME_MS(1012));
            const unsigned flashes = rig_flashes(r, BOARD_LED_YELLOW, from, rig_now(r));
            rig_check(flashes >= 4 && flashes <= 6, "%u flashes in 1.01 s after press %u", flashes,
                      n + 1);
        }
        rig_check(board_resets(r->board) == 0, "a reset");
        check_findings(r);
        rig_destroy(r);
    }
}

/* The button makes it feed IWDG1 in the closed part of its window: a reset, told by LED2 for 4 s. */
static void window_watchdog(void **state)
{
    (void)state;
    need_images();
    for (unsigned v = 0; v < version_count; v++) {
        struct rig *r = start(v, "IWDG_WindowMode", 0, SUPPLY_SMPS);
        if (r == NULL) {
            continue;
        }
        rig_run_until(r, VTIME_S(2));
        rig_check(board_resets(r->board) == 0, "a reset before");
        press(r);
        rig_run_for(r, VTIME_S(1));
        rig_check(board_resets(r->board) == 1, "%llu resets",
                  (unsigned long long)board_resets(r->board));
        const struct rig_reset reset = r->resets[r->reset_count - 1];
        rig_check((reset.sources & 1u << RESET_SRC_IWDG1) != 0, "by 0x%X", (unsigned)reset.sources);
        rig_check(board_led(r->board, BOARD_LED_YELLOW), "LED2 is off");
        rig_run_until(r, reset.at + VTIME_MS(3990));
        rig_check(rig_flashes(r, BOARD_LED_YELLOW, reset.at, rig_now(r)) == 1, "LED2 goes off");
        rig_run_until(r, reset.at + VTIME_MS(6000));
        rig_check(rig_flashes(r, BOARD_LED_YELLOW, reset.at, rig_now(r)) >= 3, "LED2 stays");
        check_findings(r);
        rig_destroy(r);
    }
}

/* Nothing that is not modelled passes silently. */
static void not_modelled(void **state)
{
    (void)state;
    need_images();
    for (unsigned v = 0; v < version_count; v++) {
        struct rig *r = start(v, "WWDG_Example", 0, SUPPLY_SMPS);
        if (r == NULL) {
            continue;
        }
        rig_run_until(r, VTIME_MS(300));
        const struct findings *findings = &board_chip(r->board)->findings;
        bool is_named = chip_periph(board_chip(r->board), "WWDG1") != NULL; /* it may come */
        for (size_t i = 0; i < findings->count; i++) {
            is_named = is_named || findings->list[i].address - WWDG1 < 0x1000u;
        }
        rig_check(is_named, "WWDG1 is not named");
        rig_destroy(r);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(templates),
        cmocka_unit_test(template_in_ram),
        cmocka_unit_test(templates_for_ldo),
        cmocka_unit_test(blinking),
        cmocka_unit_test(button),
        cmocka_unit_test(clock_switch),
        cmocka_unit_test(window_watchdog),
        cmocka_unit_test(not_modelled),
    };
    return cmocka_run_group_tests(tests, find_versions, NULL);
}
