/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
/* ADC: voltages and what becomes of them (RM0399 Rev 4, 26.4.4, 26.4.12, 26.4.26 to 26.4.31). */
#include "vboard/periph/adc/internal.h"

#define CHANNELS 20u

/* Where the inputs are (data sheet DS12923, Table 8: ADC12_INPx, ADC3_INPx). */
struct input {
    char port; /* 0: inside the chip */
    uint8_t pin;
};

static const struct input adc1[CHANNELS] = {{'A', 0}, {'A', 1},  {'F', 11}, {'A', 6}, {'C', 4},
                                            {'B', 1}, {'F', 12}, {'A', 7},  {'C', 5}, {'B', 0},
                                            {'C', 0}, {'C', 1},  {'C', 2},  {'C', 3}, {'A', 2},
                                            {'A', 3}, {'A', 0},  {'A', 1},  {'A', 4}, {'A', 5}};
static const struct input adc2[CHANNELS] = {{'A', 0}, {'A', 1},  {'F', 13}, {'A', 6}, {'C', 4},
                                            {'B', 1}, {'F', 14}, {'A', 7},  {'C', 5}, {'B', 0},
                                            {'C', 0}, {'C', 1},  {'C', 2},  {'C', 3}, {'A', 2},
                                            {'A', 3}, {0, 0},    {0, 1},    {'A', 4}, {'A', 5}};
static const struct input adc3[CHANNELS] = {{'C', 2}, {'C', 3},  {'F', 9}, {'F', 7}, {'F', 5},
                                            {'F', 3}, {'F', 10}, {'F', 8}, {'F', 6}, {'F', 4},
                                            {'C', 0}, {'C', 1},  {'C', 2}, {'H', 2}, {'H', 3},
                                            {'H', 4}, {'H', 5},  {0, 17},  {0, 18},  {0, 19}};

static bool is_adc3(const struct adc *a)
{
    return a->block->p.model == &adc3_model;
}

/* ADC2: DAC1's outputs; ADC3: VBAT / 4, temperature, VREFINT, each with its enable in CCR. */
static uint32_t inside_uv(const struct adc *a, unsigned channel)
{
    uint32_t ccr = a->block->p.values[C_CCR];
    if (!is_adc3(a)) {
        return a->block->p.chip->analog.dac_uv[channel - 16];
    }
    switch (channel) {
    case 17:
        return (ccr & CCR_VBATEN) != 0 ? VDDA_MV * 1000u / 4 : 0;
    case 18:
        return (ccr & CCR_TSEN) != 0 ? TS_NOW_MV * 1000u : 0;
    default:
        return (ccr & CCR_VREFEN) != 0 ? VREFINT_MV * 1000u : 0;
    }
}

/* 26.4.12: a channel that PCSEL has not selected is not connected. */
static uint32_t input_uv(const struct adc *a, unsigned channel)
{
    const struct input *i = &(is_adc3(a) ? adc3 : a->number == 0 ? adc1 : adc2)[channel];
    bool selected = (a->values[A_PCSEL] >> channel & 1u) != 0;
    if (i->port == 0) {
        return inside_uv(a, channel);
    }
    return selected ? chip_analog_uv(a->block->p.chip, i->port, i->pin) : 0;
}

/* RES: 16, 14, 12, 10 bits; 8 by 7, and by 4 as before revision V (26.6.4). */
static unsigned resolution(const struct adc *a)
{
    static const uint8_t bits[8] = {16, 14, 12, 10, 8, 14, 12, 8};
    return bits[a->values[A_CFGR] >> CFGR_RES_POS & 7u];
}

static bool is_oversampled(const struct adc *a, bool injected)
{
    return adc_has(a, A_CFGR2, injected ? CFGR2_JOVSE : CFGR2_ROVSE);
}

static uint32_t oversamples(const struct adc *a, bool injected)
{
    uint32_t ratio = (a->values[A_CFGR2] >> CFGR2_OSVR_POS & 0x3FFu) + 1;
    return is_oversampled(a, injected) ? ratio : 1;
}

/* 26.4.27 OFRy: subtracted from what its channel gives; SSATE keeps it within the resolution. */
static int32_t offset_by(const struct adc *a, unsigned channel, int64_t value)
{
    for (unsigned y = 0; y < 4; y++) {
        uint32_t ofr = a->values[A_OFR1 + y];
        int64_t limit = INT64_C(1) << (resolution(a) - 1);
        if ((ofr & 0x03FFFFFFu) == 0 || (ofr >> 26 & 31u) != channel) {
            continue;
        }
        value -= ofr & 0x03FFFFFFu;
        if ((ofr >> 31) != 0) {
            value = value < -limit ? -limit : value >= limit ? limit - 1 : value;
        }
        break;
    }
    return (int32_t)value;
}

int32_t adc_value(const struct adc *a, unsigned channel, bool injected)
{
    channel %= CHANNELS;
    uint64_t full = (UINT64_C(1) << resolution(a)) - 1;
    uint64_t uv = input_uv(a, channel);
    uint64_t vref_uv = chip_vref_mv(a->block->p.chip) * UINT64_C(1000);
    uint64_t raw = vref_uv != 0 ? (uv * (full + 1)) / vref_uv : full;
    raw = raw > full ? full : raw;
    uint64_t sum = raw * oversamples(a, injected);
    if (is_oversampled(a, injected)) {
        sum >>= a->values[A_CFGR2] >> CFGR2_OVSS_POS & 15u;
    }
    int32_t value = offset_by(a, channel, (int64_t)sum);
    return (int32_t)((uint32_t)value << (a->values[A_CFGR2] >> CFGR2_LSHIFT_POS));
}

uint64_t adc_sampling_half_cycles(const struct adc *a, unsigned channel)
{
    static const uint16_t sampling[8] = {3, 5, 17, 33, 65, 129, 775, 1621};
    uint32_t smpr = a->values[channel < 10 ? A_SMPR1 : A_SMPR2];
    return sampling[smpr >> (3 * (channel % 10)) & 7u];
}

/* 26.4.13: sampling time and TSAR, in half cycles. */
uint64_t adc_half_cycles(const struct adc *a, unsigned channel, bool injected)
{
    uint64_t one = adc_sampling_half_cycles(a, channel) + resolution(a) + 1u;
    return one * (uint64_t)oversamples(a, injected);
}

/* ---- analog watchdogs ---- */

static bool is_watched(const struct adc *a, unsigned n, unsigned channel, bool injected)
{
    uint32_t cfgr = a->values[A_CFGR];
    if (n != 1) {
        return (a->values[n == 2 ? A_AWD2CR : A_AWD3CR] >> channel & 1u) != 0;
    }
    if ((cfgr & (injected ? CFGR_JAWD1EN : CFGR_AWD1EN)) == 0) {
        return false;
    }
    return (cfgr & CFGR_AWD1SGL) == 0 || (cfgr >> CFGR_AWD1CH_POS & 31u) == channel;
}

void adc_watch(struct adc *a, unsigned channel, bool injected, int32_t value)
{
    static const uint8_t low[4] = {0, A_LTR1, A_LTR2, A_LTR3},
                         high[4] = {0, A_HTR1, A_HTR2, A_HTR3};
    for (unsigned n = 1; n <= 3; n++) {
        bool outside = value < (int32_t)a->values[low[n]] || value > (int32_t)a->values[high[n]];
        if (is_watched(a, n, channel, injected) && outside) {
            adc_flag(a, ISR_AWD(n));
        }
    }
}
