/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
#include "vboard/chips/memory.h"

#include <stdlib.h>
#include <string.h>

#define KB 1024u
#define M7 (1u << CORE_CM7)
#define BOTH ((1u << CORE_CM7) | (1u << CORE_CM4))

#define BACKUP_NAME "backup SRAM"
#define BACKUP_BASE 0x38800000u
#define AHB4ENR 0x0E0 /* plain bank, RM0399 9.7.43: BKPRAMEN is bit 28 */
#define BKPRAMEN 28

struct place {
    const char *name;
    uint32_t base, size, alias; /* alias 0: none */
    uint8_t masters;
};

/* RM0399 2.3.2 Table 6; the alias of SRAM1..3 in the code region is reached through D2's AHB matrix
 * by both cores (2.3.2: "AHB SRAM1 also mapped at address 0x1000 0000"). */
static const struct place rams[] = {
    {"ITCM", 0x00000000, 64 * KB, 0, M7},
    {"DTCM", 0x20000000, 128 * KB, 0, M7},
    {"AXI SRAM", 0x24000000, 512 * KB, 0, BOTH},
    {"SRAM1", 0x30000000, 128 * KB, 0x10000000, BOTH},
    {"SRAM2", 0x30020000, 128 * KB, 0x10020000, BOTH},
    {"SRAM3", 0x30040000, 32 * KB, 0x10040000, BOTH},
    {"SRAM4", 0x38000000, 64 * KB, 0, BOTH},
    {BACKUP_NAME, BACKUP_BASE, 4 * KB, 0, BOTH},
};
#define RAM_COUNT (sizeof(rams) / sizeof(rams[0]))

/* System memory, 128 KB a bank (RM0399 4.3.4). What ST's boot ROM holds is not ours to carry: all ones
 * but for the device signature (RM0399 64.1, 64.2). */
#define SYSTEM_BASE 0x1FF00000u
#define SYSTEM_SIZE (128 * KB)
#define UID_OFFSET 0x1E800u
#define FLASH_SIZE_OFFSET 0x1E880u
/* Factory calibration at 3.3 V, 16 bits (data sheet): temperature at 30 and 110 degrees, VREFINT. */
#define TS_CAL1_OFFSET 0x1E820u
#define TS_CAL2_OFFSET 0x1E840u
#define VREFINT_CAL_OFFSET 0x1E860u
#define FLASH_SIZE_KB 2048u

static uint32_t ram_bytes(void)
{
    uint32_t total = 0;
    for (size_t i = 0; i < RAM_COUNT; i++) {
        total += rams[i].size;
    }
    return total;
}

static int add_ram(struct chip *c, const struct place *p, uint32_t base, uint8_t *host)
{
    const struct mem_region r = {.name = p->name,
                                 .base = base,
                                 .size = p->size,
                                 .host = host,
                                 .executable = true,
                                 .writable = true,
                                 .masters = p->masters};
    return chip_add_region(c, &r);
}

#define WORD sizeof(uint32_t)

/* Of each word that [offset, offset + size) touches: all of it is written at once, a part takes the place of the
 * part before. */
static void note_parts(struct chip_memory *m, const uint8_t *host, uint32_t offset, uint32_t size)
{
    for (uint32_t at = offset / WORD * WORD; at < offset + size; at += WORD) {
        const bool is_whole = at >= offset && at + WORD <= offset + size;
        const bool is_same = m->part.waits && m->part.offset == at;
        if (is_whole) {
            m->part.waits = m->part.waits && !is_same;
        } else if (!is_same) {
            m->part.waits = true;
            m->part.offset = at;
            memcpy(&m->part.before, host + at, WORD);
        }
    }
}

static void backup_write(void *ctx, uint32_t address, unsigned size, uint64_t value)
{
    struct chip_memory *m = ctx;
    struct chip *c = m->chip;
    struct mem_region *r = chip_region(c, address, MASTER_DEBUG);
    if (c->access.master != MASTER_DEBUG && !c->power.backup_writable) {
        chip_report(c, FOUND_BACKUP_PROTECTED, address, NULL);
        return;
    }
    note_parts(m, r->host, address - r->base, size);
    memcpy(r->host + (address - r->base), &value, size);
}

void chip_memory_reset(void *ctx)
{
    struct chip_memory *m = ctx;
    if (m->part.waits) {
        const struct mem_region *r = chip_region(m->chip, BACKUP_BASE, MASTER_DEBUG);
        memcpy(r->host + m->part.offset, &m->part.before, WORD);
        m->part.waits = false;
    }
}

static void guard_backup(struct chip_memory *m)
{
    struct chip *c = m->chip;
    struct mem_region *r = chip_region(c, BACKUP_BASE, MASTER_DEBUG);
    r->gate = chip_gate(c, AHB4ENR, BKPRAMEN);
    r->writable = false;
    r->executable = false;
    r->write = backup_write;
    r->ctx = m;
}

static void put_calibration(uint8_t *system, uint32_t offset, uint32_t mv)
{
    uint32_t raw = mv * 65536u / VDDA_MV;
    system[offset] = (uint8_t)raw;
    system[offset + 1] = (uint8_t)(raw >> 8);
}

static void fill_signature(uint8_t *system)
{
    static const uint8_t uid[12] = {'c', 'a', 'n', 'd', 'i', 'a', 'l', 0, 0, 0, 0, 1};
    memset(system, 0xFF, SYSTEM_SIZE);
    memcpy(system + UID_OFFSET, uid, sizeof(uid));
    put_calibration(system, TS_CAL1_OFFSET, TS_30_MV);
    put_calibration(system, TS_CAL2_OFFSET, TS_110_MV);
    put_calibration(system, VREFINT_CAL_OFFSET, VREFINT_MV);
    system[FLASH_SIZE_OFFSET] = FLASH_SIZE_KB & 0xFFu;
    system[FLASH_SIZE_OFFSET + 1] = FLASH_SIZE_KB >> 8;
}

int chip_memory_init(struct chip_memory *m, struct chip *c, uint64_t seed)
{
    *m = (struct chip_memory){.seed = seed, .chip = c};
    m->bytes = malloc(ram_bytes() + SYSTEM_SIZE);
    if (m->bytes == NULL) {
        return -1;
    }
    uint8_t *host = m->bytes;
    for (size_t i = 0; i < RAM_COUNT; i++) {
        if (add_ram(c, &rams[i], rams[i].base, host) != 0) {
            return -1;
        }
        if (rams[i].alias != 0 && add_ram(c, &rams[i], rams[i].alias, host) != 0) {
            return -1;
        }
        host += rams[i].size;
    }
    guard_backup(m);
    fill_signature(host);
    const struct mem_region system = {.name = "system memory",
                                      .base = SYSTEM_BASE,
                                      .size = SYSTEM_SIZE,
                                      .host = host,
                                      .executable = true,
                                      .masters = BOTH};
    chip_memory_power_on(m);
    return chip_add_region(c, &system);
}

/* splitmix64 (Steele, Lea, Flood 2014): every word differs, the same seed gives the same words. */
static uint64_t noise(uint64_t *state)
{
    *state += UINT64_C(0x9E3779B97F4A7C15);
    uint64_t z = *state;
    z = (z ^ (z >> 30)) * UINT64_C(0xBF58476D1CE4E5B9);
    z = (z ^ (z >> 27)) * UINT64_C(0x94D049BB133111EB);
    return z ^ (z >> 31);
}

void chip_memory_power_on(struct chip_memory *m)
{
    uint64_t state = m->seed;
    for (uint32_t i = 0; i < ram_bytes(); i += sizeof(uint64_t)) {
        uint64_t word = noise(&state);
        memcpy(m->bytes + i, &word, sizeof(word));
    }
    m->part.waits = false;
    m->seed = state; /* the next power-on finds other noise */
}

void chip_memory_lost(void *ctx, enum power_domain domain)
{
    struct chip_memory *m = ctx;
    uint32_t at = 0;
    for (size_t i = 0; i < RAM_COUNT; at += rams[i].size, i++) {
        if (rams[i].base == BACKUP_BASE || chip_domain_at(rams[i].base) != domain) {
            continue;
        }
        for (uint32_t j = 0; j < rams[i].size; j += sizeof(uint64_t)) {
            uint64_t word = noise(&m->seed);
            memcpy(m->bytes + at + j, &word, sizeof(word));
        }
        chip_code_changed(m->chip, rams[i].base, rams[i].size);
        if (rams[i].alias != 0) {
            chip_code_changed(m->chip, rams[i].alias, rams[i].size);
        }
    }
}

void chip_memory_destroy(struct chip_memory *m)
{
    free(m->bytes);
    m->bytes = NULL;
}
