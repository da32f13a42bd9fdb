/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
/* `candial decode`: what a log says, signal by signal. */
#include "cli/command.h"
#include "cli/dbc_left_out.h"

#include "host/files.h"
#include "host/log_progress.h"
#include "host/text_out.h"
#include "formats/dbc/decode.h"
#include "formats/profile/profile.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const char help[] =
    "usage: candial decode LOG --dbc FILE|--profile FILE [--signal NAME] [--channel NAME] "
    "[--csv]\n\n"
    "  LOG             a recorded log, packed with gzip or not; - is standard input\n"
    "  --dbc FILE      a DBC file that names the signals\n"
    "  --profile FILE  or a profile: the values its dials would get\n"
    "  --signal NAME   only this one: NAME or MESSAGE.NAME; dial1 to dial4 of a profile\n"
    "  --channel NAME  only this bus of a log that holds several: can0, 1, as the log names it\n"
    "  --csv           time_s,id,message,signal,value,unit\n\n"
    "A raw value that has a name in the DBC file is given by that name, as \"Fault\".\n"
    "Exit status 1: the log has no such value.\n\n"
    "Logs that are read: ";

struct options {
    const char *log;
    const char *dbc;
    const char *profile;
    const char *signal;
    const char *channel;
    bool csv;
};

/* What came of one signal, for the last line; of several nothing is told. */
struct tally {
    const char *signal;
    const char *unit;
    bool is_mixed;
    uint64_t count;
    uint64_t words; /* values that are no numbers */
    double first, last, low, high;
};

struct session {
    struct text_out out;
    struct log_progress progress;
    uint64_t frames;
    uint64_t values;
    struct tally tally;
};

static void print_id(struct text_out *out, const struct can_log_frame *frame)
{
    text_out_hex(out, frame->id, frame->extended ? 8 : 3);
}

static void print_csv(void *context, const struct decode_value *value)
{
    struct text_out *out = &((struct session *)context)->out;
    text_out_seconds(out, value->frame->time_ns);
    text_out_string(out, ",0x");
    print_id(out, value->frame);
    text_out_char(out, ',');
    text_out_csv(out, value->message);
    text_out_char(out, ',');
    text_out_csv(out, value->signal);
    text_out_char(out, ',');
    if (value->text != NULL) {
        text_out_csv(out, value->text);
    } else {
        text_out_number(out, value->value);
    }
    text_out_char(out, ',');
    text_out_csv(out, value->unit);
    text_out_char(out, '\n');
}

static void count(struct tally *tally, const struct decode_value *value)
{
    tally->is_mixed = tally->is_mixed || (tally->count > 0 && tally->signal != value->signal);
    tally->signal = value->signal;
    tally->unit = value->unit;
    tally->count++;
    if (value->text != NULL) {
        tally->words++;
        return;
    }
    bool is_first = tally->count - tally->words == 1;
    tally->first = is_first ? value->value : tally->first;
    tally->low = is_first || value->value < tally->low ? value->value : tally->low;
    tally->high = is_first || value->value > tally->high ? value->value : tally->high;
    tally->last = value->value;
}

/* Not into the lines, which others may read. */
static void tell_tally(const struct tally *tally)
{
    if (tally->is_mixed || tally->count == 0) {
        return;
    }
    fprintf(stderr, "%s: %llu values", tally->signal, (unsigned long long)tally->count);
    if (tally->words > 0) {
        fprintf(stderr, ", %llu of them no numbers", (unsigned long long)tally->words);
    }
    if (tally->words < tally->count) {
        fprintf(stderr, ", first %.9g, last %.9g, lowest %.9g, highest %.9g %s", tally->first,
                tally->last, tally->low, tally->high, tally->unit);
    }
    fputc('\n', stderr);
}

static void print_line(void *context, const struct decode_value *value)
{
    struct session *session = context;
    struct text_out *out = &session->out;
    count(&session->tally, value);
    text_out_seconds(out, value->frame->time_ns);
    text_out_string(out, "  ");
    print_id(out, value->frame);
    text_out_string(out, "  ");
    text_out_string(out, value->message);
    text_out_char(out, '.');
    text_out_string(out, value->signal);
    text_out_string(out, " = ");
    if (value->text != NULL) {
        text_out_string(out, value->text);
        text_out_string(out, " (raw ");
        text_out_number(out, (double)value->raw);
        text_out_char(out, ')');
    } else {
        text_out_number(out, value->value);
        text_out_string(out, value->unit[0] == '\0' ? "" : " ");
        text_out_string(out, value->unit);
    }
    text_out_char(out, '\n');
}

static int decode_log(struct session *session, struct can_log *log, struct decoder *decoder,
                      decode_sink *sink)
{
    struct can_log_frame frame;
    int result = can_log_next(log, &frame);
    while (result == 1 && !session->out.failed) {
        session->frames++;
        session->values += decoder_frame(decoder, &frame, sink, session);
        log_progress_frame(&session->progress, log);
        result = can_log_next(log, &frame);
    }
    log_progress_end(&session->progress);
    if (!text_out_flush(&session->out)) {
        return usage_error("standard output cannot be written");
    }
    return result < 0 ? EXIT_USAGE : EXIT_GOOD;
}

/* Of a log with several buses, which there are, if none was chosen or the one chosen is not there. */
static int tell_channels(const struct options *options, const struct can_log *log, uint64_t frames)
{
    char list[400];
    can_log_list_channels(log, list, sizeof list);
    if (options->channel != NULL && frames == 0) {
        return usage_error("no frame of channel %s: %s has %s", options->channel, options->log,
                           list);
    }
    if (options->channel == NULL && can_log_channel_count(log) > 1) {
        fprintf(stderr, "candial: %s holds %s, taken together: --channel NAME takes one\n",
                options->log, list);
    }
    return EXIT_GOOD;
}

static int say_nothing_found(const struct options *options, uint64_t frames)
{
    fprintf(stderr, "candial: none of the %llu frames carries %s: is it this car's log?\n",
            (unsigned long long)frames,
            options->signal == NULL ? "a signal of it" : options->signal);
    return EXIT_NO;
}

static int run_decoder(const struct options *options, struct decoder *decoder)
{
    char error[512];
    struct session *session = calloc(1, sizeof *session);
    if (session == NULL) {
        return usage_error("out of memory");
    }
    session->progress = log_progress_begin();
    struct can_log *log =
        can_log_open(options->log, log_progress_report, &session->progress, error, sizeof error);
    int status = EXIT_USAGE;
    if (log == NULL) {
        usage_error("%s", error);
    } else {
        if (options->csv) {
            text_out_string(&session->out, "time_s,id,message,signal,value,unit\n");
        }
        can_log_choose_channel(log, options->channel);
        status = decode_log(session, log, decoder, options->csv ? print_csv : print_line);
        if (status == EXIT_GOOD) {
            status = tell_channels(options, log, session->frames);
        }
        if (status == EXIT_GOOD && session->values == 0) {
            status = say_nothing_found(options, session->frames);
        }
        tell_tally(&session->tally);
    }
    can_log_close(log);
    free(session);
    return status;
}

static int decode_by_dbc(const struct options *options)
{
    char error[512];
    int status = EXIT_USAGE;
    struct dbc *dbc = dbc_load(options->dbc, error, sizeof error);
    struct decoder *decoder =
        dbc == NULL ? NULL : decoder_for_dbc(dbc, options->signal, error, sizeof error);
    if (dbc == NULL) {
        usage_error("%s", error);
    } else if (decoder == NULL) {
        usage_error("%s: %s", options->dbc, error);
    } else {
        dbc_left_out_tell(dbc, options->dbc);
        status = run_decoder(options, decoder);
    }
    decoder_free(decoder);
    dbc_free(dbc);
    return status;
}

static int decode_by_profile(const struct options *options)
{
    char path[FILES_PATH_MAX];
    char error[512];
    struct record record;
    if (!files_find_profile(options->profile, path, sizeof path)) {
        return usage_error(FILES_NO_PROFILE, options->profile);
    }
    if (!profile_load(path, &record, error, sizeof error)) {
        return usage_error("%s", error);
    }
    struct decoder *decoder = decoder_for_record(&record, options->signal, error, sizeof error);
    if (decoder == NULL) {
        return usage_error("%s: %s", options->profile, error);
    }
    int status = run_decoder(options, decoder);
    decoder_free(decoder);
    return status;
}

/* The field for an option that takes a text, or NULL. */
static const char **option_field(struct options *options, const char *name)
{
    const struct {
        const char *name;
        const char **field;
    } names[] = {{"--dbc", &options->dbc},
                 {"--profile", &options->profile},
                 {"--signal", &options->signal},
                 {"--channel", &options->channel}};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        if (strcmp(name, names[i].name) == 0) {
            return names[i].field;
        }
    }
    return NULL;
}

static bool read_options(struct options *options, int argc, char **argv)
{
    for (int i = 1; i < argc; i++) {
        const char **field = option_field(options, argv[i]);
        if (field != NULL && i + 1 == argc) {
            usage_error("%s needs a name behind it", argv[i]);
            return false;
        }
        if (field != NULL) {
            *field = argv[++i];
        } else if (strcmp(argv[i], "--csv") == 0) {
            options->csv = true;
        } else if (argv[i][0] == '-' && argv[i][1] != '\0') {
            usage_unknown_option("decode", argv[i], (const char *const[]){help, NULL});
            return false;
        } else if (options->log != NULL) {
            usage_error("one log at a time: `%s' is a second one", argv[i]);
            return false;
        } else {
            options->log = argv[i];
        }
    }
    return true;
}

int command_decode(int argc, char **argv)
{
    struct options options = {0};
    if (argc > 1 && (strcmp(argv[1], "--help") == 0 || strcmp(argv[1], "-h") == 0)) {
        char formats[400];
        can_log_list_formats(formats, sizeof formats);
        printf("%s%s.\n", help, formats);
        return EXIT_GOOD;
    }
    if (!read_options(&options, argc, argv)) {
        return EXIT_USAGE;
    }
    if (options.log == NULL || (options.dbc == NULL) == (options.profile == NULL)) {
        return usage_error("give a log, and either --dbc FILE or --profile FILE");
    }
    return options.dbc != NULL ? decode_by_dbc(&options) : decode_by_profile(&options);
}
