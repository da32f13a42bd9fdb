/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
#include "debug/calls.h"

#include <stdlib.h>
#include <string.h>

static const char unknown[] = "?"; /* code that no symbol names */

/* ---- names ---- */

static const char *look_up(const struct calls_core *c, uint32_t address, bool *is_start)
{
    uint32_t offset = 0;
    const char *name = c->own == NULL ? NULL : image_function(c->own, address, &offset);
    if (name == NULL && c->other != NULL) {
        name = image_function(c->other, address, &offset);
    }
    *is_start = name != NULL && offset == 0;
    return name != NULL ? name : unknown;
}

static const char *name_of(struct calls_core *c, uint32_t address, bool *is_start)
{
    const uint32_t slot = (address >> 1 ^ address >> 13) % CALLS_KNOWN;
    if (c->known[slot].name == NULL || c->known[slot].address != address) {
        c->known[slot].address = address;
        c->known[slot].name = look_up(c, address, &c->known[slot].is_start);
    }
    *is_start = c->known[slot].is_start;
    return c->known[slot].name;
}

/* ---- the tree ---- */

static struct calls_node *child_of(struct calls_node *parent, const char *name)
{
    for (struct calls_node *n = parent->child; n != NULL; n = n->sibling) {
        if (n->name == name) {
            return n;
        }
    }
    struct calls_node *n = calloc(1, sizeof *n);
    if (n == NULL) {
        abort(); /* as everywhere in a simulation under way */
    }
    n->name = name;
    n->parent = parent;
    n->sibling = parent->child;
    parent->child = n;
    return n;
}

static void free_below(struct calls_node *node)
{
    while (node->child != NULL) {
        struct calls_node *n = node->child;
        node->child = n->sibling;
        free_below(n);
        free(n);
    }
}

/* ---- the stack ---- */

static struct calls_node *present(struct calls_core *c)
{
    return c->depth == 0 ? &c->root : c->frames[c->depth - 1].node;
}

static void count(struct calls_core *c)
{
    const uint64_t executed = cpu_instructions(c->cpu);
    present(c)->instructions += executed - c->counted;
    c->counted = executed;
}

static void push(struct calls *f, struct calls_core *c, const char *name, bool is_exception)
{
    if (c->depth == CALLS_DEPTH) {
        return;
    }
    count(c);
    struct calls_frame *frame = &c->frames[c->depth];
    *frame = (struct calls_frame){.node = child_of(present(c), name),
                                  .returns_to = cpu_get_reg(c->cpu, CPU_LR) & ~1u,
                                  .sp = cpu_get_reg(c->cpu, CPU_SP),
                                  .is_exception = is_exception};
    c->depth++;
    if (f->sink.entered != NULL) {
        f->sink.entered(f->sink.ctx, cpu_core(c->cpu), name, cpu_time(c->cpu));
    }
}

static void pop(struct calls *f, struct calls_core *c)
{
    count(c);
    const char *name = c->frames[--c->depth].node->name;
    if (f->sink.left != NULL) {
        f->sink.left(f->sink.ctx, cpu_core(c->cpu), name, cpu_time(c->cpu));
    }
}

/* How many frames a jump to `address` leaves; 0: it is no return. Not beyond an exception's. */
static unsigned left_by(const struct calls_core *c, uint32_t address)
{
    const uint32_t sp = cpu_get_reg(c->cpu, CPU_SP);
    for (unsigned i = c->depth; i > 0 && !c->frames[i - 1].is_exception; i--) {
        if (c->frames[i - 1].returns_to == address && sp >= c->frames[i - 1].sp) {
            return c->depth - i + 1;
        }
    }
    return 0;
}

void calls_jumped(struct calls *f, enum core core, uint32_t address)
{
    struct calls_core *c = &f->core[core];
    bool is_start;
    const char *name = name_of(c, address, &is_start);
    const unsigned leaves = left_by(c, address);
    for (unsigned i = 0; i < leaves; i++) {
        pop(f, c);
    }
    if (leaves > 0) {
        return;
    }
    const struct calls_frame *top = c->depth == 0 ? NULL : &c->frames[c->depth - 1];
    const bool same_caller =
        top != NULL && !top->is_exception && top->returns_to == (cpu_get_reg(c->cpu, CPU_LR) & ~1u);
    if (is_start && same_caller && top->node->name == name) {
        return; /* a loop that begins with the function */
    }
    if (is_start && same_caller && top->sp == cpu_get_reg(c->cpu, CPU_SP)) {
        pop(f, c); /* it ended by calling this one */
        push(f, c, name, false);
    } else if (is_start || c->depth == 0) {
        push(f, c, name, false);
    }
}

void calls_entered(struct calls *f, enum core core, unsigned exception)
{
    struct calls_core *c = &f->core[core];
    bool is_start;
    (void)exception; /* its handler's name says it */
    push(f, c, name_of(c, cpu_get_reg(c->cpu, CPU_PC), &is_start), true);
}

void calls_returned(struct calls *f, enum core core)
{
    struct calls_core *c = &f->core[core];
    bool was_exception = false;
    while (c->depth > 0 && !was_exception) {
        was_exception = c->frames[c->depth - 1].is_exception;
        pop(f, c);
    }
}

void calls_empty(struct calls *f, enum core core)
{
    struct calls_core *c = &f->core[core];
    while (c->depth > 0) {
        pop(f, c);
    }
}

void calls_init(struct calls *f, struct board *board, const struct image *cm7,
                const struct image *cm4, const struct calls_sink *sink)
{
    memset(f, 0, sizeof *f);
    f->sink = *sink;
    for (unsigned i = 0; i < CORE_COUNT; i++) {
        f->core[i].cpu = board_cpu(board, i);
        f->core[i].own = i == CORE_CM7 ? cm7 : cm4;
        f->core[i].other = i == CORE_CM7 ? cm4 : cm7;
        f->core[i].root.name = i == CORE_CM7 ? "CM7" : "CM4";
    }
}

void calls_free(struct calls *f)
{
    for (unsigned i = 0; i < CORE_COUNT; i++) {
        free_below(&f->core[i].root);
    }
}
