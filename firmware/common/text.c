/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
#include "firmware/common/text.h"

static void put(struct text *text, char c)
{
    if (text->len < sizeof text->data) {
        text->data[text->len] = c;
        text->len++;
    }
}

void text_clear(struct text *text)
{
    text->len = 0;
}

void text_string(struct text *text, const char *string)
{
    for (; *string != '\0'; string++) {
        put(text, *string);
    }
}

void text_u32(struct text *text, uint32_t value)
{
    char digits[10];
    size_t count = 0;
    do {
        digits[count] = (char)('0' + value % 10U);
        count++;
        value /= 10U;
    } while (value != 0);
    while (count != 0) {
        count--;
        put(text, digits[count]);
    }
}

void text_hex(struct text *text, uint32_t value)
{
    text_string(text, "0x");
    for (int shift = 28; shift >= 0; shift -= 4) {
        put(text, "0123456789abcdef"[(value >> shift) & 15U]);
    }
}

void text_rate(struct text *text, uint32_t bps)
{
    if (bps % 1000000U == 0) {
        text_u32(text, bps / 1000000U);
        text_string(text, " Mbit/s");
    } else if (bps % 1000U == 0) {
        text_u32(text, bps / 1000U);
        text_string(text, " kbit/s");
    } else {
        text_u32(text, bps);
        text_string(text, " bit/s");
    }
}
