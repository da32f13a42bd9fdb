/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
#ifndef VBOARD_CHIP_BUS_H
#define VBOARD_CHIP_BUS_H

/*
 * What lies at which address: peripherals, memories, what the chip has and this board does not model; and
 * the clock gates in front of them.
 */
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "vboard/chip/access.h"
#include "vboard/chip/mem_region.h"
#include "vboard/chip/periph.h"

#define BUS_RECENT 32u /* one for each of as many pages of 1 KB */

struct chip;

/* Who looks on while the cores run: a checker, a tracer. Any may be NULL; a debugger's accesses are not
 * shown. It must not change anything. */
struct chip_watch {
    /* A register access of `size` bytes: before a write, after a read; those of the private peripheral bus,
     * too. */
    void (*access)(void *ctx, uint32_t address, unsigned size, bool write, uint32_t value);
    /* What a register reads that the chip has and this board does not model; NULL: 0. */
    uint32_t (*unmodelled)(void *ctx, uint32_t address);
    /* `core` is about to run a basic block that it has not run lately. */
    void (*code)(void *ctx, enum core core, uint32_t address);
    void *ctx;
};

/* A load or store of a page of RAM that a probe wants, before it happens. */
struct chip_touch {
    enum master master;
    uint32_t pc; /* of the instruction; of a DMA controller's, that gave the order */
    uint32_t physical;
    unsigned size;
    bool write;
};

/* Who looks closer than a watch: at RAM, exceptions, cores that stand still. Any may be NULL; it must not change
 * anything. Exact engines only. */
struct chip_probe {
    /* Are the accesses of `core` to this page of 1 KB wanted? Asked once: cpu_ask_again. */
    bool (*wants)(void *ctx, enum core core, uint32_t physical);
    /* Of pages that are wanted, or that both cores use, frames of exceptions included; of any page those of
     * DMA controllers. */
    void (*ram)(void *ctx, const struct chip_touch *touch);
    /* Entered; `chained` behind another one, with no instruction between. */
    void (*exception)(void *ctx, enum core core, unsigned number, bool chained);
    /* A fetch or load at `pc` waits for flash that is at work. */
    void (*stalled)(void *ctx, enum core core, uint32_t pc, vtime_ps duration);
    void *ctx;
};

/* Who must hear of the RAM accesses of DMA controllers, before they happen: the M7's D-cache. */
struct bus_snoop {
    void (*transfer)(void *ctx, uint32_t address, unsigned size, bool write);
    void *ctx;
};

struct chip_bus {
    const struct chip_entry *table; /* all that the chip has (table.h) */
    struct periph **periphs;        /* those that are modelled, by base */
    size_t periph_count;
    struct periph *recent[BUS_RECENT]; /* accessed lately, by page */
    struct mem_region *regions;
    size_t region_count;
    struct {
        size_t region; /* its index; 0: none */
        uint32_t boot; /* what lies at 0 */
    } alias;           /* boot_alias.h */
    struct gate gates[160];
    size_t gate_count;
    const struct chip_watch *watch; /* NULL: nobody looks on */
    const struct chip_probe *probe; /* NULL: nor does anybody look closer */
    const struct bus_snoop *snoop;  /* NULL: nobody minds */
};

/* Who looks closer hears of an access to RAM by the instruction (or order) at `pc`. */
void chip_show_ram(const struct chip *c, enum master master, uint32_t pc, uint32_t physical,
                   unsigned size, bool write);

/* "RCC" -> its peripheral, or NULL. */
struct periph *chip_periph(struct chip *c, const char *name);
/* Does the chip have a peripheral, modelled or not, in [from, from + size)? */
bool chip_has_periph(const struct chip *c, uint32_t from, uint32_t size);

/* The gate of bit `bit` of the plain-bank ENR register at `enr`; made on first asking. */
struct gate *chip_gate(struct chip *c, uint16_t enr, unsigned bit);
/* RCC calls this after it changed a gate: recomputes `any` and tells the peripherals. */
void chip_gate_update(struct chip *c, struct gate *g, bool cm7, bool cm4);
/* The same where the kernel clock may go on without the bus clock. */
void chip_gate_update_kernel(struct chip *c, struct gate *g, bool cm7, bool cm4, bool kernel);

/* Adds a memory region (a model's RAM, e.g. FDCAN message RAM); before power-on only. */
int chip_add_region(struct chip *c, const struct mem_region *r);
/* NULL: nothing there, or an external memory that does not answer by itself now (external.h). */
struct mem_region *chip_region(struct chip *c, uint32_t address, enum master master);

/* Register access by address; size 1, 2, 4 (8 is split). Unmapped sets access.bus_fault. */
uint32_t chip_mmio_read(struct chip *c, uint32_t address, unsigned size);
void chip_mmio_write(struct chip *c, uint32_t address, unsigned size, uint32_t value);

/* Makes all modelled peripherals of a table; 0, or -1 when out of memory. */
int bus_populate(struct chip *c, const struct chip_entry *table);
void bus_destroy(struct chip *c);

#endif
