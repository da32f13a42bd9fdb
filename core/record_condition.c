/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
/* Conditions of a broadcast source as the record has them: u16 where, u16 equals. */
#include "core/record_condition.h"

#include "core/err.h"
#include "core/le.h"
#include "core/record_layout.h"

/* Also an unused one, which is all zero. */
static void parse_one(struct condition *condition, const uint8_t *bytes)
{
    uint16_t where = le_get_u16(bytes);
    *condition = (struct condition){
        .role = (enum condition_role)((where >> WHERE_ROLE_SHIFT) & WHERE_ROLE_MASK)};
    if (condition->role != CONDITION_NONE) {
        condition->bits.start_bit = where & WHERE_START_MASK;
        condition->bits.length_bits = (uint8_t)((where >> WHERE_LENGTH_SHIFT) + 1);
        condition->bits.motorola = where & WHERE_MOTOROLA;
        condition->equals = le_get_u16(bytes + CONDITION_EQUALS);
    }
}

int record_parse_conditions(struct condition *conditions, const uint8_t *bytes)
{
    for (unsigned i = 0; i < CONDITION_MAX; i++) {
        parse_one(&conditions[i], bytes + i * SOURCE_CONDITION_SIZE);
        if (conditions[i].role > CONDITION_VALID) {
            return GAUGE_ERR_RESERVED;
        }
    }
    return 0;
}

static void build_one(const struct condition *condition, uint8_t *bytes)
{
    unsigned where = condition->bits.start_bit;
    where |= condition->bits.motorola ? WHERE_MOTOROLA : 0u;
    where |= (unsigned)condition->role << WHERE_ROLE_SHIFT;
    where |= (condition->bits.length_bits - 1u) << WHERE_LENGTH_SHIFT;
    le_put_u16(bytes, (uint16_t)where);
    le_put_u16(bytes + CONDITION_EQUALS, condition->equals);
}

void record_build_conditions(const struct condition *conditions, uint8_t *bytes)
{
    for (unsigned i = 0; i < CONDITION_MAX && conditions[i].role != CONDITION_NONE; i++) {
        build_one(&conditions[i], bytes + i * SOURCE_CONDITION_SIZE);
    }
}
