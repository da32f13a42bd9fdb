/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
/*
 * `candial recover`: the way back for a board that an image has locked up. It prints the steps; only with
 * --run does it start a tool that touches a real board. docs/recover.md tells the whole story.
 */
#include "cli/command.h"

#include "cli/recover_run.h"
#include "link/rom_tool.h"
#include "cli/demo_script.h"

#include <getopt.h>
#include <stdio.h>
#include <string.h>

static const char help[] =
    "usage: candial recover [--run openocd|cube|stm32flash [--port DEVICE]] [--virtual]\n\n"
    "Tells step by step how to bring back a NUCLEO-H755ZI-Q that answers `No device found on "
    "target'.\n"
    "Pictures and reasons: docs/recover.md.\n\n"
    "  --run TOOL     erase the board and write candial's firmware with openocd, "
    "STM32_Programmer_CLI\n"
    "                 (cube) or stm32flash; the board must be in its boot ROM (steps 1 to 3)\n"
    "  --port DEVICE  where the USB-UART for stm32flash is; default /dev/ttyUSB0\n"
    "  --virtual      walk the way on the virtual board instead; nothing real is touched\n"
    "  --rom VERSION  with --virtual: its boot ROM, 0x90 (default) or 0x91\n";

/* ---- for a real board ---- */

static const char steps[] =
    "The board is dead: the ST-LINK reads 3.3 V, and yet `No device found on target'. An image has "
    "selected\n"
    "a supply that the board is not wired for; VCORE is gone. Nothing is broken. The way back:\n"
    "\n"
    "1. Unplug USB and every other supply. Unplug servos from PB10 and PB11. Count to five.\n"
    "2. Connect CN11-7 (BOOT0) with CN11-5 (3V3_VDD). CN11 is not fitted: it is the outer double "
    "row of\n"
    "   holes beside CN8 and CN9. Solder a header, or hold a wire. NOT CN11-6: that is 5 V.\n"
    "3. Plug USB into CN1. The red LED LD3 lights: the chip is in its boot ROM, and the bad image "
    "does not\n"
    "   run. If it does not light, go back to 1.\n"
    "4. Erase everything and write good images, with one of:\n"
    "\n"
    "     STM32_Programmer_CLI -c port=SWD mode=UR -e all\n"
    "     STM32_Programmer_CLI -c port=SWD mode=UR -w build/firmware/candial.hex -v\n"
    "\n"
    "     openocd -f board/st_nucleo_h745zi.cfg -c \"init; reset halt\" \\\n"
    "       -c \"flash erase_sector 0 0 last; flash erase_sector 1 0 last\" \\\n"
    "       -c \"program build/firmware/candial.hex verify; shutdown\"\n"
    "\n"
    "   or without a debugger, by a USB-UART of 3.3 V: its RX at CN10-32 (PB10), its TX at CN10-34 "
    "(PB11),\n"
    "   its ground at CN10-27 (the console's UART, PD8/PD9, is none of the boot ROM's):\n"
    "\n"
    "     stm32flash -b 115200 -o /dev/ttyUSB0\n"
    "     stm32flash -b 115200 -e 0 -v -w candial_cm7.bin -S 0x08000000 /dev/ttyUSB0\n"
    "     stm32flash -b 115200 -e 0 -v -w candial_cm4.bin -S 0x08100000 /dev/ttyUSB0\n"
    "\n"
    "   `candial recover --run openocd` (or cube, stm32flash) does this step for you.\n"
    "5. Unplug USB, take the wire away, plug in again: the boot ROM may have locked the supply, "
    "and only\n"
    "   power off unlocks it.\n"
    "\n"
    "No wire at hand? Hold B2 (black, reset) while you plug USB in, and keep holding it: nothing "
    "runs. Erase\n"
    "with mode=UR, and let go when the tool says so.\n"
    "Still dead with BOOT0 high? Then the option bytes keep the M7 from booting: docs/recover.md.\n"
    "Before the next image: `candial check IMAGE.elf` tells whether it would lock up the board.\n";

/* ---- on the virtual board ---- */

static void lock_up(struct demo_script *script)
{
    demo_step(script, "A board that an image has locked up.");
    demo_do(script, "power on");
    demo_run(script, PS_PER_S);
    demo_check(script, demo_flash(script, script->cm7_ldo), "the bad image is flashed");
    demo_power_cycle(script);
    demo_run(script, PS_PER_S);
    demo_check(script, demo_is_deadlocked(script) && !demo_probe(script), "dead");
}

static void walk(struct demo_script *script)
{
    demo_step(script, "Unplug everything.");
    demo_do(script, "power off");
    demo_run(script, 5 * PS_PER_S);
    demo_step(script, "CN11-7 to CN11-5.");
    demo_do(script, "boot0 high");
    demo_step(script, "Plug in.");
    demo_do(script, "power on");
    demo_run(script, PS_PER_S / 10);
    demo_check(script, demo_red_led(script), "the red LED lights");
    demo_check(script, demo_probe(script), "and the ST-LINK connects");
    demo_step(script, "Erase, write, verify.");
    demo_check(script, demo_rescue(script), "done");
    demo_step(script, "Unplug, take the wire away, plug in.");
    demo_do(script, "boot0 low");
    demo_power_cycle(script);
    demo_check(script, demo_needle_lives(script), "the needle follows the car");
}

static int recover_virtual(const struct board_options *options)
{
    static struct demo_script script;
    char error[512];
    bool own_client = !rom_tool_is_there("stm32flash");
    if (!demo_open(&script, options, own_client, error, sizeof error)) {
        demo_close(&script);
        return usage_error("%s", error);
    }
    puts("The way back, on the virtual board.");
    lock_up(&script);
    walk(&script);
    bool good = script.as_told;
    demo_close(&script);
    puts(good ? "\ngood: the board is back" : "\nnot good: a step did not go as told");
    return good ? EXIT_GOOD : EXIT_NO;
}

/* ---- the command ---- */

enum { OPTION_RUN = OPTION_BOARD_END, OPTION_PORT, OPTION_VIRTUAL, OPTION_HELP };

struct recover_options {
    struct board_options board;
    const char *tool;
    const char *port;
    bool is_virtual;
};

/* -1: go on; else the exit status. */
static int parse_options(int argc, char **argv, struct recover_options *options)
{
    static const struct option long_options[] = {
        {"run", required_argument, NULL, OPTION_RUN},
        {"port", required_argument, NULL, OPTION_PORT},
        {"virtual", no_argument, NULL, OPTION_VIRTUAL},
        {"rom", required_argument, NULL, OPTION_ROM},
        {"help", no_argument, NULL, OPTION_HELP},
        {NULL, 0, NULL, 0},
    };
    int option;
    opterr = 0;
    optind = 1;
    while ((option = getopt_long(argc, argv, ":h", long_options, NULL)) != -1) {
        if (option == 'h' || option == OPTION_HELP) {
            fputs(help, stdout);
            return EXIT_GOOD;
        }
        if (option == OPTION_RUN) {
            options->tool = optarg;
        } else if (option == OPTION_PORT) {
            options->port = optarg;
        } else if (option == OPTION_VIRTUAL) {
            options->is_virtual = true;
        } else if (option == ':') {
            return usage_error("%s needs a value: see `candial recover --help`", argv[optind - 1]);
        } else if (option == '?') {
            return usage_unknown_option("recover", argv[optind - 1],
                                        (const char *const[]){help, NULL});
        } else if (!board_options_take(&options->board, option, optarg)) {
            return EXIT_USAGE;
        }
    }
    return optind < argc
               ? usage_error("unexpected `%s': see `candial recover --help`", argv[optind])
               : -1;
}

int command_recover(int argc, char **argv)
{
    struct recover_options options = {.port = "/dev/ttyUSB0"};
    int status = parse_options(argc, argv, &options);
    if (status >= 0) {
        return status;
    }
    if (options.is_virtual && options.tool != NULL) {
        return usage_error("--run is for a real board: leave it out with --virtual");
    }
    if (options.is_virtual) {
        return recover_virtual(&options.board);
    }
    if (options.tool != NULL) {
        return recover_run(options.tool, options.port);
    }
    fputs(steps, stdout);
    return EXIT_GOOD;
}
