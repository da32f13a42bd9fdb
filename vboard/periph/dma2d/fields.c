/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
/* DMA2D's fields (RM0399 Rev 4, 19.5). */
#include "vboard/chip/fields.h"
#include "vboard/periph/dma2d/dma2d.h"

static const char why_ycbcr[] = "YCbCr is left out: nothing is written";
static const char why_fill[] =
    "not when a register fills memory: RM0399 does not say whether its color is changed then";
static const char why_time[] = "RM0399 does not say how long a transfer takes: it gets no longer";

static const struct field cr[] = {
    ACTS("MODE", BITS(18, 16)), ACTS("CEIE", BIT(13)), ACTS("CTCIE", BIT(12)),
    ACTS("CAEIE", BIT(11)),     ACTS("TWIE", BIT(10)), ACTS("TCIE", BIT(9)),
    ACTS("TEIE", BIT(8)),       ACTS("LOM", BIT(6)),   ACTS("ABORT", BIT(2)),
    ACTS("SUSP", BIT(1)),       ACTS("START", BIT(0)), FIELDS_END};
static const struct field isr[] = {ACTS("CEIF", BIT(5)),
                                   ACTS("CTCIF", BIT(4)),
                                   ACTS("CAEIF", BIT(3)),
                                   ACTS("TWIF", BIT(2)),
                                   ACTS("TCIF", BIT(1)),
                                   ACTS("TEIF", BIT(0)),
                                   FIELDS_END};
static const struct field ifcr[] = {ACTS("CCEIF", BIT(5)),
                                    ACTS("CCTCIF", BIT(4)),
                                    ACTS("CAECIF", BIT(3)),
                                    ACTS("CTWIF", BIT(2)),
                                    ACTS("CTCIF", BIT(1)),
                                    ACTS("CTEIF", BIT(0)),
                                    FIELDS_END};
static const struct field address[] = {ACTS("MA", BITS(31, 0)), FIELDS_END};
static const struct field offset[] = {ACTS("LO", BITS(15, 0)), FIELDS_END};
static const struct field fgpfccr[] = {ACTS("ALPHA", BITS(31, 24)),
                                       ACTS("RBS", BIT(21)),
                                       ACTS("AI", BIT(20)),
                                       UNMODELLED("CSS", BITS(19, 18), why_ycbcr),
                                       ACTS("AM", BITS(17, 16)),
                                       ACTS("CS", BITS(15, 8)),
                                       ACTS("START", BIT(5)),
                                       ACTS("CCM", BIT(4)),
                                       PARTLY("CM", BITS(3, 0), why_ycbcr),
                                       FIELDS_END};
static const struct field bgpfccr[] = {
    ACTS("ALPHA", BITS(31, 24)), ACTS("RBS", BIT(21)),    ACTS("AI", BIT(20)),
    ACTS("AM", BITS(17, 16)),    ACTS("CS", BITS(15, 8)), ACTS("START", BIT(5)),
    ACTS("CCM", BIT(4)),         ACTS("CM", BITS(3, 0)),  FIELDS_END};
/* OCOLR's in the formats of 16 bits share these bits. */
static const struct field color[] = {ACTS("ALPHA", BITS(31, 24)), ACTS("RED", BITS(23, 16)),
                                     ACTS("GREEN", BITS(15, 8)), ACTS("BLUE", BITS(7, 0)),
                                     FIELDS_END};
static const struct field opfccr[] = {PARTLY("RBS", BIT(21), why_fill),
                                      PARTLY("AI", BIT(20), why_fill), ACTS("SB", BIT(8)),
                                      ACTS("CM", BITS(2, 0)), FIELDS_END};
static const struct field nlr[] = {ACTS("PL", BITS(29, 16)), ACTS("NL", BITS(15, 0)), FIELDS_END};
static const struct field lwr[] = {ACTS("LW", BITS(15, 0)), FIELDS_END};
static const struct field amtcr[] = {NO_ACTION("DT", BITS(15, 8), why_time),
                                     NO_ACTION("EN", BIT(0), why_time), FIELDS_END};

const struct reg_fields dma2d_fields[] = {
    {0x000, 1, 0, cr},      {0x004, 1, 0, isr},     {0x008, 1, 0, ifcr},   {0x00C, 1, 0, address},
    {0x010, 1, 0, offset},  {0x014, 1, 0, address}, {0x018, 1, 0, offset}, {0x01C, 1, 0, fgpfccr},
    {0x020, 1, 0, color},   {0x024, 1, 0, bgpfccr}, {0x028, 1, 0, color},  {0x02C, 1, 0, address},
    {0x030, 1, 0, address}, {0x034, 1, 0, opfccr},  {0x038, 1, 0, color},  {0x03C, 1, 0, address},
    {0x040, 1, 0, offset},  {0x044, 1, 0, nlr},     {0x048, 1, 0, lwr},    {0x04C, 1, 0, amtcr},
    {0x400, 256, 4, color}, {0x800, 256, 4, color}, REG_FIELDS_END};
