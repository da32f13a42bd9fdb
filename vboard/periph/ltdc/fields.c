/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
/* LTDC's fields (RM0399 Rev 4, 33.7). */
#include "vboard/chip/fields.h"
#include "vboard/periph/ltdc/ltdc.h"

static const char why_pins[] = "no pin is driven";
static const char why_never[] = "nothing is fetched, so nothing fails";

static const struct field sscr[] = {ACTS("HSW", BITS(27, 16)), ACTS("VSH", BITS(10, 0)),
                                    FIELDS_END};
static const struct field bpcr[] = {ACTS("AHBP", BITS(27, 16)), ACTS("AVBP", BITS(10, 0)),
                                    FIELDS_END};
static const struct field awcr[] = {ACTS("AAW", BITS(27, 16)), ACTS("AAH", BITS(10, 0)),
                                    FIELDS_END};
static const struct field twcr[] = {ACTS("TOTALW", BITS(27, 16)), ACTS("TOTALH", BITS(10, 0)),
                                    FIELDS_END};
static const struct field gcr[] = {NO_ACTION("HSPOL", BIT(31), why_pins),
                                   NO_ACTION("VSPOL", BIT(30), why_pins),
                                   NO_ACTION("DEPOL", BIT(29), why_pins),
                                   NO_ACTION("PCPOL", BIT(28), why_pins),
                                   NO_ACTION("DEN", BIT(16), why_pins),
                                   ACTS("DRW", BITS(14, 12)),
                                   ACTS("DGW", BITS(10, 8)),
                                   ACTS("DBW", BITS(6, 4)),
                                   ACTS("LTDCEN", BIT(0)),
                                   FIELDS_END};
static const struct field srcr[] = {ACTS("VBR", BIT(1)), ACTS("IMR", BIT(0)), FIELDS_END};
static const struct field bccr[] = {ACTS("BCRED", BITS(23, 16)), ACTS("BCGREEN", BITS(15, 8)),
                                    ACTS("BCBLUE", BITS(7, 0)), FIELDS_END};
static const struct field ier[] = {ACTS("RRIE", BIT(3)), NO_ACTION("TERRIE", BIT(2), why_never),
                                   NO_ACTION("FUIE", BIT(1), why_never), ACTS("LIE", BIT(0)),
                                   FIELDS_END};
static const struct field isr[] = {ACTS("RRIF", BIT(3)), UNMODELLED("TERRIF", BIT(2), why_never),
                                   UNMODELLED("FUIF", BIT(1), why_never), ACTS("LIF", BIT(0)),
                                   FIELDS_END};
static const struct field icr[] = {ACTS("CRRIF", BIT(3)), NO_ACTION("CTERRIF", BIT(2), why_never),
                                   NO_ACTION("CFUIF", BIT(1), why_never), ACTS("CLIF", BIT(0)),
                                   FIELDS_END};
static const struct field lipcr[] = {ACTS("LIPOS", BITS(10, 0)), FIELDS_END};
static const struct field cpsr[] = {ACTS("CXPOS", BITS(31, 16)), ACTS("CYPOS", BITS(15, 0)),
                                    FIELDS_END};
static const struct field cdsr[] = {ACTS("HSYNCS", BIT(3)), ACTS("VSYNCS", BIT(2)),
                                    ACTS("HDES", BIT(1)), ACTS("VDES", BIT(0)), FIELDS_END};

/* ---- layers: shadowed ---- */

static const struct field cr[] = {ACTS("CLUTEN", BIT(4)), ACTS("COLKEN", BIT(1)),
                                  ACTS("LEN", BIT(0)), FIELDS_END};
static const struct field whpcr[] = {ACTS("WHSPPOS", BITS(27, 16)), ACTS("WHSTPOS", BITS(11, 0)),
                                     FIELDS_END};
static const struct field wvpcr[] = {ACTS("WVSPPOS", BITS(26, 16)), ACTS("WVSTPOS", BITS(10, 0)),
                                     FIELDS_END};
static const struct field ckcr[] = {ACTS("CKRED", BITS(23, 16)), ACTS("CKGREEN", BITS(15, 8)),
                                    ACTS("CKBLUE", BITS(7, 0)), FIELDS_END};
static const struct field pfcr[] = {ACTS("PF", BITS(2, 0)), FIELDS_END};
static const struct field cacr[] = {ACTS("CONSTA", BITS(7, 0)), FIELDS_END};
static const struct field dccr[] = {ACTS("DCALPHA", BITS(31, 24)), ACTS("DCRED", BITS(23, 16)),
                                    ACTS("DCGREEN", BITS(15, 8)), ACTS("DCBLUE", BITS(7, 0)),
                                    FIELDS_END};
static const struct field bfcr[] = {ACTS("BF1", BITS(10, 8)), ACTS("BF2", BITS(2, 0)), FIELDS_END};
static const struct field cfbar[] = {ACTS("CFBADD", BITS(31, 0)), FIELDS_END};
static const struct field cfblr[] = {ACTS("CFBP", BITS(28, 16)), ACTS("CFBLL", BITS(12, 0)),
                                     FIELDS_END};
static const struct field cfblnr[] = {ACTS("CFBLNBR", BITS(10, 0)), FIELDS_END};
static const struct field clutwr[] = {ACTS("CLUTADD", BITS(31, 24)), ACTS("RED", BITS(23, 16)),
                                      ACTS("GREEN", BITS(15, 8)), ACTS("BLUE", BITS(7, 0)),
                                      FIELDS_END};

const struct reg_fields ltdc_fields[] = {
    {0x008, 1, 0, sscr},      {0x00C, 1, 0, bpcr},     {0x010, 1, 0, awcr},
    {0x014, 1, 0, twcr},      {0x018, 1, 0, gcr},      {0x024, 1, 0, srcr},
    {0x02C, 1, 0, bccr},      {0x034, 1, 0, ier},      {0x038, 1, 0, isr},
    {0x03C, 1, 0, icr},       {0x040, 1, 0, lipcr},    {0x044, 1, 0, cpsr},
    {0x048, 1, 0, cdsr},      {0x084, 2, 0x80, cr},    {0x088, 2, 0x80, whpcr},
    {0x08C, 2, 0x80, wvpcr},  {0x090, 2, 0x80, ckcr},  {0x094, 2, 0x80, pfcr},
    {0x098, 2, 0x80, cacr},   {0x09C, 2, 0x80, dccr},  {0x0A0, 2, 0x80, bfcr},
    {0x0AC, 2, 0x80, cfbar},  {0x0B0, 2, 0x80, cfblr}, {0x0B4, 2, 0x80, cfblnr},
    {0x0C4, 2, 0x80, clutwr}, REG_FIELDS_END};
