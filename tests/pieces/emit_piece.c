/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
#include "tests/pieces/emit_piece.h"

#include "tests/pieces/registers.h"

/* ---- clocks (RM0399 9.7) ---- */

struct clock_setting {
    uint8_t divm;
    uint8_t range; /* PLL1RGE: 2 for 4 to 8 MHz, 3 for 8 to 16 (9.7.13) */
    uint16_t divn;
    uint8_t divp;
    bool ahb_1, apb_1; /* not divided by two */
    bool hse, or_hsi;
};

/* From HSI, 64 MHz, or HSE, 8 MHz. */
static const struct clock_setting clock_settings[CLOCKS] = {
    [CLOCK_400] = {.divm = 8, .range = 3, .divn = 100, .divp = 2},
    [CLOCK_200] = {.divm = 8, .range = 3, .divn = 50, .divp = 2},
    [CLOCK_480] = {.divm = 8, .range = 3, .divn = 120, .divp = 2},
    [CLOCK_AHB_400] = {.divm = 8, .range = 3, .divn = 100, .divp = 2, .ahb_1 = true},
    [CLOCK_APB_200] = {.divm = 8, .range = 3, .divn = 100, .divp = 2, .apb_1 = true},
    [CLOCK_VCO_1200] = {.divm = 8, .range = 3, .divn = 150, .divp = 4},
    [CLOCK_INPUT_32] = {.divm = 2, .range = 3, .divn = 25, .divp = 2},
    [CLOCK_HSE] = {.divm = 1, .range = 3, .divn = 100, .divp = 2, .hse = true},
    [CLOCK_HSE_OR_HSI] =
        {.divm = 1, .range = 3, .divn = 100, .divp = 2, .hse = true, .or_hsi = true},
};

/* r5 becomes PLLCKSELR: HSE and DIVM = 1, or HSI and DIVM = 8 if HSE does not come. */
static void emit_hse(const struct clock_setting *c, struct thumb *t)
{
    thumb_or(t, RCC_CR, 5u << 16); /* HSEON, HSEBYP */
    thumb_move(t, 5, 2u | 1u << 4);
    if (!c->or_hsi) {
        thumb_wait(t, RCC_CR, 17, THUMB_MI); /* HSERDY */
        return;
    }
    thumb_move(t, 3, 20000);
    thumb_move(t, 1, RCC_CR);
    uint32_t again = t->at;
    thumb_ldr(t, 0, 1, 0);
    thumb16(t, (31u - 17u) << 6);
    uint32_t ready = thumb_forward(t, THUMB_MI);
    thumb16(t, 0x3B01u); /* SUBS r3, #1 */
    thumb_back(t, THUMB_NE, again);
    thumb_move(t, 5, 0u | 8u << 4);
    thumb_land(t, ready);
}

void emit_clock(enum clocking clocking, struct thumb *t)
{
    const struct clock_setting *c = &clock_settings[clocking];
    uint32_t ppre = c->apb_1 ? 0 : 4u;
    if (c->hse) {
        emit_hse(c, t);
    } else {
        thumb_move(t, 5, (uint32_t)c->divm << 4);
    }
    thumb_set(t, FLASH_ACR, 0x24u); /* 4 wait states, WRHIGHFREQ 2 */
    thumb_set(t, RCC_D1CFGR, (c->ahb_1 ? 0 : 8u) | ppre << 4);
    thumb_set(t, RCC_D2CFGR, ppre << 4 | ppre << 8);
    thumb_set(t, RCC_D3CFGR, ppre << 4);
    thumb_move(t, 1, RCC_PLLCKSELR);
    thumb_str(t, 5, 1, 0);
    thumb_set(t, RCC_PLLCFGR, 1u << 16 | (uint32_t)c->range << 2); /* DIVP1EN, wide VCO */
    thumb_set(t, RCC_PLL1DIVR, (c->divn - 1u) | (c->divp - 1u) << 9 | 1u << 16 | 1u << 24);
    thumb_or(t, RCC_CR, 1u << 24); /* PLL1ON */
    thumb_wait(t, RCC_CR, 25, THUMB_MI);
    thumb_set(t, RCC_CFGR, 3);            /* SW */
    thumb_wait(t, RCC_CFGR, 4, THUMB_MI); /* SWS = 011 in bits 5:3 */
}

/* ---- a store ---- */

static void emit_bits(unsigned lsb, unsigned width, uint32_t value, struct thumb *t)
{
    thumb_move(t, 3, value >> lsb);
    thumb_ldr(t, 0, 1, 0);
    /* BFI r0, r3, #lsb, #width */
    thumb32(t, 0xF363u, (lsb >> 2 & 7u) << 12 | (lsb & 3u) << 6 | (lsb + width - 1));
    thumb_str(t, 0, 1, 0);
}

static void emit_store(const struct plan *p, uint32_t address, unsigned lsb, unsigned width,
                       uint32_t value, struct thumb *t)
{
    switch (p->store) {
    case STORE_LITERAL:
        thumb_literal(t, 1, address);
        thumb_literal(t, 0, value);
        thumb_str(t, 0, 1, 0);
        break;
    case STORE_BYTE:
    case STORE_HALF:
        thumb_move(t, 1, address);
        thumb_move(t, 0, value);
        thumb16(t, p->store == STORE_BYTE ? 0x7008u : 0x8008u); /* STRB, STRH r0, [r1] */
        break;
    case STORE_STRD:
        thumb_move(t, 1, address - 4);
        thumb_move(t, 2, 0);
        thumb_move(t, 3, value);
        thumb32(t, 0xE9C1u, 2u << 12 | 3u << 8); /* STRD r2, r3, [r1] */
        break;
    case STORE_STM:
        thumb_move(t, 1, address - 4);
        thumb_move(t, 2, 0);
        thumb_move(t, 3, value);
        thumb16(t, 0xC10Cu); /* STM r1!, {r2, r3} */
        break;
    case STORE_BFI:
        thumb_move(t, 1, address);
        emit_bits(lsb, width, value, t);
        break;
    default:
        thumb_set(t, address, value);
    }
}

/* ---- faults ---- */

static void emit_trap(unsigned bit, struct thumb *t)
{
    thumb_or(t, SCB_CCR, 1u << bit);
    thumb32(t, 0xF3BFu, 0x8F6Fu); /* ISB */
}

static void emit_divide(struct thumb *t)
{
    thumb16(t, 0x2000u);          /* MOVS r0, #0 */
    thumb32(t, 0xFBB0u, 0xF0F0u); /* UDIV r0, r0, r0 */
}

static void emit_load(uint32_t address, struct thumb *t)
{
    thumb_move(t, 1, address);
    thumb_ldr(t, 0, 1, 0);
}

static void emit_fault(enum fault fault, struct thumb *t)
{
    switch (fault) {
    case FAULT_UDF:
    case FAULT_LOCKUP:
        thumb16(t, 0xDE00u);
        break;
    case FAULT_LDRD:
        thumb_move(t, 1, AXI_SRAM + 0x8001u);
        thumb32(t, 0xE9D1u, 2u << 12 | 3u << 8); /* LDRD r2, r3, [r1] */
        break;
    case FAULT_BAD_ADDRESS:
        emit_load(NOTHING_THERE, t);
        break;
    case FAULT_STACK:
        thumb_move(t, 1, NOTHING_THERE + 0x100u);
        thumb16(t, 0x468Du); /* MOV sp, r1 */
        thumb16(t, 0xB403u); /* PUSH {r0, r1} */
        break;
    case FAULT_DIV_0:
        emit_trap(4, t);
        emit_divide(t);
        break;
    case FAULT_UNALIGN_TRP:
        emit_trap(3, t);
        emit_load(AXI_SRAM + 0x8001u, t);
        break;
    case FAULT_DEVICE:
        emit_load(PWR_CR1 + 1, t);
        break;
    case FAULT_NONE_DIV_0:
        emit_divide(t);
        break;
    default:
        emit_load(AXI_SRAM + 0x8001u, t);
    }
}

/* ---- the piece ---- */

static void emit_what(const struct plan *p, struct thumb *t)
{
    /* VOS3, VOS2, VOS1 are 01, 10, 11 (7.8.7). */
    switch (p->what) {
    case WHAT_CR3:
        emit_store(p, PWR_CR3, 0, 6, p->value, t);
        break;
    case WHAT_ODEN:
        thumb_or(t, RCC_APB4ENR, 2); /* SYSCFGEN */
        emit_store(p, SYSCFG_PWRCR, 0, 1, 1, t);
        break;
    case WHAT_ODEN_UNCLOCKED:
        emit_store(p, SYSCFG_PWRCR, 0, 1, 1, t);
        break;
    case WHAT_VOS:
        emit_store(p, PWR_D3CR, 14, 2, (4u - p->value) << 14, t);
        break;
    case WHAT_LATENCY_0:
        emit_store(p, FLASH_ACR, 0, 4, 0, t);
        break;
    case WHAT_CLOCK:
        emit_clock((enum clocking)p->value, t);
        break;
    case WHAT_FAULT:
        emit_fault((enum fault)p->value, t);
        break;
    default:
        break;
    }
}

void emit_piece(const struct plan *p, struct pieces *pieces, struct thumb *t)
{
    /* Its words must stay where the PC's word is: aligned wherever it goes. */
    thumb_align(t);
    pieces->at = t->base + t->at;
    emit_what(p, t);
    thumb16(t, 0x4770u); /* BX lr */
    thumb_pool(t);
    pieces->end = t->base + t->at;
    pieces->pointer = t->base + t->at;
    thumb_word(t, pieces->at | 1u);
}

static void emit_copied_call(const struct pieces *pieces, uint32_t to, struct thumb *t)
{
    thumb_move(t, 1, pieces->at);
    thumb_move(t, 2, to);
    thumb_move(t, 3, pieces->end);
    uint32_t again = t->at;
    thumb16(t, 0xC910u); /* LDM r1!, {r4} */
    thumb16(t, 0xC210u); /* STM r2!, {r4} */
    thumb16(t, 0x4299u); /* CMP r1, r3 */
    thumb_back(t, THUMB_LO, again);
    thumb32(t, 0xF3BFu, 0x8F4Fu); /* DSB */
    thumb32(t, 0xF3BFu, 0x8F6Fu); /* ISB */
    thumb_move(t, 4, to | 1u);
    thumb16(t, 0x47A0u); /* BLX r4 */
}

void emit_piece_call(const struct plan *p, const struct pieces *pieces, struct thumb *t)
{
    switch (p->call) {
    case CALL_POINTER:
        thumb_move(t, 4, pieces->pointer);
        thumb_ldr(t, 4, 4, 0);
        thumb16(t, 0x47A0u); /* BLX r4 */
        break;
    case CALL_ITCM:
        emit_copied_call(pieces, 0x100u, t);
        break;
    case CALL_AXI:
        /* Either core its own. */
        emit_copied_call(pieces, AXI_SRAM + (t->base == 0x08000000u ? 0x1000u : 0x2000u), t);
        break;
    default:
        thumb_call(t, pieces->at);
    }
}
