/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
/* Profiles whose source is obd2, uds or j1939: what is read, what is refused and in which words. */
#include "tests/formats/cmocka_head.h"

#include "formats/profile/profile.h"
#include "tests/formats/scratch_file.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

static struct record record;
static char error[512];

static bool load(const char *can, const char *source)
{
    char text[2048];
    snprintf(text, sizeof text,
             "name: Asked\ncan: {%s}\ndials:\n  - source:\n      %s\n"
             "    dial: [[50, 0], [150, 180]]\n"
             "    servo: {pulse: [[-10, 500], [180, 2400]], park: -10}\n",
             can, source);
    return profile_load(scratch_text("p.yaml", text), &record, error, sizeof error);
}

#define ACTIVE "bitrate: 500k, mode: active"

static void expect(const char *source)
{
    if (!load(ACTIVE, source)) {
        fail_msg("%s", error);
    }
}

static void obd2(void **state)
{
    (void)state;
    const struct source_obd2 *s = &record.dial[0].source.obd2;
    expect("obd2: {}");
    assert_int_equal(record.dial[0].source.kind, SOURCE_OBD2);
    assert_int_equal(s->pid, 0x5C);
    assert_int_equal(s->rate_millihz, 2000);
    assert_int_equal(s->addressing, OBD_AUTO);
    assert_false(s->fallback_coolant);
    expect("obd2: {pid: 0x05, rate: 0.5, fallback: none, addressing: 11bit}");
    assert_int_equal(s->pid, 0x05);
    assert_int_equal(s->rate_millihz, 500);
    assert_int_equal(s->addressing, OBD_11BIT);
    expect("obd2: {pid: 0x5C, fallback: coolant, addressing: 29bit, rate: 10}");
    assert_true(s->fallback_coolant);
    assert_int_equal(s->addressing, OBD_29BIT);
    assert_int_equal(s->rate_millihz, 10000);
}

static void uds(void **state)
{
    (void)state;
    const struct source_uds *s = &record.dial[0].source.uds;
    expect("uds: {request: 0x714, response: 0x77E, did: 0x202F, start: 0, length: 8, offset: -58}");
    assert_int_equal(record.dial[0].source.kind, SOURCE_UDS);
    assert_int_equal(s->request_id, 0x714);
    assert_int_equal(s->response_id, 0x77E);
    assert_int_equal(s->service, 0x22);
    assert_int_equal(s->did, 0x202F);
    assert_true(s->scale == 1 && s->offset == -58);
    assert_false(s->extended || s->has_address || s->is_signed);
    assert_int_equal(s->rate_millihz, 2000);
    expect(
        "uds: {request: 0x6F1, response: 0x618, did: 0xDA25, start: 0, length: 16, signed: true, "
        "offset: -48, invalid: [0xFFFF, [1, 2]], addressing: extended, ecu: 0x18, rate: 1}");
    assert_true(s->has_address && s->is_signed);
    assert_int_equal(s->ecu, 0x18);
    assert_int_equal(s->invalid_count, 2);
    assert_int_equal(s->invalid[1].hi, 2);
    expect("uds: {request: 0x17FC0076, response: 0x17FE0076, did: 0x11BD, start: 0, length: 16, "
           "scale: 0.1, offset: -273.1}");
    assert_true(s->extended);
    expect(
        "uds: {request: 0x7E0, response: 0x7E8, local: 0x51, start: 72, length: 8, offset: -40}");
    assert_int_equal(s->service, 0x21);
    assert_int_equal(s->did, 0x51);
}

/* What may be left out, and other units than °C. */
static void uds_defaults(void **state)
{
    (void)state;
    const struct source_uds *s = &record.dial[0].source.uds;
    expect("uds: {request: 0x714, response: 0x77E, did: 0x202F, length: 8}");
    assert_int_equal(s->start_bit, 0);
    expect("uds: {request: 0x714, response: 0x77E, did: 0x202F, length: 8, unit: F}");
    assert_true(fabs(s->scale - 5.0 / 9) < 1e-9 && fabs(s->offset + 160.0 / 9) < 1e-9);
    expect("uds: {request: 0x714, response: 0x77E, did: 0x202F, length: 16, scale: 0.1, unit: K}");
    assert_true(s->scale == 0.1 && fabs(s->offset + 273.15) < 1e-9);
    expect("uds: {request: 0x714, response: 0x77E, did: 0x202F, length: 8, offset: -40, unit: C}");
    assert_true(s->scale == 1 && s->offset == -40);
}

/* SPN 175 by its number and by its bits give the same record. */
static void j1939(void **state)
{
    (void)state;
    const struct source_broadcast *s = &record.dial[0].source.broadcast;
    expect("j1939: {spn: 175}");
    assert_int_equal(record.dial[0].source.kind, SOURCE_BROADCAST);
    assert_int_equal(s->id, 0x00FEEE00);
    assert_int_equal(s->id_mask, 0x03FFFF00);
    assert_true(s->extended && !s->bits.motorola);
    assert_int_equal(s->bits.start_bit, 16);
    assert_int_equal(s->bits.length_bits, 16);
    assert_int_equal(s->invalid[0].lo, 0xFB00);
    assert_int_equal(s->invalid[0].hi, 0xFFFF);
    const struct record by_number = record;
    expect("j1939: {pgn: 65262, start: 16, length: 16, scale: 0.03125, offset: -273}");
    assert_memory_equal(&by_number.dial[0].source, &record.dial[0].source,
                        sizeof record.dial[0].source);
    expect("j1939: {spn: 110}");
    assert_int_equal(s->invalid[0].lo, 0xFB);
    assert_int_equal(s->bits.length_bits, 8);
    expect("j1939: {pgn: 0xEF00, start: 0, length: 32, scale: 0.5}");
    assert_int_equal(s->id_mask, 0x03FF0000);
    assert_int_equal(s->invalid[0].hi, 0xFFFFFFFF);
    assert_true(load("bitrate: 250k", "j1939: {spn: 175}")); /* needs no active bus */
}

static void auto_bit_rate(void **state)
{
    (void)state;
    assert_true(load("bitrate: auto, mode: active", "obd2: {}"));
    assert_int_equal(record.bitrate_bps, RECORD_BITRATE_AUTO);
    assert_true(load("bitrate: auto", "j1939: {spn: 175}"));
    assert_false(load("bitrate: auto, fd: {data_bitrate: 2M}", "j1939: {spn: 175}"));
    assert_non_null(strstr(error, "p.yaml:2: can.fd: bitrate: auto knows classic CAN only"));
}

static void refused_in_words(void **state)
{
    static const struct {
        const char *source, *expected;
    } cases[] = {
        {"obd2: {pid: 0x0C}", ":5: dials[0].source.obd2.pid: no temperature of one byte"},
        {"obd2: {pid: 5.5}", "obd2.pid: no temperature"},
        {"obd2: {pid: 300}", "obd2.pid: 300 is out of range"},
        {"obd2: {rate: 11}", "obd2.rate: 11 is out of range: use 0.1 to 10"},
        {"obd2: {fallback: oil}", "obd2.fallback: `oil` is not known: use none or coolant"},
        {"obd2: {addressing: 12bit}", "obd2.addressing: `12bit` is not known"},
        {"obd2: {did: 1}", "obd2.did: unknown key"},
        {"uds: {request: 0x714, response: 0x77E, start: 0, length: 8}", "give `did`"},
        {"uds: {request: 0x714, response: 0x77E, did: 1, local: 1, start: 0, length: 8}",
         "give `did`"},
        {"uds: {response: 0x77E, did: 1, start: 0, length: 8}", "uds.request: missing: add it"},
        {"uds: {request: 0x100, response: 0x77E, did: 1, start: 0, length: 8}",
         "uds.request: 0x100 is out of range"},
        {"uds: {request: 0x00000600, response: 0x18DAF110, did: 1, start: 0, length: 8}",
         "uds.request: not an identifier of diagnostic requests: of 29 bits"},
        {"uds: {request: 0x18FEEE00, response: 0x18DAF110, did: 1, start: 0, length: 8}",
         "uds.request: not an identifier of diagnostic requests"},
        {"uds: {request: 0x714, response: 0x714, did: 1, start: 0, length: 8}",
         "uds.response: the same as request"},
        {"uds: {request: 0x714, response: 0x77E, did: 1, start: 0, length: 33}", "uds.length: 33"},
        {"uds: {request: 0x714, response: 0x77E, did: 1, start: 0, length: 8, scale: 0}",
         "uds.scale: 0 makes every raw value the same"},
        {"uds: {request: 0x714, response: 0x77E, did: 1, start: 0, length: 8, ecu: 3}",
         "belong together"},
        {"uds: {request: 0x714, response: 0x77E, did: 1, start: 0, length: 8, addressing: "
         "extended}",
         "belong together"},
        {"uds: {request: 0x714, response: 0x77E, did: 1, start: 0, length: 8, addressing: odd}",
         "`odd` is not known"},
        {"uds: {request: 0x714, response: 0x77E, did: 1, start: 0, length: 8, invalid: "
         "[1,2,3,4,5]}",
         "more than 4 ranges"},
        {"uds: {request: 0x714, response: 0x77E, did: 1, start: 0, length: 8, invalid: [[2, 1]]}",
         "not raw values from low to high"},
        {"broadcast: {id: 1E3, start: 32, length: 8, order: intel}",
         ":5: dials[0].source.broadcast.id: `1E3` is hexadecimal: write 0x1E3"},
        {"broadcast: {id: 7FF, start: 32, length: 8, order: intel}", "write 0x7FF"},
        {"broadcast: {id: 0x1E3, mask: 7F0, start: 32, length: 8, order: intel}", "write 0x7F0"},
        {"broadcast: {id: 342, start: 32, length: 8, order: intel}",
         "`342` may be decimal or hexadecimal: write 0x342, or 0x156 for decimal 342"},
        {"broadcast: {id: 0x1E3, start: 1E1, length: 8, order: intel}",
         "broadcast.start: `1E1` is no whole number: write it in full, or 0x1E1"},
        {"broadcast: {id: 0x1E3, start: 1.6e1, length: 8, order: intel}",
         "broadcast.start: `1.6e1` is no whole number: write it in full"},
        {"uds: {request: 7E0, response: 0x77E, did: 0x1310, length: 8}",
         "uds.request: `7E0` is hexadecimal: write 0x7E0"},
        {"uds: {request: 0x7E0, response: 7E8, did: 0x1310, length: 8}", "response: `7E8` is hex"},
        {"uds: {request: 0x7E0, response: 0x7E8, did: 1154, length: 8}",
         "uds.did: `1154` may be decimal or hexadecimal: write 0x1154, or 0x482 for decimal"},
        {"uds: {request: 0x7E0, response: 0x7E8, did: 1E3, length: 8}", "write 0x1E3"},
        {"uds: {request: 0x7E0, response: 0x7E8, local: 51, length: 8}", "write 0x51, or 0x33"},
        {"uds: {request: 0x714, response: 0x77E, did: 0x202F, length: 8, unit: R}",
         "uds.unit: `R` is not known: use C or K or F"},
        {"j1939: {pgn: 1e4, start: 0, length: 8, scale: 1}", "pgn: `1e4` is no whole number"},
        {"j1939: {}", "give `spn`, or"},
        {"j1939: {pgn: 65262, start: 0, length: 8}", "give `spn`, or"},
        {"j1939: {spn: 190}", "j1939.spn: not known: use 175"},
        {"j1939: {spn: 175, pgn: 65262}", "leave out the other keys"},
        {"j1939: {pgn: 65262, start: 0, length: 7, scale: 1}", "j1939.length: 7 is out of range"},
        {"j1939: {pgn: 65262, start: 56, length: 16, scale: 1}",
         "the signal ends past the 8 bytes"},
    };
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        assert_false(load(ACTIVE, cases[i].source));
        if (strstr(error, cases[i].expected) == NULL) {
            fail_msg("case %zu: %s", i, error);
        }
    }
    assert_false(load("bitrate: 500k", "obd2: {}"));
    assert_non_null(strstr(error, "p.yaml:2: can: listen-only, but obd2 is asked for"));
    assert_false(load("bitrate: 500k, mode: listen-only",
                      "uds: {request: 0x714, response: 0x77E, did: 1, start: 0, length: 8}"));
    assert_non_null(strstr(error, "p.yaml:2: can.mode: listen-only, but uds is asked for"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(obd2),          cmocka_unit_test(uds),
        cmocka_unit_test(uds_defaults),  cmocka_unit_test(j1939),
        cmocka_unit_test(auto_bit_rate), cmocka_unit_test(refused_in_words),
    };
    return cmocka_run_group_tests(tests, NULL, scratch_remove);
}
