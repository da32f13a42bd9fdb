/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
/*
 * Which pages a core has fetched code from, so that changes of that code are noticed: by a model that
 * programs flash, a debugger, a loader, or the other core (whose stores to such pages are taken
 * through the bus's window). A core's own stores the engine sees itself.
 */
#include <stdlib.h>

#include "vboard/cpu/code.h"

#define PAGES (UINT64_C(0x100000000) / ENGINE_PAGE_SIZE)

/* Aliases: the address of the first region with the same host memory. */
uint32_t cpu_code_physical(const struct cpu *c, const struct mem_region *r, uint32_t address)
{
    const uint8_t *host = r->host + (address - r->base);
    for (unsigned i = 0; i < c->region_count; i++) {
        const struct mem_region *o = c->regions[i].region;
        if (host >= o->host && host < o->host + o->size) {
            return o->base + (uint32_t)(host - o->host);
        }
    }
    const struct external_memory *m = external_of(c->chip, host);
    return m != NULL ? m->physical + (uint32_t)(host - m->bytes) : address;
}

static struct cpu *other_core(const struct cpu *c)
{
    return c->chip->cores.cpu[c->core == CORE_CM7 ? CORE_CM4 : CORE_CM7];
}

static bool has_bit(const uint64_t *pages, uint32_t physical)
{
    uint32_t n = physical / ENGINE_PAGE_SIZE;
    return (pages[n / 64] >> (n % 64) & 1u) != 0;
}

static void set_bit(uint64_t *pages, uint32_t physical)
{
    uint32_t n = physical / ENGINE_PAGE_SIZE;
    pages[n / 64] |= UINT64_C(1) << (n % 64);
}

bool cpu_code_is(const struct cpu *c, uint32_t physical)
{
    return has_bit(c->code_pages, physical);
}

static void remember_code(struct cpu *c, uint32_t physical)
{
    if (c->code_count == c->code_room) {
        unsigned room = c->code_room != 0 ? 2 * c->code_room : 64;
        uint32_t *list = realloc(c->code_list, room * sizeof(*list));
        if (list == NULL) {
            abort(); /* as everywhere in a simulation under way */
        }
        c->code_list = list;
        c->code_room = room;
    }
    c->code_list[c->code_count++] = physical;
    set_bit(c->code_pages, physical);
}

bool cpu_data_is_shared(struct cpu *c, uint32_t physical)
{
    struct cpu *other = other_core(c);
    bool shared = other != NULL && has_bit(other->data_pages, physical);
    if (shared && !has_bit(c->data_pages, physical)) {
        engine_flush_pages(other->engine); /* it has had the page to itself */
    }
    set_bit(c->data_pages, physical);
    return shared;
}

bool cpu_data_is_known(const struct cpu *c, uint32_t physical)
{
    return has_bit(c->data_pages, physical);
}

/* Until now the other core may have been given the page to write to: it must ask again. */
void cpu_code_fetched(struct cpu *c, uint32_t physical)
{
    if (!cpu_code_is(c, physical)) {
        remember_code(c, physical);
        if (other_core(c) != NULL) {
            engine_flush_pages(other_core(c)->engine);
        }
    }
}

/* The physical page of an address this core has fetched code from; false: it has not. */
static bool code_page(struct cpu *c, uint32_t address, uint32_t *physical)
{
    const struct cpu_page *p = cpu_bus_page(c, address & ~(ENGINE_PAGE_SIZE - 1u));
    *physical = p->physical;
    return p->region != NULL && cpu_code_is(c, p->physical);
}

static void add_stale(struct cpu *c, uint32_t physical)
{
    for (unsigned i = 0; i < c->stale_count && i < CPU_MAX_STALE; i++) {
        if (c->stale[i] == physical) {
            return;
        }
    }
    if (c->stale_count < CPU_MAX_STALE) {
        c->stale[c->stale_count] = physical;
    }
    c->stale_count++;
}

void cpu_code_stale(struct cpu *c, uint32_t address, uint32_t size)
{
    uint64_t end = (uint64_t)address + size;
    if (size == 0) {
        c->stale_count = CPU_MAX_STALE + 1;
    }
    for (uint64_t at = address & ~(ENGINE_PAGE_SIZE - 1u); at < end; at += ENGINE_PAGE_SIZE) {
        uint32_t physical;
        if (c->stale_count <= CPU_MAX_STALE && code_page(c, (uint32_t)at, &physical)) {
            add_stale(c, physical);
        }
    }
}

void cpu_code_forget(struct cpu *c)
{
    bool all = c->stale_count > CPU_MAX_STALE;
    unsigned count = all ? c->code_count : c->stale_count;
    c->forgetting = true;
    for (unsigned i = 0; i < count; i++) {
        engine_forget_page(c->engine, all ? c->code_list[i] : c->stale[i]);
    }
    c->forgetting = false;
    c->stale_count = 0;
}

/* A store of this core would change what the other one executes. */
bool cpu_code_of_other(const struct cpu *c, uint32_t address)
{
    struct cpu *other = other_core(c);
    uint32_t physical;
    return other != NULL && code_page(other, address, &physical);
}

int cpu_code_init(struct cpu *c)
{
    c->code_pages = calloc(PAGES / 64, sizeof(uint64_t));
    c->data_pages = calloc(PAGES / 64, sizeof(uint64_t));
    return c->code_pages != NULL && c->data_pages != NULL ? 0 : -1;
}

void cpu_code_destroy(struct cpu *c)
{
    free(c->code_pages);
    free(c->data_pages);
    free(c->code_list);
}
