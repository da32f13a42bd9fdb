/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
/* The board's Ethernet: its PHY, the cable, and the computer at the other end. */
#include "vboard/boards/board_internal.h"

static void tell(const struct board *b, const uint8_t *packet, size_t length, bool by_board,
                 vtime_ps now)
{
    const struct board_listener *l = &b->config.listener;
    if (l->eth != NULL) {
        l->eth(l->ctx, packet, length, by_board, now);
    }
}

static void heard(void *ctx, const uint8_t *packet, size_t length, vtime_ps now)
{
    struct board *b = ctx;
    tell(b, packet, length, true, now);
    eth_peer_hear(&b->eth_peer, packet, length, now);
}

/* Without a link there is nobody to send to. */
static void answered(void *ctx, const uint8_t *packet, size_t length, vtime_ps now)
{
    struct board *b = ctx;
    if (eth_phy_has_link(&b->eth_phy, now)) {
        tell(b, packet, length, false, now);
        eth_phy_receive(&b->eth_phy, packet, length, now);
    }
}

void board_wire_eth(struct board *b)
{
    struct chip *c = &b->soc.chip;
    if (b->data->eth.phy == ETH_PHY_NONE) {
        return;
    }
    eth_phy_init(&b->eth_phy, c, b->data->eth.phy, b->data->eth.address);
    for (unsigned i = 0; i < MII_LINES; i++) {
        struct board_pin pin = b->data->eth.pins[i];
        b->eth_phy.mii.pins[i] = pin.port != 0 ? chip_pin(c, pin.port, pin.number) : NULL;
    }
    b->eth_phy.heard = heard;
    b->eth_phy.ctx = b;
    b->eth_peer.send = answered;
    b->eth_peer.ctx = b;
    eth_peer_init(&b->eth_peer, &c->sched, b->config.eth_peer, b->config.eth_pings);
    c->mii.phy = &b->eth_phy.mii;
}

void board_power_eth(struct board *b, bool on)
{
    vtime_ps now = b->soc.chip.sched.now;
    if (b->data->eth.phy != ETH_PHY_NONE) {
        eth_phy_power(&b->eth_phy, on, now);
        eth_peer_plug(&b->eth_peer, on, now);
    }
}
