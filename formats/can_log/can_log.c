/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
/* The choice of the reader, and the log's time and channels. */
#include "formats/can_log/can_log.h"

#include "formats/can_log/channels.h"
#include "formats/can_log/foreign.h"
#include "formats/can_log/padding.h"
#include "formats/can_log/reader.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#define FORMAT_FRAMES_MAX 64u        /* so many lines that a reader understands are enough */
#define STEP_BACK_MAX_NS 1000000000u /* above this the logger's clock was set */

/* Kinds of ids padded to 8 digits, see formats/can_log/padding.h. */
enum padding { PADDING_UNKNOWN, PADDING_IS_STANDARD, PADDING_IS_EXTENDED };

struct can_log {
    char *path;
    const struct can_log_reader *reader;
    struct can_log_state state;
    void *memory; /* of a reader that is no text's */
    can_log_report *report;
    void *context;
    uint64_t bad_lines;
    enum padding padding;
    bool started;          /* the first frame's time is known */
    uint64_t file_time_ns; /* the last frame's, as the file counts */
    uint64_t time_ns;      /* the last frame's, as given out */
    bool failed;
    struct can_log_channels channels;
    struct can_log_lines lines;
};

/* One row a format. */
static const struct can_log_reader readers[] = {
    {"candump", can_log_read_candump, NULL},
    {"PCAN trace", can_log_read_trc, NULL},
    {"Vector ASC", can_log_read_asc, NULL},
    {"SavvyCAN CSV", can_log_read_gvret, NULL},
    {"candump screen", can_log_read_screen, NULL},
    {"CSV with headings", can_log_read_table, NULL},
    {"CRTD", can_log_read_crtd, NULL},
    {"BUSMASTER", can_log_read_busmaster, NULL},
    {"slcan", can_log_read_slcan, NULL},
    {"HCRL text", can_log_read_hcrl, NULL},
    {"Vector BLF", NULL, &can_log_blf},
    {"MDF4", NULL, &can_log_mdf4},
};

#define READER_COUNT (sizeof readers / sizeof *readers)

static void report(struct can_log *log, const char *problem, const char *effect)
{
    char text[512];
    if (log->report == NULL) {
        return;
    }
    snprintf(text, sizeof text, "%s:%llu: %s%s", log->path,
             (unsigned long long)log->lines.line_number, problem, effect);
    log->report(log->context, text);
}

/* How many of the lines at the head of the file does this reader understand as frames? */
static unsigned count_frames(const struct can_log_reader *reader, const char *head,
                             struct can_log_state *state)
{
    char line[1024];
    unsigned count = 0;
    while (*head != '\0' && count < FORMAT_FRAMES_MAX) {
        size_t length = strcspn(head, "\r\n");
        struct can_log_parsed parsed = {0};
        if (length < sizeof line) {
            memcpy(line, head, length);
            line[length] = '\0';
            count += reader->read_line(state, line, &parsed) == CAN_LOG_LINE_FRAME;
        }
        head += length;
        head += strspn(head, "\r\n");
    }
    return count;
}

static const struct can_log_reader *find_text_reader(struct can_log *log)
{
    const struct can_log_reader *best = NULL;
    unsigned best_count = 0;
    size_t length = can_log_lines_head(&log->lines);
    char kept = log->lines.buffer[length];
    log->lines.buffer[length] = '\0';
    for (size_t i = 0; i < READER_COUNT && best_count < FORMAT_FRAMES_MAX; i++) {
        struct can_log_state state = {.relative = false};
        unsigned count = readers[i].read_line == NULL
                             ? 0
                             : count_frames(&readers[i], log->lines.buffer + log->lines.at, &state);
        if (count > best_count) {
            best = &readers[i];
            best_count = count;
            log->state = (struct can_log_state){.is_delta = can_log_state_is_delta(&state),
                                                .decimal = strchr(state.columns, 'F') != NULL &&
                                                           !state.has_letters};
        }
    }
    log->lines.buffer[length] = kept;
    return best;
}

static const struct can_log_reader *find_reader(struct can_log *log)
{
    const uint8_t *head = (const uint8_t *)log->lines.buffer;
    for (size_t i = 0; i < READER_COUNT; i++) {
        const struct can_log_binary *binary = readers[i].binary;
        if (binary != NULL && binary->begins(head, can_log_lines_head(&log->lines))) {
            return &readers[i];
        }
    }
    can_log_lines_begin_text(&log->lines);
    return find_text_reader(log);
}

void can_log_list_formats(char *text, size_t size)
{
    size_t used = 0;
    for (size_t i = 0; i < READER_COUNT && used < size; i++) {
        used +=
            (size_t)snprintf(text + used, size - used, "%s%s", i == 0 ? "" : ", ", readers[i].name);
    }
}

/* What the file is, if it is known, and what makes a log of it; else what would be one. */
static void say_unknown(struct can_log *log, char *error, size_t error_size)
{
    char names[300];
    const char *foreign = can_log_foreign((const uint8_t *)log->lines.buffer, log->lines.used);
    if (foreign != NULL) {
        snprintf(error, error_size, "%s: %s", log->path, foreign);
        return;
    }
    can_log_list_formats(names, sizeof names);
    snprintf(error, error_size,
             "%s: no CAN frame of a known format found: give a log in one of: %s", log->path,
             names);
}

static bool start(struct can_log *log, char *error, size_t error_size)
{
    struct can_log_lines *lines = &log->lines;
    do {
        can_log_lines_more(lines);
        log->reader = find_reader(log);
    } while (log->reader == NULL && !lines->input.at_end && lines->used < CAN_LOG_LINE_SIZE_MAX);
    if (log->reader == NULL && lines->input.failed != NULL) {
        snprintf(error, error_size, "%s: %s", log->path, lines->input.failed);
        return false;
    }
    if (log->reader == NULL) {
        say_unknown(log, error, error_size);
        return false;
    }
    return true;
}

struct can_log *can_log_open(const char *path, can_log_report *report_fn, void *context,
                             char *error, size_t error_size)
{
    struct can_log *log = calloc(1, sizeof *log);
    bool is_standard = strcmp(path, "-") == 0;
    if (log == NULL || (log->path = strdup(is_standard ? "standard input" : path)) == NULL) {
        snprintf(error, error_size, "%s: out of memory", path);
        free(log);
        return NULL;
    }
    log->report = report_fn;
    log->context = context;
    if (!can_log_input_open(&log->lines.input, path)) {
        snprintf(error, error_size, "%s: %s: give the name of a readable log", path,
                 strerror(errno));
    } else if (start(log, error, error_size)) {
        return log;
    }
    can_log_close(log);
    return NULL;
}

static void set_time(struct can_log *log, struct can_log_frame *frame)
{
    uint64_t now = frame->time_ns;
    uint64_t last = log->file_time_ns;
    if (log->started && now >= last) {
        log->time_ns = can_log_add_time(log->time_ns, now - last);
    }
    /* A small step back: wait until the file's time has caught up. A large one: go on from there. */
    bool small_step = log->started && now < last && last - now <= STEP_BACK_MAX_NS;
    if (!small_step) {
        log->file_time_ns = now;
    }
    log->started = true;
    frame->time_ns = log->time_ns;
}

static bool is_wanted(const struct can_log *log, unsigned channel)
{
    const char *wanted = log->channels.wanted;
    return wanted[0] == '\0' || strcasecmp(wanted, log->channels.names[channel]) == 0;
}

/* False: a frame of a channel that is not wanted. */
static bool finish_frame(struct can_log *log, struct can_log_parsed *parsed)
{
    if (parsed->padded_id) {
        if (log->padding == PADDING_UNKNOWN) {
            log->padding = can_log_padding_is_extended(&log->lines) ? PADDING_IS_EXTENDED
                                                                    : PADDING_IS_STANDARD;
        }
        parsed->frame.extended = log->padding == PADDING_IS_EXTENDED;
    }
    set_time(log, &parsed->frame);
    parsed->frame.channel = (uint8_t)can_log_channels_take(&log->channels, parsed->channel);
    return is_wanted(log, parsed->frame.channel);
}

/* One line, or one object of a file that is no text. */
static enum can_log_line read_next(struct can_log *log, struct can_log_parsed *parsed)
{
    if (log->reader->binary != NULL) {
        log->lines.line_number++;
        return log->reader->binary->read(&log->lines, &log->memory, parsed);
    }
    const char *line = can_log_lines_next(&log->lines, &parsed->problem);
    if (line == NULL) {
        parsed->problem = NULL;
        return CAN_LOG_LINE_END;
    }
    return parsed->problem != NULL ? CAN_LOG_LINE_BAD
                                   : log->reader->read_line(&log->state, line, parsed);
}

/* The file's end, or what stopped the reading. */
static int finish(struct can_log *log, const char *problem)
{
    problem = log->lines.input.failed != NULL ? log->lines.input.failed : problem;
    if (problem != NULL) {
        log->failed = true;
        report(log, problem, ": reading failed");
    }
    return problem == NULL ? 0 : -1;
}

int can_log_next(struct can_log *log, struct can_log_frame *frame)
{
    for (;;) {
        struct can_log_parsed parsed = {.channel = {"", 0}};
        enum can_log_line kind = log->failed ? CAN_LOG_LINE_END : read_next(log, &parsed);
        if (kind == CAN_LOG_LINE_END) {
            return log->failed ? -1 : finish(log, parsed.problem);
        }
        if (kind == CAN_LOG_LINE_FRAME && finish_frame(log, &parsed)) {
            *frame = parsed.frame;
            return 1;
        }
        if (kind == CAN_LOG_LINE_BAD) {
            log->bad_lines++;
            report(log, parsed.problem,
                   log->reader->binary == NULL ? ": line skipped" : ": skipped");
        }
    }
}

void can_log_choose_channel(struct can_log *log, const char *name)
{
    snprintf(log->channels.wanted, sizeof log->channels.wanted, "%s", name == NULL ? "" : name);
}

unsigned can_log_channel_count(const struct can_log *log)
{
    return log->channels.count;
}

const char *can_log_channel_name(const struct can_log *log, unsigned channel)
{
    return channel < log->channels.count ? log->channels.names[channel] : "";
}

uint64_t can_log_channel_frames(const struct can_log *log, unsigned channel)
{
    return channel < log->channels.count ? log->channels.frames[channel] : 0;
}

void can_log_list_channels(const struct can_log *log, char *text, size_t size)
{
    unsigned count = log->channels.count;
    int used = snprintf(text, size, "%u channel%s", count, count == 1 ? "" : "s");
    for (unsigned i = 0; i < count && used > 0 && (size_t)used < size; i++) {
        const char *name = log->channels.names[i];
        used += snprintf(text + used, size - (size_t)used, "%s%s (%llu frame%s)",
                         i == 0 ? ": " : ", ", name[0] == '\0' ? "without a name" : name,
                         (unsigned long long)log->channels.frames[i],
                         log->channels.frames[i] == 1 ? "" : "s");
    }
}

uint64_t can_log_bad_lines(const struct can_log *log)
{
    return log->bad_lines;
}

uint64_t can_log_size(const struct can_log *log)
{
    return log->lines.input.size;
}

uint64_t can_log_bytes(const struct can_log *log)
{
    const struct can_log_lines *lines = &log->lines;
    uint64_t waiting = lines->input.gzip == NULL ? lines->used - lines->at : 0;
    return lines->input.bytes - waiting;
}

const char *can_log_format(const struct can_log *log)
{
    return log->reader->name;
}

void can_log_close(struct can_log *log)
{
    if (log == NULL) {
        return;
    }
    if (log->memory != NULL) {
        log->reader->binary->free(log->memory);
    }
    can_log_input_close(&log->lines.input);
    free(log->path);
    free(log);
}
