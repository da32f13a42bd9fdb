/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
#ifndef TESTS_VBOARD_IO_ETH_RIG_H
#define TESTS_VBOARD_IO_ETH_RIG_H

/*
 * ETH with SYSCFG, the ports of its pins, SRAM1 and DTCM, and a PHY of the test's: it notes what is sent, and has 32
 * registers. Buses at 200 MHz. Descriptors are three times four words with one word skipped (DSL 1).
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "vboard/chip/chip.h"

#define ETH 0x40028000u
#define MACCR (ETH + 0x000)
#define MACPFR (ETH + 0x008)
#define MACMDIOAR (ETH + 0x200)
#define MACMDIODR (ETH + 0x204)
#define MACA0HR (ETH + 0x300)
#define MACA0LR (ETH + 0x304)
#define MTLRXQOMR (ETH + 0xD30)
#define MTLRXQMPOCR (ETH + 0xD34)
#define DMAMR (ETH + 0x1000)
#define DMAISR (ETH + 0x1008)
#define DMADSR (ETH + 0x100C)
#define DMACCR (ETH + 0x1100)
#define DMACTXCR (ETH + 0x1104)
#define DMACRXCR (ETH + 0x1108)
#define DMACTXDLAR (ETH + 0x1114)
#define DMACRXDLAR (ETH + 0x111C)
#define DMACTXDTPR (ETH + 0x1120)
#define DMACRXDTPR (ETH + 0x1128)
#define DMACTXRLR (ETH + 0x112C)
#define DMACRXRLR (ETH + 0x1130)
#define DMACIER (ETH + 0x1134)
#define DMACSR (ETH + 0x1160)
#define SYSCFG_PMCR 0x58000404u
#define RMII 4u

#define SRAM1 0x30000000u
#define DTCM 0x20000000u
#define RAM_SIZE 0x4000u
#define RING 4u
#define STRIDE 20u
#define TX_RING SRAM1
#define RX_RING (SRAM1 + 0x100)
#define TX_BUFFERS (SRAM1 + 0x1000)
#define RX_BUFFERS (SRAM1 + 0x2000)
#define RX_BUFFER_SIZE 0x200u
#define OWN (1u << 31)
#define FD (1u << 29)
#define LD (1u << 28)
#define SENT_MAX 8

struct eth_rig {
    struct chip chip;
    uint8_t ram[2][RAM_SIZE]; /* SRAM1, DTCM */
    bool line;
    struct mii_phy phy;
    uint16_t registers[32];
    unsigned mbps;
    struct {
        uint8_t bytes[2100];
        size_t length;
        vtime_ps at;
    } sent[SENT_MAX];
    unsigned sent_count;
};

/* Without and with a PHY on RMII, whose pins are routed; 100 Mbit/s. */
int eth_rig_bare(void **state);
int eth_rig_setup(void **state);
/* Fails if a finding is left. */
int eth_rig_teardown(void **state);

uint32_t rd(struct eth_rig *r, uint32_t address);
void wr(struct eth_rig *r, uint32_t address, uint32_t value);
void run_for(struct eth_rig *r, vtime_ps span);
uint8_t *at(struct eth_rig *r, uint32_t address);
uint32_t word(struct eth_rig *r, uint32_t address);
void put_word(struct eth_rig *r, uint32_t address, uint32_t value);

/* A ring of RING descriptors each way, the receive buffers of RX_BUFFER_SIZE given to the DMA; all enabled. */
void start(struct eth_rig *r);
/* Descriptor `n` gets a buffer of TX_BUFFERS + 0x400 * n; flags are added to OWN, and the tail moves behind it. */
void give_tx(struct eth_rig *r, unsigned n, const void *bytes, size_t length, uint32_t flags);
/* Descriptor `n` is the DMA's again; the tail stands at `tail`. */
void give_rx(struct eth_rig *r, unsigned n, unsigned tail);
/* A packet comes in: addresses, type, payload, padding, FCS. */
void hear(struct eth_rig *r, const uint8_t to[6], unsigned type, const void *payload,
          size_t length);

extern const uint8_t own_address[6];
extern const uint8_t everybody[6];

#endif
