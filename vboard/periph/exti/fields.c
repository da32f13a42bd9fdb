/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
/* EXTI: the fields of its registers (RM0399 Rev 4, 21.6) and what the model makes of each. */
#include "vboard/chip/fields.h"
#include "vboard/periph/exti/exti.h"

static const char why_line[] = "works, yet has no NVIC line: what it belongs to is not modelled";
static const char why_srcd[] = "works, yet no event comes from what it belongs to";

static const struct field edge1[] = {ACTS_EACH("TR%u", BIT(0), 22, 0), FIELDS_END};
static const struct field swier1[] = {ACTS_EACH("SWIER%u", BIT(0), 22, 0), FIELDS_END};
static const struct field d3pmr1[] = {ACTS_EACH("MR%u", BIT(0), 16, 0),
                                      ACTS("MR19", BIT(19)),
                                      ACTS("MR20", BIT(20)),
                                      ACTS("MR21", BIT(21)),
                                      ACTS("MR25", BIT(25)),
                                      FIELDS_END};
static const struct field d3pcr1l[] = {ACTS_EACH("PCS%u", BITS(1, 0), 16, 0), FIELDS_END};
static const struct field d3pcr1h[] = {ACTS_EACH("PCS%u", BITS(7, 6), 3, 19),
                                       ACTS("PCS25", BITS(19, 18)), FIELDS_END};
static const struct field edge2[] = {PARTLY("TR49", BIT(17), why_line),
                                     PARTLY("TR51", BIT(19), why_line), FIELDS_END};
static const struct field swier2[] = {PARTLY("SWIER49", BIT(17), why_line),
                                      PARTLY("SWIER51", BIT(19), why_line), FIELDS_END};
static const struct field d3pmr2[] = {ACTS("MR34", BIT(2)), ACTS("MR35", BIT(3)),
                                      ACTS("MR41", BIT(9)), ACTS_EACH("MR%u", BIT(16), 6, 48),
                                      FIELDS_END};
static const struct field d3pcr2l[] = {ACTS("PCS34", BITS(5, 4)), ACTS("PCS35", BITS(7, 6)),
                                       ACTS("PCS41", BITS(19, 18)), FIELDS_END};
static const struct field d3pcr2h[] = {ACTS_EACH("PCS%u", BITS(1, 0), 6, 48), FIELDS_END};
static const struct field edge3[] = {
    PARTLY("TR82", BIT(18), why_line), PARTLY("TR84", BIT(20), why_line),
    PARTLY("TR85", BIT(21), why_line), PARTLY("TR86", BIT(22), why_line), FIELDS_END};
static const struct field swier3[] = {
    PARTLY("SWIER82", BIT(18), why_line), PARTLY("SWIER84", BIT(20), why_line),
    PARTLY("SWIER85", BIT(21), why_line), PARTLY("SWIER86", BIT(22), why_line), FIELDS_END};
static const struct field d3pmr3[] = {ACTS("MR88", BIT(24)), FIELDS_END};
static const struct field d3pcr3h[] = {ACTS("PCS88", BITS(17, 16)), FIELDS_END};
/* Of the interrupt and of the event masks, both cores': the same fields. */
static const struct field mr1[] = {ACTS_EACH("MR%u", BIT(0), 22, 0),
                                   PARTLY_EACH("MR%u", BIT(22), 4, 22, why_srcd),
                                   ACTS_EACH("MR%u", BIT(26), 6, 26), FIELDS_END};
static const struct field pr1[] = {ACTS_EACH("PR%u", BIT(0), 22, 0), FIELDS_END};
static const struct field mr2[] = {ACTS_EACH("MR%u", BIT(0), 2, 32),
                                   ACTS_EACH("MR%u", BIT(2), 2, 34),
                                   ACTS_EACH("MR%u", BIT(4), 6, 36),
                                   PARTLY_EACH("MR%u", BIT(10), 3, 42, why_srcd),
                                   PARTLY("MR46", BIT(14), why_srcd),
                                   ACTS_EACH("MR%u", BIT(15), 2, 47),
                                   PARTLY("MR49", BIT(17), why_line),
                                   ACTS("MR50", BIT(18)),
                                   PARTLY("MR51", BIT(19), why_line),
                                   ACTS_EACH("MR%u", BIT(20), 2, 52),
                                   PARTLY("MR54", BIT(22), why_srcd),
                                   ACTS_EACH("MR%u", BIT(23), 9, 55),
                                   FIELDS_END};
static const struct field pr2[] = {PARTLY("PR49", BIT(17), why_line),
                                   PARTLY("PR51", BIT(19), why_line), FIELDS_END};
static const struct field mr3[] = {
    ACTS_EACH("MR%u", BIT(0), 12, 64), PARTLY("MR76", BIT(12), why_srcd),
    ACTS_EACH("MR%u", BIT(13), 4, 77), PARTLY("MR82", BIT(18), why_line),
    PARTLY("MR84", BIT(20), why_line), PARTLY("MR85", BIT(21), why_line),
    PARTLY("MR86", BIT(22), why_line), ACTS("MR87", BIT(23)),
    PARTLY("MR88", BIT(24), why_srcd), FIELDS_END};
static const struct field pr3[] = {
    PARTLY("PR82", BIT(18), why_line), PARTLY("PR84", BIT(20), why_line),
    PARTLY("PR85", BIT(21), why_line), PARTLY("PR86", BIT(22), why_line), FIELDS_END};

const struct reg_fields exti_fields[] = {
    {0x00, 2, 4, edge1},   {0x08, 1, 0, swier1},  {0x0C, 1, 0, d3pmr1}, {0x10, 1, 0, d3pcr1l},
    {0x14, 1, 0, d3pcr1h}, {0x20, 2, 4, edge2},   {0x28, 1, 0, swier2}, {0x2C, 1, 0, d3pmr2},
    {0x30, 1, 0, d3pcr2l}, {0x34, 1, 0, d3pcr2h}, {0x40, 2, 4, edge3},  {0x48, 1, 0, swier3},
    {0x4C, 1, 0, d3pmr3},  {0x54, 1, 0, d3pcr3h}, {0x80, 2, 64, mr1},   {0x84, 2, 64, mr1},
    {0x88, 2, 64, pr1},    {0x90, 2, 64, mr2},    {0x94, 2, 64, mr2},   {0x98, 2, 64, pr2},
    {0xA0, 2, 64, mr3},    {0xA4, 2, 64, mr3},    {0xA8, 2, 64, pr3},   REG_FIELDS_END,
};
