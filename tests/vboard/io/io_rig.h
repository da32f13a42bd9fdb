/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
#ifndef TESTS_VBOARD_IO_RIG_H
#define TESTS_VBOARD_IO_RIG_H

/*
 * A chip with nothing but the I/O peripherals, no cores and no clock tree: the test sets the clocks,
 * reads and writes registers as one core or the other and watches interrupt lines, events and pins.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "vboard/chip/chip.h"

#define GPIOA 0x58020000u
#define GPIOB 0x58020400u
#define GPIOC 0x58020800u
#define GPIOD 0x58020C00u
#define EXTI 0x58000000u
#define HSEM 0x58026400u
#define TIM1 0x40010000u
#define TIM2 0x40000000u
#define TIM3 0x40000400u
#define TIM5 0x40000C00u
#define TIM6 0x40001000u
#define TIM16 0x40014400u
#define TIM17 0x40014800u
#define USART3 0x40004800u
#define UART4 0x40004C00u

struct io_rig {
    struct chip chip;
    bool line[CORE_COUNT][150]; /* levels of the NVIC inputs */
    unsigned raised[CORE_COUNT][150];
    unsigned events[CORE_COUNT]; /* WFE events */
};

/* 200 MHz timers, 64 MHz UARTs, 32,768 Hz LSE; powered. */
int rig_setup(void **state);
/* Fails if a finding is left. */
int rig_teardown(void **state);

uint32_t rd(struct io_rig *r, uint32_t address);
void wr(struct io_rig *r, uint32_t address, uint32_t value);
void wr_size(struct io_rig *r, uint32_t address, unsigned size, uint32_t value);
void set_bits(struct io_rig *r, uint32_t address, uint32_t bits);
void as(struct io_rig *r, enum master master);
void run_until(struct io_rig *r, vtime_ps t);
/* Number of findings of a kind; they are then forgotten. */
unsigned take_findings(struct io_rig *r, enum finding_kind kind);

/* Port register address of a pin's port; mode 0 in, 1 out, 2 AF, 3 analog. */
void pin_mode(struct io_rig *r, char port, unsigned n, unsigned mode);
void pin_af(struct io_rig *r, char port, unsigned n, unsigned af);

/* All edges on a pin. */
#define TRACE_EDGES 4096
struct pin_trace {
    struct signal_listener listener;
    unsigned count;
    struct {
        enum level level;
        vtime_ps at;
    } edges[TRACE_EDGES];
    unsigned symbol_count;
    struct symbol symbols[256];
};
void trace_pin(struct io_rig *r, struct pin_trace *t, char port, unsigned n);

#endif
