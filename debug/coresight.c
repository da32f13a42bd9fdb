/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
#include "debug/coresight.h"

#include <stddef.h>

#define PAGE 0x1000u
#define ROM_ENTRIES 10u
#define D1DBGCKEN (1u << 21)
#define D3DBGCKEN (1u << 22)

enum {
    CLASS_ROM = 1,
    CLASS_DEBUG = 9,
    CLASS_GENERIC = 14,
    CLASS_SYSTEM = 15
}; /* IHI 0029 table B2-3 */
enum {
    AUTHSTATUS = 0xFB8,
    DEVARCH = 0xFBC,
    DEVID = 0xFC8,
    DEVTYPE = 0xFCC, /* of a ROM table MEMTYPE: bit 0, system memory is on this bus */
    PIDR4 = 0xFD0,
    PIDR0 = 0xFE0,
    PIDR3 = 0xFEC,
    CIDR0 = 0xFF0
};

struct component {
    uint32_t base;
    unsigned component_class;
    uint64_t peripheral_id; /* PIDR3 to PIDR0, a byte each, and PIDR4 above them */
    uint32_t type;          /* DEVTYPE, or MEMTYPE */
    uint32_t id, architecture;
    uint32_t clock;
    uint32_t entries[ROM_ENTRIES];
};

/* RM0399 tables 643 to 646. SCS is not in the manual: part 0x00C as probes read it from an STM32H745 (pyOCD issue 1499),
 * its revision as the M7's others have it. So is the ROM table's designer, ST: PIDR2 is 0x0B and PIDR4 4 in the
 * manual, whose text below says ST, too. */
static const struct component cm7[] = {
    {0xE00FE000, CLASS_ROM, 0x00000A0450, 1,
     .entries = {0x00001003, 0xFFF43003, 0xFFF45003, 0x1FF02002}},
    {0xE00FF000, CLASS_ROM, 0x04000BB4C7, 1,
     .entries = {0xFFF0F003, 0xFFF02003, 0xFFF03003, 0xFFF01003, 0xFFF41002, 0xFFF42002}},
    {0xE000E000, CLASS_GENERIC, 0x04000BB00C, .id = 0},
    {0xE0001000, CLASS_GENERIC, 0x04000BB002, .id = 0},
    {0xE0002000, CLASS_GENERIC, 0x04000BB00E, .id = 0},
    {0xE0000000, CLASS_GENERIC, 0x04000BB001, .id = 0},
    {0xE0041000, CLASS_DEBUG, 0x04001BB975, 0x13, .architecture = 0x47704A13},
    {0xE0043000, CLASS_DEBUG, 0x04005BB906, 0x14, .id = 0x00040800},
    {.base = 0},
};

/* Tables 651 and 652; of SCS as above. */
static const struct component cm4[] = {
    {0xE00FF000, CLASS_ROM, 0x00000A0450, 1,
     .entries = {0xFFF0F003, 0xFFF02003, 0xFFF03003, 0xFFF01003, 0xFFF41002, 0xFFF42003,
                 0xFFF44003}},
    {0xE000E000, CLASS_GENERIC, 0x04000BB00C, .id = 0},
    {0xE0001000, CLASS_GENERIC, 0x04003BB002, .id = 0},
    {0xE0002000, CLASS_GENERIC, 0x04002BB003, .id = 0},
    {0xE0000000, CLASS_GENERIC, 0x04003BB001, .id = 0},
    {0xE0041000, CLASS_DEBUG, 0x04002BB925, 0x13, .id = 0},
    {0xE0043000, CLASS_DEBUG, 0x04005BB906, 0x14, .id = 0x00040800},
    {.base = 0},
};

/* Tables 625 to 641, at the debugger's addresses: SWO, its funnel, timestamps; behind the second table cross trigger, trace funnel,
 * trace FIFO, trace port. */
static const struct component debug_bus[] = {
    {0xE00E0000, CLASS_ROM, 0x00000A0450, 0,
     .entries = {0x00001002, 0x00002002, 0x00003003, 0x00004003, 0x00005003, 0x00010003}},
    {0xE00E3000, CLASS_DEBUG, 0x04002BB914, 0x11, .id = 0xEA0, .clock = D3DBGCKEN},
    {0xE00E4000, CLASS_DEBUG, 0x04003BB908, 0x12, .id = 0x22, .clock = D3DBGCKEN},
    {0xE00E5000, CLASS_SYSTEM, 0x04001BB101, .id = 0},
    {0xE00F0000, CLASS_ROM, 0x00000A0001, 0, .clock = D1DBGCKEN,
     .entries = {0x00001003, 0x00002002, 0x00003003, 0x00004003, 0x00005003, 0x00006002, 0x00007002,
                 0x00008002}},
    {0xE00F1000, CLASS_DEBUG, 0x04005BB906, 0x14, .id = 0x00040800, .clock = D1DBGCKEN},
    {0xE00F3000, CLASS_DEBUG, 0x04003BB908, 0x12, .id = 0x24, .clock = D1DBGCKEN},
    {0xE00F4000, CLASS_DEBUG, 0x04001BB961, 0x32, .id = 0x1C0, .clock = D1DBGCKEN},
    {0xE00F5000, CLASS_DEBUG, 0x04005BB912, 0x11, .id = 0xA0, .clock = D1DBGCKEN},
    {.base = 0},
};

static const struct component *find(enum coresight_bus bus, uint32_t address)
{
    static const struct component *const buses[CORESIGHT_BUSES] = {cm7, cm4, debug_bus};
    for (const struct component *c = buses[bus]; c->component_class != 0; c++) {
        if (address - c->base < PAGE) {
            return c;
        }
    }
    return NULL;
}

/* Of the last registers in a page, which all components have. */
static uint32_t identify(const struct component *c, uint32_t offset)
{
    const uint32_t cidr = 0xB105000Du | (uint32_t)c->component_class << 12;
    if (offset >= CIDR0) {
        return cidr >> (8 * ((offset - CIDR0) / 4)) & 0xFFu;
    }
    if (offset >= PIDR0 && offset <= PIDR3) {
        return (uint32_t)(c->peripheral_id >> (8 * ((offset - PIDR0) / 4))) & 0xFFu;
    }
    switch (offset) {
    case PIDR4:
        return (uint32_t)(c->peripheral_id >> 32);
    case DEVTYPE:
        return c->type;
    case DEVID:
        return c->id;
    case DEVARCH:
        return c->architecture;
    default:
        return 0;
    }
}

uint32_t coresight_clock(enum coresight_bus bus, uint32_t address)
{
    const struct component *c = find(bus, address);
    return c != NULL ? c->clock : 0;
}

bool coresight_read(enum coresight_bus bus, uint32_t address, uint32_t *value)
{
    const struct component *c = find(bus, address);
    const uint32_t offset = address % PAGE;
    if (c == NULL || (offset < AUTHSTATUS && c->component_class != CLASS_ROM)) {
        return false;
    }
    *value = offset < 4 * ROM_ENTRIES ? c->entries[offset / 4] : identify(c, offset);
    return true;
}
