/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
#include "vboard/cpu/armv7m/pairs.h"

#include "vboard/cpu/armv7m/advance.h"
#include "vboard/cpu/armv7m/core.h"
#include "vboard/cpu/armv7m/memory.h"

/* ---- the first ones: what they do; false: nothing, it takes more than plain RAM ---- */

ALWAYS_INLINE bool load_word(struct core *c, const struct insn *i, uint32_t address)
{
    const uint8_t *host = fast(&c->readable, address, 4);
    if (host == NULL) {
        return false;
    }
    memcpy(&c->r[i->a], host, 4);
    return true;
}

ALWAYS_INLINE bool do_ldr_imm(struct core *c, const struct insn *i)
{
    return load_word(c, i, c->r[i->n] + i->imm);
}

ALWAYS_INLINE bool do_ldr_lit(struct core *c, const struct insn *i)
{
    return load_word(c, i, i->imm);
}

ALWAYS_INLINE bool load_byte(struct core *c, const struct insn *i, uint32_t address, uint32_t base)
{
    const uint8_t *host = fast(&c->readable, address, 1);
    if (host == NULL) {
        return false;
    }
    c->r[i->n] = base;
    c->r[i->a] = *host;
    return true;
}

ALWAYS_INLINE bool do_ldrb_imm(struct core *c, const struct insn *i)
{
    return load_byte(c, i, c->r[i->n] + i->imm, c->r[i->n]);
}

ALWAYS_INLINE bool do_ldrb_post(struct core *c, const struct insn *i)
{
    return load_byte(c, i, c->r[i->n], c->r[i->n] + i->imm);
}

ALWAYS_INLINE bool do_str_imm(struct core *c, const struct insn *i)
{
    uint8_t *host = fast(&c->writable, c->r[i->n] + i->imm, 4);
    if (host == NULL) {
        return false;
    }
    memcpy(host, &c->r[i->a], 4);
    return true;
}

ALWAYS_INLINE bool do_strb_imm(struct core *c, const struct insn *i)
{
    uint8_t *host = fast(&c->writable, c->r[i->n] + i->imm, 1);
    if (host == NULL) {
        return false;
    }
    *host = (uint8_t)c->r[i->a];
    return true;
}

ALWAYS_INLINE bool do_mov_any(struct core *c, const struct insn *i)
{
    c->r[i->d] = c->r[i->m];
    return true;
}

ALWAYS_INLINE bool do_mov_imm(struct core *c, const struct insn *i)
{
    c->r[i->d] = i->imm;
    return true;
}

ALWAYS_INLINE bool do_movs_imm(struct core *c, const struct insn *i)
{
    c->r[i->d] = i->imm;
    set_nz(c, i->imm);
    c->c = i->shift != 0 ? i->imm >> 31 : c->c;
    return true;
}

ALWAYS_INLINE bool do_add_imm(struct core *c, const struct insn *i)
{
    c->r[i->d] = c->r[i->n] + i->imm;
    return true;
}

ALWAYS_INLINE bool do_adds_imm(struct core *c, const struct insn *i)
{
    c->r[i->d] = sum_flags(c, c->r[i->n], i->imm);
    return true;
}

ALWAYS_INLINE bool do_subs_imm(struct core *c, const struct insn *i)
{
    c->r[i->d] = subtract_flags(c, c->r[i->n], i->imm);
    return true;
}

ALWAYS_INLINE bool do_cmp_imm(struct core *c, const struct insn *i)
{
    subtract_flags(c, c->r[i->n], i->imm);
    return true;
}

ALWAYS_INLINE bool do_cmp_reg(struct core *c, const struct insn *i)
{
    subtract_flags(c, c->r[i->n], c->r[i->m]);
    return true;
}

/* ---- the second ones ---- */

#define AFTER(name)                                                                                \
    ALWAYS_INLINE const struct insn *after_##name(struct core *c, const struct insn *i)            \
    {                                                                                              \
        return do_##name(c, i) ? done(c, i) : name(c, i);                                          \
    }
FOR_FIRSTS(AFTER)

#define AFTER_BRANCH(name, test)                                                                   \
    ALWAYS_INLINE const struct insn *after_##name(struct core *c, const struct insn *i)            \
    {                                                                                              \
        return go_on(c, (test) ? i + (int32_t)i->imm : next(i));                                   \
    }
AFTER_BRANCH(beq_near, c->z == 0)
AFTER_BRANCH(bne_near, c->z != 0)
AFTER_BRANCH(bcs_near, c->c != 0)
AFTER_BRANCH(bcc_near, c->c == 0)
AFTER_BRANCH(bhi_near, c->c != 0 && c->z != 0)
AFTER_BRANCH(bls_near, c->c == 0 || c->z == 0)
AFTER_BRANCH(cbz_near, c->r[i->n] == 0)
AFTER_BRANCH(cbnz_near, c->r[i->n] != 0)
AFTER_BRANCH(b_near, true)

/* Round a loop, which branch.c may look at. */
#define AFTER_BACK(name, test)                                                                     \
    ALWAYS_INLINE const struct insn *after_##name(struct core *c, const struct insn *i)            \
    {                                                                                              \
        return (test) ? name(c, i) : done(c, i);                                                   \
    }
AFTER_BACK(beq_back, c->z == 0)
AFTER_BACK(bne_back, c->z != 0)
AFTER_BACK(bcc_back, c->c == 0)
AFTER_BACK(bhi_back, c->c != 0 && c->z != 0)
AFTER_BACK(bl_near, true)

/* ---- pairs ---- */

#define PAIR(first, second)                                                                        \
    static const struct insn *first##_then_##second(struct core *c, const struct insn *i)          \
    {                                                                                              \
        const bool alone =                                                                         \
            c->base.meter.left == 0; /* there is no more leave than for the first one */           \
        if (__builtin_expect(alone, 0) || !do_##first(c, i)) {                                     \
            return first(c, i);                                                                    \
        }                                                                                          \
        const struct insn *j = next(i);                                                            \
        c->base.meter.left--;                                                                      \
        return after_##second(c, j);                                                               \
    }

/* For each second one; FOR_FIRSTS cannot be expanded within itself. */
/* clang-format off */
#define FOR_SECONDS(X, f)                                                    \
    X(f, ldr_imm) X(f, ldr_lit) X(f, ldrb_imm) X(f, ldrb_post)               \
    X(f, str_imm) X(f, strb_imm) X(f, mov_any) X(f, mov_imm) X(f, movs_imm)  \
    X(f, add_imm) X(f, adds_imm) X(f, subs_imm) X(f, cmp_imm) X(f, cmp_reg)  \
    X(f, beq_near) X(f, bne_near) X(f, bcs_near) X(f, bcc_near)              \
    X(f, bhi_near) X(f, bls_near) X(f, beq_back) X(f, bne_back)              \
    X(f, bcc_back) X(f, bhi_back) X(f, cbz_near) X(f, cbnz_near)             \
    X(f, b_near) X(f, bl_near)
/* clang-format on */

#define PAIRS_OF(first) FOR_SECONDS(PAIR, first)
FOR_FIRSTS(PAIRS_OF)

#define ADDRESS(name) name,
#define COUNT(name) +1
#define FIRSTS (0u FOR_FIRSTS(COUNT))
#define SECONDS (FIRSTS FOR_BRANCHES(COUNT))
/* The firsts are the first of the seconds. */
static exec_fn *const seconds[SECONDS] = {FOR_FIRSTS(ADDRESS) FOR_BRANCHES(ADDRESS)};

#define PAIR_ADDRESS(first, second) first##_then_##second,
#define ROW_OF(first) {FOR_SECONDS(PAIR_ADDRESS, first)},
static exec_fn *const pairs[FIRSTS][SECONDS] = {FOR_FIRSTS(ROW_OF)};

static unsigned index_of(exec_fn *const *list, unsigned count, exec_fn *exec)
{
    unsigned n = 0;
    while (n < count && list[n] != exec) {
        n++;
    }
    return n;
}

/* Which of `seconds` it is, as the first one of a pair, too; SECONDS: none. */
static unsigned kind_of(const struct insn *i)
{
    if ((i->flags & INSN_PAIRED) == 0) {
        return index_of(seconds, SECONDS, i->exec);
    }
    return index_of(&pairs[0][0], FIRSTS * SECONDS, i->exec) / SECONDS;
}

/* MOV to or from PC. */
static bool touches_pc(const struct insn *i, unsigned kind)
{
    return seconds[kind] == mov_any && (i->d == PC || i->m == PC);
}

void pair_join(struct insn *first, const struct insn *second)
{
    unsigned f = kind_of(first);
    unsigned s = f < FIRSTS ? kind_of(second) : SECONDS;
    if (s < SECONDS && !touches_pc(first, f) && !touches_pc(second, s)) {
        first->exec = pairs[f][s];
        first->flags |= INSN_PAIRED;
    }
}

void pair_part(struct insn *first)
{
    if ((first->flags & INSN_PAIRED) != 0) {
        first->exec = seconds[kind_of(first)];
        first->flags &= (uint16_t)~INSN_PAIRED;
    }
}
