/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
#include "firmware/cm7/leds.h"

#include "firmware/board/board.h"

/* In ticks. */
#define GREEN_HALF (600U / LEDS_TICK_MS)
#define RED_FLASH (200U / LEDS_TICK_MS)
#define RED_PAUSE (1000U / LEDS_TICK_MS)
#define WARN_HALF (120U / LEDS_TICK_MS) /* 4.2 Hz: urgent, and far from the error's flashes */
#define CRITICAL_HALF 1U                /* 12.5 Hz: at once */

static bool green(enum gauge_state state, uint32_t tick)
{
    switch (state) {
    case GAUGE_LIVE:
    case GAUGE_SWEEP:
        return true;
    case GAUGE_BOOT:
    case GAUGE_WAIT:
        return (tick / GREEN_HALF) % 2U == 0;
    default:
        return false;
    }
}

/* A warning is told by both, in turn; a named error keeps the red one, unless it is critical. */
static bool warn_flash(enum gauge_warn warn, uint32_t tick)
{
    return tick / (warn == GAUGE_WARN_CRITICAL ? CRITICAL_HALF : WARN_HALF) % 2U == 0;
}

/* Whether the red LED is on `phase` ticks into its round of `number` flashes and a pause. */
static bool red(uint32_t number, uint32_t phase)
{
    return phase < number * 2U * RED_FLASH && (phase / RED_FLASH) % 2U == 0;
}

void leds_tick(const struct leds_input *input)
{
    static uint32_t tick;
    static uint32_t red_phase;
    static enum fault told;
    static uint32_t frames_before;
    static bool flicker;

    tick++;
    flicker = input->rx_frames != frames_before && !flicker;
    frames_before = input->rx_frames;
    red_phase++;
    if (input->fault != told || red_phase >= (uint32_t)input->fault * 2U * RED_FLASH + RED_PAUSE) {
        told = input->fault; /* another one: its first round is whole, too */
        red_phase = 0;
    }
    board_led(BOARD_LED_GREEN, green(input->state, tick));
    const bool is_hot = input->warn != GAUGE_WARN_OFF;
    const bool flash = warn_flash(input->warn, tick);
    const bool is_red_free =
        input->warn == GAUGE_WARN_CRITICAL || (is_hot && input->fault == FAULT_NONE);
    board_led(BOARD_LED_YELLOW, is_hot ? flash : flicker);
    board_led(BOARD_LED_RED, is_red_free ? !flash : red((uint32_t)input->fault, red_phase));
}
