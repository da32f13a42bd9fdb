/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
#include "web/server.h"

#include "host/parse.h"
#include "web/session.h"

#include <libwebsockets.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#define LINE_MAX_BYTES 1024u
#define MESSAGE_EVERY_NS 16000000u /* 60 a second are what a screen shows */

struct web_page {
    struct lws *socket; /* NULL: nobody is there */
    struct web_session session;
    bool greeted;
    struct web_text out; /* with LWS_PRE bytes before it */
    char error[256];
    uint64_t told_ns;
};

struct web_server {
    struct lws_context *context;
    char *folder; /* libwebsockets keeps pointers to all of these */
    struct lws_http_mount mount;
    struct lws_protocol_vhost_options mime[2];
    struct lws_protocols protocols[3];
    unsigned port;
    struct bench *bench; /* NULL: none is served */
    const struct image_pair *images;
    struct bench_observer observer;
    struct web_page pages[WEB_SERVER_PAGES];
};

static uint64_t now_ns(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (uint64_t)now.tv_sec * 1000000000u + (uint64_t)now.tv_nsec;
}

/* ---- who may connect ---- */

/* Is the header one of ours, with that scheme before it? */
static bool header_is_ours(struct lws *socket, enum lws_token_indexes header, const char *scheme,
                           unsigned port)
{
    static const char *const names[] = {"localhost", "127.0.0.1"};
    char value[128];
    char wanted[128];
    if (lws_hdr_copy(socket, value, sizeof value, header) < 0) {
        return false;
    }
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        snprintf(wanted, sizeof wanted, "%s%s:%u", scheme, names[i], port);
        if (strcmp(value, wanted) == 0) {
            return true;
        }
    }
    return false;
}

/* A page of another site could reach this port from its visitor's browser: its origin tells, or the host it asked
 * for, where a name of its own leads here. */
static bool may_connect(const struct web_server *server, struct lws *socket)
{
    return server->bench != NULL &&
           header_is_ours(socket, WSI_TOKEN_ORIGIN, "http://", server->port) &&
           header_is_ours(socket, WSI_TOKEN_HOST, "", server->port);
}

/* ---- pages ---- */

static struct web_page *page_of(struct web_server *server, struct lws *socket)
{
    for (size_t i = 0; i < WEB_SERVER_PAGES; i++) {
        if (server->pages[i].socket == socket) {
            return &server->pages[i];
        }
    }
    return NULL;
}

static bool let_in(struct web_server *server, struct lws *socket)
{
    struct web_page *page = page_of(server, NULL);
    if (page == NULL || !web_session_init(&page->session, server->bench, server->images)) {
        return false;
    }
    page->socket = socket;
    page->greeted = false;
    page->error[0] = '\0';
    bench_attach(server->bench, &page->session.observer);
    lws_callback_on_writable(socket);
    return true;
}

static void let_go(struct web_server *server, struct web_page *page)
{
    bench_detach(server->bench, &page->session.observer);
    if (page->session.scopes) {
        bench_detach(server->bench, &page->session.pins);
    }
    web_session_free(&page->session);
    web_text_free(&page->out);
    page->socket = NULL;
}

/* "pace 20", "pace max", "pace 0": the speed of the run, which all pages share. */
static bool take_pace(struct web_server *server, const char *word)
{
    double speed;
    if (strcmp(word, "max") == 0) {
        bench_pace(server->bench, BENCH_SPEED_MAX);
    } else if (strcmp(word, "0") == 0) {
        bench_pace(server->bench, BENCH_PAUSED);
    } else if (parse_positive(word, &speed)) {
        bench_pace(server->bench, speed);
    } else {
        return false;
    }
    return true;
}

/* False: it is no message, and ends the connection. */
static bool take_message(struct web_server *server, struct web_page *page, const char *bytes,
                         size_t length)
{
    char line[LINE_MAX_BYTES + 1];
    if (page == NULL || length > LINE_MAX_BYTES || lws_frame_is_binary(page->socket) ||
        !lws_is_first_fragment(page->socket) || !lws_is_final_fragment(page->socket) ||
        memchr(bytes, '\0', length) != NULL) {
        return false;
    }
    memcpy(line, bytes, length);
    line[length] = '\0';
    if (strncmp(line, "pace ", 5) == 0) {
        return take_pace(server, line + 5);
    }
    if (!web_session_do(&page->session, line, page->error, sizeof page->error)) {
        lws_callback_on_writable(page->socket);
    }
    return true;
}

/* What the page has not been told: who it talks to, what was wrong with a line, how things are. */
static bool put_message(struct web_page *page)
{
    struct web_text *out = &page->out;
    web_text_clear(out);
    web_text_put(out, "%*s", (int)LWS_PRE, "");
    const size_t before = out->used;
    if (!page->greeted) {
        web_session_hello(&page->session, out);
        page->greeted = true;
    } else if (page->error[0] != '\0') {
        web_text_put(out, "{\"kind\":\"error\",\"text\":");
        web_text_put_quoted(out, page->error, strlen(page->error));
        web_text_put(out, "}");
        page->error[0] = '\0';
    } else {
        web_session_state(&page->session, out);
        page->told_ns = now_ns();
    }
    return out->used > before;
}

static bool write_message(struct web_page *page)
{
    if (page == NULL || !put_message(page)) {
        return false;
    }
    const size_t length = page->out.used - LWS_PRE;
    return lws_write(page->socket, (unsigned char *)page->out.bytes + LWS_PRE, length,
                     LWS_WRITE_TEXT) == (int)length;
}

/* ---- libwebsockets ---- */

static int take_socket(struct lws *socket, enum lws_callback_reasons reason, void *user,
                       void *bytes, size_t length)
{
    struct web_server *server = lws_context_user(lws_get_context(socket));
    struct web_page *page = page_of(server, socket);
    bool good = true;
    (void)user;
    switch (reason) {
    case LWS_CALLBACK_FILTER_PROTOCOL_CONNECTION:
        good = may_connect(server, socket);
        break;
    case LWS_CALLBACK_ESTABLISHED:
        good = let_in(server, socket);
        break;
    case LWS_CALLBACK_RECEIVE:
        good = take_message(server, page, bytes, length);
        break;
    case LWS_CALLBACK_SERVER_WRITEABLE:
        good = write_message(page);
        break;
    case LWS_CALLBACK_CLOSED:
        if (page != NULL) {
            let_go(server, page);
        }
        break;
    default:
        break;
    }
    return good ? 0 : -1;
}

/* Files of the page, to whoever asked this computer for them by its name. */
static int take_http(struct lws *socket, enum lws_callback_reasons reason, void *user, void *bytes,
                     size_t length)
{
    const struct web_server *server = lws_context_user(lws_get_context(socket));
    if (reason == LWS_CALLBACK_FILTER_HTTP_CONNECTION &&
        !header_is_ours(socket, WSI_TOKEN_HOST, "", server->port)) {
        return -1;
    }
    return lws_callback_http_dummy(socket, reason, user, bytes, length);
}

static void tell_pages(struct web_server *server)
{
    const uint64_t now = now_ns();
    for (size_t i = 0; i < WEB_SERVER_PAGES; i++) {
        struct web_page *page = &server->pages[i];
        if (page->socket != NULL && now - page->told_ns >= MESSAGE_EVERY_NS) {
            lws_callback_on_writable(page->socket);
        }
    }
    lws_service(server->context, -1);
}

/* Behind the last step there is no board any more. */
static void take_step(void *context, const struct bench_step *step)
{
    struct web_server *server = context;
    tell_pages(server);
    for (size_t i = 0; i < WEB_SERVER_PAGES && step->last; i++) {
        if (server->pages[i].socket != NULL) {
            let_go(server, &server->pages[i]);
        }
    }
    server->bench = step->last ? NULL : server->bench;
}

static void take_idle(void *context)
{
    tell_pages(context);
}

static bool open_context(struct web_server *server)
{
    const struct lws_context_creation_info info = {
        .port = (int)server->port,
        .iface = "127.0.0.1",
        .protocols = server->protocols,
        .mounts = &server->mount,
        .user = server,
        .options = LWS_SERVER_OPTION_DISABLE_IPV6,
    };
    lws_set_log_level(0, NULL);
    server->context = lws_create_context(&info);
    if (server->context == NULL) {
        return false;
    }
    struct lws_vhost *host = lws_get_vhost_by_name(server->context, "default");
    server->port = host == NULL ? server->port : (unsigned)lws_get_vhost_listen_port(host);
    return true;
}

struct web_server *web_server_open(unsigned port, const char *folder, char *error,
                                   size_t error_size)
{
    struct web_server *server = calloc(1, sizeof *server);
    if (server == NULL || (server->folder = strdup(folder)) == NULL) {
        snprintf(error, error_size, "out of memory");
        free(server);
        return NULL;
    }
    server->port = port;
    server->mime[0] = (struct lws_protocol_vhost_options){
        .next = &server->mime[1], .name = ".wasm", .value = "application/wasm"};
    server->mime[1] = (struct lws_protocol_vhost_options){.name = ".yaml", .value = "text/plain"};
    server->mount = (struct lws_http_mount){.mountpoint = "/",
                                            .mountpoint_len = 1,
                                            .origin = server->folder,
                                            .def = "index.html",
                                            .origin_protocol = LWSMPRO_FILE,
                                            .extra_mimetypes = server->mime};
    server->protocols[0] = (struct lws_protocols){.name = "http", .callback = take_http};
    server->protocols[1] = (struct lws_protocols){
        .name = "candial", .callback = take_socket, .rx_buffer_size = LINE_MAX_BYTES};
    if (!open_context(server)) {
        snprintf(error, error_size, "port %u cannot be opened: name another that is free", port);
        free(server->folder);
        free(server);
        return NULL;
    }
    return server;
}

unsigned web_server_port(const struct web_server *server)
{
    return server->port;
}

void web_server_attach(struct web_server *server, struct bench *bench,
                       const struct image_pair *images)
{
    server->bench = bench;
    server->images = images;
    server->observer = (struct bench_observer){
        .context = server, .step = take_step, .idle = take_idle, .stays = true};
    bench_attach(bench, &server->observer);
}

void web_server_wait(struct web_server *server)
{
    lws_service(server->context, 1000);
}

void web_server_close(struct web_server *server)
{
    if (server != NULL) {
        lws_context_destroy(server->context);
        free(server->folder);
        free(server);
    }
}
