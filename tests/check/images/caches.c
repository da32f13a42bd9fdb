/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
/* What the M7's D-cache hides from others, and others from it, as SIN says; with GOOD its twin in which all see the
 * same. Both cores' code; they wait for each other by semaphores, which no cache holds. */
#include "image.h"

#define UNCLEANED                                                                                  \
    1 /* the M4 reads what the M7 has not written back; GOOD: the MPU makes it not cacheable */
#define STALE 2     /* the M7 reads an old copy of what the M4 wrote; GOOD: it invalidates */
#define SEND 3      /* DMA1 reads what the M7 has not written back; GOOD: it cleans */
#define RECEIVE 4   /* the M7 reads an old copy of what DMA1 wrote; GOOD: it invalidates */
#define OVERWRITE 5 /* both write the same line; GOOD: one line each */
#define LOSE 6 /* a counter in the line of a buffer that is invalidated; GOOD: in another one */
#define SHAREABLE 7 /* as UNCLEANED; GOOD: shareable, which the M7 does not cache */

#define COPY 8 /* code is copied to AXI SRAM and executed; GOOD: cleaned */
#define PATCH                                                                                      \
    9 /* code in AXI SRAM runs, is exchanged and runs again; GOOD: the I-cache is invalidated */
#define LEND 10 /* the M7 copies code for the M4; GOOD: cleaned */

#define HSEM(offset) REG(0x58026400u + (offset))
#define SHARED ((volatile uint32_t *)0x38001000u)
#define LENT ((volatile uint32_t *)0x38002000u)
#define CODE ((volatile uint32_t *)0x24020000u)
#define RETURN_1 0x47702001u /* movs r0, #1; bx lr */
#define RETURN_2 0x47702002u
#define ICIALLU REG(0xE000EF50u)
#define DCIMVAC REG(0xE000EF5Cu)
#define DCISW REG(0xE000EF60u)
#define DCCMVAC REG(0xE000EF68u)

static inline void use_hsem(void)
{
    RCC_AHB4ENR |= 1u << 25;
    (void)RCC_AHB4ENR;
}

static inline void signal(uint32_t n)
{
    (void)HSEM(0x80u + 4 * n);
}

static inline void await(uint32_t n)
{
    while ((HSEM(4 * n) & 1u << 31) == 0) {
    }
}

static inline uint32_t call(volatile uint32_t *code)
{
    return ((uint32_t(*)(void))((uint32_t)code | 1u))();
}

#ifdef CM7
struct __attribute__((aligned(32))) buffer {
    volatile uint32_t word[8];
};

struct buffer tx_buffer, rx_buffer;
struct __attribute__((aligned(32))) {
    volatile uint32_t word[6];
#if SIN == LOSE && defined GOOD
    uint32_t pad[8];
#endif
    volatile uint32_t counter;
} mixed;

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

static inline void enable_icache(void)
{
    ICIALLU = 0;
    REG(0xE000ED14u) |= 1u << 17;
    __asm__ volatile("dsb\n isb");
}

static inline void write_code(volatile uint32_t *to, uint32_t code)
{
    *to = code;
#if SIN == PATCH || defined GOOD
    DCCMVAC = (uint32_t)to;
#endif
#if SIN != PATCH || defined GOOD
    ICIALLU = 0;
#endif
    __asm__ volatile("dsb\n isb");
}

/* 64 KB of SRAM4, with these attributes. */
static inline void protect(uint32_t tex_s_c_b)
{
    REG(0xE000ED98u) = 0;
    REG(0xE000ED9Cu) = 0x38000000u;
    REG(0xE000EDA0u) = 3u << 24 | tex_s_c_b | 15u << 1 | 1u;
    REG(0xE000ED94u) = 5;
    __asm__ volatile("dsb\n isb");
}

static inline void copy_by_dma(const volatile uint32_t *from, volatile uint32_t *to)
{
    REG(0x580244D8u) |= 1u; /* AHB1ENR: DMA1 */
    (void)REG(0x580244D8u);
    REG(0x40020008u) = 0x3Du; /* LIFCR */
    REG(0x40020018u) = (uint32_t)from;
    REG(0x4002001Cu) = (uint32_t)to;
    REG(0x40020014u) = 4;
    REG(0x40020010u) = 2u << 13 | 2u << 11 | 1u << 10 | 1u << 9 | 2u << 6 | 1u;
    while ((REG(0x40020000u) & 0x20u) == 0) {
    }
}

int main(void)
{
    start_well();
    use_hsem();
#if SIN == UNCLEANED && defined GOOD
    protect(1u << 19);
#elif SIN == SHAREABLE && defined GOOD
    protect(1u << 18 | 3u << 16);
#endif
    enable_dcache();
#if SIN == UNCLEANED || SIN == SHAREABLE
    SHARED[0]++;
    signal(1);
#elif SIN == STALE
    (void)SHARED[0];
    signal(1);
    await(2);
#ifdef GOOD
    DCIMVAC = (uint32_t)SHARED;
#endif
    (void)SHARED[0];
#elif SIN == SEND
    tx_buffer.word[1]++;
#ifdef GOOD
    DCCMVAC = (uint32_t)&tx_buffer;
#endif
    copy_by_dma(tx_buffer.word, (volatile uint32_t *)0x30010000u);
#elif SIN == RECEIVE
    (void)rx_buffer.word[2];
    copy_by_dma((volatile uint32_t *)0x08000000u, rx_buffer.word);
#ifdef GOOD
    DCIMVAC = (uint32_t)&rx_buffer;
#endif
    (void)rx_buffer.word[2];
#elif SIN == OVERWRITE
    SHARED[0]++;
    signal(1);
    await(2);
    DCCMVAC = (uint32_t)SHARED;
#elif SIN == LOSE
    mixed.counter++;
    copy_by_dma((volatile uint32_t *)0x08000000u, mixed.word);
    DCIMVAC = (uint32_t)&mixed;
    (void)mixed.word[0];
    (void)mixed.counter;
#elif SIN == COPY
    enable_icache();
    write_code(CODE, RETURN_1);
    call(CODE);
#elif SIN == PATCH
    enable_icache();
    write_code(CODE, RETURN_1);
    call(CODE);
    write_code(CODE, RETURN_2);
    call(CODE);
#elif SIN == LEND
    write_code(LENT, RETURN_1);
    signal(1);
#endif
    stay();
}
#else
int main(void)
{
    use_hsem();
    await(1);
#if SIN == UNCLEANED || SIN == SHAREABLE
    (void)SHARED[0];
#elif SIN == STALE
    SHARED[0]++;
    signal(2);
#elif SIN == OVERWRITE
#ifdef GOOD
    SHARED[8]++;
#else
    SHARED[1]++;
#endif
    signal(2);
#elif SIN == LEND
    call(LENT);
#endif
    for (;;) {
        spend(1000);
    }
}
#endif
