/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
/* Who is attached, and who hears of what. */
#include "bench/observers.h"

/* Of a run that went back, and is not yet where it has been, only some are told. */
static bool hears(const struct bench *bench, const struct bench_observer *observer)
{
    return !bench->is_behind || observer->repeats;
}

/* Calls one callback of all observers that have it. */
#define TELL(bench, callback, ...)                                                                 \
    for (struct bench_observer *o = (bench)->observers; o != NULL; o = o->next) {                  \
        if (o->callback != NULL && hears((bench), o)) {                                            \
            o->callback(o->context, __VA_ARGS__);                                                  \
        }                                                                                          \
    }

/* The same for what happens on the board: behind the run's end only the last samples are waited for. */
#define TELL_EVENT(bench, callback, ...)                                                           \
    if (!(bench)->watch.closing) {                                                                 \
        TELL(bench, callback, __VA_ARGS__)                                                         \
    }

/* ---- what the watch makes of pulses and bytes ---- */

static void take_sample(void *context, const struct sample *sample)
{
    TELL((struct bench *)context, sample, sample)
}

static void take_line(void *context, const char *line, uint64_t now_ps)
{
    struct bench *bench = context;
    TELL_EVENT(bench, line, line, now_ps)
}

/* ---- what the board reports ---- */

static void on_uart(void *context, uint8_t byte, uint64_t now_ps)
{
    struct bench *bench = context;
    TELL_EVENT(bench, byte, byte, now_ps)
    bench_watch_uart(&bench->watch, byte, now_ps);
}

static void on_rose(void *context, const struct bench_pulse *pulse)
{
    bench_watch_rose(&((struct bench *)context)->watch, pulse);
}

static void on_fell(void *context, const struct bench_pulse *pulse)
{
    bench_watch_fell(&((struct bench *)context)->watch, pulse);
}

static void on_reset(void *context, const struct bench_reset *reset)
{
    struct bench *bench = context;
    bench_watch_reset(&bench->watch);
    TELL_EVENT(bench, reset, reset)
}

static void on_frame(void *context, const struct bench_frame *frame)
{
    struct bench *bench = context;
    bench_watch_frame(&bench->watch, frame);
    TELL_EVENT(bench, frame, frame)
}

static void on_packet(void *context, const struct bench_packet *packet)
{
    struct bench *bench = context;
    TELL_EVENT(bench, packet, packet)
}

static void on_led(void *context, const struct bench_led_edge *edge)
{
    struct bench *bench = context;
    TELL_EVENT(bench, led, edge)
}

static void on_adapter(void *context, uint8_t byte, uint64_t now_ps)
{
    struct bench *bench = context;
    TELL_EVENT(bench, adapter, byte, now_ps)
}

static void on_edge(void *context, const struct bench_edge *edge)
{
    struct bench *bench = context;
    TELL_EVENT(bench, edge, edge)
}

static void on_serial(void *context, const struct bench_serial *serial)
{
    struct bench *bench = context;
    TELL_EVENT(bench, serial, serial)
}

static void on_core(void *context, const struct bench_core_change *change)
{
    struct bench *bench = context;
    bench->core_state[change->core] = change->state;
    TELL_EVENT(bench, core, change)
}

void bench_init(struct bench *bench, const struct bench_options *options,
                const struct record *record)
{
    *bench = (struct bench){.options = options, .record = record};
    const struct bench_watch_config watch = {.record = record,
                                             .model = &bench->model,
                                             .context = bench,
                                             .sample = take_sample,
                                             .console = take_line};
    bench_watch_init(&bench->watch, &watch);
}

struct bench_listener bench_listener(struct bench *bench)
{
    return (struct bench_listener){.context = bench,
                                   .uart = on_uart,
                                   .rose = on_rose,
                                   .fell = on_fell,
                                   .reset = on_reset,
                                   .frame = on_frame,
                                   .packet = on_packet,
                                   .led = on_led,
                                   .adapter = on_adapter,
                                   .edge = on_edge,
                                   .serial = on_serial,
                                   .core = on_core};
}

/* ---- who is there ---- */

static unsigned wants(const struct bench *bench)
{
    unsigned all = 0;
    for (const struct bench_observer *o = bench->observers; o != NULL; o = o->next) {
        all |= o->edge != NULL ? BENCH_WANT_EDGES : 0u;
        all |= o->serial != NULL ? BENCH_WANT_SERIAL : 0u;
        all |= o->core != NULL ? BENCH_WANT_CORES : 0u;
    }
    return all;
}

static void tell_wants(const struct bench *bench)
{
    const struct bench_model *model = &bench->model;
    if (bench->watched && model->ops->watch != NULL) {
        model->ops->watch(model->self, wants(bench));
    }
}

void bench_attach(struct bench *bench, struct bench_observer *observer)
{
    struct bench_observer **end = &bench->observers;
    while (*end != NULL) {
        end = &(*end)->next;
    }
    observer->next = NULL;
    *end = observer;
    tell_wants(bench);
}

void bench_detach(struct bench *bench, struct bench_observer *observer)
{
    struct bench_observer **link = &bench->observers;
    while (*link != NULL && *link != observer) {
        link = &(*link)->next;
    }
    if (*link != NULL) { /* its own `next` stays: it may be the one that is being called */
        *link = observer->next;
    }
    tell_wants(bench);
}

uint64_t observers_step_ps(const struct bench *bench)
{
    uint64_t step_ps = BENCH_STEP_PS;
    for (const struct bench_observer *o = bench->observers; o != NULL; o = o->next) {
        step_ps = o->step_ps != 0 && o->step_ps < step_ps ? o->step_ps : step_ps;
    }
    return step_ps;
}

uint64_t observers_held_ns(const struct bench *bench)
{
    uint64_t all_ns = 0;
    for (const struct bench_observer *o = bench->observers; o != NULL; o = o->next) {
        all_ns += o->held_ns;
    }
    return all_ns;
}

bool observers_stay(const struct bench *bench)
{
    bool stays = false;
    for (const struct bench_observer *o = bench->observers; o != NULL; o = o->next) {
        stays = stays || o->stays;
    }
    return stays;
}

/* ---- what the bench tells ---- */

void observers_begin(struct bench *bench)
{
    bench->watched = true;
    tell_wants(bench);
}

static void look_at_supply(struct bench *bench)
{
    const struct bench_model *model = &bench->model;
    const enum bench_supply supply = model->ops->supply(model->self);
    bench->deadlock = bench->deadlock || supply == BENCH_SUPPLY_DEADLOCK;
    bench->lockup = bench->lockup || model->ops->locked_up(model->self);
    if (supply != bench->supply) {
        bench->supply = supply;
        TELL(bench, supply, supply, bench->now_ps)
    }
}

/* All but sleep, of which the board tells at once. */
static void look_at_cores(struct bench *bench)
{
    const struct bench_model *model = &bench->model;
    if ((wants(bench) & BENCH_WANT_CORES) == 0 || model->ops->core == NULL) {
        return;
    }
    for (unsigned i = 0; i < BENCH_CORES; i++) {
        struct bench_core look;
        model->ops->core(model->self, (enum bench_core_name)i, false, &look);
        if (look.state != bench->core_state[i]) {
            on_core(bench, &(struct bench_core_change){(enum bench_core_name)i, look.state,
                                                       bench->now_ps});
        }
    }
}

static bool wants_findings(const struct bench *bench)
{
    const struct bench_observer *o = bench->observers;
    while (o != NULL && o->finding == NULL) {
        o = o->next;
    }
    return o != NULL;
}

static void look_at_findings(struct bench *bench)
{
    const struct bench_model *model = &bench->model;
    if (!wants_findings(bench)) {
        return;
    }
    const size_t count = model->ops->finding_count(model->self);
    for (; bench->findings_told < count; bench->findings_told++) {
        struct bench_finding finding;
        model->ops->finding(model->self, bench->findings_told, &finding);
        TELL(bench, finding, &finding)
    }
}

void observers_look(struct bench *bench)
{
    look_at_supply(bench);
    look_at_cores(bench);
    look_at_findings(bench);
}

void observers_step(struct bench *bench, const struct bench_step *step)
{
    TELL(bench, step, step)
}

void observers_act(struct bench *bench, const char *line)
{
    TELL(bench, act, line, bench->now_ps)
}

void observers_end(struct bench *bench)
{
    TELL(bench, end, bench)
}

void observers_again(struct bench *bench)
{
    for (struct bench_observer *o = bench->observers; o != NULL; o = o->next) {
        if (o->again != NULL) {
            o->again(o->context);
        }
    }
}

bool observers_idle(struct bench *bench)
{
    bool has_something = false;
    for (struct bench_observer *o = bench->observers; o != NULL; o = o->next) {
        if (o->idle != NULL && hears(bench, o)) {
            o->idle(o->context);
            has_something = true;
        }
    }
    return has_something;
}
