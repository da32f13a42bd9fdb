/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
/* HSEM: the fields of its registers (RM0399 Rev 4, 11.4) and what the model makes of each. */
#include "vboard/chip/fields.h"
#include "vboard/periph/hsem/hsem.h"

static const struct field r[] = {ACTS("LOCK", BIT(31)), ACTS("COREID", BITS(11, 8)),
                                 ACTS("PROCID", BITS(7, 0)), FIELDS_END};
static const struct field ier[] = {ACTS("ISE", BITS(31, 0)), FIELDS_END};
static const struct field icr[] = {ACTS("ISC", BITS(31, 0)), FIELDS_END};
static const struct field isr[] = {ACTS("ISF", BITS(31, 0)), FIELDS_END};
static const struct field misr[] = {ACTS("MISF", BITS(31, 0)), FIELDS_END};
static const struct field cr[] = {ACTS("KEY", BITS(31, 16)), ACTS("COREID", BITS(11, 8)),
                                  FIELDS_END};
static const struct field keyr[] = {ACTS("KEY", BITS(31, 16)), FIELDS_END};

const struct reg_fields hsem_fields[] = {
    {0x00, 64, 4, r},     {0x100, 2, 16, ier}, {0x104, 2, 16, icr}, {0x108, 2, 16, isr},
    {0x10C, 2, 16, misr}, {0x140, 1, 0, cr},   {0x144, 1, 0, keyr}, REG_FIELDS_END,
};
