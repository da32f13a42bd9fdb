/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
/* Oil or coil, 0 K or no value: what words in DBC files are taken for. */
#include "tests/formats/cmocka_head.h"

#include "formats/dbc/meaning.h"
#include "formats/text/text_fold.h"

#include <math.h>
#include <string.h>

struct row {
    const char *name, *unit, *comment;
    enum dbc_meaning meaning;
};

static const struct row rows[] = {
    /* names and units of opendbc's files */
    {"TEMP_EOI", "C", "", DBC_OIL_TEMPERATURE},
    {"TEMP_ENG", "C", "", DBC_COOLANT_TEMPERATURE},
    {"EngOil_Te_Actl", "degC", "Signal not transmitted on Gas", DBC_OIL_TEMPERATURE},
    {"EngClnt_Te_ActlDiag", "degC", "", DBC_COOLANT_TEMPERATURE},
    {"CR_Ems_EngOilTemp", "", "", DBC_OIL_TEMPERATURE},
    {"Oil_Temp", "", "", DBC_OIL_TEMPERATURE},
    {"MO_Oel_Temp", "Unit_DegreCelsi", "", DBC_OIL_TEMPERATURE},
    {"MO_Kuehlmittel_Temp", "Unit_DegreCelsi", "", DBC_COOLANT_TEMPERATURE},
    {"Oeltemperatur_4_1", "C", "", DBC_OIL_TEMPERATURE},
    {"Oltemperatur", "", "Oil temperature", DBC_OIL_TEMPERATURE},
    {"MO2_Kuehlm_T", "°C", "", DBC_COOLANT_TEMPERATURE},
    {"EngOilTmp", "deg C", "", DBC_OIL_TEMPERATURE},
    {"EngCltTmp", "deg C", "", DBC_COOLANT_TEMPERATURE},
    {"OIL_TEMP", "", "", DBC_OIL_TEMPERATURE},
    {"P011_Oil_tSwmp", "", "", DBC_OIL_TEMPERATURE},
    {"ECMEngineCoolantTemp", "", "", DBC_COOLANT_TEMPERATURE},
    /* in other words */
    {"Öltemperatur", "°C", "", DBC_OIL_TEMPERATURE},
    {"Motoröltemp", "Grad C", "", DBC_OIL_TEMPERATURE},
    {"T_huile_moteur", "degC", "", DBC_OIL_TEMPERATURE},
    {"Temp_olio", "C", "", DBC_OIL_TEMPERATURE},
    {"Temperatura_aceite", "", "", DBC_OIL_TEMPERATURE},
    {"Temp_eau", "C", "", DBC_COOLANT_TEMPERATURE},
    {"S117", "degF", "oil temperature of the engine", DBC_OIL_TEMPERATURE},
    {"S118", "K", "Kühlmitteltemperatur", DBC_COOLANT_TEMPERATURE},
    {"EOT", "", "", DBC_OIL_TEMPERATURE},
    {"油温", "℃", "", DBC_OIL_TEMPERATURE},
    /* which are not */
    {"MtrTrac2Coil_Te_Actl", "degC", "", DBC_SOMETHING},
    {"GboxOil_Te_Actl", "degC", "", DBC_SOMETHING},
    {"RearDiffOil_Te_Actl", "degC", "", DBC_SOMETHING},
    {"TrnOilTmp", "deg C", "", DBC_SOMETHING},
    {"BattTracClnt_Te_Actl", "degC", "", DBC_SOMETHING},
    {"Gearbox_temperature", "C", "", DBC_SOMETHING},
    {"EngAirIn_Te_Actl", "degC", "", DBC_SOMETHING},
    {"EngOilLife_Pc_Actl", "Percent", "", DBC_SOMETHING},
    {"EngOilPrs", "kPa", "", DBC_SOMETHING},
    {"Oil_Pressure", "", "", DBC_SOMETHING},
    {"MO_Oeldruck", "Unit_Bar", "", DBC_SOMETHING},
    {"ControlTemp", "C", "", DBC_SOMETHING},
    {"Aussentemperatur", "C", "outside temp", DBC_SOMETHING},
    {"EngineSpeed", "rpm", "", DBC_SOMETHING},
};

static void meanings(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct dbc_signal signal = {.name = rows[i].name,
                                    .unit = rows[i].unit,
                                    .comment = rows[i].comment,
                                    .bits = {.length_bits = 8}};
        if (dbc_signal_meaning(&signal) != rows[i].meaning) {
            fail_msg("%s [%s] %s", rows[i].name, rows[i].unit, rows[i].comment);
        }
        signal.bits.length_bits = 2;
        assert_int_equal(dbc_signal_meaning(&signal), DBC_SOMETHING); /* a lamp */
        signal.bits.length_bits = 40;
        assert_int_equal(dbc_signal_meaning(&signal), DBC_SOMETHING); /* a group */
    }
}

static void units(void **state)
{
    static const struct {
        const char *text;
        enum temperature_unit unit;
    } texts[] = {
        {"C", UNIT_CELSIUS},
        {"°C", UNIT_CELSIUS},
        {"ºC", UNIT_CELSIUS},
        {"deg C", UNIT_CELSIUS},
        {"degC", UNIT_CELSIUS},
        {"Degrees C", UNIT_CELSIUS},
        {"Unit_DegreCelsi", UNIT_CELSIUS},
        {"Celsius", UNIT_CELSIUS},
        {"℃", UNIT_CELSIUS},
        {"K", UNIT_KELVIN},
        {"Kelvin", UNIT_KELVIN},
        {"°F", UNIT_FAHRENHEIT},
        {"deg F", UNIT_FAHRENHEIT},
        {"", UNIT_UNKNOWN},
        {"unitless", UNIT_UNKNOWN},
        {"%", UNIT_OTHER},
        {"rpm", UNIT_OTHER},
        {"km/h", UNIT_OTHER},
        {"degrees", UNIT_OTHER},
        {"°", UNIT_OTHER},
    };
    (void)state;
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        if (dbc_temperature_unit(texts[i].text) != texts[i].unit) {
            fail_msg("unit `%s`", texts[i].text);
        }
    }
}

static void to_celsius(void **state)
{
    (void)state;
    double scale = 0.1;
    double offset = 0;
    dbc_to_celsius(UNIT_KELVIN, &scale, &offset);
    assert_true(scale == 0.1 && offset == -273.15);
    scale = 1;
    offset = 0;
    dbc_to_celsius(UNIT_FAHRENHEIT, &scale, &offset);
    assert_true(fabs(212 * scale + offset - 100) < 1e-12);
    assert_true(fabs(-40 * scale + offset + 40) < 1e-12);
    scale = 0.75;
    offset = -48;
    dbc_to_celsius(UNIT_CELSIUS, &scale, &offset);
    dbc_to_celsius(UNIT_UNKNOWN, &scale, &offset);
    assert_true(scale == 0.75 && offset == -48);
}

static void no_values(void **state)
{
    static const char *const invalid[] = {
        "Fault",
        "Faulty",
        "FAULT",
        "Unknown",
        "NoDataExists",
        "No_Data_Exists",
        "Init",
        "Fehler",
        "nicht_verbaut",
        "nicht verbaut",
        "ungültig",
        "SNA",
        "Signal not available",
        "Invalid",
        "NotUsed_2",
        "NotUsed12",
        "Undefined_3",
        "not available",
        "Error",
        "Not fitted",
        "N/A",
        "Défaut",
    };
    static const char *const valid[] = {
        "No_Fault",   "Off", "On",  "Low",       "High", "Normal",    "Not_Pressed",
        "25 degrees", "",    "Max", "NoRequest", "255",  "Available",
    };
    (void)state;
    for (size_t i = 0; i < sizeof invalid / sizeof *invalid; i++) {
        if (!dbc_text_is_invalid(invalid[i])) {
            fail_msg("`%s` means no value", invalid[i]);
        }
    }
    for (size_t i = 0; i < sizeof valid / sizeof *valid; i++) {
        if (dbc_text_is_invalid(valid[i])) {
            fail_msg("`%s` is a value", valid[i]);
        }
    }
}

static void folding(void **state)
{
    char folded[40];
    (void)state;
    text_fold("Öltemperatur ÄÜß Éà", folded, sizeof folded);
    assert_string_equal(folded, "oeltemperatur aeuess ea");
    text_fold("油 ABC", folded, sizeof folded);
    assert_string_equal(folded, "油 abc");
    text_fold("abcdef", folded, 4);
    assert_string_equal(folded, "abc");
    text_fold("ab油", folded, 5);
    assert_string_equal(folded, "ab"); /* no half a character */
    assert_true(text_contains("Motor-ÖL", "oel"));
    assert_false(text_contains("Motor", "oel"));
    char longer[2000];
    memset(longer, 'x', sizeof longer);
    strcpy(longer + sizeof longer - 4, "OEL");
    assert_true(text_contains(longer, "oel"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(meanings),  cmocka_unit_test(units),   cmocka_unit_test(to_celsius),
        cmocka_unit_test(no_values), cmocka_unit_test(folding),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
