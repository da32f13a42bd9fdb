/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
/* Small pieces that the line readers of log formats share. */
#include "core/le.h"
#include "formats/can_log/reader.h"

enum can_log_line can_log_bad(struct can_log_parsed *parsed, const char *problem)
{
    parsed->problem = problem;
    return CAN_LOG_LINE_BAD;
}

/* Sixteen characters each. */
#define NONE -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1
#define DIGITS 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, -1, -1, -1, -1, -1, -1
#define LETTERS -1, 10, 11, 12, 13, 14, 15, -1, -1, -1, -1, -1, -1, -1, -1, -1

/* clang-format off */
const int8_t can_log_digits[256] = {
    NONE, NONE, NONE, DIGITS, LETTERS, NONE, LETTERS, NONE,
    NONE, NONE, NONE, NONE,   NONE,    NONE, NONE,    NONE,
};
/* clang-format on */

int can_log_read_id(const char **text, uint32_t *id)
{
    int digits = 0;
    uint32_t value = 0;
    while (can_log_hex((*text)[digits]) >= 0) {
        if (digits == 8) {
            return 0;
        }
        value = value << 4 | (uint32_t)can_log_hex((*text)[digits]);
        digits++;
    }
    *text += digits;
    *id = value;
    return digits;
}

/* Appends a decimal digit; false if the number no longer fits. */
static inline bool push_digit(uint64_t *value, unsigned digit)
{
    const uint64_t last = UINT64_MAX / 10;
    if (*value >= last && (*value > last || digit > UINT64_MAX % 10)) {
        return false;
    }
    *value = *value * 10 + digit;
    return true;
}

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

/* Eight digits at once: pairs, then fours, then all are added up side by side. False: one is none. */
static bool read_eight_digits(const char *text, uint64_t *number)
{
    uint64_t word = le_get_u64((const uint8_t *)text);
    uint64_t raised = word + 0x0606060606060606u; /* ':' and above leave the row of the digits */
    const uint64_t rows = 0xF0F0F0F0F0F0F0F0u;
    const uint64_t digits = 0x3030303030303030u;
    if ((word & rows) != digits || (raised & rows) != digits) {
        return false;
    }
    word = (word & 0x0F0F0F0F0F0F0F0Fu) * (1 + (UINT64_C(10) << 8)) >> 8;
    word = (word & 0x00FF00FF00FF00FFu) * (1 + (UINT64_C(100) << 16)) >> 16;
    *number = (word & 0x0000FFFF0000FFFFu) * (1 + (UINT64_C(10000) << 32)) >> 32;
    return true;
}

bool can_log_read_decimal(const char **text, int digits, uint64_t *value)
{
    const char *at = *text;
    uint64_t number =
        0; /* not *value: a char may alias it, so it would be stored after each digit */
    if (!is_digit(*at)) {
        return false;
    }
    at += read_eight_digits(at, &number) ? 8 : 0; /* seconds since 1970 have ten */
    for (; is_digit(*at); at++) {
        if (!push_digit(&number, (unsigned)(*at - '0'))) {
            return false;
        }
    }
    bool fraction = *at == '.';
    at += fraction;
    for (int i = 0; i < digits; i++) {
        bool present = fraction && is_digit(*at);
        if (!push_digit(&number, present ? (unsigned)(*at - '0') : 0)) {
            return false;
        }
        at += present;
    }
    while (fraction && is_digit(*at)) {
        at++;
    }
    *text = at;
    *value = number;
    return true;
}

uint8_t can_log_length_of_dlc(uint32_t dlc, bool fd)
{
    static const uint8_t fd_lengths[] = {12, 16, 20, 24, 32, 48, 64};
    if (dlc <= 8) {
        return (uint8_t)dlc;
    }
    return fd ? fd_lengths[dlc < 16 ? dlc - 9 : 6] : 8;
}

bool can_log_fd_length(unsigned length)
{
    if (length <= 8) {
        return true;
    }
    return length == 12 || length == 16 || length == 20 || length == 24 || length == 32 ||
           length == 48 || length == 64;
}
