/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
#include "tests/formats/cmocka_head.h"

#include "debug/packet.h"

#include <stdlib.h>
#include <string.h>

static struct packet_reader reader;

static enum packet_event feed(const char *bytes, size_t size)
{
    enum packet_event last = PACKET_NOTHING;
    for (size_t i = 0; i < size; i++) {
        const enum packet_event event = packet_take(&reader, (uint8_t)bytes[i]);
        last = event != PACKET_NOTHING ? event : last;
    }
    return last;
}

#define FEED(text) feed(text, sizeof(text) - 1)

static void a_packet_is_read(void **state)
{
    (void)state;
    assert_int_equal(FEED("$m0,4#fd"), PACKET_COMPLETE);
    assert_string_equal(reader.data, "m0,4");
    assert_int_equal(FEED("$m0,4#FD"), PACKET_COMPLETE);
}

static void a_wrong_sum_is_told(void **state)
{
    (void)state;
    assert_int_equal(FEED("$m0,4#fe"), PACKET_BROKEN);
    assert_int_equal(FEED("$m0,4#x1"), PACKET_BROKEN);
}

static void escapes_are_taken_away(void **state)
{
    (void)state;
    assert_int_equal(FEED("$a}\x03}\x5d#bb"), PACKET_COMPLETE); /* # and } */
    assert_int_equal(reader.length, 3);
    assert_memory_equal(reader.data, "a#}", 3);
}

static void half_a_packet_does_not_spoil_the_next(void **state)
{
    (void)state;
    assert_int_equal(FEED("$m0,"), PACKET_NOTHING);
    assert_int_equal(FEED("$?#3f"), PACKET_COMPLETE);
    assert_string_equal(reader.data, "?");
}

static void an_interrupt_is_a_byte_between_packets(void **state)
{
    (void)state;
    assert_int_equal(FEED("\x03"), PACKET_INTERRUPT);
    assert_int_equal(FEED("$\x03#03"), PACKET_COMPLETE);
}

static void one_too_long_is_refused_as_a_whole(void **state)
{
    (void)state;
    assert_int_equal(FEED("$"), PACKET_NOTHING);
    for (unsigned i = 0; i < PACKET_MAX + 100; i++) {
        assert_int_equal(FEED("0"), PACKET_NOTHING);
    }
    assert_int_equal(FEED("#00"), PACKET_BROKEN);
    assert_int_equal(FEED("$?#3f"), PACKET_COMPLETE);
}

/* A fixed sequence of bytes that mean something and bytes that do not. */
static void garbage_is_followed_by_a_packet(void **state)
{
    static const char alphabet[] = "$#}+-\x03\xFF\0azZ09,:;";
    uint32_t x = 1;
    (void)state;
    for (unsigned i = 0; i < 200000; i++) {
        x = x * 1664525u + 1013904223u;
        (void)packet_take(&reader, (uint8_t)alphabet[(x >> 16) % (sizeof alphabet - 1)]);
    }
    (void)FEED("$#00"); /* whatever was open is over */
    assert_int_equal(FEED("$?#3f"), PACKET_COMPLETE);
}

static void what_is_written_can_be_read(void **state)
{
    static struct packet_writer w;
    uint8_t all[256];
    (void)state;
    for (unsigned i = 0; i < sizeof all; i++) {
        all[i] = (uint8_t)i;
    }
    packet_begin(&w);
    packet_binary(&w, all, sizeof all);
    packet_end(&w);
    assert_false(w.full);
    assert_int_equal(feed(w.data, w.length), PACKET_COMPLETE);
    assert_int_equal(reader.length, sizeof all);
    assert_memory_equal(reader.data, all, sizeof all);
}

static void what_does_not_fit_is_said(void **state)
{
    static struct packet_writer w;
    (void)state;
    packet_begin(&w);
    for (unsigned i = 0; i < PACKET_MAX; i++) {
        packet_hex(&w, "ab", 2);
    }
    packet_end(&w);
    assert_true(w.full);
    assert_true(w.length <= sizeof w.data);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_packet_is_read),
        cmocka_unit_test(a_wrong_sum_is_told),
        cmocka_unit_test(escapes_are_taken_away),
        cmocka_unit_test(half_a_packet_does_not_spoil_the_next),
        cmocka_unit_test(an_interrupt_is_a_byte_between_packets),
        cmocka_unit_test(one_too_long_is_refused_as_a_whole),
        cmocka_unit_test(garbage_is_followed_by_a_packet),
        cmocka_unit_test(what_is_written_can_be_read),
        cmocka_unit_test(what_does_not_fit_is_said),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
