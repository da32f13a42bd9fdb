/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
#include "vboard/periph/mdios/mdios.h"

#include "vboard/chip/fields.h"

enum {
    R_CR,
    R_WRFR,
    R_CWRFR,
    R_RDFR,
    R_CRDFR,
    R_SR,
    R_CLRFR,
    R_DINR,
    R_DOUTR = R_DINR + 32,
    R_COUNT = R_DOUTR + 32
};

#define CR_EN (1u << 0)
#define CR_PROTECTED (0x1Fu << 8 | 1u << 7) /* PORT_ADDRESS, DPC */

/* They can be set together with EN, not while it is set (57.4.1). */
static void cr_write(struct periph *p, unsigned slot, uint32_t old, uint32_t written)
{
    uint32_t *cr = &p->values[slot];
    (void)written;
    if ((old & CR_EN) != 0 && ((old ^ *cr) & CR_PROTECTED) != 0 && (*cr & CR_EN) != 0) {
        periph_report(p, slot, FOUND_WHILE_ENABLED, NULL);
        *cr = (*cr & ~CR_PROTECTED) | (old & CR_PROTECTED);
    }
}

static const struct reg regs[R_COUNT] = {
    [R_CR] = {.offset = 0x00, .name = "CR", .rw = 0x1F8Fu, .steady = true, .write = cr_write},
    [R_WRFR] = {.offset = 0x04, .name = "WRFR", .ro = ~0u, .steady = true},
    [R_CWRFR] = {.offset = 0x08, .name = "CWRFR", .wo = ~0u},
    [R_RDFR] = {.offset = 0x0C, .name = "RDFR", .ro = ~0u, .steady = true},
    [R_CRDFR] = {.offset = 0x10, .name = "CRDFR", .wo = ~0u},
    [R_SR] = {.offset = 0x14, .name = "SR", .ro = 7u, .steady = true},
    [R_CLRFR] = {.offset = 0x18, .name = "CLRFR", .wo = 7u},
    [R_DINR] = {.offset = 0x100,
                .name = "DINR%u",
                .count = 32,
                .stride = 4,
                .ro = 0xFFFFu,
                .steady = true},
    [R_DOUTR] = {.offset = 0x180,
                 .name = "DOUTR%u",
                 .count = 32,
                 .stride = 4,
                 .rw = 0xFFFFu,
                 .steady = true},
};

static const char why_no_master[] = "the board has no MDIO master: no frame comes";

static const struct field cr[] = {NO_ACTION("PORT_ADDRESS", BITS(12, 8), why_no_master),
                                  NO_ACTION("DPC", BIT(7), why_no_master),
                                  NO_ACTION("EIE", BIT(3), why_no_master),
                                  NO_ACTION("RDIE", BIT(2), why_no_master),
                                  NO_ACTION("WRIE", BIT(1), why_no_master),
                                  NO_ACTION("EN", BIT(0), why_no_master),
                                  FIELDS_END};
static const struct field wrfr[] = {NO_ACTION("WRF", BITS(31, 0), why_no_master), FIELDS_END};
static const struct field cwrfr[] = {NO_ACTION("CWRF", BITS(31, 0), why_no_master), FIELDS_END};
static const struct field rdfr[] = {NO_ACTION("RDF", BITS(31, 0), why_no_master), FIELDS_END};
static const struct field crdfr[] = {NO_ACTION("CRDF", BITS(31, 0), why_no_master), FIELDS_END};
static const struct field sr[] = {NO_ACTION("TERF", BIT(2), why_no_master),
                                  NO_ACTION("SERF", BIT(1), why_no_master),
                                  NO_ACTION("PERF", BIT(0), why_no_master), FIELDS_END};
static const struct field clrfr[] = {NO_ACTION("CTERF", BIT(2), why_no_master),
                                     NO_ACTION("CSERF", BIT(1), why_no_master),
                                     NO_ACTION("CPERF", BIT(0), why_no_master), FIELDS_END};
static const struct field dinr[] = {NO_ACTION("DIN", BITS(15, 0), why_no_master), FIELDS_END};
static const struct field doutr[] = {NO_ACTION("DOUT", BITS(15, 0), why_no_master), FIELDS_END};

static const struct reg_fields fields[] = {
    {0x00, 1, 0, cr},      {0x04, 1, 0, wrfr}, {0x08, 1, 0, cwrfr}, {0x0C, 1, 0, rdfr},
    {0x10, 1, 0, crdfr},   {0x14, 1, 0, sr},   {0x18, 1, 0, clrfr}, {0x100, 32, 4, dinr},
    {0x180, 32, 4, doutr}, REG_FIELDS_END};

const struct model mdios_model = {
    .kind = "mdios",
    .size = sizeof(struct periph),
    .regs = regs,
    .fields = fields,
    .slot_count = R_COUNT,
    .span = 0x400,
};
