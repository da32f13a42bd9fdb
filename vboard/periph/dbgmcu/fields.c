/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
/* DBGMCU: the fields of its registers (RM0399 Rev 4, 63.5.8) and what the model makes of each.
 * A bit that freezes is handed on (chip_is_frozen). A model that does not ask for it has it UNMODELLED here;
 * a peripheral that is not modelled says so at its own accesses. */
#include "vboard/chip/fields.h"
#include "vboard/periph/dbgmcu/dbgmcu.h"

static const char why_dbgck[] = "the debug components are always reachable";
static const char why_dbgsleep[] = "a debugger reaches the chip in Sleep in any case";
static const char why_dbgstby[] = "there is no Standby";
static const char why_freeze[] = "timers run on while a core is halted";
static const char why_frz_can[] = "FDCAN runs on while a core is halted";
static const char why_trace[] = "no trace";
static const char why_trgo_dbg[] = "no trigger pin";

static const struct field idc[] = {ACTS("REV_ID", BITS(31, 16)), ACTS("DEV_ID", BITS(11, 0)),
                                   FIELDS_END};
static const struct field cr[] = {UNMODELLED("TRGOEN", BIT(28), why_trgo_dbg),
                                  NO_ACTION("D3DBGCKEN", BIT(22), why_dbgck),
                                  NO_ACTION("D1DBGCKEN", BIT(21), why_dbgck),
                                  UNMODELLED("TRACECLKEN", BIT(20), why_trace),
                                  UNMODELLED("DBGSTBY_D2", BIT(5), why_dbgstby),
                                  ACTS("DBGSTOP_D2", BIT(4)),
                                  NO_ACTION("DBGSLEEP_D2", BIT(3), why_dbgsleep),
                                  UNMODELLED("DBGSTBY_D1", BIT(2), why_dbgstby),
                                  ACTS("DBGSTOP_D1", BIT(1)),
                                  NO_ACTION("DBGSLEEP_D1", BIT(0), why_dbgsleep),
                                  FIELDS_END};
static const struct field apb3fz[] = {ACTS("DBG_WWDG1", BIT(6)), FIELDS_END};
static const struct field apb1lfz[] = {ACTS("DBG_I2C3", BIT(23)),
                                       ACTS("DBG_I2C2", BIT(22)),
                                       ACTS("DBG_I2C1", BIT(21)),
                                       ACTS("DBG_WWDG2", BIT(11)),
                                       ACTS("DBG_LPTIM1", BIT(9)),
                                       UNMODELLED("DBG_TIM14", BIT(8), why_freeze),
                                       UNMODELLED("DBG_TIM13", BIT(7), why_freeze),
                                       UNMODELLED("DBG_TIM12", BIT(6), why_freeze),
                                       UNMODELLED("DBG_TIM7", BIT(5), why_freeze),
                                       UNMODELLED("DBG_TIM6", BIT(4), why_freeze),
                                       UNMODELLED("DBG_TIM5", BIT(3), why_freeze),
                                       UNMODELLED("DBG_TIM4", BIT(2), why_freeze),
                                       UNMODELLED("DBG_TIM3", BIT(1), why_freeze),
                                       UNMODELLED("DBG_TIM2", BIT(0), why_freeze),
                                       FIELDS_END};
static const struct field apb1hfz[] = {UNMODELLED("DBG_FDCAN", BIT(8), why_frz_can), FIELDS_END};
static const struct field apb2fz[] = {ACTS("DBG_HRTIM", BIT(29)),
                                      UNMODELLED("DBG_TIM17", BIT(18), why_freeze),
                                      UNMODELLED("DBG_TIM16", BIT(17), why_freeze),
                                      UNMODELLED("DBG_TIM15", BIT(16), why_freeze),
                                      ACTS("DBG_TIM8", BIT(1)),
                                      ACTS("DBG_TIM1", BIT(0)),
                                      FIELDS_END};
static const struct field apb4fz[] = {
    ACTS("DBG_IWDG2", BIT(19)),  ACTS("DBG_IWDG1", BIT(18)),  ACTS("DBG_RTC", BIT(16)),
    ACTS("DBG_LPTIM5", BIT(12)), ACTS("DBG_LPTIM4", BIT(11)), ACTS("DBG_LPTIM3", BIT(10)),
    ACTS("DBG_LPTIM2", BIT(9)),  ACTS("DBG_I2C4", BIT(7)),    FIELDS_END};

const struct reg_fields dbgmcu_fields[] = {
    {0x00, 1, 0, idc},     {0x04, 1, 0, cr},     {0x34, 2, 4, apb3fz}, {0x3C, 2, 4, apb1lfz},
    {0x44, 2, 4, apb1hfz}, {0x4C, 2, 4, apb2fz}, {0x54, 2, 4, apb4fz}, REG_FIELDS_END,
};
