/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
#ifndef VBOARD_CPU_ARMV7M_CODE_H
#define VBOARD_CPU_ARMV7M_CODE_H

/*
 * Decoded code, by page of 1 KB. An instruction is decoded when it is first executed and anew after
 * a change of its bytes. A page has a slot for each halfword, so that the instruction behind one is
 * `step` bytes further on; behind the last halfword lie slots that lead to the next page.
 */
#include "vboard/cpu/armv7m/advance.h"
#include "vboard/cpu/armv7m/core.h"

static inline struct code_page **code_set(struct core *c, uint32_t address)
{
    return &c->code[(address / PAGE ^ address >> 20) % CODE_SETS];
}

/* The instruction at an address of another page than the last; NULL: it cannot be fetched (the stop and
 * c->pc are set). */
const struct insn *code_enter(struct core *c, uint32_t address);

/* The instruction at `address`, which becomes the present page's. */
static inline const struct insn *code_at(struct core *c, uint32_t address)
{
    struct code_page *p = *code_set(c, address);
    if (p == NULL || address - p->base >= PAGE) {
        return code_enter(c, address);
    }
    c->page = p;
    return &p->slots[(address - p->base) / 2];
}

/* Reads `op` again if the slot has not been decoded; for IT blocks. */
const struct insn *code_decoded(struct core *c, const struct insn *i);
/* Decodes the instruction at c->pc into a page of its own, without breakpoints. */
const struct insn *code_single(struct core *c);

/* May not be executed without asking again. */
void code_flush(struct core *c);
/* Bytes of physical memory have changed. */
void code_changed(struct core *c, uint32_t physical, uint32_t size);
/* All of it will be decoded anew. */
void code_forget_all(struct core *c);
/* Whether code was decoded from that page. */
bool code_is_in(const struct core *c, uint32_t physical);
void code_init(struct core *c);
void code_destroy(struct core *c);

/* ---- jumps ---- */

/* BranchWritePC: bit 0 is ignored. */
static inline const struct insn *branch_to(struct core *c, uint32_t address)
{
    return code_at(c, address & ~1u);
}

/* BXWritePC, LoadWritePC: EXC_RETURN and even addresses. */
const struct insn *branch_special(struct core *c, uint32_t address);
static inline bool is_special(uint32_t address)
{
    return (address & 1u) == 0 || address >= 0xF0000000u;
}

static inline const struct insn *branch_exchange(struct core *c, uint32_t address)
{
    return is_special(address) ? branch_special(c, address) : branch_to(c, address);
}

/* As branch_to, and goes on there. */
static inline const struct insn *jump_to(struct core *c, uint32_t address)
{
    struct code_page *p = *code_set(c, address);
    if (p == NULL || address - p->base >= PAGE) {
        return code_enter(c, address & ~1u);
    }
    c->page = p;
    return go_on(c, &p->slots[(address - p->base) / 2]);
}

#endif
