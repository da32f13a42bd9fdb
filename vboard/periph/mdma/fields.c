/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
/* MDMA: the fields of its registers (RM0399 Rev 4, 15.5) and what the model makes of each. */
#include "vboard/chip/fields.h"
#include "vboard/periph/mdma/mdma.h"

static const char why_priority[] = "channels do not wait for each other";
static const char why_burst[] = "the same data in the same order, with or without bursts";
static const char why_bufferable[] = "each write has arrived before the next access";
static const char why_trigger[] =
    "of triggers those of DMA1, DMA2, DMA2D, LTDC, DSIHOST and JPEG's input";

static const struct field gisr[] = {ACTS_EACH("GIF%u", BIT(0), 16, 0), FIELDS_END};
static const struct field isr[] = {ACTS("CRQA", BIT(16)),
                                   ACTS("TCIF", BIT(4)),
                                   ACTS("BTIF", BIT(3)),
                                   ACTS("BRTIF", BIT(2)),
                                   ACTS("CTCIF", BIT(1)),
                                   ACTS("TEIF", BIT(0)),
                                   FIELDS_END};
static const struct field ifcr[] = {ACTS("CLTCIF", BIT(4)), ACTS("CBTIF", BIT(3)),
                                    ACTS("CBRTIF", BIT(2)), ACTS("CCTCIF", BIT(1)),
                                    ACTS("CTEIF", BIT(0)),  FIELDS_END};
static const struct field esr[] = {ACTS("BSE", BIT(11)),
                                   ACTS("ASE", BIT(10)),
                                   ACTS("TEMD", BIT(9)),
                                   ACTS("TELD", BIT(8)),
                                   ACTS("TED", BIT(7)),
                                   ACTS("TEA", BITS(6, 0)),
                                   FIELDS_END};
static const struct field cr[] = {ACTS("SWRQ", BIT(16)),
                                  ACTS("WEX", BIT(14)),
                                  ACTS("HEX", BIT(13)),
                                  ACTS("BEX", BIT(12)),
                                  NO_ACTION("PL", BITS(7, 6), why_priority),
                                  ACTS("TCIE", BIT(5)),
                                  ACTS("BTIE", BIT(4)),
                                  ACTS("BRTIE", BIT(3)),
                                  ACTS("CTCIE", BIT(2)),
                                  ACTS("TEIE", BIT(1)),
                                  ACTS("EN", BIT(0)),
                                  FIELDS_END};
static const struct field tcr[] = {NO_ACTION("BWM", BIT(31), why_bufferable),
                                   ACTS("SWRM", BIT(30)),
                                   ACTS("TRGM", BITS(29, 28)),
                                   ACTS("PAM", BITS(27, 26)),
                                   ACTS("PKE", BIT(25)),
                                   ACTS("TLEN", BITS(24, 18)),
                                   NO_ACTION("DBURST", BITS(17, 15), why_burst),
                                   NO_ACTION("SBURST", BITS(14, 12), why_burst),
                                   ACTS("DINCOS", BITS(11, 10)),
                                   ACTS("SINCOS", BITS(9, 8)),
                                   ACTS("DSIZE", BITS(7, 6)),
                                   ACTS("SSIZE", BITS(5, 4)),
                                   ACTS("DINC", BITS(3, 2)),
                                   ACTS("SINC", BITS(1, 0)),
                                   FIELDS_END};
static const struct field bndtr[] = {ACTS("BRC", BITS(31, 20)), ACTS("BRDUM", BIT(19)),
                                     ACTS("BRSUM", BIT(18)), ACTS("BNDT", BITS(16, 0)), FIELDS_END};
static const struct field sar[] = {ACTS("SAR", BITS(31, 0)), FIELDS_END};
static const struct field dar[] = {ACTS("DAR", BITS(31, 0)), FIELDS_END};
static const struct field brur[] = {ACTS("DUV", BITS(31, 16)), ACTS("SUV", BITS(15, 0)),
                                    FIELDS_END};
static const struct field lar[] = {ACTS("LAR", BITS(31, 0)), FIELDS_END};
static const struct field tbr[] = {ACTS("DBUS", BIT(17)), ACTS("SBUS", BIT(16)),
                                   PARTLY("TSEL", BITS(5, 0), why_trigger), FIELDS_END};
static const struct field mar[] = {ACTS("MAR", BITS(31, 0)), FIELDS_END};
static const struct field mdr[] = {ACTS("MDR", BITS(31, 0)), FIELDS_END};

const struct reg_fields mdma_fields[] = {
    {0x00, 1, 0, gisr},    {0x40, 16, 0x40, isr},  {0x44, 16, 0x40, ifcr},  {0x48, 16, 0x40, esr},
    {0x4C, 16, 0x40, cr},  {0x50, 16, 0x40, tcr},  {0x54, 16, 0x40, bndtr}, {0x58, 16, 0x40, sar},
    {0x5C, 16, 0x40, dar}, {0x60, 16, 0x40, brur}, {0x64, 16, 0x40, lar},   {0x68, 16, 0x40, tbr},
    {0x70, 16, 0x40, mar}, {0x74, 16, 0x40, mdr},  REG_FIELDS_END,
};
