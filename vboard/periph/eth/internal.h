/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
#ifndef VBOARD_PERIPH_ETH_INTERNAL_H
#define VBOARD_PERIPH_ETH_INTERNAL_H

/* Shared by the files of this folder. Nobody else includes this. */
#include "vboard/chip/chip.h"
#include "vboard/chip/transfer.h"
#include "vboard/periph/eth/eth.h"
#include "vboard/periph/eth/slots.h"

#define ETH_ADDRESSES 4u /* MACA0 to MACA3 */
#define ETH_FCS MII_FCS
#define ETH_SHORTEST 64u      /* with FCS */
#define ETH_QUEUE_BYTES 2048u /* 61.4.2 */
#define ETH_QUEUE_PACKETS 32u /* of the shortest */
#define ETH_RDES3_RS2V (1u << 27)
#define ETH_TYPE 12u /* where the Length/Type field is */
#define ETH_HEADER 14u
#define ETH_TYPE_FIRST 1536u /* below: a length */

/* What went wrong on the bus: bits of TEB and REB. */
#define BUS_DATA_ERROR 4u
#define BUS_DESCRIPTOR 2u
#define BUS_READ 1u

enum eth_tx_state { TX_STOPPED, TX_FETCHING, TX_HELD, TX_SENDING, TX_SUSPENDED };

/* The transmit engine, and the packet that it has: in TX_HELD it waits for TE, or a clock. */
struct eth_tx {
    enum eth_tx_state state;
    struct transfer transfer;
    struct event event;
    uint32_t current;       /* descriptor */
    vtime_ps free_at;       /* when the gap behind the last packet is over */
    uint32_t first3, last3; /* TDES3 of its first and last descriptor */
    uint32_t status;        /* of TDES3 */
    bool interrupts;        /* IOC */
    size_t length;
    uint8_t bytes[MII_PACKET_MAX + 16]; /* SA and FCS may come on top */
};

enum eth_rx_state { RX_STOPPED, RX_RUNNING, RX_SUSPENDED };

/* A packet in the receive queue. */
struct eth_rx_packet {
    uint16_t length;
    uint32_t rdes1, rdes2, rdes3; /* rdes3: status and type alone */
};

struct eth_rx {
    enum eth_rx_state state;
    struct transfer transfer;
    struct event event, watchdog;
    uint32_t current; /* descriptor */
    bool acquired;    /* its words are: */
    uint32_t des0, des2, des3;
    bool interrupts; /* one of the packet's descriptors so far had IOC */
    size_t taken;    /* bytes of the first packet that are in memory */
    unsigned count;
    size_t used; /* bytes in the queue */
    struct eth_rx_packet packets[ETH_QUEUE_PACKETS];
    uint8_t bytes[ETH_QUEUE_BYTES];
};

struct eth {
    struct periph p;
    struct pinfunc *lines[MII_LINES];
    struct gate *tx_gate, *rx_gate;
    struct event reset_done, mdio_done;
    struct eth_tx tx;
    struct eth_rx rx;
};

static inline bool eth_has(const struct eth *e, unsigned slot, uint32_t bits)
{
    return (e->p.values[slot] & bits) != 0;
}

static inline unsigned eth_be16(const uint8_t *at)
{
    return (unsigned)at[0] << 8 | at[1];
}

/* ---- eth.c ---- */

/* Sets the interrupt line to what the flags ask for. */
void eth_update(struct eth *e);
/* DMACSR's flags are raised. */
void eth_flag(struct eth *e, uint32_t flags);
bool eth_tx_clocked(const struct eth *e);
bool eth_rx_clocked(const struct eth *e);
/* Do MDIO's lines reach the PHY; do those that a packet takes, at the speed of the link? */
bool eth_reaches_phy(const struct eth *e);
bool eth_is_linked(const struct eth *e, bool transmit);
/* A finding about a field, by the order of `t`, while no access is under way. */
void eth_unmodelled(struct eth *e, const struct transfer *t, unsigned slot, uint32_t bits);
/* The descriptor behind the one at `current`; slots of its list and ring length. */
uint32_t eth_next_descriptor(const struct eth *e, uint32_t current, unsigned list, unsigned length);
/* A register that is cleared by reading: what it reads. */
uint32_t eth_read_clear(struct periph *p, unsigned slot, uint32_t value);
/* MACISR and MACRXTXSR get a flag. */
void eth_mac_status(struct eth *e, uint32_t isr, uint32_t status);

/* ---- regs.c, fields.c ---- */

extern const struct reg eth_regs[];
extern const struct reg_fields eth_fields[];
/* Hooks of the registers, by file. */
void eth_dmamr_write(struct periph *p, unsigned slot, uint32_t old, uint32_t written);
uint32_t eth_dmamr_read(struct periph *p, unsigned slot, uint32_t value);
uint32_t eth_dmaisr_read(struct periph *p, unsigned slot, uint32_t value);
uint32_t eth_mtlisr_read(struct periph *p, unsigned slot, uint32_t value);
uint32_t eth_macisr_read(struct periph *p, unsigned slot, uint32_t value);
void eth_macisr_write(struct periph *p, unsigned slot, uint32_t old, uint32_t written);
uint32_t eth_macrxtxsr_read(struct periph *p, unsigned slot, uint32_t value);
void eth_macrxtxsr_write(struct periph *p, unsigned slot, uint32_t old, uint32_t written);
void eth_update_write(struct periph *p, unsigned slot, uint32_t old, uint32_t written);
void eth_self_clearing_write(struct periph *p, unsigned slot, uint32_t old, uint32_t written);
void eth_mtlomr_write(struct periph *p, unsigned slot, uint32_t old, uint32_t written);

/* ---- mdio.c ---- */

void eth_mdio_init(struct eth *e);
/* While a frame is under way, writes are ignored (61.6.1). */
bool eth_mdio_intercept(struct periph *p, unsigned slot, uint32_t written);
void eth_mdio_write(struct periph *p, unsigned slot, uint32_t old, uint32_t written);

/* ---- mmc.c ---- */

enum eth_counter { COUNT_TX_GOOD, COUNT_RX_CRC, COUNT_RX_UNICAST };

void eth_count(struct eth *e, enum eth_counter counter);
/* MMC_RX_INTERRUPT and MMC_TX_INTERRUPT that are not masked: bits MMCRXIS and MMCTXIS of MACISR. */
uint32_t eth_mmc_interrupts(const struct eth *e);
uint32_t eth_counter_read(struct periph *p, unsigned slot, uint32_t value);
void eth_mmc_control_write(struct periph *p, unsigned slot, uint32_t old, uint32_t written);

/* ---- tx.c ---- */

void eth_tx_init(struct eth *e);
void eth_tx_reset(struct eth *e);
/* Something that a packet waits for may have come. */
void eth_tx_poke(struct eth *e);
uint32_t eth_dmadsr_read(struct periph *p, unsigned slot, uint32_t value);
uint32_t eth_macdr_read(struct periph *p, unsigned slot, uint32_t value);
uint32_t eth_mtltxqdr_read(struct periph *p, unsigned slot, uint32_t value);
void eth_dmactxcr_write(struct periph *p, unsigned slot, uint32_t old, uint32_t written);
void eth_dmactxdlar_write(struct periph *p, unsigned slot, uint32_t old, uint32_t written);
void eth_dmactxdtpr_write(struct periph *p, unsigned slot, uint32_t old, uint32_t written);
void eth_mtltxqomr_write(struct periph *p, unsigned slot, uint32_t old, uint32_t written);
void eth_maccr_write(struct periph *p, unsigned slot, uint32_t old, uint32_t written);

/* ---- tx_packet.c ---- */

/* What the MAC makes of the bytes that the DMA has fetched: addresses, checksums, padding, FCS (61.5.2, 61.5.5). */
void eth_tx_assemble(struct eth *e);
/* On the line, without the gap behind it. */
vtime_ps eth_tx_duration(const struct eth *e);
vtime_ps eth_tx_gap(const struct eth *e);

/* ---- rx_mac.c ---- */

/* A packet has come over the line, or by loopback. */
void eth_rx_packet(struct eth *e, const uint8_t *packet, size_t length);

/* ---- rx.c ---- */

void eth_rx_init(struct eth *e);
void eth_rx_reset(struct eth *e);
/* Into the queue, or lost. */
void eth_rx_queue(struct eth *e, const struct eth_rx_packet *packet, const uint8_t *bytes);
uint32_t eth_mtlrxqdr_read(struct periph *p, unsigned slot, uint32_t value);
void eth_dmacrxcr_write(struct periph *p, unsigned slot, uint32_t old, uint32_t written);
void eth_dmacrxdlar_write(struct periph *p, unsigned slot, uint32_t old, uint32_t written);
void eth_dmacrxdtpr_write(struct periph *p, unsigned slot, uint32_t old, uint32_t written);

/* ---- filter.c ---- */

/* Does it pass the address filters (61.5.3)? RDES2's bits of them in *rdes2. `is_unicast` likewise. */
bool eth_filter(const struct eth *e, const uint8_t *packet, size_t length, uint32_t *rdes2);
bool eth_is_broadcast(const uint8_t *packet);

#endif
