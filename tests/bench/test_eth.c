/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
/* An image with Ethernet on the whole board: what `candial run --eth` has in its pcap file. */
#include "tests/formats/cmocka_head.h"

#include "tests/formats/scratch_file.h"

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>

#define IMAGE CHECK_IMAGES "/ethernet.elf"
#define PACKETS_MAX 32

static char output[65536];

struct packet {
    double time_s;
    uint32_t length;
    uint8_t bytes[1600];
};

static struct packet packets[PACKETS_MAX];
static unsigned count;

static const uint8_t board[6] = {0x02, 0x80, 0xE1, 0x00, 0x00, 0x42};
static const uint8_t peer[6] = {0x02, 0x00, 0x00, 0x00, 0x00, 0x01};

static void run_to(const char *arguments, int status)
{
    char command[4096];
    const char *folder = getenv("CANDIAL_BINARY_DIR");
    snprintf(command, sizeof command, "'%s/candial' run --cm7 " IMAGE " %s --speed max 2>&1",
             folder == NULL ? "build" : folder, arguments);
    FILE *pipe = popen(command, "r");
    assert_non_null(pipe);
    size_t length = fread(output, 1, sizeof output - 1, pipe);
    output[length] = '\0';
    int got = pclose(pipe);
    if (!WIFEXITED(got) || WEXITSTATUS(got) != status) {
        fail_msg("run %s:\n%s", arguments, output);
    }
}

static void run(const char *arguments)
{
    run_to(arguments, 0);
}

static uint32_t word(FILE *f)
{
    uint8_t b[4];
    assert_int_equal(fread(b, 1, 4, f), 4);
    return b[0] | (uint32_t)b[1] << 8 | (uint32_t)b[2] << 16 | (uint32_t)b[3] << 24;
}

/* pcap-savefile(5), as another program would read it. */
static void read_capture(const char *path)
{
    FILE *f = fopen(path, "rb");
    assert_non_null(f);
    assert_int_equal(word(f), 0xA1B2C3D4);
    assert_int_equal(word(f), 2 | 4 << 16);
    assert_int_equal(word(f), 0);
    assert_int_equal(word(f), 0);
    assert_int_equal(word(f), 65535);
    assert_int_equal(word(f), 1); /* LINKTYPE_ETHERNET */
    for (count = 0; count < PACKETS_MAX; count++) {
        struct packet *p = &packets[count];
        int c = fgetc(f);
        if (c == EOF) {
            break;
        }
        ungetc(c, f);
        p->time_s = word(f);
        p->time_s += word(f) / 1e6;
        p->length = word(f);
        assert_int_equal(word(f), p->length);
        assert_true(p->length <= sizeof p->bytes);
        assert_int_equal(fread(p->bytes, 1, p->length, f), p->length);
    }
    fclose(f);
}

static unsigned type_of(const struct packet *p)
{
    return (unsigned)p->bytes[12] << 8 | p->bytes[13];
}

static unsigned sum(const uint8_t *b, size_t length)
{
    uint32_t s = 0;
    for (size_t i = 0; i < length; i++) {
        s += i % 2 == 0 ? (uint32_t)b[i] << 8 : b[i];
    }
    return (s & 0xFFFF) + (s >> 16);
}

static void check_arp(const struct packet *p, const uint8_t *from, unsigned operation)
{
    assert_int_equal(p->length, 60);
    assert_int_equal(type_of(p), 0x0806);
    assert_memory_equal(p->bytes + 6, from, 6);
    assert_int_equal(p->bytes[21], operation);
}

static void check_echo(const struct packet *p, const uint8_t *from, unsigned type)
{
    const uint8_t *ip = p->bytes + 14;
    unsigned total = (unsigned)ip[2] << 8 | ip[3];
    assert_int_equal(type_of(p), 0x0800);
    assert_memory_equal(p->bytes + 6, from, 6);
    assert_int_equal(ip[9], 1);
    assert_int_equal(ip[20], type);
    assert_int_equal(sum(ip, 20), 0xFFFF);
    assert_int_equal(sum(ip + 20, total - 20), 0xFFFF);
}

/* The board asks who 192.168.0.1 is, is told, pings it and gets its answer; then it is quiet. */
static void asks_and_is_answered(void **state)
{
    char arguments[512];
    const char *path = scratch_text("asks.pcap", "");
    (void)state;
    snprintf(arguments, sizeof arguments, "--for 2500ms --eth '%s'", path);
    run(arguments);
    read_capture(path);
    assert_int_equal(count, 4);
    check_arp(&packets[0], board, 1);
    check_arp(&packets[1], peer, 2);
    check_echo(&packets[2], board, 8);
    check_echo(&packets[3], peer, 0);
    assert_true(packets[0].time_s > 2.0 && packets[0].time_s < 2.01); /* negotiated */
    assert_true(packets[1].time_s > packets[0].time_s);
    assert_non_null(strstr(output, "green on"));
}

/* The other end asks for it, and pings it once a second. */
static void answers_pings(void **state)
{
    char arguments[512];
    const char *path = scratch_text("answers.pcap", "");
    unsigned requests = 0, replies = 0;
    (void)state;
    snprintf(arguments, sizeof arguments, "--for 4500ms --eth '%s' --eth-ping 192.168.0.10", path);
    run(arguments);
    read_capture(path);
    for (unsigned i = 0; i < count; i++) {
        const struct packet *p = &packets[i];
        bool is_echo = type_of(p) == 0x0800;
        if (is_echo && memcmp(p->bytes + 6, peer, 6) == 0 && p->bytes[34] == 8) {
            check_echo(p, peer, 8);
            requests++;
        }
        if (is_echo && memcmp(p->bytes + 6, board, 6) == 0 && p->bytes[34] == 0) {
            check_echo(p, board, 0);
            replies++;
        }
    }
    assert_true(requests >= 2);
    assert_int_equal(replies, requests);
}

/* Another network: nobody there has 192.168.0.1. */
static void another_peer_is_silent(void **state)
{
    char arguments[512];
    const char *path = scratch_text("silent.pcap", "");
    (void)state;
    snprintf(arguments, sizeof arguments, "--for 2500ms --eth '%s' --eth-peer 10.0.0.1", path);
    run(arguments);
    read_capture(path);
    assert_int_equal(count, 1);
    assert_null(strstr(output, "green on"));
}

/* A board without a PHY gives no clock: the reset does not end, and the driver gives up. */
static void without_a_phy_the_reset_does_not_end(void **state)
{
    (void)state;
    char arguments[512];
    const char *path = scratch_text("none.pcap", "");
    snprintf(arguments, sizeof arguments, "--for 1s --board giga-r1 --wiring smps --eth '%s'",
             path);
    run(arguments);
    read_capture(path);
    assert_int_equal(count, 0);
    assert_non_null(strstr(output, "PB14 high"));
}

/* Of a board of one's own the PHY's pins count: TXD1 is on PB13 in the image. */
static void a_board_of_ones_own(void **state)
{
    static const struct {
        const char *txd1;
        unsigned count;
    } cases[] = {{"PB13", 4}, {"PG12", 0}};
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        char text[300], arguments[600], board_file[200], path[200];
        snprintf(text, sizeof text,
                 "name: own\nchip: STM32H755\nwiring: smps\nhse: {kind: none}\n"
                 "ethernet: {phy: LAN8742A, tx_en: PG11, txd0: PG13, txd1: %s}\n",
                 cases[i].txd1);
        snprintf(board_file, sizeof board_file, "%s", scratch_text("own.yaml", text));
        snprintf(path, sizeof path, "%s", scratch_text("own.pcap", ""));
        snprintf(arguments, sizeof arguments, "--for 2500ms --board '%s' --eth '%s'", board_file,
                 path);
        run(arguments);
        read_capture(path);
        assert_int_equal(count, cases[i].count);
    }
}

static void wrong_addresses_are_refused(void **state)
{
    (void)state;
    run_to("--eth-peer 192.168.0", 2);
    run_to("--eth-peer 192.168.0.256", 2);
    run_to("--eth-ping 0.0.0.0", 2);
    assert_non_null(strstr(output, "write it as 192.168.0.1"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(asks_and_is_answered),
        cmocka_unit_test(answers_pings),
        cmocka_unit_test(another_peer_is_silent),
        cmocka_unit_test(without_a_phy_the_reset_does_not_end),
        cmocka_unit_test(a_board_of_ones_own),
        cmocka_unit_test(wrong_addresses_are_refused),
    };
    return cmocka_run_group_tests(tests, NULL, scratch_remove);
}
