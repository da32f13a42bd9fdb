/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
#include "cli/command.h"
#include "host/suggest.h"

#include <stdio.h>
#include <string.h>

static const struct command commands[] = {
    {"run", "run the firmware on the virtual board and show the dial", command_run},
    {"check", "would this image lock up my board?", command_check},
    {"demo", "show how an image locks the board up, and the way back", command_demo},
    {"recover", "the way back for a board that an image has locked up", command_recover},
    {"doctor", "is everything there to flash a board? What to do next", command_doctor},
    {"profile", "check, list, show, compile, send or fetch the profiles of cars", command_profile},
    {"dbc", "list what a DBC file knows, and mark the temperatures", command_dbc},
    {"decode", "print what a log says, by a DBC file or a profile", command_decode},
    {"explain", "what a crash record of the firmware means", command_explain},
    {"find", "which bytes of my car's log behave like an oil temperature?", command_find},
    {"plot", "draw a run that `candial run --json` has recorded", command_plot},
    {"web", "serve the page to a browser on this computer", command_web},
};

#define COMMAND_COUNT (sizeof commands / sizeof *commands)

static int print_help(void)
{
    puts("candial: a car's oil temperature on an analog dial\n\n"
         "usage: candial COMMAND [ARGUMENTS]\n");
    for (size_t i = 0; i < COMMAND_COUNT; i++) {
        printf("  %-10s %s\n", commands[i].name, commands[i].summary);
    }
    puts("\n`candial help COMMAND` tells more. `candial --version` names the version.\n"
         "Exit status: 0 good, 1 the answer is no, 2 usage or bad input, 3 could not tell.\n"
         "This is a secondary gauge: it never replaces the car's own warnings.");
    return EXIT_GOOD;
}

static const struct command *find(const char *name)
{
    for (size_t i = 0; i < COMMAND_COUNT; i++) {
        if (strcmp(commands[i].name, name) == 0) {
            return &commands[i];
        }
    }
    return NULL;
}

static int unknown_command(const char *word)
{
    const char *nearest = NULL;
    for (size_t i = 0; i < COMMAND_COUNT; i++) {
        const char *name = commands[i].name;
        if (suggest_is_near(word, name) &&
            (nearest == NULL || suggest_distance(word, name) < suggest_distance(word, nearest))) {
            nearest = name;
        }
    }
    return nearest != NULL
               ? usage_error("unknown command `%s': did you mean %s? See `candial --help`", word,
                             nearest)
               : usage_error("unknown command `%s': see `candial --help`", word);
}

/* `candial help [COMMAND]` */
static int help(int argc, char **argv)
{
    if (argc < 2) {
        return print_help();
    }
    const struct command *command = find(argv[1]);
    if (command == NULL) {
        return unknown_command(argv[1]);
    }
    char *arguments[] = {argv[1], "--help", NULL};
    return command->run(2, arguments);
}

int main(int argc, char **argv)
{
    if (argc < 2) {
        return usage_error("no command given: see `candial --help`");
    }
    if (strcmp(argv[1], "--help") == 0 || strcmp(argv[1], "-h") == 0) {
        return print_help();
    }
    if (strcmp(argv[1], "help") == 0) {
        return help(argc - 1, argv + 1);
    }
    if (strcmp(argv[1], "--version") == 0) {
        puts("candial " CANDIAL_VERSION);
        return EXIT_GOOD;
    }
    const struct command *command = find(argv[1]);
    if (command == NULL) {
        return unknown_command(argv[1]);
    }
    return command->run(argc - 1, argv + 1);
}
