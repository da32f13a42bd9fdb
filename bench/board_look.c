/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
/* Looking at the virtual board: pins, serial lines, CAN controllers, cores. */
#include "bench/board_internal.h"

#include "vboard/cpu/cpu.h"
#include "vboard/periph/fdcan/fdcan.h"

#include <stdio.h>
#include <string.h>

#define PORT_PINS 16u

/* RM0399 2.3.2 Table 7, 12.4.1: two mode bits a pin, 1 = output. */
#define GPIOA 0x58020000u
#define PORT_SIZE 0x400u
#define MODER_OUTPUT 1u

#define PS_PER_SECOND UINT64_C(1000000000000)

static uint32_t peek(struct bench_board *self, uint32_t address)
{
    uint32_t value = 0;
    (void)cpu_read_mem(board_cpu(self->board, CORE_CM7), address, &value, sizeof value);
    return value;
}

/* ---- pins ---- */

static unsigned pin_index(const struct bench_board *self, const struct signal *s)
{
    return (unsigned)(s - &board_chip(self->board)->pins.pin[0][0]);
}

static struct signal *pin_signal(const struct bench_board *self, unsigned pin)
{
    return &board_chip(self->board)->pins.pin[pin / PORT_PINS][pin % PORT_PINS];
}

/* The peripheral that the pin is handed to and that drives it, or NULL. */
static const struct pinfunc *driving_function(const struct bench_board *self, unsigned pin)
{
    const struct pinfunc *f = board_chip(self->board)->pins.af[pin / PORT_PINS][pin % PORT_PINS];
    return f != NULL && (f->wanted == DRIVE_LOW || f->wanted == DRIVE_HIGH) ? f : NULL;
}

static enum bench_level level_of(const struct signal *s)
{
    static const enum bench_level levels[] = {[LEVEL_LOW] = BENCH_LOW,
                                              [LEVEL_HIGH] = BENCH_HIGH,
                                              [LEVEL_FLOATING] = BENCH_FLOATING,
                                              [LEVEL_CONFLICT] = BENCH_CONFLICT};
    return levels[s->level];
}

static void on_pin(void *ctx, struct signal *s, vtime_ps now)
{
    const struct bench_board *self = ctx;
    const struct bench_listener *l = &self->config.listener;
    const struct bench_edge edge = {
        .pin = pin_index(self, s), .name = s->name, .level = level_of(s), .time_ps = now};
    if ((self->wants & BENCH_WANT_EDGES) != 0 && l->edge != NULL) {
        l->edge(l->context, &edge);
    }
}

static uint32_t baud_of(const struct symbol *sym)
{
    return sym->bit_ps == 0 ? 0 : (uint32_t)((PS_PER_SECOND + sym->bit_ps / 2) / sym->bit_ps);
}

static void on_symbol(void *ctx, struct signal *s, const struct symbol *sym)
{
    const struct bench_board *self = ctx;
    const struct bench_listener *l = &self->config.listener;
    const unsigned pin = pin_index(self, s);
    const struct bench_serial serial = {.pin = pin,
                                        .name = s->name,
                                        .by_board = driving_function(self, pin) != NULL,
                                        .data = sym->data,
                                        .data_bits = sym->data_bits,
                                        .parity = sym->parity,
                                        .is_break = sym->is_break,
                                        .baud = baud_of(sym),
                                        .time_ps = sym->end};
    if (!sym->is_clock && (self->wants & BENCH_WANT_SERIAL) != 0 && l->serial != NULL) {
        l->serial(l->context, &serial);
    }
}

/* Listeners on signals stay; what they hear goes nowhere when nobody wants it any more. */
static void hear_pins(struct bench_board *self)
{
    for (unsigned pin = 0; pin < BENCH_PINS; pin++) {
        self->pin_listeners[pin] =
            (struct signal_listener){.changed = on_pin, .symbol = on_symbol, .ctx = self};
        signal_listen(pin_signal(self, pin), &self->pin_listeners[pin]);
    }
    self->hears_pins = true;
}

/* Parts drive pins before there is power; who begins to look is told what he has missed. */
static void tell_levels(struct bench_board *self)
{
    for (unsigned pin = 0; pin < BENCH_PINS; pin++) {
        struct signal *s = pin_signal(self, pin);
        if (s->level != LEVEL_FLOATING) {
            on_pin(self, s, board_now(self->board));
        }
    }
}

void bench_board_pin(void *context, unsigned pin, struct bench_pin *look)
{
    struct bench_board *self = context;
    struct signal *s = pin_signal(self, pin);
    signal_settle(s);
    const struct pinfunc *f = driving_function(self, pin);
    const uint32_t moder = peek(self, GPIOA + pin / PORT_PINS * PORT_SIZE);
    const bool is_output = (moder >> (2 * (pin % PORT_PINS)) & 3u) == MODER_OUTPUT;
    const bool has_power =
        board_chip(self->board)->resets.powered && !board_chip(self->board)->resets.vcore_lost;
    *look = (struct bench_pin){.driven = has_power && (f != NULL || is_output),
                               .level = level_of(s),
                               .clock_hz = f != NULL ? (f->clock_uhz + 500000) / 1000000 : 0};
    snprintf(look->name, sizeof look->name, "%s", s->name);
    snprintf(look->function, sizeof look->function, "%s", f != NULL ? f->name : "output");
}

/* ---- the console ---- */

static void on_console(void *ctx, struct signal *s, const struct symbol *sym)
{
    struct bench_board *self = ctx;
    const struct bench_listener *l = &self->config.listener;
    const uint32_t baud = baud_of(sym);
    (void)s;
    if (baud != self->console_baud && baud != 0) {
        self->console_baud = baud; /* what is typed goes back at the same speed */
        board_uart_baud(self->board, baud);
    }
    if (l->uart != NULL && !sym->is_break) {
        l->uart(l->context, (uint8_t)sym->data, sym->end);
    }
}

void bench_board_hear_console(struct bench_board *self)
{
    const struct board_pin tx = board_options_board(self->config.options)->console.tx;
    if (tx.port == 0) {
        return;
    }
    struct signal *pin = chip_pin(board_chip(self->board), tx.port, tx.number);
    self->console_listener = (struct signal_listener){.symbol = on_console, .ctx = self};
    signal_listen(pin, &self->console_listener);
}

/* ---- CAN ---- */

static enum bench_can_state can_state(const struct can_node *node)
{
    switch (node->state) {
    case CAN_NODE_ON:
        return can_node_error_passive(node) ? BENCH_CAN_PASSIVE : BENCH_CAN_ACTIVE;
    case CAN_NODE_SYNCHRONIZING:
        return node->bus_off ? BENCH_CAN_BUS_OFF : BENCH_CAN_SYNCHRONIZING;
    case CAN_NODE_BUS_OFF:
        return BENCH_CAN_BUS_OFF;
    default:
        return BENCH_CAN_OFF;
    }
}

static uint32_t bit_hz(const struct can_node *node)
{
    uint64_t bit_ps = node->config.bit_ps;
    return bit_ps == 0 ? 0 : (uint32_t)((VTIME_S(1) + bit_ps / 2) / bit_ps);
}

static uint32_t bus_bit_hz(const struct bench_board *self)
{
    uint32_t configured = self->config.bitrate_bps != 0 ? self->config.bitrate_bps : 500000;
    return self->playing || self->driving ? configured : 0;
}

bool bench_board_can(void *context, unsigned index, struct bench_can *look)
{
    static const char *const names[] = {"FDCAN1", "FDCAN2"};
    struct bench_board *self = context;
    if (index >= sizeof names / sizeof *names) {
        return false;
    }
    const struct periph *p = chip_periph(board_chip(self->board), names[index]);
    const struct can_node *node = fdcan_node(p);
    *look = (struct bench_can){
        .state = can_state(node),
        .tec = node->tec,
        .rec = node->rec,
        .errors = node->errors,
        .sent = node->frames_sent,
        .received = node->frames_received,
        .stored = fdcan_frames_stored(p),
        .lost = fdcan_frames_lost(p),
        .rejected = {fdcan_frames_rejected(p, false), fdcan_frames_rejected(p, true)},
        .bit_hz = bit_hz(node),
        .bus_bit_hz = bus_bit_hz(self)};
    snprintf(look->name, sizeof look->name, "%s", names[index]);
    return true;
}

/* ---- cores ---- */

/* Nothing but erased flash where the core boots. */
static bool is_empty(struct bench_board *self, enum core core)
{
    uint32_t vectors[2] = {0, 0};
    const uint32_t at = board_chip(self->board)->cores.boot_address[core];
    return cpu_read_mem(board_cpu(self->board, core), at, vectors, sizeof vectors) &&
           vectors[0] == UINT32_MAX && vectors[1] == UINT32_MAX;
}

bool bench_board_core_counts(struct bench_board *self, enum core core)
{
    return self->config.own_firmware || !is_empty(self, core);
}

bool bench_board_finding_counts(struct bench_board *self, const struct finding *finding)
{
    return finding->master == MASTER_DEBUG ||
           bench_board_core_counts(self, master_core(finding->master) == MASTER_CM4 ? CORE_CM4
                                                                                    : CORE_CM7);
}

static enum bench_core_state core_state(struct bench_board *self, enum core core)
{
    const struct chip *chip = board_chip(self->board);
    const struct cpu *cpu = board_cpu(self->board, core);
    if (!chip->resets.powered || chip->resets.vcore_lost) {
        return BENCH_CORE_OFF;
    }
    if (cpu_is_locked_up(cpu)) {
        return is_empty(self, core) ? BENCH_CORE_EMPTY : BENCH_CORE_LOCKED_UP;
    }
    if (chip->cores.off[core] || chip->resets.standby) {
        return BENCH_CORE_STANDBY;
    }
    if (chip->cores.held[core]) {
        return BENCH_CORE_HELD;
    }
    if (chip->cores.halted[core]) {
        return BENCH_CORE_HALTED;
    }
    if (cpu_is_sleeping(cpu)) {
        return chip->cores.sleep[core] == CORE_DEEPSLEEP ? BENCH_CORE_STOP : BENCH_CORE_ASLEEP;
    }
    return BENCH_CORE_RUNS;
}

/* The core's own image first; both cores' code may lie in one. */
static const struct image *image_at(const struct bench_board *self, enum core core, uint32_t pc)
{
    const struct image *images[2] = {self->config.cm7, self->config.cm4};
    const struct image *own = images[core == CORE_CM7 ? 0 : 1];
    const struct image *other = images[core == CORE_CM7 ? 1 : 0];
    uint32_t offset;
    if (own == NULL || (other != NULL && image_function(own, pc, &offset) == NULL &&
                        image_function(other, pc, &offset) != NULL)) {
        return other;
    }
    return own;
}

/* Thumb `b .`, 16 or 32 bits: Armv7-M A7.7.12, encodings T2 and T4 with an offset of -4. */
static bool branches_to_self(struct cpu *cpu, uint32_t pc)
{
    uint16_t code[2] = {0, 0};
    if (!cpu_read_mem(cpu, pc & ~1u, &code[0], sizeof code[0])) {
        return false;
    }
    return code[0] == 0xE7FE ||
           (code[0] == 0xF7FF && cpu_read_mem(cpu, (pc & ~1u) + 2, &code[1], sizeof code[1]) &&
            code[1] == 0xBFFE);
}

static void read_stack(struct cpu *cpu, struct bench_core *look)
{
    const uint32_t sp = cpu_get_reg(cpu, CPU_SP) & ~3u;
    unsigned words = 0;
    while (words < BENCH_STACK_WORDS &&
           cpu_read_mem(cpu, sp + 4 * words, &look->stack[words], sizeof look->stack[words])) {
        words++;
    }
    look->stack_words = words;
}

void bench_board_core(void *context, enum bench_core_name name, bool whole, struct bench_core *look)
{
    struct bench_board *self = context;
    const enum core core = name == BENCH_CM7 ? CORE_CM7 : CORE_CM4;
    struct cpu *cpu = board_cpu(self->board, core);
    memset(look, 0, sizeof *look);
    look->state = core_state(self, core);
    if (!whole || look->state == BENCH_CORE_OFF || look->state == BENCH_CORE_EMPTY) {
        return;
    }
    look->pc = cpu_get_reg(cpu, CPU_PC);
    look->exception = cpu_get_reg(cpu, CPU_XPSR) & 0x1FFu;
    look->image = image_at(self, core, look->pc);
    look->branches_to_self = branches_to_self(cpu, look->pc);
    read_stack(cpu, look);
}

static void on_sleep(void *ctx, enum core core, enum core_sleep state, vtime_ps now)
{
    static const enum bench_core_state states[] = {[CORE_AWAKE] = BENCH_CORE_RUNS,
                                                   [CORE_SLEEP] = BENCH_CORE_ASLEEP,
                                                   [CORE_DEEPSLEEP] = BENCH_CORE_STOP};
    const struct bench_board *self = ctx;
    const struct bench_listener *l = &self->config.listener;
    const struct bench_core_change change = {core == CORE_CM7 ? BENCH_CM7 : BENCH_CM4,
                                             states[state], now};
    if ((self->wants & BENCH_WANT_CORES) != 0 && l->core != NULL) {
        l->core(l->context, &change);
    }
}

void bench_board_watch(void *context, unsigned wants)
{
    struct bench_board *self = context;
    const unsigned begun = wants & ~self->wants;
    self->wants = wants;
    if ((wants & (BENCH_WANT_EDGES | BENCH_WANT_SERIAL)) != 0 && !self->hears_pins) {
        hear_pins(self);
    }
    if ((begun & BENCH_WANT_EDGES) != 0) {
        tell_levels(self);
    }
    if ((wants & BENCH_WANT_CORES) != 0 && !self->hears_cores) {
        self->core_listener = (struct core_listener){.sleep = on_sleep, .ctx = self};
        chip_listen_cores(board_chip(self->board), &self->core_listener);
        self->hears_cores = true;
    }
}
