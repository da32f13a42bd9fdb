/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
/*
 * Serves the page to browsers on this computer, and a board under way to those pages, over a WebSocket (docs/SPEC.md,
 * "Page"). Nobody else may connect: it listens on 127.0.0.1 alone, and a page of another origin is turned away. Told
 * to listen elsewhere, it answers only who knows its token, a new one each time, which begins each path.
 *
 *     server = web_server_open(&config, error, sizeof error);
 *     web_server_attach(server, &bench, &images, board, &log); // then bench_run; or, without a board:
 *     while (...) { web_server_wait(server); }
 *     web_server_close(server);
 *
 * Each page has a session of its own (web/session.h), whose messages have an upper limit: one that reads slowly gets
 * fewer and misses some, and holds up neither the board nor others. A message that is none ends its connection.
 */
#ifndef WEB_SERVER_H
#define WEB_SERVER_H

#include "bench/bench.h"
#include "formats/image/pair.h"
#include "web/log.h"

#define WEB_SERVER_PORT 8033u /* unless another is asked for */
#define WEB_SERVER_PAGES 8u   /* at once; further ones are turned away */

struct web_server;
struct board_data; /* vboard/boards/board_data.h */

struct web_server_config {
    const char *folder; /* holds the page */
    unsigned port;      /* 0: any that is free */
    const char *
        address; /* IPv4 address of this computer that others may reach; NULL: 127.0.0.1, and no token */
};

/* NULL with a line in `error`. */
struct web_server *web_server_open(const struct web_server_config *config, char *error,
                                   size_t error_size) __attribute__((warn_unused_result));
unsigned web_server_port(const struct web_server *server);
/* What its paths begin with behind the first slash: "" or "TOKEN/". */
const char *web_server_path(const struct web_server *server);

/*
 * Before the board starts. The run goes on until it is interrupted. `board`: which; NULL: the default. `log`: what plays,
 * whose length is told where the bench can go back (bench->renewal); NULL: nothing is known of it.
 */
void web_server_attach(struct web_server *server, struct bench *bench,
                       const struct image_pair *images, const struct board_data *board,
                       const struct web_log *log);

/* Serves until something has happened, at most a second. */
void web_server_wait(struct web_server *server);

void web_server_close(struct web_server *server);

#endif
