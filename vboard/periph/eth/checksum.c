/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
#include "vboard/periph/eth/checksum.h"

#define TYPE_AT 12u
#define TYPE_IPV4 0x0800u
#define TYPE_IPV6 0x86DDu
#define TYPE_VLAN 0x8100u
#define VLAN_TAG 4u
#define IPV6_HEADER 40u
#define PROTOCOL_ICMP 1u
#define PROTOCOL_IGMP 2u
#define PROTOCOL_TCP 6u
#define PROTOCOL_UDP 17u
#define PROTOCOL_ICMPV6 58u
#define NEXT_HOP_BY_HOP 0u
#define NEXT_ROUTING 43u
#define NEXT_DESTINATION 60u

static unsigned be16(const uint8_t *at)
{
    return (unsigned)at[0] << 8 | at[1];
}

static uint32_t sum(const uint8_t *at, size_t length, uint32_t start)
{
    uint32_t s = start;
    for (size_t i = 0; i + 1 < length; i += 2) {
        s += be16(at + i);
    }
    s += length % 2 != 0 ? (uint32_t)at[length - 1] << 8 : 0;
    while (s >> 16 != 0) {
        s = (s & 0xFFFFu) + (s >> 16);
    }
    return s;
}

/* ---- what is in it ---- */

static enum eth_payload payload_of(unsigned protocol, enum eth_ip ip)
{
    switch (protocol) {
    case PROTOCOL_TCP:
        return ETH_PAYLOAD_TCP;
    case PROTOCOL_UDP:
        return ETH_PAYLOAD_UDP;
    case PROTOCOL_ICMP:
        return ip == ETH_IP_V4 ? ETH_PAYLOAD_ICMP : ETH_PAYLOAD_NONE;
    case PROTOCOL_ICMPV6:
        return ip == ETH_IP_V6 ? ETH_PAYLOAD_ICMP : ETH_PAYLOAD_NONE;
    default:
        return ETH_PAYLOAD_NONE;
    }
}

/* Where the checksum stands in the payload. */
static size_t place(enum eth_payload payload)
{
    return payload == ETH_PAYLOAD_TCP ? 16 : payload == ETH_PAYLOAD_UDP ? 6 : 2;
}

static size_t shortest(enum eth_payload payload)
{
    return payload == ETH_PAYLOAD_TCP ? 20 : payload == ETH_PAYLOAD_UDP ? 8 : 4;
}

static void take_payload(struct eth_datagram *d, unsigned protocol, size_t at, size_t claimed,
                         size_t length)
{
    d->payload = payload_of(protocol, d->ip);
    d->at = at;
    d->claimed = claimed;
    d->length = claimed < length - at ? claimed : length - at;
    d->is_short = d->length < claimed;
}

static void parse_ipv4(struct eth_datagram *d, const uint8_t *packet, size_t length)
{
    const uint8_t *h = packet + d->header;
    size_t there = length - d->header;
    d->header_bytes = there >= 20 ? (h[0] & 0xFu) * 4u : 0;
    if (there < 20 || h[0] >> 4 != 4 || d->header_bytes < 20 || there < d->header_bytes) {
        d->header_error = true;
        return;
    }
    size_t total = be16(h + 2);
    bool is_fragment = (be16(h + 6) & 0x3FFFu) != 0; /* MF, or an offset */
    if (!is_fragment && total >= d->header_bytes) {
        take_payload(d, h[9], d->header + d->header_bytes, total - d->header_bytes, length);
        d->payload = h[9] == PROTOCOL_IGMP ? ETH_PAYLOAD_IGMP : d->payload;
    }
}

/* Tables 565 and 566: hop-by-hop options in the main header, destination options, and on reception a routing
 * header without segments left. */
static bool skips(unsigned next, bool is_first, const uint8_t *header, bool transmit)
{
    return (next == NEXT_HOP_BY_HOP && is_first) || next == NEXT_DESTINATION ||
           (next == NEXT_ROUTING && !transmit && header[3] == 0);
}

static void parse_ipv6(struct eth_datagram *d, const uint8_t *packet, size_t length, bool transmit)
{
    const uint8_t *h = packet + d->header;
    size_t at = d->header + IPV6_HEADER;
    if (length < at || h[0] >> 4 != 6) {
        d->header_error = true;
        return;
    }
    size_t claimed = be16(h + 4);
    unsigned next = h[6];
    bool is_first = true;
    while (length - at >= 8 && claimed >= 8 && skips(next, is_first, packet + at, transmit)) {
        size_t bytes = 8u * (packet[at + 1] + 1u);
        if (bytes > length - at || bytes > claimed) {
            d->header_error = true;
            return;
        }
        next = packet[at];
        at += bytes;
        claimed -= bytes;
        is_first = false;
    }
    take_payload(d, next, at, claimed, length);
}

void eth_datagram_parse(struct eth_datagram *d, const uint8_t *packet, size_t length, bool transmit)
{
    size_t at = TYPE_AT;
    *d = (struct eth_datagram){.ip = ETH_IP_NONE};
    if (length >= at + 2 + VLAN_TAG && be16(packet + at) == TYPE_VLAN) {
        at += VLAN_TAG;
    }
    if (length < at + 2) {
        return;
    }
    unsigned type = be16(packet + at);
    d->header = at + 2;
    if (type == TYPE_IPV4) {
        d->ip = ETH_IP_V4;
        parse_ipv4(d, packet, length);
    } else if (type == TYPE_IPV6) {
        d->ip = ETH_IP_V6;
        parse_ipv6(d, packet, length, transmit);
    }
}

/* ---- the sums ---- */

static uint32_t pseudo_header(const struct eth_datagram *d, const uint8_t *packet)
{
    static const unsigned v4[] = {
        [ETH_PAYLOAD_UDP] = PROTOCOL_UDP, [ETH_PAYLOAD_TCP] = PROTOCOL_TCP};
    const uint8_t *h = packet + d->header;
    if (d->ip == ETH_IP_V4) {
        if (d->payload == ETH_PAYLOAD_ICMP) {
            return 0; /* has none */
        }
        return sum(h + 12, 8, (uint32_t)d->claimed + v4[d->payload]);
    }
    unsigned protocol = d->payload == ETH_PAYLOAD_ICMP ? PROTOCOL_ICMPV6 : v4[d->payload];
    return sum(h + 8, 32, (uint32_t)d->claimed + protocol);
}

bool eth_header_is_right(const struct eth_datagram *d, const uint8_t *packet)
{
    return sum(packet + d->header, d->header_bytes, 0) == 0xFFFFu;
}

bool eth_payload_is_right(const struct eth_datagram *d, const uint8_t *packet)
{
    const uint8_t *p = packet + d->at;
    if (d->is_short || d->length < shortest(d->payload) ||
        (d->payload == ETH_PAYLOAD_UDP && be16(p + 4) != d->claimed)) {
        return false;
    }
    if (d->payload == ETH_PAYLOAD_UDP && d->ip == ETH_IP_V4 && be16(p + 6) == 0) {
        return true;
    }
    return sum(p, d->length, pseudo_header(d, packet)) == 0xFFFFu;
}

static void put(uint8_t *at, uint32_t value)
{
    at[0] = (uint8_t)(value >> 8);
    at[1] = (uint8_t)value;
}

void eth_header_insert(const struct eth_datagram *d, uint8_t *packet)
{
    uint8_t *h = packet + d->header;
    put(h + 10, 0);
    put(h + 10, ~sum(h, d->header_bytes, 0));
}

void eth_payload_insert(const struct eth_datagram *d, uint8_t *packet, bool pseudo)
{
    uint8_t *p = packet + d->at;
    size_t at = place(d->payload);
    bool has_pseudo = d->ip == ETH_IP_V6 || d->payload != ETH_PAYLOAD_ICMP;
    if (d->length < at + 2) {
        return;
    }
    if (pseudo && has_pseudo) {
        put(p + at, 0);
    }
    uint32_t value = ~sum(p, d->length, pseudo ? pseudo_header(d, packet) : 0) & 0xFFFFu;
    put(p + at, value == 0 && d->payload == ETH_PAYLOAD_UDP ? 0xFFFFu : value);
}
