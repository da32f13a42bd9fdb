/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
/*
 * One debugger at one core: GDB's remote serial protocol over bytes. A core has a port of its own, as OpenOCD
 * gives each of this chip's: to GDB it is a program with one thread, or with those of FreeRTOS (rtos.h).
 */
#ifndef DEBUG_GDB_H
#define DEBUG_GDB_H

#include "debug/hands.h"
#include "debug/packet.h"
#include "debug/rtos.h"
#include "debug/target.h"

struct gdb {
    struct target *target;
    struct hands *hands;
    enum core core;
    /* Bytes to the debugger, and a line for the person at the terminal. */
    void (*send)(void *ctx, const void *bytes, size_t size);
    void (*say)(void *ctx, const char *line);
    void *ctx;
    struct packet_reader in;
    struct packet_writer out;
    bool acks;      /* each packet is acknowledged */
    bool non_stop;  /* stops are told by notifications */
    bool owes_stop; /* the core was let go; its next stop is to be told */
    bool owes_step; /* it has been told of a watchpoint, and not gone on since */
    bool said_dead; /* the person at the terminal knows that the board does not answer */
    bool semihosting;
    bool leaves; /* it has said good-bye */
    struct rtos rtos;
    uint32_t thread; /* whose registers are meant; 0: the one that runs */
};

/* A debugger has connected; the core stops. */
void gdb_begin(struct gdb *g);
void gdb_take(struct gdb *g, uint8_t byte);
/* The board has run: tells of a stop that has not been told. */
void gdb_look(struct gdb *g);
/* The core stands at a BKPT: was it semihosting, and has been answered? */
bool gdb_semihosting(struct gdb *g);
/* Text for the debugger's own terminal. */
void gdb_console(struct gdb *g, const char *text);

#endif
