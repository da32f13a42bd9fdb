/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
#ifndef FIRMWARE_TEXT_H
#define FIRMWARE_TEXT_H

#include <stddef.h>
#include <stdint.h>

/* Builds one line of text without printf. What does not fit is left out; it never overflows. */
#define TEXT_SIZE 160

struct text {
    char data[TEXT_SIZE];
    size_t len;
};

void text_clear(struct text *text);
void text_string(struct text *text, const char *string);
void text_u32(struct text *text, uint32_t value);
/* Eight digits behind 0x. */
void text_hex(struct text *text, uint32_t value);
/* 500 kbit/s, 1 Mbit/s, 83333 bit/s */
void text_rate(struct text *text, uint32_t bps);

#endif
