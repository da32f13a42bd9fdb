/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
#ifndef CORE_STORE_LAYOUT_H
#define CORE_STORE_LAYOUT_H

/*
 * Bytes of the settings log (docs/SPEC.md) and what its two files share. Private to core/store*.c.
 */
#include "core/store.h"

#define STORE_VERSION 1u
#define STORE_MARK_MAGIC 0x4D534443u  /* "CDSM" */
#define STORE_HEAD_MAGIC 0x48534443u  /* "CDSH" */
#define STORE_PLAIN_MAGIC 0x31504443u /* "CDP1" */

/* of a mark and of a head */
#define WORD_MAGIC 0u
#define WORD_VERSION 4u
#define WORD_CRC 28u /* of the bytes before */
/* of a mark */
#define MARK_ERASES 8u
/* of a head */
#define HEAD_KIND 6u
#define HEAD_SEQUENCE 8u
#define HEAD_OPTION 12u /* a note: sector about to be erased */
#define HEAD_REPLACES 16u
#define HEAD_ERASES 20u
#define HEAD_RECORD_CRC 24u /* a note: 0 */

#define KIND_RECORD 1u
#define KIND_NOTE 2u

struct store_head {
    uint32_t kind, sequence, option, replaces, erases, record_crc;
};

static inline uint32_t store_slot_at(uint32_t sector, uint32_t slot)
{
    return sector * STORE_SECTOR_SIZE + STORE_WORD + slot * STORE_SLOT_SIZE;
}

/* A mark or a head is whole and of this version. */
bool store_word_is(const uint8_t word[STORE_WORD], uint32_t magic);
void store_word_seal(uint8_t word[STORE_WORD], uint32_t magic);

/* The sector was erased to the end and not begun to be erased since. */
bool store_is_marked(const struct store *store, uint32_t sector);

/* All of the slot reads as ones. */
bool store_is_blank(const struct store *store, uint32_t sector, uint32_t slot);

#endif
