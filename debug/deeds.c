/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
#include "debug/deeds.h"

#include <stdlib.h>
#include <string.h>

bool deed_is_debuggers(const struct deed *d)
{
    return d->kind == DEED_REGISTER || d->kind == DEED_MEMORY || d->kind == DEED_FLASH ||
           d->kind == DEED_HALT;
}

static void *grown(void *list, size_t size)
{
    void *more = realloc(list, size);
    if (more == NULL) {
        abort(); /* as everywhere in a simulation under way */
    }
    return more;
}

void deeds_add(struct deeds *all, const struct deed *d)
{
    if (all->count == all->room) {
        all->room = all->room == 0 ? 16 : 2 * all->room;
        all->list = grown(all->list, all->room * sizeof *all->list);
    }
    struct deed *kept = &all->list[all->count++];
    *kept = *d;
    kept->bytes = NULL;
    if (d->size != 0) {
        kept->bytes = grown(NULL, d->size);
        memcpy(kept->bytes, d->bytes, d->size);
    }
}

void deeds_forget(struct deeds *all, size_t from)
{
    size_t left = from;
    for (size_t i = from; i < all->count; i++) {
        if (deed_is_debuggers(&all->list[i])) {
            free(all->list[i].bytes);
        } else {
            all->list[left++] = all->list[i];
        }
    }
    all->count = left;
}

void deeds_free(struct deeds *all)
{
    for (size_t i = 0; i < all->count; i++) {
        free(all->list[i].bytes);
    }
    free(all->list);
    *all = (struct deeds){NULL, 0, 0};
}
