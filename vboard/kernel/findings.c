/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
#include "vboard/kernel/findings.h"

#include <stdlib.h>
#include <string.h>

void findings_init(struct findings *f)
{
    memset(f, 0, sizeof(*f));
}

void findings_destroy(struct findings *f)
{
    free(f->list);
    memset(f, 0, sizeof(*f));
}

void findings_clear(struct findings *f)
{
    f->count = 0;
}

static struct finding *twin(struct findings *f, const struct finding *n)
{
    for (size_t i = f->count; i-- > 0;) {
        struct finding *o = &f->list[i];
        if (o->kind == n->kind && o->master == n->master && o->address == n->address &&
            o->pc == n->pc && o->write == n->write) {
            return o;
        }
    }
    return NULL;
}

void findings_add(struct findings *f, const struct finding *n)
{
    struct finding *same = twin(f, n);
    if (same != NULL) {
        same->count++;
        return;
    }
    if (f->count == f->capacity) {
        size_t capacity = f->capacity != 0 ? 2 * f->capacity : 32;
        struct finding *list = realloc(f->list, capacity * sizeof(*list));
        if (list == NULL) {
            abort();
        }
        f->list = list;
        f->capacity = capacity;
    }
    f->list[f->count] = *n;
    f->list[f->count].count = 1;
    f->count++;
}

const char *finding_kind_name(enum finding_kind k)
{
    static const char *const names[FINDING_KIND_COUNT] = {
        [FINDING_UNMAPPED] = "unmapped",
        [FINDING_UNMODELLED] = "unmodelled",
        [FINDING_RESERVED_REG] = "reserved-register",
        [FINDING_RESERVED_BITS] = "reserved-bits",
        [FINDING_READ_ONLY] = "read-only",
        [FINDING_UNCLOCKED] = "unclocked",
        [FINDING_BAD_SIZE] = "bad-size",
        [FINDING_PIN_CONFLICT] = "pin-conflict",
        [FINDING_WAIT_STATES] = "wait-states",
        [FINDING_OVERCLOCK] = "overclock",
        [FINDING_OVERVOLTAGE] = "over-voltage",
        [FINDING_VCORE_LOST] = "vcore-lost",
        [FINDING_RAM_IN_RUN_STAR] = "ram-write-in-run-star",
        [FINDING_FAULT] = "fault",
        [FINDING_LOCKUP] = "lockup",
        [FINDING_BEHAVIOUR] = "behaviour",
    };
    return k < FINDING_KIND_COUNT && names[k] != NULL ? names[k] : "unknown";
}
