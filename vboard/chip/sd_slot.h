/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
#ifndef VBOARD_CHIP_SD_SLOT_H
#define VBOARD_CHIP_SD_SLOT_H

/*
 * Where an SD card hangs on an SDMMC: command by command and block by block, not bit by bit. The controller keeps the
 * time on the bus, the card its own. A slot without `ops` is empty.
 */
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "vboard/kernel/vtime.h"

#define SD_SLOTS 2u /* SDMMC1's and SDMMC2's */
#define SD_BLOCK 512u

/* SHORT_PLAIN: 48 bits whose CRC is seven ones (R3). */
enum sd_response { SD_SILENT, SD_SHORT, SD_SHORT_PLAIN, SD_LONG };

struct sd_answer {
    enum sd_response response;
    uint8_t index;    /* 0x3F in R2 and R3 */
    uint32_t word[4]; /* as RESP1R to RESP4R have it: a short one has one word */
};

/* What a card says to a block written to it. */
enum sd_status { SD_STATUS_NONE, SD_STATUS_GOOD, SD_STATUS_BAD_CRC };

struct sd_card_ops {
    /* A command has arrived whole. */
    void (*command)(void *card, uint8_t index, uint32_t argument, vtime_ps now,
                    struct sd_answer *answer);
    /* The next block that it sends, SD_BLOCK bytes at most; *after: how long until its start bit. 0: it sends none. */
    size_t (*send)(void *card, uint8_t *block, vtime_ps *after);
    void (*sent)(void *card); /* it has gone over the bus */
    enum sd_status (*receive)(void *card, const uint8_t *block, size_t length, vtime_ps now);
    /* Until when it holds D0 low; 0: it does not. */
    vtime_ps (*busy_until)(const void *card);
    unsigned (*data_lines)(const void *card); /* 1 or 4 */
};

struct sd_slot {
    const struct sd_card_ops *ops;
    void *card;
};

/* What is on a card: its bytes as a file has them, a multiple of SD_BLOCK. Never changed: what is written to the card
 * the card itself keeps. */
struct sd_medium {
    uint64_t bytes;
    /* Whole blocks only, within the medium. */
    void (*read)(void *ctx, uint32_t block, uint8_t *bytes);
    void *ctx;
};

#endif
