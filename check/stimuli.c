/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
#include "check/stimuli.h"

#include "check/uarts.h"
#include "vboard/boards/board.h"

#define PORTS 11u
#define PORT_PINS 16u
/* Pins that are held from power-on on, each in a start of its own; as many for each degree of effort. */
#define HELD_PINS 6u
/* Below PVD's lowest threshold, 1.95 V, above the power-on reset's, 1.67 V (DS12923; RM0399 7.5.2). */
#define LOW_VDD_MV 1850u
/* Watched so many times as long as other starts, and as long as new code was reached in the later half. */
#define LONGER 4u
#define LONGEST 24u

static const struct board_data *board_of(const struct check_config *config)
{
    return board_options_board(&config->board);
}

static bool is_at(struct board_pin pin, unsigned port, unsigned number)
{
    return pin.port == (char)('A' + port) && pin.number == number;
}

/* Of the board's own parts only the button may be moved by hand. */
static bool is_taken(const struct board_data *b, unsigned port, unsigned number)
{
    return is_at(b->button.pin, port, number) || is_at(b->console.rx, port, number) ||
           is_at(b->can.rx, port, number);
}

/* ---- who listens ---- */

static unsigned list_button(const struct check_config *config, const struct check_senses *s,
                            uint8_t *which, unsigned max)
{
    struct board_pin pin = board_of(config)->button.pin;
    (void)max;
    which[0] = 0;
    return pin.port != 0 && (s->pins[pin.port - 'A'] >> pin.number & 1u) != 0 ? 1 : 0;
}

static unsigned list_pins_in(const struct check_config *config, const struct check_senses *s,
                             uint8_t *which, unsigned max, bool high)
{
    unsigned count = 0;
    for (unsigned i = 0; i < PORTS * PORT_PINS && count < max; i++) {
        unsigned port = i / PORT_PINS;
        unsigned number = i % PORT_PINS;
        bool heard = (s->pins[port] >> number & 1u) != 0;
        bool is_high = (s->high[port] >> number & 1u) != 0;
        if (heard && is_high == high && !is_taken(board_of(config), port, number)) {
            which[count++] = (uint8_t)i;
        }
    }
    return count;
}

/* Held high are those that are low by themselves. */
static unsigned list_high(const struct check_config *config, const struct check_senses *s,
                          uint8_t *which, unsigned max)
{
    unsigned most = HELD_PINS * config->effort;
    return list_pins_in(config, s, which, max < most ? max : most, false);
}

static unsigned list_low(const struct check_config *config, const struct check_senses *s,
                         uint8_t *which, unsigned max)
{
    unsigned most = HELD_PINS * config->effort;
    return list_pins_in(config, s, which, max < most ? max : most, true);
}

unsigned check_list_inputs(const struct check_config *config, const struct check_senses *s,
                           uint8_t *which, unsigned max)
{
    unsigned low = list_pins_in(config, s, which, max, false);
    return low + list_pins_in(config, s, which + low, max - low, true);
}

static unsigned list_pins(const struct check_config *config, const struct check_senses *s,
                          uint8_t *which, unsigned max)
{
    unsigned count = check_list_inputs(config, s, which, max);
    which[0] = 0;
    return count > 0 ? 1 : 0;
}

static unsigned list_cans(const struct check_config *config, const struct check_senses *s,
                          uint8_t *which, unsigned max)
{
    unsigned count = 0;
    (void)config;
    for (unsigned i = 1; i <= 2 && count < max; i++) {
        if ((s->cans >> i & 1u) != 0) {
            which[count++] = (uint8_t)i;
        }
    }
    return count;
}

static unsigned list_uarts(const struct check_config *config, const struct check_senses *s,
                           uint8_t *which, unsigned max)
{
    unsigned count = 0;
    (void)config;
    for (unsigned i = 0; i < CHECK_UARTS && count < max; i++) {
        if ((s->uarts >> i & 1u) != 0) {
            which[count++] = (uint8_t)i;
        }
    }
    return count;
}

/* Whoever named another HSE on the command line has tried it. */
static unsigned list_hse(const struct check_config *config, const struct check_senses *s,
                         uint8_t *which, unsigned max)
{
    (void)max;
    which[0] = 0;
    return s->hse && config->board.hse == HSE_PRESENT && board_of(config)->hse != BOARD_CLOCK_NONE
               ? 1
               : 0;
}

static unsigned list_vdd(const struct check_config *config, const struct check_senses *s,
                         uint8_t *which, unsigned max)
{
    (void)config;
    (void)max;
    which[0] = 0;
    return s->pvd ? 1 : 0;
}

static unsigned list_longer(const struct check_config *config, const struct check_senses *s,
                            uint8_t *which, unsigned max)
{
    (void)config;
    (void)max;
    which[0] = 0;
    return s->goes_on ? 1 : 0;
}

/* ---- the small ones ---- */

static uint64_t hse_of(const struct check_play *p)
{
    uint64_t uhz = p->line->config->board.hse_uhz;
    return uhz != 0 ? uhz : BOARD_HSE_SOLD;
}

static void play_hse(struct check_play *p)
{
    if (!check_play_until(p, p->settled)) {
        return;
    }
    check_play_act(p, CHECK_STOP_HSE, 0);
    board_hse(p->board, 0);
    check_play_for(p, VTIME_S(1));
    check_play_act(p, CHECK_START_HSE, 0);
    board_hse(p->board, hse_of(p));
    check_play_for(p, VTIME_S(1));
}

static void prepare_no_hse(struct check_play *p)
{
    board_hse(p->board, 0);
}

static void play_no_hse(struct check_play *p)
{
    check_play_act(p, CHECK_STOP_HSE, 0);
    check_play_for(p, p->line->config->length);
    check_play_act(p, CHECK_START_HSE, 0);
    board_hse(p->board, hse_of(p));
    check_play_for(p, VTIME_S(1));
}

static void play_vdd(struct check_play *p)
{
    if (!check_play_until(p, p->settled)) {
        return;
    }
    check_play_act(p, CHECK_LOWER_VDD, 0);
    board_vdd(p->board, LOW_VDD_MV);
    check_play_for(p, VTIME_MS(300));
    check_play_act(p, CHECK_RAISE_VDD, 0);
    board_vdd(p->board, board_of(p->line->config)->vdd_mv);
    check_play_for(p, VTIME_S(1));
}

/* On for as long as something new happens: the time is doubled if there was anything in its later half. */
static void play_longer(struct check_play *p)
{
    const vtime_ps length = p->line->config->length * p->effort;
    vtime_ps end = LONGER * length;
    check_play_act(p, CHECK_WAIT, 0);
    check_play_until(p, end / 2);
    for (size_t news = check_play_news(p); check_play_until(p, end) && end < LONGEST * length;
         end *= 2) {
        if (check_play_news(p) == news) {
            return;
        }
        news = check_play_news(p);
    }
}

/* In the order in which they are tried: what people do first. */
const struct check_stimulus_type check_stimulus_types[CHECK_STIMULI] = {
    [CHECK_NO_STIMULUS] = {.name = "none"},
    [CHECK_BUTTON] = {.name = "button",
                      .list = list_button,
                      .open = check_open_button,
                      .play = check_play_button},
    [CHECK_BUTTON_HELD] = {.name = "button-held",
                           .list = list_button,
                           .prepare = check_prepare_button,
                           .play = check_play_held_button},
    [CHECK_PINS] = {.name = "pins",
                    .list = list_pins,
                    .open = check_open_pins,
                    .play = check_play_pins},
    [CHECK_PIN_HIGH] = {.name = "pin-high",
                        .list = list_high,
                        .prepare = check_prepare_pin,
                        .play = check_play_held_pin,
                        .clear = check_clear_pin},
    [CHECK_PIN_LOW] = {.name = "pin-low",
                       .list = list_low,
                       .prepare = check_prepare_pin,
                       .play = check_play_held_pin,
                       .clear = check_clear_pin},
    [CHECK_FRAMES] = {.name = "frames",
                      .list = list_cans,
                      .prepare = check_prepare_frames,
                      .play = check_play_frames,
                      .clear = check_clear_frames},
    [CHECK_BYTES] = {.name = "bytes",
                     .list = list_uarts,
                     .prepare = check_prepare_bytes,
                     .play = check_play_bytes,
                     .clear = check_clear_bytes},
    [CHECK_HSE_GOES] = {.name = "hse-goes", .list = list_hse, .play = play_hse},
    [CHECK_HSE_ABSENT] = {.name = "hse-absent",
                          .list = list_hse,
                          .prepare = prepare_no_hse,
                          .play = play_no_hse},
    [CHECK_VDD_DIPS] = {.name = "vdd-dips", .list = list_vdd, .play = play_vdd},
    [CHECK_LONGER] = {.name = "longer", .list = list_longer, .play = play_longer},
};
