/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
/* What the rig is made of. core/ and vboard/ each have a frame of their own: no file here sees both. */
#ifndef TESTS_SYSTEM_RIG_PARTS_H
#define TESTS_SYSTEM_RIG_PARTS_H

#include "tests/system/rig.h"

/* ---- rig_core.c: core/ and formats/ ---- */

/* The record of a profile as `profile send` writes it; false with one line in `error`. */
bool rig_record(const char *profile, bool active, uint8_t record[RIG_RECORD_SIZE], char *error,
                size_t error_size);

/* Reads a telemetry line's values; false if it is none, or damaged. */
bool rig_parse_line(const char *text, size_t length, struct rig_line *line);

/* Bytes of an ELF file's segments into the board's flash; false with one line in `error`. */
bool rig_load_image(struct board *board, const char *path, char *error, size_t error_size);

/* ---- rig_bus.c: the virtual CAN bus ---- */

/* Puts the rig's log or streams on its board's bus and records what is sent; NULL and one line in
 * `error` if the log cannot be read. */
struct rig_bus *rig_bus_create(struct rig *r, char *error, size_t error_size);
void rig_bus_destroy(struct rig_bus *bus);

/* Makes room in a list for one more: the list, moved perhaps. Ends the program when out of memory. */
void *rig_room(void *list, size_t count, size_t size);

#endif
