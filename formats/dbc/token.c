/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
#include "formats/dbc/token.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* What a character is to the scanner; everything else belongs to words. */
enum { PART_OF_WORD, BLANK, NEW_LINE, QUOTE, MARK, END };

static const uint8_t kinds[256] = {
    ['\0'] = END,   [' '] = BLANK,     ['\t'] = BLANK, ['\r'] = BLANK, ['\f'] = BLANK,
    ['\v'] = BLANK, ['\n'] = NEW_LINE, ['"'] = QUOTE,  [':'] = MARK,   [';'] = MARK,
    [','] = MARK,   ['|'] = MARK,      ['@'] = MARK,   ['('] = MARK,   [')'] = MARK,
    ['['] = MARK,   [']'] = MARK,
};

static uint8_t kind_of(char c)
{
    return kinds[(unsigned char)c];
}

void dbc_scanner_init(struct dbc_scanner *scanner, const char *text)
{
    *scanner = (struct dbc_scanner){.at = text, .line_start = text, .line = 1, .is_fresh = true};
}

static void take_new_line(struct dbc_scanner *scanner)
{
    scanner->at++;
    scanner->line++;
    scanner->line_start = scanner->at;
    scanner->is_fresh = true;
}

static void skip_blanks(struct dbc_scanner *scanner)
{
    for (;;) {
        uint8_t kind = kind_of(*scanner->at);
        if (kind == NEW_LINE) {
            take_new_line(scanner);
        } else if (kind == BLANK) {
            scanner->at++;
        } else {
            return;
        }
    }
}

/* The text's first character has the opening quote before it. */
static bool is_escaped(const char *quote)
{
    return quote[-1] == '\\';
}

static void scan_string(struct dbc_scanner *scanner, struct dbc_token *token)
{
    token->text = ++scanner->at;
    token->kind = DBC_TOKEN_STRING;
    while (*scanner->at != '\0') {
        if (*scanner->at == '"' && !is_escaped(scanner->at)) {
            token->length = (size_t)(scanner->at - token->text);
            scanner->at++;
            return;
        }
        if (*scanner->at == '\n') {
            take_new_line(scanner);
        } else {
            scanner->at++;
        }
    }
    token->kind = DBC_TOKEN_BROKEN;
    token->length = 0;
}

struct dbc_token dbc_scan(struct dbc_scanner *scanner)
{
    skip_blanks(scanner);
    struct dbc_token token = {
        .kind = DBC_TOKEN_END,
        .text = scanner->at,
        .line = scanner->line,
        .line_start = scanner->line_start,
        .is_first = scanner->is_fresh,
    };
    scanner->is_fresh = false;
    switch (kind_of(*scanner->at)) {
    case END:
        return token;
    case QUOTE:
        scan_string(scanner, &token);
        scanner->is_fresh = false;
        return token;
    case MARK:
        token.kind = DBC_TOKEN_MARK;
        token.length = 1;
        scanner->at++;
        return token;
    default:
        break;
    }
    const char *end = scanner->at;
    while (kind_of(*end) == PART_OF_WORD) {
        end++;
    }
    scanner->at = end;
    token.kind = DBC_TOKEN_WORD;
    token.length = (size_t)(end - token.text);
    return token;
}

void dbc_scan_skip_line(struct dbc_scanner *scanner)
{
    scanner->at += strcspn(scanner->at, "\n");
}

void dbc_scan_new_line(struct dbc_scanner *scanner)
{
    if (*scanner->at == '\n') {
        take_new_line(scanner);
    }
}

/* What a Ford's file has 7,000 of: attributes nobody asked for. */
bool dbc_scan_skip_to_semicolon(struct dbc_scanner *scanner)
{
    bool in_string = false;
    for (const char *at = scanner->at;; at++) {
        switch (kind_of(*at)) {
        case END:
        case NEW_LINE:
            return false;
        case QUOTE:
            in_string = in_string ? is_escaped(at) : true;
            break;
        case MARK:
            if (*at == ';' && !in_string) {
                scanner->at = at + 1;
                return true;
            }
            break;
        default:
            break;
        }
    }
}

bool dbc_token_is(const struct dbc_token *token, const char *word)
{
    return token->kind == DBC_TOKEN_WORD && strlen(word) == token->length &&
           memcmp(token->text, word, token->length) == 0;
}

bool dbc_token_is_mark(const struct dbc_token *token, char mark)
{
    return token->kind == DBC_TOKEN_MARK && *token->text == mark;
}

bool dbc_token_is_keyword(const struct dbc_token *token)
{
    if (token->kind != DBC_TOKEN_WORD || !token->is_first) {
        return false;
    }
    if (token->text[token->length - 1] != '_') {
        return dbc_token_is(token, "VERSION") || dbc_token_is(token, "FILTER");
    }
    for (size_t i = 0; i < token->length; i++) {
        if (token->text[i] != '_' && (token->text[i] < 'A' || token->text[i] > 'Z')) {
            return false;
        }
    }
    return true;
}

/* Digits only, to their end; false if there are none or they exceed 64 bits. */
static bool read_digits(const char *text, size_t length, uint64_t *value)
{
    *value = 0;
    for (size_t i = 0; i < length; i++) {
        unsigned digit = (unsigned)text[i] - '0';
        if (digit > 9 || *value > (UINT64_MAX - digit) / 10) {
            return false;
        }
        *value = *value * 10 + digit;
    }
    return length > 0;
}

bool dbc_token_u32(const struct dbc_token *token, uint32_t *value)
{
    uint64_t wide = 0;
    if (token->kind != DBC_TOKEN_WORD || !read_digits(token->text, token->length, &wide) ||
        wide > UINT32_MAX) {
        return false;
    }
    *value = (uint32_t)wide;
    return true;
}

/* The characters after the word stop strtod, which takes hexadecimal digits and words as well: not here. */
bool dbc_token_double(const struct dbc_token *token, double *value)
{
    if (token->kind != DBC_TOKEN_WORD) {
        return false;
    }
    for (size_t i = 0; i < token->length; i++) {
        if (strchr("0123456789+-.eE", token->text[i]) == NULL) {
            return false;
        }
    }
    char *end = NULL;
    *value = strtod(token->text, &end);
    return end == token->text + token->length && isfinite(*value);
}

bool dbc_token_raw(const struct dbc_token *token, int64_t *value)
{
    uint64_t wide = 0;
    double number = 0;
    if (token->kind != DBC_TOKEN_WORD) {
        return false;
    }
    bool is_negative = token->text[0] == '-';
    if (read_digits(token->text + is_negative, token->length - is_negative, &wide)) {
        *value = (int64_t)(is_negative ? 0 - wide : wide);
        return true;
    }
    if (!dbc_token_double(token, &number) || fabs(number) > 9e15 || number != floor(number)) {
        return false;
    }
    *value = (int64_t)number; /* written as 255.0 */
    return true;
}

unsigned dbc_token_column(const struct dbc_token *token)
{
    const char *text =
        token->text - (token->kind == DBC_TOKEN_STRING || token->kind == DBC_TOKEN_BROKEN);
    unsigned column = 1;
    for (const char *at = token->line_start; at < text; at++) {
        column += ((unsigned char)*at & 0xC0) != 0x80;
    }
    return column;
}
