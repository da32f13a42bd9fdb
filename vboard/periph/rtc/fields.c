/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
/* RTC: the fields of its registers (RM0399 Rev 4, 49.6) and what the model makes of each. */
#include "vboard/chip/fields.h"
#include "vboard/periph/rtc/rtc.h"

static const char why_out[] = "no alarm or calibration output";
static const char why_out_only[] = "used with an output only, and OSEL and COE are reported";
static const char why_refin[] = "no reference clock";
static const char why_stamp[] = "no time-stamps";
static const char why_tamper[] = "no tamper detection";
static const char why_window[] = "pulses are spread evenly, whatever the window";

static const struct field tr[] = {ACTS("PM", BIT(22)),      ACTS("HT", BITS(21, 20)),
                                  ACTS("HU", BITS(19, 16)), ACTS("MNT", BITS(14, 12)),
                                  ACTS("MNU", BITS(11, 8)), ACTS("ST", BITS(6, 4)),
                                  ACTS("SU", BITS(3, 0)),   FIELDS_END};
static const struct field dr[] = {ACTS("YT", BITS(23, 20)),  ACTS("YU", BITS(19, 16)),
                                  ACTS("WDU", BITS(15, 13)), ACTS("MT", BIT(12)),
                                  ACTS("MU", BITS(11, 8)),   ACTS("DT", BITS(5, 4)),
                                  ACTS("DU", BITS(3, 0)),    FIELDS_END};
static const struct field cr[] = {UNMODELLED("ITSE", BIT(24), why_stamp),
                                  UNMODELLED("COE", BIT(23), why_out),
                                  UNMODELLED("OSEL", BITS(22, 21), why_out),
                                  NO_ACTION("POL", BIT(20), why_out_only),
                                  NO_ACTION("COSEL", BIT(19), why_out_only),
                                  ACTS("BKP", BIT(18)),
                                  ACTS("SUB1H", BIT(17)),
                                  ACTS("ADD1H", BIT(16)),
                                  UNMODELLED("TSIE", BIT(15), why_stamp),
                                  ACTS("WUTIE", BIT(14)),
                                  ACTS("ALRBIE", BIT(13)),
                                  ACTS("ALRAIE", BIT(12)),
                                  UNMODELLED("TSE", BIT(11), why_stamp),
                                  ACTS("WUTE", BIT(10)),
                                  ACTS("ALRBE", BIT(9)),
                                  ACTS("ALRAE", BIT(8)),
                                  ACTS("FMT", BIT(6)),
                                  ACTS("BYPSHAD", BIT(5)),
                                  UNMODELLED("REFCKON", BIT(4), why_refin),
                                  UNMODELLED("TSEDGE", BIT(3), why_stamp),
                                  ACTS("WUCKSEL", BITS(2, 0)),
                                  FIELDS_END};
static const struct field isr[] = {UNMODELLED("ITSF", BIT(17), why_stamp),
                                   ACTS("RECALPF", BIT(16)),
                                   UNMODELLED("TAMP3F", BIT(15), why_tamper),
                                   UNMODELLED("TAMP2F", BIT(14), why_tamper),
                                   UNMODELLED("TAMP1F", BIT(13), why_tamper),
                                   UNMODELLED("TSOVF", BIT(12), why_stamp),
                                   UNMODELLED("TSF", BIT(11), why_stamp),
                                   ACTS("WUTF", BIT(10)),
                                   ACTS("ALRBF", BIT(9)),
                                   ACTS("ALRAF", BIT(8)),
                                   ACTS("INIT", BIT(7)),
                                   ACTS("INITF", BIT(6)),
                                   ACTS("RSF", BIT(5)),
                                   ACTS("INITS", BIT(4)),
                                   ACTS("SHPF", BIT(3)),
                                   ACTS("WUTWF", BIT(2)),
                                   ACTS("ALRBWF", BIT(1)),
                                   ACTS("ALRAWF", BIT(0)),
                                   FIELDS_END};
static const struct field prer[] = {ACTS("PREDIV_A", BITS(22, 16)), ACTS("PREDIV_S", BITS(14, 0)),
                                    FIELDS_END};
static const struct field wutr[] = {ACTS("WUT", BITS(15, 0)), FIELDS_END};
static const struct field alrmr[] = {
    ACTS("MSK4", BIT(31)),     ACTS("WDSEL", BIT(30)),   ACTS("DT", BITS(29, 28)),
    ACTS("DU", BITS(27, 24)),  ACTS("MSK3", BIT(23)),    ACTS("PM", BIT(22)),
    ACTS("HT", BITS(21, 20)),  ACTS("HU", BITS(19, 16)), ACTS("MSK2", BIT(15)),
    ACTS("MNT", BITS(14, 12)), ACTS("MNU", BITS(11, 8)), ACTS("MSK1", BIT(7)),
    ACTS("ST", BITS(6, 4)),    ACTS("SU", BITS(3, 0)),   FIELDS_END};
static const struct field wpr[] = {ACTS("KEY", BITS(7, 0)), FIELDS_END};
static const struct field ssr[] = {ACTS("SS", BITS(15, 0)), FIELDS_END};
static const struct field shiftr[] = {ACTS("ADD1S", BIT(31)), ACTS("SUBFS", BITS(14, 0)),
                                      FIELDS_END};
static const struct field tstr[] = {
    UNMODELLED("PM", BIT(22), why_stamp),      UNMODELLED("HT", BITS(21, 20), why_stamp),
    UNMODELLED("HU", BITS(19, 16), why_stamp), UNMODELLED("MNT", BITS(14, 12), why_stamp),
    UNMODELLED("MNU", BITS(11, 8), why_stamp), UNMODELLED("ST", BITS(6, 4), why_stamp),
    UNMODELLED("SU", BITS(3, 0), why_stamp),   FIELDS_END};
static const struct field tsdr[] = {
    UNMODELLED("WDU", BITS(15, 13), why_stamp), UNMODELLED("MT", BIT(12), why_stamp),
    UNMODELLED("MU", BITS(11, 8), why_stamp),   UNMODELLED("DT", BITS(5, 4), why_stamp),
    UNMODELLED("DU", BITS(3, 0), why_stamp),    FIELDS_END};
static const struct field tsssr[] = {UNMODELLED("SS", BITS(15, 0), why_stamp), FIELDS_END};
static const struct field calr[] = {ACTS("CALP", BIT(15)), NO_ACTION("CALW8", BIT(14), why_window),
                                    NO_ACTION("CALW16", BIT(13), why_window),
                                    ACTS("CALM", BITS(8, 0)), FIELDS_END};

#define TAMPER(n, at)                                                                              \
    UNMODELLED("TAMP" n "MF", BIT((at) + 2), why_tamper),                                          \
        UNMODELLED("TAMP" n "NOERASE", BIT((at) + 1), why_tamper),                                 \
        UNMODELLED("TAMP" n "IE", BIT(at), why_tamper)

static const struct field tampcr[] = {TAMPER("3", 22),
                                      TAMPER("2", 19),
                                      TAMPER("1", 16),
                                      UNMODELLED("TAMPPUDIS", BIT(15), why_tamper),
                                      UNMODELLED("TAMPPRCH", BITS(14, 13), why_tamper),
                                      UNMODELLED("TAMPFLT", BITS(12, 11), why_tamper),
                                      UNMODELLED("TAMPFREQ", BITS(10, 8), why_tamper),
                                      UNMODELLED("TAMPTS", BIT(7), why_tamper),
                                      UNMODELLED("TAMP3TRG", BIT(6), why_tamper),
                                      UNMODELLED("TAMP3E", BIT(5), why_tamper),
                                      UNMODELLED("TAMP2TRG", BIT(4), why_tamper),
                                      UNMODELLED("TAMP2E", BIT(3), why_tamper),
                                      UNMODELLED("TAMPIE", BIT(2), why_tamper),
                                      UNMODELLED("TAMP1TRG", BIT(1), why_tamper),
                                      UNMODELLED("TAMP1E", BIT(0), why_tamper),
                                      FIELDS_END};
static const struct field alrmssr[] = {ACTS("MASKSS", BITS(27, 24)), ACTS("SS", BITS(14, 0)),
                                       FIELDS_END};
static const struct field option[] = {NO_ACTION("RTC_OUT_RMP", BIT(1), why_out_only),
                                      NO_ACTION("RTC_ALARM_TYPE", BIT(0), why_out_only),
                                      FIELDS_END};
static const struct field bkpr[] = {ACTS("BKP", BITS(31, 0)), FIELDS_END};

const struct reg_fields rtc_fields[] = {
    {0x00, 1, 0, tr},      {0x04, 1, 0, dr},      {0x08, 1, 0, cr},     {0x0C, 1, 0, isr},
    {0x10, 1, 0, prer},    {0x14, 1, 0, wutr},    {0x1C, 1, 0, alrmr},  {0x20, 1, 0, alrmr},
    {0x24, 1, 0, wpr},     {0x28, 1, 0, ssr},     {0x2C, 1, 0, shiftr}, {0x30, 1, 0, tstr},
    {0x34, 1, 0, tsdr},    {0x38, 1, 0, tsssr},   {0x3C, 1, 0, calr},   {0x40, 1, 0, tampcr},
    {0x44, 1, 0, alrmssr}, {0x48, 1, 0, alrmssr}, {0x4C, 1, 0, option}, {0x50, 32, 4, bkpr},
    REG_FIELDS_END,
};
