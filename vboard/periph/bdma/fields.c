/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
/* BDMA: the fields of its registers (RM0399 Rev 4, 17.6) and what the model makes of each. */
#include "vboard/chip/fields.h"
#include "vboard/periph/bdma/bdma.h"

static const char why_priority[] = "channels do not wait for each other";

#define FLAGS_OF(prefix, number)                                                                   \
    ACTS(prefix "TEIF" #number, BIT(4 * number + 3)),                                              \
        ACTS(prefix "HTIF" #number, BIT(4 * number + 2)),                                          \
        ACTS(prefix "TCIF" #number, BIT(4 * number + 1)),                                          \
        ACTS(prefix "GIF" #number, BIT(4 * number))
#define ALL(prefix)                                                                                \
    {                                                                                              \
        FLAGS_OF(prefix, 0), FLAGS_OF(prefix, 1), FLAGS_OF(prefix, 2), FLAGS_OF(prefix, 3),        \
            FLAGS_OF(prefix, 4), FLAGS_OF(prefix, 5), FLAGS_OF(prefix, 6), FLAGS_OF(prefix, 7),    \
            FIELDS_END                                                                             \
    }

static const struct field isr[] = ALL("");
static const struct field ifcr[] = ALL("C");
static const struct field ccr[] = {ACTS("CT", BIT(16)),
                                   ACTS("DBM", BIT(15)),
                                   ACTS("MEM2MEM", BIT(14)),
                                   NO_ACTION("PL", BITS(13, 12), why_priority),
                                   ACTS("MSIZE", BITS(11, 10)),
                                   ACTS("PSIZE", BITS(9, 8)),
                                   ACTS("MINC", BIT(7)),
                                   ACTS("PINC", BIT(6)),
                                   ACTS("CIRC", BIT(5)),
                                   ACTS("DIR", BIT(4)),
                                   ACTS("TEIE", BIT(3)),
                                   ACTS("HTIE", BIT(2)),
                                   ACTS("TCIE", BIT(1)),
                                   ACTS("EN", BIT(0)),
                                   FIELDS_END};
static const struct field cndtr[] = {ACTS("NDT", BITS(15, 0)), FIELDS_END};
static const struct field cpar[] = {ACTS("PA", BITS(31, 0)), FIELDS_END};
static const struct field cmar[] = {ACTS("MA", BITS(31, 0)), FIELDS_END};

const struct reg_fields bdma_fields[] = {
    {0x00, 1, 0, isr},     {0x04, 1, 0, ifcr},    {0x08, 8, 0x14, ccr},  {0x0C, 8, 0x14, cndtr},
    {0x10, 8, 0x14, cpar}, {0x14, 8, 0x14, cmar}, {0x18, 8, 0x14, cmar}, REG_FIELDS_END,
};
