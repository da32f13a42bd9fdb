/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
#include "cli/run_options.h"

#include "cli/command.h"
#include "host/parse.h"
#include "link/uart_file.h"

#include <stdio.h>
#include <string.h>

static const char help[] =
    "usage: candial run [OPTIONS]\n\n"
    "Runs the firmware on the virtual board, plays a recorded log to it, and shows the dial. Of "
    "firmware\n"
    "that is not candial's (--cm7, --cm4: ELF, Intel HEX, or a raw binary as FILE@0x08000000) it "
    "shows\n"
    "cores, LEDs, pins, UART and CAN, and whether a core died (docs/run.md).\n\n"
    "  --log FILE        CAN log (candump, PCAN .trc, ASC, SavvyCAN CSV); begins at 1 s\n"
    "  --channel NAME    only this bus of a log that holds several: can0, 1, as the log names it\n"
    "                    (default: a virtual car drives for 10 minutes)\n"
    "  --profile FILE    the car, a YAML file or a name of `candial profile list`\n"
    "                    (default: Ford Mustang S550)\n"
    "  --for DUR         stop after this much of the board's time (10s, 500ms, 2min)\n"
    "  --speed X|max     board seconds a second; default 1\n"
    "  --json FILE       one line a servo period (- is standard output)\n"
    "  --plot FILE.png   value, needle, shaft and state over time\n"
    "  --dial FILE.png   a picture of the dial at the end\n"
    "  --screen FILE.png what the display on the LTDC shows at the end\n"
    "  --pins FILE       a line for each level change of each pin: time_s,pin,level\n"
    "  --uart pty[:PATH] the console as a pseudo-terminal, for a terminal program and `candial\n"
    "                    profile send`; the run goes on until --for or ^C\n"
    "  --uart file:PATH  records what the console says; - is standard output\n"
    "  --gdb PORT[,PORT] serves GDB: the CM7 there, the CM4 at the second or the next port\n"
    "                    (docs/debug.md)\n"
    "  --jtag PORT       the chip's JTAG pins for OpenOCD (openocd -f debug/openocd.cfg)\n"
    "  --trace FILE      functions of both cores, entered and left, for Perfetto "
    "(ui.perfetto.dev)\n"
    "  --profile-cpu FILE  instructions by stack of calls, for flamegraph.pl or speedscope\n"
    "  --coverage FILE   source lines that were executed, as lcov has them\n"
    "  --swo FILE        what the cores write to the ITM's stimulus ports\n"
    "  --vcd FILE        pins, LEDs, frames, value and needle over time, for GTKWave or PulseView\n"
    "  --record FILE     the frames on the bus, as candump -l writes them\n"
    "  --eth FILE        the packets on the Ethernet cable, both ways, as pcap (Wireshark, "
    "tcpdump)\n"
    "  --can slcan:PATH  a real bus, through an adapter, instead of log or car; also socketcan:IF\n"
    "  --can-out slcan:pty  the virtual bus as an adapter, for python-can, slcand, SavvyCAN "
    "(slcan:pty:PATH)\n"
    "  --web [PORT]      shows the run in a browser: http://localhost:8033/?live\n"
    "  --listen ADDRESS  with --web: other computers may connect, with the token that is printed\n"
    "  --scenario FILE   what hands do to the board: power, NRST, BOOT0 ... (docs/scenario.md)\n"
    "  --flash FILE      the flash survives there; made if it is not there yet. Once it is, it "
    "decides\n"
    "                    what runs, but for what --cm7, --cm4 and --profile put into it\n\n";

enum run_option {
    OPTION_PROFILE = OPTION_BOARD_END,
    OPTION_LOG,
    OPTION_CHANNEL,
    OPTION_FOR,
    OPTION_SPEED,
    OPTION_JSON,
    OPTION_PLOT,
    OPTION_DIAL,
    OPTION_SCREEN,
    OPTION_SCENARIO,
    OPTION_FLASH,
    OPTION_UART,
    OPTION_PINS,
    OPTION_GDB,
    OPTION_JTAG,
    OPTION_TRACE,
    OPTION_PROFILE_CPU,
    OPTION_COVERAGE,
    OPTION_SWO,
    OPTION_WEB,
    OPTION_LISTEN,
    OPTION_VCD,
    OPTION_RECORD,
    OPTION_ETH,
    OPTION_CAN,
    OPTION_CAN_OUT,
    OPTION_HELP
};

static const struct option long_options[] = {
    BOARD_LONG_OPTIONS,
    {"profile", required_argument, NULL, OPTION_PROFILE},
    {"log", required_argument, NULL, OPTION_LOG},
    {"channel", required_argument, NULL, OPTION_CHANNEL},
    {"for", required_argument, NULL, OPTION_FOR},
    {"speed", required_argument, NULL, OPTION_SPEED},
    {"json", required_argument, NULL, OPTION_JSON},
    {"plot", required_argument, NULL, OPTION_PLOT},
    {"dial", required_argument, NULL, OPTION_DIAL},
    {"screen", required_argument, NULL, OPTION_SCREEN},
    {"can", required_argument, NULL, OPTION_CAN},
    {"can-out", required_argument, NULL, OPTION_CAN_OUT},
    {"record", required_argument, NULL, OPTION_RECORD},
    {"eth", required_argument, NULL, OPTION_ETH},
    {"vcd", required_argument, NULL, OPTION_VCD},
    {"web", optional_argument, NULL, OPTION_WEB},
    {"listen", required_argument, NULL, OPTION_LISTEN},
    {"scenario", required_argument, NULL, OPTION_SCENARIO},
    {"flash", required_argument, NULL, OPTION_FLASH},
    {"uart", required_argument, NULL, OPTION_UART},
    {"pins", required_argument, NULL, OPTION_PINS},
    {"trace", required_argument, NULL, OPTION_TRACE},
    {"profile-cpu", required_argument, NULL, OPTION_PROFILE_CPU},
    {"coverage", required_argument, NULL, OPTION_COVERAGE},
    {"swo", required_argument, NULL, OPTION_SWO},
    {"jtag", required_argument, NULL, OPTION_JTAG},
    {"gdb", required_argument, NULL, OPTION_GDB},
    {"help", no_argument, NULL, OPTION_HELP},
    {NULL, 0, NULL, 0},
};

static bool take_speed(struct run_options *options, const char *value)
{
    if (strcmp(value, "max") == 0) {
        options->bench.speed = BENCH_SPEED_MAX;
    } else if (!parse_positive(value, &options->bench.speed)) {
        usage_error("--speed %s is no speed: use a number above 0, or max", value);
        return false;
    }
    return true;
}

static bool take_for(struct run_options *options, const char *value)
{
    if (!parse_duration(value, &options->bench.for_ps) || options->bench.for_ps == 0) {
        usage_error("--for %s is no time: write it as 10s, 500ms or 2min", value);
        return false;
    }
    return true;
}

/* A pseudo-terminal and a recording may both be there. */
static bool take_uart(struct run_options *options, const char *value)
{
    if (uart_file_is_spec(value)) {
        options->uart_file = value;
    } else if (strcmp(value, "pty") == 0 || strncmp(value, "pty:", 4) == 0) {
        options->uart_pty = value;
    } else {
        usage_error("--uart %s is not known: use pty, pty:PATH, file:PATH or -", value);
        return false;
    }
    return true;
}

/* Two outputs in one stream would be of no use. */
static bool is_clear(const struct run_options *options)
{
    const struct recorder_options *r = &options->recorder;
    const char *const outputs[] = {
        options->json, options->pins, options->uart_file, r->trace,        r->profile,
        r->coverage,   r->swo,        options->vcd,       options->record, options->eth};
    int count = 0;
    for (size_t i = 0; i < sizeof outputs / sizeof *outputs; i++) {
        count += outputs[i] != NULL && strcmp(outputs[i], "-") == 0;
    }
    if (count > 1) {
        usage_error("standard output can be given away only once: name a file for the others");
    }
    if (options->gdb != NULL && options->jtag != NULL) {
        usage_error("--gdb and --jtag are two debuggers: leave out either");
        return false;
    }
    if (options->gdb != NULL && recorder_is_asked(r)) {
        usage_error("--gdb may go back in time, which no recording can: leave out either");
        return false;
    }
    return count <= 1;
}

static bool take_option(struct run_options *options, int option, const char *value)
{
    switch (option) {
    case OPTION_PROFILE:
        options->profile = value;
        return true;
    case OPTION_LOG:
        options->log = value;
        return true;
    case OPTION_CHANNEL:
        options->channel = value;
        return true;
    case OPTION_FOR:
        return take_for(options, value);
    case OPTION_SPEED:
        return take_speed(options, value);
    case OPTION_JSON:
        options->json = value;
        return true;
    case OPTION_UART:
        return take_uart(options, value);
    case OPTION_PINS:
        options->pins = value;
        return true;
    case OPTION_TRACE:
        options->recorder.trace = value;
        return true;
    case OPTION_PROFILE_CPU:
        options->recorder.profile = value;
        return true;
    case OPTION_COVERAGE:
        options->recorder.coverage = value;
        return true;
    case OPTION_SWO:
        options->recorder.swo = value;
        return true;
    case OPTION_JTAG:
        options->jtag = value;
        return true;
    case OPTION_GDB:
        options->gdb = value;
        return true;
    case OPTION_PLOT:
        options->plot = value;
        return true;
    case OPTION_DIAL:
        options->dial = value;
        return true;
    case OPTION_SCREEN:
        options->screen = value;
        return true;
    case OPTION_FLASH:
        options->flash = value;
        return true;
    case OPTION_SCENARIO:
        options->scenario = value;
        return true;
    case OPTION_WEB:
        options->web = true;
        options->web_port = value;
        return true;
    case OPTION_LISTEN:
        options->listen = value;
        return true;
    case OPTION_VCD:
        options->vcd = value;
        return true;
    case OPTION_RECORD:
        options->record = value;
        return true;
    case OPTION_ETH:
        options->eth = value;
        return true;
    case OPTION_CAN:
        options->can = value;
        return true;
    case OPTION_CAN_OUT:
        options->can_out = value;
        return true;
    default:
        return board_options_take(&options->board, option, value);
    }
}

int run_options_parse(int argc, char **argv, struct run_options *options)
{
    int option;
    *options = (struct run_options){.bench = {.speed = 1}};
    opterr = 0;
    optind = 1;
    while ((option = getopt_long(argc, argv, ":h", long_options, NULL)) != -1) {
        if (option == 'h' || option == OPTION_HELP) {
            printf("%s%s", help, board_options_help);
            return EXIT_GOOD;
        }
        if (option == ':') {
            return usage_error("%s needs a value: see `candial run --help`", argv[optind - 1]);
        }
        if (option == '?') {
            return usage_unknown_option("run", argv[optind - 1],
                                        (const char *const[]){help, board_options_help, NULL});
        }
        if (!take_option(options, option, optarg)) {
            return EXIT_USAGE;
        }
    }
    if (options->web && options->web_port == NULL && optind < argc) {
        options->web_port = argv[optind++]; /* as `candial web PORT` has it */
    }
    if (options->listen != NULL && !options->web) {
        return usage_error("--listen is where the page is served: add --web");
    }
    if (optind < argc) {
        return usage_error("unexpected `%s': a log is given with --log", argv[optind]);
    }
    if (options->channel != NULL && options->log == NULL) {
        return usage_error("--channel is one of a log's: give the log with --log FILE");
    }
    if (options->can != NULL && options->can_out != NULL) {
        return usage_error("--can and --can-out: the virtual bus has one way out: leave one out");
    }
    if (options->can != NULL && options->log != NULL) {
        return usage_error("--can and --log: one of them is on the bus: leave the other out");
    }
    return is_clear(options) ? -1 : EXIT_USAGE;
}
