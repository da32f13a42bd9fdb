/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
/* Stores to registers that flow_file.h is about. */
#include "check/flow_trail.h"

#define HSEM 0x58026400u
#define PWR 0x58024800u
#define PWR_CSR1 (PWR + 4u)
#define ACTVOSRDY (1u << 13)
#define BLOCK 0x400u
#define PERIPHERALS 0x40000000u /* RM0399 2.3.2 */

/* Of the store under way; several where several ranges are hit. */
static void note_at_sites(struct flow *f, uint32_t address, uint16_t number)
{
    for (uint32_t i = f->readings[f->reading].sites; i != 0; i = f->sites[i - 1].next) {
        struct flow_site *site = &f->sites[i - 1];
        if (site->pc == f->pc && site->address == address) {
            flow_file_add(&site->files, number);
        }
    }
}

static uint32_t function_of(const struct flow *f, uint32_t pc)
{
    const struct flow_program *p = f->program;
    uint32_t function = f->readings[f->reading].entry;
    if (f->walking && p->function != NULL) { /* maybe in one that it calls */
        (void)p->function(p->context, pc, &function);
    }
    return function;
}

static bool was_seen(const struct flow *f, const struct flow_file_change *change, uint32_t function)
{
    const struct flow_program *p = f->program;
    const struct flow_site site = {.pc = change->pc,
                                   .function = function,
                                   .address = change->address,
                                   .size = (uint8_t)change->size};
    return p->seen != NULL && p->seen(p->seen_context, &site, change->value);
}

static bool is_same(const struct flow_stored *a, const struct flow_stored *b)
{
    return a->pc == b->pc && a->function == b->function && a->address == b->address &&
           a->size == b->size && a->number == b->number && a->value.kind == b->value.kind &&
           a->value.mask == b->value.mask && a->value.value == b->value.value;
}

/* The file that the store leaves of file `number`: the same stores are come to again and again. */
static uint16_t file_behind(struct flow *f, struct flow_file_change *change, uint32_t function,
                            uint16_t number)
{
    struct flow_stored stored = {.pc = change->pc,
                                 .function = function,
                                 .address = change->address,
                                 .value = change->value,
                                 .number = number,
                                 .size = (uint8_t)change->size};
    const uint32_t h =
        (change->pc + number * 61u + change->value.value) * 2654435761u + function * 2246822519u;
    struct flow_stored *known = &f->stored[(h >> 16) % FLOW_STORED_MAX];
    if (!is_same(known, &stored)) {
        change->seen = was_seen(f, change, function);
        stored.after = flow_file_store(&f->files, number, change);
        *known = stored;
    }
    return known->after;
}

/* A way with nothing unseen that comes to the last store that was seen is the way that was seen. */
static bool is_settled(const struct flow *f, uint16_t number)
{
    return !f->walking && f->pc == f->program->last_pc && f->files.list[number].unseen_pc == 0;
}

/* To a register that is known: each file with each of the values. */
static void store_known(struct flow *f, const struct flow_state *s, struct flow_file_set *after,
                        uint32_t address, uint32_t size, flow_value value)
{
    const struct flow_set values = *flow_set(&f->table, value);
    const uint32_t function = function_of(f, f->pc);
    struct flow_file_change change = {
        .reg = flow_file_reg_at(address & ~3u), .pc = f->pc, .address = address, .size = size};
    for (unsigned i = 0; i < values.count; i++) {
        change.value = values.one[i];
        for (unsigned k = 0; k < s->files.count; k++) {
            uint16_t number = file_behind(f, &change, function, s->files.number[k]);
            number = is_settled(f, number) ? flow_file_as_was(f) : number;
            note_at_sites(f, address, number);
            if (f->walking) {
                f->trails->led_to[number / 8] |= (uint8_t)(1u << number % 8);
            }
            flow_file_add(after, number);
        }
    }
}

/* Can one of the addresses be of those registers? */
static bool may_store(const struct flow *f, const struct flow_set *at)
{
    bool may = false;
    for (unsigned i = 0; i < at->count; i++) {
        const struct flow_bits one = at->one[i];
        may = may ||
              (flow_is_constant(one)
                   ? one.value >= PERIPHERALS && flow_file_reg_at(one.value & ~3u) != FLOW_FILE_REGS
                   : f->somewhere && one.kind <= FLOW_BASE);
    }
    return may;
}

void flow_store_files(struct flow *f, struct flow_state *s, const struct flow_set *at,
                      uint32_t size, flow_value value)
{
    struct flow_file_set after = {0};
    bool stores = false;
    if (!may_store(f, at)) { /* most do not */
        return;
    }
    for (unsigned i = 0; i < at->count; i++) {
        const struct flow_bits one = at->one[i];
        /* What goes to which address, where both are several, is no knowledge: trails know it of a table. */
        uint32_t word;
        bool vague = at->count > 1 && !flow_value_constant(&f->table, value, &word);
        if (!vague && flow_is_constant(one) &&
            flow_file_reg_at(one.value & ~3u) != FLOW_FILE_REGS) {
            store_known(f, s, &after, one.value, size, value);
            stores = true;
        } else if (f->somewhere && !flow_is_constant(one) && one.kind <= FLOW_BASE) {
            flow_file_add(&after, flow_file_as_was(f));
            stores = true;
        } else {
            flow_file_join(&after, &s->files);
        }
    }
    if (stores) {
        s->files = after;
        f->readings[f->reading].stores_file = true;
    }
}

void flow_ask_files(struct flow *f, struct flow_state *s, const struct flow_set *at)
{
    struct flow_file_set late = {0};
    bool changed = false;
    if (at->count != 1 || !flow_is_constant(at->one[0]) ||
        (at->one[0].value - PWR >= BLOCK && at->one[0].value - HSEM >= BLOCK)) {
        return;
    }
    for (unsigned i = 0; i < s->files.count; i++) {
        uint16_t number = flow_file_late(&f->files, s->files.number[i]);
        changed |= number != s->files.number[i];
        flow_file_add(&late, number);
    }
    if (changed) {
        s->files = late;
        f->readings[f->reading].stores_file = true;
    }
}

uint16_t flow_file_as_was(struct flow *f)
{
    const struct flow_file *as_was = f->program->as_was;
    if (as_was != NULL && !f->has_as_was) {
        f->as_was = flow_file_number(&f->files, as_was);
        f->has_as_was = true;
    }
    return as_was != NULL ? f->as_was : FLOW_FILE_UNKNOWN;
}

flow_value flow_load_file(struct flow *f, const struct flow_state *s, uint32_t address,
                          uint32_t size)
{
    const enum flow_file_reg reg = flow_file_reg_at(address & ~3u);
    const struct flow_file_load load = {reg, address, size, f->program->flags_follow};
    struct flow_set all = {0};
    if (address == PWR_CSR1 && f->program->flags_follow) {
        return flow_value_of(&f->table, (struct flow_bits){FLOW_BITS, ACTVOSRDY, ACTVOSRDY});
    }
    if (reg == FLOW_FILE_REGS || s->files.count == 0) {
        return FLOW_ANYTHING;
    }
    for (unsigned i = 0; i < s->files.count; i++) {
        flow_set_add(&f->table, &all, flow_file_load(&f->files.list[s->files.number[i]], &load));
    }
    return flow_value_of_set(&f->table, &all);
}

bool flow_part_files(const struct flow *f, struct flow_file_set *set, struct flow_file_set *rest,
                     uint32_t address)
{
    const enum flow_file_reg reg = flow_file_reg_at(address & ~3u);
    struct flow_file_set same = {0};
    *rest = (struct flow_file_set){0};
    for (unsigned i = 0; reg != FLOW_FILE_REGS && i < set->count; i++) {
        const struct flow_file *first = &f->files.list[set->number[0]];
        const struct flow_file *one = &f->files.list[set->number[i]];
        bool alike = one->reg[reg].mask == first->reg[reg].mask &&
                     one->reg[reg].value == first->reg[reg].value;
        flow_file_add(alike ? &same : rest, set->number[i]);
    }
    if (rest->count == 0) {
        return false;
    }
    *set = same;
    return true;
}
