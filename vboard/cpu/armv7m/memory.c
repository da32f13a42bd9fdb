/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
/*
 * What is not plain RAM: alignment (DDI 0403 A3.2.1, B2.3.4 MemU and MemA), registers, memory shared
 * by both cores, stores to code.
 */
#include "vboard/cpu/armv7m/memory.h"

#include "vboard/cpu/armv7m/advance.h"
#include "vboard/cpu/armv7m/code.h"

/* ---- pages ---- */

uint8_t *host_of(const struct core *c, uint32_t physical)
{
    for (unsigned i = 0; i < c->map_count; i++) {
        const struct host_map *m = &c->maps[i];
        if (physical - m->physical < m->size) {
            uint32_t page = physical & ~(PAGE - 1u);
            return m->host != NULL ? m->host + (page - m->physical) : NULL;
        }
    }
    return NULL;
}

void memory_flush(struct core *c)
{
    for (unsigned i = 0; i < FAST_PAGES; i++) {
        c->readable.page[i] = c->writable.page[i] = NO_PAGE;
        c->slow[0][i].page = c->slow[1][i].page = NO_PAGE;
    }
}

static bool denied(struct core *c, uint32_t address, enum engine_access access)
{
    c->denied_address = address;
    c->denied_access = access;
    stop_with(c, ENGINE_DENIED);
    return false;
}

/* A page whose every access comes here: registers, shared, or code that is written to. */
static bool is_slow(const struct slow_page *p, enum engine_access access)
{
    return p->host == NULL || p->asks || (access == ENGINE_WRITE && p->code);
}

/* Registers of both cores, as opposed to the private bus and windows. */
static bool is_peripheral(uint32_t physical)
{
    return physical - 0x40000000u < 0x20000000u;
}

static const struct slow_page *ask_for_page(struct core *c, struct slow_page *p, uint32_t address,
                                            enum engine_access access)
{
    struct engine_page page = {0, 0};
    if (!c->base.ops->page(c->base.ctx, address, access, &page)) {
        denied(c, address, access);
        return NULL;
    }
    p->physical = page.physical & ~(PAGE - 1u);
    p->host = host_of(c, page.physical);
    p->asks = (page.may & ENGINE_SHARED) != 0 || (p->host == NULL && is_peripheral(p->physical));
    p->watched = (page.may & ENGINE_WATCHED) != 0;
    p->code = code_is_in(c, p->physical);
    bool fine = (page.may & ENGINE_FINE) != 0 || c->base.meter.unprivileged;
    uint32_t base = address & ~(PAGE - 1u);
    p->page = fine ? NO_PAGE : base;
    if (!fine && !is_slow(p, access)) {
        struct fast_pages *pages = access == ENGINE_READ ? &c->readable : &c->writable;
        pages->page[page_set(address)] = base;
        pages->bias[page_set(address)] = (uintptr_t)p->host - base;
    }
    return p;
}

/* What lies at an address; NULL: it may not be accessed. */
static inline const struct slow_page *page_at(struct core *c, uint32_t address,
                                              enum engine_access access)
{
    struct slow_page *p = &c->slow[access][page_set(address)];
    if (p->page == (address & ~(PAGE - 1u))) {
        return p;
    }
    return ask_for_page(c, p, address, access);
}

bool physical_of(struct core *c, uint32_t address, uint32_t *physical)
{
    const struct slow_page *p = page_at(c, address, ENGINE_READ);
    if (p == NULL) {
        return false;
    }
    *physical = p->physical + address % PAGE;
    return true;
}

/* ---- aligned accesses ---- */

/* Its turn among the cores' accesses. Only the first access of an instruction may wait. */
static inline bool may_go(struct core *c, const struct slow_page *p, uint32_t address,
                          unsigned size, enum engine_access access)
{
    if (!p->asks || (has_its_turn(c) && !p->watched)) {
        return true;
    }
    bool may = c->base.ops->turn(c->base.ctx, address, p->physical + address % PAGE, size,
                                 access == ENGINE_WRITE, !c->multiple);
    if (!may) {
        look_up(c);
    }
    return may;
}

/* Whoever executes one instruction at a time has put the count aside, or has an IT block under way. */
static inline bool is_alone(const struct core *c)
{
    return c->base.meter.aside != 0 || c->itstate != 0;
}

/* A register was accessed: an instruction that goes on by itself may do so, unless something has come up. */
static inline void look_after_access(struct core *c, bool alone)
{
    const unsigned up = ENGINE_OBSERVE_ALL | ENGINE_OBSERVE_STOP;
    if (alone || (c->base.meter.observe & up) != 0) {
        look_up(c);
    }
}

/* Copies of a size that the compiler knows need no call. */
static inline uint32_t get_bytes(const uint8_t *host, unsigned size)
{
    uint32_t word;
    uint16_t half;
    if (size == 4) {
        memcpy(&word, host, 4);
        return word;
    }
    if (size == 1) {
        return *host;
    }
    memcpy(&half, host, 2);
    return half;
}

static inline void put_bytes(uint8_t *host, unsigned size, uint32_t value)
{
    uint16_t half = (uint16_t)value;
    if (size == 4) {
        memcpy(host, &value, 4);
    } else if (size == 1) {
        *host = (uint8_t)value;
    } else {
        memcpy(host, &half, 2);
    }
}

uint64_t load_register(struct core *c, uint32_t physical, unsigned size)
{
    bool alone = is_alone(c);
    c->refused = false;
    uint32_t value = (uint32_t)c->base.ops->read(c->base.ctx, physical, size);
    look_after_access(c, alone);
    return c->refused ? NOT_LOADED : value;
}

bool store_register(struct core *c, uint32_t physical, unsigned size, uint32_t value)
{
    bool alone = is_alone(c);
    c->refused = false;
    c->base.ops->write(c->base.ctx, physical, size, value);
    c->fp_ready = false; /* it may have been CPACR or FPCCR */
    look_after_access(c, alone);
    return !c->refused;
}

static inline uint64_t load_aligned(struct core *c, uint32_t address, unsigned size)
{
    const struct slow_page *p = page_at(c, address, ENGINE_READ);
    if (p == NULL || !may_go(c, p, address, size, ENGINE_READ)) {
        return NOT_LOADED;
    }
    if (p->host != NULL) {
        return get_bytes(p->host + address % PAGE, size);
    }
    return load_register(c, p->physical + address % PAGE, size);
}

static inline bool store_aligned(struct core *c, uint32_t address, unsigned size, uint32_t value)
{
    const struct slow_page *p = page_at(c, address, ENGINE_WRITE);
    if (p == NULL || !may_go(c, p, address, size, ENGINE_WRITE)) {
        return false;
    }
    if (p->host != NULL) {
        put_bytes(p->host + address % PAGE, size, value);
        if (p->code) {
            code_changed(c, p->physical + address % PAGE, size);
        }
        return true;
    }
    return store_register(c, p->physical + address % PAGE, size, value);
}

/* ---- unaligned ones ---- */

static bool unaligned_fault(struct core *c)
{
    stop_with(c, ENGINE_UNALIGNED);
    return false;
}

/* MemU: CCR.UNALIGN_TRP, and Device or Strongly-ordered memory takes aligned accesses only. */
static bool may_be_unaligned(struct core *c, uint32_t address)
{
    if (c->base.meter.unalign_trap || c->base.ops->is_device(c->base.ctx, address)) {
        return unaligned_fault(c);
    }
    return true;
}

static uint64_t load_unaligned(struct core *c, uint32_t address, unsigned size)
{
    bool multiple = c->multiple;
    uint32_t result = 0;
    bool good = may_be_unaligned(c, address);
    for (unsigned i = 0; good && i < size; i++) {
        uint32_t byte = 0;
        good = load8(c, address + i, &byte);
        result |= byte << (8 * i);
        c->multiple = true;
    }
    c->multiple = multiple;
    return good ? result : NOT_LOADED;
}

static bool store_unaligned(struct core *c, uint32_t address, unsigned size, uint32_t value)
{
    bool multiple = c->multiple;
    bool good = may_be_unaligned(c, address);
    for (unsigned i = 0; good && i < size; i++) {
        good = store8(c, address + i, value >> (8 * i));
        c->multiple = true;
    }
    c->multiple = multiple;
    return good;
}

uint64_t load_slowly(struct core *c, uint32_t address, unsigned size)
{
    if ((address & (size - 1u)) != 0) {
        return load_unaligned(c, address, size);
    }
    return load_aligned(c, address, size);
}

bool store_slowly(struct core *c, uint32_t address, unsigned size, uint32_t value)
{
    if ((address & (size - 1u)) != 0) {
        return store_unaligned(c, address, size, value);
    }
    return store_aligned(c, address, size, value);
}

/* ---- many words ---- */

bool check_aligned(struct core *c, uint32_t address, unsigned size)
{
    return (address & (size - 1u)) == 0 || unaligned_fault(c);
}

bool load_words(struct core *c, uint32_t address, uint32_t *words, unsigned count)
{
    if ((address & 3u) != 0) {
        return unaligned_fault(c);
    }
    const uint8_t *host = fast(&c->readable, address, 4);
    if (host != NULL && address % PAGE + 4 * count <= PAGE) {
        for (unsigned i = 0; i < count; i++) {
            memcpy(&words[i], host + 4u * i, 4);
        }
        return true;
    }
    bool good = true;
    for (unsigned i = 0; good && i < count; i++) {
        good = load32(c, address + 4 * i, &words[i]);
        c->multiple = true;
    }
    c->multiple = false;
    return good;
}

bool store_words(struct core *c, uint32_t address, const uint32_t *words, unsigned count)
{
    if ((address & 3u) != 0) {
        return unaligned_fault(c);
    }
    uint8_t *host = fast(&c->writable, address, 4);
    if (host != NULL && address % PAGE + 4 * count <= PAGE) {
        for (unsigned i = 0; i < count; i++) {
            memcpy(host + 4u * i, &words[i], 4);
        }
        return true;
    }
    bool good = true;
    for (unsigned i = 0; good && i < count; i++) {
        good = store32(c, address + 4 * i, words[i]);
        c->multiple = true;
    }
    c->multiple = false;
    return good;
}
