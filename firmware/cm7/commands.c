/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
#include "firmware/cm7/commands.h"

#include <stddef.h>
#include <string.h>

#include "firmware/cm7/answer.h"
#include "firmware/cm7/settings.h"
#include "firmware/cm7/shell.h"
#include "firmware/cm7/system.h"
#include "firmware/cm7/uart.h"

static void command_help(int count, char **word);
static void command_stream(int count, char **word);
static void command_machine(int count, char **word);
static void command_reboot(int count, char **word);
static void command_version(int count, char **word);

/* A name ends in a blank or at the end of `use`. */
static const struct command {
    const char *use;
    const char *what;
    void (*run)(int count, char **word);
    signed char least; /* words behind the name */
    signed char most;  /* -1: any number */
} commands[] = {
    {"help [COMMAND]", "this list", command_help, 0, 1},
    {"status", "value, needle, pulse, bus, clock", command_status, 0, 0},
    {"stream on|off", "a line a servo period", command_stream, 1, 1},
    {"show [KEY]", "the profile, as set takes it", command_show, 0, 1},
    {"set KEY VALUE", "changes it now; keys as show lists them", command_set, 2, -1},
    {"save", "keeps it in flash", command_save, 0, 0},
    {"revert", "back to what is saved", command_revert, 0, 0},
    {"factory", "the profile that is built in", command_factory, 0, 0},
    {"cal [DIAL]", "sets the servo's pulses, point by point", command_cal, 0, 1},
    {"goto DEG|TEMPC|TEMPF|off [DIAL]", "moves the needle", command_goto, 1, 2},
    {"sweep", "all over the scale and back", command_sweep, 0, 0},
    {"can", "what the bus does", command_can, 0, 0},
    {"errors [clear]", "what went wrong, and how near the limits", command_errors, 0, 1},
    {"reboot", "resets both cores", command_reboot, 0, 0},
    {"version", "of this firmware", command_version, 0, 0},
    {"machine on|off", "no echo, no editing", command_machine, 1, 1},
    {"record get|begin|put|end", "a profile by lines: candial profile send", command_record, 1, 4},
};

#define COMMAND_COUNT (sizeof commands / sizeof commands[0])

static bool is_named(const struct command *command, const char *name)
{
    const char *use = command->use;
    while (*name != '\0' && *use == *name) {
        use++;
        name++;
    }
    return use != command->use && *name == '\0' && (*use == ' ' || *use == '\0');
}

static const struct command *find(const char *name)
{
    for (size_t i = 0; i < COMMAND_COUNT; i++) {
        if (is_named(&commands[i], name)) {
            return &commands[i];
        }
    }
    return NULL;
}

void commands_run(int count, char **word)
{
    if (command_cal_word(count, word) || count == 0) {
        return;
    }
    const struct command *command = find(word[0]);
    if (command == NULL) {
        answer_error(word[0], "unknown command, see help");
    } else if (count - 1 < command->least) {
        answer_error(word[0], command->use);
    } else if (command->most >= 0 && count - 1 > command->most) {
        answer_error(word[command->most + 1], command->use);
    } else {
        command->run(count, word);
    }
}

static void command_help(int count, char **word)
{
    for (size_t i = 0; i < COMMAND_COUNT; i++) {
        if (count == 1 || is_named(&commands[i], word[1])) {
            answer_line("%s: %s", commands[i].use, commands[i].what);
        }
    }
    if (count == 2 && find(word[1]) == NULL) {
        answer_error(word[1], "unknown command, see help");
        return;
    }
    answer_ok("help");
}

/* on or off; false, and an error, otherwise. */
static bool parse_switch(char **word, bool *on)
{
    *on = strcmp(word[1], "on") == 0;
    if (!*on && strcmp(word[1], "off") != 0) {
        answer_error(word[1], "on or off");
        return false;
    }
    answer_ok("%s %s", word[0], word[1]);
    return true;
}

static void command_stream(int count, char **word)
{
    bool on;
    (void)count;
    if (parse_switch(word, &on)) {
        shell_set_stream(on);
    }
}

static void command_machine(int count, char **word)
{
    bool on;
    (void)count;
    if (parse_switch(word, &on)) {
        shell_set_machine(on);
    }
}

/* The answer goes out first, and nothing is left half written in flash. */
static bool reboot_when_quiet(void)
{
    if (uart_is_idle() && !settings_is_busy()) {
        system_reboot();
    }
    return false;
}

static void command_reboot(int count, char **word)
{
    (void)count;
    (void)word;
    answer_ok("reboot");
    shell_wait(reboot_when_quiet);
}

static void command_version(int count, char **word)
{
    (void)count;
    (void)word;
    answer_ok("candial %s", system_version());
}
