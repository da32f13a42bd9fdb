/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
/*
 * `candial doctor`: from the cable to the chip, what is there, and what to do about the first thing that is not.
 * Everything is looked up where the kernel shows it, under CANDIAL_ROOT if that is set (tests); the chip is asked
 * by OpenOCD.
 */
#define _XOPEN_SOURCE 700
#include "cli/command.h"

#include <dirent.h>
#include <getopt.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#define PATH_SIZE 1024
#define SAID_SIZE 8192
#define NAME_SIZE 256

static const char help_text[] = "usage: candial doctor\n\n"
                                "Looks at cable, ST-LINK, permissions, tools, the board's supply "
                                "and BOOT0, and says what to do next.\n"
                                "The chip is halted for a moment: the needle parks.\n\n"
                                "Exit status: 0 ready to flash, 1 something is missing.\n";

/* ST-LINKs by product (vendor 0483, STMicroelectronics). */
static const struct {
    const char *product, *name;
} st_links[] = {
    {"3748", "ST-LINK/V2"}, {"374b", "ST-LINK/V2-1"}, {"374d", "STLINK-V3, in its loader"},
    {"374e", "STLINK-V3E"}, {"374f", "STLINK-V3"},    {"3752", "ST-LINK/V2-1"},
    {"3753", "STLINK-V3"},  {"3754", "STLINK-V3"},
};
#define ST_LINK_COUNT (sizeof st_links / sizeof *st_links)

struct patient {
    const char *root;
    char device[NAME_SIZE]; /* "1-2", in /sys/bus/usb/devices */
    const char *name;
    char openocd[PATH_SIZE], programmer[PATH_SIZE];
    bool healthy;
};

static void good(const char *what, const char *detail)
{
    printf("good  %-12s %s\n", what, detail);
}

static void bad(struct patient *p, const char *what, const char *detail, const char *remedy)
{
    printf("bad   %-12s %s\n      %-12s %s\n", what, detail, "", remedy);
    p->healthy = false;
}

/* ---- cable and ST-LINK ---- */

static void read_word(const struct patient *p, const char *device, const char *file, char word[32])
{
    char path[PATH_SIZE];
    snprintf(path, sizeof path, "%s/sys/bus/usb/devices/%s/%s", p->root, device, file);
    FILE *in = fopen(path, "r");
    word[0] = '\0';
    if (in != NULL) {
        if (fscanf(in, "%31s", word) != 1) {
            word[0] = '\0';
        }
        fclose(in);
    }
}

static const char *st_link_name(const struct patient *p, const char *device)
{
    char vendor[32];
    char product[32];
    read_word(p, device, "idVendor", vendor);
    read_word(p, device, "idProduct", product);
    for (size_t i = 0; i < ST_LINK_COUNT && strcmp(vendor, "0483") == 0; i++) {
        if (strcmp(product, st_links[i].product) == 0) {
            return st_links[i].name;
        }
    }
    return NULL;
}

static bool find_st_link(struct patient *p)
{
    char path[PATH_SIZE];
    snprintf(path, sizeof path, "%s/sys/bus/usb/devices", p->root);
    DIR *devices = opendir(path);
    const struct dirent *entry;
    while (devices != NULL && p->name == NULL && (entry = readdir(devices)) != NULL) {
        p->name = st_link_name(p, entry->d_name);
        snprintf(p->device, sizeof p->device, "%s", entry->d_name);
    }
    if (devices != NULL) {
        closedir(devices);
    }
    return p->name != NULL;
}

static void look_at_cable(struct patient *p)
{
    if (find_st_link(p)) {
        good("ST-LINK", p->name);
    } else {
        bad(p, "ST-LINK", "none is seen on USB",
            "put the cable into CN1, and take one that carries data: many carry power only");
    }
}

static void look_at_permission(struct patient *p)
{
    char bus[32];
    char number[32];
    char path[PATH_SIZE];
    if (p->name == NULL) {
        return;
    }
    read_word(p, p->device, "busnum", bus);
    read_word(p, p->device, "devnum", number);
    snprintf(path, sizeof path, "%s/dev/bus/usb/%03d/%03d", p->root, atoi(bus), atoi(number));
    if (access(path, R_OK | W_OK) == 0) {
        good("permission", path);
    } else {
        bad(p, "permission", path,
            "sudo cp scripts/70-candial-stlink.rules /etc/udev/rules.d && sudo udevadm control "
            "--reload; plug it in again");
    }
}

/* ---- tools ---- */

static bool find_tool(const char *name, char path[PATH_SIZE])
{
    const char *list = getenv("PATH");
    while (list != NULL && *list != '\0') {
        const size_t length = strcspn(list, ":");
        snprintf(path, PATH_SIZE, "%.*s/%s", (int)(length < 512 ? length : 512), list, name);
        if (access(path, X_OK) == 0) {
            return true;
        }
        list += length + (list[length] == ':');
    }
    path[0] = '\0';
    return false;
}

static void look_at_tools(struct patient *p)
{
    char debugger[PATH_SIZE];
    const bool openocd = find_tool("openocd", p->openocd);
    const bool programmer = find_tool("STM32_Programmer_CLI", p->programmer);
    if (openocd || programmer) {
        good("programmer", openocd ? p->openocd : p->programmer);
    } else {
        bad(p, "programmer", "neither openocd nor STM32_Programmer_CLI",
            "sudo apt-get install openocd");
    }
    if (find_tool("gdb-multiarch", debugger)) {
        good("debugger", debugger);
    } else {
        printf("note  %-12s no gdb-multiarch: sudo apt-get install gdb-multiarch, if you want to "
               "debug\n",
               "debugger");
    }
}

/* ---- the chip ---- */

/* What OpenOCD says to a look at the CM7. False: it could not be run. */
static bool ask_chip(const struct patient *p, char said[SAID_SIZE])
{
    char command[PATH_SIZE + 200];
    snprintf(command, sizeof command,
             "'%s' -f board/st_nucleo_h745zi.cfg -c 'gdb_port disabled' -c 'tcl_port disabled' "
             "-c 'telnet_port disabled' -c init -c halt -c 'echo \"at [get_reg pc]\"' -c resume "
             "-c shutdown 2>&1 </dev/null",
             p->openocd);
    FILE *from = popen(command, "r");
    if (from == NULL) {
        return false;
    }
    const size_t length = fread(said, 1, SAID_SIZE - 1, from);
    said[length] = '\0';
    while (fgetc(from) != EOF) { /* or it could not end */
    }
    (void)pclose(from);
    return true;
}

static void look_at_voltage(struct patient *p, const char *said)
{
    const char *text = strstr(said, "Target voltage: ");
    char detail[64];
    if (text == NULL) {
        return;
    }
    const double volts = strtod(text + strlen("Target voltage: "), NULL);
    snprintf(detail, sizeof detail, "VDD %.2f V", volts);
    if (volts > 3.0 && volts < 3.6) {
        good("supply", detail);
    } else {
        bad(p, "supply", detail, "3.3 V it should be: JP2 on 1-2, JP4 on, nothing else connected");
    }
}

#define ROM_FIRST 0x1FF00000ul
#define ROM_LAST 0x1FF1FFFFul

static void look_at_start(struct patient *p, const char *said)
{
    const char *text = strstr(said, "at pc ");
    const unsigned long pc = text == NULL ? 0 : strtoul(text + strlen("at pc "), NULL, 16);
    char detail[64];
    snprintf(detail, sizeof detail, "the CM7 is at 0x%08lX", pc);
    if (pc >= ROM_FIRST && pc <= ROM_LAST) {
        bad(p, "BOOT0", "the boot ROM runs",
            "take the wire from CN11-7 (BOOT0), and power off and on");
    } else {
        good("chip", detail);
    }
}

static void look_at_chip(struct patient *p)
{
    static char said[SAID_SIZE];
    if (p->name == NULL || p->openocd[0] == '\0' || !p->healthy) {
        return; /* there is nothing to ask, or nobody */
    }
    if (!ask_chip(p, said)) {
        bad(p, "chip", "openocd could not be started", "try it by hand: openocd --version");
        return;
    }
    look_at_voltage(p, said);
    if (strstr(said, "at pc ") != NULL) {
        look_at_start(p, said);
    } else if (strstr(said, "LIBUSB_ERROR_ACCESS") != NULL) {
        bad(p, "chip", "openocd may not use the ST-LINK", "see scripts/70-candial-stlink.rules");
    } else {
        bad(p, "chip", "it does not answer: its core's supply may be gone",
            "`candial recover` tells the way back (docs/recover.md)");
    }
}

int command_doctor(int argc, char **argv)
{
    static const struct option options[] = {{"help", no_argument, NULL, 'h'}, {NULL, 0, NULL, 0}};
    struct patient p = {.root = getenv("CANDIAL_ROOT"), .healthy = true};
    opterr = 0;
    optind = 1;
    for (int option; (option = getopt_long(argc, argv, ":h", options, NULL)) != -1;) {
        if (option == 'h') {
            fputs(help_text, stdout);
            return EXIT_GOOD;
        }
        return usage_unknown_option("doctor", argv[optind - 1],
                                    (const char *const[]){help_text, NULL});
    }
    if (optind < argc) {
        return usage_error("unexpected `%s': candial doctor takes no arguments", argv[optind]);
    }
    p.root = p.root == NULL ? "" : p.root;
    look_at_cable(&p);
    look_at_permission(&p);
    look_at_tools(&p);
    look_at_chip(&p);
    puts(p.healthy ? "next: ./flash" : "next: mend the first that is bad, then ask again");
    return p.healthy ? EXIT_GOOD : EXIT_NO;
}
