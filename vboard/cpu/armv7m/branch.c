/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
/* Branches, table branches, supervisor calls: DDI 0403 A5.2.6, A5.2.7, A5.3.4, A5.3.6. */
#include "vboard/cpu/armv7m/branch.h"

#include "vboard/cpu/armv7m/advance.h"
#include "vboard/cpu/armv7m/code.h"
#include "vboard/cpu/armv7m/counting.h"
#include "vboard/cpu/armv7m/groups.h"
#include "vboard/cpu/armv7m/memory.h"
#include "vboard/cpu/armv7m/pairs.h"

/* ---- what they do: imm is the target, or for the near ones a number of slots ---- */

static const struct insn *b(struct core *c, const struct insn *i)
{
    return jump_to(c, i->imm);
}

const struct insn *b_near(struct core *c, const struct insn *i)
{
    return go_on(c, i + (int32_t)i->imm);
}

static const struct insn *b_cond(struct core *c, const struct insn *i)
{
    return condition(c, i->cond) ? jump_to(c, i->imm) : next(i);
}

/* Back, and perhaps round a loop that only counts: `list` times without a look at it. `i` lies in `page`, `top`
 * in the present one. */
static inline const struct insn *back_to(struct core *c, const struct insn *top,
                                         struct code_page *page, const struct insn *i)
{
    struct insn *self = &page->slots[i - page->slots];
    if (self->list > 0) {
        self->list--;
    } else {
        self->list = counting_skip(c, top, i, page);
    }
    return top;
}

/* Apart, so that the usual way needs no frame. */
static __attribute__((noinline)) const struct insn *back_with_a_look(struct core *c,
                                                                     const struct insn *i)
{
    return go_on(c, back_to(c, i + (int32_t)i->imm, c->page, i));
}

static const struct insn *back(struct core *c, const struct insn *i)
{
    struct insn *self = &c->page->slots[i - c->page->slots];
    if (self->list == 0) {
        return back_with_a_look(c, i);
    }
    self->list--;
    return go_on(c, i + (int32_t)i->imm);
}

/* Likewise, into the page before. */
static const struct insn *b_cond_back(struct core *c, const struct insn *i)
{
    struct code_page *page = c->page;
    if (!condition(c, i->cond)) {
        return done(c, i);
    }
    const struct insn *top = branch_to(c, i->imm);
    return top != NULL ? go_on(c, back_to(c, top, page, i)) : NULL;
}

#define NEAR(name, test)                                                                           \
    exec_fn name##_near; /* some are in pairs.c, too */                                            \
    const struct insn *name##_near(struct core *c, const struct insn *i)                           \
    {                                                                                              \
        return go_on(c, (test) ? i + (int32_t)i->imm : next(i));                                   \
    }
#define NEAR_OR_BACK(name, test)                                                                   \
    NEAR(name, test)                                                                               \
    exec_fn name##_back; /* some are in pairs.c, too */                                            \
    const struct insn *name##_back(struct core *c, const struct insn *i)                           \
    {                                                                                              \
        return (test) ? back(c, i) : done(c, i);                                                   \
    }

#define N_IS_V ((c->n ^ c->v) >> 31 == 0)
NEAR_OR_BACK(beq, c->z == 0)
NEAR_OR_BACK(bne, c->z != 0)
NEAR_OR_BACK(bcs, c->c != 0)
NEAR_OR_BACK(bcc, c->c == 0)
NEAR_OR_BACK(bmi, c->n >> 31 != 0)
NEAR_OR_BACK(bpl, c->n >> 31 == 0)
NEAR_OR_BACK(bvs, c->v >> 31 != 0)
NEAR_OR_BACK(bvc, c->v >> 31 == 0)
NEAR_OR_BACK(bhi, c->c != 0 && c->z != 0)
NEAR_OR_BACK(bls, c->c == 0 || c->z == 0)
NEAR_OR_BACK(bge, N_IS_V)
NEAR_OR_BACK(blt, !N_IS_V)
NEAR_OR_BACK(bgt, N_IS_V && c->z != 0)
NEAR_OR_BACK(ble, !N_IS_V || c->z == 0)
NEAR(cbz, c->r[i->n] == 0)
NEAR(cbnz, c->r[i->n] != 0)

static exec_fn *const back_by_cond[14] = {beq_back, bne_back, bcs_back, bcc_back, bmi_back,
                                          bpl_back, bvs_back, bvc_back, bhi_back, bls_back,
                                          bge_back, blt_back, bgt_back, ble_back};
static exec_fn *const near_by_cond[14] = {beq_near, bne_near, bcs_near, bcc_near, bmi_near,
                                          bpl_near, bvs_near, bvc_near, bhi_near, bls_near,
                                          bge_near, blt_near, bgt_near, ble_near};

static const struct insn *cbz(struct core *c, const struct insn *i)
{
    return c->r[i->n] == 0 ? jump_to(c, i->imm) : next(i);
}

static const struct insn *cbnz(struct core *c, const struct insn *i)
{
    return c->r[i->n] != 0 ? jump_to(c, i->imm) : next(i);
}

static const struct insn *bl(struct core *c, const struct insn *i)
{
    c->r[LR] = i->link;
    return jump_to(c, i->imm);
}

const struct insn *bl_near(struct core *c, const struct insn *i)
{
    c->r[LR] = i->link;
    return go_on(c, i + (int32_t)i->imm);
}

static const struct insn *bx(struct core *c, const struct insn *i)
{
    uint32_t target = operand(c, i, i->m);
    return is_special(target) ? branch_special(c, target) : jump_to(c, target);
}

/* BLX is no exception return (BLXWritePC). */
static const struct insn *blx(struct core *c, const struct insn *i)
{
    uint32_t target = operand(c, i, i->m);
    c->r[LR] = i->link;
    if ((target & 1u) == 0) {
        return branch_special(c, target);
    }
    return jump_to(c, target);
}

static const struct insn *tbb(struct core *c, const struct insn *i)
{
    uint32_t halfwords = 0;
    c->at = i;
    if (!load8(c, operand(c, i, i->n) + c->r[i->m], &halfwords)) {
        return undone(c, i);
    }
    return branch_to(c, address_of(c, i) + 4 + 2 * halfwords);
}

static const struct insn *tbh(struct core *c, const struct insn *i)
{
    uint32_t halfwords = 0;
    c->at = i;
    if (!load16(c, operand(c, i, i->n) + c->r[i->m] * 2, &halfwords)) {
        return undone(c, i);
    }
    return branch_to(c, address_of(c, i) + 4 + 2 * halfwords);
}

static const struct insn *svc(struct core *c, const struct insn *i)
{
    stop_with(c, ENGINE_SVC);
    return next(i);
}

/* The PC stays on it; it counts as executed. */
static const struct insn *bkpt(struct core *c, const struct insn *i)
{
    stop_with(c, ENGINE_BKPT);
    return i;
}

static const struct insn *udf(struct core *c, const struct insn *i)
{
    return fault(c, i, ENGINE_UNDEFINED);
}

/* ---- operands ---- */

static bool cond_imm8(struct insn *s, uint32_t op, uint32_t pc)
{
    s->cond = (uint8_t)bits(op, 11, 8);
    s->imm = pc + 4 + sign_extend(bits(op, 7, 0) << 1, 9);
    return true;
}

static bool imm11(struct insn *s, uint32_t op, uint32_t pc)
{
    s->imm = pc + 4 + sign_extend(bits(op, 10, 0) << 1, 12);
    return true;
}

static bool n0_imm6(struct insn *s, uint32_t op, uint32_t pc)
{
    s->n = (uint8_t)bits(op, 2, 0);
    s->imm = pc + 4 + (bit(op, 9) << 6 | bits(op, 7, 3) << 1);
    return true;
}

static bool cond_imm20(struct insn *s, uint32_t op, uint32_t pc)
{
    s->cond = (uint8_t)bits(op, 25, 22);
    uint32_t offset = bit(op, 26) << 20 | bit(op, 11) << 19 | bit(op, 13) << 18 |
                      bits(op, 21, 16) << 12 | bits(op, 10, 0) << 1;
    s->imm = pc + 4 + sign_extend(offset, 21);
    return true;
}

static bool imm24(struct insn *s, uint32_t op, uint32_t pc)
{
    uint32_t sign = bit(op, 26);
    uint32_t i1 = (bit(op, 13) ^ sign) ^ 1u;
    uint32_t i2 = (bit(op, 11) ^ sign) ^ 1u;
    uint32_t offset =
        sign << 24 | i1 << 23 | i2 << 22 | bits(op, 25, 16) << 12 | bits(op, 10, 0) << 1;
    s->imm = pc + 4 + sign_extend(offset, 25);
    return true;
}

static bool link_imm24(struct insn *s, uint32_t op, uint32_t pc)
{
    s->link = (pc + 4) | 1u;
    return imm24(s, op, pc);
}

static bool m3(struct insn *s, uint32_t op, uint32_t pc)
{
    (void)pc;
    s->m = (uint8_t)bits(op, 6, 3);
    return bits(op, 2, 0) == 0;
}

static bool link_m3_not_pc(struct insn *s, uint32_t op, uint32_t pc)
{
    s->link = (pc + 2) | 1u;
    return m3(s, op, pc) && s->m != PC;
}

static bool m3_not_pc(struct insn *s, uint32_t op, uint32_t pc)
{
    return m3(s, op, pc) && s->m != PC;
}

static bool table(struct insn *s, uint32_t op, uint32_t pc)
{
    (void)pc;
    s->n = (uint8_t)bits(op, 19, 16);
    s->m = (uint8_t)bits(op, 3, 0);
    return s->n != SP && !is_sp_or_pc(s->m);
}

static bool number(struct insn *s, uint32_t op, uint32_t pc)
{
    (void)pc;
    s->imm = op & 0xFFu;
    return true;
}

void branch_within_page(struct insn *s, uint32_t pc, uint32_t base)
{
    exec_fn *near = NULL;
    if (s->exec == b) {
        near = b_near;
    } else if (s->exec == bl) {
        near = bl_near;
    } else if (s->exec == b_cond && s->cond < 14) {
        near = near_by_cond[s->cond];
    } else if (s->exec == cbz || s->exec == cbnz) {
        near = s->exec == cbz ? cbz_near : cbnz_near;
    }
    bool loops =
        s->exec == b_cond && s->cond < 14 && s->imm < pc && counting_is_possible((pc - s->imm) / 2);
    if (near != NULL && s->imm - base < PAGE) {
        s->exec = loops ? back_by_cond[s->cond] : near;
        s->imm = (uint32_t)((int32_t)(s->imm - pc) / 2);
    } else if (loops) {
        s->exec = b_cond_back;
    }
}

/* ---- encodings ---- */

#define B INSN_BRANCH
#define E INSN_EFFECT

const struct row rows16_branch[] = {
    {0xFF80, 0x4700, "BX T1", bx, m3_not_pc, B, NULL},
    {0xFF80, 0x4780, "BLX (register) T1", blx, link_m3_not_pc, B, NULL},
    {0xFD00, 0xB100, "CBZ T1", cbz, n0_imm6, B, NULL},
    {0xFD00, 0xB900, "CBNZ T1", cbnz, n0_imm6, B, NULL},
    {0xFF00, 0xDE00, "UDF T1", udf, number, 0, NULL},
    {0xFF00, 0xDF00, "SVC T1", svc, number, E, NULL},
    {0xF000, 0xD000, "B T1", b_cond, cond_imm8, B, NULL},
    {0xF800, 0xE000, "B T2", b, imm11, B, NULL},
    {0xFF00, 0xBE00, "BKPT T1", bkpt, number, E | INSN_ALWAYS, NULL},
    {0, 0, NULL, NULL, NULL, 0, NULL},
};

/* B T3 stands behind the rows whose condition would be 111x (system.c). */
const struct row rows32_branch[] = {
    {0xFFF0F000, 0xF7F0A000, "UDF T2", udf, number, 0, NULL},
    {0xF800D000, 0xF0008000, "B T3", b_cond, cond_imm20, B, NULL},
    {0xF800D000, 0xF0009000, "B T4", b, imm24, B, NULL},
    {0xF800D000, 0xF000D000, "BL T1", bl, link_imm24, B, NULL},
    {0, 0, NULL, NULL, NULL, 0, NULL},
};

const struct row rows32_table_branch[] = {
    {0xFFF0FFF0, 0xE8D0F000, "TBB T1", tbb, table, B, NULL},
    {0xFFF0FFF0, 0xE8D0F010, "TBH T1", tbh, table, B, NULL},
    {0, 0, NULL, NULL, NULL, 0, NULL},
};
