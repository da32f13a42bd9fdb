/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
#include "debug/history.h"

#include "debug/history_internal.h"

#include <stdlib.h>
#include <string.h>

/* ---- who is told ---- */

static bool is_quiet(const struct history *h, uint64_t now_ps)
{
    return h->silent || now_ps < h->front_ps;
}

/* Hands a report on unless it has been made before. */
#define PASS(h, now_ps, callback, ...)                                                             \
    if (!is_quiet((h), (now_ps)) && (h)->listener.callback != NULL) {                              \
        (h)->listener.callback((h)->listener.context, __VA_ARGS__);                                \
    }

static void on_uart(void *context, uint8_t byte, uint64_t now_ps)
{
    struct history *h = context;
    PASS(h, now_ps, uart, byte, now_ps)
}

static void on_rose(void *context, const struct bench_pulse *pulse)
{
    struct history *h = context;
    PASS(h, pulse->rise_ps, rose, pulse)
}

static void on_fell(void *context, const struct bench_pulse *pulse)
{
    struct history *h = context;
    PASS(h, pulse->rise_ps + pulse->width_ps, fell, pulse)
}

static void on_reset(void *context, const struct bench_reset *reset)
{
    struct history *h = context;
    PASS(h, reset->time_ps, reset, reset)
}

static void on_frame(void *context, const struct bench_frame *frame)
{
    struct history *h = context;
    PASS(h, frame->end_ps, frame, frame)
}

static void on_led(void *context, const struct bench_led_edge *edge)
{
    struct history *h = context;
    PASS(h, edge->time_ps, led, edge)
}

static void on_adapter(void *context, uint8_t byte, uint64_t now_ps)
{
    struct history *h = context;
    PASS(h, now_ps, adapter, byte, now_ps)
}

static void on_edge(void *context, const struct bench_edge *edge)
{
    struct history *h = context;
    PASS(h, edge->time_ps, edge, edge)
}

static void on_serial(void *context, const struct bench_serial *serial)
{
    struct history *h = context;
    PASS(h, serial->time_ps, serial, serial)
}

static void on_core(void *context, const struct bench_core_change *change)
{
    struct history *h = context;
    PASS(h, change->time_ps, core, change)
}

static struct bench_listener gate(struct history *h)
{
    const struct bench_listener *l = &h->listener;
    return (struct bench_listener){.context = h,
                                   .uart = l->uart != NULL ? on_uart : NULL,
                                   .rose = on_rose,
                                   .fell = on_fell,
                                   .reset = on_reset,
                                   .frame = on_frame,
                                   .led = on_led,
                                   .adapter = on_adapter,
                                   .edge = on_edge,
                                   .serial = on_serial,
                                   .core = on_core};
}

/* ---- what is done to it ---- */

struct moment history_now(const struct history *h, enum core core)
{
    const struct target *t = &h->target;
    struct moment now = {.ps = board_now(t->board)};
    if (!t->core[core].stopped) {
        core = core == CORE_CM7 ? CORE_CM4 : CORE_CM7;
    }
    if (t->core[core].stopped) {
        const struct cpu *cpu = target_cpu(t, core);
        now = (struct moment){
            now.ps, true, core, cpu_instructions(cpu), cpu_exceptions_taken(cpu), cpu_time(cpu)};
    }
    return now;
}

static bool next_own_frame(void *ctx, struct bus_frame *frame, vtime_ps *time)
{
    struct history *h = ctx;
    const bool pending = h->is_pending;
    *frame = h->pending;
    *time = 0;
    h->is_pending = false;
    return pending;
}

static void send_frame(struct history *h, const struct deed *d)
{
    const vtime_ps now = board_now(h->target.board);
    h->pending = d->frame;
    h->is_pending = true;
    if (!h->has_player) {
        const struct can_player_config config = {.next = next_own_frame,
                                                 .ctx = h,
                                                 .start = now + 1,
                                                 .bitrate_bps = h->config.bitrate_bps,
                                                 .data_bitrate_bps = h->config.fd_data_bitrate_bps};
        can_player_init(&h->player, board_can_bus(h->target.board), &config, now);
        h->has_player = true;
    } else {
        can_player_kick(&h->player, now);
    }
}

void history_apply(struct history *h, const struct deed *d)
{
    const struct bench_model *m = &h->inner;
    struct cpu *cpu = target_cpu(&h->target, d->core);
    char text[BOARD_PROBE_TEXT];
    switch (d->kind) {
    case DEED_ACT:
        (void)m->ops->act(m->self, &d->step, text, sizeof text);
        break;
    case DEED_POWER_ON:
        m->ops->power_on(m->self);
        break;
    case DEED_UART:
        m->ops->uart_send(m->self, d->bytes, d->size);
        break;
    case DEED_ADAPTER:
        m->ops->adapter_send(m->self, d->value, d->bytes, d->size);
        break;
    case DEED_CAN:
        send_frame(h, d);
        break;
    case DEED_SEND:
        (void)m->ops->send(m->self, &d->sent);
        break;
    case DEED_CAR:
        (void)m->ops->car(m->self, &d->car);
        break;
    case DEED_REGISTER:
        cpu_set_reg(cpu, (enum cpu_reg)d->address, d->value);
        break;
    case DEED_MEMORY:
        (void)cpu_write_mem(cpu, d->address, d->bytes, d->size);
        break;
    case DEED_FLASH:
        (void)board_load(h->target.board, d->address, d->bytes, d->size);
        break;
    case DEED_HALT:
        cpu_halt(cpu, d->value != 0);
        break;
    }
}

void history_keep(struct history *h, const struct deed *deed)
{
    struct deed d = *deed;
    /* What halts a core is what the other one does. */
    const bool by_other = d.kind == DEED_HALT && d.core == CORE_CM7;
    d.when = history_now(h, d.kind != DEED_HALT ? d.core : by_other ? CORE_CM4 : CORE_CM7);
    deeds_forget(&h->deeds, h->next); /* what a debugger did later has not happened now */
    /* Those around the board may still be to come: it goes in front of them. */
    deeds_add(&h->deeds, &d);
    const struct deed added = h->deeds.list[h->deeds.count - 1];
    memmove(&h->deeds.list[h->next + 1], &h->deeds.list[h->next],
            (h->deeds.count - 1 - h->next) * sizeof added);
    h->deeds.list[h->next++] = added;
}

void history_do(struct history *h, const struct deed *deed)
{
    history_keep(h, deed);
    history_apply(h, deed);
}

static void on_halt(void *ctx, enum core core, bool halt)
{
    struct history *h = ctx;
    if (!h->silent) {
        history_keep(h, &(struct deed){.kind = DEED_HALT, .core = core, .value = halt});
    }
}

/* ---- the model ---- */

static bool pull_kept(void *context, struct can_log_frame *frame)
{
    struct history *h = context;
    if (h->frames_taken == h->frame_count) {
        if (!h->pull(h->pull_context, frame)) {
            return false;
        }
        if (h->frame_count == h->frame_room) {
            h->frame_room = h->frame_room == 0 ? 1024 : 2 * h->frame_room;
            struct can_log_frame *more = realloc(h->frames, h->frame_room * sizeof *more);
            if (more == NULL) {
                abort();
            }
            h->frames = more;
        }
        h->frames[h->frame_count++] = *frame;
    }
    *frame = h->frames[h->frames_taken++];
    return true;
}

static void op_play(void *self, bench_pull_frame *pull, void *context, uint64_t start_ps)
{
    struct history *h = self;
    h->pull = pull;
    h->pull_context = context;
    h->play_start_ps = start_ps;
    h->inner.ops->play(h->inner.self, pull_kept, h, start_ps);
}

static uint64_t op_drive(void *self, const struct bench_drive *drive)
{
    struct history *h = self;
    h->drives = true;
    h->drive = *drive;
    return h->inner.ops->drive(h->inner.self, drive);
}

static void op_power_on(void *self)
{
    history_do(self, &(struct deed){.kind = DEED_POWER_ON});
}

static bool op_act(void *self, const struct scenario_step *step, char *text, size_t size)
{
    struct history *h = self;
    const struct deed d = {.kind = DEED_ACT, .step = *step};
    history_keep(h, &d);
    return h->inner.ops->act(h->inner.self, step, text, size);
}

static void op_uart_send(void *self, const void *bytes, size_t length)
{
    history_do(self, &(struct deed){
                         .kind = DEED_UART, .bytes = (uint8_t *)(uintptr_t)bytes, .size = length});
}

static void op_adapter_send(void *self, uint32_t baud, const void *bytes, size_t length)
{
    history_do(self, &(struct deed){.kind = DEED_ADAPTER,
                                    .value = baud,
                                    .bytes = (uint8_t *)(uintptr_t)bytes,
                                    .size = length});
}

static bool op_send(void *self, const struct can_log_frame *frame)
{
    struct history *h = self;
    history_keep(h, &(struct deed){.kind = DEED_SEND, .sent = *frame});
    return h->inner.ops->send(h->inner.self, frame);
}

static bool op_car(void *self, const struct bench_car_act *act)
{
    struct history *h = self;
    history_keep(h, &(struct deed){.kind = DEED_CAR, .car = *act});
    return h->inner.ops->car(h->inner.self, act);
}

static size_t op_adapter_pending(void *self)
{
    struct history *h = self;
    return h->inner.ops->adapter_pending(h->inner.self);
}

static bool op_rom_waits(void *self)
{
    struct history *h = self;
    return h->inner.ops->rom_waits(h->inner.self);
}

static bool op_program(void *self, const struct image *image)
{
    struct history *h = self;
    return h->inner.ops->program(h->inner.self, image);
}

static void op_read_sd(void *self, void (*changed)(void *ctx, uint32_t block, const uint8_t *bytes),
                       void *ctx)
{
    struct history *h = self;
    h->inner.ops->read_sd(h->inner.self, changed, ctx);
}

static void op_read_flash(void *self, struct flash_file *file)
{
    struct history *h = self;
    h->inner.ops->read_flash(h->inner.self, file);
}

/* The board comes to where others acted upon it once, and they do so again. */
static void run_through_deeds(struct history *h, uint64_t until_ps)
{
    while (h->next < h->deeds.count && h->deeds.list[h->next].when.ps <= until_ps &&
           target_runs(&h->target)) {
        const struct deed *d = &h->deeds.list[h->next];
        h->inner.ops->run_until(h->inner.self, d->when.ps);
        if (!target_runs(&h->target)) {
            return;
        }
        h->next++;
        history_apply(h, d);
    }
}

static void op_run_until(void *self, uint64_t until_ps)
{
    struct history *h = self;
    run_through_deeds(h, until_ps);
    if (target_runs(&h->target)) {
        h->inner.ops->run_until(h->inner.self, until_ps);
    }
    const uint64_t now_ps = board_now(h->target.board);
    h->front_ps = now_ps > h->front_ps ? now_ps : h->front_ps;
}

/* For the bench time never runs backwards. */
static uint64_t op_now(void *self)
{
    return ((struct history *)self)->front_ps;
}

static void op_watch(void *self, unsigned wants)
{
    struct history *h = self;
    h->wants = wants;
    h->inner.ops->watch(h->inner.self, wants);
}

static enum bench_supply op_supply(void *self)
{
    struct history *h = self;
    return h->inner.ops->supply(h->inner.self);
}

static bool op_locked_up(void *self)
{
    struct history *h = self;
    return h->inner.ops->locked_up(h->inner.self);
}

static bool op_led(void *self, enum bench_led led)
{
    struct history *h = self;
    return h->inner.ops->led(h->inner.self, led);
}

static bool op_has_led(void *self, enum bench_led led)
{
    struct history *h = self;
    return h->inner.ops->has_led(h->inner.self, led);
}

static int32_t op_servo_pulse_ns(void *self)
{
    struct history *h = self;
    return h->inner.ops->servo_pulse_ns(h->inner.self);
}

static void op_counts(void *self, struct bench_counts *counts)
{
    struct history *h = self;
    h->inner.ops->counts(h->inner.self, counts);
}

static size_t op_finding_count(void *self)
{
    struct history *h = self;
    return h->inner.ops->finding_count(h->inner.self);
}

static void op_finding(void *self, size_t index, struct bench_finding *finding)
{
    struct history *h = self;
    h->inner.ops->finding(h->inner.self, index, finding);
}

static void op_core(void *self, enum bench_core_name core, bool whole, struct bench_core *look)
{
    struct history *h = self;
    h->inner.ops->core(h->inner.self, core, whole, look);
}

static void op_pin(void *self, unsigned pin, struct bench_pin *look)
{
    struct history *h = self;
    h->inner.ops->pin(h->inner.self, pin, look);
}

static bool op_can(void *self, unsigned index, struct bench_can *look)
{
    struct history *h = self;
    return h->inner.ops->can(h->inner.self, index, look);
}

static void destroy_board(struct history *h)
{
    if (h->has_player) {
        can_player_destroy(&h->player, board_now(h->target.board));
        h->has_player = false;
    }
    h->inner.ops->destroy(h->inner.self);
}

static void op_destroy(void *self)
{
    struct history *h = self;
    destroy_board(h);
    deeds_free(&h->deeds);
    free(h->frames);
    h->frames = NULL;
}

static const struct bench_model_ops history_ops = {
    .play = op_play,
    .drive = op_drive,
    .power_on = op_power_on,
    .act = op_act,
    .uart_send = op_uart_send,
    .send = op_send,
    .car = op_car,
    .adapter_send = op_adapter_send,
    .adapter_pending = op_adapter_pending,
    .rom_waits = op_rom_waits,
    .program = op_program,
    .read_flash = op_read_flash,
    .read_sd = op_read_sd,
    .run_until = op_run_until,
    .now = op_now,
    .watch = op_watch,
    .supply = op_supply,
    .locked_up = op_locked_up,
    .led = op_led,
    .has_led = op_has_led,
    .servo_pulse_ns = op_servo_pulse_ns,
    .counts = op_counts,
    .finding_count = op_finding_count,
    .finding = op_finding,
    .core = op_core,
    .pin = op_pin,
    .can = op_can,
    .destroy = op_destroy,
};

/* ---- boards ---- */

bool history_make_board(struct history *h, char *error, size_t error_size)
{
    h->config.listener = gate(h);
    return bench_board_create(&h->config, &h->inner, error, error_size);
}

bool history_create(struct history *h, const struct bench_board_config *config,
                    struct bench_model *model, char *error, size_t error_size)
{
    *h = (struct history){.config = *config, .listener = config->listener};
    if (!history_make_board(h, error, error_size)) {
        return false;
    }
    target_init(&h->target, bench_board_of(&h->inner));
    h->target.halted = on_halt;
    h->target.ctx = h;
    *model = (struct bench_model){h, &history_ops, h->inner.own_firmware};
    return true;
}

/* In place of the present one; everything as it was before the first power-on. */
void history_start_again(struct history *h)
{
    char error[256];
    destroy_board(h);
    if (!history_make_board(h, error, sizeof error)) {
        abort(); /* it could be made once */
    }
    target_move(&h->target, bench_board_of(&h->inner));
    h->next = 0;
    h->frames_taken = 0;
    if (h->pull != NULL) {
        h->inner.ops->play(h->inner.self, pull_kept, h, h->play_start_ps);
    } else if (h->drives) {
        (void)h->inner.ops->drive(h->inner.self, &h->drive);
    }
    if (h->inner.ops->watch != NULL) {
        h->inner.ops->watch(h->inner.self, h->wants);
    }
}
