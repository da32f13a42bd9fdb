/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
/*
 * FLASH: what a program or erase operation leaves behind that a reset or a power cut ended half way
 * (RM0399 Rev 4, 4.3.14: "the contents are not guaranteed"). One of six outcomes, drawn from the chip's
 * seed; how often each happens on silicon is not published, here they are equally likely.
 */
#include "vboard/periph/flash/internal.h"

/* splitmix64 (Steele, Lea, Flood 2014). */
static uint64_t draw(struct bank *b)
{
    b->noise += UINT64_C(0x9E3779B97F4A7C15);
    uint64_t z = b->noise;
    z = (z ^ (z >> 30)) * UINT64_C(0xBF58476D1CE4E5B9);
    z = (z ^ (z >> 27)) * UINT64_C(0x94D049BB133111EB);
    return z ^ (z >> 31);
}

static enum flash_torn outcome(struct bank *b)
{
    uint64_t drawn = draw(b) % FLASH_TORN_COUNT;
    if (b->next_torn >= 0) {
        drawn = (uint64_t)b->next_torn;
        b->next_torn = -1;
    }
    return (enum flash_torn)drawn;
}

/* Some of the bits are on the new side, and the ECC happens to fit. Erasing sets bits, programming
 * clears them. */
static void mix(struct bank *b, const struct op *op, uint32_t word)
{
    uint8_t *bytes = b->bytes + word * FLASH_WORD_SIZE;
    for (unsigned i = 0; i < FLASH_WORD_SIZE; i++) {
        uint8_t noise = (uint8_t)draw(b);
        bytes[i] = op->kind == OP_PROGRAM ? (uint8_t)(bytes[i] & (op->data[i] | noise))
                                          : (uint8_t)(bytes[i] | noise);
    }
    flash_bank_mark(b, word, FLASH_ECC_GOOD);
}

static void mark_all(struct bank *b, const struct op *op, enum flash_ecc state)
{
    uint32_t first, words;
    flash_span(op, &first, &words);
    for (uint32_t word = first; word < first + words; word++) {
        flash_bank_mark(b, word, state);
    }
}

static void mix_all(struct bank *b, const struct op *op)
{
    uint32_t first, words;
    flash_span(op, &first, &words);
    for (uint32_t word = first; word < first + words; word++) {
        mix(b, op, word);
    }
}

void flash_tear(struct bank *b, const struct op *op)
{
    enum flash_torn torn = outcome(b);
    bool is_program = op->kind == OP_PROGRAM;
    if (torn == FLASH_TORN_UNTOUCHED) {
        return;
    }
    if (torn == FLASH_TORN_WRONG) {
        mix_all(b, op);
        return;
    }
    bool carried_out = torn == FLASH_TORN_COMPLETE || (torn == FLASH_TORN_SINGLE && is_program) ||
                       (torn == FLASH_TORN_SEEMING && !is_program);
    if (carried_out) {
        flash_execute(b, op);
    }
    if (torn == FLASH_TORN_SINGLE) {
        mark_all(b, op, FLASH_ECC_SINGLE);
    } else if (torn == FLASH_TORN_SEEMING && !is_program) {
        mark_all(b, op, FLASH_ECC_WEAK);
    } else if (torn != FLASH_TORN_COMPLETE) {
        mark_all(b, op, FLASH_ECC_DOUBLE);
    }
}
