/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
#ifndef VBOARD_CHIP_MII_H
#define VBOARD_CHIP_MII_H

/*
 * Between the Ethernet MAC and the PHY that a board has for it: which pins the PHY is soldered to, MDIO, and whole
 * packets instead of nibbles. A packet goes from the destination address to the last byte of the FCS.
 *
 * The board fills in `phy` before power-on; SYSCFG keeps which interface is selected; the MAC's model does the rest.
 */
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "vboard/kernel/signal.h"
#include "vboard/kernel/vtime.h"

/* The lines that a PHY must have to be of use; RMII has those marked R. */
enum mii_line {
    MII_MDC,    /* R */
    MII_MDIO,   /* R */
    MII_RX_CLK, /* R: REF_CLK */
    MII_RX_DV,  /* R: CRS_DV */
    MII_RXD0,   /* R */
    MII_RXD1,   /* R */
    MII_TX_EN,  /* R */
    MII_TXD0,   /* R */
    MII_TXD1,   /* R */
    MII_TX_CLK,
    MII_RXD2,
    MII_RXD3,
    MII_TXD2,
    MII_TXD3,
    MII_LINES
};

/* SYSCFG_PMCR.EPIS (RM0399 13.3.1). */
#define MII_SELECTED_MII 0u
#define MII_SELECTED_RMII 4u
/* The longest packet that the MAC can send or take: 16,383 bytes. */
#define MII_PACKET_MAX 16384u

struct mii_phy {
    bool rmii;
    const struct signal *pins[MII_LINES]; /* NULL: not connected */
    /* MDIO, clause 22, at the end of its frame; an address at which nobody answers reads 0xFFFF. */
    uint16_t (*read)(void *ctx, unsigned address, unsigned reg, vtime_ps now);
    void (*write)(void *ctx, unsigned address, unsigned reg, uint16_t value, vtime_ps now);
    /* The PHY gives its clocks: it has power and is not in power-down. */
    bool (*clocked)(void *ctx, vtime_ps now);
    /* Mbit/s of the link, both ways; 0: there is none. */
    unsigned (*mbps)(void *ctx, vtime_ps now);
    /* The board has sent a packet, which ends now. */
    void (*send)(void *ctx, const uint8_t *packet, size_t length, vtime_ps now);
    void *ctx;
};

/* CRC-32 of IEEE 802.3 (3.2.9), as it stands behind a packet: its lowest byte first. */
uint32_t mii_crc(const uint8_t *bytes, size_t length);
#define MII_FCS 4u

struct chip_mii {
    unsigned selected;         /* EPIS */
    const struct mii_phy *phy; /* NULL: the board has none */
    /* The MAC's: a packet has come in, and ends now. NULL without a MAC's model. */
    void (*receive)(void *ctx, const uint8_t *packet, size_t length, vtime_ps now);
    void *ctx;
};

#endif
