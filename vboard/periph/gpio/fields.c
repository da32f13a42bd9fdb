/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
/* GPIO: the fields of its registers (RM0399 Rev 4, 12.4) and what the model makes of each. */
#include "vboard/chip/fields.h"
#include "vboard/periph/gpio/gpio.h"

static const char why_af[] = "functions of what is not modelled leave the pin alone";
static const char why_odaf[] = "alternate functions drive push-pull";
static const char why_slope[] = "edges have no slope";

static const struct field moder[] = {ACTS_EACH("MODER%u", BITS(1, 0), 16, 0), FIELDS_END};
static const struct field otyper[] = {PARTLY_EACH("OT%u", BIT(0), 16, 0, why_odaf), FIELDS_END};
static const struct field ospeedr[] = {NO_ACTION_EACH("OSPEEDR%u", BITS(1, 0), 16, 0, why_slope),
                                       FIELDS_END};
static const struct field pupdr[] = {ACTS_EACH("PUPDR%u", BITS(1, 0), 16, 0), FIELDS_END};
static const struct field idr[] = {ACTS_EACH("IDR%u", BIT(0), 16, 0), FIELDS_END};
static const struct field odr[] = {ACTS_EACH("ODR%u", BIT(0), 16, 0), FIELDS_END};
static const struct field bsrr[] = {ACTS_EACH("BS%u", BIT(0), 16, 0),
                                    ACTS_EACH("BR%u", BIT(16), 16, 0), FIELDS_END};
static const struct field lckr[] = {ACTS_EACH("LCK%u", BIT(0), 16, 0), ACTS("LCKK", BIT(16)),
                                    FIELDS_END};
static const struct field afrl[] = {PARTLY_EACH("AFR%u", BITS(3, 0), 8, 0, why_af), FIELDS_END};
static const struct field afrh[] = {PARTLY_EACH("AFR%u", BITS(3, 0), 8, 8, why_af), FIELDS_END};

const struct reg_fields gpio_fields[] = {
    {0x00, 1, 0, moder}, {0x04, 1, 0, otyper}, {0x08, 1, 0, ospeedr}, {0x0C, 1, 0, pupdr},
    {0x10, 1, 0, idr},   {0x14, 1, 0, odr},    {0x18, 1, 0, bsrr},    {0x1C, 1, 0, lckr},
    {0x20, 1, 0, afrl},  {0x24, 1, 0, afrh},   REG_FIELDS_END,
};
