/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
/* `candial web`: the page, from this computer to this computer. */
#include "cli/command.h"

#include "cli/web_page.h"
#include "host/usage.h"

#include <getopt.h>
#include <stdio.h>

static const char help[] =
    "usage: candial web [PORT] [--listen ADDRESS]\n\n"
    "Serves the page on http://localhost:PORT/ (default: 8033): check an image, or run a board, in "
    "the\nbrowser. Only this computer can connect, and nothing leaves it. To see a run of the "
    "program\nin the page: candial run --web.\n\n"
    "  --listen ADDRESS  IPv4 address of this computer on which others may connect, too; 0.0.0.0: "
    "all.\n"
    "                    The address printed has a token, new each time: only who has it can "
    "connect\n\nExit status: 0 good, 2 bad input.\n";

enum { OPTION_LISTEN = 0x100 };

static const struct option long_options[] = {
    {"listen", required_argument, NULL, OPTION_LISTEN},
    {"help", no_argument, NULL, 'h'},
    {NULL, 0, NULL, 0},
};

/* -1: go on; else the exit status. */
static int parse(int argc, char **argv, const char **port, const char **address)
{
    int option;
    opterr = 0;
    optind = 1;
    while ((option = getopt_long(argc, argv, ":h", long_options, NULL)) != -1) {
        if (option == 'h') {
            fputs(help, stdout);
            return EXIT_GOOD;
        }
        if (option == ':') {
            return usage_error("%s needs a value: see `candial web --help`", argv[optind - 1]);
        }
        if (option == '?') {
            return usage_unknown_option("web", argv[optind - 1], (const char *const[]){help, NULL});
        }
        *address = optarg;
    }
    *port = optind < argc ? argv[optind++] : NULL;
    return optind < argc ? usage_error("unexpected `%s': see `candial web --help`", argv[optind])
                         : -1;
}

int command_web(int argc, char **argv)
{
    const char *port = NULL;
    const char *address = NULL;
    const int status = parse(argc, argv, &port, &address);
    if (status >= 0) {
        return status;
    }
    char error[512];
    struct web_server *server = web_page_open(port, address, "", error, sizeof error);
    if (server == NULL) {
        return usage_error("%s", error);
    }
    web_page_serve(server);
    return EXIT_GOOD;
}
