/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
/* Boards as people choose among them: what a page shows of one. */
#ifndef HOST_BOARD_LIST_H
#define HOST_BOARD_LIST_H

#include <stdbool.h>

#define BOARD_LIST_LEDS 4u

struct board_data; /* vboard/boards/board_data.h */

struct board_look {
    const char *name;           /* for --board */
    const char *title, *chip;   /* for people */
    const char *wiring;         /* "direct SMPS": what feeds VCORE, as sold */
    bool leds[BOARD_LIST_LEDS]; /* it has a green, yellow, red, blue one */
};

/* Of those that --board knows, the default first; false: there are no more. */
bool board_list_at(unsigned index, struct board_look *look);
/* Of any; NULL: the default. */
void board_list_look(const struct board_data *board, struct board_look *look);

#endif
