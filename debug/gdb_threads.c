/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
/*
 * Threads: the core itself, number 1; or the tasks of FreeRTOS, numbered by their TCBs, when GDB knows the
 * symbols of its lists. With stops told by notifications (both cores in one GDB) it is always the core:
 * there GDB lets threads go one by one, which tasks do not.
 */
#include "debug/gdb_internal.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define CORE_THREAD 1u

static struct cpu *cpu_of(const struct gdb *g)
{
    return target_cpu(g->target, g->core);
}

/* The task that runs; 0: there are none. */
static uint32_t running_task(const struct gdb *g)
{
    return g->non_stop || target_dead(g->target) != NULL ? 0 : rtos_running(&g->rtos, cpu_of(g));
}

uint32_t gdb_current_thread(const struct gdb *g)
{
    const uint32_t task = running_task(g);
    return task != 0 ? task : CORE_THREAD;
}

bool gdb_thread_context(const struct gdb *g, struct rtos_context *context)
{
    return g->thread != 0 && g->thread != CORE_THREAD && g->thread != gdb_current_thread(g) &&
           rtos_find_context(cpu_of(g), g->thread, context);
}

static void list(const struct gdb *g, struct rtos_tasks *tasks)
{
    tasks->count = 0;
    if (running_task(g) != 0) {
        rtos_list(&g->rtos, cpu_of(g), tasks);
    }
}

static bool is_thread(const struct gdb *g, uint32_t thread)
{
    struct rtos_tasks tasks;
    list(g, &tasks);
    bool is = tasks.count == 0 && thread == CORE_THREAD;
    for (unsigned i = 0; i < tasks.count; i++) {
        is = is || tasks.list[i].tcb == thread;
    }
    return is;
}

/* ---- what GDB wants to know ---- */

/* "g" and a number; 0 and -1: whichever. Others ("c") are about vCont, which it uses. */
void gdb_select_thread(struct gdb *g, const char *rest)
{
    uint32_t thread;
    const char *number = rest + 1;
    if (rest[0] != 'g' || strcmp(number, "0") == 0 || strcmp(number, "-1") == 0) {
        g->thread = rest[0] == 'g' ? 0 : g->thread;
        gdb_reply(g, rest[0] == '\0' ? "E01" : "OK");
    } else if (gdb_number(&number, &thread, '\0') && is_thread(g, thread)) {
        g->thread = thread;
        gdb_reply(g, "OK");
    } else {
        gdb_reply(g, "E01");
    }
}

void gdb_is_thread_alive(struct gdb *g, const char *rest)
{
    uint32_t thread;
    gdb_reply(g, gdb_number(&rest, &thread, '\0') && is_thread(g, thread) ? "OK" : "E01");
}

void gdb_tell_current_thread(struct gdb *g, const char *rest)
{
    (void)rest;
    packet_begin(&g->out);
    packet_format(&g->out, "QC%x", gdb_current_thread(g));
    gdb_send(g);
}

void gdb_first_threads(struct gdb *g, const char *rest)
{
    struct rtos_tasks tasks;
    (void)rest;
    list(g, &tasks);
    packet_begin(&g->out);
    packet_format(&g->out, "m%x", tasks.count == 0 ? CORE_THREAD : tasks.list[0].tcb);
    for (unsigned i = 1; i < tasks.count; i++) {
        packet_format(&g->out, ",%x", tasks.list[i].tcb);
    }
    gdb_send(g);
}

void gdb_more_threads(struct gdb *g, const char *rest)
{
    (void)rest;
    gdb_reply(g, "l");
}

static const char *const states[] = {[RTOS_RUNS] = "runs",
                                     [RTOS_IS_READY] = "ready",
                                     [RTOS_IS_BLOCKED] = "blocked",
                                     [RTOS_IS_SUSPENDED] = "suspended",
                                     [RTOS_IS_DELETED] = "deleted"};

/* For debuggers without qXfer: the name and what it does. */
void gdb_thread_info(struct gdb *g, const char *rest)
{
    char text[80];
    uint32_t thread;
    struct rtos_tasks tasks;
    if (!gdb_number(&rest, &thread, '\0') || !is_thread(g, thread)) {
        gdb_reply(g, "E01");
        return;
    }
    list(g, &tasks);
    snprintf(text, sizeof text, "%s", g->core == CORE_CM7 ? "CM7" : "CM4");
    for (unsigned i = 0; i < tasks.count; i++) {
        if (tasks.list[i].tcb == thread) {
            snprintf(text, sizeof text, "%s: %s", tasks.list[i].name, states[tasks.list[i].state]);
        }
    }
    packet_begin(&g->out);
    packet_hex(&g->out, text, strlen(text));
    gdb_send(g);
}

static void escape(const char *text, char *to, size_t size)
{
    size_t length = 0;
    for (; *text != '\0' && length + 7 < size; text++) {
        const bool special = strchr("<>&\"'", *text) != NULL;
        const int more = snprintf(to + length, size - length, special ? "&#%d;" : "%c", *text);
        length += more > 0 ? (size_t)more : 0;
    }
    to[length] = '\0';
}

/* A line a thread, at most 200 characters. */
#define XML_MAX (100u + 200u * RTOS_TASKS_MAX)

static void write_threads(const struct gdb *g, char *text)
{
    struct rtos_tasks tasks;
    char name[6 * RTOS_NAME_MAX + 8];
    const char *core = g->core == CORE_CM7 ? "CM7" : "CM4";
    size_t length = (size_t)snprintf(text, XML_MAX, "<?xml version=\"1.0\"?><threads>");
    list(g, &tasks);
    if (tasks.count == 0) {
        length +=
            (size_t)snprintf(text + length, XML_MAX - length,
                             "<thread id=\"1\" core=\"%d\" name=\"%s\"/>", (int)g->core, core);
    }
    for (unsigned i = 0; i < tasks.count; i++) {
        const struct rtos_task *t = &tasks.list[i];
        escape(t->name, name, sizeof name);
        length +=
            (size_t)snprintf(text + length, XML_MAX - length,
                             "<thread id=\"%x\" core=\"%d\" name=\"%s\">%s, priority %u</thread>",
                             t->tcb, (int)g->core, name, states[t->state], t->priority);
    }
    snprintf(text + length, XML_MAX - length, "</threads>");
}

void gdb_threads_xml(struct gdb *g, const char *range)
{
    char text[XML_MAX];
    write_threads(g, text);
    gdb_send_part(g, text, range);
}

/* ":", to begin with, or what it has found: "ADDRESS:NAME" with the address, or without. */
void gdb_symbols(struct gdb *g, const char *rest)
{
    if (strcmp(rest, ":") == 0) {
        rtos_forget(&g->rtos);
    } else {
        rtos_tell(&g->rtos, (uint32_t)strtoul(rest, NULL, 16));
    }
    const char *wanted = rtos_wanted(&g->rtos);
    if (wanted == NULL) {
        gdb_reply(g, "OK");
        return;
    }
    packet_begin(&g->out);
    packet_text(&g->out, "qSymbol:");
    packet_hex(&g->out, wanted, strlen(wanted));
    gdb_send(g);
}
