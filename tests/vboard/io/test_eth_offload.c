/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
/* ETH: address filters and checksum engines (RM0399 61.5.3, 61.5.5). */
#include "tests/vboard/io/eth_rig.h"

#define RX_DES1(n) (RX_RING + STRIDE * (n) + 4)
#define RX_DES2(n) (RX_RING + STRIDE * (n) + 8)
#define RX_DES3(n) (RX_RING + STRIDE * (n) + 12)
#define ETHERTYPE 0x88B5u
#define IPC (1u << 27)
#define IPCE (1u << 7)
#define IPV4 (1u << 4)
#define IPHE (1u << 3)

static bool hears(struct eth_rig *r, const uint8_t to[6])
{
    unsigned before = rd(r, ETH + 0x114C);
    hear(r, to, ETHERTYPE, "x", 1);
    bool heard = rd(r, ETH + 0x114C) != before;
    if (heard) {
        unsigned n = (before - RX_RING) / STRIDE;
        give_rx(r, n, n);
        run_for(r, VTIME_US(1));
    }
    return heard;
}

static const uint8_t stranger[6] = {0x02, 0x80, 0xE1, 0x00, 0x00, 0x43};
static const uint8_t group[6] = {0x01, 0x00, 0x5E, 0x00, 0x00, 0x01};

static void filters_destinations(void **state)
{
    struct eth_rig *r = *state;
    start(r);
    assert_true(hears(r, own_address));
    assert_true(hears(r, everybody));
    assert_false(hears(r, stranger));
    assert_false(hears(r, group));
    wr(r, MACPFR, 1u << 4); /* PM */
    assert_true(hears(r, group));
    assert_false(hears(r, stranger));
    wr(r, MACPFR, 1u << 5); /* DBF */
    assert_false(hears(r, everybody));
    wr(r, MACPFR, 1u << 3); /* DAIF */
    assert_false(hears(r, own_address));
    assert_true(hears(r, stranger));
    wr(r, MACPFR, 1); /* PR */
    assert_true(hears(r, stranger));
}

static void second_address_masks_bytes(void **state)
{
    struct eth_rig *r = *state;
    start(r);
    wr(r, ETH + 0x30C, 0x00E18002);
    wr(r, ETH + 0x308, 1u << 31 | 1u << 29); /* AE, without the last byte */
    assert_true(hears(r, stranger));
}

static void filters_by_hash(void **state)
{
    struct eth_rig *r = *state;
    unsigned hash = 0;
    start(r);
    for (uint32_t crc = mii_crc(group, 6), i = 0; i < 6; i++) {
        hash = hash << 1 | (crc >> i & 1u);
    }
    wr(r, MACPFR, 1u << 2); /* HMC */
    assert_false(hears(r, group));
    wr(r, ETH + 0x10 + 4 * (hash / 32), 1u << (hash % 32));
    hear(r, group, ETHERTYPE, "x", 1);
    assert_int_equal(word(r, RX_DES2(0)), 1u << 18 | hash << 19);
    assert_int_equal(word(r, RX_DES3(0)) & (1u << 27), 1u << 27); /* RS2V */
}

static void passes_all_and_says_so(void **state)
{
    struct eth_rig *r = *state;
    start(r);
    wr(r, MACPFR, 1u << 31); /* RA */
    hear(r, stranger, ETHERTYPE, "x", 1);
    assert_int_equal(word(r, RX_DES2(0)), 1u << 17); /* DAF */
}

/* An echo request, 192.168.0.10 to 192.168.0.1; both checksums 0. */
static const uint8_t echo[] = {0x45, 0,   0, 32, 0, 1, 0, 0, 64, 1, 0, 0, 192, 168, 0,   10,
                               192,  168, 0, 1,  8, 0, 0, 0, 0,  7, 0, 1, 'p', 'i', 'n', 'g'};
/* 4500 + 0020 + 0001 + 4001 + C0A8 + 000A + C0A8 + 0001 = 2067D, with its carry 067F; the complement. */
#define ECHO_HEADER_SUM 0xF980u

static unsigned ones_sum(const uint8_t *b, size_t length)
{
    uint32_t s = 0;
    for (size_t i = 0; i < length; i += 2) {
        s += (uint32_t)b[i] << 8 | b[i + 1];
    }
    return ((s & 0xFFFF) + (s >> 16)) & 0xFFFF;
}

static void send_echo(struct eth_rig *r, unsigned cic)
{
    uint8_t packet[14 + sizeof(echo)] = {0};
    memcpy(packet + 6, own_address, 6);
    packet[12] = 8;
    memcpy(packet + 14, echo, sizeof(echo));
    give_tx(r, 0, packet, sizeof(packet), FD | LD | cic << 16);
    run_for(r, VTIME_US(50));
}

static void inserts_the_ip_checksum(void **state)
{
    struct eth_rig *r = *state;
    start(r);
    send_echo(r, 1);
    assert_int_equal(ones_sum(r->sent[0].bytes + 14, 20), 0xFFFF);
    assert_int_equal(r->sent[0].bytes[14 + 10] << 8 | r->sent[0].bytes[14 + 11], ECHO_HEADER_SUM);
    assert_int_equal(r->sent[0].bytes[14 + 22] | r->sent[0].bytes[14 + 23], 0);
}

static void inserts_the_payload_checksum(void **state)
{
    struct eth_rig *r = *state;
    start(r);
    send_echo(r, 3);
    assert_int_equal(ones_sum(r->sent[0].bytes + 34, 12), 0xFFFF);
}

/* UDP with its pseudo-header (RFC 768), 4 bytes of data. */
static void inserts_udps_checksum(void **state)
{
    struct eth_rig *r = *state;
    static const uint8_t udp[] = {0x45, 0,    0, 32, 0,    1,    0, 0, 64, 17,   0,
                                  0,    10,   0, 0,  1,    10,   0, 0, 2,  0x12, 0x34,
                                  0x56, 0x78, 0, 12, 0xAA, 0xAA, 1, 2, 3,  4};
    uint8_t packet[14 + sizeof(udp)] = {0};
    packet[12] = 8;
    memcpy(packet + 14, udp, sizeof(udp));
    start(r);
    give_tx(r, 0, packet, sizeof(packet), FD | LD | 3u << 16);
    run_for(r, VTIME_US(50));
    /* 0A00+0001+0A00+0002+0011+000C + 1234+5678+000C + 0102+0304 = 80DE; its complement */
    assert_int_equal(r->sent[0].bytes[14 + 26] << 8 | r->sent[0].bytes[14 + 27], 0x7F21);
    /* 7F21 more makes it FFFF: the complement would be 0, which means none. */
    packet[14 + 28] = 0x80;
    packet[14 + 29] = 0x23;
    give_tx(r, 1, packet, sizeof(packet), FD | LD | 3u << 16);
    run_for(r, VTIME_US(50));
    assert_int_equal(r->sent[1].bytes[14 + 26] << 8 | r->sent[1].bytes[14 + 27], 0xFFFF);
}

static void says_what_is_wrong_with_an_ip_header(void **state)
{
    struct eth_rig *r = *state;
    uint8_t packet[60] = {0};
    start(r);
    packet[12] = 8;
    packet[14] = 0x65; /* version 6 in a packet of IPv4's type */
    give_tx(r, 0, packet, sizeof(packet), FD | LD | 1u << 16);
    run_for(r, VTIME_US(50));
    assert_int_equal(word(r, TX_RING + 12), FD | LD | 1u << 15 | 1u);
}

static void receive_echo(struct eth_rig *r, unsigned spoiled)
{
    uint8_t packet[sizeof(echo)];
    memcpy(packet, echo, sizeof(echo));
    packet[10] = ECHO_HEADER_SUM >> 8;
    packet[11] = ECHO_HEADER_SUM & 0xFF;
    unsigned sum = ~ones_sum(packet + 20, 12);
    packet[22] = (uint8_t)(sum >> 8);
    packet[23] = (uint8_t)sum;
    packet[spoiled] ^= spoiled != 0 ? 1 : 0;
    hear(r, own_address, 0x0800, packet, sizeof(packet));
}

static void checks_received_sums(void **state)
{
    struct eth_rig *r = *state;
    start(r);
    wr(r, MACCR, rd(r, MACCR) | IPC);
    wr(r, MTLRXQOMR, 1u << 6); /* DIS_TCP_EF: keep them */
    receive_echo(r, 0);
    assert_int_equal(word(r, RX_DES1(0)), IPV4 | 3u);
    receive_echo(r, 31);
    assert_int_equal(word(r, RX_DES1(1)), IPV4 | IPCE | 3u);
    receive_echo(r, 8);
    assert_int_equal(word(r, RX_DES1(2)), IPV4 | IPHE);
}

static void drops_wrong_sums(void **state)
{
    struct eth_rig *r = *state;
    start(r);
    wr(r, MACCR, rd(r, MACCR) | IPC);
    receive_echo(r, 31);
    assert_int_equal(word(r, RX_DES3(0)) & OWN, OWN);
    receive_echo(r, 0);
    assert_int_equal(word(r, RX_DES3(0)) & OWN, 0);
}

/* What a descriptor asks for and the model leaves out is said. */
static void says_what_is_left_out(void **state)
{
    struct eth_rig *r = *state;
    uint8_t packet[60] = {0};
    start(r);
    give_tx(r, 0, packet, sizeof(packet), FD | LD | 1u << 18); /* TSE */
    run_for(r, VTIME_US(50));
    assert_int_equal(r->chip.findings.count, 1);
    assert_int_equal(r->chip.findings.list[0].code, FOUND_UNMODELLED_FIELD);
    assert_int_equal(r->chip.findings.list[0].address, DMACTXCR);
    assert_int_equal(r->chip.findings.list[0].data.mask, 1u << 12);
    findings_clear(&r->chip.findings);
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, eth_rig_setup, eth_rig_teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(filters_destinations),    TEST(second_address_masks_bytes),
        TEST(filters_by_hash),         TEST(passes_all_and_says_so),
        TEST(inserts_the_ip_checksum), TEST(inserts_the_payload_checksum),
        TEST(inserts_udps_checksum),   TEST(says_what_is_wrong_with_an_ip_header),
        TEST(checks_received_sums),    TEST(drops_wrong_sums),
        TEST(says_what_is_left_out),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
