/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
#ifndef VBOARD_CHIP_TRANSFER_H
#define VBOARD_CHIP_TRANSFER_H

/*
 * Accesses by bus masters other than the cores: what a DMA controller reads and writes, register or memory,
 * is what a core would find there, as far as its bus reaches (RM0399 2.1, Table 1).
 *
 * Findings name the core that gave the order and the instruction that did. To be called from events, never
 * within another access.
 */
#include <stdbool.h>
#include <stdint.h>

#include "vboard/kernel/findings.h"
#include "vboard/kernel/vtime.h"

struct chip;

enum transfer_bus {
    TRANSFER_D2,     /* DMA1, DMA2: all but the M7's TCMs */
    TRANSFER_D3,     /* BDMA: SRAM4, backup SRAM, AHB4, APB4 */
    TRANSFER_AXI,    /* MDMA's system bus: all but the M7's TCMs */
    TRANSFER_TCM,    /* MDMA's AHBS: ITCM and DTCM */
    TRANSFER_ETH,    /* Ethernet's: the memories but the M7's TCMs, no registers (2.1.7) */
    TRANSFER_DMA2D,  /* no TCMs, nothing of AHB3, APB3 and the D3 domain */
    TRANSFER_SDMMC1, /* the AXI matrix' memories: flash, AXI SRAM, QUADSPI, FMC */
    TRANSFER_SDMMC2  /* all but the M7's TCMs and D2's peripherals */
};

/* Whose transfer it is. */
struct transfer {
    enum transfer_bus bus;
    enum master master; /* MASTER_DMA_CM7 or _CM4 */
    uint32_t pc;        /* of the instruction that gave the order */
    uint32_t subject;   /* address of the controller's register that findings are about */
};

enum transfer_result {
    TRANSFER_DONE,
    TRANSFER_REFUSED, /* a bus error; a finding says so */
    TRANSFER_WAIT     /* the memory is at work: again at *ready */
};

/* The access under way gives an order: keeps who and where in `t`. */
void transfer_order(struct chip *c, struct transfer *t);

/* `size` 1, 2, 4 or 8 bytes; the address is aligned down to it. A bus error reads 0. */
enum transfer_result transfer_read(struct chip *c, const struct transfer *t, uint32_t address,
                                   unsigned size, uint64_t *value, vtime_ps *ready);
enum transfer_result transfer_write(struct chip *c, const struct transfer *t, uint32_t address,
                                    unsigned size, uint64_t value, vtime_ps *ready);

#endif
