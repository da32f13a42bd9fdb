/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
#include "check/boards.h"

#include "check/judge.h"
#include "check/kinds.h"
#include "check/print.h"
#include "check/run.h"
#include "vboard/boards/board_data.h"

/* What decided: the gravest item that is no note, or NULL. */
static const struct check_item *decider(const struct check_report *r)
{
    return r->item_count != 0 && check_level_of(r->items[0].kind) != CHECK_NOTE ? &r->items[0]
                                                                                : NULL;
}

static void print_row(const struct check_report *r, FILE *out)
{
    static const char *const verdicts[] = {[0] = "SAFE", [1] = "UNSAFE", [3] = "COULD NOT TELL"};
    const struct board_data *board = r->config->board.board;
    const struct check_item *item = decider(r);
    char line[CHECK_LINE] = "";
    if (item != NULL) {
        check_say_whole(r, item, line, sizeof line);
    }
    fprintf(out, "%-18s %-24s %s%s%s\n", board->name, supply_wiring_name(board->wiring),
            verdicts[check_verdict(r)], item != NULL ? ": " : "", line);
}

static bool run_one(struct check_report *report, char *error, size_t error_size)
{
    return check_run(report, CHECK_ZEROS, error, error_size) &&
           check_conclude(report, error, error_size);
}

/* 1 beats 3 beats 0. */
static int worse(int a, int b)
{
    return a == 1 || b == 1 ? 1 : a > b ? a : b;
}

int check_boards(const struct check_config *config, bool json, FILE *out, char *error,
                 size_t error_size)
{
    int status = 0;
    if (json) {
        fputs("{\"check\":1,\"boards\":[\n", out);
    }
    for (const struct board_data *const *b = boards; *b != NULL; b++) {
        struct check_config own = *config;
        struct check_report report = {.config = &own};
        own.board.board = *b;
        own.board.wiring = (*b)->wiring;
        if (!run_one(&report, error, error_size)) {
            check_report_free(&report);
            return 2;
        }
        if (json) {
            fputs(b == boards ? "" : ",", out);
            check_print_json(&report, out);
        } else {
            print_row(&report, out);
            fflush(out);
        }
        status = worse(status, check_verdict(&report));
        check_report_free(&report);
    }
    fputs(json ? "]}\n" : "", out);
    return status;
}
