/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
/* The same image on other boards; boards of one's own in YAML. */
#include "tests/check/check_runner.h"
#include "tests/formats/scratch_file.h"

#include <stdio.h>
#include <string.h>

#define MS " --for 50ms"

/* The verdict that stands in `board`'s line of the last --board all. */
static void assert_row(const struct check_result *r, const char *board, const char *verdict)
{
    char row[80];
    snprintf(row, sizeof row, "\n%s ", board);
    const char *at =
        strncmp(r->text, row + 1, strlen(row + 1)) == 0 ? r->text - 1 : strstr(r->text, row);
    if (at == NULL) {
        fail_msg("no line for %s in: %s", board, r->text);
    }
    char line[120] = "";
    snprintf(line, sizeof line, "%.*s", (int)strcspn(at + 1, "\n"), at + 1);
    if (strstr(line, verdict) == NULL ||
        (strcmp(verdict, " SAFE") == 0 && strstr(line, "UNSAFE"))) {
        fail_msg("%s should be%s: %s", board, verdict, line);
    }
}

static void direct_smps_lives_where_it_is_wired(void **state)
{
    const struct check_result *r = run_check("%good.elf %idle_m4.elf --board all" MS);
    (void)state;
    assert_int_equal(r->status, 1);
    assert_row(r, "nucleo-h755zi-q", " SAFE");
    assert_row(r, "nucleo-h745zi-q", " SAFE");
    assert_row(r, "stm32h745i-disco", " SAFE");
    assert_row(r, "stm32h747i-disco", " SAFE");
    assert_row(r, "portenta-h7", " UNSAFE");
    assert_row(r, "giga-r1", " UNSAFE");
    assert_row(r, "opta", " UNSAFE");
}

static void ldo_lives_on_the_giga_alone(void **state)
{
    const struct check_result *r = run_check("%ldo_early.elf %idle_m4.elf --board all" MS);
    (void)state;
    assert_row(r, "giga-r1", " SAFE");
    assert_row(r, "nucleo-h755zi-q", " UNSAFE");
    assert_row(r, "stm32h747i-disco", " UNSAFE");
    assert_row(r, "portenta-h7", " UNSAFE");
}

static void json_has_all_of_them(void **state)
{
    (void)state;
    expect("%ldo_early.elf %idle_m4.elf --board all --json -" MS, 1, "\"boards\":[",
           "\"board\":\"giga-r1\",\"wiring\":\"ldo\"", "\"board\":\"opta\"", NULL);
    expect_not("\"resets\":1844674407"); /* of a dead board, which no reset reaches */
}

static void says_who_says_so(void **state)
{
    (void)state;
    expect("%good.elf %idle_m4.elf" MS, 0,
           "NUCLEO-H755ZI-Q wired for direct SMPS (as sold: UM2408 Table 10)", NULL);
    expect("%ldo_early.elf %idle_m4.elf --board stm32h747i-disco" MS, 1, "UM2411 6.2.3",
           "short R192", NULL);
}

static void names_why_there_is_no_clock(void **state)
{
    (void)state;
    expect("%hse_ldo.elf --board giga-r1" MS, 1, "waits for HSERDY", "RCC_HSE_ON instead", NULL);
    expect("%hse_cascade.elf --board portenta-h7" MS, 1, "waits for HSERDY", "while PH1 is high",
           NULL);
    expect("%hse_cascade_pin.elf --board portenta-h7" MS, 0, "SAFE", NULL);
    expect_not("HSERDY");
}

static void board_of_ones_own(void **state)
{
    const char *path = scratch_text("own.yaml", "name: own\nchip: STM32H747\nwiring: ldo\n"
                                                "hse: {kind: crystal, frequency: 16M}\n"
                                                "leds: {green: PI12 low, blue: PE3}\n"
                                                "button: PC13 low\nconsole: {tx: PA9, rx: PB7}\n");
    char arguments[300];
    (void)state;
    snprintf(arguments, sizeof arguments, "%%ldo_early.elf %%idle_m4.elf --board %s" MS, path);
    expect(arguments, 0, "own wired for LDO (as sold: ", "HSE 16 MHz", NULL);
}

#define SMPS_BOARD "name: own\nchip: STM32H755\nwiring: smps\nhse: {kind: none}\n"

/* USB1 by ULPI: with a PHY there, and without. */
static void ulpi_wants_its_phy(void **state)
{
    char arguments[300];
    (void)state;
    snprintf(arguments, sizeof arguments, "%%usb_ulpi.elf %%idle_m4.elf --board %s" MS,
             scratch_text("ulpi.yaml", SMPS_BOARD "ulpi_phy: true\n"));
    expect(arguments, 0, "after the next power loss runs: ", NULL);
    expect_not("OTG");
    expect_not("Error_Handler");
    snprintf(arguments, sizeof arguments, "%%usb_ulpi.elf %%idle_m4.elf --board %s" MS,
             scratch_text("bare.yaml", SMPS_BOARD));
    expect(arguments, 0, "ULPI_CK", "gives up: ends in Error_Handler", NULL);
}

static void own_board_wrongly_written(void **state)
{
    static const struct {
        const char *text, *said;
    } cases[] = {
        {"name: a\nchip: STM32H743\nwiring: ldo\nhse: {kind: none}\n", ":2: chip: "},
        {"name: a\nchip: STM32H745\nwiring: LDO\nhse: {kind: none}\n", ":3: wiring: "},
        {"name: a\nchip: STM32H745\nwiring: ldo\n", "hse: missing"},
        {"name: a\nchip: STM32H745\nwiring: ldo\nhse: {kind: crystal}\n", "has no frequency"},
        {"name: a\nchip: STM32H745\nwiring: ldo\nhse: {kind: crystal, frequency: 8000M}\n",
         ":4: hse.frequency: "},
        {"name: a\nchip: STM32H745\nwiring: ldo\nhse: {kind: none}\nbutton: C13\n",
         ":5: button: C13 is no pin"},
        {"name: a\nchip: STM32H745\nwiring: ldo\nhse: {kind: none}\nbutton: PC16\n",
         ":5: button: PC16 is no pin"},
        {"name: a\nchip: STM32H745\nwiring: ldo\nhse: {kind: none}\nleds: {pink: PC1}\n",
         ":5: leds"},
        {"name: a\nchip: STM32H745\nwiring: ldo\nhse: {kind: none}\nvdd: 33\n", ":5: vdd: "},
        {"name: a\nchip: STM32H745\nwiring: ldo\nhse: {kind: none}\nethernet: {phy: DP83848}\n",
         ":5: ethernet.phy: "},
    };
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        char arguments[300];
        snprintf(arguments, sizeof arguments, "%%good.elf --board %s",
                 scratch_text("wrong.yaml", cases[i].text));
        expect(arguments, 2, cases[i].said, NULL);
    }
}

static void unknown_ones_are_listed(void **state)
{
    (void)state;
    expect("%good.elf --board nucleo", 2, "nucleo-h755zi-q", "opta", "BOARD.yaml", NULL);
    expect("%good.elf --board nothing.yaml", 2, "nothing.yaml: ", NULL);
    expect("%good.elf --board all --junit x", 2, "leave --sarif and --junit out", NULL);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(direct_smps_lives_where_it_is_wired),
        cmocka_unit_test(ldo_lives_on_the_giga_alone),
        cmocka_unit_test(json_has_all_of_them),
        cmocka_unit_test(says_who_says_so),
        cmocka_unit_test(names_why_there_is_no_clock),
        cmocka_unit_test(board_of_ones_own),
        cmocka_unit_test(ulpi_wants_its_phy),
        cmocka_unit_test(own_board_wrongly_written),
        cmocka_unit_test(unknown_ones_are_listed),
    };
    return cmocka_run_group_tests(tests, NULL, scratch_remove);
}
