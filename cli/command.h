/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
/*
 * The subcommands of `candial`, one file each. A command gets its own name as argv[0] and returns the exit
 * status: 0 good, 1 the answer is no, 2 usage or bad input, 3 could not tell.
 */
#ifndef CLI_COMMAND_H
#define CLI_COMMAND_H

#include "host/usage.h"

struct command {
    const char *name;
    const char *summary; /* one line of `candial --help` */
    int (*run)(int argc, char **argv);
};

int command_run(int argc, char **argv);
int command_check(int argc, char **argv);
int command_demo(int argc, char **argv);
int command_doctor(int argc, char **argv);
int command_recover(int argc, char **argv);
int command_profile(int argc, char **argv);
int command_dbc(int argc, char **argv);
int command_decode(int argc, char **argv);
int command_explain(int argc, char **argv);
int command_find(int argc, char **argv);
int command_plot(int argc, char **argv);
int command_web(int argc, char **argv);

#endif
