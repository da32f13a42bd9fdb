/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
/*
 * `candial run --jtag PORT`: the chip's JTAG pins for OpenOCD's remote_bitbang driver, a character a change of
 * pins. The board's time goes on, at the pace of the run, while the probe works.
 */
#ifndef DEBUG_BITBANG_H
#define DEBUG_BITBANG_H

#include "bench/bench.h"
#include "debug/jtag.h"
#include "debug/tcp.h"

struct bitbang {
    struct tcp_port tcp;
    struct board *board;
    const struct bench_model *model;
    struct jtag jtag;
    struct dap dap;
    struct core_debug debug[CORE_COUNT];
    bool holds_nrst;
    uint64_t looked_ns; /* real time: when the port was looked at */
    struct bench_observer observer;
};

/* 0: any free port. False with one line in `error`. */
bool bitbang_open(struct bitbang *b, const char *port, char *error, size_t error_size)
    __attribute__((warn_unused_result));
/* The board is made. Attach the observer, too. */
void bitbang_begin(struct bitbang *b, struct board *board);
/* The board is still there. */
void bitbang_end(struct bitbang *b);
void bitbang_close(struct bitbang *b);

#endif
