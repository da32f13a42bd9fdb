/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
/* Frames into values, by a DBC file and by a profile. */
#include "tests/formats/cmocka_head.h"

#include "formats/dbc/decode.h"
#include "tests/dbc/dbc_text.h"
#include "tests/formats/scratch_file.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

static const char text[] = "BO_ 342 Engine: 8 X\n"
                           " SG_ Coolant : 7|8@0+ (1,-60) [0|0] \"C\" X\n"
                           " SG_ Oil : 15|8@0+ (1,-60) [0|0] \"C\" X\n"
                           "BO_ 2147483990 Other: 8 X\n"
                           " SG_ Oil : 0|8@1+ (1,0) [0|0] \"K\" X\n"
                           " SG_ Page M : 8|8@1+ (1,0) [0|0] \"\" X\n"
                           " SG_ Paged m5 : 16|8@1+ (1,0) [0|0] \"\" X\n"
                           "VAL_ 342 Oil 255 \"Fault\" ;\n";

struct seen {
    unsigned count;
    char names[400];
    struct decode_value last;
};

static void note(void *context, const struct decode_value *value)
{
    struct seen *seen = context;
    seen->count++;
    seen->last = *value;
    strcat(strcat(strcat(seen->names, value->message), "."), value->signal);
    strcat(seen->names, " ");
}

/* All values of one frame, which is given as an identifier and bytes. */
static struct seen decode(struct decoder *decoder, uint32_t id, bool extended, uint8_t len,
                          const char *data)
{
    struct seen seen = {0};
    struct can_log_frame frame = {.id = id, .extended = extended, .len = len};
    memcpy(frame.data, data, len);
    unsigned count = decoder_frame(decoder, &frame, note, &seen);
    assert_int_equal(count, seen.count);
    return seen;
}

static void all_signals(void **state)
{
    char error[200];
    (void)state;
    struct dbc *dbc = dbc_of(text);
    struct decoder *decoder = decoder_for_dbc(dbc, NULL, error, sizeof error);
    assert_non_null(decoder);
    struct seen seen = decode(decoder, 0x156, false, 8, "\x97\x98\0\0\0\0\0");
    assert_string_equal(seen.names, "Engine.Coolant Engine.Oil ");
    assert_true(seen.last.value == 92 && seen.last.is_number && seen.last.raw == 0x98);
    assert_null(seen.last.text);
    assert_string_equal(seen.last.unit, "C");
    seen = decode(decoder, 0x156, false, 8, "\x97\xFF\0\0\0\0\0");
    assert_string_equal(seen.last.text, "Fault");
    assert_int_equal(decode(decoder, 0x156, false, 1, "\x97").count, 1); /* too short for Oil */
    assert_int_equal(decode(decoder, 0x157, false, 8, "\0\0\0\0\0\0\0").count, 0);
    seen = decode(decoder, 0x156, true, 8, "\1\5\7\0\0\0\0");
    assert_string_equal(seen.names, "Other.Oil Other.Page Other.Paged ");
    seen = decode(decoder, 0x156, true, 8, "\1\6\7\0\0\0\0");
    assert_string_equal(seen.names, "Other.Oil Other.Page ");
    struct can_log_frame remote = {.id = 0x156, .remote = true, .len = 8};
    assert_int_equal(decoder_frame(decoder, &remote, note, &seen), 0);
    decoder_free(decoder);
    dbc_free(dbc);
}

static void some_signals(void **state)
{
    char error[200];
    (void)state;
    struct dbc *dbc = dbc_of(text);
    struct decoder *decoder = decoder_for_dbc(dbc, "oil", error, sizeof error);
    assert_int_equal(decode(decoder, 0x156, false, 8, "\1\1\1\1\1\1\1").count, 1);
    assert_int_equal(decode(decoder, 0x156, true, 8, "\1\1\1\1\1\1\1").count, 1);
    decoder_free(decoder);
    decoder = decoder_for_dbc(dbc, "engine.OIL", error, sizeof error);
    assert_int_equal(decode(decoder, 0x156, false, 8, "\1\1\1\1\1\1\1").count, 1);
    assert_int_equal(decode(decoder, 0x156, true, 8, "\1\1\1\1\1\1\1").count, 0);
    decoder_free(decoder);
    assert_null(decoder_for_dbc(dbc, "Oi", error, sizeof error));
    assert_string_equal(error, "no signal is called `Oi`, but Oil, Oil: `candial dbc FILE --find "
                               "TEXT` helps");
    dbc_free(dbc);
}

static void by_profile(void **state)
{
    char error[200];
    struct record record;
    (void)state;
    record_default(&record);
    struct decoder *decoder = decoder_for_record(&record, NULL, error, sizeof error);
    assert_non_null(decoder);
    struct seen seen = decode(decoder, 0x156, false, 8, "\x97\x98\0\0\0\0\0");
    assert_string_equal(seen.names, "Ford Mustang S550.dial1 ");
    assert_true(seen.last.value == 92 && seen.last.is_number);
    assert_string_equal(seen.last.unit, "°C");
    seen = decode(decoder, 0x156, false, 8, "\x97\xFE\0\0\0\0\0");
    assert_false(seen.last.is_number);
    assert_string_equal(seen.last.text, "no value");
    assert_int_equal(decode(decoder, 0x156, false, 1, "\x97").count, 0);
    decoder_free(decoder);
    assert_null(decoder_for_record(&record, "dial2", error, sizeof error));
    assert_string_equal(error, "no broadcast of that name: signals are dial1 to dial1");
    record.dial[0].source.kind = SOURCE_OBD2;
    assert_null(decoder_for_record(&record, NULL, error, sizeof error));
    assert_non_null(strstr(error, "no dial of this profile has a broadcast source"));
}

struct totals {
    unsigned count;
    double first, last, low, high;
};

static void add(void *context, const struct decode_value *value)
{
    struct totals *totals = context;
    if (totals->count++ == 0) {
        totals->first = totals->low = totals->high = value->value;
    }
    totals->last = value->value;
    totals->low = fmin(totals->low, value->value);
    totals->high = fmax(totals->high, value->value);
}

static struct totals decode_file(const char *log_path, struct decoder *decoder)
{
    char error[300];
    struct can_log_frame frame;
    struct totals totals = {0};
    struct can_log *log = can_log_open(log_path, NULL, NULL, error, sizeof error);
    assert_non_null(log);
    while (can_log_next(log, &frame) == 1) {
        decoder_frame(decoder, &frame, add, &totals);
    }
    can_log_close(log);
    return totals;
}

static void mustang(void **state)
{
    char error[300];
    char dbc_path[1024];
    (void)state;
    const char *path = shared_data("dbc/ford_lincoln_base_pt.dbc");
    if (path == NULL) {
        skip();
    }
    snprintf(dbc_path, sizeof dbc_path, "%s", path);
    path = shared_data("logs/mustang_s550.log");
    assert_non_null(path);
    struct dbc *dbc = dbc_load(dbc_path, error, sizeof error);
    assert_non_null(dbc);
    struct decoder *decoder = decoder_for_dbc(dbc, "EngOil_Te_Actl", error, sizeof error);
    struct totals totals = decode_file(path, decoder);
    assert_int_equal(totals.count, 704);
    assert_true(totals.first == 91 && totals.last == 93);
    assert_true(totals.low == 91 && totals.high == 93);
    decoder_free(decoder);
    decoder = decoder_for_dbc(dbc, "EngClnt_Te_Actl", error, sizeof error);
    totals = decode_file(path, decoder);
    assert_true(totals.first == 92 && totals.last == 90);
    decoder_free(decoder);
    dbc_free(dbc);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(all_signals),
        cmocka_unit_test(some_signals),
        cmocka_unit_test(by_profile),
        cmocka_unit_test(mustang),
    };
    return cmocka_run_group_tests(tests, NULL, scratch_remove);
}
