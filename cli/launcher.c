/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
/*
 * What `candial` is: the commands that only read files, and for all others the way to `candial-board` beside it, the
 * whole program. Loading the virtual board's libraries (Unicorn has 80,000 relocations) takes longer than
 * decoding a log of a minute.
 */
#include "cli/command.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

static const struct {
    const char *name;
    int (*run)(int argc, char **argv);
} light[] = {{"dbc", command_dbc}, {"decode", command_decode}, {"find", command_find}};

/* Beside `candial` in a build folder, in lib/candial where it is installed. */
static const char *const places[] = {"candial-board", "../lib/candial/candial-board"};

static int run_board_program(char **argv)
{
    char path[4096];
    ssize_t length = readlink("/proc/self/exe", path, sizeof path - 64);
    if (length < 0) {
        return usage_error("/proc/self/exe: %s: is /proc mounted?", strerror(errno));
    }
    path[length] = '\0';
    char *name = strrchr(path, '/') + 1;
    for (size_t i = 0; i < sizeof places / sizeof *places; i++) {
        strcpy(name, places[i]);
        execv(path, argv);
    }
    return usage_error("%s: %s: build or install candial again", path, strerror(errno));
}

int main(int argc, char **argv)
{
    for (size_t i = 0; i < sizeof light / sizeof *light; i++) {
        if (argc > 1 && strcmp(argv[1], light[i].name) == 0) {
            return light[i].run(argc - 1, argv + 1);
        }
    }
    return run_board_program(argv);
}
