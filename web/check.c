/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
#include "web/check.h"

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

static bool take(struct check_config *config, int option, const char *value)
{
    if (option == OPTION_FOR) {
        return parse_duration(value, &config->length) && config->length > 0;
    }
    if (option == OPTION_EFFORT) {
        return check_effort_read(value, &config->effort);
    }
    return option != ':' && option != '?' && board_options_take(&config->board, option, value);
}

static bool parse(int argc, char **arguments, struct check_config *config)
{
    int option;
    opterr = 0;
    optind = 0; /* anew: the last call may have ended anywhere */
    while ((option = getopt_long(argc, arguments, ":", long_options, NULL)) != -1) {
        if (!take(config, option, optarg)) {
            return false;
        }
    }
    config->board.cm7 = optind < argc ? arguments[optind] : NULL;
    config->board.cm4 = optind + 1 < argc ? arguments[optind + 1] : NULL;
    return config->board.cm7 != NULL && optind + 2 >= argc;
}

static int judge_images(struct check_config *config, FILE *out)
{
    char error[512];
    struct image_pair pair;
    struct check_report report = {.config = config};
    int status;
    bool good = image_pair_open(&pair, config->board.cm7, config->board.cm4,
                                config->board.boot7 != 0, error, sizeof error);
    config->cm7 = pair.cm7;
    config->cm4 = pair.cm4;
    if (good && check_whole(&report, error, sizeof error)) {
        check_print_json(&report, out);
        status = check_verdict(&report);
    } else {
        status = usage_error("%s", error);
    }
    check_report_free(&report);
    image_pair_close(&pair);
    return status;
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
    struct check_config config = {.length = CHECK_FOR_DEFAULT, .effort = CHECK_EFFORT_NORMAL};
    if (!parse(argc, arguments, &config)) {
        return usage_error("cannot understand what to check: give one image, or CM7's and CM4's");
    }
    return is_project(config.board.cm7) ? judge_project(&config, out) : judge_images(&config, out);
}
