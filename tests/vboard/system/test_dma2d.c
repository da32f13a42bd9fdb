/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
/* DMA2D in the whole chip (RM0399 19): random rectangles against a plain reference, then its flags. */
#include "tests/vboard/system/dma2d_reference.h"
#include "tests/vboard/system/whole_chip.h"

#define DMA2D 0x52001000u
#define CR (DMA2D + 0x00)
#define ISR (DMA2D + 0x04)
#define IFCR (DMA2D + 0x08)
#define MAR(plane) (DMA2D + 0x0C + 8 * (plane))
#define OR(plane) (DMA2D + 0x10 + 8 * (plane))
#define PFCCR(plane) (DMA2D + 0x1C + 8 * (plane))
#define COLR(plane) (DMA2D + 0x20 + 8 * (plane))
#define CMAR(plane) (DMA2D + 0x2C + 4 * (plane))
#define OPFCCR (DMA2D + 0x34)
#define OCOLR (DMA2D + 0x38)
#define OMAR (DMA2D + 0x3C)
#define OOR (DMA2D + 0x40)
#define NLR (DMA2D + 0x44)
#define LWR (DMA2D + 0x48)
#define CLUT(plane) (DMA2D + 0x400 + 0x400 * (plane))
#define START 1u
#define SUSP 2u
#define ABORT 4u
#define LOM (1u << 6)
#define MODE(n) ((uint32_t)(n) << 16)
#define TEIF 1u
#define TCIF 2u
#define TWIF 4u
#define CAEIF 8u
#define CTCIF 16u
#define CEIF 32u
#define ENABLE(flag) ((uint32_t)(flag) << 8)
#define LOAD (1u << 5)
#define CCM (1u << 4)
#define IRQ_DMA2D 90
#define AXI_SRAM 0x24000000u
#define ROOM 0x8000u /* of each of three parts: foreground, background, output */

static uint32_t next(uint32_t *seed, uint32_t below)
{
    *seed = *seed * 1664525u + 1013904223u;
    return (*seed >> 8) % below;
}

static void on(struct whole *w)
{
    set_bits(w, RCC_AHB3ENR, 1u << 4);
}

static void scatter(struct whole *w, uint32_t *seed)
{
    for (uint32_t i = 0; i < 3 * ROOM; i++) {
        *ram_at(w, AXI_SRAM + i) = (uint8_t)next(seed, 256);
    }
}

/* ---- random transfers ---- */

static unsigned alignment(unsigned cm)
{
    unsigned bits = reference_bits(cm);
    return bits == 32 ? 4 : bits == 16 ? 2 : 1;
}

/* A format's line must be whole bytes; half bytes want pairs. */
static unsigned an_offset(const struct reference *r, unsigned cm, uint32_t *seed)
{
    unsigned step = r->lom ? alignment(cm) : 2;
    return next(seed, 20) * step;
}

static void choose_plane(struct reference *r, unsigned i, uint32_t *seed)
{
    struct reference_plane *p = &r->plane[i];
    p->cm = next(seed, 11);
    p->am = next(seed, 3);
    p->alpha = next(seed, 256);
    p->ai = next(seed, 2) != 0;
    p->rbs = next(seed, 2) != 0;
    p->ccm = next(seed, 2) != 0;
    p->color = next(seed, 0x1000000);
    p->address = i * ROOM + next(seed, 16) * alignment(p->cm);
    p->offset = an_offset(r, p->cm, seed);
    for (unsigned n = 0; n < 256; n++) {
        p->clut[n] = next(seed, 0x10000) << 16 | next(seed, 0x10000);
    }
}

static void choose(struct reference *r, uint32_t *seed)
{
    r->mode = next(seed, 6);
    r->lom = next(seed, 2) != 0;
    r->pl = 2 + 2 * next(seed, 50);
    r->nl = 1 + next(seed, 6);
    r->ocolr = next(seed, 0x10000) << 16 | next(seed, 0x10000);
    choose_plane(r, 0, seed);
    choose_plane(r, 1, seed);
    r->out_cm = next(seed, 5);
    r->out_sb = next(seed, 3) == 0;
    r->out_ai = r->mode != 3 && next(seed, 2) != 0;
    r->out_rbs = r->mode != 3 && next(seed, 2) != 0;
    unsigned written = r->mode == 0 ? r->plane[0].cm : r->out_cm;
    r->out_address = 2 * ROOM + next(seed, 16) * alignment(written) * 2;
    r->out_offset = an_offset(r, written, seed) & (r->lom ? ~1u : ~3u);
    if (reference_bits(written) == 4 || (r->pl * reference_bits(written) / 8) % 2 != 0) {
        r->out_sb = false; /* a line of an odd number of bytes */
    }
}

static void program_plane(struct whole *w, const struct reference *r, unsigned i)
{
    const struct reference_plane *p = &r->plane[i];
    put(w, MAR(i), AXI_SRAM + p->address);
    put(w, OR(i), p->offset);
    put(w, COLR(i), p->color);
    put(w, PFCCR(i),
        p->cm | (p->ccm ? CCM : 0) | p->am << 16 | (p->ai ? 1u << 20 : 0) |
            (p->rbs ? 1u << 21 : 0) | p->alpha << 24);
    for (unsigned n = 0; n < 256; n++) {
        put(w, CLUT(i) + 4 * n, p->clut[n]);
    }
}

static void program(struct whole *w, const struct reference *r)
{
    program_plane(w, r, 0);
    program_plane(w, r, 1);
    put(w, OPFCCR,
        r->out_cm | (r->out_sb ? 1u << 8 : 0) | (r->out_ai ? 1u << 20 : 0) |
            (r->out_rbs ? 1u << 21 : 0));
    put(w, OCOLR, r->ocolr);
    put(w, OMAR, AXI_SRAM + r->out_address);
    put(w, OOR, r->out_offset);
    put(w, NLR, r->pl << 16 | r->nl);
    put(w, CR, MODE(r->mode) | (r->lom ? LOM : 0));
}

static void random_rectangles(void **state)
{
    struct whole *w = *state;
    static uint8_t memory[3 * ROOM];
    struct reference r = {.memory = memory};
    uint32_t seed = 19;
    unsigned modes = 0;
    on(w);
    scatter(w, &seed);
    for (unsigned turn = 0; turn < 250; turn++) {
        choose(&r, &seed);
        modes |= 1u << r.mode;
        program(w, &r);
        memcpy(memory, ram_at(w, AXI_SRAM), sizeof(memory));
        set_bits(w, CR, START);
        run_for(w, VTIME_MS(1));
        assert_int_equal(get(w, ISR), TCIF);
        assert_int_equal(get(w, CR) & START, 0);
        put(w, IFCR, 0x3F);
        reference_run(&r);
        assert_memory_equal(memory, ram_at(w, AXI_SRAM), sizeof(memory));
    }
    assert_int_equal(modes, 0x3F);
}

/* ---- CLUTs ---- */

static void loads_cluts(void **state)
{
    struct whole *w = *state;
    on(w);
    for (unsigned i = 0; i < 1024; i++) {
        *ram_at(w, AXI_SRAM + i) = (uint8_t)(i * 7);
    }
    put(w, CR, ENABLE(CTCIF));
    put(w, CLUT(0) + 4 * 4, 0xDEADBEEF);
    put(w, CMAR(0), AXI_SRAM);
    put(w, PFCCR(0), LOAD | 3u << 8);
    assert_int_equal(get(w, PFCCR(0)), LOAD | 3u << 8);
    run_for(w, VTIME_US(10));
    assert_int_equal(get(w, PFCCR(0)), 3u << 8);
    assert_int_equal(get(w, CLUT(0)), 0x150E0700);
    assert_int_equal(get(w, CLUT(0) + 12), 0x69625B54);
    assert_int_equal(get(w, CLUT(0) + 16), 0xDEADBEEF); /* the fifth stays */
    assert_true(w->line[IRQ_DMA2D]);
    put(w, IFCR, CTCIF);
    assert_false(w->line[IRQ_DMA2D]);
    put(w, CMAR(1), AXI_SRAM + 1);
    put(w, PFCCR(1), LOAD | CCM | 0xFFu << 8);
    run_for(w, VTIME_US(10));
    assert_int_equal(get(w, ISR), CTCIF);
    assert_int_equal(get(w, CLUT(1)), 0xFF150E07);
    assert_int_equal(get(w, CLUT(1) + 4), 0xFF2A231C);
}

/* While it is loaded it is nobody else's: 19.3.17. */
static void clut_in_use(void **state)
{
    struct whole *w = *state;
    on(w);
    put(w, CR, ENABLE(CAEIF));
    put(w, CLUT(0), 0x12345678);
    put(w, CMAR(0), AXI_SRAM);
    put(w, PFCCR(0), LOAD | 0xFFu << 8);
    assert_int_equal(get(w, CLUT(1)), 0); /* the other one */
    assert_int_equal(get(w, ISR), 0);
    assert_int_equal(get(w, CLUT(0)), 0x12345678);
    assert_int_equal(get(w, ISR), CAEIF);
    assert_true(w->line[IRQ_DMA2D]);
    put(w, IFCR, CAEIF);
    put(w, CLUT(0), 1);
    assert_int_equal(get(w, ISR), CAEIF);
    put(w, CR, ABORT);
    assert_int_equal(get(w, PFCCR(0)) & LOAD, 0);
    assert_int_equal(get(w, CR), 0);
    assert_int_equal(get(w, CLUT(0)), 0x12345678);
    run_for(w, VTIME_US(10));
    assert_int_equal(get(w, ISR), CAEIF);
}

/* ---- flags and control ---- */

static void fill(struct whole *w, unsigned pixels, unsigned lines)
{
    on(w);
    put(w, OMAR, AXI_SRAM);
    put(w, OCOLR, 0xA1B2C3D4);
    put(w, NLR, pixels << 16 | lines);
}

static uint32_t word_at(struct whole *w, uint32_t address)
{
    uint32_t value;
    memcpy(&value, ram_at(w, address), 4);
    return value;
}

static void watermark_and_end(void **state)
{
    struct whole *w = *state;
    fill(w, 100, 10);
    put(w, LWR, 3);
    put(w, CR, MODE(3) | ENABLE(TWIF | TCIF) | START);
    vtime_ps begun = w->soc.chip.sched.now;
    while (!w->line[IRQ_DMA2D]) {
        run_for(w, VTIME_NS(100));
    }
    assert_int_equal(get(w, ISR), TWIF);
    assert_int_equal(word_at(w, AXI_SRAM + 1196), 0xA1B2C3D4); /* the third line's last */
    assert_int_not_equal(word_at(w, AXI_SRAM + 1200), 0xA1B2C3D4);
    vtime_ps third = w->soc.chip.sched.now - begun;
    put(w, IFCR, TWIF);
    while (!w->line[IRQ_DMA2D]) {
        run_for(w, VTIME_NS(100));
    }
    assert_int_equal(get(w, ISR), TCIF);
    assert_in_range(w->soc.chip.sched.now - begun, third * 3, third * 4);
    assert_int_equal(word_at(w, AXI_SRAM + 3996), 0xA1B2C3D4);
    assert_int_not_equal(word_at(w, AXI_SRAM + 4000), 0xA1B2C3D4);
}

static void suspend_and_abort(void **state)
{
    struct whole *w = *state;
    fill(w, 100, 100);
    put(w, CR, MODE(3) | SUSP); /* nothing to suspend */
    assert_int_equal(get(w, CR), MODE(3));
    put(w, CR, MODE(3) | START);
    run_for(w, VTIME_US(5));
    put(w, CR, MODE(3) | SUSP);
    assert_int_equal(get(w, CR), MODE(3) | SUSP | START);
    run_for(w, VTIME_MS(10));
    assert_int_equal(get(w, ISR), 0);
    put(w, CR, MODE(3));
    run_for(w, VTIME_MS(10));
    assert_int_equal(get(w, ISR), TCIF);
    assert_int_equal(word_at(w, AXI_SRAM + 39996), 0xA1B2C3D4);
    put(w, IFCR, TCIF);
    put(w, OCOLR, 0);
    put(w, CR, MODE(3) | START);
    run_for(w, VTIME_US(5));
    put(w, CR, MODE(3) | ABORT);
    assert_int_equal(get(w, CR), MODE(3));
    run_for(w, VTIME_MS(10));
    assert_int_equal(get(w, ISR), 0);
    assert_int_equal(word_at(w, AXI_SRAM), 0);
    assert_int_equal(word_at(w, AXI_SRAM + 39996), 0xA1B2C3D4);
}

/* While it works its registers are read-only, a second START and a loading do not begin. */
static void locked_while_busy(void **state)
{
    struct whole *w = *state;
    fill(w, 100, 100);
    put(w, CR, MODE(3) | START);
    put(w, OCOLR, 1);
    assert_int_equal(take_findings(w, FINDING_READ_ONLY), 1);
    assert_int_equal(get(w, OCOLR), 0xA1B2C3D4);
    put(w, OCOLR, 0xA1B2C3D4);
    put(w, CR, MODE(0));
    assert_int_equal(take_findings(w, FINDING_READ_ONLY), 1);
    assert_int_equal(get(w, CR), MODE(3) | START);
    put(w, PFCCR(0), LOAD);
    assert_int_equal(get(w, PFCCR(0)), 0);
    run_for(w, VTIME_MS(10));
    assert_int_equal(get(w, ISR), TCIF);
}

static void expect_error(struct whole *w, uint32_t mode, bool wrong)
{
    put(w, CR, mode | ENABLE(CEIF) | START);
    assert_int_equal(get(w, ISR) & CEIF, wrong ? CEIF : 0);
    assert_int_equal(get(w, CR) & START, wrong ? 0 : START);
    assert_int_equal(w->line[IRQ_DMA2D], wrong);
    put(w, CR, mode | ABORT);
    put(w, IFCR, 0x3F);
}

static void change(struct whole *w, uint32_t mode, uint32_t reg, uint32_t bad)
{
    uint32_t good = get(w, reg);
    expect_error(w, mode, false);
    put(w, reg, bad);
    expect_error(w, mode, true);
    put(w, reg, good);
}

/* 19.3.13, configuration error detection. */
static void configuration_errors(void **state)
{
    struct whole *w = *state;
    fill(w, 10, 10);
    put(w, MAR(0), AXI_SRAM);
    put(w, MAR(1), AXI_SRAM);
    change(w, MODE(3), NLR, 10u << 16);
    change(w, MODE(3), NLR, 10);
    change(w, MODE(3), OMAR, AXI_SRAM + 2);
    change(w, MODE(3), OPFCCR, 5);
    change(w, MODE(1), MAR(0), AXI_SRAM + 2);
    change(w, MODE(1), PFCCR(0), 12);
    change(w, MODE(2), MAR(1), AXI_SRAM + 1);
    change(w, MODE(4), PFCCR(1), 11);
    expect_error(w, MODE(6), true);
    put(w, PFCCR(0), 10); /* A4: in pairs */
    change(w, MODE(5), NLR, 11u << 16 | 10);
    change(w, MODE(5), OR(0), 1);
    put(w, OR(0), 1);
    expect_error(w, MODE(5) | LOM, false); /* bytes */
    put(w, OPFCCR, 1u << 8 | 1);
    change(w, MODE(5) | LOM, OMAR, AXI_SRAM + 1);
    change(w, MODE(5) | LOM, OOR, 3);
    put(w, PFCCR(0), 11); /* YCbCr is not copied as it is */
    expect_error(w, MODE(0), true);
    put(w, CMAR(1), AXI_SRAM + 2);
    put(w, PFCCR(1), LOAD);
    assert_int_equal(get(w, ISR), CEIF);
    assert_int_equal(get(w, PFCCR(1)), 0);
}

/* Table 2: no TCM, nothing of the D3 domain; SRAM1, yes. */
static void reach(void **state)
{
    static const struct {
        uint32_t address;
        bool reached;
    } places[] = {{0x20000000, false}, {0x38000000, false}, {0x58020014, false},
                  {0x52002000, false}, {0x30000000, true},  {0x24000000, true}};
    struct whole *w = *state;
    set_bits(w, RCC_AHB2ENR, 7u << 29); /* SRAM1 to SRAM3 */
    fill(w, 1, 1);
    for (unsigned i = 0; i < sizeof(places) / sizeof(places[0]); i++) {
        put(w, OMAR, places[i].address);
        put(w, CR, MODE(3) | ENABLE(TEIF) | START);
        run_for(w, VTIME_US(10));
        assert_int_equal(get(w, ISR), places[i].reached ? TCIF : TEIF);
        assert_int_equal(get(w, CR) & START, 0);
        assert_int_equal(w->line[IRQ_DMA2D], !places[i].reached);
        assert_int_equal(take_findings(w, FINDING_BEHAVIOUR), !places[i].reached);
        put(w, IFCR, 0x3F);
    }
}

/* What is left out says so; the transfer ends all the same. */
static void left_out(void **state)
{
    struct whole *w = *state;
    fill(w, 16, 16);
    put(w, MAR(0), AXI_SRAM + 0x1000);
    put(w, PFCCR(0), 11);
    put(w, CR, MODE(1) | START);
    assert_int_equal(take_findings(w, FINDING_UNMODELLED), 1);
    run_for(w, VTIME_MS(1));
    assert_int_equal(get(w, ISR), TCIF);
    assert_int_not_equal(word_at(w, AXI_SRAM), 0xA1B2C3D4);
    put(w, OPFCCR, 1u << 21);
    put(w, CR, MODE(3) | START);
    assert_int_equal(take_findings(w, FINDING_UNMODELLED), 1);
    run_for(w, VTIME_MS(1));
    assert_int_equal(word_at(w, AXI_SRAM), 0xA1B2C3D4);
}

/* "Transfer complete" starts MDMA, which clears the flag by its mask (14.3, Table 105; 15.3.7). */
static void triggers_mdma(void **state)
{
    struct whole *w = *state;
    fill(w, 4, 1);
    set_bits(w, RCC_AHB3ENR, 1u);
    put(w, 0x52000050, 2u | 2u << 2 | 2u << 4 | 2u << 6 | 2u << 8 | 2u << 10 | 15u << 18); /* TCR */
    put(w, 0x52000054, 16); /* BNDTR */
    put(w, 0x52000058, AXI_SRAM);
    put(w, 0x5200005C, AXI_SRAM + 0x100);
    put(w, 0x52000068, 25);   /* TBR.TSEL */
    put(w, 0x52000070, IFCR); /* MAR */
    put(w, 0x52000074, TCIF); /* MDR */
    put(w, 0x5200004C, 1);
    run_for(w, VTIME_US(10));
    assert_int_equal(get(w, 0x52000054), 16);
    put(w, CR, MODE(3) | START);
    run_for(w, VTIME_US(10));
    assert_int_equal(word_at(w, AXI_SRAM + 0x10C), 0xA1B2C3D4);
    assert_int_equal(get(w, ISR), 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {WHOLE(random_rectangles),
                                       WHOLE(loads_cluts),
                                       WHOLE(clut_in_use),
                                       WHOLE(watermark_and_end),
                                       WHOLE(suspend_and_abort),
                                       WHOLE(locked_while_busy),
                                       WHOLE(configuration_errors),
                                       WHOLE(reach),
                                       WHOLE(left_out),
                                       WHOLE(triggers_mdma)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
