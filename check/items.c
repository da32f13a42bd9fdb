/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
/* The list of what there is to say, and the verdict it makes. */
#include "check/judge.h"

#include "check/coverage.h"
#include "check/kinds.h"

#include <stdlib.h>

static struct check_item *append(struct check_report *report, const struct check_item *item)
{
    struct check_item *list = realloc(report->items, (report->item_count + 1) * sizeof *list);
    if (list == NULL) {
        abort();
    }
    report->items = list;
    list[report->item_count] = *item;
    return &list[report->item_count++];
}

static bool is_twin(const struct check_item *a, const struct check_item *b)
{
    return a->kind == b->kind &&
           (check_is_said_once(a->kind) ||
            (a->core == b->core && a->pc == b->pc && a->address == b->address));
}

static struct check_item *add(struct check_report *report, const struct check_item *item)
{
    for (size_t i = 0; i < report->item_count; i++) {
        if (is_twin(&report->items[i], item)) {
            return NULL;
        }
    }
    return append(report, item);
}

struct check_item *check_add(struct check_report *report, const struct check_boot *boot,
                             enum check_kind kind)
{
    const struct check_item item = {.kind = kind,
                                    .history = boot->history,
                                    .start = boot->start,
                                    .stimulus = boot->stimulus,
                                    .remedy = check_has_remedy(kind)};
    return add(report, &item);
}

struct check_item *check_add_at(struct check_report *report, const struct check_boot *boot,
                                enum check_kind kind, enum core core, uint32_t pc, uint32_t address)
{
    const struct check_item item = {.kind = kind,
                                    .history = boot->history,
                                    .start = boot->start,
                                    .stimulus = boot->stimulus,
                                    .has_core = true,
                                    .core = core,
                                    .pc = pc,
                                    .address = address,
                                    .remedy = check_has_remedy(kind)};
    return add(report, &item);
}

void check_add_member(struct check_item *item, const struct check_member *member)
{
    for (size_t i = 0; i < item->member_count; i++) {
        struct check_member *m = &item->members[i];
        if (m->what == member->what) {
            uint32_t mask = m->mask | member->mask;
            *m = member->khz > m->khz ? *member : *m;
            m->mask = mask;
            return;
        }
    }
    if (item->member_count < CHECK_MEMBERS) {
        item->members[item->member_count++] = *member;
    }
}

static bool is_before(const struct check_item *a, const struct check_item *b)
{
    enum check_level level_a = check_level_of(a->kind);
    enum check_level level_b = check_level_of(b->kind);
    return level_a != level_b ? level_a < level_b
                              : check_severity(a->kind) < check_severity(b->kind);
}

/* Few items: insertion keeps those of one rank in order. */
void check_sort(struct check_report *report)
{
    for (size_t i = 1; i < report->item_count; i++) {
        struct check_item item = report->items[i];
        size_t at = i;
        while (at > 0 && is_before(&item, &report->items[at - 1])) {
            report->items[at] = report->items[at - 1];
            at--;
        }
        report->items[at] = item;
    }
}

int check_verdict(const struct check_report *report)
{
    bool unknown = false;
    for (size_t i = 0; i < report->item_count; i++) {
        enum check_level level = check_level_of(report->items[i].kind);
        if (level == CHECK_UNSAFE) {
            return 1;
        }
        unknown = unknown || level == CHECK_UNKNOWN;
    }
    return unknown ? 3 : 0;
}

void check_report_free(struct check_report *report)
{
    for (size_t i = 0; i < report->boot_count; i++) {
        free(report->boots[i].findings);
        free(report->boots[i].odds);
        free(report->boots[i].nudges);
        free(report->boots[i].pages);
    }
    free(report->boots);
    free(report->items);
    check_coverage_destroy(report->coverage);
}
