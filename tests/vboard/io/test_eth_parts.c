/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
/* The PHY, and the computer at the other end of its cable. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "vboard/chip/chip.h"
#include "vboard/parts/eth_peer.h"
#include "vboard/parts/eth_phy.h"

#define BCR 0
#define BSR 1
#define LINK 0x0004
#define NEGOTIATED 0x0020

static struct chip chip;
static struct eth_phy phy;
static struct eth_peer peer;
static unsigned heard;
static struct {
    uint8_t bytes[1600];
    size_t length;
    vtime_ps at;
} last;

static void hear(void *ctx, const uint8_t *packet, size_t length, vtime_ps now)
{
    (void)ctx;
    memcpy(last.bytes, packet, length);
    last.length = length;
    last.at = now;
    heard++;
}

static int set_up(void **state)
{
    (void)state;
    memset(&chip, 0, sizeof(chip));
    memset(&peer, 0, sizeof(peer));
    heard = 0;
    sched_init(&chip.sched);
    eth_phy_init(&phy, &chip, ETH_PHY_LAN8742A, 0);
    phy.heard = hear;
    chip.mii.receive = hear;
    eth_phy_power(&phy, true, 0);
    return 0;
}

static int tear_down(void **state)
{
    (void)state;
    sched_clear(&chip.sched);
    sched_destroy(&chip.sched);
    return 0;
}

static unsigned get(unsigned reg, vtime_ps now)
{
    return phy.mii.read(&phy, 0, reg, now);
}

static void put(unsigned reg, uint16_t value, vtime_ps now)
{
    phy.mii.write(&phy, 0, reg, value, now);
}

/* ---- the PHY ---- */

static void phy_negotiates(void **state)
{
    (void)state;
    assert_int_equal(get(BSR, VTIME_S(1)), 0x7809);
    assert_int_equal(get(31, VTIME_S(1)), 0x0040);
    assert_int_equal(phy.mii.mbps(&phy, VTIME_S(1)), 0);
    /* The first look still says that the link was missing (IEEE 802.3 22.2.4.2.13). */
    assert_int_equal(get(BSR, VTIME_S(2)), 0x7809 | NEGOTIATED);
    assert_int_equal(get(BSR, VTIME_S(2)), 0x7809 | NEGOTIATED | LINK);
    assert_int_equal(get(31, VTIME_S(2)), 0x1058); /* 100 Mbit/s, full duplex */
    assert_int_equal(get(5, VTIME_S(2)), 0x41E1);
    assert_int_equal(phy.mii.mbps(&phy, VTIME_S(2)), 100);
    put(BCR, 0x3200, VTIME_S(3)); /* again */
    assert_int_equal(get(BCR, VTIME_S(3)), 0x3000);
    assert_int_equal(get(BSR, VTIME_S(4)), 0x7809);
}

static void phy_says_who_it_is(void **state)
{
    (void)state;
    assert_int_equal(get(2, 0), 0x0007);
    assert_int_equal(get(3, 0), 0xC130);
    assert_int_equal(get(18, 0) & 0x1F, 0);
    assert_int_equal(phy.mii.read(&phy, 1, 2, 0), 0xFFFF);
    eth_phy_power(&phy, false, 0);
    assert_int_equal(get(2, 0), 0xFFFF);
}

static void phy_is_told_its_speed(void **state)
{
    (void)state;
    put(BCR, 0, 0); /* 10 Mbit/s, half duplex, no negotiation */
    assert_int_equal(phy.mii.mbps(&phy, 0), 10);
    assert_int_equal(get(BSR, 0), 0x7809);
    assert_int_equal(get(BSR, 0), 0x7809 | LINK);
    put(BCR, 0x0800, 0); /* power-down */
    assert_int_equal(phy.mii.mbps(&phy, 0), 0);
    put(BCR, 0x8000, 0); /* reset */
    assert_int_equal(get(BCR, 0), 0x3000);
}

static void phy_passes_packets_on_while_it_has_a_link(void **state)
{
    static const uint8_t packet[64];
    (void)state;
    eth_phy_receive(&phy, packet, sizeof(packet), VTIME_S(1));
    assert_int_equal(heard, 0);
    eth_phy_receive(&phy, packet, sizeof(packet), VTIME_S(2));
    assert_int_equal(heard, 1);
    phy.mii.send(&phy, packet, sizeof(packet), VTIME_S(2));
    assert_int_equal(heard, 2);
    put(BCR, 0x3400, VTIME_S(2)); /* isolated */
    phy.mii.send(&phy, packet, sizeof(packet), VTIME_S(2));
    eth_phy_receive(&phy, packet, sizeof(packet), VTIME_S(2));
    assert_int_equal(heard, 2);
    put(BCR, 0x7000, VTIME_S(2)); /* loopback */
    phy.mii.send(&phy, packet, sizeof(packet), VTIME_S(2));
    assert_int_equal(heard, 3);
}

/* ---- the peer ---- */

static void start_peer(uint32_t pings)
{
    peer.send = hear;
    eth_peer_init(&peer, &chip.sched, 0, pings);
    eth_peer_plug(&peer, true, 0);
}

static void run_until(vtime_ps until)
{
    sched_run_until(&chip.sched, until);
    chip.sched.now = until;
}

static void say(const uint8_t *head, size_t length)
{
    uint8_t packet[64] = {0};
    memcpy(packet, head, length);
    uint32_t crc = mii_crc(packet, 60);
    for (unsigned i = 0; i < 4; i++) {
        packet[60 + i] = (uint8_t)(crc >> (8 * i));
    }
    eth_peer_hear(&peer, packet, sizeof(packet), chip.sched.now);
}

/* 192.168.0.10 at 02:00:00:00:00:0A asks for 192.168.0.1. */
static const uint8_t request[42] = {0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 2, 0, 0, 0, 0,   10,  8, 6,
                                    0,    1,    8,    0,    6,    4,    0, 1, 2, 0, 0,   0,   0, 10,
                                    192,  168,  0,    10,   0,    0,    0, 0, 0, 0, 192, 168, 0, 1};

static void peer_answers_arp(void **state)
{
    (void)state;
    start_peer(0);
    assert_int_equal(sched_next(&chip.sched), VTIME_NEVER);
    say(request, sizeof(request));
    run_until(VTIME_MS(1));
    assert_int_equal(heard, 1);
    /* It thinks for 20 us; 84 bytes with preamble and gap at 80 ns. */
    assert_int_equal(last.at, VTIME_US(20) + VTIME_NS(80) * 84);
    assert_int_equal(last.length, 64);
    assert_memory_equal(last.bytes, request + 6, 6);
    assert_int_equal(last.bytes[21], 2);
    assert_memory_equal(last.bytes + 28, request + 38, 4);
    assert_int_equal(mii_crc(last.bytes, last.length), 0x2144DF1C);
    assert_int_equal(sched_next(&chip.sched), VTIME_NEVER);
}

static void peer_minds_its_own_business(void **state)
{
    uint8_t other[sizeof(request)];
    uint8_t packet[64] = {0};
    (void)state;
    start_peer(0);
    memcpy(other, request, sizeof(request));
    other[41] = 2; /* for another address */
    say(other, sizeof(other));
    memcpy(packet, request, sizeof(request)); /* and without a good FCS */
    eth_peer_hear(&peer, packet, sizeof(packet), 0);
    run_until(VTIME_MS(1));
    assert_int_equal(heard, 0);
}

static void peer_pings(void **state)
{
    (void)state;
    start_peer(0xC0A8000A);
    run_until(VTIME_MS(1100));
    assert_int_equal(heard, 1);
    assert_int_equal(last.bytes[21], 1); /* who has 192.168.0.10? */
    say(request, sizeof(request));       /* which tells where it is, too */
    run_until(VTIME_MS(1200));
    assert_int_equal(heard, 2);
    run_until(VTIME_MS(2100));
    assert_int_equal(heard, 3);
    assert_int_equal(last.bytes[23], 1); /* ICMP */
    assert_int_equal(last.bytes[34], 8);
    assert_memory_equal(last.bytes, request + 6, 6);
    eth_peer_plug(&peer, false, chip.sched.now);
    assert_int_equal(sched_next(&chip.sched), VTIME_NEVER);
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, set_up, tear_down)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(phy_negotiates),
        TEST(phy_says_who_it_is),
        TEST(phy_is_told_its_speed),
        TEST(phy_passes_packets_on_while_it_has_a_link),
        TEST(peer_answers_arp),
        TEST(peer_minds_its_own_business),
        TEST(peer_pings),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
