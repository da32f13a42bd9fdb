/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
#ifndef VBOARD_PARTS_SD_CARD_H
#define VBOARD_PARTS_SD_CARD_H

/*
 * An SDHC or SDXC memory card as the SD Physical Layer Simplified Specification (version 3.01) has it: SD bus only, one
 * or four data lines, 3.3 V, default and high speed.
 *
 * Commands: 0, 2, 3, 6 to 10, 12, 13, 15 to 18, 24, 25, 32, 33, 38, 55, ACMD 6, 13, 22, 23, 41, 42, 51. Any other, and any
 * in a state that does not allow it, gets no answer, and the next one says ILLEGAL_COMMAND (4.6.1). Cards of 2 GB and less
 * are high-capacity ones here, too: a host that does not say that it knows such (CMD8, HCS) waits for ever, as it would.
 *
 * A card's own times are nowhere but in bounds; here it takes 10 ms to power up (1 s allowed), 100 us to find a block
 * (100 ms), as long to program one (250 ms), 10 ms to erase, and 8 clocks to begin an answer (64; the controller counts them).
 *
 * Left out: locking (CMD42), 1.8 V (CMD11), speed class and UHS commands (CMD19, 20, 23), SPI mode, write protection.
 */
#include <stdbool.h>
#include <stdint.h>

#include "vboard/chip/sd_slot.h"
#include "vboard/parts/sd_store.h"

#define SD_CSD_UNIT (512u * 1024u) /* what C_SIZE counts in (5.3.3) */

/* 4.2, 4.3; the numbers are CURRENT_STATE's (4.10.1). */
enum sd_state {
    SD_IDLE,
    SD_READY,
    SD_IDENT,
    SD_STBY,
    SD_TRAN,
    SD_DATA,
    SD_RCV,
    SD_PRG,
    SD_DIS,
    SD_INACTIVE
};

struct sd_card {
    struct sd_store store;
    uint32_t blocks;
    enum sd_state state;
    uint16_t rca;
    uint32_t errors; /* of the card status, until an answer has told of them */
    bool app;        /* CMD55 came before */
    bool knows_cmd8;
    bool powering; /* ACMD41 has begun it; over at ready_at */
    vtime_ps ready_at;
    unsigned lines;
    uint8_t speed;    /* function of group 1: 0 default, 1 high */
    uint32_t address; /* the next block */
    bool many;
    uint8_t table[64]; /* a register that is sent as data */
    size_t table_left; /* bytes of it; 0: blocks are sent */
    bool found;        /* the first block has been sent */
    bool sending;      /* one is on the bus */
    vtime_ps busy_until;
    bool erase_begun, erase_ended;
    uint32_t erase_first, erase_last;
    uint32_t received; /* blocks of the last write */
    vtime_ps now;      /* of the command under way */
};

/* The medium is copied, its ctx must live as long. Not more than 2^32 - 1 blocks. */
void sd_card_init(struct sd_card *c, const struct sd_medium *medium);
void sd_card_destroy(struct sd_card *c);
/* Its supply went away and came back: what is written stays. */
void sd_card_power_up(struct sd_card *c);

/* With a struct sd_card, for a slot. */
extern const struct sd_card_ops sd_card_ops;

/* ---- sd_card_regs.c ---- */

/* CID (5.2), CSD version 2.0 (5.3.3): bits 127 to 0, bit 0 as 0. */
void sd_card_cid(uint32_t word[4]);
void sd_card_csd(uint32_t blocks, uint32_t word[4]);
/* SCR (5.6), 8 bytes; SD status (4.10.2), 64; the answer to CMD6 (4.3.10), 64. */
void sd_card_scr(uint8_t *bytes);
void sd_card_sd_status(unsigned lines, uint8_t *bytes);
void sd_card_switch(uint8_t *speed, uint32_t argument, uint8_t *bytes);

#endif
