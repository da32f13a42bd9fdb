/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
/* FLASH: programming, erasing and ECC of one bank (RM0399 Rev 4, 4.3.9, 4.3.10, 4.3.12, 4.7). */
#include "vboard/periph/flash/internal.h"

#include <stdlib.h>
#include <string.h>

/*
 * Times by PSIZE (x8, x16, x32, x64): typical values of ST's data sheet for the H74x/75x parts [S: the
 * 1.1 s of x32 is confirmed by an ST employee's quotation, DS12923 itself was not at hand].
 */
static const vtime_ps program_time[] = {VTIME_US(290), VTIME_US(180), VTIME_US(130), VTIME_US(100)};
static const vtime_ps sector_time[] = {VTIME_MS(2000), VTIME_MS(1800), VTIME_MS(1100),
                                       VTIME_MS(1000)};
static const vtime_ps bank_time[] = {VTIME_S(13), VTIME_S(8), VTIME_S(6), VTIME_S(5)};

#define FULL 0xFFFFFFFFu

static struct chip *chip_of(const struct bank *b)
{
    return b->flash->base.chip;
}

static void raise(struct bank *b, uint32_t flags)
{
    *bank_reg(b, B_SR) |= flags;
    flash_irq_update(b->flash);
}

/* ---- ECC ---- */

static uint32_t bank_base(const struct bank *b)
{
    return FLASH_BASE_ADDRESS + b->index * FLASH_BANK_SIZE;
}

static bool is_bad(unsigned state)
{
    return state == FLASH_ECC_SINGLE || state == FLASH_ECC_DOUBLE;
}

/* A bank without a bad word is read straight from memory. */
static void guard(struct bank *b)
{
    struct mem_region *r = chip_region(chip_of(b), bank_base(b), MASTER_DEBUG);
    if (r != NULL) {
        r->guarded = b->bad_words != 0;
        r->guard_changes++;
    }
}

void flash_bank_mark(struct bank *b, uint32_t word, enum flash_ecc state)
{
    bool was_bad = is_bad(b->ecc[word]);
    b->ecc[word] = (uint8_t)state;
    b->bad_words += is_bad(state);
    b->bad_words -= was_bad;
    if (was_bad || is_bad(state)) {
        guard(b);
    }
}

/* mem_region.guard: bad words of the range. */
static unsigned guard_of(void *ctx, uint32_t address, uint32_t size)
{
    const struct bank *b = ctx;
    uint32_t first = (address - bank_base(b)) / FLASH_WORD_SIZE;
    uint32_t last = (address - bank_base(b) + size - 1) / FLASH_WORD_SIZE;
    unsigned what = 0;
    for (uint32_t word = first; word <= last && word < BANK_WORDS; word++) {
        what |= is_bad(b->ecc[word]) ? (unsigned)MEM_ASKS : 0;
        what |= b->ecc[word] == FLASH_ECC_DOUBLE ? (unsigned)MEM_NO_FETCH : 0;
    }
    return what;
}

/* mem_region.busy_until: reads of a bank at work wait (4.3.8). */
static vtime_ps busy_until(void *ctx)
{
    const struct bank *b = ctx;
    return event_queued(&b->done) ? b->done.at : 0;
}

/* "Only the address corresponding to the first error is stored" (4.7.7). */
static void note_ecc(struct bank *b, uint32_t word, uint32_t flag)
{
    if ((*bank_reg(b, B_SR) & (SR_SNECCERR | SR_DBECCERR)) == 0) {
        *bank_reg(b, B_ECC_FA) = word;
    }
    raise(b, flag);
}

bool flash_bank_read_faults(void *ctx, uint32_t address, unsigned size)
{
    struct bank *b = ctx;
    uint32_t word = (address - bank_base(b)) / FLASH_WORD_SIZE;
    bool debug = chip_of(b)->access.master == MASTER_DEBUG;
    (void)size; /* an access never spans two words but unaligned, and then the first decides */
    if (!is_bad(b->ecc[word])) {
        return false;
    }
    if (!debug) {
        note_ecc(b, word, b->ecc[word] == FLASH_ECC_DOUBLE ? SR_DBECCERR : SR_SNECCERR);
    }
    return b->ecc[word] == FLASH_ECC_DOUBLE;
}

/* ---- operations ---- */

static bool write_protected(const struct bank *b, uint32_t sector)
{
    return (b->flash->base.chip->options.wpsn[b->index] >> sector & 1u) == 0;
}

static bool erased(const struct bank *b, uint32_t word)
{
    const uint8_t *bytes = b->bytes + word * FLASH_WORD_SIZE;
    for (unsigned i = 0; i < FLASH_WORD_SIZE; i++) {
        if (bytes[i] != 0xFF) {
            return false;
        }
    }
    return b->ecc[word] == FLASH_ECC_GOOD;
}

static bool same(const struct bank *b, const struct op *op)
{
    return memcmp(b->bytes + op->at * FLASH_WORD_SIZE, op->data, FLASH_WORD_SIZE) == 0;
}

/* Bits only fall. A word that was not erased gets the AND of two ECC codes as well: a double error. */
static void program(struct bank *b, const struct op *op)
{
    uint8_t *bytes = b->bytes + op->at * FLASH_WORD_SIZE;
    bool overwrites = (!erased(b, op->at) && !same(b, op)) || b->ecc[op->at] == FLASH_ECC_WEAK;
    for (unsigned i = 0; i < FLASH_WORD_SIZE; i++) {
        bytes[i] &= op->data[i];
    }
    if (overwrites) {
        flash_bank_mark(b, op->at, FLASH_ECC_DOUBLE);
    }
}

static void erase(struct bank *b, uint32_t first_word, uint32_t words)
{
    memset(b->bytes + first_word * FLASH_WORD_SIZE, 0xFF, words * FLASH_WORD_SIZE);
    for (uint32_t w = first_word; w < first_word + words; w++) {
        if (b->ecc[w] != FLASH_ECC_GOOD) {
            flash_bank_mark(b, w, FLASH_ECC_GOOD);
        }
    }
}

void flash_span(const struct op *op, uint32_t *first_word, uint32_t *words)
{
    bool sector = op->kind == OP_ERASE_SECTOR;
    *words = op->kind == OP_PROGRAM ? 1 : sector ? SECTOR_WORDS : BANK_WORDS;
    *first_word = op->kind == OP_ERASE_BANK ? 0 : op->at * *words;
}

void flash_execute(struct bank *b, const struct op *op)
{
    uint32_t first, words;
    flash_span(op, &first, &words);
    if (op->kind == OP_PROGRAM) {
        program(b, op);
    } else {
        erase(b, first, words);
    }
    chip_code_changed(chip_of(b), bank_base(b) + first * FLASH_WORD_SIZE, words * FLASH_WORD_SIZE);
}

static void begin(struct bank *b, vtime_ps now)
{
    const struct op *op = &b->queue[b->head];
    unsigned psize = *bank_reg(b, B_CR) >> 4 & 3u;
    vtime_ps span = op->kind == OP_PROGRAM        ? program_time[psize]
                    : op->kind == OP_ERASE_SECTOR ? sector_time[psize]
                                                  : bank_time[psize];
    sched_at(&chip_of(b)->sched, &b->done, now + span);
}

static void done(void *ctx, vtime_ps now)
{
    struct bank *b = ctx;
    flash_execute(b, &b->queue[b->head]);
    b->head = (b->head + 1) % QUEUE_LENGTH;
    b->queued--;
    if (b->queued != 0) {
        begin(b, now);
    }
    chip_cut_turn(chip_of(b));
    raise(b, SR_EOP);
}

static struct op *enqueue(struct bank *b)
{
    if (b->queued == QUEUE_LENGTH) {
        periph_report(&b->flash->base, R_BANK1 + B_COUNT * b->index + B_SR, FOUND_FLASH_NOT_WAITED,
                      NULL);
        return NULL;
    }
    return &b->queue[(b->head + b->queued) % QUEUE_LENGTH];
}

static void commit(struct bank *b)
{
    b->queued++;
    flash_check_delay(b->flash);
    if (b->queued == 1) {
        begin(b, chip_of(b)->sched.now);
        chip_cut_turn(chip_of(b)); /* a core that runs from this bank has to wait now */
    }
}

/* ---- write buffer ---- */

void flash_bank_drop_buffer(struct bank *b)
{
    b->filled = 0;
    memset(b->buffer, 0xFF, sizeof(b->buffer));
}

static void send_buffer(struct bank *b)
{
    uint32_t word = b->buffer_word;
    if (write_protected(b, word / SECTOR_WORDS)) {
        flash_bank_drop_buffer(b);
        raise(b, SR_WRPERR);
        return;
    }
    struct op *op = enqueue(b);
    if (op != NULL) {
        op->kind = OP_PROGRAM;
        op->at = word;
        memcpy(op->data, b->buffer, sizeof(op->data));
        if (!erased(b, word) && !same(b, op)) {
            periph_report(&b->flash->base, R_BANK1 + B_COUNT * b->index + B_CR,
                          FOUND_FLASH_NOT_ERASED,
                          &(struct finding_data){.at = bank_base(b) + word * FLASH_WORD_SIZE});
        }
        commit(b);
    }
    flash_bank_drop_buffer(b);
}

/* "All bits not written are set to 1"; nothing happens if the buffer is empty or all ones. */
void flash_bank_force(struct bank *b)
{
    static const uint8_t blank[FLASH_WORD_SIZE] = {0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF,
                                                   0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF,
                                                   0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF,
                                                   0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF};
    if (b->filled != 0 && memcmp(b->buffer, blank, sizeof(blank)) != 0) {
        send_buffer(b);
    }
}

/* May this write go into the buffer? (PGSERR 4.7.3, INCERR 4.7.5) */
static bool accepts(struct bank *b, uint32_t word)
{
    bool pending = (*bank_reg(b, B_SR) & (SR_PGSERR | SR_INCERR)) != 0;
    if ((*bank_reg(b, B_CR) & CR_PG) == 0 || pending) {
        flash_bank_drop_buffer(b);
        raise(b, SR_PGSERR);
        return false;
    }
    bool other = b->buffer_word != word || b->writer != chip_of(b)->access.master;
    if (b->filled != 0 && other) {
        flash_bank_drop_buffer(b);
        raise(b, SR_INCERR);
        return false;
    }
    return true;
}

void flash_bank_write(void *ctx, uint32_t address, unsigned size, uint64_t value)
{
    struct bank *b = ctx;
    uint32_t word = (address - bank_base(b)) / FLASH_WORD_SIZE;
    if (!accepts(b, word)) {
        return;
    }
    b->buffer_word = word;
    b->writer = chip_of(b)->access.master;
    for (unsigned i = 0; i < size; i++) {
        unsigned at = (address + i) % FLASH_WORD_SIZE;
        if ((b->filled >> at & 1u) != 0) {
            raise(b, SR_STRBERR);
        }
        b->filled |= 1u << at;
        b->buffer[at] = (uint8_t)(value >> (8 * i));
    }
    if (b->filled == FULL) {
        send_buffer(b);
    }
}

/* ---- erase ---- */

static bool any_protected(const struct bank *b)
{
    return (b->flash->base.chip->options.wpsn[b->index] & 0xFFu) != 0xFFu;
}

/* BER beats SER (4.9.4); a protected sector stops both (4.7.2). */
void flash_bank_erase(struct bank *b, uint32_t cr)
{
    bool whole = (cr & CR_BER) != 0;
    uint32_t sector = cr >> 8 & 7u;
    if (!whole && (cr & CR_SER) == 0) {
        return;
    }
    if (whole ? any_protected(b) : write_protected(b, sector)) {
        raise(b, SR_WRPERR);
        return;
    }
    struct op *op = enqueue(b);
    if (op != NULL) {
        op->kind = whole ? OP_ERASE_BANK : OP_ERASE_SECTOR;
        op->at = whole ? 0 : sector;
        commit(b);
    }
}

/* ---- life ---- */

int flash_bank_init(struct bank *b, struct flash *f, unsigned index)
{
    b->flash = f;
    b->index = index;
    b->noise = f->base.chip->params.seed * BANK_COUNT + index;
    b->next_torn = -1;
    event_init(&b->done, done, b);
    flash_bank_drop_buffer(b);
    b->bytes = malloc(FLASH_BANK_SIZE);
    b->ecc = calloc(BANK_WORDS, 1);
    if (b->bytes == NULL || b->ecc == NULL) {
        return -1;
    }
    memset(b->bytes, 0xFF, FLASH_BANK_SIZE);
    const struct mem_region region = {.name = index == 0 ? "flash bank 1" : "flash bank 2",
                                      .base = bank_base(b),
                                      .size = FLASH_BANK_SIZE,
                                      .host = b->bytes,
                                      .executable = true,
                                      .masters = 1u << CORE_CM7 | 1u << CORE_CM4,
                                      .write = flash_bank_write,
                                      .read_faults = flash_bank_read_faults,
                                      .guard = guard_of,
                                      .busy_until = busy_until,
                                      .ctx = b};
    return chip_add_region(f->base.chip, &region);
}

/* "The contents are not guaranteed if a reset occurs during a write or erase" (4.3.14). */
void flash_bank_reset(struct bank *b)
{
    if (b->queued != 0) {
        flash_tear(b, &b->queue[b->head]);
        *bank_reg(b, B_SR) |= SR_OPERR;
    }
    b->queued = 0;
    b->key = KEY_NONE;
    sched_cancel(&chip_of(b)->sched, &b->done);
    flash_bank_drop_buffer(b);
}

void flash_bank_destroy(struct bank *b)
{
    if (b->flash != NULL) {
        sched_cancel(&chip_of(b)->sched, &b->done);
    }
    free(b->bytes);
    free(b->ecc);
}
