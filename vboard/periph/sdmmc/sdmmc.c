/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
/* Registers (RM0399 Rev 4, 58.10), clock, pins, life. */
#include "vboard/periph/sdmmc/internal.h"

#include <stdio.h>

#define WIDTHS 4u /* "have to be accessed by words" (58.10) */
#define POWER_DIRPOL (1u << 4)
#define STATIC_FLAGS 0x1FE00FFFu
#define UNMODELLED_FLAGS 0x07C00000u /* CKSTOP, VSWEND, ACKTIMEOUT, ACKFAIL, SDIOIT */

/* ---- flags ---- */

static uint32_t status(const struct sdmmc *s)
{
    return s->flags | (s->cpsm != CPSM_IDLE ? STAR_CPSMACT : 0) | sdmmc_data_flags(s);
}

void sdmmc_update(struct sdmmc *s)
{
    irq_set(&s->p.irq[SDMMC_IRQ_GLOBAL], (status(s) & s->p.values[R_MASKR]) != 0);
}

void sdmmc_flag(struct sdmmc *s, uint32_t flags)
{
    s->flags |= flags;
    sdmmc_update(s);
}

static uint32_t star_read(struct periph *p, unsigned slot, uint32_t value)
{
    (void)slot;
    (void)value;
    return status((const struct sdmmc *)p);
}

static void icr_write(struct periph *p, unsigned slot, uint32_t old, uint32_t written)
{
    struct sdmmc *s = (struct sdmmc *)p;
    (void)slot;
    (void)old;
    s->flags &= ~written;
    sdmmc_update(s);
}

static void maskr_write(struct periph *p, unsigned slot, uint32_t old, uint32_t written)
{
    (void)slot;
    (void)old;
    (void)written;
    sdmmc_update((struct sdmmc *)p);
}

/* ---- times on the bus ---- */

/* CLKDIV = 0 is the kernel clock itself, else it is divided by twice CLKDIV (58.10.2). */
vtime_ps sdmmc_span(const struct sdmmc *s, uint64_t clocks)
{
    uint32_t clkdiv = s->p.values[R_CLKCR] & CLKCR_CLKDIV;
    return clock_span(s->kernel, clocks * (clkdiv == 0 ? 1 : 2 * clkdiv));
}

static void schedule(struct sdmmc *s, struct sdmmc_timer *t)
{
    vtime_ps span = sdmmc_span(s, t->clocks);
    bool runs = s->p.gate == NULL || s->p.gate->any;
    if (!t->on || !runs || span == VTIME_NEVER) {
        sched_cancel(&s->p.chip->sched, &t->event);
    } else {
        sched_at(&s->p.chip->sched, &t->event, sdmmc_now(s) + span + t->extra);
    }
}

void sdmmc_arm(struct sdmmc *s, struct sdmmc_timer *t, uint64_t clocks, vtime_ps extra)
{
    t->clocks = clocks;
    t->extra = extra;
    t->on = true;
    schedule(s, t);
}

void sdmmc_disarm(struct sdmmc *s, struct sdmmc_timer *t)
{
    t->on = false;
    schedule(s, t);
}

/* What is under way begins anew with the new clock. */
static void after_clock(void *ctx, vtime_ps now)
{
    struct sdmmc *s = ctx;
    (void)now;
    schedule(s, &s->command);
    schedule(s, &s->data);
    schedule(s, &s->timeout);
}

/* ---- the card ---- */

const struct sd_slot *sdmmc_card(const struct sdmmc *s, unsigned lines)
{
    const struct sd_slot *slot = &s->p.chip->sd[s->p.entry->param - 1];
    bool routed = slot->ops != NULL && s->ck->pin != NULL && s->cmd->pin != NULL && lines <= 4;
    for (unsigned i = 0; routed && i < lines; i++) {
        routed = s->d[i]->pin != NULL;
    }
    return routed ? slot : NULL;
}

/* ---- registers ---- */

/* 58.10.1: 01 changes nothing, and nothing changes 11 but a reset. */
static void power_write(struct periph *p, unsigned slot, uint32_t old, uint32_t written)
{
    struct sdmmc *s = (struct sdmmc *)p;
    uint32_t wanted = written & POWER_PWRCTRL;
    bool keeps = (old & POWER_PWRCTRL) == POWER_ON || wanted == 1;
    uint32_t next = keeps ? old & POWER_PWRCTRL : wanted;
    p->values[slot] = (p->values[slot] & ~POWER_PWRCTRL) | next;
    if ((old & POWER_PWRCTRL) != 0) {
        p->values[slot] = (p->values[slot] & ~POWER_DIRPOL) | (old & POWER_DIRPOL);
    }
    if (next == POWER_ON && (old & POWER_PWRCTRL) != POWER_ON) {
        s->powered_at = sdmmc_now(s);
    }
}

static bool is_data_active(const struct sdmmc *s)
{
    return s->dpsm != DPSM_IDLE;
}

/* CLKCR, DTIMER: "only when the CPSM and DPSM are not active". True: the write is refused. */
static bool locked_by_both(struct periph *p, unsigned slot, uint32_t written)
{
    const struct sdmmc *s = (const struct sdmmc *)p;
    (void)slot;
    (void)written;
    return s->cpsm != CPSM_IDLE || is_data_active(s);
}

static void clkcr_write(struct periph *p, unsigned slot, uint32_t old, uint32_t written)
{
    (void)old;
    if (sdmmc_lines((struct sdmmc *)p) > 4) {
        periph_unmodelled(p, slot, written & 3u << CLKCR_WIDBUS_POS);
    }
}

/* ARGR, ACKTIMER. */
static bool locked_by_command(struct periph *p, unsigned slot, uint32_t written)
{
    (void)slot;
    (void)written;
    return ((const struct sdmmc *)p)->cpsm != CPSM_IDLE;
}

/* DLENR, IDMACTRLR, IDMABSIZER. */
static bool locked_by_data(struct periph *p, unsigned slot, uint32_t written)
{
    (void)slot;
    (void)written;
    return is_data_active((const struct sdmmc *)p);
}

/* 58.10.18: the base of the buffer that the IDMA is not at may be changed under way. */
static bool locked_by_buffer(struct periph *p, unsigned slot, uint32_t written)
{
    const struct sdmmc *s = (const struct sdmmc *)p;
    bool is_second = sdmmc_has(s, R_IDMACTRLR, IDMACTRLR_IDMABACT);
    (void)written;
    return is_data_active(s) && is_second == (slot == R_IDMABASE1R);
}

/* While the DPSM is active only FIFORST can be written, while it is not all but that (58.10.9). */
static void dctrl_write(struct periph *p, unsigned slot, uint32_t old, uint32_t written)
{
    struct sdmmc *s = (struct sdmmc *)p;
    if (is_data_active(s)) {
        bool flushes = (written & DCTRL_FIFORST) != 0 && !sdmmc_by_idma(s);
        p->values[slot] = old | (flushes ? DCTRL_FIFORST : 0);
        sdmmc_data_settle(s);
        return;
    }
    p->values[slot] &= ~DCTRL_FIFORST;
    if ((p->values[slot] >> DCTRL_DTMODE_POS & 3u) == DTMODE_STREAM) {
        periph_unmodelled(p, slot, 3u << DCTRL_DTMODE_POS);
    }
    if ((p->values[slot] & DCTRL_DTEN) != 0) {
        transfer_order(p->chip, &s->transfer);
        sdmmc_data_start(s);
    }
}

static const struct reg regs[R_COUNT] = {
    [R_POWER] = {.offset = 0x000,
                 .name = "POWER",
                 .rw = 0x0000001F,
                 .unmodelled = 0x0000000C,
                 .widths = WIDTHS,
                 .write = power_write},
    [R_CLKCR] = {.offset = 0x004,
                 .name = "CLKCR",
                 .rw = 0x003FD3FF,
                 .unmodelled = 0x003C0000,
                 .widths = WIDTHS,
                 .intercept = locked_by_both,
                 .write = clkcr_write},
    [R_ARGR] = {.offset = 0x008,
                .name = "ARGR",
                .rw = ~0u,
                .widths = WIDTHS,
                .intercept = locked_by_command},
    [R_CMDR] = {.offset = 0x00C,
                .name = "CMDR",
                .rw = 0x0001FFFF,
                .unmodelled = 0x0001CC00,
                .widths = WIDTHS,
                .write = sdmmc_command_write},
    [R_RESPCMDR] = {.offset = 0x010, .name = "RESPCMDR", .ro = 0x3F, .widths = WIDTHS},
    [R_RESPR] = {.offset = 0x014,
                 .name = "RESP%uR",
                 .ro = ~0u,
                 .first = 1,
                 .count = 4,
                 .stride = 4,
                 .widths = WIDTHS},
    [R_DTIMER] = {.offset = 0x024,
                  .name = "DTIMER",
                  .rw = ~0u,
                  .widths = WIDTHS,
                  .intercept = locked_by_both},
    [R_DLENR] = {.offset = 0x028,
                 .name = "DLENR",
                 .rw = 0x01FFFFFF,
                 .widths = WIDTHS,
                 .intercept = locked_by_data},
    [R_DCTRL] = {.offset = 0x02C,
                 .name = "DCTRL",
                 .rw = 0x00003FFF,
                 .unmodelled = 0x00001F00,
                 .widths = WIDTHS,
                 .write = dctrl_write},
    [R_DCNTR] = {.offset = 0x030, .name = "DCNTR", .ro = 0x01FFFFFF, .widths = WIDTHS},
    [R_STAR] = {.offset = 0x034,
                .name = "STAR",
                .ro = 0x1FFFFFFF,
                .unmodelled = UNMODELLED_FLAGS,
                .steady = true,
                .widths = WIDTHS,
                .read = star_read},
    [R_ICR] =
        {.offset = 0x038, .name = "ICR", .wo = STATIC_FLAGS, .widths = WIDTHS, .write = icr_write},
    [R_MASKR] = {.offset = 0x03C,
                 .name = "MASKR",
                 .rw = 0x17E6CFFF,
                 .widths = WIDTHS,
                 .write = maskr_write},
    [R_ACKTIMER] = {.offset = 0x040,
                    .name = "ACKTIMER",
                    .rw = 0x01FFFFFF,
                    .widths = WIDTHS,
                    .intercept = locked_by_command},
    [R_IDMACTRLR] = {.offset = 0x050,
                     .name = "IDMACTRLR",
                     .rw = 0x00000007,
                     .widths = WIDTHS,
                     .intercept = locked_by_data},
    [R_IDMABSIZER] = {.offset = 0x054,
                      .name = "IDMABSIZER",
                      .rw = 0x00001FE0,
                      .widths = WIDTHS,
                      .intercept = locked_by_data},
    [R_IDMABASE0R] = {.offset = 0x058,
                      .name = "IDMABASE0R",
                      .rw = 0xFFFFFFFC,
                      .ro = 0x00000003,
                      .widths = WIDTHS,
                      .intercept = locked_by_buffer},
    [R_IDMABASE1R] = {.offset = 0x05C,
                      .name = "IDMABASE1R",
                      .rw = 0xFFFFFFFC,
                      .ro = 0x00000003,
                      .widths = WIDTHS,
                      .intercept = locked_by_buffer},
    [R_FIFOR] = {.offset = 0x080,
                 .name = "FIFOR%u",
                 .rw = ~0u,
                 .count = FIFO_WORDS,
                 .stride = 4,
                 .widths = WIDTHS,
                 .read = sdmmc_fifo_read,
                 .intercept = sdmmc_fifo_write},
};

/* ---- life ---- */

static int init(struct periph *p)
{
    struct sdmmc *s = (struct sdmmc *)p;
    event_init(&s->command.event, sdmmc_command_event, s);
    event_init(&s->data.event, sdmmc_data_event, s);
    event_init(&s->timeout.event, sdmmc_timeout_event, s);
    s->transfer = (struct transfer){
        .bus = p->entry->param == 1 ? TRANSFER_SDMMC1 : TRANSFER_SDMMC2,
        .master = MASTER_DMA_CM7,
        .subject = p->entry->base + 0x050, /* IDMACTRLR */
    };
    return 0;
}

static struct pinfunc *func(struct periph *p, const char *line)
{
    char name[24];
    snprintf(name, sizeof(name), "%s_%s", p->name, line);
    return chip_pinfunc(p->chip, name);
}

static void connect(struct periph *p)
{
    static const char *const lines[4] = {"D0", "D1", "D2", "D3"};
    struct sdmmc *s = (struct sdmmc *)p;
    s->kernel = &p->chip->clocks[p->entry->kernel->output];
    s->listener = (struct clock_listener){.after = after_clock, .ctx = s};
    clock_listen(s->kernel, &s->listener);
    s->ck = func(p, "CK");
    s->cmd = func(p, "CMD");
    for (unsigned i = 0; i < 4; i++) {
        s->d[i] = func(p, lines[i]);
    }
}

static void gated(struct periph *p, bool on)
{
    (void)on;
    after_clock(p, 0);
}

static void cancel(struct sdmmc *s)
{
    sched_cancel(&s->p.chip->sched, &s->command.event);
    sched_cancel(&s->p.chip->sched, &s->data.event);
    sched_cancel(&s->p.chip->sched, &s->timeout.event);
    s->command.on = s->data.on = s->timeout.on = false;
}

static void reset(struct periph *p, enum reset_kind kind)
{
    struct sdmmc *s = (struct sdmmc *)p;
    (void)kind;
    cancel(s);
    s->cpsm = CPSM_IDLE;
    s->dpsm = DPSM_IDLE;
    s->flags = 0;
    s->level = 0;
    s->command_over_at = 0;
    s->failed = s->aborting = s->stalled = s->refused = s->by_dten = false;
    sdmmc_update(s);
}

static void destroy(struct periph *p)
{
    cancel((struct sdmmc *)p);
}

static const char *const irq_names[] = {[SDMMC_IRQ_GLOBAL] = "global", NULL};

const struct model sdmmc_model = {
    .kind = "sdmmc",
    .size = sizeof(struct sdmmc),
    .regs = regs,
    .fields = sdmmc_fields,
    .slot_count = R_COUNT,
    .span = 0x400,
    .irq_names = irq_names,
    .init = init,
    .connect = connect,
    .reset = reset,
    .gated = gated,
    .destroy = destroy,
};
