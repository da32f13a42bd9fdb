/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
/* The words of a DBC file. Private to formats/dbc*.c. */
#ifndef FORMATS_DBC_TOKEN_H
#define FORMATS_DBC_TOKEN_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum dbc_token_kind {
    DBC_TOKEN_END,
    DBC_TOKEN_WORD,   /* a run of anything but blanks, quotes and marks: names, numbers, keywords */
    DBC_TOKEN_STRING, /* `text` without its quotes, escapes still in it */
    DBC_TOKEN_MARK,   /* one of : ; , | @ ( ) [ ] */
    DBC_TOKEN_BROKEN, /* a string without an end */
};

struct dbc_token {
    enum dbc_token_kind kind;
    const char *text; /* in the file's text, not ended */
    size_t length;
    unsigned line;
    const char *line_start;
    bool is_first; /* on its line */
};

/* A place in a text that ends with a zero byte. */
struct dbc_scanner {
    const char *at;
    const char *line_start;
    unsigned line;
    bool is_fresh; /* nothing but blanks on this line so far */
};

void dbc_scanner_init(struct dbc_scanner *scanner, const char *text);

/* The next token; at the end of the text always DBC_TOKEN_END. */
struct dbc_token dbc_scan(struct dbc_scanner *scanner);

/* Passes over the rest of a statement if it ends with a semicolon on this line, else over nothing. */
bool dbc_scan_skip_to_semicolon(struct dbc_scanner *scanner);

/* Passes over the rest of the line. */
void dbc_scan_skip_line(struct dbc_scanner *scanner);

/* On to the next line, if the scanner stands at a line's end. */
void dbc_scan_new_line(struct dbc_scanner *scanner);

bool dbc_token_is(const struct dbc_token *token, const char *word);
bool dbc_token_is_mark(const struct dbc_token *token, char mark);

/* A word that begins a statement: the first of its line, capitals and underscores, as VAL_TABLE_. */
bool dbc_token_is_keyword(const struct dbc_token *token);

/* The whole word as a number. */
bool dbc_token_u32(const struct dbc_token *token, uint32_t *value);
bool dbc_token_double(const struct dbc_token *token, double *value);
/* Whole numbers, signed, of up to 64 bits; those above INT64_MAX wrap, as raw bits do. */
bool dbc_token_raw(const struct dbc_token *token, int64_t *value);

/* Column, counted in characters from 1 on. */
unsigned dbc_token_column(const struct dbc_token *token);

#endif
