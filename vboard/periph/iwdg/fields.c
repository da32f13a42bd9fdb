/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
/* IWDG: the fields of its registers (RM0399 Rev 4, 48.4) and what the model makes of each. */
#include "vboard/chip/fields.h"
#include "vboard/periph/iwdg/iwdg.h"

static const struct field kr[] = {ACTS("KEY", BITS(15, 0)), FIELDS_END};
static const struct field pr[] = {ACTS("PR", BITS(2, 0)), FIELDS_END};
static const struct field rlr[] = {ACTS("RL", BITS(11, 0)), FIELDS_END};
static const struct field sr[] = {ACTS("WVU", BIT(2)), ACTS("RVU", BIT(1)), ACTS("PVU", BIT(0)),
                                  FIELDS_END};
static const struct field winr[] = {ACTS("WIN", BITS(11, 0)), FIELDS_END};

const struct reg_fields iwdg_fields[] = {
    {0x00, 1, 0, kr}, {0x04, 1, 0, pr},   {0x08, 1, 0, rlr},
    {0x0C, 1, 0, sr}, {0x10, 1, 0, winr}, REG_FIELDS_END,
};
