/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
/* ETH: filters of destination and source address (RM0399 Rev 4, 61.5.3, Tables 549 and 550). */
#include "vboard/periph/eth/internal.h"

#define RDES2_SAF (1u << 16)
#define RDES2_DAF (1u << 17)
#define RDES2_HF (1u << 18)
#define RDES2_MADRM_POS 19u
#define MBC_POS 24u
#define TYPE_CONTROL 0x8808u
#define OPCODE_PAUSE 1u
#define NO_MATCH ETH_ADDRESSES

static bool is_multicast(const uint8_t *address)
{
    return (address[0] & 1u) != 0;
}

bool eth_is_broadcast(const uint8_t *packet)
{
    for (unsigned i = 0; i < 6; i++) {
        if (packet[i] != 0xFF) {
            return false;
        }
    }
    return true;
}

/* MACA0 is always enabled and compared whole; of the others MBC masks bytes, bit 29 that of ADDRHI[15:8]. */
static bool equals(const struct eth *e, unsigned n, const uint8_t *address)
{
    uint64_t high = e->p.values[n == 0 ? R_MACA0HR : R_MACAHR + n - 1];
    uint64_t own = (high & 0xFFFFu) << 32 | e->p.values[R_MACALR + n];
    unsigned mask = n == 0 ? 0 : (unsigned)(high >> MBC_POS) & 0x3Fu;
    for (unsigned i = 0; i < 6; i++) {
        if ((mask >> i & 1u) == 0 && address[i] != (uint8_t)(own >> (8 * i))) {
            return false;
        }
    }
    return true;
}

/* The first of the addresses for destinations (or sources) that matches; NO_MATCH. */
static unsigned matching(const struct eth *e, const uint8_t *address, bool source)
{
    for (unsigned n = source ? 1 : 0; n < ETH_ADDRESSES; n++) {
        uint32_t high = n == 0 ? MACAHR_AE : e->p.values[R_MACAHR + n - 1];
        if ((high & MACAHR_AE) != 0 && ((high & MACAHR_SA) != 0) == source &&
            equals(e, n, address)) {
            return n;
        }
    }
    return NO_MATCH;
}

/* "The upper six bits" of the CRC with its bits reversed. */
static unsigned hash_of(const uint8_t *address)
{
    uint32_t crc = mii_crc(address, 6);
    unsigned hash = 0;
    for (unsigned i = 0; i < 6; i++) {
        hash = hash << 1 | (crc >> i & 1u);
    }
    return hash;
}

static bool passes_hash(const struct eth *e, unsigned hash)
{
    return (e->p.values[hash < 32 ? R_MACHT0R : R_MACHT1R] >> (hash % 32) & 1u) != 0;
}

static bool matches(const struct eth *e, const uint8_t *packet, uint32_t *rdes2)
{
    bool by_hash = eth_has(e, R_MACPFR, is_multicast(packet) ? MACPFR_HMC : MACPFR_HUC);
    unsigned hash = hash_of(packet);
    if (by_hash && passes_hash(e, hash)) {
        *rdes2 |= RDES2_HF | hash << RDES2_MADRM_POS;
        return true;
    }
    unsigned n = matching(e, packet, false);
    bool perfect = n != NO_MATCH && (!by_hash || eth_has(e, R_MACPFR, MACPFR_HPF));
    *rdes2 |= perfect ? n << RDES2_MADRM_POS : 0;
    return perfect;
}

static bool passes_destination(const struct eth *e, const uint8_t *packet, uint32_t *rdes2)
{
    if (eth_has(e, R_MACPFR, MACPFR_PR)) {
        return true;
    }
    if (eth_is_broadcast(packet)) {
        return !eth_has(e, R_MACPFR, MACPFR_DBF);
    }
    if (is_multicast(packet) && eth_has(e, R_MACPFR, MACPFR_PM)) {
        return true;
    }
    return matches(e, packet, rdes2) != eth_has(e, R_MACPFR, MACPFR_DAIF);
}

/* Without an address for sources there is nothing to fail, but when SAF asks for one. */
static bool passes_source(const struct eth *e, const uint8_t *packet)
{
    bool any = eth_has(e, R_MACPFR, MACPFR_SAF);
    for (unsigned n = 1; n < ETH_ADDRESSES; n++) {
        uint32_t high = e->p.values[R_MACAHR + n - 1];
        any = any || ((high & MACAHR_AE) != 0 && (high & MACAHR_SA) != 0);
    }
    if (!any || eth_has(e, R_MACPFR, MACPFR_PR)) {
        return true;
    }
    bool match = matching(e, packet + 6, true) != NO_MATCH;
    return match != eth_has(e, R_MACPFR, MACPFR_SAIF);
}

/* PCF; *passed is what the address filter says. */
static bool passes_control(const struct eth *e, const uint8_t *packet, bool passed)
{
    switch (e->p.values[R_MACPFR] >> MACPFR_PCF_POS & 3u) {
    case 0:
        return false;
    case 1:
        return eth_be16(packet + ETH_HEADER) != OPCODE_PAUSE;
    case 2:
        return true;
    default:
        return passed;
    }
}

bool eth_filter(const struct eth *e, const uint8_t *packet, size_t length, uint32_t *rdes2)
{
    *rdes2 = 0;
    bool destination = passes_destination(e, packet, rdes2);
    bool source = passes_source(e, packet);
    bool passed = destination && (source || !eth_has(e, R_MACPFR, MACPFR_SAF));
    *rdes2 |= (destination ? 0 : RDES2_DAF) | (source ? 0 : RDES2_SAF);
    if (eth_has(e, R_MACPFR, MACPFR_RA)) {
        return true;
    }
    if (length >= ETH_HEADER + 2 && eth_be16(packet + ETH_TYPE) == TYPE_CONTROL) {
        return passes_control(e, packet, passed);
    }
    return passed;
}
