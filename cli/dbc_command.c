/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
/* `candial dbc`: what a DBC file knows, and which of it is oil and coolant temperature. */
#include "cli/command.h"
#include "cli/dbc_left_out.h"

#include "host/text_out.h"
#include "formats/dbc/dbc.h"
#include "formats/dbc/meaning.h"
#include "formats/text/text_fold.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const char help[] =
    "usage: candial dbc FILE [--find TEXT] [--notes]\n\n"
    "Lists messages and signals; marks what looks like the engine's oil or coolant temperature.\n\n"
    "  --find TEXT  only what has TEXT in its name, comment or unit; case does not count, oe finds "
    "ö\n"
    "  --notes      oddities of the file too, with line and column\n\n"
    "Exit status 1: nothing was found.\n";

#define NAME_WIDTH 28
#define PLACE_WIDTH 19
#define SCALING_WIDTH 20
#define TEXTS_SHOWN 4

struct listing {
    struct text_out out;
    const char *path;
    const char *find; /* folded; NULL: all */
    size_t shown;
};

/* Characters, not bytes: names may be UTF-8. */
static int width(const char *text)
{
    int characters = 0;
    for (; *text != '\0'; text++) {
        characters += ((unsigned char)*text & 0xC0) != 0x80;
    }
    return characters;
}

static void print_column(struct text_out *out, const char *text, int columns)
{
    text_out_string(out, text);
    text_out_char(out, ' ');
    for (int i = width(text) + 1; i < columns; i++) {
        text_out_char(out, ' ');
    }
}

static bool is_found(const struct listing *listing, const char *text)
{
    return listing->find == NULL || text_contains(text, listing->find);
}

/* By enum dbc_meaning; --find finds these words as well, whatever language the file speaks. */
static const char *const marks[] = {"", "oil temperature", "coolant temperature"};

static bool is_signal_found(const struct listing *listing, const struct dbc_signal *signal)
{
    return is_found(listing, signal->name) || is_found(listing, signal->comment) ||
           is_found(listing, signal->unit) || is_found(listing, marks[dbc_signal_meaning(signal)]);
}

static bool is_message_found(const struct listing *listing, const struct dbc_message *message)
{
    return is_found(listing, message->name) || is_found(listing, message->comment);
}

static void print_message(struct text_out *out, const struct dbc_message *message)
{
    text_out_string(out, "0x");
    text_out_hex(out, message->id, message->extended ? 8 : 3);
    text_out_string(out, "  ");
    text_out_string(out, message->name);
    text_out_string(out, "  ");
    text_out_number(out, message->length);
    text_out_string(out, message->length == 1 ? " byte" : " bytes");
    if (message->cycle_ms > 0) {
        text_out_string(out, ", every ");
        text_out_number(out, message->cycle_ms);
        text_out_string(out, " ms");
    }
    if (message->sender[0] != '\0' && strcmp(message->sender, "XXX") != 0 &&
        strcmp(message->sender, "Vector__XXX") != 0) {
        text_out_string(out, ", from ");
        text_out_string(out, message->sender);
    }
    text_out_char(out, '\n');
}

/* "15|8 motorola signed" as the profile's start, length and order. */
static void print_place(struct text_out *out, const struct dbc_signal *signal)
{
    static const char *const kinds[] = {"", " signed", " float", " double"};
    char text[64];
    snprintf(text, sizeof text, "%d|%d %s%s", signal->bits.start_bit, signal->bits.length_bits,
             signal->bits.motorola ? "motorola" : "intel", kinds[signal->kind]);
    print_column(out, text, PLACE_WIDTH);
}

static void print_scaling(struct text_out *out, const struct dbc_signal *signal)
{
    char scale[TEXT_OUT_NUMBER_MAX];
    char offset[TEXT_OUT_NUMBER_MAX];
    char text[2 * TEXT_OUT_NUMBER_MAX + 80];
    text_number(scale, signal->scale);
    text_number(offset, signal->offset < 0 ? -signal->offset : signal->offset);
    snprintf(text, sizeof text, "raw%s%s%s%s %.60s", signal->scale == 1 ? "" : " x ",
             signal->scale == 1 ? "" : scale,
             signal->offset == 0  ? ""
             : signal->offset < 0 ? " - "
                                  : " + ",
             signal->offset == 0 ? "" : offset, signal->unit);
    print_column(out, text, SCALING_WIDTH);
}

static void print_page(struct text_out *out, const struct dbc_message *message,
                       const struct dbc_signal *signal)
{
    if (signal->parent < 0) {
        return;
    }
    text_out_string(out, " if ");
    text_out_string(out, message->signals[signal->parent].name);
    text_out_string(out, " = ");
    for (uint32_t i = 0; i < signal->page_count; i++) {
        text_out_string(out, i == 0 ? "" : ", ");
        text_out_number(out, signal->pages[i].low);
        if (signal->pages[i].high != signal->pages[i].low) {
            text_out_char(out, '-');
            text_out_number(out, signal->pages[i].high);
        }
    }
}

static void print_texts(struct text_out *out, const struct dbc_signal *signal)
{
    uint32_t shown = signal->text_count < TEXTS_SHOWN ? signal->text_count : TEXTS_SHOWN;
    for (uint32_t i = 0; i < shown; i++) {
        text_out_string(out, i == 0 ? "  " : ", ");
        text_out_number(out, (double)signal->texts[i].raw);
        text_out_char(out, ' ');
        text_out_string(out, signal->texts[i].text);
    }
    text_out_string(out, shown < signal->text_count ? ", ..." : "");
}

static void print_comment(struct text_out *out, const char *comment)
{
    if (comment[0] == '\0') {
        return;
    }
    text_out_string(out, "        ");
    for (; *comment != '\0'; comment++) {
        text_out_char(out, *comment == '\n' || *comment == '\r' ? ' ' : *comment);
    }
    text_out_char(out, '\n');
}

static void print_signal(struct text_out *out, const struct dbc_message *message,
                         const struct dbc_signal *signal)
{
    text_out_string(out, "    ");
    print_column(out, signal->name, NAME_WIDTH);
    print_place(out, signal);
    print_scaling(out, signal);
    print_page(out, message, signal);
    print_texts(out, signal);
    const char *mark = marks[dbc_signal_meaning(signal)];
    text_out_string(out, mark[0] == '\0' ? "" : "  <- ");
    text_out_string(out, mark);
    text_out_char(out, '\n');
    print_comment(out, signal->comment);
}

static void list_message(struct listing *listing, const struct dbc_message *message)
{
    bool whole = is_message_found(listing, message);
    bool headed = false;
    for (uint32_t i = 0; i < message->signal_count; i++) {
        if (!whole && !is_signal_found(listing, &message->signals[i])) {
            continue;
        }
        if (!headed) {
            print_message(&listing->out, message);
            headed = true;
        }
        print_signal(&listing->out, message, &message->signals[i]);
        listing->shown++;
    }
    if (whole && !headed) {
        print_message(&listing->out, message);
        listing->shown++;
    }
}

static void print_profile_line(struct listing *listing, const struct dbc_message *message,
                               const struct dbc_signal *signal)
{
    const char *slash = strrchr(listing->path, '/');
    text_out_string(&listing->out, "  broadcast: {dbc: ");
    text_out_string(&listing->out, slash == NULL ? listing->path : slash + 1);
    text_out_string(&listing->out, ", message: ");
    text_out_string(&listing->out, message->name);
    text_out_string(&listing->out, ", signal: ");
    text_out_string(&listing->out, signal->name);
    text_out_string(&listing->out, "}\n");
}

/* The lines to paste for all signals of one meaning. */
static void list_meaning(struct listing *listing, const struct dbc *dbc, enum dbc_meaning meaning,
                         const char *title)
{
    bool headed = false;
    for (size_t i = 0; i < dbc->message_count; i++) {
        const struct dbc_message *message = &dbc->messages[i];
        for (uint32_t k = 0; k < message->signal_count; k++) {
            if (dbc_signal_meaning(&message->signals[k]) != meaning) {
                continue;
            }
            if (!headed) {
                text_out_string(&listing->out, title);
                headed = true;
            }
            print_profile_line(listing, message, &message->signals[k]);
        }
    }
}

static int list(struct listing *listing, const struct dbc *dbc, bool notes)
{
    for (size_t i = 0; i < dbc->message_count; i++) {
        list_message(listing, &dbc->messages[i]);
    }
    if (listing->find == NULL) {
        list_meaning(listing, dbc, DBC_OIL_TEMPERATURE,
                     "\nOil temperature, as a profile's source beside the file:\n");
        list_meaning(listing, dbc, DBC_COOLANT_TEMPERATURE, "\nCoolant temperature:\n");
    }
    if (!text_out_flush(&listing->out)) {
        return usage_error("standard output cannot be written");
    }
    for (size_t i = 0; notes && i < dbc->note_count; i++) {
        fprintf(stderr, "candial: %s\n", dbc->notes[i]);
    }
    if (!notes) {
        dbc_left_out_tell(dbc, listing->path);
    }
    if (dbc->message_count == 0) {
        fprintf(stderr, "candial: %s: no message (BO_) in it\n", listing->path);
        return EXIT_NO;
    }
    if (listing->shown > 0) {
        return EXIT_GOOD;
    }
    fprintf(stderr, "candial: %s: nothing with that text in it: try a shorter one\n",
            listing->path);
    return EXIT_NO;
}

static int load_and_list(const char *path, const char *find, bool notes)
{
    char error[512];
    char folded[256];
    struct listing *listing = calloc(1, sizeof *listing);
    struct dbc *dbc = dbc_load(path, error, sizeof error);
    int status = EXIT_USAGE;
    if (listing == NULL || dbc == NULL) {
        usage_error("%s", dbc == NULL ? error : "out of memory");
    } else {
        listing->path = path;
        if (find != NULL) {
            text_fold(find, folded, sizeof folded);
            listing->find = folded;
        }
        status = list(listing, dbc, notes);
    }
    dbc_free(dbc);
    free(listing);
    return status;
}

int command_dbc(int argc, char **argv)
{
    const char *path = NULL;
    const char *find = NULL;
    bool notes = false;
    for (int i = 1; i < argc; i++) {
        if (strcmp(argv[i], "--help") == 0 || strcmp(argv[i], "-h") == 0) {
            fputs(help, stdout);
            return EXIT_GOOD;
        }
        if (strcmp(argv[i], "--notes") == 0) {
            notes = true;
        } else if (strcmp(argv[i], "--find") == 0 && i + 1 < argc) {
            find = argv[++i];
        } else if (argv[i][0] == '-' || path != NULL) {
            return usage_error("`%s' does not belong there: see `candial dbc --help`", argv[i]);
        } else {
            path = argv[i];
        }
    }
    if (path == NULL) {
        return usage_error("give a DBC file: candial dbc FILE [--find TEXT]");
    }
    return load_and_list(path, find, notes);
}
