/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
/* LPTIM: the fields of its registers (RM0399 Rev 4, 45.7) and what the model makes of each. */
#include "vboard/chip/fields.h"
#include "vboard/periph/lptim/lptim.h"

static const char why_encoder[] = "no encoder: the counter does not move";
static const char why_input[] = "no clock on input 1: the counter does not move";
static const char why_input_only[] = "of input 1 alone, and what would use it is reported";
static const char why_input_2[] = "of encoders alone, and ENC is reported";
static const char why_pin[] = "input 1 is its pin alone";
static const char why_filter[] = "every edge counts at once";
static const char why_source[] = "of triggers the pin LPTIMx_ETR alone";
static const char why_trigger[] = "these timers' triggers are other peripherals', none comes";
static const char why_trigger_only[] = "of the trigger alone, and TRIGEN is reported";

static const struct field isr1[] = {UNMODELLED("DOWN", BIT(6), why_encoder),
                                    UNMODELLED("UP", BIT(5), why_encoder),
                                    ACTS("ARROK", BIT(4)),
                                    ACTS("CMPOK", BIT(3)),
                                    ACTS("EXTTRIG", BIT(2)),
                                    ACTS("ARRM", BIT(1)),
                                    ACTS("CMPM", BIT(0)),
                                    FIELDS_END};
static const struct field icr[] = {ACTS("DOWNCF", BIT(6)),    ACTS("UPCF", BIT(5)),
                                   ACTS("ARROKCF", BIT(4)),   ACTS("CMPOKCF", BIT(3)),
                                   ACTS("EXTTRIGCF", BIT(2)), ACTS("ARRMCF", BIT(1)),
                                   ACTS("CMPMCF", BIT(0)),    FIELDS_END};
static const struct field ier1[] = {UNMODELLED("DOWNIE", BIT(6), why_encoder),
                                    UNMODELLED("UPIE", BIT(5), why_encoder),
                                    ACTS("ARROKIE", BIT(4)),
                                    ACTS("CMPOKIE", BIT(3)),
                                    ACTS("EXTTRIGIE", BIT(2)),
                                    ACTS("ARRMIE", BIT(1)),
                                    ACTS("CMPMIE", BIT(0)),
                                    FIELDS_END};
static const struct field cfgr1[] = {UNMODELLED("ENC", BIT(24), why_encoder),
                                     ACTS("COUNTMODE", BIT(23)),
                                     ACTS("PRELOAD", BIT(22)),
                                     ACTS("WAVPOL", BIT(21)),
                                     ACTS("WAVE", BIT(20)),
                                     ACTS("TIMOUT", BIT(19)),
                                     ACTS("TRIGEN", BITS(18, 17)),
                                     PARTLY("TRIGSEL", BITS(15, 13), why_source),
                                     ACTS("PRESC", BITS(11, 9)),
                                     UNMODELLED("TRGFLT", BITS(7, 6), why_filter),
                                     NO_ACTION("CKFLT", BITS(4, 3), why_filter),
                                     ACTS("CKPOL", BITS(2, 1)),
                                     ACTS("CKSEL", BIT(0)),
                                     FIELDS_END};
static const struct field cr[] = {ACTS("RSTARE", BIT(4)),  ACTS("COUNTRST", BIT(3)),
                                  ACTS("CNTSTRT", BIT(2)), ACTS("SNGSTRT", BIT(1)),
                                  ACTS("ENABLE", BIT(0)),  FIELDS_END};
static const struct field cmp[] = {ACTS("CMP", BITS(15, 0)), FIELDS_END};
static const struct field arr[] = {ACTS("ARR", BITS(15, 0)), FIELDS_END};
static const struct field cnt[] = {ACTS("CNT", BITS(15, 0)), FIELDS_END};
static const struct field cfgr2_1[] = {NO_ACTION("IN2SEL", BITS(5, 4), why_input_2),
                                       UNMODELLED("IN1SEL", BITS(1, 0), why_pin), FIELDS_END};
static const struct field cfgr2_3[] = {NO_ACTION("IN1SEL", BITS(1, 0), why_input_only), FIELDS_END};

const struct reg_fields lptim1_fields[] = {
    {0x00, 1, 0, isr1},    {0x04, 1, 0, icr}, {0x08, 1, 0, ier1}, {0x0C, 1, 0, cfgr1},
    {0x10, 1, 0, cr},      {0x14, 1, 0, cmp}, {0x18, 1, 0, arr},  {0x1C, 1, 0, cnt},
    {0x24, 1, 0, cfgr2_1}, REG_FIELDS_END,
};

static const struct field isr3[] = {
    ACTS("ARROK", BIT(4)), ACTS("CMPOK", BIT(3)), UNMODELLED("EXTTRIG", BIT(2), why_trigger),
    ACTS("ARRM", BIT(1)),  ACTS("CMPM", BIT(0)),  FIELDS_END};
static const struct field ier3[] = {
    ACTS("ARROKIE", BIT(4)), ACTS("CMPOKIE", BIT(3)), UNMODELLED("EXTTRIGIE", BIT(2), why_trigger),
    ACTS("ARRMIE", BIT(1)),  ACTS("CMPMIE", BIT(0)),  FIELDS_END};
static const struct field cfgr3[] = {UNMODELLED("COUNTMODE", BIT(23), why_input),
                                     ACTS("PRELOAD", BIT(22)),
                                     ACTS("WAVPOL", BIT(21)),
                                     ACTS("WAVE", BIT(20)),
                                     NO_ACTION("TIMOUT", BIT(19), why_trigger_only),
                                     UNMODELLED("TRIGEN", BITS(18, 17), why_trigger),
                                     NO_ACTION("TRIGSEL", BITS(15, 13), why_trigger_only),
                                     ACTS("PRESC", BITS(11, 9)),
                                     NO_ACTION("TRGFLT", BITS(7, 6), why_trigger_only),
                                     NO_ACTION("CKFLT", BITS(4, 3), why_input_only),
                                     NO_ACTION("CKPOL", BITS(2, 1), why_input_only),
                                     UNMODELLED("CKSEL", BIT(0), why_input),
                                     FIELDS_END};

const struct reg_fields lptim3_fields[] = {
    {0x00, 1, 0, isr3},    {0x04, 1, 0, icr}, {0x08, 1, 0, ier3}, {0x0C, 1, 0, cfgr3},
    {0x10, 1, 0, cr},      {0x14, 1, 0, cmp}, {0x18, 1, 0, arr},  {0x1C, 1, 0, cnt},
    {0x24, 1, 0, cfgr2_3}, REG_FIELDS_END,
};
