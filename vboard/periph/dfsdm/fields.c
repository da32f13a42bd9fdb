/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
/* DFSDM: the fields of its registers (RM0399 Rev 4, 31.7, 31.8) and what the model makes of each. */
#include "vboard/periph/dfsdm/internal.h"

static const char why_adc[] = "but from ADCs";
static const char why_hrtim[] = "but HRTIM's ADC triggers";
static const char why_nobody[] = "no modulator is on DATIN: all bits are 0";
static const char why_short[] = "no short-circuit detector";
static const char why_break[] = "no breaks for timers";
static const char why_fast_watchdog[] = "the watchdog has no filters of its own";
static const char why_with_awfsel[] = "used with AWFSEL only, which is reported";
static const char why_with_scden[] = "used with SCDEN only, which is reported";

static const struct field cfgr1[] = {ACTS("DFSDMEN", BIT(31)),
                                     ACTS("CKOUTSRC", BIT(30)),
                                     ACTS("CKOUTDIV", BITS(23, 16)),
                                     ACTS("DATPACK", BITS(15, 14)),
                                     PARTLY("DATMPX", BITS(13, 12), why_adc),
                                     NO_ACTION("CHINSEL", BIT(8), why_nobody),
                                     ACTS("CHEN", BIT(7)),
                                     ACTS("CKABEN", BIT(6)),
                                     UNMODELLED("SCDEN", BIT(5), why_short),
                                     ACTS("SPICKSEL", BITS(3, 2)),
                                     ACTS("SITP", BITS(1, 0)),
                                     FIELDS_END};
static const struct field cfgr2[] = {ACTS("OFFSET", BITS(31, 8)), ACTS("DTRBS", BITS(7, 3)),
                                     FIELDS_END};
static const struct field awscdr[] = {NO_ACTION("AWFORD", BITS(23, 22), why_with_awfsel),
                                      NO_ACTION("AWFOSR", BITS(20, 16), why_with_awfsel),
                                      UNMODELLED("BKSCD", BITS(15, 12), why_break),
                                      NO_ACTION("SCDT", BITS(7, 0), why_with_scden), FIELDS_END};
static const struct field wdatr[] = {NO_ACTION("WDATA", BITS(15, 0), why_with_awfsel), FIELDS_END};
static const struct field datinr[] = {ACTS("INDAT1", BITS(31, 16)), ACTS("INDAT0", BITS(15, 0)),
                                      FIELDS_END};
static const struct field cr1[] = {UNMODELLED("AWFSEL", BIT(30), why_fast_watchdog),
                                   ACTS("FAST", BIT(29)),
                                   ACTS("RCH", BITS(26, 24)),
                                   ACTS("RDMAEN", BIT(21)),
                                   ACTS("RSYNC", BIT(19)),
                                   ACTS("RCONT", BIT(18)),
                                   ACTS("RSWSTART", BIT(17)),
                                   ACTS("JEXTEN", BITS(14, 13)),
                                   PARTLY("JEXTSEL", BITS(12, 8), why_hrtim),
                                   ACTS("JDMAEN", BIT(5)),
                                   ACTS("JSCAN", BIT(4)),
                                   ACTS("JSYNC", BIT(3)),
                                   ACTS("JSWSTART", BIT(1)),
                                   ACTS("DFEN", BIT(0)),
                                   FIELDS_END};
static const struct field cr2[] = {
    ACTS("AWDCH", BITS(23, 16)), ACTS("EXCH", BITS(15, 8)),
    ACTS("CKABIE", BIT(6)),      NO_ACTION("SCDIE", BIT(5), why_with_scden),
    ACTS("AWDIE", BIT(4)),       ACTS("ROVRIE", BIT(3)),
    ACTS("JOVRIE", BIT(2)),      ACTS("REOCIE", BIT(1)),
    ACTS("JEOCIE", BIT(0)),      FIELDS_END};
static const struct field isr[] = {NO_ACTION("SCDF", BITS(31, 24), why_with_scden),
                                   ACTS("CKABF", BITS(23, 16)),
                                   ACTS("RCIP", BIT(14)),
                                   ACTS("JCIP", BIT(13)),
                                   ACTS("AWDF", BIT(4)),
                                   ACTS("ROVRF", BIT(3)),
                                   ACTS("JOVRF", BIT(2)),
                                   ACTS("REOCF", BIT(1)),
                                   ACTS("JEOCF", BIT(0)),
                                   FIELDS_END};
static const struct field icr[] = {NO_ACTION("CLRSCDF", BITS(31, 24), why_with_scden),
                                   ACTS("CLRCKABF", BITS(23, 16)), ACTS("CLRROVRF", BIT(3)),
                                   ACTS("CLRJOVRF", BIT(2)), FIELDS_END};
static const struct field jchgr[] = {ACTS("JCHG", BITS(7, 0)), FIELDS_END};
static const struct field fcr[] = {ACTS("FORD", BITS(31, 29)), ACTS("FOSR", BITS(25, 16)),
                                   ACTS("IOSR", BITS(7, 0)), FIELDS_END};
static const struct field jdatar[] = {ACTS("JDATA", BITS(31, 8)), ACTS("JDATACH", BITS(2, 0)),
                                      FIELDS_END};
static const struct field rdatar[] = {ACTS("RDATA", BITS(31, 8)), ACTS("RPEND", BIT(4)),
                                      ACTS("RDATACH", BITS(2, 0)), FIELDS_END};
static const struct field awhtr[] = {ACTS("AWHT", BITS(31, 8)),
                                     UNMODELLED("BKAWH", BITS(3, 0), why_break), FIELDS_END};
static const struct field awltr[] = {ACTS("AWLT", BITS(31, 8)),
                                     UNMODELLED("BKAWL", BITS(3, 0), why_break), FIELDS_END};
static const struct field awsr[] = {ACTS("AWHTF", BITS(15, 8)), ACTS("AWLTF", BITS(7, 0)),
                                    FIELDS_END};
static const struct field awcfr[] = {ACTS("CLRAWHTF", BITS(15, 8)), ACTS("CLRAWLTF", BITS(7, 0)),
                                     FIELDS_END};
static const struct field exmax[] = {ACTS("EXMAX", BITS(31, 8)), ACTS("EXMAXCH", BITS(2, 0)),
                                     FIELDS_END};
static const struct field exmin[] = {ACTS("EXMIN", BITS(31, 8)), ACTS("EXMINCH", BITS(2, 0)),
                                     FIELDS_END};
static const struct field cnvtimr[] = {ACTS("CNVCNT", BITS(31, 4)), FIELDS_END};

const struct reg_fields dfsdm_fields[] = {
    {0x000, 8, 0x20, cfgr1},  {0x004, 8, 0x20, cfgr2},   {0x008, 8, 0x20, awscdr},
    {0x00C, 8, 0x20, wdatr},  {0x010, 8, 0x20, datinr},  {0x100, 4, 0x80, cr1},
    {0x104, 4, 0x80, cr2},    {0x108, 4, 0x80, isr},     {0x10C, 4, 0x80, icr},
    {0x110, 4, 0x80, jchgr},  {0x114, 4, 0x80, fcr},     {0x118, 4, 0x80, jdatar},
    {0x11C, 4, 0x80, rdatar}, {0x120, 4, 0x80, awhtr},   {0x124, 4, 0x80, awltr},
    {0x128, 4, 0x80, awsr},   {0x12C, 4, 0x80, awcfr},   {0x130, 4, 0x80, exmax},
    {0x134, 4, 0x80, exmin},  {0x138, 4, 0x80, cnvtimr}, REG_FIELDS_END,
};
