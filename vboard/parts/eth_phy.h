/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
#ifndef VBOARD_PARTS_ETH_PHY_H
#define VBOARD_PARTS_ETH_PHY_H

/*
 * An Ethernet PHY with its cable: LAN8742A (RMII) or LAN8740A (MII), Microchip's DS00001989 and DS00001987. At the
 * cable's other end is a port that negotiates 100 Mbit/s, full duplex; without negotiation the link has the speed that
 * BCR says.
 *
 * Registers: BCR, BSR, both identifiers, ANAR, ANLPAR, ANER, MCSR, SMR, PSCSR as the data sheets have them; all
 * others keep what is written to them, from 0 on. Its interrupts (ISFR), energy detect, cable diagnostics and wake-up
 * are left out, and NRST does not reach it.
 *
 * Assumed: negotiation takes 2 s from power-on or from a restart (IEEE
 * 802.3 28.3.2 gives the timers: 1.2 to 1.5 s of silence, then the pages); the clocks go on in power-down.
 */
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "vboard/chip/mii.h"

#define ETH_PHY_LINK_PS VTIME_S(2)

enum eth_phy_kind { ETH_PHY_NONE, ETH_PHY_LAN8742A, ETH_PHY_LAN8740A };

struct chip;

struct eth_phy {
    struct mii_phy mii; /* to be given pins, and to chip->mii.phy */
    struct chip *chip;
    enum eth_phy_kind kind;
    unsigned address;
    uint16_t regs[32]; /* what was written */
    bool powered;
    bool link_missed;    /* BSR.2 latches low */
    vtime_ps started_at; /* negotiation */
    /* A packet has left over the cable, and ends now. */
    void (*heard)(void *ctx, const uint8_t *packet, size_t length, vtime_ps now);
    void *ctx;
};

/* Puts it at `address` of MDIO, without power and without pins. */
void eth_phy_init(struct eth_phy *p, struct chip *chip, enum eth_phy_kind kind, unsigned address);
void eth_phy_power(struct eth_phy *p, bool on, vtime_ps now);
bool eth_phy_has_link(const struct eth_phy *p, vtime_ps now);
/* A packet comes over the cable, and ends now. */
void eth_phy_receive(struct eth_phy *p, const uint8_t *packet, size_t length, vtime_ps now);

#endif
