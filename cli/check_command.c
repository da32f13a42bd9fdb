/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
/* `candial check`: images in, verdict out. */
#include "cli/command.h"

#include "check/boards.h"
#include "check/judge.h"
#include "check/print.h"
#include "check/project.h"
#include "formats/image/pair.h"
#include "host/files.h"
#include "host/parse.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static const char help[] =
    "usage: candial check CM7.elf [CM4.elf] [OPTIONS]\n"
    "       candial check PROJECT.ioc [OPTIONS]\n\n"
    "Would this image lock up my board? Boots it on the virtual board through power-on, resets "
    "and\n"
    "power cycles, before it is flashed. Takes ELF, Intel HEX (one file may hold both images) and "
    "raw\n"
    "binaries (FILE@0x08000000). Of a CubeMX project, what its settings would do is told.\n\n"
    "  --effort N           how much further it looks: button, inputs, CAN frames, bytes, HSE, "
    "time; quick (0, not "
    "at\n"
    "                       all), normal (1, the default), deep (30), or a number\n"
    "  --for DUR            watch each start for so long of the board's time (default: 5s)\n"
    "  --json FILE          the verdict for programs (- is standard output)\n"
    "  --sarif FILE         the verdict for pages that show results beside the source "
    "(docs/ci.md)\n"
    "  --junit FILE         the verdict as tests, for CI servers\n"
    "  --board all          on which boards would it live? One line for each\n\n";

static const char statuses[] = "\nExit status: 0 safe, 1 unsafe, 2 bad input, 3 could not tell.\n";

enum check_option {
    OPTION_FOR = OPTION_BOARD_END,
    OPTION_EFFORT,
    OPTION_JSON,
    OPTION_SARIF,
    OPTION_JUNIT,
    OPTION_HELP
};

static const struct option long_options[] = {
    BOARD_LONG_OPTIONS,
    {"for", required_argument, NULL, OPTION_FOR},
    {"effort", required_argument, NULL, OPTION_EFFORT},
    {"json", required_argument, NULL, OPTION_JSON},
    {"sarif", required_argument, NULL, OPTION_SARIF},
    {"junit", required_argument, NULL, OPTION_JUNIT},
    {"help", no_argument, NULL, OPTION_HELP},
    {NULL, 0, NULL, 0},
};

/* The files to write; NULL: none. */
enum { AS_JSON, AS_SARIF, AS_JUNIT, FORMATS };

struct arguments {
    struct check_config config;
    const char *files[FORMATS];
    bool all_boards;
};

static bool is_stdout(const char *file)
{
    return file != NULL && strcmp(file, "-") == 0;
}

static bool take_effort(struct arguments *a, const char *value)
{
    const bool good = check_effort_read(value, &a->config.effort);
    if (!good) {
        usage_error("--effort %s: write quick, normal, deep or a number up to %u", value,
                    CHECK_EFFORT_MAX);
    }
    return good;
}

static bool take(struct arguments *a, int option, const char *value)
{
    switch (option) {
    case OPTION_FOR:
        if (!parse_duration(value, &a->config.length) || a->config.length == 0) {
            usage_error("--for %s is no time: write it as 10s, 500ms or 2min", value);
            return false;
        }
        return true;
    case OPTION_EFFORT:
        return take_effort(a, value);
    case OPTION_JSON:
    case OPTION_SARIF:
    case OPTION_JUNIT:
        a->files[option - OPTION_JSON] = value;
        return true;
    case OPTION_BOARD:
        a->all_boards = strcmp(value, "all") == 0;
        return a->all_boards || board_options_take(&a->config.board, option, value);
    default:
        return board_options_take(&a->config.board, option, value);
    }
}

/* -1: go on; else the exit status. */
static int parse_arguments(int argc, char **argv, struct arguments *a)
{
    int option;
    struct board_options *board = &a->config.board;
    *a = (struct arguments){.config = {.length = CHECK_FOR_DEFAULT, .effort = CHECK_EFFORT_NORMAL}};
    opterr = 0;
    optind = 1;
    while ((option = getopt_long(argc, argv, ":h", long_options, NULL)) != -1) {
        if (option == 'h' || option == OPTION_HELP) {
            printf("%s%s%s", help, board_options_help, statuses);
            return EXIT_GOOD;
        }
        if (option == ':') {
            return usage_error("%s needs a value: see `candial check --help`", argv[optind - 1]);
        }
        if (option == '?') {
            return usage_unknown_option("check", argv[optind - 1],
                                        (const char *const[]){help, board_options_help, NULL});
        }
        if (!take(a, option, optarg)) {
            return EXIT_USAGE;
        }
    }
    for (; optind < argc; optind++) {
        const char **place = board->cm7 == NULL ? &board->cm7 : &board->cm4;
        if (*place != NULL) {
            return usage_error("unexpected `%s': give one image, or CM7's and CM4's", argv[optind]);
        }
        *place = argv[optind];
    }
    int on_stdout = 0;
    for (size_t i = 0; i < FORMATS; i++) {
        on_stdout += is_stdout(a->files[i]) ? 1 : 0;
    }
    if (on_stdout > 1) {
        return usage_error("standard output takes one of --json, --sarif and --junit: name a file "
                           "for the others");
    }
    return board->cm7 != NULL ? -1 : usage_error("no image given: see `candial check --help`");
}

/* Where the option bytes move the CM7's boot address, the order given counts. */
static bool open_images(struct check_config *c, char *error, size_t size)
{
    struct image_pair pair;
    const bool keep_order = c->board.boot7 != 0;
    const bool good = image_pair_open(&pair, c->board.cm7, c->board.cm4, keep_order, error, size);
    c->cm7 = pair.cm7;
    c->cm4 = pair.cm4;
    if (good && pair.swapped) {
        fprintf(stderr, "candial: %s is taken as the CM7's: it holds 0x%08X\n",
                image_path(pair.cm7), IMAGE_CM7_BOOT_ADDRESS);
    }
    return good;
}

static bool wants_colour(void)
{
    const char *term = getenv("TERM");
    const char *no = getenv("NO_COLOR");
    return isatty(STDOUT_FILENO) && (no == NULL || no[0] == '\0') && term != NULL &&
           strcmp(term, "dumb") != 0;
}

typedef void print_report(const struct check_report *report, FILE *out);

/* EXIT_GOOD, or after a line on standard error EXIT_USAGE. */
static int write_file(const struct check_report *report, const char *file, print_report *print)
{
    char error[512];
    FILE *out = NULL;
    if (!files_open_output(file, &out, error, sizeof error)) {
        return usage_error("%s", error);
    }
    print(report, out);
    return files_close_output(out, file, EXIT_GOOD);
}

static int print(const struct check_report *report, const char *const files[FORMATS])
{
    static print_report *const printers[FORMATS] = {[AS_JSON] = check_print_json,
                                                    [AS_SARIF] = check_print_sarif,
                                                    [AS_JUNIT] = check_print_junit};
    if (!is_stdout(files[AS_JSON]) && !is_stdout(files[AS_SARIF]) && !is_stdout(files[AS_JUNIT])) {
        check_print_text(report, stdout, wants_colour());
    }
    for (size_t i = 0; i < FORMATS; i++) {
        if (files[i] != NULL && write_file(report, files[i], printers[i]) != EXIT_GOOD) {
            return EXIT_USAGE;
        }
    }
    return check_verdict(report);
}

static int check(const struct check_config *config, const char *const files[FORMATS])
{
    char error[512];
    struct check_report report = {.config = config};
    int status;
    if (check_whole(&report, error, sizeof error)) {
        status = print(&report, files);
    } else {
        status = usage_error("%s", error);
    }
    check_report_free(&report);
    return status;
}

static int check_on_boards(struct arguments *a)
{
    for (size_t i = 0; i < FORMATS; i++) {
        if (a->files[i] != NULL && i != AS_JSON) {
            return usage_error("--board all is told as text or by --json: leave --sarif and "
                               "--junit out, or name one board");
        }
    }
    char error[512];
    const char *json = a->files[AS_JSON];
    const char *file = json != NULL ? json : "-";
    FILE *out = NULL;
    if (!files_open_output(file, &out, error, sizeof error)) {
        return usage_error("%s", error);
    }
    int status = check_boards(&a->config, json != NULL, out, error, sizeof error);
    status = status == EXIT_USAGE ? usage_error("%s", error) : status;
    return files_close_output(out, file, status);
}

static bool is_project(const char *path)
{
    size_t length = strlen(path);
    return length > 4 && strcmp(path + length - 4, ".ioc") == 0;
}

static int check_project(const struct arguments *a)
{
    char error[512];
    struct check_project project;
    struct check_config config = a->config;
    struct check_report report = {.config = &config};
    if (config.board.cm4 != NULL) {
        return usage_error("unexpected `%s': give a project alone, then its images",
                           config.board.cm4);
    }
    if (!check_project_open(&project, config.board.cm7, error, sizeof error)) {
        return usage_error("%s", error);
    }
    config.project = &project;
    check_project_judge(&report);
    int status = print(&report, a->files);
    check_report_free(&report);
    check_project_free(&project);
    return status;
}

int command_check(int argc, char **argv)
{
    struct arguments a;
    char error[512];
    int status = parse_arguments(argc, argv, &a);
    if (status >= 0) {
        return status;
    }
    if (is_project(a.config.board.cm7) && a.all_boards) {
        return usage_error("--board all takes images, a project is made for one board: name it");
    }
    if (is_project(a.config.board.cm7)) {
        return check_project(&a);
    }
    if (!open_images(&a.config, error, sizeof error)) {
        status = usage_error("%s", error);
    } else {
        status = a.all_boards ? check_on_boards(&a) : check(&a.config, a.files);
    }
    image_free(a.config.cm7);
    image_free(a.config.cm4);
    return status;
}
