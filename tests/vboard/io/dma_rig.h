/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
#ifndef TESTS_VBOARD_IO_DMA_RIG_H
#define TESTS_VBOARD_IO_DMA_RIG_H

/*
 * The DMA controllers with SRAM1 and SRAM4, USART3 on PD8 and PD9, TIM3 and LPUART's place in the tables.
 * Buses at 200 MHz.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "vboard/chip/chip.h"

#define SRAM1 0x30000000u
#define SRAM4 0x38000000u
#define DTCM 0x20000000u
#define RAM_SIZE 0x10000u
#define USART3_CR3 0x40004808u
#define USART3_RDR 0x40004824u
#define USART3_TDR 0x40004828u

struct dma_rig {
    struct chip chip;
    uint8_t ram[3][RAM_SIZE]; /* SRAM1, SRAM4, DTCM */
    bool line[150];
    unsigned raised[150];
    struct signal_listener tx;
    char sent[64];
    unsigned sent_count;
};

int dma_rig_setup(void **state);
/* Fails if a finding is left. */
int dma_rig_teardown(void **state);

uint32_t rig_rd(struct dma_rig *r, uint32_t address);
void rig_wr(struct dma_rig *r, uint32_t address, uint32_t value);
void rig_run(struct dma_rig *r, vtime_ps span);
uint8_t *ram_at(struct dma_rig *r, uint32_t address);
/* USART3 at 115,200 baud, both ways. */
void start_uart(struct dma_rig *r);
/* Bytes come in, a frame each, and are taken care of. */
void receive(struct dma_rig *r, const char *text);

#endif
