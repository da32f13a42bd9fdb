/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
/* Bus logging in MDF4: files made here block by block, in all the ways that recorders write them. */
#include "tests/formats/cmocka_head.h"

#include "core/le.h"
#include "tests/formats/read_log.h"
#include "tests/formats/scratch_file.h"

#include <stdio.h>
#include <string.h>
#include <zlib.h>

#define RECORD_SIZE 26u
#define HD_DG (64u + 24u) /* the header's link to the first data group */

static struct read_log log_read;
static uint8_t file[1u << 16];
static size_t used;

static void put(const void *bytes, size_t length)
{
    if (length > 0) {
        memcpy(file + used, bytes, length);
    }
    used += length;
}

/* A block; its place. */
static uint64_t block(const char *type, const uint64_t *links, size_t link_count, const void *data,
                      size_t length)
{
    uint8_t head[24] = {'#', '#', (uint8_t)type[0], (uint8_t)type[1]};
    used = (used + 7) / 8 * 8;
    uint64_t at = used;
    le_put_u64(head + 8, 24 + 8 * link_count + length);
    le_put_u64(head + 16, link_count);
    put(head, sizeof head);
    for (size_t i = 0; i < link_count; i++) {
        uint8_t link[8];
        le_put_u64(link, links[i]);
        put(link, sizeof link);
    }
    put(data, length);
    return at;
}

static void begin(const char *name)
{
    static const uint8_t rest[56] = "4.11    tests";
    static const uint64_t links[6] = {0};
    memset(file, 0, sizeof file);
    used = 0;
    put(name, 8);
    put(rest, sizeof rest);
    assert_int_equal(block("HD", links, 6, rest, 32), 64);
}

/* The header's first data group; the one before becomes its next. */
static uint64_t first_group(uint64_t cg, uint64_t data, unsigned id_size)
{
    uint64_t links[4] = {le_get_u64(file + HD_DG), cg, data, 0};
    uint8_t content[8] = {(uint8_t)id_size};
    uint64_t at = block("DG", links, 4, content, sizeof content);
    le_put_u64(file + HD_DG, at);
    return at;
}

static uint64_t text(const char *name)
{
    return block("TX", NULL, 0, name, strlen(name) + 1);
}

/* raw * factor + offset */
static uint64_t linear(double factor, double offset)
{
    uint8_t data[40] = {1};
    uint64_t bits;
    memcpy(&bits, &offset, sizeof bits);
    le_put_u64(data + 24, bits);
    memcpy(&bits, &factor, sizeof bits);
    le_put_u64(data + 32, bits);
    return block("CC", (uint64_t[4]){0}, 4, data, sizeof data);
}

struct channel {
    const char *name;
    unsigned kind, data_type, byte, bit, bits;
    uint64_t conversion, data;
};

static uint64_t channel(uint64_t next, uint64_t parts, const struct channel *c)
{
    uint64_t links[8] = {next, parts, text(c->name), 0, c->conversion, c->data, 0, 0};
    uint8_t data[72] = {(uint8_t)c->kind, 0, (uint8_t)c->data_type, (uint8_t)c->bit};
    le_put_u32(data + 4, c->byte);
    le_put_u32(data + 8, c->bits);
    return block("CN", links, 8, data, sizeof data);
}

/*
 * t f64 at 0 (or u64 in ns), BusChannel u8 at 8, ID 29 bits at 9, IDE the bit 7 of 12, DLC at 13, DataLength at 14,
 * EDL bit 0 and BRS bit 1 of 15, Dir at 16, DataBytes 8 bytes at 18 (or, VLSD, a u64).
 */
static uint64_t frame_channels(bool is_ns, bool is_vlsd, uint64_t values)
{
    const struct channel parts[] = {
        {"CAN_DataFrame.BusChannel", 0, 0, 8, 0, 8, 0, 0},
        {"CAN_DataFrame.ID", 0, 0, 9, 0, 29, 0, 0},
        {"CAN_DataFrame.IDE", 0, 0, 12, 7, 1, 0, 0},
        {"CAN_DataFrame.DLC", 0, 0, 13, 0, 4, 0, 0},
        {"CAN_DataFrame.DataLength", 0, 0, 14, 0, 7, 0, 0},
        {"CAN_DataFrame.EDL", 0, 0, 15, 0, 1, 0, 0},
        {"CAN_DataFrame.BRS", 0, 0, 15, 1, 1, 0, 0},
        {"CAN_DataFrame.Dir", 0, 0, 16, 0, 1, 0, 0},
        {"CAN_DataFrame.DataBytes", is_vlsd ? 1 : 0, is_vlsd ? 0 : 10, 18, 0, 64, 0, values},
    };
    uint64_t next = 0;
    for (size_t i = sizeof parts / sizeof *parts; i > 0; i--) {
        next = channel(next, 0, &parts[i - 1]);
    }
    const struct channel whole = {"CAN_DataFrame", 0, 10, 8, 0, 8 * (RECORD_SIZE - 8), 0, 0};
    const struct channel time = {
        "Timestamp", 2, is_ns ? 0 : 4, 0, 0, 64, is_ns ? linear(1e-9, 0) : 0, 0};
    return channel(channel(0, next, &whole), 0, &time);
}

static uint64_t group(uint64_t next, uint64_t channels, unsigned record_id, uint64_t count,
                      unsigned flags, uint32_t size)
{
    uint64_t links[6] = {next, channels, 0, 0, 0, 0};
    uint8_t data[32] = {(uint8_t)record_id};
    le_put_u64(data + 8, count);
    data[16] = (uint8_t)flags;
    le_put_u32(data + 24, size);
    return block("CG", links, 6, data, sizeof data);
}

static uint8_t records[4096];
static size_t records_used;

/* One record of frame_channels; `data` are 8 bytes, or a place among the VLSD values. */
static void record(bool is_ns, double seconds, unsigned bus, uint32_t id, bool extended,
                   unsigned length, unsigned flags, uint64_t data)
{
    uint8_t *at = records + records_used;
    uint64_t time = (uint64_t)(seconds * 1e9);
    if (!is_ns) {
        memcpy(&time, &seconds, sizeof time);
    }
    le_put_u64(at, time);
    at[8] = (uint8_t)bus;
    le_put_u32(at + 9, id | (extended ? 0x80000000u : 0));
    at[13] = (uint8_t)(length > 8 ? 9 : length);
    at[14] = (uint8_t)length;
    at[15] = (uint8_t)flags;
    at[16] = at[17] = 0;
    le_put_u64(at + 18, data);
    records_used += RECORD_SIZE;
}

static void plain_records(void)
{
    records_used = 0;
    record(false, 10, 1, 0x123, false, 2, 0, 0x0605);
    record(false, 10.5, 2, 0xCF00400, true, 8, 0, UINT64_C(0x0807060504030201));
    record(false, 11, 1, 0x7FF, false, 0, 0, 0);
}

static void check_plain(void)
{
    const struct can_log_frame *frames = log_read.frames;
    if (log_read.count != 3) {
        fail_msg("%d frames: %s%s", log_read.count, log_read.error, log_read.reports);
    }
    assert_int_equal(log_read.ended, 0);
    assert_int_equal(log_read.bad_lines, 0);
    assert_string_equal(log_read.format, "MDF4");
    assert_string_equal(log_read.channels, "2 channels: 1 (2 frames), 2 (1 frame)");
    assert_true(frames[0].id == 0x123 && !frames[0].extended && frames[0].len == 2);
    assert_memory_equal(frames[0].data, "\x05\x06", 2);
    assert_true(frames[1].id == 0xCF00400 && frames[1].extended && frames[1].len == 8);
    assert_memory_equal(frames[1].data, "\x01\x02\x03\x04\x05\x06\x07\x08", 8);
    assert_int_equal(frames[1].time_ns, 500000000);
    assert_true(frames[2].id == 0x7FF && frames[2].len == 0);
    assert_int_equal(frames[2].time_ns, 1000000000);
}

/* A DZ block of these bytes, `width` columns put one behind the other; 0: as they are. */
static uint64_t packed(const uint8_t *bytes, size_t size, uint32_t width)
{
    static uint8_t data[8192];
    static uint8_t turned[4096];
    size_t rows = width == 0 ? 0 : size / width;
    memcpy(turned, bytes, size);
    for (size_t i = 0; i < rows * width; i++) {
        turned[i % width * rows + i / width] = bytes[i];
    }
    uLongf length = sizeof data - 24;
    memset(data, 0, 24);
    memcpy(data, "DT", 2);
    data[2] = width != 0;
    le_put_u32(data + 4, width);
    le_put_u64(data + 8, size);
    assert_int_equal(compress(data + 24, &length, turned, (uLong)size), Z_OK);
    le_put_u64(data + 16, length);
    return block("DZ", NULL, 0, data, 24 + length);
}

static uint64_t list(uint64_t next, const uint64_t *blocks, size_t count)
{
    uint64_t links[8] = {next};
    uint8_t data[8] = {0};
    memcpy(links + 1, blocks, count * sizeof *blocks);
    le_put_u32(data + 4, (uint32_t)count);
    return block("DL", links, 1 + count, data, sizeof data);
}

static void read_plain(uint64_t data)
{
    uint64_t channels = frame_channels(false, false, 0);
    first_group(group(0, channels, 0, 3, 0, RECORD_SIZE), data, 0);
    read_log_bytes(&log_read, file, used);
    check_plain();
}

static void sorted(void **state)
{
    (void)state;
    plain_records();
    begin("MDF     ");
    read_plain(block("DT", NULL, 0, records, records_used));
    begin("MDF     ");
    read_plain(packed(records, records_used, 0));
    begin("MDF     ");
    read_plain(packed(records, records_used, RECORD_SIZE));
}

static void in_lists(void **state)
{
    (void)state;
    plain_records();
    begin("MDF     ");
    uint64_t parts[3];
    parts[0] = block("DT", NULL, 0, records, 30); /* records go over from one to the next */
    parts[1] = packed(records + 30, 20, 7);
    parts[2] = block("DT", NULL, 0, records + 50, records_used - 50);
    uint64_t last = list(0, &parts[2], 1);
    uint64_t first = list(last, parts, 2);
    uint8_t flags[8] = {0};
    read_plain(block("HL", &first, 1, flags, sizeof flags));
}

/* Payloads in a list of their own, and CAN FD. */
static void variable_length(void **state)
{
    uint8_t values[100] = {2, 0, 0, 0, 5, 6, 12, 0, 0, 0};
    (void)state;
    for (unsigned i = 0; i < 12; i++) {
        values[10 + i] = (uint8_t)(i + 1);
    }
    begin("MDF     ");
    records_used = 0;
    record(true, 1, 1, 0x123, false, 2, 0, 0);
    record(true, 1.25, 1, 0x124, false, 12, 3, 6);
    record(true, 1.5, 1, 0x125, false, 12, 3, 90); /* past the values' end */
    uint64_t channels = frame_channels(true, true, block("SD", NULL, 0, values, 22));
    uint64_t data = block("DT", NULL, 0, records, records_used);
    first_group(group(0, channels, 0, 3, 0, RECORD_SIZE), data, 0);
    read_log_bytes(&log_read, file, used);
    assert_int_equal(log_read.count, 2);
    assert_int_equal(log_read.bad_lines, 1);
    assert_memory_equal(log_read.frames[0].data, "\x05\x06", 2);
    assert_true(log_read.frames[1].fd && log_read.frames[1].bit_rate_switch);
    assert_int_equal(log_read.frames[1].len, 12);
    assert_int_equal(log_read.frames[1].data[11], 12);
    assert_int_equal(log_read.frames[1].time_ns, 250000000);
}

/* Records of three groups mixed, as a recorder writes them; it lost its power before it wrote lengths and counts. */
static void unsorted(void **state)
{
    static uint8_t mixed[1024];
    size_t at = 0;
    (void)state;
    records_used = 0;
    record(true, 1, 1, 0x123, false, 2, 0, 0);
    record(true, 2, 2, 0x18FEEE00, true, 3, 0, 6);
    for (unsigned i = 0; i < 2; i++) {
        static const uint8_t payloads[2][8] = {{2, 2, 0, 0, 0, 5, 6}, {2, 3, 0, 0, 0, 7, 8, 9}};
        memcpy(mixed + at, payloads[i], i == 0 ? 7 : 8);
        at += i == 0 ? 7 : 8;
        mixed[at++] = 3; /* a group that is nobody's: 4 bytes */
        at += 4;
        mixed[at++] = 1;
        memcpy(mixed + at, records + i * RECORD_SIZE, RECORD_SIZE);
        at += RECORD_SIZE;
    }
    begin("UnFinMF ");
    uint64_t vlsd = group(0, 0, 2, 0, 1, 0);
    uint64_t other = group(vlsd, 0, 3, 0, 0, 4);
    uint64_t frames = group(other, frame_channels(true, true, vlsd), 1, 0, 0, RECORD_SIZE);
    uint64_t dg = first_group(frames, 0, 1);
    uint64_t data = block("DT", NULL, 0, NULL, 0);
    put(mixed, at);
    le_put_u64(file + dg + 24 + 16, data);
    read_log_bytes(&log_read, file, used);
    assert_int_equal(log_read.count, 2);
    assert_int_equal(log_read.bad_lines, 0);
    assert_memory_equal(log_read.frames[0].data, "\x05\x06", 2);
    assert_true(log_read.frames[1].extended && log_read.frames[1].id == 0x18FEEE00);
    assert_memory_equal(log_read.frames[1].data, "\x07\x08\x09", 3);
    assert_int_equal(log_read.frames[1].time_ns, 1000000000);
}

/* Two data groups, one a bus: frames come out in the order of their times. */
static void merged(void **state)
{
    (void)state;
    begin("MDF     ");
    for (unsigned bus = 1; bus <= 2; bus++) {
        records_used = 0;
        for (unsigned i = 0; i < 5; i++) {
            record(false, i + bus / 10.0, bus, 0x100 + bus, false, 1, 0, i);
        }
        uint64_t data = block("DT", NULL, 0, records, records_used);
        first_group(group(0, frame_channels(false, false, 0), 0, 5, 0, RECORD_SIZE), data, 0);
    }
    read_log_bytes(&log_read, file, used);
    assert_int_equal(log_read.count, 10);
    for (int i = 0; i < 10; i++) {
        assert_int_equal(log_read.frames[i].id, 0x101 + i % 2);
        assert_int_equal(log_read.frames[i].data[0], i / 2);
    }
}

static void damaged(void **state)
{
    static uint8_t good[sizeof file];
    uint64_t random = fuzz_seed("mdf4 damaged");
    (void)state;
    plain_records();
    begin("MDF     ");
    read_plain(packed(records, records_used, RECORD_SIZE));
    size_t length = used;
    memcpy(good, file, length);
    for (int run = 0; run < 4000; run++) {
        memcpy(file, good, length);
        for (uint64_t changes = 1 + fuzz_next(&random) % 4; changes > 0; changes--) {
            file[64 + fuzz_next(&random) % (length - 64)] = (uint8_t)fuzz_next(&random);
        }
        read_log_bytes(&log_read, file,
                       fuzz_next(&random) % 5 == 0 ? 64 + fuzz_next(&random) % (length - 64)
                                                   : length);
        for (int i = 0; i < log_read.count && i < READ_LOG_FRAMES_MAX; i++) {
            assert_true(log_read.frames[i].len <= (log_read.frames[i].fd ? 64 : 8));
            assert_true(log_read.frames[i].id <=
                        (log_read.frames[i].extended ? 0x1FFFFFFFu : 0x7FFu));
        }
    }
}

/* As old CANedges write it: a group for each kind of frame, what is the same in all of a group's records is a channel
 * without bits, and the length is the DLC with a table. */
static void virtual_channels(void **state)
{
    (void)state;
    static const uint8_t table[24] = {5}; /* value range to value: passed over */
    static const uint8_t frame[27] = {
        0x40, 0x42, 0x0F, 0, 0, 0, 0, 0x04, 0xF0, 0xCC, /* 1 s, 0x0CF00400 */
        0,    9,    1,    2, 3, 4, 5, 6,    7,    8,    9, 10, 11, 12};
    begin("MDF     ");
    uint64_t data = block("DT", NULL, 0, frame, sizeof frame - 3);
    const struct channel parts[] = {
        {"CAN_DataFrame.BusChannel", 6, 0, 0, 0, 0, linear(0, 9), 0},
        {"CAN_DataFrame.ID", 0, 0, 6, 0, 29, 0, 0},
        {"CAN_DataFrame.IDE", 6, 0, 0, 0, 0, linear(0, 1), 0},
        {"CAN_DataFrame.DLC", 0, 0, 11, 0, 4, 0, 0},
        {"CAN_DataFrame.DataLength", 0, 0, 11, 0, 4, block("CC", (uint64_t[4]){0}, 4, table, 24),
         0},
        {"CAN_DataFrame.EDL", 6, 0, 0, 0, 0, linear(0, 1), 0},
        {"CAN_DataFrame.DataBytes", 0, 10, 12, 0, 96, 0, 0},
    };
    uint64_t next = 0;
    for (size_t i = sizeof parts / sizeof *parts; i > 0; i--) {
        next = channel(next, 0, &parts[i - 1]);
    }
    const struct channel whole = {"CAN_DataFrame", 0, 10, 6, 0, 8 * 18, 0, 0};
    const struct channel time = {"Timestamp", 2, 0, 0, 0, 48, linear(1e-6, 0), 0};
    uint64_t channels = channel(channel(0, next, &whole), 0, &time);
    first_group(group(0, channels, 0, 1, 0, sizeof frame - 3), data, 0);
    read_log_bytes(&log_read, file, used);
    assert_int_equal(log_read.bad_lines, 0);
    assert_int_equal(log_read.count, 1);
    const struct can_log_frame *read = &log_read.frames[0];
    assert_true(read->extended && read->fd && read->id == 0xCF00400 && read->len == 12);
    assert_memory_equal(read->data, frame + 12, 12);
    assert_string_equal(log_read.channels, "1 channel: 9 (1 frame)");
}

/* Blocks that name themselves, and files that end early. */
static void rings(void **state)
{
    (void)state;
    plain_records();
    begin("MDF     ");
    uint64_t data = block("DT", NULL, 0, records, records_used);
    uint64_t ring = list(0, &data, 1);
    le_put_u64(file + ring + 24, ring);
    uint64_t channels = frame_channels(false, false, 0);
    uint64_t dg = first_group(group(0, channels, 0, 3, 0, RECORD_SIZE), ring, 0);
    le_put_u64(file + channels + 24, channels);
    le_put_u64(file + dg + 24, dg);
    read_log_bytes(&log_read, file, used);
    assert_true(log_read.ended == -1 || log_read.bad_lines > 0);
    read_log_bytes(&log_read, file, 70);
    assert_int_equal(log_read.ended, -1);
    assert_non_null(strstr(log_read.reports, "no header block: the file is damaged"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(sorted),          cmocka_unit_test(in_lists),
        cmocka_unit_test(variable_length), cmocka_unit_test(unsorted),
        cmocka_unit_test(merged),          cmocka_unit_test(damaged),
        cmocka_unit_test(rings),           cmocka_unit_test(virtual_channels),
    };
    return cmocka_run_group_tests(tests, NULL, scratch_remove);
}
