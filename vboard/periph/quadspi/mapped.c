/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
/* The memory-mapped mode (RM0399 24.3.7). */
#include "vboard/periph/quadspi/internal.h"

#define BASE EXTERNAL_QUADSPI
#define SPACE 0x10000000u /* "no more than 256 Mbytes can be addressed" */
#define PAGE 1024u        /* what cores ask about */

static unsigned first_slot(void)
{
    return external_slot(BASE);
}

/* What the address bytes that are sent can say; each of a pair gets half of it. */
static uint64_t reach(const struct quadspi *q)
{
    uint64_t all = UINT64_C(256) << (8 * quadspi_field(q, R_CCR, CCR_ADSIZE_POS, 3));
    return (q->p.values[R_CR] & CR_DFM) != 0 ? 2 * all : all;
}

static struct external_memory *memory_of(const struct quadspi *q)
{
    return external_at(q->p.chip, EXTERNAL_BANK_QUADSPI);
}

/* The bytes from 0x90000000 on that are the memory's, one by one. */
static uint32_t plain_size(const struct quadspi *q)
{
    if (!nor_is_linear(q)) {
        return 0;
    }
    uint64_t size = memory_of(q)->part.size;
    size = size < SPACE ? size : SPACE;
    size = size < quadspi_flash_size(q) ? size : quadspi_flash_size(q);
    size = size < reach(q) ? size : reach(q);
    return size < PAGE ? 0 : (uint32_t)size;
}

static bool is_open(const struct quadspi *q)
{
    return q->p.chip->external.slots[first_slot()].size != 0;
}

static void open_slots(struct quadspi *q)
{
    uint32_t size = plain_size(q);
    for (unsigned i = 0; i * EXTERNAL_SLOT_SIZE < size; i++) {
        uint32_t left = size - i * EXTERNAL_SLOT_SIZE;
        external_open(q->p.chip, first_slot() + i, memory_of(q), i * EXTERNAL_SLOT_SIZE,
                      left < EXTERNAL_SLOT_SIZE ? left : EXTERNAL_SLOT_SIZE, false);
    }
}

void mapped_close(struct quadspi *q)
{
    for (unsigned i = 0; i < SPACE / EXTERNAL_SLOT_SIZE; i++) {
        external_close(q->p.chip, first_slot() + i);
    }
}

/* ---- time-out ---- */

/* "TIMEOUT cycles have elapsed without any access since when the FIFO becomes full with prefetch data." */
static void wait_for_timeout(struct quadspi *q)
{
    if (!event_queued(&q->event)) {
        quadspi_wait_for(q, quadspi_data_clocks(q, QUADSPI_FIFO_SIZE) +
                                (q->p.values[R_LPTR] & 0xFFFFu));
    }
}

static bool counts(const struct quadspi *q)
{
    return q->busy && quadspi_mode(q) == MODE_MAPPED && (q->p.values[R_CR] & CR_TCEN) != 0;
}

/* From now on the next access is seen. */
void mapped_look(struct quadspi *q)
{
    if (counts(q) && !event_queued(&q->event)) {
        mapped_close(q);
        wait_for_timeout(q);
    }
}

void mapped_arm(struct quadspi *q)
{
    if (counts(q) && (q->p.values[R_CR] & CR_TOIE) != 0) {
        wait_for_timeout(q);
    }
}

void mapped_time(struct quadspi *q)
{
    if (!is_open(q)) {
        q->flags |= SR_TOF;
        q->busy = false;
    } else if ((q->p.values[R_CR] & CR_TOIE) != 0) {
        mapped_close(q);
        wait_for_timeout(q);
    }
}

/* ---- accesses ---- */

static bool has_clock(const struct quadspi *q)
{
    return q->p.gate == NULL || q->p.gate->any;
}

static bool is_mapped(const struct quadspi *q)
{
    return (q->p.values[R_CR] & CR_EN) != 0 && quadspi_mode(q) == MODE_MAPPED;
}

/* What makes an access a bus error; FOUND_CODE_COUNT: nothing. */
static enum finding_code error_of(const struct quadspi *q, uint32_t address, bool write)
{
    return q->kernel->uhz == 0                       ? FOUND_KERNEL_STOPPED
           : !is_mapped(q)                           ? FOUND_NOT_MAPPED
           : address - BASE >= quadspi_flash_size(q) ? FOUND_MEMORY_RANGE
           : write                                   ? FOUND_MAPPED_WRITE
                                                     : FOUND_CODE_COUNT;
}

static bool admits(struct quadspi *q, uint32_t address, bool write)
{
    if (!has_clock(q)) {
        external_tell(q->p.chip, FOUND_MEMORY_UNCLOCKED,
                      &(struct finding_data){.enr = q->p.gate->enr, .enr_bit = q->p.gate->bit});
        return false;
    }
    enum finding_code error = error_of(q, address, write);
    if (error != FOUND_CODE_COUNT) {
        external_refuse(q->p.chip, error, NULL);
    }
    return error == FOUND_CODE_COUNT;
}

/* "BUSY goes high as soon as the first memory-mapped access occurs." */
static void accessed(struct quadspi *q)
{
    q->busy = true;
    open_slots(q);
    if (!is_open(q) && event_queued(&q->event)) { /* each access is seen: it counts anew */
        sched_cancel(&q->p.chip->sched, &q->event);
        wait_for_timeout(q);
    }
    mapped_arm(q);
}

/* The frame of CCR must be one that reads; without an instruction the flash was told before. */
static bool sends_a_read(const struct quadspi *q)
{
    return quadspi_field(q, R_CCR, CCR_IMODE_POS, 3) == 0 ||
           nor_reads_array((uint8_t)q->p.values[R_CCR]);
}

static uint64_t mapped_read(void *ctx, uint32_t address, unsigned size)
{
    struct quadspi *q = ctx;
    uint64_t value = 0;
    if (!admits(q, address, false)) {
        return 0;
    }
    if (memory_of(q) == NULL || !sends_a_read(q)) {
        q->busy = true;
        return external_unknown(
            q->p.chip, memory_of(q) == NULL ? FOUND_NO_MEMORY : FOUND_MEMORY_COMMAND, size);
    }
    accessed(q);
    for (unsigned i = 0; i < size; i++) {
        uint32_t cell;
        uint32_t sent = (uint32_t)((address - BASE + i) & (reach(q) - 1));
        bool there = nor_cell(q, sent, &cell);
        uint8_t byte = there ? *external_bytes(memory_of(q), cell, 1) : 0xFF;
        value |= (uint64_t)byte << (8 * i);
    }
    return value;
}

static void mapped_write(void *ctx, uint32_t address, unsigned size, uint64_t value)
{
    (void)size;
    (void)value;
    (void)admits(ctx, address, true);
}

void mapped_connect(struct quadspi *q)
{
    q->p.chip->external.quadspi = (struct external_controller){mapped_read, mapped_write, q};
}
