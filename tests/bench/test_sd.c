/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
/* `--sd` of `candial run` and `candial check`, on tests/check/images/sd.c. */
#include "tests/formats/cmocka_head.h"

#include "tests/formats/scratch_file.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>

#define IMAGE CHECK_IMAGES "/sd.elf"
#define FAR_IMAGE CHECK_IMAGES "/sd_far.elf"
#define GOOD "● green on"
#define NO_CARD "○ green off; ○ yellow off; ● red on"

static char output[65536];

static int candial(const char *format, const char *path)
{
    char arguments[2048];
    char command[4096];
    const char *folder = getenv("CANDIAL_BINARY_DIR");
    snprintf(arguments, sizeof arguments, format, path);
    snprintf(command, sizeof command, "'%s/candial' %s 2>&1", folder == NULL ? "build" : folder,
             arguments);
    FILE *pipe = popen(command, "r");
    assert_non_null(pipe);
    output[fread(output, 1, sizeof output - 1, pipe)] = '\0';
    int status = pclose(pipe);
    assert_true(WIFEXITED(status));
    return WEXITSTATUS(status);
}

static void expect(const char *text)
{
    if (strstr(output, text) == NULL) {
        fail_msg("did not say `%s':\n%s", text, output);
    }
}

#define RUN "run --cm7 " IMAGE " --for 100ms --speed max "

/* A card of `bytes` bytes that tell where they are. */
static const char *make_card(const char *name, size_t bytes)
{
    const char *path = scratch_text(name, "");
    FILE *f = fopen(path, "wb");
    assert_non_null(f);
    for (size_t i = 0; i < bytes; i++) {
        fputc((int)(i * 3 & 0xFF), f);
    }
    assert_int_equal(fclose(f), 0);
    return path;
}

/* How many bytes of block 1 are block 0's, inverted; *size: of the file. */
static unsigned inverted(const char *path, long *size)
{
    unsigned char bytes[1024] = {0};
    unsigned count = 0;
    FILE *f = fopen(path, "rb");
    assert_non_null(f);
    assert_true(fread(bytes, 1, sizeof bytes, f) >= 512);
    for (unsigned i = 0; i < 512; i++) {
        count += bytes[512 + i] == (unsigned char)~bytes[i];
    }
    fseek(f, 0, SEEK_END);
    *size = ftell(f);
    fclose(f);
    return count;
}

static void without_a_card(void **state)
{
    (void)state;
    assert_int_equal(candial(RUN "%s", ""), 0);
    expect(NO_CARD);
}

static void writes_are_forgotten(void **state)
{
    const char *path = make_card("forgotten.img", 4096);
    long size;
    (void)state;
    assert_int_equal(candial(RUN "--sd %s", path), 0);
    expect(GOOD);
    expect("red off");
    assert_int_equal(inverted(path, &size), 0);
    assert_int_equal(size, 4096);
}

/* Also behind the end of a file that is smaller than the card. */
static void or_kept(void **state)
{
    long size;
    (void)state;
    const char *path = make_card("kept.img", 4096);
    assert_int_equal(candial(RUN "--sd %s,rw", path), 0);
    expect(GOOD);
    assert_int_equal(inverted(path, &size), 512);
    assert_int_equal(size, 4096);
    path = make_card("grown.img", 512);
    assert_int_equal(candial(RUN "--sd %s,rw", path), 0);
    assert_int_equal(inverted(path, &size), 512);
    assert_int_equal(size, 1024);
}

static void no_card_at_all(void **state)
{
    (void)state;
    assert_int_equal(candial(RUN "--sd %s", make_card("odd.img", 1000)), 2);
    expect("odd.img: no image of an SD card: its size must be a multiple of 512 bytes");
    assert_int_equal(candial(RUN "--sd %s", make_card("empty.img", 0)), 2);
    expect("multiple of 512");
    assert_int_equal(candial(RUN "--sd %s", "/nowhere/card.img"), 2);
    expect("/nowhere/card.img: ");
}

/* The slot of a board of one's own is at the controller that it says; the switch closes. */
static void slot_of_a_board(void **state)
{
    char arguments[2048];
    char card[512];
    char pins[512];
    char line[64] = "";
    bool closed = false;
    (void)state;
    snprintf(card, sizeof card, "%s", make_card("slot.img", 1024));
    snprintf(pins, sizeof pins, "%s", scratch_text("pins.csv", ""));
    const char *board = scratch_text("slot.yaml", "name: slot\nchip: STM32H755\nwiring: smps\n"
                                                  "hse: {kind: none}\n"
                                                  "leds: {green: PB0, red: PB14}\n"
                                                  "sd: {controller: SDMMC1, detect: PI8}\n");
    snprintf(arguments, sizeof arguments, RUN "--board %s --sd %s --pins %s", board, card, pins);
    assert_int_equal(candial("%s", arguments), 0);
    expect(GOOD);
    FILE *f = fopen(pins, "r");
    assert_non_null(f);
    while (fgets(line, sizeof line, f) != NULL) {
        closed = closed || strstr(line, ",PI8,0") != NULL;
    }
    fclose(f);
    assert_true(closed);
    board = scratch_text("slot.yaml", "name: slot\nchip: STM32H755\nwiring: smps\n"
                                      "hse: {kind: none}\nleds: {green: PB0, red: PB14}\n"
                                      "sd: {controller: SDMMC2}\n");
    snprintf(arguments, sizeof arguments, RUN "--board %s --sd %s", board, card);
    assert_int_equal(candial("%s", arguments), 0);
    expect("● red on");
    board = scratch_text("slot.yaml", "name: slot\nchip: STM32H755\nwiring: smps\n"
                                      "hse: {kind: none}\nsd: {controller: SDMMC3}\n");
    snprintf(arguments, sizeof arguments, RUN "--board %s", board);
    assert_int_equal(candial("%s", arguments), 2);
    expect("SDMMC1");
}

/* `check` has no card unless one is given; either way the image is good, and nothing it does is a finding. */
static void check_takes_it(void **state)
{
    (void)state;
    assert_int_equal(candial("check " IMAGE " --for 50ms --effort quick%s", ""), 0);
    assert_null(strstr(output, "SDMMC"));
    assert_int_equal(
        candial("check " IMAGE " --for 50ms --effort quick --sd %s", make_card("check.img", 4096)),
        0);
    assert_null(strstr(output, "SDMMC"));
    expect("an SD card");
}

static void idma_out_of_reach(void **state)
{
    (void)state;
    assert_int_equal(candial("check " FAR_IMAGE " --for 50ms --effort quick --sd %s",
                             make_card("far.img", 4096)),
                     0);
    expect("SDMMC1");
    expect("for SDMMC1 AXI SRAM");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(without_a_card),    cmocka_unit_test(writes_are_forgotten),
        cmocka_unit_test(or_kept),           cmocka_unit_test(no_card_at_all),
        cmocka_unit_test(slot_of_a_board),   cmocka_unit_test(check_takes_it),
        cmocka_unit_test(idma_out_of_reach),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
