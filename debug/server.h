/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
/*
 * `candial run --gdb`: a port for each core of a board under way. The run goes on as long as the server is
 * there; while a core is stopped the board's time stands.
 */
#ifndef DEBUG_SERVER_H
#define DEBUG_SERVER_H

#include "bench/bench.h"
#include "debug/gdb.h"
#include "debug/history.h"
#include "debug/tcp.h"

struct server_port {
    struct server *server;
    struct tcp_port tcp;
    struct gdb gdb;
    bool mourned; /* that the debugger is gone has been said */
};

struct server {
    struct history history;
    struct hands hands;
    struct server_port port[CORE_COUNT];
    uint64_t looked_ns; /* real time: when the ports were looked at */
    struct bench_observer observer;
};

/* "PORT" is the CM7's, the CM4's the next one; "PORT,PORT"; 0: whatever is free. False with one line in `error`. */
bool server_open(struct server *s, const char *ports, char *error, size_t error_size)
    __attribute__((warn_unused_result));
/* Makes the board instead of bench_board_create; before the bench runs. */
bool server_make_board(struct server *s, const struct bench_board_config *config,
                       struct bench_model *model, char *error, size_t error_size)
    __attribute__((warn_unused_result));
void server_close(struct server *s);

#endif
