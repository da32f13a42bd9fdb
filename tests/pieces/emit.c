/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
/*
 * An image: vectors, the piece as a function, an interrupt handler that calls it, and a reset handler that has
 * the base. Until the end r7 holds whether (how often) it was started before, r6 the place of the next mark.
 */
#include "tests/pieces/emit.h"

#include "tests/pieces/emit_piece.h"
#include "tests/pieces/registers.h"

#include <string.h>

#define VECTORS 166u /* 16 and 150 interrupts (RM0399 Table 139) */
#define VECTOR_SYSTICK 15u
#define VECTOR_TIM2 (16u + 28u)
#define MAGIC 0x51EED001u

struct role {
    bool has_base, has_piece;
    bool waits; /* 5 ms between base and piece: the other core has its base */
    uint32_t ram_end;
};

uint32_t emit_right_supply(enum wiring wiring)
{
    static const uint8_t right[] = {
        [WIRED_SMPS] = 0x04, [WIRED_LDO] = 0x02, [WIRED_SMPS_LDO] = 0x16, [WIRED_BYPASS] = 0x01};
    return right[wiring];
}

/* ---- was it started before? ---- */

static void emit_counter(struct thumb *t)
{
    thumb_move(t, 6, COUNTER);
    thumb16(t, 0x2700u); /* MOVS r7, #0 */
    uint32_t again = t->at;
    thumb_ldr(t, 0, 6, 0);
    thumb16(t, 0x3001u); /* ADDS r0, #1: erased flash is all ones */
    uint32_t end = thumb_forward(t, THUMB_EQ);
    thumb16(t, 0x3701u); /* ADDS r7, #1 */
    thumb16(t, 0x3620u); /* ADDS r6, #32: a flash word (4.3.3) */
    thumb_jump_back(t, again);
    thumb_land(t, end);
}

static void emit_question(const struct plan *p, struct thumb *t)
{
    uint32_t skip;
    switch (p->when) {
    case WHEN_NTH:
        emit_counter(t);
        return;
    case WHEN_NO_POWER_ON:
        thumb_move(t, 1, RCC_RSR);
        thumb_ldr(t, 0, 1, 0);
        thumb16(t, 0x2700u);          /* MOVS r7, #0 */
        thumb16(t, (31u - 23u) << 6); /* LSLS r0, r0, #8: PORRSTF, bit 23 (9.7.39) */
        skip = thumb_forward(t, THUMB_MI);
        break;
    case WHEN_MAGIC:
        thumb_or(t, RCC_AHB4ENR, 1u << 28); /* BKPRAMEN */
        thumb_move(t, 1, BACKUP_SRAM);
        thumb_move(t, 2, MAGIC);
        thumb_ldr(t, 0, 1, 0);
        thumb16(t, 0x2700u);
        thumb16(t, 0x4280u | 2u << 3); /* CMP r0, r2 */
        skip = thumb_forward(t, THUMB_NE);
        break;
    default:
        return;
    }
    thumb16(t, 0x2701u); /* MOVS r7, #1 */
    thumb_land(t, skip);
}

/* Programs a flash word (4.3.9). */
static void emit_count(struct thumb *t)
{
    thumb_set(t, FLASH_KEYR1, 0x45670123u);
    thumb_set(t, FLASH_KEYR1, 0xCDEF89ABu);
    thumb_set(t, FLASH_CR1, 0x32u); /* PG, PSIZE 64 bits */
    thumb16(t, 0x2000u);            /* MOVS r0, #0 */
    for (unsigned i = 0; i < 8; i++) {
        thumb_str(t, 0, 6, 4 * i);
    }
    thumb32(t, 0xF3BFu, 0x8F4Fu); /* DSB */
    thumb_wait(t, FLASH_SR1, 2, THUMB_PL);
    thumb_set(t, FLASH_CR1, 0x31u); /* LOCK */
}

static void emit_mark(const struct plan *p, struct thumb *t)
{
    if (p->when == WHEN_NTH) {
        emit_count(t);
    } else if (p->when == WHEN_NO_POWER_ON) {
        thumb_or(t, RCC_RSR, 1u << 16); /* RMVF */
    } else if (p->when == WHEN_MAGIC) {
        thumb_or(t, PWR_CR1, 1u << 8); /* DBP */
        thumb_set(t, BACKUP_SRAM, MAGIC);
    }
}

/* ---- when ---- */

static void emit_interrupt(const struct plan *p, struct thumb *t)
{
    if (p->when == WHEN_SYSTICK) {
        thumb_set(t, SYST_CSR + 4, 127999u); /* 2 ms of HSI */
        thumb_set(t, SYST_CSR + 8, 0);
        thumb_set(t, SYST_CSR, 7);
    } else {
        thumb_or(t, RCC_APB1LENR, 1);
        thumb_set(t, TIM2 + 0x2Cu, 99999u); /* ARR */
        thumb_set(t, TIM2 + 0x0Cu, 1);      /* DIER.UIE */
        thumb_set(t, NVIC_ISER0, 1u << 28);
        thumb_set(t, TIM2, 1); /* CR1.CEN */
    }
    thumb16(t, 0xB662u); /* CPSIE i */
}

static void emit_button(const struct plan *p, const struct pieces *pieces, struct thumb *t)
{
    thumb_or(t, RCC_AHB4ENR, 1u << 2);
    thumb_move(t, 1, GPIOC_MODER);
    thumb_move(t, 2, 0xF3FFFFFFu); /* PC13 is an input */
    thumb_str(t, 2, 1, 0);
    if (p->after) {
        thumb_wait(t, GPIOC_IDR, 13, THUMB_MI);
        emit_piece_call(p, pieces, t);
        return;
    }
    thumb_move(t, 1, GPIOC_IDR);
    thumb_ldr(t, 0, 1, 0);
    thumb16(t, (31u - 13u) << 6);
    uint32_t skip = thumb_forward(t, THUMB_PL);
    emit_piece_call(p, pieces, t);
    thumb_land(t, skip);
}

static void emit_if_before(const struct plan *p, const struct pieces *pieces, struct thumb *t)
{
    thumb16(t, 0x2F00u | (p->when == WHEN_NTH ? p->count : 1u)); /* CMP r7, # */
    uint32_t skip = thumb_forward(t, THUMB_LO);
    emit_piece_call(p, pieces, t);
    thumb_land(t, skip);
}

static void emit_when(const struct plan *p, const struct pieces *pieces, struct thumb *t)
{
    /* Two cycles a turn: 64 MHz, or 400. */
    static const uint32_t turns[] = {
        [WHEN_US] = 16000, [WHEN_MS] = 160000, [WHEN_LONG] = 2000000000};
    switch (p->when) {
    case WHEN_SYSTICK:
    case WHEN_TIMER:
        emit_interrupt(p, t);
        return;
    case WHEN_BUTTON:
        emit_button(p, pieces, t);
        return;
    case WHEN_NO_POWER_ON:
    case WHEN_MAGIC:
    case WHEN_NTH:
        emit_if_before(p, pieces, t);
        return;
    case WHEN_US:
    case WHEN_MS:
    case WHEN_LONG:
        thumb_delay(t, turns[p->when]);
        break;
    default:
        break;
    }
    emit_piece_call(p, pieces, t);
}

/* ---- the image ---- */

static void emit_base(const struct plan *p, struct thumb *t)
{
    if (p->base >= BASE_SUPPLY) {
        thumb_set(t, PWR_CR3, emit_right_supply(p->wiring));
        thumb_wait(t, PWR_CSR1, 13, THUMB_MI); /* ACTVOSRDY */
    }
    if (p->base >= BASE_VOS1) {
        thumb_set(t, PWR_D3CR, 0xC000u);
        thumb_wait(t, PWR_D3CR, 13, THUMB_MI); /* VOSRDY */
    }
    if (p->base >= BASE_FAST) {
        emit_clock(CLOCK_400, t);
    }
}

static void emit_reset(const struct plan *p, const struct role *role, const struct pieces *pieces,
                       struct thumb *t)
{
    if (role->has_piece) {
        emit_question(p, t);
        if (!p->after) {
            emit_when(p, pieces, t);
        }
    }
    if (role->has_base) {
        emit_base(p, t);
    }
    if (role->has_piece) {
        if (role->waits && p->after) {
            thumb_delay(t, 160000);
        }
        emit_mark(p, t);
        if (p->after) {
            emit_when(p, pieces, t);
        }
    }
    thumb_jump_back(t, t->at);
}

/* It comes once. */
static uint32_t emit_handler(const struct plan *p, const struct pieces *pieces, struct thumb *t)
{
    uint32_t at = t->at;
    thumb16(t, 0xB570u); /* PUSH {r4-r6, lr} */
    if (p->when == WHEN_SYSTICK) {
        thumb_set(t, SYST_CSR, 0);
    } else {
        thumb_set(t, TIM2, 0);
        thumb_set(t, TIM2 + 0x10u, 0); /* SR */
    }
    emit_piece_call(p, pieces, t);
    thumb16(t, 0xBD70u); /* POP {r4-r6, pc} */
    return at;
}

static void emit_vectors(struct thumb *t, const struct role *role, uint32_t reset, uint32_t handler,
                         uint32_t trouble)
{
    thumb_put_word(t, 0, role->ram_end);
    for (unsigned i = 1; i < VECTORS; i++) {
        thumb_put_word(t, 4 * i, (t->base + trouble) | 1u);
    }
    thumb_put_word(t, 4, (t->base + reset) | 1u);
    thumb_put_word(t, 4 * VECTOR_SYSTICK, (t->base + handler) | 1u);
    thumb_put_word(t, 4 * VECTOR_TIM2, (t->base + handler) | 1u);
}

static void emit_image(const struct plan *p, const struct role *role, uint32_t base,
                       struct thumb *t)
{
    struct pieces pieces = {0};
    memset(t, 0, sizeof *t);
    t->base = base;
    t->at = 4 * VECTORS;
    uint32_t trouble = t->at;
    uint32_t handler = trouble;
    if (p->what == WHAT_FAULT && p->value == FAULT_LOCKUP && role->has_piece) {
        thumb16(t, 0xDE00u); /* UDF */
    }
    thumb_jump_back(t, t->at);
    if (role->has_piece) {
        emit_piece(p, &pieces, t);
        handler = emit_handler(p, &pieces, t);
    }
    thumb_align(t);
    uint32_t reset = t->at;
    emit_reset(p, role, &pieces, t);
    thumb_pool(t);
    emit_vectors(t, role, reset, handler, trouble);
}

void emit_cm7(const struct plan *p, struct thumb *t)
{
    const struct role role = {.has_base = p->who != WHO_CM4_ALONE,
                              .has_piece = p->who == WHO_CM7 || p->who == WHO_BOTH,
                              .ram_end = 0x20020000u}; /* DTCM */
    emit_image(p, &role, EMIT_CM7, t);
}

bool emit_cm4(const struct plan *p, struct thumb *t)
{
    const struct role role = {.has_base = p->who != WHO_CM4_BESIDE,
                              .has_piece = true,
                              .waits = p->who == WHO_CM4_BESIDE,
                              .ram_end = 0x24040000u}; /* AXI SRAM: it needs no clock (Table 7) */
    if (p->who != WHO_CM7) {
        emit_image(p, &role, EMIT_CM4, t);
    }
    return p->who != WHO_CM7;
}
