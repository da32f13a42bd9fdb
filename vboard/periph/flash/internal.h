/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
#ifndef VBOARD_PERIPH_FLASH_INTERNAL_H
#define VBOARD_PERIPH_FLASH_INTERNAL_H

/* What the files of the FLASH model share. Everybody else includes flash.h. */
#include "vboard/periph/flash/flash.h"

/* Registers of one bank. */
enum {
    B_KEYR,
    B_CR,
    B_SR,
    B_CCR,
    B_PRAR_CUR,
    B_PRAR_PRG,
    B_SCAR_CUR,
    B_SCAR_PRG,
    B_WPSN_CUR,
    B_WPSN_PRG,
    B_CRCCR,
    B_CRCSADD,
    B_CRCEADD,
    B_ECC_FA,
    B_COUNT
};

/* Registers common to both; each is also mapped 0x100 higher (4.9, Table 27). */
enum {
    R_ACR,
    R_OPTKEYR,
    R_OPTCR,
    R_OPTSR_CUR,
    R_OPTSR_PRG,
    R_OPTCCR,
    R_BOOT7_CURR,
    R_BOOT7_PRGR,
    R_BOOT4_CURR,
    R_BOOT4_PRGR,
    R_CRCDATAR,
    COMMON_COUNT,
    R_MIRROR = COMMON_COUNT,
    R_BANK1 = R_MIRROR + COMMON_COUNT,
    R_BANK2 = R_BANK1 + B_COUNT,
    R_COUNT = R_BANK2 + B_COUNT
};

#define CR_LOCK (1u << 0)
#define CR_PG (1u << 1)
#define CR_SER (1u << 2)
#define CR_BER (1u << 3)
#define CR_FW (1u << 6)
#define CR_START (1u << 7)
#define SR_BSY (1u << 0)
#define SR_WBNE (1u << 1)
#define SR_QW (1u << 2)
#define SR_EOP (1u << 16)
#define SR_WRPERR (1u << 17)
#define SR_PGSERR (1u << 18)
#define SR_STRBERR (1u << 19)
#define SR_INCERR (1u << 21)
#define SR_OPERR (1u << 22)
#define SR_SNECCERR (1u << 25)
#define SR_DBECCERR (1u << 26)
#define SR_FLAGS 0x1FEF0000u /* CR has their enable bits at the same places */
#define OPTCR_OPTLOCK (1u << 0)
#define OPTCR_OPTSTART (1u << 1)
#define OPTCR_MER (1u << 4)
#define OPTCR_OPTCHANGEERRIE (1u << 30)

#define BANK_COUNT 2u
#define BANK_WORDS (FLASH_BANK_SIZE / FLASH_WORD_SIZE)
#define BANK_SECTORS (FLASH_BANK_SIZE / FLASH_SECTOR_SIZE)
#define SECTOR_WORDS (FLASH_SECTOR_SIZE / FLASH_WORD_SIZE)
#define QUEUE_LENGTH 64u

enum op_kind { OP_PROGRAM, OP_ERASE_SECTOR, OP_ERASE_BANK };

struct op {
    enum op_kind kind;
    uint32_t at; /* word or sector */
    uint8_t data[FLASH_WORD_SIZE];
};

/* Progress of an unlock sequence (4.5.1). */
enum key_stage { KEY_NONE, KEY_FIRST, KEY_SPOILT };

struct flash;

struct bank {
    struct flash *flash;
    unsigned index; /* 0 = bank 1 */
    uint8_t *bytes;
    uint8_t *ecc;       /* enum flash_ecc by word */
    uint32_t bad_words; /* neither FLASH_ECC_GOOD nor FLASH_ECC_WEAK */
    enum key_stage key;
    /* the write buffer: one word, its filled bytes, who fills it */
    uint8_t buffer[FLASH_WORD_SIZE];
    uint32_t filled;
    uint32_t buffer_word;
    enum master writer;
    /* operations; the first runs */
    struct op queue[QUEUE_LENGTH];
    unsigned head, queued;
    struct event done;
    uint64_t noise; /* decides what an interrupted operation leaves behind ... */
    int next_torn;  /* ... unless a test has: enum flash_torn, or -1 */
};

struct flash {
    struct periph base;
    struct bank bank[BANK_COUNT];
    enum key_stage option_key;
    struct event options_done;
    struct clock_listener axi;
    struct power_listener power;
};

static inline struct flash *flash_of(struct periph *p)
{
    return (struct flash *)p;
}

/* The register `r` (B_...) of a bank. */
static inline uint32_t *bank_reg(struct bank *b, unsigned r)
{
    return &b->flash->base.values[R_BANK1 + B_COUNT * b->index + r];
}

void flash_irq_update(struct flash *f);
/* A program or erase operation begins: is ACR.WRHIGHFREQ enough for the AXI clock? */
void flash_check_delay(struct flash *f);

/* flash_options.c */
void flash_options_init(struct flash *f);
void flash_options_reset(struct flash *f);
uint32_t flash_current_read(struct periph *p, unsigned slot, uint32_t value);
bool flash_prg_intercept(struct periph *p, unsigned slot, uint32_t written);
void flash_optkeyr_write(struct periph *p, unsigned slot, uint32_t old, uint32_t written);
bool flash_optcr_intercept(struct periph *p, unsigned slot, uint32_t written);
void flash_optcr_write(struct periph *p, unsigned slot, uint32_t old, uint32_t written);
void flash_optccr_write(struct periph *p, unsigned slot, uint32_t old, uint32_t written);

/* flash_ops.c */
int flash_bank_init(struct bank *b, struct flash *f, unsigned index);
void flash_bank_reset(struct bank *b);
void flash_bank_destroy(struct bank *b);
void flash_bank_write(void *ctx, uint32_t address, unsigned size, uint64_t value);
bool flash_bank_read_faults(void *ctx, uint32_t address, unsigned size);
void flash_bank_force(struct bank *b);              /* CR.FW */
void flash_bank_erase(struct bank *b, uint32_t cr); /* CR.START */
void flash_bank_drop_buffer(struct bank *b);
void flash_bank_mark(struct bank *b, uint32_t word, enum flash_ecc state);
/* Which words an operation is about; carries it out. */
void flash_span(const struct op *op, uint32_t *first_word, uint32_t *words);
void flash_execute(struct bank *b, const struct op *op);

/* flash_tear.c: a reset or a power cut ends the operation half way. */
void flash_tear(struct bank *b, const struct op *op);

#endif
