/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
/*
 * The register maps of the timers: RM0399 Rev 4 Tables 355 and 356 (TIM1, TIM8), 360 (TIM2-5), 42.4.16 (TIM12), 42.5.14
 * (TIM13/14), 43.5.21 (TIM15), 43.6.21 (TIM16/17), 44.4.9 (TIM6/7). One list of hooks for all; the
 * masks differ.
 */
#include "vboard/periph/tim/parts.h"

/* clang-format off */
#define HOOKS .intercept = tim_before_write, .write = tim_write

/* A read of CR1 shows DIR and CEN as they are now, SR the flags. */
#define CR1(mask) [R_CR1] = {.offset = 0x00, .name = "CR1", .rw = (mask), .read = tim_read, HOOKS}
#define CR2(mask) \
    [R_CR2] = {.offset = 0x04, .name = "CR2", .rw = (mask), HOOKS}
#define SMCR(mask) \
    [R_SMCR] = {.offset = 0x08, .name = "SMCR", .rw = (mask), HOOKS}
#define DIER(mask)                                                                                  \
    [R_DIER] = {.offset = 0x0C, .name = "DIER", .rw = (mask), HOOKS}
/* Flags are cleared by writing ~FLAG, as ST's sources do: ones in reserved bits are the rule. */
#define SR(mask)                                                                                    \
    [R_SR] = {.offset = 0x10, .name = "SR", .w0c = (mask), .ignored = ~(mask),                      \
              .unmodelled = (mask) & SR_SBIF, .read = tim_read, HOOKS}
#define EGR(mask) [R_EGR] = {.offset = 0x14, .name = "EGR", .wo = (mask), HOOKS}
#define CCMR(n, mask) \
    [R_CCMR##n] = {.offset = 0x14 + 4 * n, .name = "CCMR" #n, .rw = (mask), HOOKS}
#define CCMR3(mask) [R_CCMR3] = {.offset = 0x54, .name = "CCMR3", .rw = (mask), HOOKS}
#define CCER(mask)                                                                                  \
    [R_CCER] = {.offset = 0x20, .name = "CCER", .rw = (mask), HOOKS}
#define CNT(mask, flag) \
    [R_CNT] = {.offset = 0x24, .name = "CNT", .rw = (mask), .ro = (flag), .read = tim_read_cnt, HOOKS}
#define PSC [R_PSC] = {.offset = 0x28, .name = "PSC", .rw = 0xFFFFu, HOOKS}
#define ARR(mask) [R_ARR] = {.offset = 0x2C, .name = "ARR", .reset = (mask), .rw = (mask), HOOKS}
#define RCR(mask) [R_RCR] = {.offset = 0x30, .name = "RCR", .rw = (mask), HOOKS}
#define CCR(n, mask) \
    [R_CCR##n] = {.offset = 0x30 + 4 * n, .name = "CCR" #n, .rw = (mask), .read = tim_read_ccr, HOOKS}
#define CCR56(n, mask)                                                                              \
    [R_CCR##n] = {.offset = 0x44 + 4 * n, .name = "CCR" #n, .rw = (mask), HOOKS}
#define BDTR(mask)                                                                                  \
    [R_BDTR] = {.offset = 0x44, .name = "BDTR", .rw = (mask), .unmodelled = (mask) & BREAK_FILTERS, \
                HOOKS}
#define DCR \
    [R_DCR] = {.offset = 0x48, .name = "DCR", .rw = 0x1F1Fu, HOOKS}
#define DMAR(mask)                                                                                  \
    [R_DMAR] = {.offset = 0x4C, .name = "DMAR", .rw = (mask), .ignored = ~(mask), .read = tim_read_dmar,                \
                .intercept = tim_write_dmar}
#define AF1(value, mask, left_out)                                                                  \
    [R_AF1] = {.offset = 0x60, .name = "AF1", .reset = (value), .rw = (mask), .unmodelled = (left_out), \
               HOOKS}
#define AF2(value, mask, left_out)                                                                  \
    [R_AF2] = {.offset = 0x64, .name = "AF2", .reset = (value), .rw = (mask), .unmodelled = (left_out), \
               HOOKS}
#define TISEL(mask) [R_TISEL] = {.offset = 0x68, .name = "TISEL", .rw = (mask), HOOKS}

#define UIFCPY 0x80000000u
/* Breaks by comparators and DFSDM. */
#define AF_OTHERS 0x0D06u
#define BREAK_FILTERS 0x00FF0000u

#define FOUR_CHANNELS(width, flag)                                                                  \
    {                                                                                               \
        CR1(0xBFFu), CR2(0xF8u), SMCR(0x0031FFF7u), DIER(0x5F5Fu), SR(0x1E5Fu), EGR(0x5Fu),         \
        CCMR(1, 0x0101FFFFu), CCMR(2, 0x0101FFFFu), CCER(0xBBBBu), CNT(width, flag), PSC,           \
        ARR(width), CCR(1, width), CCR(2, width), CCR(3, width), CCR(4, width), DCR, DMAR(0xFFFFu),          \
        AF1(0, 0x0003C000u, 0x0003C000u), TISEL(0x0F0F0F0Fu)                                                     \
    }

static const struct reg tim1_regs[R_COUNT] = {
    CR1(0xBFFu), CR2(0x00F57FFDu), SMCR(0x0031FFF7u), DIER(0x7FFFu), SR(0x00033FFFu), EGR(0x1FFu),
    CCMR(1, 0x0101FFFFu), CCMR(2, 0x0101FFFFu), CCMR3(0x0101FCFCu), CCER(0x0033BFFFu),
    CNT(0xFFFFu, UIFCPY), PSC, ARR(0xFFFFu), RCR(0xFFFFu), CCR(1, 0xFFFFu), CCR(2, 0xFFFFu),
    CCR(3, 0xFFFFu), CCR(4, 0xFFFFu), CCR56(5, 0xE000FFFFu), CCR56(6, 0xFFFFu), BDTR(0x03FFFFFFu),
    DCR, DMAR(0xFFFFFFFFu), AF1(1, 0x0003CF07u, 0x0003C000u | AF_OTHERS), AF2(1, 0xF07u, AF_OTHERS),
    TISEL(0x0F0F0F0Fu),
};

static const struct reg tim2_regs[R_COUNT] = FOUR_CHANNELS(0xFFFFFFFFu, 0);
static const struct reg tim3_regs[R_COUNT] = FOUR_CHANNELS(0xFFFFu, UIFCPY);

static const struct reg tim6_regs[R_COUNT] = {
    CR1(0x88Fu), CR2(0x70u), DIER(0x101u), SR(0x1u), EGR(0x1u), CNT(0xFFFFu, UIFCPY), PSC,
    ARR(0xFFFFu),
};

static const struct reg tim12_regs[R_COUNT] = {
    CR1(0xB8Fu), CR2(0xF0u), SMCR(0x003100F7u), DIER(0x47u), SR(0x647u), EGR(0x47u),
    CCMR(1, 0x0101FFFFu), CCER(0xBBu), CNT(0xFFFFu, UIFCPY), PSC, ARR(0xFFFFu),
    CCR(1, 0xFFFFu), CCR(2, 0xFFFFu), TISEL(0xF0Fu),
};

static const struct reg tim13_regs[R_COUNT] = {
    CR1(0xB8Fu), DIER(0x3u), SR(0x203u), EGR(0x3u), CCMR(1, 0x000100FFu), CCER(0xBu),
    CNT(0xFFFFu, UIFCPY), PSC, ARR(0xFFFFu), CCR(1, 0xFFFFu), TISEL(0xFu),
};

static const struct reg tim15_regs[R_COUNT] = {
    CR1(0xB8Fu), CR2(0x7FDu), SMCR(0x003100F7u), DIER(0x63E7u), SR(0x6E7u), EGR(0xE7u),
    CCMR(1, 0x0101FFFFu), CCER(0xBFu), CNT(0xFFFFu, UIFCPY), PSC, ARR(0xFFFFu), RCR(0xFFu),
    CCR(1, 0xFFFFu), CCR(2, 0xFFFFu), BDTR(0x000FFFFFu), DCR, DMAR(0xFFFFu), AF1(1, 0xF07u, AF_OTHERS), TISEL(0xF0Fu),
};

static const struct reg tim16_regs[R_COUNT] = {
    CR1(0xB8Fu), CR2(0x30Du), DIER(0x3A3u), SR(0x2A3u), EGR(0xA3u), CCMR(1, 0x000100FFu),
    CCER(0xFu), CNT(0xFFFFu, UIFCPY), PSC, ARR(0xFFFFu), RCR(0xFFu), CCR(1, 0xFFFFu), BDTR(0x000FFFFFu), DCR, DMAR(0xFFFFu),
    AF1(1, 0xF07u, AF_OTHERS), TISEL(0xFu),
};
/* clang-format on */

static const char *const one_irq[] = {"global", NULL};
static const char *const four_irqs[] = {"break", "update", "trigger", "capture", NULL};

#define TIM_MODEL(table, names, irqs)                                                              \
    {                                                                                              \
        .kind = "tim", .size = sizeof(struct tim), .regs = (table), .fields = (names),             \
        .slot_count = R_COUNT, .span = 0x400, .irq_names = (irqs), .init = tim_init,               \
        .connect = tim_connect, .reset = tim_reset, .gated = tim_gated                             \
    }

const struct model tim1_model = TIM_MODEL(tim1_regs, tim1_fields, four_irqs);
const struct model tim2_model = TIM_MODEL(tim2_regs, tim2_fields, one_irq);
const struct model tim3_model = TIM_MODEL(tim3_regs, tim3_fields, one_irq);
const struct model tim6_model = TIM_MODEL(tim6_regs, tim3_fields, one_irq);
const struct model tim12_model = TIM_MODEL(tim12_regs, tim12_fields, one_irq);
const struct model tim13_model = TIM_MODEL(tim13_regs, tim12_fields, one_irq);
const struct model tim15_model = TIM_MODEL(tim15_regs, tim15_fields, one_irq);
const struct model tim16_model = TIM_MODEL(tim16_regs, tim16_fields, one_irq);

const struct tim_traits *tim_traits_of(const struct model *m)
{
    static const struct tim_traits list[] = {
        {.model = &tim1_model,
         .channels = 6,
         .complements = 3,
         .advanced = true,
         .four_irqs = true,
         .has_trgo = true,
         .has_etr = true},
        {.model = &tim2_model, .channels = 4, .wide = true, .has_trgo = true, .has_etr = true},
        {.model = &tim3_model, .channels = 4, .has_trgo = true, .has_etr = true},
        {.model = &tim6_model, .has_trgo = true},
        {.model = &tim12_model, .channels = 2, .has_trgo = true},
        {.model = &tim13_model, .channels = 1},
        {.model = &tim15_model,
         .channels = 2,
         .complements = 1,
         .advanced = true,
         .has_trgo = true,
         .captures_clocks = true},
        {.model = &tim16_model,
         .channels = 1,
         .complements = 1,
         .advanced = true,
         .captures_clocks = true},
    };
    const struct tim_traits *t = list;
    while (t->model != m) {
        t++;
    }
    return t;
}
