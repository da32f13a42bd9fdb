/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
#ifndef TESTS_VBOARD_SYSTEM_WHOLE_CHIP_H
#define TESTS_VBOARD_SYSTEM_WHOLE_CHIP_H

/*
 * The STM32H755 as it comes out of reset (HSI, 64 MHz everywhere), all of its peripherals, no cores: registers
 * are accessed as the CM7, interrupt inputs are counted.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "vboard/chips/stm32h755.h"
#include "vboard/kernel/supply.h"

#define RCC_CR 0x58024400u
#define RCC_AHB3ENR 0x580244D4u
#define RCC_AHB1ENR 0x580244D8u
#define RCC_AHB2ENR 0x580244DCu
#define RCC_AHB4ENR 0x580244E0u
#define RCC_APB3ENR 0x580244E4u
#define RCC_APB1LENR 0x580244E8u
#define RCC_APB1HENR 0x580244ECu
#define RCC_APB2ENR 0x580244F0u
#define RCC_APB4ENR 0x580244F4u
#define RCC_BDCR 0x58024470u
#define RCC_RSR 0x580244D0u
#define PWR_CR1 0x58024800u

struct whole {
    struct stm32h755 soc;
    struct supply supply;
    bool line[150];
    unsigned raised[150];
    unsigned events; /* WFE events of the CM7 */
    unsigned resets;
};

/* For cmocka; the second fails if a finding is left. */
int whole_setup(void **state);
int whole_h747_setup(void **state); /* the part with a DSI host */
int whole_teardown(void **state);

uint32_t get(struct whole *w, uint32_t address);
void put(struct whole *w, uint32_t address, uint32_t value);
void set_bits(struct whole *w, uint32_t address, uint32_t bits);
void run_for(struct whole *w, vtime_ps span);
/* How many findings of a kind; they are then forgotten. */
unsigned take_findings(struct whole *w, enum finding_kind kind);
/* Hands a pin to an alternate function; its port gets its clock. */
void pin_af(struct whole *w, char port, unsigned pin, unsigned af);
/* Backup domain open, LSE on and ready (it takes up to two seconds). */
void start_lse(struct whole *w);
uint8_t *ram_at(struct whole *w, uint32_t address);

#define WHOLE(f) cmocka_unit_test_setup_teardown(f, whole_setup, whole_teardown)

#endif
