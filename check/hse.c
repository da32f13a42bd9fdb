/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
#include "check/hse.h"

#include "vboard/boards/board_data.h"

#include <stdio.h>

#define CR_HSEBYP (1u << 18) /* RM0399 9.7.2 */

const char *check_need_of_hse(const struct check_report *r, char *text, size_t size)
{
    text[0] = '\0';
    const struct board_data *board = board_options_board(&r->config->board);
    for (size_t i = 0; i < r->boot_count && board->hse == BOARD_CLOCK_EXTERNAL; i++) {
        if (r->boots[i].on_hse) {
            snprintf(text, size,
                     " from %s, without which the clocks it chose do not start (HSI would)",
                     board->hse_from);
        }
    }
    return text;
}

void check_put_why_no_hse(struct line *l, const struct board_options *options, uint32_t cr)
{
    const struct board_data *board = board_options_board(options);
    const struct board_pin enable = board->hse_enable;
    if (options->hse == HSE_PRESENT && enable.port != 0) {
        line_put(l, " (the oscillator runs while P%c%u is high: drive it before)", enable.port,
                 enable.number);
    } else if (board->hse == BOARD_CLOCK_CRYSTAL && (cr & CR_HSEBYP) != 0) {
        line_put(l, " (the board has a crystal, and HSEBYP is set: RCC_HSE_ON instead of "
                    "RCC_HSE_BYPASS)");
    } else if (board->hse == BOARD_CLOCK_NONE) {
        line_put(l, " (the board has no clock on OSC_IN: take HSI)");
    } else {
        line_put(l, " (%s gives no clock: a board that must start without it takes HSI)",
                 board->hse_from);
    }
}
