/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
#ifndef VBOARD_CHIP_IRQ_H
#define VBOARD_CHIP_IRQ_H

/*
 * Interrupt lines: level-sensitive wires from peripherals to the cores' NVICs (and to EXTI). A line has
 * one source and up to IRQ_FANOUT sinks; several lines may end at one number (TIM8's and TIM12's), which is
 * high while any of them is.
 */
#include <stdbool.h>
#include <stdint.h>

#define IRQ_FANOUT 4
/* In place of a number: the core's non-maskable interrupt. */
#define IRQ_NMI 255u

/* Something with numbered interrupt inputs. */
struct irq_sink {
    void (*set)(void *ctx, unsigned number, bool level);
    void *ctx;
    uint8_t high[256]; /* lines that are, by number */
};

struct irq_line {
    bool level;
    unsigned fanout;
    struct {
        struct irq_sink *sink;
        unsigned number;
    } to[IRQ_FANOUT];
};

void irq_connect(struct irq_line *line, struct irq_sink *sink, unsigned number);
/* Sets the level; the sinks hear of changes only. Models set their lines again whenever something has changed. */
void irq_change(struct irq_line *line, bool level);
static inline void irq_set(struct irq_line *line, bool level)
{
    if (line->level != level) {
        irq_change(line, level);
    }
}

#endif
