/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
/* `candial profile check|list|show|compile|send|fetch`. */
#include "cli/command.h"

#include "host/files.h"
#include "host/parse.h"
#include "link/profile_port.h"
#include "core/err.h"
#include "core/profile_keys.h"
#include "formats/profile/profile.h"
#include "formats/profile/profile_write.h"
#include "formats/profile/source.h"

#include <dirent.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const char help[] =
    "usage: candial profile check FILE            is it good? else what is wrong, with line and "
    "key\n"
    "       candial profile list                  the project's profiles\n"
    "       candial profile show FILE [-o OUT.yaml]\n"
    "                                             what it says, in words, or as YAML\n"
    "       candial profile compile FILE [-o OUT] the record the firmware reads, 1,024 bytes\n"
    "       candial profile send FILE --port PORT [--no-reboot] [--timeout DUR]\n"
    "                                             into the board, over its console\n"
    "       candial profile fetch --port PORT [-o OUT] [--timeout DUR]\n"
    "                                             the board's own: in words, as a record, or\n"
    "                                             as YAML (OUT.yaml)\n\n"
    "FILE is a YAML file, a record or a name from the list. PORT is the ST-LINK's, /dev/ttyACM0 "
    "say, or "
    "that\n"
    "of `candial run --uart pty:PORT`. DUR is how long the board may keep silent, 5s unless "
    "given.\n";

#define PS_PER_MS UINT64_C(1000000000)
#define PATIENCE_MAX_MS UINT64_C(3600000)

/* A record, as `compile` and `fetch` write it; false: something else, or nothing. */
static bool load_record(const char *path, struct record *record)
{
    uint8_t bytes[RECORD_SIZE + 1];
    FILE *file = fopen(path, "rb");
    size_t size = file == NULL ? 0 : fread(bytes, 1, sizeof bytes, file);
    if (file != NULL) {
        fclose(file);
    }
    return size == RECORD_SIZE && record_parse(record, bytes, RECORD_SIZE) == 0;
}

static bool load(const char *name, struct record *record, int *status)
{
    char path[FILES_PATH_MAX];
    char error[512];
    if (!files_find_profile(name, path, sizeof path)) {
        *status = usage_error(FILES_NO_PROFILE, name);
        return false;
    }
    if (load_record(path, record) || profile_load(path, record, error, sizeof error)) {
        return true;
    }
    *status = usage_error("%s", error);
    return false;
}

static bool is_yaml(const char *path)
{
    const char *dot = strrchr(path, '.');
    return dot != NULL && (strcmp(dot, ".yaml") == 0 || strcmp(dot, ".yml") == 0);
}

static int write_yaml(const char *path, const struct record *record)
{
    FILE *file = fopen(path, "w");
    if (file != NULL) {
        profile_write(record, file);
    }
    bool good = file != NULL && ferror(file) == 0;
    good = (file == NULL || fclose(file) == 0) && good;
    if (!good) {
        return usage_error("%s: %s: name a file that can be written", path, strerror(errno));
    }
    printf("%s: %s\n", path, record->name);
    return EXIT_GOOD;
}

static int check(int argc, char **argv)
{
    struct record record;
    int status = EXIT_GOOD;
    if (argc != 1) {
        return usage_error("give one profile: candial profile check FILE");
    }
    if (load(argv[0], &record, &status)) {
        printf("%s: good: %s, %d dial%s\n", argv[0], record.name, record.dial_count,
               record.dial_count == 1 ? "" : "s");
    }
    return status;
}

static int is_profile(const struct dirent *entry)
{
    const char *dot = strrchr(entry->d_name, '.');
    return dot != NULL && strcmp(dot, ".yaml") == 0;
}

static int list(int argc, char **argv)
{
    char folder[FILES_PATH_MAX];
    struct dirent **entries = NULL;
    int status = EXIT_GOOD;
    (void)argv;
    if (argc != 0) {
        return usage_error("unexpected arguments: candial profile list takes none");
    }
    if (!files_find("profiles", folder, sizeof folder)) {
        return usage_error(
            "profiles/ is not there: run candial from its source tree, or install it whole");
    }
    int count = scandir(folder, &entries, is_profile, alphasort);
    for (int i = 0; i < count; i++) {
        struct record record;
        char path[FILES_PATH_MAX + 300];
        char error[512];
        snprintf(path, sizeof path, "%s/%s", folder, entries[i]->d_name);
        if (profile_load(path, &record, error, sizeof error)) {
            printf("%-24.*s %s\n", (int)(strlen(entries[i]->d_name) - 5), entries[i]->d_name,
                   record.name);
        } else {
            status = usage_error("%s", error);
        }
        free(entries[i]);
    }
    free(entries);
    return status;
}

/* The keys that are on. */
static void show_switches(bool is_of_dial, const void *owner)
{
    for (unsigned i = 0; i < profile_key_count; i++) {
        const struct profile_key *key = &profile_keys[i];
        if (key->kind == PROFILE_SWITCH && key->is_of_dial == is_of_dial &&
            field_number(&key->field, owner) != 0) {
            printf("  %s: true\n", key->name);
        }
    }
}

static void show_dial(const struct gauge_config *dial)
{
    profile_source(dial->source.kind)->show(&dial->source, stdout);
    printf("  stale after %g s; plausible %g to %g °C", dial->timeout_ms / 1e3,
           dial->plausible_min_milli / 1e3, dial->plausible_max_milli / 1e3);
    if (dial->max_slope_milli_per_s > 0) {
        printf(", up to %g °C/s", dial->max_slope_milli_per_s / 1e3);
    }
    printf("\n  dial:");
    for (int i = 0; i < dial->dial.count; i++) {
        printf(" %g °C = %g°%s", dial->dial.point[i].x / 1e3, dial->dial.point[i].y / 1e3,
               i + 1 < dial->dial.count ? "," : "\n");
    }
    printf("  servo:");
    for (int i = 0; i < dial->servo.count; i++) {
        printf(" %g° = %g µs,", dial->servo.point[i].x / 1e3, dial->servo.point[i].y / 1e3);
    }
    printf(" park %g°, every %g ms\n", dial->park_mdeg / 1e3, dial->period_us / 1e3);
    if (dial->dead_band_us != GAUGE_DEAD_BAND_US) {
        printf("  dead band %d µs\n", dial->dead_band_us);
    }
    printf("  needle: damping %g s, at most %d °/s\n", dial->damping_ms / 1e3,
           dial->max_rate_deg_per_s);
    show_switches(true, dial);
    if (dial->warn_high_milli != GAUGE_WARN_NONE) {
        printf("  warns from %g °C on", dial->warn_high_milli / 1e3);
        if (dial->warn_critical_milli != GAUGE_WARN_NONE) {
            printf(", urgently from %g °C on", dial->warn_critical_milli / 1e3);
        }
        printf("\n");
    }
}

static void show_record(const struct record *from)
{
    const struct record record = *from;
    printf("%s\n  CAN ", record.name);
    if (record.bitrate_bps == RECORD_BITRATE_AUTO) {
        printf("at any bit rate");
    } else {
        printf("%g kbit/s", record.bitrate_bps / 1e3);
    }
    printf(", %s", record.mode == RECORD_ACTIVE ? "active" : "listen-only");
    if (record.fd_data_bitrate_bps != 0) {
        printf(", CAN FD data %g Mbit/s", record.fd_data_bitrate_bps / 1e6);
    }
    putchar('\n');
    show_switches(false, &record);
    for (int i = 0; i < record.dial_count; i++) {
        printf("dial %d\n", i + 1);
        show_dial(&record.dial[i]);
    }
}

static int show(int argc, char **argv)
{
    struct record record;
    int status = EXIT_GOOD;
    bool named = argc == 3 && strcmp(argv[1], "-o") == 0;
    if (argc != 1 && !named) {
        return usage_error("give one profile: candial profile show FILE [-o OUT.yaml]");
    }
    if (load(argv[0], &record, &status)) {
        if (named) {
            return write_yaml(argv[2], &record);
        }
        show_record(&record);
    }
    return status;
}

static int write_record(const char *path, const uint8_t *bytes)
{
    FILE *file = fopen(path, "wb");
    bool good = file != NULL && fwrite(bytes, 1, RECORD_SIZE, file) == RECORD_SIZE;
    good = (file == NULL || fclose(file) == 0) && good;
    if (!good) {
        return usage_error("%s: %s: name a file that can be written", path, strerror(errno));
    }
    printf("%s: %d bytes\n", path, RECORD_SIZE);
    return EXIT_GOOD;
}

static int compile(int argc, char **argv)
{
    struct record record;
    uint8_t bytes[RECORD_SIZE];
    char path[FILES_PATH_MAX];
    int status = EXIT_GOOD;
    bool named = argc == 3 && strcmp(argv[1], "-o") == 0;
    if (argc != 1 && !named) {
        return usage_error("give one profile: candial profile compile FILE [-o OUT]");
    }
    if (!load(argv[0], &record, &status)) {
        return status;
    }
    if (record_build(&record, bytes, sizeof bytes) < 0) {
        return usage_error("%s: cannot be compiled: check it", argv[0]);
    }
    snprintf(path, sizeof path, "%s", argv[0]); /* FILE.yaml -> FILE.rec */
    char *dot = strrchr(path, '.');
    if (dot != NULL && strcmp(dot, ".yaml") == 0) {
        *dot = '\0';
    }
    snprintf(path + strlen(path), sizeof path - strlen(path), ".rec");
    return write_record(named ? argv[2] : path, bytes);
}

/* PORT and the switch of `send`, OUT of `fetch`, and the word that is none of these. */
struct port_arguments {
    struct profile_port_options options;
    const char *file;
    const char *out;
};

static bool parse_port_arguments(int argc, char **argv, struct port_arguments *arguments)
{
    uint64_t patience_ps;
    *arguments = (struct port_arguments){.file = NULL};
    for (int i = 0; i < argc; i++) {
        if (strcmp(argv[i], "--port") == 0 && i + 1 < argc) {
            arguments->options.port = argv[++i];
        } else if (strcmp(argv[i], "-o") == 0 && i + 1 < argc) {
            arguments->out = argv[++i];
        } else if (strcmp(argv[i], "--no-reboot") == 0) {
            arguments->options.no_reboot = true;
        } else if (strcmp(argv[i], "--timeout") == 0 && i + 1 < argc &&
                   parse_duration(argv[i + 1], &patience_ps) && patience_ps >= PS_PER_MS &&
                   patience_ps <= PATIENCE_MAX_MS * PS_PER_MS) {
            arguments->options.patience_ms = (long)(patience_ps / PS_PER_MS);
            i++;
        } else if (argv[i][0] != '-' && arguments->file == NULL) {
            arguments->file = argv[i];
        } else {
            return false;
        }
    }
    return arguments->options.port != NULL;
}

static int send(int argc, char **argv)
{
    struct port_arguments arguments;
    struct record record;
    uint8_t bytes[RECORD_SIZE];
    int status = EXIT_GOOD;
    if (!parse_port_arguments(argc, argv, &arguments) || arguments.file == NULL ||
        arguments.out != NULL) {
        return usage_error("candial profile send FILE --port PORT [--no-reboot] "
                           "[--timeout DUR]");
    }
    if (!load(arguments.file, &record, &status)) {
        return status;
    }
    if (record_build(&record, bytes, sizeof bytes) < 0) {
        return usage_error("%s: cannot be compiled: check it", arguments.file);
    }
    return profile_port_send(bytes, record.name, &arguments.options);
}

static int fetch(int argc, char **argv)
{
    struct port_arguments arguments;
    struct record record;
    uint8_t bytes[RECORD_SIZE];
    if (!parse_port_arguments(argc, argv, &arguments) || arguments.file != NULL ||
        arguments.options.no_reboot) {
        return usage_error("candial profile fetch --port PORT [-o OUT] [--timeout DUR]");
    }
    const int status = profile_port_fetch(bytes, &arguments.options);
    const bool as_yaml = arguments.out != NULL && is_yaml(arguments.out);
    if (status != EXIT_GOOD || (arguments.out != NULL && !as_yaml)) {
        return status != EXIT_GOOD ? status : write_record(arguments.out, bytes);
    }
    const int error = record_parse(&record, bytes, sizeof bytes);
    if (error < 0) {
        fprintf(stderr, "candial: the board's record: %s\n", gauge_err_text(error));
        return EXIT_NO;
    }
    if (as_yaml) {
        return write_yaml(arguments.out, &record);
    }
    show_record(&record);
    return EXIT_GOOD;
}

int command_profile(int argc, char **argv)
{
    static const struct {
        const char *name;
        int (*run)(int argc, char **argv);
    } actions[] = {{"check", check},     {"list", list}, {"show", show},
                   {"compile", compile}, {"send", send}, {"fetch", fetch}};
    if (argc < 2) {
        return usage_error("what about profiles? see `candial profile --help`");
    }
    if (strcmp(argv[1], "--help") == 0 || strcmp(argv[1], "-h") == 0) {
        fputs(help, stdout);
        return EXIT_GOOD;
    }
    for (size_t i = 0; i < sizeof actions / sizeof *actions; i++) {
        if (strcmp(argv[1], actions[i].name) == 0) {
            return actions[i].run(argc - 2, argv + 2);
        }
    }
    return usage_error("unknown `profile %s': see `candial profile --help`", argv[1]);
}
