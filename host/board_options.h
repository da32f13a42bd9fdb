/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
/*
 * The board's parameters on the command line, shared by all commands that run images: which images, how
 * the board is wired, its option bytes, its external clock.
 */
#ifndef HOST_BOARD_OPTIONS_H
#define HOST_BOARD_OPTIONS_H

#include <getopt.h>
#include <stdbool.h>
#include <stdint.h>

struct board_data; /* vboard/boards/board_data.h */
struct sd_file;    /* host/sd_file.h */

enum board_hse { HSE_PRESENT, HSE_ABSENT, HSE_LATE, HSE_DROPS };

struct board_options {
    /* Images: ELF, HEX, BIN@address. NULL: candial's own firmware; for cm4 beside a given cm7, none. */
    const char *cm7;
    const char *cm4;
    const struct board_data *board; /* NULL: the default, boards[0] */
    unsigned wiring; /* index into board_wirings; the board's own unless it is given */
    bool wiring_given;
    enum board_hse hse;
    uint64_t hse_uhz;             /* 0: 8 MHz */
    uint64_t hse_at_ps;           /* late: appears; drops: vanishes */
    bool strict_mux;              /* kernel clock switches want both clocks */
    uint32_t optsr, boot7, boot4; /* 0: factory */
    uint32_t rom;                 /* boot ROM version 0x90 or 0x91; 0: 0x90 */
    const char *rom_uart;         /* "pty" or "pty:PATH"; NULL: no adapter on PB10/PB11 */
    uint32_t eth_peer; /* IPv4 address of the other end of the Ethernet cable; 0: 192.168.0.1 */
    uint32_t eth_ping; /* whom that end pings; 0: nobody */
    const struct sd_file *sd; /* what is on the SD card; NULL: there is none */
    bool caches;              /* look for incoherency with the M7's D-cache */
    const char *engine;       /* "armv7m" or "unicorn"; NULL: armv7m */
    uint64_t seed;
};

/* Names of the wirings, ended by NULL; the order is that of the virtual board's enum supply_wiring. */
extern const char *const board_wirings[];

/* Values of the long options below, above all characters. */
enum board_option {
    OPTION_CM7 = 0x200,
    OPTION_CM4,
    OPTION_BOARD,
    OPTION_WIRING,
    OPTION_HSE,
    OPTION_STRICT_MUX,
    OPTION_OPTSR,
    OPTION_BOOT7,
    OPTION_BOOT4,
    OPTION_ROM,
    OPTION_ROM_UART,
    OPTION_ETH_PEER,
    OPTION_ETH_PING,
    OPTION_SD,
    OPTION_CACHES,
    OPTION_ENGINE,
    OPTION_SEED,
    OPTION_BOARD_END
};

/* For a command's table of long options. */
#define BOARD_LONG_OPTIONS                                                                         \
    {"cm7", required_argument, NULL, OPTION_CM7}, {"cm4", required_argument, NULL, OPTION_CM4},    \
        {"board", required_argument, NULL, OPTION_BOARD},                                          \
        {"wiring", required_argument, NULL, OPTION_WIRING},                                        \
        {"hse", required_argument, NULL, OPTION_HSE},                                              \
        {"strict-mux", no_argument, NULL, OPTION_STRICT_MUX},                                      \
        {"optsr", required_argument, NULL, OPTION_OPTSR},                                          \
        {"boot7", required_argument, NULL, OPTION_BOOT7},                                          \
        {"boot4", required_argument, NULL, OPTION_BOOT4},                                          \
        {"rom", required_argument, NULL, OPTION_ROM},                                              \
        {"rom-uart", required_argument, NULL, OPTION_ROM_UART},                                    \
        {"eth-peer", required_argument, NULL, OPTION_ETH_PEER},                                    \
        {"eth-ping", required_argument, NULL, OPTION_ETH_PING},                                    \
        {"sd", required_argument, NULL, OPTION_SD}, {"caches", no_argument, NULL, OPTION_CACHES},  \
        {"engine", required_argument, NULL, OPTION_ENGINE},                                        \
    {                                                                                              \
        "seed", required_argument, NULL, OPTION_SEED                                               \
    }

/* Their part of a command's help. */
extern const char board_options_help[];

/* The one given, or the default. */
const struct board_data *board_options_board(const struct board_options *options);

/* Takes one of the options above. False after a line on stderr. */
bool board_options_take(struct board_options *options, int option, const char *value);

#endif
