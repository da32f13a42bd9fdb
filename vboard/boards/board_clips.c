/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
/* What hands clip to the board's pins while it runs: wires from pin to pin, a pulse generator. */
#include "vboard/boards/board_internal.h"

static struct signal *pin_of(struct board *b, struct board_pin pin)
{
    return chip_pin(&b->soc.chip, pin.port, pin.number);
}

static bool is_pin(struct board_pin pin)
{
    return pin.port >= 'A' && pin.port < 'A' + (char)PIN_PORTS && pin.number < PORT_PINS;
}

bool board_wire(struct board *b, struct board_pin from, struct board_pin to)
{
    if (!is_pin(from) || !is_pin(to) || b->clips.jumper_count == BOARD_JUMPERS) {
        return false;
    }
    jumper_init(&b->clips.jumpers[b->clips.jumper_count++], pin_of(b, from), pin_of(b, to),
                b->soc.chip.sched.now);
    return true;
}

/* The generator that hangs on that pin, be it clipped there now. */
static struct pulse_source *source_at(struct board *b, struct board_pin pin)
{
    struct board_clips *clips = &b->clips;
    struct signal *wire = pin_of(b, pin);
    for (unsigned i = 0; i < clips->source_count; i++) {
        if (clips->sources[i].driver.signal == wire) {
            return &clips->sources[i];
        }
    }
    if (clips->source_count == BOARD_PULSE_SOURCES) {
        return NULL;
    }
    pulse_source_init(&clips->sources[clips->source_count], &b->soc.chip.sched, wire);
    return &clips->sources[clips->source_count++];
}

bool board_pulses(struct board *b, struct board_pin pin, uint64_t count, uint64_t uhz)
{
    struct pulse_source *source = is_pin(pin) && uhz != 0 ? source_at(b, pin) : NULL;
    if (source == NULL) {
        return false;
    }
    pulse_source_start(source, VTIME_S(1) * UINT64_C(1000000) / uhz, count);
    return true;
}

bool board_volts(struct board *b, struct board_pin pin, uint32_t mv)
{
    if (is_pin(pin)) {
        chip_analog_set(&b->soc.chip, pin.port, pin.number, mv * 1000);
    }
    return is_pin(pin);
}

static struct uart_link *sender_at(struct board *b, struct board_pin pin, uint32_t baud)
{
    struct board_clips *clips = &b->clips;
    struct signal *wire = pin_of(b, pin);
    for (unsigned i = 0; i < clips->sender_count; i++) {
        if (clips->senders[i].config.tx == wire) {
            uart_link_set_baud(&clips->senders[i], baud);
            return &clips->senders[i];
        }
    }
    if (clips->sender_count == BOARD_SENDERS) {
        return NULL;
    }
    unsigned i = clips->sender_count++;
    signal_init(&clips->loose[i], "not connected");
    uart_link_init(&clips->senders[i], &(struct uart_link_config){.sched = &b->soc.chip.sched,
                                                                  .rx = &clips->loose[i],
                                                                  .tx = wire,
                                                                  .baud = baud});
    return &clips->senders[i];
}

bool board_send(struct board *b, struct board_pin pin, uint32_t baud, const void *bytes,
                size_t length)
{
    struct uart_link *sender = is_pin(pin) && baud != 0 ? sender_at(b, pin, baud) : NULL;
    return sender != NULL && uart_link_send(sender, bytes, length) == 0;
}

void board_type(struct board *b, const void *bytes, size_t length)
{
    uart_link_follow(&b->vcp);
    board_uart_send(b, bytes, length);
}

void board_clips_destroy(struct board *b)
{
    for (unsigned i = 0; i < b->clips.source_count; i++) {
        pulse_source_destroy(&b->clips.sources[i]);
    }
    for (unsigned i = 0; i < b->clips.sender_count; i++) {
        uart_link_destroy(&b->clips.senders[i]);
    }
}
