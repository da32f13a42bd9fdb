/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
/* DMAMUX: the fields of its registers (RM0399 Rev 4, 18.6) and what the model makes of each. */
#include "vboard/chip/fields.h"
#include "vboard/periph/dmamux/dmamux.h"

static const char why_input[] =
    "of inputs those of DMAMUX, of modelled timers, of BDMA, LPUART1, comparators and EXTI's pins";

#define CCR(sync, id)                                                                              \
    {                                                                                              \
        PARTLY("SYNC_ID", sync, why_input), ACTS("NBREQ", BITS(23, 19)),                           \
            ACTS("SPOL", BITS(18, 17)), ACTS("SE", BIT(16)), ACTS("EGE", BIT(9)),                  \
            ACTS("SOIE", BIT(8)), ACTS("DMAREQ_ID", id), FIELDS_END                                \
    }
#define RGCR(sig)                                                                                  \
    {                                                                                              \
        ACTS("GNBREQ", BITS(23, 19)), ACTS("GPOL", BITS(18, 17)), ACTS("GE", BIT(16)),             \
            ACTS("OIE", BIT(8)), PARTLY("SIG_ID", sig, why_input), FIELDS_END                      \
    }

static const struct field ccr1[] = CCR(BITS(26, 24), BITS(6, 0));
static const struct field ccr2[] = CCR(BITS(28, 24), BITS(4, 0));
static const struct field csr[] = {ACTS_EACH("SOF%u", BIT(0), 16, 0), FIELDS_END};
static const struct field cfr[] = {ACTS_EACH("CSOF%u", BIT(0), 16, 0), FIELDS_END};
static const struct field rgcr1[] = RGCR(BITS(2, 0));
static const struct field rgcr2[] = RGCR(BITS(4, 0));
static const struct field rgsr[] = {ACTS_EACH("OF%u", BIT(0), 8, 0), FIELDS_END};
static const struct field rgcfr[] = {ACTS_EACH("COF%u", BIT(0), 8, 0), FIELDS_END};

const struct reg_fields dmamux1_fields[] = {
    {0x000, 16, 4, ccr1}, {0x080, 1, 0, csr},   {0x084, 1, 0, cfr}, {0x100, 8, 4, rgcr1},
    {0x140, 1, 0, rgsr},  {0x144, 1, 0, rgcfr}, REG_FIELDS_END,
};
const struct reg_fields dmamux2_fields[] = {
    {0x000, 8, 4, ccr2}, {0x080, 1, 0, csr},   {0x084, 1, 0, cfr}, {0x100, 8, 4, rgcr2},
    {0x140, 1, 0, rgsr}, {0x144, 1, 0, rgcfr}, REG_FIELDS_END,
};
