/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
#include "host/board_options.h"

#include "host/board_file.h"
#include "host/usage.h"
#include "host/parse.h"
#include "host/sd_file.h"
#include "vboard/boards/board_data.h"

#include <stddef.h>
#include <stdio.h>
#include <string.h>

const char *const board_wirings[] = {"smps", "ldo", "smps-ldo", "bypass", NULL};

const char board_options_help[] =
    "board parameters:\n"
    "  --cm7 FILE --cm4 FILE  the images (default: candial's own firmware): ELF, Intel HEX, or a "
    "raw\n"
    "                       binary as FILE@0x08000000\n"
    "  --board NAME|FILE    which board: nucleo-h755zi-q (the default), another of docs/boards.md, "
    "or\n"
    "                       a YAML file of your own\n"
    "  --wiring NAME        how the board feeds VCORE: smps (as sold), ldo, smps-ldo, bypass\n"
    "  --hse X              external clock: 8M, another frequency, absent, late:300ms, drops@2s\n"
    "  --strict-mux         clock switches of peripherals want both clocks (RM0399 9.5.10 to the "
    "letter)\n"
    "  --optsr N            option bytes FLASH_OPTSR; --boot7 N, --boot4 N: boot addresses\n"
    "  --rom VERSION        boot ROM version: 0x90 (it locks the supply, the default) or 0x91\n"
    "  --rom-uart pty[:PATH]  a pseudo-terminal on the boot ROM's pins, for stm32flash -m 8n1\n"
    "  --eth-peer ADDRESS   who answers ARP and ping on the Ethernet cable (default 192.168.0.1)\n"
    "  --eth-ping ADDRESS   whom that end pings, once a second\n"
    "  --sd FILE[,rw]       an SD card with these bytes is in the slot; what is written to it is "
    "forgotten,\n"
    "                       or with ,rw goes into FILE at the end (docs/boards.md)\n"
    "  --caches             look for incoherency with the M7's D-cache (check always does)\n"
    "  --engine NAME        what executes the code: armv7m (exact, the default) or unicorn\n"
    "  --seed N             contents of RAM at power-on and all else that is random\n";

static bool take_wiring(struct board_options *options, const char *value)
{
    for (unsigned i = 0; board_wirings[i] != NULL; i++) {
        if (strcmp(value, board_wirings[i]) == 0) {
            options->wiring = i;
            options->wiring_given = true;
            return true;
        }
    }
    usage_error("--wiring %s is not known: use smps, ldo, smps-ldo or bypass", value);
    return false;
}

static const struct board_data *unknown_board(const char *name)
{
    char names[200] = "";
    for (const struct board_data *const *b = boards; *b != NULL; b++) {
        size_t used = strlen(names);
        snprintf(names + used, sizeof(names) - used, "%s%s", used == 0 ? "" : ", ", (*b)->name);
    }
    usage_error("--board %s is not known: use %s, or a file of your own (BOARD.yaml)", name, names);
    return NULL;
}

static const struct board_data *board_from_file(const char *path)
{
    char error[300];
    const struct board_data *board = board_file_open(path, error, sizeof error);
    if (board == NULL) {
        usage_error("%s", error);
    }
    return board;
}

/* No board's name has a dot or a slash. */
static bool take_board(struct board_options *options, const char *value)
{
    options->board = board_named(value);
    if (options->board == NULL) {
        options->board =
            strpbrk(value, "./") != NULL ? board_from_file(value) : unknown_board(value);
    }
    if (options->board == NULL) {
        return false;
    }
    if (!options->wiring_given) {
        options->wiring = options->board->wiring;
    }
    return true;
}

static bool take_hse(struct board_options *options, const char *value)
{
    bool good = true;
    if (strcmp(value, "absent") == 0) {
        options->hse = HSE_ABSENT;
    } else if (strncmp(value, "late:", 5) == 0) {
        options->hse = HSE_LATE;
        good = parse_duration(value + 5, &options->hse_at_ps);
    } else if (strncmp(value, "drops@", 6) == 0) {
        options->hse = HSE_DROPS;
        good = parse_duration(value + 6, &options->hse_at_ps);
    } else {
        options->hse = HSE_PRESENT;
        good = parse_frequency(value, &options->hse_uhz) && options->hse_uhz > 0;
    }
    if (!good) {
        usage_error("--hse %s is not known: use 8M, 8.333M, absent, late:300ms or drops@2s", value);
    }
    return good;
}

static bool take_number(const char *name, const char *value, uint32_t *number)
{
    if (!parse_u32(value, number)) {
        usage_error("--%s %s is no 32-bit number: write it as 0x1234", name, value);
        return false;
    }
    return true;
}

static bool take_rom(struct board_options *options, const char *value)
{
    if (!parse_u32(value, &options->rom) || (options->rom != 0x90 && options->rom != 0x91)) {
        usage_error("--rom %s is not known: use 0x90 or 0x91", value);
        return false;
    }
    return true;
}

static bool take_ipv4(const char *name, const char *value, uint32_t *address)
{
    if (!parse_ipv4(value, address) || *address == 0) {
        usage_error("--%s %s is no IPv4 address: write it as 192.168.0.1", name, value);
        return false;
    }
    return true;
}

static bool take_engine(struct board_options *options, const char *value)
{
    if (strcmp(value, "armv7m") != 0 && strcmp(value, "unicorn") != 0) {
        usage_error("--engine %s is not known: use armv7m or unicorn", value);
        return false;
    }
    options->engine = value;
    return true;
}

static bool take_sd(struct board_options *options, const char *value)
{
    char error[300];
    options->sd = sd_file_open(value, error, sizeof error);
    if (options->sd == NULL) {
        usage_error("%s", error);
    }
    return options->sd != NULL;
}

const struct board_data *board_options_board(const struct board_options *options)
{
    return options->board != NULL ? options->board : boards[0];
}

bool board_options_take(struct board_options *options, int option, const char *value)
{
    switch (option) {
    case OPTION_CM7:
        options->cm7 = value;
        return true;
    case OPTION_CM4:
        options->cm4 = value;
        return true;
    case OPTION_BOARD:
        return take_board(options, value);
    case OPTION_WIRING:
        return take_wiring(options, value);
    case OPTION_HSE:
        return take_hse(options, value);
    case OPTION_STRICT_MUX:
        options->strict_mux = true;
        return true;
    case OPTION_OPTSR:
        return take_number("optsr", value, &options->optsr);
    case OPTION_BOOT7:
        return take_number("boot7", value, &options->boot7);
    case OPTION_BOOT4:
        return take_number("boot4", value, &options->boot4);
    case OPTION_ROM:
        return take_rom(options, value);
    case OPTION_ROM_UART:
        options->rom_uart = value;
        return true;
    case OPTION_ETH_PEER:
        return take_ipv4("eth-peer", value, &options->eth_peer);
    case OPTION_ETH_PING:
        return take_ipv4("eth-ping", value, &options->eth_ping);
    case OPTION_SD:
        return take_sd(options, value);
    case OPTION_CACHES:
        options->caches = true;
        return true;
    case OPTION_ENGINE:
        return take_engine(options, value);
    case OPTION_SEED:
        if (!parse_u64(value, &options->seed)) {
            usage_error("--seed %s is no number: use a whole number", value);
            return false;
        }
        return true;
    default:
        return false;
    }
}
