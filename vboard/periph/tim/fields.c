/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
/* TIM2 to TIM7, TIM12 to TIM17: the fields of its registers (RM0399 Rev 4, 41.4, 42.4, 43.5, 43.6 and 44.4) and what the model makes of each. */
#include "vboard/chip/fields.h"
#include "vboard/periph/tim/tim.h"

static const char why_aoe[] = "MOE is not set by an update";
static const char why_brk[] = "no break inputs: MOE falls by EGR.BG alone";
static const char why_brk_sel[] = "selects break sources; BDTR.BKE is reported";
static const char why_com[] = "sets COMIF alone: nothing is preloaded for it";
static const char why_comp[] = "no complementary outputs";
static const char why_dma[] = "no DMA controller takes the request";
static const char why_etr[] = "no external trigger input";
static const char why_fast[] = "used with a trigger input only, and SMCR is reported";
static const char why_filter[] = "every edge counts at once";
static const char why_filter_clock[] = "only input filters and dead time use it";
static const char why_idle[] = "outputs are off, not at an idle level, while MOE is 0";
static const char why_lock[] = "nothing is locked";
static const char why_modes[] = "modes 8 to 15 leave the output as it is";
static const char why_ocref[] = "no OCREF clear input";
static const char why_preload[] = "no preloaded commutation";
static const char why_slave[] = "no trigger inputs, slave modes or external clocks";
static const char why_tisel[] = "inputs are pins alone";
static const char why_tisel_some[] = "of internal sources only LSE, LSI, CSI and HSE_1MHz";
static const char why_trg_only[] = "set by EGR alone: no trigger, commutation or break comes";
static const char why_trgo[] = "TRGO leads nowhere: no timer, converter or DAC listens";
static const char why_xor[] = "TI1 is channel 1 alone, not the XOR of three";

static const struct field cr1[] = {
    ACTS("UIFREMAP", BIT(11)), NO_ACTION("CKD", BITS(9, 8), why_filter_clock),
    ACTS("ARPE", BIT(7)),      ACTS("CMS", BITS(6, 5)),
    ACTS("DIR", BIT(4)),       ACTS("OPM", BIT(3)),
    ACTS("URS", BIT(2)),       ACTS("UDIS", BIT(1)),
    ACTS("CEN", BIT(0)),       FIELDS_END};
static const struct field cr2[] = {UNMODELLED("OIS2", BIT(10), why_idle),
                                   UNMODELLED("OIS1N", BIT(9), why_idle),
                                   UNMODELLED("OIS1", BIT(8), why_idle),
                                   UNMODELLED("TI1S", BIT(7), why_xor),
                                   UNMODELLED("MMS", BITS(6, 4), why_trgo),
                                   UNMODELLED("CCDS", BIT(3), why_dma),
                                   UNMODELLED("CCUS", BIT(2), why_preload),
                                   UNMODELLED("CCPC", BIT(0), why_preload),
                                   FIELDS_END};
static const struct field smcr[] = {
    UNMODELLED("ETP", BIT(15), why_slave),       UNMODELLED("ECE", BIT(14), why_slave),
    UNMODELLED("ETPS", BITS(13, 12), why_slave), UNMODELLED("ETF", BITS(11, 8), why_slave),
    UNMODELLED("MSM", BIT(7), why_slave),        UNMODELLED("TS", 0x00300070, why_slave),
    UNMODELLED("SMS", 0x00010007, why_slave),    FIELDS_END};
static const struct field dier[] = {UNMODELLED("TDE", BIT(14), why_dma),
                                    UNMODELLED("COMDE", BIT(13), why_dma),
                                    UNMODELLED("CC4DE", BIT(12), why_dma),
                                    UNMODELLED("CC3DE", BIT(11), why_dma),
                                    UNMODELLED("CC2DE", BIT(10), why_dma),
                                    UNMODELLED("CC1DE", BIT(9), why_dma),
                                    UNMODELLED("UDE", BIT(8), why_dma),
                                    PARTLY("BIE", BIT(7), why_trg_only),
                                    PARTLY("TIE", BIT(6), why_trg_only),
                                    PARTLY("COMIE", BIT(5), why_trg_only),
                                    ACTS("CC4IE", BIT(4)),
                                    ACTS("CC3IE", BIT(3)),
                                    ACTS("CC2IE", BIT(2)),
                                    ACTS("CC1IE", BIT(1)),
                                    ACTS("UIE", BIT(0)),
                                    FIELDS_END};
static const struct field sr[] = {ACTS("CC4OF", BIT(12)),
                                  ACTS("CC3OF", BIT(11)),
                                  ACTS("CC2OF", BIT(10)),
                                  ACTS("CC1OF", BIT(9)),
                                  PARTLY("BIF", BIT(7), why_trg_only),
                                  PARTLY("TIF", BIT(6), why_trg_only),
                                  PARTLY("COMIF", BIT(5), why_trg_only),
                                  ACTS("CC4IF", BIT(4)),
                                  ACTS("CC3IF", BIT(3)),
                                  ACTS("CC2IF", BIT(2)),
                                  ACTS("CC1IF", BIT(1)),
                                  ACTS("UIF", BIT(0)),
                                  FIELDS_END};
static const struct field egr[] = {ACTS("BG", BIT(7)),
                                   PARTLY("TG", BIT(6), why_trg_only),
                                   PARTLY("COMG", BIT(5), why_com),
                                   ACTS("CC4G", BIT(4)),
                                   ACTS("CC3G", BIT(3)),
                                   ACTS("CC2G", BIT(2)),
                                   ACTS("CC1G", BIT(1)),
                                   ACTS("UG", BIT(0)),
                                   FIELDS_END};
static const struct field ccmr1[] = {ACTS("CC1S", BITS(1, 0)),
                                     NO_ACTION("OC1FE", BIT(2), why_fast),
                                     ACTS("IC1PSC", BITS(3, 2)),
                                     ACTS("OC1PE", BIT(3)),
                                     PARTLY("OC1M", 0x00010070, why_modes),
                                     PARTLY("IC1F", BITS(7, 4), why_filter),
                                     PARTLY("OC1CE", BIT(7), why_ocref),
                                     ACTS("CC2S", BITS(9, 8)),
                                     NO_ACTION("OC2FE", BIT(10), why_fast),
                                     ACTS("IC2PSC", BITS(11, 10)),
                                     ACTS("OC2PE", BIT(11)),
                                     PARTLY("OC2M", 0x01007000, why_modes),
                                     PARTLY("IC2F", BITS(15, 12), why_filter),
                                     PARTLY("OC2CE", BIT(15), why_ocref),
                                     FIELDS_END};
static const struct field ccmr1_few[] = {ACTS("CC1S", BITS(1, 0)),
                                         NO_ACTION("OC1FE", BIT(2), why_fast),
                                         ACTS("IC1PSC", BITS(3, 2)),
                                         ACTS("OC1PE", BIT(3)),
                                         PARTLY("OC1M", 0x00010070, why_modes),
                                         PARTLY("IC1F", BITS(7, 4), why_filter),
                                         ACTS("CC2S", BITS(9, 8)),
                                         NO_ACTION("OC2FE", BIT(10), why_fast),
                                         ACTS("IC2PSC", BITS(11, 10)),
                                         ACTS("OC2PE", BIT(11)),
                                         PARTLY("OC2M", 0x01007000, why_modes),
                                         PARTLY("IC2F", BITS(15, 12), why_filter),
                                         FIELDS_END};
static const struct field ccmr2[] = {ACTS("CC3S", BITS(1, 0)),
                                     NO_ACTION("OC3FE", BIT(2), why_fast),
                                     ACTS("IC3PSC", BITS(3, 2)),
                                     ACTS("OC3PE", BIT(3)),
                                     PARTLY("OC3M", 0x00010070, why_modes),
                                     PARTLY("IC3F", BITS(7, 4), why_filter),
                                     PARTLY("OC3CE", BIT(7), why_ocref),
                                     ACTS("CC4S", BITS(9, 8)),
                                     NO_ACTION("OC4FE", BIT(10), why_fast),
                                     ACTS("IC4PSC", BITS(11, 10)),
                                     ACTS("OC4PE", BIT(11)),
                                     PARTLY("OC4M", 0x01007000, why_modes),
                                     PARTLY("IC4F", BITS(15, 12), why_filter),
                                     PARTLY("OC4CE", BIT(15), why_ocref),
                                     FIELDS_END};
static const struct field ccer[] = {ACTS("CC4NP", BIT(15)),
                                    ACTS("CC4P", BIT(13)),
                                    ACTS("CC4E", BIT(12)),
                                    ACTS("CC3NP", BIT(11)),
                                    ACTS("CC3P", BIT(9)),
                                    ACTS("CC3E", BIT(8)),
                                    ACTS("CC2NP", BIT(7)),
                                    ACTS("CC2P", BIT(5)),
                                    ACTS("CC2E", BIT(4)),
                                    ACTS("CC1NP", BIT(3)),
                                    UNMODELLED("CC1NE", BIT(2), why_comp),
                                    ACTS("CC1P", BIT(1)),
                                    ACTS("CC1E", BIT(0)),
                                    FIELDS_END};
static const struct field cnt[] = {ACTS("UIFCPY", BIT(31)), ACTS("CNT", BITS(15, 0)), FIELDS_END};
static const struct field cnt_wide[] = {ACTS("CNT", BITS(31, 0)), FIELDS_END};
static const struct field psc[] = {ACTS("PSC", BITS(15, 0)), FIELDS_END};
static const struct field arr[] = {ACTS("ARR", BITS(31, 0)), FIELDS_END};
static const struct field rcr[] = {ACTS("REP", BITS(7, 0)), FIELDS_END};
static const struct field ccr1[] = {ACTS("CCR1", BITS(31, 0)), FIELDS_END};
static const struct field ccr2[] = {ACTS("CCR2", BITS(31, 0)), FIELDS_END};
static const struct field ccr3[] = {ACTS("CCR3", BITS(31, 0)), FIELDS_END};
static const struct field ccr4[] = {ACTS("CCR4", BITS(31, 0)), FIELDS_END};
static const struct field bdtr[] = {
    NO_ACTION("BKF", BITS(19, 16), why_brk_sel), ACTS("MOE", BIT(15)),
    UNMODELLED("AOE", BIT(14), why_aoe),         NO_ACTION("BKP", BIT(13), why_brk_sel),
    UNMODELLED("BKE", BIT(12), why_brk),         UNMODELLED("OSSR", BIT(11), why_idle),
    UNMODELLED("OSSI", BIT(10), why_idle),       UNMODELLED("LOCK", BITS(9, 8), why_lock),
    UNMODELLED("DTG", BITS(7, 0), why_comp),     FIELDS_END};
static const struct field dcr[] = {UNMODELLED("DBL", BITS(12, 8), why_dma),
                                   UNMODELLED("DBA", BITS(4, 0), why_dma), FIELDS_END};
static const struct field dmar[] = {UNMODELLED("DMAB", BITS(15, 0), why_dma), FIELDS_END};
static const struct field af1[] = {UNMODELLED("ETRSEL", BITS(17, 14), why_etr), FIELDS_END};
static const struct field tisel[] = {UNMODELLED("TI4SEL", BITS(27, 24), why_tisel),
                                     UNMODELLED("TI3SEL", BITS(19, 16), why_tisel),
                                     UNMODELLED("TI2SEL", BITS(11, 8), why_tisel),
                                     UNMODELLED("TI1SEL", BITS(3, 0), why_tisel), FIELDS_END};
static const struct field af1_15[] = {
    NO_ACTION("BKCMP2P", BIT(11), why_brk_sel), NO_ACTION("BKCMP1P", BIT(10), why_brk_sel),
    NO_ACTION("BKINP", BIT(9), why_brk_sel),    NO_ACTION("BKDF1BK0E", BIT(8), why_brk_sel),
    NO_ACTION("BKCMP2E", BIT(2), why_brk_sel),  NO_ACTION("BKCMP1E", BIT(1), why_brk_sel),
    NO_ACTION("BKINE", BIT(0), why_brk_sel),    FIELDS_END};
static const struct field af1_16[] = {
    NO_ACTION("BKCMP2P", BIT(11), why_brk_sel), NO_ACTION("BKCMP1P", BIT(10), why_brk_sel),
    NO_ACTION("BKINP", BIT(9), why_brk_sel),    NO_ACTION("BKDF1BK2E", BIT(8), why_brk_sel),
    NO_ACTION("BKCMP2E", BIT(2), why_brk_sel),  NO_ACTION("BKCMP1E", BIT(1), why_brk_sel),
    NO_ACTION("BKINE", BIT(0), why_brk_sel),    FIELDS_END};
static const struct field tisel_15[] = {UNMODELLED("TI2SEL", BITS(11, 8), why_tisel),
                                        PARTLY("TI1SEL", BITS(3, 0), why_tisel_some), FIELDS_END};

const struct reg_fields tim2_fields[] = {
    {0x00, 1, 0, cr1},  {0x04, 1, 0, cr2},      {0x08, 1, 0, smcr},  {0x0C, 1, 0, dier},
    {0x10, 1, 0, sr},   {0x14, 1, 0, egr},      {0x18, 1, 0, ccmr1}, {0x1C, 1, 0, ccmr2},
    {0x20, 1, 0, ccer}, {0x24, 1, 0, cnt_wide}, {0x28, 1, 0, psc},   {0x2C, 1, 0, arr},
    {0x30, 1, 0, rcr},  {0x34, 1, 0, ccr1},     {0x38, 1, 0, ccr2},  {0x3C, 1, 0, ccr3},
    {0x40, 1, 0, ccr4}, {0x44, 1, 0, bdtr},     {0x48, 1, 0, dcr},   {0x4C, 1, 0, dmar},
    {0x60, 1, 0, af1},  {0x68, 1, 0, tisel},    REG_FIELDS_END,
};

const struct reg_fields tim3_fields[] = {
    {0x00, 1, 0, cr1},  {0x04, 1, 0, cr2},   {0x08, 1, 0, smcr},  {0x0C, 1, 0, dier},
    {0x10, 1, 0, sr},   {0x14, 1, 0, egr},   {0x18, 1, 0, ccmr1}, {0x1C, 1, 0, ccmr2},
    {0x20, 1, 0, ccer}, {0x24, 1, 0, cnt},   {0x28, 1, 0, psc},   {0x2C, 1, 0, arr},
    {0x30, 1, 0, rcr},  {0x34, 1, 0, ccr1},  {0x38, 1, 0, ccr2},  {0x3C, 1, 0, ccr3},
    {0x40, 1, 0, ccr4}, {0x44, 1, 0, bdtr},  {0x48, 1, 0, dcr},   {0x4C, 1, 0, dmar},
    {0x60, 1, 0, af1},  {0x68, 1, 0, tisel}, REG_FIELDS_END,
};

const struct reg_fields tim12_fields[] = {
    {0x00, 1, 0, cr1},   {0x04, 1, 0, cr2},  {0x08, 1, 0, smcr},      {0x0C, 1, 0, dier},
    {0x10, 1, 0, sr},    {0x14, 1, 0, egr},  {0x18, 1, 0, ccmr1_few}, {0x20, 1, 0, ccer},
    {0x24, 1, 0, cnt},   {0x28, 1, 0, psc},  {0x2C, 1, 0, arr},       {0x30, 1, 0, rcr},
    {0x34, 1, 0, ccr1},  {0x38, 1, 0, ccr2}, {0x3C, 1, 0, ccr3},      {0x40, 1, 0, ccr4},
    {0x44, 1, 0, bdtr},  {0x48, 1, 0, dcr},  {0x4C, 1, 0, dmar},      {0x60, 1, 0, af1},
    {0x68, 1, 0, tisel}, REG_FIELDS_END,
};

const struct reg_fields tim15_fields[] = {
    {0x00, 1, 0, cr1},      {0x04, 1, 0, cr2},  {0x08, 1, 0, smcr},      {0x0C, 1, 0, dier},
    {0x10, 1, 0, sr},       {0x14, 1, 0, egr},  {0x18, 1, 0, ccmr1_few}, {0x20, 1, 0, ccer},
    {0x24, 1, 0, cnt},      {0x28, 1, 0, psc},  {0x2C, 1, 0, arr},       {0x30, 1, 0, rcr},
    {0x34, 1, 0, ccr1},     {0x38, 1, 0, ccr2}, {0x3C, 1, 0, ccr3},      {0x40, 1, 0, ccr4},
    {0x44, 1, 0, bdtr},     {0x48, 1, 0, dcr},  {0x4C, 1, 0, dmar},      {0x60, 1, 0, af1_15},
    {0x68, 1, 0, tisel_15}, REG_FIELDS_END,
};

const struct reg_fields tim16_fields[] = {
    {0x00, 1, 0, cr1},      {0x04, 1, 0, cr2},  {0x08, 1, 0, smcr},      {0x0C, 1, 0, dier},
    {0x10, 1, 0, sr},       {0x14, 1, 0, egr},  {0x18, 1, 0, ccmr1_few}, {0x20, 1, 0, ccer},
    {0x24, 1, 0, cnt},      {0x28, 1, 0, psc},  {0x2C, 1, 0, arr},       {0x30, 1, 0, rcr},
    {0x34, 1, 0, ccr1},     {0x38, 1, 0, ccr2}, {0x3C, 1, 0, ccr3},      {0x40, 1, 0, ccr4},
    {0x44, 1, 0, bdtr},     {0x48, 1, 0, dcr},  {0x4C, 1, 0, dmar},      {0x60, 1, 0, af1_16},
    {0x68, 1, 0, tisel_15}, REG_FIELDS_END,
};
