/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
/* Text in large amounts to standard output: numbers are written by hand, printf would be most of the time. */
#ifndef HOST_TEXT_OUT_H
#define HOST_TEXT_OUT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define TEXT_OUT_SIZE 65536u
#define TEXT_OUT_NUMBER_MAX 32u

/* Zero at the start. */
struct text_out {
    size_t used;
    bool failed; /* standard output could not be written */
    char text[TEXT_OUT_SIZE];
};

void text_out_string(struct text_out *out, const char *text);
void text_out_char(struct text_out *out, char c);

/* A field of a CSV line: in quotes if it holds a comma, a quote or a line's end. */
void text_out_csv(struct text_out *out, const char *text);

/* Up to ten digits, no zeros behind the point that say nothing: 91, 64.5, -0.0625, 1.5e+20. */
void text_out_number(struct text_out *out, double value);

/* Hexadecimal, capitals, at least `digits`. */
void text_out_hex(struct text_out *out, uint32_t value, int digits);

/* Nanoseconds as seconds with six decimals. */
void text_out_seconds(struct text_out *out, uint64_t time_ns);

/* Writes what is there; false if that, or anything before, failed. */
bool text_out_flush(struct text_out *out);

/* The same number into `text` of TEXT_OUT_NUMBER_MAX bytes; returns its length. */
size_t text_number(char *text, double value);

#endif
