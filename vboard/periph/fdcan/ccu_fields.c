/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
/* FDCAN's clock calibration unit: the fields of its registers (RM0399 Rev 4, 59.7) and what the model makes of each. */
#include "vboard/chip/fields.h"
#include "vboard/periph/fdcan/ccu.h"

static const char why_bcc[] =
    "0 asks for calibration: reported, the kernel clock stays as RCC gives it";
static const char why_ccucfg[] = "used with calibration only, and BCC is reported";
static const char why_ccust[] = "no calibration: never changes";
static const char why_cdiv[] = "the kernel clock is not divided";
static const char why_never_ie[] = "its flag never comes";

static const struct field ccu_crel[] = {ACTS("REL", BITS(31, 28)),
                                        ACTS("STEP", BITS(27, 24)),
                                        ACTS("SUBSTEP", BITS(23, 20)),
                                        ACTS("YEAR", BITS(19, 16)),
                                        ACTS("MON", BITS(15, 8)),
                                        ACTS("DAY", BITS(7, 0)),
                                        FIELDS_END};
static const struct field ccu_ccfg[] = {ACTS("SWR", BIT(31)),
                                        PARTLY("CDIV", BITS(19, 16), why_cdiv),
                                        NO_ACTION("OCPM", BITS(15, 8), why_ccucfg),
                                        NO_ACTION("CFL", BIT(7), why_ccucfg),
                                        PARTLY("BCC", BIT(6), why_bcc),
                                        NO_ACTION("TQBT", BITS(4, 0), why_ccucfg),
                                        FIELDS_END};
static const struct field ccu_cstat[] = {UNMODELLED("CALS", BITS(31, 30), why_ccust),
                                         UNMODELLED("TQC", BITS(28, 18), why_ccust),
                                         UNMODELLED("OCPC", BITS(17, 0), why_ccust), FIELDS_END};
static const struct field ccu_cwd[] = {NO_ACTION("WDV", BITS(31, 16), why_ccucfg),
                                       NO_ACTION("WDC", BITS(15, 0), why_ccucfg), FIELDS_END};
static const struct field ccu_ir[] = {UNMODELLED("CSC", BIT(1), why_ccust),
                                      UNMODELLED("CWE", BIT(0), why_ccust), FIELDS_END};
static const struct field ccu_ie[] = {NO_ACTION("CSCE", BIT(1), why_never_ie),
                                      NO_ACTION("CWEE", BIT(0), why_never_ie), FIELDS_END};

const struct reg_fields fdcan_ccu_fields[] = {
    {0x00, 1, 0, ccu_crel}, {0x04, 1, 0, ccu_ccfg}, {0x08, 1, 0, ccu_cstat}, {0x0C, 1, 0, ccu_cwd},
    {0x10, 1, 0, ccu_ir},   {0x14, 1, 0, ccu_ie},   REG_FIELDS_END,
};
