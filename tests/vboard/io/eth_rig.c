/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
#include "tests/vboard/io/eth_rig.h"

#include <stdlib.h>

#include "tests/vboard/findings_left.h"
#include "vboard/chips/stm32h755.h"
#include "vboard/periph/eth/eth.h"
#include "vboard/periph/gpio/gpio.h"
#include "vboard/periph/syscfg/syscfg.h"

const uint8_t own_address[6] = {0x02, 0x80, 0xE1, 0x00, 0x00, 0x42};
const uint8_t everybody[6] = {0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF};

/* clang-format off */
static const struct chip_entry table[] = {
    {.name = "ETH", .model = &eth_model, .base = ETH, .irq = {{ETH_IRQ_GLOBAL, 61, 1}}},
    {.name = "SYSCFG", .model = &syscfg_model, .base = 0x58000400},
    {.name = "GPIOA", .model = &gpio_model, .base = 0x58020000},
    {.name = "GPIOB", .model = &gpio_model, .base = 0x58020400},
    {.name = "GPIOC", .model = &gpio_model, .base = 0x58020800},
    {.name = "GPIOG", .model = &gpio_model, .base = 0x58021800},
    {.name = NULL},
};
/* clang-format on */

/* The NUCLEO's. */
static const struct {
    enum mii_line line;
    char port;
    unsigned number;
} pins[] = {{MII_RX_CLK, 'A', 1}, {MII_MDIO, 'A', 2},   {MII_RX_DV, 'A', 7},
            {MII_MDC, 'C', 1},    {MII_RXD0, 'C', 4},   {MII_RXD1, 'C', 5},
            {MII_TXD1, 'B', 13},  {MII_TX_EN, 'G', 11}, {MII_TXD0, 'G', 13}};

static uint16_t phy_read(void *ctx, unsigned address, unsigned reg, vtime_ps now)
{
    (void)now;
    return address == 0 ? ((struct eth_rig *)ctx)->registers[reg] : 0xFFFF;
}

static void phy_write(void *ctx, unsigned address, unsigned reg, uint16_t value, vtime_ps now)
{
    (void)now;
    if (address == 0) {
        ((struct eth_rig *)ctx)->registers[reg] = value;
    }
}

static bool phy_clocked(void *ctx, vtime_ps now)
{
    (void)ctx;
    (void)now;
    return true;
}

static unsigned phy_mbps(void *ctx, vtime_ps now)
{
    (void)now;
    return ((struct eth_rig *)ctx)->mbps;
}

static void phy_send(void *ctx, const uint8_t *packet, size_t length, vtime_ps now)
{
    struct eth_rig *r = ctx;
    assert_true(r->sent_count < SENT_MAX && length <= sizeof(r->sent[0].bytes));
    memcpy(r->sent[r->sent_count].bytes, packet, length);
    r->sent[r->sent_count].length = length;
    r->sent[r->sent_count++].at = now;
}

static void set_line(void *ctx, unsigned number, bool level)
{
    assert_int_equal(number, 61);
    ((struct eth_rig *)ctx)->line = level;
}

static int add_ram(struct eth_rig *r, unsigned index, uint32_t base)
{
    const struct mem_region m = {.name = "RAM",
                                 .base = base,
                                 .size = RAM_SIZE,
                                 .host = r->ram[index],
                                 .writable = true,
                                 .masters = 3};
    return chip_add_region(&r->chip, &m);
}

int eth_rig_bare(void **state)
{
    const struct chip_params params = {0};
    struct eth_rig *r = calloc(1, sizeof(*r));
    if (r == NULL || chip_setup(&r->chip, &params) != 0) {
        return -1;
    }
    r->chip.pins.rows = stm32h755_pins;
    r->chip.cores.nvic[CORE_CM7] = (struct irq_sink){.set = set_line, .ctx = r};
    if (add_ram(r, 0, SRAM1) != 0 || add_ram(r, 1, DTCM) != 0 ||
        chip_populate(&r->chip, table) != 0) {
        return -1;
    }
    chip_power(&r->chip, true);
    clock_set(&r->chip.clocks[CLK_HCLK1], CLOCK_UHZ(200000000), 0);
    /* No RCC here that would open them. */
    chip_gate_update(&r->chip, chip_gate(&r->chip, 0x0D8, 16), true, false);
    chip_gate_update(&r->chip, chip_gate(&r->chip, 0x0D8, 17), true, false);
    r->chip.access.master = MASTER_CM7;
    *state = r;
    return 0;
}

static void route(struct eth_rig *r, char port, unsigned number)
{
    uint32_t base = 0x58020000u + 0x400u * (unsigned)(port - 'A');
    uint32_t afr = base + 0x20 + 4 * (number / 8);
    wr(r, afr, (rd(r, afr) & ~(0xFu << 4 * (number % 8))) | 11u << 4 * (number % 8));
    wr(r, base, (rd(r, base) & ~(3u << 2 * number)) | 2u << 2 * number);
}

int eth_rig_setup(void **state)
{
    if (eth_rig_bare(state) != 0) {
        return -1;
    }
    struct eth_rig *r = *state;
    r->mbps = 100;
    r->phy = (struct mii_phy){.rmii = true,
                              .read = phy_read,
                              .write = phy_write,
                              .clocked = phy_clocked,
                              .mbps = phy_mbps,
                              .send = phy_send,
                              .ctx = r};
    for (size_t i = 0; i < sizeof(pins) / sizeof(pins[0]); i++) {
        r->phy.pins[pins[i].line] = chip_pin(&r->chip, pins[i].port, pins[i].number);
        route(r, pins[i].port, pins[i].number);
    }
    r->chip.mii.phy = &r->phy;
    wr(r, SYSCFG_PMCR, RMII << 21);
    return 0;
}

int eth_rig_teardown(void **state)
{
    struct eth_rig *r = *state;
    const int left = findings_left(&r->chip);
    chip_teardown(&r->chip);
    free(r);
    return left;
}

uint32_t rd(struct eth_rig *r, uint32_t address)
{
    return chip_mmio_read(&r->chip, address, 4);
}

void wr(struct eth_rig *r, uint32_t address, uint32_t value)
{
    chip_mmio_write(&r->chip, address, 4, value);
}

void run_for(struct eth_rig *r, vtime_ps span)
{
    vtime_ps until = r->chip.sched.now + span;
    sched_run_until(&r->chip.sched, until);
    r->chip.sched.now = until;
}

uint8_t *at(struct eth_rig *r, uint32_t address)
{
    struct mem_region *m = chip_region(&r->chip, address, MASTER_DEBUG);
    assert_non_null(m);
    return m->host + (address - m->base);
}

uint32_t word(struct eth_rig *r, uint32_t address)
{
    uint32_t value;
    memcpy(&value, at(r, address), sizeof(value));
    return value;
}

void put_word(struct eth_rig *r, uint32_t address, uint32_t value)
{
    memcpy(at(r, address), &value, sizeof(value));
}

void start(struct eth_rig *r)
{
    wr(r, MACA0HR, own_address[5] << 8 | own_address[4]);
    wr(r, MACA0LR, 0x00E18002); /* 02:80:E1:00 */
    wr(r, DMACCR, 1u << 18);
    wr(r, DMACTXRLR, RING - 1);
    wr(r, DMACRXRLR, RING - 1);
    wr(r, DMACTXDLAR, TX_RING);
    wr(r, DMACRXDLAR, RX_RING);
    wr(r, DMACTXDTPR, TX_RING);
    wr(r, DMACRXCR, RX_BUFFER_SIZE << 1);
    for (unsigned i = 0; i < RING; i++) {
        give_rx(r, i, RING - 1);
    }
    wr(r, MACCR, 1u << 14 | 1u << 13 | 3u); /* FES, DM, TE, RE */
    wr(r, DMACTXCR, 1);
    wr(r, DMACRXCR, RX_BUFFER_SIZE << 1 | 1u);
    run_for(r, VTIME_US(1));
}

void give_tx(struct eth_rig *r, unsigned n, const void *bytes, size_t length, uint32_t flags)
{
    uint32_t d = TX_RING + STRIDE * n;
    uint32_t buffer = TX_BUFFERS + 0x400 * n;
    memcpy(at(r, buffer), bytes, length);
    put_word(r, d, buffer);
    put_word(r, d + 4, 0);
    put_word(r, d + 8, 1u << 31 | (uint32_t)length);
    put_word(r, d + 12, OWN | flags);
    wr(r, DMACTXDTPR, TX_RING + STRIDE * ((n + 1) % RING));
}

void give_rx(struct eth_rig *r, unsigned n, unsigned tail)
{
    uint32_t d = RX_RING + STRIDE * n;
    put_word(r, d, RX_BUFFERS + RX_BUFFER_SIZE * n);
    put_word(r, d + 4, 0);
    put_word(r, d + 8, 0);
    put_word(r, d + 12, OWN | 1u << 30 | 1u << 24); /* IOC, BUF1V */
    wr(r, DMACRXDTPR, RX_RING + STRIDE * tail);
}

void hear(struct eth_rig *r, const uint8_t to[6], unsigned type, const void *payload, size_t length)
{
    static const uint8_t from[6] = {0x02, 0, 0, 0, 0, 0x01};
    uint8_t packet[2100] = {0};
    size_t n = 14 + length < 60 ? 60 : 14 + length;
    memcpy(packet, to, 6);
    memcpy(packet + 6, from, 6);
    packet[12] = (uint8_t)(type >> 8);
    packet[13] = (uint8_t)type;
    memcpy(packet + 14, payload, length);
    uint32_t crc = mii_crc(packet, n);
    for (unsigned i = 0; i < 4; i++) {
        packet[n++] = (uint8_t)(crc >> (8 * i));
    }
    r->chip.mii.receive(r->chip.mii.ctx, packet, n, r->chip.sched.now);
    run_for(r, VTIME_US(1));
}
