/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
/* What `candial run` was asked to do. */
#ifndef CLI_RUN_OPTIONS_H
#define CLI_RUN_OPTIONS_H

#include "bench/options.h"
#include "debug/recorder.h"
#include "host/board_options.h"

/* Strings belong to the command line; NULL: not given. Of FILEs - is standard output. */
struct run_options {
    struct board_options board;
    struct bench_options bench;
    const char *profile;   /* file, or name of one of the project's; NULL: the default */
    const char *log;       /* NULL: the virtual car drives */
    const char *channel;   /* of the log, which may hold several; NULL: all of them */
    const char *json;      /* FILE */
    const char *pins;      /* FILE */
    const char *plot;      /* PNG */
    const char *dial;      /* PNG */
    const char *screen;    /* PNG */
    const char *scenario;  /* YAML */
    const char *uart_pty;  /* "pty" or "pty:PATH" */
    const char *uart_file; /* "file:PATH" or "-" */
    const char *gdb;       /* PORT or PORT,PORT; NULL: no debugger */
    const char *jtag;      /* PORT; NULL: no probe */
    struct recorder_options recorder;
    const char *flash;    /* flash file; NULL: the flash is forgotten */
    bool web;             /* a page looks on */
    const char *web_port; /* NULL: the default one */
    const char *listen;   /* of the page; NULL: for this computer alone */
    const char *vcd;      /* FILE */
    const char *record;   /* FILE */
    const char *eth;      /* FILE */
    const char *can;      /* "slcan:PATH" or "socketcan:IF"; NULL: log or car */
    const char *can_out;  /* "slcan:pty" or "slcan:pty:PATH" */
};

/* -1: go on; else the exit status. */
int run_options_parse(int argc, char **argv, struct run_options *options);

#endif
