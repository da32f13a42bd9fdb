/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
/* What all kinds of programs write of a bus: each form is read, or named with what converts it. */
#include "tests/formats/cmocka_head.h"

#include "tests/formats/read_log.h"
#include "tests/formats/scratch_file.h"

#include <stdio.h>
#include <string.h>

static struct read_log log_read;
static char summary[4096];

/* "123=0500 0CF00400x=06R 123f=05": identifier, x 29 bits, f FD; data, R remote. */
static const char *summarize(void)
{
    size_t used = 0;
    summary[0] = '\0';
    for (int i = 0; i < log_read.count; i++) {
        const struct can_log_frame *frame = &log_read.frames[i];
        used += (size_t)snprintf(summary + used, sizeof summary - used,
                                 frame->extended ? "%s%08Xx%s=" : "%s%03X%s=", i == 0 ? "" : " ",
                                 (unsigned)frame->id, frame->fd ? "f" : "");
        for (int k = 0; k < frame->len && !frame->remote; k++) {
            used += (size_t)snprintf(summary + used, sizeof summary - used, "%02X", frame->data[k]);
        }
        used += (size_t)snprintf(summary + used, sizeof summary - used, frame->remote ? "R" : "");
    }
    return summary;
}

/* Reads `text`; the frames, and each one's time in milliseconds if `times` is not NULL. */
static void expect(const char *text, const char *format, const char *frames, const char *times)
{
    char found[400] = "";
    size_t used = 0;
    read_log_text(&log_read, text);
    if (log_read.count < 0 || strcmp(summarize(), frames) != 0 || log_read.bad_lines != 0) {
        fail_msg("%s gives `%s`, %llu bad: %s%s", text, log_read.count < 0 ? "" : summary,
                 (unsigned long long)log_read.bad_lines, log_read.error, log_read.reports);
    }
    assert_string_equal(log_read.format, format);
    for (int i = 0; i < log_read.count; i++) {
        used += (size_t)snprintf(found + used, sizeof found - used, "%s%llu", i == 0 ? "" : " ",
                                 (unsigned long long)(log_read.frames[i].time_ns / 1000000));
    }
    if (times != NULL) {
        assert_string_equal(found, times);
    }
}

static void screen(void **state)
{
    (void)state;
    expect("  can0  123   [8]  05 00 00 00 00 00 00 00\n"
           "  can0  0CF00400   [8]  06 00 00 00 00 00 00 00\n"
           "  can1  7FF   [0]\n  can1  7FE   [3]  remote request\n"
           "  can0  20000004   [8]  00 02 00 00 00 00 00 00   ERRORFRAME\n",
           "candump screen", "123=0500000000000000 0CF00400x=0600000000000000 7FF= 7FE=R",
           "0 0 0 0");
    assert_string_equal(log_read.channels, "2 channels: can0 (2 frames), can1 (2 frames)");
    expect(" (1600000000.000000)  can0  123   [2]  05 00   '..'\n"
           " (1600000001.500000)  can0  123   [2]  06 00   '..'\n",
           "candump screen", "123=0500 123=0600", "0 1500");
    expect(" (2020-02-28 23:59:59.500000)  can0  123   [1]  05\n"
           " (2020-02-29 00:00:00.250000)  can0  123   [1]  06\n"
           " (2020-03-01 00:00:00.250000)  can0  123   [1]  07\n",
           "candump screen", "123=05 123=06 123=07", "0 750 86400750");
    expect(
        "  can0  RX - -  123   [1]  05\n  can0  TX B E  123  [12]  00 01 02 03 04 05 06 07 08 09 "
        "0A 0B\n",
        "candump screen", "123=05 123f=000102030405060708090A0B", "0 0");
    assert_true(log_read.frames[1].bit_rate_switch && log_read.frames[1].error_state);
    expect("  can0  123  [04]  05 00 00 00\n", "candump screen", "123f=05000000", NULL);
}

/* -t z counts from the first frame, -t d from the one before: told by whether times step back. */
static void screen_deltas(void **state)
{
    (void)state;
    expect(" (000.000000)  can0  123   [1]  01\n (000.100000)  can0  123   [1]  02\n"
           " (000.300000)  can0  123   [1]  03\n",
           "candump screen", "123=01 123=02 123=03", "0 100 300");
    expect(" (000.000000)  can0  123   [1]  01\n (000.100000)  can0  123   [1]  02\n"
           " (000.050000)  can0  123   [1]  03\n (000.100000)  can0  123   [1]  04\n",
           "candump screen", "123=01 123=02 123=03 123=04", "0 100 150 250");
}

static void vector_asc(void **state)
{
    (void)state;
    expect("base hex  timestamps absolute\n"
           "   0.1 1  123             Rx   d 8 05 00 00 00 00 00 00 00\n"
           "   0.2 1  123             Rx   d D 06 00 00 00 00 00 00 00  Length = 232016 BitCount = "
           "119 ID = 291\n"
           "   0.3 1  124             Rx   r F\n",
           "Vector ASC", "123=0500000000000000 123=0600000000000000 124=R", NULL);
    assert_int_equal(log_read.frames[2].len, 8);
    expect(
        "base hex  timestamps absolute\n   0.000000 CANFD   Start of measurement\n"
        "   0.1 1  123             Rx   d 1 05\n"
        "   0.2 CANFD 1 Tx ErrorFrame Not Acknowledge error, dominant error flag fffe c7 31ca\n"
        "   0.3 CANFD   1 Rx        123  1 0 9 12 00 01 02 03 04 05 06 07 08 09 0A 0B 130000 130 "
        "303000 e0006659 46500250 4b140250 20011736 2001040d\n"
        "   0.4 CANFD   1 Rx        124  0 0 2  2 AA BB 130000 130 0 0 0 0 0 0\n"
        "   0.5 CANFD   1 Rx        125  0 0 2  0 130000 130 10 0 0 0 0 0\n",
        "Vector ASC", "123=05 123f=000102030405060708090A0B 124=AABB 125=R", NULL);
    expect("base dec  timestamps absolute\n 0.1 CANFD   1 Rx  291  0 0 2  2 10 255\n"
           " 0.2 CANFD   1 Rx  419360256x  0 0 2  2 16 32\n",
           "Vector ASC", "123f=0AFF 18FEEE00xf=1020", NULL);
}

static void pcan(void **state)
{
    (void)state;
    expect(";$STARTTIME=44415.712931088\n"
           "     1)         2.7  Rx     0CF00400  2  06 00\n"
           "     2)         3.7  Rx         0123  2  05 00\n",
           "PCAN trace", "0CF00400x=0600 123=0500", "0 1");
    expect(";$FILEVERSION=2.1\n;$COLUMNS=N,O,T,B,I,d,R,L,D\n"
           "      0     0.000 DT  1     0123 Rx -  1    05\n"
           "      1     1.000 DT  1  CF00400 Rx -  1    06\n",
           "PCAN trace", "123=05 0CF00400x=06", "0 1");
}

static void spreadsheets(void **state)
{
    (void)state;
    expect("Time Stamp,ID,Extended,Dir,Bus,LEN,D1,D2,D3,D4,D5,D6,D7,D8\n"
           "166064000,123,FALSE,Rx,0,2,5,0,,,,,,\n"
           "166065000,0CF00400,TRUE,Rx,0,2,6,0,,,,,,\n",
           "SavvyCAN CSV", "123=0500 0CF00400x=0600", "0 1");
    expect(
        "\xEF\xBB\xBFTime Stamp;ID;Extended;Dir;Bus;LEN;D1;D2\r\n166064000;123;False;Rx;0;1;5;\r\n",
        "SavvyCAN CSV", "123=05", NULL);
}

static void byte_order_mark(void **state)
{
    (void)state;
    expect("\xEF\xBB\xBF(1600000000.000000) can0 123#0500\r\n(1600000001.000000) can0 123#0600\r\n",
           "candump", "123=0500 123=0600", "0 1000");
}

static void tables(void **state)
{
    (void)state;
    expect("timestamp,arbitration_id,extended,remote,error,dlc,data\n"
           "1483389946.197,0x123,0,0,0,2,BQA=\n1483389946.25,0x00dadada,1,0,0,6,WzQyLCA5\n"
           "1483389946.3,0x124,0,1,0,4,\n1483389946.3,0x124,0,0,1,0,\n",
           "CSV with headings", "123=0500 00DADADAx=5B34322C2039 124=R", NULL);
}

static void kvaser(void **state)
{
    (void)state;
    expect("Time,Channel,ID,Flags,DLC,Data0,Data1,Data2,Counter,AbsTime\n"
           "0.001,0,291,2,2,5,255,,1,x\n0.002,1,217056256,4,1,16,,,2,x\n0.003,0,291,1,3,,,,3,x\n"
           "0.004,0,0,32,0,,,,4,x\n",
           "CSV with headings", "123=05FF 0CF00400x=10 123=R", "0 1 2");
    assert_string_equal(log_read.channels, "2 channels: 0 (2 frames), 1 (1 frame)");
    expect("Time,Channel,ID,Flags,DLC,Data0,Data1\n0.001,0,123,2,2,5,FF\n0.002,1,CF00400,4,1,10,\n",
           "CSV with headings", "123=05FF 0CF00400x=10", NULL);
}

static void hcrl(void **state)
{
    (void)state;
    expect("1478198376.389427,0316,8,05,21,68,09,21,21,00,6f,R\n"
           "1478198376.389636,018f,2,fe,5b,T\n1478198376.390,04b1,0,R\n",
           "CSV with headings", "316=052168092121006F 18F=FE5B 4B1=", "0 0 0");
    expect("Timestamp: 1479121434.850202        ID: 0350    000    DLC: 8    05 28 84 66 6d 00 00 "
           "a2\nTimestamp: 1479121434.950202        ID: 02c0    100    DLC: 2    14 00\n",
           "HCRL text", "350=052884666D0000A2 2C0=1400", "0 100");
    expect("Timestamp,Arbitration_ID,DLC,Data,Class,SubClass\n"
           "0.0,153,2,20 A1,Normal,Normal\n0.5,260,3,\"05 22 00\",Attack,Flooding\n",
           "CSV with headings", "153=20A1 260=052200", "0 500");
    expect("timestamp,id,data\n1.0,0x123,0500\n2.0,18FEEE00,06\n", "CSV with headings",
           "123=0500 18FEEE00x=06", "0 1000");
}

static void ovms(void **state)
{
    (void)state;
    expect("100.602 CXX Info Type:crtd; Vehicle:O2;\n101.562 1T11 7DF 02 01 0C\n"
           "101.572 1R11 7ED 04 41\n101.602 R29 18DAF110 03\n211.572 CEV Event vehicle.on\n",
           "CRTD", "7DF=02010C 7ED=0441 18DAF110x=03", "0 10 40");
    assert_string_equal(log_read.channels, "2 channels: 1 (2 frames), without a name (1 frame)");
}

static void busmaster(void **state)
{
    (void)state;
    expect("***BUSMASTER Ver 3.2.2***\n***PROTOCOL CAN***\n***HEX***\n***SYSTEM MODE***\n"
           "***<Time><Tx/Rx><Channel><CAN ID><Type><DLC><DataBytes>***\n"
           "11:49:12:9420 Rx 1 0x023 s 1 40\n11:49:12:9440 Tx 2 0x18FEEE00 x 2 03 E0 \n"
           "11:49:13:0000 Rx 1 0x024 sr 4\n***[STOP LOGGING SESSION]***\n",
           "BUSMASTER", "023=40 18FEEE00x=03E0 024=R", "0 2 58");
    expect(
        "***DEC***\n***RELATIVE MODE***\n00:00:00:0000 Rx 1 291 s 1 255\n00:00:00:5000 Rx 1 291 s "
        "1 254\n00:00:00:2500 Rx 1 291 s 1 253\n",
        "BUSMASTER", "123=FF 123=FE 123=FD", "0 500 750");
}

static void slcan(void **state)
{
    (void)state;
    expect("t1232050003E8\nT0CF004001060400\nr12441000\nz\nS6\nO\n", "slcan",
           "123=0500 0CF00400x=06 124=R", "0 24 3096");
    expect("t123105\rt123106\r\at123107\r", "slcan", "123=05 123=06 123=07", NULL);
}

static void slcan_stamps(void **state)
{
    (void)state;
    expect("t12310500FF\rt12310601FF\r", "slcan", "123=05 123=06", "0 256");
    expect("t123105EA00\nt1231060010\n", "slcan", "123=05 123=06", "0 112");
    expect("t123105FFF0\nt1231060010\n", "slcan", "123=05 123=06", "0 32");
    expect("d1239000102030405060708090A0B\nb12310A\n", "slcan",
           "123f=000102030405060708090A0B 123f=0A", "0 0");
    assert_true(log_read.frames[1].bit_rate_switch);
}

static void others_are_named(void **state)
{
    static const struct {
        const char *head;
        size_t length;
        const char *said;
    } rows[] = {
        {"BZh91AY", 7, "packed with bzip2: unpack it: bzip2 -dc FILE"},
        {"\xFD"
         "7zXZ\0",
         6, "xz -dc FILE"},
        {"PK\x03\x04", 4, "zip archive"},
        {"MDF     3.30", 12, "MDF version 3"},
        {"SQLite format 3\0", 16, "can_logconvert FILE log.asc"},
        {"\x0A\x0D\x0D\x0A\x1C\0", 6, "a pcapng capture: write its frames out: tshark"},
        {"#ROSBAG V2.0\n", 13, "candump -l"},
        {"\xFF\xFE(\0", 4, "UTF-16 text: save it as UTF-8"},
        {"Label,Time,ID,Signal_1_of_ID\n0,0.1,1,2\n", 39, "give the raw .log beside them"},
        {"<html>", 6, "a web page"},
        {"\x01\x02\0\x03", 4, "no text and no known log: convert it"},
        {"just words\n", 11, "give a log in one of: candump, PCAN trace, Vector ASC"},
    };
    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        read_log_bytes(&log_read, rows[i].head, rows[i].length);
        assert_int_equal(log_read.count, -1);
        if (strstr(log_read.error, rows[i].said) == NULL) {
            fail_msg("case %zu: %s", i, log_read.error);
        }
    }
}

/* The reviewers' files, if they are there: right values stand in their README. */
static void shared_cases(void **state)
{
    static const char *const rows[][2] = {
        {"low-29bit.log", "00000180x=05 123=06"},
        {"candump-screen.log", "123=05 0CF00400x=06"},
        {"candump-ta.log", "123=05"},
        {"dlc-above-8.asc", "123=05 123=06"},
        {"no-fileversion.trc", "0CF00400x=06 123=05"},
        {"python-can-7-digits.trc", "123=05 0CF00400x=06"},
        {"gvret-excel.csv", "123=05 0CF00400x=06"},
        {"bom.log", "123=05 123=06"},
        {"canfd-events.asc", "123=05"},
    };
    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        char name[100];
        snprintf(name, sizeof name, "../cases/can/%s", rows[i][0]);
        const char *path = shared_data(name);
        if (path == NULL) {
            skip();
        }
        read_log(&log_read, path, NULL);
        for (int k = 0; k < log_read.count && k < READ_LOG_FRAMES_MAX; k++) {
            log_read.frames[k].len = 1;
        }
        assert_string_equal(log_read.count < 0 ? log_read.error : summarize(), rows[i][1]);
        assert_int_equal(log_read.bad_lines, 0);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(screen),       cmocka_unit_test(screen_deltas),
        cmocka_unit_test(vector_asc),   cmocka_unit_test(pcan),
        cmocka_unit_test(spreadsheets), cmocka_unit_test(byte_order_mark),
        cmocka_unit_test(tables),       cmocka_unit_test(kvaser),
        cmocka_unit_test(hcrl),         cmocka_unit_test(ovms),
        cmocka_unit_test(busmaster),    cmocka_unit_test(slcan),
        cmocka_unit_test(slcan_stamps), cmocka_unit_test(others_are_named),
        cmocka_unit_test(shared_cases),
    };
    return cmocka_run_group_tests(tests, NULL, scratch_remove);
}
