/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
/* ETH: what the MAC makes of a packet that is to be sent (RM0399 Rev 4, 61.5.2, 61.5.5, 61.10.3, MACCR). */
#include "vboard/periph/eth/internal.h"

#include <string.h>

#include "vboard/periph/eth/checksum.h"

#define TDES3_CIC_POS 16u
#define TDES3_SAIC_POS 23u
#define TDES3_CPC_POS 26u
#define TDES3_IHE (1u << 0)
#define TDES3_PCE (1u << 12)
#define TDES3_JT (1u << 14)
#define TDES3_ES (1u << 15)
#define CPC_PAD 0u
#define CPC_CRC 1u
#define CPC_REPLACE 3u
#define SA_INSERT 1u
#define SA_REPLACE 2u
#define SA_AT 6u
#define UNPADDED (ETH_SHORTEST - ETH_FCS)

/* ---- source address ---- */

static void own_address(const struct eth *e, bool second, uint8_t address[6])
{
    bool use_second = second && eth_has(e, R_MACAHR, MACAHR_AE);
    uint32_t low = e->p.values[R_MACALR + (use_second ? 1 : 0)];
    uint32_t high = e->p.values[use_second ? R_MACAHR : R_MACA0HR];
    for (unsigned i = 0; i < 4; i++) {
        address[i] = (uint8_t)(low >> (8 * i));
    }
    address[4] = (uint8_t)high;
    address[5] = (uint8_t)(high >> 8);
}

/* SAIC of the packet, or else SARC of all: 01 inserts, 10 replaces; SARC's values are 010 and 011 (61.11.4). */
static void put_source(struct eth *e)
{
    struct eth_tx *t = &e->tx;
    unsigned saic = t->first3 >> TDES3_SAIC_POS & 7u;
    unsigned sarc = e->p.values[R_MACCR] >> MACCR_SARC_POS & 7u;
    unsigned how = saic & 3u;
    uint8_t address[6];
    if (how == 0 && (sarc & 2u) != 0) {
        how = (sarc & 1u) != 0 ? SA_REPLACE : SA_INSERT;
        saic = sarc;
    }
    own_address(e, (saic & 4u) != 0, address);
    if (how == SA_INSERT && t->length >= SA_AT) {
        memmove(t->bytes + SA_AT + 6, t->bytes + SA_AT, t->length - SA_AT);
        t->length += 6;
        memcpy(t->bytes + SA_AT, address, sizeof(address));
    } else if (how == SA_REPLACE && t->length >= SA_AT + 6) {
        memcpy(t->bytes + SA_AT, address, sizeof(address));
    }
}

/* ---- checksums ---- */

static void put_checksums(struct eth_tx *t)
{
    unsigned cic = t->first3 >> TDES3_CIC_POS & 3u;
    struct eth_datagram d;
    if (cic == 0) {
        return;
    }
    eth_datagram_parse(&d, t->bytes, t->length, true);
    t->status |= d.header_error ? TDES3_IHE : 0;
    if (d.ip == ETH_IP_V4 && d.header_bytes >= 20 && d.header + d.header_bytes <= t->length) {
        eth_header_insert(&d, t->bytes);
    }
    if (cic >= 2 && d.payload != ETH_PAYLOAD_NONE && d.payload != ETH_PAYLOAD_IGMP) {
        t->status |= d.is_short ? TDES3_PCE : 0;
        eth_payload_insert(&d, t->bytes, cic == 3);
    }
}

/* ---- padding and FCS ---- */

static void put_crc(struct eth_tx *t)
{
    uint32_t crc = mii_crc(t->bytes, t->length);
    for (unsigned i = 0; i < ETH_FCS; i++) {
        t->bytes[t->length++] = (uint8_t)(crc >> (8 * i));
    }
}

static void put_end(struct eth_tx *t)
{
    unsigned cpc = t->first3 >> TDES3_CPC_POS & 3u;
    if (cpc == CPC_PAD && t->length < UNPADDED) {
        memset(t->bytes + t->length, 0, UNPADDED - t->length);
        t->length = UNPADDED;
    }
    if (cpc == CPC_REPLACE && t->length > ETH_FCS) {
        t->length -= ETH_FCS;
    }
    if (cpc == CPC_PAD || cpc == CPC_CRC || cpc == CPC_REPLACE) {
        put_crc(t);
    }
}

/* "The MAC does not send rest of the bytes in that packet" (JD). */
static void cut(struct eth *e)
{
    uint32_t cr = e->p.values[R_MACCR];
    size_t most = (cr & MACCR_JD) != 0 ? MII_PACKET_MAX - 1 : (cr & MACCR_JE) != 0 ? 10240 : 2048;
    if (e->tx.length > most) {
        e->tx.length = most;
        e->tx.status |= TDES3_JT;
        eth_mac_status(e, MACISR_TXSTSIS, MACRXTXSR_TJT);
    }
}

void eth_tx_assemble(struct eth *e)
{
    struct eth_tx *t = &e->tx;
    t->status = 0;
    put_source(e);
    put_checksums(t);
    put_end(t);
    cut(e);
    t->status |= t->status != 0 ? TDES3_ES : 0;
}

/* ---- time ---- */

static vtime_ps bits(const struct eth *e, unsigned count)
{
    return (eth_has(e, R_MACCR, MACCR_FES) ? VTIME_NS(10) : VTIME_NS(100)) * count;
}

vtime_ps eth_tx_duration(const struct eth *e)
{
    static const uint8_t preambles[4] = {7, 5, 3, 7};
    unsigned preamble = preambles[e->p.values[R_MACCR] >> MACCR_PRELEN_POS & 3u] + 1u;
    return bits(e, 8 * (preamble + (unsigned)e->tx.length));
}

/* 96 bit times less 8 a step of IPG, or 104 and 8 more a step of EIPG and IPG (61.11.4). */
vtime_ps eth_tx_gap(const struct eth *e)
{
    unsigned ipg = e->p.values[R_MACCR] >> MACCR_IPG_POS & 7u;
    unsigned eipg = e->p.values[R_MACECR] >> MACECR_EIPG_POS & 0x1Fu;
    bool extended = eth_has(e, R_MACECR, MACECR_EIPGEN);
    return bits(e, extended ? 104 + 8 * (eipg << 3 | ipg) : 96 - 8 * ipg);
}
