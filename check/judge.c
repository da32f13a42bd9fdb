/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
#include "check/judge.h"

#include "check/advice.h"
#include "check/watch.h"
#include "vboard/chip/finding_text.h"
#include "vboard/kernel/supply.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define PWR_CR3 0x5802480Cu
#define PWR_D3CR 0x58024818u
#define RCC_CR 0x58024400u
#define HSEM 0x58026400u
/* External memories (RM0399 Table 6): FMC and QUADSPI are not modelled, so nothing answers there. */
#define FLASH_REGISTERS 0x52002000u
#define SYSCFG_PWRCR 0x5800042Cu
#define FMC 0x52004000u
#define QUADSPI 0x52005000u
#define EXTERNAL_FIRST 0x60000000u
#define EXTERNAL_LAST 0xDFFFFFFFu

/* The gravest first, the commonplace last; items of one level are sorted by it. */
static const char *const severity[] = {"vcore-lost",
                                       "supply-race",
                                       "over-voltage",
                                       "lockup",
                                       "fault",
                                       "never-starts",
                                       "overclock",
                                       "wait-states",
                                       "no-cm4",
                                       "no-supply",
                                       "error-handler",
                                       "supply-refused",
                                       "supply-code-not-run",
                                       "waits-for-partner",
                                       "watchdog",
                                       "window-watchdog",
                                       "pwm-period",
                                       "shared-pin",
                                       "pin-conflict",
                                       "hangs-after-reset",
                                       "hangs-behind-rom",
                                       "ram-write-in-run-star",
                                       "unclocked",
                                       "not-modelled"};

bool check_is_power_on(const struct check_boot *s)
{
    return s->start == CHECK_POWER_ON || s->start == CHECK_POWER_CYCLE ||
           s->start == CHECK_CM4_FIRST;
}

bool check_is_behind_rom(const struct check_boot *s)
{
    return s->history == CHECK_AFTER_ROM && !check_is_power_on(s);
}

/* ---- adding ---- */

static struct check_item *append(struct check_report *report)
{
    struct check_item *list = realloc(report->items, (report->item_count + 1) * sizeof *list);
    if (list == NULL) {
        abort();
    }
    report->items = list;
    memset(&list[report->item_count], 0, sizeof *list);
    return &list[report->item_count++];
}

static bool is_twin(const struct check_item *i, enum check_level level, const char *kind)
{
    return i->level == level && strcmp(i->kind, kind) == 0;
}

bool check_is_unmodelled(const struct check_item *item)
{
    return is_twin(item, CHECK_UNKNOWN, "not-modelled");
}

struct check_item *check_add(struct check_report *report, const struct check_boot *boot,
                             enum check_level level, const char *kind)
{
    for (size_t i = 0; i < report->item_count; i++) {
        if (is_twin(&report->items[i], level, kind)) {
            return NULL;
        }
    }
    struct check_item *item = append(report);
    item->level = level;
    item->kind = kind;
    item->history = boot->history;
    item->start = boot->start;
    return item;
}

struct check_item *check_add_at(struct check_report *report, const struct check_boot *boot,
                                enum check_level level, const char *kind, enum core core,
                                uint32_t pc, uint32_t address)
{
    char name[sizeof report->items->register_name] = "";
    if (address != 0) {
        check_register(address, name, sizeof name);
    }
    for (size_t i = 0; i < report->item_count; i++) {
        const struct check_item *o = &report->items[i];
        if (is_twin(o, level, kind) && o->core == core && o->pc == pc &&
            strcmp(o->register_name, name) == 0) {
            return NULL;
        }
    }
    struct check_item *item = append(report);
    *item = (struct check_item){.level = level,
                                .kind = kind,
                                .history = boot->history,
                                .start = boot->start,
                                .has_core = true,
                                .core = core,
                                .pc = pc};
    memcpy(item->register_name, name, sizeof name);
    check_place(report->config, core, pc, item->where, sizeof item->where);
    return item;
}

/* ---- findings of the board ---- */

static void add_caller(struct check_report *report, struct check_item *item,
                       const struct check_boot *s)
{
    for (size_t i = 0; i < s->write_count; i++) {
        const struct check_write *w = &s->writes[i];
        const char *own = check_function(report->config, w->core, w->pc);
        if (w->core != item->core || w->pc != item->pc) {
            continue;
        }
        const char *caller = check_function(report->config, w->core, w->lr - 1);
        if (caller != NULL && own != NULL && strcmp(caller, own) != 0) {
            check_place(report->config, w->core, (w->lr & ~1u) - 2, item->caller,
                        sizeof item->caller);
        }
        return;
    }
}

static void describe_supply(struct check_item *item, const struct check_config *config)
{
    const char *name = supply_selection_name((uint8_t)(item->value & 0x3Fu));
    snprintf(item->text, sizeof item->text,
             "selects %s, the board is wired for %s: VCORE is gone, both cores and the debug port "
             "are dead",
             name, supply_wiring_name((enum supply_wiring)config->board.wiring));
}

/* "rcc_pclk1 at 120000 kHz, VOS1 allows 100 MHz" */
static bool parse_clock(const char *text, char name[24], unsigned *khz, unsigned *vos,
                        unsigned *max_mhz)
{
    return sscanf(text, "%23s at %u kHz, VOS%u allows %u", name, khz, vos, max_mhz) == 4;
}

/* What users call the clocks. */
static const char *clock_name(const char *name)
{
    static const char *const names[][2] = {{"rcc_c1_ck", "CM7"},
                                           {"rcc_aclk", "AXI and AHB"},
                                           {"rcc_pclk1", "APB1"},
                                           {"rcc_pclk2", "APB2"},
                                           {"rcc_pclk3", "APB3"},
                                           {"rcc_pclk4", "APB4"},
                                           {"rcc_timx_ker_ck", "APB1's timers"},
                                           {"rcc_timy_ker_ck", "APB2's timers"}};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        if (strcmp(name, names[i][0]) == 0) {
            return names[i][1];
        }
    }
    return name;
}

/* All clocks that are too fast in one sentence: they have one cause. */
static void describe_clocks(struct check_item *item, const struct check_boot *s)
{
    char done[200] = "";
    item->text[0] = '\0';
    for (size_t i = 0; i < s->finding_count; i++) {
        char name[24];
        unsigned khz, vos, max_mhz;
        const struct finding *f = &s->findings[i];
        size_t length = strlen(item->text);
        if (f->kind != FINDING_OVERCLOCK ||
            !parse_clock(finding_what(f).text, name, &khz, &vos, &max_mhz) ||
            strstr(done, name) != NULL || strlen(done) + sizeof name > sizeof done) {
            continue;
        }
        strcat(done, name);
        if (length == 0) {
            snprintf(item->text, sizeof item->text, "%s at %u MHz, VOS%u allows %u",
                     clock_name(name), khz / 1000, vos, max_mhz);
        } else {
            snprintf(item->text + length, sizeof item->text - length, "; %s %u, not %u",
                     clock_name(name), khz / 1000, max_mhz);
        }
    }
}

/* One cause gives many findings of these: the first says it all. */
static bool said_already(const struct check_report *r, const struct finding *f, const char *kind)
{
    if (f->kind != FINDING_OVERCLOCK && f->kind != FINDING_WAIT_STATES) {
        return false;
    }
    for (size_t i = 0; i < r->item_count; i++) {
        if (strcmp(r->items[i].kind, kind) == 0) {
            return true;
        }
    }
    return false;
}

/* The item, or NULL if there was one already. */
static struct check_item *add_finding(struct check_report *report, const struct check_boot *s,
                                      const struct finding *f, enum check_level level,
                                      const char *kind)
{
    enum core core = f->master == MASTER_CM4 ? CORE_CM4 : CORE_CM7;
    bool fault = f->kind == FINDING_FAULT || f->kind == FINDING_LOCKUP;
    struct check_item *item = said_already(report, f, kind)
                                  ? NULL
                                  : check_add_at(report, s, level, kind, core, f->pc,
                                                 fault || !f->write ? 0 : f->accessed);
    if (item == NULL) {
        return NULL;
    }
    item->at = f->first_at;
    item->has_value = f->write && !fault;
    item->value = f->value;
    snprintf(item->text, sizeof item->text, "%s", finding_what(f).text);
    if (f->kind == FINDING_OVERCLOCK) {
        describe_clocks(item, s);
    }
    if (f->kind == FINDING_VCORE_LOST) {
        describe_supply(item, report->config);
    }
    if (f->kind == FINDING_FAULT && f->address != 0) {
        snprintf(item->text, sizeof item->text, "%.180s at 0x%08X", finding_what(f).text,
                 (unsigned)f->address);
    }
    add_caller(report, item, s);
    check_advise(item, report->config, check_function(report->config, core, f->pc));
    return item;
}

/* Does the image use an external memory? ST's start-up only switches bank 1 off, in the first register
 * of FMC. */
static bool uses_external(const struct check_boot *s)
{
    for (size_t i = 0; i < s->finding_count; i++) {
        uint32_t address = s->findings[i].address;
        if (s->findings[i].kind == FINDING_UNMODELLED &&
            (address - QUADSPI < 0x1000u || address - FMC - 4 < 0xFFCu)) {
            return true;
        }
    }
    return false;
}

static bool is_external(const struct check_boot *s, uint32_t address)
{
    return address >= EXTERNAL_FIRST && address <= EXTERNAL_LAST && uses_external(s);
}

/* A fault of a core without an image, or behind the boot ROM, is a note; one that comes from something
 * that is not modelled says nothing. */
static void judge_fault(struct check_report *report, const struct check_boot *s,
                        const struct finding *f)
{
    enum core core = f->master == MASTER_CM4 ? CORE_CM4 : CORE_CM7;
    const char *kind = f->kind == FINDING_FAULT ? "fault" : "lockup";
    if (s->core[core].empty || s->history == CHECK_CM4_STUB) {
        return; /* check_notes says it */
    }
    if (check_is_behind_rom(s)) {
        add_finding(report, s, f, CHECK_NOTE, kind);
    } else if (is_external(s, f->address) || is_external(s, f->pc)) {
        add_finding(report, s, f, CHECK_UNKNOWN, "not-modelled");
    } else {
        add_finding(report, s, f, CHECK_UNSAFE, kind);
    }
}

/* VOS0 asked for while SYSCFG has no clock: here the write is lost. RM0399 9.5.10 says so, yet ST's
 * HAL_SYSCFG_CM4BootAddConfig writes without it, too. */
static void judge_overdrive(struct check_report *report, const struct check_boot *s,
                            const struct finding *f)
{
    bool volts = report->config->board.wiring == SUPPLY_SMPS;
    if (volts && f->write && f->accessed == SYSCFG_PWRCR && (f->value & 1u) != 0) {
        struct check_item *item = add_finding(report, s, f, CHECK_UNKNOWN, "not-modelled");
        if (item != NULL) {
            snprintf(item->text, sizeof item->text,
                     "asks for VOS0 while SYSCFG has no clock; with an effect it would be 1.5 V");
        }
    }
}

/* Level 2 can never be taken back. */
static void judge_protection(struct check_report *report, const struct check_boot *s,
                             const struct finding *f)
{
    if (f->address - FLASH_REGISTERS < 0x1000u && f->code == FOUND_READOUT_PROTECTION) {
        add_finding(report, s, f, CHECK_UNKNOWN, "not-modelled");
    }
}

static void judge_finding(struct check_report *report, const struct check_boot *s,
                          const struct finding *f)
{
    switch (f->kind) {
    case FINDING_VCORE_LOST:
        add_finding(report, s, f, CHECK_UNSAFE, "vcore-lost");
        break;
    case FINDING_OVERVOLTAGE:
        add_finding(report, s, f, CHECK_UNSAFE, "over-voltage");
        break;
    case FINDING_OVERCLOCK:
        add_finding(report, s, f, CHECK_UNSAFE, "overclock");
        break;
    case FINDING_WAIT_STATES:
        if (f->code == FOUND_LATENCY_TOO_LOW) {
            add_finding(report, s, f, CHECK_UNSAFE, "wait-states");
        }
        break;
    case FINDING_FAULT:
    case FINDING_LOCKUP:
        judge_fault(report, s, f);
        break;
    case FINDING_UNCLOCKED:
        judge_overdrive(report, s, f);
        break;
    case FINDING_UNMODELLED:
        judge_protection(report, s, f);
        break;
    default:
        break;
    }
}

/* ---- never past start-up ---- */

/* What a value of RCC_CR lacks: an oscillator or PLL that is on and not ready, or the reverse. NULL: it
 * is the other core's domain that is asked for. */
static const char *clock_awaited(uint32_t cr)
{
    static const struct {
        uint8_t on, ready;
        const char *name;
    } pairs[] = {{0, 2, "HSIRDY"},    {7, 8, "CSIRDY"},    {12, 13, "HSI48RDY"}, {16, 17, "HSERDY"},
                 {24, 25, "PLL1RDY"}, {26, 27, "PLL2RDY"}, {28, 29, "PLL3RDY"}};
    for (size_t i = 0; i < sizeof pairs / sizeof *pairs; i++) {
        if ((cr >> pairs[i].on & 1u) != (cr >> pairs[i].ready & 1u)) {
            return pairs[i].name;
        }
    }
    return NULL;
}

/* A wait for the other core: HSEM, or a domain's clock. */
bool check_waits_for_partner(const struct check_core *c)
{
    return c->state == CHECK_WAITS &&
           (c->poll.address - HSEM < 0x400u ||
            (c->poll.address == RCC_CR && clock_awaited(c->poll.value) == NULL));
}

static void describe_wait(struct check_item *item, const struct check_core *c)
{
    const char *flag = c->poll.address == RCC_CR ? clock_awaited(c->poll.value) : NULL;
    item->has_value = true;
    item->value = c->poll.value;
    if (check_waits_for_partner(c)) {
        snprintf(item->text, sizeof item->text, "waits for the other core, which never answers");
    } else if (flag != NULL) {
        snprintf(item->text, sizeof item->text, "waits for %s, which never comes%s", flag,
                 strcmp(flag, "HSERDY") == 0 ? " (the ST-LINK gives no clock)" : "");
    } else {
        snprintf(item->text, sizeof item->text, "waits for a bit that never changes");
    }
    if (!c->main_known) {
        strncat(item->text, " (no symbols: whether main() was reached is not known)",
                sizeof item->text - strlen(item->text) - 1);
    }
}

/* Main was not reached though there is one, or, without symbols, it still waits for a register that
 * start-up waits for. */
static bool never_starts(const struct check_boot *s, enum core core)
{
    const struct check_core *c = &s->core[core];
    bool waits = c->state == CHECK_WAITS && check_is_start_register(c->poll.address);
    if (s->cut || s->vcore_lost || c->empty || c->state == CHECK_HELD ||
        c->state == CHECK_LOCKED_UP) {
        return false;
    }
    if (c->main_known && !c->main_reached) {
        return true;
    }
    return waits && !(c->main_known && check_waits_for_partner(c));
}

static struct check_item *add_wait(struct check_report *report, const struct check_boot *s,
                                   enum core core, enum check_level level, const char *kind)
{
    const struct check_core *c = &s->core[core];
    bool waits = c->state == CHECK_WAITS;
    struct check_item *item = check_add_at(report, s, level, kind, core, waits ? c->poll.pc : 0,
                                           waits ? c->poll.address : 0);
    if (item == NULL) {
        return NULL;
    }
    if (waits) {
        describe_wait(item, c);
    } else {
        snprintf(item->where, sizeof item->where, "%s", c->place != NULL ? c->place : "start-up");
        snprintf(item->text, sizeof item->text, "main() is never reached");
    }
    return item;
}

static bool is_unmodelled(uint32_t address)
{
    char name[40];
    return check_unmodelled_name(address, name, sizeof name);
}

/* After anything but a power-on it is not the end: one note is enough. */
static void judge_hang(struct check_report *report, const struct check_boot *s, enum core core)
{
    const struct check_core *c = &s->core[core];
    bool rom = check_is_behind_rom(s);
    char name[40];
    char place[160];
    struct check_item *item =
        check_add(report, s, CHECK_NOTE, rom ? "hangs-behind-rom" : "hangs-after-reset");
    if (item == NULL) {
        return;
    }
    check_register(c->poll.address, name, sizeof name);
    check_place(report->config, core, c->poll.pc, place, sizeof place);
    bool waits = c->state == CHECK_WAITS;
    snprintf(item->text, sizeof item->text, "%s, %s hangs%s%s%s%s%s",
             rom ? "flashed by boot ROM 0x90, which locks PWR_CR3 at 0x06" : "after a reset",
             core == CORE_CM7 ? "CM7" : "CM4", waits ? " in " : "", waits ? place : "",
             waits ? ", waiting for " : "", waits ? name : "",
             rom ? ": power off and on" : ": power off and on helps");
}

static void judge_core(struct check_report *report, const struct check_boot *s, enum core core)
{
    const struct check_core *c = &s->core[core];
    bool fresh = check_is_power_on(s);
    if (c->state == CHECK_WAITS && is_unmodelled(c->poll.address)) {
        struct check_item *item = add_wait(report, s, core, CHECK_UNKNOWN, "not-modelled");
        if (item != NULL) {
            snprintf(item->text, sizeof item->text,
                     "waits for a peripheral that this board does not model");
        }
    } else if (never_starts(s, core) && fresh) {
        struct check_item *item = add_wait(report, s, core, CHECK_UNSAFE, "never-starts");
        if (item != NULL) {
            check_advise(item, report->config, NULL);
        }
    } else if (never_starts(s, core)) {
        judge_hang(report, s, core);
    } else if (fresh && check_waits_for_partner(c)) {
        add_wait(report, s, core, CHECK_NOTE, "waits-for-partner");
    }
}

/* ---- the report ---- */

static int rank(const struct check_item *item)
{
    int i = 0;
    const int count = (int)(sizeof severity / sizeof *severity);
    if (check_is_unmodelled(item)) {
        return (int)item->level * 100; /* names the cause of all else */
    }
    while (i < count && strcmp(severity[i], item->kind) != 0) {
        i++;
    }
    return (int)item->level * 100 + i;
}

/* Few items: insertion keeps those of one rank in order. */
void check_sort(struct check_report *report)
{
    for (size_t i = 1; i < report->item_count; i++) {
        struct check_item item = report->items[i];
        size_t at = i;
        while (at > 0 && rank(&report->items[at - 1]) > rank(&item)) {
            report->items[at] = report->items[at - 1];
            at--;
        }
        report->items[at] = item;
    }
}

/* Whoever is first decides: that the other is, too, must not lose VCORE (CHECK_CM4_FIRST finds it). */
static void name_race(struct check_report *report)
{
    for (size_t i = 0; i < report->item_count; i++) {
        struct check_item *item = &report->items[i];
        if (item->start == CHECK_CM4_FIRST && strcmp(item->kind, "vcore-lost") == 0) {
            item->kind = "supply-race";
        }
    }
}

void check_judge(struct check_report *report)
{
    for (size_t i = 0; i < report->boot_count; i++) {
        const struct check_boot *s = &report->boots[i];
        for (size_t k = 0; k < s->finding_count; k++) {
            judge_finding(report, s, &s->findings[k]);
        }
        /* The stand-in says nothing that the M7 might wait for. */
        for (unsigned core = 0; core < CORE_COUNT && s->history != CHECK_CM4_STUB; core++) {
            judge_core(report, s, (enum core)core);
        }
    }
    name_race(report);
    check_notes(report);
    check_scan(report);
    check_sort(report);
}

int check_verdict(const struct check_report *report)
{
    bool unknown = false;
    for (size_t i = 0; i < report->item_count; i++) {
        if (report->items[i].level == CHECK_UNSAFE) {
            return 1;
        }
        unknown = unknown || report->items[i].level == CHECK_UNKNOWN;
    }
    return unknown ? 3 : 0;
}

void check_report_free(struct check_report *report)
{
    for (size_t i = 0; i < report->boot_count; i++) {
        free(report->boots[i].findings);
    }
    free(report->boots);
    free(report->items);
}
