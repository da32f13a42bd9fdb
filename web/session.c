/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
#include "web/session.h"

#include "view/activity_text.h"
#include "view/json_lines.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* How many of each a message tells. At 60 messages a second and 100 times real time there are 83 samples. */
enum { SAMPLES_MAX = 512, ERRORS_MAX = 32, FRAMES_MAX = 512, EDGES_MAX = 4096, LINES_MAX = 32 };

static double seconds(uint64_t ps)
{
    return (double)ps * 1e-12;
}

/* The name of the function at `pc`, or NULL. */
static const char *function_of(const struct web_session *self, enum bench_core_name core,
                               const struct image *image, uint32_t pc)
{
    uint32_t offset;
    const struct image *there = self->programmed[core] != NULL ? self->programmed[core] : image;
    return there == NULL ? NULL : image_function(there, pc, &offset);
}

static void put_name(struct web_text *to, const char *name)
{
    if (name == NULL) {
        web_text_put(to, "null");
    } else {
        web_text_put_quoted(to, name, strlen(name));
    }
}

/* ---- what happens ---- */

static void put_sample(struct web_session *self, unsigned max)
{
    char line[JSON_LINE_MAX];
    if (web_list_begin(&self->samples, max)) {
        int length = json_sample(line, &self->latest);
        web_text_put(&self->samples.text, "%.*s", length - 1, line); /* without its newline */
    }
}

static void take_sample(void *context, const struct sample *sample)
{
    struct web_session *self = context;
    self->latest = *sample;
    put_sample(self, SAMPLES_MAX);
}

static void take_byte(void *context, uint8_t byte, uint64_t now_ps)
{
    struct web_session *self = context;
    (void)now_ps;
    if (self->console_length == WEB_CONSOLE_MAX) {
        self->console_lost++;
    } else {
        self->console[self->console_length++] = (char)byte;
    }
}

/* As candump writes it, without its time. */
static void tap(struct web_session *self, const struct bench_frame *frame)
{
    const struct can_log_frame *content = &frame->content;
    struct web_text *text = &self->frames.text;
    if (!self->taps || frame->sender != BENCH_BY_BOARD ||
        !web_list_begin(&self->frames, FRAMES_MAX)) {
        return;
    }
    web_text_put(text, "\"%0*" PRIX32 "#%s", content->extended ? 8 : 3, content->id,
                 content->remote ? "R" : "");
    if (content->fd) {
        web_text_put(text, "#%d",
                     (content->bit_rate_switch ? 1 : 0) + (content->error_state ? 2 : 0));
    }
    for (unsigned i = 0; i < content->len && !content->remote; i++) {
        web_text_put(text, "%02X", content->data[i]);
    }
    web_text_put(text, "\"");
}

static void take_frame(void *context, const struct bench_frame *frame)
{
    static const char *const errors[] = {
        [BENCH_CAN_GOOD] = "none", [BENCH_CAN_STUFF] = "stuff", [BENCH_CAN_FORM] = "form",
        [BENCH_CAN_ACK] = "ack",   [BENCH_CAN_BIT1] = "bit1",   [BENCH_CAN_BIT0] = "bit0",
        [BENCH_CAN_CRC] = "crc"};
    struct web_session *self = context;
    if (frame->error == BENCH_CAN_GOOD) {
        web_bus_table_take(self->bus, frame);
        tap(self, frame);
    } else if (web_list_begin(&self->errors, ERRORS_MAX)) {
        web_text_put(&self->errors.text,
                     "{\"t_s\":%.6f,\"id\":%" PRIu32 ",\"sender\":\"%s\",\"error\":\"%s\"}",
                     seconds(frame->end_ps), frame->content.id, web_sender_name(frame->sender),
                     errors[frame->error]);
    }
}

static void take_edge(void *context, const struct bench_edge *edge)
{
    struct web_session *self = context;
    if (self->scoped[edge->pin] && web_list_begin(&self->edges, EDGES_MAX)) {
        web_text_put(&self->edges.text, "[\"%s\",%.9f,%d]", edge->name, seconds(edge->time_ps),
                     (int)edge->level);
    }
}

static void take_act(void *context, const char *line, uint64_t now_ps)
{
    struct web_session *self = context;
    if (web_list_begin(&self->acts, LINES_MAX)) {
        web_text_put(&self->acts.text, "{\"t_s\":%.6f,\"text\":", seconds(now_ps));
        web_text_put_quoted(&self->acts.text, line, strlen(line));
        web_text_put(&self->acts.text, "}");
    }
}

static void take_finding(void *context, const struct bench_finding *finding)
{
    struct web_session *self = context;
    if (web_list_begin(&self->findings, LINES_MAX)) {
        struct web_text *text = &self->findings.text;
        const bool is_cm4 = strcmp(finding->core, bench_core_name(BENCH_CM4)) == 0;
        web_text_put(text,
                     "{\"t_s\":%.6f,\"core\":\"%s\",\"function\":", seconds(finding->first_ps),
                     finding->core);
        put_name(text,
                 function_of(self, is_cm4 ? BENCH_CM4 : BENCH_CM7, finding->image, finding->pc));
        web_text_put(text, ",\"text\":");
        web_text_put_quoted(text, finding->text, strlen(finding->text));
        web_text_put(text, "}");
    }
}

static void take_reset(void *context, const struct bench_reset *reset)
{
    struct web_session *self = context;
    if (web_list_begin(&self->resets, LINES_MAX)) {
        web_text_put(&self->resets.text, "{\"t_s\":%.6f,\"causes\":%u}", seconds(reset->time_ps),
                     reset->causes);
    }
}

static void take_end(void *context, const struct bench *bench)
{
    (void)bench;
    ((struct web_session *)context)->ended = true;
}

/* ---- how things are ---- */

static void put_core(const struct web_session *self, enum bench_core_name name, struct web_text *to)
{
    const struct bench_model *model = &self->bench->model;
    struct bench_core look;
    model->ops->core(model->self, name, true, &look);
    web_text_put(to, "{\"core\":\"%s\",\"state\":\"%s\",\"function\":", bench_core_name(name),
                 activity_state_name(look.state));
    put_name(to, function_of(self, name, look.image, look.pc));
    web_text_put(to, "}");
}

static void put_cans(const struct web_session *self, struct web_text *to)
{
    static const char *const states[] = {[BENCH_CAN_OFF] = "off",
                                         [BENCH_CAN_SYNCHRONIZING] = "synchronizing",
                                         [BENCH_CAN_ACTIVE] = "active",
                                         [BENCH_CAN_PASSIVE] = "passive",
                                         [BENCH_CAN_BUS_OFF] = "bus-off"};
    const struct bench_model *model = &self->bench->model;
    struct bench_can can;
    web_text_put(to, ",\"cans\":[");
    for (unsigned i = 0; model->ops->can(model->self, i, &can); i++) {
        web_text_put(to,
                     "%s{\"name\":\"%s\",\"state\":\"%s\",\"tec\":%u,\"rec\":%u,\"sent\":%" PRIu64
                     ",\"received\":%" PRIu64 ",\"lost\":%" PRIu64 ",\"bit_hz\":%" PRIu32 "}",
                     i == 0 ? "" : ",", can.name, states[can.state], can.tec, can.rec, can.sent,
                     can.received, can.lost, can.bit_hz);
    }
    web_text_put(to, "]");
}

static const char *yes(bool is_so)
{
    return is_so ? "true" : "false";
}

/* Where in the log, or null; the first frame comes a second after power-on. */
static void put_log(const struct web_session *self, struct web_text *to)
{
    const uint64_t now_ps = self->bench->now_ps;
    if (self->bench->source == NULL) {
        web_text_put(to, ",\"log\":null");
        return;
    }
    web_text_put(to, ",\"log\":{\"t_s\":%.6f,\"frames\":%" PRIu64 ",\"ended\":%s}",
                 now_ps < BENCH_FIRST_FRAME_PS ? 0.0 : seconds(now_ps - BENCH_FIRST_FRAME_PS),
                 self->bench->pulled, yes(self->bench->source_ended));
}

static void put_board(const struct web_session *self, struct web_text *to)
{
    const struct bench_model *model = &self->bench->model;
    const struct web_hands *h = &self->hands;
    web_text_put(to, "\"t_s\":%.6f,\"ended\":%s,\"supply\":\"%s\",\"leds\":[",
                 seconds(self->bench->now_ps), yes(self->ended),
                 bench_supply_name(model->ops->supply(model->self)));
    for (unsigned i = 0; i < BENCH_LED_COUNT; i++) {
        web_text_put(to, "%s%s", i == 0 ? "" : ",",
                     yes(model->ops->led(model->self, (enum bench_led)i)));
    }
    web_text_put(to,
                 "],\"hands\":{\"power\":%s,\"nrst_held\":%s,\"boot0\":%s,\"button\":%s,"
                 "\"servo\":%s,\"engine\":%s,\"sensor\":%s},\"cores\":[",
                 yes(h->power), yes(h->nrst_held), yes(h->boot0), yes(h->button),
                 yes(h->servo_plugged), yes(h->engine_on), yes(h->sensor_ok));
    put_core(self, BENCH_CM7, to);
    web_text_put(to, ",");
    put_core(self, BENCH_CM4, to);
    web_text_put(to, "]");
    put_cans(self, to);
    put_log(self, to);
}

void web_session_state(struct web_session *self, struct web_text *to)
{
    web_text_put(to, "{\"kind\":\"state\",");
    put_board(self, to);
    web_text_put(to, ",\"servo_ns\":%" PRId32,
                 self->bench->model.ops->servo_pulse_ns(self->bench->model.self));
    web_text_put(to, ",\"console\":");
    web_text_put_quoted(to, self->console, self->console_length);
    if (self->console_lost > 0) {
        web_text_put(to, ",\"console_dropped\":%" PRIu64, self->console_lost);
    }
    self->console_length = 0;
    self->console_lost = 0;
    if (self->samples.dropped > 0) { /* whatever was left out: the last one says how things are */
        self->samples.dropped--;
        put_sample(self, SAMPLES_MAX + 1);
    }
    web_list_move(&self->samples, to, "samples");
    web_list_move(&self->errors, to, "errors");
    web_list_move(&self->frames, to, "frames");
    web_list_move(&self->edges, to, "edges");
    web_list_move(&self->acts, to, "acts");
    web_list_move(&self->findings, to, "findings");
    web_list_move(&self->resets, to, "resets");
    web_bus_table_put(self->bus, self->decoder, to);
    web_text_put(to, "}");
}

/* ---- the session ---- */

static const struct web_hands hands_at_first = {
    .power = true, .servo_plugged = true, .engine_on = true, .sensor_ok = true};

bool web_session_init(struct web_session *self, struct bench *bench,
                      const struct image_pair *images)
{
    char error[128];
    *self = (struct web_session){
        .bench = bench,
        .images = images,
        .hands = hands_at_first,
        .bus = calloc(1, sizeof *self->bus),
        .decoder = decoder_for_record(bench->record, NULL, error, sizeof error),
        .observer = {.context = self,
                     .repeats = true,
                     .sample = take_sample,
                     .byte = take_byte,
                     .frame = take_frame,
                     .act = take_act,
                     .finding = take_finding,
                     .reset = take_reset,
                     .end = take_end},
        .pins = {.context = self, .repeats = true, .edge = take_edge},
    };
    return self->bus != NULL;
}

void web_session_free(struct web_session *self)
{
    struct web_list *lists[] = {&self->samples, &self->errors,   &self->frames, &self->edges,
                                &self->acts,    &self->findings, &self->resets};
    for (size_t i = 0; i < sizeof lists / sizeof *lists; i++) {
        web_text_free(&lists[i]->text);
    }
    for (unsigned i = 0; i < BENCH_CORES; i++) {
        image_free(self->programmed[i]);
    }
    decoder_free(self->decoder);
    dbc_free(self->dbc);
    free(self->bus);
    *self = (struct web_session){.bench = NULL};
}

void web_session_again(struct web_session *self)
{
    struct web_list *lists[] = {&self->samples, &self->errors,   &self->frames, &self->edges,
                                &self->acts,    &self->findings, &self->resets};
    for (size_t i = 0; i < sizeof lists / sizeof *lists; i++) {
        web_text_clear(&lists[i]->text);
        lists[i]->count = 0;
        lists[i]->dropped = 0;
    }
    self->hands = hands_at_first;
    self->latest = (struct sample){0};
    self->console_length = 0;
    self->console_lost = 0;
    *self->bus = (struct web_bus_table){.used = 0};
}

bool web_session_dbc(struct web_session *self, const char *path, char *error, size_t error_size)
{
    struct dbc *dbc = dbc_load(path, error, error_size);
    struct decoder *decoder = dbc == NULL ? NULL : decoder_for_dbc(dbc, NULL, error, error_size);
    if (decoder == NULL) {
        dbc_free(dbc);
        return false;
    }
    decoder_free(self->decoder);
    dbc_free(self->dbc);
    self->dbc = dbc;
    self->decoder = decoder;
    return true;
}
