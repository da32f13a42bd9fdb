/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
#include "check/outcome.h"

#include "check/counter.h"
#include "check/judge.h"
#include "check/odd.h"
#include "check/watch.h"

#include <string.h>

/* What a finding makes of a start, the gravest last. Of a core without an image it makes nothing. */
static enum check_outcome outcome_of(enum finding_code code)
{
    switch (code) {
    case FOUND_LATENCY_TOO_LOW:
        return CHECK_TOO_FEW_STATES;
    case FOUND_OVERCLOCK:
        return CHECK_TOO_FAST;
    case FOUND_FAULT:
        return CHECK_FAULTS;
    case FOUND_LOCKUP_FAULT:
    case FOUND_LOCKUP_VECTOR:
        return CHECK_LOCKS_UP;
    case FOUND_OVERVOLTAGE_SMPS:
    case FOUND_OVERVOLTAGE_VOS0:
        return CHECK_TOO_MANY_VOLTS;
    default:
        return CHECK_RUNS_ON;
    }
}

#define FAULTS_ON_PURPOSE 16u

/* Code that switches the FPU on when it is needed, or looks whether a memory is there, faults once or a
 * few times. A handler that changes nothing comes again and again. */
bool check_faults_handled(const struct chip_cores *cores, enum core core)
{
    return cores->faults_taken[core] <= FAULTS_ON_PURPOSE &&
           cores->faults_taken[core] == cores->faults_returned[core];
}

static enum check_outcome worst_finding(const struct check_boot *s)
{
    enum check_outcome worst = CHECK_RUNS_ON;
    for (size_t i = 0; i < s->finding_count; i++) {
        const struct finding *f = &s->findings[i];
        enum check_outcome outcome = outcome_of(f->code);
        if (s->overdrive_decides &&
            (outcome == CHECK_TOO_FAST || outcome == CHECK_TOO_FEW_STATES)) {
            continue; /* it may be right */
        }
        if (outcome > worst && !s->core[check_core_of(f)].empty && !check_is_handled(s, f)) {
            worst = outcome;
        }
    }
    return worst;
}

bool check_hangs_in_start(const struct check_boot *s, enum core core)
{
    const struct check_core *c = &s->core[core];
    bool waits = c->state == CHECK_WAITS && check_is_start_wait(&c->poll);
    return waits && !(c->main_known && check_waits_for_partner(c));
}

static bool hangs(const struct check_boot *s)
{
    for (unsigned i = 0; i < CORE_COUNT; i++) {
        const struct check_core *c = &s->core[i];
        bool lost = c->main_known && !c->main_reached && !s->boot_moved && c->state != CHECK_HELD &&
                    !c->empty;
        if (lost || check_hangs_in_start(s, (enum core)i)) {
            return true;
        }
    }
    return false;
}

bool check_gives_up(const struct check_core *c)
{
    return c->place != NULL && strcmp(c->place, "Error_Handler") == 0;
}

/* Three resets by watchdogs in one start: nobody feeds it. */
static bool resets_on(const struct check_boot *s)
{
    uint32_t watchdogs = 1u << RESET_SRC_IWDG1 | 1u << RESET_SRC_IWDG2 | 1u << RESET_SRC_WWDG1 |
                         1u << RESET_SRC_WWDG2;
    return (s->reset_sources & watchdogs) != 0 && s->resets >= 3;
}

/* Nothing has died, and nothing works. */
static enum check_outcome goes_nowhere(const struct check_boot *s)
{
    return resets_on(s) ? CHECK_RESETS_ON
           : check_gives_up(&s->core[CORE_CM7]) || check_gives_up(&s->core[CORE_CM4])
               ? CHECK_GIVES_UP
           : check_is_stuck(s) || check_waits_for_counter(&s->core[CORE_CM7]) ||
                   check_waits_for_counter(&s->core[CORE_CM4])
               ? CHECK_STUCK
               : CHECK_RUNS_ON;
}

enum check_outcome check_outcome(const struct check_boot *s)
{
    enum check_outcome worst = worst_finding(s);
    if (s->vcore_lost) {
        return CHECK_DEADLOCK;
    }
    if (worst != CHECK_RUNS_ON) {
        return worst;
    }
    if (check_is_stimulated(s)) {
        return hangs(s) ? CHECK_HELD_UP : CHECK_RUNS_ON;
    }
    if (!hangs(s)) {
        return goes_nowhere(s);
    }
    return check_is_power_on(s)     ? CHECK_DOES_NOT_START
           : check_is_behind_rom(s) ? CHECK_HANGS_LOCKED
                                    : CHECK_HANGS;
}

enum check_grade check_grade(enum check_outcome outcome)
{
    return outcome == CHECK_DEADLOCK         ? CHECK_IS_DEAD
           : outcome >= CHECK_TOO_FEW_STATES ? CHECK_IS_BAD
           : outcome >= CHECK_STUCK          ? CHECK_IS_ODD
                                             : CHECK_IS_GOOD;
}
