/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
/*
 * The boot ROM on its pins: AN3155 byte by byte, in the flash's times, and what it leaves behind. The
 * program in the flash is a few halfwords; no firmware is needed.
 */
#include "tests/formats/cmocka_head.h"

#include "vboard/boards/board.h"
#include "vboard/chip/chip.h"
#include "vboard/cpu/cpu.h"
#include "vboard/periph/flash/flash.h"

#include <string.h>

#define ACK 0x79
#define NACK 0x1F
#define PWR_CR3 0x5802480Cu
#define PIN_PB10 'B', 10

struct bench {
    struct board *board;
    uint8_t in[1024];
    size_t count;
    vtime_ps last_at;
};

static void on_adapter(void *ctx, uint8_t byte, vtime_ps now)
{
    struct bench *t = ctx;
    assert_true(t->count < sizeof t->in);
    t->in[t->count++] = byte;
    t->last_at = now;
}

static void make(struct bench *t, uint8_t version)
{
    const char *reason = NULL;
    *t = (struct bench){.board = NULL};
    t->board = board_create(&(struct board_config){.rom = version,
                                                   .adapter = true,
                                                   .listener = {.adapter = on_adapter, .ctx = t}},
                            &reason);
    assert_non_null(t->board);
}

static void run_for(struct bench *t, vtime_ps duration)
{
    board_run_until(t->board, board_now(t->board) + duration);
}

/* BOOT0 high, power on, and the ROM has started. */
static void make_in_rom(struct bench *t, uint8_t version)
{
    make(t, version);
    board_boot0(t->board, true);
    board_power(t->board, true);
    run_for(t, VTIME_MS(10));
}

static void send(struct bench *t, const void *bytes, size_t length)
{
    t->count = 0;
    board_adapter_send(t->board, bytes, length);
}

/* Sends, lets 100 ms pass, and compares the whole answer. */
static void expect(struct bench *t, const void *bytes, size_t length, const void *answer,
                   size_t answer_length)
{
    send(t, bytes, length);
    run_for(t, VTIME_MS(100));
    assert_int_equal(t->count, answer_length);
    assert_memory_equal(t->in, answer, answer_length);
}

#define BYTES(...) (const uint8_t[]){__VA_ARGS__}, sizeof((const uint8_t[]){__VA_ARGS__})

static void sync(struct bench *t)
{
    expect(t, BYTES(0x7F), BYTES(ACK));
}

static void make_synced(struct bench *t, uint8_t version)
{
    make_in_rom(t, version);
    sync(t);
}

static uint32_t cr3(struct bench *t)
{
    struct chip *c = board_chip(t->board);
    c->access = (struct access){.master = MASTER_DEBUG};
    return chip_mmio_read(c, PWR_CR3, 4);
}

static uint8_t xor_of(const uint8_t *bytes, size_t length)
{
    uint8_t sum = 0;
    for (size_t i = 0; i < length; i++) {
        sum ^= bytes[i];
    }
    return sum;
}

static void give_address(struct bench *t, uint32_t address, uint8_t answer)
{
    uint8_t bytes[5] = {(uint8_t)(address >> 24), (uint8_t)(address >> 16), (uint8_t)(address >> 8),
                        (uint8_t)address};
    bytes[4] = xor_of(bytes, 4);
    expect(t, bytes, sizeof bytes, &answer, 1);
}

/* Writes up to 256 bytes; the time it takes after the last byte, or 0 after a NACK. */
static vtime_ps write_block(struct bench *t, uint32_t address, const uint8_t *data, size_t length)
{
    uint8_t block[1 + 256 + 1] = {(uint8_t)(length - 1)};
    expect(t, BYTES(0x31, 0xCE), BYTES(ACK));
    give_address(t, address, ACK);
    memcpy(block + 1, data, length);
    block[1 + length] = xor_of(block, 1 + length);
    send(t, block, length + 2);
    vtime_ps began = board_now(t->board);
    run_for(t, VTIME_S(1));
    assert_int_equal(t->count, 1);
    return t->in[0] == ACK ? t->last_at - began : 0;
}

static void read_block(struct bench *t, uint32_t address, uint8_t *data, size_t length)
{
    expect(t, BYTES(0x11, 0xEE), BYTES(ACK));
    give_address(t, address, ACK);
    uint8_t count[2] = {(uint8_t)(length - 1), (uint8_t) ~(length - 1)};
    send(t, count, 2);
    run_for(t, VTIME_S(1));
    assert_int_equal(t->count, 1 + length);
    assert_int_equal(t->in[0], ACK);
    memcpy(data, t->in + 1, length);
}

/* ---- what it is ---- */

static void identity(void **state)
{
    static const uint8_t versions[] = {0x90, 0x91};
    (void)state;
    for (unsigned i = 0; i < 2; i++) {
        struct bench t;
        uint8_t v = versions[i];
        make_synced(&t, v);
        expect(&t, BYTES(0x01, 0xFE), BYTES(ACK, v, 0, 0, ACK));
        expect(&t, BYTES(0x02, 0xFD), BYTES(ACK, 1, 0x04, 0x50, ACK));
        expect(&t, BYTES(0x00, 0xFF),
               BYTES(ACK, 0x0B, v, 0x00, 0x01, 0x02, 0x11, 0x21, 0x31, 0x44, 0x63, 0x73, 0x82, 0x92,
                     ACK));
        board_destroy(t.board);
    }
}

/* A second 0x7F is the first byte of a command: its complement would have to follow. */
static void second_sync(void **state)
{
    struct bench t;
    (void)state;
    make_synced(&t, 0x90);
    expect(&t, BYTES(0x7F), NULL, 0);
    expect(&t, BYTES(0x7F), BYTES(NACK));
    expect(&t, BYTES(0x01, 0xFE), BYTES(ACK, 0x90, 0, 0, ACK));
    board_destroy(t.board);
}

static void refusals(void **state)
{
    static const uint8_t codes[] = {0x63, 0x73, 0x82, 0x92, 0x43, 0xA1, 0x55};
    struct bench t;
    (void)state;
    make_synced(&t, 0x90);
    for (size_t i = 0; i < sizeof codes; i++) {
        expect(&t, BYTES(codes[i], (uint8_t)~codes[i]), BYTES(NACK));
    }
    expect(&t, BYTES(0x01, 0xFF), BYTES(NACK)); /* no complement */
    /* Read: bad checksum, nothing there, bad count. */
    expect(&t, BYTES(0x11, 0xEE), BYTES(ACK));
    expect(&t, BYTES(0x08, 0, 0, 0, 0x09), BYTES(NACK));
    expect(&t, BYTES(0x11, 0xEE), BYTES(ACK));
    give_address(&t, 0x30000000, NACK); /* SRAM1: not for the ROM */
    expect(&t, BYTES(0x11, 0xEE), BYTES(ACK));
    give_address(&t, 0x20000000, NACK); /* its own RAM */
    expect(&t, BYTES(0x11, 0xEE), BYTES(ACK));
    give_address(&t, 0x08000000, ACK);
    expect(&t, BYTES(0x03, 0x03), BYTES(NACK));
    expect(&t, BYTES(0x11, 0xEE), BYTES(ACK));
    give_address(&t, 0x081FFFFE, ACK);
    expect(&t, BYTES(0x03, 0xFC), BYTES(NACK)); /* beyond the end */
    /* Write: system memory, an odd address, a bad checksum. */
    expect(&t, BYTES(0x31, 0xCE), BYTES(ACK));
    give_address(&t, 0x1FF00000, NACK);
    expect(&t, BYTES(0x31, 0xCE), BYTES(ACK));
    give_address(&t, 0x08000002, NACK);
    expect(&t, BYTES(0x31, 0xCE), BYTES(ACK));
    give_address(&t, 0x08000000, ACK);
    expect(&t, BYTES(0x03, 1, 2, 3, 4, 0x00), BYTES(NACK));
    /* Erase: a sector that does not exist, a reserved code, too many. */
    expect(&t, BYTES(0x44, 0xBB), BYTES(ACK));
    expect(&t, BYTES(0, 0, 0, 16, 16), BYTES(NACK));
    expect(&t, BYTES(0x44, 0xBB), BYTES(ACK));
    expect(&t, BYTES(0xFF, 0xF5, 0x0A), BYTES(NACK));
    expect(&t, BYTES(0x44, 0xBB), BYTES(ACK));
    expect(&t, BYTES(0, 16), BYTES(NACK));
    board_destroy(t.board);
}

/* ---- the line ---- */

static void baud_rates(void **state)
{
    static const uint32_t rates[] = {1200, 2400, 9600, 19200, 57600, 115200};
    (void)state;
    for (size_t i = 0; i < sizeof rates / sizeof *rates; i++) {
        struct bench t;
        make_in_rom(&t, 0x90);
        board_adapter_baud(t.board, rates[i]);
        send(&t, BYTES(0x7F));
        run_for(&t, VTIME_MS(100));
        assert_int_equal(t.count, 1);
        /* 0x7F and the answer: eleven bits each, one after the other. */
        vtime_ps frame = VTIME_S(1) / rates[i] * 11;
        assert_in_range(t.last_at, VTIME_MS(10) + 2 * frame * 99 / 100,
                        VTIME_MS(10) + 2 * frame * 101 / 100);
        send(&t, BYTES(0x02, 0xFD));
        run_for(&t, VTIME_MS(200));
        assert_int_equal(t.count, 5);
        /* Another rate in the middle is not understood: a NACK, at the rate it was. */
        board_adapter_baud(t.board, rates[i] * 2);
        send(&t, BYTES(0x02, 0xFD));
        run_for(&t, 3 * frame);
        board_adapter_baud(t.board, rates[i]);
        run_for(&t, VTIME_MS(100));
        assert_int_equal(t.count, 0);
        send(&t, BYTES(0x02, 0xFD));
        run_for(&t, VTIME_MS(200));
        assert_int_equal(t.count, 5);
        board_destroy(t.board);
    }
    struct bench t;
    make_in_rom(&t, 0x90);
    board_adapter_baud(t.board, 230400);
    expect(&t, BYTES(0x7F), NULL, 0);
    board_adapter_baud(t.board, 115200);
    expect(&t, BYTES(0x55), NULL, 0); /* anything but 0x7F */
    sync(&t);
    board_destroy(t.board);
}

/* ---- flash ---- */

static void sectors_and_words(void **state)
{
    uint8_t data[256];
    uint8_t back[256];
    struct bench t;
    (void)state;
    make_synced(&t, 0x90);
    for (size_t i = 0; i < sizeof data; i++) {
        data[i] = (uint8_t)(i * 7 + 1);
    }
    /* Eight words of 100 us each, after 258 bytes of 11 bits. */
    vtime_ps line = VTIME_S(1) / 115200 * 11 * 259;
    assert_in_range(write_block(&t, 0x08000000, data, 256), line + VTIME_US(790),
                    line + VTIME_US(810));
    read_block(&t, 0x08000000, back, 256);
    assert_memory_equal(back, data, 256);
    /* Part of a word: the rest is ones; across the border of the banks; the last word. */
    assert_true(write_block(&t, 0x08010004, data, 8) != 0);
    read_block(&t, 0x08010000, back, 32);
    assert_int_equal(back[0], 0xFF);
    assert_memory_equal(back + 4, data, 8);
    assert_int_equal(back[12], 0xFF);
    assert_true(write_block(&t, 0x080FFFE0, data, 64) != 0);
    read_block(&t, 0x080FFFE0, back, 64);
    assert_memory_equal(back, data, 64);
    assert_true(write_block(&t, 0x081FFFFC, data, 4) != 0);
    read_block(&t, 0x081FFFFC, back, 4);
    assert_memory_equal(back, data, 4);
    /* RAM at once. */
    assert_true(write_block(&t, 0x20004100, data, 24) != 0);
    read_block(&t, 0x20004100, back, 24);
    assert_memory_equal(back, data, 24);
    assert_int_equal(board_chip(t.board)->findings.count, 0);
    board_destroy(t.board);
}

static bool is_blank(struct bench *t, uint32_t address)
{
    uint8_t back[32];
    read_block(t, address, back, sizeof back);
    for (size_t i = 0; i < sizeof back; i++) {
        if (back[i] != 0xFF) {
            return false;
        }
    }
    return true;
}

static void mark_all(struct bench *t)
{
    for (uint32_t sector = 0; sector < 16; sector++) {
        uint8_t mark[32] = {(uint8_t)sector};
        assert_int_equal(board_load(t->board, 0x08000000 + sector * 0x20000, mark, 32), 0);
    }
}

static vtime_ps erase(struct bench *t, const uint8_t *bytes, size_t length)
{
    expect(t, BYTES(0x44, 0xBB), BYTES(ACK));
    send(t, bytes, length);
    vtime_ps began = board_now(t->board);
    run_for(t, VTIME_S(20));
    assert_int_equal(t->count, 1);
    assert_int_equal(t->in[0], ACK);
    return t->last_at - began;
}

static void expect_blank(struct bench *t, unsigned mask)
{
    for (uint32_t sector = 0; sector < 16; sector++) {
        assert_int_equal(is_blank(t, 0x08000000 + sector * 0x20000), mask >> sector & 1u);
    }
}

/* Times: the FLASH model's for x64, one sector after the other, both banks at once. */
static void erases(void **state)
{
    struct bench t;
    (void)state;
    make_synced(&t, 0x91);
    mark_all(&t);
    assert_in_range(erase(&t, BYTES(0, 2, 0, 1, 0, 8, 0, 15, 2 ^ 1 ^ 8 ^ 15)), VTIME_MS(3000),
                    VTIME_MS(3002));
    expect_blank(&t, 1u << 1 | 1u << 8 | 1u << 15);
    mark_all(&t);
    assert_in_range(erase(&t, BYTES(0xFF, 0xFE, 0x01)), VTIME_S(5), VTIME_MS(5002));
    expect_blank(&t, 0x00FF);
    mark_all(&t);
    assert_in_range(erase(&t, BYTES(0xFF, 0xFD, 0x02)), VTIME_S(5), VTIME_MS(5002));
    expect_blank(&t, 0xFF00);
    mark_all(&t);
    assert_in_range(erase(&t, BYTES(0xFF, 0xFF, 0x00)), VTIME_S(5), VTIME_MS(5002));
    expect_blank(&t, 0xFFFF);
    assert_int_equal(board_chip(t.board)->findings.count, 0);
    board_destroy(t.board);
}

/* A power cut in the middle of an erase: the ROM is as it was at the next power-on. */
static void cut_in_an_erase(void **state)
{
    struct bench t;
    (void)state;
    make_synced(&t, 0x90);
    expect(&t, BYTES(0x44, 0xBB), BYTES(ACK));
    send(&t, BYTES(0xFF, 0xFF, 0x00));
    run_for(&t, VTIME_S(2));
    assert_int_equal(t.count, 0);
    board_power(t.board, false);
    run_for(&t, VTIME_S(10));
    assert_int_equal(t.count, 0);
    board_power(t.board, true);
    run_for(&t, VTIME_MS(10));
    sync(&t);
    (void)erase(&t, BYTES(0xFF, 0xFF, 0x00));
    expect_blank(&t, 0xFFFF);
    board_destroy(t.board);
}

/* ---- pins, CR3, and the way out ---- */

static void pins(void **state)
{
    struct bench t;
    (void)state;
    make(&t, 0x90);
    board_boot0(t.board, true);
    board_power(t.board, true);
    assert_false(board_led(t.board, BOARD_LED_RED));
    run_for(&t, VTIME_MS(10));
    struct chip *c = board_chip(t.board);
    assert_true(board_led(t.board, BOARD_LED_RED));
    assert_int_equal(chip_pin(c, PIN_PB10)->level, LEVEL_HIGH);
    assert_true(board_rom_waits(t.board));
    board_nrst(t.board, true);
    assert_false(board_led(t.board, BOARD_LED_RED));
    assert_int_equal(chip_pin(c, PIN_PB10)->level, LEVEL_FLOATING);
    run_for(&t, VTIME_MS(10));
    expect(&t, BYTES(0x7F), NULL, 0);
    board_nrst(t.board, false);
    run_for(&t, VTIME_MS(10));
    sync(&t);
    /* BOOT0 counts at a reset, not before. */
    board_boot0(t.board, false);
    expect(&t, BYTES(0x01, 0xFE), BYTES(ACK, 0x90, 0, 0, ACK));
    board_nrst(t.board, true);
    board_nrst(t.board, false);
    run_for(&t, VTIME_MS(10));
    assert_false(board_rom_waits(t.board));
    assert_false(board_led(t.board, BOARD_LED_RED));
    board_destroy(t.board);
}

/* 0x90 uses up the one write there is; 0x91 does not. */
static void supply_lock(void **state)
{
    static const uint8_t versions[] = {0x90, 0x91};
    (void)state;
    for (unsigned i = 0; i < 2; i++) {
        struct bench t;
        make_in_rom(&t, versions[i]);
        struct chip *c = board_chip(t.board);
        assert_int_equal(cr3(&t), 0x06 | 1u << 24 | 1u << 26); /* USB33DEN, and ready */
        c->access = (struct access){.master = MASTER_CM7};
        chip_mmio_write(c, PWR_CR3, 4, 0x04);
        assert_int_equal(cr3(&t) & 0x3F, versions[i] == 0x90 ? 0x06 : 0x04);
        board_power(t.board, false);
        run_for(&t, VTIME_MS(1));
        board_boot0(t.board, false);
        board_power(t.board, true);
        c->access = (struct access){.master = MASTER_CM7};
        chip_mmio_write(c, PWR_CR3, 4, 0x04);
        assert_int_equal(cr3(&t) & 0x3F, 0x04);
        board_destroy(t.board);
    }
}

/* SP, PC, and `b .` at 0x08000008. */
static const uint8_t endless[] = {0x00, 0x00, 0x02, 0x20, 0x09, 0x00, 0x00, 0x08, 0xFE, 0xE7, 0, 0};

static void go(void **state)
{
    struct bench t;
    (void)state;
    make_synced(&t, 0x91);
    assert_true(write_block(&t, 0x08000000, endless, sizeof endless) != 0);
    expect(&t, BYTES(0x21, 0xDE), BYTES(ACK));
    give_address(&t, 0x08000000, ACK);
    const struct cpu *cm7 = board_cpu(t.board, CORE_CM7);
    assert_int_equal(cpu_get_reg(cm7, CPU_PC), 0x08000008);
    assert_int_equal(cpu_get_reg(cm7, CPU_SP), 0x20020000);
    uint64_t before = cpu_instructions(cm7);
    run_for(&t, VTIME_MS(1));
    assert_true(cpu_instructions(cm7) > before);
    assert_int_equal(cpu_instructions(board_cpu(t.board, CORE_CM4)), 0);
    assert_false(board_led(t.board, BOARD_LED_RED));
    expect(&t, BYTES(0x7F), NULL, 0);
    board_destroy(t.board);
    /* 0x90 forgets the ACK of the command itself (AN2606). */
    make_synced(&t, 0x90);
    assert_true(write_block(&t, 0x08000000, endless, sizeof endless) != 0);
    expect(&t, BYTES(0x21, 0xDE), NULL, 0);
    give_address(&t, 0x08000000, ACK);
    assert_int_equal(cpu_get_reg(board_cpu(t.board, CORE_CM7), CPU_PC), 0x08000008);
    board_destroy(t.board);
}

/* ---- the ST-LINK ---- */

/* The debug bus has DBGMCU at an address that the cores do not know (RM0399 63.5). */
static void debug_bus(void **state)
{
    struct bench t;
    (void)state;
    make(&t, 0x90);
    board_power(t.board, true);
    struct chip *c = board_chip(t.board);
    c->access = (struct access){.master = MASTER_DEBUG};
    assert_int_equal(chip_mmio_read(c, 0xE00E1000, 4), 0x20036450);
    chip_mmio_write(c, 0xE00E1004, 4, 0x00100000);
    assert_int_equal(chip_mmio_read(c, 0x5C001004, 4), 0x00100000);
    c->access = (struct access){.master = MASTER_CM7};
    assert_int_equal(chip_mmio_read(c, 0xE00E1000, 4), 0);
    assert_true(c->access.bus_fault);
    board_destroy(t.board);
}

static void probe(void **state)
{
    char text[BOARD_PROBE_TEXT];
    struct bench t;
    (void)state;
    make(&t, 0x90);
    assert_false(board_probe(t.board, text, sizeof text));
    assert_string_equal(text, "Error: no target voltage");
    assert_int_equal(board_load(t.board, 0x08000000, endless, sizeof endless), 0);
    board_power(t.board, true);
    run_for(&t, VTIME_MS(1));
    assert_true(board_probe(t.board, text, sizeof text));
    assert_non_null(strstr(text, "Target voltage: 3.30 V\nConnected: "));
    assert_non_null(strstr(text, "CM7 running at 0x08000008"));
    board_vdd(t.board, 2650);
    assert_true(board_probe(t.board, text, sizeof text));
    assert_non_null(strstr(text, "Target voltage: 2.65 V"));
    board_vdd(t.board, 3300);
    board_nrst(t.board, true);
    assert_true(board_probe(t.board, text, sizeof text));
    assert_non_null(strstr(text, "Connected under reset: "));
    board_nrst(t.board, false);
    /* The deadlock. */
    struct chip *c = board_chip(t.board);
    c->access = (struct access){.master = MASTER_CM7};
    chip_mmio_write(c, PWR_CR3, 4, 0x02);
    run_for(&t, VTIME_MS(1));
    assert_false(board_probe(t.board, text, sizeof text));
    assert_non_null(strstr(text, "Target voltage: 3.30 V\n"));
    assert_non_null(strstr(text, "No device found on target"));
    board_nrst(t.board, true);
    assert_false(board_probe(t.board, text, sizeof text));
    board_nrst(t.board, false);
    assert_string_equal(board_supply_state(t.board), "deadlock");
    /* NRST held low while power comes: nothing runs that could select anything. */
    board_nrst(t.board, true);
    board_power(t.board, false);
    board_power(t.board, true);
    run_for(&t, VTIME_MS(1));
    assert_true(board_probe(t.board, text, sizeof text));
    assert_int_equal(cr3(&t) & 0x3F, 0x06);
    board_destroy(t.board);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(identity),
        cmocka_unit_test(second_sync),
        cmocka_unit_test(refusals),
        cmocka_unit_test(baud_rates),
        cmocka_unit_test(sectors_and_words),
        cmocka_unit_test(erases),
        cmocka_unit_test(cut_in_an_erase),
        cmocka_unit_test(pins),
        cmocka_unit_test(supply_lock),
        cmocka_unit_test(go),
        cmocka_unit_test(probe),
        cmocka_unit_test(debug_bus),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
