/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
/* External memories (vboard/chip/external.h) as a core sees them: they open and close while it runs. */
#include <stdlib.h>

#include "vboard/cpu/core.h"

static void map_new(struct cpu *c)
{
    const struct chip_external *e = &c->chip->external;
    for (unsigned i = 0; i < e->memory_count; i++) {
        const struct external_memory *m = &e->memories[i];
        if (m->bytes == NULL || c->external_mapped[i]) {
            continue;
        }
        if (engine_map_host(c->engine, m->physical, m->part.size, m->bytes) != 0) {
            abort(); /* as everywhere in a simulation under way */
        }
        c->external_mapped[i] = true;
    }
}

void cpu_map_changed(struct cpu *c)
{
    map_new(c);
    for (unsigned i = 0; i < CPU_PAGES; i++) {
        c->pages[i].known = c->pages[i].known && !external_is(c->pages[i].address);
    }
    engine_flush_pages(c->engine);
}

const struct cpu_page *cpu_external_fetch(struct cpu *c, const struct cpu_page *known,
                                          uint32_t address)
{
    const uint32_t page = known->address;
    if (known->region != NULL || c->forgetting || !external_is(page)) {
        return known;
    }
    struct chip *chip = c->chip;
    chip->sched.now = cpu_time(c);
    chip->access =
        (struct access){.master = c->core == CORE_CM7 ? MASTER_CM7 : MASTER_CM4, .pc = address};
    c->fault_address = address;
    (void)external_read(chip, address & ~1u, 2);
    return cpu_bus_page(c, page);
}
