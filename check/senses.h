/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
/* What an image listens to: what it asks its inputs, and what its peripherals are set to. */
#ifndef CHECK_SENSES_H
#define CHECK_SENSES_H

#include "check/stimulus.h"
#include "vboard/chip/chip.h"

struct cpu;

#define CHECK_INPUT_PLACES 16u

/* The bits of GPIOx_IDR that a core asked for. */
struct check_inputs {
    uint16_t bits[11];
    struct {
        uint32_t pc, lr; /* the place, and who called it */
        unsigned times;
    } places[CHECK_INPUT_PLACES];
    unsigned next;
};

/* The code at `pc` reads `value` from `address`, in a port's IDR. */
void check_note_input(struct check_inputs *inputs, struct cpu *cpu, uint32_t pc, uint32_t address,
                      uint32_t value);
/* Adds what holds now; changes nothing in the chip. */
void check_sense(struct check_senses *senses, struct chip *chip, const struct check_inputs *inputs);
void check_add_senses(struct check_senses *senses, const struct check_senses *more);

#endif
