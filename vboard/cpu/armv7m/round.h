/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
#ifndef VBOARD_CPU_ARMV7M_ROUND_H
#define VBOARD_CPU_ARMV7M_ROUND_H

/*
 * Loops that do the same each time round but for something that they count: the main loop that most programs have,
 * with its calls, flags and tick; a wait with a timeout. One round is followed while it is executed. Of each register and piece of
 * RAM it is known what it was made from. If those whose old value matters are the same at the end, or the same plus a
 * constant, and no address is made from one that moves, the next round does the same again as long as its branches go the
 * same way, which is known of those that compare something that moves with something that does not. So many rounds can be
 * added up at once. (The tightest loops, without calls: counting.h, which needs no round to be followed.)
 *
 * Everything else that a round leaves (copies, the stack below SP) is as its last one made it: whoever adds up rounds
 * leaves one to be executed that goes the same way.
 */
#include <stdbool.h>
#include <stdint.h>

struct core;
struct insn;

#define ROUND_REGISTERS 15u
#define ROUND_FLAGS_AT 15u /* N, Z, C, V together */
#define ROUND_CELLS_AT 16u
#define ROUND_CELLS 48u
#define ROUND_SOURCES (ROUND_CELLS_AT + ROUND_CELLS)
#define ROUND_QUESTIONS 8u

/* What something holds: what `of` held when the round began, plus a constant, in its low `bits`; and the sum is made with
 * what `rest` names, or all of it is made from that in another way. */
struct round_value {
    uint8_t of; /* ROUND_SOURCES: of none */
    uint8_t bits;
    uint32_t plus;
    uint64_t rest; /* a bit each source */
};

/* A place in memory that the round has used. */
struct round_cell {
    uint32_t address, size;
    uint32_t before; /* what it held */
    bool plain;      /* RAM that only this core uses */
    bool counts;     /* the cycle counter */
};

/* A branch asked whether left - right fulfils a condition. */
struct round_question {
    struct round_value left, right;
    uint32_t x, y; /* what they were */
    uint8_t cond;
    bool taken;
};

struct round {
    bool on;
    bool lost;        /* something was done that is not followed */
    uint64_t asked;   /* sources whose old value was used */
    uint64_t decides; /* those that a branch or an address is made from */
    struct round_value now[ROUND_SOURCES];
    uint32_t before[ROUND_REGISTERS];
    uint32_t flags; /* before, N:Z:C:V */
    struct round_cell cells[ROUND_CELLS];
    unsigned cell_count;
    struct round_question compared; /* what the flags are about */
    bool flags_compare;             /* and whether they are */
    struct round_question questions[ROUND_QUESTIONS];
    unsigned question_count;
    uint64_t moving; /* after round_end */
};

/* One that is kept, for when its loop is come by again. */
struct round_kept {
    bool valid;
    uint32_t anchor; /* the address that it begins at */
    uint64_t cycles, extra;
    struct round round;
};
#define ROUNDS_KEPT 16u

/* A round begins with the next instruction. */
void round_begin(struct core *c);
/* `i` is about to be executed. `in_it`: in an IT block, its condition holds. */
void round_follow(struct core *c, const struct insn *i, bool in_it);
/* It was not executed after all. */
static inline void round_lose(struct round *r)
{
    r->lost = true;
}
/* The round is over after so many cycles, and is followed no longer. How many behind it do the same again? UINT32_MAX:
 * all. */
uint32_t round_end(struct core *c, uint64_t cycles);
/* Keeps the round that has ended here, and what it cost: its owner's numbers. */
void round_keep(struct core *c, uint64_t cycles, uint64_t extra);
/* Was a round kept that begins at c->pc, with all it asks as it was then? It becomes the present one, as after round_end; 0: none
 * was. */
uint32_t round_recall(struct core *c, uint64_t *cycles, uint64_t *extra);
/* Code or pages have changed. */
void round_forget(struct core *c);
/* After round_end, if it said at least one more: as if `times` more had been executed. */
void round_add_up(struct core *c, uint32_t times);

#endif
