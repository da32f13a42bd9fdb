/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
#include "vboard/periph/dlyb/dlyb.h"

#include "vboard/chip/fields.h"

enum { R_CR, R_CFGR, R_COUNT };

#define CR_DEN (1u << 0)
#define CR_SEN (1u << 1)
#define CFGR_SEL 0xFu
#define CFGR_UNIT_POS 8u
#define CFGR_UNIT (0x7Fu << CFGR_UNIT_POS)
#define CFGR_LNG_POS 16u
#define CFGR_LNGF (1u << 31)
#define UNITS 12u
#define FIRST_PS 500u
#define STEP_PS 50u
#define PERIOD_PS 10000u

/* "LNG reflects the unit delay values sampled at the rising edge of the input clock": of unit n the input as it was n + 1
 * unit delays ago, low in the period's first half and high in its second one, counted back. */
static uint32_t length(uint32_t unit)
{
    uint32_t lng = 0;
    for (uint32_t n = 0; n < UNITS; n++) {
        uint32_t ago = (n + 1) * (FIRST_PS + unit * STEP_PS) % PERIOD_PS;
        lng |= (ago != 0 && ago <= PERIOD_PS / 2 ? 0u : 1u) << n;
    }
    return lng;
}

static bool measures(const struct periph *p)
{
    return (p->values[R_CR] & (CR_DEN | CR_SEN)) == (CR_DEN | CR_SEN);
}

static uint32_t cfgr_read(struct periph *p, unsigned slot, uint32_t value)
{
    (void)slot;
    if (!measures(p)) {
        return value & (CFGR_UNIT | CFGR_SEL);
    }
    uint32_t unit = (value & CFGR_UNIT) >> CFGR_UNIT_POS;
    return (value & (CFGR_UNIT | CFGR_SEL)) | length(unit) << CFGR_LNG_POS | CFGR_LNGF;
}

/* UNIT and SEL can only be written when SEN = 1. */
static void cfgr_write(struct periph *p, unsigned slot, uint32_t old, uint32_t written)
{
    (void)written;
    if ((p->values[R_CR] & CR_SEN) == 0) {
        p->values[slot] = old;
    }
}

static const char why_delay[] = "nothing is delayed";
static const char why_line[] = "of a delay line that is assumed (dlyb.h)";
static const struct field cr[] = {ACTS("SEN", BIT(1)), ACTS("DEN", BIT(0)), FIELDS_END};
static const struct field cfgr[] = {ACTS("LNGF", BIT(31)), PARTLY("LNG", BITS(27, 16), why_line),
                                    PARTLY("UNIT", BITS(14, 8), why_line),
                                    NO_ACTION("SEL", BITS(3, 0), why_delay), FIELDS_END};
static const struct reg_fields fields[] = {{0x00, 1, 0, cr}, {0x04, 1, 0, cfgr}, REG_FIELDS_END};

static const struct reg regs[R_COUNT] = {
    [R_CR] = {.offset = 0x00, .name = "CR", .rw = CR_DEN | CR_SEN},
    [R_CFGR] = {.offset = 0x04,
                .name = "CFGR",
                .rw = CFGR_UNIT | CFGR_SEL,
                .ro = 0x8FFF0000u,
                .steady = true,
                .read = cfgr_read,
                .write = cfgr_write},
};

static int init(struct periph *p)
{
    (void)p;
    return 0;
}

static void destroy(struct periph *p)
{
    (void)p;
}

const struct model dlyb_model = {
    .kind = "dlyb",
    .size = sizeof(struct periph),
    .regs = regs,
    .fields = fields,
    .slot_count = R_COUNT,
    .span = 0x400,
    .init = init,
    .destroy = destroy,
};
