/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
/* LTDC in the whole chip (RM0399 33): timing, interrupts and shadows, on a pixel clock of 8 MHz. */
#include "tests/vboard/system/whole_chip.h"

#define LTDC 0x50001000u
#define SSCR (LTDC + 0x08)
#define BPCR (LTDC + 0x0C)
#define AWCR (LTDC + 0x10)
#define TWCR (LTDC + 0x14)
#define GCR (LTDC + 0x18)
#define SRCR (LTDC + 0x24)
#define IER (LTDC + 0x34)
#define ISR (LTDC + 0x38)
#define ICR (LTDC + 0x3C)
#define LIPCR (LTDC + 0x40)
#define CPSR (LTDC + 0x44)
#define CDSR (LTDC + 0x48)
#define L1CFBAR (LTDC + 0xAC)
#define L2CFBAR (LTDC + 0x12C)
#define L1BFCR (LTDC + 0xA0)
#define IMR 1u
#define VBR 2u
#define LIF 1u
#define RRIF 8u
#define GCR_OFF 0x2220u
#define GCR_ON 0x2221u
#define IRQ_LTDC 88
#define IRQ_LTDC_ER 89
/* 33.4.1's example: 360 pixels by 248 lines, of which 320 by 240 are seen. */
#define WIDTH 360u
#define HEIGHT 248u
#define LINE (VTIME_NS(125) * WIDTH)

/* HSI (64 MHz) / 32 * 80 / 20: 8 MHz from PLL3R. */
static void start_pll3(struct whole *w)
{
    put(w, 0x58024428, 32u << 20);          /* PLLCKSELR: DIVM3, HSI */
    put(w, 0x5802442C, 1u << 24 | 2u << 8); /* PLLCFGR: DIVR3EN, PLL3VCOSEL */
    put(w, 0x58024440, 19u << 24 | 79u);    /* PLL3DIVR */
    set_bits(w, RCC_CR, 1u << 28);          /* PLL3ON */
    run_for(w, VTIME_MS(1));
    assert_int_equal(w->soc.chip.clocks[CLK_PLL3R].uhz, CLOCK_UHZ(8000000));
}

static void set_up(struct whole *w)
{
    start_pll3(w);
    set_bits(w, RCC_APB3ENR, 1u << 3);
    put(w, SSCR, 0x00090001);
    put(w, BPCR, 0x001D0003);
    put(w, AWCR, 0x015D00F3);
    put(w, TWCR, 0x016700F7);
}

static void position(void **state)
{
    struct whole *w = *state;
    set_up(w);
    assert_int_equal(get(w, CPSR), 0x016700F7); /* held at the last pixel */
    put(w, GCR, GCR_ON);
    assert_int_equal(get(w, CPSR), 0);
    assert_int_equal(get(w, CDSR), 0xC); /* both synchronizations */
    run_for(w, VTIME_NS(125) * 10);
    assert_int_equal(get(w, CPSR), 10u << 16);
    assert_int_equal(get(w, CDSR), 0x4);
    run_for(w, LINE * 4);
    assert_int_equal(get(w, CPSR), 10u << 16 | 4);
    assert_int_equal(get(w, CDSR), 0x1);
    run_for(w, VTIME_NS(125) * 20);
    assert_int_equal(get(w, CDSR), 0x3); /* the first pixel that is seen */
    run_for(w, LINE * (HEIGHT - 4));
    assert_int_equal(get(w, CPSR), 30u << 16); /* the next frame */
    put(w, GCR, GCR_OFF);
    assert_int_equal(get(w, CDSR), 0xF);
}

/* Nothing is queued while nobody wants to be interrupted, and the flags come all the same. */
static void costs_nothing(void **state)
{
    struct whole *w = *state;
    set_up(w);
    size_t queued = w->soc.chip.sched.count;
    put(w, LIPCR, 100);
    put(w, GCR, GCR_ON);
    put(w, SRCR, VBR);
    assert_int_equal(w->soc.chip.sched.count, queued);
    run_for(w, LINE * 99);
    assert_int_equal(get(w, ISR), 0);
    run_for(w, LINE * 2);
    assert_int_equal(get(w, ISR), LIF);
    run_for(w, LINE * (HEIGHT - 101));
    assert_int_equal(get(w, ISR), LIF | RRIF);
    assert_int_equal(get(w, SRCR), 0);
    assert_int_equal(w->soc.chip.sched.count, queued);
}

static void line_interrupt(void **state)
{
    struct whole *w = *state;
    set_up(w);
    put(w, LIPCR, 50);
    put(w, IER, 0xF);
    put(w, GCR, GCR_ON);
    run_for(w, LINE * 50 - 1);
    assert_false(w->line[IRQ_LTDC]);
    run_for(w, 2);
    assert_true(w->line[IRQ_LTDC]);
    assert_int_equal(get(w, CPSR), 50);
    assert_int_equal(get(w, ISR), LIF);
    run_for(w, LINE * HEIGHT * 3); /* it stays up until it is cleared */
    assert_int_equal(w->raised[IRQ_LTDC], 1);
    for (unsigned n = 2; n < 5; n++) {
        put(w, ICR, LIF);
        assert_false(w->line[IRQ_LTDC]);
        run_for(w, LINE * HEIGHT);
        assert_int_equal(w->raised[IRQ_LTDC], n);
    }
    put(w, ICR, LIF);
    put(w, LIPCR, HEIGHT); /* no frame has it */
    run_for(w, LINE * HEIGHT * 2);
    assert_int_equal(get(w, ISR), 0);
    assert_int_equal(w->raised[IRQ_LTDC_ER], 0);
}

/* The clock changes within a frame: what was passed stays passed. */
static void slower_clock(void **state)
{
    struct whole *w = *state;
    set_up(w);
    put(w, LIPCR, 10);
    put(w, IER, LIF);
    put(w, GCR, GCR_ON);
    run_for(w, LINE * 5);
    put(w, RCC_CR, get(w, RCC_CR) & ~(1u << 28));
    run_for(w, LINE * HEIGHT);
    uint32_t stands = get(w, CPSR);
    run_for(w, LINE * HEIGHT);
    assert_int_equal(get(w, CPSR), stands);
    assert_int_equal(get(w, ISR), 0);
    set_bits(w, RCC_CR, 1u << 28);
    run_for(w, LINE * HEIGHT);
    assert_true(w->line[IRQ_LTDC]);
}

static void shadows(void **state)
{
    struct whole *w = *state;
    set_up(w);
    put(w, L1CFBAR, 0x24001000);
    assert_int_equal(get(w, L1CFBAR), 0);
    put(w, SRCR, IMR);
    assert_int_equal(get(w, SRCR), 0);
    assert_int_equal(get(w, L1CFBAR), 0x24001000);
    assert_int_equal(get(w, L1BFCR), 0x607); /* what was not written stays */
    assert_int_equal(get(w, ISR), 0);
    put(w, IER, RRIF);
    put(w, GCR, GCR_ON);
    put(w, L1CFBAR, 0x24002000);
    put(w, L2CFBAR, 0x24003000);
    put(w, SRCR, VBR);
    put(w, SRCR, 0); /* cannot be taken back */
    assert_int_equal(get(w, SRCR), VBR);
    run_for(w, LINE * 244 - 1);
    assert_false(w->line[IRQ_LTDC]);
    assert_int_equal(get(w, L1CFBAR), 0x24001000);
    run_for(w, 2); /* the first line after what is seen */
    assert_true(w->line[IRQ_LTDC]);
    assert_int_equal(get(w, ISR) & RRIF, RRIF);
    assert_int_equal(get(w, SRCR), 0);
    assert_int_equal(get(w, L1CFBAR), 0x24002000);
    assert_int_equal(get(w, L2CFBAR), 0x24003000);
    put(w, ICR, RRIF);
    run_for(w, LINE * HEIGHT * 2);
    assert_int_equal(w->raised[IRQ_LTDC], 1);
}

/* Without an interrupt: the line that MDMA waits for is an event, too. */
static void triggers_mdma(void **state)
{
    struct whole *w = *state;
    set_up(w);
    put(w, LIPCR, 10);
    set_bits(w, RCC_AHB3ENR, 1u);
    put(w, 0x52000050,
        2u << 2 | 2u << 4 | 2u << 6 | 2u << 10 | 3u << 18); /* TCR: a word, from one place */
    put(w, 0x52000054, 8);
    put(w, 0x52000058, CPSR);
    put(w, 0x5200005C, 0x24000000);
    put(w, 0x52000068, 16);
    put(w, 0x52000070, ICR);
    put(w, 0x52000074, LIF);
    put(w, 0x5200004C, 1);
    put(w, GCR, GCR_ON);
    run_for(w, LINE * (HEIGHT + 100));
    assert_int_equal(get(w, 0x5200004C), 0); /* both frames' lines */
    assert_int_equal(ram_at(w, 0x24000000)[0], 10);
    assert_int_equal(ram_at(w, 0x24000004)[0], 10);
    assert_int_equal(w->raised[IRQ_LTDC], 0);
}

/* ---- the picture ---- */

#define LAYER(n, offset) (LTDC + 0x80 * ((n)-1) + (offset))
#define AXI_SRAM 0x24000000u

/* What the display shows, or nothing of it. */
struct screen {
    unsigned width, height;
    uint32_t pixels[320 * 240];
};

static uint32_t at(const struct screen *s, unsigned x, unsigned y)
{
    return s->pixels[y * 320 + x];
}

static void look(struct whole *w, struct screen *s)
{
    const struct chip_screen *from = &w->soc.chip.screen;
    put(w, SRCR, IMR);
    assert_true(from->size(from->ctx, &s->width, &s->height));
    assert_int_equal(s->width, 320);
    assert_int_equal(s->height, 240);
    from->draw(from->ctx, s->pixels);
}

/* A window of 4 by 2 at (10, 20), tight in memory. */
static void window(struct whole *w, unsigned n, uint32_t format, unsigned bytes, uint32_t address)
{
    put(w, LAYER(n, 0x88), (30u + 13) << 16 | (30 + 10)); /* WHPCR */
    put(w, LAYER(n, 0x8C), (4u + 21) << 16 | (4 + 20));   /* WVPCR */
    put(w, LAYER(n, 0x94), format);
    put(w, LAYER(n, 0xAC), address);
    put(w, LAYER(n, 0xB0), 4 * bytes << 16 | (4 * bytes + 7));
    put(w, LAYER(n, 0xB4), 2);
    put(w, LAYER(n, 0x84), 1);
}

static void poke(struct whole *w, uint32_t address, const void *data, size_t size)
{
    memcpy(ram_at(w, address), data, size);
}

static void picture(void **state)
{
    struct whole *w = *state;
    struct screen s;
    static const uint16_t rgb565[8] = {0xF800, 0x07E0, 0x001F, 0x8410, 0, 0, 0, 0xFFFF};
    set_up(w);
    assert_false(w->soc.chip.screen.size(w->soc.chip.screen.ctx, &s.width, &s.height));
    put(w, GCR, GCR_ON);
    put(w, LTDC + 0x2C, 0x102030); /* BCCR */
    look(w, &s);
    assert_int_equal(at(&s, 0, 0), 0x102030);
    poke(w, AXI_SRAM, rgb565, sizeof(rgb565));
    window(w, 1, 2, 2, AXI_SRAM);
    look(w, &s);
    assert_int_equal(at(&s, 9, 20), 0x102030);
    assert_int_equal(at(&s, 10, 20), 0xFF0000);
    assert_int_equal(at(&s, 11, 20), 0x00FF00);
    assert_int_equal(at(&s, 13, 20), 0x848284); /* bits replicated */
    assert_int_equal(at(&s, 13, 21), 0xFFFFFF);
    assert_int_equal(at(&s, 14, 20), 0x102030);
    assert_int_equal(at(&s, 10, 22), 0x102030);
    put(w, LAYER(1, 0x9C), 0x80FF0000); /* DCCR: red where the layer is not */
    put(w, LAYER(1, 0x98), 240);        /* CACR, 33.7.21's example */
    put(w, LAYER(1, 0xA0), 0x405);      /* BFCR: constant alpha */
    put(w, LTDC + 0x2C, 0x303030);
    look(w, &s);
    assert_int_equal(at(&s, 13, 20) & 0xFF, (240 * 0x84 + 15 * 0x30) / 255);
    assert_int_equal(at(&s, 0, 0), ((240 * 0xFF + 15 * 0x30) / 255) << 16 | 0x0202);
}

/* A second layer of indices, with a key, over the first. */
static void layers(void **state)
{
    struct whole *w = *state;
    struct screen s;
    static const uint32_t argb[8] = {0x80FFFFFF, 0xFF0000FF};
    static const uint8_t indices[8] = {7, 200, 7, 7, 200, 7, 7, 7};
    set_up(w);
    put(w, GCR, GCR_ON);
    poke(w, AXI_SRAM, argb, sizeof(argb));
    poke(w, AXI_SRAM + 0x100, indices, sizeof(indices));
    window(w, 1, 0, 4, AXI_SRAM);
    look(w, &s);
    assert_int_equal(at(&s, 10, 20), 0x808080); /* half of white over black */
    assert_int_equal(at(&s, 11, 20), 0x0000FF);
    window(w, 2, 5, 1, AXI_SRAM + 0x100);
    put(w, LAYER(2, 0xC4), 7u << 24 | 0x112233); /* CLUTWR */
    put(w, LAYER(2, 0xC4), 200u << 24 | 0x445566);
    look(w, &s);
    assert_int_equal(at(&s, 10, 20), 0x070707); /* without CLUT: grey */
    put(w, LAYER(2, 0x84), 0x13);               /* CLUTEN, COLKEN */
    put(w, LAYER(2, 0x90), 0x445566);           /* CKCR */
    look(w, &s);
    assert_int_equal(at(&s, 10, 20), 0x112233);
    assert_int_equal(at(&s, 11, 20), 0x0000FF); /* the key: what is below */
    assert_int_equal(at(&s, 11, 21), 0x112233);
}

/* A frame buffer that is shorter than its window, and one where nothing is. */
static void short_buffers(void **state)
{
    struct whole *w = *state;
    struct screen s;
    static const uint32_t white = 0xFFFFFFFF;
    set_up(w);
    put(w, GCR, GCR_ON);
    poke(w, AXI_SRAM, &white, 4);
    window(w, 1, 0, 4, AXI_SRAM);
    put(w, LAYER(1, 0xB0), 16u << 16 | (4 + 7)); /* CFBLR: one pixel a line */
    put(w, LAYER(1, 0xB4), 1);                   /* CFBLNR */
    put(w, LAYER(1, 0x9C), 0xFF00FF00);          /* DCCR */
    look(w, &s);
    assert_int_equal(at(&s, 10, 20), 0xFFFFFF);
    assert_int_equal(at(&s, 11, 20), 0x00FF00);
    assert_int_equal(at(&s, 10, 21), 0x00FF00);
    put(w, LAYER(1, 0xAC), 0xA0000000);
    look(w, &s);
    assert_int_equal(at(&s, 10, 20), 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        WHOLE(position),     WHOLE(costs_nothing), WHOLE(line_interrupt),
        WHOLE(slower_clock), WHOLE(shadows),       WHOLE(triggers_mdma),
        WHOLE(picture),      WHOLE(layers),        WHOLE(short_buffers)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
