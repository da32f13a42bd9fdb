/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
#ifndef TESTS_TORN_FLASH_H
#define TESTS_TORN_FLASH_H

#include <stdbool.h>
#include <stdint.h>

#include "core/store.h"
#include "tests/core/core_test.h"

/*
 * A flash of two sectors whose power may go at any program or erase, with each of the ways that
 * leaves the words it was at. A word that is blank in appearance only takes a program, reads
 * right, and is a double error after the next power-on.
 */
enum torn {
    TORN_UNTOUCHED,
    TORN_COMPLETE,
    TORN_SINGLE, /* one wrong bit: read right */
    TORN_DOUBLE, /* two: not readable */
    TORN_WRONG,  /* good ECC, other contents */
    TORN_BLANK,  /* ones, in appearance */
    TORN_COUNT,
    TORN_MIXED = TORN_COUNT, /* an erase: any of them, word by word */
};

#define TORN_WORDS (STORE_SECTORS * STORE_SECTOR_SIZE / STORE_WORD)

struct torn_flash {
    uint8_t bytes[STORE_SECTORS * STORE_SECTOR_SIZE];
    bool is_double[TORN_WORDS];
    bool is_weak[TORN_WORDS];
    /* the operation that runs */
    int kind; /* 0 none, 1 program, 2 erase */
    uint32_t at;
    uint8_t data[STORE_WORD];
    unsigned polls; /* until it has ended */
    /* the cut */
    uint32_t steps;       /* operations so far */
    uint32_t cut_at;      /* the operation of this number (from 1) is cut; 0: none */
    uint32_t calls;       /* of the flash so far, for whatever it does */
    uint32_t cut_at_call; /* at the call of this number, in an operation or between; 0: not so */
    enum torn outcome;
    struct random *random;
    bool is_off;
    /* what went wrong */
    unsigned twice;    /* programs of words that were not blank */
    uint32_t fail_at;  /* the operation of this number is refused; 0: none */
    uint32_t wrong_at; /* this one writes something else, and says nothing; 0: none */
    bool has_failed;
};

extern const struct store_ops torn_flash_ops;

/* Blank, as sold. */
void torn_flash_init(struct torn_flash *flash, struct random *random);

/* Power back: what is only in appearance shows; no cut is set. */
void torn_flash_power_on(struct torn_flash *flash);

/* A programmer erases the first sector and writes a record to its start. */
void torn_flash_load_plain(struct torn_flash *flash, const uint8_t record[STORE_RECORD_SIZE]);

#endif
