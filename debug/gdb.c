/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
#include "debug/gdb_internal.h"

#include <stdlib.h>
#include <string.h>

void gdb_send(struct gdb *g)
{
    packet_end(&g->out);
    g->send(g->ctx, g->out.data, g->out.length);
}

void gdb_reply(struct gdb *g, const char *text)
{
    packet_begin(&g->out);
    packet_text(&g->out, text);
    gdb_send(g);
}

void gdb_refuse(struct gdb *g, const char *text)
{
    packet_begin(&g->out);
    packet_text(&g->out, "E.");
    packet_text(&g->out, text);
    gdb_send(g);
}

bool gdb_is_dead(struct gdb *g)
{
    const char *why = target_dead(g->target);
    if (why != NULL) {
        gdb_reply(g, "E0E"); /* as OpenOCD does of a board that does not answer */
        if (!g->said_dead) {
            g->say(g->ctx, why);
        }
    }
    g->said_dead = why != NULL;
    return why != NULL;
}

bool gdb_number(const char **text, uint32_t *value, char separator)
{
    char *end;
    const unsigned long long number = strtoull(*text, &end, 16);
    if (end == *text || number > UINT32_MAX || *end != separator) {
        return false;
    }
    *value = (uint32_t)number;
    *text = separator == '\0' ? end : end + 1;
    return true;
}

void gdb_console(struct gdb *g, const char *text)
{
    packet_begin(&g->out);
    packet_text(&g->out, "O");
    packet_hex(&g->out, text, strlen(text));
    gdb_send(g);
}

/* ---- what it asks for ---- */

static void why_stopped(struct gdb *g, const char *rest)
{
    (void)rest;
    if (!g->target->core[g->core].stopped) {
        gdb_reply(g, "OK");
    } else {
        gdb_tell_stop(g, "");
    }
}

static void detach(struct gdb *g, const char *rest)
{
    (void)rest;
    target_detach(g->target, g->core);
    g->leaves = true;
    gdb_reply(g, "OK");
}

/* There is nothing to kill: the board goes on. */
static void kill_it(struct gdb *g, const char *rest)
{
    (void)rest;
    target_detach(g->target, g->core);
    g->leaves = true;
}

static void say_yes(struct gdb *g, const char *rest)
{
    (void)rest;
    gdb_reply(g, "OK");
}

static const struct gdb_command commands[] = {
    {"?", why_stopped},
    {"!", say_yes},
    {"H", gdb_select_thread},
    {"T", gdb_is_thread_alive},
    {"D", detach},
    {"k", kill_it},
    {"vKill", detach},
    {"g", gdb_read_registers},
    {"G", gdb_write_registers},
    {"p", gdb_read_register},
    {"P", gdb_write_register},
    {"m", gdb_read_memory},
    {"M", gdb_write_memory},
    {"X", gdb_write_binary},
    {"Z", gdb_insert_point},
    {"z", gdb_remove_point},
    {"vFlashErase:", gdb_flash_erase},
    {"vFlashWrite:", gdb_flash_write},
    {"vFlashDone", gdb_flash_done},
    {"q", gdb_query},
    {"Q", gdb_set},
    {NULL, NULL},
};

bool gdb_dispatch(struct gdb *g, const struct gdb_command *list, const char *text)
{
    for (; list->prefix != NULL; list++) {
        const size_t length = strlen(list->prefix);
        if (strncmp(text, list->prefix, length) == 0) {
            list->run(g, text + length);
            return true;
        }
    }
    return false;
}

static void run_packet(struct gdb *g)
{
    if (!gdb_dispatch(g, gdb_run_commands, g->in.data) && !gdb_dispatch(g, commands, g->in.data)) {
        gdb_reply(g, ""); /* not known: GDB does without */
    }
}

void gdb_begin(struct gdb *g)
{
    const struct bench_board_config *images = &g->hands->history->config;
    g->in.state = PACKET_BETWEEN;
    g->acks = true;
    g->non_stop = g->owes_stop = g->said_dead = g->semihosting = g->leaves = false;
    g->thread = 0;
    rtos_begin(&g->rtos, g->core == CORE_CM7 ? images->cm7 : images->cm4);
    target_attach(g->target, g->core);
}

void gdb_take(struct gdb *g, uint8_t byte)
{
    switch (packet_take(&g->in, byte)) {
    case PACKET_COMPLETE:
        if (g->acks) {
            g->send(g->ctx, "+", 1);
        }
        run_packet(g);
        break;
    case PACKET_BROKEN:
        if (g->acks) {
            g->send(g->ctx, "-", 1);
        }
        break;
    case PACKET_NAK:
        if (g->acks && g->out.length > 0) {
            g->send(g->ctx, g->out.data, g->out.length);
        }
        break;
    case PACKET_INTERRUPT:
        gdb_interrupt(g);
        break;
    case PACKET_ACK:
    case PACKET_NOTHING:
        break;
    }
}
