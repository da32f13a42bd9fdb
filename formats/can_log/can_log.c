/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
/* Lines out of a file, the choice of the reader, and the log's time. */
#include "formats/can_log/can_log.h"

#include "formats/can_log/reader.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define LINE_SIZE_MAX 65536u /* also how far the format is looked for */
#define BUFFER_SIZE (4 * LINE_SIZE_MAX)
#define FORMAT_FRAMES_MAX 64u        /* so many lines that a reader understands are enough */
#define STEP_BACK_MAX_NS 1000000000u /* above this the logger's clock was set */

/* Kinds of ids padded to 8 digits, see decide_padding(). */
enum padding { PADDING_UNKNOWN, PADDING_IS_STANDARD, PADDING_IS_EXTENDED };

struct can_log {
    int file;
    uint64_t size;  /* of the file; 0: not known */
    uint64_t bytes; /* read from it so far */
    char *path;
    const struct can_log_reader *reader;
    struct can_log_state state;
    can_log_report *report;
    void *context;
    uint64_t line_number;
    uint64_t bad_lines;
    enum padding padding;
    bool started;          /* the first frame's time is known */
    uint64_t file_time_ns; /* the last frame's, as the file counts */
    uint64_t time_ns;      /* the last frame's, as given out */
    bool failed;
    bool at_end;    /* of the file, not of the buffer */
    bool has_zeros; /* there was a zero byte somewhere: look at each line */
    size_t used;    /* bytes in the buffer */
    size_t at;      /* first byte not yet given out */
    /* A zero byte behind what was read, and room for readers that look at eight bytes at a time. */
    char buffer[BUFFER_SIZE + 8];
};

/* One row a format. */
static const struct can_log_reader readers[] = {
    {"candump", can_log_read_candump},
    {"PCAN trace", can_log_read_trc},
    {"Vector ASC", can_log_read_asc},
    {"SavvyCAN CSV", can_log_read_gvret},
};

#define READER_COUNT (sizeof readers / sizeof *readers)

static void report(struct can_log *log, const char *problem)
{
    char text[512];
    if (log->report == NULL) {
        return;
    }
    snprintf(text, sizeof text, "%s:%llu: %s: line skipped", log->path,
             (unsigned long long)log->line_number, problem);
    log->report(log->context, text);
}

static size_t least(size_t a, size_t b)
{
    return a < b ? a : b;
}

/* The end of the line that begins at `at`, if it is no longer than a line may be, else NULL. */
static char *find_end(struct can_log *log)
{
    return memchr(log->buffer + log->at, '\n', least(log->used - log->at, LINE_SIZE_MAX));
}

/* Whatever comes next, into a buffer that has room. */
static void read_more(struct can_log *log)
{
    ssize_t got = read(log->file, log->buffer + log->used, BUFFER_SIZE - log->used);
    if (got > 0) {
        log->has_zeros =
            log->has_zeros || memchr(log->buffer + log->used, '\0', (size_t)got) != NULL;
        log->used += (size_t)got;
        log->bytes += (uint64_t)got;
    }
    log->at_end = got == 0;
    log->failed = got < 0 && errno != EINTR;
}

/* Reads until the next line is there in full, and no further: a pipe's lines are given out as they come. */
static void fill(struct can_log *log)
{
    memmove(log->buffer, log->buffer + log->at, log->used - log->at);
    log->used -= log->at;
    log->at = 0;
    do {
        read_more(log);
    } while (!log->at_end && !log->failed && log->used < LINE_SIZE_MAX && find_end(log) == NULL);
}

static void skip_rest_of_line(struct can_log *log)
{
    char *end = NULL;
    do {
        log->at += least(log->used - log->at, LINE_SIZE_MAX);
        if (log->used - log->at < LINE_SIZE_MAX) {
            fill(log);
        }
        end = find_end(log);
    } while (end == NULL && log->used > log->at);
    log->at = end == NULL ? log->used : (size_t)(end - log->buffer) + 1;
}

/* The next line without its end, or NULL at the end of the file. `problem` is set if it is no text. */
static char *next_line(struct can_log *log, const char **problem)
{
    char *end = find_end(log);
    if (end == NULL && log->used - log->at < LINE_SIZE_MAX) {
        fill(log);
        end = find_end(log);
    }
    if (log->at == log->used) {
        return NULL;
    }
    *problem = NULL;
    log->line_number++;
    char *line = log->buffer + log->at;
    if (end == NULL && log->used - log->at >= LINE_SIZE_MAX) {
        *problem = "longer than 64 KiB";
        skip_rest_of_line(log);
        return line;
    }
    char *stop = end == NULL ? log->buffer + log->used : end;
    log->at = end == NULL ? log->used : (size_t)(end - log->buffer) + 1;
    while (stop > line && (stop[-1] == '\r' || stop[-1] == ' ' || stop[-1] == '\t')) {
        stop--;
    }
    *stop = '\0';
    if (log->has_zeros && memchr(line, '\0', (size_t)(stop - line)) != NULL) {
        *problem = "contains a zero byte";
    }
    return line;
}

/* How many of the lines at the head of the file does this reader understand as frames? */
static unsigned count_frames(const struct can_log_reader *reader, const char *head)
{
    char line[1024];
    struct can_log_state state = {.relative = false};
    unsigned count = 0;
    while (*head != '\0' && count < FORMAT_FRAMES_MAX) {
        size_t length = strcspn(head, "\r\n");
        struct can_log_parsed parsed = {0};
        if (length < sizeof line) {
            memcpy(line, head, length);
            line[length] = '\0';
            count += reader->read_line(&state, line, &parsed) == CAN_LOG_LINE_FRAME;
        }
        head += length;
        head += strspn(head, "\r\n");
    }
    return count;
}

static const struct can_log_reader *find_reader(struct can_log *log)
{
    const struct can_log_reader *best = NULL;
    unsigned best_count = 0;
    size_t length = least(log->used, LINE_SIZE_MAX);
    char kept = log->buffer[length];
    log->buffer[length] = '\0';
    for (size_t i = 0; i < READER_COUNT; i++) {
        unsigned count = count_frames(&readers[i], log->buffer);
        if (count > best_count) {
            best = &readers[i];
            best_count = count;
        }
    }
    log->buffer[length] = kept;
    return best;
}

static void known_formats(char *text, size_t size)
{
    size_t used = 0;
    for (size_t i = 0; i < READER_COUNT && used < size; i++) {
        used +=
            (size_t)snprintf(text + used, size - used, "%s%s", i == 0 ? "" : ", ", readers[i].name);
    }
}

static bool start(struct can_log *log, char *error, size_t error_size)
{
    char names[128];
    struct stat file;
    if (fstat(log->file, &file) == 0 && S_ISREG(file.st_mode)) {
        log->size = (uint64_t)file.st_size;
    }
    do {
        read_more(log);
        log->reader = find_reader(log);
    } while (log->reader == NULL && !log->at_end && !log->failed && log->used < LINE_SIZE_MAX);
    if (log->failed) {
        snprintf(error, error_size, "%s: %s", log->path, strerror(errno));
        return false;
    }
    if (log->reader == NULL) {
        known_formats(names, sizeof names);
        snprintf(error, error_size,
                 "%s: no CAN frame of a known format found: give a log in one of: %s", log->path,
                 names);
        return false;
    }
    return true;
}

struct can_log *can_log_open(const char *path, can_log_report *report_fn, void *context,
                             char *error, size_t error_size)
{
    struct can_log *log = calloc(1, sizeof *log);
    bool input = strcmp(path, "-") == 0;
    if (log == NULL || (log->path = strdup(input ? "standard input" : path)) == NULL) {
        snprintf(error, error_size, "%s: out of memory", path);
        free(log);
        return NULL;
    }
    log->report = report_fn;
    log->context = context;
    log->file = input ? STDIN_FILENO : open(path, O_RDONLY | O_CLOEXEC);
    if (log->file < 0) {
        snprintf(error, error_size, "%s: %s: give the name of a readable log", path,
                 strerror(errno));
    } else if (start(log, error, error_size)) {
        return log;
    }
    can_log_close(log);
    return NULL;
}

/* Is there an id above 7FF with 8 digits before a '#' anywhere in `file`? False for a pipe. */
static bool has_extended_id(int file)
{
    char chunk[16384];
    ssize_t got;
    off_t at = 0;
    unsigned digits = 0;
    uint64_t value = 0;
    for (; (got = pread(file, chunk, sizeof chunk, at)) > 0; at += got) {
        for (ssize_t i = 0; i < got; i++) {
            int digit = can_log_hex(chunk[i]);
            if (digit >= 0) {
                value = (value << 4 | (unsigned)digit) & 0xFFFFFFFFFu;
                digits++;
                continue;
            }
            if (chunk[i] == '#' && digits == 8 && value > 0x7FF && value <= 0x1FFFFFFF) {
                return true;
            }
            digits = 0;
            value = 0;
        }
    }
    return false;
}

/*
 * candump writes 29-bit ids with 8 digits and 11-bit ids with 3, but other loggers pad 11-bit ids to 8
 * digits. A 29-bit id up to 7FF would be the bus's most urgent one and does not occur in any car we know
 * of, so padding is taken for padding, unless the file holds real 29-bit ids as well: then 8 digits mean
 * what candump means. That needs a look at the whole file, which a pipe does not allow.
 */
static void decide_padding(struct can_log *log)
{
    log->padding = has_extended_id(log->file) ? PADDING_IS_EXTENDED : PADDING_IS_STANDARD;
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

static void finish_frame(struct can_log *log, struct can_log_parsed *parsed)
{
    if (parsed->padded_id) {
        if (log->padding == PADDING_UNKNOWN) {
            decide_padding(log);
        }
        parsed->frame.extended = log->padding == PADDING_IS_EXTENDED;
    }
    set_time(log, &parsed->frame);
}

int can_log_next(struct can_log *log, struct can_log_frame *frame)
{
    const char *problem = NULL;
    char *line = NULL;
    while (!log->failed && (line = next_line(log, &problem)) != NULL) {
        struct can_log_parsed parsed = {.problem = problem};
        enum can_log_line kind = CAN_LOG_LINE_BAD;
        if (problem == NULL) {
            kind = log->reader->read_line(&log->state, line, &parsed);
        }
        if (kind == CAN_LOG_LINE_FRAME) {
            finish_frame(log, &parsed);
            *frame = parsed.frame;
            return 1;
        }
        if (kind == CAN_LOG_LINE_BAD) {
            log->bad_lines++;
            report(log, parsed.problem);
        }
    }
    if (log->failed) {
        report(log, "reading failed");
        return -1;
    }
    return 0;
}

uint64_t can_log_bad_lines(const struct can_log *log)
{
    return log->bad_lines;
}

uint64_t can_log_size(const struct can_log *log)
{
    return log->size;
}

uint64_t can_log_bytes(const struct can_log *log)
{
    return log->bytes - (log->used - log->at);
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
    if (log->file > STDIN_FILENO) {
        close(log->file);
    }
    free(log->path);
    free(log);
}
