/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
/* PM0253 4.6, DDI 0403 B3.5. */
#include "vboard/cpu/mpu.h"

#include <string.h>

#define CTRL_ENABLE 1u
#define CTRL_HFNMIENA 2u
#define CTRL_PRIVDEFENA 4u
#define RBAR_VALID 0x10u
#define RASR_ENABLE 1u
#define RASR_XN (1u << 28)
#define RASR_SRD 0xFF00u
#define ALL (1u << MPU_READ | 1u << MPU_WRITE | 1u << MPU_FETCH)
#define RASR_WRITABLE 0x173FFF3Fu /* XN, AP, TEX S C B, SRD, SIZE, ENABLE */

void mpu_reset(struct mpu *m, unsigned regions)
{
    memset(m, 0, sizeof(*m));
    m->regions = regions;
}

/* RBAR and RASR repeat three times as aliases (offsets 0xA4 to 0xB8). */
static bool is_rbar(uint32_t offset)
{
    return offset >= 0x9C && offset <= 0xB8 && (offset & 7u) == 4;
}

static bool is_rasr(uint32_t offset)
{
    return offset >= 0xA0 && offset <= 0xB8 && (offset & 7u) == 0;
}

uint32_t mpu_read(const struct mpu *m, uint32_t offset)
{
    if (offset == 0x90) {
        return m->regions << 8;
    }
    if (offset == 0x94) {
        return m->ctrl;
    }
    if (offset == 0x98) {
        return m->rnr;
    }
    if (is_rbar(offset)) {
        return m->rbar[m->rnr] | m->rnr;
    }
    return is_rasr(offset) ? m->rasr[m->rnr] : 0;
}

/* Works out `use`: the registers change seldom, and are asked for with every page. */
static void prepare(struct mpu *m)
{
    m->used = 0;
    for (unsigned i = m->regions; i-- > 0;) {
        unsigned bits = (m->rasr[i] >> 1 & 0x1Fu) + 1u; /* SIZE: 2^(SIZE+1) bytes */
        uint32_t inside = (uint32_t)((UINT64_C(1) << bits) - 1);
        if ((m->rasr[i] & RASR_ENABLE) != 0 && bits >= 5) {
            m->use[m->used].base = m->rbar[i] & ~inside;
            m->use[m->used].inside = inside;
            m->use[m->used].rasr = m->rasr[i];
            m->used++;
        }
    }
}

static void write_rbar(struct mpu *m, uint32_t value)
{
    if ((value & RBAR_VALID) != 0 && (value & 0xFu) < m->regions) {
        m->rnr = value & 0xFu;
    }
    m->rbar[m->rnr] = value & ~0x1Fu;
}

bool mpu_write(struct mpu *m, uint32_t offset, uint32_t value)
{
    if (offset == 0x94) {
        bool changed = m->ctrl != (value & 7u);
        m->ctrl = value & 7u;
        return changed;
    }
    if (offset == 0x98) {
        m->rnr = value % m->regions;
        return false;
    }
    if (is_rbar(offset)) {
        write_rbar(m, value);
    } else if (is_rasr(offset)) {
        m->rasr[m->rnr] = value & RASR_WRITABLE;
    } else {
        return false;
    }
    prepare(m);
    return (m->ctrl & CTRL_ENABLE) != 0;
}

/* Whether the subregion the address lies in is enabled (PM0253 4.6.7); below 256 bytes there are none. */
static bool in_subregion(uint32_t address, uint32_t inside, uint32_t rasr)
{
    unsigned bits = 32u - (unsigned)__builtin_clz(inside);
    unsigned subregion = (address & inside) >> (bits - 3);
    return bits < 8 || (rasr >> (8 + subregion) & 1u) == 0;
}

/* AP and XN of RASR (PM0253 Table 91); reserved values deny. */
static unsigned permitted(uint32_t rasr, bool privileged)
{
    static const uint8_t privileged_rw[8] = {0, 3, 3, 3, 0, 1, 1, 1};
    static const uint8_t user_rw[8] = {0, 0, 1, 3, 0, 0, 1, 1};
    unsigned ap = rasr >> 24 & 7u;
    unsigned rights = privileged ? privileged_rw[ap] : user_rw[ap];
    bool fetch = (rights & 1u << MPU_READ) != 0 && (rasr & RASR_XN) == 0;
    return rights | (fetch ? 1u << MPU_FETCH : 0u);
}

static bool is_off(const struct mpu *m, bool negative)
{
    return (m->ctrl & CTRL_ENABLE) == 0 || (negative && (m->ctrl & CTRL_HFNMIENA) == 0);
}

/* RASR of the region that decides on an address: the highest number wins. NULL: none. */
static const uint32_t *region_at(const struct mpu *m, uint32_t address)
{
    for (unsigned i = 0; i < m->used; i++) {
        if (((address ^ m->use[i].base) & ~m->use[i].inside) == 0 &&
            in_subregion(address, m->use[i].inside, m->use[i].rasr)) {
            return &m->use[i].rasr;
        }
    }
    return NULL;
}

/* External devices are execute-never in the default map (DDI 0403 B3.1). */
static unsigned default_rights(uint32_t address)
{
    const bool device = address - 0xA0000000u < 0x40000000u;
    return device ? ALL & ~(1u << MPU_FETCH) : ALL;
}

unsigned mpu_rights(const struct mpu *m, uint32_t address, bool privileged, bool negative)
{
    if (is_off(m, negative) || address >= 0xE0000000u) {
        return default_rights(address); /* the PPB is never under the MPU (DDI 0403 B3.5.1) */
    }
    const uint32_t *rasr = region_at(m, address);
    if (rasr != NULL) {
        return permitted(*rasr, privileged);
    }
    return privileged && (m->ctrl & CTRL_PRIVDEFENA) != 0 ? default_rights(address) : 0;
}

bool mpu_divides_page(const struct mpu *m, uint32_t address)
{
    const uint32_t page = 1024u - 1u;
    for (unsigned i = 0; i < m->used; i++) {
        uint32_t inside = m->use[i].inside;
        bool divided = (m->use[i].rasr & RASR_SRD) != 0;
        bool small = inside < page || (divided && inside / 8 < page);
        if (small && ((address ^ m->use[i].base) & ~(inside | page)) == 0) {
            return true;
        }
    }
    return false;
}

/* TEX, C, B: 0 Strongly-ordered, 1 and TEX 2 with C and B 0 Device (PM0253 Table 90). */
static bool is_device_type(uint32_t rasr)
{
    uint32_t tex = rasr >> 19 & 7u;
    bool cacheable = (rasr >> 17 & 1u) != 0;
    bool bufferable = (rasr >> 16 & 1u) != 0;
    return !cacheable && (tex == 0 || (tex == 2 && !bufferable));
}

bool mpu_is_device(const struct mpu *m, uint32_t address, bool negative)
{
    const uint32_t *rasr = is_off(m, negative) ? NULL : region_at(m, address);
    if (rasr != NULL) {
        return is_device_type(*rasr);
    }
    /* The default map: peripherals, external devices, the system region. */
    return address - 0x40000000u < 0x20000000u || address >= 0xA0000000u;
}

/* TEX 0: 2 and 3 are C, B; TEX 1: C and B both, or not cached; TEX 4 to 7: C, B as in Table 92. */
static enum mpu_cache cache_of(uint32_t rasr)
{
    static const enum mpu_cache plain[4] = {MPU_UNCACHED, MPU_UNCACHED, MPU_WRITE_THROUGH,
                                            MPU_WRITE_BACK};
    static const enum mpu_cache coded[4] = {MPU_UNCACHED, MPU_WRITE_BACK_ALLOCATE,
                                            MPU_WRITE_THROUGH, MPU_WRITE_BACK};
    uint32_t tex = rasr >> 19 & 7u;
    uint32_t cb = rasr >> 16 & 3u;
    if (tex >= 4) {
        return coded[cb];
    }
    if (tex == 0) {
        return plain[cb];
    }
    return tex == 1 && cb == 3 ? MPU_WRITE_BACK_ALLOCATE : MPU_UNCACHED;
}

enum mpu_cache mpu_cache_policy(const struct mpu *m, uint32_t address, bool negative,
                                bool *shareable)
{
    const uint32_t *rasr = is_off(m, negative) ? NULL : region_at(m, address);
    *shareable = rasr != NULL && (*rasr >> 18 & 1u) != 0;
    if (rasr != NULL) {
        return cache_of(*rasr);
    }
    /* The default map (Table 17): code is written through, RAM back; the rest is not RAM here. */
    return address < 0x20000000u   ? MPU_WRITE_THROUGH
           : address < 0x40000000u ? MPU_WRITE_BACK_ALLOCATE
                                   : MPU_UNCACHED;
}

bool mpu_allows(const struct mpu *m, uint32_t address, enum mpu_access access, bool privileged,
                bool negative)
{
    return (mpu_rights(m, address, privileged, negative) >> access & 1u) != 0;
}
