/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
/* `candial web`: the page, from this computer to this computer. */
#include "cli/command.h"

#include "cli/web_page.h"
#include "host/usage.h"

#include <stdio.h>
#include <string.h>

static const char help[] =
    "usage: candial web [PORT]\n\n"
    "Serves the page on http://localhost:PORT/ (default: 8033): check an image, or run a board, in "
    "the\nbrowser. Only this computer can connect, and nothing leaves it. To see a run of the "
    "program\nin the page: candial run --web.\n\nExit status: 0 good, 2 bad input.\n";

int command_web(int argc, char **argv)
{
    if (argc > 1 && (strcmp(argv[1], "--help") == 0 || strcmp(argv[1], "-h") == 0)) {
        fputs(help, stdout);
        return EXIT_GOOD;
    }
    if (argc > 2) {
        return usage_error("unexpected `%s': see `candial web --help`", argv[2]);
    }
    char error[512];
    struct web_server *server = web_page_open(argc > 1 ? argv[1] : NULL, "", error, sizeof error);
    if (server == NULL) {
        return usage_error("%s", error);
    }
    web_page_serve(server);
    return EXIT_GOOD;
}
