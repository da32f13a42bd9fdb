/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
/*
 * Serves the page to browsers on this computer, and a board under way to those pages, over a WebSocket (docs/SPEC.md,
 * "Page"). Nobody else may connect: it listens on 127.0.0.1 alone, and a page of another origin is turned away.
 *
 *     server = web_server_open(port, folder, error, sizeof error);
 *     web_server_attach(server, &bench, &images);     // then bench_run; or, without a board:
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

#define WEB_SERVER_PORT 8033u /* unless another is asked for */
#define WEB_SERVER_PAGES 8u   /* at once; further ones are turned away */

struct web_server;

/* `folder` holds the page; `port` 0: any that is free. NULL with a line in `error`. */
struct web_server *web_server_open(unsigned port, const char *folder, char *error,
                                   size_t error_size) __attribute__((warn_unused_result));
unsigned web_server_port(const struct web_server *server);

/* Before the board starts. The run goes on until it is interrupted. */
void web_server_attach(struct web_server *server, struct bench *bench,
                       const struct image_pair *images);

/* Serves until something has happened, at most a second. */
void web_server_wait(struct web_server *server);

void web_server_close(struct web_server *server);

#endif
