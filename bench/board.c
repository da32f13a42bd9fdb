/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
#include "bench/board_internal.h"

#include "core/ipc.h"
#include "host/sd_file.h"
#include "vboard/chip/finding_text.h"
#include "vboard/can/bus.h"
#include "vboard/cpu/cpu.h"
#include "vboard/periph/flash/flash.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Newest valid record wins there; an empty chip's first one lies at its start (docs/SPEC.md). */
#define SETTINGS_ADDRESS 0x080C0000u

/*
 * The board's servo is calibrated 600 us = 0, 2,400 us = 180 degrees: 10 ns a millidegree
 * (servo.h).
 */
#define SERVO_ZERO_NS 600000
#define SERVO_NS_PER_MDEG 10

/* ---- what it reports ---- */

static struct bench_pulse to_pulse(const struct bench_board *self, const struct board_pulse *p)
{
    return (struct bench_pulse){
        .rise_ps = p->rise, .width_ps = p->width, .number = self->pulse_base + p->number};
}

static void on_uart(void *ctx, uint8_t byte, vtime_ps now)
{
    const struct bench_listener *listener = &((struct bench_board *)ctx)->config.listener;
    if (listener->uart != NULL) {
        listener->uart(listener->context, byte, now);
    }
}

static void on_rise(void *ctx, const struct board_pulse *p)
{
    struct bench_board *self = ctx;
    struct bench_pulse pulse = to_pulse(self, p);
    self->pulses = pulse.number + 1;
    self->config.listener.rose(self->config.listener.context, &pulse);
}

static void on_fall(void *ctx, const struct board_pulse *p)
{
    const struct bench_board *self = ctx;
    struct bench_pulse pulse = to_pulse(self, p);
    self->config.listener.fell(self->config.listener.context, &pulse);
}

/* The bits of RCC_RSR, a word for each (RM0399 9.7.39, Table 56). */
static unsigned causes_of(uint32_t sources)
{
    static const unsigned causes[] = {
        [RESET_SRC_POR] = BENCH_RESET_POWER,       [RESET_SRC_BOR] = BENCH_RESET_BROWN_OUT,
        [RESET_SRC_PIN] = BENCH_RESET_PIN,         [RESET_SRC_SFT1] = BENCH_RESET_SOFTWARE,
        [RESET_SRC_SFT2] = BENCH_RESET_SOFTWARE,   [RESET_SRC_IWDG1] = BENCH_RESET_WATCHDOG,
        [RESET_SRC_IWDG2] = BENCH_RESET_WATCHDOG,  [RESET_SRC_WWDG1] = BENCH_RESET_WATCHDOG,
        [RESET_SRC_WWDG2] = BENCH_RESET_WATCHDOG,  [RESET_SRC_LPWR1] = BENCH_RESET_LOW_POWER,
        [RESET_SRC_LPWR2] = BENCH_RESET_LOW_POWER, [RESET_SRC_D1] = BENCH_RESET_DOMAIN,
        [RESET_SRC_D2] = BENCH_RESET_DOMAIN};
    unsigned all = 0;
    for (unsigned i = 0; i < sizeof causes / sizeof *causes; i++) {
        all |= (sources >> i & 1u) != 0 ? causes[i] : 0u;
    }
    return all;
}

static void on_reset(void *ctx, uint32_t sources, vtime_ps now)
{
    struct bench_board *self = ctx;
    const struct bench_listener *listener = &self->config.listener;
    if ((sources & 1u << RESET_SRC_POR) != 0) {
        self->pulse_base = self->pulses;
    } else if (sources != 1u << RESET_SRC_PIN) {
        self->resets++; /* nobody pressed a button */
    }
    if (listener->reset != NULL) {
        listener->reset(listener->context, &(struct bench_reset){causes_of(sources), now});
    }
}

static void on_led(void *ctx, enum board_led led, bool on, vtime_ps now)
{
    static const enum bench_led leds[] = {[BOARD_LED_GREEN] = BENCH_LED_GREEN,
                                          [BOARD_LED_YELLOW] = BENCH_LED_YELLOW,
                                          [BOARD_LED_RED] = BENCH_LED_RED,
                                          [BOARD_LED_BLUE] = BENCH_LED_BLUE};
    const struct bench_listener *listener = &((struct bench_board *)ctx)->config.listener;
    if (listener->led != NULL) {
        listener->led(listener->context, &(struct bench_led_edge){leds[led], on, now});
    }
}

static void on_adapter(void *ctx, uint8_t byte, vtime_ps now)
{
    const struct bench_listener *listener = &((struct bench_board *)ctx)->config.listener;
    if (listener->adapter != NULL) {
        listener->adapter(listener->context, byte, now);
    }
}

/* ---- the board ---- */

static void op_power_on(void *self)
{
    board_power(((struct bench_board *)self)->board, true);
}

static bool act_clips(struct board *b, const struct scenario_step *step, char *text, size_t size)
{
    struct board_pin pins[2];
    bool done = true;
    for (unsigned i = 0; i < 2; i++) {
        pins[i] = (struct board_pin){step->pins[i].port, step->pins[i].number};
    }
    if (step->action == SCENARIO_WIRE) {
        done = board_wire(b, pins[0], pins[1]);
    } else if (step->action == SCENARIO_PULSES) {
        done = board_pulses(b, pins[0], step->count, step->uhz);
    } else if (step->action == SCENARIO_VOLTS) {
        done = board_volts(b, pins[0], step->pin_mv);
    } else if (step->action == SCENARIO_SEND) {
        const char *bytes = step->text + step->start;
        done = board_send(b, pins[0], step->baud, bytes, strlen(bytes));
    } else {
        board_type(b, step->text + strlen("type "), strlen(step->text) - strlen("type "));
    }
    if (!done) {
        snprintf(text, size, "not done: too many wires, generators or senders");
    }
    return done;
}

static bool op_act(void *context, const struct scenario_step *step, char *text, size_t size)
{
    struct board *b = ((struct bench_board *)context)->board;
    snprintf(text, size, "%s", "");
    switch (step->action) {
    case SCENARIO_POWER:
        board_power(b, step->on);
        break;
    case SCENARIO_NRST:
        board_nrst(b, !step->on);
        break;
    case SCENARIO_BOOT0:
        board_boot0(b, step->on);
        break;
    case SCENARIO_BUTTON:
        board_button(b, step->on);
        break;
    case SCENARIO_FEED:
        board_feed(b, step->feed_mv == SCENARIO_FEED_OPEN ? BOARD_FEED_OPEN : step->feed_mv);
        break;
    case SCENARIO_SERVO:
        board_servo_plug(b, step->on);
        break;
    case SCENARIO_HSE:
        board_hse(b, step->hse_uhz == SCENARIO_HSE_SOLD ? BOARD_HSE_SOLD : step->hse_uhz);
        break;
    case SCENARIO_VDD:
        board_vdd(b, step->vdd_mv);
        break;
    case SCENARIO_WIRE:
    case SCENARIO_PULSES:
    case SCENARIO_VOLTS:
    case SCENARIO_SEND:
    case SCENARIO_TYPE:
        return act_clips(b, step, text, size);
    case SCENARIO_PROBE:
        return board_probe(b, text, size);
    }
    return true;
}

static void op_adapter_send(void *context, uint32_t baud, const void *bytes, size_t length)
{
    struct board *b = ((struct bench_board *)context)->board;
    board_adapter_baud(b, baud);
    board_adapter_send(b, bytes, length);
}

static size_t op_adapter_pending(void *context)
{
    return board_adapter_pending(((struct bench_board *)context)->board);
}

static bool op_rom_waits(void *context)
{
    return board_rom_waits(((struct bench_board *)context)->board);
}

static void op_run_until(void *self, uint64_t until_ps)
{
    board_run_until(((struct bench_board *)self)->board, until_ps);
}

static uint64_t op_now(void *self)
{
    return board_now(((struct bench_board *)self)->board);
}

static void op_uart_send(void *self, const void *bytes, size_t length)
{
    board_uart_send(((struct bench_board *)self)->board, bytes, length);
}

static enum bench_supply op_supply(void *self)
{
    const struct chip *chip = board_chip(((struct bench_board *)self)->board);
    if (!chip->resets.powered) {
        return BENCH_SUPPLY_OFF;
    }
    return chip->resets.vcore_lost ? BENCH_SUPPLY_DEADLOCK : BENCH_SUPPLY_OK;
}

static bool op_locked_up(void *context)
{
    struct bench_board *self = context;
    bool locked_up = false;
    for (unsigned i = 0; i < CORE_COUNT && board_locked_up(self->board); i++) {
        locked_up = locked_up || (cpu_is_locked_up(board_cpu(self->board, i)) &&
                                  bench_board_core_counts(self, (enum core)i));
    }
    return locked_up;
}

static const enum board_led board_leds[] = {[BENCH_LED_GREEN] = BOARD_LED_GREEN,
                                            [BENCH_LED_YELLOW] = BOARD_LED_YELLOW,
                                            [BENCH_LED_RED] = BOARD_LED_RED,
                                            [BENCH_LED_BLUE] = BOARD_LED_BLUE};

static bool op_led(void *self, enum bench_led led)
{
    return board_led(((struct bench_board *)self)->board, board_leds[led]);
}

static bool op_has_led(void *self, enum bench_led led)
{
    return board_has_led(((struct bench_board *)self)->board, board_leds[led]);
}

static int32_t op_servo_pulse_ns(void *self)
{
    int32_t shaft_mdeg = board_servo_mdeg(((struct bench_board *)self)->board);
    return SERVO_ZERO_NS + shaft_mdeg * SERVO_NS_PER_MDEG;
}

/* Frames the firmware lost: it counts them in the block that its cores share (core/ipc.h). */
static uint64_t count_overflows(struct bench_board *self)
{
    struct ipc_block block;
    const struct mem_region *ram =
        chip_region(board_chip(self->board), IPC_BLOCK_ADDRESS, MASTER_DEBUG);
    if (!self->config.own_firmware || ram == NULL ||
        IPC_BLOCK_ADDRESS - ram->base + sizeof block > ram->size) {
        return 0;
    }
    memcpy(&block, ram->host + (IPC_BLOCK_ADDRESS - ram->base), sizeof block);
    if (block.m7.magic != IPC_MAGIC || block.m7.version != IPC_VERSION ||
        block.m4.boot_id_echo != block.m7.boot_id) {
        return 0; /* what a core that never ran has not written holds anything */
    }
    return (uint64_t)block.m4.m4_events_overflow + block.m4.fifo_lost;
}

static void op_counts(void *self, struct bench_counts *counts)
{
    struct bench_board *board = self;
    *counts = (struct bench_counts){
        .tx_frames = board_tx_frames(board->board),
        .tx_bits = board_tx_bits(board->board),
        .resets = board->resets,
        .overflows = count_overflows(board),
    };
}

/* The finding `index` of those that count; NULL: so many are not there. *count becomes their number. */
static const struct finding *counted_finding(struct bench_board *self, size_t index, size_t *count)
{
    const struct findings *all = &board_chip(self->board)->findings;
    const struct finding *wanted = NULL;
    *count = 0;
    for (size_t i = 0; i < all->count; i++) {
        if (bench_board_finding_counts(self, &all->list[i])) {
            wanted = *count == index ? &all->list[i] : wanted;
            (*count)++;
        }
    }
    return wanted;
}

static size_t op_finding_count(void *self)
{
    size_t count;
    (void)counted_finding(self, SIZE_MAX, &count);
    return count;
}

/* As `candial check` judges them (docs/check.md). */
static bool finding_harms(const struct finding *f)
{
    return f->code == FOUND_OVERVOLTAGE_SMPS || f->code == FOUND_OVERVOLTAGE_VOS0 ||
           f->code == FOUND_OVERCLOCK || f->code == FOUND_LATENCY_TOO_LOW;
}

static void op_finding(void *self, size_t index, struct bench_finding *finding)
{
    static const char *const masters[MASTER_COUNT] = {"CM7", "CM4", "debugger", "CM7's DMA",
                                                      "CM4's DMA"};
    const struct bench_board *board = self;
    size_t count;
    const struct finding *f = counted_finding(self, index, &count);
    const bool is_cm4 = master_core(f->master) == MASTER_CM4 && board->config.cm4 != NULL;
    *finding = (struct bench_finding){
        .kind = finding_kind_name(f->kind),
        .harms = finding_harms(f),
        .core = masters[f->master],
        .image = is_cm4 ? board->config.cm4 : board->config.cm7,
        .pc = f->pc,
        .first_ps = f->first_at,
        .count = f->count,
    };
    snprintf(finding->text, sizeof finding->text, "%s",
             finding_text(board_chip(board->board), f).text);
}

static bool load_image(struct bench_board *self, const struct image *image, char *error,
                       size_t error_size)
{
    for (size_t i = 0; image != NULL && i < image_segment_count(image); i++) {
        const struct image_segment *segment = image_segment(image, i);
        if (board_load(self->board, segment->address, segment->bytes, segment->length) != 0) {
            board_say_misfit(self->board, image_path(image), segment->address, segment->length,
                             error, error_size);
            return false;
        }
    }
    return true;
}

/* Erases the sectors that the segment touches. */
static void erase_under(struct bench_board *self, const struct image_segment *segment)
{
    static uint8_t blank[FLASH_SECTOR_SIZE];
    uint32_t first = segment->address & ~(FLASH_SECTOR_SIZE - 1u);
    memset(blank, 0xFF, sizeof blank);
    for (uint32_t at = first; at - first < segment->address - first + segment->length;
         at += FLASH_SECTOR_SIZE) {
        (void)board_load(self->board, at, blank, sizeof blank); /* images lie in the flash */
    }
}

/* As an ST-LINK does it: connect under reset, erase, write, let go. */
static bool op_program(void *context, const struct image *image)
{
    struct bench_board *self = context;
    char text[BOARD_PROBE_TEXT];
    if (!board_probe(self->board, text, sizeof text)) {
        return false;
    }
    board_nrst(self->board, true);
    for (size_t i = 0; i < image_segment_count(image); i++) {
        erase_under(self, image_segment(image, i));
    }
    char error[BOARD_PROBE_TEXT];
    bool good = load_image(self, image, error, sizeof error);
    board_nrst(self->board, false);
    return good;
}

static struct option_bytes options_of(const struct flash_file *file)
{
    const uint32_t *o = file->options;
    return (struct option_bytes){.optsr = o[0],
                                 .boot7 = o[1],
                                 .boot4 = o[2],
                                 .prar = {o[3], o[4]},
                                 .scar = {o[5], o[6]},
                                 .wpsn = {o[7], o[8]}};
}

static void op_read_flash(void *context, struct flash_file *file)
{
    struct bench_board *self = context;
    struct option_bytes o;
    flash_export(board_chip(self->board), file->bytes, file->ecc, &o);
    const uint32_t all[FLASH_FILE_OPTIONS] = {o.optsr,   o.boot7,   o.boot4,   o.prar[0], o.prar[1],
                                              o.scar[0], o.scar[1], o.wpsn[0], o.wpsn[1]};
    memcpy(file->options, all, sizeof all);
}

static void op_read_sd(void *self, void (*changed)(void *ctx, uint32_t block, const uint8_t *bytes),
                       void *ctx)
{
    board_sd_changes(((struct bench_board *)self)->board, changed, ctx);
}

static void op_destroy(void *self)
{
    struct bench_board *board = self;
    if (board->playing) {
        can_player_destroy(&board->player, board_now(board->board));
    }
    if (board->driving) {
        bench_car_destroy(&board->car, board_now(board->board));
    }
    if (board->guest.is_there) {
        can_player_destroy(&board->guest.player, board_now(board->board));
    }
    board_destroy(board->board);
    free(board);
}

static const struct bench_model_ops board_ops = {
    .play = bench_board_play,
    .drive = bench_board_drive,
    .send = bench_board_send,
    .spoil = bench_board_spoil,
    .car = bench_board_car,
    .power_on = op_power_on,
    .act = op_act,
    .adapter_send = op_adapter_send,
    .adapter_pending = op_adapter_pending,
    .rom_waits = op_rom_waits,
    .program = op_program,
    .read_flash = op_read_flash,
    .read_sd = op_read_sd,
    .run_until = op_run_until,
    .now = op_now,
    .uart_send = op_uart_send,
    .supply = op_supply,
    .locked_up = op_locked_up,
    .led = op_led,
    .has_led = op_has_led,
    .servo_pulse_ns = op_servo_pulse_ns,
    .counts = op_counts,
    .watch = bench_board_watch,
    .core = bench_board_core,
    .pin = bench_board_pin,
    .can = bench_board_can,
    .finding_count = op_finding_count,
    .finding = op_finding,
    .destroy = op_destroy,
};

static void load_flash(struct bench_board *self)
{
    const struct flash_file *file = self->config.flash;
    const struct board_options *given = self->config.options;
    if (file != NULL) {
        struct option_bytes options = options_of(file);
        options.optsr = given->optsr != 0 ? given->optsr : options.optsr;
        options.boot7 = given->boot7 != 0 ? given->boot7 : options.boot7;
        options.boot4 = given->boot4 != 0 ? given->boot4 : options.boot4;
        flash_import(board_chip(self->board), file->bytes, file->ecc, &options);
    }
}

/* Onto what is there, as a programmer does. */
static bool write_images(struct bench_board *self, char *error, size_t error_size)
{
    const struct image *images[] = {self->config.cm7, self->config.cm4};
    for (size_t i = 0; i < 2 && !self->config.images_only_name; i++) {
        size_t count = images[i] == NULL ? 0 : image_segment_count(images[i]);
        for (size_t k = 0; k < count && self->config.flash != NULL; k++) {
            erase_under(self, image_segment(images[i], k));
        }
        if (!load_image(self, images[i], error, error_size)) {
            return false;
        }
    }
    return true;
}

static bool load_settings(struct bench_board *self)
{
    const struct bench_board_config *config = &self->config;
    return config->settings == NULL ||
           board_load(self->board, SETTINGS_ADDRESS, config->settings, config->settings_size) == 0;
}

static struct board_config board_config_of(struct bench_board *self)
{
    static const enum board_hse_kind kinds[] = {[HSE_PRESENT] = BOARD_HSE_PRESENT,
                                                [HSE_ABSENT] = BOARD_HSE_ABSENT,
                                                [HSE_LATE] = BOARD_HSE_LATE,
                                                [HSE_DROPS] = BOARD_HSE_DROPS};
    const struct board_options *options = self->config.options;
    return (struct board_config){
        .data = options->board,
        .wiring = (enum supply_wiring)options->wiring,
        .hse_kind = kinds[options->hse],
        .hse_uhz = options->hse_uhz,
        .hse_at = options->hse_at_ps,
        .strict_kernel_mux = options->strict_mux,
        .optsr = options->optsr,
        .boot7 = options->boot7,
        .boot4 = options->boot4,
        .rom = (uint8_t)options->rom,
        .adapter = options->rom_uart != NULL,
        .sd = sd_file_medium(options->sd),
        .engine = options->engine,
        .dcache = options->caches ? DCACHE_ALL : DCACHE_OFF,
        .eth_peer = options->eth_peer,
        .eth_pings = options->eth_ping,
        .seed = options->seed,
        .listener = {.uart = self->config.own_firmware ? on_uart : NULL,
                     .rose = on_rise,
                     .fell = on_fall,
                     .led = on_led,
                     .reset = on_reset,
                     .adapter = on_adapter,
                     .eth = bench_board_on_packet,
                     .ctx = self},
    };
}

struct board *bench_board_of(const struct bench_model *model)
{
    return model->ops == &board_ops ? ((struct bench_board *)model->self)->board : NULL;
}

bool bench_board_create(const struct bench_board_config *config, struct bench_model *model,
                        char *error, size_t error_size)
{
    struct bench_board *self = calloc(1, sizeof *self);
    const char *reason = "out of memory";
    if (self == NULL) {
        snprintf(error, error_size, "%s", reason);
        return false;
    }
    self->config = *config;
    struct board_config board = board_config_of(self);
    self->board = board_create(&board, &reason);
    *model = (struct bench_model){self, &board_ops, config->own_firmware};
    if (self->board == NULL) {
        snprintf(error, error_size, "the virtual board cannot be made: %s", reason);
        op_destroy(self);
        return false;
    }
    self->bus_listener = (struct can_listener){.frame = bench_board_on_frame, .ctx = self};
    can_bus_listen(board_can_bus(self->board), &self->bus_listener);
    if (!config->own_firmware) {
        bench_board_hear_console(self);
    }
    load_flash(self);
    if (write_images(self, error, error_size)) {
        if (load_settings(self)) {
            return true;
        }
        snprintf(error, error_size, "the settings do not fit the board's flash: correct them");
    }
    op_destroy(self);
    return false;
}
