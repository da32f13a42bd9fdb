/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
/* BO_ and SG_. */
#include "formats/dbc/parser.h"

#include <string.h>

#define START_BIT_MAX 65535u
#define LENGTH_MAX 65535u

/* Signals that belong to no message are kept by Vector's tools under this name, with bits 31 and 30 set. */
static const char independent[] = "VECTOR__INDEPENDENT_SIG_MSG";

static const char *keep(struct dbc_parser *parser, const struct dbc_token *token)
{
    return dbc_store_string(parser->store, token->text, token->length);
}

static bool add_message(struct dbc_parser *parser, const struct dbc_token *at,
                        const struct dbc_message *message)
{
    uint32_t key = dbc_key(message->id, message->extended);
    if (dbc_index_get(&parser->index, key) != DBC_INDEX_NONE &&
        !dbc_note(parser, at, "a second message with this identifier: it counts from here on")) {
        return false;
    }
    struct dbc_draft *draft = dbc_array_add(&parser->drafts, sizeof *draft);
    if (draft == NULL || dbc_index_put(&parser->index, key, parser->drafts.count - 1) != 0) {
        return dbc_fail_memory(parser);
    }
    *draft = (struct dbc_draft){.message = *message, .first_signal = parser->signals.count};
    parser->in_message = true;
    return true;
}

/* ID NAME : LENGTH [SENDER] */
bool dbc_read_bo(struct dbc_parser *parser)
{
    struct dbc_token at = dbc_peek(parser);
    struct dbc_token name;
    uint32_t written = 0;
    uint32_t length = 0;
    struct dbc_message message = {.comment = "", .sender = "", .line = at.line};
    parser->in_message = false;
    if (!dbc_expect_u32(parser, &written, "a message's identifier") ||
        !dbc_expect_word(parser, &name, "a message's name") || !dbc_expect_mark(parser, ':') ||
        !dbc_expect_u32(parser, &length, "the message's length in bytes")) {
        return false;
    }
    parser->in_skipped = dbc_token_is(&name, independent);
    struct dbc_token sender = dbc_peek(parser);
    bool has_sender = sender.kind == DBC_TOKEN_WORD && !sender.is_first;
    dbc_skip_statement(parser);
    if (parser->in_skipped) {
        return true;
    }
    if (!dbc_split_id(written, &message.id,
                      &message.extended)) { /* toyota_2017_ref_pt.dbc has one */
        parser->in_skipped = true;
        return dbc_note(parser, &at, "%u is no identifier: its message is passed over",
                        (unsigned)written);
    }
    if (length > LENGTH_MAX) {
        return dbc_fail(parser, &at, "%u bytes is no message's length", (unsigned)length);
    }
    message.length = (uint16_t)length;
    message.name = keep(parser, &name);
    message.sender = has_sender ? keep(parser, &sender) : "";
    if (message.name == NULL || message.sender == NULL) {
        return dbc_fail_memory(parser);
    }
    return add_message(parser, &at, &message);
}

/* "M", "m3", "m3M" between name and colon, or nothing. Some files (vw_pq.dbc) write the switch as "m". */
static bool read_multiplexing(struct dbc_parser *parser, struct dbc_signal *signal)
{
    struct dbc_token token = dbc_peek(parser);
    uint32_t page = 0;
    signal->parent = -1;
    if (token.kind != DBC_TOKEN_WORD) {
        return true;
    }
    dbc_next(parser);
    struct dbc_token digits = token;
    if (token.text[token.length - 1] == 'M' || dbc_token_is(&token, "m")) {
        signal->is_switch = true;
        digits.length--;
    }
    if (digits.length == 0) {
        return true;
    }
    digits.text++;
    digits.length--;
    if (token.text[0] != 'm' || !dbc_token_u32(&digits, &page)) {
        return dbc_fail(parser, &token, "`%.*s` is neither M nor m and a number: correct it",
                        token.length > 40 ? 40 : (int)token.length, token.text);
    }
    struct dbc_range range = {page, page};
    signal->pages = dbc_store_copy(parser->store, &range, sizeof range);
    signal->page_count = 1;
    signal->parent = DBC_PARENT_ROOT;
    return signal->pages != NULL || dbc_fail_memory(parser);
}

/* "@0+", "@1-", also with a blank before the sign. */
static bool read_order(struct dbc_parser *parser, struct dbc_signal *signal)
{
    struct dbc_token order;
    struct dbc_token sign;
    if (!dbc_expect_mark(parser, '@') ||
        !dbc_expect_word(parser, &order, "the byte order, 0 or 1")) {
        return false;
    }
    sign = order;
    if (order.length == 1) {
        if (!dbc_expect_word(parser, &sign, "the sign, + or -")) {
            return false;
        }
    } else {
        sign.text++;
        sign.length--;
    }
    bool is_known = (order.text[0] == '0' || order.text[0] == '1') && sign.length == 1 &&
                    (sign.text[0] == '+' || sign.text[0] == '-');
    signal->bits.motorola = order.text[0] == '0';
    signal->kind = sign.text[0] == '-' ? DBC_SIGNED : DBC_UNSIGNED;
    return is_known || dbc_fail(parser, &order, "byte order and sign are @0+, @0-, @1+ or @1-");
}

/* START|LENGTH@ORDER SIGN */
static bool read_layout(struct dbc_parser *parser, struct dbc_signal *signal)
{
    uint32_t start = 0;
    uint32_t length = 0;
    struct dbc_token at = dbc_peek(parser);
    if (!dbc_expect_u32(parser, &start, "the start bit") || !dbc_expect_mark(parser, '|') ||
        !dbc_expect_u32(parser, &length, "the length in bits") || !read_order(parser, signal)) {
        return false;
    }
    if (start > START_BIT_MAX || length < 1 || length > 64) {
        return dbc_fail(parser, &at, "%u|%u: a signal is 1 to 64 bits long, in a message's bytes",
                        (unsigned)start, (unsigned)length);
    }
    signal->bits.start_bit = (uint16_t)start;
    signal->bits.length_bits = (uint8_t)length;
    return true;
}

/* (FACTOR,OFFSET) [MIN|MAX] */
static bool read_scaling(struct dbc_parser *parser, struct dbc_signal *signal)
{
    return dbc_expect_mark(parser, '(') &&
           dbc_expect_double(parser, &signal->scale, "the factor") &&
           dbc_expect_mark(parser, ',') &&
           dbc_expect_double(parser, &signal->offset, "the offset") &&
           dbc_expect_mark(parser, ')') && dbc_expect_mark(parser, '[') &&
           dbc_expect_double(parser, &signal->min, "the minimum") && dbc_expect_mark(parser, '|') &&
           dbc_expect_double(parser, &signal->max, "the maximum") && dbc_expect_mark(parser, ']');
}

/* Bits past the message's end are odd, but the shorter frames of some model year explain them. */
static bool check_span(struct dbc_parser *parser, const struct dbc_token *at,
                       const struct dbc_message *message, const struct dbc_signal *signal)
{
    int span = signal_bits_span(&signal->bits);
    if (message->length > 64 || (span > 0 && span <= message->length)) {
        return true;
    }
    return dbc_note(parser, at, "%.60s ends past the %u bytes of its message", signal->name,
                    message->length);
}

/* NAME [M] : LAYOUT SCALING "UNIT" RECEIVERS */
bool dbc_read_sg(struct dbc_parser *parser)
{
    struct dbc_token at;
    struct dbc_signal signal = {.comment = ""};
    if (parser->in_skipped) {
        dbc_skip_statement(parser);
        return true;
    }
    if (!dbc_expect_word(parser, &at, "a signal's name")) {
        return false;
    }
    if (!parser->in_message) {
        return dbc_fail(parser, &at, "a signal outside of a message: put a BO_ line above it");
    }
    signal.line = at.line;
    signal.name = keep(parser, &at);
    if (signal.name == NULL) {
        return dbc_fail_memory(parser);
    }
    if (!read_multiplexing(parser, &signal) || !dbc_expect_mark(parser, ':') ||
        !read_layout(parser, &signal) || !read_scaling(parser, &signal) ||
        !dbc_expect_line(parser, &signal.unit)) {
        return false;
    }
    dbc_skip_statement(parser);
    struct dbc_message *message = &DBC_DRAFTS(parser)[parser->drafts.count - 1].message;
    struct dbc_signal *added = dbc_array_add(&parser->signals, sizeof *added);
    if (added == NULL) {
        return dbc_fail_memory(parser);
    }
    *added = signal;
    message->signal_count++;
    return check_span(parser, &at, message, &signal);
}
