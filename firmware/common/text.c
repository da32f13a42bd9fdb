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

void text_milli(struct text *text, int32_t milli)
{
    const uint32_t size = milli < 0 ? 0U - (uint32_t)milli : (uint32_t)milli;
    if (milli < 0) {
        put(text, '-');
    }
    text_u32(text, size / 1000U);
    uint32_t rest = size % 1000U;
    if (rest != 0) {
        put(text, '.');
    }
    for (; rest != 0; rest = rest * 10U % 1000U) {
        put(text, (char)('0' + rest / 100U));
    }
}

static void convert(struct text *text, char conversion, va_list *arguments)
{
    switch (conversion) {
    case 's':
        text_string(text, va_arg(*arguments, const char *));
        break;
    case 'u':
        text_u32(text, va_arg(*arguments, uint32_t));
        break;
    case 'm':
        text_milli(text, va_arg(*arguments, int32_t));
        break;
    case 'x':
        text_hex(text, va_arg(*arguments, uint32_t));
        break;
    default:
        put(text, conversion);
        break;
    }
}

void text_vformat(struct text *text, const char *format, va_list arguments)
{
    va_list list;
    va_copy(list, arguments);
    for (; *format != '\0'; format++) {
        if (*format != '%') {
            put(text, *format);
            continue;
        }
        format++;
        convert(text, *format, &list);
    }
    va_end(list);
}

void text_format(struct text *text, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    text_vformat(text, format, arguments);
    va_end(arguments);
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
