/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
#ifndef TESTS_SYSTEM_PROGRAM_H
#define TESTS_SYSTEM_PROGRAM_H

/* The built `candial` as a user calls it, and the lines of its --json file. */
#include <stdbool.h>
#include <stddef.h>

struct program_result {
    int status;        /* exit status; -1: ended by a signal */
    char out[1 << 16]; /* the beginning of standard output */
    char err[1 << 14]; /* and of standard error */
};

/* Runs `candial ARGUMENTS` in the source tree; the images are those of CANDIAL_FIRMWARE_DIR unless
 * the arguments name others. */
void program_run(const char *arguments, struct program_result *result);
/* The same with nothing added to the arguments. */
void program_run_plain(const char *arguments, struct program_result *result);

/* A line of the --json file; what is null there is NAN, "" or false. */
struct json_line {
    double t_s, frame_c, shown_c, needle_deg, pulse_us, servo_deg;
    char state[8];
    char supply[12];
    bool warn;
};

/* False if `text` is no such line. */
bool program_json_line(const char *text, struct json_line *line);
/* A number of the summary line, or -1. */
long program_json_count(const char *text, const char *key);

/* All of a file and a NUL behind; to be freed. NULL if it cannot be read. */
char *program_read_file(const char *path, size_t *length);

#endif
