/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
#include "tests/formats/cmocka_head.h"

#include "tests/obd/car_rig.h"

#include "core/ipc.h"
#include "formats/image/image.h"
#include "vboard/chip/finding_text.h"
#include "vboard/chip/chip.h"
#include "vboard/periph/fdcan/fdcan.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define SETTINGS_ADDRESS 0x080C0000u
#define DEFAULT_BPS 500000u

/* ---- what the board does ---- */

static void take_line(struct car_rig *r, vtime_ps now)
{
    r->line[r->line_length] = '\0';
    if (r->line[0] == '~') {
        assert_int_equal(telemetry_parse(&r->told, r->line, r->line_length), 0);
        r->told_count++;
    } else if (r->line_length > 0) {
        assert_true(r->text_count < CAR_RIG_TEXTS);
        snprintf(r->text[r->text_count], sizeof *r->text, "%.150s", r->line);
        r->text_at[r->text_count++] = now;
    }
    r->line_length = 0;
}

static void on_uart(void *ctx, uint8_t byte, vtime_ps now)
{
    struct car_rig *r = ctx;
    if (byte == '\n') {
        take_line(r, now);
    } else if (byte != '\r' && r->line_length < sizeof r->line - 1) {
        r->line[r->line_length++] = (char)byte;
    }
}

static void on_reset(void *ctx, uint32_t sources, vtime_ps now)
{
    struct car_rig *r = ctx;
    (void)sources;
    r->resets += now > 0 ? 1 : 0; /* power-on is one too */
    r->line_length = 0;
}

static void on_frame(void *ctx, const struct can_record *seen)
{
    struct car_rig *r = ctx;
    if (seen->error != CAN_ERROR_NONE || seen->sender != r->board_node) {
        return;
    }
    r->awake_until = seen->end + r->gateway_tail;
    assert_true(r->sent_count < CAR_RIG_SENT);
    struct car_rig_sent *sent = &r->sent[r->sent_count++];
    *sent = (struct car_rig_sent){
        .end = seen->end, .id = seen->frame->id, .extended = seen->frame->extended};
    memcpy(sent->data, seen->frame->data, sizeof sent->data);
}

/* ---- making it ---- */

static void load(struct car_rig *r, const char *name)
{
    char path[512];
    char error[512];
    const char *folder = getenv("CANDIAL_FIRMWARE_DIR");
    snprintf(path, sizeof path, "%s/%s", folder == NULL ? "build/firmware" : folder, name);
    struct image *image = image_load(path, error, sizeof error);
    if (image == NULL) {
        fail_msg("%s", error);
    }
    for (size_t i = 0; i < image_segment_count(image); i++) {
        const struct image_segment *s = image_segment(image, i);
        assert_int_equal(board_load(r->board, s->address, s->bytes, s->length), 0);
    }
    image_free(image);
}

struct record car_rig_record(void)
{
    struct record record;
    record_default(&record);
    record.mode = RECORD_ACTIVE;
    record.dial[0].source.kind = SOURCE_OBD2;
    record.dial[0].source.obd2 = (struct source_obd2){.pid = OBD_PID_OIL, .rate_millihz = 2000};
    record.dial[0].timeout_ms = 3000;
    return record;
}

static void add_car(struct car_rig *r, const struct car_rig_config *config)
{
    struct can_car_config car = config->car;
    car.bitrate_bps = r->bus_bps;
    car.data_bitrate_bps = config->record->fd_data_bitrate_bps;
    car.seed = 1;
    car.avoided[car.avoided_count++] = (struct can_car_ids){0x7D0, 0x7F0, false};
    car.avoided[car.avoided_count++] = (struct can_car_ids){0x700, 0x780, false};
    can_car_init(&r->car, r->bus, &car, 0);
    r->has_car = true;
}

struct car_rig *car_rig_create(const struct car_rig_config *config)
{
    uint8_t bytes[RECORD_SIZE];
    const char *reason = "";
    struct car_rig *r = calloc(1, sizeof *r);
    assert_non_null(r);
    struct board_config board = config->board;
    board.listener = (struct board_listener){.uart = on_uart, .reset = on_reset, .ctx = r};
    r->board = board_create(&board, &reason);
    if (r->board == NULL) {
        fail_msg("%s", reason);
    }
    load(r, "candial_cm7.elf");
    load(r, "candial_cm4.elf");
    assert_int_equal(record_build(config->record, bytes, sizeof bytes), 0);
    assert_int_equal(board_load(r->board, SETTINGS_ADDRESS, bytes, sizeof bytes), 0);
    r->off_at = config->off_at;
    r->gateway_tail = config->gateway_tail;
    r->bus = board_can_bus(r->board);
    r->bus_bps = config->bus_bps != 0 ? config->bus_bps : config->record->bitrate_bps;
    r->bus_bps = r->bus_bps != 0 ? r->bus_bps : DEFAULT_BPS;
    r->board_node = fdcan_node(chip_periph(board_chip(r->board), "FDCAN1"));
    r->listener = (struct can_listener){.frame = on_frame, .ctx = r};
    can_bus_listen(r->bus, &r->listener);
    if (!config->no_car) {
        add_car(r, config);
    }
    return r;
}

void car_rig_destroy(struct car_rig *r)
{
    vtime_ps now = board_now(r->board);
    can_bus_unlisten(r->bus, &r->listener);
    for (unsigned i = 0; i < r->ecu_count; i++) {
        can_ecu_destroy(&r->ecu[i], now);
    }
    if (r->has_car) {
        can_car_destroy(&r->car, now);
    }
    board_destroy(r->board);
    free(r);
}

/* ---- control units ---- */

static int32_t temperature(void *ctx, bool coolant, vtime_ps now)
{
    const struct car_rig *r = ctx;
    if (!r->has_car || r->off_at != 0) {
        return coolant ? 80000 : 91000;
    }
    return coolant ? can_car_coolant_milli(&r->car, now) : can_car_temperature_milli(&r->car, now);
}

#define PID(number, ...)                                                                           \
    {                                                                                              \
        .request = {0x01, number}, .request_length = 2, __VA_ARGS__                                \
    }
#define A_MINUS_40 .length = 1, .length_bits = 8, .scale_micro = 1000000, .offset_micro = -40000000

static const uint8_t block_00[] = {0x98, 0x00, 0x00, 0x01};
static const uint8_t block_00_alone[] = {0x98, 0x00, 0x00, 0x00};
static const uint8_t block_20[] = {0x00, 0x00, 0x00, 0x01};
static const uint8_t block_40[] = {0x00, 0x00, 0x00, 0x10};

static const struct can_ecu_answer with_oil[] = {
    PID(0x00, .data = block_00, .length = 4),
    PID(0x20, .data = block_20, .length = 4),
    PID(0x40, .data = block_40, .length = 4),
    PID(0x05, A_MINUS_40, .is_coolant = true),
    PID(0x5C, A_MINUS_40),
};

static const struct can_ecu_answer without_oil[] = {
    PID(0x00, .data = block_00_alone, .length = 4),
    PID(0x05, A_MINUS_40, .is_coolant = true),
};

static const struct can_ecu_answer refusing[] = {
    PID(0x00, .data = block_00, .length = 4),
    PID(0x20, .data = block_20, .length = 4),
    PID(0x40, .data = block_40, .length = 4),
    PID(0x5C, .negative = 0x12),
};

static struct can_ecu_config obd(unsigned n, const struct can_ecu_answer *answers, unsigned count)
{
    return (struct can_ecu_config){.name = "ecu",
                                   .request_id = 0x7E0 + n,
                                   .answer_id = 0x7E8 + n,
                                   .functional_id = 0x7DF,
                                   .answers = answers,
                                   .answer_count = count};
}

struct can_ecu_config car_rig_obd(unsigned n)
{
    return obd(n, with_oil, sizeof with_oil / sizeof *with_oil);
}

struct can_ecu_config car_rig_obd_without_oil(unsigned n)
{
    return obd(n, without_oil, sizeof without_oil / sizeof *without_oil);
}

struct can_ecu_config car_rig_obd_refusing(unsigned n)
{
    return obd(n, refusing, sizeof refusing / sizeof *refusing);
}

struct can_ecu *car_rig_add(struct car_rig *r, const struct can_ecu_config *config)
{
    struct can_ecu_config ecu = *config;
    assert_true(r->ecu_count < CAR_RIG_ECUS);
    ecu.bitrate_bps = r->bus_bps;
    ecu.temperature_milli = temperature;
    ecu.ctx = r;
    can_ecu_init(&r->ecu[r->ecu_count], r->bus, &ecu, board_now(r->board));
    return &r->ecu[r->ecu_count++];
}

/* ---- running and looking ---- */

void car_rig_power(struct car_rig *r)
{
    board_power(r->board, true);
}

/* A gateway looks ten times a second whether it has to go on. */
void car_rig_run_until(struct car_rig *r, vtime_ps until)
{
    while (r->off_at != 0 && board_now(r->board) + VTIME_MS(100) < until) {
        board_run_until(r->board, board_now(r->board) + VTIME_MS(100));
        const vtime_ps now = board_now(r->board);
        const bool is_asleep = now >= r->off_at && now >= r->awake_until;
        if (is_asleep != r->car.asleep) {
            can_car_sleep(&r->car, is_asleep, now);
        }
    }
    board_run_until(r->board, until);
}

void car_rig_run_for(struct car_rig *r, vtime_ps duration)
{
    car_rig_run_until(r, board_now(r->board) + duration);
}

vtime_ps car_rig_now(const struct car_rig *r)
{
    return board_now(r->board);
}

bool car_rig_said(const struct car_rig *r, const char *begin)
{
    for (unsigned i = 0; i < r->text_count; i++) {
        if (strncmp(r->text[i], begin, strlen(begin)) == 0) {
            return true;
        }
    }
    return false;
}

const struct telemetry_dial *car_rig_dial(const struct car_rig *r)
{
    assert_true(r->told_count > 0);
    return &r->told.dial[0];
}

static void print_texts(const struct car_rig *r)
{
    for (unsigned i = 0; i < r->text_count; i++) {
        print_error("%8.3f s  %s\n", (double)r->text_at[i] * 1e-12, r->text[i]);
    }
}

void car_rig_check_shows(const struct car_rig *r, int32_t milli)
{
    const struct telemetry_dial *dial = car_rig_dial(r);
    if (dial->state != GAUGE_LIVE || abs(dial->frame_milli - milli) > 1000 ||
        abs(dial->shown_milli - milli) > 1500) {
        print_texts(r);
        fail_msg("%s, frame %d, shown %d, expected %d m°C", gauge_state_name(dial->state),
                 dial->frame_milli, dial->shown_milli, milli);
    }
}

void car_rig_check_clean(const struct car_rig *r)
{
    const struct findings *f = &board_chip(r->board)->findings;
    if (f->count != 0) {
        fail_msg("finding: %s", finding_text(board_chip(r->board), &f->list[0]).text);
    }
    assert_int_equal(board_resets(r->board), 0);
    assert_int_equal(board_rx_lost(r->board), 0);
}

uint32_t car_rig_shared(const struct car_rig *r, size_t offset)
{
    uint32_t word;
    const struct mem_region *ram =
        chip_region(board_chip(r->board), IPC_BLOCK_ADDRESS, MASTER_DEBUG);
    assert_non_null(ram);
    memcpy(&word, ram->host + (IPC_BLOCK_ADDRESS - ram->base) + offset, sizeof word);
    return word;
}

/* ---- another tester ---- */

struct once {
    struct can_node node;
    struct bus_frame frame;
    bool is_sent;
};

static bool once_pending(void *ctx, vtime_ps now, struct bus_frame *f)
{
    const struct once *once = ctx;
    (void)now;
    *f = once->frame;
    return !once->is_sent;
}

static void once_sent(void *ctx, const struct bus_frame *f, vtime_ps start, vtime_ps now)
{
    struct once *once = ctx;
    (void)f;
    (void)start;
    once->is_sent = true;
    can_node_request(&once->node, VTIME_NEVER, now);
}

void car_rig_tester(struct car_rig *r, uint32_t id, const uint8_t bytes[8])
{
    static const struct can_node_ops ops = {.pending = once_pending, .sent = once_sent};
    struct once once = {.frame = {.id = id, .dlc = 8}};
    const struct can_node_config config = {.bit_ps = VTIME_S(1) / r->bus_bps};
    memcpy(once.frame.data, bytes, 8);
    can_node_init(&once.node, "tester", &ops, &once, &config);
    can_node_attach(&once.node, r->bus, board_now(r->board));
    can_node_start(&once.node, board_now(r->board));
    can_node_request(&once.node, board_now(r->board), board_now(r->board));
    car_rig_run_for(r, VTIME_MS(20));
    assert_true(once.is_sent);
    can_node_detach(&once.node, board_now(r->board));
}
