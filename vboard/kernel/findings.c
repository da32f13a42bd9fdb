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

static bool is_twin(const struct finding *a, const struct finding *b)
{
    return a->code == b->code && a->data.subject == b->data.subject && a->master == b->master &&
           a->address == b->address && a->pc == b->pc && a->write == b->write;
}

static struct finding *twin(struct findings *f, const struct finding *n)
{
    for (size_t i = f->count; i-- > 0;) {
        if (is_twin(&f->list[i], n)) {
            return &f->list[i];
        }
    }
    return NULL;
}

void findings_add(struct findings *f, const struct finding *n)
{
    struct finding *same = twin(f, n);
    if (same != NULL) {
        same->data.mask |= n->data.mask;
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
    f->list[f->count].kind = finding_kind_of(n->code);
    f->list[f->count].count = 1;
    f->count++;
}
