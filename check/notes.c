/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
#include "check/judge.h"

#include "check/advice.h"
#include "check/incoherent.h"
#include "check/odd.h"
#include "check/outcome.h"
#include "check/places.h"
#include "check/timers.h"

#define FMC_BCR1 FMC
#define FMC_BCR1_OFF 0x000030D2u /* bank 1 off, all else as after reset */

/* ---- findings of which many say the same ---- */

/* What ST's own code does on every board: SystemInit writes FMC's first register, and the macro of the
 * voltage scale reads SYSCFG_PWRCR, both without a clock. */
static bool is_usual(const struct finding *f)
{
    return (f->address == FMC_BCR1 && f->write && f->value == FMC_BCR1_OFF) ||
           (f->accessed == SYSCFG_PWRCR && !f->write);
}

/* The peripherals that findings of this kind are about. */
static void note_peripherals(struct check_report *report, const struct check_boot *s,
                             enum finding_kind finding, enum check_kind kind)
{
    struct check_item *item = NULL;
    bool first = true;
    for (size_t i = 0; i < s->finding_count; i++) {
        const struct finding *f = &s->findings[i];
        uint32_t base = check_peripheral(f->address);
        if (f->kind != finding || f->code == FOUND_UNMODELLED_FIELD || is_usual(f) ||
            f->code == FOUND_NO_MEMORY || f->code == FOUND_MEMORY_COMMAND) {
            continue;
        }
        item = first ? check_add(report, s, kind) : item;
        first = false;
        if (item != NULL) {
            check_add_member(item, &(struct check_member){.what = base});
        }
    }
}

static void note_conflicts(struct check_report *report, const struct check_boot *s)
{
    struct check_item *item = NULL;
    bool first = true;
    for (size_t i = 0; i < s->finding_count; i++) {
        const struct finding *f = &s->findings[i];
        if (f->code == FOUND_PIN_CONFLICT) {
            item = first ? check_add(report, s, CHECK_PIN_CONFLICT) : item;
            first = false;
            if (item != NULL) {
                check_add_member(item, &(struct check_member){.what = f->data.subject});
            }
        }
    }
}

/* ---- supply ---- */

static void note_refused(struct check_report *report, const struct check_boot *s)
{
    for (size_t i = 0; i < s->finding_count && check_is_power_on(s); i++) {
        const struct finding *f = &s->findings[i];
        if (f->code != FOUND_SUPPLY_LOCKED && f->code != FOUND_SUPPLY_ILLEGAL) {
            continue;
        }
        bool legal = check_supply_name(f->data.cr3) != NULL;
        struct check_item *item =
            check_add_at(report, s, legal ? CHECK_SUPPLY_REFUSED : CHECK_SUPPLY_ILLEGAL,
                         check_core_of(f), f->pc, f->address);
        if (item != NULL) {
            item->finding = *f;
            item->has_value = true;
            item->value = f->value;
        }
    }
}

static void note_run_star(struct check_report *report, const struct check_boot *s)
{
    if (s->ram_before_supply && s->start == CHECK_POWER_ON && s->write_count > 0) {
        check_add(report, s, CHECK_RAM_IN_RUN_STAR);
    }
}

static void note_no_supply(struct check_report *report, const struct check_boot *s)
{
    if (s->start == CHECK_POWER_ON && s->write_count == 0 && !s->core[CORE_CM7].empty) {
        check_add(report, s, CHECK_NO_SUPPLY);
    }
}

/* HAL's examples and CubeMX end in this function of theirs when a driver refuses. */
static void note_error_handler(struct check_report *report, const struct check_boot *s)
{
    for (unsigned core = 0; core < CORE_COUNT && check_is_power_on(s); core++) {
        const struct check_core *c = &s->core[core];
        bool ends_there = check_gives_up(c);
        struct check_item *item = ends_there ? check_add(report, s, CHECK_ERROR_HANDLER) : NULL;
        if (item != NULL) {
            item->core = (enum core)core;
            item->wait =
                core == CORE_CM7 && s->core[CORE_CM4].empty ? CHECK_WAIT_PARTNER : CHECK_NO_WAIT;
            item->remedy = item->wait == CHECK_WAIT_PARTNER;
        }
    }
}

/* ---- cores, watchdogs, pins, timers ---- */

static void note_empty(struct check_report *report, const struct check_boot *s)
{
    for (unsigned core = 0; core < CORE_COUNT; core++) {
        struct check_item *item = NULL;
        if (s->core[core].empty && s->core[core].state != CHECK_HELD &&
            !(core == CORE_CM7 && s->start_gone)) {
            item = check_add(report, s, core == CORE_CM7 ? CHECK_NO_CM7 : CHECK_NO_CM4);
        }
        if (item != NULL) {
            item->core = (enum core)core;
        }
    }
}

static void note_options(struct check_report *report, const struct check_boot *s)
{
    if (s->options_changed && s->options_decide == 0 && !s->boot_moved) {
        check_add(report, s, CHECK_OPTION_BYTES);
    }
}

static void note_flash(struct check_report *report, const struct check_boot *s)
{
    for (size_t i = 0; i < s->finding_count; i++) {
        const struct finding *f = &s->findings[i];
        struct check_item *item =
            f->code == FOUND_FLASH_NOT_ERASED
                ? check_add_at(report, s, CHECK_FLASH_TWICE, check_core_of(f), f->pc, 0)
                : NULL;
        if (item != NULL) {
            item->finding = *f;
        }
    }
}

static void note_watchdog(struct check_report *report, const struct check_boot *s)
{
    for (unsigned source = RESET_SRC_IWDG1; source <= RESET_SRC_WWDG2; source++) {
        if ((s->reset_sources >> source & 1u) == 0) {
            continue;
        }
        struct check_item *item = check_add(report, s, CHECK_WATCHDOG_RESETS);
        if (item != NULL) {
            item->reset_source = (enum reset_source)source;
            item->resets = s->resets;
        }
    }
}

static void note_pins(struct check_report *report, const struct check_boot *s)
{
    struct check_item *item = NULL;
    bool first = true;
    for (unsigned i = 0; i < 11 * 16; i++) {
        if (((uint32_t)s->shared_pins[i / 16] >> i % 16 & 1u) != 0) {
            item = first ? check_add(report, s, CHECK_SHARED_PIN) : item;
            first = false;
            if (item != NULL) {
                check_add_member(item, &(struct check_member){.what = i});
            }
        }
    }
}

static void note_timers(struct check_report *report, const struct check_boot *s)
{
    for (size_t i = 0; i < s->pwm_count; i++) {
        struct check_item *item =
            check_pwm_reckoned_hz(&s->pwms[i]) == 0 ? NULL : check_add(report, s, CHECK_PWM_PERIOD);
        if (item != NULL) {
            item->pwm = s->pwms[i];
            item->remedy = check_pwm_right_psc(&s->pwms[i]) >= 0;
        }
    }
}

/* ---- what it ends with ---- */

static void note_odds(struct check_report *report, const struct check_boot *s)
{
    for (size_t i = 0; s->odds != NULL && i < s->odds->count; i++) {
        const struct check_odd *odd = &s->odds->list[i];
        if (odd->kind == CHECK_FRESH_RAM && !check_is_new_variable(report, odd->kind, odd->value)) {
            continue;
        }
        struct check_item *item =
            check_add_at(report, s, odd->kind, odd->core, odd->pc, odd->address);
        if (item != NULL) {
            item->has_core = odd->has_core;
            item->odd = odd;
        }
    }
}

void check_notes(struct check_report *report)
{
    for (size_t i = 0; i < report->boot_count; i++) {
        const struct check_boot *s = &report->boots[i];
        if (s->vcore_lost || s->history == CHECK_CM4_STUB || check_is_behind_rom(s)) {
            continue; /* nothing else matters then */
        }
        if (s->history == CHECK_STIMULATED) {
            note_refused(report, s);
            note_options(report, s);
            continue;
        }
        note_odds(report, s);
        check_note_caches(report, s);
        note_empty(report, s);
        note_refused(report, s);
        note_no_supply(report, s);
        note_run_star(report, s);
        note_error_handler(report, s);
        note_options(report, s);
        note_flash(report, s);
        note_watchdog(report, s);
        note_pins(report, s);
        note_timers(report, s);
        note_conflicts(report, s);
        note_peripherals(report, s, FINDING_UNCLOCKED, CHECK_UNCLOCKED);
        note_peripherals(report, s, FINDING_UNMODELLED, CHECK_NOT_MODELLED);
    }
}
