/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
#include "vboard/periph/quadspi/quadspi.h"

#include "vboard/chip/fields.h"

static const char why_pins[] = "nothing moves on the pins";
static const char why_commands[] = "what the flash says to instructions beyond memory.c's is 0xFF";

static const struct field cr[] = {ACTS("PRESCALER", BITS(31, 24)),
                                  ACTS("PMM", BIT(23)),
                                  ACTS("APMS", BIT(22)),
                                  ACTS("TOIE", BIT(20)),
                                  ACTS("SMIE", BIT(19)),
                                  ACTS("FTIE", BIT(18)),
                                  ACTS("TCIE", BIT(17)),
                                  ACTS("TEIE", BIT(16)),
                                  ACTS("FTHRES", BITS(12, 8)),
                                  ACTS("FSEL", BIT(7)),
                                  ACTS("DFM", BIT(6)),
                                  NO_ACTION("SSHIFT", BIT(4), why_pins),
                                  ACTS("TCEN", BIT(3)),
                                  ACTS("ABORT", BIT(1)),
                                  ACTS("EN", BIT(0)),
                                  FIELDS_END};
static const struct field dcr[] = {ACTS("FSIZE", BITS(20, 16)),
                                   NO_ACTION("CSHT", BITS(10, 8), why_pins),
                                   NO_ACTION("CKMODE", BIT(0), why_pins), FIELDS_END};
static const struct field sr[] = {
    ACTS("FLEVEL", BITS(13, 8)), ACTS("BUSY", BIT(5)), ACTS("TOF", BIT(4)), ACTS("SMF", BIT(3)),
    ACTS("FTF", BIT(2)),         ACTS("TCF", BIT(1)),  ACTS("TEF", BIT(0)), FIELDS_END};
static const struct field fcr[] = {ACTS("CTOF", BIT(4)), ACTS("CSMF", BIT(3)), ACTS("CTCF", BIT(1)),
                                   ACTS("CTEF", BIT(0)), FIELDS_END};
static const struct field dlr[] = {ACTS("DL", BITS(31, 0)), FIELDS_END};
static const struct field ccr[] = {UNMODELLED("DDRM", BIT(31), why_pins),
                                   NO_ACTION("DHHC", BIT(30), why_pins),
                                   UNMODELLED("FRCM", BIT(29), why_pins),
                                   UNMODELLED("SIOO", BIT(28), why_pins),
                                   ACTS("FMODE", BITS(27, 26)),
                                   ACTS("DMODE", BITS(25, 24)),
                                   ACTS("DCYC", BITS(22, 18)),
                                   ACTS("ABSIZE", BITS(17, 16)),
                                   ACTS("ABMODE", BITS(15, 14)),
                                   ACTS("ADSIZE", BITS(13, 12)),
                                   ACTS("ADMODE", BITS(11, 10)),
                                   ACTS("IMODE", BITS(9, 8)),
                                   PARTLY("INSTRUCTION", BITS(7, 0), why_commands),
                                   FIELDS_END};
static const struct field ar[] = {ACTS("ADDRESS", BITS(31, 0)), FIELDS_END};
static const struct field abr[] = {NO_ACTION("ALTERNATE", BITS(31, 0), why_pins), FIELDS_END};
static const struct field dr[] = {ACTS("DATA", BITS(31, 0)), FIELDS_END};
static const struct field psmkr[] = {ACTS("MASK", BITS(31, 0)), FIELDS_END};
static const struct field psmar[] = {ACTS("MATCH", BITS(31, 0)), FIELDS_END};
static const struct field pir[] = {ACTS("INTERVAL", BITS(15, 0)), FIELDS_END};
static const struct field lptr[] = {ACTS("TIMEOUT", BITS(15, 0)), FIELDS_END};

const struct reg_fields quadspi_fields[] = {
    {0x00, 1, 0, cr},   {0x04, 1, 0, dcr},   {0x08, 1, 0, sr},    {0x0C, 1, 0, fcr},
    {0x10, 1, 0, dlr},  {0x14, 1, 0, ccr},   {0x18, 1, 0, ar},    {0x1C, 1, 0, abr},
    {0x20, 1, 0, dr},   {0x24, 1, 0, psmkr}, {0x28, 1, 0, psmar}, {0x2C, 1, 0, pir},
    {0x30, 1, 0, lptr}, REG_FIELDS_END,
};
