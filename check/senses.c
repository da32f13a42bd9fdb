/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
#include "check/senses.h"

#include "check/chip.h"
#include "check/fields.h"
#include "check/places.h"
#include "check/uarts.h"
#include "vboard/cpu/cpu.h"

#define PORTS 11u
#define PORT_SIZE 0x400u
/* A place that asks one pin after the other is looked at so often. */
#define LOOKS 32u
#define CCCR_INIT 1u
#define CR_HSEON (1u << 16)
#define CR1_PVDE (1u << 4)
#define CR1_AVDEN (1u << 16)

/* ---- inputs ---- */

/* Has that place been looked at often enough? */
static bool is_known(struct check_inputs *in, uint32_t pc, uint32_t lr)
{
    for (unsigned i = 0; i < CHECK_INPUT_PLACES; i++) {
        if (in->places[i].pc == pc && in->places[i].lr == lr) {
            return ++in->places[i].times > LOOKS;
        }
    }
    unsigned at = in->next++ % CHECK_INPUT_PLACES;
    in->places[at].pc = pc;
    in->places[at].lr = lr;
    in->places[at].times = 1;
    return false;
}

void check_note_input(struct check_inputs *in, struct cpu *cpu, uint32_t pc, uint32_t address,
                      uint32_t value)
{
    if (is_known(in, pc, cpu_get_reg(cpu, CPU_LR))) {
        return;
    }
    uint32_t bits = check_tested_bits(cpu, pc, value);
    bits = bits == 0 ? 0xFFFFu : bits << 8 * (address & 3u);
    in->bits[(address - GPIOA) / PORT_SIZE] |= (uint16_t)bits;
}

/* Pins in input mode (12.4.1). */
static uint16_t inputs_of(struct chip *chip, unsigned port)
{
    uint32_t moder = check_peek(chip, GPIOA + PORT_SIZE * port);
    uint16_t pins = 0;
    for (unsigned i = 0; i < 16; i++) {
        if ((moder >> 2 * i & 3u) == 0) {
            pins |= (uint16_t)(1u << i);
        }
    }
    return pins;
}

static uint16_t by_exti(const struct chip *chip, unsigned port)
{
    uint16_t pins = 0;
    for (unsigned i = 0; i < 16; i++) {
        bool edges = (chip->pins.exti_edges >> i & 1u) != 0;
        if (edges && chip->pins.exti_port[i] == (char)('A' + port)) {
            pins |= (uint16_t)(1u << i);
        }
    }
    return pins;
}

static void sense_pins(struct check_senses *s, struct chip *chip, const struct check_inputs *in)
{
    for (unsigned port = 0; port < PORTS; port++) {
        uint16_t heard = in->bits[port] | by_exti(chip, port);
        if (heard != 0) {
            s->pins[port] |= heard & inputs_of(chip, port);
            s->high[port] = chip->pins.inputs[port];
        }
    }
}

/* ---- peripherals ---- */

/* 1 + 16 * port + number of the pin that a function is given to; 0: none. */
static uint8_t pin_of(const struct chip *chip, const char *function)
{
    const struct pinfunc *f = chip_find_pinfunc(chip, function);
    return f == NULL || f->pin == NULL ? 0 : (uint8_t)(1 + (f->pin - &chip->pins.pin[0][0]));
}

static void sense_cans(struct check_senses *s, struct chip *chip)
{
    static const struct {
        uint32_t cccr;
        const char *rx, *tx;
    } cans[2] = {{0x4000A018u, "FDCAN1_RX", "FDCAN1_TX"}, {0x4000A418u, "FDCAN2_RX", "FDCAN2_TX"}};
    for (unsigned i = 0; i < 2; i++) {
        uint8_t rx = pin_of(chip, cans[i].rx);
        if ((check_peek(chip, cans[i].cccr) & CCCR_INIT) == 0 && rx != 0) {
            s->cans |= (uint8_t)(2u << i);
            s->can_rx[i] = rx;
            s->can_tx[i] = pin_of(chip, cans[i].tx);
        }
    }
}

void check_sense(struct check_senses *s, struct chip *chip, const struct check_inputs *in)
{
    sense_pins(s, chip, in);
    for (unsigned i = 0; i < CHECK_UARTS; i++) {
        uint8_t rx = pin_of(chip, check_uarts[i].rx);
        if (rx != 0 && check_uart_listens(chip, &check_uarts[i])) {
            s->uarts |= (uint16_t)(1u << i);
            s->uart_rx[i] = rx;
        }
    }
    sense_cans(s, chip);
    s->hse = s->hse || (check_peek(chip, RCC_CR) & CR_HSEON) != 0;
    s->pvd = s->pvd || (check_peek(chip, PWR) & (CR1_PVDE | CR1_AVDEN)) != 0;
}

void check_add_senses(struct check_senses *s, const struct check_senses *more)
{
    for (unsigned port = 0; port < PORTS; port++) {
        s->high[port] = s->pins[port] == 0 ? more->high[port] : s->high[port];
        s->pins[port] |= more->pins[port];
    }
    for (unsigned i = 0; i < CHECK_UARTS; i++) {
        s->uart_rx[i] = more->uart_rx[i] != 0 ? more->uart_rx[i] : s->uart_rx[i];
    }
    for (unsigned i = 0; i < 2; i++) {
        s->can_rx[i] = more->can_rx[i] != 0 ? more->can_rx[i] : s->can_rx[i];
        s->can_tx[i] = more->can_rx[i] != 0 ? more->can_tx[i] : s->can_tx[i];
    }
    s->uarts |= more->uarts;
    s->cans |= more->cans;
    s->hse = s->hse || more->hse;
    s->pvd = s->pvd || more->pvd;
    s->goes_on = s->goes_on || more->goes_on;
}
