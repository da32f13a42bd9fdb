/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
/*
 * Ethernet as a driver sets it up (RM0399 61.9): clocks, pins, RMII, software reset, MDIO until the link is there,
 * rings, start. Then it asks for 192.168.0.1 by ARP, pings it once, and answers ARP requests and pings for 192.168.0.10
 * itself. LD1 (PB0) is lit once its ping was answered; LD3 (PB14) if the reset did not end. Checksums are the hardware's.
 */
#include "image.h"

#define ETH 0x40028000u
#define MACCR REG(ETH + 0x000)
#define MACMDIOAR REG(ETH + 0x200)
#define MACMDIODR REG(ETH + 0x204)
#define MACA0HR REG(ETH + 0x300)
#define MACA0LR REG(ETH + 0x304)
#define MTLTXQOMR REG(ETH + 0xD00)
#define MTLRXQOMR REG(ETH + 0xD30)
#define DMAMR REG(ETH + 0x1000)
#define DMASBMR REG(ETH + 0x1004)
#define DMACTXCR REG(ETH + 0x1104)
#define DMACRXCR REG(ETH + 0x1108)
#define DMACTXDLAR REG(ETH + 0x1114)
#define DMACRXDLAR REG(ETH + 0x111C)
#define DMACTXDTPR REG(ETH + 0x1120)
#define DMACRXDTPR REG(ETH + 0x1128)
#define DMACTXRLR REG(ETH + 0x112C)
#define DMACRXRLR REG(ETH + 0x1130)
#define RCC_AHB1ENR REG(0x580244D8u)
#define SYSCFG_PMCR REG(0x58000404u)
#define GPIO(port) (0x58020000u + 0x400u * ((port) - 'A'))
#define RING 4u
#define BUFFER 1536u
#define OWN (1u << 31)
#define RESET_TURNS 100000u

struct descriptor {
    volatile uint32_t word[4];
};

static struct descriptor tx[RING], rx[RING];
static uint8_t tx_buffer[RING][BUFFER], rx_buffer[RING][BUFFER];
static unsigned tx_next, rx_next;
static const uint8_t own[6] = {0x02, 0x80, 0xE1, 0x00, 0x00, 0x42};
static const uint8_t own_ip[4] = {192, 168, 0, 10}, peer_ip[4] = {192, 168, 0, 1};

static void copy(uint8_t *to, const uint8_t *from, uint32_t n)
{
    while (n-- != 0) {
        *to++ = *from++;
    }
}

static int same(const uint8_t *a, const uint8_t *b, uint32_t n)
{
    while (n != 0 && *a == *b) {
        a++;
        b++;
        n--;
    }
    return n == 0;
}

/* ---- setting it up ---- */

static void af11(char port, unsigned pin)
{
    uint32_t gpio = GPIO(port);
    REG(gpio + 0x20 + 4 * (pin / 8)) |= 11u << 4 * (pin % 8);
    REG(gpio + 0x08) |= 3u << 2 * pin; /* OSPEEDR */
    REG(gpio) = (REG(gpio) & ~(3u << 2 * pin)) | 2u << 2 * pin;
}

static void output(unsigned pin)
{
    GPIOB_MODER = (GPIOB_MODER & ~(3u << 2 * pin)) | 1u << 2 * pin;
}

static void pins_and_clocks(void)
{
    static const struct {
        char port;
        uint8_t pin;
    } pins[] = {{'A', 1}, {'A', 2},  {'A', 7},  {'C', 1}, {'C', 4},
                {'C', 5}, {'B', 13}, {'G', 11}, {'G', 13}};
    RCC_AHB4ENR |= 1u << 6 | 7u; /* GPIOG, C, B, A */
    RCC_APB4ENR |= 1u << 1;      /* SYSCFG */
    RCC_AHB1ENR |= 7u << 15;     /* ETH1MACEN, TXEN, RXEN */
    (void)RCC_AHB1ENR;
    for (unsigned i = 0; i < sizeof pins / sizeof *pins; i++) {
        af11(pins[i].port, pins[i].pin);
    }
    output(0);
    output(14);
    SYSCFG_PMCR = (SYSCFG_PMCR & ~(7u << 21)) | 4u << 21; /* RMII */
    (void)SYSCFG_PMCR;
}

static int reset(void)
{
    DMAMR |= 1;
    for (uint32_t turns = RESET_TURNS; (DMAMR & 1u) != 0; turns--) {
        if (turns == 0) {
            return 0;
        }
    }
    return 1;
}

static uint32_t phy(unsigned reg)
{
    MACMDIOAR = reg << 16 | 4u << 8 | 3u << 2 | 1u;
    while ((MACMDIOAR & 1u) != 0) {
    }
    return MACMDIODR & 0xFFFFu;
}

static void give(unsigned n)
{
    rx[n].word[0] = (uint32_t)rx_buffer[n];
    rx[n].word[3] = OWN | 1u << 30 | 1u << 24;
    __asm__ volatile("dmb" ::: "memory");
    DMACRXDTPR = (uint32_t)&rx[n];
}

static void start(void)
{
    /* SARC 3, IPC, CST, ACS, FES, DM: the source address replaced, checksums checked, FCS stripped. */
    MACCR = 3u << 28 | 1u << 27 | 3u << 20 | 3u << 13;
    MTLTXQOMR |= 1u << 1;
    MTLRXQOMR |= 1u << 5;
    DMASBMR = 1u << 12 | 1u;
    DMACTXCR = 32u << 16;
    DMACRXCR = 32u << 16 | BUFFER << 1;
    DMACTXRLR = RING - 1;
    DMACTXDLAR = (uint32_t)tx;
    DMACTXDTPR = (uint32_t)tx;
    DMACRXRLR = RING - 1;
    DMACRXDLAR = (uint32_t)rx;
    MACA0HR = (uint32_t)own[5] << 8 | own[4];
    MACA0LR = (uint32_t)own[3] << 24 | (uint32_t)own[2] << 16 | (uint32_t)own[1] << 8 | own[0];
    for (unsigned n = 0; n < RING; n++) {
        give(n);
    }
    MACCR |= 3;
    DMACTXCR |= 1;
    DMACRXCR |= 1;
}

/* ---- packets ---- */

static uint8_t *begin(const uint8_t *to, unsigned type)
{
    while ((tx[tx_next].word[3] & OWN) != 0) {
    }
    uint8_t *b = tx_buffer[tx_next];
    copy(b, to, 6);
    b[12] = (uint8_t)(type >> 8);
    b[13] = (uint8_t)type;
    return b;
}

static void send(uint32_t length)
{
    struct descriptor *d = &tx[tx_next];
    tx_next = (tx_next + 1) % RING;
    d->word[0] = (uint32_t)tx_buffer[d - tx];
    d->word[1] = 0;
    d->word[2] = length;
    d->word[3] = OWN | 3u << 28 | 3u << 16; /* FD, LD, all checksums */
    __asm__ volatile("dmb" ::: "memory");
    DMACTXDTPR = (uint32_t)&tx[tx_next];
}

static void arp(const uint8_t *to, unsigned operation, const uint8_t *ip)
{
    static const uint8_t head[6] = {0, 1, 8, 0, 6, 4};
    uint8_t *b = begin(to, 0x0806);
    copy(b + 14, head, 6);
    b[20] = 0;
    b[21] = (uint8_t)operation;
    copy(b + 22, own, 6);
    copy(b + 28, own_ip, 4);
    copy(b + 32, to, 6);
    copy(b + 38, ip, 4);
    send(42);
}

static void icmp(const uint8_t *to, const uint8_t *ip, unsigned type, const uint8_t *rest,
                 uint32_t length)
{
    static const uint8_t head[12] = {0x45, 0, 0, 0, 0, 0, 0, 0, 64, 1, 0, 0};
    uint8_t *b = begin(to, 0x0800);
    copy(b + 14, head, 12);
    b[16] = (uint8_t)((24 + length) >> 8);
    b[17] = (uint8_t)(24 + length);
    copy(b + 26, own_ip, 4);
    copy(b + 30, ip, 4);
    b[34] = (uint8_t)type;
    b[35] = b[36] = b[37] = 0;
    copy(b + 38, rest, length);
    send(38 + length);
}

static void take(const uint8_t *p, uint32_t length)
{
    static const uint8_t ping[8] = {0, 1, 0, 1, 'c', 'a', 'n', 'd'};
    unsigned type = (unsigned)p[12] << 8 | p[13];
    if (type == 0x0806 && p[21] == 1 && same(p + 38, own_ip, 4)) {
        arp(p + 6, 2, p + 28);
    } else if (type == 0x0806 && p[21] == 2 && same(p + 28, peer_ip, 4)) {
        icmp(p + 6, peer_ip, 8, ping, sizeof ping);
    } else if (type == 0x0800 && p[23] == 1 && p[34] == 8) {
        icmp(p + 6, p + 26, 0, p + 38, ((uint32_t)p[16] << 8 | p[17]) - 24);
    } else if (type == 0x0800 && p[23] == 1 && p[34] == 0 && same(p + 38, ping, sizeof ping)) {
        GPIOB_BSRR = 1;
    }
    (void)length;
}

static void receive(void)
{
    uint32_t status = rx[rx_next].word[3];
    if ((status & OWN) == 0) {
        take(rx_buffer[rx_next], status & 0x7FFFu);
        give(rx_next);
        rx_next = (rx_next + 1) % RING;
    }
}

/* Nothing is to be written before the supply is there (7.4.1). */
void before_memory(void)
{
    select_supply(SUPPLY_SMPS);
    wait_for_supply();
}

int main(void)
{
    static const uint8_t all[6] = {0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF};
    voltage_scale_1();
    clock_400_mhz(4);
    pins_and_clocks();
    if (!reset()) {
        GPIOB_BSRR = 1u << 14;
        stay();
    }
    while ((phy(1) & 0x24u) != 0x24u) { /* negotiated, and a link */
    }
    start();
    arp(all, 1, peer_ip);
    for (;;) {
        receive();
    }
}
