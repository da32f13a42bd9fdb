/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
/* What the parts of the DBC reader share while they read. Private to formats/dbc*.c. */
#ifndef FORMATS_DBC_PARSER_H
#define FORMATS_DBC_PARSER_H

#include "formats/dbc/dbc.h"
#include "formats/dbc/store.h"
#include "formats/dbc/token.h"

#define DBC_NOTES_MAX 200
#define DBC_PARENT_ROOT                                                                            \
    (-2) /* "m3": a page of the message's plain switch, found when all is read */

/* A file being read; imports stand above the file that asked for them. */
struct dbc_source {
    char *path;
    char *text;
    struct dbc_scanner scanner;
};

struct dbc_draft {
    struct dbc_message message; /* `signals` is set at the end */
    size_t first_signal;
    bool has_cycle;
    bool is_j1939;
    bool is_format_known;
};

/* SystemSignalLongSymbol and its like: what later statements refer to is still the short name. */
struct dbc_long_name {
    size_t draft;
    size_t signal; /* DBC_INDEX_NONE: the message itself */
    const char *name;
};

struct dbc_value_table {
    const char *name;
    uint32_t count;
    const struct dbc_value_text *texts;
};

struct dbc_parser {
    const char *path; /* of the file asked for */
    struct dbc_store *store;
    struct dbc_source sources[DBC_IMPORT_DEPTH_MAX];
    int depth;                   /* sources in use */
    struct dbc_array imported;   /* char *: paths, so that none is read twice */
    struct dbc_array drafts;     /* struct dbc_draft */
    struct dbc_array signals;    /* struct dbc_signal, message by message */
    struct dbc_array notes;      /* char * */
    struct dbc_array left_out;   /* char *: those of them that tell of something missing */
    struct dbc_array tables;     /* struct dbc_value_table */
    struct dbc_array long_names; /* struct dbc_long_name */
    struct dbc_array texts;      /* struct dbc_value_text, of the statement being read */
    struct dbc_array pages;      /* struct dbc_range, likewise */
    struct dbc_index index;      /* identifier -> draft, see dbc_key() */
    bool in_message;             /* SG_ lines belong to the last draft */
    bool in_skipped;             /* SG_ lines belong to VECTOR__INDEPENDENT_SIG_MSG */
    uint32_t default_cycle_ms;
    bool is_j1939_default;
    size_t understood; /* statements read */
    bool is_fatal;     /* not this statement alone is lost */
    char *error;
    size_t error_size;
};

/* Reading continues as long as statements return true. */
typedef bool dbc_statement(struct dbc_parser *parser);

dbc_statement dbc_read_bo, dbc_read_sg;                           /* dbc_messages.c */
dbc_statement dbc_read_val, dbc_read_val_table, dbc_read_mul_val; /* dbc_details.c */
dbc_statement dbc_read_valtype, dbc_read_cm, dbc_read_ba, dbc_read_ba_default;

/* Puts everything together; false with the error set. */
bool dbc_finish(struct dbc_parser *parser, struct dbc *dbc);

/* Opens the file an import names, beside the one that names it. */
bool dbc_import(struct dbc_parser *parser, const struct dbc_token *at, const char *name);

/* "FILE:LINE:COLUMN: ..."; always false. */
bool dbc_fail(struct dbc_parser *parser, const struct dbc_token *at, const char *format, ...)
    __attribute__((format(printf, 3, 4)));
bool dbc_fail_memory(struct dbc_parser *parser);

/* Remembers an oddity; false only if memory is short. */
bool dbc_note(struct dbc_parser *parser, const struct dbc_token *at, const char *format, ...)
    __attribute__((format(printf, 3, 4)));

/* Remembers what was left out, `text` being "FILE:LINE:COLUMN: why"; false only if memory is short. */
bool dbc_leave_out(struct dbc_parser *parser, const char *text);

struct dbc_scanner *dbc_scanner_of(struct dbc_parser *parser);
struct dbc_token dbc_next(struct dbc_parser *parser);
struct dbc_token dbc_peek(struct dbc_parser *parser);

/* The next token must be it: false with an error that names what was expected. */
bool dbc_expect_mark(struct dbc_parser *parser, char mark);
bool dbc_expect_word(struct dbc_parser *parser, struct dbc_token *token, const char *what);
bool dbc_expect_string(struct dbc_parser *parser, const char **text);
bool dbc_expect_line(struct dbc_parser *parser, const char **text); /* line ends become blanks */
bool dbc_expect_double(struct dbc_parser *parser, double *value, const char *what);
bool dbc_expect_u32(struct dbc_parser *parser, uint32_t *value, const char *what);

/* A statement's end: a semicolon, or at least the next statement's beginning. */
bool dbc_expect_end(struct dbc_parser *parser);
/* Passes over all up to the next statement, or over a semicolon before that. */
void dbc_skip_statement(struct dbc_parser *parser);
/* The same for a statement that is no good, from behind its first word on: a text may have no end. */
void dbc_skip_bad_statement(struct dbc_parser *parser, const struct dbc_scanner *from);

/* A message's identifier as written. False if it is none. */
bool dbc_split_id(uint32_t written, uint32_t *id, bool *extended);
uint32_t dbc_key(uint32_t id, bool extended);

/*
 * The message, or the signal with it, that a statement is about: reads the identifier and, if `signal` is
 * asked for, the name. What is not there is noted, and *draft or *signal is NULL: pass over the statement.
 */
bool dbc_read_reference(struct dbc_parser *parser, struct dbc_draft **draft,
                        struct dbc_signal **signal);

#define DBC_DRAFTS(parser) ((struct dbc_draft *)(parser)->drafts.items)
#define DBC_SIGNALS(parser) ((struct dbc_signal *)(parser)->signals.items)

#endif
