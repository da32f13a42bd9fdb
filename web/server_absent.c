/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
/* Where the program was built without libwebsockets: nothing can be opened. */
#include "web/server.h"

#include <stdio.h>

struct web_server *web_server_open(unsigned port, const char *folder, char *error,
                                   size_t error_size)
{
    (void)port;
    (void)folder;
    snprintf(error, error_size,
             "built without libwebsockets: scripts/setup.sh web, then build it again");
    return NULL;
}

unsigned web_server_port(const struct web_server *server)
{
    (void)server;
    return 0;
}

void web_server_attach(struct web_server *server, struct bench *bench,
                       const struct image_pair *images)
{
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
