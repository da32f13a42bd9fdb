/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
/*
 * Vector DBC files: which signals the frames of a bus carry.
 *
 * A file is read whole into one `struct dbc`, which never changes afterwards. Read are messages (BO_) and
 * signals (SG_) with byte order, sign, IEEE floats (SIG_VALTYPE_), multiplexing in pages, nested and with
 * ranges (SG_MUL_VAL_), texts of values (VAL_, VAL_TABLE_), comments (CM_), and of the attributes (BA_)
 * cycle time, long names and J1939's frame format. `CM_ "IMPORT file.dbc";`, as opendbc writes it, takes in
 * another file. Everything else is passed over.
 *
 * Read as well, because files in the field are so: identifiers above 0x7FF without bit 31 (they are 29-bit
 * ones), blanks before the colon of BO_, tabs, CRLF, cp1252 instead of UTF-8, comments over several lines.
 * All texts given out are UTF-8.
 */
#ifndef FORMATS_DBC_DBC_H
#define FORMATS_DBC_DBC_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "core/signal_bits.h"

#define DBC_FILE_SIZE_MAX (32u << 20)
#define DBC_IMPORT_DEPTH_MAX 8
#define DBC_IMPORT_COUNT_MAX 64
#define DBC_MUX_DEPTH_MAX 8

/* How the raw bits are to be taken. */
enum dbc_kind {
    DBC_UNSIGNED,
    DBC_SIGNED,  /* two's complement */
    DBC_FLOAT32, /* IEEE 754 binary32, 32 bits long */
    DBC_FLOAT64, /* IEEE 754 binary64, 64 bits long */
};

/* "This raw value means that": VAL_. Negative numbers of signed signals are negative here. */
struct dbc_value_text {
    int64_t raw;
    const char *text;
};

/* Values of the switch, both ends included, in which a multiplexed signal is in the frame. */
struct dbc_range {
    uint32_t low;
    uint32_t high;
};

struct dbc_signal {
    const char *name; /* the long one, if the file has it */
    const char *unit; /* "" if none */
    const char *comment;
    struct signal_bits bits;
    enum dbc_kind kind;
    double scale; /* value = raw * scale + offset */
    double offset;
    double min; /* min = max: not specified. Not to be trusted: some files give raw limits. */
    double max;
    bool is_switch;      /* other signals' presence depends on it */
    int parent;          /* index of the switch in the message's signals, or -1: always there */
    uint32_t page_count; /* ranges of the switch's values, if there is a parent */
    uint32_t text_count;
    const struct dbc_range *pages;
    const struct dbc_value_text *texts; /* in the file's order */
    unsigned line;
};

struct dbc_message {
    const char *name;
    const char *sender;
    const char *comment;
    uint32_t id;      /* without bit 31 */
    uint32_t id_mask; /* bits a frame's identifier must share; J1939: without priority and source */
    bool extended;
    uint16_t length;   /* payload bytes; above 64 no single frame carries it */
    uint32_t cycle_ms; /* 0 = not known */
    uint32_t signal_count;
    struct dbc_signal *signals;
    unsigned line;
};

struct dbc {
    struct dbc_message *messages; /* in the file's order; imports where they stand */
    size_t message_count;
    const char *const *notes; /* oddities that did no harm, "FILE:LINE:COLUMN: what" */
    size_t note_count;
    const char *const *left_out; /* those of the notes that tell of a statement left out */
    size_t left_out_count;
    struct dbc_index *frames; /* identifier -> message */
    struct dbc_store *store;  /* the memory of all of it */
};

/*
 * Reads `path`. NULL with one line "FILE:LINE:COLUMN: what: remedy" in `error` if it cannot be read, or nothing in it
 * is a statement of a DBC file. A statement that cannot be understood is left out, with a note.
 * Memory is proportional to the files' sizes, which are bounded. Free with dbc_free.
 */
struct dbc *dbc_load(const char *path, char *error, size_t error_size)
    __attribute__((warn_unused_result));

/* The same from memory; `path` is named in errors and imports are looked for beside it. */
struct dbc *dbc_parse(const char *path, const uint8_t *bytes, size_t size, char *error,
                      size_t error_size) __attribute__((warn_unused_result));

/* NULL is allowed. */
void dbc_free(struct dbc *dbc);

/* The message a frame with this identifier carries, or NULL. Constant time. */
const struct dbc_message *dbc_find_frame(const struct dbc *dbc, uint32_t id, bool extended);

/* The first message or signal of that name (case counts), or NULL. */
const struct dbc_message *dbc_find_message(const struct dbc *dbc, const char *name);
const struct dbc_signal *dbc_find_signal(const struct dbc_message *message, const char *name);

#endif
