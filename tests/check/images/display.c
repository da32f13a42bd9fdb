/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
/*
 * Draws by DMA2D and shows it by LTDC, in the order of accesses of ST's drivers; with LINK over a DSI link. It ends in
 * hard_fault if a pixel or a flag is wrong. Without GOOD the DMA2D reads what is still in the D-cache.
 */
#include "image.h"

#define WIDTH 16u
#define HEIGHT 8u
#define SCREEN ((volatile uint16_t *)0x24040000u)

#define AHB3ENR REG(0x580244D4u)
#define APB3ENR REG(0x580244E4u)
#define DMA2D(offset) REG(0x52001000u + (offset))
#define LTDC(offset) REG(0x50001000u + (offset))
#define DSI(offset) REG(0x50000000u + (offset))
#define DCCMVAC REG(0xE000EF68u)
#define DCISW REG(0xE000EF60u)

static uint32_t sprite[WIDTH * HEIGHT] __attribute__((aligned(32)));

static void expect(int is_right)
{
    if (!is_right) {
        hard_fault();
    }
}

static void enable_dcache(void)
{
    for (uint32_t set = 0; set < 128; set++) {
        for (uint32_t way = 0; way < 4; way++) {
            DCISW = way << 30 | set << 5;
        }
    }
    REG(0xE000ED14u) |= 1u << 16;
    __asm__ volatile("dsb\n isb");
}

/* Half of red over what is there. */
static void draw_sprite(void)
{
    for (uint32_t i = 0; i < WIDTH * HEIGHT; i++) {
        sprite[i] = 0x80FF0000u;
    }
#ifdef GOOD
    for (uint32_t i = 0; i < WIDTH * HEIGHT; i += 8) {
        DCCMVAC = (uint32_t)&sprite[i];
    }
    __asm__ volatile("dsb");
#endif
}

static void transfer(uint32_t mode)
{
    DMA2D(0x44) = WIDTH << 16 | HEIGHT;     /* NLR */
    DMA2D(0x3C) = (uint32_t)SCREEN;         /* OMAR */
    DMA2D(0x34) = 2;                        /* OPFCCR: RGB565 */
    DMA2D(0x40) = 0;                        /* OOR */
    DMA2D(0x00) = mode << 16;               /* CR */
    DMA2D(0x00) |= 1;                       /* START */
    while ((DMA2D(0x04) & 2u) == 0) {       /* ISR.TCIF */
        expect((DMA2D(0x04) & 0x21u) == 0); /* CEIF, TEIF */
    }
    DMA2D(0x08) = 0x12; /* IFCR */
}

static void draw(void)
{
    AHB3ENR |= 1u << 4;
    (void)AHB3ENR;
    DMA2D(0x38) = 0x07E0; /* OCOLR: green */
    transfer(3);
    DMA2D(0x0C) = (uint32_t)sprite; /* FGMAR; ARGB8888 */
    DMA2D(0x14) = (uint32_t)SCREEN; /* BGMAR */
    DMA2D(0x24) = 2;                /* BGPFCCR: RGB565 */
    transfer(2);
}

/* PLL3R: HSI 64 MHz / 32 * 80 / 20 = 8 MHz. */
static void start_pixel_clock(void)
{
    RCC_PLLCKSELR |= 32u << 20;
    RCC_PLLCFGR |= 1u << 24 | 2u << 8;
    REG(0x58024440u) = 19u << 24 | 79u;
    RCC_CR |= 1u << 28;
    while ((RCC_CR & 1u << 29) == 0) {
    }
}

/* A frame of 26 by 14, of which 16 by 8 are seen. */
static void start_ltdc(void)
{
    APB3ENR |= 1u << 3;
    (void)APB3ENR;
    LTDC(0x18) &= ~(15u << 28);
    LTDC(0x08) = 1u << 16 | 1;
    LTDC(0x0C) = 5u << 16 | 3;
    LTDC(0x10) = 21u << 16 | 11;
    LTDC(0x14) = 25u << 16 | 13;
    LTDC(0x34) |= 6; /* IER: TERRIE, FUIE */
    LTDC(0x18) |= 1; /* LTDCEN */
    LTDC(0x88) = 21u << 16 | 6;
    LTDC(0x8C) = 11u << 16 | 4;
    LTDC(0x94) = 2;
    LTDC(0xAC) = (uint32_t)SCREEN;
    LTDC(0xB0) = WIDTH * 2 << 16 | (WIDTH * 2 + 7);
    LTDC(0xB4) = HEIGHT;
    LTDC(0x84) |= 1; /* LEN */
    expect(LTDC(0xAC) == 0);
    LTDC(0x24) = 1; /* SRCR.IMR */
    expect(LTDC(0xAC) == (uint32_t)SCREEN);
}

/* The end of a frame in three ways. */
static void show_frames(void)
{
    LTDC(0x24) = 2; /* SRCR.VBR */
    while ((LTDC(0x24) & 2u) != 0) {
    }
    expect((LTDC(0x38) & 8u) != 0);  /* ISR.RRIF */
    LTDC(0x40) = 12;                 /* LIPCR */
    LTDC(0x3C) = 9;                  /* ICR */
    while ((LTDC(0x38) & 1u) == 0) { /* ISR.LIF */
    }
    expect((LTDC(0x44) & 0xFFFFu) >= 12); /* CPSR */
    while ((LTDC(0x48) & 4u) == 0) {      /* CDSR.VSYNCS */
    }
    expect((LTDC(0x38) & 6u) == 0); /* no error */
}

#ifdef LINK
static void await(uint32_t offset, uint32_t bits)
{
    while ((DSI(offset) & bits) != bits) {
    }
}

static void send(uint32_t header)
{
    await(0x74, 1); /* GPSR.CMDFE */
    DSI(0x6C) = header;
}

/* 34.14.1: regulator, PLL, lanes, then the display is asked who it is, and one frame goes out. */
static void start_link(void)
{
    RCC_CR |= 1u << 16;
    while ((RCC_CR & 1u << 17) == 0) {
    }
    APB3ENR |= 1u << 4;
    (void)APB3ENR;
    DSI(0x430) |= 1u << 24;
    await(0x40C, 1u << 12);
    DSI(0x430) |= 5u << 11 | 100u << 2;
    DSI(0x430) |= 1;
    await(0x40C, 1u << 8);
    DSI(0x04) |= 1;
    DSI(0xA0) |= 2;
    DSI(0xA0) |= 4;
    await(0xB0, 0x94);
    DSI(0x400) |= 1; /* adapted command mode */
    DSI(0x404) |= 8;
    send(0x05 | 0x11 << 8);
    send(0x06 | 0xDB << 8);
    while ((DSI(0x74) & 0x10u) != 0) {
    }
    expect((DSI(0x70) & 0xFFu) == 0x80);
    DSI(0x404) |= 4;
    await(0x40C, 2); /* WISR.ERIF */
    expect((DSI(0x404) & 4u) == 0);
}
#endif

int main(void)
{
    start_well();
    enable_dcache();
    draw_sprite();
    draw();
    start_pixel_clock();
    start_ltdc();
    show_frames();
#ifdef LINK
    start_link();
#endif
#ifdef GOOD
    /* 255 * 128 / 255 of red, 63 - 63 * 128 / 255 of green */
    expect(SCREEN[0] == 0x83E0u && SCREEN[WIDTH * HEIGHT - 1] == 0x83E0u);
#endif
    stay();
}
