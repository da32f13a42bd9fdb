/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
/* Fields that the chip has and the board's models do not act on: set, or waited for. */
#include "check/fields.h"

#include "check/judge.h"
#include "check/names.h"
#include "vboard/chip/fields.h"

/* One item for all of a kind, at the place of the first; its register, if that decides. */
static struct check_item *item_of(struct check_report *report, const struct check_boot *s,
                                  const struct finding *f, enum check_kind kind)
{
    for (size_t i = 0; i < report->item_count; i++) {
        if (report->items[i].kind == kind) {
            return &report->items[i];
        }
    }
    struct check_item *item = check_add_at(report, s, kind, check_core_of(f), f->pc,
                                           kind == CHECK_FIELDS_DECIDE ? f->address : 0);
    if (item != NULL) {
        item->at = f->first_at;
    }
    return item;
}

static void add_fields(struct check_item *item, uint32_t address, uint32_t mask)
{
    if (item != NULL && mask != 0) {
        check_add_member(item, &(struct check_member){.what = address, .mask = mask});
    }
}

void check_judge_field(struct check_report *report, const struct check_boot *s,
                       const struct finding *f, enum check_kind kind)
{
    const struct finding_data *d = &f->data;
    uint32_t deciding = fields_deciding(d->model, d->offset, d->mask);
    if (s->history == CHECK_CM4_STUB) {
        return;
    }
    if (deciding != 0) {
        add_fields(item_of(report, s, f, CHECK_FIELDS_DECIDE), f->address, deciding);
    }
    if ((d->mask & ~deciding) != 0) {
        add_fields(item_of(report, s, f, kind), f->address, d->mask & ~deciding);
    }
}

bool check_waits_for_field(const struct check_core *c)
{
    uint32_t left_out = check_left_out(c->poll.address);
    return c->state == CHECK_WAITS && c->poll.bits != 0 && (c->poll.bits & ~left_out) == 0;
}

void check_judge_field_wait(struct check_report *report, const struct check_boot *s, enum core core)
{
    const struct check_poll *p = &s->core[core].poll;
    struct check_item *item = check_add_at(report, s, CHECK_WAITS_FIELD, core, p->pc, p->address);
    if (item != NULL) {
        item->wait = CHECK_WAIT_BIT;
        item->poll = *p;
    }
    add_fields(item, p->address, p->bits);
}
