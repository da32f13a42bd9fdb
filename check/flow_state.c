/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
/* Registers, flags and stack at one place of the code. */
#include "check/flow_internal.h"

#include <stddef.h>
#include <string.h>

void flow_state_clear(struct flow_state *s)
{
    memset(s, 0, offsetof(struct flow_state, slot));
    s->flags.reg = FLOW_NO_REG;
}

void flow_state_copy(struct flow_state *to, const struct flow_state *from)
{
    memcpy(to, from, offsetof(struct flow_state, slot) + from->slot_count * sizeof *from->slot);
}

void flow_set_reg(struct flow_state *s, unsigned reg, flow_value value)
{
    if (reg >= FLOW_REGS) {
        return;
    }
    s->reg[reg] = value;
    if (s->flags.reg == reg) {
        s->flags.reg = FLOW_NO_REG;
    }
}

static void remove_slot(struct flow_state *s, unsigned at)
{
    s->slot_count--;
    memmove(&s->slot[at], &s->slot[at + 1], (s->slot_count - at) * sizeof *s->slot);
}

unsigned flow_slot_from(const struct flow_state *s, int32_t offset)
{
    unsigned low = 0, high = s->slot_count;
    while (low < high) {
        unsigned middle = low + (high - low) / 2;
        if (s->slot[middle].offset < offset) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    return low;
}

void flow_slot_store(struct flow_state *s, int32_t offset, uint32_t size, flow_value value)
{
    unsigned at = flow_slot_from(s, offset);
    at -= at > 0; /* it may reach into the place */
    while (at < s->slot_count) {
        int64_t distance = (int64_t)s->slot[at].offset - offset;
        if (distance < (int64_t)size && -distance < (int64_t)s->slot[at].size) {
            remove_slot(s, at);
        } else if (distance > 0) {
            break;
        } else {
            at++;
        }
    }
    if (value == FLOW_ANYTHING || s->slot_count == FLOW_SLOTS_MAX) {
        return;
    }
    memmove(&s->slot[at + 1], &s->slot[at], (s->slot_count - at) * sizeof *s->slot);
    s->slot[at] = (struct flow_slot){offset, size, value};
    s->slot_count++;
}

flow_value flow_slot_load(const struct flow_state *s, int32_t offset, uint32_t size)
{
    const unsigned at = flow_slot_from(s, offset);
    const bool is_there =
        at < s->slot_count && s->slot[at].offset == offset && s->slot[at].size == size;
    return is_there ? s->slot[at].value : FLOW_ANYTHING;
}

void flow_slot_forget(struct flow_state *s, int32_t offset)
{
    while (s->slot_count > 0 && s->slot[s->slot_count - 1].offset >= offset) {
        s->slot_count--;
    }
}

static bool join_value(struct flow_table *t, flow_value *v, flow_value more, bool widen)
{
    if (*v == more) {
        return false;
    }
    flow_value joined = widen ? flow_widen(t, *v, more) : flow_join(t, *v, more);
    bool changed = joined != *v;
    *v = joined;
    return changed;
}

static bool join_flags(struct flow_table *t, struct flow_flags *f, const struct flow_flags *more,
                       bool widen)
{
    bool changed = f->assumed != 0 && f->assumed != more->assumed;
    f->assumed = changed ? 0 : f->assumed;
    if (f->kind == FLOW_FLAGS_UNKNOWN) {
        return changed;
    }
    if (f->kind != more->kind) {
        *f = (struct flow_flags){.reg = FLOW_NO_REG};
        return true;
    }
    if (f->reg != more->reg && f->reg != FLOW_NO_REG) {
        f->reg = FLOW_NO_REG;
        changed = true;
    }
    changed |= join_value(t, &f->a, more->a, widen);
    changed |= join_value(t, &f->b, more->b, widen);
    return changed;
}

/* Only what both know stays. */
static bool join_slots(struct flow_table *t, struct flow_state *s, const struct flow_state *more,
                       bool widen)
{
    bool changed = false;
    unsigned kept = 0, k = 0;
    for (unsigned i = 0; i < s->slot_count; i++) {
        struct flow_slot slot = s->slot[i];
        while (k < more->slot_count && more->slot[k].offset < slot.offset) {
            k++;
        }
        const struct flow_slot *same = &more->slot[k];
        const bool both =
            k < more->slot_count && same->offset == slot.offset && same->size == slot.size;
        changed |= join_value(t, &slot.value, both ? same->value : FLOW_ANYTHING, widen);
        if (both && slot.value != FLOW_ANYTHING) {
            s->slot[kept++] = slot;
        }
    }
    changed |= kept != s->slot_count;
    s->slot_count = kept;
    return changed;
}

bool flow_state_join(struct flow_table *t, struct flow_state *s, const struct flow_state *more,
                     bool widen)
{
    bool changed = join_flags(t, &s->flags, &more->flags, widen);
    changed |= s->after_once && !more->after_once;
    s->after_once &= more->after_once;
    changed |= flow_file_join(&s->files, &more->files);
    for (unsigned i = 0; i < FLOW_REGS; i++) {
        changed |= join_value(t, &s->reg[i], more->reg[i], widen);
    }
    return join_slots(t, s, more, widen) || changed;
}
