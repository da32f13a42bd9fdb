/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
/* PWR: the fields of its registers (RM0399 Rev 4, 7.8) and what the model makes of each. */
#include "vboard/chip/fields.h"
#include "vboard/periph/pwr/pwr.h"

static const char why_avd[] = "no detector on VDDA";
static const char why_mon[] = "VBAT and temperature are not monitored";
static const char why_stop_draw[] =
    "what Stop draws, and how long leaving it takes, is not modelled";
static const char why_usb[] =
    "VDD33USB hangs on VDD on these boards, with the regulator or without";
static const char why_vbat[] = "no battery is at VBAT";
static const char why_wkup[] = "nothing pulls the pin beyond what GPIO says";

static const struct field cr1[] = {UNMODELLED("ALS", BITS(18, 17), why_avd),
                                   UNMODELLED("AVDEN", BIT(16), why_avd),
                                   NO_ACTION("SVOS", BITS(15, 14), why_stop_draw),
                                   NO_ACTION("FLPS", BIT(9), why_stop_draw),
                                   ACTS("DBP", BIT(8)),
                                   ACTS("PLS", BITS(7, 5)),
                                   ACTS("PVDE", BIT(4)),
                                   NO_ACTION("LPDS", BIT(0), why_stop_draw),
                                   FIELDS_END};
static const struct field csr1[] = {UNMODELLED("AVDO", BIT(16), why_avd),
                                    ACTS("ACTVOS", BITS(15, 14)), ACTS("ACTVOSRDY", BIT(13)),
                                    ACTS("PVDO", BIT(4)), FIELDS_END};
static const struct field cr2[] = {UNMODELLED("TEMPH", BIT(23), why_mon),
                                   UNMODELLED("TEMPL", BIT(22), why_mon),
                                   UNMODELLED("VBATH", BIT(21), why_mon),
                                   UNMODELLED("VBATL", BIT(20), why_mon),
                                   ACTS("BRRDY", BIT(16)),
                                   UNMODELLED("MONEN", BIT(4), why_mon),
                                   ACTS("BREN", BIT(0)),
                                   FIELDS_END};
static const struct field cr3[] = {ACTS("USB33RDY", BIT(26)),
                                   NO_ACTION("USBREGEN", BIT(25), why_usb),
                                   ACTS("USB33DEN", BIT(24)),
                                   ACTS("SDEXTRDY", BIT(16)),
                                   NO_ACTION("VBRS", BIT(9), why_vbat),
                                   NO_ACTION("VBE", BIT(8), why_vbat),
                                   ACTS("SDLEVEL", BITS(5, 4)),
                                   ACTS("SDEXTHP", BIT(3)),
                                   ACTS("SDEN", BIT(2)),
                                   ACTS("LDOEN", BIT(1)),
                                   ACTS("BYPASS", BIT(0)),
                                   FIELDS_END};
static const struct field cpu1cr[] = {
    ACTS("RUN_D3", BIT(11)), ACTS("HOLD2", BIT(10)),  ACTS("CSSF", BIT(9)),
    ACTS("SBF_D2", BIT(8)),  ACTS("SBF_D1", BIT(7)),  ACTS("SBF", BIT(6)),
    ACTS("STOPF", BIT(5)),   ACTS("HOLD2F", BIT(4)),  ACTS("PDDS_D3", BIT(2)),
    ACTS("PDDS_D2", BIT(1)), ACTS("PDDS_D1", BIT(0)), FIELDS_END};
static const struct field cpu2cr[] = {
    ACTS("RUN_D3", BIT(11)), ACTS("HOLD1", BIT(10)),  ACTS("CSSF", BIT(9)),
    ACTS("SBF_D2", BIT(8)),  ACTS("SBF_D1", BIT(7)),  ACTS("SBF", BIT(6)),
    ACTS("STOPF", BIT(5)),   ACTS("HOLD1F", BIT(4)),  ACTS("PDDS_D3", BIT(2)),
    ACTS("PDDS_D2", BIT(1)), ACTS("PDDS_D1", BIT(0)), FIELDS_END};
static const struct field d3cr[] = {ACTS("VOS", BITS(15, 14)), ACTS("VOSRDY", BIT(13)), FIELDS_END};
static const struct field wkupcr[] = {ACTS_EACH("WKUPC%u", BIT(0), 6, 1), FIELDS_END};
static const struct field wkupfr[] = {ACTS_EACH("WKUPF%u", BIT(0), 6, 1), FIELDS_END};
static const struct field wkupepr[] = {
    ACTS_EACH("WKUPEN%u", BIT(0), 6, 1), ACTS_EACH("WKUPP%u", BIT(8), 6, 1),
    NO_ACTION_EACH("WKUPPUPD%u", BITS(17, 16), 6, 1, why_wkup), FIELDS_END};

const struct reg_fields pwr_fields[] = {
    {0x00, 1, 0, cr1},    {0x04, 1, 0, csr1},    {0x08, 1, 0, cr2},  {0x0C, 1, 0, cr3},
    {0x10, 1, 0, cpu1cr}, {0x14, 1, 0, cpu2cr},  {0x18, 1, 0, d3cr}, {0x20, 1, 0, wkupcr},
    {0x24, 1, 0, wkupfr}, {0x28, 1, 0, wkupepr}, REG_FIELDS_END,
};
