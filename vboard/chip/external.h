/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
#ifndef VBOARD_CHIP_EXTERNAL_H
#define VBOARD_CHIP_EXTERNAL_H

/*
 * External memories: what a board has soldered to the FMC and to QUADSPI, and where the cores and DMA controllers find it,
 * 0x60000000 to 0x9FFFFFFF and 0xC0000000 to 0xDFFFFFFF (RM0399 2.3.2, Table 6).
 *
 * The address space is cut into slots of 64 MB, the FMC's smallest bank. A slot is a memory region that its controller
 * (vboard/periph/fmc, quadspi) opens and closes: as long as it is open, its bytes are reached without a call. All
 * other accesses are asked for: the controller does what the manual says, refuses, or tells what is not known.
 *
 * Contents come into being when they are first looked at, 4 KB at a time: flash erased or as loaded, RAM noise that
 * depends on the seed. A memory that nobody uses costs nothing.
 *
 * Left out: the time that accesses take; code fetched from the second image of a memory that is smaller than its bank.
 */
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "vboard/chip/access.h"
#include "vboard/chip/mem_region.h"

struct chip;

#define EXTERNAL_MEMORIES 4u           /* of a board */
#define EXTERNAL_SLOT_SIZE 0x04000000u /* 64 MB: a bank of NOR flash or PSRAM (RM0399 23.6) */
#define EXTERNAL_SLOTS 24u             /* 0x60000000 to 0x9FFFFFFF, 0xC0000000 to 0xDFFFFFFF */
#define EXTERNAL_PHYSICAL                                                                          \
    0xB0000000u /* where engines have the memories: nothing of the chip lies there */
#define EXTERNAL_TOTAL_SIZE 0x10000000u /* of all memories of a board together */
#define EXTERNAL_QUADSPI 0x90000000u
#define EXTERNAL_FMC_BANK_1 0x60000000u

enum external_kind {
    EXTERNAL_NONE,
    EXTERNAL_SDRAM,
    EXTERNAL_PSRAM,
    EXTERNAL_SRAM,
    EXTERNAL_NOR,        /* parallel, on the FMC */
    EXTERNAL_QUADSPI_NOR /* serial */
};

/* Which chip select it hangs on. */
enum external_place {
    EXTERNAL_NE1,
    EXTERNAL_NE2,
    EXTERNAL_NE3,
    EXTERNAL_NE4,
    EXTERNAL_SDRAM_BANK_1,
    EXTERNAL_SDRAM_BANK_2,
    EXTERNAL_BANK_QUADSPI,
    EXTERNAL_PLACES
};

/* A memory as a board's data have it. */
struct external_part {
    enum external_kind kind;
    enum external_place place;
    const char *name; /* for people: "MT48LC4M32B2" */
    uint32_t
        size; /* bytes that the chip can reach, a power of two; of QUADSPI both chips' of a pair */
    uint8_t width;                /* on the FMC: data lines that are wired, 8, 16 or 32 */
    uint8_t columns, rows, banks; /* SDRAM: address bits, and how many internal banks (2 or 4) */
    uint8_t chips;                /* QUADSPI: 2 for a pair in dual-flash mode; else 1 or 0 */
    uint32_t id; /* QUADSPI: JEDEC id, the maker's byte highest (0xC22018); 0: not known */
};

/* One that is there. */
struct external_memory {
    struct external_part part;
    uint8_t *bytes; /* NULL before it is first used; what has not been looked at is not filled in */
    uint8_t *filled;   /* a flag for each 4 KB */
    uint32_t physical; /* where engines have it */
    uint64_t changes;  /* of flash: how often it was programmed, erased or loaded */
    uint64_t seed;     /* of RAM: of what it holds after power-on */
};

/* Accesses that no open slot answers; `write` also for stores to a slot that is open for reading only. The access
 * under way is chip->access. They refuse with external_refuse. */
struct external_controller {
    uint64_t (*read)(void *ctx, uint32_t address, unsigned size);
    void (*write)(void *ctx, uint32_t address, unsigned size, uint64_t value);
    void *ctx;
};

struct chip_external {
    struct external_memory memories[EXTERNAL_MEMORIES];
    unsigned memory_count;
    struct mem_region slots[EXTERNAL_SLOTS]; /* size 0: closed */
    struct external_controller fmc, quadspi; /* read NULL: there is no model */
    struct chip *chip;
};

/* 0x60000000 to 0x9FFFFFFF, 0xC0000000 to 0xDFFFFFFF. */
static inline bool external_is(uint32_t address)
{
    return address - 0x60000000u < 0x40000000u || address - 0xC0000000u < 0x20000000u;
}

static inline unsigned external_slot(uint32_t address)
{
    return (address - (address < 0xC0000000u ? 0x60000000u : 0x80000000u)) / EXTERNAL_SLOT_SIZE;
}

void external_init(struct chip *c);
void external_destroy(struct chip *c);
/* A memory of the board; before the cores are made. 0, or -1: no room, or no such size. */
int external_add(struct chip *c, const struct external_part *part);
/* Its bytes exist from now on. */
void external_allocate(struct external_memory *m);
/* What hangs on that chip select, or NULL. */
struct external_memory *external_at(struct chip *c, enum external_place place);
/* Bytes into flash, as an external loader does it: at the address where the controller maps it. 0, or -1: the board
 * has no flash there. */
int external_load(struct chip *c, uint32_t address, const void *bytes, size_t length);
/* VDD came up: RAM holds other noise. */
void external_power_on(struct chip *c);

/* ---- contents ---- */

/* The bytes of [offset, offset + size), filled in; offset + size must lie within the memory. */
uint8_t *external_bytes(struct external_memory *m, uint32_t offset, uint32_t size);
/* Of flash: all of it is erased. Not while it is open. */
void external_forget(struct external_memory *m);
/* Changes with what the RAM among them holds, but for what was never looked at. */
uint64_t external_sum(const struct chip *c);
/* Counts what was programmed, erased or loaded. */
uint64_t external_flash_changes(const struct chip *c);

/* ---- the bus ---- */

/* The open region at `address`, its bytes there filled in; NULL: closed. */
struct mem_region *external_region(struct chip *c, uint32_t address);
/* The memory that holds those host bytes, or NULL. */
const struct external_memory *external_of(const struct chip *c, const uint8_t *host);
/* Accesses to what is not open; the slot may have become open by it. */
uint64_t external_read(struct chip *c, uint32_t address, unsigned size);
void external_write(struct chip *c, uint32_t address, unsigned size, uint64_t value);

/* ---- for controllers ---- */

/* `size` bytes from the slot's beginning on are the memory's from `offset` on; size 0 closes it. The cores hear of
 * changes. */
void external_open(struct chip *c, unsigned slot, struct external_memory *m, uint32_t offset,
                   uint32_t size, bool writable);
void external_close(struct chip *c, unsigned slot);
/* A finding about the access under way: once for a slot and instruction, however many addresses it goes through. */
void external_tell(struct chip *c, enum finding_code code, const struct finding_data *data);
/* A bus error, and a finding that says why. */
void external_refuse(struct chip *c, enum finding_code code, const struct finding_data *data);
/* Nothing drives the bus, or nobody knows what: a finding, and a value that means nothing. */
uint64_t external_unknown(struct chip *c, enum finding_code code, unsigned size);

#endif
