/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
#include "host/board_list.h"

#include "vboard/boards/board_data.h"

#include <stddef.h>

_Static_assert(BOARD_LIST_LEDS == BOARD_LED_COUNT, "all LEDs are told");

void board_list_look(const struct board_data *board, struct board_look *look)
{
    const struct board_data *b = board != NULL ? board : boards[0];
    *look = (struct board_look){
        .name = b->name,
        .title = b->title,
        .chip = chip_part_name(b->chip),
        .wiring = supply_wiring_name(b->wiring),
    };
    for (unsigned i = 0; i < BOARD_LIST_LEDS; i++) {
        look->leds[i] = b->leds[i].pin.port != 0;
    }
}

bool board_list_at(unsigned index, struct board_look *look)
{
    for (unsigned i = 0; i < index; i++) {
        if (boards[i] == NULL) {
            return false;
        }
    }
    if (boards[index] == NULL) {
        return false;
    }
    board_list_look(boards[index], look);
    return true;
}
