/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
#include "vboard/periph/quadspi/internal.h"

#include <string.h>

uint32_t quadspi_field(const struct quadspi *q, unsigned slot, unsigned pos, uint32_t mask)
{
    return q->p.values[slot] >> pos & mask;
}

uint32_t quadspi_mode(const struct quadspi *q)
{
    return quadspi_field(q, R_CCR, CCR_FMODE_POS, 3);
}

static bool has_data(const struct quadspi *q)
{
    return quadspi_field(q, R_CCR, CCR_DMODE_POS, 3) != 0;
}

static bool has_address(const struct quadspi *q)
{
    return quadspi_field(q, R_CCR, CCR_ADMODE_POS, 3) != 0;
}

/* ---- flags ---- */

static uint32_t status(const struct quadspi *q)
{
    uint32_t threshold = quadspi_field(q, R_CR, CR_FTHRES_POS, 31) + 1;
    bool ready = false;
    if (q->busy && quadspi_mode(q) == MODE_READ) {
        ready = q->level >= threshold || (q->level != 0 && q->left == 0);
    } else if (quadspi_mode(q) == MODE_WRITE && q->left != 0) {
        ready = QUADSPI_FIFO_SIZE - q->level >= threshold;
    }
    return q->flags | (ready ? SR_FTF : 0) | (q->busy ? SR_BUSY : 0) | q->level << SR_FLEVEL_POS;
}

void quadspi_update(struct quadspi *q)
{
    uint32_t enabled = quadspi_field(q, R_CR, CR_IE_POS, 31);
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
    uint32_t address_bits = 8 * (quadspi_field(q, R_CCR, CCR_ADSIZE_POS, 3) + 1);
    uint32_t alternate_bits = 8 * (quadspi_field(q, R_CCR, CCR_ABSIZE_POS, 3) + 1);
    return clocks(quadspi_field(q, R_CCR, CCR_IMODE_POS, 3), 8) +
           clocks(quadspi_field(q, R_CCR, CCR_ADMODE_POS, 3), address_bits) +
           clocks(quadspi_field(q, R_CCR, CCR_ABMODE_POS, 3), alternate_bits) +
           quadspi_field(q, R_CCR, CCR_DCYC_POS, 31);
}

uint64_t quadspi_data_clocks(const struct quadspi *q, uint64_t bytes)
{
    return clocks(quadspi_field(q, R_CCR, CCR_DMODE_POS, 3), 8 * bytes);
}

void quadspi_wait_for(struct quadspi *q, uint64_t bus_clocks)
{
    uint64_t prescaler = quadspi_field(q, R_CR, CR_PRESCALER_POS, 255) + 1;
    vtime_ps span = clock_span(q->kernel, bus_clocks * prescaler);
    if (span != VTIME_NEVER) {
        sched_at(&q->p.chip->sched, &q->event, q->p.chip->sched.now + span);
    }
}

/* ---- commands ---- */

static void finish(struct quadspi *q, uint32_t flag)
{
    nor_deselect(q);
    sched_cancel(&q->p.chip->sched, &q->event);
    q->flags |= flag;
    q->busy = false;
    q->sent = false;
    q->left = 0;
}

uint64_t quadspi_flash_size(const struct quadspi *q)
{
    return UINT64_C(2) << quadspi_field(q, R_DCR, DCR_FSIZE_POS, 31);
}

/* In dual-flash mode "ADDRESS[0] is stuck to 0". */
static uint32_t address_of(const struct quadspi *q)
{
    return q->p.values[R_AR] & ~quadspi_field(q, R_CR, 6, 1);
}

/* DLR holds one less, an even number of bytes in dual-flash mode (24.3.4); all ones goes to the memory's end (24.3.5). */
static uint32_t length(const struct quadspi *q)
{
    uint32_t dl = q->p.values[R_DLR] | quadspi_field(q, R_CR, 6, 1);
    if (dl != UINT32_MAX) {
        return dl + 1;
    }
    uint64_t left = quadspi_flash_size(q) - (has_address(q) ? address_of(q) : 0);
    return left > UINT32_MAX ? UINT32_MAX : (uint32_t)left;
}

/* A wrong address, or more than there is behind it (24.3.14). */
static bool is_beyond(const struct quadspi *q)
{
    uint64_t size = quadspi_flash_size(q);
    uint64_t bytes = has_data(q) && quadspi_mode(q) != MODE_POLL ? length(q) : 0;
    return has_address(q) && (address_of(q) >= size || address_of(q) + bytes > size);
}

static void start(struct quadspi *q)
{
    uint64_t bytes = has_data(q) ? length(q) : 0;
    q->busy = true;
    q->sent = false;
    q->at = 0;
    q->left = (uint32_t)bytes;
    q->level = quadspi_mode(q) == MODE_WRITE ? q->level : 0;
    nor_select(q, quadspi_field(q, R_CCR, CCR_IMODE_POS, 3) != 0 ? (uint8_t)q->p.values[R_CCR] : 0,
               has_address(q) ? address_of(q) : 0);
    uint64_t first = bytes < QUADSPI_FIFO_SIZE ? bytes : QUADSPI_FIFO_SIZE;
    quadspi_wait_for(q, command_clocks(q) +
                            quadspi_data_clocks(q, quadspi_mode(q) == MODE_WRITE ? 0 : first));
}

/* What the memory says goes into the FIFO as there is room. */
static void fetch(struct quadspi *q)
{
    while (q->left != 0 && q->level < QUADSPI_FIFO_SIZE) {
        q->fifo[q->level++] = nor_read(q, q->at++);
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
        value |= (uint32_t)nor_read(q, i) << (8 * i);
    }
    q->p.values[R_DR] = value;
    uint32_t mask = q->p.values[R_PSMKR];
    uint32_t equal = ~(value ^ q->p.values[R_PSMAR]) & mask;
    bool matches = quadspi_field(q, R_CR, 0, CR_PMM) != 0 ? equal != 0 : equal == mask;
    if (matches && quadspi_field(q, R_CR, 0, CR_APMS) != 0) {
        finish(q, SR_SMF);
        return;
    }
    q->flags |= matches ? SR_SMF : 0;
    quadspi_wait_for(q, q->p.values[R_PIR] + command_clocks(q) + quadspi_data_clocks(q, bytes));
}

static void went_out(void *ctx, vtime_ps now)
{
    struct quadspi *q = ctx;
    (void)now;
    q->sent = true;
    if (quadspi_mode(q) == MODE_MAPPED) {
        mapped_time(q);
    } else if (quadspi_mode(q) == MODE_POLL) {
        poll(q);
    } else if (quadspi_mode(q) == MODE_READ && has_data(q)) {
        fetch(q);
    } else if (q->left == 0) {
        finish(q, SR_TCF);
    }
    quadspi_update(q);
}

/* 24.3.8: a command begins with the last of what it needs. */
static void begin_with(struct quadspi *q, unsigned slot)
{
    bool writes = quadspi_mode(q) == MODE_WRITE && has_data(q);
    unsigned last = writes ? R_DR : has_address(q) ? R_AR : R_CCR;
    bool on = (q->p.values[R_CR] & CR_EN) != 0;
    if (slot == last && on && !q->busy && quadspi_mode(q) != MODE_MAPPED) {
        if (is_beyond(q)) {
            q->flags |= SR_TEF;
            q->left = 0;
        } else {
            start(q);
        }
    }
    quadspi_update(q);
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
        if ((written & CR_ABORT) != 0 && quadspi_mode(q) == MODE_MAPPED) {
            p->values[R_CCR] &=
                ~CCR_FMODE; /* "in memory-mapped mode, this bit also resets DM" (24.5.1) */
        }
    }
    mapped_close(q);
    mapped_arm(q);
    quadspi_update(q);
}

static uint32_t sr_read(struct periph *p, unsigned slot, uint32_t value)
{
    struct quadspi *q = (struct quadspi *)p;
    (void)slot;
    (void)value;
    if (p->chip->access.master != MASTER_DEBUG) {
        mapped_look(q);
    }
    return status(q);
}

static void fcr_write(struct periph *p, unsigned slot, uint32_t old, uint32_t written)
{
    struct quadspi *q = (struct quadspi *)p;
    (void)slot;
    (void)old;
    q->flags &= ~written;
    quadspi_update(q);
}

/* "Can be written only when BUSY = 0": told where it would change a mapping under way. */
static bool ccr_refused(struct periph *p, unsigned slot, uint32_t written)
{
    const struct quadspi *q = (const struct quadspi *)p;
    (void)written;
    if (q->busy && quadspi_mode(q) == MODE_MAPPED) {
        periph_report(p, slot, FOUND_WHILE_BUSY, NULL);
        return true;
    }
    return false;
}

/* "Ignored when BUSY = 1 or when FMODE = 11." */
static bool ar_refused(struct periph *p, unsigned slot, uint32_t written)
{
    const struct quadspi *q = (const struct quadspi *)p;
    (void)slot;
    (void)written;
    return q->busy || quadspi_mode(q) == MODE_MAPPED;
}

static void dcr_write(struct periph *p, unsigned slot, uint32_t old, uint32_t written)
{
    (void)slot;
    (void)old;
    (void)written;
    mapped_close((struct quadspi *)p);
}

static void command_write(struct periph *p, unsigned slot, uint32_t old, uint32_t written)
{
    struct quadspi *q = (struct quadspi *)p;
    (void)old;
    (void)written;
    if (slot == R_CCR) {
        mapped_close(q);
        if (has_data(q) && quadspi_field(q, R_CCR, CCR_IMODE_POS, 3) != 0 &&
            !nor_knows((uint8_t)p->values[R_CCR])) {
            periph_unmodelled(p, slot, CCR_INSTRUCTION);
        }
        q->left = has_data(q) && quadspi_mode(q) == MODE_WRITE ? length(q) : 0;
    }
    begin_with(q, slot);
}

/* In dual-flash mode DLR[0] is stuck at 1, AR[0] at 0, for who reads them, too (24.3.4, 24.5.7). */
static uint32_t dlr_read(struct periph *p, unsigned slot, uint32_t value)
{
    (void)slot;
    return value | quadspi_field((const struct quadspi *)p, R_CR, 6, 1);
}

static uint32_t ar_read(struct periph *p, unsigned slot, uint32_t value)
{
    (void)slot;
    return value & ~quadspi_field((const struct quadspi *)p, R_CR, 6, 1);
}

static uint32_t dr_read(struct periph *p, unsigned slot, uint32_t value)
{
    struct quadspi *q = (struct quadspi *)p;
    uint32_t data = 0;
    (void)slot;
    if (quadspi_mode(q) == MODE_POLL || p->chip->access.master == MASTER_DEBUG) {
        return value;
    }
    if (quadspi_mode(q) == MODE_MAPPED) {
        return 0; /* 24.3.12 */
    }
    uint32_t size = p->chip->access.size < q->level ? p->chip->access.size : q->level;
    memcpy(&data, q->fifo, size);
    q->level -= size;
    memmove(q->fifo, q->fifo + size, q->level);
    if (q->sent && quadspi_mode(q) == MODE_READ) {
        fetch(q);
        if (q->left == 0 && q->level == 0) {
            finish(q, 0);
        }
    }
    quadspi_update(q);
    return data;
}

/* Bytes go out as they come: here at once, and the end when all have had their time. */
static bool dr_write(struct periph *p, unsigned slot, uint32_t written)
{
    struct quadspi *q = (struct quadspi *)p;
    uint32_t size = p->chip->access.lanes == ~0u                   ? 4
                    : (p->chip->access.lanes & 0xFFFFu) == 0xFFFFu ? 2
                                                                   : 1;
    if (quadspi_mode(q) != MODE_WRITE || q->left == 0) {
        return true;
    }
    uint32_t left = q->left > size ? q->left - size : 0;
    uint32_t taken = q->left - left;
    if (!q->busy) {
        begin_with(q, slot);
    }
    if (!q->busy) {
        return true; /* an address that is not there */
    }
    for (uint32_t i = 0; i < taken; i++) {
        nor_write(q, q->at++, (uint8_t)(written >> (8 * i)));
    }
    q->left = left;
    if (left == 0) {
        quadspi_wait_for(q, command_clocks(q) + quadspi_data_clocks(q, length(q)));
    }
    quadspi_update(q);
    return true;
}

/* ---- the table ---- */

static const struct reg regs[R_COUNT] = {
    [R_CR] = {.offset = 0x00, .name = "CR", .rw = 0xFFDF1FDBu, .write = cr_write},
    [R_DCR] = {.offset = 0x04, .name = "DCR", .rw = 0x001F0701u, .write = dcr_write},
    [R_SR] = {.offset = 0x08, .name = "SR", .ro = 0x00003F3Fu, .steady = true, .read = sr_read},
    [R_FCR] = {.offset = 0x0C, .name = "FCR", .wo = 0x1Bu, .write = fcr_write},
    [R_DLR] = {.offset = 0x10, .name = "DLR", .rw = ~0u, .read = dlr_read},
    [R_CCR] = {.offset = 0x14,
               .name = "CCR",
               .rw = 0xFF7FFFFFu,
               .unmodelled = 0xB0000000u,
               .intercept = ccr_refused,
               .write = command_write},
    [R_AR] = {.offset = 0x18,
              .name = "AR",
              .rw = ~0u,
              .read = ar_read,
              .intercept = ar_refused,
              .write = command_write},
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
    if (q->busy && !q->sent && quadspi_mode(q) != MODE_MAPPED) {
        quadspi_wait_for(q, command_clocks(q));
    }
    mapped_close(q);
}

static void gated(struct periph *p, bool on)
{
    (void)on;
    mapped_close((struct quadspi *)p);
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
    mapped_connect(q);
}

static void reset(struct periph *p, enum reset_kind kind)
{
    struct quadspi *q = (struct quadspi *)p;
    finish(q, 0);
    q->flags = 0;
    q->level = 0;
    if (kind == RESET_POWER_ON) {
        q->nor = (struct nor){.status = q->nor.status, .set = {0xFF, 0xFF}};
    }
    mapped_close(q);
    quadspi_update(q);
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
    .gated = gated,
    .destroy = destroy,
};
