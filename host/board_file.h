/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
/*
 * A board of one's own as a YAML file, for --board FILE.yaml (docs/boards.md has the keys):
 *
 *     name: my-board
 *     chip: STM32H747
 *     wiring: ldo
 *     hse: {frequency: 25M, kind: crystal}
 *     leds: {green: PI12 low}
 */
#ifndef HOST_BOARD_FILE_H
#define HOST_BOARD_FILE_H

#include <stddef.h>

struct board_data;

/*
 * Reads the file. The board lives as long as the process, as the arguments do; NULL, and "FILE:LINE: KEY: what:
 * remedy" in `error`, if it cannot be taken.
 */
const struct board_data *board_file_open(const char *path, char *error, size_t error_size);

#endif
