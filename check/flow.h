/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
/*
 * Where could an image write a watched register, and what? Found by reading its code, run or not.
 *
 * A data flow over the disassembly: from the vector table, and from every function whose address the code
 * or its data mention, along branches and calls, with what registers and stack hold as far as it can be
 * known (check/flow_bits.h, check/flow_value.h). Branches that known values decide are decided; each function
 * is read once for every set of arguments it is called with. Code that nothing refers to is not read.
 *
 * What it finds is true of the code as far as addresses are computed from constants: literals, MOVW and MOVT,
 * tables, struct members, arguments, pointers kept in RAM. An address that comes from nowhere (received,
 * decompressed, a sum over unknown memory) is not found: what this finds is a reason to doubt, what it does
 * not find proves nothing. Not followed: values through the FPU, through structs on another function's
 * stack, through RAM except pointers.
 *
 * Beside registers and stack every way through the code has what it has left in the registers of clocks, scale
 * and wait states (check/flow_file.h).
 *
 * Any bytes may be given: the work is bounded by `steps_max`.
 */
#ifndef CHECK_FLOW_H
#define CHECK_FLOW_H

#include "check/flow_file.h"
#include "check/flow_value.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Bytes of the image, at their run-time address. */
struct flow_region {
    uint32_t address, length;
    const uint8_t *bytes;
    bool constant; /* flash; else RAM as the start-up code fills it: values are seen, not certain */
    bool lent; /* not the image's: what was in RAM at some time. No roots are looked for there */
};

struct flow_site;
/* Was it seen, when the image ran, that the site's store writes what may be `value`? */
typedef bool flow_was_seen(void *context, const struct flow_site *site, struct flow_bits value);

#define FLOW_STEPS_MAX 20000000u

struct flow_program {
    const struct flow_region *regions;
    size_t region_count;
    const struct flow_range *ranges; /* watched */
    size_t range_count;
    uint32_t vectors; /* address of the vector table (BOOT_CM7_ADD0, BOOT_CM4_ADD0) */
    uint32_t entry;   /* another place where code begins, bit 0 set; 0: none */
    /* The start of the function that contains `address`; false: no symbol. NULL: no symbols at all. */
    bool (*function)(void *context, uint32_t address, uint32_t *start);
    void *context;
    /* What is in those registers at the reset, and later, when the image has set up what it does: what is reached
     * by exceptions and pointers finds that. NULL: not known. */
    const struct flow_file *at_reset, *as_was;
    uint32_t last_pc; /* of the last store to them that was seen; 0: none was */
    /* Somebody else sets them up at the same time: from the reset on it may be as it was, or, as long as the code has
     * not asked PWR or HSEM as one does that waits, as at the reset. */
    bool others;
    /* Oscillators, PLLs and regulators do as they are told; false: it is not known whether they do. */
    bool flags_follow;
    flow_was_seen *seen; /* NULL: nothing was */
    void *seen_context;
    /* Can it be that all that was seen leaves this? NULL: it can. */
    bool (*possible)(void *context, const struct flow_file *file);
    void *possible_context;
    /* Did the instruction at `pc` run? NULL: not known; then no trails are gone along (flow_trail.h). */
    bool (*ran)(void *context, uint32_t pc);
    void *ran_context;
    unsigned once; /* index of a range whose first store alone has an effect; range_count: none */
    uint32_t steps_max; /* instructions; 0: FLOW_STEPS_MAX */
};

/* By whom code is reached: bit mask. */
enum { FLOW_BY_RESET = 1, FLOW_BY_EXCEPTION = 2, FLOW_BY_POINTER = 4 };

/* A store that may hit a watched register. One `pc` may have several: per register, per arguments. */
struct flow_site {
    uint32_t pc;
    uint32_t function;     /* entry of the function, bit 0 clear */
    uint32_t address;      /* of the store; of the range if it is not exact */
    uint8_t size;          /* bytes */
    bool exact;            /* false: the offset from a known base is unknown */
    unsigned range;        /* index into ranges */
    struct flow_set value; /* as stored: bit 0 goes to `address` */
    unsigned by;           /* FLOW_BY_... */
    uint16_t exception; /* the lowest number of an exception that leads here (16: IRQ 0); 0: none */
    uint32_t caller;    /* a call that leads here with these arguments; 0: none */
    bool
        after_once; /* a store to `once` came before on every way from the reset; an exception is taken
                        to come later, a pointer if code mentions it only there */
    uint32_t reading; /* which set of arguments, from 0 */
    uint32_t next;    /* while the code is being read: another one of the same reading, + 1 */
    struct flow_file_set files; /* what it leaves, if it is one of those registers */
};

struct flow_result {
    struct flow_site *sites; /* by pc, address */
    size_t site_count;
    bool complete; /* false: steps_max or memory ended it, there may be more */
    uint32_t steps;
    size_t function_count;   /* read */
    size_t reading_count;    /* functions and sets of arguments */
    struct flow_files files; /* those that sites name */
    uint16_t *led_to;        /* numbers of files that trails lead to, in order */
    size_t led_to_count;
    bool all_gone; /* no trail was given up */
};

/* NULL: out of memory. Free with flow_free. */
struct flow_result *flow_analyse(const struct flow_program *program);
void flow_free(struct flow_result *result);

#endif
