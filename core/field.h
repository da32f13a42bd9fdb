/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
#ifndef CORE_FIELD_H
#define CORE_FIELD_H

#include <stdbool.h>
#include <stdint.h>

/*
 * A member of a struct, and the bytes of the record that hold it. Reading and writing a record goes by tables of
 * these. Nobody checks here what a value means; a record whose bytes say more than its fields do is found
 * out by building it again.
 */
enum field_type {
    FIELD_U8,
    FIELD_U16,
    FIELD_32, /* uint32_t, int32_t */
    FIELD_F64,
    FIELD_BIT,  /* bool; detail: the bit's number */
    FIELD_ENUM, /* one byte; detail: the member's size */
    FIELD_CDEG, /* int32_t of millidegrees; the record has hundredths of a degree */
    FIELD_DECI, /* int32_t of thousandths; the record has tenths, moved up by 2^15, and 0 for INT32_MAX */
    FIELD_APART,  /* uint16_t; the record has one byte, how far it is from `detail` */
    FIELD_NAME,   /* char[RECORD_NAME_MAX + 1] */
    FIELD_RANGES, /* struct source_range[]; detail: this far before it stands their uint8_t count */
    FIELD_CONDITIONS,   /* struct condition[] */
    FIELD_DIAL_POINTS,  /* struct curve; detail: where the record has the number of points */
    FIELD_SERVO_POINTS, /* the same */
};

struct field {
    uint8_t type;
    uint8_t at; /* offset in the record's part */
    uint8_t detail;
    uint16_t offset; /* in the struct */
};

/* Bytes -> member: zero, or the enum gauge_err of a count too high. */
int field_parse(const struct field *field, void *to, const uint8_t *bytes)
    __attribute__((warn_unused_result));

/* Member -> bytes, which are zero before. */
void field_build(const struct field *field, const void *from, uint8_t *bytes);

/* The value of a field of whole numbers; of other types 0. */
int32_t field_number(const struct field *field, const void *from);

#endif
