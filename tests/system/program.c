/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
#include "tests/system/program.h"

#include "tests/formats/scratch_file.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>

static const char *environment(const char *name, const char *otherwise)
{
    const char *value = getenv(name);
    return value == NULL ? otherwise : value;
}

char *program_read_file(const char *path, size_t *length)
{
    FILE *file = fopen(path, "rb");
    size_t size = 0;
    char *text = NULL;
    if (file == NULL) {
        return NULL;
    }
    for (size_t room = 1 << 16;; room *= 2) {
        text = realloc(text, room + 1);
        if (text == NULL) {
            abort();
        }
        size += fread(text + size, 1, room - size, file);
        if (size < room) {
            break;
        }
    }
    fclose(file);
    text[size] = '\0';
    *length = size;
    return text;
}

static void read_start(const char *path, char *text, size_t size)
{
    size_t length = 0;
    char *all = program_read_file(path, &length);
    snprintf(text, size, "%s", all == NULL ? "" : all);
    free(all);
}

static void run(const char *arguments, const char *images, struct program_result *result)
{
    char command[4096];
    char out[512];
    char err[512];
    snprintf(out, sizeof out, "%s", scratch_text("stdout", ""));
    snprintf(err, sizeof err, "%s", scratch_text("stderr", ""));
    snprintf(command, sizeof command, "'%s/candial' %s %s >'%s' 2>'%s'",
             environment("CANDIAL_BINARY_DIR", "build"), arguments, images, out, err);
    const int status = system(command); /* our own words, made above */
    result->status = WIFEXITED(status) ? WEXITSTATUS(status) : -1;
    read_start(out, result->out, sizeof result->out);
    read_start(err, result->err, sizeof result->err);
}

void program_run(const char *arguments, struct program_result *result)
{
    const char *folder = environment("CANDIAL_FIRMWARE_DIR", "build/firmware");
    char images[1200];
    snprintf(images, sizeof images, "--cm7 '%s/candial_cm7.elf' --cm4 '%s/candial_cm4.elf'", folder,
             folder);
    run(arguments, images, result);
}

void program_run_plain(const char *arguments, struct program_result *result)
{
    run(arguments, "", result);
}

/* ---- JSON, as flat as ours ---- */

/* Where the value of `key` begins, or NULL. */
static const char *find_value(const char *text, const char *key)
{
    char quoted[32];
    snprintf(quoted, sizeof quoted, "\"%s\":", key);
    const char *at = strstr(text, quoted);
    return at == NULL ? NULL : at + strlen(quoted);
}

static bool read_number(const char *text, const char *key, double *number)
{
    const char *value = find_value(text, key);
    char *end = NULL;
    if (value == NULL) {
        return false;
    }
    if (strncmp(value, "null", 4) == 0) {
        *number = NAN;
        return true;
    }
    *number = strtod(value, &end);
    return end != value && (*end == ',' || *end == '}');
}

static bool read_string(const char *text, const char *key, char *string, size_t size)
{
    const char *value = find_value(text, key);
    const char *end = value == NULL || *value != '"' ? NULL : strchr(value + 1, '"');
    string[0] = '\0';
    if (value != NULL && strncmp(value, "null", 4) == 0) {
        return true;
    }
    if (end == NULL || (size_t)(end - value) > size) {
        return false;
    }
    memcpy(string, value + 1, (size_t)(end - value) - 1);
    string[end - value - 1] = '\0';
    return true;
}

bool program_json_line(const char *text, struct json_line *line)
{
    const char *warn = find_value(text, "warn");
    line->warn = warn != NULL && strncmp(warn, "true", 4) == 0;
    return text[0] == '{' && warn != NULL && read_number(text, "t_s", &line->t_s) &&
           read_number(text, "frame_c", &line->frame_c) &&
           read_number(text, "shown_c", &line->shown_c) &&
           read_number(text, "needle_deg", &line->needle_deg) &&
           read_number(text, "pulse_us", &line->pulse_us) &&
           read_number(text, "servo_deg", &line->servo_deg) &&
           read_string(text, "state", line->state, sizeof line->state) &&
           read_string(text, "supply", line->supply, sizeof line->supply);
}

long program_json_count(const char *text, const char *key)
{
    double number = -1;
    return strncmp(text, "{\"summary\":", 11) == 0 && read_number(text, key, &number) ? (long)number
                                                                                      : -1;
}
