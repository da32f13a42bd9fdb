/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
#include "lib/internal.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define PS_PER_US UINT64_C(1000000)

int candial_api_version(void)
{
    return CANDIAL_API_VERSION;
}

/* ---- what the board reports ---- */

static void on_uart(void *context, uint8_t byte, uint64_t now_ps)
{
    struct candial *c = context;
    (void)now_ps;
    if (c->uart_count < UART_MAX) {
        c->uart[(c->uart_first + c->uart_count++) % UART_MAX] = byte;
    }
}

static void on_fell(void *context, const struct bench_pulse *pulse)
{
    ((struct candial *)context)->pulse_us = (double)pulse->width_ps * 1e-6;
}

static void ignore_rose(void *context, const struct bench_pulse *pulse)
{
    (void)context;
    (void)pulse;
}

static void on_frame(void *context, const struct bench_frame *seen)
{
    struct candial *c = context;
    const struct can_log_frame *from = &seen->content;
    if (c->frame_count == FRAMES_MAX) {
        c->frame_first = (c->frame_first + 1) % FRAMES_MAX;
        c->frame_count--;
    }
    struct candial_frame *to = &c->frames[(c->frame_first + c->frame_count++) % FRAMES_MAX];
    *to = (struct candial_frame){.id = from->id,
                                 .extended = from->extended,
                                 .fd = from->fd,
                                 .remote = from->remote,
                                 .bit_rate_switch = from->bit_rate_switch,
                                 .length = from->len,
                                 .by_board = seen->sender == BENCH_BY_BOARD,
                                 .error = seen->error != BENCH_CAN_GOOD,
                                 .time_us = seen->end_ps / PS_PER_US};
    memcpy(to->data, from->data, sizeof to->data);
}

struct bench_listener candial_listener(struct candial *c)
{
    return (struct bench_listener){
        .context = c, .uart = on_uart, .rose = ignore_rose, .fell = on_fell, .frame = on_frame};
}

/* ---- life ---- */

/* What the caller's struct has not got is 0. */
static struct candial_options known(const struct candial_options *given)
{
    struct candial_options all = {0};
    memcpy(&all, given, given->size < sizeof all ? given->size : sizeof all);
    return all;
}

static bool take_option(struct candial *c, int option, const char *value)
{
    return value == NULL || board_options_take(&c->options, option, value);
}

static bool take_options(struct candial *c, const struct candial_options *o, char *error,
                         size_t error_size)
{
    c->options.seed = o->seed;
    if (take_option(c, OPTION_BOARD, o->board) && take_option(c, OPTION_WIRING, o->wiring) &&
        take_option(c, OPTION_ENGINE, o->engine)) {
        return true;
    }
    snprintf(error, error_size, "no such board, wiring or engine: see `candial run --help`");
    return false;
}

static bool make(struct candial *c, const struct candial_options *o, char *error, size_t error_size)
{
    if (!take_options(c, o, error, error_size)) {
        return false;
    }
    if (o->cm7 != NULL && !image_pair_open(&c->images, o->cm7, o->cm4, true, error, error_size)) {
        return false;
    }
    const struct bench_board_config config = {.options = &c->options,
                                              .cm7 = c->images.cm7,
                                              .cm4 = c->images.cm4,
                                              .bitrate_bps = o->can_bitrate_bps,
                                              .listener = candial_listener(c)};
    if (!bench_board_create(&config, &c->model, error, error_size)) {
        return false;
    }
    c->board = bench_board_of(&c->model);
    return true;
}

struct candial *candial_open(const struct candial_options *options, char *error, size_t error_size)
{
    const struct candial_options all = known(options);
    struct candial *c = calloc(1, sizeof *c);
    if (c == NULL) {
        snprintf(error, error_size, "out of memory");
        return NULL;
    }
    c->pulse_us = -1;
    if (make(c, &all, error, error_size)) {
        return c;
    }
    image_pair_close(&c->images);
    free(c);
    return NULL;
}

void candial_close(struct candial *c)
{
    if (c == NULL) {
        return;
    }
    if (c->has_player) {
        can_player_destroy(&c->player, board_now(c->board));
    }
    for (size_t i = 0; i < c->driven_count; i++) {
        signal_detach(&c->driven[i].driver, board_now(c->board));
    }
    c->model.ops->destroy(c->model.self);
    image_pair_close(&c->images);
    free(c);
}

/* ---- time, hands ---- */

void candial_run(struct candial *c, uint64_t microseconds)
{
    board_run_until(c->board, board_now(c->board) + microseconds * PS_PER_US);
}

uint64_t candial_now_us(const struct candial *c)
{
    return board_now(c->board) / PS_PER_US;
}

int candial_do(struct candial *c, const char *action, char *text, size_t size)
{
    struct scenario_step step = {0};
    char said[BOARD_PROBE_TEXT] = "";
    if (!scenario_parse_action(action, &step)) {
        return -1;
    }
    const bool good = c->model.ops->act(c->model.self, &step, said, sizeof said);
    if (text != NULL) {
        snprintf(text, size, "%s", said);
    }
    return good ? 0 : 1;
}

/* ---- UART, CAN ---- */

void candial_uart_send(struct candial *c, const void *bytes, size_t length)
{
    c->model.ops->uart_send(c->model.self, bytes, length);
}

size_t candial_uart_read(struct candial *c, void *bytes, size_t size)
{
    uint8_t *to = bytes;
    size_t count = 0;
    while (count < size && c->uart_count > 0) {
        to[count++] = c->uart[c->uart_first];
        c->uart_first = (c->uart_first + 1) % UART_MAX;
        c->uart_count--;
    }
    return count;
}

static bool next_send(void *ctx, struct bus_frame *frame, vtime_ps *time)
{
    struct candial *c = ctx;
    if (c->send_count == 0) {
        return false;
    }
    *frame = c->sends[c->send_first];
    *time = 0;
    c->send_first = (c->send_first + 1) % SENDS_MAX;
    c->send_count--;
    return true;
}

static bool is_frame(const struct candial_frame *f, const struct bus_frame *bus)
{
    return f->id <= (f->extended ? 0x1FFFFFFFu : 0x7FFu) && f->length <= (f->fd ? 64u : 8u) &&
           can_dlc_length(bus->dlc, bus->fd) == f->length;
}

int candial_can_send(struct candial *c, const struct candial_frame *f)
{
    const vtime_ps now = board_now(c->board);
    struct bus_frame bus = {.id = f->id,
                            .extended = f->extended != 0,
                            .fd = f->fd != 0,
                            .remote = f->remote != 0,
                            .brs = f->bit_rate_switch != 0,
                            .dlc = can_length_dlc(f->length)};
    if (!is_frame(f, &bus) || c->send_count == SENDS_MAX) {
        return -1;
    }
    memcpy(bus.data, f->data, sizeof bus.data);
    c->sends[(c->send_first + c->send_count++) % SENDS_MAX] = bus;
    if (c->has_player) {
        can_player_kick(&c->player, now);
        return 0;
    }
    const struct can_player_config config = {.next = next_send, .ctx = c, .start = now + 1};
    can_player_init(&c->player, board_can_bus(c->board), &config, now);
    c->has_player = true;
    return 0;
}

int candial_can_read(struct candial *c, struct candial_frame *frame)
{
    if (c->frame_count == 0) {
        return 0;
    }
    *frame = c->frames[c->frame_first];
    c->frame_first = (c->frame_first + 1) % FRAMES_MAX;
    c->frame_count--;
    return 1;
}
