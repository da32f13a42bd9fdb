/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
/* What the debugger wants to know, and what it settles. */
#include "debug/gdb_internal.h"

#include <string.h>

static void supported(struct gdb *g, const char *rest)
{
    (void)rest;
    packet_begin(&g->out);
    packet_format(&g->out,
                  "PacketSize=%x;QStartNoAckMode+;QNonStop+;qXfer:features:read+;"
                  "qXfer:memory-map:read+;qXfer:threads:read+;vContSupported+;"
                  "ReverseStep+;ReverseContinue+",
                  PACKET_MAX);
    gdb_send(g);
}

void gdb_send_part(struct gdb *g, const char *text, const char *range)
{
    uint32_t offset;
    uint32_t length;
    if (!gdb_number(&range, &offset, ',') || !gdb_number(&range, &length, '\0')) {
        gdb_reply(g, "E01");
        return;
    }
    const size_t size = strlen(text);
    const size_t from = offset < size ? offset : size;
    const size_t most = PACKET_MAX / 2; /* escapes may double it */
    size_t count = size - from;
    count = count < length ? count : length;
    count = count < most ? count : most;
    packet_begin(&g->out);
    packet_text(&g->out, from + count < size ? "m" : "l");
    packet_binary(&g->out, text + from, count);
    gdb_send(g);
}

static void features(struct gdb *g, const char *rest)
{
    gdb_send_part(g, gdb_target_xml(g->core), rest);
}

static void memory_map(struct gdb *g, const char *rest)
{
    gdb_send_part(g, gdb_memory_map, rest);
}

/* It was there before the debugger came: that leaves it when it ends. */
static void attached(struct gdb *g, const char *rest)
{
    (void)rest;
    gdb_reply(g, "1");
}

static void command(struct gdb *g, const char *rest)
{
    char line[256];
    const size_t length = strlen(rest) / 2;
    if (length < sizeof line && packet_unhex(rest, line, length)) {
        line[length] = '\0';
        gdb_monitor(g, line);
    } else {
        gdb_reply(g, "E01");
    }
}

static const struct gdb_command queries[] = {
    {"Supported", supported},
    {"Xfer:features:read:target.xml:", features},
    {"Xfer:memory-map:read::", memory_map},
    {"Xfer:threads:read::", gdb_threads_xml},
    {"fThreadInfo", gdb_first_threads},
    {"sThreadInfo", gdb_more_threads},
    {"ThreadExtraInfo,", gdb_thread_info},
    {"Symbol:", gdb_symbols},
    {"C", gdb_tell_current_thread},
    {"Attached", attached},
    {"Rcmd,", command},
    {NULL, NULL},
};

void gdb_query(struct gdb *g, const char *rest)
{
    /* qCRC and others begin with one that is known. */
    const bool whole = rest[0] != 'C' || rest[1] == '\0';
    if (!whole || !gdb_dispatch(g, queries, rest)) {
        gdb_reply(g, "");
    }
}

void gdb_set(struct gdb *g, const char *rest)
{
    if (strcmp(rest, "StartNoAckMode") == 0) {
        gdb_reply(g, "OK");
        g->acks = false;
    } else if (strncmp(rest, "NonStop:", 8) == 0) {
        g->non_stop = rest[8] == '1';
        gdb_reply(g, "OK");
    } else {
        gdb_reply(g, "");
    }
}
