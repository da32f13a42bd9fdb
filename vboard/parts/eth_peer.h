/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
#ifndef VBOARD_PARTS_ETH_PEER_H
#define VBOARD_PARTS_ETH_PEER_H

/*
 * A computer at the other end of an Ethernet cable: it answers ARP requests for its IPv4 address and pings of it, and
 * if it is told to, pings another address once a second, for which it asks by ARP first. It has no other services.
 * While it has nothing to say it costs nothing.
 */
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "vboard/kernel/sched.h"

#define ETH_PEER_PACKET 1518u
#define ETH_PEER_WAITING 8u
/* 192.168.0.1, which ST's examples take for their gateway. */
#define ETH_PEER_ADDRESS 0xC0A80001u

struct eth_peer {
    struct sched *sched;
    uint32_t address, pings; /* IPv4, the first number highest; pings 0: nobody */
    /* A packet of it, with FCS, ends now on the line. */
    void (*send)(void *ctx, const uint8_t *packet, size_t length, vtime_ps now);
    void *ctx;
    struct event answer, ping;
    struct {
        uint8_t bytes[ETH_PEER_PACKET];
        size_t length;
        vtime_ps at; /* when it ends */
    } waiting[ETH_PEER_WAITING];
    unsigned count;
    vtime_ps line_free_at;
    bool knows;         /* whom it pings */
    uint8_t station[6]; /* his address */
    uint16_t sequence;
    uint64_t answered; /* replies to its pings */
};

/* `address` 0: the default; `pings` 0: nobody. send and ctx must be set by the caller. */
void eth_peer_init(struct eth_peer *p, struct sched *sched, uint32_t address, uint32_t pings);
/* It is there from now on, or away. */
void eth_peer_plug(struct eth_peer *p, bool there, vtime_ps now);
/* A packet with FCS has come over the line. */
void eth_peer_hear(struct eth_peer *p, const uint8_t *packet, size_t length, vtime_ps now);

#endif
