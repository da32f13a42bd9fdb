/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
/* What a project's file says. Keys as CubeMX 6.2 to 6.17 writes them. */
#include "check/project.h"

#include "formats/ioc/ioc.h"
#include "vboard/chip/clock_ids.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* RM0399 Table 33: the low byte of PWR_CR3, by HAL's names. */
static const struct {
    const char *name;
    uint32_t cr3;
} supplies[] = {{"PWR_LDO_SUPPLY", 0x02},
                {"PWR_DIRECT_SMPS_SUPPLY", 0x04},
                {"PWR_SMPS_1V8_SUPPLIES_LDO", 0x16},
                {"PWR_SMPS_2V5_SUPPLIES_LDO", 0x26},
                {"PWR_SMPS_1V8_SUPPLIES_EXT_AND_LDO", 0x1E},
                {"PWR_SMPS_2V5_SUPPLIES_EXT_AND_LDO", 0x2E},
                {"PWR_SMPS_1V8_SUPPLIES_EXT", 0x1D},
                {"PWR_SMPS_2V5_SUPPLIES_EXT", 0x2D},
                {"PWR_EXTERNAL_SOURCE_SUPPLY", 0x01}};

/* Cores, buses and timers: data sheet DS12923 (as quoted for the chip's model); FDCAN: RM0399 Table 62. */
static const struct {
    const char *key;
    enum clock_id id;
    uint32_t max_mhz[4];
} clocks[] = {{"RCC.CpuClockFreq_Value", CLK_CPU1, {480, 400, 300, 200}},
              {"RCC.AXIClockFreq_Value", CLK_AXI, {240, 200, 150, 100}},
              {"RCC.APB1Freq_Value", CLK_PCLK1, {120, 100, 75, 50}},
              {"RCC.APB2Freq_Value", CLK_PCLK2, {120, 100, 75, 50}},
              {"RCC.APB3Freq_Value", CLK_PCLK3, {120, 100, 75, 50}},
              {"RCC.APB4Freq_Value", CLK_PCLK4, {120, 100, 75, 50}},
              {"RCC.Tim1OutputFreq_Value", CLK_TIMX, {240, 200, 150, 100}},
              {"RCC.Tim2OutputFreq_Value", CLK_TIMY, {240, 200, 150, 100}},
              {"RCC.FDCANFreq_Value", CLK_FDCAN, {125, 100, 75, 50}}};

/* ---- which core ---- */

/* Is `name` in the list "TIM2\:I,TIM5"? With `initializes` only where ":I" says that this core sets it up. */
static bool lists(const char *list, const char *name, bool initializes)
{
    size_t length = strlen(name);
    for (const char *at = list; at != NULL && *at != '\0';) {
        size_t part = strcspn(at, ",");
        bool same = strncmp(at, name, length) == 0 && (length == part || at[length] == ':');
        if (same && (!initializes || at[part - 1] == 'I')) {
            return true;
        }
        at += part + (at[part] == ',' ? 1 : 0);
    }
    return false;
}

static const char *owner_of(const struct ioc *ioc, const char *peripheral)
{
    bool cm7 = lists(ioc_get(ioc, "CortexM7.IPs", NULL), peripheral, true);
    bool cm4 = lists(ioc_get(ioc, "CortexM4.IPs", NULL), peripheral, true);
    return cm7 && cm4 ? "both" : cm7 ? "CM7" : cm4 ? "CM4" : NULL;
}

/* ---- supply and clocks ---- */

static void read_supply(struct check_project *p)
{
    const char *scale = ioc_get(p->ioc, "RCC.PWR_Regulator_Voltage_Scale", &p->scale_line);
    p->supply = ioc_get(p->ioc, "RCC.SupplySource", &p->supply_line);
    p->scale = -1;
    if (scale != NULL && sscanf(scale, "PWR_REGULATOR_VOLTAGE_SCALE%d", &p->scale) == 1 &&
        (p->scale < 0 || p->scale > 3)) {
        p->scale = -1;
    }
    for (size_t i = 0; p->supply != NULL && i < sizeof supplies / sizeof *supplies; i++) {
        if (strcmp(p->supply, supplies[i].name) == 0) {
            p->cr3 = supplies[i].cr3;
        }
    }
    if (p->supply == NULL) {
        /* Seen in what 6.16.1 and 6.17.0 generate for the H745 and H747; older ones are not known. */
        unsigned major = 0;
        unsigned minor = 0;
        bool newer = p->version != NULL && sscanf(p->version, "%u.%u", &major, &minor) == 2 &&
                     (major > 6 || (major == 6 && minor >= 16));
        p->default_supply = newer;
        p->cr3 = newer ? 0x04 : 0;
    }
}

static void read_clocks(struct check_project *p)
{
    for (size_t i = 0; i < sizeof clocks / sizeof *clocks; i++) {
        struct project_clock c = {.id = clocks[i].id};
        if (ioc_number(p->ioc, clocks[i].key, &c.hz, &c.line) &&
            (clocks[i].id != CLK_FDCAN || p->can_count > 0)) {
            memcpy(c.max_mhz, clocks[i].max_mhz, sizeof c.max_mhz);
            p->clocks[p->clock_count++] = c;
        }
    }
}

/* ---- timers ---- */

static bool has_pwm(const struct ioc *ioc, const char *timer)
{
    struct ioc_entry e;
    char prefix[24];
    snprintf(prefix, sizeof prefix, "SH.S_%s_CH", timer);
    for (size_t i = 0; ioc_entry(ioc, i, &e); i++) {
        if (strncmp(e.key, prefix, strlen(prefix)) == 0 && strstr(e.value, "PWM Gen") != NULL) {
            return true;
        }
    }
    return false;
}

static void read_timer(struct check_project *p, const char *timer, const char *clock_key, bool wide)
{
    char key[48];
    uint64_t psc = 0;
    uint64_t arr = wide ? UINT32_MAX : UINT16_MAX; /* as CubeMX leaves them */
    uint64_t hz;
    unsigned line = 0;
    if (!has_pwm(p->ioc, timer) || !ioc_number(p->ioc, clock_key, &hz, NULL) ||
        p->pwm_count == CHECK_PWMS) {
        return;
    }
    snprintf(key, sizeof key, "%s.Period", timer);
    ioc_number(p->ioc, key, &arr, &line);
    snprintf(key, sizeof key, "%s.Prescaler", timer);
    ioc_number(p->ioc, key, &psc, &line);
    p->pwms[p->pwm_count] = (struct check_pwm){
        .timer = timer, .psc = (uint32_t)psc, .arr = (uint32_t)arr, .clock_hz = hz};
    p->pwm_owners[p->pwm_count] = owner_of(p->ioc, timer);
    p->pwm_lines[p->pwm_count++] = line;
}

/* APB1's and APB2's timers: RM0399 Table 7. */
static void read_timers(struct check_project *p)
{
    static const struct {
        const char *name;
        bool apb1, wide;
    } timers[] = {{"TIM1", false, false},  {"TIM2", true, true},    {"TIM3", true, false},
                  {"TIM4", true, false},   {"TIM5", true, true},    {"TIM8", false, false},
                  {"TIM12", true, false},  {"TIM13", true, false},  {"TIM14", true, false},
                  {"TIM15", false, false}, {"TIM16", false, false}, {"TIM17", false, false}};
    for (size_t i = 0; i < sizeof timers / sizeof *timers; i++) {
        read_timer(p, timers[i].name,
                   timers[i].apb1 ? "RCC.Tim1OutputFreq_Value" : "RCC.Tim2OutputFreq_Value",
                   timers[i].wide);
    }
}

/* ---- FDCAN ---- */

static uint32_t can_number(const struct check_project *p, unsigned instance, const char *name,
                           unsigned *line)
{
    char key[48];
    uint64_t value = 0;
    snprintf(key, sizeof key, "FDCAN%u.%s", instance, name);
    ioc_number(p->ioc, key, &value, line);
    return (uint32_t)value;
}

/* The bit rate needs all three: what CubeMX takes for one that is not stated differs by version. */
static void read_timing(const struct check_project *p, struct project_can *c)
{
    c->prescaler = can_number(p, c->instance, "NominalPrescaler", &c->line);
    c->seg1 = can_number(p, c->instance, "NominalTimeSeg1", &c->line);
    c->seg2 = can_number(p, c->instance, "NominalTimeSeg2", &c->line);
    if (c->prescaler != 0 && c->seg1 != 0 && c->seg2 != 0) {
        uint64_t quanta = UINT64_C(1) + c->seg1 + c->seg2;
        c->bit_rate =
            (uint32_t)((c->kernel_hz + quanta * c->prescaler / 2) / (quanta * c->prescaler));
        c->sample_permille = (uint32_t)((1000 * (UINT64_C(1) + c->seg1) + quanta / 2) / quanta);
    } else {
        c->bit_rate = can_number(p, c->instance, "CalculateBaudRateNominal", &c->line);
    }
}

static void read_can(struct check_project *p, unsigned instance)
{
    struct project_can c = {.instance = instance};
    char name[16];
    snprintf(name, sizeof name, "FDCAN%u", instance);
    c.owner = owner_of(p->ioc, name);
    if (c.owner == NULL) {
        return;
    }
    ioc_number(p->ioc, "RCC.FDCANFreq_Value", &c.kernel_hz, &c.line);
    ioc_number(p->ioc, "RCC.APB1Freq_Value", &c.pclk_hz, NULL);
    read_timing(p, &c);
    c.rx_elements = can_number(p, instance, "RxFifo0ElmtsNbr", NULL) +
                    can_number(p, instance, "RxFifo1ElmtsNbr", NULL) +
                    can_number(p, instance, "RxBuffersNbr", NULL);
    p->cans[p->can_count++] = c;
}

/* ---- all ---- */

static bool is_dual_core(const char *part)
{
    static const char *const parts[] = {"STM32H745", "STM32H747", "STM32H755", "STM32H757"};
    for (size_t i = 0; i < sizeof parts / sizeof *parts; i++) {
        if (strncmp(part, parts[i], strlen(parts[i])) == 0) {
            return true;
        }
    }
    return false;
}

bool check_project_open(struct check_project *p, const char *path, char *error, size_t size)
{
    *p = (struct check_project){.ioc = ioc_open(path, error, size)};
    if (p->ioc == NULL) {
        return false;
    }
    p->part = ioc_get(p->ioc, "Mcu.Name", NULL);
    p->board = ioc_get(p->ioc, "board", NULL);
    p->version = ioc_get(p->ioc, "MxCube.Version", NULL);
    if (!is_dual_core(p->part)) {
        snprintf(error, size, "%s: is for %s: give a project for STM32H745, H747, H755 or H757",
                 path, p->part);
        check_project_free(p);
        return false;
    }
    read_can(p, 1);
    read_can(p, 2);
    read_supply(p);
    read_clocks(p);
    read_timers(p);
    if (p->supply != NULL && p->cr3 == 0) {
        snprintf(error, size, "%s:%u: RCC.SupplySource=%s: no supply that is known", path,
                 p->supply_line, p->supply);
        check_project_free(p);
        return false;
    }
    return true;
}

void check_project_free(struct check_project *p)
{
    ioc_free(p->ioc);
    p->ioc = NULL;
}
