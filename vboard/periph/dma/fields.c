/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
/* DMA1, DMA2: the fields of their registers (RM0399 Rev 4, 16.5) and what the model makes of each. */
#include "vboard/chip/fields.h"
#include "vboard/periph/dma/dma.h"

static const char why_priority[] = "streams do not wait for each other";
static const char why_flow[] = "no peripheral of this chip that is modelled ends a transfer";
static const char why_bufferable[] = "each write has arrived before the next access";
static const char why_grant[] = "the memory bus is always granted: the flag never comes";

#define FLAGS_OF(prefix, number, shift)                                                            \
    ACTS(prefix "TCIF" number, BIT(5 + (shift))), ACTS(prefix "HTIF" number, BIT(4 + (shift))),    \
        ACTS(prefix "TEIF" number, BIT(3 + (shift))),                                              \
        NO_ACTION(prefix "DMEIF" number, BIT(2 + (shift)), why_grant),                             \
        ACTS(prefix "FEIF" number, BIT(shift))
#define FOUR(prefix, a, b, c, d)                                                                   \
    {                                                                                              \
        FLAGS_OF(prefix, a, 0), FLAGS_OF(prefix, b, 6), FLAGS_OF(prefix, c, 16),                   \
            FLAGS_OF(prefix, d, 22), FIELDS_END                                                    \
    }

static const struct field lisr[] = FOUR("", "0", "1", "2", "3");
static const struct field hisr[] = FOUR("", "4", "5", "6", "7");
static const struct field lifcr[] = FOUR("C", "0", "1", "2", "3");
static const struct field hifcr[] = FOUR("C", "4", "5", "6", "7");

static const struct field cr[] = {ACTS("MBURST", BITS(24, 23)),
                                  ACTS("PBURST", BITS(22, 21)),
                                  NO_ACTION("TRBUFF", BIT(20), why_bufferable),
                                  ACTS("CT", BIT(19)),
                                  ACTS("DBM", BIT(18)),
                                  NO_ACTION("PL", BITS(17, 16), why_priority),
                                  ACTS("PINCOS", BIT(15)),
                                  ACTS("MSIZE", BITS(14, 13)),
                                  ACTS("PSIZE", BITS(12, 11)),
                                  ACTS("MINC", BIT(10)),
                                  ACTS("PINC", BIT(9)),
                                  ACTS("CIRC", BIT(8)),
                                  ACTS("DIR", BITS(7, 6)),
                                  UNMODELLED("PFCTRL", BIT(5), why_flow),
                                  ACTS("TCIE", BIT(4)),
                                  ACTS("HTIE", BIT(3)),
                                  ACTS("TEIE", BIT(2)),
                                  NO_ACTION("DMEIE", BIT(1), why_grant),
                                  ACTS("EN", BIT(0)),
                                  FIELDS_END};
static const struct field ndtr[] = {ACTS("NDT", BITS(15, 0)), FIELDS_END};
static const struct field par[] = {ACTS("PAR", BITS(31, 0)), FIELDS_END};
static const struct field m0ar[] = {ACTS("M0A", BITS(31, 0)), FIELDS_END};
static const struct field m1ar[] = {ACTS("M1A", BITS(31, 0)), FIELDS_END};
static const struct field fcr[] = {ACTS("FEIE", BIT(7)), ACTS("FS", BITS(5, 3)),
                                   ACTS("DMDIS", BIT(2)), ACTS("FTH", BITS(1, 0)), FIELDS_END};

const struct reg_fields dma_fields[] = {
    {0x00, 1, 0, lisr},    {0x04, 1, 0, hisr},    {0x08, 1, 0, lifcr},  {0x0C, 1, 0, hifcr},
    {0x10, 8, 0x18, cr},   {0x14, 8, 0x18, ndtr}, {0x18, 8, 0x18, par}, {0x1C, 8, 0x18, m0ar},
    {0x20, 8, 0x18, m1ar}, {0x24, 8, 0x18, fcr},  REG_FIELDS_END,
};
