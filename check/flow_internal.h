/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
/* What the files of the data flow share. Everybody else includes check/flow.h. */
#ifndef CHECK_FLOW_INTERNAL_H
#define CHECK_FLOW_INTERNAL_H

#include "check/flow.h"
#include "check/flow_known.h"

#define FLOW_SLOTS_MAX 192u
#define FLOW_REGS 15u /* r0..r12, SP, LR */

/* What was compared last. */
enum flow_flags_kind {
    FLOW_FLAGS_UNKNOWN,
    FLOW_FLAGS_COMPARE, /* of a - b */
    FLOW_FLAGS_RESULT   /* N and Z of a */
};

struct flow_flags {
    enum flow_flags_kind kind;
    flow_value a, b;
    uint8_t reg;     /* still holds a; FLOW_NO_REG: none */
    uint8_t assumed; /* a condition that holds on this way, + 1; 0: none */
};

/* A word or part of one on the stack; on a trail in RAM, too. */
struct flow_slot {
    int32_t offset; /* from SP at the function's entry; of RAM: flow_ram_offset */
    uint32_t size;
    flow_value value;
};

struct flow_state {
    flow_value reg[FLOW_REGS];
    struct flow_flags flags;
    bool after_once; /* flow_site */
    struct flow_file_set files;
    unsigned slot_count;
    struct flow_slot slot[FLOW_SLOTS_MAX]; /* by offset, not overlapping */
};

/* RAM lies below 0x40000000, and any stack above that. */
#define FLOW_RAM_END (-0x40000000)
static inline int32_t flow_ram_offset(uint32_t address)
{
    return (int32_t)(address | 0x80000000u);
}

void flow_state_clear(struct flow_state *s);
/* What is in use of it: most of its slots are not. */
void flow_state_copy(struct flow_state *to, const struct flow_state *from);
/* Makes `s` what either may be; true if that changed it. `widen`: it was joined often. */
bool flow_state_join(struct flow_table *t, struct flow_state *s, const struct flow_state *more,
                     bool widen);
/* `value` ANYTHING: forgets. */
void flow_slot_store(struct flow_state *s, int32_t offset, uint32_t size, flow_value value);
flow_value flow_slot_load(const struct flow_state *s, int32_t offset, uint32_t size);
/* Index of the first slot at `offset` or above. */
unsigned flow_slot_from(const struct flow_state *s, int32_t offset);
/* All from `offset` upwards. */
void flow_slot_forget(struct flow_state *s, int32_t offset);
void flow_set_reg(struct flow_state *s, unsigned reg, flow_value value);

/* May the condition hold, may it not? */
struct flow_maybe {
    bool yes, no;
};
struct flow_maybe flow_condition(struct flow_table *t, const struct flow_state *s,
                                 unsigned condition);
struct flow_maybe flow_is_zero(struct flow_table *t, flow_value v);
/* What the compared register can still be where `condition` holds. */
void flow_refine(struct flow_table *t, struct flow_state *s, unsigned condition);
void flow_refine_zero(struct flow_table *t, struct flow_state *s, unsigned reg, bool zero);

/* A word of RAM that is known to be given some value. */
struct flow_word {
    uint32_t address; /* 0: free */
    flow_value value;
};

/* A place where ways meet, or a call: what is known there. */
struct flow_leader {
    uint32_t reading, pc;
    uint32_t next;   /* of the same reading, + 1 */
    uint32_t called; /* a reading that has it among its callers, + 1 */
    uint16_t visits;
    bool queued, reads_ram;
    struct flow_state *state; /* cut to its slots */
};

/* What belongs together where a function returns. */
struct flow_way {
    flow_value returned; /* r0 */
    struct flow_file_set files;
};
#define FLOW_WAYS 4u

/* A function with one set of arguments. */
struct flow_reading {
    uint32_t entry;
    flow_value args[4];
    uint32_t root;      /* FLOW_BY_..., of its own and of all that call it */
    uint16_t exception; /* as in flow_site */
    bool general;       /* of all arguments that have no reading of their own */
    bool returns;
    bool stores_once; /* it or what it calls; then what follows is after it */
    bool exit_after_once;
    bool stores_file;   /* the same of registers that the files are of */
    bool touches;       /* it or what it calls stores to a watched register (trails) */
    uint32_t sites;     /* its own: list of flow_site, + 1 */
    uint32_t last_site; /* the last of its own; 0: none */
    bool stores_wild;   /* and of a place that may be on the stack of another function */
    struct flow_file_set exit_files;
    struct flow_way way[FLOW_WAYS]; /* exits by what they return: HAL_OK, HAL_ERROR, ... */
    unsigned ways;
    uint16_t exits;  /* how often its exit has changed */
    uint32_t next;   /* reading of a function with the same hash, + 1 */
    uint16_t writes; /* registers */
    flow_value exit[FLOW_REGS];
    int32_t escape;   /* the stack from this offset on is known to others */
    uint32_t leaders; /* list, + 1 */
    struct flow_caller *callers;
    size_t caller_count, caller_room;
};

struct flow_caller {
    uint32_t leader, reading, pc;
};

#define FLOW_HEADS 4096u

struct flow {
    const struct flow_program *program;
    struct flow_table table;
    struct flow_files files;
    uint16_t as_was; /* flow_program's */
    bool has_as_was;
    struct flow_file_set at_strangers; /* where functions are called that are not known */
    bool strangers_changed;
    struct flow_leader *leaders;
    size_t leader_count, leader_room;
    struct flow_leader_slot *leader_slots;
    size_t leader_slot_count;
    struct flow_reading *readings;
    size_t reading_count, reading_room;
    uint32_t reading_heads[FLOW_HEADS];  /* by entry, + 1 */
    struct flow_found found[FLOW_HEADS]; /* by entry and arguments */
    uint8_t marks[FLOW_MARKS_MAX / 8u];  /* bit mask */
    struct flow_fetched fetched[FLOW_FETCHED_MAX];
    struct flow_stored stored[FLOW_STORED_MAX];
    uint32_t *queue; /* ring of leaders */
    size_t queue_head, queue_count, queue_room;
    struct flow_word *words;
    bool words_changed;
    uint32_t *written; /* hash set of addresses of words of RAM that something is stored to */
    size_t written_count;
    struct flow_site *sites;
    size_t site_count, site_room;
    uint32_t steps, steps_max;
    bool failed;     /* out of memory or steps */
    uint32_t called; /* the reading that flow_call has come back from; FLOW_NONE: none */
    /* of the run under way */
    uint32_t reading, leader, pc;
    bool somewhere;             /* its store may hit a watched register */
    bool walking;               /* trails are gone along (flow_trail.h) */
    struct flow_trails *trails; /* NULL: not yet */
};

/* Memory. */
const struct flow_region *flow_region_of(const struct flow_program *p, uint32_t address,
                                         uint32_t size);
bool flow_read(const struct flow_program *p, uint32_t address, uint32_t size, uint32_t *word);
/* Is it an odd address of a function? */
bool flow_is_function_pointer(const struct flow_program *p, uint32_t word);
flow_value flow_load(struct flow *f, struct flow_state *s, flow_value address, uint32_t size,
                     bool is_signed);
void flow_store(struct flow *f, struct flow_state *s, flow_value address, uint32_t size,
                flow_value value);
#define FLOW_WORDS 8192u

/* A store of `value` to one of the addresses `at`; notes at the sites what it leaves (flow_files.c). */
void flow_store_files(struct flow *f, struct flow_state *s, const struct flow_set *at,
                      uint32_t size, flow_value value);
/* The file in which somebody else left the registers. */
uint16_t flow_file_as_was(struct flow *f);
/* What a load gives of a register that files are of; FLOW_ANYTHING of others. */
flow_value flow_load_file(struct flow *f, const struct flow_state *s, uint32_t address,
                          uint32_t size);
/* Leaves in `set` those that hold the same in the register at `address` as the first; `rest`: the others. False:
 * there are none. */
bool flow_part_files(const struct flow *f, struct flow_file_set *set, struct flow_file_set *rest,
                     uint32_t address);
/* A load from one of the addresses `at`. */
void flow_ask_files(struct flow *f, struct flow_state *s, const struct flow_set *at);

/* The instruction at `pc`. False: there is none. */
bool flow_fetch(struct flow *f, uint32_t pc, struct flow_insn *i);
/* What one instruction that does not branch makes of the state. */
void flow_step(struct flow *f, struct flow_state *s, const struct flow_insn *i);
/* rn, imm, index of a load or store: the address before it is read. */
flow_value flow_address(struct flow *f, const struct flow_state *s, const struct flow_insn *i);
flow_value flow_reg(struct flow *f, const struct flow_state *s, unsigned reg);
flow_value flow_combine(struct flow *f, enum flow_alu alu, flow_value a, flow_value b);

/* The graph of leaders and readings. */
/* Brings `s` to a leader; it is queued if that changes it. */
void flow_reach(struct flow *f, uint32_t reading, uint32_t pc, const struct flow_state *s);
void flow_enqueue(struct flow *f, uint32_t leader);
#define FLOW_NONE UINT32_MAX
/* Index of the leader, or FLOW_NONE. */
uint32_t flow_find_leader(const struct flow *f, uint32_t reading, uint32_t pc);
bool flow_is_leader(const struct flow *f, uint32_t reading, uint32_t pc);
/* The reading for these arguments, made if there is none; FLOW_NONE: out of memory. */
uint32_t flow_find_reading(struct flow *f, uint32_t entry, const flow_value args[4]);
bool flow_known_entry(const struct flow *f, uint32_t entry);
void flow_enqueue_callers(struct flow *f, uint32_t reading);
/* Others know the stack from `offset` on; all offsets that `v` may be. They may write there when they are called,
 * and whoever stores at an address that is not known. */
void flow_escape(struct flow *f, int32_t offset);
void flow_escape_value(struct flow *f, flow_value v);
void flow_forget_escaped(struct flow *f, struct flow_state *s);

/* A function that something unknown calls. */
void flow_root(struct flow *f, uint32_t pointer, unsigned by, uint16_t exception, bool later);
void flow_roots(struct flow *f);
/* Runs the leader at `f->leader`, to the next ones. */
void flow_run(struct flow *f);

/* Calls `entry` (bit 0 clear). True: it may return, `s` is what it leaves. */
bool flow_call(struct flow *f, struct flow_state *s, uint32_t entry);
/* After flow_call: way number `index` that the callee may have returned by, instead of all together. False: there
 * are no more. */
unsigned flow_ways_back(const struct flow *f);
bool flow_way_back(const struct flow *f, struct flow_state *s, unsigned index);
/* A function that is not known. */
void flow_call_unknown(struct flow *f, struct flow_state *s);
/* The function under way returns with `s`. */
void flow_return(struct flow *f, const struct flow_state *s);

#endif
