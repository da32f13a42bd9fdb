/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
/* SAI: what a frame looks like (RM0399 Rev 4, 54.4.5 to 54.4.12). */
#include "vboard/periph/sai/internal.h"

#define SPDIF_SLOTS 2u
#define SPDIF_SLOT_BITS 64u /* of the bit clock, twice as fast as the symbols (54.4.12) */
#define AC97_SLOTS 13u      /* one of 16 bits, twelve of 20 (54.4.11) */
#define AC97_TAG_BITS 16u
#define AC97_SLOT_BITS 20u
#define AC97_BITS (AC97_TAG_BITS + (AC97_SLOTS - 1) * AC97_SLOT_BITS)

static bool cr1_has(const struct sai_block *b, uint32_t bits)
{
    return (b->regs[B_CR1] & bits) != 0;
}

/* PRTCFG 3 is reserved. */
enum sai_protocol sai_protocol(const struct sai_block *b)
{
    unsigned prtcfg = b->regs[B_CR1] >> 2 & 3u;
    return prtcfg == 1 ? PROTOCOL_SPDIF : prtcfg == 2 ? PROTOCOL_AC97 : PROTOCOL_FREE;
}

/* "The master transmitter mode is forced" for SPDIF. */
bool sai_is_master(const struct sai_block *b)
{
    return sai_protocol(b) == PROTOCOL_SPDIF || !cr1_has(b, CR1_SLAVE);
}

bool sai_receives(const struct sai_block *b)
{
    return sai_protocol(b) != PROTOCOL_SPDIF && cr1_has(b, CR1_RECEIVES);
}

/* "MCKDIV = 0 gives the same result as MCKDIV = 1." */
unsigned sai_divider(const struct sai_block *b)
{
    unsigned mckdiv = b->regs[B_CR1] >> 20 & 63u;
    return mckdiv == 0 ? 1 : mckdiv;
}

unsigned sai_frame_bits(const struct sai_block *b)
{
    switch (sai_protocol(b)) {
    case PROTOCOL_SPDIF:
        return SPDIF_SLOTS * SPDIF_SLOT_BITS;
    case PROTOCOL_AC97:
        return AC97_BITS;
    default:
        return (b->regs[B_FRCR] & 0xFFu) + 1;
    }
}

/* 54.4.8: with NODIV the divided clock is the bit's, else a frame has 256 or 512 of it. */
uint64_t sai_frame_clocks(const struct sai_block *b)
{
    uint64_t divider = sai_divider(b);
    if (cr1_has(b, CR1_NODIV) || sai_protocol(b) == PROTOCOL_SPDIF) {
        return divider * sai_frame_bits(b);
    }
    return divider * (cr1_has(b, CR1_OSR) ? 512 : 256);
}

bool sai_is_wrong(const struct sai_block *b)
{
    unsigned bits = sai_frame_bits(b);
    return sai_protocol(b) == PROTOCOL_FREE && !cr1_has(b, CR1_SLAVE | CR1_NODIV) &&
           ((bits & (bits - 1)) != 0 || bits < 8);
}

unsigned sai_slots(const struct sai_block *b)
{
    switch (sai_protocol(b)) {
    case PROTOCOL_SPDIF:
        return SPDIF_SLOTS;
    case PROTOCOL_AC97:
        return AC97_SLOTS;
    default:
        return (b->regs[B_SLOTR] >> 8 & 15u) + 1;
    }
}

/* DS 0 and 1 are reserved. Companded samples have 8 bits (54.4.13). */
static unsigned data_bits(const struct sai_block *b)
{
    static const uint8_t bits[8] = {8, 8, 8, 10, 16, 20, 24, 32};
    return (b->regs[B_CR2] & CR2_COMP_ON) != 0 ? 8 : bits[b->regs[B_CR1] >> 5 & 7u];
}

static unsigned slot_bits(const struct sai_block *b)
{
    unsigned slotsz = b->regs[B_SLOTR] >> 6 & 3u;
    return slotsz == 0 ? data_bits(b) : slotsz == 1 ? 16 : 32;
}

/* FSDEF: half of the slots belong to the left channel, the others begin with the frame's second half. */
static unsigned free_slot_begin(const struct sai_block *b, unsigned slot)
{
    unsigned half = sai_slots(b) / 2;
    if ((b->regs[B_FRCR] & FRCR_FSDEF) != 0 && half != 0 && slot >= half) {
        return sai_frame_bits(b) / 2 + (slot - half) * slot_bits(b);
    }
    return slot * slot_bits(b);
}

static unsigned free_slot_bit(const struct sai_block *b, unsigned slot)
{
    unsigned fboff = b->regs[B_SLOTR] & 31u;
    return free_slot_begin(b, slot) + (sai_receives(b) ? fboff + data_bits(b) : 0);
}

static unsigned ac97_slot_bit(const struct sai_block *b, unsigned slot)
{
    unsigned ends = AC97_TAG_BITS + slot * AC97_SLOT_BITS;
    unsigned begins = slot == 0 ? 0 : ends - AC97_SLOT_BITS;
    return sai_receives(b) ? ends : begins;
}

unsigned sai_slot_bit(const struct sai_block *b, unsigned slot)
{
    switch (sai_protocol(b)) {
    case PROTOCOL_SPDIF:
        return slot * SPDIF_SLOT_BITS;
    case PROTOCOL_AC97:
        return ac97_slot_bit(b, slot);
    default:
        return free_slot_bit(b, slot);
    }
}

/* Mono: slot 0 again, or for nothing (54.4.13). */
static bool uses_fifo(const struct sai_block *b, unsigned slot)
{
    if (sai_protocol(b) != PROTOCOL_FREE) {
        return true;
    }
    bool mono = cr1_has(b, CR1_MONO) && sai_slots(b) == 2;
    return (b->regs[B_SLOTR] >> 16 >> slot & 1u) != 0 && !(mono && slot == 1);
}

unsigned sai_next_slot(const struct sai_block *b, unsigned from, unsigned bits)
{
    unsigned slot = from;
    while (slot < sai_slots(b) && (!uses_fifo(b, slot) || sai_slot_bit(b, slot) > bits)) {
        slot++;
    }
    return slot < sai_slots(b) ? slot : sai_slots(b);
}
