/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
#ifndef VBOARD_PERIPH_ETH_CHECKSUM_H
#define VBOARD_PERIPH_ETH_CHECKSUM_H

/* The checksum offload engines of both ways (RM0399 Rev 4, 61.5.5): headers of IPv4 and IPv6, TCP, UDP, ICMP. */
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum eth_ip { ETH_IP_NONE, ETH_IP_V4, ETH_IP_V6 };

/* RDES1.PT */
enum eth_payload {
    ETH_PAYLOAD_NONE,
    ETH_PAYLOAD_UDP,
    ETH_PAYLOAD_TCP,
    ETH_PAYLOAD_ICMP,
    ETH_PAYLOAD_IGMP
};

struct eth_datagram {
    enum eth_ip ip;           /* by the Ethernet type */
    bool header_error;        /* version or lengths do not fit */
    size_t header;            /* where the IP header begins */
    size_t header_bytes;      /* IPv4's */
    enum eth_payload payload; /* NONE: not processed */
    bool is_short;            /* the packet ends before the payload */
    size_t at, length;        /* of the payload, as far as it is there */
    size_t claimed;           /* its length by the IP header */
};

/* Of `length` bytes without FCS. `transmit`: the two engines know different IPv6 extension headers. */
void eth_datagram_parse(struct eth_datagram *d, const uint8_t *packet, size_t length,
                        bool transmit);

/* Is the IPv4 header's checksum right? */
bool eth_header_is_right(const struct eth_datagram *d, const uint8_t *packet);
/* Is the payload's? A UDP checksum of 0 over IPv4 is none (RFC 768). */
bool eth_payload_is_right(const struct eth_datagram *d, const uint8_t *packet);

/* Put the checksums in. `pseudo`: the pseudo-header is summed up as well; otherwise the checksum field has it. */
void eth_header_insert(const struct eth_datagram *d, uint8_t *packet);
void eth_payload_insert(const struct eth_datagram *d, uint8_t *packet, bool pseudo);

#endif
