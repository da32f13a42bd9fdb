/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
#include "vboard/parts/eth_phy.h"

#include <string.h>

#include "vboard/chip/chip.h"

enum {
    R_BCR,
    R_BSR,
    R_PHYI1R,
    R_PHYI2R,
    R_ANAR,
    R_ANLPAR,
    R_ANER,
    R_MCSR = 17,
    R_SMR = 18,
    R_PSCSR = 31
};

#define BCR_RESET 0x8000u
#define BCR_LOOPBACK 0x4000u
#define BCR_100 0x2000u
#define BCR_NEGOTIATE 0x1000u
#define BCR_POWER_DOWN 0x0800u
#define BCR_ISOLATE 0x0400u
#define BCR_RESTART 0x0200u
#define BCR_FULL 0x0100u
/* 100BASE-TX and 10BASE-T, both duplex; negotiation; extended registers. */
#define BSR_ABLE 0x7809u
#define BSR_NEGOTIATED 0x0020u
#define BSR_LINK 0x0004u
/* Microchip's (SMSC's) OUI 00-80-0F, bits 3 to 18; then the rest of it, the model, and the revision as NuttX has met it. */
#define PHYI1R 0x0007u
#define PHYI2R_LAN8742A 0xC130u
#define PHYI2R_LAN8740A 0xC111u
/* All four of BSR's modes, IEEE 802.3. */
#define ANAR_ALL 0x01E1u
#define ANLPAR_ACK 0x4000u
#define ANER_PARTNER_ABLE 0x0001u
#define MCSR_ENERGY 0x0002u
#define SMR_RMII 0x4000u
#define SMR_MODE_ALL 0x00E0u
#define PSCSR_FIXED 0x0040u
#define PSCSR_AUTODONE 0x1000u
#define PSCSR_100 0x0008u
#define PSCSR_10 0x0004u
#define PSCSR_FULL 0x0010u

static void set_defaults(struct eth_phy *p, vtime_ps now)
{
    memset(p->regs, 0, sizeof(p->regs));
    p->regs[R_BCR] = BCR_100 | BCR_NEGOTIATE;
    p->regs[R_ANAR] = ANAR_ALL;
    p->link_missed = true;
    p->started_at = now;
}

bool eth_phy_has_link(const struct eth_phy *p, vtime_ps now)
{
    uint16_t bcr = p->regs[R_BCR];
    if (!p->powered || (bcr & BCR_POWER_DOWN) != 0) {
        return false;
    }
    return (bcr & BCR_NEGOTIATE) == 0 || now >= p->started_at + ETH_PHY_LINK_PS;
}

/* Negotiated: the best of what both advertise; the other end does all. */
static bool is_fast(const struct eth_phy *p)
{
    uint16_t by = p->regs[R_BCR];
    return (by & BCR_NEGOTIATE) != 0 ? (p->regs[R_ANAR] & 0x0180u) != 0 : (by & BCR_100) != 0;
}

static bool is_full(const struct eth_phy *p)
{
    uint16_t by = p->regs[R_BCR];
    uint16_t bit = is_fast(p) ? 0x0100u : 0x0040u;
    return (by & BCR_NEGOTIATE) != 0 ? (p->regs[R_ANAR] & bit) != 0 : (by & BCR_FULL) != 0;
}

/* ---- MDIO ---- */

/* The link bit stays 0 until it is read, once the link was missing. */
static uint16_t read_status(struct eth_phy *p, bool link, bool negotiated)
{
    uint16_t value = (uint16_t)(BSR_ABLE | (link && !p->link_missed ? BSR_LINK : 0) |
                                (negotiated ? BSR_NEGOTIATED : 0));
    p->link_missed = !link;
    return value;
}

static uint16_t special_status(const struct eth_phy *p, bool link, bool negotiated)
{
    unsigned speed = (is_fast(p) ? PSCSR_100 : PSCSR_10) | (is_full(p) ? PSCSR_FULL : 0);
    return (uint16_t)(PSCSR_FIXED | (negotiated ? PSCSR_AUTODONE : 0) | (link ? speed : 0));
}

static uint16_t mdio_read(void *ctx, unsigned address, unsigned reg, vtime_ps now)
{
    struct eth_phy *p = ctx;
    bool link = eth_phy_has_link(p, now);
    bool negotiated = link && (p->regs[R_BCR] & BCR_NEGOTIATE) != 0;
    if (!p->powered || address != p->address) {
        return 0xFFFF;
    }
    switch (reg) {
    case R_BSR:
        return read_status(p, link, negotiated);
    case R_PHYI1R:
        return PHYI1R;
    case R_PHYI2R:
        return p->kind == ETH_PHY_LAN8742A ? PHYI2R_LAN8742A : PHYI2R_LAN8740A;
    case R_ANLPAR:
        return negotiated ? ANLPAR_ACK | ANAR_ALL : 0;
    case R_ANER:
        return negotiated ? ANER_PARTNER_ABLE : 0;
    case R_MCSR:
        return (uint16_t)(p->regs[reg] | MCSR_ENERGY);
    case R_SMR:
        return (uint16_t)((p->mii.rmii ? SMR_RMII : 0) | SMR_MODE_ALL | p->address);
    case R_PSCSR:
        return special_status(p, link, negotiated);
    default:
        return p->regs[reg];
    }
}

static void mdio_write(void *ctx, unsigned address, unsigned reg, uint16_t value, vtime_ps now)
{
    struct eth_phy *p = ctx;
    if (!p->powered || address != p->address) {
        return;
    }
    if (reg == R_BCR && (value & BCR_RESET) != 0) {
        set_defaults(p, now);
        return;
    }
    uint16_t old = p->regs[reg];
    p->regs[reg] = value;
    if (reg == R_BCR) {
        bool awoke = ((old & ~value) & BCR_POWER_DOWN) != 0;
        bool began = ((value & ~old) & BCR_NEGOTIATE) != 0;
        bool again = (value & BCR_NEGOTIATE) != 0 && (value & BCR_RESTART) != 0;
        p->regs[reg] &= (uint16_t)~BCR_RESTART;
        if (awoke || began || again) {
            p->started_at = now;
            p->link_missed = true;
        }
    }
}

/* ---- packets ---- */

static bool is_clocked(void *ctx, vtime_ps now)
{
    (void)now;
    return ((struct eth_phy *)ctx)->powered;
}

static unsigned mbps(void *ctx, vtime_ps now)
{
    struct eth_phy *p = ctx;
    bool loops = p->powered && (p->regs[R_BCR] & BCR_LOOPBACK) != 0;
    return eth_phy_has_link(p, now) || loops ? (is_fast(p) ? 100 : 10) : 0;
}

static void came_from_mac(void *ctx, const uint8_t *packet, size_t length, vtime_ps now)
{
    struct eth_phy *p = ctx;
    struct chip_mii *mii = &p->chip->mii;
    if ((p->regs[R_BCR] & BCR_ISOLATE) != 0) {
        return;
    }
    if ((p->regs[R_BCR] & BCR_LOOPBACK) != 0) {
        mii->receive(mii->ctx, packet, length, now);
    } else if (p->heard != NULL) {
        p->heard(p->ctx, packet, length, now);
    }
}

void eth_phy_receive(struct eth_phy *p, const uint8_t *packet, size_t length, vtime_ps now)
{
    struct chip_mii *mii = &p->chip->mii;
    if (eth_phy_has_link(p, now) && (p->regs[R_BCR] & (BCR_ISOLATE | BCR_LOOPBACK)) == 0 &&
        mii->receive != NULL) {
        mii->receive(mii->ctx, packet, length, now);
    }
}

/* ---- life ---- */

void eth_phy_init(struct eth_phy *p, struct chip *chip, enum eth_phy_kind kind, unsigned address)
{
    *p = (struct eth_phy){.chip = chip,
                          .kind = kind,
                          .address = address,
                          .mii = {.rmii = kind == ETH_PHY_LAN8742A,
                                  .read = mdio_read,
                                  .write = mdio_write,
                                  .clocked = is_clocked,
                                  .mbps = mbps,
                                  .send = came_from_mac,
                                  .ctx = p}};
    set_defaults(p, 0);
}

void eth_phy_power(struct eth_phy *p, bool on, vtime_ps now)
{
    p->powered = on;
    set_defaults(p, now);
}
