/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
/* ADC: the fields of its registers (RM0399 Rev 4, 26.6, 26.7) and what the model makes of each. */
#include "vboard/chip/fields.h"
#include "vboard/periph/adc/adc.h"

static const char why_boost[] = "conversions are right at any clock";
static const char why_cal[] = "nothing is wrong that a factor would correct";
static const char why_dfsdm[] = "but to DFSDM, which takes nothing from ADCs here";
static const char why_diff[] = "no differential channels";
static const char why_packing[] = "but packing of 8 bits";
static const char why_injected[] = "but modes that couple injected groups";
static const char why_dual[] = "no dual mode";
static const char why_hrtim[] = "but HRTIM's";
static const char why_queue[] = "no queue of injected contexts";
static const char why_shift[] = "no right shift of single samples";
static const char why_trovs[] = "oversampling is never triggered sample by sample";
static const char why_jovse[] = "injected conversions are never continued in between";

static const struct field isr[] = {ACTS("LDORDY", BIT(12)),
                                   UNMODELLED("JQOVF", BIT(10), why_queue),
                                   ACTS("AWD3", BIT(9)),
                                   ACTS("AWD2", BIT(8)),
                                   ACTS("AWD1", BIT(7)),
                                   ACTS("JEOS", BIT(6)),
                                   ACTS("JEOC", BIT(5)),
                                   ACTS("OVR", BIT(4)),
                                   ACTS("EOS", BIT(3)),
                                   ACTS("EOC", BIT(2)),
                                   ACTS("EOSMP", BIT(1)),
                                   ACTS("ADRDY", BIT(0)),
                                   FIELDS_END};
static const struct field ier[] = {UNMODELLED("JQOVFIE", BIT(10), why_queue),
                                   ACTS("AWD3IE", BIT(9)),
                                   ACTS("AWD2IE", BIT(8)),
                                   ACTS("AWD1IE", BIT(7)),
                                   ACTS("JEOSIE", BIT(6)),
                                   ACTS("JEOCIE", BIT(5)),
                                   ACTS("OVRIE", BIT(4)),
                                   ACTS("EOSIE", BIT(3)),
                                   ACTS("EOCIE", BIT(2)),
                                   ACTS("EOSMPIE", BIT(1)),
                                   ACTS("ADRDYIE", BIT(0)),
                                   FIELDS_END};
static const struct field cr[] = {ACTS("ADCAL", BIT(31)),
                                  NO_ACTION("ADCALDIF", BIT(30), why_cal),
                                  ACTS("DEEPPWD", BIT(29)),
                                  ACTS("ADVREGEN", BIT(28)),
                                  ACTS_EACH("LINCALRDYW%u", BIT(22), 6, 1),
                                  ACTS("ADCALLIN", BIT(16)),
                                  NO_ACTION("BOOST", BITS(9, 8), why_boost),
                                  ACTS("JADSTP", BIT(5)),
                                  ACTS("ADSTP", BIT(4)),
                                  ACTS("JADSTART", BIT(3)),
                                  ACTS("ADSTART", BIT(2)),
                                  ACTS("ADDIS", BIT(1)),
                                  ACTS("ADEN", BIT(0)),
                                  FIELDS_END};
static const struct field cfgr[] = {UNMODELLED("JQDIS", BIT(31), why_queue),
                                    ACTS("AWD1CH", BITS(30, 26)),
                                    ACTS("JAUTO", BIT(25)),
                                    ACTS("JAWD1EN", BIT(24)),
                                    ACTS("AWD1EN", BIT(23)),
                                    ACTS("AWD1SGL", BIT(22)),
                                    UNMODELLED("JQM", BIT(21), why_queue),
                                    ACTS("JDISCEN", BIT(20)),
                                    ACTS("DISCNUM", BITS(19, 17)),
                                    ACTS("DISCEN", BIT(16)),
                                    ACTS("AUTDLY", BIT(14)),
                                    ACTS("CONT", BIT(13)),
                                    ACTS("OVRMOD", BIT(12)),
                                    ACTS("EXTEN", BITS(11, 10)),
                                    PARTLY("EXTSEL", BITS(9, 5), why_hrtim),
                                    ACTS("RES", BITS(4, 2)),
                                    PARTLY("DMNGT", BITS(1, 0), why_dfsdm),
                                    FIELDS_END};
static const struct field cfgr2[] = {ACTS("LSHIFT", BITS(31, 28)),
                                     ACTS("OSVR", BITS(25, 16)),
                                     UNMODELLED("RSHIFT4", BIT(14), why_shift),
                                     UNMODELLED("RSHIFT3", BIT(13), why_shift),
                                     UNMODELLED("RSHIFT2", BIT(12), why_shift),
                                     UNMODELLED("RSHIFT1", BIT(11), why_shift),
                                     NO_ACTION("ROVSM", BIT(10), why_jovse),
                                     UNMODELLED("TROVS", BIT(9), why_trovs),
                                     ACTS("OVSS", BITS(8, 5)),
                                     ACTS("JOVSE", BIT(1)),
                                     ACTS("ROVSE", BIT(0)),
                                     FIELDS_END};

#define SMP(n, at) ACTS("SMP" n, BITS(2, 0) << (at))

static const struct field smpr1[] = {SMP("9", 27), SMP("8", 24), SMP("7", 21), SMP("6", 18),
                                     SMP("5", 15), SMP("4", 12), SMP("3", 9),  SMP("2", 6),
                                     SMP("1", 3),  SMP("0", 0),  FIELDS_END};
static const struct field smpr2[] = {SMP("19", 27), SMP("18", 24), SMP("17", 21), SMP("16", 18),
                                     SMP("15", 15), SMP("14", 12), SMP("13", 9),  SMP("12", 6),
                                     SMP("11", 3),  SMP("10", 0),  FIELDS_END};
static const struct field pcsel[] = {ACTS("PCSEL", BITS(19, 0)), FIELDS_END};
static const struct field ltr1[] = {ACTS("LTR1", BITS(25, 0)), FIELDS_END};
static const struct field htr1[] = {ACTS("HTR1", BITS(25, 0)), FIELDS_END};
static const struct field ltr2[] = {ACTS("LTR2", BITS(25, 0)), FIELDS_END};
static const struct field htr2[] = {ACTS("HTR2", BITS(25, 0)), FIELDS_END};
static const struct field ltr3[] = {ACTS("LTR3", BITS(25, 0)), FIELDS_END};
static const struct field htr3[] = {ACTS("HTR3", BITS(25, 0)), FIELDS_END};

#define SQ(n, at) ACTS("SQ" n, BITS(4, 0) << (at))

static const struct field sqr1[] = {SQ("4", 24), SQ("3", 18),           SQ("2", 12),
                                    SQ("1", 6),  ACTS("L", BITS(3, 0)), FIELDS_END};
static const struct field sqr2[] = {SQ("9", 24), SQ("8", 18), SQ("7", 12),
                                    SQ("6", 6),  SQ("5", 0),  FIELDS_END};
static const struct field sqr3[] = {SQ("14", 24), SQ("13", 18), SQ("12", 12),
                                    SQ("11", 6),  SQ("10", 0),  FIELDS_END};
static const struct field sqr4[] = {SQ("16", 6), SQ("15", 0), FIELDS_END};
static const struct field data[] = {ACTS("RDATA", BITS(31, 0)), FIELDS_END};
static const struct field jsqr[] = {
    ACTS("JSQ4", BITS(31, 27)), ACTS("JSQ3", BITS(25, 21)),
    ACTS("JSQ2", BITS(19, 15)), ACTS("JSQ1", BITS(13, 9)),
    ACTS("JEXTEN", BITS(8, 7)), PARTLY("JEXTSEL", BITS(6, 2), why_hrtim),
    ACTS("JL", BITS(1, 0)),     FIELDS_END};
static const struct field ofr[] = {ACTS("SSATE", BIT(31)), ACTS("OFFSET_CH", BITS(30, 26)),
                                   ACTS("OFFSET", BITS(25, 0)), FIELDS_END};
static const struct field jdr[] = {ACTS("JDATA", BITS(31, 0)), FIELDS_END};
static const struct field awd2cr[] = {ACTS("AWD2CH", BITS(19, 0)), FIELDS_END};
static const struct field awd3cr[] = {ACTS("AWD3CH", BITS(19, 0)), FIELDS_END};
static const struct field difsel[] = {UNMODELLED("DIFSEL", BITS(19, 0), why_diff), FIELDS_END};
static const struct field calfact[] = {NO_ACTION("CALFACT_D", BITS(26, 16), why_cal),
                                       NO_ACTION("CALFACT_S", BITS(10, 0), why_cal), FIELDS_END};
static const struct field calfact2[] = {NO_ACTION("LINCALFACT", BITS(29, 0), why_cal), FIELDS_END};

#define BOTH(name, bit) ACTS(name "_SLV", BIT((bit) + 16)), ACTS(name "_MST", BIT(bit))

static const struct field csr[] = {UNMODELLED("JQOVF_SLV", BIT(26), why_queue),
                                   UNMODELLED("JQOVF_MST", BIT(10), why_queue),
                                   BOTH("AWD3", 9),
                                   BOTH("AWD2", 8),
                                   BOTH("AWD1", 7),
                                   BOTH("JEOS", 6),
                                   BOTH("JEOC", 5),
                                   BOTH("OVR", 4),
                                   BOTH("EOS", 3),
                                   BOTH("EOC", 2),
                                   BOTH("EOSMP", 1),
                                   BOTH("ADRDY", 0),
                                   FIELDS_END};
static const struct field ccr12[] = {ACTS("VBATEN", BIT(24)),
                                     ACTS("TSEN", BIT(23)),
                                     ACTS("VREFEN", BIT(22)),
                                     ACTS("PRESC", BITS(21, 18)),
                                     ACTS("CKMODE", BITS(17, 16)),
                                     PARTLY("DAMDF", BITS(15, 14), why_packing),
                                     ACTS("DELAY", BITS(11, 8)),
                                     PARTLY("DUAL", BITS(4, 0), why_injected),
                                     FIELDS_END};
static const struct field cdr12[] = {ACTS("RDATA_SLV", BITS(31, 16)),
                                     ACTS("RDATA_MST", BITS(15, 0)), FIELDS_END};
static const struct field ccr[] = {ACTS("VBATEN", BIT(24)),
                                   ACTS("TSEN", BIT(23)),
                                   ACTS("VREFEN", BIT(22)),
                                   ACTS("PRESC", BITS(21, 18)),
                                   ACTS("CKMODE", BITS(17, 16)),
                                   UNMODELLED("DAMDF", BITS(15, 14), why_dual),
                                   UNMODELLED("DELAY", BITS(11, 8), why_dual),
                                   UNMODELLED("DUAL", BITS(4, 0), why_dual),
                                   FIELDS_END};
static const struct field cdr[] = {UNMODELLED("RDATA_SLV", BITS(31, 16), why_dual),
                                   UNMODELLED("RDATA_MST", BITS(15, 0), why_dual), FIELDS_END};
static const struct field cdr2[] = {UNMODELLED("RDATA_ALT", BITS(31, 0), why_dual), FIELDS_END};

#define CONVERTER(at)                                                                              \
    {(at) + 0x00, 1, 0, isr}, {(at) + 0x04, 1, 0, ier}, {(at) + 0x08, 1, 0, cr},                   \
        {(at) + 0x0C, 1, 0, cfgr}, {(at) + 0x10, 1, 0, cfgr2}, {(at) + 0x14, 1, 0, smpr1},         \
        {(at) + 0x18, 1, 0, smpr2}, {(at) + 0x1C, 1, 0, pcsel}, {(at) + 0x20, 1, 0, ltr1},         \
        {(at) + 0x24, 1, 0, htr1}, {(at) + 0x30, 1, 0, sqr1}, {(at) + 0x34, 1, 0, sqr2},           \
        {(at) + 0x38, 1, 0, sqr3}, {(at) + 0x3C, 1, 0, sqr4}, {(at) + 0x40, 1, 0, data},           \
        {(at) + 0x4C, 1, 0, jsqr}, {(at) + 0x60, 4, 4, ofr}, {(at) + 0x80, 4, 4, jdr},             \
        {(at) + 0xA0, 1, 0, awd2cr}, {(at) + 0xA4, 1, 0, awd3cr}, {(at) + 0xB0, 1, 0, ltr2},       \
        {(at) + 0xB4, 1, 0, htr2}, {(at) + 0xB8, 1, 0, ltr3}, {(at) + 0xBC, 1, 0, htr3},           \
        {(at) + 0xC0, 1, 0, difsel}, {(at) + 0xC4, 1, 0, calfact},                                 \
    {                                                                                              \
        (at) + 0xC8, 1, 0, calfact2                                                                \
    }
#define COMMON(common, data)                                                                       \
    {0x300, 1, 0, csr}, {0x308, 1, 0, common}, {0x30C, 1, 0, data},                                \
    {                                                                                              \
        0x310, 1, 0, cdr2                                                                          \
    }

const struct reg_fields adc12_fields[] = {CONVERTER(0), CONVERTER(0x100), COMMON(ccr12, cdr12),
                                          REG_FIELDS_END};
const struct reg_fields adc3_fields[] = {CONVERTER(0), COMMON(ccr, cdr), REG_FIELDS_END};
