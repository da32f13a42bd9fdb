/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
/*
 * One image on every board there is: on which would it live? `candial check --board all`.
 */
#ifndef CHECK_BOARDS_H
#define CHECK_BOARDS_H

#include "check/check.h"

#include <stdio.h>

/*
 * Checks config's images on each of boards[], its `board` and `wiring` aside, and prints as it goes: a line a board, or
 * with `json` one object {"check":1,"boards":[...]} whose members are as check_print_json makes them. The exit status:
 * 1 if the image would not live on some board, else 3 if of some that could not be told, else 0; 2 after a line in
 * `error`.
 */
int check_boards(const struct check_config *config, bool json, FILE *out, char *error,
                 size_t error_size);

#endif
