/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
/* Files and imports, the loop over the statements, and looking things up. */
#include "formats/dbc/dbc.h"

#include "formats/dbc/parser.h"
#include "formats/dbc/text.h"
#include "formats/text/file_bytes.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static bool skip_line(struct dbc_parser *parser)
{
    dbc_scan_skip_line(dbc_scanner_of(parser));
    return true;
}

static bool skip(struct dbc_parser *parser)
{
    dbc_skip_statement(parser);
    return true;
}

/*
 * NS_ lists words that are statements elsewhere, one a line. The list ends where a line has more than
 * one word, or a colon as BS_: does.
 */
static bool skip_symbols(struct dbc_parser *parser)
{
    struct dbc_scanner *scanner = dbc_scanner_of(parser);
    dbc_scan_skip_line(scanner);
    for (;;) {
        struct dbc_scanner ahead = *scanner;
        struct dbc_token word = dbc_scan(&ahead);
        struct dbc_scanner behind = ahead;
        struct dbc_token next = dbc_scan(&ahead);
        bool is_alone = next.kind == DBC_TOKEN_END || next.is_first;
        if (word.kind != DBC_TOKEN_WORD || !is_alone) {
            return true;
        }
        *scanner = behind;
    }
}

/* One row a statement; all other keywords are passed over. */
static const struct {
    const char *keyword;
    dbc_statement *read;
} statements[] = {
    {"SG_", dbc_read_sg},
    {"BA_", dbc_read_ba},
    {"VAL_", dbc_read_val},
    {"VAL_TABLE_", dbc_read_val_table},
    {"BO_", dbc_read_bo},
    {"CM_", dbc_read_cm},
    {"SG_MUL_VAL_", dbc_read_mul_val},
    {"SIG_VALTYPE_", dbc_read_valtype},
    {"BA_DEF_DEF_", dbc_read_ba_default},
    {"NS_", skip_symbols},
    {"VERSION", skip_line},
};

#define STATEMENT_COUNT (sizeof statements / sizeof *statements)

static bool read_statement(struct dbc_parser *parser, const struct dbc_token *token)
{
    for (size_t i = 0; i < STATEMENT_COUNT; i++) {
        if (dbc_token_is(token, statements[i].keyword)) {
            bool good = statements[i].read(parser);
            parser->understood += good;
            return good;
        }
    }
    if (dbc_token_is_keyword(token)) {
        parser->understood++;
        return skip(parser);
    }
    if (dbc_token_is_mark(token, ';')) {
        return true;
    }
    if (token->kind == DBC_TOKEN_WORD && token->length >= 2 && memcmp(token->text, "//", 2) == 0) {
        return skip_line(parser);
    }
    return dbc_fail(parser, token, "`%.*s` begins no statement of a DBC file: correct it",
                    token->length > 40 ? 40 : (int)token->length, token->text);
}

static void close_source(struct dbc_parser *parser)
{
    parser->depth--;
    free(parser->sources[parser->depth].path);
    free(parser->sources[parser->depth].text);
    parser->in_message = false; /* the importing file's next SG_ needs its own BO_ */
    parser->in_skipped = false;
}

/* One statement that is no good costs only itself; a BO_ its signals as well. */
static bool read_or_leave_out(struct dbc_parser *parser, const struct dbc_token *token)
{
    struct dbc_scanner behind = *dbc_scanner_of(parser);
    int depth = parser->depth;
    if (read_statement(parser, token)) {
        return true;
    }
    while (parser->depth > depth) { /* a file that was asked for, and is no good */
        close_source(parser);
    }
    if (dbc_token_is(token, "BO_")) {
        parser->in_skipped = true;
    }
    char text[560];
    bool began_above = dbc_scanner_of(parser)->line != token->line;
    int used = snprintf(text, sizeof text, "%.500s", parser->error);
    if (began_above && used > 0) {
        snprintf(text + used, sizeof text - (size_t)used, ": the statement of line %u",
                 token->line);
    }
    if (parser->is_fatal || !dbc_leave_out(parser, text)) {
        return false;
    }
    dbc_skip_bad_statement(parser, &behind);
    return true;
}

/* All is read: is it a DBC file at all? */
static bool check_found(struct dbc_parser *parser, const struct dbc_token *end)
{
    static const char problem[] = "no message (BO_) in it";
    char *const *first = parser->left_out.items;
    if (parser->drafts.count > 0) {
        return true;
    }
    if (parser->understood > 0) {
        return dbc_note(parser, end, problem);
    }
    if (parser->left_out.count == 0) {
        return dbc_fail(parser, end, "%s: is this a DBC file?", problem);
    }
    snprintf(parser->error, parser->error_size, "%s", *first);
    return false;
}

static bool read_all(struct dbc_parser *parser)
{
    while (parser->depth > 0) {
        struct dbc_token token = dbc_next(parser);
        if (token.kind != DBC_TOKEN_END) {
            if (!read_or_leave_out(parser, &token)) {
                return false;
            }
            continue;
        }
        if (parser->depth == 1 && !check_found(parser, &token)) {
            return false;
        }
        close_source(parser);
    }
    return true;
}

/* Takes over `path` and `bytes`, which a zero byte ends. */
static bool open_source(struct dbc_parser *parser, char *path, uint8_t *bytes, size_t size)
{
    size_t length = 0;
    struct dbc_source *source = &parser->sources[parser->depth];
    *source = (struct dbc_source){.path = path, .text = dbc_text_take(bytes, size, &length)};
    if (source->text == NULL) {
        snprintf(parser->error, parser->error_size, "%s: out of memory", path);
        free(path);
        return false;
    }
    dbc_scanner_init(&source->scanner, source->text);
    parser->depth++;
    const char *zero = memchr(source->text, '\0', length);
    if (zero != NULL) {
        source->scanner.at = zero;
        struct dbc_token at = {.text = zero, .line = 1, .line_start = source->text};
        for (const char *c = source->text; c < zero; c++) {
            at.line += *c == '\n';
            at.line_start = *c == '\n' ? c + 1 : at.line_start;
        }
        return dbc_fail(parser, &at, "a zero byte: save the file as UTF-8 (or Windows-1252) text");
    }
    return true;
}

/* `name` beside the file `beside`; NULL if memory is short. */
static char *path_beside(const char *beside, const char *name)
{
    const char *slash = strrchr(beside, '/');
    size_t folder = slash == NULL || name[0] == '/' ? 0 : (size_t)(slash - beside) + 1;
    size_t length = strlen(name);
    char *path = malloc(folder + length + 1);
    if (path != NULL) {
        memcpy(path, beside, folder);
        memcpy(path + folder, name, length + 1);
    }
    return path;
}

static bool is_imported(const struct dbc_parser *parser, const char *path)
{
    char *const *paths = parser->imported.items;
    for (size_t i = 0; i < parser->imported.count; i++) {
        if (strcmp(paths[i], path) == 0) {
            return true;
        }
    }
    return false;
}

/* Takes over `path`. */
static bool import_path(struct dbc_parser *parser, const struct dbc_token *at, char *path)
{
    char problem[300];
    size_t size = 0;
    char **kept = dbc_array_add(&parser->imported, sizeof *kept);
    if (kept == NULL || (*kept = dbc_store_string(parser->store, path, strlen(path))) == NULL) {
        parser->imported.count -= kept != NULL;
        free(path);
        return dbc_fail_memory(parser);
    }
    uint8_t *bytes = file_bytes_read(path, DBC_FILE_SIZE_MAX, &size, problem, sizeof problem);
    if (bytes == NULL) {
        free(path);
        return dbc_fail(parser, at, "import: %s", problem);
    }
    return open_source(parser, path, bytes, size);
}

bool dbc_import(struct dbc_parser *parser, const struct dbc_token *at, const char *name)
{
    const struct dbc_source *source = &parser->sources[parser->depth - 1];
    if (parser->depth == DBC_IMPORT_DEPTH_MAX) {
        return dbc_fail(parser, at, "imports nest deeper than %d: put the files into one",
                        DBC_IMPORT_DEPTH_MAX);
    }
    if (parser->imported.count == DBC_IMPORT_COUNT_MAX) {
        return dbc_fail(parser, at, "more than %d imports: put the files into one",
                        DBC_IMPORT_COUNT_MAX);
    }
    char *path = path_beside(source->path, name);
    if (path == NULL) {
        return dbc_fail_memory(parser);
    }
    if (strcmp(path, parser->path) == 0 || is_imported(parser, path)) {
        free(path);
        return true;
    }
    return import_path(parser, at, path);
}

static void free_parser(struct dbc_parser *parser)
{
    while (parser->depth > 0) {
        close_source(parser);
    }
    free(parser->imported.items);
    free(parser->drafts.items);
    free(parser->signals.items);
    free(parser->notes.items);
    free(parser->left_out.items);
    free(parser->tables.items);
    free(parser->long_names.items);
    free(parser->texts.items);
    free(parser->pages.items);
    dbc_index_free(&parser->index);
}

static bool parse(struct dbc_parser *parser, struct dbc *dbc, const char *path, uint8_t *bytes,
                  size_t size)
{
    static const uint8_t utf16[2][2] = {{0xFF, 0xFE}, {0xFE, 0xFF}};
    for (int i = 0; i < 2 && size >= 2; i++) {
        if (memcmp(bytes, utf16[i], 2) == 0) {
            snprintf(parser->error, parser->error_size, "%s:1:1: UTF-16: save the file as UTF-8",
                     path);
            free(bytes);
            return false;
        }
    }
    char *name = strdup(path);
    if (name == NULL || dbc->store == NULL) {
        free(name);
        free(bytes);
        snprintf(parser->error, parser->error_size, "%s: out of memory", path);
        return false;
    }
    return open_source(parser, name, bytes, size) && read_all(parser) && dbc_finish(parser, dbc);
}

/* Takes over `bytes`, which a zero byte ends. */
static struct dbc *parse_owned(const char *path, uint8_t *bytes, size_t size, char *error,
                               size_t error_size)
{
    struct dbc_parser parser = {.path = path, .error = error, .error_size = error_size};
    struct dbc *dbc = calloc(1, sizeof *dbc);
    if (dbc == NULL) {
        free(bytes);
        snprintf(error, error_size, "%s: out of memory", path);
        return NULL;
    }
    parser.store = dbc->store = dbc_store_new();
    bool good = parse(&parser, dbc, path, bytes, size);
    free_parser(&parser);
    if (!good) {
        dbc_free(dbc);
        return NULL;
    }
    return dbc;
}

struct dbc *dbc_parse(const char *path, const uint8_t *bytes, size_t size, char *error,
                      size_t error_size)
{
    uint8_t *copy = malloc(size + 1);
    if (copy == NULL) {
        snprintf(error, error_size, "%s: out of memory", path);
        return NULL;
    }
    memcpy(copy, bytes, size);
    copy[size] = 0;
    return parse_owned(path, copy, size, error, error_size);
}

struct dbc *dbc_load(const char *path, char *error, size_t error_size)
{
    size_t size = 0;
    uint8_t *bytes = file_bytes_read(path, DBC_FILE_SIZE_MAX, &size, error, error_size);
    if (bytes == NULL) {
        return NULL;
    }
    return parse_owned(path, bytes, size, error, error_size);
}

void dbc_free(struct dbc *dbc)
{
    if (dbc != NULL) {
        if (dbc->frames != NULL) {
            dbc_index_free(dbc->frames);
        }
        dbc_store_free(dbc->store);
        free(dbc);
    }
}

const struct dbc_message *dbc_find_message(const struct dbc *dbc, const char *name)
{
    for (size_t i = 0; i < dbc->message_count; i++) {
        if (strcmp(dbc->messages[i].name, name) == 0) {
            return &dbc->messages[i];
        }
    }
    return NULL;
}

const struct dbc_signal *dbc_find_signal(const struct dbc_message *message, const char *name)
{
    for (uint32_t i = 0; i < message->signal_count; i++) {
        if (strcmp(message->signals[i].name, name) == 0) {
            return &message->signals[i];
        }
    }
    return NULL;
}
