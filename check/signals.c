/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
#include "check/odd.h"

#include "check/places.h"
#include "vboard/boards/board_data.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* RM0399 9.7: sources of clocks. */
#define CR_HSEON (1u << 16)
#define CR_HSEBYP (1u << 18)
#define RCC_PLLCKSELR 0x58024428u
#define SWS_HSE 2u
#define SWS_PLL1 3u
#define PLLSRC_HSE 2u
#define MHZ 1000000u
/* FDCAN (59.5): registers as offsets. */
#define FDCAN_TEST 0x10u
#define TEST_LBCK (1u << 4)
#define FDCAN_CCCR 0x18u
#define CCCR_INIT 1u
#define CCCR_MON (1u << 5)
#define FDCAN_NBTP 0x1Cu
#define FDCAN_PSR 0x44u
#define PSR_BO (1u << 7)
#define FDCAN_GFC 0x80u
#define FDCAN_SIDFC 0x84u
#define FDCAN_XIDFC 0x88u
#define FDCAN_RXF0C 0xA0u
#define FDCAN_RXF1C 0xB0u
#define RXFC_SIZE (0x7Fu << 16)
#define MESSAGE_RAM 0x4000AC00u
/* USART (51.8). */
#define USART_CR1 0x00u
#define CR1_UE 1u
#define CR1_RE_TE 0xCu
#define CR1_OVER8 (1u << 15)
#define USART_BRR 0x0Cu
#define USART_PRESC 0x2Cu

struct can {
    const char *name;
    uint32_t base;
    const char *rx, *tx;
};

void check_add_odd(struct check_odds *odds, const struct check_odd *odd)
{
    if (odds->count < CHECK_ODDS) {
        odds->list[odds->count++] = *odd;
    }
}

static uint32_t hz_of(const struct check_scene *s, enum clock_id id)
{
    return (uint32_t)clock_hz(&s->chip->clocks[id]);
}

static bool is_within(uint64_t a, uint64_t b, uint64_t permille)
{
    uint64_t apart = a > b ? a - b : b - a;
    return apart * 1000 <= b * permille;
}

/* ---- pins ---- */

/* Is the function given to any pin? A pin's function may be one of several ("TIM2_CH1/TIM2_ETR"). */
static bool has_pin(const struct chip *chip, const char *function)
{
    size_t length = strlen(function);
    for (unsigned i = 0; i < PIN_PORTS * PORT_PINS; i++) {
        const char *given = chip->pins.function[i / PORT_PINS][i % PORT_PINS];
        if (given != NULL && strncmp(given, function, length) == 0 &&
            (given[length] == '\0' || given[length] == '/' || given[length] == '_')) {
            return true;
        }
    }
    return false;
}

/* ---- FDCAN ---- */

bool check_is_can_rate(uint32_t bit_hz)
{
    static const uint32_t rates[] = {1000000, 800000, 500000, 250000, 125000,
                                     100000,  95238,  83333,  33333};
    for (size_t i = 0; i < sizeof rates / sizeof *rates; i++) {
        if (is_within(bit_hz, rates[i], 5)) {
            return true;
        }
    }
    return false;
}

/* The kernel clock's other sources, for which the bit timing may have been reckoned. */
static uint32_t can_meant_hz(const struct check_scene *s, uint32_t ticks)
{
    const uint32_t others[] = {hz_of(s, CLK_PLL1Q), hz_of(s, CLK_PLL2Q), 80 * MHZ};
    for (size_t i = 0; i < sizeof others / sizeof *others; i++) {
        if (others[i] % ticks == 0 && check_is_can_rate(others[i] / ticks)) {
            return others[i];
        }
    }
    return 0;
}

static void find_can_rate(const struct check_scene *s, struct check_odds *odds,
                          const struct can *can)
{
    uint32_t nbtp = s->read(s->ctx, can->base + FDCAN_NBTP);
    uint32_t ticks = ((nbtp & 0x7Fu) + (nbtp >> 8 & 0xFFu) + 3) * ((nbtp >> 16 & 0x1FFu) + 1);
    uint32_t kernel = hz_of(s, CLK_FDCAN);
    if (kernel == 0 || check_is_can_rate(kernel / ticks)) {
        return;
    }
    uint32_t meant = can_meant_hz(s, ticks);
    check_add_odd(odds, &(struct check_odd){.kind = CHECK_NODE_RATE,
                                            .address = can->base + FDCAN_NBTP,
                                            .name = can->name,
                                            .have = kernel / ticks,
                                            .want = meant / ticks,
                                            .from_hz = meant,
                                            .value = kernel});
}

/* CiA 301 names 75 to 90 % of the bit; cars have 68 to 81 % at least. What lies far from them fails on long wires, or
 * where oscillators differ. */
#define SAMPLE_LOW_PERCENT 65u
#define SAMPLE_HIGH_PERCENT 92u

static void find_can_sample(const struct check_scene *s, struct check_odds *odds,
                            const struct can *can)
{
    uint32_t nbtp = s->read(s->ctx, can->base + FDCAN_NBTP);
    uint32_t before = (nbtp >> 8 & 0xFFu) + 2; /* SYNC_SEG, NTSEG1 */
    uint32_t behind = (nbtp & 0x7Fu) + 1;      /* NTSEG2 */
    uint32_t percent = (100 * before + (before + behind) / 2) / (before + behind);
    if (percent < SAMPLE_LOW_PERCENT || percent > SAMPLE_HIGH_PERCENT) {
        check_add_odd(odds, &(struct check_odd){.kind = CHECK_CAN_SAMPLE,
                                                .address = can->base + FDCAN_NBTP,
                                                .name = can->name,
                                                .bit = percent,
                                                .want = before + behind});
    }
}

/* No filter that could match, and what does not match is rejected. Who only sends does not mind. */
static void find_can_rejects(const struct check_scene *s, struct check_odds *odds,
                             const struct can *can)
{
    uint32_t gfc = s->read(s->ctx, can->base + FDCAN_GFC);
    bool standard = (gfc >> 4 & 3u) < 2 || (s->read(s->ctx, can->base + FDCAN_SIDFC) >> 16) != 0;
    bool extended = (gfc >> 2 & 3u) < 2 || (s->read(s->ctx, can->base + FDCAN_XIDFC) >> 16) != 0;
    bool has_fifo =
        ((s->read(s->ctx, can->base + FDCAN_RXF0C) | s->read(s->ctx, can->base + FDCAN_RXF1C)) &
         RXFC_SIZE) != 0;
    if (has_fifo && !standard && !extended) {
        check_add_odd(odds, &(struct check_odd){.kind = CHECK_CAN_REJECTS,
                                                .address = can->base + FDCAN_GFC,
                                                .name = can->name});
    }
}

static void find_can_pins(const struct check_scene *s, struct check_odds *odds,
                          const struct can *can)
{
    bool loops = (s->read(s->ctx, can->base + FDCAN_TEST) & TEST_LBCK) != 0;
    /* Who only listens needs no TX. */
    bool listens = (s->read(s->ctx, can->base + FDCAN_CCCR) & CCCR_MON) != 0;
    bool rx = has_pin(s->chip, can->rx);
    bool tx = listens || has_pin(s->chip, can->tx);
    if (!loops && (!rx || !tx)) {
        check_add_odd(odds, &(struct check_odd){
                                .kind = CHECK_CAN_PINS, .name = can->name, .bit = rx ? 1 : 0});
    }
}

/* Of a list of filters those that hold what power-on left there. */
static uint32_t unwritten(const struct check_scene *s, uint32_t config, uint32_t words)
{
    uint32_t first = config >> 2 & 0x3FFFu;
    uint32_t count = config >> 16 & 0xFFu;
    uint32_t found = 0;
    for (uint32_t i = 0; i < count; i++) {
        uint32_t at = first + i * words;
        if (at < CHECK_MESSAGE_RAM_WORDS &&
            s->read(s->ctx, MESSAGE_RAM + 4 * at) == s->message_ram[at]) {
            found++;
        }
    }
    return found;
}

static void find_can_filters(const struct check_scene *s, struct check_odds *odds,
                             const struct can *can)
{
    uint32_t count = unwritten(s, s->read(s->ctx, can->base + FDCAN_SIDFC), 1) +
                     unwritten(s, s->read(s->ctx, can->base + FDCAN_XIDFC), 2);
    if (s->powered_up && count > 0) {
        check_add_odd(odds, &(struct check_odd){.kind = CHECK_CAN_FILTERS,
                                                .address = can->base + FDCAN_SIDFC,
                                                .name = can->name,
                                                .bit = count});
    }
}

static void find_cans(const struct check_scene *s, struct check_odds *odds)
{
    static const struct can cans[] = {
        {"FDCAN1", 0x4000A000, "FDCAN1_RX", "FDCAN1_TX"},
        {"FDCAN2", 0x4000A400, "FDCAN2_RX", "FDCAN2_TX"},
    };
    for (size_t i = 0; i < sizeof cans / sizeof *cans; i++) {
        bool starts = (s->read(s->ctx, cans[i].base + FDCAN_CCCR) & CCCR_INIT) == 0;
        if (starts || (s->read(s->ctx, cans[i].base + FDCAN_PSR) & PSR_BO) != 0) {
            find_can_rate(s, odds, &cans[i]);
            find_can_pins(s, odds, &cans[i]);
            find_can_filters(s, odds, &cans[i]);
            find_can_sample(s, odds, &cans[i]);
            find_can_rejects(s, odds, &cans[i]);
        }
    }
}

/* ---- UART ---- */

uint32_t check_common_baud(uint32_t baud)
{
    static const uint32_t rates[] = {300,    600,    1200,   2400,   4800,   9600,   10400,  14400,
                                     19200,  28800,  31250,  38400,  50000,  56000,  57600,  74880,
                                     76800,  100000, 115200, 125000, 128000, 230400, 250000, 256000,
                                     400000, 420000, 460800, 500000, 576000, 921600};
    for (size_t i = 0; i < sizeof rates / sizeof *rates; i++) {
        if (is_within(baud, rates[i], 20)) {
            return rates[i];
        }
    }
    return baud >= MHZ ? baud : 0; /* beyond terminals, two ends agree on anything */
}

/* The clock and the rate that a divider was reckoned for. */
static void reckon_baud(struct check_odd *odd, uint32_t divider)
{
    static const uint32_t meant[] = {115200, 9600, 57600, 230400, 38400, 19200, 460800, 921600};
    static const uint32_t clocks_mhz[] = {64, 100, 120, 80, 200, 50, 60, 48, 42, 84, 8, 16, 25, 4};
    for (size_t i = 0; i < sizeof meant / sizeof *meant; i++) {
        for (size_t k = 0; k < sizeof clocks_mhz / sizeof *clocks_mhz; k++) {
            if (is_within((uint64_t)divider * meant[i], (uint64_t)clocks_mhz[k] * MHZ, 2)) {
                odd->want = meant[i];
                odd->from_hz = clocks_mhz[k] * MHZ;
                return;
            }
        }
    }
}

static void find_uart(const struct check_scene *s, struct check_odds *odds, const char *name,
                      uint32_t base, enum clock_id clock)
{
    static const uint16_t prescalers[16] = {1,  2,  4,   6,   8,   10,  12,  16,
                                            32, 64, 128, 256, 256, 256, 256, 256};
    uint32_t cr1 = s->read(s->ctx, base + USART_CR1);
    uint32_t brr = s->read(s->ctx, base + USART_BRR) & 0xFFFFu;
    uint32_t kernel = hz_of(s, clock) / prescalers[s->read(s->ctx, base + USART_PRESC) & 15u];
    bool by_8 = (cr1 & CR1_OVER8) != 0;
    uint32_t divider = by_8 ? (brr & 0xFFF0u) | (brr & 7u) << 1 : brr;
    if ((cr1 & CR1_UE) == 0 || (cr1 & CR1_RE_TE) == 0 || divider == 0 || kernel == 0) {
        return;
    }
    uint32_t baud = (by_8 ? 2 : 1) * (kernel / divider);
    if (check_common_baud(baud) == 0) {
        struct check_odd odd = {.kind = CHECK_UART_BAUD,
                                .address = base + USART_BRR,
                                .name = name,
                                .have = baud,
                                .bit = kernel / MHZ};
        reckon_baud(&odd, by_8 ? divider / 2 : divider);
        odd.value = odd.want == 0 ? 0 : (kernel + odd.want / 2) / odd.want;
        check_add_odd(odds, &odd);
    }
}

static void find_uarts(const struct check_scene *s, struct check_odds *odds)
{
    static const struct {
        const char *name;
        uint32_t base;
        enum clock_id clock;
    } uarts[] = {
        {"USART1", 0x40011000, CLK_USART16},     {"USART6", 0x40011400, CLK_USART16},
        {"USART2", 0x40004400, CLK_USART234578}, {"USART3", 0x40004800, CLK_USART234578},
        {"UART4", 0x40004C00, CLK_USART234578},  {"UART5", 0x40005000, CLK_USART234578},
        {"UART7", 0x40007800, CLK_USART234578},  {"UART8", 0x40007C00, CLK_USART234578},
    };
    for (size_t i = 0; i < sizeof uarts / sizeof *uarts; i++) {
        find_uart(s, odds, uarts[i].name, uarts[i].base, uarts[i].clock);
    }
}

/* ---- PWM ---- */

static void find_pwms(const struct check_scene *s, struct check_odds *odds)
{
    for (size_t i = 0; i < s->boot->pwm_count; i++) {
        const struct check_pwm *p = &s->boot->pwms[i];
        for (unsigned channel = 1; channel <= 4; channel++) {
            char function[24];
            snprintf(function, sizeof function, "%s_CH%u", p->timer, channel);
            if ((p->channels >> channel & 1u) != 0 && !has_pin(s->chip, function)) {
                check_add_odd(odds, &(struct check_odd){
                                        .kind = CHECK_PWM_PIN, .name = p->timer, .bit = channel});
            }
        }
    }
}

/* ---- HSE ---- */

bool check_is_on_hse(const struct check_scene *s)
{
    uint32_t source = s->read(s->ctx, RCC_CFGR) >> 3 & 7u;
    return source == SWS_HSE ||
           (source == SWS_PLL1 && (s->read(s->ctx, RCC_PLLCKSELR) & 3u) == PLLSRC_HSE);
}

/* SYSCLK in MHz if HSE had `hse_mhz`; 0: it does not come from HSE by PLL1. */
static uint32_t sysclk_mhz(const struct check_scene *s, uint32_t hse_mhz)
{
    bool pll = (s->read(s->ctx, RCC_CFGR) >> 3 & 7u) == SWS_PLL1;
    bool hse = (s->read(s->ctx, RCC_PLLCKSELR) & 3u) == PLLSRC_HSE;
    uint32_t have_hz = hz_of(s, CLK_HSE);
    return pll && hse && have_hz != 0
               ? (uint32_t)((uint64_t)hz_of(s, CLK_SYS) * hse_mhz / (have_hz / MHZ) / MHZ)
               : 0;
}

/* Frequencies that people choose. */
static bool is_round(uint32_t mhz)
{
    static const uint16_t usual[] = {480, 400, 240, 200, 480 / 3, 100, 300, 360, 320, 280, 216};
    for (size_t i = 0; i < sizeof usual / sizeof *usual; i++) {
        if (mhz == usual[i]) {
            return true;
        }
    }
    return false;
}

static void find_hse(const struct check_scene *s, struct check_odds *odds)
{
    static const uint32_t others_mhz[] = {25, 24, 16, 12};
    uint32_t cr = s->read(s->ctx, RCC_CR);
    if (s->board->hse == BOARD_CLOCK_EXTERNAL && (cr & CR_HSEON) != 0 && (cr & CR_HSEBYP) == 0) {
        check_add_odd(odds, &(struct check_odd){.kind = CHECK_HSE_CRYSTAL, .address = RCC_CR});
    }
    uint32_t mhz = sysclk_mhz(s, hz_of(s, CLK_HSE) / MHZ);
    for (size_t i = 0; i < sizeof others_mhz / sizeof *others_mhz && mhz != 0; i++) {
        uint32_t meant = sysclk_mhz(s, others_mhz[i]);
        if (!is_round(mhz) && is_round(meant)) {
            check_add_odd(odds, &(struct check_odd){.kind = CHECK_HSE_RECKONED,
                                                    .have = mhz,
                                                    .want = meant,
                                                    .from_hz = others_mhz[i] * MHZ,
                                                    .bit = hz_of(s, CLK_HSE) / MHZ});
            return;
        }
    }
}

void check_signals(const struct check_scene *scene, struct check_odds *odds)
{
    find_hse(scene, odds);
    find_cans(scene, odds);
    find_uarts(scene, odds);
    find_pwms(scene, odds);
}
