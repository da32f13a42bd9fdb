/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
/* SAI: the fields of its registers (RM0399 Rev 4, 54.6) and what the model makes of each. */
#include "vboard/periph/sai/fields.h"

static const char why_external[] = "but by another SAI";
static const char why_external_only[] = "used with SYNCEN 2 only, which is reported";
static const char why_nowhere[] = "samples go nowhere, and received ones are 0";
static const char why_not_driven[] = "FS, SCK and SD are not driven: nobody listens";
static const char why_microphones[] = "the board has no microphones: their bits are 0";

static const struct field gcr[] = {NO_ACTION("SYNCOUT", BITS(5, 4), why_external_only),
                                   NO_ACTION("SYNCIN", BITS(1, 0), why_external_only), FIELDS_END};
static const struct field cr1[] = {ACTS("MCKEN", BIT(27)),
                                   ACTS("OSR", BIT(26)),
                                   ACTS("MCKDIV", BITS(25, 20)),
                                   ACTS("NODIV", BIT(19)),
                                   ACTS("DMAEN", BIT(17)),
                                   ACTS("SAIEN", BIT(16)),
                                   NO_ACTION("OUTDRIV", BIT(13), why_not_driven),
                                   ACTS("MONO", BIT(12)),
                                   PARTLY("SYNCEN", BITS(11, 10), why_external),
                                   NO_ACTION("CKSTR", BIT(9), why_not_driven),
                                   NO_ACTION("LSBFIRST", BIT(8), why_nowhere),
                                   ACTS("DS", BITS(7, 5)),
                                   ACTS("PRTCFG", BITS(3, 2)),
                                   ACTS("MODE", BITS(1, 0)),
                                   FIELDS_END};
static const struct field cr2[] = {ACTS("COMP", BITS(15, 14)),
                                   NO_ACTION("CPL", BIT(13), why_nowhere),
                                   ACTS("MUTECNT", BITS(12, 7)),
                                   NO_ACTION("MUTEVAL", BIT(6), why_nowhere),
                                   NO_ACTION("MUTE", BIT(5), why_nowhere),
                                   NO_ACTION("TRIS", BIT(4), why_not_driven),
                                   ACTS("FFLUSH", BIT(3)),
                                   ACTS("FTH", BITS(2, 0)),
                                   FIELDS_END};
static const struct field frcr[] = {NO_ACTION("FSOFF", BIT(18), why_not_driven),
                                    NO_ACTION("FSPOL", BIT(17), why_not_driven),
                                    ACTS("FSDEF", BIT(16)),
                                    NO_ACTION("FSALL", BITS(14, 8), why_not_driven),
                                    ACTS("FRL", BITS(7, 0)),
                                    FIELDS_END};
static const struct field slotr[] = {ACTS("SLOTEN", BITS(31, 16)), ACTS("NBSLOT", BITS(11, 8)),
                                     ACTS("SLOTSZ", BITS(7, 6)), ACTS("FBOFF", BITS(4, 0)),
                                     FIELDS_END};
static const struct field im[] = {ACTS("LFSDETIE", BIT(6)), ACTS("AFSDETIE", BIT(5)),
                                  ACTS("CNRDYIE", BIT(4)),  ACTS("FREQIE", BIT(3)),
                                  ACTS("WCKCFGIE", BIT(2)), ACTS("MUTEDETIE", BIT(1)),
                                  ACTS("OVRUDRIE", BIT(0)), FIELDS_END};
static const struct field sr[] = {
    ACTS("FLVL", BITS(18, 16)), ACTS("LFSDET", BIT(6)), ACTS("AFSDET", BIT(5)),
    ACTS("CNRDY", BIT(4)),      ACTS("FREQ", BIT(3)),   ACTS("WCKCFG", BIT(2)),
    ACTS("MUTEDET", BIT(1)),    ACTS("OVRUDR", BIT(0)), FIELDS_END};
static const struct field clrfr[] = {ACTS("CLFSDET", BIT(6)),
                                     ACTS("CAFSDET", BIT(5)),
                                     ACTS("CCNRDY", BIT(4)),
                                     ACTS("CWCKCFG", BIT(2)),
                                     ACTS("CMUTEDET", BIT(1)),
                                     ACTS("COVRUDR", BIT(0)),
                                     FIELDS_END};
static const struct field dr[] = {ACTS("DATA", BITS(31, 0)), FIELDS_END};
static const struct field pdmcr[] = {NO_ACTION_EACH("CKEN%u", BIT(8), 4, 1, why_not_driven),
                                     NO_ACTION("MICNBR", BITS(5, 4), why_microphones),
                                     NO_ACTION("PDMEN", BIT(0), why_microphones), FIELDS_END};
static const struct field pdmdly[] = {NO_ACTION("DLYM4R", BITS(30, 28), why_microphones),
                                      NO_ACTION("DLYM4L", BITS(26, 24), why_microphones),
                                      NO_ACTION("DLYM3R", BITS(22, 20), why_microphones),
                                      NO_ACTION("DLYM3L", BITS(18, 16), why_microphones),
                                      NO_ACTION("DLYM2R", BITS(14, 12), why_microphones),
                                      NO_ACTION("DLYM2L", BITS(10, 8), why_microphones),
                                      NO_ACTION("DLYM1R", BITS(6, 4), why_microphones),
                                      NO_ACTION("DLYM1L", BITS(2, 0), why_microphones),
                                      FIELDS_END};

const struct reg_fields sai_fields[] = {
    {0x00, 1, 0, gcr},      {0x04, 2, 0x20, cr1}, {0x08, 2, 0x20, cr2}, {0x0C, 2, 0x20, frcr},
    {0x10, 2, 0x20, slotr}, {0x14, 2, 0x20, im},  {0x18, 2, 0x20, sr},  {0x1C, 2, 0x20, clrfr},
    {0x20, 2, 0x20, dr},    {0x44, 1, 0, pdmcr},  {0x48, 1, 0, pdmdly}, REG_FIELDS_END,
};
