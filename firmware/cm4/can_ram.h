/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
#ifndef CM4_CAN_RAM_H
#define CM4_CAN_RAM_H

#include "stm32h755xx.h"

#include "core/ipc.h"

/*
 * FDCAN1's message RAM (RM0399 59.4.2), in words from its start. Both lists of filters are as long as the
 * configuration may be.
 */
#define CAN_RAM_WORDS 2560U

#define CAN_RAM_STANDARD 0U
#define CAN_RAM_STANDARD_WORDS 1U /* per filter */
#define CAN_RAM_EXTENDED (CAN_RAM_STANDARD + IPC_FILTERS * CAN_RAM_STANDARD_WORDS)
#define CAN_RAM_EXTENDED_WORDS 2U

/* FIFO 0: what the filters want. */
#define CAN_RAM_FIFO (CAN_RAM_EXTENDED + IPC_FILTERS * CAN_RAM_EXTENDED_WORDS)
#define CAN_RAM_FIFO_ELEMENTS 64U
#define CAN_RAM_FIFO_WORDS 18U /* header of 2, payload of 64 bytes */

/* FIFO 1: everything else, just to know that it was there: overwritten, never read. */
#define CAN_RAM_OTHERS (CAN_RAM_FIFO + CAN_RAM_FIFO_ELEMENTS * CAN_RAM_FIFO_WORDS)
#define CAN_RAM_OTHERS_ELEMENTS 1U
#define CAN_RAM_OTHERS_WORDS 4U

#define CAN_RAM_TX (CAN_RAM_OTHERS + CAN_RAM_OTHERS_ELEMENTS * CAN_RAM_OTHERS_WORDS)
#define CAN_RAM_TX_ELEMENTS 8U
#define CAN_RAM_TX_WORDS 4U /* header of 2, payload of 8 bytes */

_Static_assert(CAN_RAM_TX + CAN_RAM_TX_ELEMENTS * CAN_RAM_TX_WORDS <= CAN_RAM_WORDS, "message RAM");

static inline volatile uint32_t *can_ram(uint32_t word)
{
    return (volatile uint32_t *)SRAMCAN_BASE + word;
}

#endif
