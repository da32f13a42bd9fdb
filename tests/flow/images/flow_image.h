/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
/* What the images of tests/flow are made of: registers as HAL declares them, and a board's events. */
#ifndef TESTS_FLOW_IMAGE_H
#define TESTS_FLOW_IMAGE_H

#include <stdint.h>

#define REG(address) (*(volatile uint32_t *)(address))

struct pwr {
    volatile uint32_t CR1, CSR1, CR2, CR3, CPU1CR, CPU2CR, D3CR;
};

#define PWR ((struct pwr *)0x58024800u)
#define SYSCFG_PWRCR REG(0x5800042Cu)
#define BUTTON (REG(0x58020810u) & 1u << 13)
#define SUPPLY_MASK 0x3Fu

int main(void);
void before_memory(void);
void hard_fault(void);

#define NOINLINE __attribute__((noinline))

#endif
