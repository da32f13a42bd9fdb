/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
#define _GNU_SOURCE /* POLLRDHUP */
#include "debug/tcp.h"

#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#define PORTS_MAX 4u
#define STUCK_MS 5000 /* a client that takes nothing for so long has gone */

/* The one that was free. */
static bool read_number(struct tcp_port *p)
{
    struct sockaddr_in address;
    socklen_t size = sizeof address;
    const bool good = getsockname(p->listener, (struct sockaddr *)&address, &size) == 0;
    p->number = good ? ntohs(address.sin_port) : p->number;
    return good;
}

static bool listen_on(struct tcp_port *p)
{
    const int yes = 1;
    struct sockaddr_in address = {.sin_family = AF_INET, .sin_port = htons((uint16_t)p->number)};
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    p->listener = socket(AF_INET, SOCK_STREAM, 0);
    return p->listener >= 0 &&
           setsockopt(p->listener, SOL_SOCKET, SO_REUSEADDR, &yes, sizeof yes) == 0 &&
           bind(p->listener, (const struct sockaddr *)&address, sizeof address) == 0 &&
           listen(p->listener, 1) == 0 && fcntl(p->listener, F_SETFL, O_NONBLOCK) == 0 &&
           read_number(p);
}

bool tcp_open(struct tcp_port *p, const char *option, unsigned number, char *error,
              size_t error_size)
{
    *p = (struct tcp_port){-1, -1, number, -1};
    if (listen_on(p)) {
        return true;
    }
    snprintf(error, error_size, "%s: port %u: %s: name another one, or end the program that has it",
             option, number, strerror(errno));
    tcp_close(p);
    return false;
}

void tcp_drop(struct tcp_port *p)
{
    if (p->client >= 0) {
        close(p->client);
        p->client = -1;
    }
}

void tcp_close(struct tcp_port *p)
{
    tcp_drop(p);
    if (p->next >= 0) {
        close(p->next);
        p->next = -1;
    }
    if (p->listener >= 0) {
        close(p->listener);
        p->listener = -1;
    }
}

/* The client has closed; what it sent before may still be unread. */
static bool is_leaving(const struct tcp_port *p)
{
    struct pollfd look = {.fd = p->client, .events = POLLRDHUP};
    return p->client >= 0 && poll(&look, 1, 0) > 0 &&
           (look.revents & (POLLRDHUP | POLLHUP | POLLERR)) != 0;
}

/* Whoever came last, -1: nobody. */
static int newcomer(struct tcp_port *p)
{
    if (p->client < 0 && p->next >= 0) {
        const int next = p->next;
        p->next = -1;
        return next;
    }
    return p->listener < 0 || is_leaving(p) ? -1 : accept(p->listener, NULL, NULL);
}

bool tcp_accept(struct tcp_port *p)
{
    const int yes = 1;
    const int client = newcomer(p);
    if (client < 0) {
        return false;
    }
    if (p->client >= 0 && p->next < 0 && is_leaving(p)) {
        p->next = client;
        return false;
    }
    if (p->client >= 0) {
        close(client);
        return false;
    }
    (void)fcntl(client, F_SETFL, O_NONBLOCK);
    (void)setsockopt(client, IPPROTO_TCP, TCP_NODELAY, &yes, sizeof yes);
    p->client = client;
    return true;
}

int tcp_read(struct tcp_port *p, void *bytes, size_t size)
{
    const ssize_t count = p->client < 0 ? 0 : recv(p->client, bytes, size, 0);
    if (count > 0) {
        return (int)count;
    }
    if (p->client < 0 ||
        (count < 0 && (errno == EAGAIN || errno == EWOULDBLOCK || errno == EINTR))) {
        return 0;
    }
    tcp_drop(p);
    return -1;
}

bool tcp_write(struct tcp_port *p, const void *bytes, size_t size)
{
    const char *from = bytes;
    while (size > 0 && p->client >= 0) {
        const ssize_t count = send(p->client, from, size, MSG_NOSIGNAL);
        if (count > 0) {
            from += count;
            size -= (size_t)count;
            continue;
        }
        struct pollfd look = {.fd = p->client, .events = POLLOUT};
        if (count == 0 || (errno != EAGAIN && errno != EWOULDBLOCK && errno != EINTR) ||
            poll(&look, 1, STUCK_MS) == 0) {
            tcp_drop(p);
        }
    }
    return size == 0;
}

void tcp_wait(struct tcp_port *const ports[], unsigned count, int milliseconds)
{
    struct pollfd looks[2 * PORTS_MAX];
    nfds_t used = 0;
    for (unsigned i = 0; i < count && i < PORTS_MAX; i++) {
        looks[used++] = (struct pollfd){.fd = ports[i]->listener, .events = POLLIN};
        looks[used++] = (struct pollfd){.fd = ports[i]->client, .events = POLLIN};
    }
    (void)poll(looks, used, milliseconds);
}
