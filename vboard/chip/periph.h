/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
#ifndef VBOARD_CHIP_PERIPH_H
#define VBOARD_CHIP_PERIPH_H

/*
 * Peripherals. A model is a struct whose first member is `struct periph`, a table of registers and a
 * few callbacks; the chip (chip/stm32h755.c) is a table that says where each model sits, which gate
 * clocks it and where its interrupt lines go.
 *
 * Registers are declared: the base handles storage, byte lanes, masks, reserved bits and the clock
 * gate; hooks add behaviour. A register is addressed by its slot, an index of the model's own enum:
 *
 *     enum { R_CR1, R_SR, R_CCR, R_COUNT = R_CCR + 4 };
 *     static const struct reg regs[R_COUNT] = {
 *         [R_CR1] = {.offset = 0x00, .name = "CR1", .rw = 0x0FFF, .write = cr1_write},
 *         [R_SR]  = {.offset = 0x10, .name = "SR", .w0c = 0x1E5F, .read = sr_read},
 *         [R_CCR] = {.offset = 0x34, .name = "CCR%u", .first = 1, .count = 4, .stride = 4, .rw = ~0u},
 *     };
 */
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "vboard/chip/irq.h"
#include "vboard/kernel/findings.h"
#include "vboard/kernel/vtime.h"

struct chip;
struct periph;
struct field; /* vboard/chip/fields.h */

/*
 * A register as its manual page declares it. Bits in no mask are reserved: they read as in `reset`,
 * and a write that changes one is a finding.
 */
struct reg {
    uint32_t offset;
    const char *name; /* RM0399's, without the peripheral; arrays: a format with one %u */
    uint32_t reset;
    uint32_t rw;      /* read and write */
    uint32_t ro;      /* read only: the model sets values[slot] or `read` computes it */
    uint32_t wo;      /* write only: reads 0, never stored, the hook sees it in `written` */
    uint32_t w1c;     /* reads the flag; writing 1 clears it */
    uint32_t w0c;     /* reads the flag; writing 0 clears it */
    uint32_t w1s;     /* reads the bit; writing 1 sets it, 0 does nothing */
    uint32_t ignored; /* reserved by the manual, yet silently kept or dropped (say why beside it) */
    /* Of the bits above, those that the chip has and the model stores, but does not act on: a write that
     * changes one away from its reset value is a finding. fields.h says what each is. */
    uint32_t unmodelled;
    /* Reading has no side effect, and what it reads changes by writes and events only, never by the mere
     * passing of time: loops that ask for it are fast-forwarded. */
    bool steady;
    bool ungated;    /* answers without its peripheral's bus clock, too */
    uint8_t widths;  /* allowed access widths, bits 0..2 = 8, 16, 32 bit; 0 means all */
    uint16_t count;  /* array: number of registers, in consecutive slots (0 means 1) */
    uint16_t stride; /* array: distance in bytes */
    uint16_t first;  /* array: number of the first, for the name */
    uint16_t window; /* bytes in which the register is seen again, word after word (0 means 4) */
    /* Value to return; `value` is what is stored, masked. Side effects must not happen for
     * chip->access.master == MASTER_DEBUG. */
    uint32_t (*read)(struct periph *p, unsigned slot, uint32_t value);
    /* Called after the masks were applied to values[slot]; `old` is the value before, `written` the
     * raw data with 0 in lanes that were not written (chip->access.lanes). May change values[slot]. */
    void (*write)(struct periph *p, unsigned slot, uint32_t old, uint32_t written);
    /* Comes before the masks; for locks, keys and banked registers. True: the write is handled, be it
     * done or refused, and nothing more happens. False: it goes on as for any register. */
    bool (*intercept)(struct periph *p, unsigned slot, uint32_t written); /* true: handled */
};

/* What the fields of a register are, or of `count` registers, `stride` bytes apart. */
struct reg_fields {
    uint32_t offset;
    uint16_t count, stride;
    const struct field *list;
};

enum reset_kind {
    RESET_POWER_ON, /* VDD came up: everything */
    RESET_SYSTEM,   /* NRST, watchdogs, SYSRESETREQ, ...: all but the power-on and backup domains */
    RESET_PERIPH    /* the peripheral's bit in an RCC xxxRSTR register */
};

/* A bus clock gate: one bit of RCC's xxxENR for each core (RCC_C1_x, RCC_C2_x; RM0399 9.5.10). */
struct gate {
    char name[24]; /* "RCC+0x0E8 bit 18": offset in the plain bank */
    uint16_t enr;
    uint8_t bit;
    bool on[2];           /* as allocated by CM7, CM4 */
    bool any;             /* clocked for at least one core that is awake */
    bool kernel;          /* `any`, or its kernel clock alone goes on: LSE or LSI in CStop */
    struct periph *users; /* those that want to know, by address */
};

struct model {
    const char *kind; /* "usart" */
    size_t size;      /* sizeof the model's struct */
    const struct reg *regs;
    const struct reg_fields
        *fields; /* vboard/chip/fields.h; NULL: registers without fields' names */
    unsigned slot_count;
    uint32_t span;                /* bytes of address space */
    const char *const *irq_names; /* NULL-terminated: what periph->irq[i] is; may be NULL */
    /* Own state only; returns 0 or -1 (out of memory). */
    int (*init)(struct periph *p);
    /* All peripherals exist: look up clocks, pins, other models. May be NULL. */
    void (*connect)(struct periph *p);
    /* After the base has set all registers to their reset values. May be NULL. */
    void (*reset)(struct periph *p, enum reset_kind kind);
    /* The bus clock gate went on or off (for any core), or the kernel clock's (gate->kernel). May be NULL. */
    void (*gated)(struct periph *p, bool on);
    void (*destroy)(struct periph *p);
    /* Registers whose reset depends on the kind of reset (RSR, CR3, BDCR ...): true = keep. */
    bool (*keeps)(struct periph *p, unsigned slot, enum reset_kind kind);
};

struct chip_entry; /* chip.h */

struct periph {
    const struct model *model;
    const struct chip_entry *entry;
    struct chip *chip;
    const char *name; /* "USART3" */
    uint32_t base;
    uint32_t *values;         /* by slot */
    uint16_t *slot_at;        /* offset / 4 -> slot + 1, 0 = hole; below `mapped` */
    uint32_t mapped;          /* bytes up to the end of the last register */
    struct gate *gate;        /* NULL: always clocked */
    struct periph *next_user; /* of the gate */
    bool held_in_reset;       /* its RCC xxxRSTR bit is set */
    struct irq_line *irq;     /* by index of model->irq_names */
};

/* Makes a peripheral of `entry`'s model; NULL when out of memory. */
struct periph *periph_create(struct chip *chip, const struct chip_entry *entry);
void periph_destroy(struct periph *p);
void periph_reset(struct periph *p, enum reset_kind kind);

/*
 * A register access of `size` 1, 2 or 4 bytes at `offset`, by chip->access.master. Handles gate, holes,
 * widths, masks, hooks and findings. Unclocked: reads 0, writes are lost, a finding.
 */
uint32_t periph_read(struct periph *p, uint32_t offset, unsigned size);
void periph_write(struct periph *p, uint32_t offset, unsigned size, uint32_t value);

/*
 * A finding about the register in `slot`, for the access under way; none for a debugger's. `data` may be
 * NULL: nothing beyond code and register.
 *
 *     periph_report(p, R_CR1, FOUND_UNMODELLED_FIELD, &(struct finding_data){.mask = CR1_MME});
 */
void periph_report(struct periph *p, unsigned slot, enum finding_code code,
                   const struct finding_data *data);

/* "USART3.BRR" or "USART3+0x3C (reserved)"; returns buf. */
const char *periph_reg_name(const struct periph *p, uint32_t offset, char *buf, size_t size);
/* The register at `offset`, or NULL for a hole; *index gets the place in an array (or is NULL). */
const struct reg *periph_reg_at(const struct periph *p, uint32_t offset, unsigned *index);
/* The same without a peripheral, looking through the table. */
const struct reg *model_reg_at(const struct model *m, uint32_t offset, unsigned *index);

/* For a model whose table cannot say it (a field's value, a bit with two meanings): `bits` of a register
 * were written and are not modelled. */
void periph_unmodelled(struct periph *p, unsigned slot, uint32_t bits);

#endif
