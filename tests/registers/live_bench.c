/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
#include "tests/registers/live_bench.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "vboard/kernel/vtime.h"

/* A write that opens a register; all that match are done in this order. A trailing * matches any
 * ending. */
struct unlock {
    const char *layout, *reg;
    const char *instance, *key;
    uint32_t value;
};

static const struct unlock unlocks[] = {
    /* CR1.DBP, RM0399 7.8.1 */
    {"rcc", "BDCR", "PWR", "CR1", 0xF000C100},
    {"pwr", "CR2", "PWR", "CR1", 0xF000C100},
    /* CR1.DBP, and the keys, RM0399 49.3.8 */
    {"rtc", "*", "PWR", "CR1", 0xF000C100},
    {"rtc", "*", "RTC", "WPR", 0xCA},
    {"rtc", "*", "RTC", "WPR", 0x53},
    /* INIT, then CCE, RM0399 59.4.1; TEST, 59.5.4 */
    {"fdcan", "*", "FDCAN1", "CCCR", 0x01},
    {"fdcan", "*", "FDCAN1", "CCCR", 0x03},
    {"fdcan", "TEST", "FDCAN1", "CCCR", 0x83},
    {"ccu", "*", "FDCAN1", "CCCR", 0x01},
    {"ccu", "*", "FDCAN1", "CCCR", 0x03},
    /* RM0399 48.3.6; updates need LSI, which only a started watchdog forces on. */
    {"iwdg", "*", "IWDG1", "KR", 0xCCCC},
    {"iwdg", "*", "IWDG1", "KR", 0x5555},
    /* JCEN, RM0399 35.5.6 */
    {"jpeg", "CONFR*", "JPEG", "CR", 1},
    /* Keys, RM0399 4.9.2, 4.9.3, 4.9.26 */
    {"flash", "CR*", "FLASH", "KEYR1", 0x45670123},
    {"flash", "CR*", "FLASH", "KEYR1", 0xCDEF89AB},
    {"flash", "CR*", "FLASH", "KEYR2", 0x45670123},
    {"flash", "CR*", "FLASH", "KEYR2", 0xCDEF89AB},
    {"flash", "*", "FLASH", "OPTKEYR", 0x08192A3B},
    {"flash", "*", "FLASH", "OPTKEYR", 0x4C5D6E7F},
    /* FHMOD, RM0399 60.14.4 */
    {"otg", "HC*", "USB1 OTG_HS", "GUSBCFG", 0x20001400},
    {"otg", "HF*", "USB1 OTG_HS", "GUSBCFG", 0x20001400},
    {"otg", "HA*", "USB1 OTG_HS", "GUSBCFG", 0x20001400},
    {"otg", "HPTXSTS", "USB1 OTG_HS", "GUSBCFG", 0x20001400},
};

/* What the slowest of them takes: FHMOD. */
#define UNLOCKED_AFTER VTIME_MS(26)

/* Sets all of RCC_C1_xxxENR (RM0399 9.7.39 to 9.7.47). */
static void open_gates(struct live_bench *b, const struct reg_table *t)
{
    uint32_t rcc = reg_table_instance(t, "RCC")->base;
    for (size_t n = 0; n < t->row_count; n++) {
        const struct reg_row *r = &t->rows[n];
        size_t length = strlen(r->name);
        if (strcmp(r->layout, "rcc") == 0 && strncmp(r->name, "C1_", 3) == 0 &&
            strcmp(r->name + length - 3, "ENR") == 0 && strstr(r->name, "LPENR") == NULL) {
            live_write(b, rcc + r->offset, reg_row_bits(r));
        }
    }
}

void live_bench_start(struct live_bench *b, const struct reg_table *t, bool gates_open)
{
    const struct chip_params params = {.seed = 1, .part = CHIP_STM32H757}; /* it has everything */
    memset(b, 0, sizeof(*b));
    supply_init(&b->supply, SUPPLY_SMPS);
    if (chip_setup(&b->chip, &params) != 0) {
        fputs("out of memory\n", stderr);
        exit(1);
    }
    b->chip.supply = &b->supply;
    b->chip.ulpi_phy = true;
    if (chip_populate(&b->chip, stm32h755_entries) != 0) {
        fputs("out of memory\n", stderr);
        exit(1);
    }
    supply_set_vdd(&b->supply, 3300, 0);
    chip_power(&b->chip, true);
    if (gates_open) {
        open_gates(b, t);
    }
    findings_clear(&b->chip.findings);
}

void live_bench_stop(struct live_bench *b)
{
    chip_teardown(&b->chip);
}

uint32_t live_read(struct live_bench *b, uint32_t address)
{
    b->chip.access.master = MASTER_CM7;
    return chip_mmio_read(&b->chip, address, 4);
}

uint32_t live_look(struct live_bench *b, uint32_t address)
{
    b->chip.access.master = MASTER_DEBUG;
    return chip_mmio_read(&b->chip, address, 4);
}

void live_write(struct live_bench *b, uint32_t address, uint32_t value)
{
    b->chip.access.master = MASTER_CM7;
    chip_mmio_write(&b->chip, address, 4, value);
}

void live_poke(struct live_bench *b, const char *instance, uint32_t offset, uint32_t bits)
{
    struct periph *p = chip_periph(&b->chip, instance);
    p->values[p->slot_at[offset / 4] - 1] |= bits;
}

void live_settle(struct live_bench *b)
{
    sched_run_until(&b->chip.sched, b->chip.sched.now + VTIME_MS(2));
}

bool live_found(struct live_bench *b, enum finding_kind kind)
{
    bool found = false;
    for (size_t n = 0; n < b->chip.findings.count && !found; n++) {
        found = b->chip.findings.list[n].kind == kind;
    }
    findings_clear(&b->chip.findings);
    return found;
}

static bool matches(const char *pattern, const char *text)
{
    size_t n = strlen(pattern);
    if (pattern[n - 1] == '*') {
        return strncmp(pattern, text, n - 1) == 0;
    }
    return strcmp(pattern, text) == 0;
}

void live_unlock(struct live_bench *b, const struct reg_table *t, const char *layout,
                 const char *reg)
{
    for (size_t n = 0; n < sizeof(unlocks) / sizeof(unlocks[0]); n++) {
        const struct unlock *u = &unlocks[n];
        if (strcmp(u->layout, layout) != 0 || !matches(u->reg, reg)) {
            continue;
        }
        const struct reg_instance *at = reg_table_instance(t, u->instance);
        live_write(b, at->base + reg_table_named(t, at->layout, u->key)->offset, u->value);
        sched_run_until(&b->chip.sched, b->chip.sched.now + UNLOCKED_AFTER);
    }
    findings_clear(&b->chip.findings);
}
