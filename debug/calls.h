/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
/*
 * Which function a core is in, and what called it: followed jump by jump, with a stack of calls kept beside the
 * core's own. A call is a jump to a function's first instruction; a return one to where its caller goes on. What
 * leaves frames behind (longjmp, a task switch) empties the stack down to the frame that fits, or to none.
 *
 * Each way a function is reached by is a node of a tree; a node has what was executed in it.
 */
#ifndef DEBUG_CALLS_H
#define DEBUG_CALLS_H

#include "formats/image/image.h"
#include "vboard/boards/board.h"
#include "vboard/cpu/debug.h"

#define CALLS_DEPTH 256u
#define CALLS_KNOWN 4096u /* names are looked up once an address, as many are kept */

struct calls_node {
    const char *name; /* of the function; belongs to the image, or to calls.c */
    struct calls_node *parent, *child, *sibling;
    uint64_t instructions; /* executed in it, without what it called */
};

struct calls_frame {
    struct calls_node *node;
    uint32_t returns_to, sp;
    bool is_exception;
};

struct calls_sink {
    void *ctx;
    void (*entered)(void *ctx, enum core core, const char *name, vtime_ps now); /* or NULL */
    void (*left)(void *ctx, enum core core, const char *name, vtime_ps now);
};

struct calls_core {
    const struct image *own, *other;
    struct cpu *cpu;
    struct calls_node root;
    struct calls_frame frames[CALLS_DEPTH];
    unsigned depth;
    uint64_t counted; /* instructions given to nodes */
    struct {
        uint32_t address;
        const char *name;
        bool is_start;
    } known[CALLS_KNOWN];
};

struct calls {
    struct calls_core core[CORE_COUNT];
    struct calls_sink sink;
};

/* cm4 may be NULL, or hold nothing of its core's. Tracers call the others. */
void calls_init(struct calls *f, struct board *board, const struct image *cm7,
                const struct image *cm4, const struct calls_sink *sink);
void calls_jumped(struct calls *f, enum core core, uint32_t address);
void calls_entered(struct calls *f, enum core core, unsigned exception);
void calls_returned(struct calls *f, enum core core);
/* The core was reset, or nothing more comes: all are left. */
void calls_empty(struct calls *f, enum core core);
void calls_free(struct calls *f);

#endif
