/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
#include "bench/activity.h"

#include <stdio.h>
#include <string.h>

/* ---- cores ---- */

static const char *function_at(const struct bench_core *look)
{
    uint32_t offset;
    return look->image == NULL ? NULL : image_function(look->image, look->pc, &offset);
}

static void take_fate(struct activity_core *core, const struct bench_core *look, uint64_t now_ps)
{
    const char *last_call;
    const enum bench_fate fate = bench_fate_of(&core->calls, look, &last_call);
    if (fate != core->fate) {
        core->fate = fate;
        core->fate_looks = 0;
        core->fate_ps = now_ps;
    }
    core->fate_looks++;
    core->last_call = last_call;
}

static void look_at(struct bench_activity *a, enum bench_core_name name)
{
    const struct bench_model *model = &a->bench->model;
    struct activity_core *core = &a->core[name];
    struct bench_core look;
    model->ops->core(model->self, name, true, &look);
    core->looks[core->look_count % ACTIVITY_LOOKS] =
        (struct activity_look){look.state, function_at(&look)};
    core->look_count++;
    core->pc = look.pc;
    core->exception = look.exception;
    take_fate(core, &look, a->now_ps);
}

static void look_at_cans(struct bench_activity *a)
{
    const struct bench_model *model = &a->bench->model;
    a->can_count = 0;
    while (model->ops->can != NULL && a->can_count < ACTIVITY_CANS &&
           model->ops->can(model->self, a->can_count, &a->can[a->can_count])) {
        a->can_count++;
    }
}

static void take_step(void *context, const struct bench_step *step)
{
    struct bench_activity *a = context;
    if (step->last) {
        return; /* what has been seen stands */
    }
    a->now_ps = step->now_ps;
    if (step->now_ps < a->next_look_ps || a->bench->model.ops->core == NULL) {
        return;
    }
    a->next_look_ps = (step->now_ps / ACTIVITY_LOOK_PS + 1) * ACTIVITY_LOOK_PS;
    look_at(a, BENCH_CM7);
    look_at(a, BENCH_CM4);
    look_at_cans(a);
}

bool bench_activity_is_dead(const struct activity_core *core)
{
    return core->fate == BENCH_FATE_LOCKED_UP ||
           (core->fate != BENCH_FATE_NONE &&
            (core->fate_looks >= ACTIVITY_FATE_LOOKS || core->fate_looks == core->look_count));
}

unsigned bench_activity_looks(const struct activity_core *core)
{
    return core->look_count < ACTIVITY_LOOKS ? (unsigned)core->look_count : ACTIVITY_LOOKS;
}

unsigned bench_activity_in_state(const struct activity_core *core, enum bench_core_state state)
{
    unsigned count = 0;
    for (unsigned i = 0; i < bench_activity_looks(core); i++) {
        count += core->looks[i].state == state;
    }
    return count;
}

enum bench_core_state bench_activity_state(const struct activity_core *core)
{
    enum bench_core_state best = BENCH_CORE_OFF;
    for (unsigned state = 0; state <= BENCH_CORE_RUNS; state++) {
        if (bench_activity_in_state(core, (enum bench_core_state)state) >
            bench_activity_in_state(core, best)) {
            best = (enum bench_core_state)state;
        }
    }
    return best;
}

static bool is_same(const char *a, const char *b)
{
    return a == b || (a != NULL && b != NULL && strcmp(a, b) == 0);
}

static unsigned looks_in(const struct activity_core *core, enum bench_core_state state,
                         const char *function)
{
    unsigned count = 0;
    for (unsigned i = 0; i < bench_activity_looks(core); i++) {
        count += core->looks[i].state == state && is_same(core->looks[i].function, function);
    }
    return count;
}

static bool is_listed(const struct activity_place *places, unsigned count, const char *function)
{
    for (unsigned i = 0; i < count; i++) {
        if (is_same(places[i].function, function)) {
            return true;
        }
    }
    return false;
}

unsigned bench_activity_places(const struct activity_core *core, enum bench_core_state state,
                               struct activity_place *places, unsigned max)
{
    unsigned count = 0;
    for (; count < max; count++) {
        struct activity_place best = {NULL, 0};
        for (unsigned i = 0; i < bench_activity_looks(core); i++) {
            const char *function = core->looks[i].function;
            const unsigned looks = looks_in(core, state, function);
            if (looks > best.looks && !is_listed(places, count, function)) {
                best = (struct activity_place){function, looks};
            }
        }
        if (best.looks == 0) {
            break;
        }
        places[count] = best;
    }
    return count;
}

/* ---- LEDs and pins ---- */

bool bench_activity_pin(const struct bench_activity *a, unsigned pin, struct bench_pin *look)
{
    const struct bench_model *model = &a->bench->model;
    if (model->ops->pin == NULL) {
        return false;
    }
    model->ops->pin(model->self, pin, look);
    if (look->level == BENCH_LOW || look->level == BENCH_HIGH) {
        look->level = a->pin[pin].high ? BENCH_HIGH : BENCH_LOW;
    }
    return look->driven;
}

static void take_led(void *context, const struct bench_led_edge *edge)
{
    struct bench_activity *a = context;
    bench_rhythm_take(&a->led[edge->led], edge->on, edge->time_ps);
}

static void take_edge(void *context, const struct bench_edge *edge)
{
    struct bench_activity *a = context;
    bench_rhythm_take(&a->pin[edge->pin], edge->level == BENCH_HIGH, edge->time_ps);
}

/* ---- serial lines ---- */

static struct activity_serial *serial_of(struct bench_activity *a,
                                         const struct bench_serial *serial)
{
    for (unsigned i = 0; i < a->serial_count; i++) {
        if (a->serial[i].pin == serial->pin) {
            return &a->serial[i];
        }
    }
    if (a->serial_count == ACTIVITY_SERIALS) {
        return NULL;
    }
    struct activity_serial *line = &a->serial[a->serial_count++];
    *line = (struct activity_serial){.pin = serial->pin};
    snprintf(line->name, sizeof line->name, "%s", serial->name);
    return line;
}

static void take_character(struct activity_serial *line, uint8_t byte)
{
    if (byte == '\n' || byte == '\r') {
        line->ended = true;
        return;
    }
    if (line->ended) {
        line->ended = false;
        line->length = 0;
    }
    if (line->length + 1 < sizeof line->line) {
        line->line[line->length++] = byte >= ' ' && byte < 0x7F ? (char)byte : '?';
        line->line[line->length] = '\0';
    }
}

static void take_serial(void *context, const struct bench_serial *serial)
{
    if (!serial->by_board || serial->is_break) {
        return;
    }
    struct activity_serial *line = serial_of(context, serial);
    if (line != NULL) {
        line->baud = serial->baud;
        line->bytes++;
        take_character(line, (uint8_t)serial->data);
    }
}

/* ---- CAN ---- */

static struct activity_sent *sent_of(struct bench_activity *a, const struct bench_frame *frame)
{
    for (unsigned i = 0; i < a->sent_count; i++) {
        if (a->sent[i].id == frame->content.id && a->sent[i].extended == frame->content.extended) {
            return &a->sent[i];
        }
    }
    if (a->sent_count == ACTIVITY_SENT_IDS) {
        return NULL;
    }
    struct activity_sent *sent = &a->sent[a->sent_count++];
    *sent = (struct activity_sent){
        .id = frame->content.id, .extended = frame->content.extended, .first_ps = frame->end_ps};
    return sent;
}

static void take_frame(void *context, const struct bench_frame *frame)
{
    struct bench_activity *a = context;
    if (frame->sender != BENCH_BY_BOARD) {
        return;
    }
    struct activity_sent *sent = sent_of(a, frame);
    if (sent == NULL) {
        a->sent_others++;
    } else if (frame->error != BENCH_CAN_GOOD) {
        sent->destroyed++;
        sent->error = frame->error;
    } else {
        sent->first_ps = sent->count == 0 ? frame->end_ps : sent->first_ps;
        sent->last_ps = frame->end_ps;
        sent->count++;
    }
}

bool bench_activity_has_led(const struct bench_activity *a, enum bench_led led)
{
    const struct bench_model *m = &a->bench->model;
    return m->ops->has_led(m->self, led);
}

/* ---- resets ---- */

static void take_reset(void *context, const struct bench_reset *reset)
{
    struct bench_activity *a = context;
    for (unsigned i = 0; i < sizeof a->resets / sizeof *a->resets; i++) {
        a->resets[i] += reset->causes >> i & 1u;
    }
}

void bench_activity_init(struct bench_activity *activity, struct bench *bench)
{
    *activity = (struct bench_activity){.bench = bench};
    activity->observer = (struct bench_observer){.context = activity,
                                                 .edge = take_edge,
                                                 .serial = take_serial,
                                                 .led = take_led,
                                                 .frame = take_frame,
                                                 .reset = take_reset,
                                                 .step = take_step};
}
