/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
#include "web/server.h"

#include "host/parse.h"
#include "web/session.h"

#include <arpa/inet.h>
#include <libwebsockets.h>
#include <netinet/in.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/random.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

#define LINE_MAX_BYTES 1024u
#define TOKEN_BYTES 16u /* 128 bits: nobody guesses them */
#define TOKEN (2 * TOKEN_BYTES)
#define SEEK_MAX_S 1e6             /* eleven days: no log is longer */
#define MESSAGE_EVERY_NS 16000000u /* 60 a second are what a screen shows */

struct web_page {
    struct lws *socket; /* NULL: nobody is there */
    struct web_session session;
    bool greeted;
    struct web_text out; /* with LWS_PRE bytes before it */
    char error[256];
    uint64_t told_ns;
    bool seeks;   /* it has asked for a place, and was not told that this is over, */
    bool arrived; /* but how things are since then */
};

struct web_server {
    struct lws_context *context;
    char *folder; /* libwebsockets keeps pointers to all of these */
    struct lws_http_mount mount;
    struct lws_protocol_vhost_options mime[2];
    struct lws_protocols protocols[3];
    unsigned port;
    const char *address;            /* NULL: 127.0.0.1 */
    char mountpoint[1 + TOKEN + 1]; /* "/" or "/TOKEN" */
    char path[TOKEN + 2];           /* "" or "TOKEN/" */
    struct bench *bench;            /* NULL: none is served */
    const struct image_pair *images;
    const struct board_data *board;
    struct web_log log;
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

/* The origin is the host that was asked for, whatever that is called. */
static bool origin_is_host(struct lws *socket)
{
    static const char scheme[] = "http://";
    char origin[256];
    char host[256];
    return lws_hdr_copy(socket, origin, sizeof origin, WSI_TOKEN_ORIGIN) > 0 &&
           lws_hdr_copy(socket, host, sizeof host, WSI_TOKEN_HOST) > 0 &&
           strncmp(origin, scheme, sizeof scheme - 1) == 0 &&
           strcmp(origin + sizeof scheme - 1, host) == 0;
}

/* The path begins with the token. How long this takes does not depend on where a wrong one differs. */
static bool knows_token(const struct web_server *server, struct lws *socket)
{
    char path[512];
    const size_t length = strlen(server->path);
    if (lws_hdr_copy(socket, path, sizeof path, WSI_TOKEN_GET_URI) < (int)(1 + length)) {
        return false;
    }
    return lws_timingsafe_bcmp(path + 1, server->path, (uint32_t)length) == 0;
}

/* A page of another site could reach this port from its visitor's browser: its origin tells, or the host it asked
 * for, where a name of its own leads here. */
static bool may_connect(const struct web_server *server, struct lws *socket)
{
    if (server->bench == NULL) {
        return false;
    }
    if (server->path[0] != '\0') {
        return knows_token(server, socket) && origin_is_host(socket);
    }
    return header_is_ours(socket, WSI_TOKEN_ORIGIN, "http://", server->port) &&
           header_is_ours(socket, WSI_TOKEN_HOST, "", server->port);
}

static bool may_read(const struct web_server *server, struct lws *socket)
{
    return server->path[0] != '\0' ? knows_token(server, socket)
                                   : header_is_ours(socket, WSI_TOKEN_HOST, "", server->port);
}

/* With an answer, so that who has mistyped the token sees it. */
static int turn_away(struct lws *socket)
{
    (void)lws_return_http_status(socket, HTTP_STATUS_FORBIDDEN, NULL);
    return -1;
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
    page->session.board = server->board;
    page->session.log = server->log;
    page->socket = socket;
    page->greeted = false;
    page->error[0] = '\0';
    page->seeks = page->arrived = false;
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

/* "seek 41.5": to that second of the board's time. */
static bool take_seek(struct web_server *server, struct web_page *page, const char *word)
{
    double t_s;
    if (!parse_positive(word, &t_s) || t_s > SEEK_MAX_S) {
        return false;
    }
    page->seeks = true;
    page->arrived = false;
    if (!bench_seek(server->bench, (uint64_t)(t_s * 1e12))) {
        snprintf(page->error, sizeof page->error,
                 "seek: this run cannot go back: it needs a log that is a file, and no --flash, "
                 "--gdb, --jtag, --trace and the like");
        lws_callback_on_writable(page->socket);
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
    if (strncmp(line, "seek ", 5) == 0) {
        return take_seek(server, page, line + 5);
    }
    if (!web_session_do(&page->session, line, page->error, sizeof page->error)) {
        lws_callback_on_writable(page->socket);
    }
    return true;
}

/* What the page has not been told: who it talks to, what was wrong with a line, that a search is over, how things are. */
static bool put_message(const struct web_server *server, struct web_page *page)
{
    const bool is_over = page->seeks && server->bench->goal_ps == 0;
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
    } else if (is_over && page->arrived) {
        web_text_put(out, "{\"kind\":\"sought\"}");
        page->seeks = false;
    } else {
        page->arrived = is_over;
        web_session_state(&page->session, out);
        page->told_ns = now_ns();
    }
    return out->used > before;
}

static bool write_message(const struct web_server *server, struct web_page *page)
{
    if (page == NULL || !put_message(server, page)) {
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
        return may_connect(server, socket) ? 0 : turn_away(socket);
    case LWS_CALLBACK_ESTABLISHED:
        good = let_in(server, socket);
        break;
    case LWS_CALLBACK_RECEIVE:
        good = take_message(server, page, bytes, length);
        break;
    case LWS_CALLBACK_SERVER_WRITEABLE:
        good = write_message(server, page);
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

/* Files of the page, to whoever asked this computer for them by its name, or by the token. */
static int take_http(struct lws *socket, enum lws_callback_reasons reason, void *user, void *bytes,
                     size_t length)
{
    const struct web_server *server = lws_context_user(lws_get_context(socket));
    if (reason == LWS_CALLBACK_FILTER_HTTP_CONNECTION && !may_read(server, socket)) {
        return turn_away(socket);
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

/* Pages begin anew, too. */
static void take_again(void *context)
{
    struct web_server *server = context;
    for (size_t i = 0; i < WEB_SERVER_PAGES; i++) {
        struct web_page *page = &server->pages[i];
        if (page->socket != NULL) {
            web_session_again(&page->session);
            page->greeted = false;
        }
    }
}

static bool open_context(struct web_server *server)
{
    const struct lws_context_creation_info info = {
        .port = (int)server->port,
        .iface = server->address != NULL ? server->address : "127.0.0.1",
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

/* False: the system has no random bytes. */
static bool make_token(struct web_server *server)
{
    unsigned char bytes[TOKEN_BYTES];
    if (getrandom(bytes, sizeof bytes, 0) != (ssize_t)sizeof bytes) {
        return false;
    }
    for (size_t i = 0; i < TOKEN_BYTES; i++) {
        snprintf(server->path + 2 * i, 3, "%02x", bytes[i]);
    }
    memcpy(server->mountpoint + 1, server->path, TOKEN);
    server->path[TOKEN] = '/';
    return true;
}

static void say_what_is_served(struct web_server *server)
{
    server->mime[0] = (struct lws_protocol_vhost_options){
        .next = &server->mime[1], .name = ".wasm", .value = "application/wasm"};
    server->mime[1] = (struct lws_protocol_vhost_options){.name = ".yaml", .value = "text/plain"};
    server->mount =
        (struct lws_http_mount){.mountpoint = server->mountpoint,
                                .mountpoint_len = (unsigned char)strlen(server->mountpoint),
                                .origin = server->folder,
                                .def = "index.html",
                                .origin_protocol = LWSMPRO_FILE,
                                .extra_mimetypes = server->mime};
    server->protocols[0] = (struct lws_protocols){.name = "http", .callback = take_http};
    server->protocols[1] = (struct lws_protocols){
        .name = "candial", .callback = take_socket, .rx_buffer_size = LINE_MAX_BYTES};
}

/* libwebsockets would wait for an address that is none of this computer's to become one. */
static bool is_ours(const char *text)
{
    struct sockaddr_in address = {.sin_family = AF_INET};
    const int probe = socket(AF_INET, SOCK_STREAM, 0);
    const bool good = probe >= 0 && inet_pton(AF_INET, text, &address.sin_addr) == 1 &&
                      bind(probe, (const struct sockaddr *)&address, sizeof address) == 0;
    if (probe >= 0) {
        close(probe);
    }
    return good;
}

static bool set_up(struct web_server *server, const struct web_server_config *config, char *error,
                   size_t error_size)
{
    server->port = config->port;
    server->address = config->address;
    server->mountpoint[0] = '/';
    server->folder = strdup(config->folder);
    if (config->address != NULL && !is_ours(config->address)) {
        snprintf(
            error, error_size,
            "%s is no IPv4 address of this computer: use one of `ip address`, or 0.0.0.0 for all",
            config->address);
        return false;
    }
    if (server->folder == NULL || (config->address != NULL && !make_token(server))) {
        snprintf(error, error_size, "out of memory, or of random numbers");
        return false;
    }
    say_what_is_served(server);
    if (!open_context(server)) {
        snprintf(error, error_size, "port %u cannot be opened: name another that is free",
                 config->port);
        return false;
    }
    return true;
}

struct web_server *web_server_open(const struct web_server_config *config, char *error,
                                   size_t error_size)
{
    struct web_server *server = calloc(1, sizeof *server);
    if (server == NULL) {
        snprintf(error, error_size, "out of memory");
        return NULL;
    }
    if (!set_up(server, config, error, error_size)) {
        free(server->folder);
        free(server);
        return NULL;
    }
    return server;
}

const char *web_server_path(const struct web_server *server)
{
    return server->path;
}

unsigned web_server_port(const struct web_server *server)
{
    return server->port;
}

void web_server_attach(struct web_server *server, struct bench *bench,
                       const struct image_pair *images, const struct board_data *board,
                       const struct web_log *log)
{
    server->log = log != NULL ? *log : (struct web_log){0};
    server->bench = bench;
    server->board = board;
    server->images = images;
    server->observer = (struct bench_observer){.context = server,
                                               .step = take_step,
                                               .idle = take_idle,
                                               .again = take_again,
                                               .stays = true,
                                               .repeats = true};
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
