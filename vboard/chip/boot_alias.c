/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
#include "vboard/chip/boot_alias.h"

#include <string.h>

#include "vboard/chip/chip.h"

#define ALIAS_SIZE 0x00010000u
#define DEFAULT_BOOT 0x08100000u /* RM0399 2.6 */

/* Where `address` of the alias really lies. */
static uint32_t real_address(const struct chip *c, uint32_t address)
{
    return c->bus.alias.boot + address;
}

static struct mem_region *target(struct chip *c)
{
    return chip_region(c, c->bus.alias.boot, MASTER_CM4);
}

static void alias_write(void *ctx, uint32_t address, unsigned size, uint64_t value)
{
    struct chip *c = ctx;
    const struct mem_region *r = target(c);
    chip_report(c, FOUND_NULL_ALIAS, address, NULL);
    if (r->write != NULL) {
        r->write(r->ctx, real_address(c, address), size, value);
    } else {
        memcpy(r->host + (real_address(c, address) - r->base), &value, size);
        chip_code_changed(c, real_address(c, address), size);
    }
}

static bool alias_read_faults(void *ctx, uint32_t address, unsigned size)
{
    struct chip *c = ctx;
    const struct mem_region *r = target(c);
    chip_report(c, FOUND_NULL_ALIAS, address, NULL);
    return r->guarded && r->read_faults != NULL &&
           r->read_faults(r->ctx, real_address(c, address), size);
}

/* All its reads are asked for, so that none is missed. */
static unsigned alias_guard(void *ctx, uint32_t address, uint32_t size)
{
    struct chip *c = ctx;
    const struct mem_region *r = target(c);
    const bool asks = r->guarded && r->guard != NULL;
    return MEM_ASKS | (asks ? r->guard(r->ctx, real_address(c, address), size) : 0u);
}

static vtime_ps alias_busy_until(void *ctx)
{
    const struct mem_region *r = target(ctx);
    return r->busy_until != NULL ? r->busy_until(r->ctx) : 0;
}

static struct mem_region *alias(struct chip *c)
{
    return &c->bus.regions[c->bus.alias.region];
}

void boot_alias_aim(struct chip *c, uint32_t vector_table)
{
    if (c->bus.alias.region == 0) {
        return; /* a chip of tests, without memories */
    }
    const struct mem_region *r = chip_region(c, vector_table, MASTER_CM4);
    const bool fits = r != NULL && r->host != NULL && r != alias(c) &&
                      r->size - (vector_table - r->base) >= ALIAS_SIZE;
    c->bus.alias.boot = fits ? vector_table : DEFAULT_BOOT;
    r = target(c);
    alias(c)->host = r->host + (c->bus.alias.boot - r->base);
    alias(c)->gate = r->gate;
    alias(c)->guard_changes++;
}

int boot_alias_init(struct chip *c)
{
    const struct mem_region region = {.name = "boot memory alias",
                                      .base = 0,
                                      .size = ALIAS_SIZE,
                                      .executable = true,
                                      .masters = 1u << CORE_CM4,
                                      .write = alias_write,
                                      .read_faults = alias_read_faults,
                                      .guarded = true,
                                      .guard = alias_guard,
                                      .busy_until = alias_busy_until,
                                      .ctx = c};
    c->bus.alias.region = c->bus.region_count;
    if (chip_add_region(c, &region) != 0) {
        return -1;
    }
    boot_alias_aim(c, DEFAULT_BOOT);
    return 0;
}
