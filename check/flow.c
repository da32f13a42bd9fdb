/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
/* From the roots to the list of stores. */
#include "check/flow_trail.h"

#include <stdlib.h>

/* Exceptions of the STM32H755: 16 of the core, interrupts 0 to 149 (its CMSIS header: WAKEUP_PIN is the last). */
#define VECTORS 166u
/* How often what RAM holds may send the readers of RAM round again. */
#define ROUNDS_MAX 8u

/* What is in the registers of clocks where code begins: at the reset what the reset leaves there, later what
 * somebody left; where only a pointer leads, what functions leave that call what is not known. */
static struct flow_file_set files_of(struct flow *f, unsigned by)
{
    struct flow_file_set set = {0};
    const struct flow_program *p = f->program;
    struct flow_file first = p->as_was != NULL ? *p->as_was : (struct flow_file){0};
    if (by == FLOW_BY_RESET && p->others) {
        first.early = 1;
    } else if (by == FLOW_BY_RESET && p->at_reset != NULL) {
        first = *p->at_reset;
    }
    flow_file_add(&set, flow_file_number(&f->files, &first));
    if (by == FLOW_BY_POINTER) {
        flow_file_join(&set, &f->at_strangers);
    }
    return set;
}

void flow_root(struct flow *f, uint32_t pointer, unsigned by, uint16_t exception, bool later)
{
    static const flow_value anything[4] = {FLOW_ANYTHING};
    struct flow_state s;
    uint32_t entry = pointer & ~1u;
    if (flow_region_of(f->program, entry, 2) == NULL) {
        return;
    }
    uint32_t reading = flow_find_reading(f, entry, anything);
    if (reading == FLOW_NONE) {
        return;
    }
    struct flow_reading *r = &f->readings[reading];
    if (exception != 0 && (r->exception == 0 || exception < r->exception)) {
        r->exception = exception;
    }
    if ((r->root & by) == by && (later || by != FLOW_BY_POINTER)) {
        return;
    }
    r->root |= by;
    flow_state_clear(&s);
    s.after_once = later;
    s.files = files_of(f, by);
    s.reg[FLOW_SP] = flow_value_of(&f->table, (struct flow_bits){FLOW_STACK, FLOW_ALL, 0});
    s.reg[FLOW_LR] = flow_value_of(&f->table, (struct flow_bits){FLOW_RETURN, FLOW_ALL, 0});
    flow_reach(f, reading, entry, &s);
}

/* The table's length is not known: it ends at the first word that is neither empty nor a function. */
static uint32_t vector_roots(struct flow *f)
{
    const struct flow_program *p = f->program;
    uint32_t word, i = 1;
    for (; i < VECTORS && flow_read(p, p->vectors + 4 * i, 4, &word); i++) {
        bool is_function = (word & 1u) != 0 && flow_region_of(p, word & ~1u, 2) != NULL;
        if (!is_function && i >= 16 && word != 0) {
            break;
        }
        if (is_function) {
            flow_root(f, word, i == 1 ? FLOW_BY_RESET : FLOW_BY_EXCEPTION, i == 1 ? 0 : (uint16_t)i,
                      i != 1);
        }
    }
    return p->vectors + 4 * i;
}

/* Words outside of functions that hold a function's address. */
static void data_roots(struct flow *f, uint32_t vectors_end)
{
    const struct flow_program *p = f->program;
    for (size_t k = 0; k < p->region_count; k++) {
        const struct flow_region *r = &p->regions[k];
        for (uint32_t at = (0u - r->address) & 3u; at + 4 <= r->length && at + 4 > at; at += 4) {
            uint32_t word, start, address = r->address + at;
            bool in_vectors = address >= p->vectors && address < vectors_end;
            if (in_vectors || r->lent || !flow_read(p, address, 4, &word) ||
                !flow_is_function_pointer(p, word)) {
                continue;
            }
            if (p->function == NULL || !p->function(p->context, address, &start)) {
                flow_root(f, word, FLOW_BY_POINTER, 0, false);
            }
        }
    }
}

void flow_roots(struct flow *f)
{
    uint32_t end = vector_roots(f);
    if ((f->program->entry & 1u) != 0) {
        flow_root(f, f->program->entry, FLOW_BY_RESET, 0, false);
    }
    data_roots(f, end);
}

/* The newest first: what is called comes to rest before its callers go on. */
static void work_off_queue(struct flow *f)
{
    while (f->queue_count > 0 && !f->failed) {
        f->queue_count--;
        f->leader = f->queue[(f->queue_head + f->queue_count) % f->queue_room];
        f->leaders[f->leader].queued = false;
        flow_run(f);
    }
}

/* What only a pointer leads to may be what a stranger's call meant. */
static void reach_strangers(struct flow *f)
{
    f->strangers_changed = false;
    for (uint32_t i = 0; i < f->reading_count; i++) {
        uint32_t leader = (f->readings[i].root & FLOW_BY_POINTER) != 0
                              ? flow_find_leader(f, i, f->readings[i].entry)
                              : FLOW_NONE;
        if (leader != FLOW_NONE &&
            flow_file_join(&f->leaders[leader].state->files, &f->at_strangers)) {
            flow_enqueue(f, leader);
        }
    }
}

static void work_off(struct flow *f)
{
    for (unsigned round = 0; round < ROUNDS_MAX && !f->failed; round++) {
        f->words_changed = false;
        do {
            work_off_queue(f);
            if (f->strangers_changed) {
                reach_strangers(f);
            }
        } while (f->queue_count > 0 && !f->failed);
        if (!f->words_changed) {
            return;
        }
        for (uint32_t i = 0; i < f->leader_count; i++) {
            if (f->leaders[i].reads_ram) {
                flow_enqueue(f, i);
            }
        }
    }
}

/* Who reaches a function reaches what it calls. */
static void spread_roots(struct flow *f)
{
    for (bool changed = true; changed;) {
        changed = false;
        for (size_t i = 0; i < f->reading_count; i++) {
            struct flow_reading *r = &f->readings[i];
            uint32_t root = r->root;
            uint16_t exception = r->exception;
            for (size_t k = 0; k < r->caller_count; k++) {
                const struct flow_reading *c = &f->readings[r->callers[k].reading];
                r->root |= c->root;
                if (c->exception != 0 && (r->exception == 0 || c->exception < r->exception)) {
                    r->exception = c->exception;
                }
            }
            changed |= r->root != root || r->exception != exception;
        }
    }
}

static int by_place(const void *left, const void *right)
{
    const struct flow_site *a = left, *b = right;
    if (a->pc != b->pc) {
        return a->pc < b->pc ? -1 : 1;
    }
    if (a->address != b->address) {
        return a->address < b->address ? -1 : 1;
    }
    return a->reading < b->reading ? -1 : a->reading > b->reading;
}

static void list_led_to(const struct flow *f, struct flow_result *result)
{
    const struct flow_trails *t = f->trails;
    result->all_gone = t != NULL && !t->gave_up;
    for (unsigned pass = 0; t != NULL && pass < 2; pass++) {
        result->led_to_count = 0;
        for (unsigned i = 0; i < FLOW_FILES_ALL; i++) {
            if (((unsigned)t->led_to[i / 8] >> i % 8 & 1u) == 0) {
                continue;
            }
            if (pass > 0) {
                result->led_to[result->led_to_count] = (uint16_t)i;
            }
            result->led_to_count++;
        }
        if (pass == 0) {
            result->led_to = calloc(result->led_to_count + 1, sizeof *result->led_to);
            t = result->led_to == NULL ? NULL : t;
        }
    }
}

static struct flow_result *finish(struct flow *f)
{
    struct flow_result *result = calloc(1, sizeof *result);
    if (result == NULL) {
        return NULL;
    }
    spread_roots(f);
    for (size_t i = 0; i < f->site_count; i++) {
        const struct flow_reading *r = &f->readings[f->sites[i].reading];
        f->sites[i].function = r->entry;
        f->sites[i].by = r->root;
        f->sites[i].exception = r->exception;
        f->sites[i].caller = r->caller_count > 0 ? r->callers[0].pc : 0;
    }
    if (f->site_count > 0) {
        qsort(f->sites, f->site_count, sizeof *f->sites, by_place);
    }
    *result = (struct flow_result){.sites = f->sites,
                                   .site_count = f->site_count,
                                   .complete = !f->failed,
                                   .steps = f->steps,
                                   .reading_count = f->reading_count};
    for (size_t i = 0; i < f->reading_count; i++) {
        bool is_first = true; /* chains are newest first */
        for (uint32_t k = f->readings[i].next; k != 0 && is_first; k = f->readings[k - 1].next) {
            is_first = f->readings[k - 1].entry != f->readings[i].entry;
        }
        result->function_count += is_first;
    }
    f->sites = NULL;
    list_led_to(f, result);
    result->files = f->files;
    f->files = (struct flow_files){0};
    return result;
}

struct flow_result *flow_analyse(const struct flow_program *program)
{
    struct flow_result *result = NULL;
    struct flow *f = calloc(1, sizeof *f);
    if (f == NULL || !flow_table_open(&f->table, program->ranges, program->range_count)) {
        free(f);
        return NULL;
    }
    f->program = program;
    f->steps_max = program->steps_max != 0 ? program->steps_max : FLOW_STEPS_MAX;
    f->leader = FLOW_NONE;
    f->words = calloc(FLOW_WORDS, sizeof *f->words);
    f->written = calloc(FLOW_WORDS, sizeof *f->written);
    if (f->words != NULL && f->written != NULL && flow_files_open(&f->files)) {
        flow_roots(f);
        work_off(f);
        flow_trails_walk(f);
        result = finish(f);
    }
    for (size_t i = 0; i < f->leader_count; i++) {
        free(f->leaders[i].state);
    }
    free(f->leaders);
    free(f->leader_slots);
    for (size_t i = 0; i < f->reading_count; i++) {
        free(f->readings[i].callers);
    }
    free(f->readings);
    free(f->queue);
    free(f->words);
    free(f->written);
    flow_trails_close(f);
    free(f->sites);
    flow_table_close(&f->table);
    flow_files_close(&f->files);
    free(f);
    return result;
}

void flow_free(struct flow_result *result)
{
    if (result == NULL) {
        return;
    }
    free(result->sites);
    free(result->led_to);
    flow_files_close(&result->files);
    free(result);
}
