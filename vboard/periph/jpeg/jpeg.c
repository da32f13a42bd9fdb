/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
#include "vboard/periph/jpeg/jpeg.h"

#include "vboard/chip/fields.h"

#define FIFO_WORDS 16u
#define THRESHOLD 8u

/* Where each memory begins; all of them are one array of words but for their names. */
enum {
    R_CONFR0,
    R_CONFR1,
    R_CONFR2,
    R_CONFR3,
    R_CONFR4,
    R_CR = R_CONFR4 + 4,
    R_SR,
    R_CFR,
    R_DIR,
    R_DOR,
    R_QMEM,
    R_HUFFMIN = R_QMEM + 64,
    R_HUFFBASE = R_HUFFMIN + 16,
    R_HUFFSYMB = R_HUFFBASE + 32,
    R_DHTMEM = R_HUFFSYMB + 84,
    R_HUFFENC_AC = R_DHTMEM + 103,
    R_HUFFENC_DC = R_HUFFENC_AC + 176,
    R_COUNT = R_HUFFENC_DC + 16
};

#define CR_JCEN (1u << 0)
#define CR_IFF (1u << 13)
#define SR_IFTF (1u << 1)
#define SR_IFNFF (1u << 2)
#define SR_FLAGS 0x7Eu /* CR's enables have their places */

struct jpeg {
    struct periph p;
    unsigned level;                    /* words in the input FIFO */
    struct wire *threshold, *not_full; /* to MDMA */
};

static void update(struct jpeg *j)
{
    uint32_t *v = j->p.values;
    v[R_SR] =
        (j->level < FIFO_WORDS ? SR_IFNFF : 0) | (j->level + THRESHOLD <= FIFO_WORDS ? SR_IFTF : 0);
    irq_set(&j->p.irq[JPEG_IRQ_GLOBAL], (v[R_SR] & v[R_CR] & SR_FLAGS) != 0);
    wire_set(j->threshold, (v[R_SR] & SR_IFTF) != 0, j->p.chip->sched.now);
    wire_set(j->not_full, (v[R_SR] & SR_IFNFF) != 0, j->p.chip->sched.now);
}

/* JCEN = 0: "internal registers are reset", and not accessible (35.5.6). */
static void reset_core(struct jpeg *j)
{
    for (unsigned slot = R_CONFR1; slot < R_CR; slot++) {
        j->p.values[slot] = 0;
    }
    j->level = 0;
}

static void cr_write(struct periph *p, unsigned slot, uint32_t old, uint32_t written)
{
    struct jpeg *j = (struct jpeg *)p;
    (void)old;
    if ((p->values[slot] & CR_JCEN) == 0) {
        reset_core(j);
    }
    if ((written & CR_IFF) != 0) {
        j->level = 0;
    }
    update(j);
}

static bool confr_intercept(struct periph *p, unsigned slot, uint32_t written)
{
    (void)written;
    if ((p->values[R_CR] & CR_JCEN) != 0) {
        return false;
    }
    periph_report(p, slot, FOUND_WHILE_DISABLED, NULL);
    return true;
}

/* "Writes are ignored if the input FIFO is full" (35.3.3). */
static void dir_write(struct periph *p, unsigned slot, uint32_t old, uint32_t written)
{
    struct jpeg *j = (struct jpeg *)p;
    (void)slot;
    (void)old;
    (void)written;
    j->level += j->level < FIFO_WORDS ? 1 : 0;
    update(j);
}

static void connect(struct periph *p)
{
    struct jpeg *j = (struct jpeg *)p;
    j->threshold = chip_wire_source(p->chip, "JPEG_IFT", NULL, NULL);
    j->not_full = chip_wire_source(p->chip, "JPEG_IFNF", NULL, NULL);
}

static void reset(struct periph *p, enum reset_kind kind)
{
    (void)kind;
    reset_core((struct jpeg *)p);
    update((struct jpeg *)p);
}

/* "Reset value: 0xXXXX XXXX" (35.5.11 and following). */
static bool keeps(struct periph *p, unsigned slot, enum reset_kind kind)
{
    (void)p;
    return slot >= R_QMEM && kind != RESET_POWER_ON;
}

/* clang-format off */
#define MEMORY(slot, at, reg_name, words, bits) \
    [slot] = {.offset = (at), .name = reg_name, .count = (words), .stride = 4, .rw = (bits)}
#define CONFR(reg_name, bits) .name = reg_name, .rw = (bits), .intercept = confr_intercept
#define HUFFMIN(x, n) MEMORY(R_HUFFMIN + 4 * (x), 0x150 + 0x10 * (x), "HUFFMIN" n "_%u", 3, ~0u), \
    [R_HUFFMIN + 4 * (x) + 3] = {.offset = 0x15C + 0x10 * (x), .name = "HUFFMIN" n "_3", .rw = 0xF}

static const struct reg regs[R_COUNT] = {
    [R_CONFR0] = {.offset = 0x000, .name = "CONFR0", .wo = 1, .unmodelled = 1},
    [R_CONFR1] = {.offset = 0x004, CONFR("CONFR1", 0xFFFF01FBu)},
    [R_CONFR2] = {.offset = 0x008, CONFR("CONFR2", 0x03FFFFFFu)},
    [R_CONFR3] = {.offset = 0x00C, CONFR("CONFR3", 0xFFFF0000u)},
    [R_CONFR4] = {.offset = 0x010, CONFR("CONFR%u", 0xFFFFu), .first = 4, .count = 4, .stride = 4},
    [R_CR] = {.offset = 0x030, .name = "CR", .rw = 0x7F, .wo = 0x6000, .write = cr_write},
    [R_SR] = {.offset = 0x034, .name = "SR", .reset = SR_IFNFF | SR_IFTF, .ro = 0xFE, .unmodelled = 0xF8},
    [R_CFR] = {.offset = 0x038, .name = "CFR", .wo = 0x60},
    [R_DIR] = {.offset = 0x040, .name = "DIR", .wo = ~0u, .write = dir_write},
    [R_DOR] = {.offset = 0x044, .name = "DOR", .ro = ~0u},
    MEMORY(R_QMEM, 0x050, "QMEM0_%u", 16, ~0u),
    MEMORY(R_QMEM + 16, 0x090, "QMEM1_%u", 16, ~0u),
    MEMORY(R_QMEM + 32, 0x0D0, "QMEM2_%u", 16, ~0u),
    MEMORY(R_QMEM + 48, 0x110, "QMEM3_%u", 16, ~0u),
    HUFFMIN(0, "0"), HUFFMIN(1, "1"), HUFFMIN(2, "2"), HUFFMIN(3, "3"),
    MEMORY(R_HUFFBASE, 0x190, "HUFFBASE%u", 32, 0x01FF01FFu),
    MEMORY(R_HUFFSYMB, 0x210, "HUFFSYMB%u", 84, ~0u),
    MEMORY(R_DHTMEM, 0x360, "DHTMEM%u", 103, ~0u),
    MEMORY(R_HUFFENC_AC, 0x500, "HUFFENC_AC0_%u", 88, 0x0FFF0FFFu),
    MEMORY(R_HUFFENC_AC + 88, 0x660, "HUFFENC_AC1_%u", 88, 0x0FFF0FFFu),
    MEMORY(R_HUFFENC_DC, 0x7C0, "HUFFENC_DC0_%u", 8, 0x0FFF0FFFu),
    MEMORY(R_HUFFENC_DC + 8, 0x7E0, "HUFFENC_DC1_%u", 8, 0x0FFF0FFFu),
};
/* clang-format on */

static const char why_codec[] = "the codec is left out: nothing is encoded or decoded";

static const struct field confr0[] = {UNMODELLED("START", BIT(0), why_codec), FIELDS_END};
static const struct field confr1[] = {NO_ACTION("YSIZE", BITS(31, 16), why_codec),
                                      NO_ACTION("HDR", BIT(8), why_codec),
                                      NO_ACTION("NS", BITS(7, 6), why_codec),
                                      NO_ACTION("COLSPACE", BITS(5, 4), why_codec),
                                      NO_ACTION("DE", BIT(3), why_codec),
                                      NO_ACTION("NF", BITS(1, 0), why_codec),
                                      FIELDS_END};
static const struct field confr2[] = {NO_ACTION("NMCU", BITS(25, 0), why_codec), FIELDS_END};
static const struct field confr3[] = {NO_ACTION("XSIZE", BITS(31, 16), why_codec), FIELDS_END};
static const struct field confr4[] = {NO_ACTION("HSF", BITS(15, 12), why_codec),
                                      NO_ACTION("VSF", BITS(11, 8), why_codec),
                                      NO_ACTION("NB", BITS(7, 4), why_codec),
                                      NO_ACTION("QT", BITS(3, 2), why_codec),
                                      NO_ACTION("HA", BIT(1), why_codec),
                                      NO_ACTION("HD", BIT(0), why_codec),
                                      FIELDS_END};
static const struct field cr[] = {NO_ACTION("OFF", BIT(14), why_codec),
                                  ACTS("IFF", BIT(13)),
                                  NO_ACTION("HPDIE", BIT(6), why_codec),
                                  NO_ACTION("EOCIE", BIT(5), why_codec),
                                  NO_ACTION("OFNEIE", BIT(4), why_codec),
                                  NO_ACTION("OFTIE", BIT(3), why_codec),
                                  ACTS("IFNFIE", BIT(2)),
                                  ACTS("IFTIE", BIT(1)),
                                  ACTS("JCEN", BIT(0)),
                                  FIELDS_END};
static const struct field sr[] = {UNMODELLED("COF", BIT(7), why_codec),
                                  UNMODELLED("HPDF", BIT(6), why_codec),
                                  UNMODELLED("EOCF", BIT(5), why_codec),
                                  UNMODELLED("OFNEF", BIT(4), why_codec),
                                  UNMODELLED("OFTF", BIT(3), why_codec),
                                  ACTS("IFNFF", BIT(2)),
                                  ACTS("IFTF", BIT(1)),
                                  FIELDS_END};
static const struct field cfr[] = {NO_ACTION("CHPDF", BIT(6), why_codec),
                                   NO_ACTION("CEOCF", BIT(5), why_codec), FIELDS_END};
static const struct field dir[] = {NO_ACTION("DATAIN", BITS(31, 0), why_codec), FIELDS_END};
static const struct field dor[] = {NO_ACTION("DATAOUT", BITS(31, 0), why_codec), FIELDS_END};

/* ---- memories ---- */

static const struct field qmem[] = {NO_ACTION("QCOEF3", BITS(31, 24), why_codec),
                                    NO_ACTION("QCOEF2", BITS(23, 16), why_codec),
                                    NO_ACTION("QCOEF1", BITS(15, 8), why_codec),
                                    NO_ACTION("QCOEF0", BITS(7, 0), why_codec), FIELDS_END};
static const struct field word[] = {NO_ACTION("DATA", BITS(31, 0), why_codec), FIELDS_END};
static const struct field huffbase[] = {NO_ACTION("DATA1", BITS(24, 16), why_codec),
                                        NO_ACTION("DATA0", BITS(8, 0), why_codec), FIELDS_END};
static const struct field bytes[] = {NO_ACTION("DATA3", BITS(31, 24), why_codec),
                                     NO_ACTION("DATA2", BITS(23, 16), why_codec),
                                     NO_ACTION("DATA1", BITS(15, 8), why_codec),
                                     NO_ACTION("DATA0", BITS(7, 0), why_codec), FIELDS_END};
static const struct field huffenc[] = {NO_ACTION("HLEN1", BITS(27, 24), why_codec),
                                       NO_ACTION("HCODE1", BITS(23, 16), why_codec),
                                       NO_ACTION("HLEN0", BITS(11, 8), why_codec),
                                       NO_ACTION("HCODE0", BITS(7, 0), why_codec), FIELDS_END};

static const struct reg_fields fields[] = {
    {0x000, 1, 0, confr0},    {0x004, 1, 0, confr1}, {0x008, 1, 0, confr2},
    {0x00C, 1, 0, confr3},    {0x010, 4, 4, confr4}, {0x030, 1, 0, cr},
    {0x034, 1, 0, sr},        {0x038, 1, 0, cfr},    {0x040, 1, 0, dir},
    {0x044, 1, 0, dor},       {0x050, 64, 4, qmem},  {0x150, 16, 4, word},
    {0x190, 32, 4, huffbase}, {0x210, 84, 4, bytes}, {0x360, 103, 4, bytes},
    {0x500, 192, 4, huffenc}, REG_FIELDS_END};

static const char *const irq_names[] = {"global", NULL};

const struct model jpeg_model = {
    .kind = "jpeg",
    .size = sizeof(struct jpeg),
    .regs = regs,
    .fields = fields,
    .slot_count = R_COUNT,
    .span = 0x1000,
    .irq_names = irq_names,
    .connect = connect,
    .reset = reset,
    .keeps = keeps,
};
