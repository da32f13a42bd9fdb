/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
/* DFSDM: registers and life (RM0399 Rev 4, 31.7, 31.8). */
#include "vboard/periph/dfsdm/internal.h"

static struct dfsdm *dfsdm(struct periph *p)
{
    return (struct dfsdm *)p;
}

static void follow_all(struct dfsdm *d)
{
    for (unsigned i = 0; i < FILTERS; i++) {
        dfsdm_follow(&d->filters[i]);
    }
}

/* Keeps what can be written only while disabled, and says so. */
static void protect(struct periph *p, unsigned slot, uint32_t old, uint32_t bits)
{
    if (((p->values[slot] ^ old) & bits) != 0) {
        periph_report(p, slot, FOUND_WHILE_ENABLED, NULL);
        p->values[slot] = (p->values[slot] & ~bits) | (old & bits);
    }
}

/* ---- channels: 31.7 ---- */

#define CFGR1_OF_CHANNEL 0xF10Fu     /* DATPACK, DATMPX, CHINSEL, SPICKSEL, SITP: while CHEN is 0 */
#define CFGR1_OF_OUTPUT 0x40FF0000u  /* CKOUTSRC, CKOUTDIV: while DFSDMEN is 0 */
#define CFGR2_DTRBS 0xF8u            /* while CHEN is 0 */
#define AWSCDR_OF_FILTER 0x00DF0000u /* AWFORD, AWFOSR: the same */

static uint64_t ckout_uhz(const struct dfsdm *d)
{
    uint32_t c = d->p.values[R_CHCFGR1];
    const struct ticker *from = (c & CFGR1_CKOUTSRC) != 0 ? &d->audio : &d->ticks;
    unsigned divider = c >> CFGR1_CKOUTDIV_POS & 0xFFu;
    return dfsdm_is_on(d) && divider != 0 && d->ticks.running ? from->clock->uhz / (divider + 1)
                                                              : 0;
}

/* "If the output clock is stopped, then CKOUT signal is set to low state" (31.4.4). */
static void drive_ckout(struct dfsdm *d)
{
    d->ckout->clock_uhz = ckout_uhz(d);
    pinfunc_drive(d->ckout, DRIVE_LOW, d->p.chip->sched.now);
}

/* 31.4.4: held while the channel is off; those whose clock never comes cannot be cleared. */
static void note_absent_clocks(struct dfsdm *d, uint32_t cleared)
{
    uint32_t *isr = &d->p.values[R_ISR];
    for (unsigned c = 0; c < CHANNELS; c++) {
        uint32_t flag = 1u << (ISR_CKABF_POS + c);
        if (!dfsdm_is_clocked(d, c)) {
            *isr |= flag;
        } else if ((cleared & flag) != 0) {
            *isr &= ~flag;
        }
    }
    dfsdm_update(&d->filters[0]);
}

static void cfgr1_write(struct periph *p, unsigned slot, uint32_t old, uint32_t written)
{
    struct dfsdm *d = dfsdm(p);
    (void)written;
    if ((old & p->values[slot] & CFGR1_CHEN) != 0) {
        protect(p, slot, old, CFGR1_OF_CHANNEL);
    }
    if (slot == R_CHCFGR1 && (old & p->values[slot] & CFGR1_DFSDMEN) != 0) {
        protect(p, slot, old, CFGR1_OF_OUTPUT);
    }
    if ((p->values[slot] >> CFGR1_DATMPX_POS & 3u) == INPUT_ADC) {
        periph_unmodelled(p, slot, 3u << CFGR1_DATMPX_POS);
    }
    for (unsigned i = 0; i < FILTERS && !dfsdm_is_on(d); i++) {
        dfsdm_stop(&d->filters[i]);
    }
    drive_ckout(d);
    follow_all(d);
    note_absent_clocks(d, 0);
}

static bool channel_is_on(struct periph *p, unsigned channel)
{
    return (p->values[R_CHCFGR1 + channel] & CFGR1_CHEN) != 0;
}

static void cfgr2_write(struct periph *p, unsigned slot, uint32_t old, uint32_t written)
{
    (void)written;
    if (channel_is_on(p, slot - R_CHCFGR2)) {
        protect(p, slot, old, CFGR2_DTRBS);
    }
}

static void awscdr_write(struct periph *p, unsigned slot, uint32_t old, uint32_t written)
{
    (void)written;
    if (channel_is_on(p, slot - R_CHAWSCDR)) {
        protect(p, slot, old, AWSCDR_OF_FILTER);
    }
}

/* 31.4.6: one sample, two for the channel, or one for it and one for the next. */
static void datinr_write(struct periph *p, unsigned slot, uint32_t old, uint32_t written)
{
    struct dfsdm *d = dfsdm(p);
    unsigned channel = slot - R_CHDATINR;
    uint32_t cfgr1 = p->values[R_CHCFGR1 + channel];
    unsigned packing = cfgr1 >> CFGR1_DATPACK_POS & 3u;
    uint32_t lanes = p->chip->access.lanes;
    if ((cfgr1 >> CFGR1_DATMPX_POS & 3u) != INPUT_MEMORY) {
        periph_report(p, slot, FOUND_READ_ONLY, NULL);
        p->values[slot] = old;
        return;
    }
    if ((lanes & 0xFFFFu) != 0) {
        dfsdm_sample(d, channel, (uint16_t)written);
    }
    if ((lanes & 0xFFFF0000u) != 0 && packing == 1) {
        dfsdm_sample(d, channel, (uint16_t)(written >> 16));
    } else if ((lanes & 0xFFFF0000u) != 0 && packing == 2 && channel % 2 == 0) {
        p->values[slot + 1] = (p->values[slot + 1] & 0xFFFF0000u) | written >> 16;
        dfsdm_sample(d, channel + 1, (uint16_t)(written >> 16));
    }
}

/* ---- filters: 31.8 ---- */

#define CR1_SETTINGS 0x20287F38u /* FAST, RDMAEN, RSYNC, JEXTEN, JEXTSEL, JDMAEN, JSCAN, JSYNC */

/* Table 254; 9 and 10 are HRTIM's. */
static const char *const triggers[32] = {"TIM1_TRGO",  "TIM1_TRGO2",    "TIM8_TRGO", "TIM8_TRGO2",
                                         "TIM3_TRGO",  "TIM4_TRGO",     "TIM16_OC1", "TIM6_TRGO",
                                         "TIM7_TRGO",  [24] = "EXTI11", "EXTI15",    "LPTIM1_OUT",
                                         "LPTIM2_OUT", "LPTIM3_OUT"};
#define FROM_HRTIM (1u << 9 | 1u << 10)

static void triggered(void *ctx, bool high, vtime_ps now)
{
    struct dfsdm_filter *f = ctx;
    uint32_t edges = *dfsdm_of(f, R_CR1) >> CR1_JEXTEN_POS;
    (void)now;
    if ((edges & (high ? 1u : 2u)) != 0) {
        dfsdm_start_injected(f);
        dfsdm_update(f);
    }
}

static void follow_trigger(struct dfsdm_filter *f)
{
    struct chip *chip = f->d->p.chip;
    uint32_t cr1 = *dfsdm_of(f, R_CR1);
    unsigned select = cr1 >> CR1_JEXTSEL_POS & 31u;
    bool listens = (cr1 >> CR1_JEXTEN_POS & 3u) != 0;
    if (listens && (FROM_HRTIM >> select & 1u) != 0) {
        periph_unmodelled(&f->d->p, R_CR1 + f->number, 31u << CR1_JEXTSEL_POS);
    }
    const char *name = listens ? triggers[select] : NULL;
    wire_listen(name != NULL ? chip_wire(chip, name) : NULL, &f->trigger, chip->sched.now);
}

/* RSYNC and JSYNC: with filter 0, by its software start. */
static void start_others(struct dfsdm *d, uint32_t sync, void (*start)(struct dfsdm_filter *f))
{
    for (unsigned i = 1; i < FILTERS; i++) {
        if ((d->p.values[R_CR1 + i] & sync) != 0) {
            start(&d->filters[i]);
            dfsdm_update(&d->filters[i]);
        }
    }
}

static void start_asked(struct dfsdm_filter *f, uint32_t cr1, uint32_t written)
{
    if ((written & CR1_JSWSTART) != 0 && (cr1 & CR1_JSYNC) == 0) {
        dfsdm_start_injected(f);
        if (f->number == 0) {
            start_others(f->d, CR1_JSYNC, dfsdm_start_injected);
        }
    }
    if ((written & CR1_RSWSTART) != 0 && (cr1 & CR1_RSYNC) == 0) {
        dfsdm_start_regular(f);
        if (f->number == 0) {
            start_others(f->d, CR1_RSYNC, dfsdm_start_regular);
        }
    }
}

static void cr1_write(struct periph *p, unsigned slot, uint32_t old, uint32_t written)
{
    struct dfsdm_filter *f = &dfsdm(p)->filters[slot - R_CR1];
    if ((old & p->values[slot] & CR1_DFEN) != 0) {
        protect(p, slot, old, CR1_SETTINGS);
    }
    uint32_t cr1 = p->values[slot];
    if (((old ^ cr1) & CR1_SETTINGS) != 0) {
        follow_trigger(f);
    }
    if ((cr1 & CR1_DFEN) == 0) {
        dfsdm_stop(f);
        return;
    }
    if ((old & CR1_DFEN) == 0) {
        f->turn = 0;
    }
    if (f->continuous && (old & ~cr1 & CR1_RCONT) != 0) {
        dfsdm_stop_regular(f);
    }
    f->restarts = f->restarts || (cr1 & CR1_RCONT) != 0;
    start_asked(f, cr1, written);
    dfsdm_update(f);
}

static void cr2_write(struct periph *p, unsigned slot, uint32_t old, uint32_t written)
{
    (void)old;
    (void)written;
    dfsdm_update(&dfsdm(p)->filters[slot - R_CR2]);
}

static void icr_write(struct periph *p, unsigned slot, uint32_t old, uint32_t written)
{
    struct dfsdm_filter *f = &dfsdm(p)->filters[slot - R_ICR];
    (void)old;
    *dfsdm_of(f, R_ISR) &= ~(written & (FLAG_JOVR | FLAG_ROVR));
    dfsdm_follow(f);
    if (f->number == 0) {
        note_absent_clocks(f->d, written);
    }
    dfsdm_update(f);
}

/* "Writes causing all JCHG bits to be zero are ignored"; others begin with the lowest channel again (31.8.5). */
static void jchgr_write(struct periph *p, unsigned slot, uint32_t old, uint32_t written)
{
    (void)written;
    if (p->values[slot] == 0) {
        p->values[slot] = old;
    } else {
        dfsdm(p)->filters[slot - R_JCHGR].turn = 0;
    }
}

static void fcr_write(struct periph *p, unsigned slot, uint32_t old, uint32_t written)
{
    (void)written;
    if ((p->values[R_CR1 + slot - R_FCR] & CR1_DFEN) != 0) {
        protect(p, slot, old, ~0u);
    }
}

static uint32_t take_data(struct periph *p, unsigned number, uint32_t flag, uint32_t value)
{
    struct dfsdm_filter *f = &dfsdm(p)->filters[number];
    if (p->chip->access.master != MASTER_DEBUG) {
        *dfsdm_of(f, R_ISR) &= ~flag;
        dfsdm_follow(f);
        dfsdm_update(f);
    }
    return value;
}

static uint32_t jdatar_read(struct periph *p, unsigned slot, uint32_t value)
{
    return take_data(p, slot - R_JDATAR, FLAG_JEOC, value);
}

static uint32_t rdatar_read(struct periph *p, unsigned slot, uint32_t value)
{
    return take_data(p, slot - R_RDATAR, FLAG_REOC, value);
}

static void awcfr_write(struct periph *p, unsigned slot, uint32_t old, uint32_t written)
{
    struct dfsdm_filter *f = &dfsdm(p)->filters[slot - R_AWCFR];
    (void)old;
    *dfsdm_of(f, R_AWSR) &= ~written;
    dfsdm_update(f);
}

#define EXMAX_RESET 0x80000000u
#define EXMIN_RESET 0x7FFFFF00u

/* Reading them starts anew. */
static uint32_t extreme_read(struct periph *p, unsigned slot, uint32_t value)
{
    if (p->chip->access.master != MASTER_DEBUG) {
        p->values[slot] = slot < R_EXMIN ? EXMAX_RESET : EXMIN_RESET;
    }
    return value;
}

/* ---- life ---- */

static void before_clock(void *ctx, vtime_ps now)
{
    struct dfsdm *d = ctx;
    ticker_sync(&d->ticks, now);
    ticker_sync(&d->audio, now);
}

static void after_clock(void *ctx, vtime_ps now)
{
    (void)now;
    drive_ckout(ctx);
    follow_all(ctx);
}

static void gated(struct periph *p, bool on)
{
    struct dfsdm *d = dfsdm(p);
    vtime_ps now = p->chip->sched.now;
    if (on) {
        ticker_start(&d->ticks, now);
        ticker_start(&d->audio, now);
    } else {
        ticker_stop(&d->ticks, now);
        ticker_stop(&d->audio, now);
    }
    drive_ckout(d);
    follow_all(d);
}

static int init(struct periph *p)
{
    struct dfsdm *d = dfsdm(p);
    ticker_init(&d->ticks, &p->chip->clocks[p->entry->kernel->output], 1);
    ticker_init(&d->audio, &p->chip->clocks[CLK_SAI1], 1);
    for (unsigned i = 0; i < FILTERS; i++) {
        struct dfsdm_filter *f = &d->filters[i];
        f->d = d;
        f->number = i;
        event_init(&f->over, dfsdm_over, f);
        f->trigger = (struct wire_listener){.changed = triggered, .ctx = f};
    }
    return 0;
}

static void connect(struct periph *p)
{
    static const char *const requests[FILTERS] = {"FLT0", "FLT1", "FLT2", "FLT3"};
    struct dfsdm *d = dfsdm(p);
    d->ckout = chip_pinfunc(p->chip, "DFSDM1_CKOUT");
    d->listener = (struct clock_listener){.before = before_clock, .after = after_clock, .ctx = d};
    d->audio_listener = d->listener;
    clock_listen(&p->chip->clocks[p->entry->kernel->output], &d->listener);
    clock_listen(&p->chip->clocks[CLK_SAI1], &d->audio_listener);
    for (unsigned i = 0; i < FILTERS; i++) {
        d->filters[i].dma = periph_dma(p, requests[i], 1);
    }
}

static void reset(struct periph *p, enum reset_kind kind)
{
    struct dfsdm *d = dfsdm(p);
    (void)kind;
    for (unsigned i = 0; i < FILTERS; i++) {
        wire_listen(NULL, &d->filters[i].trigger, p->chip->sched.now);
        dfsdm_stop(&d->filters[i]);
    }
    drive_ckout(d);
}

static void destroy(struct periph *p)
{
    for (unsigned i = 0; i < FILTERS; i++) {
        sched_cancel(&p->chip->sched, &dfsdm(p)->filters[i].over);
    }
}

/* clang-format off */
#define CHANNEL(at, text, ...)                                                                     \
    {.offset = (at), .name = "CH%u" text, .count = 8, .stride = 0x20, .steady = true, __VA_ARGS__}
#define FILTER(at, text, ...)                                                                      \
    {.offset = (at), .name = "FLT%u" text, .count = 4, .stride = 0x80, .steady = true, __VA_ARGS__}
#define FILTER_0(at, text, ...)                                                                    \
    {.offset = (at), .name = "FLT0" text, .steady = true, __VA_ARGS__}
#define FILTER_1(at, text, ...)                                                                    \
    {.offset = (at) + 0x80, .name = "FLT%u" text, .count = 3, .stride = 0x80, .first = 1,          \
     .steady = true, __VA_ARGS__}
#define CFGR1_EACH 0xF1EFu
#define SCDEN (1u << 5)
#define AWFSEL (1u << 30)

static const struct reg regs[R_COUNT] = {
    [R_CHCFGR1] = {.offset = 0x00, .name = "CH0CFGR1", .rw = 0xC0FF0000u | CFGR1_EACH,
                   .unmodelled = SCDEN, .steady = true, .write = cfgr1_write},
    [R_CHCFGR1 + 1] = {.offset = 0x20, .name = "CH%uCFGR1", .count = 7, .stride = 0x20, .first = 1,
                       .rw = CFGR1_EACH, .unmodelled = SCDEN, .steady = true, .write = cfgr1_write},
    [R_CHCFGR2] = CHANNEL(0x04, "CFGR2", .rw = 0xFFFFFFF8u, .write = cfgr2_write),
    [R_CHAWSCDR] = CHANNEL(0x08, "AWSCDR", .rw = 0x00DFF0FFu, .unmodelled = 0xF000u,
                           .write = awscdr_write),
    [R_CHWDATR] = CHANNEL(0x0C, "WDATR", .ro = 0xFFFFu),
    [R_CHDATINR] = CHANNEL(0x10, "DATINR", .rw = ~0u, .widths = 6, .write = datinr_write),
    [R_CR1] = FILTER(0x100, "CR1", .rw = 0x672C7F39u, .wo = CR1_RSWSTART | CR1_JSWSTART,
                     .unmodelled = AWFSEL, .write = cr1_write),
    [R_CR2] = FILTER_0(0x104, "CR2", .rw = 0x00FFFF7Fu, .write = cr2_write),
    [R_CR2 + 1] = FILTER_1(0x104, "CR2", .rw = 0x00FFFF1Fu, .write = cr2_write),
    [R_ISR] = FILTER_0(0x108, "ISR", .reset = 0x00FF0000u, .ro = 0xFFFF601Fu),
    [R_ISR + 1] = FILTER_1(0x108, "ISR", .ro = 0x601Fu),
    [R_ICR] = FILTER_0(0x10C, "ICR", .wo = 0xFFFF000Cu, .write = icr_write),
    [R_ICR + 1] = FILTER_1(0x10C, "ICR", .wo = 0xCu, .write = icr_write),
    [R_JCHGR] = FILTER(0x110, "JCHGR", .reset = 1, .rw = 0xFFu, .write = jchgr_write),
    [R_FCR] = FILTER(0x114, "FCR", .rw = 0xE3FF00FFu, .write = fcr_write),
    [R_JDATAR] = FILTER(0x118, "JDATAR", .ro = 0xFFFFFF07u, .read = jdatar_read),
    [R_RDATAR] = FILTER(0x11C, "RDATAR", .ro = 0xFFFFFF17u, .read = rdatar_read),
    [R_AWHTR] = FILTER(0x120, "AWHTR", .rw = 0xFFFFFF0Fu, .unmodelled = 15u),
    [R_AWLTR] = FILTER(0x124, "AWLTR", .rw = 0xFFFFFF0Fu, .unmodelled = 15u),
    [R_AWSR] = FILTER(0x128, "AWSR", .ro = 0xFFFFu),
    [R_AWCFR] = FILTER(0x12C, "AWCFR", .wo = 0xFFFFu, .write = awcfr_write),
    [R_EXMAX] = FILTER(0x130, "EXMAX", .reset = EXMAX_RESET, .ro = 0xFFFFFF07u, .read = extreme_read),
    [R_EXMIN] = FILTER(0x134, "EXMIN", .reset = EXMIN_RESET, .ro = 0xFFFFFF07u, .read = extreme_read),
    [R_CNVTIMR] = FILTER(0x138, "CNVTIMR", .ro = 0xFFFFFFF0u),
};
/* clang-format on */

static const char *const irq_names[] = {[DFSDM_IRQ_FLT0] = "filter 0",
                                        [DFSDM_IRQ_FLT1] = "filter 1",
                                        [DFSDM_IRQ_FLT2] = "filter 2",
                                        [DFSDM_IRQ_FLT3] = "filter 3",
                                        NULL};

const struct model dfsdm_model = {
    .kind = "dfsdm",
    .size = sizeof(struct dfsdm),
    .regs = regs,
    .fields = dfsdm_fields,
    .slot_count = R_COUNT,
    .span = 0x400,
    .irq_names = irq_names,
    .init = init,
    .connect = connect,
    .reset = reset,
    .gated = gated,
    .destroy = destroy,
};
