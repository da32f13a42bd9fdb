/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
#include "vboard/cpu/core.h"

/* RAM in Run* (RM0399 7.4.1): writes are "not permitted", yet they work, as ST's own start-up code shows.
 * The first one of a core is told of; for that, pages are not given for writing before one asks. */
void cpu_watch_run_star(struct cpu *c, const struct cpu_region *r, uint32_t page,
                        enum engine_access access, struct engine_page *out)
{
    if (access != ENGINE_WRITE) {
        out->may &= ~(unsigned)ENGINE_MAY_WRITE;
    } else if (r->region->writable && !c->told_run_star) {
        c->told_run_star = true;
        c->chip->access.master = c->core == CORE_CM7 ? MASTER_CM7 : MASTER_CM4;
        c->chip->access.pc = engine_access_pc(c->engine);
        c->chip->access.lanes = ~0u;
        c->chip->sched.now = cpu_time(c);
        chip_report(c->chip, FOUND_RAM_IN_RUN_STAR, page, NULL);
    }
}
