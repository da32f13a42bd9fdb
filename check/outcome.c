/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
#include "check/print.h"

#include "check/judge.h"
#include "check/watch.h"

#include <string.h>

static bool has(const struct check_boot *s, enum finding_kind kind)
{
    for (size_t i = 0; i < s->finding_count; i++) {
        const struct finding *f = &s->findings[i];
        bool other = f->code == FOUND_WRHIGHFREQ_TOO_LOW;
        if (f->kind == kind && !other && !s->core[f->master == MASTER_CM4 ? 1 : 0].empty) {
            return true;
        }
    }
    return false;
}

static bool hangs(const struct check_boot *s)
{
    for (unsigned i = 0; i < CORE_COUNT; i++) {
        const struct check_core *c = &s->core[i];
        bool waits = c->state == CHECK_WAITS && check_is_start_register(c->poll.address);
        bool lost = c->main_known && !c->main_reached && c->state != CHECK_HELD && !c->empty;
        if (lost || (waits && !(c->main_known && check_waits_for_partner(c)))) {
            return true;
        }
    }
    return false;
}

/* "0.1 us", "12.3 ms", "2.000 s" */
static void time_text(vtime_ps at, char *text, size_t size)
{
    if (at < VTIME_MS(1)) {
        snprintf(text, size, "%.1f µs", (double)at / 1e6);
    } else if (at < VTIME_S(1)) {
        snprintf(text, size, "%.1f ms", (double)at / 1e9);
    } else {
        snprintf(text, size, "%.3f s", (double)at / 1e12);
    }
}

static const char *core_text(const struct check_core *c)
{
    switch (c->state) {
    case CHECK_HELD:
        return "held";
    case CHECK_LOCKED_UP:
        return c->empty ? "without an image" : "locked up";
    case CHECK_WAITS: {
        char name[40];
        bool asks = check_is_start_register(c->poll.address) ||
                    check_unmodelled_name(c->poll.address, name, sizeof name);
        return asks ? "waiting" : "running";
    }
    case CHECK_SLEEPS:
        return "asleep";
    case CHECK_STOPS:
        return "in Stop";
    default:
        return "running";
    }
}

enum check_outcome check_outcome(const struct check_boot *s, char *text, size_t size)
{
    static const struct {
        enum finding_kind kind;
        const char *text;
    } bad[] = {{FINDING_OVERVOLTAGE, "OVER-VOLTAGE: VCORE above its absolute maximum"},
               {FINDING_LOCKUP, "CRASHES: a core locks up"},
               {FINDING_FAULT, "CRASHES: a fault"},
               {FINDING_OVERCLOCK, "TOO FAST for supply and voltage scale"},
               {FINDING_WAIT_STATES, "TOO FEW flash wait states"}};
    bool fresh = check_is_power_on(s);
    char when[24];
    if (s->vcore_lost) {
        time_text(s->lost_at, when, sizeof when);
        snprintf(text, size, "DEADLOCK: VCORE is gone%s%s", s->lost_at != 0 ? " after " : "",
                 s->lost_at != 0 ? when : "");
        return CHECK_DEADLOCK;
    }
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        if (has(s, bad[i].kind)) {
            snprintf(text, size, "%s", bad[i].text);
            return CHECK_BAD;
        }
    }
    if (hangs(s)) {
        snprintf(text, size, "%s",
                 fresh                    ? "NEVER STARTS"
                 : check_is_behind_rom(s) ? "hangs: needs power off and on"
                                          : "hangs");
        return fresh ? CHECK_BAD : CHECK_HANGS;
    }
    if (s->cm7_hz == 0) {
        snprintf(text, size, "runs: CM7 %s, CM4 %s, VOS%u", core_text(&s->core[CORE_CM7]),
                 core_text(&s->core[CORE_CM4]), s->vos);
    } else {
        snprintf(text, size, "runs: CM7 %s at %u MHz, CM4 %s, VOS%u", core_text(&s->core[CORE_CM7]),
                 (unsigned)((s->cm7_hz + 500000) / 1000000), core_text(&s->core[CORE_CM4]), s->vos);
    }
    return CHECK_GOES;
}
