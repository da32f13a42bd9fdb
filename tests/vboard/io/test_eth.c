/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
/* ETH: what RM0399's chapter 61 promises of reset, MDIO, both rings, interrupts and counters. */
#include "tests/vboard/io/eth_rig.h"

#include <stdio.h>

#define TI (1u << 0)
#define TBU (1u << 2)
#define RI (1u << 6)
#define RBU (1u << 7)
#define ERI (1u << 11)
#define AIS (1u << 14)
#define NIS (1u << 15)
#define ETHERTYPE 0x88B5u /* for experiments */
#define TX_DES3(n) (TX_RING + STRIDE * (n) + 12)
#define RX_DES3(n) (RX_RING + STRIDE * (n) + 12)

static void fill(uint8_t *packet, size_t length)
{
    memcpy(packet, everybody, 6);
    memcpy(packet + 6, own_address, 6);
    packet[12] = 0x88;
    packet[13] = 0xB5;
    for (size_t i = 14; i < length; i++) {
        packet[i] = (uint8_t)i;
    }
}

/* ---- software reset and MDIO ---- */

static void reset_ends_with_the_clock_of_a_phy(void **state)
{
    struct eth_rig *r = *state;
    wr(r, MACPFR, 1);
    wr(r, DMAMR, 1);
    assert_int_equal(rd(r, DMAMR), 1);
    run_for(r, VTIME_US(10));
    assert_int_equal(rd(r, DMAMR), 0);
    assert_int_equal(rd(r, MACPFR), 0);
    assert_int_equal(rd(r, MACA0HR), 0x8000FFFF);
}

static void reset_never_ends_without_a_phy(void **state)
{
    struct eth_rig *r = *state;
    wr(r, DMAMR, 1);
    run_for(r, VTIME_S(1));
    assert_int_equal(rd(r, DMAMR), 1);
}

/* REF_CLK comes to PA1 alone: in MII mode there is no TX_CLK. */
static void reset_needs_the_interface_of_the_board(void **state)
{
    struct eth_rig *r = *state;
    wr(r, SYSCFG_PMCR, 0);
    wr(r, DMAMR, 1);
    run_for(r, VTIME_MS(1));
    assert_int_equal(rd(r, DMAMR), 1);
    wr(r, SYSCFG_PMCR, RMII << 21);
    assert_int_equal(rd(r, DMAMR), 1);
    run_for(r, VTIME_US(10));
    assert_int_equal(rd(r, DMAMR), 0);
}

static void reset_needs_the_transmit_gate(void **state)
{
    struct eth_rig *r = *state;
    chip_gate_update(&r->chip, chip_gate(&r->chip, 0x0D8, 16), false, false);
    wr(r, DMAMR, 1);
    run_for(r, VTIME_MS(1));
    assert_int_equal(rd(r, DMAMR), 1);
}

/* 64 clocks of MDC at 200 MHz / 102: 32.6 us. */
static uint32_t mdio(struct eth_rig *r, unsigned address, unsigned reg, unsigned operation)
{
    wr(r, MACMDIOAR, address << 21 | reg << 16 | 4u << 8 | operation << 2 | 1u);
    run_for(r, VTIME_US(32));
    assert_int_equal(rd(r, MACMDIOAR) & 1u, 1);
    wr(r, MACMDIODR, 0xDEAD); /* ignored while it is busy */
    run_for(r, VTIME_US(1));
    assert_int_equal(rd(r, MACMDIOAR) & 1u, 0);
    return rd(r, MACMDIODR);
}

static void mdio_reads_and_writes(void **state)
{
    struct eth_rig *r = *state;
    r->registers[2] = 0x0007;
    assert_int_equal(mdio(r, 0, 2, 3), 0x0007);
    wr(r, MACMDIODR, 0x1234);
    mdio(r, 0, 4, 1);
    assert_int_equal(r->registers[4], 0x1234);
    assert_int_equal(mdio(r, 1, 2, 3), 0xFFFF);
}

static void mdio_reads_ones_without_a_phy(void **state)
{
    assert_int_equal(mdio(*state, 0, 2, 3), 0xFFFF);
}

/* ---- transmission ---- */

static void sends_two_packets(void **state)
{
    struct eth_rig *r = *state;
    uint8_t packet[100];
    start(r);
    assert_int_equal(rd(r, DMADSR) >> 12 & 7u, 6); /* suspended: nothing to do */
    wr(r, DMACSR, TBU);
    fill(packet, sizeof(packet));
    give_tx(r, 0, packet, sizeof(packet), FD | LD);
    give_tx(r, 1, packet, 20, FD | LD); /* padded to 60 */
    run_for(r, VTIME_US(50));
    assert_int_equal(r->sent_count, 2);
    assert_int_equal(r->sent[0].length, 104);
    assert_int_equal(r->sent[1].length, 64);
    assert_memory_equal(r->sent[0].bytes, packet, sizeof(packet));
    /* The residue of any packet with its FCS. */
    assert_int_equal(mii_crc(r->sent[0].bytes, 104), 0x2144DF1C);
    assert_int_equal(mii_crc(r->sent[1].bytes, 64), 0x2144DF1C);
    /* Behind the first: 96 bits of gap, 8 bytes of preamble, 64 bytes, at 10 ns a bit. */
    assert_int_equal(r->sent[1].at - r->sent[0].at, VTIME_NS(10) * (96 + 8 * 72));
    assert_int_equal(word(r, TX_DES3(0)), FD | LD);
    assert_int_equal(word(r, TX_DES3(1)), FD | LD);
    assert_int_equal(rd(r, DMACSR) & (TI | TBU), TI | TBU);
    assert_int_equal(rd(r, ETH + 0x768), 2); /* TX_PACKET_COUNT_GOOD */
    assert_int_equal(rd(r, ETH + 0x1144), TX_RING + 2 * STRIDE);
}

static void gathers_descriptors_and_buffers(void **state)
{
    struct eth_rig *r = *state;
    uint8_t packet[90];
    start(r);
    fill(packet, sizeof(packet));
    memcpy(at(r, TX_BUFFERS + 0x400), packet + 40, 50);
    put_word(r, TX_RING + STRIDE, TX_BUFFERS + 0x400);
    put_word(r, TX_RING + STRIDE + 4, TX_BUFFERS + 0x400 + 13); /* buffer 2, unaligned */
    put_word(r, TX_RING + STRIDE + 8, 37u << 16 | 13u);
    put_word(r, TX_DES3(1), OWN | LD);
    wr(r, DMACTXCR, 0);
    give_tx(r, 0, packet, 40, FD);
    wr(r, DMACTXDTPR, TX_RING + 2 * STRIDE);
    wr(r, DMACTXCR, 1);
    run_for(r, VTIME_US(50));
    assert_int_equal(r->sent_count, 1);
    assert_memory_equal(r->sent[0].bytes, packet, sizeof(packet));
    assert_int_equal(word(r, TX_DES3(0)), FD);
    assert_int_equal(word(r, TX_DES3(1)), LD);
    assert_int_equal(rd(r, DMACSR) & TI, 0); /* the last has no IOC */
}

/* "The descriptors up to one location less than the one indicated by the tail pointer" (61.10.2), whatever OWN says. */
static void stops_at_the_tail(void **state)
{
    struct eth_rig *r = *state;
    uint8_t packet[60];
    start(r);
    fill(packet, sizeof(packet));
    give_tx(r, 0, packet, sizeof(packet), FD | LD);
    give_tx(r, 1, packet, sizeof(packet), FD | LD);
    wr(r, DMACTXDTPR, TX_RING + STRIDE);
    run_for(r, VTIME_US(50));
    assert_int_equal(r->sent_count, 1);
    assert_int_equal(word(r, TX_DES3(1)) & OWN, OWN);
    wr(r, DMACTXDTPR, TX_RING + 2 * STRIDE);
    run_for(r, VTIME_US(50));
    assert_int_equal(r->sent_count, 2);
}

/* SARC: HAL_ETH_Init's default replaces every packet's source. */
static void replaces_the_source_address(void **state)
{
    struct eth_rig *r = *state;
    uint8_t packet[60];
    start(r);
    wr(r, MACCR, rd(r, MACCR) | 3u << 28);
    fill(packet, sizeof(packet));
    memset(packet + 6, 0, 6);
    give_tx(r, 0, packet, sizeof(packet), FD | LD);
    run_for(r, VTIME_US(50));
    assert_memory_equal(r->sent[0].bytes + 6, own_address, 6);
}

static void waits_for_te(void **state)
{
    struct eth_rig *r = *state;
    uint8_t packet[60];
    start(r);
    wr(r, MACCR, rd(r, MACCR) & ~2u);
    fill(packet, sizeof(packet));
    give_tx(r, 0, packet, sizeof(packet), FD | LD);
    run_for(r, VTIME_MS(1));
    assert_int_equal(r->sent_count, 0);
    assert_int_equal(rd(r, ETH + 0xD08) >> 16 & 7u, 1); /* MTLTXQDR.PTXQ */
    wr(r, MACCR, rd(r, MACCR) | 2u);
    run_for(r, VTIME_US(50));
    assert_int_equal(r->sent_count, 1);
}

static void loses_what_it_sends_at_the_wrong_speed(void **state)
{
    struct eth_rig *r = *state;
    uint8_t packet[60];
    start(r);
    r->mbps = 10;
    fill(packet, sizeof(packet));
    give_tx(r, 0, packet, sizeof(packet), FD | LD);
    run_for(r, VTIME_MS(1));
    assert_int_equal(r->sent_count, 0);
    assert_int_equal(word(r, TX_DES3(0)), FD | LD); /* the MAC does not know */
}

static void stops_when_told(void **state)
{
    struct eth_rig *r = *state;
    start(r);
    wr(r, DMACTXCR, 0);
    assert_int_equal(rd(r, DMADSR) >> 12 & 7u, 0);
    assert_int_equal(rd(r, DMACSR) & 2u, 2); /* TPS */
    wr(r, DMACRXCR, RX_BUFFER_SIZE << 1);
    assert_int_equal(rd(r, DMADSR) >> 8 & 7u, 0);
    assert_int_equal(rd(r, DMACSR) & 0x100u, 0x100); /* RPS */
}

/* 2.1.7: the DMA reaches no TCM. The finding is the access's. */
static void cannot_reach_tcm(void **state)
{
    struct eth_rig *r = *state;
    start(r);
    wr(r, DMACTXCR, 0);
    wr(r, DMACTXDLAR, DTCM);
    wr(r, DMACTXDTPR, DTCM + STRIDE);
    wr(r, DMACTXCR, 1);
    run_for(r, VTIME_US(1));
    assert_int_equal(rd(r, DMACSR) & 0x71000u, 0x71000); /* FBE; TEB: descriptor, read */
    assert_int_equal(r->chip.findings.count, 1);
    assert_int_equal(r->chip.findings.list[0].code, FOUND_DMA_BUS_ERROR);
    findings_clear(&r->chip.findings);
}

/* ---- reception ---- */

static void check_received(struct eth_rig *r, unsigned n, const char *text)
{
    assert_int_equal(word(r, RX_DES3(n)) & (OWN | FD | LD), FD | LD);
    assert_int_equal(word(r, RX_DES3(n) - 12), RX_BUFFERS + RX_BUFFER_SIZE * n); /* RS0V is 0 */
    assert_memory_equal(at(r, RX_BUFFERS + RX_BUFFER_SIZE * n + 14), text, strlen(text));
}

static void receives_round_the_ring(void **state)
{
    struct eth_rig *r = *state;
    start(r);
    assert_int_equal(rd(r, DMADSR) >> 8 & 7u, 3); /* waiting */
    for (unsigned i = 0; i < 10; i++) {
        char text[20];
        snprintf(text, sizeof(text), "packet %u", i);
        hear(r, own_address, ETHERTYPE, text, sizeof(text));
        check_received(r, i % RING, text);
        assert_int_equal(word(r, RX_DES3(i % RING)) & 0x7FFFu, 64); /* with FCS */
        assert_int_equal(rd(r, DMACSR) & RI, RI);
        wr(r, DMACSR, RI);
        give_rx(r, i % RING, i % RING);
        run_for(r, VTIME_US(1));
    }
    assert_int_equal(rd(r, DMACSR) & RBU, 0);
    assert_int_equal(rd(r, ETH + 0x7C4), 10); /* RX_UNICAST_PACKETS_GOOD */
}

/* With three of four: the one at the tail is not the DMA's. */
static void suspends_without_descriptors_and_goes_on(void **state)
{
    struct eth_rig *r = *state;
    start(r);
    for (unsigned i = 0; i < 3; i++) {
        assert_int_equal(rd(r, DMACSR) & RBU, 0);
        hear(r, own_address, ETHERTYPE, "x", 1);
    }
    assert_int_equal(rd(r, DMACSR) & RBU, RBU);
    assert_int_equal(rd(r, DMADSR) >> 8 & 7u, 4);
    hear(r, own_address, ETHERTYPE, "late", 4);
    assert_int_equal(rd(r, ETH + 0xD38) >> 16, 1); /* MTLRXQDR.PRXQ */
    wr(r, DMACSR, RBU);
    give_rx(r, 0, 0);
    run_for(r, VTIME_US(1));
    check_received(r, 3, "late");
    assert_int_equal(rd(r, ETH + 0xD38), 0);
    assert_int_equal(rd(r, DMACSR) & RBU, RBU); /* none behind it */
}

/* "The Rx process resumes when the next recognized incoming packet is received", without a poll demand. */
static void resumes_with_the_next_packet(void **state)
{
    struct eth_rig *r = *state;
    start(r);
    put_word(r, RX_DES3(1), 0);
    hear(r, own_address, ETHERTYPE, "first", 5);
    assert_int_equal(rd(r, DMACSR) & RBU, RBU);
    put_word(r, RX_DES3(1), OWN | 1u << 24);
    run_for(r, VTIME_MS(1));
    assert_int_equal(rd(r, DMADSR) >> 8 & 7u, 4);
    hear(r, own_address, ETHERTYPE, "second", 6);
    check_received(r, 1, "second");
}

/* Two KB of packets wait; what is too much is counted. */
static void overflows(void **state)
{
    struct eth_rig *r = *state;
    uint8_t payload[1000] = {0};
    start(r);
    wr(r, DMACRXCR, RX_BUFFER_SIZE << 1);
    for (unsigned i = 0; i < 3; i++) {
        hear(r, own_address, ETHERTYPE, payload, sizeof(payload));
    }
    assert_int_equal(rd(r, MTLRXQMPOCR), 1);
    assert_int_equal(rd(r, MTLRXQMPOCR), 0); /* cleared by reading */
    assert_int_equal(rd(r, ETH + 0xD2C), 1u << 16);
}

static void spreads_a_packet_over_descriptors(void **state)
{
    struct eth_rig *r = *state;
    uint8_t payload[800];
    memset(payload, 0x5A, sizeof(payload));
    start(r);
    hear(r, own_address, ETHERTYPE, payload, sizeof(payload));
    assert_int_equal(word(r, RX_DES3(0)), FD | RX_BUFFER_SIZE);
    assert_int_equal(word(r, RX_DES3(1)) & (OWN | FD | LD | 0x7FFFu), LD | 818);
    assert_int_equal(*at(r, RX_BUFFERS + RX_BUFFER_SIZE), 0x5A);
}

/* ERI: the first buffer is full; RI, which IOC would set, clears it. */
static void says_that_a_buffer_is_full(void **state)
{
    struct eth_rig *r = *state;
    uint8_t payload[800] = {0};
    start(r);
    hear(r, own_address, ETHERTYPE, payload, sizeof(payload));
    assert_int_equal(rd(r, DMACSR) & (ERI | RI), RI);
    wr(r, DMACRXCR, RX_BUFFER_SIZE << 1);
    wr(r, DMACSR, RI);
    wr(r, DMACRXDTPR, RX_RING + STRIDE);
    put_word(r, RX_DES3(2), OWN | 1u << 24);
    put_word(r, RX_DES3(3), OWN | 1u << 24);
    wr(r, DMACRXCR, RX_BUFFER_SIZE << 1 | 1u);
    hear(r, own_address, ETHERTYPE, "small", 5);
    assert_int_equal(rd(r, DMACSR) & (ERI | RI), 0);
    put_word(r, RX_DES3(0), OWN | 1u << 24);
    hear(r, own_address, ETHERTYPE, payload, sizeof(payload));
    assert_int_equal(rd(r, DMACSR) & (ERI | RI), ERI);
}

static void strips_the_fcs(void **state)
{
    struct eth_rig *r = *state;
    start(r);
    wr(r, MACCR, rd(r, MACCR) | 1u << 21 | 1u << 20);
    hear(r, own_address, ETHERTYPE, "type", 4);
    assert_int_equal(word(r, RX_DES3(0)) & 0x7FFFu, 60);
    hear(r, own_address, 5, "length", 6);
    assert_int_equal(word(r, RX_DES3(1)) & 0x77FFFu,
                     19); /* LT 0: a length packet, pad and FCS gone */
}

static void drops_bad_packets(void **state)
{
    struct eth_rig *r = *state;
    uint8_t packet[64] = {0};
    start(r);
    memcpy(packet, own_address, 6);
    packet[12] = 0x88;
    r->chip.mii.receive(r->chip.mii.ctx, packet, sizeof(packet), r->chip.sched.now);
    run_for(r, VTIME_US(1));
    assert_int_equal(word(r, RX_DES3(0)) & OWN, OWN);
    assert_int_equal(rd(r, ETH + 0x794), 1); /* RX_CRC_ERROR_PACKETS */
    wr(r, MTLRXQOMR, 1u << 4);               /* FEP */
    r->chip.mii.receive(r->chip.mii.ctx, packet, sizeof(packet), r->chip.sched.now);
    run_for(r, VTIME_US(1));
    assert_int_equal(word(r, RX_DES3(0)) & (OWN | 1u << 24 | 1u << 15), 1u << 24 | 1u << 15);
}

/* ---- interrupts ---- */

static void interrupts_as_enabled(void **state)
{
    struct eth_rig *r = *state;
    start(r);
    wr(r, DMACSR, 0xFFC7);
    hear(r, own_address, ETHERTYPE, "x", 1);
    assert_false(r->line);
    wr(r, DMACIER, NIS | RI);
    assert_true(r->line);
    assert_int_equal(rd(r, DMAISR), 1);
    assert_int_equal(rd(r, DMACSR) & (NIS | RI), NIS | RI);
    wr(r, DMACSR, RI);
    assert_true(r->line); /* NIS is sticky */
    wr(r, DMACSR, NIS);
    assert_false(r->line);
    wr(r, DMACIER, AIS | RBU);
    hear(r, own_address, ETHERTYPE, "x", 1);
    assert_false(r->line);
    hear(r, own_address, ETHERTYPE, "x", 1);
    assert_true(r->line);
    wr(r, DMACSR, RBU | AIS);
    assert_false(r->line);
}

/* No IOC: RI comes 2 * 256 bus clocks later, 2.56 us. */
static void the_watchdog_interrupts(void **state)
{
    struct eth_rig *r = *state;
    start(r);
    wr(r, ETH + 0x1138, 2);
    wr(r, DMACRXCR, RX_BUFFER_SIZE << 1);
    put_word(r, RX_DES3(0), OWN | 1u << 24);
    wr(r, DMACRXCR, RX_BUFFER_SIZE << 1 | 1u);
    run_for(r, VTIME_US(1));
    wr(r, DMACSR, 0xFFC7);
    hear(r, own_address, ETHERTYPE, "x", 1);
    assert_int_equal(rd(r, DMACSR) & RI, 0);
    run_for(r, VTIME_US(2));
    assert_int_equal(rd(r, DMACSR) & RI, RI);
}

static void nothing_is_queued_while_idle(void **state)
{
    struct eth_rig *r = *state;
    start(r);
    assert_int_equal(sched_next(&r->chip.sched), VTIME_NEVER);
}

#define WITH_PHY(f) cmocka_unit_test_setup_teardown(f, eth_rig_setup, eth_rig_teardown)
#define BARE(f) cmocka_unit_test_setup_teardown(f, eth_rig_bare, eth_rig_teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        WITH_PHY(reset_ends_with_the_clock_of_a_phy),
        BARE(reset_never_ends_without_a_phy),
        WITH_PHY(reset_needs_the_interface_of_the_board),
        WITH_PHY(reset_needs_the_transmit_gate),
        WITH_PHY(mdio_reads_and_writes),
        BARE(mdio_reads_ones_without_a_phy),
        WITH_PHY(sends_two_packets),
        WITH_PHY(gathers_descriptors_and_buffers),
        WITH_PHY(stops_at_the_tail),
        WITH_PHY(replaces_the_source_address),
        WITH_PHY(waits_for_te),
        WITH_PHY(loses_what_it_sends_at_the_wrong_speed),
        WITH_PHY(stops_when_told),
        WITH_PHY(cannot_reach_tcm),
        WITH_PHY(receives_round_the_ring),
        WITH_PHY(suspends_without_descriptors_and_goes_on),
        WITH_PHY(resumes_with_the_next_packet),
        WITH_PHY(overflows),
        WITH_PHY(spreads_a_packet_over_descriptors),
        WITH_PHY(says_that_a_buffer_is_full),
        WITH_PHY(strips_the_fcs),
        WITH_PHY(drops_bad_packets),
        WITH_PHY(interrupts_as_enabled),
        WITH_PHY(the_watchdog_interrupts),
        WITH_PHY(nothing_is_queued_while_idle),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
