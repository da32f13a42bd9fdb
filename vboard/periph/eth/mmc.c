/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
/* ETH: the MAC's management counters (RM0399 Rev 4, 61.5.10, 61.11.4). */
#include "vboard/periph/eth/internal.h"

#define CNTRST (1u << 0)
#define CNTSTOPRO (1u << 1)
#define RSTONRD (1u << 2)
#define CNTFREEZ (1u << 3)
#define CNTPRST (1u << 4)
#define CNTPRSTLVL (1u << 5)
#define HALF 0x80000000u
/* "Almost half" and "almost full" for CNTPRST: 16 below, as the counters of the queues are preset to 0x7F0. */
#define BELOW 16u

static const struct {
    unsigned counter, interrupt;
    uint32_t flag;
} counters[] = {
    [COUNT_TX_GOOD] = {R_TX_PACKET_COUNT_GOOD, R_MMC_TX_INTERRUPT, 1u << 21},
    [COUNT_RX_CRC] = {R_RX_CRC_ERROR_PACKETS, R_MMC_RX_INTERRUPT, 1u << 5},
    [COUNT_RX_UNICAST] = {R_RX_UNICAST_PACKETS_GOOD, R_MMC_RX_INTERRUPT, 1u << 17},
};
#define COUNTERS (sizeof(counters) / sizeof(counters[0]))

uint32_t eth_mmc_interrupts(const struct eth *e)
{
    const uint32_t *v = e->p.values;
    uint32_t rx = v[R_MMC_RX_INTERRUPT] & ~v[R_MMC_RX_INTERRUPT_MASK];
    uint32_t tx = v[R_MMC_TX_INTERRUPT] & ~v[R_MMC_TX_INTERRUPT_MASK];
    return (rx != 0 ? MACISR_MMCRXIS : 0) | (tx != 0 ? MACISR_MMCTXIS : 0);
}

void eth_count(struct eth *e, enum eth_counter counter)
{
    uint32_t *value = &e->p.values[counters[counter].counter];
    if (eth_has(e, R_MMC_CONTROL, CNTFREEZ)) {
        return;
    }
    bool full = *value == UINT32_MAX;
    if (!full || !eth_has(e, R_MMC_CONTROL, CNTSTOPRO)) {
        ++*value;
    }
    if (full || *value == HALF) {
        e->p.values[counters[counter].interrupt] |= counters[counter].flag;
        eth_update(e);
    }
}

/* Reading the lowest byte clears the counter's interrupt, and with RSTONRD the counter. */
uint32_t eth_counter_read(struct periph *p, unsigned slot, uint32_t value)
{
    if (p->chip->access.master == MASTER_DEBUG || (p->chip->access.address & 3u) != 0) {
        return value;
    }
    for (size_t i = 0; i < COUNTERS; i++) {
        if (counters[i].counter == slot) {
            p->values[counters[i].interrupt] &= ~counters[i].flag;
        }
    }
    if ((p->values[R_MMC_CONTROL] & RSTONRD) != 0) {
        p->values[slot] = 0;
    }
    eth_update((struct eth *)p);
    return value;
}

void eth_mmc_control_write(struct periph *p, unsigned slot, uint32_t old, uint32_t written)
{
    (void)old;
    if ((written & (CNTRST | CNTPRST)) != 0) {
        uint32_t level = (p->values[slot] & CNTPRSTLVL) != 0 ? 0 : HALF;
        for (size_t i = 0; i < COUNTERS; i++) {
            p->values[counters[i].counter] = (written & CNTRST) != 0 ? 0 : level - BELOW;
        }
    }
    p->values[slot] &= ~(CNTRST | CNTPRST);
}
