/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
#include "tests/core/core_test.h"

#include <string.h>

#include "core/isotp.h"

static const struct isotp_address normal;
static const struct isotp_address bmw = {true, 0x18, 0xF1};

static struct isotp_rx rx;

static int start(void **state)
{
    (void)state;
    memset(&rx, 0, sizeof(rx));
    return 0;
}

static enum isotp_result take(const struct isotp_address *address, uint32_t now_us,
                              const char *bytes, size_t len)
{
    return isotp_frame(&rx, address, now_us, (const uint8_t *)bytes, len);
}

static void single_frame(void **state)
{
    (void)state;
    assert_int_equal(take(&normal, 0, "\3\x41\x5C\x8B\0\0\0\0", 8), ISOTP_MESSAGE);
    assert_int_equal(rx.length, 3);
    assert_memory_equal(rx.data, "\x41\x5C\x8B", 3);
    assert_int_equal(take(&normal, 0, "\3\x41\x5C\x8B", 4), ISOTP_MESSAGE); /* not padded */
    assert_int_equal(take(&normal, 0, "\7\1\2\3\4\5\6\7", 8), ISOTP_MESSAGE);
}

static void single_frames_that_are_none(void **state)
{
    (void)state;
    assert_int_equal(take(&normal, 0, "", 0), ISOTP_NOTHING);
    assert_int_equal(take(&normal, 0, "\0\1\2\3\4\5\6\7", 8), ISOTP_NOTHING);
    assert_int_equal(take(&normal, 0, "\x8\1\2\3\4\5\6\7", 8), ISOTP_NOTHING);
    assert_int_equal(take(&normal, 0, "\3\x41\x5C", 3),
                     ISOTP_NOTHING); /* says more than there is */
    assert_int_equal(take(&normal, 0, "\1\1\1\1\1\1\1\1\1", 9), ISOTP_NOTHING); /* CAN FD's */
    assert_int_equal(take(&normal, 0, "\x30\0\0\0\0\0\0\0", 8), ISOTP_NOTHING); /* flow control */
    assert_int_equal(take(&normal, 0, "\x41\0\0\0\0\0\0\0", 8), ISOTP_NOTHING); /* no such kind */
    assert_int_equal(take(&bmw, 0, "\xF1", 1), ISOTP_NOTHING);
}

/* BMW 3 series: 618 answers F1 05 62 DA 25 hi lo. */
static void extended_addressing(void **state)
{
    (void)state;
    assert_int_equal(take(&bmw, 0, "\xF1\5\x62\xDA\x25\0\x8B\0", 8), ISOTP_MESSAGE);
    assert_int_equal(rx.length, 5);
    assert_memory_equal(rx.data, "\x62\xDA\x25\0\x8B", 5);
    assert_int_equal(take(&bmw, 0, "\xF2\5\x62\xDA\x25\0\x8B\0", 8), ISOTP_NOTHING);
    assert_int_equal(take(&bmw, 0, "\xF1\6\1\2\3\4\5\6", 8), ISOTP_MESSAGE);
    assert_int_equal(take(&bmw, 0, "\xF1\7\1\2\3\4\5\6", 8), ISOTP_NOTHING);
    assert_int_equal(take(&bmw, 0, "\xF1\x10\x8\1\2\3\4\5", 8), ISOTP_ANSWER);
    assert_int_equal(take(&bmw, 0, "\xF1\x21\6\7\x8", 5), ISOTP_MESSAGE);
    assert_int_equal(rx.length, 8);
    assert_memory_equal(rx.data, "\1\2\3\4\5\6\7\x8", 8);
}

static void three_frames(void **state)
{
    (void)state;
    assert_int_equal(take(&normal, 0, "\x10\x10\0\1\2\3\4\5", 8), ISOTP_ANSWER);
    assert_int_equal(take(&normal, 0, "\x21\6\7\x8\x9\xA\xB\xC", 8), ISOTP_NOTHING);
    assert_int_equal(take(&normal, 0, "\x22\xD\xE\xF\x55\x55\x55\x55", 8), ISOTP_MESSAGE);
    assert_int_equal(rx.length, 16);
    for (unsigned i = 0; i < 16; i++) {
        assert_int_equal(rx.data[i], i);
    }
    assert_false(rx.busy);
    assert_int_equal(take(&normal, 0, "\x23\0\0\0\0\0\0\0", 8), ISOTP_NOTHING); /* nobody asked */
}

static void a_missing_frame_ends_the_message(void **state)
{
    (void)state;
    assert_int_equal(take(&normal, 0, "\x10\x20\0\1\2\3\4\5", 8), ISOTP_ANSWER);
    assert_int_equal(take(&normal, 0, "\x22\6\7\x8\x9\xA\xB\xC", 8), ISOTP_BROKEN);
    assert_int_equal(take(&normal, 0, "\x21\6\7\x8\x9\xA\xB\xC", 8), ISOTP_NOTHING);
    assert_int_equal(take(&normal, 0, "\x10\x20\0\1\2\3\4\5", 8), ISOTP_ANSWER);
    assert_int_equal(take(&normal, 0, "\x21\6\7", 3), ISOTP_BROKEN); /* short, but not the last */
}

static void a_new_message_replaces_one_half_done(void **state)
{
    (void)state;
    assert_int_equal(take(&normal, 0, "\x10\x20\0\1\2\3\4\5", 8), ISOTP_ANSWER);
    assert_int_equal(take(&normal, 0, "\x10\x8\x11\1\2\3\4\5", 8), ISOTP_ANSWER);
    assert_int_equal(take(&normal, 0, "\x21\6\x17", 3), ISOTP_MESSAGE);
    assert_int_equal(rx.data[0], 0x11);
    assert_int_equal(take(&normal, 0, "\x10\x20\0\1\2\3\4\5", 8), ISOTP_ANSWER);
    assert_int_equal(take(&normal, 0, "\2\x41\5\0\0\0\0\0", 8), ISOTP_MESSAGE);
    assert_false(rx.busy);
}

static void first_frames_that_are_none(void **state)
{
    (void)state;
    assert_int_equal(take(&normal, 0, "\x10\7\0\1\2\3\4\5", 8), ISOTP_NOTHING); /* fits a single */
    assert_int_equal(take(&normal, 0, "\x10\x10\0\1\2\3\4", 7), ISOTP_NOTHING);
    assert_int_equal(take(&normal, 0, "\x10\0\0\0\1\0\4\5", 8), ISOTP_REFUSE); /* 32-bit length */
    assert_int_equal(take(&normal, 0, "\x11\1\0\1\2\3\4\5", 8), ISOTP_REFUSE); /* 257 bytes */
    assert_false(rx.busy);
    assert_int_equal(take(&normal, 0, "\x11\0\0\1\2\3\4\5", 8), ISOTP_ANSWER); /* 256 bytes */
}

static void waits_no_longer_than_n_cr(void **state)
{
    (void)state;
    const uint32_t begin = UINT32_MAX - 1000; /* the clock wraps */
    assert_true(isotp_poll(&rx, begin, ISOTP_N_CR_OBD_US));
    assert_int_equal(take(&normal, begin, "\x10\x20\0\1\2\3\4\5", 8), ISOTP_ANSWER);
    assert_true(isotp_poll(&rx, begin + ISOTP_N_CR_OBD_US - 1, ISOTP_N_CR_OBD_US));
    assert_int_equal(take(&normal, begin + 100000, "\x21\6\7\x8\x9\xA\xB\xC", 8), ISOTP_NOTHING);
    assert_true(isotp_poll(&rx, begin + 249999, ISOTP_N_CR_OBD_US));
    assert_false(isotp_poll(&rx, begin + 250000, ISOTP_N_CR_OBD_US));
    assert_true(isotp_poll(&rx, begin + 250000, ISOTP_N_CR_OBD_US)); /* said once */
    assert_int_equal(take(&normal, begin + 250000, "\x22\6\7\x8\x9\xA\xB\xC", 8), ISOTP_NOTHING);
}

static void frames_to_send(void **state)
{
    (void)state;
    uint8_t frame[ISOTP_FRAME_SIZE];
    isotp_single(&normal, (const uint8_t *)"\1\x5C", 2, frame);
    assert_memory_equal(frame, "\2\1\x5C\0\0\0\0\0", 8);
    isotp_single(&bmw, (const uint8_t *)"\x22\xDA\x25", 3, frame);
    assert_memory_equal(frame, "\x18\3\x22\xDA\x25\0\0\0", 8);
    isotp_flow_control(&normal, frame);
    assert_memory_equal(frame, "\x30\0\0\0\0\0\0\0", 8);
    isotp_flow_control(&bmw, frame);
    assert_memory_equal(frame, "\x18\x30\0\0\0\0\0\0", 8);
    isotp_overflow(&bmw, frame);
    assert_memory_equal(frame, "\x18\x32\0\0\0\0\0\0", 8);
}

/* Cuts `length` bytes into frames as ISO 15765-2 has it, written a second time; their number. */
static unsigned cut(const struct isotp_address *address, const uint8_t *message, unsigned length,
                    uint8_t frames[64][8])
{
    const unsigned head = address->used ? 1 : 0;
    unsigned done = 0;
    unsigned count = 0;
    memset(frames, 0xAA, 64 * 8);
    if (length <= 7 - head) {
        frames[0][head] = (uint8_t)length;
        memcpy(&frames[0][head + 1], message, length);
        count = 1;
        done = length;
    } else {
        frames[0][head] = (uint8_t)(0x10 | length >> 8);
        frames[0][head + 1] = (uint8_t)length;
        done = 6 - head;
        memcpy(&frames[0][head + 2], message, done);
        count = 1;
    }
    while (done < length) {
        unsigned part = length - done < 7 - head ? length - done : 7 - head;
        frames[count][head] = (uint8_t)(0x20 | (count & 15));
        memcpy(&frames[count][head + 1], message + done, part);
        done += part;
        count++;
    }
    for (unsigned i = 0; i < count && head != 0; i++) {
        frames[i][0] = address->to_tester;
    }
    return count;
}

/* Every length arrives whole; with one frame lost, doubled or swapped nothing wrong ever does. */
static void message_or_nothing(struct random *random)
{
    const struct isotp_address *address = random_u32(random) & 1u ? &normal : &bmw;
    unsigned length = (unsigned)random_between(random, 1, ISOTP_MESSAGE_MAX);
    uint8_t message[ISOTP_MESSAGE_MAX];
    uint8_t frames[64][8];
    for (unsigned i = 0; i < length; i++) {
        message[i] = (uint8_t)random_u32(random);
    }
    unsigned count = cut(address, message, length, frames);
    int harm = random_between(random, 0, 3);
    unsigned where = (unsigned)random_between(random, 0, (int32_t)count - 1);
    memset(&rx, 0, sizeof(rx));
    unsigned whole = 0;
    for (unsigned i = 0; i < count; i++) {
        unsigned times = harm == 1 && i == where ? 0 : harm == 2 && i == where ? 2 : 1;
        for (; times > 0; times--) {
            if (harm == 3 && i == where) {
                frames[i][address->used ? 1 : 0] ^= (uint8_t)(1u << (random_u32(random) % 4));
            }
            enum isotp_result result = isotp_frame(&rx, address, 0, frames[i], 8);
            whole += result == ISOTP_MESSAGE && rx.length == length &&
                     memcmp(rx.data, message, length) == 0;
        }
    }
    if (harm == 0) {
        check_seed(random, whole == 1, "a message did not arrive");
    } else if (harm != 2 && count > 2 && where > 0) {
        check_seed(random, whole == 0, "a damaged message arrived as if it were good");
    }
}

static void round_trips(void **state)
{
    (void)state;
    for_each_seed(20000, message_or_nothing);
}

/* Arbitrary frames never make a message longer than the buffer, nor leave an impossible state. */
static void any_frames(struct random *random)
{
    const struct isotp_address *address = random_u32(random) & 1u ? &normal : &bmw;
    memset(&rx, 0, sizeof(rx));
    uint32_t now_us = random_u32(random);
    for (int i = 0; i < 200; i++) {
        uint64_t bytes = random_u64(random);
        uint8_t data[8];
        memcpy(data, &bytes, sizeof(data));
        unsigned kind = (unsigned)random_between(random, 0, 7);
        data[address->used ? 1 : 0] = (uint8_t)(kind < 5 ? kind << 4 | (bytes & 15) : bytes);
        if (kind == 2 && random_u32(random) % 4 != 0) {
            data[address->used ? 1 : 0] = (uint8_t)(0x20 | rx.next);
        }
        data[0] = address->used && random_u32(random) % 8 != 0 ? address->to_tester : data[0];
        enum isotp_result result =
            isotp_frame(&rx, address, now_us, data, (size_t)random_between(random, 0, 8));
        check_seed(random, rx.length <= ISOTP_MESSAGE_MAX && rx.got <= rx.length + 8, "lengths");
        check_seed(random, !rx.busy || rx.got < rx.length, "busy with nothing to come");
        check_seed(random, result != ISOTP_MESSAGE || rx.length > 0, "empty message");
        now_us += random_u32(random) % 400000;
        (void)isotp_poll(&rx, now_us, ISOTP_N_CR_OBD_US);
    }
}

static void fuzz(void **state)
{
    (void)state;
    for_each_seed(3000, any_frames);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup(single_frame, start),
        cmocka_unit_test_setup(single_frames_that_are_none, start),
        cmocka_unit_test_setup(extended_addressing, start),
        cmocka_unit_test_setup(three_frames, start),
        cmocka_unit_test_setup(a_missing_frame_ends_the_message, start),
        cmocka_unit_test_setup(a_new_message_replaces_one_half_done, start),
        cmocka_unit_test_setup(first_frames_that_are_none, start),
        cmocka_unit_test_setup(waits_no_longer_than_n_cr, start),
        cmocka_unit_test_setup(frames_to_send, start),
        cmocka_unit_test_setup(round_trips, start),
        cmocka_unit_test_setup(fuzz, start),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
