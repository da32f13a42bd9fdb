/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
#include "vboard/periph/cryp/cryp.h"

#include <string.h>

#include "vboard/chip/data_type.h"
#include "vboard/chip/fields.h"
#include "vboard/periph/cryp/cipher.h"

#define KEYS 4u
#define IVS 2u
#define CONTEXT 8u
#define FIFO 8u

enum {
    R_CR,
    R_SR,
    R_DIN,
    R_DOUT,
    R_DMACR,
    R_IMSCR,
    R_RISR,
    R_MISR,
    R_KL,
    R_KR = R_KL + KEYS,
    R_IVL = R_KR + KEYS,
    R_IVR = R_IVL + IVS,
    R_CSGCMCCM = R_IVR + IVS,
    R_CSGCM = R_CSGCMCCM + CONTEXT,
    R_COUNT = R_CSGCM + CONTEXT
};

#define CR_ALGODIR (1u << 2)
#define CR_ALGOMODE_POS 3u
#define CR_ALGOMODE3 (1u << 19)
#define CR_ALGOMODE (7u << CR_ALGOMODE_POS | CR_ALGOMODE3)
#define CR_DATATYPE_POS 6u
#define CR_KEYSIZE_POS 8u
#define CR_FFLUSH (1u << 14)
#define CR_CRYPEN (1u << 15)
#define CR_RW 0x00FB83FCu
#define SR_IFEM (1u << 0)
#define SR_IFNF (1u << 1)
#define SR_OFNE (1u << 2)
#define SR_OFFU (1u << 3)
#define SR_BUSY (1u << 4)
#define INT_IN 1u
#define INT_OUT 2u
#define WORD_ONLY 4u

enum mode { TDES_ECB, TDES_CBC, DES_ECB, DES_CBC, AES_ECB, AES_CBC, AES_CTR, AES_KEY, AES_GCM };

struct fifo {
    uint32_t words[FIFO];
    unsigned count;
};

struct cryp {
    struct periph p;
    struct event done;
    struct dma_request *in_request, *out_request;
    struct fifo in, out;
    uint32_t key[2 * KEYS];    /* K0LR, K0RR, K1LR ... */
    uint32_t block[AES_WORDS]; /* under way: what it gives */
};

static bool has(const struct cryp *c, unsigned slot, uint32_t bits)
{
    return (c->p.values[slot] & bits) != 0;
}

static enum mode mode_of(const struct cryp *c)
{
    uint32_t cr = c->p.values[R_CR];
    return (enum mode)((cr >> CR_ALGOMODE_POS & 7u) | ((cr & CR_ALGOMODE3) != 0 ? 8u : 0));
}

static unsigned block_words(const struct cryp *c)
{
    return mode_of(c) < AES_ECB ? DES_WORDS : AES_WORDS;
}

static unsigned aes_key_words(const struct cryp *c)
{
    static const uint8_t words[4] = {4, 6, 8, 8};
    return words[c->p.values[R_CR] >> CR_KEYSIZE_POS & 3u];
}

/* ---- FIFOs ---- */

static void push(struct fifo *f, uint32_t word)
{
    if (f->count < FIFO) {
        f->words[f->count++] = word;
    }
}

static uint32_t pop(struct fifo *f)
{
    uint32_t word = f->count != 0 ? f->words[0] : 0;
    f->count -= f->count != 0 ? 1 : 0;
    memmove(f->words, f->words + 1, f->count * sizeof(f->words[0]));
    return word;
}

static void update(struct cryp *c)
{
    uint32_t *v = c->p.values;
    bool on = has(c, R_CR, CR_CRYPEN);
    v[R_SR] = (v[R_SR] & SR_BUSY) | (c->in.count == 0 ? SR_IFEM : 0) |
              (c->in.count < FIFO ? SR_IFNF : 0) | (c->out.count != 0 ? SR_OFNE : 0) |
              (c->out.count == FIFO ? SR_OFFU : 0);
    v[R_RISR] = (c->in.count < AES_WORDS ? INT_IN : 0) | (c->out.count != 0 ? INT_OUT : 0);
    v[R_MISR] = v[R_RISR] & v[R_IMSCR] & (on ? INT_IN | INT_OUT : INT_OUT);
    irq_set(&c->p.irq[CRYP_IRQ_GLOBAL], v[R_MISR] != 0);
    dma_request_set(c->p.chip, c->in_request,
                    on && has(c, R_DMACR, INT_IN) && c->in.count <= FIFO - AES_WORDS);
    dma_request_set(c->p.chip, c->out_request, on && has(c, R_DMACR, INT_OUT) && c->out.count != 0);
}

/* ---- a block ---- */

/* The place of a word of the initialization vector: IV0LR, IV0RR, IV1LR, IV1RR. */
static uint32_t *iv(struct cryp *c, unsigned i)
{
    return &c->p.values[(i % 2 == 0 ? R_IVL : R_IVR) + i / 2];
}

static void add_iv(struct cryp *c, uint32_t *block)
{
    for (unsigned i = 0; i < block_words(c); i++) {
        block[i] ^= *iv(c, i);
    }
}

static void set_iv(struct cryp *c, const uint32_t *block)
{
    for (unsigned i = 0; i < block_words(c); i++) {
        *iv(c, i) = block[i];
    }
}

/* Table 308: a key ends in K3RR. */
static uint32_t *aes_key(struct cryp *c)
{
    return &c->key[2 * KEYS - aes_key_words(c)];
}

/* Table 309: K1 to K3. FIPS 46-3: encrypted with one, decrypted with the next, or the other way round. */
static void des(struct cryp *c, bool decrypts, uint32_t *block)
{
    bool triple = mode_of(c) == TDES_ECB || mode_of(c) == TDES_CBC;
    for (unsigned i = 0; i < (triple ? 3u : 1u); i++) {
        unsigned key = 1 + (triple && decrypts ? 2 - i : i);
        des_block(&c->key[2 * key], decrypts != (i == 1), block);
    }
}

static void transform(struct cryp *c, bool decrypts, uint32_t *block)
{
    if (mode_of(c) < AES_ECB) {
        des(c, decrypts, block);
    } else if (decrypts) {
        aes_decrypt(aes_key(c), aes_key_words(c), block);
    } else {
        aes_encrypt(aes_key(c), aes_key_words(c), block);
    }
}

static void chain(struct cryp *c, bool decrypts, uint32_t *block)
{
    uint32_t before[AES_WORDS];
    memcpy(before, block, sizeof(before));
    if (!decrypts) {
        add_iv(c, block);
    }
    transform(c, decrypts, block);
    if (decrypts) {
        add_iv(c, block);
    }
    set_iv(c, decrypts ? before : block);
}

/* 37.4.12: the lowest 32 bits count. */
static void count(struct cryp *c, uint32_t *block)
{
    uint32_t stream[AES_WORDS];
    for (unsigned i = 0; i < AES_WORDS; i++) {
        stream[i] = *iv(c, i);
    }
    aes_encrypt(aes_key(c), aes_key_words(c), stream);
    for (unsigned i = 0; i < AES_WORDS; i++) {
        block[i] ^= stream[i];
    }
    ++*iv(c, AES_WORDS - 1);
}

static void process(struct cryp *c)
{
    bool decrypts = has(c, R_CR, CR_ALGODIR);
    switch (mode_of(c)) {
    case TDES_CBC:
    case DES_CBC:
    case AES_CBC:
        chain(c, decrypts, c->block);
        break;
    case AES_CTR:
        count(c, c->block);
        break;
    case AES_KEY:
        aes_prepare(aes_key(c), aes_key_words(c));
        break;
    default:
        transform(c, decrypts, c->block);
        break;
    }
}

/* ---- when: 37.4.6, Table 315 ---- */

static unsigned clocks_of(const struct cryp *c)
{
    return mode_of(c) < DES_ECB ? 48 : mode_of(c) < AES_ECB ? 16 : 10 + aes_key_words(c);
}

static enum data_type data_type(const struct cryp *c)
{
    return (enum data_type)(c->p.values[R_CR] >> CR_DATATYPE_POS & 3u);
}

static void start(struct cryp *c)
{
    struct chip *chip = c->p.chip;
    unsigned words = block_words(c);
    bool prepares = mode_of(c) == AES_KEY;
    bool there = prepares || (c->in.count >= words && FIFO - c->out.count >= words);
    if (!has(c, R_CR, CR_CRYPEN) || has(c, R_SR, SR_BUSY) || !there || mode_of(c) >= AES_GCM) {
        return;
    }
    for (unsigned i = 0; !prepares && i < words; i++) {
        c->block[i] = data_type_swap(pop(&c->in), data_type(c));
    }
    c->p.values[R_SR] |= SR_BUSY;
    vtime_ps span = clock_span(&chip->clocks[CLK_HCLK2], clocks_of(c));
    sched_at(&chip->sched, &c->done, chip->sched.now + (span != VTIME_NEVER ? span : 0));
}

static void block_done(void *ctx, vtime_ps now)
{
    struct cryp *c = ctx;
    (void)now;
    c->p.values[R_SR] &= ~SR_BUSY;
    process(c);
    if (mode_of(c) == AES_KEY) {
        c->p.values[R_CR] &= ~CR_CRYPEN;
    } else {
        for (unsigned i = 0; i < block_words(c); i++) {
            push(&c->out, data_type_swap(c->block[i], data_type(c)));
        }
    }
    start(c);
    update(c);
}

/* ---- registers ---- */

/* While a block is under way, only CRYPEN can be written. */
static void cr_write(struct periph *p, unsigned slot, uint32_t old, uint32_t written)
{
    struct cryp *c = (struct cryp *)p;
    if (has(c, R_SR, SR_BUSY)) {
        p->values[slot] = (old & ~CR_CRYPEN) | (written & CR_CRYPEN);
    }
    if (((old ^ p->values[slot]) & CR_ALGOMODE) != 0 && mode_of(c) >= AES_GCM) {
        periph_unmodelled(p, slot, CR_ALGOMODE);
    }
    if ((written & CR_FFLUSH) != 0 && !has(c, R_CR, CR_CRYPEN)) {
        c->in.count = c->out.count = 0;
    }
    start(c);
    update(c);
}

static void din_write(struct periph *p, unsigned slot, uint32_t old, uint32_t written)
{
    struct cryp *c = (struct cryp *)p;
    (void)slot;
    (void)old;
    push(&c->in, written);
    start(c);
    update(c);
}

static uint32_t din_read(struct periph *p, unsigned slot, uint32_t value)
{
    struct cryp *c = (struct cryp *)p;
    (void)slot;
    (void)value;
    if (has(c, R_CR, CR_CRYPEN) || p->chip->access.master == MASTER_DEBUG) {
        return 0;
    }
    uint32_t word = pop(&c->in);
    update(c);
    return word;
}

static uint32_t dout_read(struct periph *p, unsigned slot, uint32_t value)
{
    struct cryp *c = (struct cryp *)p;
    (void)slot;
    (void)value;
    if (p->chip->access.master == MASTER_DEBUG) {
        return 0;
    }
    uint32_t word = pop(&c->out);
    start(c);
    update(c);
    return word;
}

static void update_write(struct periph *p, unsigned slot, uint32_t old, uint32_t written)
{
    (void)slot;
    (void)old;
    (void)written;
    update((struct cryp *)p);
}

static bool refuse_while_busy(struct periph *p, unsigned slot, uint32_t written)
{
    bool busy = has((struct cryp *)p, R_SR, SR_BUSY);
    (void)written;
    if (busy) {
        periph_report(p, slot, FOUND_READ_ONLY, NULL);
    }
    return busy;
}

static void key_write(struct periph *p, unsigned slot, uint32_t old, uint32_t written)
{
    struct cryp *c = (struct cryp *)p;
    (void)old;
    c->key[slot < R_KR ? 2 * (slot - R_KL) : 2 * (slot - R_KR) + 1] = written;
}

/* ---- life ---- */

static int init(struct periph *p)
{
    struct cryp *c = (struct cryp *)p;
    event_init(&c->done, block_done, c);
    return 0;
}

static void connect(struct periph *p)
{
    struct cryp *c = (struct cryp *)p;
    c->in_request = periph_dma(p, "IN", 1);
    c->out_request = periph_dma(p, "OUT", 1);
}

static void reset(struct periph *p, enum reset_kind kind)
{
    struct cryp *c = (struct cryp *)p;
    (void)kind;
    sched_cancel(&p->chip->sched, &c->done);
    c->in.count = c->out.count = 0;
    memset(c->key, 0, sizeof(c->key));
    update(c);
}

/* clang-format off */
#define ARRAY(at, text, many, apart) \
    .offset = (at), .name = text, .count = (many), .stride = (apart), .widths = WORD_ONLY

static const struct reg regs[R_COUNT] = {
    [R_CR] = {.offset = 0x00, .name = "CR", .rw = CR_RW, .wo = CR_FFLUSH, .widths = WORD_ONLY,
              .write = cr_write},
    [R_SR] = {.offset = 0x04, .name = "SR", .reset = 3u, .ro = 31u, .steady = true,
              .widths = WORD_ONLY},
    [R_DIN] = {.offset = 0x08, .name = "DIN", .rw = ~0u, .widths = WORD_ONLY, .read = din_read,
               .write = din_write},
    [R_DOUT] = {.offset = 0x0C, .name = "DOUT", .ro = ~0u, .widths = WORD_ONLY, .read = dout_read},
    [R_DMACR] = {.offset = 0x10, .name = "DMACR", .rw = 3u, .widths = WORD_ONLY,
                 .write = update_write},
    [R_IMSCR] = {.offset = 0x14, .name = "IMSCR", .rw = 3u, .widths = WORD_ONLY,
                 .write = update_write},
    [R_RISR] = {.offset = 0x18, .name = "RISR", .reset = 1u, .ro = 3u, .widths = WORD_ONLY},
    [R_MISR] = {.offset = 0x1C, .name = "MISR", .ro = 3u, .widths = WORD_ONLY},
    [R_KL] = {ARRAY(0x20, "K%uLR", KEYS, 8), .wo = ~0u, .intercept = refuse_while_busy,
              .write = key_write},
    [R_KR] = {ARRAY(0x24, "K%uRR", KEYS, 8), .wo = ~0u, .intercept = refuse_while_busy,
              .write = key_write},
    [R_IVL] = {ARRAY(0x40, "IV%uLR", IVS, 8), .rw = ~0u, .intercept = refuse_while_busy},
    [R_IVR] = {ARRAY(0x44, "IV%uRR", IVS, 8), .rw = ~0u, .intercept = refuse_while_busy},
    [R_CSGCMCCM] = {ARRAY(0x50, "CSGCMCCM%uR", CONTEXT, 4), .rw = ~0u},
    [R_CSGCM] = {ARRAY(0x70, "CSGCM%uR", CONTEXT, 4), .rw = ~0u},
};
/* clang-format on */

static const char why_gcm[] = "but GCM, GMAC and CCM";
static const char why_gcm_only[] = "of GCM, GMAC and CCM alone, and ALGOMODE is reported";

static const struct field cr[] = {NO_ACTION("NPBLB", BITS(23, 20), why_gcm_only),
                                  NO_ACTION("GCM_CCMPH", BITS(17, 16), why_gcm_only),
                                  ACTS("CRYPEN", BIT(15)),
                                  ACTS("FFLUSH", BIT(14)),
                                  ACTS("KEYSIZE", BITS(9, 8)),
                                  ACTS("DATATYPE", BITS(7, 6)),
                                  PARTLY("ALGOMODE", CR_ALGOMODE, why_gcm),
                                  ACTS("ALGODIR", BIT(2)),
                                  FIELDS_END};
static const struct field sr[] = {ACTS("BUSY", BIT(4)), ACTS("OFFU", BIT(3)), ACTS("OFNE", BIT(2)),
                                  ACTS("IFNF", BIT(1)), ACTS("IFEM", BIT(0)), FIELDS_END};
static const struct field din[] = {ACTS("DATAIN", BITS(31, 0)), FIELDS_END};
static const struct field dout[] = {ACTS("DATAOUT", BITS(31, 0)), FIELDS_END};
static const struct field dmacr[] = {ACTS("DOEN", BIT(1)), ACTS("DIEN", BIT(0)), FIELDS_END};
static const struct field imscr[] = {ACTS("OUTIM", BIT(1)), ACTS("INIM", BIT(0)), FIELDS_END};
static const struct field risr[] = {ACTS("OUTRIS", BIT(1)), ACTS("INRIS", BIT(0)), FIELDS_END};
static const struct field misr[] = {ACTS("OUTMIS", BIT(1)), ACTS("INMIS", BIT(0)), FIELDS_END};
static const struct field key[] = {ACTS("K", BITS(31, 0)), FIELDS_END};
static const struct field ivi[] = {ACTS("IVI", BITS(31, 0)), FIELDS_END};
static const struct field gcmccm[] = {NO_ACTION("CSGCMCCM", BITS(31, 0), why_gcm_only), FIELDS_END};
static const struct field gcm[] = {NO_ACTION("CSGCM", BITS(31, 0), why_gcm_only), FIELDS_END};

static const struct reg_fields fields[] = {
    {0x00, 1, 0, cr},        {0x04, 1, 0, sr},           {0x08, 1, 0, din},
    {0x0C, 1, 0, dout},      {0x10, 1, 0, dmacr},        {0x14, 1, 0, imscr},
    {0x18, 1, 0, risr},      {0x1C, 1, 0, misr},         {0x20, 2 * KEYS, 4, key},
    {0x40, 2 * IVS, 4, ivi}, {0x50, CONTEXT, 4, gcmccm}, {0x70, CONTEXT, 4, gcm},
    REG_FIELDS_END,
};

static const char *const irq_names[] = {"global", NULL};

const struct model cryp_model = {
    .kind = "cryp",
    .size = sizeof(struct cryp),
    .regs = regs,
    .fields = fields,
    .slot_count = R_COUNT,
    .span = 0x400,
    .irq_names = irq_names,
    .init = init,
    .connect = connect,
    .reset = reset,
};
