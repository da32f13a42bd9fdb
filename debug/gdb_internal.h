/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
/* What the files of the GDB server share. Everybody else includes gdb.h. */
#ifndef DEBUG_GDB_INTERNAL_H
#define DEBUG_GDB_INTERNAL_H

#include "debug/gdb.h"

struct gdb_command {
    const char *prefix;
    /* `rest`: what stands behind the prefix. It replies. */
    void (*run)(struct gdb *g, const char *rest);
};

/* The first of them that fits; false: none. */
bool gdb_dispatch(struct gdb *g, const struct gdb_command *list, const char *text);

void gdb_reply(struct gdb *g, const char *text);
/* Ends the packet in g->out and sends it. */
void gdb_send(struct gdb *g);
/* "E.TEXT", which GDB shows. */
void gdb_refuse(struct gdb *g, const char *text);
/* The board is dead: refused. */
bool gdb_is_dead(struct gdb *g);
/* Hexadecimal numbers with `separator` behind; false: not that. */
bool gdb_number(const char **text, uint32_t *value, char separator);

/* gdb_registers.c */
void gdb_read_registers(struct gdb *g, const char *rest);
void gdb_write_registers(struct gdb *g, const char *rest);
void gdb_read_register(struct gdb *g, const char *rest);
void gdb_write_register(struct gdb *g, const char *rest);
/* PC, SP and LR as a stop reply has them. */
void gdb_expedite(struct gdb *g);
const char *gdb_target_xml(enum core core);

/* gdb_memory.c */
void gdb_read_memory(struct gdb *g, const char *rest);
void gdb_write_memory(struct gdb *g, const char *rest);
void gdb_write_binary(struct gdb *g, const char *rest);
void gdb_flash_erase(struct gdb *g, const char *rest);
void gdb_flash_write(struct gdb *g, const char *rest);
void gdb_flash_done(struct gdb *g, const char *rest);
extern const char gdb_memory_map[];

/* gdb_run.c */
extern const struct gdb_command gdb_run_commands[];
void gdb_insert_point(struct gdb *g, const char *rest);
void gdb_remove_point(struct gdb *g, const char *rest);
void gdb_tell_stop(struct gdb *g, const char *lead);
void gdb_interrupt(struct gdb *g);

/* gdb_threads.c */
uint32_t gdb_current_thread(const struct gdb *g);
/* True: the thread that is meant does not run, and *context says where its registers are. */
bool gdb_thread_context(const struct gdb *g, struct rtos_context *context);
void gdb_select_thread(struct gdb *g, const char *rest);
void gdb_is_thread_alive(struct gdb *g, const char *rest);
void gdb_tell_current_thread(struct gdb *g, const char *rest);
void gdb_first_threads(struct gdb *g, const char *rest);
void gdb_more_threads(struct gdb *g, const char *rest);
void gdb_thread_info(struct gdb *g, const char *rest);
void gdb_threads_xml(struct gdb *g, const char *range);
void gdb_symbols(struct gdb *g, const char *rest);

/* gdb_query.c */
/* The part of a document that "OFFSET,LENGTH" names. */
void gdb_send_part(struct gdb *g, const char *text, const char *range);
void gdb_query(struct gdb *g, const char *rest);
void gdb_set(struct gdb *g, const char *rest);

/* gdb_monitor.c */
void gdb_monitor(struct gdb *g, const char *line);

#endif
