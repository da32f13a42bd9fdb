/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
/* Registers that are not modelled: does the verdict depend on what they hold? */
#include "check/judge.h"

#include "check/explore.h"
#include "check/kinds.h"
#include "check/run.h"

static bool depends(const struct check_report *report)
{
    for (size_t i = 0; i < report->item_count; i++) {
        if (check_lacks_model(report->items[i].kind)) {
            return true;
        }
    }
    return false;
}

static void confirm(struct check_report *report)
{
    for (size_t i = 0; i < report->item_count; i++) {
        struct check_item *item = &report->items[i];
        item->confirmed = item->kind == CHECK_NOT_MODELLED;
    }
}

/* In starts of power and resets, or in those in which something was done. */
static bool reads_unmodelled(const struct check_report *report, bool stimulated)
{
    for (size_t i = 0; i < report->boot_count; i++) {
        const struct check_boot *s = &report->boots[i];
        if (s->unmodelled_count > 0 && (s->history == CHECK_STIMULATED) == stimulated) {
            return true;
        }
    }
    return false;
}

static bool cores_differ(const struct check_boot *a, const struct check_boot *b, unsigned core)
{
    const struct check_core *x = &a->core[core];
    const struct check_core *y = &b->core[core];
    bool places = x->place != y->place;
    return x->main_reached != y->main_reached || x->state != y->state || places ||
           a->trace[core] != b->trace[core];
}

static bool boots_differ(const struct check_boot *a, const struct check_boot *b)
{
    return a->vcore_lost != b->vcore_lost || a->resets != b->resets || cores_differ(a, b, 0) ||
           cores_differ(a, b, 1);
}

static bool has_unsafe(const struct check_report *r)
{
    return check_verdict(r) == 1;
}

/* The last register that was read before the ways parted is most likely the one that parted them. */
static void add_dependence(struct check_report *report, const struct check_boot *s)
{
    for (size_t i = s->unmodelled_count; i-- > 0;) {
        const struct check_unmodelled *b = &s->unmodelled[i];
        check_add_at(report, s, CHECK_DEPENDS, b->core, b->pc, b->address);
        return;
    }
}

void check_compare(struct check_report *report, const struct check_report *other)
{
    if (check_verdict(report) == 1) {
        return;
    }
    size_t count = report->boot_count < other->boot_count ? report->boot_count : other->boot_count;
    for (size_t i = 0; i < count; i++) {
        if (report->boots[i].history != other->boots[i].history) {
            break;
        }
        if (boots_differ(&report->boots[i], &other->boots[i])) {
            add_dependence(report, report->boots[i].unmodelled_count > 0 ? &report->boots[i]
                                                                         : &other->boots[i]);
            check_sort(report);
            return;
        }
    }
    if (has_unsafe(other)) {
        add_dependence(report, &other->boots[0]);
        check_sort(report);
    }
}

/* What registers hold that are not modelled must make no difference. */
static bool try_other_answers(struct check_report *report, char *error, size_t size)
{
    for (unsigned reads = CHECK_ZEROS + 1; reads < CHECK_UNMODELLED_READS; reads++) {
        struct check_report other = {.config = report->config};
        if (check_verdict(report) == 1 || depends(report)) {
            return true;
        }
        bool ran = check_run(&other, (enum check_unmodelled_reads)reads, error, size) &&
                   (!reads_unmodelled(report, true) ||
                    check_explore(&other, (enum check_unmodelled_reads)reads,
                                  report->config->effort, error, size));
        if (ran) {
            check_judge(&other);
            check_compare(report, &other);
        }
        check_report_free(&other);
        if (!ran) {
            return false;
        }
    }
    return true;
}

/* ---- looking further ---- */

/* What was read in the code and never ran. */
static bool has_unseen(const struct check_report *report)
{
    for (size_t i = 0; i < report->item_count; i++) {
        enum check_kind kind = report->items[i].kind;
        if (kind == CHECK_SUPPLY_CODE_UNSEEN || kind == CHECK_VOLTAGE_CODE_UNSEEN ||
            kind == CHECK_READOUT_CODE_UNSEEN) {
            return true;
        }
    }
    return false;
}

static bool explore(struct check_report *report, unsigned effort, char *error, size_t size)
{
    size_t boots = report->boot_count;
    if (check_verdict(report) == 1 || effort == 0) {
        return true;
    }
    if (!check_explore(report, CHECK_ZEROS, effort, error, size)) {
        return false;
    }
    if (report->boot_count != boots) {
        report->item_count = 0;
        check_judge(report);
    }
    return true;
}

/* Where dangerous code is left that never ran, it is worth so much more. */
#define HARDER 4u

bool check_conclude(struct check_report *report, char *error, size_t size)
{
    unsigned effort = report->config->effort;
    check_judge(report);
    if (!explore(report, effort, error, size)) {
        return false;
    }
    check_scan(report);
    if (has_unseen(report) && effort > 0) {
        const size_t boots = report->boot_count;
        if (!explore(report, effort * HARDER, error, size)) {
            return false;
        }
        if (report->boot_count != boots) { /* by what was seen now it reads otherwise */
            check_scan(report);
        }
    }
    bool reads = reads_unmodelled(report, false) || reads_unmodelled(report, true);
    if (reads && !try_other_answers(report, error, size)) {
        return false;
    }
    check_sort(report);
    if (check_verdict(report) == 0) {
        confirm(report);
    }
    return true;
}
