/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
/* What is said about messages and signals after them: VAL_, SG_MUL_VAL_, SIG_VALTYPE_, CM_, BA_. */
#include "formats/dbc/parser.h"

#include <stdlib.h>
#include <string.h>

static const char import_word[] = "IMPORT ";

/* RAW "text" RAW "text" ...; into `texts`. */
static bool read_texts(struct dbc_parser *parser, uint32_t *count,
                       const struct dbc_value_text **texts)
{
    parser->texts.count = 0;
    for (;;) {
        struct dbc_value_text text;
        struct dbc_scanner before = *dbc_scanner_of(parser);
        struct dbc_token token = dbc_next(parser);
        if (!dbc_token_raw(&token, &text.raw)) {
            *dbc_scanner_of(parser) = before;
            break;
        }
        if (!dbc_expect_line(parser, &text.text)) {
            return false;
        }
        struct dbc_value_text *added = dbc_array_add(&parser->texts, sizeof *added);
        if (added == NULL) {
            return dbc_fail_memory(parser);
        }
        *added = text;
    }
    *count = (uint32_t)parser->texts.count;
    *texts = dbc_store_copy(parser->store, parser->texts.items, *count * sizeof **texts);
    return (*texts != NULL || dbc_fail_memory(parser)) && dbc_expect_end(parser);
}

static bool use_table(struct dbc_parser *parser, const struct dbc_token *name,
                      struct dbc_signal *signal)
{
    const struct dbc_value_table *tables = parser->tables.items;
    for (size_t i = parser->tables.count; i > 0; i--) {
        if (dbc_token_is(name, tables[i - 1].name)) {
            signal->text_count = tables[i - 1].count;
            signal->texts = tables[i - 1].texts;
            return dbc_expect_end(parser);
        }
    }
    return dbc_fail(parser, name, "neither a value nor the name of a VAL_TABLE_ above: correct it");
}

/* VAL_TABLE_ NAME RAW "text" ...; */
bool dbc_read_val_table(struct dbc_parser *parser)
{
    struct dbc_token name;
    struct dbc_value_table table;
    if (!dbc_expect_word(parser, &name, "the table's name")) {
        return false;
    }
    table.name = dbc_store_string(parser->store, name.text, name.length);
    if (table.name == NULL) {
        return dbc_fail_memory(parser);
    }
    if (!read_texts(parser, &table.count, &table.texts)) {
        return false;
    }
    struct dbc_value_table *added = dbc_array_add(&parser->tables, sizeof *added);
    if (added == NULL) {
        return dbc_fail_memory(parser);
    }
    *added = table;
    return true;
}

/* VAL_ ID SIGNAL RAW "text" ...; or ID SIGNAL TABLE; or, of an environment variable, NAME ...; */
bool dbc_read_val(struct dbc_parser *parser)
{
    struct dbc_draft *draft;
    struct dbc_signal *signal;
    uint32_t id;
    struct dbc_token token = dbc_peek(parser);
    if (!dbc_token_u32(&token, &id)) {
        dbc_skip_statement(parser);
        return true;
    }
    if (!dbc_read_reference(parser, &draft, &signal)) {
        return false;
    }
    if (signal == NULL) {
        dbc_skip_statement(parser);
        return true;
    }
    token = dbc_peek(parser);
    int64_t raw;
    if (token.kind == DBC_TOKEN_WORD && !token.is_first && !dbc_token_raw(&token, &raw)) {
        dbc_next(parser);
        return use_table(parser, &token, signal);
    }
    return read_texts(parser, &signal->text_count, &signal->texts);
}

/* LOW-HIGH as one word. */
static bool read_page(struct dbc_parser *parser, struct dbc_range *range)
{
    struct dbc_token token;
    if (!dbc_expect_word(parser, &token, "pages, as 0-3")) {
        return false;
    }
    struct dbc_token low = token;
    const char *dash = memchr(token.text, '-', token.length);
    low.length = dash == NULL ? 0 : (size_t)(dash - token.text);
    struct dbc_token high = token;
    high.text += low.length + 1;
    high.length = dash == NULL ? 0 : token.length - low.length - 1;
    if (!dbc_token_u32(&low, &range->low) || !dbc_token_u32(&high, &range->high) ||
        range->low > range->high) {
        return dbc_fail(parser, &token, "pages are written from low to high, as 0-3: correct them");
    }
    return true;
}

/* A further range without the comma before it, as some files have it. */
static bool is_page(const struct dbc_token *token)
{
    return token->kind == DBC_TOKEN_WORD && !token->is_first && token->text[0] >= '0' &&
           token->text[0] <= '9';
}

static bool read_pages(struct dbc_parser *parser, struct dbc_signal *signal)
{
    struct dbc_token token;
    parser->pages.count = 0;
    do {
        struct dbc_range range;
        if (!read_page(parser, &range)) {
            return false;
        }
        struct dbc_range *added = dbc_array_add(&parser->pages, sizeof *added);
        if (added == NULL) {
            return dbc_fail_memory(parser);
        }
        *added = range;
        token = dbc_peek(parser);
        if (dbc_token_is_mark(&token, ',')) {
            dbc_next(parser);
        } else if (is_page(&token) && !dbc_note(parser, &token, "no comma before these pages")) {
            return false;
        }
    } while (dbc_token_is_mark(&token, ',') || is_page(&token));
    if (!dbc_expect_end(parser)) {
        return false;
    }
    signal->page_count = (uint32_t)parser->pages.count;
    signal->pages = dbc_store_copy(parser->store, parser->pages.items,
                                   parser->pages.count * sizeof(struct dbc_range));
    return signal->pages != NULL || dbc_fail_memory(parser);
}

/* SG_MUL_VAL_ ID SIGNAL SWITCH 0-0, 5-9; */
bool dbc_read_mul_val(struct dbc_parser *parser)
{
    struct dbc_draft *draft;
    struct dbc_signal *signal;
    struct dbc_token name;
    if (!dbc_read_reference(parser, &draft, &signal) ||
        !dbc_expect_word(parser, &name, "the name of the signal that switches")) {
        return false;
    }
    if (signal == NULL) {
        dbc_skip_statement(parser);
        return true;
    }
    struct dbc_signal *first = DBC_SIGNALS(parser) + draft->first_signal;
    for (uint32_t i = 0; i < draft->message.signal_count; i++) {
        if (dbc_token_is(&name, first[i].name)) {
            if (!read_pages(parser, signal)) {
                return false;
            }
            first[i].is_switch = true;
            signal->parent = (int)i;
            return true;
        }
    }
    return dbc_fail(parser, &name, "message %.60s has no such signal to switch by: correct it",
                    draft->message.name);
}

/* SIG_VALTYPE_ ID SIGNAL : 1; the colon is left out by some */
bool dbc_read_valtype(struct dbc_parser *parser)
{
    struct dbc_draft *draft;
    struct dbc_signal *signal;
    uint32_t type = 0;
    if (!dbc_read_reference(parser, &draft, &signal)) {
        return false;
    }
    struct dbc_token token = dbc_peek(parser);
    if (dbc_token_is_mark(&token, ':')) {
        dbc_next(parser);
    }
    token = dbc_peek(parser);
    if (!dbc_expect_u32(parser, &type, "0 (integer), 1 (float) or 2 (double)") ||
        !dbc_expect_end(parser)) {
        return false;
    }
    if (signal == NULL || type == 0) {
        return true;
    }
    unsigned wanted = type == 1 ? 32 : 64;
    if (type > 2 || signal->bits.length_bits != wanted) {
        return dbc_note(parser, &token, "type %u does not go with %u bits: taken for an integer",
                        (unsigned)type, signal->bits.length_bits);
    }
    signal->kind = type == 1 ? DBC_FLOAT32 : DBC_FLOAT64;
    return true;
}

/* CM_ ["BO_" ID | "SG_" ID SIGNAL | "BU_" NODE | "EV_" NAME] "text"; */
bool dbc_read_cm(struct dbc_parser *parser)
{
    struct dbc_draft *draft = NULL;
    struct dbc_signal *signal = NULL;
    const char *text = "";
    struct dbc_token about = dbc_peek(parser);
    bool is_whole = about.kind == DBC_TOKEN_STRING;
    bool is_signal = dbc_token_is(&about, "SG_");
    if (!is_whole) {
        if (!is_signal && !dbc_token_is(&about, "BO_")) {
            dbc_skip_statement(parser);
            return true;
        }
        dbc_next(parser);
        if (!dbc_read_reference(parser, &draft, is_signal ? &signal : NULL)) {
            return false;
        }
    }
    struct dbc_token at = dbc_peek(parser);
    if (!dbc_expect_string(parser, &text) || !dbc_expect_end(parser)) {
        return false;
    }
    if (signal != NULL) {
        signal->comment = text;
    } else if (draft != NULL && !is_signal) {
        draft->message.comment = text;
    } else if (is_whole && strncmp(text, import_word, sizeof import_word - 1) == 0) {
        return dbc_import(parser, &at, text + sizeof import_word - 1);
    }
    return true;
}

static bool add_long_name(struct dbc_parser *parser, const struct dbc_draft *draft,
                          const struct dbc_signal *signal, const char *name)
{
    struct dbc_long_name *added = dbc_array_add(&parser->long_names, sizeof *added);
    if (added == NULL) {
        return dbc_fail_memory(parser);
    }
    *added = (struct dbc_long_name){
        .draft = (size_t)(draft - DBC_DRAFTS(parser)),
        .signal = signal == NULL ? DBC_INDEX_NONE : (size_t)(signal - DBC_SIGNALS(parser)),
        .name = name,
    };
    return true;
}

/* Milliseconds, whole or with a fraction. */
static uint32_t to_cycle_ms(const struct dbc_token *token)
{
    double ms = 0;
    return dbc_token_double(token, &ms) && ms >= 0 && ms <= 1e9 ? (uint32_t)ms : 0;
}

/* VFrameFormat: 3 is J1939PG in the list that all of Vector's files have, written as number or text. */
static bool is_j1939(const struct dbc_token *token)
{
    static const char name[] = "J1939PG";
    bool is_named = token->kind == DBC_TOKEN_STRING && token->length == sizeof name - 1 &&
                    memcmp(token->text, name, sizeof name - 1) == 0;
    return is_named || dbc_token_is(token, "3");
}

static bool read_message_attribute(struct dbc_parser *parser, const char *attribute)
{
    struct dbc_draft *draft;
    if (!dbc_read_reference(parser, &draft, NULL)) {
        return false;
    }
    struct dbc_token value = dbc_peek(parser);
    const char *text = "";
    if (draft == NULL) {
        dbc_skip_statement(parser);
    } else if (strcmp(attribute, "GenMsgCycleTime") == 0) {
        draft->message.cycle_ms = to_cycle_ms(&value);
        draft->has_cycle = true;
    } else if (strcmp(attribute, "VFrameFormat") == 0) {
        draft->is_j1939 = is_j1939(&value);
        draft->is_format_known = true;
    } else if (strcmp(attribute, "SystemMessageLongSymbol") == 0) {
        return dbc_expect_line(parser, &text) && dbc_expect_end(parser) &&
               add_long_name(parser, draft, NULL, text);
    }
    dbc_skip_statement(parser);
    return true;
}

/* BA_ "NAME" [BO_ ID | SG_ ID SIGNAL | BU_ NODE | EV_ NAME] VALUE; */
bool dbc_read_ba(struct dbc_parser *parser)
{
    static const char *const of_messages[] = {"GenMsgCycleTime", "VFrameFormat",
                                              "SystemMessageLongSymbol"};
    struct dbc_draft *draft;
    struct dbc_signal *signal;
    const char *text = "";
    struct dbc_token name = dbc_next(parser);
    struct dbc_token about = dbc_peek(parser);
    bool is_text = name.kind == DBC_TOKEN_STRING;
    for (size_t i = 0; is_text && i < sizeof of_messages / sizeof *of_messages; i++) {
        if (name.length == strlen(of_messages[i]) && dbc_token_is(&about, "BO_") &&
            memcmp(name.text, of_messages[i], name.length) == 0) {
            dbc_next(parser);
            return read_message_attribute(parser, of_messages[i]);
        }
    }
    static const char signal_name[] = "SystemSignalLongSymbol";
    if (is_text && dbc_token_is(&about, "SG_") && name.length == sizeof signal_name - 1 &&
        memcmp(name.text, signal_name, name.length) == 0) {
        dbc_next(parser);
        return dbc_read_reference(parser, &draft, &signal) && dbc_expect_line(parser, &text) &&
               dbc_expect_end(parser) &&
               (signal == NULL || add_long_name(parser, draft, signal, text));
    }
    dbc_skip_statement(parser);
    return true;
}

/* BA_DEF_DEF_ "NAME" VALUE; */
bool dbc_read_ba_default(struct dbc_parser *parser)
{
    const char *name = "";
    if (!dbc_expect_string(parser, &name)) {
        return false;
    }
    struct dbc_token value = dbc_peek(parser);
    if (strcmp(name, "GenMsgCycleTime") == 0) {
        parser->default_cycle_ms = to_cycle_ms(&value);
    } else if (strcmp(name, "VFrameFormat") == 0) {
        parser->is_j1939_default = is_j1939(&value);
    }
    dbc_skip_statement(parser);
    return true;
}
