/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
/* Everything the DBC reader reads, in the forms that files in the field have. */
#include "tests/formats/cmocka_head.h"

#include "formats/dbc/signal.h"
#include "tests/dbc/dbc_text.h"
#include "tests/formats/scratch_file.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* A whole file as editors write it; NS_ lists words that begin statements further down. */
static const char whole[] =
    "VERSION \"1.0\"\n\n\n"
    "NS_ :\n\tNS_DESC_\n\tCM_\n\tBA_DEF_\n\tBA_\n\tVAL_\n\tSG_MUL_VAL_\n\tVAL_TABLE_\n\n"
    "BS_:\n\n"
    "BU_: ECM GWM\n"
    "VAL_TABLE_ OnOff 1 \"On\" 0 \"Off\" ;\n\n\n"
    "BO_ 342 EngineData_6: 8 ECM\n"
    " SG_ EngOil_Te_Actl : 15|8@0+ (1,-60) [-60|193] \"degC\"  GWM,ECM\n"
    " SG_ Torque : 16|12@1- (0.5,0) [0|0] \"Nm\" Vector__XXX\n"
    " SG_ Lamp : 40|1@1+ (1,0) [0|1] \"\" GWM\n\n"
    "BO_ 2566844158 ET1: 8 Vector__XXX\n"
    " SG_ OilTemp : 16|16@1+ (0.03125,-273) [-273|1735] \"deg C\" GWM\n\n"
    "EV_ Ambient: 0 [0|1] \"C\" 0 1 DUMMY_NODE_VECTOR0 Vector__XXX;\n"
    "CM_ \"The whole file; with a semicolon\";\n"
    "CM_ BU_ ECM \"engine\";\n"
    "CM_ BO_ 342 \"fast\";\n"
    "CM_ SG_ 342 EngOil_Te_Actl \"over\ntwo lines; \\\"quoted\\\"\";\n"
    "BA_DEF_ BO_ \"GenMsgCycleTime\" INT 0 65535;\n"
    "BA_DEF_ BO_ \"VFrameFormat\" ENUM \"StandardCAN\",\"ExtendedCAN\",\"reserved\",\"J1939PG\";\n"
    "BA_DEF_DEF_ \"GenMsgCycleTime\" 0;\n"
    "BA_ \"GenMsgCycleTime\" BO_ 342 100;\n"
    "BA_ \"VFrameFormat\" BO_ 2566844158 3;\n"
    "BA_ \"SystemSignalLongSymbol\" SG_ 342 Torque \"TorqueOfTheCrankshaftAtTheClutch\";\n"
    "BA_ \"Unheard\" \"of; it\";\n"
    "VAL_ 342 EngOil_Te_Actl 255 \"Fault\" 254 \"Unknown\" ;\n"
    "VAL_ 342 Torque -1 \"none\" 5.0 \"five\" ;\n"
    "VAL_ 342 Lamp OnOff ;\n"
    "VAL_ Ambient 1 \"x\" ;\n";

static void check_whole(const struct dbc *dbc)
{
    assert_int_equal(dbc->message_count, 2);
    assert_int_equal(dbc->note_count, 0);
    const struct dbc_message *message = &dbc->messages[0];
    assert_string_equal(message->name, "EngineData_6");
    assert_string_equal(message->sender, "ECM");
    assert_string_equal(message->comment, "fast");
    assert_int_equal(message->id, 0x156);
    assert_int_equal(message->id_mask, 0x7FF);
    assert_false(message->extended);
    assert_int_equal(message->length, 8);
    assert_int_equal(message->cycle_ms, 100);
    assert_int_equal(message->signal_count, 3);
    const struct dbc_signal *oil = signal_of(dbc, "EngineData_6", "EngOil_Te_Actl");
    assert_int_equal(oil->bits.start_bit, 15);
    assert_int_equal(oil->bits.length_bits, 8);
    assert_true(oil->bits.motorola);
    assert_int_equal(oil->kind, DBC_UNSIGNED);
    assert_true(oil->scale == 1 && oil->offset == -60 && oil->min == -60 && oil->max == 193);
    assert_string_equal(oil->unit, "degC");
    assert_int_equal(oil->text_count, 2);
    assert_string_equal(dbc_signal_text(oil, 254), "Unknown");
    assert_null(dbc_signal_text(oil, 253));
    assert_int_equal(oil->parent, -1);
    const struct dbc_signal *torque =
        signal_of(dbc, "EngineData_6", "TorqueOfTheCrankshaftAtTheClutch");
    assert_int_equal(torque->kind, DBC_SIGNED);
    assert_false(torque->bits.motorola);
    assert_string_equal(dbc_signal_text(torque, 0xFFF), "none");
    assert_string_equal(dbc_signal_text(torque, 5), "five");
    assert_string_equal(dbc_signal_text(signal_of(dbc, "EngineData_6", "Lamp"), 1), "On");
    assert_ptr_equal(dbc_find_frame(dbc, 0x156, false), message);
    assert_null(dbc_find_frame(dbc, 0x156, true));
    assert_null(dbc_find_frame(dbc, 0x157, false));
    assert_null(dbc_find_message(dbc, "EngineData_7"));
    assert_null(dbc_find_signal(message, "Lam"));
}

static void a_whole_file(void **state)
{
    (void)state;
    struct dbc *dbc = dbc_of(whole);
    check_whole(dbc);
    assert_string_equal(signal_of(dbc, "EngineData_6", "EngOil_Te_Actl")->comment,
                        "over\ntwo lines; \"quoted\"");
    dbc_free(dbc);
}

static void windows_line_ends(void **state)
{
    (void)state;
    char *text = calloc(2, sizeof whole);
    assert_non_null(text);
    size_t used = 0;
    for (const char *at = whole; *at != '\0'; at++) {
        if (*at == '\n') {
            text[used++] = '\r';
        }
        text[used++] = *at;
    }
    struct dbc *dbc = dbc_of(text);
    check_whole(dbc);
    dbc_free(dbc);
    free(text);
}

/* Priority and source address are the sender's affair. */
static void j1939(void **state)
{
    (void)state;
    struct dbc *dbc = dbc_of(whole);
    const struct dbc_message *et1 = &dbc->messages[1];
    assert_int_equal(et1->id, 0x18FEEEFE);
    assert_int_equal(et1->id_mask, 0x03FFFF00);
    assert_ptr_equal(dbc_find_frame(dbc, 0x18FEEE00, true), et1);
    assert_ptr_equal(dbc_find_frame(dbc, 0x0CFEEE17, true), et1);
    assert_null(dbc_find_frame(dbc, 0x18FEEF00, true));
    assert_null(dbc_find_frame(dbc, 0x00FEEE00 & 0x7FF, false));
    dbc_free(dbc);
    dbc = dbc_of("BO_ 2565800190 PDU1: 8 X\nBA_DEF_DEF_ \"VFrameFormat\" \"J1939PG\";\n");
    assert_int_equal(dbc->messages[0].id_mask, 0x03FF0000); /* the destination is not compared */
    assert_ptr_equal(dbc_find_frame(dbc, 0x0CEF1203, true), &dbc->messages[0]);
    assert_null(dbc_find_frame(dbc, 0x0CEE1203, true));
    dbc_free(dbc);
}

static void identifiers(void **state)
{
    (void)state;
    struct dbc *dbc = dbc_of("BO_ 2150498304 A: 8 X\n SG_ s : 0|8@1+ (1,0) [0|0] \"\" X\n"
                             "BO_ 2048 B: 8 X\n"
                             "BO_ 2047 C: 8 X\n"
                             "BO_ 536870911 D: 8 X\n"
                             "VAL_ 2150498304 s 1 \"x\";\n");
    static const struct {
        uint32_t id;
        bool extended;
    } wanted[] = {{0x2E0000, true}, {0x800, true}, {0x7FF, false}, {0x1FFFFFFF, true}};
    for (size_t i = 0; i < 4; i++) {
        assert_int_equal(dbc->messages[i].id, wanted[i].id);
        assert_int_equal(dbc->messages[i].extended, wanted[i].extended);
        assert_ptr_equal(dbc_find_frame(dbc, wanted[i].id, wanted[i].extended), &dbc->messages[i]);
    }
    assert_int_equal(dbc->messages[0].signals[0].text_count, 1);
    dbc_free(dbc);
}

/* opendbc writes a blank before the colon, others tabs and blanks wherever they please. */
static void odd_spacing(void **state)
{
    (void)state;
    struct dbc *dbc =
        dbc_of("BO_ 921  X : 8\n"
               "\tSG_  a   :  7 | 16 @ 0 - ( 1 , 3.05176E-006 ) [ 0 | 1e3 ] \"\"   X,Y\n"
               "    SG_ b: 0|8@1+(1,0)[0|0]\"u\"X\n"
               "// a remark BO_ 1 Y: 8\n"
               ";\n"
               "CM_  SG_  921  b  \"c\"  ;\n");
    const struct dbc_signal *a = signal_of(dbc, "X", "a");
    assert_int_equal(a->kind, DBC_SIGNED);
    assert_true(a->bits.motorola);
    assert_int_equal(a->bits.length_bits, 16);
    assert_true(a->offset == 3.05176e-6 && a->max == 1000);
    assert_string_equal(signal_of(dbc, "X", "b")->unit, "u");
    assert_string_equal(signal_of(dbc, "X", "b")->comment, "c");
    assert_string_equal(dbc->messages[0].sender, "");
    assert_int_equal(dbc->message_count, 1);
    dbc_free(dbc);
}

static void skipped_statements(void **state)
{
    (void)state;
    struct dbc *dbc = dbc_of("BO_ 3221225472 VECTOR__INDEPENDENT_SIG_MSG: 0 Vector__XXX\n"
                             " SG_ lost : 0|8@1+ (1,0) [0|0] \"\" Vector__XXX\n\n"
                             "BO_ 1 X: 8 Y\n"
                             "BO_TX_BU_ 1 : Y,Z;\n"
                             "FUTURE_ 12 \"text with ; in it\"\n  more 1,2,3;\n"
                             "SIG_GROUP_ 1 g 1 : a b;\n"
                             "BA_DEF_REL_ BU_SG_REL_ \"x\" INT 0 1;\n"
                             "BO_ 2 Y: 8 Y\n"
                             "CM_ SG_ 3221225472 lost \"never\";\n"
                             "VAL_ 3221225472 lost 1 \"never\";\n");
    assert_int_equal(dbc->message_count, 2);
    assert_int_equal(dbc->note_count, 0);
    dbc_free(dbc);
}

static void floats(void **state)
{
    (void)state;
    struct dbc *dbc = dbc_of("BO_ 1 X: 8 Y\n"
                             " SG_ f : 7|32@0- (1,0) [0|0] \"F\" Z\n"
                             " SG_ d : 0|64@1- (2,1) [0|0] \"\" Z\n"
                             " SG_ i : 0|16@1- (1,0) [0|0] \"\" Z\n"
                             "SIG_VALTYPE_ 1 f : 1;\n"
                             "SIG_VALTYPE_ 1 d 2;\n"
                             "SIG_VALTYPE_ 1 i : 1;\n");
    const struct dbc_signal *f = signal_of(dbc, "X", "f");
    assert_int_equal(f->kind, DBC_FLOAT32);
    assert_true(dbc_signal_value(f, 0x43430000) == 195);
    assert_int_equal(dbc_signal_encode(f, 195), 0x43430000);
    const struct dbc_signal *d = signal_of(dbc, "X", "d");
    assert_int_equal(d->kind, DBC_FLOAT64);
    assert_true(dbc_signal_value(d, 0x4045000000000000) == 85);
    assert_true(dbc_signal_encode(d, 85) == 0x4045000000000000);
    assert_int_equal(signal_of(dbc, "X", "i")->kind, DBC_SIGNED); /* 16 bits are no float */
    assert_int_equal(dbc->note_count, 1);
    assert_null(dbc_signal_text(f, 1));
    dbc_free(dbc);
}

static const char nested[] = "BO_ 1 X: 8 Y\n"
                             " SG_ outer M : 0|8@1+ (1,0) [0|0] \"\" Z\n"
                             " SG_ inner m2M : 8|8@1+ (1,0) [0|0] \"\" Z\n"
                             " SG_ plain m1 : 16|8@1+ (1,0) [0|0] \"\" Z\n"
                             " SG_ deep m7 : 16|8@1+ (1,0) [0|0] \"\" Z\n"
                             " SG_ free : 56|8@1+ (1,0) [0|0] \"\" Z\n"
                             "SG_MUL_VAL_ 1 inner outer 2-2;\n"
                             "SG_MUL_VAL_ 1 deep inner 7-7, 9-11;\n";

static bool is_there(const struct dbc *dbc, const char *name, uint8_t outer, uint8_t inner)
{
    uint64_t raw = 0;
    const uint8_t data[8] = {outer, inner, 99};
    return dbc_signal_get(&dbc->messages[0], signal_of(dbc, "X", name), data, 8, &raw);
}

static void multiplexing(void **state)
{
    (void)state;
    struct dbc *dbc = dbc_of(nested);
    assert_true(signal_of(dbc, "X", "outer")->is_switch);
    assert_true(signal_of(dbc, "X", "inner")->is_switch);
    assert_int_equal(signal_of(dbc, "X", "deep")->page_count, 2);
    for (unsigned outer = 0; outer < 4; outer++) {
        for (unsigned inner = 0; inner < 14; inner++) {
            uint8_t o = (uint8_t)outer;
            uint8_t i = (uint8_t)inner;
            assert_true(is_there(dbc, "outer", o, i) && is_there(dbc, "free", o, i));
            assert_int_equal(is_there(dbc, "inner", o, i), outer == 2);
            assert_int_equal(is_there(dbc, "plain", o, i), outer == 1);
            bool page = inner == 7 || (inner >= 9 && inner <= 11);
            assert_int_equal(is_there(dbc, "deep", o, i), outer == 2 && page);
        }
    }
    uint8_t data[8] = {0};
    const struct dbc_signal *deep = signal_of(dbc, "X", "deep");
    assert_true(dbc_signal_put(&dbc->messages[0], deep, data, 8, 42));
    assert_memory_equal(data, "\2\7\52\0\0\0\0\0", 8);
    assert_false(dbc_signal_put(&dbc->messages[0], deep, data, 2, 1));
    uint64_t raw;
    assert_false(dbc_signal_get(&dbc->messages[0], deep, data, 2, &raw));
    assert_false(dbc_signal_get(&dbc->messages[0], deep, data, 0, &raw));
    dbc_free(dbc);
}

/* vw_pq.dbc: an ordinary bit switches, or the switch is a small m; a page without any switch. */
static void odd_multiplexing(void **state)
{
    (void)state;
    struct dbc *dbc = dbc_of("BO_ 1 X: 8 Y\n"
                             " SG_ bit : 0|1@1+ (1,0) [0|0] \"\" Z\n"
                             " SG_ a m0 : 8|8@1+ (1,0) [0|0] \"\" Z\n"
                             "SG_MUL_VAL_ 1 a bit 1-1;\n"
                             "BO_ 2 V: 8 Y\n"
                             " SG_ code m : 6|2@1+ (1,0) [0|3] \"\" Z\n"
                             " SG_ b m3 : 0|6@1+ (1,0) [0|0] \"\" Z\n"
                             "BO_ 3 W: 8 Y\n"
                             " SG_ c m3 : 0|6@1+ (1,0) [0|0] \"\" Z\n");
    assert_int_equal(signal_of(dbc, "X", "a")->parent, 0);
    assert_int_equal(signal_of(dbc, "X", "a")->pages[0].low, 1);
    assert_int_equal(signal_of(dbc, "V", "b")->parent, 0);
    assert_int_equal(signal_of(dbc, "W", "c")->parent, -1);
    dbc_free(dbc);
}

static void encodings(void **state)
{
    (void)state;
    struct dbc *dbc = dbc_of("\xEF\xBB\xBF" /* byte order mark */
                             "BO_ 1 X: 8 Y\n"
                             " SG_ a : 0|8@1+ (1,0) [0|0] \"\xB0"
                             "C\" Z\n"
                             " SG_ b : 8|8@1+ (1,0) [0|0] \"\xC2\xB0"
                             "C\" Z\n"
                             " SG_ c : 16|8@1+ (1,0) [0|0] \"\x80 \x81 \xE4\xFC\" Z\n"
                             " SG_ \xD6l : 24|8@1+ (1,0) [0|0] \"\" Z\n"
                             " SG_ d : 32|8@1+ (1,0) [0|0] \"\xE6\xB2\xB9 \xF0\x9F\x9A\x97\" Z\n"
                             " SG_ e : 40|8@1+ (1,0) [0|0] \"\xED\xA0\x80\xC0\xAF\" Z\n");
    assert_string_equal(signal_of(dbc, "X", "a")->unit, "°C");
    assert_string_equal(signal_of(dbc, "X", "b")->unit, "°C");
    assert_string_equal(signal_of(dbc, "X", "c")->unit, "€ \xEF\xBF\xBD äü");
    assert_string_equal(signal_of(dbc, "X", "Öl")->unit, "");
    assert_string_equal(signal_of(dbc, "X", "d")->unit, "油 🚗");
    /* a surrogate and an overlong form are no UTF-8: each byte for itself */
    assert_string_equal(signal_of(dbc, "X", "e")->unit, "í\u00A0€À¯");
    dbc_free(dbc);
}

static void imports(void **state)
{
    (void)state;
    char error[512] = "";
    scratch_text("common.dbc", "BO_ 2 C: 8 Y\n SG_ s : 0|8@1+ (1,0) [0|0] \"\" Z\n");
    scratch_text("loop.dbc", "CM_ \"IMPORT main.dbc\";\nCM_ \"IMPORT loop.dbc\";\n"
                             "CM_ \"IMPORT common.dbc\";\nBO_ 3 L: 8 Y\n");
    const char *path = scratch_text("main.dbc", "CM_ \"IMPORT common.dbc\";\n"
                                                "CM_ \"IMPORT loop.dbc\";\n"
                                                "BO_ 1 M: 8 Y\nCM_ SG_ 2 s \"from here\";\n");
    struct dbc *dbc = dbc_load(path, error, sizeof error);
    if (dbc == NULL) {
        fail_msg("%s", error);
    }
    assert_int_equal(dbc->message_count, 3); /* each file once */
    assert_string_equal(dbc->messages[0].name, "C");
    assert_string_equal(dbc->messages[1].name, "L");
    assert_string_equal(signal_of(dbc, "C", "s")->comment, "from here");
    dbc_free(dbc);
}

static void imports_are_bounded(void **state)
{
    (void)state;
    char error[512] = "";
    const char *path = NULL;
    for (int i = DBC_IMPORT_DEPTH_MAX + 1; i >= 0; i--) {
        char name[20];
        char text[80];
        snprintf(name, sizeof name, "d%d.dbc", i);
        snprintf(text, sizeof text, "BO_ %d M: 8 Y\nCM_ \"IMPORT d%d.dbc\";\n", i, i + 1);
        path = scratch_text(name, text);
    }
    struct dbc *dbc = dbc_load(path, error, sizeof error);
    assert_non_null(dbc);
    assert_int_equal(dbc->message_count, DBC_IMPORT_DEPTH_MAX);
    assert_non_null(strstr(dbc->left_out[0], "d7.dbc:2:5: imports nest deeper than 8"));
    dbc_free(dbc);
    path = scratch_text("lone.dbc", "BO_ 1 M: 8 Y\n CM_ \"IMPORT none.dbc\";\n");
    dbc = dbc_load(path, error, sizeof error);
    assert_non_null(dbc);
    assert_non_null(strstr(dbc->left_out[0], "lone.dbc:2:6: import: "));
    assert_non_null(strstr(dbc->left_out[0], "none.dbc: No such file or directory"));
    dbc_free(dbc);
    assert_null(dbc_load("/nonexistent/x.dbc", error, sizeof error));
    assert_non_null(strstr(error, "/nonexistent/x.dbc: No such file"));
}

static void oddities_are_noted(void **state)
{
    (void)state;
    struct dbc *dbc = dbc_of("BO_ 1 X: 2 Y\n"
                             " SG_ a : 8|16@1+ (1,0) [0|0] \"\" Z\n"
                             "VAL_ 1 b 1 \"x\";\n"
                             "CM_ BO_ 7 \"x\";\n"
                             "BO_ 1 Z: 8 Y\n"
                             "BO_ 1073741824 Odd: 8 Y\n"
                             " SG_ odd : 8|16@1+ (1,0) [0|0] \"\" Z\n"
                             "CM_ SG_ 1 \"whose?\";\n");
    static const char *const notes[] = {
        "t.dbc:2:6: a ends past the 2 bytes of its message",
        "t.dbc:3:8: message X has no signal `b`",
        "t.dbc:4:9: no message has the identifier 7",
        "t.dbc:5:5: a second message with this identifier: it counts from here on",
        "t.dbc:6:5: 1073741824 is no identifier: its message is passed over",
        "t.dbc:8:11: no signal's name before the text",
    };
    assert_int_equal(dbc->note_count, 6);
    assert_int_equal(dbc->message_count, 2);
    for (size_t i = 0; i < 6; i++) {
        assert_string_equal(dbc->notes[i], notes[i]);
    }
    assert_ptr_equal(dbc_find_frame(dbc, 1, false), &dbc->messages[1]);
    dbc_free(dbc);
}

/* CAN FD and J1939's longer messages. */
static void long_messages(void **state)
{
    (void)state;
    struct dbc *dbc = dbc_of("BO_ 1 FD: 64 Y\n SG_ a : 511|8@0+ (1,0) [0|0] \"\" Z\n"
                             "BO_ 2 TP: 1785 Y\n SG_ b : 14272|8@1+ (1,0) [0|0] \"\" Z\n"
                             "BO_ 3 Empty: 0 Y\n");
    uint8_t data[64] = {[63] = 0xA5};
    uint64_t raw = 0;
    assert_true(dbc_signal_get(&dbc->messages[0], signal_of(dbc, "FD", "a"), data, 64, &raw));
    assert_int_equal(raw, 0xA5);
    assert_false(dbc_signal_get(&dbc->messages[1], signal_of(dbc, "TP", "b"), data, 64, &raw));
    assert_int_equal(dbc->note_count, 0);
    dbc_free(dbc);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_whole_file),
        cmocka_unit_test(windows_line_ends),
        cmocka_unit_test(j1939),
        cmocka_unit_test(identifiers),
        cmocka_unit_test(odd_spacing),
        cmocka_unit_test(skipped_statements),
        cmocka_unit_test(floats),
        cmocka_unit_test(multiplexing),
        cmocka_unit_test(odd_multiplexing),
        cmocka_unit_test(encodings),
        cmocka_unit_test(imports),
        cmocka_unit_test(imports_are_bounded),
        cmocka_unit_test(oddities_are_noted),
        cmocka_unit_test(long_messages),
    };
    return cmocka_run_group_tests(tests, NULL, scratch_remove);
}
