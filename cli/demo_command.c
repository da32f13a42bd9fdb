/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
/* `candial demo deadlock`: how an image locks the board up, and the way back, told step by step. */
#include "cli/command.h"

#include "cli/rom_tool.h"
#include "cli/stage.h"

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

static void good_image(struct stage *stage)
{
    stage_step(stage, "A good image is in the flash; you plug in USB.");
    stage_do(stage, "power on");
    stage_check(stage, stage_needle_lives(stage), "the needle follows the car");
    stage_tell("Why: the firmware wrote 0x04, direct SMPS, to PWR_CR3, as the board is wired. That "
               "register");
    stage_tell("takes one write after each power-on (RM0399 7.8.4): it is locked at 0x04 now.");
}

static void bad_image(struct stage *stage)
{
    stage_step(stage, "You flash a project of yours. Its supply line says LDO (PWR_LDO_SUPPLY).");
    stage_check(stage, stage_flash(stage, stage->cm7_ldo), "the ST-LINK flashes it");
    stage_check(stage, stage_needle_lives(stage), "and it works!");
    stage_tell("Why: the reset after flashing leaves PWR_CR3 locked at 0x04. The write of 0x02 has "
               "no effect,");
    stage_tell("and nobody reads the error that ST's HAL returns.");
}

static void dead(struct stage *stage)
{
    stage_step(stage, "You unplug USB, and plug it in again.");
    stage_power_cycle(stage);
    bool lives = stage_needle_lives(stage);
    stage_check(stage, !lives && stage_is_deadlocked(stage),
                "nothing: no needle, no LED, no console");
    stage_tell("Why: PWR_CR3 was unlocked, so 0x02 counted. The SMPS went off, the LDO has no "
               "input on this");
    stage_tell("board, VCORE collapsed: both cores and the debug port are without supply.");
}

static void no_way_in(struct stage *stage)
{
    stage_step(stage, "You try to flash something else.");
    stage_check(stage, !stage_probe(stage), "the ST-LINK cannot connect, and yet it reads 3.3 V");
    stage_check(stage, !stage_flash(stage, stage->cm7), "nothing can be flashed");
    stage_step(stage, "You press the reset button, B2.");
    stage_do(stage, "nrst low");
    stage_run(stage, PS_PER_S / 10);
    stage_do(stage, "nrst high");
    stage_run(stage, PS_PER_S);
    stage_check(stage, stage_is_deadlocked(stage) && !stage_probe(stage), "no change");
    stage_tell("Why: NRST does not clear PWR_CR3 (RM0399 7.8.4), only taking VDD away does. But "
               "then the same");
    stage_tell("image starts again and does the same.");
}

static void way_in(struct stage *stage)
{
    stage_step(stage, "Power off. A wire from CN11-7 (BOOT0) to CN11-5 (3V3). Power on.");
    stage_do(stage, "power off");
    stage_do(stage, "boot0 high");
    stage_run(stage, PS_PER_S);
    stage_do(stage, "power on");
    stage_run(stage, PS_PER_S / 10);
    stage_check(stage, stage_probe(stage), "the ST-LINK connects");
    stage_check(stage, stage_red_led(stage),
                "the red LED is lit: its pin, PB14, is one of the boot ROM's");
    stage_tell("Why: with BOOT0 high the chip starts in its boot ROM. The bad image does not run.");
}

static void rescue(struct stage *stage)
{
    stage_step(stage,
               "You erase and flash: by ST-LINK, or by a USB-UART on PB10/PB11 (CN10-32/34).");
    if (stage->uses_client) {
        stage_tell("(candial's own client; with stm32flash installed that would be used)");
    }
    stage_check(stage, stage_rescue(stage), "erased, written, verified");
}

/* Version 0x90 leaves PWR_CR3 locked: the firmware must say so rather than wait for ever. */
static void reset_only(struct stage *stage)
{
    bool locked = stage->options.rom != 0x91;
    stage_step(stage, "You remove the wire and press reset. (Power stays on.)");
    stage_do(stage, "boot0 low");
    stage_do(stage, "nrst low");
    stage_run(stage, PS_PER_S / 10);
    stage_do(stage, "nrst high");
    bool lives = stage_needle_lives(stage);
    if (locked) {
        stage_tell("console: %s", stage->console);
        stage_check(stage, !lives && strncmp(stage->console, "error 1 ", 8) == 0,
                    "not yet: the firmware asks for power off and on");
        stage_tell("Why: boot ROM 0x90 writes PWR_CR3 and so locks it at 0x06 (AN2606).");
    } else {
        stage_check(stage, lives, "the needle follows the car: boot ROM 0x91 leaves PWR_CR3 alone");
    }
}

static void alive(struct stage *stage)
{
    stage_step(stage, "Power off and on.");
    stage_power_cycle(stage);
    stage_check(stage, stage_needle_lives(stage), "the needle follows the car");
    stage_tell(
        "`candial check YOUR.elf` tells before flashing whether an image does this to your board.");
}

static int deadlock(const struct board_options *options, bool own_client)
{
    static struct stage stage;
    char error[512];
    if (!stage_open(&stage, options, own_client, error, sizeof error)) {
        stage_close(&stage);
        return usage_error("%s", error);
    }
    puts("The deadlock of the NUCLEO-H755ZI-Q, on the virtual board.");
    good_image(&stage);
    bad_image(&stage);
    dead(&stage);
    no_way_in(&stage);
    way_in(&stage);
    rescue(&stage);
    reset_only(&stage);
    alive(&stage);
    bool as_told = stage.as_told;
    stage_close(&stage);
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
            return usage_error("unknown option `%s': see `candial demo --help`", argv[optind - 1]);
        } else if (!board_options_take(&options, option, optarg)) {
            return EXIT_USAGE;
        }
    }
    if (optind + 1 != argc || strcmp(argv[optind], "deadlock") != 0) {
        return usage_error("name the demo: candial demo deadlock");
    }
    return deadlock(&options, own_client);
}
