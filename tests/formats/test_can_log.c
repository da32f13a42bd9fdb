/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
/* The readers of recorded CAN traffic: made-up lines, the recorded logs, and noise. */
#include "tests/formats/cmocka_head.h"

#include "formats/can_log/can_log.h"
#include "tests/formats/scratch_file.h"

#include <stdio.h>
#include <string.h>

#define FRAMES_MAX 32

static struct can_log_frame frames[FRAMES_MAX];
static char reports[4096];
static uint64_t bad_lines;
static char error[512];

static void take_report(void *context, const char *text)
{
    (void)context;
    size_t used = strlen(reports);
    snprintf(reports + used, sizeof reports - used, "%s\n", text);
}

/* Reads a file made of `text`; the number of frames, or -1 if it cannot be opened. */
static int read_bytes(const char *name, const void *text, size_t length)
{
    const char *path = scratch_file(name, text, length);
    struct can_log_frame frame;
    int count = 0;
    reports[0] = '\0';
    memset(frames, 0, sizeof frames);
    struct can_log *log = can_log_open(path, take_report, NULL, error, sizeof error);
    if (log == NULL) {
        return -1;
    }
    while (can_log_next(log, &frame) == 1) {
        frames[count++ % FRAMES_MAX] = frame;
    }
    bad_lines = can_log_bad_lines(log);
    can_log_close(log);
    return count;
}

static int read_text(const char *text)
{
    return read_bytes("log", text, strlen(text));
}

static void candump_plain(void **state)
{
    (void)state;
    assert_int_equal(read_text("(1345212884.318850) can0 123#11223344\n"
                               "(1345212884.318950) can0 18FEEE00#0102030405060708\n"),
                     2);
    assert_int_equal(frames[0].time_ns, 0);
    assert_int_equal(frames[0].id, 0x123);
    assert_false(frames[0].extended);
    assert_int_equal(frames[0].len, 4);
    assert_memory_equal(frames[0].data, "\x11\x22\x33\x44", 4);
    assert_int_equal(frames[1].time_ns, 100000);
    assert_int_equal(frames[1].id, 0x18FEEE00);
    assert_true(frames[1].extended);
    assert_int_equal(frames[1].len, 8);
    assert_int_equal(bad_lines, 0);
}

static void candump_variants(void **state)
{
    (void)state;
    assert_int_equal(read_text("(000.000000) vcan0 7ff#de.ad.be.ef\r\n"
                               "\r\n"
                               "(000.000000001) slcan0 001# R\r\n"
                               "(000.000000002) can0 002#R T\r\n"
                               "(0.000000003) can0 002#R4\r\n"
                               "(0.1) can0 003#1122334455667788_C\r\n"
                               "(0.2) can0 20000080#0000000000000000\r\n"
                               "(1) can0 004#0102"),
                     6);
    assert_int_equal(bad_lines, 0);
    assert_int_equal(frames[0].len, 4);
    assert_int_equal(frames[0].data[3], 0xEF);
    assert_int_equal(frames[1].time_ns, 1);
    assert_int_equal(frames[1].len, 0);
    assert_true(frames[2].remote);
    assert_int_equal(frames[3].len, 4);
    assert_true(frames[3].remote);
    assert_int_equal(frames[4].len, 8);
    assert_int_equal(frames[4].time_ns, 100000000);
    assert_int_equal(frames[5].time_ns, 1000000000);
    assert_int_equal(frames[5].len, 2);
}

static void candump_fd(void **state)
{
    (void)state;
    assert_int_equal(read_text("(1.0) can0 123##1112233\n"
                               "(1.0) can0 123##7\n"
                               "(1.0) can0 12345678##0"
                               "00112233445566778899AABB\n"
                               "(1.0) can0 123##000112233445566778899\n"),
                     3);
    assert_true(frames[0].fd);
    assert_true(frames[0].bit_rate_switch);
    assert_false(frames[0].error_state);
    assert_int_equal(frames[0].len, 3);
    assert_true(frames[1].bit_rate_switch);
    assert_true(frames[1].error_state);
    assert_true(frames[2].extended);
    assert_int_equal(frames[2].len, 12);
    assert_int_equal(bad_lines, 1); /* 10 bytes is no FD length */
    assert_non_null(strstr(reports, "log:4: not a length CAN FD can have"));
}

static void padded_ids(void **state)
{
    (void)state;
    assert_int_equal(read_text("(1.0) can0 00000180#11\n(1.0) can0 00000123#22\n"), 2);
    assert_false(frames[0].extended);
    assert_int_equal(frames[0].id, 0x180);
    /* Real 29-bit ids in the file, even later: 8 digits mean 29 bits. Error messages are no such ids. */
    assert_int_equal(read_text("(1.0) can0 00000180#11\n(1.0) can0 18FEEE00#22\n"), 2);
    assert_true(frames[0].extended);
    assert_int_equal(read_text("(1.0) can0 00000180#11\n(1.0) can0 20000080#22\n"), 1);
    assert_false(frames[0].extended);
}

static void bad_lines_are_named(void **state)
{
    (void)state;
    static const char *const lines[][2] = {
        {"hello", "no (time)"},
        {"(x) can0 123#", "no number of seconds"},
        {"(1.0 can0 123#", "no number of seconds"},
        {"(99999999999999999999.0) can0 123#", "no number of seconds"},
        {"(1.0) can0 12#00", "3 hexadecimal digits"},
        {"(1.0) can0 1234#00", "3 hexadecimal digits"},
        {"(1.0) can0 123456789#00", "3 hexadecimal digits"},
        {"(1.0) can0 FFF#00", "above 7FF"},
        {"(1.0) can0 FFFFFFF", "3 hexadecimal digits"},
        {"(1.0) can0 80000000#", "above 1FFFFFFF"},
        {"(1.0) can0 123 00", "no # after the id"},
        {"(1.0) can0 123#0", "odd number"},
        {"(1.0) can0 123#0G", "odd number"},
        {"(1.0) can0 123#00 x", "follows the data"},
        {"(1.0) can0 123#R9", "length above 8"},
        {"(1.0) can0 123#001122334455667788", "more than 8 data bytes"},
        {"(1.0) can0 123##", "no flags digit"},
        {"(1.0) can0", "3 hexadecimal digits"},
        {"(1.0)", "3 hexadecimal digits"},
    };
    char text[256];
    for (size_t i = 0; i < sizeof lines / sizeof *lines; i++) {
        snprintf(text, sizeof text, "(1.0) can0 123#00\n%s\n(1.0) can0 124#00\n", lines[i][0]);
        assert_int_equal(read_text(text), 2);
        assert_int_equal(bad_lines, 1);
        if (strstr(reports, "log:2: ") == NULL || strstr(reports, lines[i][1]) == NULL) {
            fail_msg("`%s` is reported as `%s`", lines[i][0], reports);
        }
    }
}

static void lines_that_are_no_text(void **state)
{
    (void)state;
    static char text[200000];
    static const char zero[] = "(1.0) can0 123#00\n(1.0) can0 1\0"
                               "23#00\n(1.0) can0 124#00";
    assert_int_equal(read_bytes("log", zero, sizeof zero - 1), 2);
    assert_non_null(strstr(reports, "log:2: contains a zero byte"));

    int used = snprintf(text, sizeof text, "(1.0) can0 123#00\n");
    memset(text + used, 'x', 150000);
    snprintf(text + used + 150000, 64, "\n(2.0) can0 123#01\nbad\n");
    assert_int_equal(read_text(text), 2);
    assert_int_equal(frames[1].data[0], 1);
    assert_int_equal(bad_lines, 2);
    assert_non_null(strstr(reports, "log:2: longer than 64 KiB"));
    assert_non_null(strstr(reports, "log:4: "));
}

static void times(void **state)
{
    (void)state;
    assert_int_equal(read_text("(100.0) c 001#\n(100.5) c 001#\n(100.4) c 001#\n(100.45) c 001#\n"
                               "(100.6) c 001#\n(5.0) c 001#\n(5.1) c 001#\n"),
                     7);
    static const uint64_t expected_ms[] = {0, 500, 500, 500, 600, 600, 700};
    for (size_t i = 0; i < 7; i++) {
        assert_int_equal(frames[i].time_ns, expected_ms[i] * 1000000);
    }
}

/* Digits and data are read eight at a time: every length, and every character in every place. */
static void times_of_any_length(void **state)
{
    (void)state;
    uint64_t seed = fuzz_seed("times");
    for (unsigned i = 0; i < 200; i++) {
        char text[200];
        unsigned digits = 1 + i % 10;
        uint64_t seconds = fuzz_next(&seed);
        uint64_t most = 9;
        for (unsigned k = 1; k < digits; k++) {
            most = most * 10 + 9;
        }
        seconds %= most + 1;
        snprintf(text, sizeof text, "(0.0) can0 123#\n(%0*llu.%03u) can0 123#\n", (int)digits,
                 (unsigned long long)seconds, i % 1000);
        assert_int_equal(read_text(text), 2);
        assert_true(frames[1].time_ns == seconds * 1000000000u + i % 1000 * 1000000u);
    }
}

static void every_character_everywhere(void **state)
{
    static const char digits[] = "0123456789";
    static const char hex[] = "0123456789abcdefABCDEF";
    (void)state;
    for (unsigned c = 1; c < 256; c++) {
        char times[400] = "(0.0) can0 123#\n";
        char data[400] = "";
        for (unsigned at = 0; at < 8; at++) {
            strcat(times, "(00000012.5) can0 123#\n");
            times[16 + 23 * at + 1 + at] = (char)c;
            strcat(data, "(1.0) can0 123#0011223344556677\n");
            data[32 * at + 15 + 8 + at] = (char)c;
        }
        bool is_digit = strchr(digits, (int)c) != NULL;
        bool is_end =
            strchr("_. \t\n\r", (int)c) != NULL; /* what may come between or behind data */
        if (c != '\n') {
            assert_int_equal(read_text(times), is_digit ? 9 : 1);
            assert_int_equal(bad_lines, is_digit ? 0 : 8);
        }
        if (!is_end) {
            bool is_hex = strchr(hex, (int)c) != NULL;
            assert_int_equal(read_text(data), is_hex ? 8 : -1);
        }
    }
    read_text("(1.0) can0 123#0189ABCDEFabcdef\n");
    assert_memory_equal(frames[0].data, "\x01\x89\xAB\xCD\xEF\xAB\xCD\xEF", 8);
}

static void trc_1_1(void **state)
{
    (void)state;
    assert_int_equal(read_text(";$FILEVERSION=1.1\n;$STARTTIME=45864.6609879514\n;\n"
                               "     1)         0.1  Rx         0171  8  F0 E0 00 00 00 00 00 01 \n"
                               "     2)         1.4  Tx     18FEEE00  2  12 34\n"
                               "     3)         2.0  Warng  FFFFFFFF  4  00 00 00 08  BUSLIGHT\n"
                               "     4)         3.0  Rx         0123  4  RTR\n"
                               "     5)         3.0  Rx         0123  4  00\n"
                               "     6)         x    Rx         0123  0\n"
                               "     7)         3.0  Rx         0823  0\n"
                               "     8)         3.0  Rx         0123  16  00\n"),
                     3);
    assert_int_equal(frames[0].id, 0x171);
    assert_int_equal(frames[0].data[7], 1);
    assert_int_equal(frames[1].time_ns, 1300000);
    assert_true(frames[1].extended);
    assert_true(frames[2].remote);
    assert_int_equal(frames[2].len, 4);
    assert_int_equal(bad_lines, 4);
    assert_non_null(strstr(reports, "log:8: the data are not as many"));
    assert_non_null(strstr(reports, "log:9: the time offset"));
    assert_non_null(strstr(reports, "log:10: the id"));
    assert_non_null(strstr(reports, "log:11: the length"));
}

static void trc_other_versions(void **state)
{
    (void)state;
    assert_int_equal(
        read_text(";$FILEVERSION=2.1\n;$COLUMNS=N,O,T,B,I,d,R,L,D\n"
                  " 1  1059.900 DT 1      0300 Rx -  7    00 00 00 00 04 00 00\n"
                  " 2  1060.900 FB 1  00000400 Rx -  9    00 01 02 03 04 05 06 07 08 09 0A 0B\n"
                  " 3  1061.000 ST 1         - Rx -  4    00 00 00 00\n"
                  " 4  1062.000 RR 1      0301 Rx -  3\n"),
        3);
    assert_int_equal(frames[0].len, 7);
    assert_int_equal(frames[0].data[4], 4);
    assert_int_equal(frames[1].len, 12);
    assert_true(frames[1].fd);
    assert_true(frames[1].bit_rate_switch);
    assert_true(frames[1].extended);
    assert_int_equal(frames[1].time_ns, 1000000);
    assert_true(frames[2].remote);
    assert_int_equal(bad_lines, 0);

    assert_int_equal(
        read_text(";$FILEVERSION=2.0\n;$COLUMNS=N,O,T,I,d,l,D\n"
                  " 1  1059.900 FD  0300 Rx 12    00 01 02 03 04 05 06 07 08 09 0A 0B\n"),
        1);
    assert_int_equal(frames[0].len, 12);
    assert_int_equal(read_text("; no version\n  1)   1841  0001  2  AA 55\n"), 1);
    assert_int_equal(frames[0].data[1], 0x55);
    assert_int_equal(read_text(";$FILEVERSION=1.3\n 1)  1.5 1  Rx  0300 -  2  AA 55\n"), 1);
    assert_int_equal(frames[0].id, 0x300);
    assert_int_equal(read_text(";$FILEVERSION=1.2\n 1)  1.5 1  Rx  0300  2  AA 55\n"), 1);
    assert_int_equal(frames[0].len, 2);
}

static void gvret_csv(void **state)
{
    (void)state;
    assert_int_equal(read_text("Time Stamp,ID,Extended,Bus,LEN,D1,D2,D3,D4,D5,D6,D7,D8\n"
                               "166064000,0000021A,false,0,8,FE,36,12,FE,69,05,07,AD,\n"
                               "166064250,18FEEE00,true,0,2,01,02,,,,,,,\r\n"
                               "166064300,0000021A,false,0,3,01,02\n"
                               "166064300,0000081A,false,0,1,01\n"
                               "166064300,0000021A,maybe,0,1,01\n"
                               "x,0000021A,false,0,1,01\n"
                               "166064300,0000021A,false,0,9,01\n"),
                     2);
    assert_int_equal(frames[0].id, 0x21A);
    assert_int_equal(frames[0].data[7], 0xAD);
    assert_true(frames[1].extended);
    assert_int_equal(frames[1].time_ns, 250000);
    assert_int_equal(frames[1].len, 2);
    assert_int_equal(bad_lines, 5);
    assert_int_equal(read_text("Time Stamp,ID,Extended,Dir,Bus,LEN,D1,D2,D3,D4,D5,D6,D7,D8\n"
                               "1000,00000123,false,Rx,0,1,7F,\n"),
                     1);
    assert_int_equal(frames[0].data[0], 0x7F);
    assert_int_equal(read_text("1000,00000123,false,0,1,7E,\n"), 1);
}

static void vector_asc(void **state)
{
    (void)state;
    assert_int_equal(
        read_text(
            "date Fre Dez 17 22:14:20 2021\nbase hex  timestamps absolute\n"
            "no internal events logged\n// version 8.2.0\n"
            "Begin Triggerblock Fre Dez 17 22:14:20 2021\n"
            "   0.000000 Start of measurement\n"
            "   0.500000 1  1D0             Rx   d 8 75 53 00 01 02 03 04 05  Length = 230000\n"
            "   0.600000 1  18FEEE00x       Tx   r 4\n"
            "   0.700000 1  ErrorFrame\n"
            "   0.800000 CANFD   1 Rx        123  1 0 9 12 00 01 02 03 04 05 06 07 08 09 0A 0B\n"
            "   0.900000 CANFD   1 Tx   12345678x  EngineName 0 1 8 1 FF 130 0\n"
            "   1.000000 1  1D0             Rx   d 8 75 53\n"
            "   1.000000 1  8D0             Rx   d 1 75\n"
            "   1.000000 1  1D0             Rx   q 1 75\n"
            "   1.000000 1  1D0             Rx   d 9 75\n"
            "rubbish\n"
            "End TriggerBlock\n"),
        4);
    assert_int_equal(frames[0].id, 0x1D0);
    assert_int_equal(frames[0].len, 8);
    assert_int_equal(frames[0].data[1], 0x53);
    assert_true(frames[1].extended && frames[1].remote);
    assert_int_equal(frames[1].time_ns, 100000000);
    assert_true(frames[2].fd && frames[2].bit_rate_switch && !frames[2].error_state);
    assert_int_equal(frames[2].len, 12);
    assert_int_equal(frames[2].data[11], 0x0B);
    assert_true(frames[3].extended && frames[3].error_state && !frames[3].bit_rate_switch);
    assert_int_equal(frames[3].id, 0x12345678);
    assert_int_equal(bad_lines, 5);
    assert_non_null(strstr(reports, "log:16: neither a heading nor a time"));
}

static void vector_asc_decimal_and_relative(void **state)
{
    (void)state;
    assert_int_equal(read_text("base dec  timestamps relative\n"
                               " 1.000000 1  464             Rx   d 2 255 16\n"
                               " 0.250000 1  ErrorFrame\n"
                               " 0.250000 1  419360256x      Rx   d 1 256\n"
                               " 0.500000 1  419360256x      Rx   d 1 7\n"),
                     2);
    assert_int_equal(frames[0].id, 464);
    assert_int_equal(frames[0].data[1], 16);
    assert_int_equal(frames[1].id, 419360256);
    assert_int_equal(frames[1].time_ns, 1000000000);
    assert_int_equal(bad_lines, 1);
}

/* One capture in two formats: the frames are the same, candump's times are cut to seconds. */
static void same_capture_in_two_formats(void **state)
{
    (void)state;
    char path[512];
    struct can_log_frame a;
    struct can_log_frame b;
    unsigned count = 0;
    if (shared_data("logs/savvycan_candump.log") == NULL) {
        skip();
    }
    snprintf(path, sizeof path, "%s", shared_data("logs/savvycan_candump.log"));
    struct can_log *left = can_log_open(path, NULL, NULL, error, sizeof error);
    struct can_log *right =
        can_log_open(shared_data("logs/savvycan_gvret.csv"), NULL, NULL, error, sizeof error);
    assert_non_null(left);
    assert_non_null(right);
    assert_string_equal(can_log_format(left), "candump");
    assert_string_equal(can_log_format(right), "SavvyCAN CSV");
    while (can_log_next(left, &a) == 1 && can_log_next(right, &b) == 1) {
        assert_int_equal(a.id, b.id);
        assert_int_equal(a.len, b.len);
        assert_memory_equal(a.data, b.data, a.len);
        count++;
    }
    assert_in_range(count, 12900, 13000);
    assert_int_equal(can_log_bad_lines(left) + can_log_bad_lines(right), 0);
    can_log_close(left);
    can_log_close(right);
}

static void refusals(void **state)
{
    (void)state;
    assert_int_equal(read_text(""), -1);
    assert_non_null(strstr(error, "no CAN frame of a known format"));
    assert_non_null(strstr(error, "candump, PCAN trace, Vector ASC, SavvyCAN CSV"));
    assert_int_equal(read_text("just words\nand more\n"), -1);
    assert_null(can_log_open("/nowhere/at/all", NULL, NULL, error, sizeof error));
    assert_string_equal(error, "/nowhere/at/all: No such file or directory: give the name of a "
                               "readable log");
    assert_null(can_log_open("/", NULL, NULL, error, sizeof error));
    assert_non_null(strstr(error, "/: Is a directory"));
}

/* Counts what a recorded log holds of one id; the truths stand in the data folder's SOURCES.md. */
struct census {
    unsigned frames, matching, extended;
    unsigned first_raw, last_raw, distinct_raw;
    uint64_t last_match_ns, end_ns;
};

static bool take_census(const char *name, uint32_t id, unsigned byte, struct census *census)
{
    const char *path = shared_data(name);
    struct can_log_frame frame;
    bool seen[256] = {false};
    memset(census, 0, sizeof *census);
    if (path == NULL) {
        return false;
    }
    struct can_log *log = can_log_open(path, NULL, NULL, error, sizeof error);
    assert_non_null(log);
    while (can_log_next(log, &frame) == 1) {
        census->frames++;
        census->extended += frame.extended;
        census->end_ns = frame.time_ns;
        if (frame.id == id) {
            unsigned raw = frame.data[byte];
            census->first_raw = census->matching++ == 0 ? raw : census->first_raw;
            census->last_raw = raw;
            census->last_match_ns = frame.time_ns;
            census->distinct_raw += !seen[raw];
            seen[raw] = true;
        }
    }
    assert_int_equal(can_log_bad_lines(log), 0);
    can_log_close(log);
    return true;
}

static void recorded_logs(void **state)
{
    (void)state;
    struct census census;
    if (!take_census("logs/mustang_s550.log", 0x156, 1, &census)) {
        skip();
    }
    assert_int_equal(census.frames, 87079);
    assert_int_equal(census.matching, 704);
    assert_int_equal(census.first_raw - 60, 91);
    assert_int_equal(census.last_raw - 60, 93);
    assert_int_equal(census.distinct_raw, 3);
    assert_int_equal(census.end_ns, 70370000000);
    assert_true(take_census("logs/gt350_keyon.log", 0x156, 1, &census));
    assert_int_equal(census.matching, 101);
    assert_int_equal(census.first_raw, 254);
    assert_int_equal(census.last_raw - 60, 62);
    assert_true(take_census("logs/gt350_oil_sensor_fault.log", 0x156, 1, &census));
    assert_int_equal(census.matching, 269);
    assert_int_equal(census.first_raw, 255);
    assert_int_equal(census.distinct_raw, 1);
    assert_true(take_census("logs/gt350_signal_lost.trc", 0x156, 1, &census));
    assert_int_equal(census.first_raw - 60, 33);
    assert_in_range(census.last_match_ns, 2860000000, 2880000000);
    assert_in_range(census.end_ns, 78880000000, 78900000000);
    assert_true(take_census("logs/kona_not_fitted.trc", 0x492, 4, &census));
    assert_int_equal(census.first_raw, 0x35);
    assert_int_equal(census.last_raw, 0);
    assert_true(take_census("logs/wrx_not_fitted.log", 0x360, 2, &census));
    assert_int_equal(census.matching, 108);
    assert_int_equal(census.distinct_raw, 1);
    assert_true(take_census("logs/kia_forte_8digit_ids.log", 0x180, 0, &census));
    assert_int_equal(census.matching, 646);
    /* Beside ids of 3 digits, so the bus has a 29-bit one up to 7FF. */
    assert_int_equal(census.extended, 646);
}

/* Whatever the bytes are, reading ends, and every frame that comes out is one a bus can carry. */
static void noise(void **state)
{
    (void)state;
    static const char *const seeds[] = {
        "(1.0) can0 123#0011223344\n(1.5) can0 12345678##1001122\n(2.0) can0 7FF#R4 T\n",
        ";$FILEVERSION=2.1\n;$COLUMNS=N,O,T,B,I,d,R,L,D\n"
        " 1  1059.900 DT 1      0300 Rx -  7    00 00 00 00 04 00 00\n",
        ";$FILEVERSION=1.1\n 1)  0.1  Rx         0171  8  F0 E0 00 00 00 00 00 01 \n",
        "base hex  timestamps relative\n 0.5 1  1D0x  Rx   d 4 75 53 00 01\n"
        " 0.8 CANFD   1 Rx  123  1 0 8 8 00 01 02 03 04 05 06 07\n",
        "Time Stamp,ID,Extended,Dir,Bus,LEN,D1,D2\n1000,00000123,false,Rx,0,2,7F,FF\n",
        "  can0  123   [2]  05 00\n (2020-02-28 23:59:59.5)  can0  RX B E  12345678  [02]  05 06\n",
        " (000.5)  can0  123   [1]  05\n (000.1)  can0  123   [4]  remote request\n",
        "t1232050003E8\nT0CF004001060400\nr12441000\nb1239000102030405060708090A0B\n",
        "101.5 1R11 7ED 04 41\n101.6 R29 18DAF110 03\n211.5 CEV Event\n",
        "***DEC***\n***RELATIVE MODE***\n00:00:00:5000 Rx 1 291 s 1 254\n00:00:01:0000 Rx 1 0x1F "
        "xr 1\n",
        "timestamp,arbitration_id,extended,remote,error,dlc,data\n1.5,0x123,0,0,0,2,BQA=\n",
        "Time,Channel,ID,Flags,DLC,Data0,Data1,Counter\n0.001,0,291,2,2,5,255,1\n",
        "1478198376.389427,0316,8,05,21,68,09,21,21,00,6f,R\n",
        "timestamp,id,data\n1.0,0x123,05 00\n",
        "Timestamp: 1479121434.850202  ID: 0350  000  DLC: 2  05 28\n",
    };
    uint64_t random = fuzz_seed("can_log noise");
    for (int round = 0; round < 6000; round++) {
        char bytes[400];
        const char *seed = seeds[(size_t)round % (sizeof seeds / sizeof *seeds)];
        size_t length = strlen(seed);
        memcpy(bytes, seed, length);
        for (uint64_t changes = fuzz_next(&random) % 8; changes > 0; changes--) {
            bytes[fuzz_next(&random) % length] = (char)fuzz_next(&random);
        }
        int count = read_bytes("noise", bytes, length);
        for (int i = 0; i < count; i++) {
            assert_true(frames[i].len <= (frames[i].fd ? 64 : 8));
            assert_true(frames[i].id <= (frames[i].extended ? 0x1FFFFFFFu : 0x7FFu));
            assert_true(i == 0 || frames[i].time_ns >= frames[i - 1].time_ns);
        }
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(candump_plain),
        cmocka_unit_test(candump_variants),
        cmocka_unit_test(candump_fd),
        cmocka_unit_test(padded_ids),
        cmocka_unit_test(bad_lines_are_named),
        cmocka_unit_test(lines_that_are_no_text),
        cmocka_unit_test(times),
        cmocka_unit_test(times_of_any_length),
        cmocka_unit_test(every_character_everywhere),
        cmocka_unit_test(trc_1_1),
        cmocka_unit_test(trc_other_versions),
        cmocka_unit_test(gvret_csv),
        cmocka_unit_test(vector_asc),
        cmocka_unit_test(vector_asc_decimal_and_relative),
        cmocka_unit_test(same_capture_in_two_formats),
        cmocka_unit_test(refusals),
        cmocka_unit_test(recorded_logs),
        cmocka_unit_test(noise),
    };
    return cmocka_run_group_tests(tests, NULL, scratch_remove);
}
