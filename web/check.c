/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
#include "web/check.h"

#include "check/boards.h"
#include "check/judge.h"
#include "check/print.h"
#include "check/project.h"
#include "formats/image/pair.h"
#include "host/parse.h"
#include "host/usage.h"

#include <getopt.h>
#include <string.h>

enum { OPTION_FOR = OPTION_BOARD_END, OPTION_EFFORT };

static const struct option long_options[] = {
    BOARD_LONG_OPTIONS,
    {"for", required_argument, NULL, OPTION_FOR},
    {"effort", required_argument, NULL, OPTION_EFFORT},
    {NULL, 0, NULL, 0},
};

struct arguments {
    struct check_config config;
    bool all_boards;
};

static bool take(struct arguments *a, int option, const char *value)
{
    struct check_config *config = &a->config;
    if (option == OPTION_BOARD && strcmp(value, "all") == 0) {
        a->all_boards = true;
        return true;
    }
    if (option == OPTION_FOR) {
        return parse_duration(value, &config->length) && config->length > 0;
    }
    if (option == OPTION_EFFORT) {
        return check_effort_read(value, &config->effort);
    }
    return option != ':' && option != '?' && board_options_take(&config->board, option, value);
}

static bool parse(int argc, char **arguments, struct arguments *a)
{
    struct board_options *board = &a->config.board;
    int option;
    opterr = 0;
    optind = 0; /* anew: the last call may have ended anywhere */
    while ((option = getopt_long(argc, arguments, ":", long_options, NULL)) != -1) {
        if (!take(a, option, optarg)) {
            return false;
        }
    }
    board->cm7 = optind < argc ? arguments[optind] : NULL;
    board->cm4 = optind + 1 < argc ? arguments[optind + 1] : NULL;
    return board->cm7 != NULL && optind + 2 >= argc;
}

/* EXIT_USAGE with a line in `error`. */
static int judge_on_one(struct check_config *config, FILE *out, char *error, size_t error_size)
{
    struct check_report report = {.config = config};
    int status = EXIT_USAGE;
    if (check_whole(&report, error, error_size)) {
        check_print_json(&report, out);
        status = check_verdict(&report);
    }
    check_report_free(&report);
    return status;
}

static int judge_images(struct arguments *a, FILE *out)
{
    char error[512];
    struct image_pair pair;
    struct check_config *config = &a->config;
    int status = EXIT_USAGE;
    const bool good = image_pair_open(&pair, config->board.cm7, config->board.cm4,
                                      config->board.boot7 != 0, error, sizeof error);
    config->cm7 = pair.cm7;
    config->cm4 = pair.cm4;
    if (good) {
        status = a->all_boards ? check_boards(config, true, out, error, sizeof error)
                               : judge_on_one(config, out, error, sizeof error);
    }
    image_pair_close(&pair);
    return status == EXIT_USAGE ? usage_error("%s", error) : status;
}

static int judge_project(struct check_config *config, FILE *out)
{
    char error[512];
    struct check_project project;
    struct check_report report = {.config = config};
    if (config->board.cm4 != NULL) {
        return usage_error("give a project alone, then its images");
    }
    if (!check_project_open(&project, config->board.cm7, error, sizeof error)) {
        return usage_error("%s", error);
    }
    config->project = &project;
    check_project_judge(&report);
    check_print_json(&report, out);
    int status = check_verdict(&report);
    check_report_free(&report);
    check_project_free(&project);
    return status;
}

static bool is_project(const char *path)
{
    const char *end = strrchr(path, '.');
    return end != NULL && strcmp(end, ".ioc") == 0;
}

int web_check_json(int argc, char **arguments, FILE *out)
{
    struct arguments a = {.config = {.length = CHECK_FOR_DEFAULT, .effort = CHECK_EFFORT_NORMAL}};
    if (!parse(argc, arguments, &a)) {
        return usage_error("cannot understand what to check: give one image, or CM7's and CM4's");
    }
    if (!is_project(a.config.board.cm7)) {
        return judge_images(&a, out);
    }
    return a.all_boards ? usage_error("--board all takes images, a project is made for one board: "
                                      "name it")
                        : judge_project(&a.config, out);
}
