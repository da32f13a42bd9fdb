/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
/* What the console takes as a value of each key, how it shows it, and what it says to anything else; other dialogs. */
#include "tests/formats/cmocka_head.h"
#include "tests/store/console_rig.h"

#include "core/lineedit.h"

#include <string.h>

struct exchange {
    const char *line;
    const char *answer; /* its last line */
};

static void ask_all(const char *profile, const struct exchange *exchange, size_t count)
{
    struct rig *r = rig_create(
        &(struct rig_config){.profile = profile, .streams = &rig_oil_91, .stream_count = 1});
    console_start(r);
    for (size_t i = 0; i < count; i++) {
        const char *answer = console_ask(r, exchange[i].line);
        rig_check(strcmp(answer, exchange[i].answer) == 0, "`%s': %s", exchange[i].line, answer);
    }
    rig_assert_clean(r);
    rig_destroy(r);
}

/* Keys by their whole name or its last word; a name of several words. */
static void names(void **state)
{
    static const struct exchange asked[] = {
        {"show name", "ok name Ford Mustang S550"},
        {"show tymeout", "error: `tymeout': unknown key, see show"},
        {"show max_rate", "ok needle.max_rate 300"},
        {"show needle.max_rate", "ok needle.max_rate 300"},
        {"show data_bitrate", "ok can.fd.data_bitrate off"},
        {"show 1.timeout", "ok timeout 1s"},
        {"show 2.timeout", "error: `2.timeout': unknown key, see show"},
        {"show 0.timeout", "error: `0.timeout': unknown key, see show"},
        {"show 1timeout", "error: `1timeout': unknown key, see show"},
        {"set name A", "ok name A"},
        {"set name One two  three", "ok name One two three"},
        {"set name 0123456789abcdef 0123456789abcde", "ok name 0123456789abcdef 0123456789abcde"},
        {"set name 0123456789abcdef 0123456789abcdef",
         "error: `0123456789abcdef': at most 32 bytes"},
        {"set tymeout 1s", "error: `tymeout': unknown key, see show"},
        {"set timeout 1s 2s", "error: `2s': one value only"},
        {"show", "ok show, unsaved"},
        {"revert", "ok Ford Mustang S550"},
        {"show", "ok show"},
    };
    (void)state;
    ask_all(NULL, asked, sizeof asked / sizeof asked[0]);
}

/* Bits a second in thousands and millions; what waits for the next start says so. */
static void bit_rates(void **state)
{
    static const struct exchange asked[] = {
        {"show can.bitrate", "ok can.bitrate 500k"},
        {"set can.bitrate 33333", "ok can.bitrate 33333, after save and reboot"},
        {"set can.bitrate 1M", "ok can.bitrate 1000k, after save and reboot"},
        {"set can.bitrate 0.125M", "ok can.bitrate 125k, after save and reboot"},
        {"set can.bitrate 83.333k", "ok can.bitrate 83333, after save and reboot"},
        {"set can.bitrate 1001k", "error: `1001k': bit rate out of range"},
        {"set can.bitrate 2M", "error: `2M': bit rate out of range"},
        {"set can.bitrate auto", "ok can.bitrate auto, after save and reboot"},
        {"set can.bitrate off", "error: `off': give a bit rate as 500k or 1M"},
        {"set can.bitrate 500kk", "error: `500kk': give a bit rate as 500k or 1M"},
        {"set can.bitrate 500m", "error: `500m': give a bit rate as 500k or 1M"},
        {"set can.bitrate 0", "error: `0': give a bit rate as 500k or 1M"},
        {"set can.bitrate 0.5", "error: `0.5': give a bit rate as 500k or 1M"},
        {"set can.bitrate -500k", "error: `-500k': give a bit rate as 500k or 1M"},
        {"set can.bitrate k", "error: `k': give a bit rate as 500k or 1M"},
        {"set can.bitrate 500k", "ok can.bitrate 500k, after save and reboot"},
        {"show can.fd.data_bitrate", "ok can.fd.data_bitrate off"},
        {"set data_bitrate 2M", "ok can.fd.data_bitrate 2000k, after save and reboot"},
        {"set data_bitrate 8M", "ok can.fd.data_bitrate 8000k, after save and reboot"},
        {"set data_bitrate 8.001M", "error: `8.001M': bit rate out of range"},
        {"set data_bitrate 5000M", "error: `5000M': bit rate out of range"},
        {"set data_bitrate off", "ok can.fd.data_bitrate off, after save and reboot"},
        {"set data_bitrate auto", "error: `auto': give a bit rate as 500k or 1M"},
        {"set can.mode active", "ok can.mode active, after save and reboot"},
        {"set can.mode loud", "error: `loud': listen-only or active"},
        {"set can.mode listen-only", "ok can.mode listen-only, after save and reboot"},
    };
    (void)state;
    ask_all(NULL, asked, sizeof asked / sizeof asked[0]);
}

/* Times in three units; a record keeps milliseconds, and microseconds of the servo. */
static void times(void **state)
{
    static const struct exchange asked[] = {
        {"set timeout 2.5s", "ok timeout 2.5s"},
        {"set timeout 250ms", "ok timeout 0.25s"},
        {"set timeout 999999us", "ok timeout 0.999s"},
        {"set timeout 99ms", "ok timeout 0.099s"},
        {"set timeout 2147484s", "error: `2147484s': give a time as 1s or 500ms"},
        {"set timeout 2", "error: `2': give a time as 1s or 500ms"},
        {"set timeout 2sec", "error: `2sec': give a time as 1s or 500ms"},
        {"set timeout -1s", "error: `-1s': give a time as 1s or 500ms"},
        {"set timeout 0s", "error: `0s': timeout out of range"},
        {"set damping 10s", "ok needle.damping 10s"},
        {"set damping 1ms", "ok needle.damping 0.001s"},
        {"set damping 10.001s", "ok needle.damping 10.001s"},
        {"set damping 65535ms", "error: `65535ms': damping or rate out of range"},
        {"set damping 65536ms", "error: `65536ms': too long"},
        {"set period 50ms", "ok servo.period 50ms, after save and reboot"},
        {"set period 50.001ms", "error: `50.001ms': bad servo period"},
        {"set period 65.535ms", "error: `65.535ms': bad servo period"},
        {"set period 65536us", "error: `65536us': too long"},
        {"set period 3ms", "ok servo.period 3ms, after save and reboot"},
        {"set dead_band 4us", "ok servo.dead_band 0.004ms"},
        {"set dead_band 0.9us", "ok servo.dead_band 0ms"},
        {"set dead_band 0s", "ok servo.dead_band 0ms"},
        {"set off_at_rest on", "ok servo.off_at_rest on"},
        {"set off_at_rest off", "ok servo.off_at_rest off"},
        {"set sweep on", "ok needle.sweep on"},
        {"set sweep yes", "error: `yes': on or off"},
    };
    (void)state;
    ask_all(NULL, asked, sizeof asked / sizeof asked[0]);
}

/* Angles are rounded to hundredths of a degree, the critical temperature to tenths of a °C. */
static void numbers(void **state)
{
    static const struct exchange asked[] = {
        {"set max_rate 1", "ok needle.max_rate 1"},
        {"set max_rate 0", "error: `0': damping or rate out of range"},
        {"set max_rate 65535", "error: `65535': damping or rate out of range"},
        {"set max_rate 65536", "error: `65536': out of range"},
        {"set max_rate 1.999", "ok needle.max_rate 1"},
        {"set max_rate -1", "error: `-1': out of range"},
        {"set max_rate 120x", "error: `120x': not a number"},
        {"set park -9.994", "ok servo.park -9.99"},
        {"set park -9.995", "ok servo.park -10"},
        {"set park 0.004", "ok servo.park 0"},
        {"set park 0.005", "ok servo.park 0.01"},
        {"set park -0.004", "ok servo.park 0"},
        {"set park -0.005", "ok servo.park -0.01"},
        {"set park x", "error: `x': not a number"},
        {"set min -20", "ok plausible.min -20C"},
        {"set max 350F", "ok plausible.max 176.667C"},
        {"set max 350f", "ok plausible.max 176.667C"},
        {"set max 180c", "ok plausible.max 180C"},
        {"set max 180CC", "error: `180CC': not a temperature"},
        {"set max 180K", "error: `180K': not a temperature"},
        {"set max hot", "error: `hot': not a temperature"},
        {"set max_slope 9F", "ok plausible.max_slope 5C"},
        {"set max_slope 9f", "ok plausible.max_slope 5C"},
        {"set max_slope 9Fx", "error: `9Fx': not a temperature"},
        {"set warn.high off", "ok warn.high off"},
        {"set warn.high 266F", "ok warn.high 130C"},
        {"set critical 140.04", "ok warn.critical 140C"},
        {"set critical 285F", "ok warn.critical 140.6C"},
        {"set critical 130.06", "ok warn.critical 130.1C"},
        {"set critical 130.04", "error: `130.04': critical not above high"},
        {"set critical off", "ok warn.critical off"},
    };
    (void)state;
    ask_all(NULL, asked, sizeof asked / sizeof asked[0]);
}

/* Points of the two curves; the one that is wrong is named. */
static void points(void **state)
{
    static const struct exchange asked[] = {
        {"set dial 50:0 90:90.004 150:180", "ok dial 50:0 90:90 150:180"},
        {"set dial 122F:0 90C:90.005 150:180", "ok dial 50:0 90:90.01 150:180"},
        {"set dial 50:-0.006 90:90 150:180", "ok dial 50:-0.01 90:90 150:180"},
        {"set dial 50 90:90", "error: `50': give each point as TEMPERATURE:DEGREES"},
        {"set dial 50:0 90:", "error: `90:': give each point as TEMPERATURE:DEGREES"},
        {"set dial 50:0 hot:90", "error: `hot:90': give each point as TEMPERATURE:DEGREES"},
        {"set dial 50:0", "error: `50:0': dial points not monotone"},
        {"set dial 50:0 90:90 80:95 150:180", "error: `80:95': dial points not monotone"},
        {"set dial 50:10 40:20 150:180", "error: `50:10': dial points not monotone"},
        {"set dial 0:0 1:1 2:2 3:3 4:4 5:5 6:6 7:7 8:8 9:9 10:10 11:11 12:12 13:13 14:14 15:15",
         "ok dial 0:0 1:1 2:2 3:3 4:4 5:5 6:6 7:7 8:8 9:9 10:10 11:11 12:12 13:13 14:14 15:15"},
        {"set dial 0:0 1:1 2:2 3:3 4:4 5:5 6:6 7:7 8:8 9:9 10:10 11:11 12:12 13:13 14:14 15:15 "
         "16:16",
         "error: `16:16': too many points"},
        {"set servo.pulse -10.004:500.04 0:600 180:2400", "ok servo.pulse -10:500 0:600 180:2400"},
        {"set servo.pulse -10.006:500.06 0:600 180:2400",
         "ok servo.pulse -10.01:500.1 0:600 180:2400"},
        {"set servo.pulse -10:500 0:600x 180:2400",
         "error: `0:600x': give each point as DEGREES:MICROSECONDS"},
        {"set servo.pulse -10:500 0:600 45:1050 90:1500 100:1600 110:1700 120:1800 180:2400",
         "ok servo.pulse -10:500 0:600 45:1050 90:1500 100:1600 110:1700 120:1800 180:2400"},
        {"set servo.pulse -10:500 0:600 45:1050 90:1500 100:1600 110:1700 120:1800 150:2100 "
         "180:2400",
         "error: `180:2400': too many points"},
        {"set servo.pulse -10:500 0:600 180:9000", "error: `180:9000': servo pulse out of range"},
        {"set servo.pulse -10:50 0:600 180:2400", "error: `-10:50': servo pulse out of range"},
        {"set servo.pulse 0:600 180:2400", "error: `0:600': needle angle beyond the servo points"},
        {"set servo.pulse -10:500 180:9000", "error: `180:9000': servo pulse out of range"},
        {"set servo.pulse -10:50 180:2400", "error: `-10:50': servo pulse out of range"},
        {"set servo.pulse -10:500 10:2300",
         "error: `10:2300': needle angle beyond the servo points"},
        {"set servo.pulse -10:500 0:600 10:2300",
         "error: `10:2300': needle angle beyond the servo points"},
        {"set dial 50:0 150:200", "error: `150:200': needle angle beyond the servo points"},
        {"set dial 50:-20 150:180", "error: `50:-20': needle angle beyond the servo points"},
        {"set servo.pulse -10:500 0:6000 180:2400", "error: `180:2400': servo points not monotone"},
    };
    (void)state;
    ask_all(NULL, asked, sizeof asked / sizeof asked[0]);
}

/* A temperature has 32 °F to add, a difference has not. */
static void fahrenheit(void **state)
{
    static const struct exchange asked[] = {
        {"set units F", "ok units F"},
        {"show max", "ok plausible.max 356F"},
        {"show min", "ok plausible.min -40F"},
        {"show max_slope", "ok plausible.max_slope 9F"},
        {"show warn.high", "ok warn.high 266F"},
        {"show critical", "ok warn.critical off"},
        {"show dial", "ok dial 122:0 194:90 302:180"},
        {"show servo.pulse", "ok servo.pulse -10:500 0:600 180:2400"},
        {"set max 320", "ok plausible.max 320F"},
        {"set max_slope 9", "ok plausible.max_slope 9F"},
        {"set max 150C", "ok plausible.max 302F"},
        {"set max_slope 6C", "ok plausible.max_slope 10.8F"},
        {"set critical 285", "ok warn.critical 285.08F"},
        {"set dial 120:0 300:180", "ok dial 120:0 300:180"},
        {"set units f", "error: `f': F or C"},
        {"set units Fx", "error: `Fx': F or C"},
        {"set units C", "ok units C"},
        {"show dial", "ok dial 48.889:0 148.889:180"},
        {"set units", "error: `set': set KEY VALUE"},
    };
    (void)state;
    ask_all(NULL, asked, sizeof asked / sizeof asked[0]);
}

/* Of two dials the first is meant if none is named. */
static void two_dials(void **state)
{
    static const struct exchange asked[] = {
        {"show timeout", "ok 1.timeout 1s"},
        {"show 2.timeout", "ok 2.timeout 0.5s"},
        {"show 3.timeout", "error: `3.timeout': unknown key, see show"},
        {"show 2.warn.high", "ok 2.warn.high off"},
        {"show 2.name", "error: `2.name': unknown key, see show"},
        {"show 2.can.mode", "error: `2.can.mode': unknown key, see show"},
        {"set 2.timeout 2s", "ok 2.timeout 2s"},
        {"show 1.timeout", "ok 1.timeout 1s"},
        {"set timeout 3s", "ok 1.timeout 3s"},
        {"show 2.timeout", "ok 2.timeout 2s"},
        {"set 2.dial 40:0 100:120", "ok 2.dial 40:0 100:120"},
        {"show 1.dial", "ok 1.dial 50:0 90:90 150:180"},
        {"set 2.park -6", "error: `-6': needle angle beyond the servo points"},
    };
    (void)state;
    ask_all("tests/dials/two-dials.yaml", asked, sizeof asked / sizeof asked[0]);
}

/* Steps, bounds, and where it ends; of the second dial first. */
static void calibrates(void **state)
{
    static const struct exchange asked[] = {
        {"cal 3", "error: `3': no such dial"},
        {"cal 0", "error: `0': no such dial"},
        {"cal x", "error: `x': no such dial"},
        {"cal 12", "error: `12': no such dial"},
        {"cal 2", "ok point 1 of 2: needle -5, pulse 1000 us"},
        {"back", "ok point 1 of 2: needle -5, pulse 1000 us"},
        {"+", "ok point 1 of 2: needle -5, pulse 1010 us"},
        {"-", "ok point 1 of 2: needle -5, pulse 1000 us"},
        {"+5", "ok point 1 of 2: needle -5, pulse 1005 us"},
        {"-5.04", "ok point 1 of 2: needle -5, pulse 1000 us"},
        {"+100.1", "error: `+100.1': at most 100 us at once"},
        {"-100", "ok point 1 of 2: needle -5, pulse 900 us"},
        {"-100.1", "error: `-100.1': at most 100 us at once"},
        {"1100", "error: `1100': at most 100 us at once"},
        {"995.06", "ok point 1 of 2: needle -5, pulse 995.1 us"},
        {"995.04", "ok point 1 of 2: needle -5, pulse 995 us"},
        {"399", "error: `399': a servo takes 400 to 2700 us"},
        {"2701", "error: `2701': a servo takes 400 to 2700 us"},
        {"400", "error: `400': at most 100 us at once"},
        {"900.5x", "error: `900.5x': unknown command, see help"},
        {"fast", "error: `fast': unknown command, see help"},
        {"next 1", "error: `next': unknown command, see help"},
        {"next", "ok point 2 of 2: needle 160, pulse 1990 us"},
        {"1890", "ok point 2 of 2: needle 160, pulse 1890 us"},
        {"1990.1", "error: `1990.1': at most 100 us at once"},
        {"next", "ok cal done, save keeps it"},
        {"goto 45", "ok goto 45, until goto off"},
        {"cal", "ok point 1 of 3: needle -10, pulse 500 us"},
        {"next", "ok point 2 of 3: needle 0, pulse 600 us"},
        {"back", "ok point 1 of 3: needle -10, pulse 500 us"},
        {"+2.5", "ok point 1 of 3: needle -10, pulse 502.5 us"},
        {"cancel", "ok cal cancelled"},
        {"show servo.pulse", "ok 1.servo.pulse -10:500 0:600 180:2400"},
        {"cal", "ok point 1 of 3: needle -10, pulse 500 us"},
        {"+10", "ok point 1 of 3: needle -10, pulse 510 us"},
        {"done", "ok cal done, save keeps it"},
        {"show 1.servo.pulse", "ok 1.servo.pulse -10:510 0:600 180:2400"},
        {"+5", "error: `+5': unknown command, see help"},
        {"factory", "ok Ford Mustang S550, after save and reboot"},
        {"cal", "error: `cal': another profile is waiting: save and reboot, or revert"},
        {"revert", "ok Two dials"},
    };
    (void)state;
    ask_all("tests/dials/two-dials.yaml", asked, sizeof asked / sizeof asked[0]);
}

/* To an angle or a temperature, of either dial; and the words of other commands. */
static void goes_to(void **state)
{
    static const struct exchange asked[] = {
        {"goto 45", "ok goto 45, until goto off"},
        {"goto -10", "ok goto -10, until goto off"},
        {"goto -10.001", "error: `-10.001': beyond the servo's points"},
        {"goto 180", "ok goto 180, until goto off"},
        {"goto 180.001", "error: `180.001': beyond the servo's points"},
        {"goto 100C", "ok goto 105, until goto off"},
        {"goto 212F", "ok goto 105, until goto off"},
        {"goto 30C", "ok goto 0, until goto off"},
        {"goto 200C", "ok goto 180, until goto off"},
        {"goto 90 2", "ok goto 90, until goto off"},
        {"goto 160 2", "ok goto 160, until goto off"},
        {"goto 160.1 2", "error: `160.1': beyond the servo's points"},
        {"goto 80C 2", "ok goto 80, until goto off"},
        {"goto 90 3", "error: `3': no such dial"},
        {"goto 90 0", "error: `0': no such dial"},
        {"goto warm", "error: `warm': give degrees as 90, a temperature as 100C or 212F"},
        {"goto 90C5", "error: `90C5': give degrees as 90, a temperature as 100C or 212F"},
        {"goto off", "ok goto off"},
        {"goto", "error: `goto': goto DEG|TEMPC|TEMPF|off [DIAL]"},
        {"stream", "error: `stream': stream on|off"},
        {"stream maybe", "error: `maybe': on or off"},
        {"sweep", "ok sweep"},
        {"sweep 2", "error: `2': sweep"},
        {"machine", "error: `machine': machine on|off"},
        {"machine off", "ok machine off"},
        {"help me", "error: `me': unknown command, see help"},
    };
    (void)state;
    ask_all("tests/dials/two-dials.yaml", asked, sizeof asked / sizeof asked[0]);
}

/* What is no record, and no line of one. */
static void records(void **state)
{
    static const struct exchange asked[] = {
        {"record", "error: `record': record get|begin|put|end"},
        {"record twice", "error: `twice': get, begin, put or end"},
        {"record put 0", "error: `put': checksum differs"},
        {"record put 0 00 12345678", "error: `put': checksum differs"},
        {"record end", "error: `end': not complete"},
        {"record get 32", "error: `32': 0 to 31"},
        {"record get -1", "error: `-1': 0 to 31"},
        {"record get 1.5", "error: `1.5': 0 to 31"},
        {"record get x", "error: `x': 0 to 31"},
        {"record begin", "error: `begin': give the record's CRC, eight digits"},
        {"record begin 12", "error: `begin': give the record's CRC, eight digits"},
        {"record begin 123456789", "error: `begin': give the record's CRC, eight digits"},
        {"record begin 1234567g", "error: `begin': give the record's CRC, eight digits"},
        {"record begin 12345678", "ok next 0"},
        {"record begin 12345678", "ok next 0"},
        {"record begin 12345679", "ok next 0"},
        {"record end", "error: `end': not complete"},
    };
    (void)state;
    ask_all("tests/dials/two-dials.yaml", asked, sizeof asked / sizeof asked[0]);
}

/* How many words each command takes. */
static void words(void **state)
{
    static const struct exchange asked[] = {
        {"help machine set", "error: `set': help [COMMAND]"},
        {"help mach", "error: `mach': unknown command, see help"},
        {"status now", "error: `now': status"},
        {"stream", "error: `stream': stream on|off"},
        {"show a b", "error: `b': show [KEY]"},
        {"set name", "error: `set': set KEY VALUE"},
        {"save it", "error: `it': save"},
        {"goto", "error: `goto': goto DEG|TEMPC|TEMPF|off [DIAL]"},
        {"goto 0 1 2", "error: `2': goto DEG|TEMPC|TEMPF|off [DIAL]"},
        {"errors clear all", "error: `all': errors [clear]"},
        {"machine", "error: `machine': machine on|off"},
        {"machine off off", "error: `off': machine on|off"},
        {"record get 1 2 3 4", "error: `4': record get|begin|put|end"},
    };
    (void)state;
    ask_all(NULL, asked, sizeof asked / sizeof asked[0]);
}

static bool is_said(struct rig *r, const char *asked, const char *words)
{
    const vtime_ps from = rig_now(r);
    console_good(r, asked);
    return rig_find_text(r, from, words) != NULL;
}

/* A list and one of its lines: `help`, `record get`. */
static void lists(void **state)
{
    (void)state;
    struct rig *r = rig_create(&(struct rig_config){.streams = &rig_oil_91, .stream_count = 1});
    console_start(r);
    assert_true(is_said(r, "help", "sweep: all over the scale and back"));
    assert_true(is_said(r, "help", "record get|begin|put|end: a profile by lines"));
    assert_true(is_said(r, "help sweep", "sweep: all over the scale and back"));
    assert_false(is_said(r, "help sweep", "a profile by lines"));
    assert_true(is_said(r, "record get", "record 0 "));
    assert_true(is_said(r, "record get", "record 31 "));
    assert_true(is_said(r, "record get 31", "record 31 "));
    assert_false(is_said(r, "record get 31", "record 0 "));
    assert_true(is_said(r, "show", "needle.damping 0.6s"));
    assert_true(is_said(r, "show", "units C"));
    rig_assert_clean(r);
    rig_destroy(r);
}

/* The longest line there is, to its last byte, and one byte more. */
static void longest_line(void **state)
{
    char line[LINEEDIT_MAX + 2];
    (void)state;
    memset(line, ' ', sizeof line);
    memcpy(line, "set dial 50:0 90:90", 19);
    memcpy(line + LINEEDIT_MAX - 7, "150:178", 8);
    struct rig *r = rig_create(&(struct rig_config){.streams = &rig_oil_91, .stream_count = 1});
    console_start(r);
    assert_string_equal(console_ask(r, line), "ok dial 50:0 90:90 150:178");
    assert_string_equal(console_ask(r, "show dial"), "ok dial 50:0 90:90 150:178");
    memcpy(line + LINEEDIT_MAX - 7, " 150:179", 9);
    assert_string_equal(console_ask(r, line), "error: `...': line too long");
    assert_string_equal(console_ask(r, "show dial"), "ok dial 50:0 90:90 150:178");
    rig_assert_clean(r);
    rig_destroy(r);
}

/* `revert`: to what is in the settings, its units too, and not to the default. */
static void goes_back(void **state)
{
    static const struct exchange asked[] = {
        {"set name Another", "ok name Another"},
        {"revert", "ok Toyota 86 / Subaru BRZ gen 1"},
        {"set name Our own", "ok name Our own"},
        {"set units F", "ok units F"},
        {"set max 300", "ok plausible.max 300F"},
        {"save", "ok saved, flash erased 1 times"},
        {"set units C", "ok units C"},
        {"set max 140", "ok plausible.max 140C"},
        {"revert", "ok Our own"},
        {"show max", "ok plausible.max 300F"},
    };
    (void)state;
    ask_all("profiles/toyota-86.yaml", asked, sizeof asked / sizeof asked[0]);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(names),     cmocka_unit_test(bit_rates),    cmocka_unit_test(times),
        cmocka_unit_test(numbers),   cmocka_unit_test(points),       cmocka_unit_test(fahrenheit),
        cmocka_unit_test(two_dials), cmocka_unit_test(calibrates),   cmocka_unit_test(goes_to),
        cmocka_unit_test(records),   cmocka_unit_test(goes_back),    cmocka_unit_test(words),
        cmocka_unit_test(lists),     cmocka_unit_test(longest_line),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
