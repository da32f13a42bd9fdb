/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
#include "vboard/periph/art/art.h"

enum { R_CTR, R_COUNT };

#define CTR_PCACHEADDR 0x000FFF00u

/* "Other than 32-bit accesses have no effect" on PCACHEADDR (6.4.1). */
static void ctr_write(struct periph *p, unsigned slot, uint32_t old, uint32_t written)
{
    (void)written;
    if (p->chip->access.lanes != ~0u) {
        p->values[slot] = (p->values[slot] & ~CTR_PCACHEADDR) | (old & CTR_PCACHEADDR);
    }
}

/* Bit 2 is reserved and 1 after reset; ST's drivers write it to 0 with the page index. */
static const struct reg regs[R_COUNT] = {
    [R_CTR] = {.offset = 0x00,
               .name = "CTR",
               .reset = 0x00000004,
               .rw = CTR_PCACHEADDR | 1u,
               .ignored = 0x00000004,
               .write = ctr_write},
};

const struct model art_model = {
    .kind = "art",
    .size = sizeof(struct periph),
    .regs = regs,
    .fields = art_fields,
    .slot_count = R_COUNT,
    .span = 0x400,
};
