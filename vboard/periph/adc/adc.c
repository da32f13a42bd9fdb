/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
/* ADC: registers, power-up, calibration, clock, life (RM0399 Rev 4, 26.4.3 to 26.4.9, 26.6, 26.7). */
#include "vboard/periph/adc/internal.h"

#include <string.h>

/* Data sheet: the regulator takes up to 10 us; calibration 1,280 cycles, with linearity 165,010. */
#define REGULATOR_START VTIME_US(10)
#define CALIBRATION_CYCLES 1280u
#define LINEARITY_CYCLES 165010u
/* From ADEN to ADRDY: a conversion (data sheet, tSTAB). */
#define READY_HALF_CYCLES 20u
#define FLAGS 0x7FFu

static struct adc *adc_of(struct periph *p, unsigned slot)
{
    return &((struct adc_block *)p)->adc[slot / A_COUNT];
}

/* ---- flags ---- */

static void update_irq(struct adc_block *b)
{
    bool level = false;
    for (unsigned i = 0; i < b->count; i++) {
        level = level || (b->adc[i].values[A_ISR] & b->adc[i].values[A_IER] & FLAGS) != 0;
    }
    irq_set(&b->p.irq[ADC_IRQ_GLOBAL], level);
}

void adc_update(struct adc *a)
{
    update_irq(a->block);
}

void adc_flag(struct adc *a, uint32_t flags)
{
    a->values[A_ISR] |= flags;
    adc_update(a);
}

/* ---- clock: 26.4.3, 26.7.2 ---- */

static const struct clock *source(const struct adc *a)
{
    const struct chip *c = a->block->p.chip;
    bool synchronous = (a->block->p.values[C_CCR] >> CCR_CKMODE_POS & 3u) != 0;
    bool third = a->block->p.model == &adc3_model;
    return &c->clocks[!synchronous ? CLK_ADC : third ? CLK_HCLK4 : CLK_HCLK1];
}

static unsigned divider(const struct adc *a)
{
    static const uint16_t presc[16] = {1, 2, 4, 6, 8, 10, 12, 16, 32, 64, 128, 256, 1, 1, 1, 1};
    uint32_t ccr = a->block->p.values[C_CCR];
    unsigned mode = ccr >> CCR_CKMODE_POS & 3u;
    return mode == 0 ? presc[ccr >> CCR_PRESC_POS & 15u] : 1u << (mode - 1);
}

vtime_ps adc_span(const struct adc *a, uint64_t half_cycles)
{
    const struct gate *gate = a->block->p.gate;
    if (gate != NULL && !gate->any) {
        return VTIME_NEVER;
    }
    return clock_span(source(a), (half_cycles * divider(a) + 1) / 2);
}

/* ---- CR ---- */

static void queue(struct adc *a, struct event *e, vtime_ps span)
{
    struct sched *s = &a->block->p.chip->sched;
    if (span != VTIME_NEVER) {
        sched_at(s, e, s->now + span);
    }
}

static void regulator_up(void *ctx, vtime_ps now)
{
    (void)now;
    adc_flag(ctx, ISR_LDORDY);
}

static void became_ready(void *ctx, vtime_ps now)
{
    (void)now;
    adc_flag(ctx, ISR_ADRDY);
}

static void calibrated(void *ctx, vtime_ps now)
{
    struct adc *a = ctx;
    (void)now;
    a->values[A_CR] &= ~CR_ADCAL;
    a->values[A_CR] |= adc_has(a, A_CR, CR_ADCALLIN) ? CR_LINCALRDY : 0;
}

static bool has_power(const struct adc *a)
{
    return !adc_has(a, A_CR, CR_DEEPPWD) && adc_has(a, A_CR, CR_ADVREGEN);
}

static void follow_power(struct adc *a, uint32_t old)
{
    if (adc_has(a, A_CR, CR_DEEPPWD)) { /* 26.4.6: it takes the regulator with it */
        a->values[A_CR] &= ~CR_ADVREGEN;
    }
    if ((~old & a->values[A_CR] & CR_ADVREGEN) != 0) {
        queue(a, &a->regulator, REGULATOR_START);
    } else if (!adc_has(a, A_CR, CR_ADVREGEN)) {
        sched_cancel(&a->block->p.chip->sched, &a->regulator);
        a->values[A_ISR] &= ~ISR_LDORDY;
    }
}

static void enable(struct adc *a, uint32_t old, uint32_t written)
{
    bool was = (old & CR_ADEN) != 0;
    if ((written & CR_ADEN) != 0 && !was) {
        if (has_power(a)) {
            queue(a, &a->ready, adc_span(a, READY_HALF_CYCLES));
        } else {
            a->values[A_CR] &= ~CR_ADEN;
        }
    }
    if ((written & CR_ADDIS) != 0) { /* both clear themselves (26.4.9) */
        a->values[A_CR] &= ~CR_ADDIS;
        if ((old & (CR_ADSTART | CR_JADSTART)) == 0) {
            a->values[A_CR] &= ~CR_ADEN;
            sched_cancel(&a->block->p.chip->sched, &a->ready);
        }
    }
}

static void start_or_stop(struct adc *a, uint32_t old, uint32_t written)
{
    struct adc_group *const groups[2] = {&a->regular, &a->injected};
    for (unsigned i = 0; i < 2; i++) {
        uint32_t go = CR_ADSTART << i, stop = CR_ADSTP << i;
        bool starts = (written & go) != 0 && (old & go) == 0;
        if (starts && (old & CR_ADEN) != 0) {
            adc_start(a, groups[i]);
        } else if (starts) {
            a->values[A_CR] &= ~go;
        }
        if ((written & stop) != 0) {
            a->values[A_CR] &= ~stop;
            adc_stop(a, groups[i]);
        }
    }
}

static void cr_write(struct periph *p, unsigned slot, uint32_t old, uint32_t written)
{
    struct adc *a = adc_of(p, slot);
    follow_power(a, old);
    enable(a, old, written);
    start_or_stop(a, old, written);
    if ((written & CR_ADCAL) != 0 && (old & CR_ADCAL) == 0) {
        bool possible = has_power(a) && (old & CR_ADEN) == 0;
        uint64_t cycles = adc_has(a, A_CR, CR_ADCALLIN) ? LINEARITY_CYCLES : CALIBRATION_CYCLES;
        if (possible) {
            queue(a, &a->calibration, adc_span(a, 2 * cycles));
        } else {
            a->values[A_CR] &= ~CR_ADCAL;
        }
    }
    adc_update(a);
}

/* ---- other registers ---- */

static void isr_write(struct periph *p, unsigned slot, uint32_t old, uint32_t written)
{
    struct adc *a = adc_of(p, slot);
    (void)old;
    if ((written & ISR_EOC) != 0) {
        adc_data_read(a);
    }
    adc_update(a);
}

static void ier_write(struct periph *p, unsigned slot, uint32_t old, uint32_t written)
{
    (void)old;
    (void)written;
    adc_update(adc_of(p, slot));
}

static uint32_t dr_read(struct periph *p, unsigned slot, uint32_t value)
{
    struct adc *a = adc_of(p, slot);
    if (p->chip->access.master == MASTER_DEBUG) {
        return value;
    }
    a->values[A_ISR] &= ~ISR_EOC;
    for (unsigned i = 0; i < 2; i++) {
        dma_request_set(p->chip, a->dma[i], false);
    }
    adc_data_read(a);
    adc_update(a);
    return value;
}

static void jdr_read_clears(struct adc *a)
{
    a->values[A_ISR] &= ~ISR_JEOC;
    adc_update(a);
}

static uint32_t jdr_read(struct periph *p, unsigned slot, uint32_t value)
{
    if (p->chip->access.master != MASTER_DEBUG) {
        jdr_read_clears(adc_of(p, slot));
    }
    return value;
}

static void report_trigger(struct adc *a, unsigned slot, bool injected)
{
    if (adc_trigger_missing(a, injected)) {
        periph_unmodelled(&a->block->p, slot,
                          31u << (injected ? JSQR_JEXTSEL_POS : CFGR_EXTSEL_POS));
    }
}

static void cfgr_write(struct periph *p, unsigned slot, uint32_t old, uint32_t written)
{
    struct adc *a = adc_of(p, slot);
    const uint32_t selection = 0xFE0u;
    (void)written;
    adc_follow_triggers(a);
    if (((old ^ p->values[slot]) & selection) != 0) {
        report_trigger(a, slot, false);
    }
    if ((p->values[slot] & CFGR_DMNGT) == 2 && (old & CFGR_DMNGT) != 2) {
        periph_unmodelled(p, slot, CFGR_DMNGT);
    }
}

static void jsqr_write(struct periph *p, unsigned slot, uint32_t old, uint32_t written)
{
    struct adc *a = adc_of(p, slot);
    const uint32_t selection = 0x1FCu;
    (void)written;
    adc_follow_triggers(a);
    if (((old ^ p->values[slot]) & selection) != 0) {
        report_trigger(a, slot, true);
    }
}

static uint32_t csr_read(struct periph *p, unsigned slot, uint32_t value)
{
    const struct adc_block *b = (const struct adc_block *)p;
    (void)slot;
    (void)value;
    uint32_t csr = b->adc[0].values[A_ISR] & FLAGS;
    return csr | (b->count == 2 ? (b->adc[1].values[A_ISR] & FLAGS) << 16 : 0);
}

/* ---- life ---- */

static void before_clock(void *ctx, vtime_ps now)
{
    (void)ctx;
    (void)now;
}

/* What is under way takes as long again. */
static void after_clock(void *ctx, vtime_ps now)
{
    struct adc_block *b = ctx;
    (void)now;
    for (unsigned i = 0; i < b->count; i++) {
        struct adc *a = &b->adc[i];
        if (a->busy != NULL) {
            sched_cancel(&b->p.chip->sched, &a->conversion);
            queue(a, &a->conversion, adc_span(a, 20));
        }
        if (adc_has(a, A_CR, CR_ADCAL) && !event_queued(&a->calibration)) {
            queue(a, &a->calibration, adc_span(a, 2 * CALIBRATION_CYCLES));
        }
        if (adc_has(a, A_CR, CR_ADEN) && !adc_has(a, A_ISR, ISR_ADRDY) &&
            !event_queued(&a->ready)) {
            queue(a, &a->ready, adc_span(a, READY_HALF_CYCLES));
        }
    }
}

static void gated(struct periph *p, bool on)
{
    (void)on;
    after_clock(p, p->chip->sched.now);
}

static int init(struct periph *p)
{
    struct adc_block *b = (struct adc_block *)p;
    b->count = p->model == &adc3_model ? 1 : 2;
    for (unsigned i = 0; i < b->count; i++) {
        struct adc *a = &b->adc[i];
        a->block = b;
        a->number = i;
        a->values = p->values + i * A_COUNT;
        adc_convert_init(a);
        event_init(&a->ready, became_ready, a);
        event_init(&a->regulator, regulator_up, a);
        event_init(&a->calibration, calibrated, a);
    }
    return 0;
}

static void connect(struct periph *p)
{
    struct adc_block *b = (struct adc_block *)p;
    bool third = p->model == &adc3_model;
    const enum clock_id clocks[2] = {CLK_ADC, third ? CLK_HCLK4 : CLK_HCLK1};
    for (unsigned i = 0; i < 2; i++) {
        b->listeners[i] =
            (struct clock_listener){.before = before_clock, .after = after_clock, .ctx = b};
        clock_listen(&p->chip->clocks[clocks[i]], &b->listeners[i]);
    }
    b->adc[0].dma[0] = periph_dma(p, third ? "ADC3" : "ADC1", 1);
    b->adc[0].dma[1] = third ? periph_dma(p, "ADC3", 2) : NULL;
    b->adc[1].dma[0] = third ? NULL : periph_dma(p, "ADC2", 1);
}

static void reset(struct periph *p, enum reset_kind kind)
{
    struct adc_block *b = (struct adc_block *)p;
    (void)kind;
    for (unsigned i = 0; i < b->count; i++) {
        struct adc *a = &b->adc[i];
        adc_stop(a, &a->injected);
        adc_stop(a, &a->regular);
        sched_cancel(&p->chip->sched, &a->ready);
        sched_cancel(&p->chip->sched, &a->regulator);
        sched_cancel(&p->chip->sched, &a->calibration);
        for (unsigned k = 0; k < 2; k++) {
            dma_request_set(p->chip, a->dma[k], false);
        }
    }
    update_irq(b);
}

/* clang-format off */
#define REG(n, r, at, text) [(n) * A_COUNT + (r)] = {.offset = 0x100 * (n) + (at), .name = text
#define ADC_REGS(n, prefix)                                                                         \
    REG(n, A_ISR, 0x00, prefix "ISR"), .w1c = FLAGS, .ro = ISR_LDORDY, .unmodelled = 1u << 10,     \
        .steady = true, .write = isr_write},                                                        \
    REG(n, A_IER, 0x04, prefix "IER"), .rw = FLAGS, .unmodelled = 1u << 10, .write = ier_write},   \
    REG(n, A_CR, 0x08, prefix "CR"), .reset = CR_DEEPPWD, .rw = 0x7FC10300u, .w1s = 0x8000003Fu,   \
        .steady = true, .write = cr_write},                                                         \
    REG(n, A_CFGR, 0x0C, prefix "CFGR"), .reset = 1u << 31, .rw = 0xFFFF7FFFu,                     \
        .unmodelled = 0x80200000u, .write = cfgr_write},                                            \
    REG(n, A_CFGR2, 0x10, prefix "CFGR2"), .rw = 0xF3FF7FE3u, .unmodelled = 0x00007A00u},          \
    REG(n, A_SMPR1, 0x14, prefix "SMPR1"), .rw = 0x3FFFFFFFu},                                      \
    REG(n, A_SMPR2, 0x18, prefix "SMPR2"), .rw = 0x3FFFFFFFu},                                      \
    REG(n, A_PCSEL, 0x1C, prefix "PCSEL"), .rw = 0x000FFFFFu},                                      \
    REG(n, A_LTR1, 0x20, prefix "LTR1"), .rw = 0x03FFFFFFu},                                        \
    REG(n, A_HTR1, 0x24, prefix "HTR1"), .reset = 0x03FFFFFFu, .rw = 0x03FFFFFFu},                  \
    REG(n, A_SQR1, 0x30, prefix "SQR1"), .rw = 0x1F7DF7CFu},                                        \
    REG(n, A_SQR2, 0x34, prefix "SQR2"), .rw = 0x1F7DF7DFu},                                        \
    REG(n, A_SQR3, 0x38, prefix "SQR3"), .rw = 0x1F7DF7DFu},                                        \
    REG(n, A_SQR4, 0x3C, prefix "SQR4"), .rw = 0x000007DFu},                                        \
    REG(n, A_DR, 0x40, prefix "DR"), .ro = ~0u, .read = dr_read},                                   \
    REG(n, A_JSQR, 0x4C, prefix "JSQR"), .rw = 0xFBEFBFFFu, .write = jsqr_write},                   \
    REG(n, A_OFR1, 0x60, prefix "OFR%u"), .first = 1, .count = 4, .stride = 4, .rw = ~0u},          \
    REG(n, A_JDR1, 0x80, prefix "JDR%u"), .first = 1, .count = 4, .stride = 4, .ro = ~0u,           \
        .read = jdr_read},                                                                          \
    REG(n, A_AWD2CR, 0xA0, prefix "AWD2CR"), .rw = 0x000FFFFFu},                                    \
    REG(n, A_AWD3CR, 0xA4, prefix "AWD3CR"), .rw = 0x000FFFFFu},                                    \
    REG(n, A_LTR2, 0xB0, prefix "LTR2"), .rw = 0x03FFFFFFu},                                        \
    REG(n, A_HTR2, 0xB4, prefix "HTR2"), .reset = 0x03FFFFFFu, .rw = 0x03FFFFFFu},                  \
    REG(n, A_LTR3, 0xB8, prefix "LTR3"), .rw = 0x03FFFFFFu},                                        \
    REG(n, A_HTR3, 0xBC, prefix "HTR3"), .reset = 0x03FFFFFFu, .rw = 0x03FFFFFFu},                  \
    REG(n, A_DIFSEL, 0xC0, prefix "DIFSEL"), .rw = 0x000FFFFFu, .unmodelled = 0x000FFFFFu},         \
    REG(n, A_CALFACT, 0xC4, prefix "CALFACT"), .rw = 0x07FF07FFu},                                  \
    REG(n, A_CALFACT2, 0xC8, prefix "CALFACT2"), .rw = 0x3FFFFFFFu}
/* ADC3 is alone: nothing couples it. */
#define COMMON(single)                                                                              \
    [C_CSR] = {.offset = 0x300, .name = "CSR", .ro = 0x07FF07FFu, .unmodelled = 1u << 10 | 1u << 26, \
               .steady = true, .read = csr_read},                                                   \
    [C_CCR] = {.offset = 0x308, .name = "CCR", .rw = 0x01FFCF1Fu, .unmodelled = (single), \
             .write = adc_ccr_write}, \
    [C_CDR] = {.offset = 0x30C, .name = "CDR", .ro = ~0u, .unmodelled = (single) != 0 ? ~0u : 0, \
             .read = (single) != 0 ? NULL : adc_cdr_read},        \
    [C_CDR2] = {.offset = 0x310, .name = "CDR2", .ro = ~0u, .unmodelled = ~0u, .steady = true}

static const struct reg adc12_regs[C_COUNT] = {ADC_REGS(0, "ADC1_"), ADC_REGS(1, "ADC2_"), COMMON(0)};
static const struct reg adc3_regs[C_COUNT] = {ADC_REGS(0, ""), COMMON(0x0000CF1Fu)};
/* clang-format on */

static const char *const irq_names[] = {"global", NULL};

#define ADC_MODEL(table, list)                                                                     \
    {                                                                                              \
        .kind = "adc", .size = sizeof(struct adc_block), .regs = (table), .fields = (list),        \
        .slot_count = C_COUNT, .span = 0x400, .irq_names = irq_names, .init = init,                \
        .connect = connect, .reset = reset, .gated = gated                                         \
    }

const struct model adc12_model = ADC_MODEL(adc12_regs, adc12_fields);
const struct model adc3_model = ADC_MODEL(adc3_regs, adc3_fields);
