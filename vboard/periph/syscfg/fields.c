/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
/* SYSCFG: the fields of its registers (RM0399 Rev 4, 13.3) and what the model makes of each. */
#include "vboard/chip/fields.h"
#include "vboard/periph/syscfg/syscfg.h"

static const char why_analog[] = "analog signals are not modelled";
static const char why_brklock[] = "no break inputs that a failure could go to";
static const char why_cal[] = "factory calibration differs from chip to chip: reads 0";
static const char why_cell[] = "pads have no slope that the cell could set";
static const char why_fmp[] = "pins have no drive strength";
static const char why_hslv[] =
    "pads have no speed; with VDD above 2.7 V it might destroy them (13.3.7)";
static const char why_mirror[] = "kept, without effect: the option bytes count";

static const struct field pmcr[] = {NO_ACTION("PC3SO", BIT(27), why_analog),
                                    NO_ACTION("PC2SO", BIT(26), why_analog),
                                    NO_ACTION("PA1SO", BIT(25), why_analog),
                                    NO_ACTION("PA0SO", BIT(24), why_analog),
                                    ACTS("EPIS", BITS(23, 21)),
                                    NO_ACTION("BOOSTVDDSEL", BIT(9), why_analog),
                                    NO_ACTION("BOOSTE", BIT(8), why_analog),
                                    NO_ACTION("PB9FMP", BIT(7), why_fmp),
                                    NO_ACTION("PB8FMP", BIT(6), why_fmp),
                                    NO_ACTION("PB7FMP", BIT(5), why_fmp),
                                    NO_ACTION("PB6FMP", BIT(4), why_fmp),
                                    NO_ACTION("I2C4FMP", BIT(3), why_fmp),
                                    NO_ACTION("I2C3FMP", BIT(2), why_fmp),
                                    NO_ACTION("I2C2FMP", BIT(1), why_fmp),
                                    NO_ACTION("I2C1FMP", BIT(0), why_fmp),
                                    FIELDS_END};
static const struct field exticr1[] = {ACTS_EACH("EXTI%u", BITS(3, 0), 4, 0), FIELDS_END};
static const struct field exticr2[] = {ACTS_EACH("EXTI%u", BITS(3, 0), 4, 4), FIELDS_END};
static const struct field exticr3[] = {ACTS_EACH("EXTI%u", BITS(3, 0), 4, 8), FIELDS_END};
static const struct field exticr4[] = {ACTS_EACH("EXTI%u", BITS(3, 0), 4, 12), FIELDS_END};
static const struct field cfgr[] = {UNMODELLED("AXISRAML", BIT(15), why_brklock),
                                    UNMODELLED("ITCML", BIT(14), why_brklock),
                                    UNMODELLED("DTCML", BIT(13), why_brklock),
                                    UNMODELLED("SRAM1L", BIT(12), why_brklock),
                                    UNMODELLED("SRAM2L", BIT(11), why_brklock),
                                    UNMODELLED("SRAM3L", BIT(10), why_brklock),
                                    UNMODELLED("SRAM4L", BIT(9), why_brklock),
                                    UNMODELLED("BKRAML", BIT(7), why_brklock),
                                    UNMODELLED("CM7L", BIT(6), why_brklock),
                                    UNMODELLED("FLASHL", BIT(3), why_brklock),
                                    UNMODELLED("PVDL", BIT(2), why_brklock),
                                    UNMODELLED("CM4L", BIT(0), why_brklock),
                                    FIELDS_END};
static const struct field cccsr[] = {UNMODELLED("HSLV", BIT(16), why_hslv), ACTS("READY", BIT(8)),
                                     NO_ACTION("CS", BIT(1), why_cell), ACTS("EN", BIT(0)),
                                     FIELDS_END};
static const struct field ccvr[] = {NO_ACTION("PCV", BITS(7, 4), why_cal),
                                    NO_ACTION("NCV", BITS(3, 0), why_cal), FIELDS_END};
static const struct field cccr[] = {NO_ACTION("PCC", BITS(7, 4), why_cell),
                                    NO_ACTION("NCC", BITS(3, 0), why_cell), FIELDS_END};
static const struct field pwrcr[] = {ACTS("ODEN", BIT(0)), FIELDS_END};
static const struct field sr0[] = {ACTS("CM4PRESENT", BIT(16)), FIELDS_END};
static const struct field pkgr[] = {ACTS("PKG", BITS(3, 0)), FIELDS_END};
static const struct field ur0[] = {ACTS("RDP", BITS(23, 16)), ACTS("BKS", BIT(0)), FIELDS_END};
static const struct field ur1[] = {UNMODELLED("BCM7", BIT(16), why_mirror),
                                   UNMODELLED("BCM4", BIT(0), why_mirror), FIELDS_END};
static const struct field ur2[] = {ACTS("BCM7_ADD0", BITS(31, 16)), ACTS("BORH", BITS(1, 0)),
                                   FIELDS_END};
static const struct field ur3[] = {ACTS("BCM7_ADD1", BITS(31, 16)), ACTS("BCM4_ADD1", BITS(15, 0)),
                                   FIELDS_END};
static const struct field ur4[] = {ACTS("MEPAD_1", BIT(16)), ACTS("BCM4_ADD0", BITS(15, 0)),
                                   FIELDS_END};
static const struct field ur5[] = {ACTS("WRPN_1", BITS(23, 16)), ACTS("MESAD_1", BIT(0)),
                                   FIELDS_END};
static const struct field ur6[] = {ACTS("PA_END_1", BITS(27, 16)), ACTS("PA_BEG_1", BITS(11, 0)),
                                   FIELDS_END};
static const struct field ur7[] = {ACTS("SA_END_1", BITS(27, 16)), ACTS("SA_BEG_1", BITS(11, 0)),
                                   FIELDS_END};
static const struct field ur8[] = {ACTS("MESAD_2", BIT(16)), ACTS("MEPAD_2", BIT(0)), FIELDS_END};
static const struct field ur9[] = {ACTS("PA_BEG_2", BITS(27, 16)), ACTS("WRPN_2", BITS(7, 0)),
                                   FIELDS_END};
static const struct field ur10[] = {ACTS("SA_BEG_2", BITS(27, 16)), ACTS("PA_END_2", BITS(11, 0)),
                                    FIELDS_END};
static const struct field ur11[] = {ACTS("IWDG1M", BIT(16)), ACTS("SA_END_2", BITS(11, 0)),
                                    FIELDS_END};
static const struct field ur12[] = {ACTS("SECURE", BIT(16)), ACTS("IWDG2M", BIT(0)), FIELDS_END};
static const struct field ur13[] = {UNMODELLED("D1SBRST", BIT(16), why_mirror),
                                    ACTS("SDRS", BITS(1, 0)), FIELDS_END};
static const struct field ur14[] = {UNMODELLED("D2SBRST", BIT(16), why_mirror),
                                    UNMODELLED("D1STPRST", BIT(0), why_mirror), FIELDS_END};
static const struct field ur15[] = {ACTS("FZIWDGSTB", BIT(16)), ACTS("D2STPRST", BIT(0)),
                                    FIELDS_END};
static const struct field ur16[] = {ACTS("PKP", BIT(16)), ACTS("FZIWDGSTP", BIT(0)), FIELDS_END};
static const struct field ur17[] = {ACTS("IO_HSLV", BIT(0)), FIELDS_END};

const struct reg_fields syscfg_fields[] = {
    {0x04, 1, 0, pmcr},    {0x08, 1, 0, exticr1}, {0x0C, 1, 0, exticr2}, {0x10, 1, 0, exticr3},
    {0x14, 1, 0, exticr4}, {0x18, 1, 0, cfgr},    {0x20, 1, 0, cccsr},   {0x24, 1, 0, ccvr},
    {0x28, 1, 0, cccr},    {0x2C, 1, 0, pwrcr},   {0x100, 1, 0, sr0},    {0x124, 1, 0, pkgr},
    {0x300, 1, 0, ur0},    {0x304, 1, 0, ur1},    {0x308, 1, 0, ur2},    {0x30C, 1, 0, ur3},
    {0x310, 1, 0, ur4},    {0x314, 1, 0, ur5},    {0x318, 1, 0, ur6},    {0x31C, 1, 0, ur7},
    {0x320, 1, 0, ur8},    {0x324, 1, 0, ur9},    {0x328, 1, 0, ur10},   {0x32C, 1, 0, ur11},
    {0x330, 1, 0, ur12},   {0x334, 1, 0, ur13},   {0x338, 1, 0, ur14},   {0x33C, 1, 0, ur15},
    {0x340, 1, 0, ur16},   {0x344, 1, 0, ur17},   REG_FIELDS_END,
};
