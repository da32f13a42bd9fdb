/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
#ifndef VBOARD_PERIPH_FLASH_FLASH_H
#define VBOARD_PERIPH_FLASH_FLASH_H

/*
 * FLASH, embedded flash memory (RM0399 Rev 4, chapter 4): both banks of 1 MB, their registers, option
 * bytes, programming by 256-bit words, erasing, ECC. The contents survive resets and power cycles.
 *
 * What is left out, field by field: fields.c. Beyond any field: bus errors of wrong key sequences other
 * than in KEYR/OPTKEYR themselves, a write beyond the queue's 64 words (lost and found), reads in the
 * rest of the basic block that starts an operation (they do not wait yet).
 */
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "vboard/chip/chip.h"

extern const struct model flash_model;
/* What each field of its registers is (vboard/chip/fields.h). */
extern const struct reg_fields flash_fields[];

/* Index of periph->irq: flash_it, NVIC 4. */
enum { FLASH_IRQ_GLOBAL };

#define FLASH_BASE_ADDRESS 0x08000000u
#define FLASH_BANK_SIZE 0x00100000u
#define FLASH_SECTOR_SIZE 0x00020000u
#define FLASH_WORD_SIZE 32u

/* Writes bytes as a programmer would have before power-on: erased or not, no time, good ECC.
 * -1 if any lies outside of both banks. */
int flash_load(struct chip *c, uint32_t address, const void *bytes, size_t length);

/* All that survives without power: contents of both banks (2 MB), enum flash_ecc by word, option bytes. */
void flash_export(struct chip *c, uint8_t *bytes, uint8_t *ecc, struct option_bytes *options);
/* The reverse, before power-on. */
void flash_import(struct chip *c, const uint8_t *bytes, const uint8_t *ecc,
                  const struct option_bytes *options);

/* Until when the bank that holds `address` is busy: a read of it has to wait (4.3.8). 0: not busy. */
vtime_ps flash_busy_until(struct chip *c, uint32_t address);

/*
 * How a 256-bit word reads (4.7.7): a single error is corrected, a double error is a bus error. A weak
 * word reads as erased, but the erase was cut off: what is programmed there gets a double error.
 */
enum flash_ecc { FLASH_ECC_GOOD, FLASH_ECC_SINGLE, FLASH_ECC_DOUBLE, FLASH_ECC_WEAK };

/*
 * A reset or power cut during a program or erase operation leaves one of these (4.3.14: "contents not
 * guaranteed"), drawn from the chip's seed.
 */
enum flash_torn {
    FLASH_TORN_UNTOUCHED,
    FLASH_TORN_COMPLETE,
    FLASH_TORN_SINGLE,  /* single errors: reads as it should, corrected */
    FLASH_TORN_DOUBLE,  /* double errors: bus errors */
    FLASH_TORN_WRONG,   /* some bits changed, ECC valid: only a checksum tells */
    FLASH_TORN_SEEMING, /* an erase: looks blank, is weak. A program: as DOUBLE */
    FLASH_TORN_COUNT
};
/* Makes the next interrupted operation leave `outcome`; for tests. */
void flash_next_torn(struct chip *c, enum flash_torn outcome);

/* Damages the word that holds `address`: for tests and for power cuts. */
void flash_set_ecc(struct chip *c, uint32_t address, enum flash_ecc state);

#endif
