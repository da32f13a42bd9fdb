/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
/* `candial dbc`, `decode` and `find` as a user calls them. */
#include "tests/formats/cmocka_head.h"

#include "host/text_out.h"
#include "tests/formats/scratch_file.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>

static char output[1u << 20];
static char dbc_path[512];
static char log_path[512];

/* Runs `candial ARGUMENTS`; the exit status. Both streams go to `output`. */
static int candial(const char *arguments)
{
    char command[4096];
    const char *folder = getenv("CANDIAL_BINARY_DIR");
    snprintf(command, sizeof command, "'%s/candial' %s 2>&1", folder == NULL ? "build" : folder,
             arguments);
    FILE *pipe = popen(command, "r");
    assert_non_null(pipe);
    size_t length = fread(output, 1, sizeof output - 1, pipe);
    output[length] = '\0';
    int status = pclose(pipe);
    assert_true(WIFEXITED(status));
    return WEXITSTATUS(status);
}

/* `format` has a %s for the DBC file, then one for the log, or none. */
static int candial_files(const char *format)
{
    char arguments[2048];
    snprintf(arguments, sizeof arguments, format, dbc_path, log_path);
    return candial(arguments);
}

static void assert_said(const char *text)
{
    if (strstr(output, text) == NULL) {
        fail_msg("`%s` is not in `%s`", text, output);
    }
}

static int write_files(void **state)
{
    (void)state;
    snprintf(dbc_path, sizeof dbc_path, "%s",
             scratch_text("car.dbc",
                          "BO_ 342 EngineData_6: 8 PCM\n"
                          " SG_ EngOil_Te_Actl : 15|8@0+ (1,-60) [-60|193] \"deg,C\" GWM\n"
                          " SG_ Wert : 16|8@1- (0.5,0) [0|0] \"\" GWM\n"
                          "BO_ 1 Leer: 0 X\n"
                          "BA_ \"GenMsgCycleTime\" BO_ 342 100;\n"
                          "CM_ SG_ 342 EngOil_Te_Actl \"Öl,\n zweite Zeile\";\n"
                          "CM_ SG_ 342 Nichts \"x\";\n"
                          "VAL_ 342 EngOil_Te_Actl 255 \"Fault\" 254 \"say \\\"what\\\"\" ;\n"));
    snprintf(log_path, sizeof log_path, "%s",
             scratch_text("car.log", "(1.000000) can0 156#0097FF\n"
                                     "noise\n"
                                     "(1.250001) can0 156#00FF01\n"
                                     "(2.5) can0 156#00FE80\n"
                                     "(2.6) can0 18FEEE00#00\n"));
    return 0;
}

static void csv(void **state)
{
    (void)state;
    assert_int_equal(candial_files("decode --dbc %s --csv %s"), 0);
    char *log_line = strstr(output, "time_s");
    assert_non_null(log_line);
    assert_said("car.log:2: ");
    assert_string_equal(log_line, "time_s,id,message,signal,value,unit\n"
                                  "0.000000,0x156,EngineData_6,EngOil_Te_Actl,91,\"deg,C\"\n"
                                  "0.000000,0x156,EngineData_6,Wert,-0.5,\n"
                                  "0.250001,0x156,EngineData_6,EngOil_Te_Actl,Fault,\"deg,C\"\n"
                                  "0.250001,0x156,EngineData_6,Wert,0.5,\n"
                                  "1.500000,0x156,EngineData_6,EngOil_Te_Actl,\"say \"\"what\"\"\","
                                  "\"deg,C\"\n"
                                  "1.500000,0x156,EngineData_6,Wert,-64,\n");
}

static void readable(void **state)
{
    (void)state;
    assert_int_equal(candial_files("decode --dbc %s --signal wert %s"), 0);
    assert_said("0.250001  156  EngineData_6.Wert = 0.5\n");
    assert_int_equal(candial_files("decode --dbc %s --signal EngOil_Te_Actl %s"), 0);
    assert_said("0.250001  156  EngineData_6.EngOil_Te_Actl = Fault (raw 255)\n");
    assert_said("0.000000  156  EngineData_6.EngOil_Te_Actl = 91 deg,C\n");
    assert_said("EngOil_Te_Actl: 3 values, 2 of them no numbers, first 91, last 91, lowest 91, "
                "highest 91 deg,C\n");
    assert_int_equal(candial_files("decode --dbc %s %s"), 0);
    assert_null(strstr(output, " values")); /* of two signals */
}

static void from_standard_input(void **state)
{
    char arguments[2048];
    (void)state;
    snprintf(arguments, sizeof arguments, "decode --dbc %s - --csv <%s", dbc_path, log_path);
    assert_int_equal(candial(arguments), 0);
    assert_said("standard input:2: ");
    assert_said("0.000000,0x156,EngineData_6,EngOil_Te_Actl,91,");
}

static void by_profile(void **state)
{
    (void)state;
    char arguments[1024];
    snprintf(arguments, sizeof arguments, "decode --profile ford-mustang-s550 --csv %s", log_path);
    assert_int_equal(candial(arguments), 0);
    assert_said("0.000000,0x156,Ford Mustang S550,dial1,91,°C\n");
    assert_said("0.250001,0x156,Ford Mustang S550,dial1,no value,°C\n");
}

static void listing(void **state)
{
    (void)state;
    assert_int_equal(candial_files("dbc %s"), 0);
    assert_said("0x156  EngineData_6  8 bytes, every 100 ms, from PCM\n");
    assert_said("15|8 motorola");
    assert_said("  raw - 60 deg,C");
    assert_said("255 Fault, 254 say \"what\"");
    assert_said("        Öl,  zweite Zeile\n");
    assert_said("0x001  Leer  0 bytes");
    assert_null(strstr(output, "Nichts"));
    assert_int_equal(candial_files("dbc --notes %s"), 0);
    assert_said("car.dbc:8:13: message EngineData_6 has no signal `Nichts`");
}

static void finding(void **state)
{
    (void)state;
    assert_int_equal(candial_files("dbc %s --find oel"), 0); /* the comment's Öl */
    assert_said("EngOil_Te_Actl");
    assert_null(strstr(output, "Wert"));
    assert_int_equal(candial_files("dbc %s --find 'oil temp'"), 0); /* what it is taken for */
    assert_said("  <- oil temperature\n");
    assert_int_equal(candial_files("dbc %s --find LEER"), 0);
    assert_said("Leer");
    assert_null(strstr(output, "EngOil"));
    assert_int_equal(candial_files("dbc %s --find zündung"), 1);
    assert_said("nothing with that text in it");
}

static void refusals(void **state)
{
    static const struct {
        const char *arguments, *words;
        int status;
    } rows[] = {
        {"decode", "give a log, and either --dbc FILE or --profile FILE", 2},
        {"decode --dbc %s", "give a log, and", 2},
        {"decode --dbc %s --profile x %s", "give a log, and", 2},
        {"decode --dbc %s %s x", "one log at a time: `x' is a second one", 2},
        {"decode %s --dbc", "--dbc needs a name behind it", 2},
        {"decode --fly %s", "unknown option `--fly'", 2},
        {"decode --dbc %s /nonexistent", "/nonexistent: No such file or directory", 2},
        {"decode --dbc %s --signal Oil %s", "no signal is called `Oil`, but EngOil_Te_Actl", 2},
        {"decode --profile none %s", "none", 2},
        {"decode --dbc /nonexistent %s", "/nonexistent: No such file or directory", 2},
        {"dbc", "give a DBC file", 2},
        {"dbc %s --fly", "`--fly' does not belong there", 2},
        {"dbc /nonexistent", "/nonexistent: No such file", 2},
        {"dbc README.md", "README.md:1:1: `", 2},
        {"find", "give a log: candial find LOG...", 2},
        {"find --top 0 %s", "--top needs a number from 1 to 50", 2},
        {"find --fly", "unknown option `--fly'", 2},
        {"find /nonexistent", "/nonexistent: No such file", 2},
    };
    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        int status = candial_files(rows[i].arguments);
        if (status != rows[i].status || strstr(output, rows[i].words) == NULL) {
            fail_msg("candial %s: status %d, said `%s`", rows[i].arguments, status, output);
        }
    }
}

static void no_values(void **state)
{
    char arguments[1024];
    (void)state;
    const char *path = scratch_text("other.log", "(1.0) can0 123#00\n");
    snprintf(arguments, sizeof arguments, "decode --dbc %s --signal Wert %s", dbc_path, path);
    assert_int_equal(candial(arguments), 1);
    assert_said("none of the 1 frames carries Wert: is it this car's log?");
    snprintf(arguments, sizeof arguments, "find %s", path);
    assert_int_equal(candial(arguments), 1);
    assert_said("Nothing in this log behaves like a temperature.");
}

static void helps(void **state)
{
    (void)state;
    assert_int_equal(candial("decode --help"), 0);
    assert_said("time_s,id,message,signal,value,unit");
    assert_int_equal(candial("dbc --help"), 0);
    assert_said("--find TEXT");
    assert_int_equal(candial("find --help"), 0);
    assert_said("--top N");
}

static void real_find(void **state)
{
    char arguments[1024];
    (void)state;
    const char *path = shared_data("logs/mustang_s550.log");
    if (path == NULL) {
        skip();
    }
    snprintf(arguments, sizeof arguments, "find '%s' --top 2", path);
    assert_int_equal(candial(arguments), 0);
    assert_said("1. 0x156 byte 1: 91 to 93 °C as raw - 60");
    assert_said("broadcast: {id: 0x156, start: 15, length: 8, order: motorola, scale: 1, offset: "
                "-60, invalid: [0, [254, 255]]}");
    assert_said("The log is short.");
}

static void channels(void **state)
{
    char arguments[1200];
    (void)state;
    const char *path = scratch_text("two.log", "(1.0) can0 156#0097FF\n(1.1) can1 156#0098FF\n"
                                               "(1.2) can1 156#0099FF\n");
    snprintf(arguments, sizeof arguments, "decode --dbc %s %s --signal EngOil_Te_Actl", dbc_path,
             path);
    assert_int_equal(candial(arguments), 0);
    assert_said("two.log holds 2 channels: can0 (1 frame), can1 (2 frames), taken together: "
                "--channel NAME takes one");
    strcat(arguments, " --channel can1");
    assert_int_equal(candial(arguments), 0);
    assert_said("EngOil_Te_Actl: 2 values, first 92, last 93");
    assert_null(strstr(output, "channels"));
    strcat(arguments, "7");
    assert_int_equal(candial(arguments), 2);
    assert_said("no frame of channel can17: ");
    assert_said("two.log has 2 channels: can0");
    snprintf(arguments, sizeof arguments, "find %s", path);
    candial(arguments);
    assert_said("2 channels, each a bus of its own: `--channel NAME` looks at one alone.");
    strcat(arguments, " --channel can9");
    assert_int_equal(candial(arguments), 2);
    assert_said("no frame of channel can9");
}

/* The board, too, hears one bus or all of them; and the one that is not there is told. */
static void channel_of_a_run(void **state)
{
    char arguments[1200];
    (void)state;
    const char *path = scratch_text(
        "buses.log", "(1.0) can0 156#0097FF0000000000\n(1.1) can1 156#0098FF0000000000\n"
                     "(1.2) can1 156#0098FF0000000000\n");
    const char *run = "run --speed max --json - --log";
    snprintf(arguments, sizeof arguments, "%s %s --channel can1", run, path);
    assert_int_equal(candial(arguments), 0);
    assert_said("\"frames\":2,\"matched\":2");
    snprintf(arguments, sizeof arguments, "%s %s", run, path);
    assert_int_equal(candial(arguments), 0);
    assert_said("\"frames\":3,\"matched\":3");
    assert_said("buses.log holds 2 channels: can0 (1 frame), can1 (2 frames), played as one bus: "
                "--channel NAME takes one");
    snprintf(arguments, sizeof arguments, "%s %s --channel can7", run, path);
    assert_int_equal(candial(arguments), 2);
    assert_said("no frame of channel can7: ");
    assert_int_equal(candial("run --channel can0 --for 1s"), 2);
    assert_said("--channel is one of a log's: give the log with --log FILE");
}

/* What was left out is said; a float that is no number, and J1939's upper values, are no numbers. */
static void no_numbers(void **state)
{
    char dbc[512];
    char arguments[2048];
    (void)state;
    snprintf(dbc, sizeof dbc, "%s",
             scratch_text("truck.dbc",
                          "BO_ 2566843904 ET1: 8 X\n SG_ Coolant : 0|8@1+ (1,-40) [0|0] \"C\" X\n"
                          " SG_ Oil : 16|16@1+ (0.03125,-273) [0|0] \"C\" X\n"
                          " SG_ Text : 24|1600@1+ (1,0) [0|0] \"\" X\n"
                          "BO_ 291 F: 8 X\n SG_ f : 0|32@1- (1,0) [0|0] \"\" X\n"
                          "SIG_VALTYPE_ 291 f : 1;\nBA_ \"VFrameFormat\" BO_ 2566843904 3;\n"));
    const char *path = scratch_text(
        "truck.log", "(1.0) can0 18FEEE00#82FFA02FFFFFFFFF\n(1.1) can0 18FEEE00#FFFFFFFFFFFFFFFF\n"
                     "(1.2) can0 18FEEE03#FEFF10FEFFFFFFFF\n(1.3) can0 18FEEE03#FBFFFFFAFFFFFFFF\n"
                     "(1.4) can0 123#0000C0FF00000000\n(1.5) can0 123#0000C07F00000000\n"
                     "(1.6) can0 123#0000807F00000000\n(1.7) can0 123#0000803F00000000\n");
    snprintf(arguments, sizeof arguments, "decode --dbc %s %s", dbc, path);
    assert_int_equal(candial(arguments), 0);
    assert_said("truck.dbc:4:13: 24|1600: a signal is 1 to 64 bits long, in a message's bytes: "
                "left out");
    assert_said("0.000000  18FEEE00  ET1.Coolant = 90 C\n0.000000  18FEEE00  ET1.Oil = 108 C\n");
    assert_said("0.100000  18FEEE00  ET1.Coolant = not available (raw 255)\n"
                "0.100000  18FEEE00  ET1.Oil = not available (raw 65535)\n");
    assert_said("ET1.Coolant = error (raw 254)\n0.200000  18FEEE03  ET1.Oil = error (raw 65040)\n");
    assert_said("ET1.Coolant = no value (raw 251)\n0.300000  18FEEE03  ET1.Oil = 1734.96875 C\n");
    assert_said("0.400000  123  F.f = no value (raw 4290772992)\n");
    assert_said("0.600000  123  F.f = no value (raw 2139095040)\n0.700000  123  F.f = 1\n");
    assert_null(strstr(output, "nan"));
    snprintf(arguments, sizeof arguments, "dbc %s --notes", dbc);
    assert_int_equal(candial(arguments), 0);
    assert_said("bits long, in a message's bytes: left out");
    snprintf(arguments, sizeof arguments, "dbc %s", scratch_text("none.dbc", "VERSION \"\"\n"));
    assert_int_equal(candial(arguments), 1);
    assert_said("none.dbc: no message (BO_) in it");
}

/* What `find` writes is a profile that `profile check` takes, and decodes the log it is from. */
static void found_profile(void **state)
{
    static char text[200000];
    char arguments[2048];
    char log[512];
    char profile[600];
    size_t used = 0;
    (void)state;
    for (int tick = 0; tick < 2000; tick++) {
        used += (size_t)snprintf(text + used, sizeof text - used,
                                 "(%d.%d) can0 2B1#00%02X%02X%02X\n", tick / 10, tick % 10,
                                 60 + tick / 40, tick * 7 & 0xFF, tick * 13 & 0xFF);
    }
    snprintf(log, sizeof log, "%s", scratch_text("warm.log", text));
    snprintf(profile, sizeof profile, "%s", scratch_text("found.yaml", "mine"));
    snprintf(arguments, sizeof arguments, "find %s --profile %s", log, profile);
    assert_int_equal(candial(arguments), 2);
    assert_said("found.yaml: File exists: name a new file that can be written");
    assert_int_equal(remove(profile), 0);
    assert_int_equal(candial(arguments), 0);
    assert_said("found.yaml. Correct it, then: candial profile check ");
    snprintf(arguments, sizeof arguments, "profile check %s", profile);
    assert_int_equal(candial(arguments), 0);
    snprintf(arguments, sizeof arguments, "decode %s --profile %s", log, profile);
    assert_int_equal(candial(arguments), 0);
    assert_said("dial1: 2000 values, first ");
    assert_int_equal(candial("find --profile"), 2);
    assert_said("--profile needs a name behind it");
}

/* The reviewers' files, if they are there: right values stand in their README. */
static void shared_cases(void **state)
{
    static const struct {
        const char *arguments;
        int status;
        const char *words;
    } rows[] = {
        {"find two-channels.log --top 1", 0, "1. 0x3A1 byte 2 on can0: "},
        {"decode two-channels.log --dbc std.dbc --channel can7", 2, "2 channels: can0 (400"},
        {"find seconds-counter.log --unknown --top 1", 0, "1. 0x3B7 byte 0: "},
        {"decode low-29bit.log --dbc std.dbc", 0, "EXT.A = 5\n0.010000  123  M.A = 6\n"},
        {"dbc long-signal.dbc", 0, "long-signal.dbc:8:13: 24|1600: a signal is 1 to 64 bits"},
        {"dbc mul-val-no-comma.dbc", 0, "if S = 0, 0-128"},
        {"dbc val-cut.dbc", 0, "the statement of line 7: left out"},
        {"profile check id-exponent.yaml", 2, "id: `1E3` is hexadecimal: write 0x1E3"},
    };
    char folder[600];
    char arguments[2000];
    (void)state;
    const char *found = shared_data("../cases/can/std.dbc");
    if (found == NULL) {
        skip();
    }
    snprintf(folder, sizeof folder, "%.*s", (int)(strrchr(found, '/') - found), found);
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        size_t used = 0;
        for (const char *at = rows[i].arguments; *at != '\0';) { /* names with a dot are files */
            size_t length = strcspn(at, " ");
            bool is_file = memchr(at, '.', length) != NULL;
            used += (size_t)snprintf(arguments + used, sizeof arguments - used, "%s%s%.*s ",
                                     is_file ? folder : "", is_file ? "/" : "", (int)length, at);
            at += length + (at[length] == ' ');
        }
        int status = candial(arguments);
        if (status != rows[i].status || strstr(output, rows[i].words) == NULL) {
            fail_msg("candial %s: status %d, said `%s`", rows[i].arguments, status, output);
        }
    }
}

static void numbers(void **state)
{
    static const struct {
        double value;
        const char *text;
    } rows[] = {
        {0, "0"},
        {-0.0, "0"},
        {91, "91"},
        {-60, "-60"},
        {64.5, "64.5"},
        {0.1 * 3, "0.3"},
        {-0.0625, "-0.0625"},
        {1e-7, "1e-07"},
        {1.5e20, "1.5e+20"},
        {1.0 / 3, "0.3333333333"},
        {999999999, "999999999"},
        {1e9, "1000000000"},
        {123456.789012, "123456.789012"},
        {0.00390625, "0.00390625"},
        {4294967295.0, "4294967295"},
        {0.999999, "0.999999"},
        {-1e-6, "-0.000001"},
    };
    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        char text[TEXT_OUT_NUMBER_MAX];
        size_t length = text_number(text, rows[i].value);
        assert_string_equal(text, rows[i].text);
        assert_int_equal(length, strlen(text));
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(csv),
        cmocka_unit_test(readable),
        cmocka_unit_test(from_standard_input),
        cmocka_unit_test(by_profile),
        cmocka_unit_test(listing),
        cmocka_unit_test(finding),
        cmocka_unit_test(refusals),
        cmocka_unit_test(no_values),
        cmocka_unit_test(helps),
        cmocka_unit_test(real_find),
        cmocka_unit_test(channels),
        cmocka_unit_test(channel_of_a_run),
        cmocka_unit_test(found_profile),
        cmocka_unit_test(no_numbers),
        cmocka_unit_test(shared_cases),
        cmocka_unit_test(numbers),
    };
    return cmocka_run_group_tests(tests, write_files, scratch_remove);
}
