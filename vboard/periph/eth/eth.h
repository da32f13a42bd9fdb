/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
#ifndef VBOARD_PERIPH_ETH_ETH_H
#define VBOARD_PERIPH_ETH_ETH_H

/*
 * ETH, the Ethernet MAC with its DMA (RM0399 Rev 4, chapter 61): software reset, MDIO, descriptor rings both ways,
 * insertion and check of checksums, address filters, counters. The board's PHY is at the other side of
 * vboard/chip/mii.h; packets are moved as a whole, at their end, with the time they take on the line.
 *
 * The PHY's clocks count where RM0399 asks for them (61.11.2 SWR, 9.5.8 Figure 63): with the interface that
 * SYSCFG_PMCR selects, the pins that carry them, and RCC's ETH1TXEN and ETH1RXEN. Without one of them a software reset
 * does not end, and nothing is sent or received. That a gated clock counts as missing is taken from Figure 63.
 *
 * Taken where the manual gives no figure: a software reset takes 2 us. RDES1 counts as valid (RS1V) in every last
 * descriptor, RDES2 (RS2V) if there is something in it. A UDP checksum that comes out as 0 is sent as 0xFFFF (RFC 768).
 *
 * Left out that belongs to no field: the transmit queue's underflow and the receive queue's threshold mode (a packet
 * that does not fit into it overflows it with or without RSF), Pause packets, what a wrong duplex mode breaks.
 * Field by field: fields.c.
 */
#include "vboard/chip/periph.h"

/* The interrupt, and the wakeup by magic packets and LPI, which never comes. */
enum { ETH_IRQ_GLOBAL, ETH_IRQ_WKUP };

extern const struct model eth_model;

#endif
