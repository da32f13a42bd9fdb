/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
#ifndef VBOARD_CHIP_FIELDS_H
#define VBOARD_CHIP_FIELDS_H

/*
 * The fields of a model's registers: RM0399's names, and what the model makes of each. Findings take
 * names from here, docs/coverage.md is made from it. What a model does never depends on it: the mask
 * `unmodelled` of struct reg does, and a test holds the two together.
 *
 *     static const char why_dma[] = "no DMA controller takes the request";
 *     static const struct field dier[] = {UNMODELLED("UDE", BIT(8), why_dma), ACTS("UIE", BIT(0)),
 *                                         FIELDS_END};
 *     const struct reg_fields tim_fields[] = {{0x0C, 1, 0, dier}, REG_FIELDS_END};
 *
 * Several models may share a list: of a field only the bits count that are in one of the register's
 * masks, and one without such bits is not there.
 */
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "vboard/chip/periph.h"

enum field_use {
    FIELD_ACTS,   /* the model does what the manual says */
    FIELD_PARTLY, /* ... but for what `why` says; what of it a write asks for, the model reports */
    FIELD_UNMODELLED, /* in struct reg's mask `unmodelled`: stored, without effect */
    FIELD_DECISIVE,   /* the same, and it changes who runs, from where, or whether at all */
    FIELD_NO_ACTION,  /* nothing that this board could show hangs on it: `why` */
    FIELD_USES
};

struct field {
    const char *name; /* RM0399's; of an array: a format with one %u */
    uint32_t bits;    /* of the register; of an array: of its first */
    enum field_use use;
    const char *why;      /* NULL for FIELD_ACTS */
    uint8_t count, first; /* of an array, side by side: how many (0: none), number of the first */
};

#define BIT(n) (UINT32_C(1) << (n))
#define BITS(high, low) ((UINT32_C(0xFFFFFFFF) >> (31 - (high) + (low))) << (low))

#define FIELD_ROW(n, b, u, w, c, f)                                                                \
    {                                                                                              \
        .name = (n), .bits = (b), .use = (u), .why = (w), .count = (c), .first = (f)               \
    }
#define ACTS(name, bits) FIELD_ROW(name, bits, FIELD_ACTS, NULL, 0, 0)
#define PARTLY(name, bits, why) FIELD_ROW(name, bits, FIELD_PARTLY, why, 0, 0)
#define UNMODELLED(name, bits, why) FIELD_ROW(name, bits, FIELD_UNMODELLED, why, 0, 0)
#define DECISIVE(name, bits, why) FIELD_ROW(name, bits, FIELD_DECISIVE, why, 0, 0)
#define NO_ACTION(name, bits, why) FIELD_ROW(name, bits, FIELD_NO_ACTION, why, 0, 0)
/* Arrays: `count` of them, numbered from `first` on. */
#define ACTS_EACH(name, bits, count, first) FIELD_ROW(name, bits, FIELD_ACTS, NULL, count, first)
#define PARTLY_EACH(name, bits, count, first, why)                                                 \
    FIELD_ROW(name, bits, FIELD_PARTLY, why, count, first)
#define UNMODELLED_EACH(name, bits, count, first, why)                                             \
    FIELD_ROW(name, bits, FIELD_UNMODELLED, why, count, first)
#define NO_ACTION_EACH(name, bits, count, first, why)                                              \
    FIELD_ROW(name, bits, FIELD_NO_ACTION, why, count, first)
#define FIELDS_END FIELD_ROW(NULL, 0, FIELD_ACTS, NULL, 0, 0)
#define REG_FIELDS_END                                                                             \
    {                                                                                              \
        0, 0, 0, NULL                                                                              \
    }

/* ---- looking through a register's fields ---- */

struct field_walk {
    const struct field *field;
    unsigned index; /* of an array */
    uint32_t bits;  /* those that the register has */
    uint32_t present;
    const struct field *next;
    unsigned next_index;
};

/* Begins with the register at `offset` of a model (NULL: no fields); then until false: */
void field_walk_begin(struct field_walk *w, const struct model *m, uint32_t offset);
bool field_walk_next(struct field_walk *w);
/* "UDE", "MODER5"; returns buf. */
const char *field_name(const struct field_walk *w, char *buf, size_t size);

/* Whole fields for the bits of a register that are in `bits` and in its mask `unmodelled`. */
uint32_t fields_unmodelled(const struct model *m, uint32_t offset, uint32_t bits);
/* Those of `bits` that are FIELD_DECISIVE. */
uint32_t fields_deciding(const struct model *m, uint32_t offset, uint32_t bits);
/* "MMS, CCDS" with ", " for `between`: the fields within `bits`, the larger first where several share
 * bits; or bits without a name as "0x00000100". Returns buf. */
const char *fields_text(const struct model *m, uint32_t offset, uint32_t bits, const char *between,
                        char *buf, size_t size);

/* All bits in any mask but `ignored`: those that the manual names. */
uint32_t reg_bits(const struct reg *r);

#endif
