/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
/* ART: the fields of its registers (RM0399 Rev 4, 6.4) and what the model makes of each. */
#include "vboard/chip/fields.h"
#include "vboard/periph/art/art.h"

static const char why_art[] = "fetches take the same time with it and without";

static const struct field ctr[] = {NO_ACTION("PCACHEADDR", BITS(19, 8), why_art),
                                   NO_ACTION("EN", BIT(0), why_art), FIELDS_END};

const struct reg_fields art_fields[] = {
    {0x00, 1, 0, ctr},
    REG_FIELDS_END,
};
