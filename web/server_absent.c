/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
/* Where the program was built without libwebsockets: nothing can be opened. */
#include "web/server.h"

#include <stdio.h>

struct web_server *web_server_open(const struct web_server_config *config, char *error,
                                   size_t error_size)
{
    (void)config;
    snprintf(error, error_size,
             "built without libwebsockets: scripts/setup.sh web, then build it again");
    return NULL;
}

unsigned web_server_port(const struct web_server *server)
{
    (void)server;
    return 0;
}

const char *web_server_path(const struct web_server *server)
{
    (void)server;
    return "";
}

void web_server_attach(struct web_server *server, struct bench *bench,
                       const struct image_pair *images, const struct board_data *board,
                       const struct web_log *log)
{
    (void)log;
    (void)board;
    (void)server;
    (void)bench;
    (void)images;
}

void web_server_wait(struct web_server *server)
{
    (void)server;
}

void web_server_close(struct web_server *server)
{
    (void)server;
}
