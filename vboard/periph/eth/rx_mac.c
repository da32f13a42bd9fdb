/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
/* ETH: what the MAC makes of a packet that comes in (RM0399 Rev 4, 61.4.3, 61.5.5, 61.10.4, MACCR). */
#include "vboard/periph/eth/internal.h"

#include "vboard/periph/eth/checksum.h"

#define RDES1_IPHE (1u << 3)
#define RDES1_IPV4 (1u << 4)
#define RDES1_IPV6 (1u << 5)
#define RDES1_IPCB (1u << 6)
#define RDES1_IPCE (1u << 7)
#define RDES1_OPC_POS 16u
#define RDES3_ES (1u << 15)
#define RDES3_LT_POS 16u
#define RDES3_RWT (1u << 22)
#define RDES3_GP (1u << 23)
#define RDES3_CE (1u << 24)
#define RDES3_RS1V (1u << 26)
#define TYPE_VLAN 0x8100u
#define TYPE_CONTROL 0x8808u
#define LT_TYPE 1u
#define LT_VLAN 4u
#define LT_CONTROL 6u
#define PLAIN_LIMIT 1518u
#define TAG 4u

/* ---- lengths ---- */

/* Table 606, GPSLCE and GPSL. */
static bool is_giant(const struct eth *e, const uint8_t *packet, size_t length)
{
    uint32_t cr = e->p.values[R_MACCR];
    uint32_t gpsl = e->p.values[R_MACECR] & MACECR_GPSL;
    size_t limit = PLAIN_LIMIT;
    bool tagged = eth_be16(packet + ETH_TYPE) == TYPE_VLAN;
    if ((cr & MACCR_JE) != 0) {
        limit = 9018;
    } else if ((cr & MACCR_S2KP) != 0) {
        return length > 2000;
    } else if ((cr & MACCR_GPSLCE) != 0 && gpsl > PLAIN_LIMIT) {
        limit = gpsl;
    }
    return length > limit + (tagged ? TAG : 0);
}

/* The watchdog: WD, JE, or WTO in KB from 2 on. */
static size_t longest(const struct eth *e)
{
    uint32_t cr = e->p.values[R_MACCR];
    uint32_t wtr = e->p.values[R_MACWTR];
    if ((cr & MACCR_WD) != 0) {
        return MII_PACKET_MAX - 1;
    }
    if ((wtr & MACWTR_PWE) != 0) {
        size_t kb = 2 + (wtr & MACWTR_WTO);
        return kb < 16 ? kb * 1024 : MII_PACKET_MAX - 1;
    }
    return (cr & MACCR_JE) != 0 ? 10240 : 2048;
}

/* ---- status ---- */

static bool has_good_fcs(const struct eth *e, const uint8_t *packet, size_t length)
{
    if (eth_has(e, R_MACECR, MACECR_DCRCC)) {
        return true;
    }
    const uint8_t *fcs = packet + length - ETH_FCS;
    return mii_crc(packet, length - ETH_FCS) ==
           (fcs[0] | (uint32_t)fcs[1] << 8 | (uint32_t)fcs[2] << 16 | (uint32_t)fcs[3] << 24);
}

/* RDES1 of the checksum engine; it is bypassed by what it does not process. */
static uint32_t check_sums(const struct eth *e, const uint8_t *packet, size_t length)
{
    struct eth_datagram d;
    if (!eth_has(e, R_MACCR, MACCR_IPC)) {
        return 0;
    }
    eth_datagram_parse(&d, packet, length - ETH_FCS, false);
    if (d.ip == ETH_IP_NONE) {
        return RDES1_IPCB;
    }
    uint32_t s = d.ip == ETH_IP_V4 ? RDES1_IPV4 : RDES1_IPV6;
    if (d.header_error || (d.ip == ETH_IP_V4 && !eth_header_is_right(&d, packet))) {
        return s | RDES1_IPHE;
    }
    if (d.payload == ETH_PAYLOAD_NONE || d.payload == ETH_PAYLOAD_IGMP) {
        return s | RDES1_IPCB | d.payload;
    }
    return s | d.payload | (eth_payload_is_right(&d, packet) ? 0 : RDES1_IPCE);
}

static unsigned kind_of(unsigned type)
{
    return type < ETH_TYPE_FIRST  ? 0
           : type == TYPE_VLAN    ? LT_VLAN
           : type == TYPE_CONTROL ? LT_CONTROL
                                  : LT_TYPE;
}

/* ACS strips pad and FCS of packets with a length, CST the FCS of those with a type (Table 607). */
static size_t stripped(const struct eth *e, unsigned type, size_t length)
{
    if (type >= ETH_TYPE_FIRST) {
        return length - (eth_has(e, R_MACCR, MACCR_CST) ? ETH_FCS : 0);
    }
    if (!eth_has(e, R_MACCR, MACCR_ACS)) {
        return length;
    }
    size_t whole = ETH_HEADER + type;
    return whole < length - ETH_FCS ? whole : length - ETH_FCS;
}

/* ---- what goes on to the queue ---- */

static bool is_dropped(const struct eth *e, const struct eth_rx_packet *r, size_t length)
{
    bool forwards = eth_has(e, R_MTLRXQOMR, MTLRXQOMR_FEP);
    bool bad_sum = (r->rdes1 & (RDES1_IPHE | RDES1_IPCE)) != 0;
    if ((r->rdes3 & (RDES3_CE | RDES3_RWT)) != 0) {
        return !forwards || length < ETH_SHORTEST; /* "all packets except the runt error packets" */
    }
    if (length < ETH_SHORTEST && !eth_has(e, R_MTLRXQOMR, MTLRXQOMR_FUP)) {
        return true;
    }
    return bad_sum && !forwards && !eth_has(e, R_MTLRXQOMR, MTLRXQOMR_DIS_TCP_EF);
}

/* Errors, type and sums of a packet that the filters pass. */
static void judge(struct eth *e, const uint8_t *packet, size_t length, struct eth_rx_packet *r)
{
    unsigned type = eth_be16(packet + ETH_TYPE);
    r->rdes3 |= RDES3_RS1V | kind_of(type) << RDES3_LT_POS;
    r->rdes3 |= is_giant(e, packet, length) ? RDES3_GP : 0;
    if ((r->rdes3 & RDES3_RWT) == 0 && !has_good_fcs(e, packet, length)) {
        r->rdes3 |= RDES3_CE;
        eth_count(e, COUNT_RX_CRC);
    }
    r->rdes1 = check_sums(e, packet, length);
    if (type == TYPE_CONTROL) {
        r->rdes1 |= (uint32_t)eth_be16(packet + ETH_HEADER) << RDES1_OPC_POS;
    }
    r->rdes3 |= (r->rdes3 & (RDES3_CE | RDES3_RWT | RDES3_GP)) != 0 ? RDES3_ES : 0;
    r->rdes3 |= r->rdes2 != 0 ? ETH_RDES3_RS2V : 0;
    r->length = (uint16_t)stripped(e, type, length);
}

void eth_rx_packet(struct eth *e, const uint8_t *packet, size_t length)
{
    struct eth_rx_packet r = {.rdes3 = 0};
    bool on = eth_has(e, R_MACCR, MACCR_RE) && !eth_has(e, R_DMAMR, DMAMR_SWR);
    if (!on || !eth_rx_clocked(e) || length < ETH_HEADER + 2 + ETH_FCS) {
        return;
    }
    if (!eth_filter(e, packet, length, &r.rdes2)) {
        return;
    }
    if (length > longest(e)) {
        length = longest(e);
        r.rdes3 |= RDES3_RWT;
        eth_mac_status(e, MACISR_RXSTSIS, MACRXTXSR_RWT);
        eth_flag(e, DMACSR_RWT);
    }
    judge(e, packet, length, &r);
    if ((r.rdes3 & RDES3_ES) == 0 && (packet[0] & 1u) == 0) {
        eth_count(e, COUNT_RX_UNICAST);
    }
    if (!is_dropped(e, &r, length)) {
        eth_rx_queue(e, &r, packet);
    }
}
