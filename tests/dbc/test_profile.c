/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
/* Profiles that name a signal of a DBC file, and what else a broadcast may say: pages, validity, units, floats. */
#include "tests/formats/cmocka_head.h"

#include "formats/profile/profile.h"
#include "tests/formats/scratch_file.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const char dbc[] =
    "BO_ 342 Engine: 8 X\n"
    " SG_ Oil : 15|8@0+ (1,-60) [0|0] \"degC\" X\n"
    " SG_ OilQ : 33|2@0+ (1,0) [0|0] \"\" X\n"
    " SG_ OilK : 16|16@1+ (0.1,0) [0|0] \"K\" X\n"
    " SG_ OilF : 32|16@1- (0.5,0) [0|0] \"°F\" X\n"
    " SG_ Speed : 32|16@1- (0.5,0) [0|0] \"rpm\" X\n"
    " SG_ Plain : 48|8@1- (1,0) [0|0] \"\" X\n"
    " SG_ Float : 0|32@1- (1,0) [0|0] \"C\" X\n"
    " SG_ Many : 56|8@1+ (1,0) [0|0] \"\" X\n"
    "BO_ 2147484648 Paged: 8 X\n"
    " SG_ Page M : 0|8@1+ (1,0) [0|0] \"\" X\n"
    " SG_ Sub m2M : 8|4@1+ (1,0) [0|0] \"\" X\n"
    " SG_ Flag : 63|1@1+ (1,0) [0|0] \"\" X\n"
    " SG_ Deep m3 : 16|8@1+ (1,-40) [0|0] \"C\" X\n"
    " SG_ Wide m4 : 16|8@1+ (1,-40) [0|0] \"C\" X\n"
    "BO_ 2566844158 ET1: 8 X\n"
    " SG_ EngineOil : 16|16@1+ (0.03125,-273) [0|0] \"deg C\" X\n"
    "SG_MUL_VAL_ 2147484648 Sub Page 2-2;\n"
    "SG_MUL_VAL_ 2147484648 Deep Sub 3-3;\n"
    "SG_MUL_VAL_ 2147484648 Wide Page 4-6;\n"
    "SIG_VALTYPE_ 342 Float : 1;\n"
    "BA_ \"VFrameFormat\" BO_ 2566844158 3;\n"
    "VAL_ 342 Oil 255 \"Fault\" 254 \"Unknown\" 0 \"nicht_verbaut\" 20 \"cold\" ;\n"
    "VAL_ 342 Plain -1 \"SNA\" -2 \"Init\" -128 \"Fehler\" ;\n"
    "VAL_ 342 Many 1 \"Fault\" 3 \"Fault\" 5 \"Fault\" 7 \"Fault\" 9 \"Fault\" ;\n";

static struct record record;
static char error[512];

/* Loads a profile whose source is `broadcast: {...}`; source() then gives it. */
static bool load(const char *broadcast)
{
    char text[1024];
    scratch_text("car.dbc", dbc);
    snprintf(text, sizeof text,
             "name: T\ncan: {bitrate: 500k}\ndials:\n  - source: {broadcast: {%s}}\n"
             "    dial: [[50, 0], [150, 180]]\n"
             "    servo: {pulse: [[-10, 500], [180, 2400]], park: -10}\n",
             broadcast);
    error[0] = '\0';
    return profile_load(scratch_text("p.yaml", text), &record, error, sizeof error);
}

static const struct source_broadcast *load_good(const char *broadcast)
{
    if (!load(broadcast)) {
        fail_msg("%s", error);
    }
    return &record.dial[0].source.broadcast;
}

#define FROM "dbc: car.dbc, message: "

static void by_name(void **state)
{
    (void)state;
    const struct source_broadcast *source = load_good(FROM "Engine, signal: Oil");
    assert_int_equal(source->id, 0x156);
    assert_int_equal(source->id_mask, 0x7FF);
    assert_false(source->extended);
    assert_int_equal(source->bits.start_bit, 15);
    assert_int_equal(source->bits.length_bits, 8);
    assert_true(source->bits.motorola);
    assert_false(source->is_signed);
    assert_true(source->scale == 1 && source->offset == -60);
    assert_int_equal(source->condition[0].role, CONDITION_NONE);
    /* "cold" is a value; neighbours are joined */
    assert_int_equal(source->invalid_count, 2);
    assert_int_equal(source->invalid[0].lo, 0);
    assert_int_equal(source->invalid[0].hi, 0);
    assert_int_equal(source->invalid[1].lo, 254);
    assert_int_equal(source->invalid[1].hi, 255);
    assert_int_equal(source->not_fitted, 1); /* nicht_verbaut */
}

static void negative_sentinels(void **state)
{
    (void)state;
    const struct source_broadcast *source = load_good(FROM "Engine, signal: Plain");
    assert_true(source->is_signed);
    assert_int_equal(source->invalid_count, 2);
    assert_int_equal(source->invalid[0].lo, 0x80);
    assert_int_equal(source->invalid[1].lo, 0xFE);
    assert_int_equal(source->invalid[1].hi, 0xFF);
}

static void own_words_count(void **state)
{
    (void)state;
    const struct source_broadcast *source =
        load_good(FROM "Engine, signal: Oil, id: 0x700, mask: 0x7F0, scale: 0.75, offset: -48, "
                       "invalid: [7]");
    assert_int_equal(source->id, 0x700);
    assert_int_equal(source->id_mask, 0x7F0);
    assert_true(source->scale == 0.75 && source->offset == -48);
    assert_int_equal(source->invalid_count, 1);
    source = load_good(FROM "Engine, signal: Many, invalid: []");
    assert_int_equal(source->invalid_count, 0);
    source = load_good(FROM "Engine, signal: Speed, unit: C");
    assert_true(source->scale == 0.5 && source->offset == 0);
}

static void units(void **state)
{
    (void)state;
    const struct source_broadcast *source = load_good(FROM "Engine, signal: OilK");
    assert_true(source->scale == 0.1 && source->offset == -273.15);
    source = load_good(FROM "Engine, signal: OilF");
    assert_true(fabs(source->scale * 424 + source->offset - 100) < 1e-9); /* 212 °F */
    source = load_good("id: 1, start: 0, length: 8, order: intel, unit: F");
    assert_true(fabs(source->scale * 32 + source->offset) < 1e-9);
    source = load_good("id: 1, start: 0, length: 8, order: intel, offset: 200, unit: K");
    assert_true(fabs(source->offset + 73.15) < 1e-9);
    source = load_good("id: 1, start: 0, length: 8, order: intel, unit: C");
    assert_true(source->scale == 1 && source->offset == 0);
}

static void floats(void **state)
{
    (void)state;
    assert_true(load_good(FROM "Engine, signal: Float")->is_float);
    assert_false(record.dial[0].source.broadcast.is_signed);
    assert_true(load_good("id: 1, start: 0, length: 64, order: intel, float: true")->is_float);
}

static void check_condition(const struct condition *condition, enum condition_role role,
                            unsigned start, unsigned length, unsigned equals)
{
    assert_int_equal(condition->role, role);
    assert_int_equal(condition->bits.start_bit, start);
    assert_int_equal(condition->bits.length_bits, length);
    assert_int_equal(condition->equals, equals);
}

static void pages(void **state)
{
    (void)state;
    const struct source_broadcast *source = load_good(FROM "Paged, signal: Deep");
    assert_true(source->extended);
    assert_int_equal(source->id, 1000);
    check_condition(&source->condition[0], CONDITION_PAGE, 8, 4, 3);
    check_condition(&source->condition[1], CONDITION_PAGE, 0, 8, 2);
    assert_int_equal(source->condition[2].role, CONDITION_NONE);
    source = load_good(FROM "Paged, signal: Wide, mux: {signal: Page, equals: 5}");
    check_condition(&source->condition[0], CONDITION_PAGE, 0, 8, 5);
    assert_int_equal(source->condition[1].role, CONDITION_NONE);
    source = load_good("id: 1, start: 16, length: 8, order: intel, mux: [{start: 0, length: 8, "
                       "order: intel, equals: 8}, {start: 15, length: 16, order: motorola, "
                       "equals: 0xFFFF}]");
    check_condition(&source->condition[0], CONDITION_PAGE, 0, 8, 8);
    check_condition(&source->condition[1], CONDITION_PAGE, 15, 16, 0xFFFF);
    assert_true(source->condition[1].bits.motorola);
}

static void validity(void **state)
{
    (void)state;
    const struct source_broadcast *source =
        load_good(FROM "Paged, signal: Deep, valid_when: {signal: Flag, equals: 0}");
    check_condition(&source->condition[2], CONDITION_VALID, 63, 1, 0);
    source =
        load_good("id: 1, start: 8, length: 8, order: intel, valid_when: {start: 2, length: 1, "
                  "order: motorola, equals: 1}, mux: {start: 0, length: 2, order: intel, "
                  "equals: 3}");
    check_condition(&source->condition[0], CONDITION_VALID, 2, 1, 1);
    check_condition(&source->condition[1], CONDITION_PAGE, 0, 2, 3);
}

/* J1939-71: from FB00h on no field of 16 bits has a value. */
static void j1939(void **state)
{
    (void)state;
    const struct source_broadcast *source = load_good(FROM "ET1, signal: EngineOil");
    assert_int_equal(source->id_mask, 0x03FFFF00);
    assert_int_equal(source->invalid_count, 1);
    assert_int_equal(source->invalid[0].lo, 0xFB00);
    assert_int_equal(source->invalid[0].hi, 0xFFFF);
}

static void errors(void **state)
{
    static const struct {
        const char *broadcast, *error;
    } rows[] = {
        {"dbc: none.dbc, message: M, signal: S", "broadcast.dbc: "},
        {FROM "None, signal: Oil",
         "broadcast.message: no message is called None: see `candial dbc"},
        {FROM "Engine, signal: None", "broadcast.signal: message Engine has no signal None"},
        {FROM "Engine", "broadcast.signal: missing: add it"},
        {"dbc: car.dbc, signal: Oil", "broadcast.message: missing: add it"},
        {FROM "Engine, signal: Oil, start: 3", "broadcast.start: stands in the DBC file"},
        {FROM "Engine, signal: Oil, length: 3", "broadcast.length: stands in the DBC file"},
        {FROM "Engine, signal: Oil, order: intel", "broadcast.order: stands in the DBC file"},
        {FROM "Engine, signal: Speed",
         "broadcast.signal: has the unit `rpm`: choose a temperature"},
        {FROM "Engine, signal: Many",
         "has 5 separate raw values that mean \"no value\": give the 4"},
        {FROM "Engine, signal: Oil, offset: x", "broadcast.offset: `x` is not a number"},
        {FROM "Engine, signal: Oil, scale: 0", "broadcast.scale: 0 makes every raw value the same"},
        {FROM "Paged, signal: Wide",
         "is on several pages of Page: name one as `mux: {signal: Page"},
        {FROM "Paged, signal: Deep, valid_when: {signal: None, equals: 1}",
         "broadcast.valid_when.signal: message Paged has no such signal"},
        {FROM "Engine, signal: Oil, valid_when: {signal: Plain, equals: 1}",
         "broadcast.valid_when.signal: is signed or a float"},
        {FROM "Paged, signal: Deep, valid_when: {signal: Flag, equals: 2}",
         "broadcast.valid_when: 2 does not fit 1 bits"},
        {FROM "Paged, signal: Deep, valid_when: {signal: Flag}",
         "broadcast.valid_when.equals: missing: add it"},
        {"message: M, id: 1, start: 0, length: 8, order: intel",
         "broadcast.message: needs the DBC file: add `dbc: FILE`"},
        {"id: 1, start: 0, length: 8, order: intel, valid_when: {signal: X, equals: 0}",
         "broadcast.valid_when.signal: needs the DBC file"},
        {"id: 1, start: 0, length: 8, order: intel, valid_when: {start: 0, length: 17, order: "
         "intel, equals: 0}",
         "broadcast.valid_when.length: 17 is out of range: use 1 to 16"},
        {"id: 1, start: 0, length: 8, order: intel, mux: {start: 508, length: 8, order: intel, "
         "equals: 0}",
         "broadcast.mux: the bits end past the 64 bytes"},
        {"id: 1, start: 0, length: 8, order: intel, mux: {start: 64, length: 8, order: intel, "
         "equals: 0}",
         "dials[0]: signal does not fit the frame"}, /* CAN FD only */
        {"id: 1, start: 0, length: 8, order: intel, mux: [{start: 0, length: 8, order: intel, "
         "equals: 0}, {start: 0, length: 8, order: intel, equals: 0}, {start: 0, length: 8, order: "
         "intel, equals: 0}, {start: 0, length: 8, order: intel, equals: 0}]",
         "broadcast.mux[3]: more than 3 conditions"},
        {"id: 1, start: 0, length: 8, order: intel, float: true",
         "broadcast.length: a float has 32 or 64 bits"},
        {"id: 1, start: 0, length: 32, order: intel, float: true, signed: true",
         "broadcast.signed: a float has its own sign"},
        {"id: 1, start: 0, length: 8, order: intel, unit: R", "broadcast.unit: `R` is not known"},
        {"dbc: [x], message: M, signal: S", "broadcast.dbc: not a single value"},
    };
    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        bool loaded = load(rows[i].broadcast);
        if (loaded || strstr(error, rows[i].error) == NULL || strchr(error, '\n') != NULL) {
            fail_msg("{%s} said `%s`, expected `%s`", rows[i].broadcast, loaded ? "good" : error,
                     rows[i].error);
        }
    }
}

/* The example of every car owner: Ford's own file. */
static void ford(void **state)
{
    char text[1024];
    (void)state;
    const char *found = shared_data("dbc/ford_lincoln_base_pt.dbc");
    if (found == NULL) {
        skip();
    }
    char *path = realpath(found, NULL);
    assert_non_null(path);
    snprintf(text, sizeof text, "dbc: '%s', message: EngineData_6, signal: EngOil_Te_Actl", path);
    free(path);
    const struct source_broadcast *source = load_good(text);
    assert_int_equal(source->id, 0x156);
    assert_int_equal(source->bits.start_bit, 15);
    assert_true(source->offset == -60);
    assert_int_equal(source->invalid_count, 1);
    assert_int_equal(source->invalid[0].lo, 254);
    assert_int_equal(source->invalid[0].hi, 255);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(by_name),         cmocka_unit_test(negative_sentinels),
        cmocka_unit_test(own_words_count), cmocka_unit_test(units),
        cmocka_unit_test(floats),          cmocka_unit_test(pages),
        cmocka_unit_test(validity),        cmocka_unit_test(j1939),
        cmocka_unit_test(errors),          cmocka_unit_test(ford),
    };
    return cmocka_run_group_tests(tests, NULL, scratch_remove);
}
