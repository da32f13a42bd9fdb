/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
#include "vboard/parts/eth_peer.h"

#include <string.h>

#include "vboard/chip/mii.h"

#define HEADER 14u
#define SHORTEST 60u
#define TYPE_ARP 0x0806u
#define TYPE_IPV4 0x0800u
#define ARP_BYTES 28u
#define ARP_REQUEST 1u
#define ARP_REPLY 2u
#define IP_HEADER 20u
#define PROTOCOL_ICMP 1u
#define ICMP_REPLY 0u
#define ICMP_REQUEST 8u
#define PING_BYTES 32u /* of data */
/* A computer's network stack takes some time; 100 Mbit/s, with 8 bytes of preamble and 12 of gap. */
#define THINKS_PS VTIME_US(20)
#define BYTE_PS VTIME_NS(80)
#define OVERHEAD 20u

/* Locally administered. */
static const uint8_t own_station[6] = {0x02, 0x00, 0x00, 0x00, 0x00, 0x01};
static const uint8_t everybody[6] = {0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF};

static unsigned get16(const uint8_t *at)
{
    return (unsigned)at[0] << 8 | at[1];
}

static uint32_t get32(const uint8_t *at)
{
    return (uint32_t)get16(at) << 16 | get16(at + 2);
}

static void put16(uint8_t *at, uint32_t value)
{
    at[0] = (uint8_t)(value >> 8);
    at[1] = (uint8_t)value;
}

static void put32(uint8_t *at, uint32_t value)
{
    put16(at, value >> 16);
    put16(at + 2, value);
}

/* RFC 1071. */
static uint32_t checksum(const uint8_t *at, size_t length)
{
    uint32_t s = 0;
    for (size_t i = 0; i < length; i++) {
        s += i % 2 == 0 ? (uint32_t)at[i] << 8 : at[i];
    }
    while (s >> 16 != 0) {
        s = (s & 0xFFFFu) + (s >> 16);
    }
    return ~s & 0xFFFFu;
}

/* ---- sending ---- */

/* What waits is sent in turn; there is one event, for the first. */
static void sent(void *ctx, vtime_ps now)
{
    struct eth_peer *p = ctx;
    p->send(p->ctx, p->waiting[0].bytes, p->waiting[0].length, now);
    p->count--;
    memmove(p->waiting, p->waiting + 1, p->count * sizeof(p->waiting[0]));
    if (p->count != 0) {
        sched_at(p->sched, &p->answer, p->waiting[0].at);
    }
}

/* A buffer with the header in it; NULL: too many wait. */
static uint8_t *begin(struct eth_peer *p, const uint8_t *to, unsigned type)
{
    if (p->count == ETH_PEER_WAITING) {
        return NULL;
    }
    uint8_t *b = p->waiting[p->count].bytes;
    memset(b, 0, ETH_PEER_PACKET);
    memcpy(b, to, 6);
    memcpy(b + 6, own_station, 6);
    put16(b + 12, type);
    return b;
}

static void end(struct eth_peer *p, size_t payload, vtime_ps now)
{
    uint8_t *b = p->waiting[p->count].bytes;
    size_t n = HEADER + payload < SHORTEST ? SHORTEST : HEADER + payload;
    uint32_t crc = mii_crc(b, n);
    for (unsigned i = 0; i < MII_FCS; i++) {
        b[n++] = (uint8_t)(crc >> (8 * i));
    }
    vtime_ps from = now + THINKS_PS;
    from = from > p->line_free_at ? from : p->line_free_at;
    p->line_free_at = from + BYTE_PS * (n + OVERHEAD);
    p->waiting[p->count].length = n;
    p->waiting[p->count].at = p->line_free_at;
    if (p->count++ == 0) {
        sched_at(p->sched, &p->answer, p->waiting[0].at);
    }
}

/* ---- ARP (RFC 826) ---- */

static void send_arp(struct eth_peer *p, unsigned operation, const uint8_t *station,
                     uint32_t address, vtime_ps now)
{
    uint8_t *b = begin(p, operation == ARP_REQUEST ? everybody : station, TYPE_ARP);
    if (b == NULL) {
        return;
    }
    uint8_t *a = b + HEADER;
    put16(a, 1); /* Ethernet */
    put16(a + 2, TYPE_IPV4);
    a[4] = 6;
    a[5] = 4;
    put16(a + 6, operation);
    memcpy(a + 8, own_station, 6);
    put32(a + 14, p->address);
    if (operation == ARP_REPLY) {
        memcpy(a + 18, station, 6);
    }
    put32(a + 24, address);
    end(p, ARP_BYTES, now);
}

static void hear_arp(struct eth_peer *p, const uint8_t *a, size_t length, vtime_ps now)
{
    if (length < ARP_BYTES || get16(a) != 1 || get16(a + 2) != TYPE_IPV4) {
        return;
    }
    uint32_t from = get32(a + 14);
    if (p->pings != 0 && from == p->pings) {
        memcpy(p->station, a + 8, 6);
        p->knows = true;
    }
    if (get16(a + 6) == ARP_REQUEST && get32(a + 24) == p->address) {
        send_arp(p, ARP_REPLY, a + 8, from, now);
    }
}

/* ---- ICMP (RFC 792) ---- */

static void send_icmp(struct eth_peer *p, const uint8_t *station, uint32_t to, unsigned type,
                      const uint8_t *rest, size_t length, vtime_ps now)
{
    uint8_t *b = begin(p, station, TYPE_IPV4);
    if (b == NULL || HEADER + IP_HEADER + 4 + length + MII_FCS > ETH_PEER_PACKET) {
        return;
    }
    uint8_t *ip = b + HEADER;
    uint8_t *icmp = ip + IP_HEADER;
    size_t total = IP_HEADER + 4 + length;
    ip[0] = 0x45;
    put16(ip + 2, (uint32_t)total);
    ip[8] = 64; /* time to live */
    ip[9] = PROTOCOL_ICMP;
    put32(ip + 12, p->address);
    put32(ip + 16, to);
    put16(ip + 10, checksum(ip, IP_HEADER));
    icmp[0] = (uint8_t)type;
    memcpy(icmp + 4, rest, length);
    put16(icmp + 2, checksum(icmp, 4 + length));
    end(p, total, now);
}

/* Datagrams that are damaged, in pieces, or for somebody else are nobody's. */
static void hear_ipv4(struct eth_peer *p, const uint8_t *packet, size_t length, vtime_ps now)
{
    const uint8_t *ip = packet + HEADER;
    size_t there = length - HEADER;
    size_t header = there >= IP_HEADER ? (ip[0] & 0xFu) * 4u : 0;
    if (header < IP_HEADER || there < header || ip[0] >> 4 != 4 || checksum(ip, header) != 0) {
        return;
    }
    size_t total = get16(ip + 2);
    bool is_whole = (get16(ip + 6) & 0x3FFFu) == 0;
    if (total > there || total < header + 8 || !is_whole || ip[9] != PROTOCOL_ICMP ||
        get32(ip + 16) != p->address) {
        return;
    }
    const uint8_t *icmp = ip + header;
    size_t bytes = total - header;
    if (checksum(icmp, bytes) != 0) {
        return;
    }
    if (icmp[0] == ICMP_REQUEST) {
        send_icmp(p, packet + 6, get32(ip + 12), ICMP_REPLY, icmp + 4, bytes - 4, now);
    } else if (icmp[0] == ICMP_REPLY && get32(ip + 12) == p->pings) {
        p->answered++;
    }
}

void eth_peer_hear(struct eth_peer *p, const uint8_t *packet, size_t length, vtime_ps now)
{
    bool is_ours = length >= HEADER + MII_FCS &&
                   (memcmp(packet, own_station, 6) == 0 || memcmp(packet, everybody, 6) == 0);
    if (!is_ours || mii_crc(packet, length) != 0x2144DF1Cu) { /* what a right FCS leaves */
        return;
    }
    length -= MII_FCS;
    if (get16(packet + 12) == TYPE_ARP) {
        hear_arp(p, packet + HEADER, length - HEADER, now);
    } else if (get16(packet + 12) == TYPE_IPV4) {
        hear_ipv4(p, packet, length, now);
    }
}

/* ---- pinging ---- */

static void ping(void *ctx, vtime_ps now)
{
    struct eth_peer *p = ctx;
    uint8_t rest[4 + PING_BYTES];
    if (!p->knows) {
        send_arp(p, ARP_REQUEST, everybody, p->pings, now);
    } else {
        put16(rest, 1); /* identifier */
        put16(rest + 2, ++p->sequence);
        for (unsigned i = 0; i < PING_BYTES; i++) {
            rest[4 + i] = (uint8_t)('a' + i % 23);
        }
        send_icmp(p, p->station, p->pings, ICMP_REQUEST, rest, sizeof(rest), now);
    }
    sched_at(p->sched, &p->ping, now + VTIME_S(1));
}

void eth_peer_init(struct eth_peer *p, struct sched *sched, uint32_t address, uint32_t pings)
{
    p->sched = sched;
    p->address = address != 0 ? address : ETH_PEER_ADDRESS;
    p->pings = pings;
    event_init(&p->answer, sent, p);
    event_init(&p->ping, ping, p);
}

void eth_peer_plug(struct eth_peer *p, bool there, vtime_ps now)
{
    sched_cancel(p->sched, &p->answer);
    sched_cancel(p->sched, &p->ping);
    p->count = 0;
    p->knows = false;
    if (there && p->pings != 0) {
        sched_at(p->sched, &p->ping, now + VTIME_S(1));
    }
}
