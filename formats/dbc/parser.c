/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
/* Small pieces every statement of the DBC reader is made of. */
#include "formats/dbc/parser.h"

#include "formats/dbc/text.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#define EXTENDED_BIT 0x80000000u
#define ID_EXTENDED_MAX 0x1FFFFFFFu
#define ID_STANDARD_MAX 0x7FFu

static struct dbc_source *source_of(struct dbc_parser *parser)
{
    return &parser->sources[parser->depth - 1];
}

struct dbc_scanner *dbc_scanner_of(struct dbc_parser *parser)
{
    return &source_of(parser)->scanner;
}

/* One line, whole characters: what is quoted may be a text of several lines, or have been cut. */
static void tidy(char *text)
{
    size_t left = strlen(text);
    for (uint8_t *at = (uint8_t *)text; left > 0;) {
        size_t count = dbc_text_character(at, left);
        if (count == 0 || *at < ' ') {
            *at = count == 0 ? '?' : ' ';
            count = 1;
        }
        at += count;
        left -= count;
    }
}

/* "FILE:LINE:COLUMN: " in front. */
static void describe(struct dbc_parser *parser, const struct dbc_token *at, char *text, size_t size,
                     const char *format, va_list arguments)
{
    int used = snprintf(text, size, "%.200s:%u:%u: ", source_of(parser)->path, at->line,
                        dbc_token_column(at));
    if (used >= 0 && (size_t)used < size) {
        vsnprintf(text + used, size - (size_t)used, format, arguments);
    }
    tidy(text);
}

bool dbc_fail(struct dbc_parser *parser, const struct dbc_token *at, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    describe(parser, at, parser->error, parser->error_size, format, arguments);
    va_end(arguments);
    return false;
}

bool dbc_fail_memory(struct dbc_parser *parser)
{
    snprintf(parser->error, parser->error_size, "%s: out of memory", parser->path);
    parser->is_fatal = true;
    return false;
}

static bool add_note(struct dbc_parser *parser, struct dbc_array *notes, const char *text)
{
    if (notes->count >= DBC_NOTES_MAX) {
        return true;
    }
    char *copy = dbc_store_string(parser->store, text, strlen(text));
    char **note = dbc_array_add(notes, sizeof *note);
    if (copy == NULL || note == NULL) {
        notes->count -= note != NULL;
        return dbc_fail_memory(parser);
    }
    *note = copy;
    return true;
}

bool dbc_leave_out(struct dbc_parser *parser, const char *text)
{
    char note[600];
    snprintf(note, sizeof note, "%.560s: left out", text);
    tidy(note);
    return add_note(parser, &parser->left_out, note) && add_note(parser, &parser->notes, note);
}

bool dbc_note(struct dbc_parser *parser, const struct dbc_token *at, const char *format, ...)
{
    char text[400];
    va_list arguments;
    va_start(arguments, format);
    describe(parser, at, text, sizeof text, format, arguments);
    va_end(arguments);
    return add_note(parser, &parser->notes, text);
}

struct dbc_token dbc_next(struct dbc_parser *parser)
{
    return dbc_scan(dbc_scanner_of(parser));
}

struct dbc_token dbc_peek(struct dbc_parser *parser)
{
    struct dbc_scanner ahead = *dbc_scanner_of(parser);
    return dbc_scan(&ahead);
}

static bool fail_expected(struct dbc_parser *parser, const struct dbc_token *token,
                          const char *what)
{
    if (token->kind == DBC_TOKEN_END) {
        return dbc_fail(parser, token, "the file ends where %s should stand: is it complete?",
                        what);
    }
    if (token->kind == DBC_TOKEN_BROKEN) {
        return dbc_fail(parser, token, "a text without an end: add the closing quote");
    }
    int length = token->length > 40 ? 40 : (int)token->length;
    return dbc_fail(parser, token, "`%.*s` stands where %s should: correct it", length, token->text,
                    what);
}

bool dbc_expect_mark(struct dbc_parser *parser, char mark)
{
    char what[4] = {'`', mark, '`', '\0'};
    struct dbc_token token = dbc_next(parser);
    return dbc_token_is_mark(&token, mark) || fail_expected(parser, &token, what);
}

bool dbc_expect_word(struct dbc_parser *parser, struct dbc_token *token, const char *what)
{
    *token = dbc_next(parser);
    return token->kind == DBC_TOKEN_WORD || fail_expected(parser, token, what);
}

/* A text whose closing quote is missing goes on to the next quote, with the statements between. */
static bool holds_statement(const struct dbc_token *token)
{
    struct dbc_scanner inside = {.at = token->text, .line_start = token->text, .line = 1};
    if (token->kind != DBC_TOKEN_STRING) {
        return false;
    }
    while (inside.at < token->text + token->length) {
        struct dbc_token word = dbc_scan(&inside);
        if (word.text < token->text + token->length && dbc_token_is_keyword(&word)) {
            return true;
        }
    }
    return false;
}

/* Takes out the backslashes before quotes. */
static void unescape(char *text)
{
    char *to = text;
    for (const char *from = text; *from != '\0'; from++) {
        from += from[0] == '\\' && from[1] == '"';
        *to++ = *from;
    }
    *to = '\0';
}

static bool expect_string(struct dbc_parser *parser, char **text)
{
    struct dbc_token token = dbc_next(parser);
    if (token.kind != DBC_TOKEN_STRING) {
        return fail_expected(parser, &token, "a text in quotes");
    }
    char *copy = dbc_store_string(parser->store, token.text, token.length);
    if (copy == NULL) {
        return dbc_fail_memory(parser);
    }
    unescape(copy);
    *text = copy;
    return true;
}

bool dbc_expect_string(struct dbc_parser *parser, const char **text)
{
    char *copy = NULL;
    bool good = expect_string(parser, &copy);
    *text = copy;
    return good;
}

bool dbc_expect_line(struct dbc_parser *parser, const char **text)
{
    char *copy = NULL;
    struct dbc_token token = dbc_peek(parser);
    if (holds_statement(&token)) {
        token.kind = DBC_TOKEN_BROKEN;
        return fail_expected(parser, &token, "a text in quotes");
    }
    if (!expect_string(parser, &copy)) {
        return false;
    }
    for (char *at = copy; *at != '\0'; at++) {
        *at = *at >= '\t' && *at <= '\r' ? ' ' : *at;
    }
    *text = copy;
    return true;
}

bool dbc_expect_double(struct dbc_parser *parser, double *value, const char *what)
{
    struct dbc_token token = dbc_next(parser);
    return dbc_token_double(&token, value) || fail_expected(parser, &token, what);
}

bool dbc_expect_u32(struct dbc_parser *parser, uint32_t *value, const char *what)
{
    struct dbc_token token = dbc_next(parser);
    return dbc_token_u32(&token, value) || fail_expected(parser, &token, what);
}

bool dbc_expect_end(struct dbc_parser *parser)
{
    struct dbc_token token = dbc_peek(parser);
    if (dbc_token_is_mark(&token, ';')) {
        dbc_next(parser);
        return true;
    }
    return token.kind == DBC_TOKEN_END || dbc_token_is_keyword(&token) ||
           fail_expected(parser, &token, "`;`");
}

void dbc_skip_statement(struct dbc_parser *parser)
{
    struct dbc_scanner *scanner = dbc_scanner_of(parser);
    if (dbc_scan_skip_to_semicolon(scanner)) {
        return;
    }
    for (;;) {
        struct dbc_scanner before = *scanner;
        struct dbc_token token = dbc_scan(scanner);
        if (token.kind == DBC_TOKEN_END || dbc_token_is_keyword(&token)) {
            *scanner = before;
            return;
        }
        if (dbc_token_is_mark(&token, ';')) {
            return;
        }
    }
}

/* Where a text has no end, statements are told by their lines. */
static void skip_lines(struct dbc_scanner *scanner)
{
    for (;;) {
        dbc_scan_skip_line(scanner);
        struct dbc_scanner ahead = *scanner;
        struct dbc_token token = dbc_scan(&ahead);
        if (token.kind == DBC_TOKEN_END || dbc_token_is_keyword(&token)) {
            return;
        }
        dbc_scan_new_line(scanner);
    }
}

void dbc_skip_bad_statement(struct dbc_parser *parser, const struct dbc_scanner *from)
{
    struct dbc_scanner *scanner = dbc_scanner_of(parser);
    *scanner = *from;
    for (;;) {
        struct dbc_scanner before = *scanner;
        struct dbc_token token = dbc_scan(scanner);
        if (token.kind == DBC_TOKEN_END || dbc_token_is_keyword(&token)) {
            *scanner = before;
            return;
        }
        if (token.kind == DBC_TOKEN_BROKEN || holds_statement(&token)) {
            *scanner = *from;
            skip_lines(scanner);
            return;
        }
        if (dbc_token_is_mark(&token, ';')) {
            return;
        }
    }
}

bool dbc_split_id(uint32_t written, uint32_t *id, bool *extended)
{
    *extended = (written & EXTENDED_BIT) != 0 || written > ID_STANDARD_MAX;
    *id = written & ~EXTENDED_BIT;
    return *id <= ID_EXTENDED_MAX;
}

uint32_t dbc_key(uint32_t id, bool extended)
{
    return extended ? id | EXTENDED_BIT : id;
}

static struct dbc_signal *find_signal(struct dbc_parser *parser, const struct dbc_draft *draft,
                                      const struct dbc_token *name)
{
    if (draft->message.signal_count == 0) {
        return NULL;
    }
    struct dbc_signal *signals = DBC_SIGNALS(parser) + draft->first_signal;
    for (uint32_t i = 0; i < draft->message.signal_count; i++) {
        if (dbc_token_is(name, signals[i].name)) {
            return &signals[i];
        }
    }
    return NULL;
}

bool dbc_read_reference(struct dbc_parser *parser, struct dbc_draft **draft,
                        struct dbc_signal **signal)
{
    struct dbc_token name;
    uint32_t id = 0;
    bool extended = false;
    struct dbc_token at = dbc_peek(parser);
    uint32_t written = 0;
    *draft = NULL;
    if (!dbc_expect_u32(parser, &written, "a message's identifier")) {
        return false;
    }
    if (dbc_split_id(written, &id, &extended)) {
        size_t found = dbc_index_get(&parser->index, dbc_key(id, extended));
        *draft = found == DBC_INDEX_NONE ? NULL : &DBC_DRAFTS(parser)[found];
    }
    if (signal != NULL) {
        *signal = NULL;
        name = dbc_peek(parser);
        if (name.kind == DBC_TOKEN_STRING) { /* a comment of opendbc's has forgotten it */
            return dbc_note(parser, &name, "no signal's name before the text");
        }
        if (!dbc_expect_word(parser, &name, "a signal's name")) {
            return false;
        }
    }
    if (written == EXTENDED_BIT + 0x40000000u) { /* VECTOR__INDEPENDENT_SIG_MSG: passed over */
        return true;
    }
    if (*draft == NULL) {
        return dbc_note(parser, &at, "no message has the identifier %u", (unsigned)written);
    }
    if (signal == NULL || (*signal = find_signal(parser, *draft, &name)) != NULL) {
        return true;
    }
    return dbc_note(parser, &name, "message %.60s has no signal `%.*s`", (*draft)->message.name,
                    name.length > 60 ? 60 : (int)name.length, name.text);
}
