/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
#ifndef CM7_KEYS_H
#define CM7_KEYS_H

#include <stdbool.h>
#include <stdint.h>

#include "core/profile_keys.h"
#include "core/record.h"
#include "firmware/common/text.h"

/*
 * What of a profile the console shows and sets: its keys (core/profile_keys.h), not the source, which says what a car
 * sends. "2.timeout" is the second dial's; the last part of a name will do: "max_slope".
 */

/* NULL: no such key, or no such dial. *dial is 0 for keys of the profile. */
const struct profile_key *key_find(const struct record *record, const char *name, uint32_t *dial);

/* Appends the value as key_set takes it. */
void key_show(struct text *text, const struct profile_key *key, const struct record *record,
              uint32_t dial, bool is_fahrenheit);

/* NULL, or what is wrong with words[*bad]. Checks the form; record_validate checks the sense. */
const char *key_set(const struct profile_key *key, struct record *record, uint32_t dial, int count,
                    char *const word[], bool is_fahrenheit, int *bad);

/*
 * Which word record_validate's `error` is about, once key_set has taken them: of a list of points
 * the one it comes with, else the first. `record` is put back as it was.
 */
int key_blame(const struct profile_key *key, struct record *record, uint32_t dial, int error);

/*
 * A temperature: thousandths of a degree as people see them, and back from a text that ends in C
 * or F or in neither. False: no number, or something behind it.
 */
int32_t key_shown_temperature(int32_t milli_c, bool is_fahrenheit);
bool key_parse_temperature(const char *text, bool is_fahrenheit, int32_t *milli_c);

#endif
