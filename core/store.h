/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
#ifndef CORE_STORE_H
#define CORE_STORE_H

#include <stdbool.h>
#include <stdint.h>

/*
 * Settings in flash: a log over two sectors that are erased in turn. Whatever moment the power
 * goes at, the next start finds the settings from before the save or those of it, whole.
 *
 * A sector is a mark (one word: "erased to the end"), then slots. A slot is a head (one word) and
 * a record; the head is programmed last, so it says that the record is there. Every word of this
 * is covered by a CRC. Nothing is ever programmed twice, and nothing is erased but the sector that
 * does not hold the newest record, after a note about it in the other one. docs/SPEC.md shows the
 * bytes.
 *
 * A cut program or erase may leave a word or a sector untouched, complete, with one wrong bit
 * (read right by ECC), with two (a bus error at every read), with other contents and good ECC, or
 * blank only in appearance. Hence: the CRCs, the mark, the note before an erase, and whatever is
 * written first after a start is written twice: the slot it goes to may be one of the last kind.
 *
 * A record that a programmer or an older version has put at the very start of the first sector is
 * accepted as the newest one, and moved into the log by the next save.
 *
 * Pure: the flash is reached through struct store_ops, time does not matter. Not for interrupts.
 */
#define STORE_RECORD_SIZE 1024u
#define STORE_WORD 32u /* what the flash programs at once */
#define STORE_SECTORS 2u
#define STORE_SECTOR_SIZE 0x20000u
#define STORE_SLOT_SIZE (STORE_WORD + STORE_RECORD_SIZE)
#define STORE_SLOTS ((STORE_SECTOR_SIZE - STORE_WORD) / STORE_SLOT_SIZE)

/*
 * The flash. `at` counts bytes from the start of the first sector and is a multiple of STORE_WORD.
 */
struct store_ops {
    /* Copies a word; false: it cannot be read (two wrong bits). Not called while poll says busy. */
    bool (*read)(void *ctx, uint32_t at, uint8_t word[STORE_WORD]);
    /* Begins to program a blank word, or to erase a sector. Ends when poll no longer says busy. */
    void (*program)(void *ctx, uint32_t at, const uint8_t word[STORE_WORD]);
    void (*erase)(void *ctx, uint32_t sector);
    /* STORE_BUSY; or, once, how what was begun has ended: STORE_DONE or STORE_FAILED. */
    int (*poll)(void *ctx);
};

enum store_result {
    STORE_DONE = 0,
    STORE_BUSY = 1,
    STORE_FAILED = -1, /* the flash refuses, or does not read as written */
};

enum store_found {
    STORE_NOTHING, /* no record */
    STORE_PLAIN,   /* at the start of the first sector, as a programmer leaves it */
    STORE_SLOT,    /* in the log */
};

enum store_phase {
    STORE_IDLE,
    STORE_PLAN, /* what comes next: a slot, or a sector to erase */
    STORE_ERASE,
    STORE_MARK,
    STORE_WRITE,  /* the slot's words, the head last */
    STORE_VERIFY, /* it reads as written */
};

struct store {
    const struct store_ops *ops;
    void *ctx;
    /* what the flash holds */
    enum store_found found;
    uint32_t at;       /* where the newest record begins */
    uint32_t option;   /* the word that was saved with it; 0 for a plain one */
    uint32_t sequence; /* highest in the log */
    uint32_t record_sequence,
        record_replaces; /* of the newest record that was found at the start */
    uint32_t erases;     /* of both sectors together, ever */
    uint32_t plain;      /* CRC of a plain record, 0 if there is none */
    uint32_t replaces;   /* the plain record that the newest slot or note knew of */
    uint32_t
        noted[STORE_SECTORS]; /* a mark with fewer erases than this is from before a cut erase */
    uint32_t next[STORE_SECTORS];   /* no slot below may be used */
    bool is_suspect[STORE_SECTORS]; /* nothing was written to it since the start */
    uint32_t active;                /* sector of the newest slot or note; STORE_SECTORS: none */
    /* the job */
    enum store_phase phase;
    const uint8_t *record; /* to be saved; NULL: tidying */
    uint32_t new_option;
    uint32_t kind, slot_option; /* of the slot being written: record or note */
    uint32_t sector, slot, word;
    uint32_t tries;
    bool is_flash_working;
};

/* Looks the log through. Takes milliseconds at most; the flash must not be busy. */
void store_open(struct store *store, const struct store_ops *ops, void *ctx);

/* Copies the newest record. False if there is none, or it cannot be read any more. */
bool store_read(const struct store *store, uint8_t record[STORE_RECORD_SIZE]);

/*
 * Begins to save: `record` must stay as it is until store_step no longer says busy. Not while it
 * does.
 */
void store_save(struct store *store, const uint8_t record[STORE_RECORD_SIZE], uint32_t option);

/* Something to do before it is needed: the other sector is to be erased. */
bool store_is_untidy(struct store *store);

/* Begins to do it. Seconds; a save has to wait so long. */
void store_tidy(struct store *store);

/*
 * Goes on with what was begun, without waiting. After STORE_FAILED the old settings are still
 * there.
 */
int store_step(struct store *store) __attribute__((warn_unused_result));

#endif
