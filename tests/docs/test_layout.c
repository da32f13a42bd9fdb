/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
/* docs/SPEC.md: the bytes of record, shared block and events are where the code has them. */
#include "tests/formats/cmocka_head.h"

#include "core/err.h"
#include "core/ipc.h"
#include "core/record.h"
#include "core/record_layout.h"
#include "core/store_layout.h"
#include "tests/docs/page.h"

#include <stdlib.h>
#include <string.h>

struct field {
    size_t offset;
    size_t size;
    const char *name;
};

#define COUNT(array) (sizeof(array) / sizeof *(array))

static char *spec;

static int read_spec(void **state)
{
    (void)state;
    spec = page_read("docs/SPEC.md");
    return 0;
}

static int free_spec(void **state)
{
    (void)state;
    free(spec);
    return 0;
}

/* The page's rows are these fields, in this order, without a gap up to `total`. */
static void check_layout(const char *name, const struct field *fields, size_t count, size_t total)
{
    static struct page_table table;
    page_table(spec, name, &table);
    assert_int_equal(table.rows, count);
    size_t end = 0;
    for (size_t i = 0; i < count; i++) {
        assert_string_equal(table.cell[i][2], fields[i].name);
        assert_int_equal(page_number(&table, i, 0), fields[i].offset);
        assert_int_equal(page_number(&table, i, 1), fields[i].size);
        assert_int_equal(fields[i].offset, end);
        end += fields[i].size;
    }
    assert_int_equal(end, total);
}

static void record_table(void **state)
{
    static const struct field fields[] = {
        {AT_MAGIC, 4, "magic"},
        {AT_VERSION, 2, "version"},
        {AT_LENGTH, 2, "length"},
        {AT_NAME, RECORD_NAME_MAX, "name"},
        {AT_BITRATE, 4, "bitrate_bps"},
        {AT_FD_BITRATE, 4, "fd_data_bitrate_bps"},
        {AT_MODE, 1, "mode"},
        {AT_DIAL_COUNT, 1, "dial_count"},
        {AT_MORE, GAUGE_DIALS_MAX * DIAL_MORE_SIZE, "dial_more"},
        {AT_ZERO_HEAD, AT_DIAL - AT_ZERO_HEAD, "zero"},
        {AT_DIAL, GAUGE_DIALS_MAX * DIAL_SIZE, "dial"},
        {AT_ZERO_TAIL, AT_CRC - AT_ZERO_TAIL, "zero"},
        {AT_CRC, 4, "crc"},
    };
    (void)state;
    check_layout("record", fields, COUNT(fields), RECORD_SIZE);
    assert_int_equal(RECORD_LENGTH, AT_CRC - AT_NAME);
}

static void log_tables(void **state)
{
    static const struct field mark[] = {
        {WORD_MAGIC, 4, "magic"},   {WORD_VERSION, 2, "version"},  {WORD_VERSION + 2, 2, "zero"},
        {MARK_ERASES, 4, "erases"}, {MARK_ERASES + 4, 16, "zero"}, {WORD_CRC, 4, "crc"},
    };
    static const struct field head[] = {
        {WORD_MAGIC, 4, "magic"},   {WORD_VERSION, 2, "version"},
        {HEAD_KIND, 2, "kind"},     {HEAD_SEQUENCE, 4, "sequence"},
        {HEAD_OPTION, 4, "option"}, {HEAD_REPLACES, 4, "replaces"},
        {HEAD_ERASES, 4, "erases"}, {HEAD_RECORD_CRC, 4, "record_crc"},
        {WORD_CRC, 4, "crc"},
    };
    (void)state;
    check_layout("mark", mark, COUNT(mark), STORE_WORD);
    check_layout("head", head, COUNT(head), STORE_WORD);
    assert_int_equal(STORE_SLOTS, 124);
    assert_int_equal(STORE_SLOT_SIZE, 1056);
    assert_non_null(strstr(spec, "124 slots of 1,056 bytes"));
}

static void dial_table(void **state)
{
    static const struct field fields[] = {
        {DIAL_KIND, 1, "kind"},
        {DIAL_FLAGS, 1, "flags"},
        {DIAL_POINT_COUNT, 1, "dial_point_count"},
        {DIAL_SERVO_COUNT, 1, "servo_point_count"},
        {DIAL_SOURCE, SOURCE_SIZE, "source"},
        {DIAL_TIMEOUT, 4, "timeout_ms"},
        {DIAL_PLAUSIBLE_MIN, 4, "plausible_min_milli"},
        {DIAL_PLAUSIBLE_MAX, 4, "plausible_max_milli"},
        {DIAL_MAX_SLOPE, 4, "max_slope_milli_per_s"},
        {DIAL_POINTS, RECORD_DIAL_POINTS_MAX * DIAL_POINT_SIZE, "dial_point"},
        {DIAL_SERVO_POINTS, RECORD_SERVO_POINTS_MAX * DIAL_SERVO_POINT_SIZE, "servo_point"},
        {DIAL_PARK, 2, "park_cdeg"},
        {DIAL_PERIOD, 2, "period_us"},
        {DIAL_DAMPING, 2, "damping_ms"},
        {DIAL_MAX_RATE, 2, "max_rate_deg_per_s"},
        {DIAL_WARN_HIGH, 4, "warn_high_milli"},
    };
    (void)state;
    check_layout("dial", fields, COUNT(fields), DIAL_SIZE);
    static const struct field more[] = {
        {DIAL_WARN_CRITICAL - DIAL_SIZE, 2, "warn_critical"},
        {DIAL_DEAD_BAND - DIAL_SIZE, 1, "dead_band"},
    };
    check_layout("dial more", more, COUNT(more), DIAL_MORE_SIZE);
}

static void source_table(void **state)
{
    static const struct field fields[] = {
        {SOURCE_ID, 4, "id"},
        {SOURCE_ID_MASK, 4, "id_mask"},
        {SOURCE_FLAGS, 1, "flags"},
        {SOURCE_LENGTH_BITS, 1, "length_bits"},
        {SOURCE_START_BIT, 2, "start_bit"},
        {SOURCE_INVALID_COUNT, 1, "invalid_count"},
        {SOURCE_NOT_FITTED, 1, "not_fitted"},
        {SOURCE_ZERO_A, SOURCE_SCALE - SOURCE_ZERO_A, "zero"},
        {SOURCE_SCALE, 8, "scale"},
        {SOURCE_OFFSET, 8, "offset"},
        {SOURCE_INVALIDS, SOURCE_INVALID_MAX * SOURCE_RANGE_SIZE, "invalid"},
        {SOURCE_CONDITIONS, CONDITION_MAX * SOURCE_CONDITION_SIZE, "condition"},
    };
    (void)state;
    check_layout("source", fields, COUNT(fields), SOURCE_SIZE);
}

static void obd2_table(void **state)
{
    static const struct field fields[] = {
        {OBD2_PID, 1, "pid"},
        {OBD2_FLAGS, 1, "flags"},
        {OBD2_ADDRESSING, 1, "addressing"},
        {OBD2_ZERO_A, 1, "zero"},
        {OBD2_RATE, 2, "rate_millihz"},
        {OBD2_ZERO_B, SOURCE_SIZE - OBD2_ZERO_B, "zero"},
    };
    (void)state;
    check_layout("obd2 source", fields, COUNT(fields), SOURCE_SIZE);
}

static void uds_table(void **state)
{
    static const struct field fields[] = {
        {UDS_REQUEST_ID, 4, "request_id"},
        {UDS_RESPONSE_ID, 4, "response_id"},
        {UDS_FLAGS, 1, "flags"},
        {UDS_LENGTH_BITS, 1, "length_bits"},
        {UDS_START_BIT, 2, "start_bit"},
        {UDS_INVALID_COUNT, 1, "invalid_count"},
        {UDS_SERVICE, 1, "service"},
        {UDS_ECU, 1, "ecu"},
        {UDS_ZERO_A, 1, "zero"},
        {UDS_SCALE, 8, "scale"},
        {UDS_OFFSET, 8, "offset"},
        {UDS_INVALIDS, SOURCE_INVALID_MAX * SOURCE_RANGE_SIZE, "invalid"},
        {UDS_DID, 2, "did"},
        {UDS_RATE, 2, "rate_millihz"},
        {UDS_ZERO_B, SOURCE_SIZE - UDS_ZERO_B, "zero"},
    };
    (void)state;
    check_layout("uds source", fields, COUNT(fields), SOURCE_SIZE);
}

#define M7(member)                                                                                 \
    {                                                                                              \
        offsetof(struct ipc_block, m7.member), sizeof(((struct ipc_block *)0)->m7.member),         \
            "m7." #member                                                                          \
    }
#define M4(member)                                                                                 \
    {                                                                                              \
        offsetof(struct ipc_block, m4.member), sizeof(((struct ipc_block *)0)->m4.member),         \
            "m4." #member                                                                          \
    }

static void block_table(void **state)
{
    static const struct field fields[] = {
        M7(magic),
        M7(version),
        M7(boot_id),
        M7(ready_echo),
        M7(boot_flags),
        M7(dial_count),
        M7(period_ticks),
        M7(m7_requests_overflow),
        M7(can.nominal_timing),
        M7(can.data_timing),
        M7(can.mode),
        M7(can.filter_count),
        M7(can.send_count),
        M7(can.spare),
        M7(can.filter),
        M7(can.send),
        M7(pulse_max_ticks),
        M7(park_ticks),
        M7(pulse_min_ticks),
        M7(step_max_ticks),
        M7(mailbox.seq_begin),
        M7(mailbox.compare_ticks),
        M7(mailbox.flags),
        M7(mailbox.seq),
        M7(mailbox.heartbeat),
        M7(m4_events_tail),
        M7(m7_requests_head),
        M7(servo_hold),
        M7(hold_edge),
        M7(m7_requests),
        M4(hello),
        M4(boot_id_echo),
        M4(state),
        M4(error),
        M4(latched_seq),
        M4(pulse_count),
        M4(heartbeat),
        M4(rx_frames),
        M4(m4_events_overflow),
        M4(fifo_lost),
        M4(mailbox_torn),
        M4(latency_last_us),
        M4(latency_max_us),
        M4(can_psr),
        M4(can_ecr),
        M4(tx_frames),
        M4(m4_events_head),
        M4(m7_requests_tail),
        M4(loop_max_us),
        M4(can_state),
        M4(can_rate),
        M4(car_heard),
        M4(bus_offs),
        M4(tx_refused),
        M4(busy_cycles),
        M4(stack_used),
        M4(stack_size),
        M4(can_good),
        M4(can_bad),
        M4(periods),
        M4(spare),
        M4(m4_events),
    };
    (void)state;
    check_layout("block", fields, COUNT(fields), sizeof(struct ipc_block));
}

#define EVENT(member)                                                                              \
    {                                                                                              \
        offsetof(struct ipc_event, member), sizeof(((struct ipc_event *)0)->member), #member       \
    }

static void event_table(void **state)
{
    static const struct field fields[] = {
        EVENT(kind), EVENT(time_us), EVENT(id), EVENT(len), EVENT(flags), EVENT(seq), EVENT(data),
    };
    (void)state;
    check_layout("event", fields, COUNT(fields), sizeof(struct ipc_event));
}

/* "0040: 20 a1 07 ...": what is not listed is zero. */
static void take_dump(const char *text, uint8_t *bytes)
{
    memset(bytes, 0, RECORD_SIZE);
    while (*text != '\0') {
        char *at = NULL;
        unsigned long offset = strtoul(text, &at, 16);
        assert_int_equal(*at, ':');
        at++;
        while (*at != '\n') {
            char *end = NULL;
            unsigned long byte = strtoul(at, &end, 16);
            assert_true(end != at && byte <= 0xFF && offset < RECORD_SIZE);
            bytes[offset++] = (uint8_t)byte;
            at = end;
        }
        text = at + 1;
    }
}

static void bytes_of_default(void **state)
{
    struct record record;
    uint8_t built[RECORD_SIZE];
    uint8_t told[RECORD_SIZE];
    (void)state;
    record_default(&record);
    assert_int_equal(record_build(&record, built, sizeof built), 0);
    char *dump = page_block(spec, "bytes");
    take_dump(dump, told);
    free(dump);
    assert_memory_equal(told, built, RECORD_SIZE);
}

/* What the page says about the block's constants in words. */
static void block_constants(void **state)
{
    (void)state;
    assert_int_equal(IPC_BLOCK_ADDRESS, 0x38000000);
    assert_int_equal(IPC_MAGIC, 0x50494443);
    assert_int_equal(IPC_VERSION, 5);
    assert_int_equal(IPC_M4_EVENTS_SIZE, 64);
    assert_int_equal(IPC_M7_REQUESTS_SIZE, 8);
    assert_int_equal(IPC_BOOT_CLOCK_HSE | IPC_BOOT_CLOCK_GOOD << 4 | IPC_BOOT_LISTEN_ONLY << 8 |
                         IPC_BOOT_OWN_PROFILE << 12,
                     1 | 2 << 4 | 4 << 8 | 8 << 12);
    assert_int_equal(IPC_CAN_ACTIVE | IPC_CAN_FD << 4 | IPC_CAN_ASKS << 8, 1 | 2 << 4 | 4 << 8);
    assert_int_equal(IPC_CAN_STATE_LISTENING | IPC_CAN_STATE_ON << 4 | IPC_CAN_STATE_SILENCED << 8,
                     1 | 2 << 4 | 3 << 8);
    assert_int_equal(IPC_MAILBOX_DRIVE | IPC_MAILBOX_WARN << 4, 1 | 2 << 4);
    assert_int_equal(IPC_MAILBOX_STATE_SHIFT, 8);
    assert_int_equal(IPC_EVENT_FRAME | IPC_EVENT_PERIOD << 4 | IPC_EVENT_BUS_STATE << 8,
                     1 | 2 << 4 | 3 << 8);
    assert_int_equal(IPC_M4_WAITING | IPC_M4_RUNNING << 4 | IPC_M4_PARKED << 8 | IPC_M4_ERROR << 12,
                     1 | 2 << 4 | 3 << 8 | 4 << 12);
    assert_int_equal(IPC_FRAME_FD | IPC_FRAME_REMOTE << 4, 1 | 2 << 4);
    assert_int_equal(IPC_HSEM_M4_TO_M7 | IPC_HSEM_M7_TO_M4 << 4, 0 | 1 << 4);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(record_table),     cmocka_unit_test(log_tables),
        cmocka_unit_test(dial_table),       cmocka_unit_test(source_table),
        cmocka_unit_test(obd2_table),       cmocka_unit_test(uds_table),
        cmocka_unit_test(block_table),      cmocka_unit_test(event_table),
        cmocka_unit_test(bytes_of_default), cmocka_unit_test(block_constants),
    };
    return cmocka_run_group_tests(tests, read_spec, free_spec);
}
