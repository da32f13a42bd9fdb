/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
#include "vboard/chip/external.h"

#include <stdlib.h>
#include <string.h>

#include "vboard/chip/chip.h"

#define CHUNK 4096u

/* ---- the board's memories ---- */

void external_init(struct chip *c)
{
    c->external.chip = c;
}

void external_destroy(struct chip *c)
{
    for (unsigned i = 0; i < c->external.memory_count; i++) {
        free(c->external.memories[i].bytes);
        free(c->external.memories[i].filled);
    }
}

static uint32_t size_so_far(const struct chip_external *e)
{
    uint32_t total = 0;
    for (unsigned i = 0; i < e->memory_count; i++) {
        total += e->memories[i].part.size;
    }
    return total;
}

int external_add(struct chip *c, const struct external_part *part)
{
    struct chip_external *e = &c->external;
    uint32_t before = size_so_far(e);
    bool fits = part->size >= CHUNK && (part->size & (part->size - 1)) == 0 &&
                part->size <= EXTERNAL_TOTAL_SIZE - before;
    if (!fits || e->memory_count == EXTERNAL_MEMORIES) {
        return -1;
    }
    struct external_memory *m = &e->memories[e->memory_count++];
    *m = (struct external_memory){.part = *part,
                                  .filled = calloc(1, part->size / CHUNK),
                                  .physical = EXTERNAL_PHYSICAL + before,
                                  .seed = c->params.seed + e->memory_count};
    return m->filled != NULL ? 0 : -1;
}

void external_allocate(struct external_memory *m)
{
    if (m->bytes == NULL) {
        m->bytes = calloc(1, m->part.size);
    }
    if (m->bytes == NULL) {
        abort(); /* as everywhere in a simulation under way */
    }
}

struct external_memory *external_at(struct chip *c, enum external_place place)
{
    struct chip_external *e = &c->external;
    for (unsigned i = 0; i < e->memory_count; i++) {
        if (e->memories[i].part.place == place) {
            return &e->memories[i];
        }
    }
    return NULL;
}

static bool is_flash(const struct external_memory *m)
{
    return m->part.kind == EXTERNAL_NOR || m->part.kind == EXTERNAL_QUADSPI_NOR;
}

/* Where a flash is mapped, as its controller does after reset. */
static uint32_t home_of(const struct external_memory *m)
{
    return m->part.place == EXTERNAL_BANK_QUADSPI
               ? EXTERNAL_QUADSPI
               : EXTERNAL_FMC_BANK_1 + (uint32_t)m->part.place * EXTERNAL_SLOT_SIZE;
}

int external_load(struct chip *c, uint32_t address, const void *bytes, size_t length)
{
    struct chip_external *e = &c->external;
    for (unsigned i = 0; i < e->memory_count; i++) {
        struct external_memory *m = &e->memories[i];
        uint32_t offset = address - home_of(m);
        if (is_flash(m) && offset < m->part.size && length <= m->part.size - offset) {
            if (length != 0) {
                memcpy(external_bytes(m, offset, (uint32_t)length), bytes, length);
                m->changes++;
                chip_code_changed(c, address, (uint32_t)length);
            }
            return 0;
        }
    }
    return -1;
}

void external_power_on(struct chip *c)
{
    for (unsigned i = 0; i < c->external.memory_count; i++) {
        struct external_memory *m = &c->external.memories[i];
        if (!is_flash(m)) {
            memset(m->filled, 0, m->part.size / CHUNK);
            m->seed++;
        }
    }
}

/* ---- contents ---- */

/* splitmix64 (Steele, Lea, Flood 2014). */
static uint64_t noise(uint64_t state)
{
    uint64_t z = state * UINT64_C(0x9E3779B97F4A7C15);
    z = (z ^ (z >> 30)) * UINT64_C(0xBF58476D1CE4E5B9);
    z = (z ^ (z >> 27)) * UINT64_C(0x94D049BB133111EB);
    return z ^ (z >> 31);
}

static void fill(struct external_memory *m, uint32_t chunk)
{
    uint8_t *to = m->bytes + (size_t)chunk * CHUNK;
    m->filled[chunk] = 1;
    if (is_flash(m)) {
        memset(to, 0xFF, CHUNK);
        return;
    }
    for (uint32_t i = 0; i < CHUNK; i += sizeof(uint64_t)) {
        uint64_t word = noise((m->seed << 32) + (uint64_t)chunk * CHUNK + i);
        memcpy(to + i, &word, sizeof word);
    }
}

uint8_t *external_bytes(struct external_memory *m, uint32_t offset, uint32_t size)
{
    external_allocate(m);
    for (uint32_t at = offset / CHUNK; at <= (offset + size - 1) / CHUNK; at++) {
        if (m->filled[at] == 0) {
            fill(m, at);
        }
    }
    return m->bytes + offset;
}

void external_forget(struct external_memory *m)
{
    memset(m->filled, 0, m->part.size / CHUNK);
}

/* FNV-1a over words. */
static uint64_t sum_of(const struct external_memory *m)
{
    uint64_t sum = UINT64_C(0xCBF29CE484222325);
    for (uint32_t i = 0; i < m->part.size / CHUNK; i++) {
        const uint8_t *at = m->bytes + (size_t)i * CHUNK;
        for (uint32_t k = 0; m->filled[i] != 0 && k < CHUNK; k += sizeof sum) {
            uint64_t word;
            memcpy(&word, at + k, sizeof word);
            sum = (sum ^ word) * UINT64_C(0x100000001B3);
        }
    }
    return sum;
}

uint64_t external_sum(const struct chip *c)
{
    uint64_t sum = 0;
    for (unsigned i = 0; i < c->external.memory_count; i++) {
        const struct external_memory *m = &c->external.memories[i];
        sum = is_flash(m) ? sum : (sum ^ sum_of(m)) * UINT64_C(0x100000001B3);
    }
    return sum;
}

uint64_t external_flash_changes(const struct chip *c)
{
    uint64_t changes = 0;
    for (unsigned i = 0; i < c->external.memory_count; i++) {
        changes += c->external.memories[i].changes;
    }
    return changes;
}

/* ---- the bus ---- */

static bool holds(const struct external_memory *m, const uint8_t *host)
{
    return m->bytes != NULL && host >= m->bytes && host < m->bytes + m->part.size;
}

const struct external_memory *external_of(const struct chip *c, const uint8_t *host)
{
    for (unsigned i = 0; i < c->external.memory_count; i++) {
        const struct external_memory *m = &c->external.memories[i];
        if (holds(m, host)) {
            return m;
        }
    }
    return NULL;
}

struct mem_region *external_region(struct chip *c, uint32_t address)
{
    struct mem_region *r = &c->external.slots[external_slot(address)];
    if (address - r->base >= r->size) {
        return NULL;
    }
    for (unsigned i = 0; i < c->external.memory_count; i++) {
        struct external_memory *m = &c->external.memories[i];
        const uint8_t *host = r->host + (address - r->base);
        if (holds(m, host)) {
            (void)external_bytes(m, (uint32_t)(host - m->bytes), 1);
        }
    }
    return r;
}

static const struct external_controller *controller_of(struct chip *c, uint32_t address)
{
    return address - EXTERNAL_QUADSPI < 0x10000000u ? &c->external.quadspi : &c->external.fmc;
}

static bool answers(struct chip *c, uint32_t address)
{
    c->access.address = address;
    c->access.steady = false;
    if (controller_of(c, address)->read == NULL) {
        c->access.bus_fault = true;
        if (!c->access.forgiven) {
            chip_report(c, FOUND_NOTHING_THERE, address, NULL);
        }
        return false;
    }
    return true;
}

uint64_t external_read(struct chip *c, uint32_t address, unsigned size)
{
    if (!answers(c, address)) {
        return 0;
    }
    uint64_t value = 0;
    const struct mem_region *r = external_region(c, address);
    if (r != NULL && size <= r->size - (address - r->base)) {
        memcpy(&value, r->host + (address - r->base), size);
        return value;
    }
    const struct external_controller *by = controller_of(c, address);
    return by->read(by->ctx, address, size);
}

void external_write(struct chip *c, uint32_t address, unsigned size, uint64_t value)
{
    if (!answers(c, address)) {
        return;
    }
    const struct mem_region *r = external_region(c, address);
    if (r != NULL && r->writable && size <= r->size - (address - r->base)) {
        memcpy(r->host + (address - r->base), &value, size);
        chip_code_changed(c, address, size);
        return;
    }
    const struct external_controller *by = controller_of(c, address);
    by->write(by->ctx, address, size, value);
}

/* ---- for controllers ---- */

static void store_to_open(void *ctx, uint32_t address, unsigned size, uint64_t value)
{
    external_write(((struct chip_external *)ctx)->chip, address, size, value);
}

static void tell_cores(struct chip *c)
{
    for (unsigned core = 0; core < CORE_COUNT; core++) {
        if (c->cores.cpu[core] != NULL) {
            c->cores.ops->map_changed(c->cores.cpu[core]);
        }
    }
}

void external_open(struct chip *c, unsigned slot, struct external_memory *m, uint32_t offset,
                   uint32_t size, bool writable)
{
    struct mem_region *r = &c->external.slots[slot];
    if (size != 0) {
        external_allocate(m);
    }
    uint8_t *host = size != 0 ? m->bytes + offset : NULL;
    if (r->size == size && r->host == host && r->writable == writable) {
        return;
    }
    *r = (struct mem_region){.name = size != 0 ? m->part.name : NULL,
                             .base = (slot < 16 ? 0x60000000u : 0x80000000u) +
                                     slot * EXTERNAL_SLOT_SIZE,
                             .size = size,
                             .host = host,
                             .executable = true,
                             .writable = writable,
                             .masters = (1u << CORE_CM7) | (1u << CORE_CM4),
                             .write = store_to_open,
                             .ctx = &c->external};
    tell_cores(c);
}

void external_close(struct chip *c, unsigned slot)
{
    external_open(c, slot, NULL, 0, 0, false);
}

void external_tell(struct chip *c, enum finding_code code, const struct finding_data *data)
{
    if (c->access.master != MASTER_DEBUG) {
        chip_report(c, code, c->access.address & ~(EXTERNAL_SLOT_SIZE - 1), data);
    }
}

void external_refuse(struct chip *c, enum finding_code code, const struct finding_data *data)
{
    c->access.bus_fault = true;
    if (!c->access.forgiven) {
        external_tell(c, code, data);
    }
}

uint64_t external_unknown(struct chip *c, enum finding_code code, unsigned size)
{
    const struct chip_watch *watch = c->bus.watch;
    const bool reads = c->access.lanes == 0;
    external_tell(c, code, NULL);
    if (!reads || watch == NULL || watch->unmodelled == NULL || c->access.master == MASTER_DEBUG) {
        return 0;
    }
    uint64_t value = watch->unmodelled(watch->ctx, c->access.address & ~3u);
    return size == 8 ? value | value << 32 : value;
}
