/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
#include "vboard/boards/board_internal.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "vboard/periph/fdcan/fdcan.h"
#include "vboard/periph/flash/flash.h"
#include "vboard/cpu/engine.h"

/* ---- what the listener hears ---- */

static void uart_received(void *ctx, uint8_t byte, bool error, vtime_ps now)
{
    const struct board_listener *l = &((struct board *)ctx)->config.listener;
    (void)error; /* a terminal shows what it got, right or wrong */
    if (l->uart != NULL) {
        l->uart(l->ctx, byte, now);
    }
}

static void adapter_received(void *ctx, uint8_t byte, bool error, vtime_ps now)
{
    const struct board_listener *l = &((struct board *)ctx)->config.listener;
    if (l->adapter != NULL && !error) {
        l->adapter(l->ctx, byte, now);
    }
}

static void pulse_rose(void *ctx, const struct pulse *p)
{
    const struct board_listener *l = &((struct board *)ctx)->config.listener;
    l->rose(l->ctx, &(struct board_pulse){.rise = p->rise, .number = p->number});
}

static void pulse_fell(void *ctx, const struct pulse *p)
{
    const struct board_listener *l = &((struct board *)ctx)->config.listener;
    l->fell(l->ctx, &(struct board_pulse){.rise = p->rise, .width = p->width, .number = p->number});
}

static void led_changed(void *ctx, bool on, vtime_ps now)
{
    const struct led_hook *hook = ctx;
    const struct board_listener *l = &hook->board->config.listener;
    if (l->led != NULL) {
        l->led(l->ctx, hook->led, on, now);
    }
}

static void was_reset(void *ctx, uint32_t sources, vtime_ps now)
{
    struct board *b = ctx;
    const struct board_listener *l = &b->config.listener;
    if ((sources & (1u << RESET_SRC_POR)) == 0) {
        b->resets++;
    }
    if (l->reset != NULL) {
        l->reset(l->ctx, sources, now);
    }
}

/* ---- making it ---- */

/* What the board leaves unconnected has a wire of its own that goes nowhere. */
static struct signal *pin_of(struct board *b, struct board_pin pin)
{
    if (pin.port == 0) {
        struct signal *loose = &b->loose[b->loose_count++];
        *loose = (struct signal){.name = "not connected", .level = LEVEL_FLOATING};
        return loose;
    }
    return chip_pin(&b->soc.chip, pin.port, pin.number);
}

static void wire_leds(struct board *b)
{
    for (unsigned i = 0; i < BOARD_LED_COUNT; i++) {
        if (b->data->leds[i].pin.port == 0) {
            continue;
        }
        b->led_hooks[i] = (struct led_hook){b, (enum board_led)i};
        b->leds[i].changed = led_changed;
        b->leds[i].ctx = &b->led_hooks[i];
        b->leds[i].lit_low = b->data->leds[i].lit_low;
        led_init(&b->leds[i], pin_of(b, b->data->leds[i].pin));
    }
}

static void wire_button(struct board *b)
{
    struct board_pin pin = b->data->button.pin;
    if (pin.port == 0) {
        return;
    }
    if (b->data->button.pressed_low) {
        button_init_low(&b->button, pin_of(b, pin), 0);
    } else {
        button_init(&b->button, pin_of(b, pin), 0);
    }
}

/* The ST-LINK's virtual COM port, and an adapter for the boot ROM if there is one (8E1, AN2606). */
static void wire_uarts(struct board *b)
{
    const struct board_data *d = b->data;
    struct sched *sched = &b->soc.chip.sched;
    uart_link_init(&b->vcp, &(struct uart_link_config){.sched = sched,
                                                       .rx = pin_of(b, d->console.tx),
                                                       .tx = pin_of(b, d->console.rx),
                                                       .received = uart_received,
                                                       .ctx = b});
    boot_rom_init(&b->rom, &b->soc.chip, b->config.rom);
    if (b->config.adapter) {
        uart_link_init(&b->adapter, &(struct uart_link_config){.sched = sched,
                                                               .rx = pin_of(b, d->boot_uart.tx),
                                                               .tx = pin_of(b, d->boot_uart.rx),
                                                               .parity = 2,
                                                               .received = adapter_received,
                                                               .ctx = b});
    }
}

static void wire_servo(struct board *b, struct signal *pin)
{
    signal_attach(pin, &b->servo_pull_down);
    signal_drive(&b->servo_pull_down, DRIVE_PULL_DOWN, 0);
    servo_init(&b->servo, NULL, pin);
    const struct board_listener *l = &b->config.listener;
    b->meter.rose = l->rose != NULL ? pulse_rose : NULL;
    b->meter.fell = l->fell != NULL ? pulse_fell : NULL;
    b->meter.ctx = b;
    pulse_meter_init(&b->meter, pin);
}

/* A card is in the slot before the power comes, or never. */
static void wire_sd(struct board *b)
{
    const struct board_pin detect = b->data->sd.detect;
    if (b->config.sd == NULL) {
        return;
    }
    sd_card_init(&b->sd_card, b->config.sd);
    b->config.sd = &b->sd_card.store.medium;
    b->soc.chip.sd[b->data->sd.controller == 2 ? 1 : 0] =
        (struct sd_slot){&sd_card_ops, &b->sd_card};
    if (detect.port != 0) {
        signal_attach(pin_of(b, detect), &b->sd_detect);
        signal_drive(&b->sd_detect, DRIVE_LOW, 0);
    }
}

static void wire_pins(struct board *b)
{
    const struct board_data *d = b->data;
    wire_leds(b);
    wire_button(b);
    wire_servo(b, pin_of(b, d->servo));
    wire_uarts(b);
    board_wire_eth(b);
    wire_sd(b);
    can_bus_init(&b->can_bus, &b->soc.chip.sched);
    can_transceiver_init(&b->transceiver, &b->can_bus, pin_of(b, d->can.rx), pin_of(b, d->can.tx));
}

static int solder_memories(struct board *b)
{
    for (unsigned i = 0; i < EXTERNAL_MEMORIES; i++) {
        const struct external_part *m = &b->data->memories[i];
        if (m->kind != EXTERNAL_NONE && external_add(&b->soc.chip, m) != 0) {
            return -1;
        }
    }
    return 0;
}

static int assemble(struct board *b)
{
    const struct board_config *cfg = &b->config;
    const struct chip_params params = {.optsr = cfg->optsr,
                                       .boot7 = cfg->boot7,
                                       .boot4 = cfg->boot4,
                                       .idcode = cfg->idcode,
                                       .part = b->data->chip,
                                       .seed = cfg->seed};
    supply_init(&b->supply, cfg->wiring);
    if (stm32h755_init(&b->soc, &params, &b->supply) != 0) {
        return -1;
    }
    struct chip *c = &b->soc.chip;
    c->ulpi_phy = b->data->ulpi_phy;
    if (solder_memories(b) != 0) {
        return -1;
    }
    c->dsi_id = b->data->dsi_id;
    board_wire_supply(b);
    c->resets.on_reset = was_reset;
    c->resets.on_reset_ctx = b;
    board_wire_hse(b);
    wire_pins(b);
    b->machine = machine_create(
        c, &(struct machine_config){.no_fast_forward = cfg->no_fast_forward,
                                    .cpu = {.engine = cfg->engine, .dcache = cfg->dcache}});
    return b->machine != NULL ? 0 : -1;
}

struct board *board_create(const struct board_config *config, const char **error)
{
    struct board *b = calloc(1, sizeof(*b));
    if (b == NULL) {
        *error = "out of memory";
        return NULL;
    }
    b->config = *config;
    if (engine_by_name(config->engine) == NULL) {
        *error = "this program was built without that engine: use --engine armv7m";
        free(b);
        return NULL;
    }
    b->data = config->data != NULL ? config->data : &board_nucleo_h755zi_q;
    if (assemble(b) != 0) {
        *error = "out of memory while the virtual board was made";
        board_destroy(b);
        return NULL;
    }
    return b;
}

void board_destroy(struct board *b)
{
    if (b == NULL) {
        return;
    }
    sched_clear(&b->soc.chip.sched);
    if (b->machine != NULL) {
        machine_destroy(b->machine);
    }
    board_clips_destroy(b);
    sd_card_destroy(&b->sd_card);
    uart_link_destroy(&b->vcp);
    boot_rom_destroy(&b->rom);
    if (b->config.adapter) {
        uart_link_destroy(&b->adapter);
    }
    can_transceiver_destroy(&b->transceiver);
    can_bus_destroy(&b->can_bus);
    stm32h755_destroy(&b->soc);
    free(b);
}

int board_load(struct board *b, uint32_t address, const void *bytes, size_t length)
{
    struct chip *c = &b->soc.chip;
    return external_is(address) ? external_load(c, address, bytes, length)
                                : flash_load(c, address, bytes, length);
}

void board_say_misfit(const struct board *b, const char *image, uint32_t address, size_t length,
                      char *text, size_t size)
{
    if (external_is(address)) {
        snprintf(
            text, size,
            "%s: %zu bytes at 0x%08X: no flash of that size is known there on the %s: take --board "
            "NAME, or a board file with its memories (docs/boards.md)",
            image, length, (unsigned)address, b->data->name);
    } else {
        snprintf(text, size, "%s: %zu bytes at 0x%08X do not fit the board's flash: correct it",
                 image, length, (unsigned)address);
    }
}

void board_uart_send(struct board *b, const void *bytes, size_t length)
{
    if (uart_link_send(&b->vcp, bytes, length) != 0) {
        abort(); /* out of memory for a few bytes: nothing sensible is left to do */
    }
}

void board_uart_baud(struct board *b, uint32_t baud)
{
    uart_link_set_baud(&b->vcp, baud);
}

void board_adapter_send(struct board *b, const void *bytes, size_t length)
{
    if (b->config.adapter && uart_link_send(&b->adapter, bytes, length) != 0) {
        abort();
    }
}

void board_adapter_baud(struct board *b, uint32_t baud)
{
    uart_link_set_baud(&b->adapter, baud);
}

size_t board_adapter_pending(const struct board *b)
{
    return uart_link_pending(&b->adapter);
}

bool board_rom_waits(const struct board *b)
{
    return boot_rom_waits(&b->rom);
}

void board_run_until(struct board *b, vtime_ps until)
{
    machine_run_until(b->machine, until);
}

void board_fast_forward(struct board *b, bool on)
{
    machine_set_fast_forward(b->machine, on);
}

void board_stop(struct board *b)
{
    machine_stop(b->machine);
}

vtime_ps board_now(const struct board *b)
{
    return machine_time(b->machine);
}

/* ---- looking at it ---- */

void board_sd_changes(const struct board *b,
                      void (*changed)(void *ctx, uint32_t block, const uint8_t *bytes), void *ctx)
{
    sd_store_changes(&b->sd_card.store, changed, ctx);
}

bool board_led(const struct board *b, enum board_led led)
{
    return b->leds[led].on;
}

bool board_has_led(const struct board *b, enum board_led led)
{
    return b->data->leds[led].pin.port != 0;
}

int32_t board_servo_mdeg(const struct board *b)
{
    return servo_angle_mdeg(&b->servo, b->soc.chip.sched.now);
}

bool board_locked_up(const struct board *b)
{
    return cpu_is_locked_up(machine_cpu(b->machine, CORE_CM7)) ||
           cpu_is_locked_up(machine_cpu(b->machine, CORE_CM4));
}

struct can_bus *board_can_bus(struct board *b)
{
    return &b->can_bus;
}

struct chip *board_chip(struct board *b)
{
    return &b->soc.chip;
}

struct cpu *board_cpu(struct board *b, unsigned core)
{
    return machine_cpu(b->machine, (enum core)core);
}

/* Both controllers could be routed to the transceiver, and a pin could be driven by hand. */
static const struct can_node *node(const struct board *b, const char *name)
{
    return fdcan_node(chip_periph((struct chip *)&b->soc.chip, name));
}

uint64_t board_tx_bits(const struct board *b)
{
    return node(b, "FDCAN1")->dominant_bits + node(b, "FDCAN2")->dominant_bits +
           can_transceiver_held_bits(&b->transceiver);
}

uint64_t board_tx_frames(const struct board *b)
{
    return node(b, "FDCAN1")->frames_sent + node(b, "FDCAN2")->frames_sent;
}

uint64_t board_rx_lost(const struct board *b)
{
    struct chip *c = (struct chip *)&b->soc.chip;
    return fdcan_frames_lost(chip_periph(c, "FDCAN1")) +
           fdcan_frames_lost(chip_periph(c, "FDCAN2"));
}

uint64_t board_resets(const struct board *b)
{
    return b->resets;
}
