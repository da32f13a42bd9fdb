/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
/* Loads and stores: flash, RAM, the stack, and registers that are watched. */
#include "check/flow_internal.h"

#include <stdlib.h>

/* Words of a table that is read at an unknown index. */
#define TABLE_WORDS 64u
/* A peripheral's block (RM0399 2.3.2). */
#define BLOCK 0x400u
/* An address with more unknown bits than this is nowhere in particular. */
#define UNKNOWN_BITS_MAX 8

const struct flow_region *flow_region_of(const struct flow_program *p, uint32_t address,
                                         uint32_t size)
{
    for (size_t i = 0; i < p->region_count; i++) {
        const struct flow_region *r = &p->regions[i];
        uint32_t at = address - r->address;
        if (at < r->length && r->length - at >= size) {
            return r;
        }
    }
    return NULL;
}

bool flow_read(const struct flow_program *p, uint32_t address, uint32_t size, uint32_t *word)
{
    const struct flow_region *r = flow_region_of(p, address, size);
    if (r == NULL) {
        return false;
    }
    *word = 0;
    for (uint32_t i = size; i > 0; i--) {
        *word = *word << 8 | r->bytes[address - r->address + i - 1];
    }
    return true;
}

bool flow_fetch(struct flow *f, uint32_t pc, struct flow_insn *i)
{
    uint32_t first, second = 0;
    struct flow_fetched *known = &f->fetched[(pc >> 1) % FLOW_FETCHED_MAX];
    if (known->pc != pc || known->insn.length == 0) {
        if (!flow_read(f->program, pc, 2, &first)) {
            return false;
        }
        (void)flow_read(f->program, pc + 2, 2, &second);
        known->insn = flow_decode((uint16_t)first, (uint16_t)second, pc);
        known->pc = pc;
    }
    *i = known->insn;
    return true;
}

/* What a function can begin with, where no symbol tells: PUSH with LR, STMDB SP!, SUB SP, or code right
 * behind something that does not go on: BX, POP with PC, B, padding. */
static bool looks_like_function(const struct flow_program *p, uint32_t address)
{
    uint32_t first, before = 0;
    if (!flow_read(p, address, 2, &first) || first == 0 || first == 0xFFFFu) {
        return false;
    }
    if ((first & 0xFF00u) == 0xB500u || first == 0xE92Du || (first & 0xFF80u) == 0xB080u ||
        (first & 0xFE00u) == 0xB400u) {
        return true;
    }
    if (!flow_read(p, address - 2, 2, &before)) {
        return true;
    }
    return (before & 0xFF87u) == 0x4700u || (before & 0xFF00u) == 0xBD00u ||
           (before & 0xF800u) == 0xE000u || before == 0xBF00u || before == 0;
}

bool flow_is_function_pointer(const struct flow_program *p, uint32_t word)
{
    uint32_t start = 0;
    uint32_t address = word & ~1u;
    const struct flow_region *r = flow_region_of(p, address, 2);
    if ((word & 1u) == 0 || r == NULL || r->lent) {
        return false;
    }
    if (p->function != NULL && p->function(p->context, address, &start)) {
        return start == address;
    }
    return looks_like_function(p, address);
}

static bool is_ram(uint32_t address)
{
    return address < 0x10000u || (address >= 0x10000000u && address < 0x10048000u) ||
           (address >= 0x20000000u && address < 0x40000000u);
}

static struct flow_word *find_word(struct flow *f, uint32_t address)
{
    uint32_t at = (address >> 2) * 2654435761u % FLOW_WORDS;
    for (unsigned i = 0; i < FLOW_WORDS; i++) {
        struct flow_word *w = &f->words[(at + i) % FLOW_WORDS];
        if (w->address == address || w->address == 0) {
            return w;
        }
    }
    return NULL;
}

/* Pointers only: what RAM holds is never certain, and only an address is worth a guess. */
static void remember(struct flow *f, uint32_t address, flow_value value)
{
    struct flow_set kept = {1, {flow_unknown()}};
    const struct flow_set *set = flow_set(&f->table, value);
    for (unsigned i = 0; i < set->count; i++) {
        if (flow_is_constant(set->one[i]) && flow_is_address(set->one[i].value)) {
            flow_set_add(&f->table, &kept, set->one[i]);
        }
    }
    struct flow_word *w = kept.count > 1 ? find_word(f, address) : NULL;
    if (w == NULL) {
        return;
    }
    flow_value old = w->address == address ? w->value : FLOW_ANYTHING;
    flow_value joined = flow_join(&f->table, old, flow_value_of_set(&f->table, &kept));
    f->words_changed |= joined != old;
    *w = (struct flow_word){address, joined};
}

/* ---- RAM that nobody is known to write ---- */

/* The word's place in the set, or a free one; NULL: the set is full. */
static uint32_t *find_written(const struct flow *f, uint32_t address)
{
    uint32_t word = address >> 2 | 1u << 31;
    uint32_t at = word * 2654435761u % FLOW_WORDS;
    for (unsigned i = 0; i < FLOW_WORDS && f->written_count < FLOW_WORDS / 2; i++) {
        uint32_t *place = &f->written[(at + i) % FLOW_WORDS];
        if (*place == 0 || *place == word) {
            return place;
        }
    }
    return NULL;
}

/* Start-up code stores what is there by then. */
static bool is_as_before(const struct flow *f, uint32_t address, uint32_t size, flow_value value)
{
    uint32_t word, before;
    return flow_value_constant(&f->table, value, &word) &&
           flow_read(f->program, address, size, &before) &&
           (word << (32u - 8u * size)) == before << (32u - 8u * size);
}

static void note_written(struct flow *f, uint32_t address)
{
    uint32_t *place = find_written(f, address);
    if (place != NULL && *place == 0) {
        *place = address >> 2 | 1u << 31;
        f->written_count++;
    }
}

/* As the start-up code left it. */
static flow_value load_untouched(struct flow *f, uint32_t address, uint32_t size)
{
    uint32_t word;
    const uint32_t *written = find_written(f, address);
    return written != NULL && *written == 0 && flow_read(f->program, address, size, &word)
               ? flow_value_of(&f->table, flow_constant(word))
               : FLOW_ANYTHING;
}

/* ---- slots ---- */

/* The byte at `offset`, where a slot has it. */
static bool slot_byte(struct flow *f, const struct flow_state *s, int32_t offset,
                      struct flow_bits *byte)
{
    unsigned i = flow_slot_from(s, offset);
    if (i == s->slot_count || s->slot[i].offset != offset) { /* in the one before */
        if (i-- == 0) {
            return false;
        }
    }
    uint32_t at = (uint32_t)offset - (uint32_t)s->slot[i].offset;
    const struct flow_set *set = flow_set(&f->table, s->slot[i].value);
    if (at >= s->slot[i].size) {
        return false;
    }
    *byte = flow_extract(set->one[0], 8 * at, 8, false);
    return set->count == 1 && set->one[0].kind == FLOW_BITS;
}

/* What lies there in one piece, or put together from what was stored by other sizes. */
static flow_value load_slot(struct flow *f, const struct flow_state *s, int32_t offset,
                            uint32_t size)
{
    struct flow_bits all = flow_constant(0), byte;
    flow_value whole = flow_slot_load(s, offset, size);
    if (whole != FLOW_ANYTHING || s->slot_count == 0) {
        return whole;
    }
    for (uint32_t i = 0; i < size; i++) {
        if (!slot_byte(f, s, offset + (int32_t)i, &byte)) {
            return FLOW_ANYTHING;
        }
        all = flow_insert(all, byte, 8 * i, 8);
    }
    return flow_value_of(&f->table, all);
}

static flow_value recall(struct flow *f, uint32_t address)
{
    uint32_t word;
    if (f->leader < f->leader_count) {
        f->leaders[f->leader].reads_ram = true;
    }
    struct flow_word *w = find_word(f, address);
    flow_value v = w != NULL && w->address == address ? w->value : FLOW_ANYTHING;
    if (flow_read(f->program, address, 4, &word) && flow_is_address(word)) {
        v = flow_join(&f->table, v, flow_value_of(&f->table, flow_constant(word)));
        v = flow_join(&f->table, v, FLOW_ANYTHING);
    }
    return v;
}

/* A table read at an index that is not known: those of its words that lead to watched registers. It ends
 * where two words in a row are no addresses. */
static flow_value load_table(struct flow *f, uint32_t base)
{
    struct flow_set set = {1, {flow_unknown()}};
    unsigned others = 0;
    for (unsigned i = 0; i < TABLE_WORDS && others < 2; i++) {
        uint32_t word;
        const struct flow_region *r = flow_region_of(f->program, base + 4 * i, 4);
        if (r == NULL || !flow_read(f->program, base + 4 * i, 4, &word)) {
            break;
        }
        others = flow_is_address(word) ? 0 : others + 1;
        if (flow_is_interesting(&f->table, word)) {
            flow_set_add(&f->table, &set, flow_constant(word));
        }
    }
    return flow_value_of_set(&f->table, &set);
}

static flow_value load_one(struct flow *f, struct flow_state *s, struct flow_bits at, uint32_t size)
{
    uint32_t word;
    switch (at.kind) {
    case FLOW_STACK:
        return load_slot(f, s, (int32_t)at.value, size);
    case FLOW_BASE:
        return size == 4 ? load_table(f, at.value) : FLOW_ANYTHING;
    case FLOW_BITS:
        break;
    default:
        return FLOW_ANYTHING;
    }
    if (!flow_is_constant(at)) {
        return FLOW_ANYTHING;
    }
    const struct flow_region *r = flow_region_of(f->program, at.value, size);
    if (r != NULL && r->constant && flow_read(f->program, at.value, size, &word)) {
        return flow_value_of(&f->table, flow_constant(word));
    }
    if (is_ram(at.value) && f->walking) {
        flow_value v = load_slot(f, s, flow_ram_offset(at.value), size);
        v = v != FLOW_ANYTHING ? v : load_untouched(f, at.value, size);
        if (v != FLOW_ANYTHING) {
            return v;
        }
    }
    return size == 4 && is_ram(at.value) ? recall(f, at.value)
                                         : flow_load_file(f, s, at.value, size);
}

/* As much as the load takes of what lies there. */
static flow_value cut(struct flow *f, flow_value v, uint32_t size, bool is_signed)
{
    struct flow_set all = {0};
    const struct flow_set got = *flow_set(&f->table, v);
    for (unsigned k = 0; k < got.count; k++) {
        struct flow_bits one =
            size == 4 ? got.one[k] : flow_extract(got.one[k], 0, 8 * size, is_signed);
        flow_set_add(&f->table, &all, one);
    }
    return flow_value_of_set(&f->table, &all);
}

/* From one address: most loads are. */
static flow_value load_from(struct flow *f, struct flow_state *s, struct flow_bits at,
                            uint32_t size, bool is_signed)
{
    struct flow_joined *place;
    const flow_value v = load_one(f, s, at, size);
    if (size == 4 && flow_set(&f->table, v)->count == 1) {
        return v;
    }
    if (!flow_recall(&f->table, FLOW_OP_LOAD, v, size | (is_signed ? 1u << 8 : 0), &place)) {
        place->value = cut(f, v, size, is_signed);
    }
    return place->value;
}

flow_value flow_load(struct flow *f, struct flow_state *s, flow_value address, uint32_t size,
                     bool is_signed)
{
    struct flow_set all = {0};
    struct flow_set at = *flow_set(&f->table, address);
    flow_ask_files(f, s, &at);
    if (at.count == 1) {
        return load_from(f, s, at.one[0], size, is_signed);
    }
    for (unsigned i = 0; i < at.count; i++) {
        struct flow_set got = *flow_set(&f->table, load_one(f, s, at.one[i], size));
        for (unsigned k = 0; k < got.count; k++) {
            struct flow_bits one =
                size == 4 ? got.one[k] : flow_extract(got.one[k], 0, 8 * size, is_signed);
            flow_set_add(&f->table, &all, one);
        }
    }
    return flow_value_of_set(&f->table, &all);
}

static struct flow_site *find_site(struct flow *f, uint32_t address, unsigned range)
{
    uint32_t *list = &f->readings[f->reading].sites;
    for (uint32_t i = *list; i != 0; i = f->sites[i - 1].next) {
        struct flow_site *s = &f->sites[i - 1];
        if (s->pc == f->pc && s->address == address && s->range == range) {
            return s;
        }
    }
    if (f->site_count == f->site_room) {
        size_t room = f->site_room * 2 + 64;
        struct flow_site *more = realloc(f->sites, room * sizeof *more);
        if (more == NULL) {
            f->failed = true;
            return NULL;
        }
        f->sites = more;
        f->site_room = room;
    }
    struct flow_site *s = &f->sites[f->site_count++];
    *s = (struct flow_site){.pc = f->pc,
                            .address = address,
                            .range = range,
                            .reading = f->reading,
                            .next = *list,
                            .after_once = true};
    *list = (uint32_t)f->site_count;
    return s;
}

static void add_site(struct flow *f, const struct flow_state *s, uint32_t address, uint32_t size,
                     unsigned range, bool exact, flow_value value)
{
    struct flow_site *site = find_site(f, address, range);
    f->somewhere |= !exact;
    if (site == NULL) {
        return;
    }
    site->after_once &= s->after_once;
    site->size = (uint8_t)size;
    site->exact = exact;
    const struct flow_set *set = flow_set(&f->table, value);
    for (unsigned i = 0; i < set->count; i++) {
        flow_set_add(&f->table, &site->value, set->one[i]);
    }
}

static bool is_narrow(struct flow_bits at)
{
    return __builtin_popcount(~at.mask) <= UNKNOWN_BITS_MAX;
}

/* A peripheral and an offset nobody knows, or an array of registers that begins with this one. Arrays before
 * it in the same block are taken to end before it: HAL_GPIO_Init writes SYSCFG_EXTICR[pin / 4]. */
static bool base_reaches(struct flow_bits at, uint32_t address)
{
    return at.kind == FLOW_BASE &&
           (at.value == address ||
            (at.value % BLOCK == 0 && at.value <= address && address - at.value < BLOCK));
}

/* Does the store hit a watched range: exactly, or perhaps? */
static void watch(struct flow *f, const struct flow_state *s, struct flow_bits at, uint32_t size,
                  flow_value value)
{
    for (unsigned i = 0; i < f->program->range_count; i++) {
        const struct flow_range *r = &f->program->ranges[i];
        if (flow_is_constant(at)) {
            if (at.value - (r->address - size + 1) < r->size + size - 1) {
                add_site(f, s, at.value, size, i, true, value);
            }
        } else if (base_reaches(at, r->address) ||
                   (at.kind == FLOW_BITS && is_narrow(at) && flow_may_be(at, r->address))) {
            add_site(f, s, r->address, size, i, false, value);
        }
    }
}

/* A place on the stack. */
static void store_stack(struct flow *f, struct flow_state *s, const struct flow_set *at,
                        struct flow_bits one, uint32_t size, flow_value value)
{
    int32_t offset = (int32_t)one.value;
    f->readings[f->reading].stores_wild |= offset >= 0 || one.kind == FLOW_STACK_SOME;
    if (one.kind == FLOW_STACK_SOME) {
        flow_slot_forget(s, offset);
    } else if (at->count > 1) {
        flow_slot_store(s, offset, size, FLOW_ANYTHING);
    } else {
        flow_slot_store(s, offset, size, value);
    }
}

/* The store that locks: it may hit nothing else. */
static void note_once(struct flow *f, struct flow_state *s, const struct flow_set *at,
                      uint32_t size)
{
    const struct flow_range *r = &f->program->ranges[f->program->once];
    if (f->program->once < f->program->range_count && at->count == 1 &&
        flow_is_constant(at->one[0]) && r->address - at->one[0].value < size) {
        s->after_once = true;
        f->readings[f->reading].stores_once = true;
    }
}

/* Somewhere else than on the stack. */
static void escape(struct flow *f, struct flow_state *s, struct flow_bits at, flow_value value)
{
    flow_escape_value(f, value);
    if (!flow_is_constant(at) && at.kind == FLOW_BITS) {
        f->readings[f->reading].stores_wild = true;
        flow_forget_escaped(f, s);
    }
}

static void store_ram(struct flow *f, struct flow_state *s, uint32_t address, uint32_t size,
                      flow_value value, bool is_certain)
{
    if (is_certain && !is_as_before(f, address, size, value)) {
        note_written(f, address);
    }
    if (f->walking) {
        flow_slot_store(s, flow_ram_offset(address), size, value);
    } else if (size == 4) {
        remember(f, address, value);
    }
}

void flow_store(struct flow *f, struct flow_state *s, flow_value address, uint32_t size,
                flow_value value)
{
    struct flow_set at = *flow_set(&f->table, address);
    f->somewhere = false;
    for (unsigned i = 0; i < at.count; i++) {
        struct flow_bits one = at.one[i];
        if (one.kind == FLOW_STACK || one.kind == FLOW_STACK_SOME) {
            store_stack(f, s, &at, one, size, value);
            continue;
        }
        if (!f->walking) {
            escape(f, s, one, value);
        }
        watch(f, s, one, size, value);
        if (flow_is_constant(one) && is_ram(one.value)) {
            store_ram(f, s, one.value, size, value, at.count == 1);
        }
    }
    note_once(f, s, &at, size);
    flow_store_files(f, s, &at, size, value);
}
