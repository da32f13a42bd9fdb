/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
/*
 * YAML into structs by tables of keys, with errors a user can act on: "FILE:LINE: KEY: what: remedy".
 *
 * Built on libyaml's document tree, because each of its nodes knows its line. (libcyaml, which sits on
 * the same parser, loads into structs but then no longer knows where a value stood, so that a value out
 * of range could not be reported with its line.)
 *
 * All yaml_read_* functions return false after the first error; it is then in the file's `error`.
 */
#ifndef FORMATS_YAML_YAML_READ_H
#define FORMATS_YAML_YAML_READ_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct yaml_node_s;
struct yaml_document_s;

struct yaml_file {
    const char *path;
    struct yaml_document_s *document;
    char *error;
    size_t error_size;
};

/* A node and the way to it: "dials[0].servo.park". */
struct yaml_value {
    const struct yaml_file *file;
    struct yaml_node_s *node;
    char key[96];
};

struct yaml_key;
typedef bool yaml_read(const struct yaml_value *value, const struct yaml_key *key, void *target);

/* One key of a mapping: how its value is read, and into which field of the struct. */
struct yaml_key {
    const char *name;
    yaml_read *read;
    size_t offset;
    bool required;
    double min, max;             /* numbers: bounds of the written value */
    double factor;               /* numbers: the field holds value * factor, rounded */
    const struct yaml_key *keys; /* yaml_read_mapping: ends with a row without name */
};

/* Opens and parses `path`; `root` is its top mapping. Close the file even after false. */
bool yaml_open(struct yaml_file *file, const char *path, char *error, size_t error_size,
               struct yaml_value *root) __attribute__((warn_unused_result));
void yaml_close(struct yaml_file *file);

/* Writes the error of a value, `format` giving "what: remedy"; always false. */
bool yaml_fail(const struct yaml_value *value, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

/* Readers for table rows. Each stores into `target`, which is the field itself. */
bool yaml_read_mapping(const struct yaml_value *value, const struct yaml_key *key, void *target);
bool yaml_read_bool(const struct yaml_value *value, const struct yaml_key *key, void *target);
bool yaml_read_double(const struct yaml_value *value, const struct yaml_key *key, void *target);
bool yaml_read_u8(const struct yaml_value *value, const struct yaml_key *key, void *target);
bool yaml_read_u16(const struct yaml_value *value, const struct yaml_key *key, void *target);
bool yaml_read_u32(const struct yaml_value *value, const struct yaml_key *key, void *target);
bool yaml_read_i16(const struct yaml_value *value, const struct yaml_key *key, void *target);
bool yaml_read_i32(const struct yaml_value *value, const struct yaml_key *key, void *target);
/*
 * Identifiers, into a uint32_t or uint16_t: 0x hexadecimal, or one digit. Handbooks write them in hexadecimal without
 * the 0x, so 1154 and 1E3 would be something else than what was meant.
 */
bool yaml_read_id_u32(const struct yaml_value *value, const struct yaml_key *key, void *target);
bool yaml_read_id_u16(const struct yaml_value *value, const struct yaml_key *key, void *target);
/* "600ms", "0.6s", "20000us": into a uint16_t or uint32_t of seconds * factor; bounds are in seconds. */
bool yaml_read_duration_u16(const struct yaml_value *value, const struct yaml_key *key,
                            void *target);
bool yaml_read_duration_u32(const struct yaml_value *value, const struct yaml_key *key,
                            void *target);
/* "500k", "2M", "83333": into a uint32_t. */
bool yaml_read_rate_u32(const struct yaml_value *value, const struct yaml_key *key, void *target);

/* A plain number within [min, max], in decimal or, for whole numbers, 0x hexadecimal. */
bool yaml_number(const struct yaml_value *value, double min, double max, double *number);

/* Index of a word among `choices`, which end with NULL; -1 and an error if it is none of them. */
int yaml_choice(const struct yaml_value *value, const char *const *choices);

/* The text of a scalar; NULL and an error if it is none. */
const char *yaml_text(const struct yaml_value *value);

/* The number of a sequence's items; -1 and an error if it is none. */
int yaml_item_count(const struct yaml_value *value);
/* Its item `index`, which must exist. */
struct yaml_value yaml_item(const struct yaml_value *value, int index);
bool yaml_is_sequence(const struct yaml_value *value);

/* Its line in the file, from 1. */
unsigned yaml_line(const struct yaml_value *value);

/* The value of `name` in a mapping; false if it is absent. No error is written. */
bool yaml_find(const struct yaml_value *mapping, const char *name, struct yaml_value *found);

#endif
