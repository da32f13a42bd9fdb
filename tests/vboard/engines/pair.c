/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
#include "tests/vboard/engines/pair.h"

#include <stdlib.h>
#include <string.h>

#include "vboard/cpu/engine_calls.h"

#define CONTROL_FPCA 4u

static bool on_page(void *ctx, uint32_t address, enum engine_access access, struct engine_page *out)
{
    (void)ctx;
    uint32_t page = address & ~(ENGINE_PAGE_SIZE - 1u);
    bool code = page - CODE_BASE < sizeof(((struct lone *)0)->code);
    out->physical = page;
    out->may = ENGINE_MAY_READ | (code ? (unsigned)ENGINE_MAY_EXECUTE : (unsigned)ENGINE_MAY_WRITE);
    bool there = code || page - RAM_BASE < RAM_SIZE;
    bool writes_code = code && access == ENGINE_WRITE;
    return there && !writes_code && (code || access != ENGINE_FETCH);
}

static uint64_t on_read(void *ctx, uint32_t physical, unsigned size)
{
    (void)ctx;
    (void)physical;
    (void)size;
    return 0;
}

static void on_write(void *ctx, uint32_t physical, unsigned size, uint64_t value)
{
    (void)ctx;
    (void)physical;
    (void)size;
    (void)value;
}

static const uint8_t *on_code(void *ctx, uint32_t address, uint32_t size)
{
    struct lone *l = ctx;
    return address - CODE_BASE + size <= sizeof(l->code) ? l->code + (address - CODE_BASE) : NULL;
}

static bool on_refill(void *ctx, uint32_t address)
{
    (void)ctx;
    (void)address;
    return false;
}

static void on_block(void *ctx, const struct engine_block *block)
{
    (void)ctx;
    (void)block;
}

static void on_sev(void *ctx)
{
    (void)ctx;
}

static void on_jump(void *ctx, uint32_t address)
{
    struct lone *l = ctx;
    if (l->jumped != NULL) {
        l->jumped(l, address);
    }
}

static bool on_turn(void *ctx, uint32_t address, uint32_t physical, unsigned size, bool write,
                    bool first)
{
    (void)address;
    (void)ctx;
    (void)physical;
    (void)size;
    (void)write;
    (void)first;
    return true;
}

static bool is_device(void *ctx, uint32_t address)
{
    (void)ctx;
    (void)address;
    return false;
}

static bool use_fp(void *ctx, bool *fresh, uint32_t *fpscr)
{
    (void)ctx;
    *fresh = false;
    *fpscr = 0;
    return true;
}

static void unpredictable(void *ctx, uint32_t pc)
{
    (void)ctx;
    (void)pc;
}

static const struct engine_ops ops = {on_page,   on_read,   on_write, on_code,
                                      on_refill, on_block,  on_sev,   on_jump,
                                      on_turn,   is_device, use_fp,   unpredictable};

struct lone *lone_create(const struct engine_type *type, enum engine_model model)
{
    struct lone *l = aligned_alloc(4096, sizeof(*l));
    if (l == NULL) {
        abort();
    }
    memset(l, 0, sizeof(*l));
    l->engine = engine_create(type, model, &ops, l);
    if (l->engine == NULL || engine_map_host(l->engine, CODE_BASE, sizeof(l->code), l->code) != 0 ||
        engine_map_host(l->engine, RAM_BASE, sizeof(l->ram), l->ram) != 0) {
        abort();
    }
    return l;
}

void lone_destroy(struct lone *l)
{
    engine_destroy(l->engine);
    free(l);
}

static void set_state(struct lone *l, const struct lone_state *s)
{
    struct engine *e = l->engine;
    for (unsigned i = 0; i < 15; i++) {
        engine_set(e, (enum engine_reg)i, s->r[i]);
    }
    engine_set(e, ENGINE_XPSR, s->xpsr);
    engine_set(e, ENGINE_CONTROL, CONTROL_FPCA); /* Unicorn begins a context with FPSCR 0 */
    engine_set(e, ENGINE_FPSCR, s->fpscr);
    for (unsigned i = 0; i < 32; i++) {
        engine_set(e, (enum engine_reg)(ENGINE_S0 + i), s->s[i]);
    }
    engine_set(e, (enum engine_reg)15, CODE_BASE);
}

void lone_get(const struct lone *l, struct lone_state *s)
{
    const struct engine *e = l->engine;
    for (unsigned i = 0; i < 16; i++) {
        s->r[i] = engine_get(e, (enum engine_reg)i);
    }
    s->xpsr = engine_get(e, ENGINE_XPSR);
    s->fpscr = engine_get(e, ENGINE_FPSCR);
    for (unsigned i = 0; i < 32; i++) {
        s->s[i] = engine_get(e, (enum engine_reg)(ENGINE_S0 + i));
    }
}

/* Unicorn stops there, too; its owner goes on (vboard/cpu/run.c). */
static bool is_behind_yield(const struct lone *l)
{
    uint32_t offset = engine_get(l->engine, (enum engine_reg)15) - CODE_BASE;
    uint16_t op = 0;
    if (offset >= 2 && offset <= sizeof(l->code)) {
        memcpy(&op, l->code + offset - 2, sizeof(op));
    }
    return op == 0xBF10 || op == 0x8001;
}

void lone_load(struct lone *l, const struct random_code *code, const struct lone_state *before)
{
    memset(l->code, 0, sizeof(l->code));
    memcpy(l->code, code->halfwords, code->count * sizeof(code->halfwords[0]));
    engine_forget_page(l->engine, CODE_BASE);
    engine_forget_page(l->engine, CODE_BASE + ENGINE_PAGE_SIZE);
    set_state(l, before);
}

static const enum engine_reg masks[3] = {ENGINE_PRIMASK, ENGINE_BASEPRI, ENGINE_FAULTMASK};

void lone_masks(const struct lone *l, struct lone_state *s)
{
    for (unsigned i = 0; i < 3; i++) {
        s->masks[i] = engine_get(l->engine, masks[i]);
    }
}

void lone_again(struct lone *l, int64_t turn, const struct lone_state *before,
                struct lone_state *after)
{
    set_state(l, before);
    for (unsigned i = 0; i < 3; i++) {
        engine_set(l->engine, masks[i], before->masks[i]);
    }
    do {
        l->engine->meter.left = turn;
        after->stop = engine_run(l->engine);
    } while (after->stop == ENGINE_STOPPED || (after->stop == ENGINE_WFE && is_behind_yield(l)));
    lone_get(l, after);
}

void lone_run(struct lone *l, const struct random_code *code, const struct lone_state *before,
              struct lone_state *after)
{
    lone_load(l, code, before);
    l->engine->meter.left = 1000000;
    l->engine->meter.observe = 0;
    do {
        after->stop = engine_run(l->engine);
    } while (after->stop == ENGINE_WFE && is_behind_yield(l));
    lone_get(l, after);
}
