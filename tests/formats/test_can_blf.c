/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
/* Vector BLF: files made here byte by byte, and files that python-can wrote, where it is installed. */
#include "tests/formats/cmocka_head.h"

#include "core/le.h"
#include "tests/formats/read_log.h"
#include "tests/formats/scratch_file.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <zlib.h>

static struct read_log log_read;

struct bytes {
    size_t used;
    uint8_t bytes[65536];
};

static struct bytes stream; /* objects, before they are put into containers */
static struct bytes file;

static void put(struct bytes *to, const void *bytes, size_t length)
{
    memcpy(to->bytes + to->used, bytes, length);
    to->used += length;
}

static void put_u16(struct bytes *to, unsigned value)
{
    uint8_t bytes[2] = {(uint8_t)value, (uint8_t)(value >> 8)};
    put(to, bytes, 2);
}

static void put_u32(struct bytes *to, uint32_t value)
{
    uint8_t bytes[4];
    le_put_u32(bytes, value);
    put(to, bytes, 4);
}

static void put_u64(struct bytes *to, uint64_t value)
{
    put_u32(to, (uint32_t)value);
    put_u32(to, (uint32_t)(value >> 32));
}

/* Head of an object whose body has `length` bytes; `version` 1 or 2. */
static void put_object(uint32_t type, unsigned version, uint32_t flags, uint64_t time,
                       uint32_t length)
{
    uint32_t head = version == 1 ? 32 : 40;
    put(&stream, "LOBJ", 4);
    put_u16(&stream, head);
    put_u16(&stream, version);
    put_u32(&stream, head + length);
    put_u32(&stream, type);
    put_u32(&stream, flags);
    put_u32(&stream, 0);
    put_u64(&stream, time);
    if (version == 2) {
        put_u64(&stream, 0);
    }
}

static void put_can(uint32_t type, uint64_t time_ns, unsigned channel, uint32_t id, unsigned flags,
                    unsigned dlc, const char *data)
{
    uint8_t padded[8] = {0};
    memcpy(padded, data, strlen(data));
    put_object(type, 1, 2, time_ns, type == 1 ? 16 : 24);
    put_u16(&stream, channel);
    put(&stream, (uint8_t[]){(uint8_t)flags, (uint8_t)dlc}, 2);
    put_u32(&stream, id);
    put(&stream, padded, 8);
    if (type != 1) {
        put_u64(&stream, 0);
    }
}

static void put_can_fd(uint64_t time, uint32_t time_flags, unsigned fd_flags, unsigned valid)
{
    uint8_t data[64];
    for (unsigned i = 0; i < sizeof data; i++) {
        data[i] = (uint8_t)i;
    }
    put_object(100, 2, time_flags, time, 84);
    put_u16(&stream, 2);
    put(&stream, (uint8_t[]){0, 15}, 2);
    put_u32(&stream, 0x18FEEE00u | 0x80000000u);
    put_u32(&stream, 0);
    put(&stream, (uint8_t[]){0, (uint8_t)fd_flags, (uint8_t)valid, 0, 0, 0, 0, 0}, 8);
    put(&stream, data, 64);
}

static void put_can_fd_64(uint64_t time_ns, uint32_t flags, unsigned valid, const char *data)
{
    put_object(101, 1, 2, time_ns, 40 + (uint32_t)strlen(data));
    put(&stream, (uint8_t[]){3, (uint8_t)valid, (uint8_t)valid, 0}, 4);
    put_u32(&stream, 0x321);
    put_u32(&stream, 0);
    put_u32(&stream, flags);
    put(&stream, (uint8_t[24]){0}, 24);
    put(&stream, data, strlen(data));
    while (stream.used % 4 != 0) {
        put(&stream, "", 1);
    }
}

static void put_head(void)
{
    static const uint8_t rest[136] = {0};
    file.used = 0;
    put(&file, "LOGG", 4);
    put_u32(&file, 144);
    put(&file, rest, sizeof rest);
}

/* One container with `length` bytes of the stream. */
static void put_container(size_t from, size_t length, bool is_packed)
{
    static uint8_t packed[65536];
    uLongf size = sizeof packed;
    if (is_packed) {
        assert_int_equal(compress(packed, &size, stream.bytes + from, (uLong)length), Z_OK);
    } else {
        size = (uLongf)length;
        memcpy(packed, stream.bytes + from, length);
    }
    put(&file, "LOBJ", 4);
    put_u16(&file, 16);
    put_u16(&file, 1);
    put_u32(&file, 32 + (uint32_t)size);
    put_u32(&file, 10);
    put_u16(&file, is_packed ? 2 : 0);
    put_u16(&file, 0);
    put_u32(&file, 0);
    put_u32(&file, (uint32_t)length);
    put_u32(&file, 0);
    put(&file, packed, size);
    put(&file, (uint8_t[3]){0}, size % 4);
}

/* What is not a frame stands between them. */
static void put_stream(void)
{
    stream.used = 0;
    put_object(65, 1, 2, 0, 48); /* AppText */
    put(&stream, (uint8_t[48]){'x'}, 48);
    put_can(1, 1000000, 1, 0x123, 0, 2, "\x05\x06");
    put_can(86, 2000000, 2, 0xCF00400u | 0x80000000u, 1, 13, "\x06");
    put_can(1, 3000000, 1, 0x124, 0x80, 4, "");
    put_can_fd(400, 1, 7, 64);
    put_can_fd(5000000, 2, 0, 8);
    put_can_fd_64(6000000, 0x3000, 12, "abcdefghijkl");
    put_can_fd_64(7000000, 0x10, 3, "");
    put_can_fd_64(8000000, 0, 3, "xyz");
}

static void check_frames(void)
{
    const struct can_log_frame *frames = log_read.frames;
    assert_int_equal(log_read.count, 8);
    assert_int_equal(log_read.bad_lines, 0);
    assert_int_equal(log_read.ended, 0);
    assert_string_equal(log_read.format, "Vector BLF");
    for (unsigned i = 0; i < 8; i++) {
        assert_int_equal(frames[i].time_ns, i * 1000000);
    }
    assert_int_equal(frames[0].id, 0x123);
    assert_int_equal(frames[0].len, 2);
    assert_memory_equal(frames[0].data, "\x05\x06", 2);
    assert_true(frames[1].extended && frames[1].id == 0xCF00400 && frames[1].len == 8);
    assert_true(frames[2].remote && frames[2].len == 4);
    assert_true(frames[3].fd && frames[3].bit_rate_switch && frames[3].error_state);
    assert_true(frames[3].len == 64 && frames[3].data[63] == 63);
    assert_true(!frames[4].fd && frames[4].len == 8 && frames[4].extended);
    assert_true(frames[5].fd && frames[5].bit_rate_switch && frames[5].len == 12);
    assert_memory_equal(frames[5].data, "abcdefghijkl", 12);
    assert_true(frames[6].remote && frames[6].len == 3 && !frames[6].fd);
    assert_memory_equal(frames[7].data, "xyz", 3);
    assert_string_equal(log_read.channels, "3 channels: 1 (2 frames), 2 (3 frames), 3 (3 frames)");
}

static void one_container(void **state)
{
    (void)state;
    put_stream();
    put_head();
    put_container(0, stream.used, true);
    read_log_bytes(&log_read, file.bytes, file.used);
    check_frames();
    put_head();
    put_container(0, stream.used, false);
    read_log_bytes(&log_read, file.bytes, file.used);
    check_frames();
}

/* Containers end wherever the stream is, at every place. */
static void cut_anywhere(void **state)
{
    (void)state;
    put_stream();
    for (size_t cut = 1; cut < stream.used; cut += 7) {
        put_head();
        put_container(0, cut, true);
        put_container(cut, stream.used - cut, cut % 2 == 0);
        read_log_bytes(&log_read, file.bytes, file.used);
        check_frames();
    }
}

static void damaged(void **state)
{
    uint64_t random = fuzz_seed("blf damaged");
    (void)state;
    put_stream();
    put_head();
    put_container(0, 100, true);
    put_container(100, stream.used - 100, true);
    read_log_bytes(&log_read, file.bytes, file.used - 20);
    assert_int_equal(log_read.ended, -1);
    assert_non_null(strstr(log_read.reports, "the file ends too early: is it complete?"));
    struct bytes good = file;
    for (int run = 0; run < 3000; run++) {
        file = good;
        for (uint64_t changes = 1 + fuzz_next(&random) % 4; changes > 0; changes--) {
            file.bytes[fuzz_next(&random) % file.used] = (uint8_t)fuzz_next(&random);
        }
        read_log_bytes(&log_read, file.bytes,
                       fuzz_next(&random) % 5 == 0 ? fuzz_next(&random) % file.used : file.used);
        for (int i = 0; i < log_read.count && i < READ_LOG_FRAMES_MAX; i++) {
            const struct can_log_frame *frame = &log_read.frames[i];
            assert_true(frame->len <= (frame->fd ? 64 : 8));
            assert_true(frame->id <= (frame->extended ? 0x1FFFFFFFu : 0x7FFu));
        }
    }
}

/* A second writer: what it wrote into its BLF is what the table beside it says. */
static void as_python_can(void **state)
{
    char command[2048];
    char blf[512];
    char table[512];
    const char *top = getenv("CANDIAL_SOURCE_DIR");
    (void)state;
    snprintf(blf, sizeof blf, "%s", scratch_text("python.blf", ""));
    snprintf(table, sizeof table, "%s", scratch_text("python.csv", ""));
    snprintf(command, sizeof command,
             "for python in python3 /usr/bin/python3; do $python -c 'import can' 2>/dev/null && "
             "exec $python %s/tests/formats/write_blf.py %s %s; done; exit 9",
             top == NULL ? "." : top, blf, table);
    if (system(command) != 0) {
        fprintf(stderr, "skipped: python3-can is not there\n");
        skip();
    }
    char error[200];
    struct can_log_frame a;
    struct can_log_frame b;
    struct can_log *left = can_log_open(blf, NULL, NULL, error, sizeof error);
    struct can_log *right = can_log_open(table, NULL, NULL, error, sizeof error);
    assert_non_null(left);
    assert_non_null(right);
    unsigned count = 0;
    for (; can_log_next(left, &a) == 1 && can_log_next(right, &b) == 1; count++) {
        assert_int_equal(a.time_ns, b.time_ns);
        assert_int_equal(a.id, b.id);
        assert_true(a.extended == b.extended && a.remote == b.remote && a.len == b.len);
        assert_memory_equal(a.data, b.data, a.len);
        assert_string_equal(can_log_channel_name(left, a.channel),
                            can_log_channel_name(right, b.channel));
    }
    assert_int_equal(count, 3000);
    assert_int_equal(can_log_bad_lines(left) + can_log_bad_lines(right), 0);
    can_log_close(left);
    can_log_close(right);
}

/* A recorder says 64 valid bytes and gives the 5 that were not zero padding; nothing of the next object is taken. */
static void fewer_bytes_than_valid(void **state)
{
    (void)state;
    stream.used = 0;
    put_can_fd_64(0, 0x3000, 64, "abcde");
    put_can(1, 1000000, 1, 0x123, 0, 2, "\x05\x06");
    put_head();
    put_container(0, stream.used, false);
    read_log_bytes(&log_read, file.bytes, file.used);
    assert_int_equal(log_read.count, 2);
    assert_int_equal(log_read.bad_lines, 0);
    assert_int_equal(log_read.frames[0].len, 64);
    static const uint8_t zero[59];
    assert_memory_equal(log_read.frames[0].data, "abcde", 5);
    assert_memory_equal(log_read.frames[0].data + 5, zero, sizeof zero);
    assert_int_equal(log_read.frames[1].id, 0x123);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(one_container), cmocka_unit_test(cut_anywhere),
        cmocka_unit_test(damaged),       cmocka_unit_test(fewer_bytes_than_valid),
        cmocka_unit_test(as_python_can),
    };
    return cmocka_run_group_tests(tests, NULL, scratch_remove);
}
