/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
#include "check/judge.h"

#include "check/counter.h"
#include "check/fields.h"
#include "check/kinds.h"
#include "check/overdrive.h"
#include "check/outcome.h"
#include "check/places.h"
#include "check/watch.h"
#include "vboard/chip/external.h"
#include "vboard/kernel/supply.h"

#include <string.h>

#define PWR_SIZE 0x400u

bool check_is_race(enum check_start start)
{
    return start == CHECK_CM4_FIRST || start == CHECK_CM7_FIRST;
}

bool check_is_power_on(const struct check_boot *s)
{
    return s->start == CHECK_POWER_ON || s->start == CHECK_POWER_CYCLE || check_is_race(s->start);
}

bool check_is_stimulated(const struct check_boot *s)
{
    return s->history == CHECK_STIMULATED && s->start == CHECK_POWER_ON;
}

struct check_nudge check_nudge_before(const struct check_boot *s, vtime_ps at)
{
    struct check_nudge last = {.act = CHECK_NO_ACT};
    for (size_t i = 0; i < s->nudge_count && s->nudges[i].at <= at; i++) {
        last = s->nudges[i];
    }
    return last;
}

bool check_is_behind_rom(const struct check_boot *s)
{
    return s->history == CHECK_AFTER_ROM && !check_is_power_on(s);
}

bool check_is_handled(const struct check_boot *boot, const struct finding *f)
{
    return f->code == FOUND_FAULT && boot->core[check_core_of(f)].faults_handled;
}

enum core check_core_of(const struct finding *f)
{
    return master_core(f->master) == MASTER_CM4 ? CORE_CM4 : CORE_CM7;
}

/* ---- findings of the board ---- */

static void add_caller(struct check_report *report, struct check_item *item,
                       const struct check_boot *s)
{
    for (size_t i = 0; i < s->write_count; i++) {
        const struct check_write *w = &s->writes[i];
        if (w->core != item->core || w->pc != item->pc) {
            continue;
        }
        const char *own = check_function(report->config, w->core, w->pc);
        const char *caller = check_function(report->config, w->core, w->lr - 1);
        if (caller != NULL && own != NULL && strcmp(caller, own) != 0) {
            item->caller = (w->lr & ~1u) - 2;
        }
        return;
    }
}

/* All clocks that are too fast, in one item: they have one cause. */
static void add_clocks(struct check_item *item, const struct check_boot *s)
{
    for (size_t i = 0; i < s->finding_count; i++) {
        const struct finding_data *d = &s->findings[i].data;
        if (s->findings[i].code == FOUND_OVERCLOCK) {
            check_add_member(item, &(struct check_member){.what = d->subject,
                                                          .khz = d->khz,
                                                          .high_mhz = d->high_mhz,
                                                          .vos = d->vos});
        }
    }
}

/* A finding, said as `kind`. A core's own trouble is at no register. */
static void say(struct check_report *report, const struct check_boot *s, const struct finding *f,
                enum check_kind kind)
{
    bool own = f->kind == FINDING_FAULT || f->kind == FINDING_LOCKUP;
    bool writes = f->write && !own;
    struct check_item *item =
        check_add_at(report, s, kind, check_core_of(f), f->pc, writes ? f->accessed : 0);
    if (item == NULL) {
        return;
    }
    item->finding = *f;
    item->at = f->first_at;
    item->nudge = check_nudge_before(s, f->first_at);
    item->has_value = writes;
    item->value = f->value;
    add_caller(report, item, s);
    if (f->code == FOUND_OVERCLOCK) {
        add_clocks(item, s);
    }
}

/* Of an external memory: the finding's own words name the address. */
static void judge_memory(struct check_report *report, const struct check_boot *s,
                         const struct finding *f, enum check_kind kind)
{
    struct check_item *item = check_add_at(report, s, kind, check_core_of(f), f->pc, 0);
    if (item != NULL) {
        item->finding = *f;
        item->at = f->first_at;
        item->nudge = check_nudge_before(s, f->first_at);
    }
}

/* Has it set up an external memory that this board does not have, or set it up by what is not modelled? */
static bool uses_unknown(const struct check_boot *s)
{
    for (size_t i = 0; i < s->finding_count; i++) {
        uint32_t address = s->findings[i].address;
        if (s->findings[i].kind == FINDING_UNMODELLED &&
            (address - QUADSPI < 0x1000u || address - FMC < 0x1000u || external_is(address))) {
            return true;
        }
    }
    return false;
}

static bool is_unknown(const struct check_boot *s, uint32_t address)
{
    return external_is(address) && uses_unknown(s);
}

/* What a core does after it has read or written a memory that nobody knows says nothing. */
static bool follows_unknown(const struct check_boot *s, const struct finding *f)
{
    for (size_t i = 0; i < s->finding_count; i++) {
        if (s->findings[i].code == FOUND_NO_MEMORY && s->findings[i].first_at <= f->first_at) {
            return true;
        }
    }
    return false;
}

/* As sold the board has its clock: an image that crashes only without it works there. */
static bool lacks_clock(const struct check_boot *s)
{
    return s->history == CHECK_STIMULATED &&
           (s->stimulus.kind == CHECK_HSE_GOES || s->stimulus.kind == CHECK_HSE_ABSENT);
}

/* A fault of a core without an image, behind the boot ROM, or without HSE, is a note; one that comes from
 * something that is not modelled says nothing. */
static void judge_fault(struct check_report *report, const struct check_boot *s,
                        const struct finding *f, enum check_kind kind)
{
    if (s->core[check_core_of(f)].empty || s->history == CHECK_CM4_STUB) {
        return; /* check_notes says it */
    }
    if (check_is_handled(s, f)) {
        return;
    }
    if (check_is_behind_rom(s) || lacks_clock(s)) {
        say(report, s, f, kind == CHECK_FAULT ? CHECK_FAULT_NOTED : CHECK_LOCKUP_NOTED);
    } else if (follows_unknown(s, f) || is_unknown(s, f->address) || is_unknown(s, f->pc)) {
        say(report, s, f, CHECK_EXTERNAL_FAULT);
    } else {
        say(report, s, f, kind);
    }
}

/* VOS0 asked for while SYSCFG has no clock: here the write is lost. RM0399 9.5.10 says so, yet ST's
 * HAL_SYSCFG_CM4BootAddConfig writes without it, too. */
static void judge_unclocked(struct check_report *report, const struct check_boot *s,
                            const struct finding *f, enum check_kind kind)
{
    if (report->config->board.wiring == SUPPLY_SMPS && check_asks_for_overdrive(f)) {
        say(report, s, f, kind);
    }
}

/* Where HSE was taken away, USB's clock is the least that lacks. */
static void judge_as_sold(struct check_report *report, const struct check_boot *s,
                          const struct finding *f, enum check_kind kind)
{
    if (!lacks_clock(s)) {
        say(report, s, f, kind);
    }
}

static void judge_speed(struct check_report *report, const struct check_boot *s,
                        const struct finding *f, enum check_kind kind)
{
    say(report, s, f, s->overdrive_decides ? CHECK_OVERDRIVE_DECIDES : kind);
}

/* What a finding means. Those that are not here mean nothing for the verdict; some are notes. */
static const struct {
    void (*judge)(struct check_report *report, const struct check_boot *s, const struct finding *f,
                  enum check_kind kind);
    enum check_kind kind;
} rules[FOUND_CODE_COUNT] = {
    [FOUND_VCORE_LOST] = {say, CHECK_VCORE_LOST},
    [FOUND_OVERVOLTAGE_SMPS] = {say, CHECK_OVERVOLTAGE_SMPS},
    [FOUND_OVERVOLTAGE_VOS0] = {say, CHECK_OVERVOLTAGE_VOS0},
    [FOUND_OVERCLOCK] = {judge_speed, CHECK_OVERCLOCK},
    [FOUND_LATENCY_TOO_LOW] = {judge_speed, CHECK_WAIT_STATES},
    [FOUND_FAULT] = {judge_fault, CHECK_FAULT},
    [FOUND_LOCKUP_FAULT] = {judge_fault, CHECK_LOCKUP},
    [FOUND_LOCKUP_VECTOR] = {judge_fault, CHECK_LOCKUP},
    [FOUND_PERIPHERAL_UNCLOCKED] = {judge_unclocked, CHECK_OVERDRIVE_UNCLOCKED},
    [FOUND_UNMODELLED_FIELD] = {check_judge_field, CHECK_FIELDS_LEFT_OUT},
    [FOUND_BACKUP_PROTECTED] = {say, CHECK_BACKUP_PROTECTED},
    [FOUND_OTG_NO_KERNEL_CLOCK] = {judge_as_sold, CHECK_USB_CLOCK},
    [FOUND_OTG_NO_ULPI_CLOCK] = {say, CHECK_USB_ULPI},
    [FOUND_OTG_UNSUPPLIED] = {say, CHECK_USB_SUPPLY},
    [FOUND_NULL_ALIAS] = {say, CHECK_NULL_ALIAS},
    [FOUND_PLL_INPUT] = {say, CHECK_PLL_RANGE},
    [FOUND_PLL_VCO] = {say, CHECK_PLL_RANGE},
    [FOUND_NO_MEMORY] = {judge_memory, CHECK_NO_MEMORY},
    [FOUND_MEMORY_COMMAND] = {judge_memory, CHECK_EXTERNAL_MEMORY},
    [FOUND_BANK_OFF] = {judge_memory, CHECK_EXTERNAL_MEMORY},
    [FOUND_FMC_OFF] = {judge_memory, CHECK_EXTERNAL_MEMORY},
    [FOUND_NO_BANK] = {judge_memory, CHECK_EXTERNAL_MEMORY},
    [FOUND_BANK_PROTECTED] = {judge_memory, CHECK_EXTERNAL_MEMORY},
    [FOUND_NOR_OFF] = {judge_memory, CHECK_EXTERNAL_MEMORY},
    [FOUND_SDRAM_NOT_READY] = {judge_memory, CHECK_EXTERNAL_MEMORY},
    [FOUND_MEMORY_RANGE] = {judge_memory, CHECK_EXTERNAL_MEMORY},
    [FOUND_KERNEL_STOPPED] = {judge_memory, CHECK_EXTERNAL_MEMORY},
    [FOUND_NOT_MAPPED] = {judge_memory, CHECK_EXTERNAL_MEMORY},
    [FOUND_MAPPED_WRITE] = {judge_memory, CHECK_EXTERNAL_MEMORY},
    [FOUND_MEMORY_MISMATCH] = {judge_memory, CHECK_EXTERNAL_MEMORY},
    [FOUND_SDRAM_NO_REFRESH] = {judge_memory, CHECK_EXTERNAL_MEMORY},
    [FOUND_SDRAM_MODE] = {judge_memory, CHECK_EXTERNAL_MEMORY},
    [FOUND_DMA_BUS_ERROR] = {say, CHECK_DMA_REFUSED},
    [FOUND_READOUT_PROTECTION] = {say, CHECK_READOUT_PROTECTION}, /* level 2 is for ever */
};

static void judge_finding(struct check_report *report, const struct check_boot *s,
                          const struct finding *f)
{
    if (rules[f->code].judge != NULL) {
        rules[f->code].judge(report, s, f, rules[f->code].kind);
    }
}

/* ---- never past start-up ---- */

/* An oscillator or PLL that is on and not ready, or the reverse (9.7.2). */
const struct check_clock *check_clock_awaited(uint32_t cr)
{
    static const struct check_clock clocks[] = {
        {0, 2, "HSIRDY"},    {7, 8, "CSIRDY"},    {12, 13, "HSI48RDY"}, {16, 17, "HSERDY"},
        {24, 25, "PLL1RDY"}, {26, 27, "PLL2RDY"}, {28, 29, "PLL3RDY"},
    };
    for (size_t i = 0; i < sizeof clocks / sizeof *clocks; i++) {
        if ((cr >> clocks[i].on & 1u) != (cr >> clocks[i].ready & 1u)) {
            return &clocks[i];
        }
    }
    return NULL;
}

/* A wait for the other core: HSEM, or a domain's clock. */
bool check_waits_for_partner(const struct check_core *c)
{
    return c->state == CHECK_WAITS &&
           (c->poll.address - HSEM < 0x400u ||
            (c->poll.address == RCC_CR && check_clock_awaited(c->poll.value) == NULL));
}

static enum check_wait wait_of(const struct check_core *c)
{
    if (c->state != CHECK_WAITS) {
        return CHECK_NO_WAIT;
    }
    if (check_waits_for_partner(c)) {
        return CHECK_WAIT_PARTNER;
    }
    bool clock = c->poll.address == RCC_CR && check_clock_awaited(c->poll.value) != NULL;
    return clock ? CHECK_WAIT_CLOCK : CHECK_WAIT_BIT;
}

/* Main was not reached though there is one, or, without symbols, it still waits for a register that
 * start-up waits for. */
static bool never_starts(const struct check_boot *s, enum core core)
{
    const struct check_core *c = &s->core[core];
    /* Where boot addresses moved, its main() is not what starts. */
    if (s->cut || s->boot_moved || s->vcore_lost || c->empty || c->state == CHECK_HELD ||
        c->state == CHECK_LOCKED_UP) {
        return false;
    }
    return (c->main_known && !c->main_reached) || check_hangs_in_start(s, core);
}

static void take_wait(struct check_item *item, const struct check_core *c)
{
    item->wait = wait_of(c);
    item->poll = c->poll;
    item->main_known = c->main_known;
    item->place = c->place;
}

static void add_wait(struct check_report *report, const struct check_boot *s, enum core core,
                     enum check_kind kind)
{
    const struct check_core *c = &s->core[core];
    bool waits = c->state == CHECK_WAITS;
    struct check_item *item =
        check_add_at(report, s, kind, core, waits ? c->poll.pc : 0, waits ? c->poll.address : 0);
    if (item != NULL) {
        take_wait(item, c);
        item->has_value = waits;
        item->value = waits ? c->poll.value : 0;
        item->remedy = item->remedy && waits && c->poll.address - PWR < PWR_SIZE;
    }
}

/* After anything but a power-on it is not the end: one note is enough. */
static void judge_hang(struct check_report *report, const struct check_boot *s, enum core core)
{
    /* Whoever waits for the supply does so there: the row says it. */
    if (check_is_behind_rom(s) && s->core[core].state == CHECK_WAITS &&
        s->core[core].poll.address - PWR < PWR_SIZE) {
        return;
    }
    struct check_item *item = check_add(
        report, s, check_is_behind_rom(s) ? CHECK_HANGS_BEHIND_ROM : CHECK_HANGS_AFTER_RESET);
    if (item != NULL) {
        item->core = core;
        take_wait(item, &s->core[core]);
    }
}

/* A core may stand still for as long as a button is held, or HSE is away: in such a start only what is not
 * modelled says something. */
static void judge_core(struct check_report *report, const struct check_boot *s, enum core core)
{
    const struct check_core *c = &s->core[core];
    bool stimulated = check_is_stimulated(s);
    bool fresh = check_is_power_on(s);
    if (c->state == CHECK_WAITS && check_is_unmodelled(c->poll.address)) {
        add_wait(report, s, core, CHECK_WAITS_UNMODELLED);
    } else if (check_waits_for_field(c)) {
        check_judge_field_wait(report, s, core);
    } else if (stimulated) {
        return;
    } else if (never_starts(s, core) && fresh) {
        add_wait(report, s, core, CHECK_NEVER_STARTS);
    } else if (never_starts(s, core)) {
        judge_hang(report, s, core);
    } else if (check_waits_for_counter(c)) {
        check_judge_counter(report, s, core);
    } else if (fresh && check_waits_for_partner(c)) {
        add_wait(report, s, core, CHECK_WAITS_FOR_PARTNER);
    }
}

/* ---- what outlives the start ---- */

static void judge_flash(struct check_report *report, const struct check_boot *s)
{
    if (s->start_gone) {
        check_add(report, s, CHECK_ERASES_ITSELF);
    }
    if (s->options_decide != 0 || s->boot_moved) {
        struct check_item *item = check_add(report, s, CHECK_OPTIONS_DECIDE);
        if (item != NULL) {
            item->options = s->options_decide;
            item->boot_moved = s->boot_moved;
        }
    }
}

/* ---- the report ---- */

/* Whoever is first decides: that the other is, too, must not lose VCORE. */
static void name_race(struct check_report *report)
{
    for (size_t i = 0; i < report->item_count; i++) {
        struct check_item *item = &report->items[i];
        if (check_is_race(item->start) && item->kind == CHECK_VCORE_LOST) {
            item->kind = CHECK_SUPPLY_RACE;
        }
    }
}

void check_judge(struct check_report *report)
{
    check_overdrive(report);
    for (size_t i = 0; i < report->boot_count; i++) {
        const struct check_boot *s = &report->boots[i];
        for (size_t k = 0; k < s->finding_count; k++) {
            judge_finding(report, s, &s->findings[k]);
        }
        judge_flash(report, s);
        /* The stand-in says nothing that the M7 might wait for. */
        for (unsigned core = 0; core < CORE_COUNT && s->history != CHECK_CM4_STUB; core++) {
            judge_core(report, s, (enum core)core);
        }
    }
    name_race(report);
    check_notes(report);
    check_sort(report);
}
