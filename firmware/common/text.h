/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
#ifndef FIRMWARE_TEXT_H
#define FIRMWARE_TEXT_H

#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

/* Builds one line of text without printf. What does not fit is left out; it never overflows. */
#define TEXT_SIZE 256

struct text {
    char data[TEXT_SIZE];
    size_t len;
};

void text_clear(struct text *text);
void text_string(struct text *text, const char *string);
void text_u32(struct text *text, uint32_t value);
/* Eight digits behind 0x. */
void text_hex(struct text *text, uint32_t value);
/* Thousandths: 12500 is 12.5, -10000 is -10. */
void text_milli(struct text *text, int32_t milli);
/*
 * %s a string, %u a uint32_t, %m an int32_t as text_milli, %x a uint32_t as text_hex, %% a percent
 * sign. Not printf's: the compiler does not check the arguments.
 */
void text_format(struct text *text, const char *format, ...);
void text_vformat(struct text *text, const char *format, va_list arguments);
/* 500 kbit/s, 1 Mbit/s, 83333 bit/s */
void text_rate(struct text *text, uint32_t bps);

#endif
