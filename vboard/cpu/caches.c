/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
#include "vboard/cpu/caches.h"

#include "vboard/cpu/code.h"
#include "vboard/cpu/dcache.h"
#include "vboard/cpu/icache.h"

#define CACR_SIWT 1u    /* PM0253 4.9.3: shareable memory is written through */
#define CACR_FORCEWT 4u /* write-back is write-through */
#define ICIALLU 0xF50u
#define ICIMVAU 0xF58u
#define SRAM_ALIAS 0x10000000u
#define SRAM_ALIAS_SIZE (288u * 1024u)
#define SRAM 0x30000000u

static struct cpu *m7_of(const struct chip *chip)
{
    return chip->cores.cpu[CORE_CM7];
}

static bool is_on(const struct cpu *m7)
{
    return m7 != NULL && m7->dcache != NULL && (m7->scb.ccr & CCR_DC) != 0;
}

/* ---- findings ---- */

static void found(void *ctx, enum finding_code code, const struct dcache_access *a,
                  uint32_t address, enum master other, uint32_t at)
{
    struct cpu *m7 = ctx;
    struct chip *chip = m7->chip;
    const struct access before = chip->access;
    if (!master_is_dma(a->master)) {
        chip->sched.now = cpu_time(chip->cores.cpu[a->master == MASTER_CM4 ? CORE_CM4 : CORE_CM7]);
    }
    chip->access = (struct access){.master = a->master,
                                   .pc = a->pc,
                                   .address = address,
                                   .lanes = a->write ? ~0u : 0,
                                   .size = (uint8_t)a->size};
    chip_report(chip, code, address, &(struct finding_data){.subject = other, .at = at});
    chip->access = before;
}

/* ---- accesses ---- */

/* As the MPU, or the default map, has it for the priority that the M7 runs at. */
static enum mpu_cache cache_of(const struct cpu *m7, uint32_t address, bool *shareable)
{
    return mpu_cache_policy(&m7->mpu, address, nvic_is_negative(&m7->nvic, &m7->masks), shareable);
}

static enum dcache_policy policy_of(const struct cpu *m7, uint32_t address)
{
    static const enum dcache_policy policies[] = {
        [MPU_UNCACHED] = DCACHE_BYPASS,
        [MPU_WRITE_THROUGH] = DCACHE_THROUGH,
        [MPU_WRITE_BACK] = DCACHE_BACK,
        [MPU_WRITE_BACK_ALLOCATE] = DCACHE_BACK_ALLOC,
    };
    bool shareable = false;
    enum mpu_cache cache = cache_of(m7, address, &shareable);
    if ((m7->scb.ccr & CCR_DC) == 0 || cache == MPU_UNCACHED) {
        return DCACHE_BYPASS;
    }
    if (shareable) {
        return (m7->scb.cacr & CACR_SIWT) != 0 ? DCACHE_THROUGH : DCACHE_BYPASS;
    }
    return (m7->scb.cacr & CACR_FORCEWT) != 0 ? DCACHE_THROUGH : policies[cache];
}

void cpu_caches_access(struct cpu *c, uint32_t address, uint32_t physical, unsigned size,
                       bool write)
{
    struct cpu *m7 = m7_of(c->chip);
    if (!is_on(m7)) {
        return;
    }
    const struct dcache_access a = {
        .master = c == m7 ? MASTER_CM7 : MASTER_CM4,
        .pc = engine_access_pc(c->engine),
        .physical = physical,
        .size = size,
        .write = write,
        .policy = c == m7 ? policy_of(m7, address) : DCACHE_BYPASS,
    };
    if (c != m7) {
        dcache_touch(m7->dcache, physical);
    }
    dcache_access(m7->dcache, &a);
}

bool cpu_caches_are_on(const struct cpu *c)
{
    return is_on(m7_of(c->chip));
}

bool cpu_caches_watch(const struct cpu *c, uint32_t physical)
{
    return c->core == CORE_CM7 && is_on(c) && dcache_watches(c->dcache, physical);
}

/* A DMA controller's, with the chip's access filled in. */
static void transferred(void *ctx, uint32_t address, unsigned size, bool write)
{
    struct cpu *m7 = ctx;
    const uint32_t offset = address - SRAM_ALIAS;
    const struct dcache_access a = {.master = m7->chip->access.master,
                                    .pc = m7->chip->access.pc,
                                    .physical = offset < SRAM_ALIAS_SIZE ? SRAM + offset : address,
                                    .size = size,
                                    .write = write};
    if (dcache_touch(m7->dcache, a.physical)) {
        engine_flush_pages(m7->engine); /* which has had the page to itself */
    }
    if (is_on(m7)) {
        dcache_access(m7->dcache, &a);
    }
}

/* ---- code ---- */

static bool is_cached(const struct cpu *m7, uint32_t address)
{
    bool shareable = false;
    return cache_of(m7, address, &shareable) != MPU_UNCACHED && !shareable;
}

/* By the M7, with the I-cache on. Whether it caches shareable memory PM0253 leaves open: taken not to. */
static void fetch_cached(struct cpu *m7, uint32_t address, const struct dcache_access *a)
{
    const uint32_t line = address & ~(CACHE_LINE - 1u);
    const uint8_t *host = cpu_bus_host(m7, line, CACHE_LINE);
    if (host != NULL && is_cached(m7, address) && icache_fetch(m7->icache, a->physical, host)) {
        found(m7, FOUND_CACHE_CODE_STALE, a, a->physical, MASTER_CM7, a->pc);
    }
}

static uint32_t physical_of(struct cpu *c, uint32_t address)
{
    const uint32_t page = address & ~(ENGINE_PAGE_SIZE - 1u);
    return cpu_bus_page(c, page)->physical + (address - page);
}

void cpu_caches_store_to_code(struct cpu *c, uint32_t address, unsigned size)
{
    if (c->exact) {
        cpu_caches_access(c, address, physical_of(c, address), size, true);
    }
}

static void fetch_halfword(struct cpu *c, struct cpu *m7, uint32_t address)
{
    const uint32_t physical = physical_of(c, address);
    const struct dcache_access a = {.master = c == m7 ? MASTER_CM7 : MASTER_CM4,
                                    .pc = address,
                                    .physical = physical,
                                    .size = 2};
    if (cached_page(physical) == CACHED_NOWHERE) {
        return;
    }
    if (dcache_touch(m7->dcache, physical)) {
        engine_flush_pages(m7->engine); /* from now on its stores there are shown */
    }
    if (is_on(m7)) {
        dcache_fetch(m7->dcache, &a);
    }
    if (c == m7 && (m7->scb.ccr & CCR_IC) != 0) {
        fetch_cached(m7, address, &a);
    }
}

void cpu_caches_fetch(struct cpu *c, uint32_t address, uint32_t size)
{
    struct cpu *m7 = m7_of(c->chip);
    for (uint32_t at = 0; m7 != NULL && m7->dcache != NULL && at < size; at += 2) {
        fetch_halfword(c, m7, address + at);
    }
}

/* All code, so that what is in the I-cache from now on is known. */
static void fetch_anew(struct cpu *c)
{
    cpu_code_stale(c, 0, 0);
    cpu_code_changed(c, 0, 0);
}

/* ---- registers ---- */

void cpu_caches_switch(struct cpu *c, uint32_t before)
{
    if (c->icache != NULL && ((before ^ c->scb.ccr) & CCR_IC) != 0) {
        fetch_anew(c);
    }
    if (c->dcache != NULL && ((before ^ c->scb.ccr) & CCR_DC) != 0) {
        const struct cpu *m4 = c->chip->cores.cpu[CORE_CM4];
        engine_flush_pages(c->engine);
        if (m4 != NULL) {
            engine_flush_pages(m4->engine);
        }
    }
}

/* What is executed from now on is a copy of what memory holds now. */
static void maintain_code(struct cpu *c, uint32_t offset, uint32_t value)
{
    if (c->icache == NULL || (offset != ICIALLU && offset != ICIMVAU)) {
        return;
    }
    if (offset == ICIALLU) {
        icache_invalidate_all(c->icache);
        fetch_anew(c);
    } else {
        icache_invalidate(c->icache, value);
        cpu_code_changed(c, value & ~(CACHE_LINE - 1u), CACHE_LINE);
    }
}

void cpu_caches_maintain(struct cpu *c, uint32_t offset, uint32_t value)
{
    static const struct {
        uint16_t offset;
        bool by_set;
        enum dcache_op op;
    } ops[] = {{0xF5C, false, DCACHE_INVALIDATE},     {0xF60, true, DCACHE_INVALIDATE},
               {0xF64, false, DCACHE_CLEAN},          {0xF68, false, DCACHE_CLEAN},
               {0xF6C, true, DCACHE_CLEAN},           {0xF70, false, DCACHE_CLEAN_INVALIDATE},
               {0xF74, true, DCACHE_CLEAN_INVALIDATE}};
    const struct dcache_access a = {
        .master = MASTER_CM7, .pc = engine_access_pc(c->engine), .physical = value, .write = true};
    maintain_code(c, offset, value);
    for (unsigned i = 0; c->dcache != NULL && i < sizeof ops / sizeof *ops; i++) {
        if (ops[i].offset == offset && ops[i].by_set) {
            dcache_set(c->dcache, ops[i].op, value, &a);
        } else if (ops[i].offset == offset) {
            dcache_line(c->dcache, ops[i].op, &a);
        }
    }
}

/* ---- life ---- */

int cpu_caches_init(struct cpu *c)
{
    const struct dcache_owner owner = {found, c};
    if (c->core != CORE_CM7 || !c->exact || c->config.dcache == DCACHE_OFF) {
        return 0;
    }
    c->dcache = dcache_create(c->chip, c->config.dcache, &owner);
    c->icache = icache_create();
    c->transfers = (struct bus_snoop){transferred, c};
    c->chip->bus.snoop = &c->transfers;
    return c->dcache != NULL && c->icache != NULL ? 0 : -1;
}

void cpu_caches_destroy(struct cpu *c)
{
    if (c->dcache != NULL) {
        c->chip->bus.snoop = NULL;
        dcache_destroy(c->dcache);
        icache_destroy(c->icache);
    }
}

void cpu_caches_reset(struct cpu *c)
{
    if (c->dcache != NULL) {
        dcache_reset(c->dcache);
        icache_invalidate_all(c->icache);
    }
}
