/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
/*
 * ADC: ADC1 and ADC2 coupled in their regular groups, simultaneous or interleaved (RM0399 Rev 4, 26.4.32). Injected
 * groups stay independent: DUAL's modes that couple them, and 8-bit packing (DAMDF 3), are reported as left out.
 */
#include "vboard/periph/adc/internal.h"

enum {
    DUAL_SIMULTANEOUS_INJECTED = 1,
    DUAL_SIMULTANEOUS_ALTERNATE,
    DUAL_INTERLEAVED_INJECTED,
    DUAL_SIMULTANEOUS = 6,
    DUAL_INTERLEAVED,
};
#define DAMDF_PACKED 2u
#define DAMDF_PACKED_8_BIT 3u

static uint32_t ccr(const struct adc *a)
{
    return a->block->p.values[C_CCR];
}

bool adc_is_dual(const struct adc *a)
{
    uint32_t mode = ccr(a) & CCR_DUAL;
    return a->block->count == 2 && (mode == DUAL_SIMULTANEOUS || mode == DUAL_INTERLEAVED ||
                                    (mode != 0 && mode <= DUAL_INTERLEAVED_INJECTED));
}

bool adc_is_slave(const struct adc *a)
{
    return a->number == 1 && adc_is_dual(a);
}

static bool is_packed(const struct adc *a)
{
    return (ccr(a) >> CCR_DAMDF_POS & 3u) >= DAMDF_PACKED;
}

/* Table 224, in half cycles: 1.5 and as many whole ones as DELAY says, up to what the resolution allows. */
static uint64_t delay(const struct adc *master)
{
    static const uint8_t most[8] = {7, 6, 5, 4, 3, 6, 5, 3};
    uint32_t steps = ccr(master) >> CCR_DELAY_POS & 15u;
    uint32_t limit = most[master->values[A_CFGR] >> CFGR_RES_POS & 7u];
    return 3 + 2 * (uint64_t)(steps < limit ? steps : limit);
}

void adc_dual_convert(struct adc *master)
{
    uint32_t mode = ccr(master) & CCR_DUAL;
    struct adc *slave = &master->block->adc[1];
    struct sched *sched = &master->block->p.chip->sched;
    bool interleaved = mode == DUAL_INTERLEAVED || mode == DUAL_INTERLEAVED_INJECTED;
    if (!interleaved) {
        adc_slave_turn(slave, sched->now);
        return;
    }
    unsigned channel = master->values[A_SQR1] >> 6 & 31u;
    vtime_ps span = adc_span(master, adc_sampling_half_cycles(master, channel) + delay(master));
    if (span != VTIME_NEVER) {
        sched_at(sched, &slave->turn, sched->now + span);
    }
}

bool adc_dual_request_dma(struct adc *a)
{
    if (!adc_is_dual(a) || !is_packed(a)) {
        return false;
    }
    const struct adc *both = a->block->adc;
    uint32_t flags = both[0].values[A_ISR] & both[1].values[A_ISR];
    uint32_t overrun = (both[0].values[A_ISR] | both[1].values[A_ISR]) & ISR_OVR;
    dma_request_set(a->block->p.chip, both[0].dma[0], (flags & ISR_EOC) != 0 && overrun == 0);
    return true;
}

void adc_dual_start(struct adc *master, bool on)
{
    struct adc *slave = &master->block->adc[1];
    if (!adc_is_dual(master) || master->number != 0) {
        return;
    }
    if (!on) {
        adc_stop(slave, &slave->regular);
    } else if (adc_has(slave, A_CR, CR_ADEN)) {
        slave->values[A_CR] |= CR_ADSTART;
        slave->regular.at = 0;
    }
}

/* "Both EOC flags are cleared when the DMA reads" it. */
uint32_t adc_cdr_read(struct periph *p, unsigned slot, uint32_t value)
{
    struct adc_block *b = (struct adc_block *)p;
    (void)slot;
    (void)value;
    uint32_t data = b->adc[1].values[A_DR] << 16 | (b->adc[0].values[A_DR] & 0xFFFFu);
    if (p->chip->access.master == MASTER_DEBUG) {
        return data;
    }
    dma_request_set(p->chip, b->adc[0].dma[0], false);
    for (unsigned i = 0; i < 2; i++) {
        b->adc[i].values[A_ISR] &= ~ISR_EOC;
        adc_data_read(&b->adc[i]);
        adc_update(&b->adc[i]);
    }
    return data;
}

void adc_ccr_write(struct periph *p, unsigned slot, uint32_t old, uint32_t written)
{
    uint32_t now = p->values[slot];
    uint32_t mode = now & CCR_DUAL;
    (void)written;
    if (((old ^ now) & CCR_DUAL) != 0 && mode != 0 && mode != DUAL_SIMULTANEOUS &&
        mode != DUAL_INTERLEAVED) {
        periph_unmodelled(p, slot, CCR_DUAL);
    }
    if (((old ^ now) >> CCR_DAMDF_POS & 3u) != 0 &&
        (now >> CCR_DAMDF_POS & 3u) == DAMDF_PACKED_8_BIT) {
        periph_unmodelled(p, slot, 3u << CCR_DAMDF_POS);
    }
}
