/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
#include "vboard/periph/quadspi/internal.h"

#include "vboard/chip/fields.h"

#include <string.h>

#define FIFO_SIZE 32u

enum {
    R_CR,
    R_DCR,
    R_SR,
    R_FCR,
    R_DLR,
    R_CCR,
    R_AR,
    R_ABR,
    R_DR,
    R_PSMKR,
    R_PSMAR,
    R_PIR,
    R_LPTR,
    R_COUNT
};

#define CR_EN (1u << 0)
#define CR_ABORT (1u << 1)
#define CR_FTHRES_POS 8u
#define CR_IE_POS 16u
#define CR_APMS (1u << 22)
#define CR_PMM (1u << 23)
#define CR_PRESCALER_POS 24u
#define SR_TEF (1u << 0)
#define SR_TCF (1u << 1)
#define SR_FTF (1u << 2)
#define SR_SMF (1u << 3)
#define SR_TOF (1u << 4)
#define SR_BUSY (1u << 5)
#define SR_FLEVEL_POS 8u
#define CCR_IMODE_POS 8u
#define CCR_ADMODE_POS 10u
#define CCR_ADSIZE_POS 12u
#define CCR_ABMODE_POS 14u
#define CCR_ABSIZE_POS 16u
#define CCR_DCYC_POS 18u
#define CCR_DMODE_POS 24u
#define CCR_FMODE_POS 26u

enum { MODE_WRITE, MODE_READ, MODE_POLL, MODE_MAPPED };

struct quadspi {
    struct periph p;
    struct clock *kernel;
    struct clock_listener listener;
    struct event event; /* the command has gone out; the next poll */
    struct nor nor;
    uint8_t fifo[FIFO_SIZE];
    uint32_t level;
    uint32_t left, at; /* data bytes to come; those that have */
    uint32_t flags;    /* TEF, TCF, SMF, TOF */
    bool busy, sent;   /* the command has gone out: data may flow */
};

static uint32_t field(const struct quadspi *q, unsigned slot, unsigned pos, uint32_t mask)
{
    return q->p.values[slot] >> pos & mask;
}

static uint32_t mode(const struct quadspi *q)
{
    return field(q, R_CCR, CCR_FMODE_POS, 3);
}

static bool has_data(const struct quadspi *q)
{
    return field(q, R_CCR, CCR_DMODE_POS, 3) != 0;
}

static bool has_address(const struct quadspi *q)
{
    return field(q, R_CCR, CCR_ADMODE_POS, 3) != 0;
}

/* ---- flags ---- */

static uint32_t status(const struct quadspi *q)
{
    uint32_t threshold = field(q, R_CR, CR_FTHRES_POS, 31) + 1;
    bool ready = false;
    if (q->busy && mode(q) == MODE_READ) {
        ready = q->level >= threshold || (q->level != 0 && q->left == 0);
    } else if (mode(q) == MODE_WRITE && q->left != 0) {
        ready = FIFO_SIZE - q->level >= threshold;
    }
    return q->flags | (ready ? SR_FTF : 0) | (q->busy ? SR_BUSY : 0) | q->level << SR_FLEVEL_POS;
}

static void update(struct quadspi *q)
{
    uint32_t enabled = field(q, R_CR, CR_IE_POS, 31);
    irq_set(&q->p.irq[QUADSPI_IRQ_GLOBAL], (status(q) & enabled) != 0);
}

/* ---- time on the bus ---- */

/* Clocks for so many bits, by IMODE and its like: none, one, two or four lines. */
static uint64_t clocks(uint32_t lines, uint64_t bits)
{
    static const uint8_t at_once[4] = {0, 1, 2, 4};
    return lines == 0 ? 0 : bits / at_once[lines & 3u];
}

static uint64_t command_clocks(const struct quadspi *q)
{
    uint32_t address_bits = 8 * (field(q, R_CCR, CCR_ADSIZE_POS, 3) + 1);
    uint32_t alternate_bits = 8 * (field(q, R_CCR, CCR_ABSIZE_POS, 3) + 1);
    return clocks(field(q, R_CCR, CCR_IMODE_POS, 3), 8) +
           clocks(field(q, R_CCR, CCR_ADMODE_POS, 3), address_bits) +
           clocks(field(q, R_CCR, CCR_ABMODE_POS, 3), alternate_bits) +
           field(q, R_CCR, CCR_DCYC_POS, 31);
}

static uint64_t data_clocks(const struct quadspi *q, uint64_t bytes)
{
    return clocks(field(q, R_CCR, CCR_DMODE_POS, 3), 8 * bytes);
}

static void wait_for(struct quadspi *q, uint64_t bus_clocks)
{
    uint64_t prescaler = field(q, R_CR, CR_PRESCALER_POS, 255) + 1;
    vtime_ps span = clock_span(q->kernel, bus_clocks * prescaler);
    if (span != VTIME_NEVER) {
        sched_at(&q->p.chip->sched, &q->event, q->p.chip->sched.now + span);
    }
}

/* ---- commands ---- */

static void finish(struct quadspi *q, uint32_t flag)
{
    nor_deselect(&q->nor);
    sched_cancel(&q->p.chip->sched, &q->event);
    q->flags |= flag;
    q->busy = false;
    q->sent = false;
    q->left = 0;
}

/* DLR holds one less; all ones is the whole memory (24.5.5). */
static uint32_t length(const struct quadspi *q)
{
    uint32_t dl = q->p.values[R_DLR];
    return dl == UINT32_MAX ? dl : dl + 1;
}

static void start(struct quadspi *q)
{
    uint64_t bytes = has_data(q) ? length(q) : 0;
    q->busy = true;
    q->sent = false;
    q->at = 0;
    q->left = (uint32_t)bytes;
    q->level = mode(q) == MODE_WRITE ? q->level : 0;
    nor_select(&q->nor, field(q, R_CCR, CCR_IMODE_POS, 3) != 0 ? (uint8_t)q->p.values[R_CCR] : 0);
    uint64_t first = bytes < FIFO_SIZE ? bytes : FIFO_SIZE;
    wait_for(q, command_clocks(q) + data_clocks(q, mode(q) == MODE_WRITE ? 0 : first));
}

/* What the memory says goes into the FIFO as there is room. */
static void fetch(struct quadspi *q)
{
    while (q->left != 0 && q->level < FIFO_SIZE) {
        q->fifo[q->level++] = nor_read(&q->nor, q->p.chip->nor_id, q->at++);
        q->left--;
    }
    q->flags |= q->left == 0 ? SR_TCF : 0;
}

/* Status bytes, the first lowest; PMM: one bit that matches is enough. */
static void poll(struct quadspi *q)
{
    uint32_t bytes = length(q) < 4 ? length(q) : 4;
    uint32_t value = 0;
    for (uint32_t i = 0; i < bytes; i++) {
        value |= (uint32_t)nor_read(&q->nor, q->p.chip->nor_id, i) << (8 * i);
    }
    q->p.values[R_DR] = value;
    uint32_t mask = q->p.values[R_PSMKR];
    uint32_t equal = ~(value ^ q->p.values[R_PSMAR]) & mask;
    bool matches = field(q, R_CR, 0, CR_PMM) != 0 ? equal != 0 : equal == mask;
    if (matches && field(q, R_CR, 0, CR_APMS) != 0) {
        finish(q, SR_SMF);
        return;
    }
    q->flags |= matches ? SR_SMF : 0;
    wait_for(q, q->p.values[R_PIR] + command_clocks(q) + data_clocks(q, bytes));
}

static void went_out(void *ctx, vtime_ps now)
{
    struct quadspi *q = ctx;
    (void)now;
    q->sent = true;
    if (mode(q) == MODE_POLL) {
        poll(q);
    } else if (mode(q) == MODE_READ && has_data(q)) {
        fetch(q);
    } else if (q->left == 0) {
        finish(q, SR_TCF);
    }
    update(q);
}

/* 24.3.8: a command begins with the last of what it needs. */
static void begin_with(struct quadspi *q, unsigned slot)
{
    bool writes = mode(q) == MODE_WRITE && has_data(q);
    unsigned last = writes ? R_DR : has_address(q) ? R_AR : R_CCR;
    bool on = (q->p.values[R_CR] & CR_EN) != 0;
    if (slot == last && on && !q->busy && mode(q) != MODE_MAPPED) {
        start(q);
    }
    update(q);
}

/* ---- registers ---- */

static void cr_write(struct periph *p, unsigned slot, uint32_t old, uint32_t written)
{
    struct quadspi *q = (struct quadspi *)p;
    (void)old;
    if ((written & CR_ABORT) != 0 || (p->values[slot] & CR_EN) == 0) {
        bool aborts = q->busy && (written & CR_ABORT) != 0;
        finish(q, aborts ? SR_TCF : 0);
        q->level = 0;
        p->values[slot] &= ~CR_ABORT;
    }
    update(q);
}

static uint32_t sr_read(struct periph *p, unsigned slot, uint32_t value)
{
    (void)slot;
    (void)value;
    return status((const struct quadspi *)p);
}

static void fcr_write(struct periph *p, unsigned slot, uint32_t old, uint32_t written)
{
    struct quadspi *q = (struct quadspi *)p;
    (void)slot;
    (void)old;
    q->flags &= ~written;
    update(q);
}

static void command_write(struct periph *p, unsigned slot, uint32_t old, uint32_t written)
{
    struct quadspi *q = (struct quadspi *)p;
    (void)old;
    (void)written;
    if (slot == R_CCR && mode(q) == MODE_MAPPED) {
        periph_unmodelled(p, slot, 3u << CCR_FMODE_POS);
    }
    if (slot == R_CCR) {
        q->left = has_data(q) && mode(q) == MODE_WRITE ? length(q) : 0;
    }
    begin_with(q, slot);
}

static uint32_t dr_read(struct periph *p, unsigned slot, uint32_t value)
{
    struct quadspi *q = (struct quadspi *)p;
    uint32_t data = 0;
    (void)slot;
    if (mode(q) == MODE_POLL || p->chip->access.master == MASTER_DEBUG) {
        return value;
    }
    uint32_t size = p->chip->access.size < q->level ? p->chip->access.size : q->level;
    memcpy(&data, q->fifo, size);
    q->level -= size;
    memmove(q->fifo, q->fifo + size, q->level);
    if (q->sent && mode(q) == MODE_READ) {
        fetch(q);
        if (q->left == 0 && q->level == 0) {
            finish(q, 0);
        }
    }
    update(q);
    return data;
}

/* Bytes go out as they come: here at once, and the end when all have had their time. */
static bool dr_write(struct periph *p, unsigned slot, uint32_t written)
{
    struct quadspi *q = (struct quadspi *)p;
    uint32_t size = p->chip->access.lanes == ~0u                   ? 4
                    : (p->chip->access.lanes & 0xFFFFu) == 0xFFFFu ? 2
                                                                   : 1;
    (void)written;
    if (mode(q) != MODE_WRITE || q->left == 0) {
        return true;
    }
    uint32_t left = q->left > size ? q->left - size : 0;
    if (!q->busy) {
        begin_with(q, slot);
    }
    q->left = left;
    if (left == 0) {
        wait_for(q, command_clocks(q) + data_clocks(q, length(q)));
    }
    update(q);
    return true;
}

/* ---- fields ---- */

static const char why_mapped[] = "the memory cannot be mapped";
static const char why_mapped_only[] = "used in memory-mapped mode only, which is reported";
static const char why_pins[] = "nothing moves on the pins";
static const char why_one[] = "one memory hangs there";

static const struct field cr[] = {ACTS("PRESCALER", BITS(31, 24)),
                                  ACTS("PMM", BIT(23)),
                                  ACTS("APMS", BIT(22)),
                                  ACTS("TOIE", BIT(20)),
                                  ACTS("SMIE", BIT(19)),
                                  ACTS("FTIE", BIT(18)),
                                  ACTS("TCIE", BIT(17)),
                                  ACTS("TEIE", BIT(16)),
                                  ACTS("FTHRES", BITS(12, 8)),
                                  NO_ACTION("FSEL", BIT(7), why_one),
                                  UNMODELLED("DFM", BIT(6), why_one),
                                  NO_ACTION("SSHIFT", BIT(4), why_pins),
                                  NO_ACTION("TCEN", BIT(3), why_mapped_only),
                                  ACTS("ABORT", BIT(1)),
                                  ACTS("EN", BIT(0)),
                                  FIELDS_END};
static const struct field dcr[] = {NO_ACTION("FSIZE", BITS(20, 16), why_mapped_only),
                                   NO_ACTION("CSHT", BITS(10, 8), why_pins),
                                   NO_ACTION("CKMODE", BIT(0), why_pins), FIELDS_END};
static const struct field sr[] = {ACTS("FLEVEL", BITS(13, 8)),
                                  ACTS("BUSY", BIT(5)),
                                  UNMODELLED("TOF", BIT(4), why_mapped),
                                  ACTS("SMF", BIT(3)),
                                  ACTS("FTF", BIT(2)),
                                  ACTS("TCF", BIT(1)),
                                  UNMODELLED("TEF", BIT(0), why_mapped),
                                  FIELDS_END};
static const struct field fcr[] = {ACTS("CTOF", BIT(4)), ACTS("CSMF", BIT(3)), ACTS("CTCF", BIT(1)),
                                   ACTS("CTEF", BIT(0)), FIELDS_END};
static const struct field dlr[] = {ACTS("DL", BITS(31, 0)), FIELDS_END};
static const struct field ccr[] = {UNMODELLED("DDRM", BIT(31), why_pins),
                                   NO_ACTION("DHHC", BIT(30), why_pins),
                                   UNMODELLED("FRCM", BIT(29), why_pins),
                                   UNMODELLED("SIOO", BIT(28), why_pins),
                                   PARTLY("FMODE", BITS(27, 26), why_mapped),
                                   ACTS("DMODE", BITS(25, 24)),
                                   ACTS("DCYC", BITS(22, 18)),
                                   ACTS("ABSIZE", BITS(17, 16)),
                                   ACTS("ABMODE", BITS(15, 14)),
                                   ACTS("ADSIZE", BITS(13, 12)),
                                   ACTS("ADMODE", BITS(11, 10)),
                                   ACTS("IMODE", BITS(9, 8)),
                                   ACTS("INSTRUCTION", BITS(7, 0)),
                                   FIELDS_END};
static const struct field ar[] = {PARTLY("ADDRESS", BITS(31, 0), "all of the memory is erased"),
                                  FIELDS_END};
static const struct field abr[] = {NO_ACTION("ALTERNATE", BITS(31, 0), why_pins), FIELDS_END};
static const struct field dr[] = {PARTLY("DATA", BITS(31, 0), "the memory forgets what is written"),
                                  FIELDS_END};
static const struct field psmkr[] = {ACTS("MASK", BITS(31, 0)), FIELDS_END};
static const struct field psmar[] = {ACTS("MATCH", BITS(31, 0)), FIELDS_END};
static const struct field pir[] = {ACTS("INTERVAL", BITS(15, 0)), FIELDS_END};
static const struct field lptr[] = {NO_ACTION("TIMEOUT", BITS(15, 0), why_mapped_only), FIELDS_END};

const struct reg_fields quadspi_fields[] = {
    {0x00, 1, 0, cr},   {0x04, 1, 0, dcr},   {0x08, 1, 0, sr},    {0x0C, 1, 0, fcr},
    {0x10, 1, 0, dlr},  {0x14, 1, 0, ccr},   {0x18, 1, 0, ar},    {0x1C, 1, 0, abr},
    {0x20, 1, 0, dr},   {0x24, 1, 0, psmkr}, {0x28, 1, 0, psmar}, {0x2C, 1, 0, pir},
    {0x30, 1, 0, lptr}, REG_FIELDS_END,
};

static const struct reg regs[R_COUNT] = {
    [R_CR] =
        {.offset = 0x00, .name = "CR", .rw = 0xFFDF1FDBu, .unmodelled = 1u << 6, .write = cr_write},
    [R_DCR] = {.offset = 0x04, .name = "DCR", .rw = 0x001F0701u},
    [R_SR] = {.offset = 0x08,
              .name = "SR",
              .ro = 0x00003F3Fu,
              .unmodelled = SR_TOF | SR_TEF,
              .steady = true,
              .read = sr_read},
    [R_FCR] = {.offset = 0x0C, .name = "FCR", .wo = 0x1Bu, .write = fcr_write},
    [R_DLR] = {.offset = 0x10, .name = "DLR", .rw = ~0u},
    [R_CCR] = {.offset = 0x14,
               .name = "CCR",
               .rw = 0xFF7FFFFFu,
               .unmodelled = 0xB0000000u,
               .write = command_write},
    [R_AR] = {.offset = 0x18, .name = "AR", .rw = ~0u, .write = command_write},
    [R_ABR] = {.offset = 0x1C, .name = "ABR", .rw = ~0u},
    [R_DR] = {.offset = 0x20, .name = "DR", .rw = ~0u, .read = dr_read, .intercept = dr_write},
    [R_PSMKR] = {.offset = 0x24, .name = "PSMKR", .rw = ~0u},
    [R_PSMAR] = {.offset = 0x28, .name = "PSMAR", .rw = ~0u},
    [R_PIR] = {.offset = 0x2C, .name = "PIR", .rw = 0xFFFFu},
    [R_LPTR] = {.offset = 0x30, .name = "LPTR", .rw = 0xFFFFu},
};

/* ---- clocks, life ---- */

static void after_clock(void *ctx, vtime_ps now)
{
    struct quadspi *q = ctx;
    (void)now;
    if (q->busy && !q->sent) {
        wait_for(q, command_clocks(q));
    }
}

static int init(struct periph *p)
{
    event_init(&((struct quadspi *)p)->event, went_out, p);
    return 0;
}

static void connect(struct periph *p)
{
    struct quadspi *q = (struct quadspi *)p;
    q->kernel = &p->chip->clocks[p->entry->kernel->output];
    q->listener = (struct clock_listener){.after = after_clock, .ctx = q};
    clock_listen(q->kernel, &q->listener);
}

static void reset(struct periph *p, enum reset_kind kind)
{
    struct quadspi *q = (struct quadspi *)p;
    finish(q, 0);
    q->flags = 0;
    q->level = 0;
    if (kind == RESET_POWER_ON) {
        q->nor = (struct nor){.may_write = false};
    }
    update(q);
}

static void destroy(struct periph *p)
{
    sched_cancel(&p->chip->sched, &((struct quadspi *)p)->event);
}

static const char *const irq_names[] = {[QUADSPI_IRQ_GLOBAL] = "global", NULL};

const struct model quadspi_model = {
    .kind = "quadspi",
    .size = sizeof(struct quadspi),
    .regs = regs,
    .fields = quadspi_fields,
    .slot_count = R_COUNT,
    .span = 0x1000,
    .irq_names = irq_names,
    .init = init,
    .connect = connect,
    .reset = reset,
    .destroy = destroy,
};
