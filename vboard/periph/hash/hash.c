/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
#include "vboard/periph/hash/hash.h"

#include <assert.h>
#include <string.h>

#include "vboard/chip/data_type.h"
#include "vboard/chip/fields.h"
#include "vboard/periph/hash/digest.h"

#define CONTEXT 54u
#define ALIASES 5u

enum {
    R_CR,
    R_DIN,
    R_STR,
    R_HRA,
    R_IMR = R_HRA + ALIASES,
    R_SR,
    R_CSR,
    R_HR = R_CSR + CONTEXT,
    R_COUNT = R_HR + DIGEST_WORDS
};

#define CR_INIT (1u << 2)
#define CR_DMAE (1u << 3)
#define CR_DATATYPE_POS 4u
#define CR_MODE (1u << 6)
#define CR_ALGO0 (1u << 7)
#define CR_NBW_POS 8u
#define CR_DINNE (1u << 12)
#define CR_MDMAT (1u << 13)
#define CR_LKEY (1u << 16)
#define CR_ALGO1 (1u << 18)
#define STR_NBLW 31u
#define STR_DCAL (1u << 8)
#define SR_DINIS (1u << 0)
#define SR_DCIS (1u << 1)
#define SR_DMAS (1u << 2)
#define SR_BUSY (1u << 3)
#define CSR0_RESET 2u
#define WORD_ONLY 4u
#define LOAD_CLOCKS 16u /* Table 321 */

/* What DIN is filled with: HMAC has all three, a plain digest the message alone. */
enum phase { PHASE_MESSAGE, PHASE_KEY, PHASE_OUTER_KEY };

/* All that is kept between two words of a message; the context swap registers show it. */
struct context {
    struct digest digest;
    uint32_t last;  /* DIN, swapped: not yet taken, as its valid bits may be fewer */
    uint32_t flags; /* bit 0: there is one; bits 2 and 1: enum phase */
    uint32_t inner[DIGEST_WORDS];
    uint32_t spare[18];
};
static_assert(sizeof(struct context) == CONTEXT * sizeof(uint32_t), "one word a register");

#define HAS_LAST 1u
#define PHASE_POS 1u

struct hash {
    struct periph p;
    struct event done;
    struct dma_request *request;
    struct context now;
    enum digest_algorithm algorithm; /* these three as of INIT */
    bool is_hmac, is_long_key;
    bool ends;   /* what is under way is the last block */
    bool filled; /* a word has come since it began */
};

static bool has(const struct hash *h, unsigned slot, uint32_t bits)
{
    return (h->p.values[slot] & bits) != 0;
}

static enum phase phase_of(const struct hash *h)
{
    return (enum phase)(h->now.flags >> PHASE_POS & 3u);
}

static void update(struct hash *h)
{
    uint32_t *sr = &h->p.values[R_SR];
    bool dma = has(h, R_CR, CR_DMAE);
    *sr = dma ? *sr | SR_DMAS : *sr & ~SR_DMAS;
    irq_set(&h->p.irq[HASH_IRQ_GLOBAL], (*sr & h->p.values[R_IMR] & (SR_DCIS | SR_DINIS)) != 0);
    dma_request_set(h->p.chip, h->request, dma && !has(h, R_SR, SR_BUSY));
}

/* ---- time ---- */

static void begin_block(struct hash *h, bool ends)
{
    unsigned clocks = LOAD_CLOCKS + (h->algorithm == DIGEST_SHA1 ? 66 : 50);
    struct chip *c = h->p.chip;
    h->p.values[R_SR] = (h->p.values[R_SR] & ~SR_DINIS) | SR_BUSY;
    h->ends = ends;
    h->filled = false;
    vtime_ps span = clock_span(&c->clocks[CLK_HCLK2], clocks);
    sched_at(&c->sched, &h->done, c->sched.now + (span != VTIME_NEVER ? span : 0));
}

static void block_done(void *ctx, vtime_ps now)
{
    struct hash *h = ctx;
    uint32_t *sr = &h->p.values[R_SR];
    (void)now;
    *sr &= ~SR_BUSY;
    *sr |= (h->filled ? 0 : SR_DINIS) | (h->ends ? SR_DCIS : 0);
    update(h);
}

/* ---- keys: RFC 2104 ---- */

static bool collects_key(const struct hash *h)
{
    return phase_of(h) != PHASE_MESSAGE && !h->is_long_key;
}

/* A key of up to a block is not processed, but kept as it is. */
static void take_word(struct hash *h, uint32_t word)
{
    struct digest *d = &h->now.digest;
    if (!collects_key(h)) {
        digest_word(d, h->algorithm, word);
    } else if (d->bits_low < 32 * DIGEST_BLOCK) {
        d->block[d->bits_low / 32] = word;
        d->bits_low += 32;
    }
}

/* The key has ended: its block, with `pad` over it, begins the inner or the outer message. */
static void begin_keyed(struct hash *h, uint32_t word, unsigned bits, uint32_t pad)
{
    struct digest *d = &h->now.digest;
    uint32_t key[DIGEST_BLOCK] = {0};
    if (h->is_long_key) {
        digest_end(d, h->algorithm, word, bits);
        memcpy(key, d->h, sizeof(d->h));
    } else {
        take_word(h, bits == 0 ? 0 : word >> (32 - bits) << (32 - bits));
        memcpy(key, d->block, d->bits_low / 8);
    }
    digest_begin(d, h->algorithm);
    for (unsigned i = 0; i < DIGEST_BLOCK; i++) {
        digest_word(d, h->algorithm, key[i] ^ pad);
    }
}

static void end_outer(struct hash *h)
{
    unsigned last = digest_words(h->algorithm) - 1;
    for (unsigned i = 0; i < last; i++) {
        digest_word(&h->now.digest, h->algorithm, h->now.inner[i]);
    }
    digest_end(&h->now.digest, h->algorithm, h->now.inner[last], 32);
}

/* DCAL: what DIN was filled with has ended. */
static void end_phase(struct hash *h)
{
    bool has_last = (h->now.flags & HAS_LAST) != 0;
    unsigned valid = h->p.values[R_STR] & STR_NBLW;
    unsigned bits = !has_last ? 0 : valid == 0 ? 32 : valid;
    enum phase phase = phase_of(h), next = PHASE_MESSAGE;
    if (phase == PHASE_KEY) {
        begin_keyed(h, h->now.last, bits, 0x36363636);
    } else if (phase == PHASE_OUTER_KEY) {
        begin_keyed(h, h->now.last, bits, 0x5C5C5C5C);
        end_outer(h);
    } else {
        digest_end(&h->now.digest, h->algorithm, h->now.last, bits);
    }
    bool ends = !h->is_hmac || phase == PHASE_OUTER_KEY;
    if (!ends && phase == PHASE_MESSAGE) {
        next = PHASE_OUTER_KEY;
        memcpy(h->now.inner, h->now.digest.h, sizeof(h->now.inner));
        digest_begin(&h->now.digest, h->algorithm);
    }
    h->now.flags = (uint32_t)next << PHASE_POS;
    h->p.values[R_CR] &= ~(CR_DINNE | 15u << CR_NBW_POS);
    begin_block(h, ends);
    update(h);
}

/* ---- registers ---- */

static void begin(struct hash *h)
{
    uint32_t cr = h->p.values[R_CR];
    h->algorithm =
        (enum digest_algorithm)(((cr & CR_ALGO1) != 0 ? 2 : 0) + ((cr & CR_ALGO0) != 0 ? 1 : 0));
    h->is_hmac = (cr & CR_MODE) != 0;
    h->is_long_key = (cr & CR_LKEY) != 0;
    memset(&h->now, 0, sizeof(h->now));
    digest_begin(&h->now.digest, h->algorithm);
    h->now.flags = (uint32_t)(h->is_hmac ? PHASE_KEY : PHASE_MESSAGE) << PHASE_POS;
    sched_cancel(&h->p.chip->sched, &h->done);
    h->ends = false;
    h->p.values[R_SR] = (h->p.values[R_SR] & ~(SR_DCIS | SR_BUSY)) | SR_DINIS;
    h->p.values[R_CR] &= ~(CR_DINNE | 15u << CR_NBW_POS);
}

static void cr_write(struct periph *p, unsigned slot, uint32_t old, uint32_t written)
{
    struct hash *h = (struct hash *)p;
    (void)slot;
    (void)old;
    if ((written & CR_INIT) != 0) {
        begin(h);
    }
    update(h);
}

static void din_write(struct periph *p, unsigned slot, uint32_t old, uint32_t written)
{
    struct hash *h = (struct hash *)p;
    uint32_t *cr = &p->values[R_CR];
    unsigned words = *cr >> CR_NBW_POS & 15u;
    (void)slot;
    (void)old;
    p->values[R_SR] &= ~SR_DINIS;
    h->filled = true;
    if ((h->now.flags & HAS_LAST) != 0) {
        take_word(h, h->now.last);
        words = (words + 1) % DIGEST_BLOCK;
        *cr = (*cr & ~(15u << CR_NBW_POS)) | words << CR_NBW_POS;
        if (words == 0) {
            begin_block(h, false);
        }
    }
    h->now.last = data_type_swap(written, (enum data_type)(*cr >> CR_DATATYPE_POS & 3u));
    h->now.flags |= HAS_LAST;
    *cr |= CR_DINNE;
    update(h);
}

/* NBLW cannot be changed together with DCAL (38.7.3). */
static void str_write(struct periph *p, unsigned slot, uint32_t old, uint32_t written)
{
    if ((written & STR_DCAL) != 0) {
        p->values[slot] = old;
        end_phase((struct hash *)p);
    }
}

static void update_write(struct periph *p, unsigned slot, uint32_t old, uint32_t written)
{
    (void)slot;
    (void)old;
    (void)written;
    update((struct hash *)p);
}

/* Zeros without a digest; while it is computed the bus would stall until it is there. */
static uint32_t hr_read(struct periph *p, unsigned slot, uint32_t value)
{
    const struct hash *h = (const struct hash *)p;
    bool there = h->ends && has(h, R_SR, SR_DCIS | SR_BUSY);
    (void)value;
    return there ? h->now.digest.h[slot >= R_HR ? slot - R_HR : slot - R_HRA] : 0;
}

static uint32_t csr_read(struct periph *p, unsigned slot, uint32_t value)
{
    struct hash *h = (struct hash *)p;
    uint32_t word = 0;
    (void)value;
    memcpy(&word, (const uint8_t *)&h->now + (slot - R_CSR) * sizeof(word), sizeof(word));
    return !has(h, R_SR, SR_DINIS) ? 0 : slot == R_CSR ? word ^ CSR0_RESET : word;
}

static void csr_write(struct periph *p, unsigned slot, uint32_t old, uint32_t written)
{
    struct hash *h = (struct hash *)p;
    uint32_t word = slot == R_CSR ? written ^ CSR0_RESET : written;
    (void)old;
    memcpy((uint8_t *)&h->now + (slot - R_CSR) * sizeof(word), &word, sizeof(word));
}

/* ---- life ---- */

/* 38.4.9: the last word of a DMA transfer ends the message, but for MDMAT. */
static void transfer_finished(void *ctx, struct dma_request *r, vtime_ps now)
{
    struct hash *h = ctx;
    (void)r;
    (void)now;
    if (has(h, R_CR, CR_DMAE) && !has(h, R_CR, CR_MDMAT)) {
        h->p.values[R_CR] &= ~CR_DMAE;
        end_phase(h);
    }
}

static int init(struct periph *p)
{
    struct hash *h = (struct hash *)p;
    event_init(&h->done, block_done, h);
    return 0;
}

static void connect(struct periph *p)
{
    struct hash *h = (struct hash *)p;
    h->request = periph_dma(p, "IN", 1);
    h->request->finished = transfer_finished;
    h->request->ctx = h;
}

static void reset(struct periph *p, enum reset_kind kind)
{
    struct hash *h = (struct hash *)p;
    (void)kind;
    sched_cancel(&p->chip->sched, &h->done);
    memset(&h->now, 0, sizeof(h->now));
    h->algorithm = DIGEST_SHA1;
    h->is_hmac = h->is_long_key = h->ends = false;
    update(h);
}

static const struct reg regs[R_COUNT] = {
    [R_CR] = {.offset = 0x00,
              .name = "CR",
              .rw = 0x000520F8,
              .ro = 0x00001F00,
              .wo = CR_INIT,
              .widths = WORD_ONLY,
              .write = cr_write},
    [R_DIN] = {.offset = 0x04, .name = "DIN", .rw = ~0u, .widths = WORD_ONLY, .write = din_write},
    [R_STR] = {.offset = 0x08,
               .name = "STR",
               .rw = STR_NBLW,
               .wo = STR_DCAL,
               .widths = WORD_ONLY,
               .write = str_write},
    [R_HRA] = {.offset = 0x0C,
               .name = "HRA%u",
               .ro = ~0u,
               .count = ALIASES,
               .stride = 4,
               .widths = WORD_ONLY,
               .read = hr_read},
    [R_IMR] = {.offset = 0x20,
               .name = "IMR",
               .rw = SR_DCIS | SR_DINIS,
               .widths = WORD_ONLY,
               .write = update_write},
    [R_SR] = {.offset = 0x24,
              .name = "SR",
              .reset = SR_DINIS,
              .ro = SR_BUSY | SR_DMAS,
              .w0c = SR_DCIS | SR_DINIS,
              .steady = true,
              .widths = WORD_ONLY,
              .write = update_write},
    [R_CSR] = {.offset = 0xF8,
               .name = "CSR%u",
               .rw = ~0u,
               .count = CONTEXT,
               .stride = 4,
               .widths = WORD_ONLY,
               .read = csr_read,
               .write = csr_write},
    [R_HR] = {.offset = 0x310,
              .name = "HR%u",
              .ro = ~0u,
              .count = DIGEST_WORDS,
              .stride = 4,
              .widths = WORD_ONLY,
              .read = hr_read},
};

static const struct field cr[] = {ACTS("ALGO", CR_ALGO1 | CR_ALGO0),
                                  ACTS("LKEY", BIT(16)),
                                  ACTS("MDMAT", BIT(13)),
                                  ACTS("DINNE", BIT(12)),
                                  ACTS("NBW", BITS(11, 8)),
                                  ACTS("MODE", BIT(6)),
                                  ACTS("DATATYPE", BITS(5, 4)),
                                  ACTS("DMAE", BIT(3)),
                                  ACTS("INIT", BIT(2)),
                                  FIELDS_END};
static const struct field din[] = {ACTS("DATAIN", BITS(31, 0)), FIELDS_END};
static const struct field str[] = {ACTS("DCAL", BIT(8)), ACTS("NBLW", BITS(4, 0)), FIELDS_END};
static const struct field imr[] = {ACTS("DCIE", BIT(1)), ACTS("DINIE", BIT(0)), FIELDS_END};
static const struct field sr[] = {ACTS("BUSY", BIT(3)), ACTS("DMAS", BIT(2)), ACTS("DCIS", BIT(1)),
                                  ACTS("DINIS", BIT(0)), FIELDS_END};
static const struct field csr[] = {ACTS("CS", BITS(31, 0)), FIELDS_END};
static const struct field hr[] = {ACTS("H", BITS(31, 0)), FIELDS_END};

static const struct reg_fields fields[] = {
    {0x00, 1, 0, cr},  {0x04, 1, 0, din}, {0x08, 1, 0, str},       {0x0C, ALIASES, 4, hr},
    {0x20, 1, 0, imr}, {0x24, 1, 0, sr},  {0xF8, CONTEXT, 4, csr}, {0x310, DIGEST_WORDS, 4, hr},
    REG_FIELDS_END};

static const char *const irq_names[] = {"global", NULL};

const struct model hash_model = {
    .kind = "hash",
    .size = sizeof(struct hash),
    .regs = regs,
    .fields = fields,
    .slot_count = R_COUNT,
    .span = 0x400,
    .irq_names = irq_names,
    .init = init,
    .connect = connect,
    .reset = reset,
};
