/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
#include "vboard/chip/fields.h"

#include <stdio.h>
#include <string.h>

uint32_t reg_bits(const struct reg *r)
{
    return r->rw | r->ro | r->wo | r->w1c | r->w0c | r->w1s;
}

static const struct field *list_at(const struct model *m, uint32_t offset)
{
    for (const struct reg_fields *f = m->fields; f != NULL && f->list != NULL; f++) {
        for (unsigned i = 0; i < f->count; i++) {
            if (f->offset + i * f->stride == offset) {
                return f->list;
            }
        }
    }
    return NULL;
}

void field_walk_begin(struct field_walk *w, const struct model *m, uint32_t offset)
{
    const struct reg *r = m != NULL ? model_reg_at(m, offset, NULL) : NULL;
    *w = (struct field_walk){0};
    if (r != NULL) {
        w->next = list_at(m, offset);
        w->present = reg_bits(r);
    }
}

/* The next one, be it there or not. */
static bool step(struct field_walk *w)
{
    if (w->next == NULL || w->next->name == NULL) {
        return false;
    }
    w->field = w->next;
    w->index = w->next_index;
    unsigned width = (unsigned)__builtin_popcount(w->field->bits);
    w->bits = (w->field->bits << (w->index * width)) & w->present;
    w->next_index++;
    if (w->next_index >= w->field->count) {
        w->next++;
        w->next_index = 0;
    }
    return true;
}

bool field_walk_next(struct field_walk *w)
{
    bool more = step(w);
    while (more && w->bits == 0) {
        more = step(w);
    }
    return more;
}

const char *field_name(const struct field_walk *w, char *buf, size_t size)
{
    const char *name = w->field->name;
    const char *hole = strstr(name, "%u");
    if (hole == NULL) {
        snprintf(buf, size, "%s", name);
    } else {
        snprintf(buf, size, "%.*s%u%s", (int)(hole - name), name, w->field->first + w->index,
                 hole + 2);
    }
    return buf;
}

uint32_t fields_unmodelled(const struct model *m, uint32_t offset, uint32_t bits)
{
    const struct reg *r = model_reg_at(m, offset, NULL);
    struct field_walk w;
    uint32_t whole = r != NULL ? bits & r->unmodelled : 0;
    field_walk_begin(&w, m, offset);
    while (field_walk_next(&w)) {
        bool is = w.field->use == FIELD_UNMODELLED || w.field->use == FIELD_DECISIVE;
        whole |= is && (w.bits & whole) != 0 ? w.bits : 0;
    }
    return whole;
}

uint32_t fields_deciding(const struct model *m, uint32_t offset, uint32_t bits)
{
    struct field_walk w;
    uint32_t deciding = 0;
    field_walk_begin(&w, m, offset);
    while (field_walk_next(&w)) {
        deciding |= w.field->use == FIELD_DECISIVE ? w.bits & bits : 0;
    }
    return deciding;
}

/* The largest field that lies within `bits`; false: none does. */
static bool largest_within(const struct model *m, uint32_t offset, uint32_t bits,
                           struct field_walk *found)
{
    struct field_walk w;
    int most = 0;
    field_walk_begin(&w, m, offset);
    while (field_walk_next(&w)) {
        int width = __builtin_popcount(w.bits);
        if ((w.bits & ~bits) == 0 && width > most) {
            most = width;
            *found = w;
        }
    }
    return most > 0;
}

const char *fields_text(const struct model *m, uint32_t offset, uint32_t bits, const char *between,
                        char *buf, size_t size)
{
    struct field_walk w;
    size_t at = 0;
    buf[0] = '\0';
    while (bits != 0 && at + 1 < size) {
        char name[32];
        bool known = largest_within(m, offset, bits, &w);
        if (known) {
            field_name(&w, name, sizeof(name));
            bits &= ~w.bits;
        } else {
            snprintf(name, sizeof(name), "0x%08X", (unsigned)bits);
            bits = 0;
        }
        int n = snprintf(buf + at, size - at, "%s%s", at == 0 ? "" : between, name);
        at += n > 0 ? (size_t)n : 0;
    }
    return buf;
}
