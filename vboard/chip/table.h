/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
#ifndef VBOARD_CHIP_TABLE_H
#define VBOARD_CHIP_TABLE_H

/*
 * A chip as data: a row for each peripheral that the reference manual maps, modelled or not. Rows are in
 * the order of their bases; the table ends with a NULL name.
 */
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "vboard/chip/clock_ids.h"
#include "vboard/chip/part.h"

struct model;

/* In place of an index of model->irq_names: the peripheral has that output, its model (if any) does not. */
#define ENTRY_NO_LINE 0xFFu

/* What clocks a peripheral besides its bus: a multiplexer of RCC, or (bits 0) inputs[0] for good. */
struct kernel_clock {
    const char *field; /* "D2CCIP1R.SPI123SEL"; NULL without a multiplexer */
    uint16_t reg;      /* its register's offset in RCC */
    uint8_t shift, bits;
    uint8_t inputs
        [8]; /* enum clock_id by value of the field; CLK_COUNT: none, or one that is not modelled */
    uint8_t output; /* enum clock_id; CLK_COUNT: RCC's model keeps the field only */
    const struct kernel_clock *next; /* of a peripheral with two of them; NULL: it has one */
};

struct chip_entry {
    const char *name;
    const struct model *model; /* NULL: the chip has it, this board does not model it */
    uint32_t base;
    uint32_t span; /* bytes of address space; 0: the model's */
    uint16_t
        enr; /* offset of xxxENR in RCC's plain bank (0x0D4 AHB3ENR ... 0x0F4 APB4ENR), 0 = none */
    uint8_t enr_bit;
    const struct kernel_clock *kernel; /* NULL: its bus clock alone */
    struct {
        uint8_t line, number, cores;
    } irq[24]; /* periph->irq[line] -> NVIC number; cores: bit 0 CM7, bit 1 CM4; ends at cores 0 */
    struct {
        uint8_t line, input;
    } exti[8]; /* periph->irq[line] -> event input of EXTI; ends at input 0 */
    struct {
        const char *name;
        uint8_t mux, number; /* DMAMUX 1 or 2, and the request there */
    } dma[8];                /* ends at a NULL name */
    uint8_t features; /* which of enum chip_feature a part must have for it; 0: all have it */
    uintptr_t param;  /* the model's own: instance number, bus clock ... */
};

/* Does that part have it? */
bool chip_entry_is_on(const struct chip_entry *e, enum chip_part part);
/* Bytes of address space. */
uint32_t chip_entry_span(const struct chip_entry *e);
/* The row that holds `address`, or NULL. */
const struct chip_entry *chip_entry_at(const struct chip_entry *table, uint32_t address);
/* The row of that name, or NULL. */
const struct chip_entry *chip_entry_named(const struct chip_entry *table, const char *name);
/* The address of a modelled register: "PWR", "CR3"; 0 if there is none. */
uint32_t chip_register_address(const struct chip_entry *table, const char *periph, const char *reg);
/* The reverse, as CMSIS and the manual write it: "PWR_CR3", "GPIOA_AFRL"; "SPI1+0x08" in what is not
 * modelled. False, and an empty text, if nothing is there. */
bool chip_register_name(const struct chip_entry *table, uint32_t address, char *text, size_t size);

#endif
