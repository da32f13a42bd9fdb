/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
/*
 * SAI: what happens in a block's frames (RM0399 Rev 4, 54.4.3, 54.4.4, 54.4.9, 54.4.13 to 54.4.16). Whoever asks has
 * the block catch up with the clock first; events are for those who wait.
 */
#include "vboard/periph/sai/internal.h"

static vtime_ps now_of(const struct sai_block *b)
{
    return b->sai->p.chip->sched.now;
}

static bool is_on(const struct sai_block *b)
{
    return (b->regs[B_CR1] & CR1_SAIEN) != 0;
}

/* Whose clock and frames it follows: NULL, if nobody's in this SAI. */
static struct sai_block *source(struct sai_block *b)
{
    if (sai_is_master(b)) {
        return b;
    }
    bool internal = (b->regs[B_CR1] & CR1_SYNCEN) == CR1_SYNCEN_INTERNAL;
    return internal && sai_is_master(b->other) ? b->other : NULL;
}

static uint64_t count(const struct sai_block *clock)
{
    return ticker_count(&clock->ticks, now_of(clock));
}

/* ---- the FIFO: 54.4.9 ---- */

/* In quarters: a transmitter's begin one word later than a receiver's. */
static unsigned level(const struct sai_block *b)
{
    static const uint8_t sends[SAI_FIFO + 1] = {0, 1, 1, 2, 2, 3, 3, 4, 5};
    static const uint8_t receives[SAI_FIFO + 1] = {0, 1, 2, 2, 3, 3, 4, 4, 5};
    return sai_receives(b) ? receives[b->fifo] : sends[b->fifo];
}

static bool requests(const struct sai_block *b)
{
    unsigned fth = b->regs[B_CR2] & CR2_FTH;
    unsigned threshold = (fth > 4 ? 4 : fth) + 1;
    return sai_receives(b) ? level(b) >= threshold : level(b) < threshold;
}

uint32_t sai_status(const struct sai_block *b)
{
    return b->flags | (requests(b) ? FLAG_FREQ : 0) | level(b) << SR_FLVL_POS;
}

static bool is_exhausted(const struct sai_block *b)
{
    return b->fifo == (sai_receives(b) ? SAI_FIFO : 0);
}

/* "The slot number ... is stored": it goes on with that slot, so that slots and memory keep in step (54.4.14). */
static void transfer(struct sai_block *b, unsigned slot)
{
    if (sai_protocol(b) == PROTOCOL_AC97 && sai_receives(b)) {
        b->flags |= FLAG_CNRDY;
        return;
    }
    if (b->skips && slot != b->skipped) {
        return;
    }
    b->skips = is_exhausted(b);
    b->skipped = slot;
    if (b->skips) {
        b->flags |= FLAG_OVRUDR;
    } else if (sai_receives(b)) {
        b->fifo++;
    } else {
        b->fifo--;
    }
}

/* ---- frames ---- */

static unsigned mute_count(const struct sai_block *b)
{
    return b->regs[B_CR2] >> 7 & 63u;
}

/* Of a synchronous block, whose FS does not come when its own frame is over. */
static uint32_t mismatch(const struct sai_block *b, const struct sai_block *clock)
{
    unsigned own = sai_frame_bits(b), given = sai_frame_bits(clock);
    bool ac97 = sai_protocol(b) == PROTOCOL_AC97;
    return own == given || ac97 ? 0 : own > given ? FLAG_AFSDET : FLAG_LFSDET;
}

static bool ends_with_frame(const struct sai_block *b, const struct sai_block *clock)
{
    return b->stopping || clock->stopping || !clock->running;
}

/* A block that waited for the master's next frame goes on waiting: there is none. */
static void stop(struct sai_block *b)
{
    if (sai_is_master(b) && b->other->frame > b->frame && source(b->other) == b) {
        b->other->running = false;
    }
    b->running = false;
    if (b->stopping) {
        b->stopping = false;
        b->regs[B_CR1] &= ~CR1_SAIEN;
    }
}

static void end_frame(struct sai_block *b, struct sai_block *clock)
{
    b->flags |= mismatch(b, clock);
    b->next = 0;
    if (sai_receives(b) && b->muted <= mute_count(b)) {
        b->muted++;
        b->flags |= b->muted == mute_count(b) ? FLAG_MUTEDET : 0;
    }
    if (ends_with_frame(b, clock)) {
        stop(b);
    } else {
        b->frame += sai_frame_clocks(clock);
    }
}

/* Nothing that a register shows will change by itself. */
static bool is_idle(const struct sai_block *b, const struct sai_block *clock)
{
    if ((mismatch(b, clock) & ~b->flags) != 0 || (sai_receives(b) && b->muted < mute_count(b))) {
        return false;
    }
    if (sai_protocol(b) == PROTOCOL_AC97 && sai_receives(b)) {
        return (b->flags & FLAG_CNRDY) != 0;
    }
    return is_exhausted(b) && b->skips && (b->flags & FLAG_OVRUDR) != 0;
}

/* When the next thing happens in a frame; slot == sai_slots: its end. */
static uint64_t next_at(const struct sai_block *b, const struct sai_block *clock, unsigned *slot)
{
    unsigned bits = sai_frame_bits(clock);
    uint64_t clocks = sai_frame_clocks(clock);
    *slot = sai_next_slot(b, b->next, bits);
    if (*slot == sai_slots(b)) {
        return b->frame + clocks;
    }
    return b->frame + sai_slot_bit(b, *slot) * clocks / bits;
}

static void skip_frames(struct sai_block *b, const struct sai_block *clock, uint64_t now)
{
    uint64_t clocks = sai_frame_clocks(clock);
    if (now >= b->frame + clocks && is_idle(b, clock) && !ends_with_frame(b, clock)) {
        b->frame += (now - b->frame) / clocks * clocks;
        b->next = 0;
    }
}

static void catch_up(struct sai_block *b)
{
    struct sai_block *clock = source(b);
    uint64_t now = clock != NULL ? count(clock) : 0;
    while (clock != NULL && b->running) {
        unsigned slot;
        skip_frames(b, clock, now);
        if (next_at(b, clock, &slot) > now) {
            return;
        }
        if (slot == sai_slots(b)) {
            end_frame(b, clock);
        } else {
            transfer(b, slot);
            b->next = slot + 1;
        }
    }
}

/* The one that follows comes second: it stops where the other one has stopped. */
void sai_catch_up(struct sai *s)
{
    bool b_leads = source(&s->blocks[0]) == &s->blocks[1];
    catch_up(&s->blocks[b_leads]);
    catch_up(&s->blocks[!b_leads]);
}

/* ---- beginning and end ---- */

static void begin_at(struct sai_block *b, uint64_t frame)
{
    b->running = true;
    b->frame = frame;
    b->next = 0;
    b->skips = false;
}

static void begin_if_possible(struct sai_block *b)
{
    struct sai_block *clock = source(b);
    if (!is_on(b) || b->running || clock == NULL || !clock->ticks.running ||
        clock->kernel->uhz == 0) {
        return;
    }
    if (clock != b) {
        if (clock->running && !clock->stopping) {
            bool is_new = clock->frame == count(clock) && clock->next == 0;
            begin_at(b, clock->frame + (is_new ? 0 : sai_frame_clocks(clock)));
        }
    } else if (sai_receives(b) || b->fifo != 0) {
        begin_at(b, count(b));
    }
}

void sai_enable(struct sai_block *b)
{
    uint32_t *cr1 = &b->regs[B_CR1];
    b->muted = 0;
    if (!sai_is_master(b) && (*cr1 & CR1_SYNCEN) == CR1_SYNCEN_EXTERNAL) {
        periph_unmodelled(&b->sai->p, b == b->sai->blocks ? R_A : R_B, CR1_SYNCEN);
    }
    if (sai_is_wrong(b)) {
        b->flags |= FLAG_WCKCFG;
        *cr1 &= ~CR1_SAIEN;
    }
}

/* "SAIEN bit remains High until the SAI is completely switched-off at the end of the current audio frame" (54.4.15). */
void sai_disable(struct sai_block *b)
{
    const struct sai_block *clock = source(b);
    if (b->running && clock != NULL && count(clock) >= b->frame) {
        b->regs[B_CR1] |= CR1_SAIEN;
        b->stopping = true;
    } else {
        b->running = false;
    }
}

void sai_block_reset(struct sai_block *b)
{
    b->running = b->stopping = b->skips = false;
    b->fifo = b->next = b->muted = 0;
    b->flags = 0;
}

/* ---- who waits ---- */

static void update_lines(struct sai *s)
{
    bool line = false;
    for (unsigned i = 0; i < SAI_BLOCKS; i++) {
        const struct sai_block *b = &s->blocks[i];
        line = line || (sai_status(b) & b->regs[B_IM]) != 0;
    }
    irq_set(&s->p.irq[SAI_IRQ_GLOBAL], line);
    for (unsigned i = 0; i < SAI_BLOCKS; i++) {
        struct sai_block *b = &s->blocks[i];
        dma_request_set(s->p.chip, b->dma, (b->regs[B_CR1] & CR1_DMAEN) != 0 && requests(b));
    }
}

static void schedule(struct sai_block *b)
{
    struct sched *sched = &b->sai->p.chip->sched;
    struct sai_block *clock = source(b);
    bool watched = (b->regs[B_CR1] & CR1_DMAEN) != 0 || b->regs[B_IM] != 0;
    vtime_ps at = VTIME_NEVER;
    if (b->running && clock != NULL) {
        unsigned slot;
        if (watched && !is_idle(b, clock)) {
            at = ticker_when(&clock->ticks, next_at(b, clock, &slot));
        } else if (b->stopping) {
            at = ticker_when(&clock->ticks, b->frame + sai_frame_clocks(clock));
        }
    }
    if (at == VTIME_NEVER) {
        sched_cancel(sched, &b->event);
    } else {
        sched_at(sched, &b->event, at);
    }
}

/* What a DMA controller does at once comes back here by its access. */
void sai_update(struct sai *s)
{
    bool b_leads = source(&s->blocks[0]) == &s->blocks[1];
    begin_if_possible(&s->blocks[b_leads]);
    begin_if_possible(&s->blocks[!b_leads]);
    for (unsigned i = 0; i < SAI_BLOCKS; i++) {
        schedule(&s->blocks[i]);
    }
    update_lines(s);
}

void sai_block_event(void *ctx, vtime_ps now)
{
    struct sai *s = ((struct sai_block *)ctx)->sai;
    (void)now;
    sai_catch_up(s);
    sai_update(s);
}
