/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
#include "check/judge.h"
#include "check/project.h"
#include "check/timers.h"

#include "formats/ioc/ioc.h"
#include "vboard/chip/clock_ids.h"
#include "vboard/kernel/supply.h"

#include <stdio.h>
#include <string.h>

#define PWR_CR3 0x5802480Cu
#define RCC_D2CCIP1R 0x58024450u
#define FDCAN_BASE(instance) (0x4000A000u + 0x400u * ((instance)-1u))
#define NBTP 0x1Cu
#define RXF0C 0xA0u

/* Measured on a NUCLEO-H755ZI-Q under direct SMPS with VOS0. */
#define VOS0_MV 1509u

/* A project's settings take effect at every power-on. */
static const struct check_boot power_on = {.history = CHECK_FRESH, .start = CHECK_POWER_ON};

static struct check_item *add(struct check_report *r, enum check_kind kind, uint32_t address,
                              unsigned line)
{
    struct check_item *item = check_add_at(r, &power_on, kind, CORE_CM7, 0, address);
    if (item != NULL) {
        item->has_core = false;
        item->line = line;
    }
    return item;
}

/* ---- supply ---- */

/* What feeds VCORE with that selection on that wiring: nothing, where they do not fit (UM2408 Table 10). */
static bool fits(unsigned wiring, uint32_t cr3)
{
    static const uint32_t right[] = {[SUPPLY_SMPS] = 0x04,
                                     [SUPPLY_LDO] = 0x02,
                                     [SUPPLY_SMPS_LDO] = 0x16,
                                     [SUPPLY_BYPASS] = 0x01};
    return cr3 == right[wiring] || (wiring == SUPPLY_SMPS_LDO && cr3 == 0x26);
}

static void judge_supply(struct check_report *r, const struct check_project *p)
{
    unsigned wiring = r->config->board.wiring;
    if (p->cr3 == 0) {
        add(r, CHECK_SUPPLY_NOT_NAMED, 0, 0);
        return;
    }
    if (p->default_supply) {
        add(r, CHECK_SUPPLY_DEFAULT, 0, 0);
    }
    if (!fits(wiring, p->cr3)) {
        struct check_item *item = add(r, CHECK_VCORE_LOST, PWR_CR3, p->supply_line);
        item->has_value = true;
        item->value = p->cr3;
        item->finding.data.cr3 = (uint8_t)p->cr3;
    }
    if (p->scale == 0 && wiring == SUPPLY_SMPS && p->cr3 == 0x04) {
        struct check_item *item = add(r, CHECK_OVERVOLTAGE_VOS0, 0, p->scale_line);
        item->finding = (struct finding){.code = FOUND_OVERVOLTAGE_VOS0,
                                         .kind = FINDING_OVERVOLTAGE,
                                         .data = {.cr3 = 0x04, .mv = VOS0_MV}};
    }
}

/* ---- clocks ---- */

/* The scale that limits the clocks: VOS0 exists only where an LDO feeds VCORE. */
static unsigned scale_of(const struct check_report *r, const struct check_project *p)
{
    unsigned best = r->config->board.wiring == SUPPLY_SMPS ? 1 : 0;
    return p->scale > (int)best ? (unsigned)p->scale : best;
}

/* Up to 64 MHz, what all buses have at reset, is no finding; 1 % of grace (both as the chip's model). */
static bool is_too_fast(const struct project_clock *c, unsigned scale)
{
    uint64_t max_hz = c->max_mhz[scale] * UINT64_C(1000000);
    max_hz = max_hz < UINT64_C(64000000) ? UINT64_C(64000000) : max_hz;
    return c->hz > max_hz + max_hz / 100;
}

static void judge_clocks(struct check_report *r, const struct check_project *p)
{
    unsigned scale = scale_of(r, p);
    struct check_item *item = NULL;
    for (size_t i = 0; i < p->clock_count; i++) {
        const struct project_clock *c = &p->clocks[i];
        if (!is_too_fast(c, scale)) {
            continue;
        }
        item = item != NULL ? item : add(r, CHECK_OVERCLOCK, 0, c->line);
        check_add_member(item, &(struct check_member){.what = c->id,
                                                      .khz = (uint32_t)(c->hz / 1000),
                                                      .high_mhz = c->max_mhz[scale],
                                                      .vos = scale});
    }
}

/* ---- peripherals ---- */

static void judge_timers(struct check_report *r, const struct check_project *p)
{
    for (size_t i = 0; i < p->pwm_count; i++) {
        if (check_pwm_reckoned_hz(&p->pwms[i]) != 0) {
            struct check_item *item = add(r, CHECK_PWM_PERIOD, 0, p->pwm_lines[i]);
            if (item != NULL) {
                item->pwm = p->pwms[i];
                item->remedy = check_pwm_right_psc(&p->pwms[i]) >= 0;
            }
        }
    }
}

/* Within 0.5 %, which is what two nodes may be apart. */
static bool is_usual(uint32_t bit_rate)
{
    static const uint32_t rates[] = {1000000, 800000, 500000, 250000, 125000, 100000,
                                     95238,   83333,  50000,  47619,  33333};
    for (size_t i = 0; i < sizeof rates / sizeof *rates; i++) {
        if (bit_rate > rates[i] - rates[i] / 200 && bit_rate < rates[i] + rates[i] / 200) {
            return true;
        }
    }
    return false;
}

static void judge_can(struct check_report *r, const struct project_can *c)
{
    struct check_item *item;
    if (c->kernel_hz != 0 && c->pclk_hz != 0 && c->kernel_hz >= c->pclk_hz) {
        item = add(r, CHECK_CAN_CLOCK, RCC_D2CCIP1R, c->line);
        if (item != NULL) { /* the second instance has the same clock */
            item->can = c;
        }
    }
    if (c->bit_rate != 0 && !is_usual(c->bit_rate)) {
        item = add(r, CHECK_CAN_RATE, FDCAN_BASE(c->instance) + NBTP, c->line);
        item->can = c;
    }
    if (c->rx_elements == 0) {
        item = add(r, CHECK_CAN_DEAF, FDCAN_BASE(c->instance) + RXF0C, c->line);
        item->can = c;
    }
}

/* ---- pins ---- */

/* "FDCAN1" of the signal "FDCAN1_RX", "TIM2" of "S_TIM2_CH1_ETR". */
static bool peripheral_of(const char *signal, char *name, size_t size)
{
    signal += strncmp(signal, "S_", 2) == 0 ? 2 : 0;
    size_t length = strcspn(signal, "_");
    if (signal[length] != '_' || length >= size || strncmp(signal, "GPIO", 4) == 0) {
        return false;
    }
    snprintf(name, size, "%.*s", (int)length, signal);
    return true;
}

static const char *core_named(const char *context)
{
    return context == NULL                    ? NULL
           : strcmp(context, "CortexM7") == 0 ? "CM7"
           : strcmp(context, "CortexM4") == 0 ? "CM4"
                                              : NULL;
}

static bool is_set_up_by(const struct ioc *ioc, const char *list, const char *peripheral)
{
    char wanted[24];
    const char *ips = ioc_get(ioc, list, NULL);
    snprintf(wanted, sizeof wanted, "%s:I", peripheral);
    for (const char *at = ips == NULL ? NULL : strstr(ips, wanted); at != NULL;
         at = strstr(at + 1, wanted)) {
        char end = at[strlen(wanted)];
        if ((at == ips || at[-1] == ',') && (end == ',' || end == '\0')) {
            return true;
        }
    }
    return false;
}

static void judge_pin(struct check_report *r, const struct check_project *p, const char *pin,
                      const char *signal, unsigned line)
{
    char key[64];
    char peripheral[16];
    snprintf(key, sizeof key, "%s.PinAttribute", pin);
    const char *core = core_named(ioc_get(p->ioc, key, NULL));
    if (core == NULL || !peripheral_of(signal, peripheral, sizeof peripheral)) {
        return;
    }
    bool by_cm7 = is_set_up_by(p->ioc, "CortexM7.IPs", peripheral);
    bool by_cm4 = is_set_up_by(p->ioc, "CortexM4.IPs", peripheral);
    const char *of = by_cm7 ? "CM7" : "CM4";
    if (by_cm7 == by_cm4 || strcmp(of, core) == 0) {
        return;
    }
    struct check_item *item = check_add_at(r, &power_on, CHECK_OWNER_SPLIT, CORE_CM7, line, 0);
    if (item != NULL) {
        item->has_core = false;
        item->pc = 0;
        item->line = line;
        item->of = of;
        item->pin_of = core;
        snprintf(item->pin, sizeof item->pin, "%.*s", (int)strcspn(pin, " "), pin);
        memcpy(item->peripheral, peripheral, sizeof peripheral);
    }
}

static void judge_pins(struct check_report *r, const struct check_project *p)
{
    struct ioc_entry e;
    for (size_t i = 0; ioc_entry(p->ioc, i, &e); i++) {
        const char *dot = strrchr(e.key, '.');
        if (e.key[0] == 'P' && dot != NULL && strcmp(dot, ".Signal") == 0) {
            char pin[40];
            snprintf(pin, sizeof pin, "%.*s", (int)(dot - e.key), e.key);
            judge_pin(r, p, pin, e.value, e.line);
        }
    }
}

void check_project_judge(struct check_report *r)
{
    const struct check_project *p = r->config->project;
    judge_supply(r, p);
    judge_clocks(r, p);
    judge_timers(r, p);
    for (size_t i = 0; i < p->can_count; i++) {
        judge_can(r, &p->cans[i]);
    }
    judge_pins(r, p);
    check_sort(r);
}
