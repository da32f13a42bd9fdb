/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
#include "check/judge.h"

#include "check/advice.h"
#include "check/timers.h"

#include <stdio.h>
#include <string.h>

#define PWR_CR3 0x5802480Cu
#define WWDG1_CR 0x50003000u
#define WWDG2_CR 0x40002C00u
#define RESET_WATCHDOGS                                                                            \
    (1u << RESET_SRC_IWDG1 | 1u << RESET_SRC_IWDG2 | 1u << RESET_SRC_WWDG1 | 1u << RESET_SRC_WWDG2)

/* Appends "A, B" to a list of names; false if there is no room or it is there already. */
static bool list_add(char *list, size_t size, const char *name)
{
    size_t length = strlen(list);
    const char *found = strstr(list, name);
    if (found != NULL || length + strlen(name) + 8 > size) {
        return false;
    }
    snprintf(list + length, size - length, "%s%s", length == 0 ? "" : ", ", name);
    return true;
}

/* "USART3" out of "USART3_BRR" or "RTC+0x0C". */
static void peripheral_of(uint32_t address, char *text, size_t size)
{
    check_register(address, text, size);
    text[strcspn(text, "_+")] = '\0';
}

static void note_peripherals(struct check_report *report, const struct check_boot *s,
                             enum finding_kind kind, const char *name, const char *what)
{
    char list[120] = "";
    for (size_t i = 0; i < s->finding_count; i++) {
        char peripheral[40];
        if (s->findings[i].kind == kind) {
            peripheral_of(s->findings[i].address, peripheral, sizeof peripheral);
        }
        if (s->findings[i].kind == kind && strncmp(peripheral, "WWDG", 4) != 0) {
            list_add(list, sizeof list, peripheral);
        }
    }
    struct check_item *item = list[0] == '\0' ? NULL : check_add(report, s, CHECK_NOTE, name);
    if (item != NULL) {
        snprintf(item->text, sizeof item->text, "%s: %s%s", what, list,
                 strcmp(list, "SYSCFG") == 0 ? " (ST's start-up does so)" : "");
    }
}

/* ---- supply ---- */

static void note_refused(struct check_report *report, const struct check_boot *s)
{
    for (size_t i = 0; i < s->finding_count && check_is_power_on(s); i++) {
        const struct finding *f = &s->findings[i];
        if (f->kind != FINDING_BEHAVIOUR || f->address != PWR_CR3) {
            continue;
        }
        enum core core = f->master == MASTER_CM4 ? CORE_CM4 : CORE_CM7;
        struct check_item *item =
            check_add_at(report, s, CHECK_NOTE, "supply-refused", core, f->pc, f->address);
        const char *name = check_supply_name(f->value);
        if (item != NULL) {
            item->has_value = true;
            item->value = f->value;
            snprintf(item->text, sizeof item->text, "%s: refused%s",
                     name != NULL ? name : "no legal selection",
                     name != NULL ? ", only because the supply had been selected before" : "");
        }
    }
}

static void note_run_star(struct check_report *report, const struct check_boot *s)
{
    if (!s->ram_before_supply || s->start != CHECK_POWER_ON || s->write_count == 0) {
        return;
    }
    struct check_item *item = check_add(report, s, CHECK_NOTE, "ram-write-in-run-star");
    if (item != NULL) {
        snprintf(
            item->text, sizeof item->text,
            "RAM is written before the supply is selected: RM0399 7.4.1 forbids it, ST's start-up "
            "did so up to CubeH7 1.11");
    }
}

static void note_no_supply(struct check_report *report, const struct check_boot *s)
{
    if (s->start != CHECK_POWER_ON || s->write_count > 0 || s->core[CORE_CM7].empty) {
        return;
    }
    struct check_item *item = check_add(report, s, CHECK_NOTE, "no-supply");
    if (item != NULL) {
        snprintf(item->text, sizeof item->text,
                 "PWR_CR3 is never written: the board stays in Run* at VOS3, where RM0399 7.4.1 "
                 "forbids RAM writes");
    }
}

/* HAL's examples and CubeMX end here when a driver refuses. */
static void note_error_handler(struct check_report *report, const struct check_boot *s)
{
    for (unsigned core = 0; core < CORE_COUNT && check_is_power_on(s); core++) {
        const struct check_core *c = &s->core[core];
        bool ends_there = c->place != NULL && strcmp(c->place, "Error_Handler") == 0;
        struct check_item *item =
            ends_there ? check_add(report, s, CHECK_NOTE, "error-handler") : NULL;
        if (item != NULL) {
            snprintf(item->text, sizeof item->text, "the %s ends in Error_Handler%s",
                     core == CORE_CM7 ? "CM7" : "CM4",
                     core == CORE_CM7 && s->core[CORE_CM4].empty
                         ? ": most likely it waited for the CM4 (D2CKRDY), which has no image"
                         : "");
        }
    }
}

/* ---- cores, watchdogs, pins, timers ---- */

static void note_empty(struct check_report *report, const struct check_boot *s)
{
    for (unsigned core = 0; core < CORE_COUNT; core++) {
        struct check_item *item = NULL;
        if (s->core[core].empty && s->core[core].state != CHECK_HELD) {
            item = check_add(report, s, CHECK_NOTE, core == CORE_CM7 ? "no-cm7" : "no-cm4");
        }
        if (item != NULL) {
            snprintf(item->text, sizeof item->text,
                     "no image for the %s: it fetches from erased flash and locks up, harmlessly",
                     core == CORE_CM7 ? "CM7" : "CM4");
        }
    }
}

static void note_options(struct check_report *report, const struct check_boot *s)
{
    struct check_item *item =
        s->options_changed ? check_add(report, s, CHECK_NOTE, "option-bytes") : NULL;
    if (item != NULL) {
        snprintf(item->text, sizeof item->text, "it changes the option bytes");
    }
}

static void note_watchdog(struct check_report *report, const struct check_boot *s)
{
    static const char *const names[] = {"IWDG1", "IWDG2", "WWDG1", "WWDG2"};
    for (unsigned i = 0; i < 4 && (s->reset_sources & RESET_WATCHDOGS) != 0; i++) {
        if ((s->reset_sources >> (RESET_SRC_IWDG1 + i) & 1u) == 0) {
            continue;
        }
        struct check_item *item = check_add(report, s, CHECK_NOTE, "watchdog");
        if (item != NULL) {
            snprintf(item->text, sizeof item->text,
                     "%s resets the board %u times in a start: nobody feeds it", names[i],
                     (unsigned)s->resets);
        }
    }
}

static void note_window_watchdog(struct check_report *report, const struct check_boot *s)
{
    for (size_t i = 0; i < s->finding_count; i++) {
        const struct finding *f = &s->findings[i];
        bool starts = f->kind == FINDING_UNMODELLED && f->write &&
                      (f->address == WWDG1_CR || f->address == WWDG2_CR);
        struct check_item *item =
            starts ? check_add(report, s, CHECK_NOTE, "window-watchdog") : NULL;
        if (item != NULL) {
            snprintf(item->text, sizeof item->text,
                     "WWDG%c is started and not modelled: whether it is fed in time is not known",
                     f->address == WWDG1_CR ? '1' : '2');
        }
    }
}

static void note_pins(struct check_report *report, const struct check_boot *s)
{
    char list[100] = "";
    for (unsigned port = 0; port < 11; port++) {
        for (unsigned pin = 0; pin < 16; pin++) {
            char name[8];
            if ((s->shared_pins[port] >> pin & 1u) != 0) {
                snprintf(name, sizeof name, "P%c%u", (char)('A' + port), pin);
                list_add(list, sizeof list, name);
            }
        }
    }
    struct check_item *item =
        list[0] == '\0' ? NULL : check_add(report, s, CHECK_NOTE, "shared-pin");
    if (item != NULL) {
        snprintf(item->text, sizeof item->text, "both cores drive %s", list);
    }
}

static void note_timers(struct check_report *report, const struct check_boot *s)
{
    for (size_t i = 0; i < s->pwm_count; i++) {
        const struct check_pwm *p = &s->pwms[i];
        uint64_t reckoned_hz = check_pwm_reckoned_hz(p);
        uint64_t period_us = (check_pwm_period_ns(p) + 500) / 1000;
        struct check_item *item =
            reckoned_hz == 0 ? NULL : check_add(report, s, CHECK_NOTE, "pwm-period");
        if (item == NULL) {
            continue;
        }
        snprintf(item->text, sizeof item->text,
                 "%s gives a period of %u.%03u ms, not a servo's 20 ms: PSC %u is for %u MHz, its "
                 "clock is %u MHz",
                 p->timer, (unsigned)(period_us / 1000), (unsigned)(period_us % 1000),
                 (unsigned)p->psc, (unsigned)(reckoned_hz / 1000000),
                 (unsigned)(p->clock_hz / 1000000));
        uint64_t psc = p->clock_hz * (p->psc + UINT64_C(1)) / reckoned_hz;
        if (psc > 0 && psc * reckoned_hz == p->clock_hz * (p->psc + UINT64_C(1))) {
            snprintf(item->change, sizeof item->change, "PSC %u", (unsigned)(psc - 1));
        }
    }
}

void check_notes(struct check_report *report)
{
    for (size_t i = 0; i < report->boot_count; i++) {
        const struct check_boot *s = &report->boots[i];
        if (s->vcore_lost || s->history == CHECK_CM4_STUB) {
            continue; /* nothing else matters then */
        }
        note_empty(report, s);
        note_refused(report, s);
        note_no_supply(report, s);
        note_run_star(report, s);
        note_error_handler(report, s);
        note_options(report, s);
        note_watchdog(report, s);
        note_window_watchdog(report, s);
        note_pins(report, s);
        note_timers(report, s);
        note_peripherals(report, s, FINDING_PIN_CONFLICT, "pin-conflict",
                         "two outputs drive against each other");
        note_peripherals(report, s, FINDING_UNCLOCKED, "unclocked",
                         "accessed without clock, without effect");
        note_peripherals(report, s, FINDING_UNMODELLED, "not-modelled", "not modelled");
    }
}
