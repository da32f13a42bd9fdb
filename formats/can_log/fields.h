/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
/* Lines that are rows of fields. Private to formats/can_log*.c. */
#ifndef FORMATS_CAN_LOG_FIELDS_H
#define FORMATS_CAN_LOG_FIELDS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define CAN_LOG_FIELDS_MAX 96 /* 64 data bytes and what formats write around them */

struct can_log_field {
    const char *text; /* in the line, not ended */
    size_t length;
};

struct can_log_row {
    struct can_log_field fields[CAN_LOG_FIELDS_MAX];
    int count;
};

/* Parts `line` at each run of blanks; fields past the maximum are dropped. */
void can_log_split_blanks(const char *line, struct can_log_row *row);

/* Parts `line` at each comma, or semicolon if it has no comma; blanks around a field are no part of it; a last empty field is dropped. */
void can_log_split_commas(const char *line, struct can_log_row *row);

/* A field that exists, else an empty one. */
struct can_log_field can_log_field_at(const struct can_log_row *row, int index);

bool can_log_field_is(struct can_log_field field, const char *text);

/* The whole field as a decimal number in units of 10^-digits. */
bool can_log_field_decimal(struct can_log_field field, int digits, uint64_t *value);

/* The whole field as a hexadecimal number of 1 to 8 digits; the number of digits, 0 if it is none. */
int can_log_field_hex(struct can_log_field field, uint32_t *value);

/* `count` fields from `first` on as bytes of 1 or 2 hexadecimal digits. */
bool can_log_fields_bytes(const struct can_log_row *row, int first, int count, uint8_t *bytes);

#endif
