/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
/* `candial demo deadlock`: how an image locks the board up, and the way back, told step by step. */
#include "cli/command.h"

#include "link/rom_tool.h"
#include "cli/demo_script.h"

#include <getopt.h>
#include <stdio.h>
#include <string.h>

static const char help[] =
    "usage: candial demo deadlock [--rom 0x90|0x91] [--no-stm32flash]\n\n"
    "Shows on the virtual board how an image that selects the wrong supply kills it, and how it "
    "is\n"
    "brought back. Nothing real is touched. Exit status 0: every step went as told.\n\n"
    "  --rom VERSION     the board's boot ROM: 0x90 (default) locks the supply, 0x91 does not\n"
    "  --no-stm32flash   use candial's own client instead of stm32flash\n";

/* ---- the story ---- */

static void good_image(struct demo_script *script)
{
    demo_step(script, "A good image is in the flash; you plug in USB.");
    demo_do(script, "power on");
    demo_check(script, demo_needle_lives(script), "the needle follows the car");
    demo_tell("Why: the firmware wrote 0x04, direct SMPS, to PWR_CR3, as the board is wired. That "
              "register");
    demo_tell("takes one write after each power-on (RM0399 7.8.4): it is locked at 0x04 now.");
}

static void bad_image(struct demo_script *script)
{
    demo_step(script, "You flash a project of yours. Its supply line says LDO (PWR_LDO_SUPPLY).");
    demo_check(script, demo_flash(script, script->cm7_ldo), "the ST-LINK flashes it");
    demo_check(script, demo_needle_lives(script), "and it works!");
    demo_tell("Why: the reset after flashing leaves PWR_CR3 locked at 0x04. The write of 0x02 has "
              "no effect,");
    demo_tell("and nobody reads the error that ST's HAL returns.");
}

static void dead(struct demo_script *script)
{
    demo_step(script, "You unplug USB, and plug it in again.");
    demo_power_cycle(script);
    bool lives = demo_needle_lives(script);
    demo_check(script, !lives && demo_is_deadlocked(script),
               "nothing: no needle, no LED, no console");
    demo_tell("Why: PWR_CR3 was unlocked, so 0x02 counted. The SMPS went off, the LDO has no "
              "input on this");
    demo_tell("board, VCORE collapsed: both cores and the debug port are without supply.");
}

static void no_way_in(struct demo_script *script)
{
    demo_step(script, "You try to flash something else.");
    demo_check(script, !demo_probe(script), "the ST-LINK cannot connect, and yet it reads 3.3 V");
    demo_check(script, !demo_flash(script, script->cm7), "nothing can be flashed");
    demo_step(script, "You press the reset button, B2.");
    demo_do(script, "nrst low");
    demo_run(script, PS_PER_S / 10);
    demo_do(script, "nrst high");
    demo_run(script, PS_PER_S);
    demo_check(script, demo_is_deadlocked(script) && !demo_probe(script), "no change");
    demo_tell("Why: NRST does not clear PWR_CR3 (RM0399 7.8.4), only taking VDD away does. But "
              "then the same");
    demo_tell("image starts again and does the same.");
}

static void way_in(struct demo_script *script)
{
    demo_step(script, "Power off. A wire from CN11-7 (BOOT0) to CN11-5 (3V3). Power on.");
    demo_do(script, "power off");
    demo_do(script, "boot0 high");
    demo_run(script, PS_PER_S);
    demo_do(script, "power on");
    demo_run(script, PS_PER_S / 10);
    demo_check(script, demo_probe(script), "the ST-LINK connects");
    demo_check(script, demo_red_led(script),
               "the red LED is lit: its pin, PB14, is one of the boot ROM's");
    demo_tell("Why: with BOOT0 high the chip starts in its boot ROM. The bad image does not run.");
}

static void rescue(struct demo_script *script)
{
    demo_step(script,
              "You erase and flash: by ST-LINK, or by a USB-UART on PB10/PB11 (CN10-32/34).");
    if (script->uses_client) {
        demo_tell("(candial's own client; with stm32flash installed that would be used)");
    }
    demo_check(script, demo_rescue(script), "erased, written, verified");
}

/* Version 0x90 leaves PWR_CR3 locked: the firmware must say so rather than wait for ever. */
static void reset_only(struct demo_script *script)
{
    bool locked = script->options.rom != 0x91;
    demo_step(script, "You remove the wire and press reset. (Power stays on.)");
    demo_do(script, "boot0 low");
    demo_do(script, "nrst low");
    demo_run(script, PS_PER_S / 10);
    demo_do(script, "nrst high");
    bool lives = demo_needle_lives(script);
    if (locked) {
        demo_tell("console: %s", script->console);
        demo_check(script, !lives && strncmp(script->console, "error 1 ", 8) == 0,
                   "not yet: the firmware asks for power off and on");
        demo_tell("Why: boot ROM 0x90 writes PWR_CR3 and so locks it at 0x06 (AN2606).");
    } else {
        demo_check(script, lives, "the needle follows the car: boot ROM 0x91 leaves PWR_CR3 alone");
    }
}

static void alive(struct demo_script *script)
{
    demo_step(script, "Power off and on.");
    demo_power_cycle(script);
    demo_check(script, demo_needle_lives(script), "the needle follows the car");
    demo_tell(
        "`candial check YOUR.elf` tells before flashing whether an image does this to your board.");
}

static int deadlock(const struct board_options *options, bool own_client)
{
    static struct demo_script script;
    char error[512];
    if (!demo_open(&script, options, own_client, error, sizeof error)) {
        demo_close(&script);
        return usage_error("%s", error);
    }
    puts("The deadlock of the NUCLEO-H755ZI-Q, on the virtual board.");
    good_image(&script);
    bad_image(&script);
    dead(&script);
    no_way_in(&script);
    way_in(&script);
    rescue(&script);
    reset_only(&script);
    alive(&script);
    bool as_told = script.as_told;
    demo_close(&script);
    puts(as_told ? "\ngood: every step went as told" : "\nnot good: a step did not go as told");
    return as_told ? EXIT_GOOD : EXIT_NO;
}

/* ---- the command ---- */

enum { OPTION_OWN_CLIENT = OPTION_BOARD_END, OPTION_HELP };

int command_demo(int argc, char **argv)
{
    static const struct option long_options[] = {
        {"rom", required_argument, NULL, OPTION_ROM},
        {"no-stm32flash", no_argument, NULL, OPTION_OWN_CLIENT},
        {"help", no_argument, NULL, OPTION_HELP},
        {NULL, 0, NULL, 0},
    };
    struct board_options options = {.rom = 0};
    bool own_client = !rom_tool_is_there("stm32flash");
    int option;
    opterr = 0;
    optind = 1;
    while ((option = getopt_long(argc, argv, "h", long_options, NULL)) != -1) {
        if (option == 'h' || option == OPTION_HELP) {
            fputs(help, stdout);
            return EXIT_GOOD;
        }
        if (option == OPTION_OWN_CLIENT) {
            own_client = true;
        } else if (option == '?') {
            return usage_unknown_option("demo", argv[optind - 1],
                                        (const char *const[]){help, NULL});
        } else if (!board_options_take(&options, option, optarg)) {
            return EXIT_USAGE;
        }
    }
    if (optind + 1 != argc || strcmp(argv[optind], "deadlock") != 0) {
        return usage_error("name the demo: candial demo deadlock");
    }
    return deadlock(&options, own_client);
}
