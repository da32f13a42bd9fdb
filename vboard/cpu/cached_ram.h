/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
#ifndef VBOARD_CPU_CACHED_RAM_H
#define VBOARD_CPU_CACHED_RAM_H

/* RAM that the M7 reaches through its caches, by AXIM (RM0399 2.3.2), in pages of 1 KB, numbered. TCMs are never
 * cached. */
#include <stdint.h>

#define CACHE_LINE 32u /* bytes (PM0253 2.2) */
#define CACHED_PAGE 1024u
#define CACHED_PAGES ((512u + 288u + 64u + 4u) * 1024u / CACHED_PAGE)
#define CACHED_NOWHERE CACHED_PAGES

/* The page's number, or CACHED_NOWHERE. */
static inline unsigned cached_page(uint32_t physical)
{
    static const struct {
        uint32_t base, size;
    } ranges[] = {
        {0x24000000u, 512u * 1024u}, /* AXI SRAM */
        {0x30000000u, 288u * 1024u}, /* SRAM1 to 3 */
        {0x38000000u, 64u * 1024u},  /* SRAM4 */
        {0x38800000u, 4u * 1024u},   /* backup SRAM */
    };
    unsigned before = 0;
    for (unsigned i = 0; i < sizeof ranges / sizeof ranges[0]; i++) {
        if (physical - ranges[i].base < ranges[i].size) {
            return before + (physical - ranges[i].base) / CACHED_PAGE;
        }
        before += ranges[i].size / CACHED_PAGE;
    }
    return CACHED_NOWHERE;
}

#endif
