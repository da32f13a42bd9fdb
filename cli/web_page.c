/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
#include "cli/web_page.h"

#include "host/files.h"
#include "host/parse.h"

#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#define PORT_MAX 65535u

static volatile sig_atomic_t stop_asked;

static void ask_stop(int signal_number)
{
    (void)signal_number;
    stop_asked = 1;
}

/* In the tree, from a build folder in it, or where it is installed. */
static bool find_page(char *folder, size_t size)
{
    return files_find("build/web/page", folder, size) || files_find("web/page", folder, size) ||
           files_find("page", folder, size);
}

/* As whom others reach it; of all its addresses: by its name. */
static void host_of(const char *address, char *host, size_t size)
{
    snprintf(host, size, "%s", address == NULL ? "localhost" : address);
    if (address != NULL && strcmp(address, "0.0.0.0") == 0 && gethostname(host, size) != 0) {
        snprintf(host, size, "%s", address);
    }
    host[size - 1] = '\0';
}

struct web_server *web_page_open(const char *word, const char *address, const char *search,
                                 char *error, size_t error_size)
{
    char folder[FILES_PATH_MAX];
    char host[256];
    uint32_t port = WEB_SERVER_PORT;
    if (word != NULL && (!parse_u32(word, &port) || port > PORT_MAX)) {
        snprintf(error, error_size, "%s is no port: use a number up to 65535, 0 for any", word);
        return NULL;
    }
    if (!find_page(folder, sizeof folder)) {
        snprintf(error, error_size,
                 "the page is not there: scripts/setup.sh web, then scripts/build.sh web");
        return NULL;
    }
    const struct web_server_config config = {.folder = folder, .port = port, .address = address};
    struct web_server *server = web_server_open(&config, error, error_size);
    if (server != NULL) {
        host_of(address, host, sizeof host);
        fprintf(stderr, "page: http://%s:%u/%s%s\n", host, web_server_port(server),
                web_server_path(server), search);
    }
    return server;
}

void web_page_serve(struct web_server *server)
{
    const struct sigaction action = {.sa_handler = ask_stop};
    sigaction(SIGINT, &action, NULL);
    sigaction(SIGTERM, &action, NULL);
    while (!stop_asked) {
        web_server_wait(server);
    }
    web_server_close(server);
}
