/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
/*
 * Serial NOR flash by the instructions that makers share (JESD216 names most; Micron's MT25Q, Macronix's MX25L and
 * Adesto's AT25SF data sheets agree on these). It programs and erases in no time, so that WIP is never seen.
 */
#include "vboard/periph/quadspi/internal.h"

#include <string.h>

#define STATUS_WEL 2u
#define STATUS_STORED 0xFCu /* protection, quad enable, write disable: kept, without effect */
#define PAGE 256u

enum nor_kind {
    NOR_OTHER,
    NOR_SILENT, /* changes what is not modelled: reset, 4-byte addresses, QPI, sleep */
    NOR_READ_ARRAY,
    NOR_READ_STATUS,
    NOR_READ_ID,
    NOR_READ_FLAGS,
    NOR_READ_SET,
    NOR_WRITE_STATUS,
    NOR_WRITE_SET,
    NOR_WRITE_ENABLE,
    NOR_WRITE_DISABLE,
    NOR_PROGRAM,
    NOR_ERASE_4K,
    NOR_ERASE_32K,
    NOR_ERASE_64K,
    NOR_ERASE_ALL
};

static enum nor_kind kind_of(uint8_t instruction)
{
    static const uint8_t kinds[256] = {
        [0x01] = NOR_WRITE_STATUS,  [0x02] = NOR_PROGRAM,     [0x03] = NOR_READ_ARRAY,
        [0x04] = NOR_WRITE_DISABLE, [0x05] = NOR_READ_STATUS, [0x06] = NOR_WRITE_ENABLE,
        [0x0B] = NOR_READ_ARRAY,    [0x0C] = NOR_READ_ARRAY,  [0x0D] = NOR_READ_ARRAY,
        [0x0E] = NOR_READ_ARRAY,    [0x12] = NOR_PROGRAM,     [0x13] = NOR_READ_ARRAY,
        [0x20] = NOR_ERASE_4K,      [0x21] = NOR_ERASE_4K,    [0x32] = NOR_PROGRAM,
        [0x34] = NOR_PROGRAM,       [0x35] = NOR_SILENT,      [0x38] = NOR_PROGRAM,
        [0x3B] = NOR_READ_ARRAY,    [0x3C] = NOR_READ_ARRAY,  [0x3D] = NOR_READ_ARRAY,
        [0x3E] = NOR_PROGRAM,       [0x50] = NOR_SILENT,      [0x52] = NOR_ERASE_32K,
        [0x5C] = NOR_ERASE_32K,     [0x60] = NOR_ERASE_ALL,   [0x61] = NOR_WRITE_SET,
        [0x65] = NOR_READ_SET,      [0x66] = NOR_SILENT,      [0x6B] = NOR_READ_ARRAY,
        [0x6C] = NOR_READ_ARRAY,    [0x6D] = NOR_READ_ARRAY,  [0x70] = NOR_READ_FLAGS,
        [0x81] = NOR_WRITE_SET,     [0x85] = NOR_READ_SET,    [0x99] = NOR_SILENT,
        [0x9E] = NOR_READ_ID,       [0x9F] = NOR_READ_ID,     [0xA2] = NOR_PROGRAM,
        [0xAB] = NOR_SILENT,        [0xB7] = NOR_SILENT,      [0xB9] = NOR_SILENT,
        [0xBB] = NOR_READ_ARRAY,    [0xBC] = NOR_READ_ARRAY,  [0xBD] = NOR_READ_ARRAY,
        [0xC7] = NOR_ERASE_ALL,     [0xD2] = NOR_PROGRAM,     [0xD8] = NOR_ERASE_64K,
        [0xDC] = NOR_ERASE_64K,     [0xE9] = NOR_SILENT,      [0xEB] = NOR_READ_ARRAY,
        [0xEC] = NOR_READ_ARRAY,    [0xED] = NOR_READ_ARRAY,  [0xEE] = NOR_READ_ARRAY,
        [0xF5] = NOR_SILENT,        [0xFF] = NOR_SILENT,
    };
    return (enum nor_kind)kinds[instruction];
}

bool nor_reads_array(uint8_t instruction)
{
    return kind_of(instruction) == NOR_READ_ARRAY;
}

bool nor_knows(uint8_t instruction)
{
    return kind_of(instruction) != NOR_OTHER;
}

/* ---- which byte ---- */

static struct external_memory *memory_of(const struct quadspi *q)
{
    return external_at(q->p.chip, EXTERNAL_BANK_QUADSPI);
}

static bool is_dual(const struct quadspi *q)
{
    return (q->p.values[R_CR] & CR_DFM) != 0;
}

static bool is_second(const struct quadspi *q)
{
    return (q->p.values[R_CR] & CR_FSEL) != 0;
}

static bool is_pair(const struct external_memory *m)
{
    return m->part.chips == 2;
}

bool nor_is_linear(const struct quadspi *q)
{
    const struct external_memory *m = memory_of(q);
    return m != NULL && (is_dual(q) ? is_pair(m) : !is_pair(m) && !is_second(q));
}

/* "Bytes at even addresses are all stored in FLASH 1 and bytes at odd addresses in FLASH 2" (24.3.4): so is the
 * memory's content kept. */
bool nor_cell(const struct quadspi *q, uint32_t address, uint32_t *cell)
{
    const struct external_memory *m = memory_of(q);
    if (m == NULL) {
        return false;
    }
    uint32_t size = m->part.size;
    if (nor_is_linear(q)) {
        *cell = address & (size - 1);
        return true;
    }
    if (is_dual(q)) { /* one chip where two are asked for: it has the even bytes */
        *cell = address / 2 & (size - 1);
        return (address & 1u) == 0;
    }
    *cell = 2 * (address & (size / 2 - 1)) + (is_second(q) ? 1u : 0u);
    return is_pair(m);
}

static uint8_t *byte_at(const struct quadspi *q, uint32_t address)
{
    uint32_t cell;
    return nor_cell(q, address, &cell) ? external_bytes(memory_of(q), cell, 1) : NULL;
}

/* ---- erasing, programming ---- */

static void erase(const struct quadspi *q, uint32_t address, uint32_t size)
{
    uint32_t span = is_dual(q) ? 2 * size : size;
    uint32_t first = address & ~(span - 1);
    struct external_memory *m = memory_of(q);
    if (nor_is_linear(q) && span <= m->part.size) {
        memset(external_bytes(m, first & (m->part.size - 1), span), 0xFF, span);
        return;
    }
    for (uint32_t at = first; at - first < span; at++) {
        uint8_t *byte = byte_at(q, at);
        if (byte != NULL) {
            *byte = 0xFF;
        }
    }
}

static void erase_all(const struct quadspi *q)
{
    struct external_memory *m = memory_of(q);
    if (nor_is_linear(q)) {
        external_forget(m); /* erased is what it holds before anybody looks */
    } else {
        erase(q, 0, m->part.size / m->part.chips);
    }
}

static void run(struct quadspi *q, enum nor_kind kind)
{
    switch (kind) {
    case NOR_ERASE_4K:
        erase(q, q->nor.address, 4096);
        break;
    case NOR_ERASE_32K:
        erase(q, q->nor.address, 32768);
        break;
    case NOR_ERASE_64K:
        erase(q, q->nor.address, 65536);
        break;
    case NOR_ERASE_ALL:
        erase_all(q);
        break;
    default:
        break;
    }
    memory_of(q)->changes++;
}

/* The address wraps at the page's end; a bit can only become 0. */
static void program(struct quadspi *q, uint32_t at, uint8_t value)
{
    uint32_t page = is_dual(q) ? 2 * PAGE : PAGE;
    uint32_t address = (q->nor.address & ~(page - 1)) | ((q->nor.address + at) & (page - 1));
    uint8_t *byte = byte_at(q, address);
    if (byte != NULL && q->nor.may_write) {
        *byte &= value;
        memory_of(q)->changes++;
    }
}

/* ---- a command ---- */

static unsigned set_of(uint8_t instruction)
{
    return instruction == 0x81 || instruction == 0x85 ? 0 : 1;
}

void nor_select(struct quadspi *q, uint8_t instruction, uint32_t address)
{
    q->nor.instruction = instruction;
    q->nor.address = address;
    q->nor.took_data = false;
}

uint8_t nor_read(const struct quadspi *q, uint32_t at)
{
    const struct external_memory *m = memory_of(q);
    if (m == NULL) {
        return 0xFF;
    }
    enum nor_kind kind = kind_of(q->nor.instruction);
    const uint32_t id = m->part.id;
    const uint32_t n = is_dual(q) ? at / 2 : at; /* both answer, byte by byte */
    uint32_t cell;
    switch (kind) {
    case NOR_READ_STATUS:
        return (uint8_t)(q->nor.status | (q->nor.may_write ? STATUS_WEL : 0));
    case NOR_READ_ID:
        return (uint8_t)(n < 3 && id != 0 ? id >> (16 - 8 * n) : 0xFF);
    case NOR_READ_FLAGS:
        return 0x80; /* ready, no error */
    case NOR_READ_SET:
        return q->nor.set[set_of(q->nor.instruction)];
    case NOR_READ_ARRAY:
        return nor_cell(q, q->nor.address + at, &cell)
                   ? *external_bytes((struct external_memory *)(uintptr_t)m, cell, 1)
                   : 0xFF;
    default:
        return 0xFF;
    }
}

void nor_write(struct quadspi *q, uint32_t at, uint8_t byte)
{
    q->nor.took_data = true;
    if (memory_of(q) == NULL || !q->nor.may_write) {
        return;
    }
    switch (kind_of(q->nor.instruction)) {
    case NOR_PROGRAM:
        program(q, at, byte);
        break;
    case NOR_WRITE_STATUS:
        q->nor.status = at == 0 ? byte & STATUS_STORED : q->nor.status;
        break;
    case NOR_WRITE_SET:
        q->nor.set[set_of(q->nor.instruction)] = byte;
        break;
    default:
        break;
    }
}

/* What has changed something has used up WEL. */
void nor_deselect(struct quadspi *q)
{
    enum nor_kind kind = kind_of(q->nor.instruction);
    if (kind == NOR_WRITE_ENABLE) {
        q->nor.may_write = memory_of(q) != NULL;
    } else if (kind == NOR_WRITE_DISABLE) {
        q->nor.may_write = false;
    } else if (kind >= NOR_ERASE_4K && q->nor.may_write) {
        run(q, kind);
        q->nor.may_write = false;
    } else if (q->nor.took_data &&
               (kind == NOR_PROGRAM || kind == NOR_WRITE_STATUS || kind == NOR_WRITE_SET)) {
        q->nor.may_write = false;
    }
    q->nor.instruction = 0;
}
