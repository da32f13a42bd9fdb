/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
#include "vboard/periph/dmamux/dmamux.h"

#include <stdio.h>

#define GENERATORS 8u
#define INPUTS 32u
#define EVENTS 8u /* channels whose event is an input somewhere (Tables 128 to 132, 104) */

enum {
    R_CCR,
    R_CSR = R_CCR + DMA_CHANNELS,
    R_CFR,
    R_RGCR,
    R_RGSR = R_RGCR + GENERATORS,
    R_RGCFR,
    R_COUNT
};

#define CCR_SOIE (1u << 8)
#define CCR_EGE (1u << 9)
#define CCR_SE (1u << 16)
#define CCR_SPOL_POS 17u
#define CCR_NBREQ_POS 19u
#define CCR_SYNC_ID_POS 24u
#define RGCR_OIE (1u << 8)
#define RGCR_GE (1u << 16)
#define RGCR_GPOL_POS 17u
#define RGCR_GNBREQ_POS 19u

struct dmamux;

struct mux_channel {
    struct dmamux *mux;
    unsigned number;
    struct wire_listener sync;
    struct wire *event; /* NULL: leads nowhere */
    unsigned left;      /* of NBREQ: requests until the underrun, but one */
    bool connected;     /* synchronized: the request is let through */
};

struct mux_generator {
    struct dmamux *mux;
    unsigned number;
    struct wire_listener trigger;
    unsigned left; /* requests still to be served; 0: idle */
};

struct dmamux {
    struct periph p;
    unsigned index; /* 0: DMAMUX1 */
    struct mux_channel channels[DMA_CHANNELS];
    struct mux_generator generators[GENERATORS];
};

/* Tables 128 and 129, 131, 132; NULL is reserved. */
static const char *const inputs1[INPUTS] = {"DMAMUX1_EVT0", "DMAMUX1_EVT1", "DMAMUX1_EVT2",
                                            "LPTIM1_OUT",   "LPTIM2_OUT",   "LPTIM3_OUT",
                                            "EXTI0",        "TIM12_TRGO"};
static const char *const triggers2[INPUTS] = {
    "DMAMUX2_EVT0", "DMAMUX2_EVT1", "DMAMUX2_EVT2",   "DMAMUX2_EVT3",   "DMAMUX2_EVT4",
    "DMAMUX2_EVT5", "DMAMUX2_EVT6", "LPUART1_RXWKUP", "LPUART1_TXWKUP", "LPTIM2_WKUP",
    "LPTIM2_OUT",   "LPTIM3_WKUP",  "LPTIM3_OUT",     "LPTIM4_AIT",     "LPTIM5_AIT",
    "I2C4_WKUP",    "SPI6_WKUP",    "COMP1_OUT",      "COMP2_OUT",      "RTC_WKUP",
    "EXTI0",        "EXTI2",        "I2C4_EVENT",     "SPI6_IT",        "LPUART1_IT_T",
    "LPUART1_IT_R", "ADC3_IT",      "ADC3_AWD1",      "BDMA_CH0_IT",    "BDMA_CH1_IT"};
static const char *const syncs2[INPUTS] = {
    "DMAMUX2_EVT0", "DMAMUX2_EVT1", "DMAMUX2_EVT2",   "DMAMUX2_EVT3",
    "DMAMUX2_EVT4", "DMAMUX2_EVT5", "LPUART1_RXWKUP", "LPUART1_TXWKUP",
    "LPTIM2_OUT",   "LPTIM3_OUT",   "I2C4_WKUP",      "SPI6_WKUP",
    "COMP1_OUT",    "RTC_WKUP",     "EXTI0",          "EXTI2"};

static uint32_t ccr_of(const struct mux_channel *c)
{
    return c->mux->p.values[R_CCR + c->number];
}

static uint32_t rgcr_of(const struct mux_generator *g)
{
    return g->mux->p.values[R_RGCR + g->number];
}

static unsigned nbreq(const struct mux_channel *c)
{
    return ccr_of(c) >> CCR_NBREQ_POS & 31u;
}

/* The field has 7 bits in DMAMUX1, 5 in DMAMUX2. */
static struct dma_request *request_of(const struct mux_channel *c)
{
    unsigned id = ccr_of(c) & (c->mux->index == 0 ? 0x7Fu : 0x1Fu);
    return id != 0 ? &c->mux->p.chip->dma.requests[c->mux->index][id] : NULL;
}

/* ---- interrupt ---- */

static void update_irq(struct dmamux *m)
{
    bool level = false;
    for (unsigned i = 0; i < DMA_CHANNELS; i++) {
        level = level ||
                ((m->p.values[R_CSR] >> i & 1u) != 0 && (m->p.values[R_CCR + i] & CCR_SOIE) != 0);
    }
    for (unsigned i = 0; i < GENERATORS; i++) {
        level = level ||
                ((m->p.values[R_RGSR] >> i & 1u) != 0 && (m->p.values[R_RGCR + i] & RGCR_OIE) != 0);
    }
    irq_set(&m->p.irq[DMAMUX_IRQ_OVERRUN], level);
}

/* ---- the way to a channel ---- */

static bool is_clocked(const struct dmamux *m)
{
    return m->p.gate == NULL || m->p.gate->any;
}

static void route(struct mux_channel *c)
{
    const struct dma_request *r = request_of(c);
    bool through = (ccr_of(c) & CCR_SE) == 0 || c->connected;
    dma_channel_set(c->mux->p.chip, c->mux->index, c->number,
                    r != NULL && r->level && through && is_clocked(c->mux));
}

static void route_all(struct dmamux *m)
{
    for (unsigned i = 0; i < DMA_CHANNELS; i++) {
        route(&m->channels[i]);
    }
}

static void changed(void *ctx, struct dma_request *r, vtime_ps now)
{
    struct dmamux *m = ctx;
    (void)now;
    for (unsigned i = 0; i < DMA_CHANNELS; i++) {
        if (request_of(&m->channels[i]) == r) {
            route(&m->channels[i]);
        }
    }
}

/* "At its underrun, the DMA request counter is automatically loaded ... and the input DMA request line is
 * disconnected" (18.4.4). */
static void count_served(struct mux_channel *c, vtime_ps now)
{
    if ((ccr_of(c) & (CCR_SE | CCR_EGE)) == 0) {
        return;
    }
    if (c->left != 0) {
        c->left--;
        return;
    }
    c->left = nbreq(c);
    c->connected = false;
    if ((ccr_of(c) & CCR_EGE) != 0 && c->event != NULL) {
        wire_pulse(c->event, now);
    }
}

static void served(void *ctx, unsigned channel, vtime_ps now)
{
    struct mux_channel *c = &((struct dmamux *)ctx)->channels[channel];
    struct dma_request *r = request_of(c);
    count_served(c, now);
    if (r != NULL && r->served != NULL) {
        r->served(r->ctx, r, now);
    }
    route(c);
}

static void finished(void *ctx, unsigned channel, vtime_ps now)
{
    struct dma_request *r = request_of(&((struct dmamux *)ctx)->channels[channel]);
    if (r != NULL && r->finished != NULL) {
        r->finished(r->ctx, r, now);
    }
}

static bool is_edge(uint32_t polarity, bool high)
{
    return (polarity & (high ? 1u : 2u)) != 0;
}

/* An event without a pending request is discarded; before the underrun of the last it is an overrun. */
static void sync_changed(void *ctx, bool high, vtime_ps now)
{
    struct mux_channel *c = ctx;
    const struct dma_request *r = request_of(c);
    (void)now;
    if ((ccr_of(c) & CCR_SE) == 0 || !is_edge(ccr_of(c) >> CCR_SPOL_POS & 3u, high)) {
        return;
    }
    if (c->connected) {
        c->mux->p.values[R_CSR] |= 1u << c->number;
        update_irq(c->mux);
    } else if (r != NULL && r->level) {
        c->connected = true;
        route(c);
    }
}

/* ---- request generators ---- */

static struct dma_request *generated(const struct mux_generator *g)
{
    return &g->mux->p.chip->dma.requests[g->mux->index][g->number + 1];
}

static void generator_served(void *ctx, struct dma_request *r, vtime_ps now)
{
    struct mux_generator *g = ctx;
    (void)now;
    g->left -= g->left != 0 ? 1u : 0u;
    if (g->left == 0) {
        dma_request_set(g->mux->p.chip, r, false);
    }
}

static void triggered(void *ctx, bool high, vtime_ps now)
{
    struct mux_generator *g = ctx;
    uint32_t rgcr = rgcr_of(g);
    (void)now;
    if ((rgcr & RGCR_GE) == 0 || !is_edge(rgcr >> RGCR_GPOL_POS & 3u, high) ||
        !is_clocked(g->mux)) {
        return;
    }
    if (g->left != 0) {
        g->mux->p.values[R_RGSR] |= 1u << g->number;
        update_irq(g->mux);
        return;
    }
    g->left = (rgcr >> RGCR_GNBREQ_POS & 31u) + 1;
    dma_request_set(g->mux->p.chip, generated(g), true);
}

/* ---- registers ---- */

static struct wire *input(const struct dmamux *m, bool sync, unsigned id)
{
    const char *const *names = m->index == 0 ? inputs1 : sync ? syncs2 : triggers2;
    const char *name = id < INPUTS ? names[id] : NULL;
    return name != NULL ? chip_wire(m->p.chip, name) : NULL;
}

/* An input that no model drives. */
static void report_input(struct dmamux *m, unsigned slot, const struct wire *w, uint32_t field)
{
    if (w == NULL || !w->has_source) {
        periph_unmodelled(&m->p, slot, field);
    }
}

static void ccr_write(struct periph *p, unsigned slot, uint32_t old, uint32_t written)
{
    struct dmamux *m = (struct dmamux *)p;
    struct mux_channel *c = &m->channels[slot - R_CCR];
    uint32_t now_set = p->values[slot];
    const uint32_t id_mask = m->index == 0 ? 7u : 31u;
    struct wire *w =
        (now_set & CCR_SE) != 0 ? input(m, true, now_set >> CCR_SYNC_ID_POS & id_mask) : NULL;
    (void)written;
    if ((now_set & CCR_SE) != 0 && (old & CCR_SE) == 0) {
        report_input(m, slot, w, id_mask << CCR_SYNC_ID_POS);
    }
    if ((old & (CCR_SE | CCR_EGE)) == 0 || (now_set & CCR_SE) == 0) {
        c->left = nbreq(c);
        c->connected = false;
    }
    wire_listen(w, &c->sync, p->chip->sched.now);
    route(c);
    update_irq(m);
}

static void rgcr_write(struct periph *p, unsigned slot, uint32_t old, uint32_t written)
{
    struct dmamux *m = (struct dmamux *)p;
    struct mux_generator *g = &m->generators[slot - R_RGCR];
    uint32_t now_set = p->values[slot];
    const uint32_t id_mask = m->index == 0 ? 7u : 31u;
    bool on = (now_set & RGCR_GE) != 0;
    struct wire *w = on ? input(m, false, now_set & id_mask) : NULL;
    (void)written;
    if (on && (old & RGCR_GE) == 0) {
        report_input(m, slot, w, id_mask);
    }
    if (!on && g->left != 0) {
        g->left = 0;
        dma_request_set(p->chip, generated(g), false);
    }
    wire_listen(w, &g->trigger, p->chip->sched.now);
    update_irq(m);
}

static void clear_write(struct periph *p, unsigned slot, uint32_t old, uint32_t written)
{
    (void)old;
    p->values[slot == R_CFR ? R_CSR : R_RGSR] &= ~written;
    update_irq((struct dmamux *)p);
}

/* ---- life ---- */

static void init_channels(struct dmamux *m)
{
    for (unsigned i = 0; i < DMA_CHANNELS; i++) {
        m->channels[i] = (struct mux_channel){
            .mux = m, .number = i, .sync = {.changed = sync_changed, .ctx = &m->channels[i]}};
    }
    for (unsigned i = 0; i < GENERATORS; i++) {
        m->generators[i] = (struct mux_generator){
            .mux = m, .number = i, .trigger = {.changed = triggered, .ctx = &m->generators[i]}};
    }
}

static int init(struct periph *p)
{
    struct dmamux *m = (struct dmamux *)p;
    m->index = p->entry->param == 2 ? 1 : 0;
    init_channels(m);
    p->chip->dma.mux[m->index].changed = changed;
    p->chip->dma.mux[m->index].served = served;
    p->chip->dma.mux[m->index].finished = finished;
    p->chip->dma.mux[m->index].ctx = m;
    return 0;
}

static void connect(struct periph *p)
{
    struct dmamux *m = (struct dmamux *)p;
    unsigned events = m->index == 0 ? 3 : EVENTS;
    for (unsigned i = 0; i < events; i++) {
        char name[20];
        snprintf(name, sizeof(name), "DMAMUX%u_EVT%u", m->index + 1, i);
        m->channels[i].event = chip_wire_source(p->chip, name, NULL, NULL);
    }
    for (unsigned i = 0; i < GENERATORS; i++) {
        struct dma_request *r = generated(&m->generators[i]);
        r->served = generator_served;
        r->ctx = &m->generators[i];
    }
}

static void reset(struct periph *p, enum reset_kind kind)
{
    struct dmamux *m = (struct dmamux *)p;
    (void)kind;
    for (unsigned i = 0; i < DMA_CHANNELS; i++) {
        wire_listen(NULL, &m->channels[i].sync, p->chip->sched.now);
        m->channels[i].connected = false;
        m->channels[i].left = 0;
    }
    for (unsigned i = 0; i < GENERATORS; i++) {
        wire_listen(NULL, &m->generators[i].trigger, p->chip->sched.now);
        m->generators[i].left = 0;
        dma_request_set(p->chip, generated(&m->generators[i]), false);
    }
    route_all(m);
    update_irq(m);
}

static void gated(struct periph *p, bool on)
{
    (void)on;
    route_all((struct dmamux *)p);
}

/* clang-format off */
#define DMAMUX_REGS(channels, ccr, flags, rgcr)                                                     \
    {                                                                                               \
        [R_CCR] = {.offset = 0x000, .name = "C%uCR", .count = (channels), .stride = 4, .rw = (ccr), \
                   .write = ccr_write},                                                             \
        [R_CSR] = {.offset = 0x080, .name = "CSR", .ro = (flags), .steady = true},                  \
        [R_CFR] = {.offset = 0x084, .name = "CFR", .wo = (flags), .write = clear_write},            \
        [R_RGCR] = {.offset = 0x100, .name = "RG%uCR", .count = GENERATORS, .stride = 4,            \
                    .rw = (rgcr), .write = rgcr_write},                                             \
        [R_RGSR] = {.offset = 0x140, .name = "RGSR", .ro = 0xFFu, .steady = true},                  \
        [R_RGCFR] = {.offset = 0x144, .name = "RGCFR", .wo = 0xFFu, .write = clear_write},          \
    }
/* clang-format on */

static const struct reg regs1[R_COUNT] = DMAMUX_REGS(16, 0x07FF037Fu, 0xFFFFu, 0x00FF0107u);
static const struct reg regs2[R_COUNT] = DMAMUX_REGS(8, 0x1FFF031Fu, 0xFFu, 0x00FF011Fu);

static const char *const irq_names[] = {"overrun", NULL};

#define DMAMUX_MODEL(table, list)                                                                  \
    {                                                                                              \
        .kind = "dmamux", .size = sizeof(struct dmamux), .regs = (table), .fields = (list),        \
        .slot_count = R_COUNT, .span = 0x400, .irq_names = irq_names, .init = init,                \
        .connect = connect, .reset = reset, .gated = gated                                         \
    }

const struct model dmamux1_model = DMAMUX_MODEL(regs1, dmamux1_fields);
const struct model dmamux2_model = DMAMUX_MODEL(regs2, dmamux2_fields);
