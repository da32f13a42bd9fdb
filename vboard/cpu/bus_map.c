/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
/* The core's address map (bus.c) is given to its engine, once. */
#include "vboard/cpu/bus_map.h"

#include "vboard/cpu/core.h"

#define DEFAULT_MMIO_CYCLES 8u

/* I/O between two addresses, but for the regions that lie there (FDCAN's message RAM ...). */
static int map_peripherals(struct cpu *c)
{
    uint32_t at = PERIPHERALS;
    while (at < PERIPHERALS_END) {
        uint32_t end = PERIPHERALS_END;
        const struct mem_region *inside = NULL;
        for (unsigned i = 0; i < c->region_count; i++) {
            const struct mem_region *r = c->regions[i].region;
            if (r->base >= at && r->base < end) {
                end = r->base;
                inside = r;
            }
        }
        if (end > at && engine_map_io(c->engine, at, end - at) != 0) {
            return -1;
        }
        at = inside != NULL ? inside->base + inside->size : end;
    }
    return 0;
}

static int map_region(struct cpu *c, struct mem_region *m, uint32_t *window)
{
    if (m->gate != NULL || m->read_faults != NULL || m->guard != NULL || m->busy_until != NULL) {
        c->changing[c->changing_count++] = (uint8_t)c->region_count;
    }
    struct cpu_region *r = &c->regions[c->region_count++];
    r->region = m;
    r->window = *window;
    *window += (m->size + ENGINE_PAGE_SIZE - 1) / ENGINE_PAGE_SIZE * ENGINE_PAGE_SIZE;
    return engine_map_host(c->engine, m->base, m->size, m->host);
}

/* Of external memories the bytes, and all that their controllers must be asked about. */
static int map_external(struct cpu *c)
{
    const struct chip_external *e = &c->chip->external;
    for (unsigned i = 0; i < EXTERNAL_SLOTS; i++) {
        c->external[i] = (struct cpu_region){.region = &c->chip->external.slots[i],
                                             .window = (i < 16 ? 0x60000000u : 0x80000000u) +
                                                       i * EXTERNAL_SLOT_SIZE};
    }
    for (unsigned i = 0; i < e->memory_count && !c->exact; i++) {
        external_allocate(&c->chip->external.memories[i]); /* it cannot be mapped while code runs */
    }
    cpu_map_changed(c);
    if (engine_map_io(c->engine, 0x60000000u, 0x40000000u) != 0) {
        return -1;
    }
    return engine_map_io(c->engine, 0xC0000000u, 0x20000000u);
}

int cpu_bus_init(struct cpu *c)
{
    uint32_t window = WINDOWS;
    if (c->config.mmio_cycles == 0) {
        c->config.mmio_cycles = DEFAULT_MMIO_CYCLES;
    }
    for (size_t i = 0; i < c->chip->bus.region_count; i++) {
        struct mem_region *m = &c->chip->bus.regions[i];
        if ((m->masters & (1u << c->core)) == 0) {
            continue;
        }
        if (c->region_count == CPU_MAX_REGIONS || map_region(c, m, &window) != 0) {
            return -1;
        }
    }
    c->nowhere = window;
    c->nowhere_stands_for = window;
    window += ENGINE_PAGE_SIZE;
    if (window > WINDOWS_END || map_external(c) != 0 || map_peripherals(c) != 0 ||
        engine_map_io(c->engine, PPB, PPB_SIZE) != 0 ||
        engine_map_io(c->engine, WINDOWS, window - WINDOWS) != 0) {
        return -1;
    }
    cpu_bus_refresh(c);
    return 0;
}
