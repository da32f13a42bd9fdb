/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
/* Logs of several buses, ids of eight digits, and logs that gzip packed. */
#include "tests/formats/cmocka_head.h"

#include "tests/formats/read_log.h"
#include "tests/formats/scratch_file.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <zlib.h>

static struct read_log log_read;

static const char two_buses[] = "(1.0) can0 123#05\n(1.1) can1 123#06\n(1.2) can1 124#07\n";

static void channels_are_told_apart(void **state)
{
    (void)state;
    read_log_text(&log_read, two_buses);
    assert_int_equal(log_read.count, 3);
    assert_int_equal(log_read.frames[0].channel, 0);
    assert_int_equal(log_read.frames[1].channel, 1);
    assert_string_equal(log_read.channels, "2 channels: can0 (1 frame), can1 (2 frames)");
    read_log(&log_read, scratch_text("log", two_buses), "CAN1");
    assert_int_equal(log_read.count, 2);
    assert_int_equal(log_read.frames[0].data[0], 6);
    assert_int_equal(log_read.frames[0].time_ns, 100000000); /* still the log's time */
    read_log(&log_read, scratch_text("log", two_buses), "can2");
    assert_int_equal(log_read.count, 0);
}

/* What each format calls the bus. */
static void channels_of_each_format(void **state)
{
    static const char *const rows[][2] = {
        {"base hex  timestamps absolute\n 0.1 1  123  Rx  d 1 05\n 0.2 CANFD 2 Rx 123 0 0 1 1 05\n",
         "2 channels: 1 (1 frame), 2 (1 frame)"},
        {";$FILEVERSION=2.1\n;$COLUMNS=N,O,T,B,I,d,R,L,D\n 1 1.0 DT 3 0123 Rx - 1 05\n",
         "1 channel: 3 (1 frame)"},
        {";$FILEVERSION=1.1\n 1)  1.0  Rx  0123  1  05\n", "1 channel: without a name (1 frame)"},
        {"Time Stamp,ID,Extended,Bus,LEN,D1\n1,00000123,false,1,1,05\n", "1 channel: 1 (1 frame)"},
    };
    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        read_log_text(&log_read, rows[i][0]);
        assert_string_equal(log_read.channels, rows[i][1]);
    }
}

/* More than a log can have: the last one takes in all others. */
static void too_many_channels(void **state)
{
    char text[4096] = "";
    size_t used = 0;
    (void)state;
    for (int i = 0; i < 40; i++) {
        used += (size_t)snprintf(text + used, sizeof text - used,
                                 "(1.0) an_interface_with_a_long_name%d 123#00\n(1.0) c%d 123#00\n",
                                 i, i);
    }
    read_log_text(&log_read, text);
    assert_int_equal(log_read.count, 80);
    assert_int_equal(log_read.frames[READ_LOG_FRAMES_MAX - 1].channel, CAN_LOG_CHANNELS_MAX - 1);
}

static void eight_digits(void **state)
{
    static const struct {
        const char *text;
        bool extended;
    } rows[] = {
        {"(1.0) can0 00000180#11\n(1.0) can0 00000123#22\n", false},
        {"(1.0) can0 00000180#11\n(1.0) can0 123#22\n", true}, /* such a logger pads all ids */
        {"(1.0) can0 00000180#11\n(1.0) can0 123##022\n", true},
        {"(1.0) can0 00000180#11\n(1.0) can0 18FEEE00#22\n", true},
        {"(1.0) can0 00000180#123\n", false},
        {"(1.0) can0 00000180#11\n(1.0) can0 20000080#22\n", false}, /* an error message */
    };
    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        read_log_text(&log_read, rows[i].text);
        if (log_read.count > 0) {
            assert_int_equal(log_read.frames[0].extended, rows[i].extended);
        }
    }
}

/* Packs `text` as gzip does; the length. */
static size_t pack(const char *text, uint8_t *packed, size_t room)
{
    z_stream stream = {0};
    assert_int_equal(deflateInit2(&stream, 9, Z_DEFLATED, 15 + 16, 8, Z_DEFAULT_STRATEGY), Z_OK);
    stream.next_in = (Bytef *)(uintptr_t)text;
    stream.avail_in = (uInt)strlen(text);
    stream.next_out = packed;
    stream.avail_out = (uInt)room;
    assert_int_equal(deflate(&stream, Z_FINISH), Z_STREAM_END);
    deflateEnd(&stream);
    return stream.total_out;
}

static void gzip(void **state)
{
    uint8_t packed[1024];
    (void)state;
    size_t length = pack("(1.0) can0 00000180#05\n", packed, sizeof packed);
    length += pack("(2.0) can0 123#06\n", packed + length, sizeof packed - length);
    memset(packed + length, 0, 64); /* gzip lets a tape's padding pass */
    read_log_bytes(&log_read, packed, length + 64);
    assert_int_equal(log_read.count, 2);
    assert_int_equal(log_read.ended, 0);
    assert_true(log_read.frames[0].extended); /* the look at the whole file unpacks as well */
    assert_int_equal(log_read.frames[1].data[0], 6);
}

static void damaged_gzip(void **state)
{
    static char text[1000000];
    static uint8_t packed[1000000];
    uint64_t random = fuzz_seed("damaged_gzip");
    size_t used = 0;
    (void)state;
    while (used < sizeof text - 64) {
        used += (size_t)snprintf(text + used, sizeof text - used, "(1.0) can0 123#%016llX\n",
                                 (unsigned long long)fuzz_next(&random));
    }
    size_t length = pack(text, packed, sizeof packed);
    read_log_bytes(&log_read, packed, length);
    assert_int_equal(log_read.ended, 0);
    int whole = log_read.count;
    read_log_bytes(&log_read, packed, length / 2);
    assert_int_equal(log_read.ended, -1);
    assert_in_range(log_read.count, 1, whole - 1);
    assert_non_null(strstr(log_read.reports, "the gzip file ends too early: is it complete?"));
    packed[length / 2] ^= 0x55;
    packed[length / 2 + 1] ^= 0x55;
    read_log_bytes(&log_read, packed, length);
    assert_int_equal(log_read.ended, -1); /* by its checksum at the latest */
    read_log_bytes(&log_read, packed, 5);
    assert_int_equal(log_read.count, -1);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(channels_are_told_apart),
        cmocka_unit_test(channels_of_each_format),
        cmocka_unit_test(too_many_channels),
        cmocka_unit_test(eight_digits),
        cmocka_unit_test(gzip),
        cmocka_unit_test(damaged_gzip),
    };
    return cmocka_run_group_tests(tests, NULL, scratch_remove);
}
