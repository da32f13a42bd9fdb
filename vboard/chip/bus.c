/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
#include "vboard/chip/bus.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "vboard/chip/chip.h"

#define DBGMCU_APBD 0xE00E1000u
#define DBGMCU_BASE 0x5C001000u
#define DBGMCU_SPAN 0x1000u

void chip_show_ram(const struct chip *c, enum master master, uint32_t pc, uint32_t physical,
                   unsigned size, bool write)
{
    const struct chip_probe *probe = c->bus.probe;
    if (probe != NULL && probe->ram != NULL) {
        probe->ram(
            probe->ctx,
            &(struct chip_touch){
                .master = master, .pc = pc, .physical = physical, .size = size, .write = write});
    }
}

/* ---- address map ---- */

struct periph *chip_periph(struct chip *c, const char *name)
{
    for (size_t i = 0; i < c->bus.periph_count; i++) {
        if (strcmp(c->bus.periphs[i]->name, name) == 0) {
            return c->bus.periphs[i];
        }
    }
    return NULL;
}

bool chip_has_periph(const struct chip *c, uint32_t from, uint32_t size)
{
    for (const struct chip_entry *e = c->bus.table; e != NULL && e->name != NULL; e++) {
        if (e->base < from + size && from < e->base + chip_entry_span(e)) {
            return true;
        }
    }
    return false;
}

/* Binary search in the list sorted by base. */
static struct periph *find_periph(struct chip *c, uint32_t address)
{
    size_t low = 0;
    size_t high = c->bus.periph_count;
    while (low < high) {
        size_t middle = (low + high) / 2;
        struct periph *p = c->bus.periphs[middle];
        if (address < p->base) {
            high = middle;
        } else if (address - p->base >= p->model->span) {
            low = middle + 1;
        } else {
            return p;
        }
    }
    return NULL;
}

/* The same few are accessed again and again. */
static inline struct periph *periph_at(struct chip *c, uint32_t address)
{
    struct periph **recent = &c->bus.recent[(address >> 10) % BUS_RECENT];
    if (*recent == NULL || address - (*recent)->base >= (*recent)->model->span) {
        *recent = find_periph(c, address);
    }
    return *recent;
}

int chip_add_region(struct chip *c, const struct mem_region *r)
{
    struct mem_region *list = realloc(c->bus.regions, (c->bus.region_count + 1) * sizeof(*list));
    if (list == NULL) {
        return -1;
    }
    c->bus.regions = list;
    c->bus.regions[c->bus.region_count++] = *r;
    return 0;
}

struct mem_region *chip_region(struct chip *c, uint32_t address, enum master master)
{
    if (external_is(address)) {
        return external_region(c, address);
    }
    for (size_t i = 0; i < c->bus.region_count; i++) {
        struct mem_region *r = &c->bus.regions[i];
        bool visible = master == MASTER_DEBUG || (r->masters & (1u << master)) != 0;
        if (visible && address >= r->base && address - r->base < r->size) {
            return r;
        }
    }
    return NULL;
}

/* ---- register accesses ---- */

static bool watched(const struct chip *c)
{
    return c->bus.watch != NULL && c->access.master != MASTER_DEBUG;
}

/* Left out by this board, or by that part of the family: reads 0, writes are lost. */
static uint32_t access_unmodelled(struct chip *c, uint32_t address, const struct chip_entry *e)
{
    const struct chip_watch *watch = c->bus.watch;
    const struct finding_data part = {.subject = c->params.part};
    const bool here = chip_entry_is_on(e, c->params.part);
    chip_report(c, here ? FOUND_UNMODELLED_PERIPHERAL : FOUND_NOT_ON_PART, address, &part);
    bool asked = c->access.lanes == 0 && watched(c) && watch->unmodelled != NULL;
    c->access.steady = !asked;
    return asked ? watch->unmodelled(watch->ctx, address) : 0;
}

/* Nothing modelled there. */
static uint32_t access_hole(struct chip *c, uint32_t address)
{
    const struct chip_entry *table = c->bus.table;
    const struct chip_entry *e = table != NULL ? chip_entry_at(table, address) : NULL;
    if (e != NULL && (e->model == NULL || !chip_entry_is_on(e, c->params.part))) {
        return access_unmodelled(c, address, e);
    }
    c->access.bus_fault = true;
    if (!c->access.forgiven) {
        chip_report(c, FOUND_NOTHING_THERE, address, NULL);
    }
    return 0;
}

static void show(struct chip *c, uint32_t address, unsigned size, bool write, uint32_t value)
{
    if (watched(c) && c->bus.watch->access != NULL) {
        c->bus.watch->access(c->bus.watch->ctx, address, size, write, value);
    }
}

/* A debugger's access port on APB-D sees DBGMCU at another address than the cores (RM0399 63.5.8). */
static uint32_t seen_from(const struct chip *c, uint32_t address)
{
    bool debug_bus = c->access.master == MASTER_DEBUG && address - DBGMCU_APBD < DBGMCU_SPAN;
    return debug_bus ? address - DBGMCU_APBD + DBGMCU_BASE : address;
}

uint32_t chip_mmio_read(struct chip *c, uint32_t address, unsigned size)
{
    address = seen_from(c, address);
    c->access.address = address;
    c->access.lanes = 0;
    c->access.value = 0;
    c->access.size = (uint8_t)size;
    c->access.steady = false;
    struct periph *p = periph_at(c, address);
    uint32_t value = p == NULL ? access_hole(c, address) : periph_read(p, address - p->base, size);
    show(c, address, size, false, value);
    return value;
}

void chip_mmio_write(struct chip *c, uint32_t address, unsigned size, uint32_t value)
{
    address = seen_from(c, address);
    c->access.address = address;
    c->access.lanes = ~0u;
    c->access.value = value;
    c->access.size = (uint8_t)size;
    c->access.steady = false;
    show(c, address, size, true, value);
    struct periph *p = periph_at(c, address);
    if (p == NULL) {
        access_hole(c, address);
    } else {
        periph_write(p, address - p->base, size, value);
    }
}

/* ---- clock gates ---- */

struct gate *chip_gate(struct chip *c, uint16_t enr, unsigned bit)
{
    struct chip_bus *b = &c->bus;
    for (size_t i = 0; i < b->gate_count; i++) {
        if (b->gates[i].enr == enr && b->gates[i].bit == bit) {
            return &b->gates[i];
        }
    }
    if (b->gate_count == sizeof(b->gates) / sizeof(b->gates[0])) {
        abort();
    }
    struct gate *g = &b->gates[b->gate_count++];
    g->enr = enr;
    g->bit = (uint8_t)bit;
    snprintf(g->name, sizeof(g->name), "RCC+0x%03X bit %u", enr, bit);
    return g;
}

void chip_gate_update(struct chip *c, struct gate *g, bool cm7, bool cm4)
{
    chip_gate_update_kernel(c, g, cm7, cm4, cm7 || cm4);
}

void chip_gate_update_kernel(struct chip *c, struct gate *g, bool cm7, bool cm4, bool kernel)
{
    bool was = g->any, was_kernel = g->kernel;
    (void)c;
    g->on[CORE_CM7] = cm7;
    g->on[CORE_CM4] = cm4;
    g->any = cm7 || cm4;
    g->kernel = kernel;
    if (was == g->any && was_kernel == g->kernel) {
        return;
    }
    for (struct periph *p = g->users; p != NULL; p = p->next_user) {
        p->model->gated(p, g->any);
    }
}

/* For chip_gate_update, in the order of their addresses. */
static void connect_gates(struct chip_bus *b)
{
    for (size_t i = b->periph_count; i-- > 0;) {
        struct periph *p = b->periphs[i];
        if (p->gate != NULL && p->model->gated != NULL) {
            p->next_user = p->gate->users;
            p->gate->users = p;
        }
    }
}

/* ---- life ---- */

static int by_base(const void *a, const void *b)
{
    const struct periph *const *pa = a;
    const struct periph *const *pb = b;
    return (*pa)->base < (*pb)->base ? -1 : (*pa)->base > (*pb)->base;
}

static bool is_modelled(const struct chip *c, const struct chip_entry *e)
{
    return e->model != NULL && chip_entry_is_on(e, c->params.part);
}

int bus_populate(struct chip *c, const struct chip_entry *table)
{
    struct chip_bus *b = &c->bus;
    size_t count = 0;
    for (const struct chip_entry *e = table; e->name != NULL; e++) {
        count += is_modelled(c, e);
    }
    b->table = table;
    b->periphs = calloc(count + 1, sizeof(struct periph *));
    if (b->periphs == NULL) {
        return -1;
    }
    for (const struct chip_entry *e = table; e->name != NULL; e++) {
        struct periph *p = is_modelled(c, e) ? periph_create(c, e) : NULL;
        if (is_modelled(c, e) && p == NULL) {
            return -1;
        }
        if (p != NULL) {
            b->periphs[b->periph_count++] = p;
        }
    }
    qsort(b->periphs, b->periph_count, sizeof(struct periph *), by_base);
    connect_gates(b);
    return 0;
}

void bus_destroy(struct chip *c)
{
    for (size_t i = 0; i < c->bus.periph_count; i++) {
        periph_destroy(c->bus.periphs[i]);
    }
    free(c->bus.periphs);
    free(c->bus.regions);
}
