/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
#include "vboard/cpu/armv7m/code.h"

#include "vboard/cpu/armv7m/advance.h"

#include <stdlib.h>
#include <string.h>

#include "vboard/cpu/armv7m/branch.h"
#include "vboard/cpu/armv7m/memory.h"
#include "vboard/cpu/armv7m/pairs.h"

#define LAST_SLOT (PAGE_SLOTS - 1u)
#define SLOTS_BEHIND 2u /* a 32-bit instruction in the last but one halfword goes on at the first */
#define SLOTS_OF_ONE 3u /* a straddle or a step: the instruction, and what lies behind it */

/* ---- decoding ---- */

static uint16_t halfword(const uint8_t *host)
{
    uint16_t half;
    memcpy(&half, host, 2);
    return half;
}

/* 11101, 11110 and 11111 begin 32 bits (DDI 0403 A5.1). */
static bool is_wide(uint16_t first)
{
    return first >= 0xE800u;
}

static const struct insn *undefined(struct core *c, const struct insn *i)
{
    return fault(c, i, ENGINE_UNDEFINED);
}

static const struct insn *at_breakpoint(struct core *c, const struct insn *i)
{
    return fault(c, i, ENGINE_BREAK);
}

/* The stack pointer's bits 1:0 are zero whoever writes it (B5.1.3). */
static const struct insn *aligns_sp(struct core *c, const struct insn *i)
{
    put_aside(c); /* it must not go on by itself */
    const struct insn *next = i->real(c, i);
    c->r[SP] &= ~3u;
    return next;
}

/* SP plus or minus a multiple of 4. */
static bool keeps_sp_aligned(const struct insn *s)
{
    unsigned part = INSN_PART(s->flags);
    return (part == PART_ADDS || part == PART_SUBTRACTS) && s->n == SP && s->imm % 4 == 0;
}

static bool may_unalign_sp(const struct insn *s)
{
    return ((s->flags & INSN_WRITES_D) != 0 && s->d == SP && !keeps_sp_aligned(s)) ||
           ((s->flags & INSN_WRITES_T) != 0 && s->a == SP) ||
           ((s->flags & INSN_WRITES_N) != 0 && s->n == SP);
}

static void wrap(struct insn *s, exec_fn *wrapper)
{
    s->real = s->exec;
    s->exec = wrapper;
}

static bool breaks_at(const struct core *c, uint32_t pc)
{
    for (unsigned i = 0; i < c->break_count; i++) {
        if (c->break_at[i] == pc) {
            return true;
        }
    }
    return false;
}

/* `op`: 16 bits, or 32 with the first halfword on top. */
static void decode(struct core *c, struct insn *s, uint32_t op, bool wide, uint32_t pc)
{
    const struct row *row = wide ? find_row32(op, c->m7) : find_row16(op);
    memset(s, 0, sizeof(*s));
    s->step = (uint8_t)((wide ? 2 : 1) * sizeof(*s));
    s->exec = undefined;
    if (row == NULL) {
        return;
    }
    s->exec = row->exec;
    s->flags = row->flags;
    bool predictable = row->fields(s, op, pc);
    if (row->plain != NULL && s->shift == SHIFT_LSL && s->amount == 0) {
        s->exec = row->plain;
    }
    if (!predictable) {
        c->base.ops->unpredictable(c->base.ctx, pc);
    }
    if (may_unalign_sp(s)) {
        wrap(s, aligns_sp);
    }
}

static void decode_slot(struct core *c, struct code_page *p, struct insn *s, uint32_t op, bool wide)
{
    uint32_t pc = p->base + (uint32_t)(s - p->slots) * 2u;
    decode(c, s, op, wide, pc);
    if (p->whole) {
        branch_within_page(s, pc, p->base);
    }
    if (breaks_at(c, pc)) {
        wrap(s, at_breakpoint);
    }
    c->base.ops->code(c->base.ctx, pc, length_of(s) * 2u);
}

/* ---- pages ---- */

static const struct insn *fresh(struct core *c, const struct insn *i);

/* Behind the page's last instruction. Not an instruction itself. */
static const struct insn *next_page(struct core *c, const struct insn *i)
{
    c->base.meter.left++;
    return code_at(c, address_of(c, i));
}

static void reset_slots(struct code_page *p, unsigned from, unsigned to)
{
    for (unsigned n = from; n < to; n++) {
        p->slots[n].exec = fresh;
        p->slots[n].step = 0; /* run.c: not decoded */
        p->slots[n].flags = 0;
    }
}

/* Joins what has just been decoded with what stands before it, and behind. */
static void join(struct code_page *p, unsigned n)
{
    struct insn *s = &p->slots[n];
    for (unsigned halves = 1; halves <= 2 && halves <= n; halves++) {
        if (next(s - halves) == s) {
            pair_join(s - halves, s);
        }
    }
    unsigned behind = n + length_of(s);
    if (behind < PAGE_SLOTS && p->slots[behind].step != 0) {
        pair_join(s, &p->slots[behind]);
    }
}

static struct code_page *new_page(unsigned slots)
{
    struct code_page *p = calloc(1, sizeof(*p) + slots * sizeof(struct insn));
    if (p == NULL) {
        abort(); /* as everywhere in a simulation under way */
    }
    return p;
}

static struct code_page *new_whole_page(void)
{
    struct code_page *p = new_page(PAGE_SLOTS + SLOTS_BEHIND);
    p->whole = true;
    reset_slots(p, 0, PAGE_SLOTS);
    for (unsigned n = 0; n < SLOTS_BEHIND; n++) {
        p->slots[PAGE_SLOTS + n].exec = next_page;
    }
    return p;
}

static struct code_page *new_single(void)
{
    struct code_page *p = new_page(SLOTS_OF_ONE);
    for (unsigned n = 1; n < SLOTS_OF_ONE; n++) {
        p->slots[n].exec = next_page;
    }
    return p;
}

static struct code_page **set_of_physical(struct core *c, uint32_t physical)
{
    return &c->decoded[(physical / PAGE ^ physical >> 20) % CODE_SETS];
}

static struct code_page *page_of(struct core *c, uint32_t base, uint32_t physical,
                                 const uint8_t *host)
{
    struct code_page **set = set_of_physical(c, physical);
    for (struct code_page *p = *set; p != NULL; p = p->next) {
        if (p->base == base && p->physical == physical) {
            return p;
        }
    }
    struct code_page *p = new_whole_page();
    p->base = base;
    p->physical = physical;
    p->host = host;
    p->next = *set;
    *set = p;
    memory_flush(c); /* it may have been given for writing */
    return p;
}

static void deny_fetch(struct core *c, uint32_t address)
{
    c->denied_access = ENGINE_FETCH;
    c->denied_address = address;
    stop_with(c, ENGINE_DENIED);
}

/* The page at `address`, with leave to execute; NULL: denied. */
static struct code_page *find_page(struct core *c, uint32_t address)
{
    struct code_page **known = code_set(c, address);
    if (*known != NULL && address - (*known)->base < PAGE) {
        return *known;
    }
    struct engine_page page;
    if (!c->base.ops->page(c->base.ctx, address, ENGINE_FETCH, &page)) {
        deny_fetch(c, address);
        return NULL;
    }
    const uint8_t *host = host_of(c, page.physical);
    if (host == NULL) {
        deny_fetch(c, address);
        return NULL;
    }
    *known = page_of(c, address & ~(PAGE - 1u), page.physical & ~(PAGE - 1u), host);
    return *known;
}

const struct insn *code_enter(struct core *c, uint32_t address)
{
    struct code_page *p = find_page(c, address);
    if (p == NULL) {
        c->pc = address;
        return NULL;
    }
    c->page = p;
    return &p->slots[address % PAGE / 2];
}

/* The second halfword of an instruction that begins at a page's last one. False: denied. */
static bool second_halfword(struct core *c, uint32_t address, uint16_t *half)
{
    const struct code_page *p = find_page(c, address);
    if (p == NULL) {
        return false;
    }
    *half = halfword(p->host);
    return true;
}

static const struct insn *enter_straddle(struct core *c, const struct insn *i, uint32_t op)
{
    struct code_page *p = c->page;
    struct code_page *s = p->straddle;
    if (s == NULL) {
        s = p->straddle = new_single();
    }
    if (s->slots[0].exec == NULL || p->straddle_op != op) {
        s->base = address_of(c, i);
        s->straddle_op = p->straddle_op = op;
        decode_slot(c, s, &s->slots[0], op, true);
    }
    c->page = s;
    look_up(c);
    return &s->slots[0];
}

/* The instruction lies across the end of the page: what follows may have changed meanwhile. */
static const struct insn *across(struct core *c, const struct insn *i)
{
    uint32_t pc = address_of(c, i);
    uint16_t second;
    c->base.meter.left++;
    if (!second_halfword(c, pc + 2, &second)) {
        return i;
    }
    uint16_t first = halfword(c->page->host + PAGE - 2);
    return enter_straddle(c, i, (uint32_t)first << 16 | second);
}

/* Decodes a slot of the present page. */
static void fill(struct core *c, const struct insn *i)
{
    struct code_page *p = c->page;
    unsigned n = (unsigned)(i - p->slots);
    uint16_t first = halfword(p->host + n * 2u);
    if (!is_wide(first)) {
        decode_slot(c, p, &p->slots[n], first, false);
    } else if (n == LAST_SLOT) {
        p->slots[n].exec = across;
    } else {
        uint32_t op = (uint32_t)first << 16 | halfword(p->host + n * 2u + 2u);
        decode_slot(c, p, &p->slots[n], op, true);
    }
    join(p, n);
}

static const struct insn *fresh(struct core *c, const struct insn *i)
{
    fill(c, i);
    return i->exec(c, i);
}

const struct insn *code_decoded(struct core *c, const struct insn *i)
{
    while (i != NULL && c->breaks != BREAK_STOP) {
        if (i->exec == fresh) {
            fill(c, i);
        }
        if (i->exec != next_page && i->exec != across) {
            break;
        }
        i = i->exec(c, i);
        c->base.meter.aside--; /* they give back what the loop has not taken yet */
    }
    return i;
}

const struct insn *code_single(struct core *c)
{
    const struct insn *i = code_enter(c, c->pc);
    if (i == NULL) {
        return NULL;
    }
    uint32_t offset = c->pc % PAGE;
    uint16_t first = halfword(c->page->host + offset);
    uint16_t second = 0;
    if (is_wide(first) && offset == PAGE - 2) {
        if (!second_halfword(c, c->pc + 2, &second)) {
            return NULL;
        }
    } else if (is_wide(first)) {
        second = halfword(c->page->host + offset + 2);
    }
    uint32_t op = is_wide(first) ? (uint32_t)first << 16 | second : first;
    c->single->base = c->pc;
    decode(c, &c->single->slots[0], op, is_wide(first), c->pc);
    c->page = c->single;
    return &c->single->slots[0];
}

const struct insn *branch_special(struct core *c, uint32_t address)
{
    if (address >= 0xF0000000u && c->ipsr != 0) {
        c->pc = address;
        stop_with(c, ENGINE_RETURN);
        return NULL;
    }
    if ((address & 1u) == 0) {
        c->thumb = false;
        c->pc = address;
        stop_with(c, ENGINE_STATE);
        return NULL;
    }
    return branch_to(c, address);
}

/* ---- changes ---- */

void code_flush(struct core *c)
{
    memset(c->code, 0, sizeof(c->code));
    round_forget(c);
    c->wants_pages = true;
    look_up(c);
}

/* IT blocks that reach beyond `behind`: of four instructions at most. */
static void forget_blocks(struct code_page *p, unsigned behind)
{
    const unsigned longest = 8;
    for (unsigned n = behind > longest ? behind - longest : 0; n < behind; n++) {
        if ((p->slots[n].flags & INSN_IT) != 0) {
            p->slots[n].list = 0;
        }
    }
}

static void change_page(struct core *c, uint32_t physical, uint32_t from, uint32_t to)
{
    uint32_t page = physical & ~(PAGE - 1u);
    for (struct code_page *p = *set_of_physical(c, physical); p != NULL; p = p->next) {
        if (p->physical == page) {
            /* The instruction that begins in the halfword before ends here; those in front of it may be one
             * of a pair's. */
            unsigned first = from >= 2 ? (from - 2) / 2 : 0;
            for (unsigned n = first >= 2 ? first - 2 : 0; n < first; n++) {
                pair_part(&p->slots[n]);
            }
            forget_blocks(p, first);
            reset_slots(p, first, (to + 1) / 2);
        }
    }
}

void code_changed(struct core *c, uint32_t physical, uint32_t size)
{
    uint32_t end = physical + size;
    round_forget(c);
    while (physical < end) {
        uint32_t from = physical % PAGE;
        uint32_t here = PAGE - from < end - physical ? PAGE - from : end - physical;
        change_page(c, physical, from, from + here);
        physical += here;
    }
}

void code_forget_all(struct core *c)
{
    round_forget(c);
    for (unsigned set = 0; set < CODE_SETS; set++) {
        for (struct code_page *p = c->decoded[set]; p != NULL; p = p->next) {
            reset_slots(p, 0, PAGE_SLOTS);
            free(p->straddle);
            p->straddle = NULL;
        }
    }
    look_up(c);
    c->wants_pages = true; /* the present page may have been a straddle */
}

bool code_is_in(const struct core *c, uint32_t physical)
{
    uint32_t page = physical & ~(PAGE - 1u);
    const struct code_page *p = c->decoded[(physical / PAGE ^ physical >> 20) % CODE_SETS];
    while (p != NULL && p->physical != page) {
        p = p->next;
    }
    return p != NULL;
}

void code_init(struct core *c)
{
    c->single = new_single();
    c->page = c->single;
}

void code_destroy(struct core *c)
{
    for (unsigned set = 0; set < CODE_SETS; set++) {
        while (c->decoded[set] != NULL) {
            struct code_page *p = c->decoded[set];
            c->decoded[set] = p->next;
            free(p->straddle);
            free(p);
        }
    }
    free(c->single);
}
