/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
/* TIM1 to TIM8, TIM12 to TIM17: the fields of their registers (RM0399 Rev 4, 40.4, 41.4, 42.4, 43.5, 43.6 and 44.4)
 * and what the model makes of each. */
#include "vboard/chip/fields.h"
#include "vboard/periph/tim/tim.h"

static const char why_brk_sel[] = "no breaks by comparators and DFSDM";
static const char why_brk_filter[] = "a break input acts at once";
static const char why_etr[] = "of external triggers the pin alone";
static const char why_filter[] = "every edge counts at once";
static const char why_filter_clock[] = "only input filters and dead time use it";
static const char why_itr[] = "of internal triggers those of timers";
static const char why_modes[] = "but the two modes that are reserved";
static const char why_msm[] = "a trigger takes no time here, for masters and slaves alike";
static const char why_sbrk[] = "no break by the system: lockup, PVD, ECC, CSS";
static const char why_tisel[] = "inputs are pins alone";
static const char why_tisel_some[] = "of internal sources only LSE, LSI, CSI and HSE_1MHz";

static const struct field cr1[] = {
    ACTS("UIFREMAP", BIT(11)), NO_ACTION("CKD", BITS(9, 8), why_filter_clock),
    ACTS("ARPE", BIT(7)),      ACTS("CMS", BITS(6, 5)),
    ACTS("DIR", BIT(4)),       ACTS("OPM", BIT(3)),
    ACTS("URS", BIT(2)),       ACTS("UDIS", BIT(1)),
    ACTS("CEN", BIT(0)),       FIELDS_END};
static const struct field cr1_dead[] = {ACTS("UIFREMAP", BIT(11)), ACTS("CKD", BITS(9, 8)),
                                        ACTS("ARPE", BIT(7)),      ACTS("CMS", BITS(6, 5)),
                                        ACTS("DIR", BIT(4)),       ACTS("OPM", BIT(3)),
                                        ACTS("URS", BIT(2)),       ACTS("UDIS", BIT(1)),
                                        ACTS("CEN", BIT(0)),       FIELDS_END};
static const struct field cr2[] = {ACTS("MMS2", BITS(23, 20)), ACTS("OIS6", BIT(18)),
                                   ACTS("OIS5", BIT(16)),      ACTS("OIS4", BIT(14)),
                                   ACTS("OIS3N", BIT(13)),     ACTS("OIS3", BIT(12)),
                                   ACTS("OIS2N", BIT(11)),     ACTS("OIS2", BIT(10)),
                                   ACTS("OIS1N", BIT(9)),      ACTS("OIS1", BIT(8)),
                                   ACTS("TI1S", BIT(7)),       ACTS("MMS", BITS(6, 4)),
                                   ACTS("CCDS", BIT(3)),       ACTS("CCUS", BIT(2)),
                                   ACTS("CCPC", BIT(0)),       FIELDS_END};
static const struct field smcr[] = {ACTS("ETP", BIT(15)),
                                    ACTS("ECE", BIT(14)),
                                    ACTS("ETPS", BITS(13, 12)),
                                    PARTLY("ETF", BITS(11, 8), why_filter),
                                    NO_ACTION("MSM", BIT(7), why_msm),
                                    PARTLY("TS", 0x00300070, why_itr),
                                    ACTS("SMS", 0x00010007),
                                    FIELDS_END};
static const struct field dier[] = {
    ACTS("TDE", BIT(14)),   ACTS("COMDE", BIT(13)), ACTS("CC4DE", BIT(12)), ACTS("CC3DE", BIT(11)),
    ACTS("CC2DE", BIT(10)), ACTS("CC1DE", BIT(9)),  ACTS("UDE", BIT(8)),    ACTS("BIE", BIT(7)),
    ACTS("TIE", BIT(6)),    ACTS("COMIE", BIT(5)),  ACTS("CC4IE", BIT(4)),  ACTS("CC3IE", BIT(3)),
    ACTS("CC2IE", BIT(2)),  ACTS("CC1IE", BIT(1)),  ACTS("UIE", BIT(0)),    FIELDS_END};
static const struct field sr[] = {ACTS("CC6IF", BIT(17)),
                                  ACTS("CC5IF", BIT(16)),
                                  UNMODELLED("SBIF", BIT(13), why_sbrk),
                                  ACTS("CC4OF", BIT(12)),
                                  ACTS("CC3OF", BIT(11)),
                                  ACTS("CC2OF", BIT(10)),
                                  ACTS("CC1OF", BIT(9)),
                                  ACTS("B2IF", BIT(8)),
                                  ACTS("BIF", BIT(7)),
                                  ACTS("TIF", BIT(6)),
                                  ACTS("COMIF", BIT(5)),
                                  ACTS("CC4IF", BIT(4)),
                                  ACTS("CC3IF", BIT(3)),
                                  ACTS("CC2IF", BIT(2)),
                                  ACTS("CC1IF", BIT(1)),
                                  ACTS("UIF", BIT(0)),
                                  FIELDS_END};
static const struct field egr[] = {ACTS("B2G", BIT(8)),  ACTS("BG", BIT(7)),
                                   ACTS("TG", BIT(6)),   ACTS("COMG", BIT(5)),
                                   ACTS("CC4G", BIT(4)), ACTS("CC3G", BIT(3)),
                                   ACTS("CC2G", BIT(2)), ACTS("CC1G", BIT(1)),
                                   ACTS("UG", BIT(0)),   FIELDS_END};

/* A register of two channels, `a` and `b`; with OCxCE where there is an ETR. */
#define CHANNEL(n, shift, clear)                                                                   \
    ACTS("CC" n "S", BITS(1, 0) << (shift)), ACTS("OC" n "FE", BIT(2 + (shift))),                  \
        ACTS("IC" n "PSC", BITS(3, 2) << (shift)), ACTS("OC" n "PE", BIT(3 + (shift))),            \
        PARTLY("OC" n "M", UINT32_C(0x00010070) << (shift), why_modes),                            \
        PARTLY("IC" n "F", BITS(7, 4) << (shift), why_filter) clear
#define CLEAR(n, shift) , ACTS("OC" n "CE", BIT(7 + (shift)))
#define NO_CLEAR

static const struct field ccmr1[] = {CHANNEL("1", 0, CLEAR("1", 0)), CHANNEL("2", 8, CLEAR("2", 8)),
                                     FIELDS_END};
static const struct field ccmr1_few[] = {CHANNEL("1", 0, NO_CLEAR), CHANNEL("2", 8, NO_CLEAR),
                                         FIELDS_END};
static const struct field ccmr2[] = {CHANNEL("3", 0, CLEAR("3", 0)), CHANNEL("4", 8, CLEAR("4", 8)),
                                     FIELDS_END};
static const struct field ccmr3[] = {ACTS("OC5FE", BIT(2)),
                                     ACTS("OC5PE", BIT(3)),
                                     PARTLY("OC5M", 0x00010070, why_modes),
                                     ACTS("OC5CE", BIT(7)),
                                     ACTS("OC6FE", BIT(10)),
                                     ACTS("OC6PE", BIT(11)),
                                     PARTLY("OC6M", 0x01007000, why_modes),
                                     ACTS("OC6CE", BIT(15)),
                                     FIELDS_END};
static const struct field ccer[] = {
    ACTS("CC6P", BIT(21)),  ACTS("CC6E", BIT(20)), ACTS("CC5P", BIT(17)), ACTS("CC5E", BIT(16)),
    ACTS("CC4NP", BIT(15)), ACTS("CC4P", BIT(13)), ACTS("CC4E", BIT(12)), ACTS("CC3NP", BIT(11)),
    ACTS("CC3NE", BIT(10)), ACTS("CC3P", BIT(9)),  ACTS("CC3E", BIT(8)),  ACTS("CC2NP", BIT(7)),
    ACTS("CC2NE", BIT(6)),  ACTS("CC2P", BIT(5)),  ACTS("CC2E", BIT(4)),  ACTS("CC1NP", BIT(3)),
    ACTS("CC1NE", BIT(2)),  ACTS("CC1P", BIT(1)),  ACTS("CC1E", BIT(0)),  FIELDS_END};
static const struct field cnt[] = {ACTS("UIFCPY", BIT(31)), ACTS("CNT", BITS(15, 0)), FIELDS_END};
static const struct field cnt_wide[] = {ACTS("CNT", BITS(31, 0)), FIELDS_END};
static const struct field psc[] = {ACTS("PSC", BITS(15, 0)), FIELDS_END};
static const struct field arr[] = {ACTS("ARR", BITS(31, 0)), FIELDS_END};
static const struct field rcr[] = {ACTS("REP", BITS(15, 0)), FIELDS_END};
static const struct field ccr1[] = {ACTS("CCR1", BITS(31, 0)), FIELDS_END};
static const struct field ccr2[] = {ACTS("CCR2", BITS(31, 0)), FIELDS_END};
static const struct field ccr3[] = {ACTS("CCR3", BITS(31, 0)), FIELDS_END};
static const struct field ccr4[] = {ACTS("CCR4", BITS(31, 0)), FIELDS_END};
static const struct field ccr5[] = {ACTS("GC5C3", BIT(31)), ACTS("GC5C2", BIT(30)),
                                    ACTS("GC5C1", BIT(29)), ACTS("CCR5", BITS(15, 0)), FIELDS_END};
static const struct field ccr6[] = {ACTS("CCR6", BITS(15, 0)), FIELDS_END};
static const struct field bdtr[] = {ACTS("BK2P", BIT(25)),
                                    ACTS("BK2E", BIT(24)),
                                    UNMODELLED("BK2F", BITS(23, 20), why_brk_filter),
                                    UNMODELLED("BKF", BITS(19, 16), why_brk_filter),
                                    ACTS("MOE", BIT(15)),
                                    ACTS("AOE", BIT(14)),
                                    ACTS("BKP", BIT(13)),
                                    ACTS("BKE", BIT(12)),
                                    ACTS("OSSR", BIT(11)),
                                    ACTS("OSSI", BIT(10)),
                                    ACTS("LOCK", BITS(9, 8)),
                                    ACTS("DTG", BITS(7, 0)),
                                    FIELDS_END};
static const struct field dcr[] = {ACTS("DBL", BITS(12, 8)), ACTS("DBA", BITS(4, 0)), FIELDS_END};
static const struct field dmar[] = {ACTS("DMAB", BITS(31, 0)), FIELDS_END};
static const struct field af1[] = {UNMODELLED("ETRSEL", BITS(17, 14), why_etr), FIELDS_END};
static const struct field tisel[] = {
    PARTLY("TI4SEL", BITS(27, 24), why_tisel), PARTLY("TI3SEL", BITS(19, 16), why_tisel),
    PARTLY("TI2SEL", BITS(11, 8), why_tisel), PARTLY("TI1SEL", BITS(3, 0), why_tisel), FIELDS_END};

/* Which break inputs: `dfsdm` is called by the output of DFSDM1 that it takes. */
#define BREAKS(prefix, dfsdm)                                                                      \
    UNMODELLED(prefix "CMP2P", BIT(11), why_brk_sel),                                              \
        UNMODELLED(prefix "CMP1P", BIT(10), why_brk_sel), ACTS(prefix "INP", BIT(9)),              \
        UNMODELLED(dfsdm, BIT(8), why_brk_sel), UNMODELLED(prefix "CMP2E", BIT(2), why_brk_sel),   \
        UNMODELLED(prefix "CMP1E", BIT(1), why_brk_sel), ACTS(prefix "INE", BIT(0))

static const struct field af1_1[] = {UNMODELLED("ETRSEL", BITS(17, 14), why_etr),
                                     BREAKS("BK", "BKDF1BK0E"), FIELDS_END};
static const struct field af2_1[] = {BREAKS("BK2", "BK2DF1BK3E"), FIELDS_END};
static const struct field af1_15[] = {BREAKS("BK", "BKDF1BK0E"), FIELDS_END};
static const struct field af1_16[] = {BREAKS("BK", "BKDF1BK2E"), FIELDS_END};
static const struct field tisel_15[] = {PARTLY("TI2SEL", BITS(11, 8), why_tisel),
                                        PARTLY("TI1SEL", BITS(3, 0), why_tisel_some), FIELDS_END};

const struct reg_fields tim1_fields[] = {
    {0x00, 1, 0, cr1_dead}, {0x04, 1, 0, cr2},   {0x08, 1, 0, smcr},  {0x0C, 1, 0, dier},
    {0x10, 1, 0, sr},       {0x14, 1, 0, egr},   {0x18, 1, 0, ccmr1}, {0x1C, 1, 0, ccmr2},
    {0x20, 1, 0, ccer},     {0x24, 1, 0, cnt},   {0x28, 1, 0, psc},   {0x2C, 1, 0, arr},
    {0x30, 1, 0, rcr},      {0x34, 1, 0, ccr1},  {0x38, 1, 0, ccr2},  {0x3C, 1, 0, ccr3},
    {0x40, 1, 0, ccr4},     {0x44, 1, 0, bdtr},  {0x48, 1, 0, dcr},   {0x4C, 1, 0, dmar},
    {0x54, 1, 0, ccmr3},    {0x58, 1, 0, ccr5},  {0x5C, 1, 0, ccr6},  {0x60, 1, 0, af1_1},
    {0x64, 1, 0, af2_1},    {0x68, 1, 0, tisel}, REG_FIELDS_END,
};

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
    {0x00, 1, 0, cr1_dead}, {0x04, 1, 0, cr2},  {0x08, 1, 0, smcr},      {0x0C, 1, 0, dier},
    {0x10, 1, 0, sr},       {0x14, 1, 0, egr},  {0x18, 1, 0, ccmr1_few}, {0x20, 1, 0, ccer},
    {0x24, 1, 0, cnt},      {0x28, 1, 0, psc},  {0x2C, 1, 0, arr},       {0x30, 1, 0, rcr},
    {0x34, 1, 0, ccr1},     {0x38, 1, 0, ccr2}, {0x3C, 1, 0, ccr3},      {0x40, 1, 0, ccr4},
    {0x44, 1, 0, bdtr},     {0x48, 1, 0, dcr},  {0x4C, 1, 0, dmar},      {0x60, 1, 0, af1_15},
    {0x68, 1, 0, tisel_15}, REG_FIELDS_END,
};

const struct reg_fields tim16_fields[] = {
    {0x00, 1, 0, cr1_dead}, {0x04, 1, 0, cr2},  {0x08, 1, 0, smcr},      {0x0C, 1, 0, dier},
    {0x10, 1, 0, sr},       {0x14, 1, 0, egr},  {0x18, 1, 0, ccmr1_few}, {0x20, 1, 0, ccer},
    {0x24, 1, 0, cnt},      {0x28, 1, 0, psc},  {0x2C, 1, 0, arr},       {0x30, 1, 0, rcr},
    {0x34, 1, 0, ccr1},     {0x38, 1, 0, ccr2}, {0x3C, 1, 0, ccr3},      {0x40, 1, 0, ccr4},
    {0x44, 1, 0, bdtr},     {0x48, 1, 0, dcr},  {0x4C, 1, 0, dmar},      {0x60, 1, 0, af1_16},
    {0x68, 1, 0, tisel_15}, REG_FIELDS_END,
};
