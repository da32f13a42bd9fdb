/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
#include "cli/recover_run.h"

#include "cli/command.h"
#include "host/files.h"
#include "link/rom_tool.h"
#include "formats/image/image.h"

#include <stdbool.h>
#include <stdio.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#define ARGUMENTS_MAX 16

/* The tool talks to the terminal itself. */
static bool run(const char *const *arguments)
{
    int status = 0;
    fputs("$", stdout);
    for (const char *const *a = arguments; *a != NULL; a++) {
        printf(strpbrk(*a, " ;") == NULL ? " %s" : " \"%s\"", *a);
    }
    putchar('\n');
    fflush(stdout);
    pid_t child = fork();
    if (child == 0) {
        execvp(arguments[0], (char *const *)arguments);
        fprintf(stderr, "candial: %s is not installed: install it, or use another tool\n",
                arguments[0]);
        _exit(127);
    }
    return child > 0 && waitpid(child, &status, 0) == child && WIFEXITED(status) &&
           WEXITSTATUS(status) == 0;
}

static int by_openocd(const char *hex)
{
    char program[FILES_PATH_MAX + 32];
    snprintf(program, sizeof program, "program %s verify; shutdown", hex);
    const char *const arguments[] = {"openocd",
                                     "-f",
                                     "board/st_nucleo_h745zi.cfg",
                                     "-c",
                                     "init; reset halt",
                                     "-c",
                                     "flash erase_sector 0 0 last; flash erase_sector 1 0 last",
                                     "-c",
                                     program,
                                     NULL};
    return run(arguments) ? EXIT_GOOD : EXIT_NO;
}

static int by_cube(const char *hex)
{
    static const char *const erase[] = {
        "STM32_Programmer_CLI", "-c", "port=SWD", "mode=UR", "-e", "all", NULL};
    const char *const write[] = {
        "STM32_Programmer_CLI", "-c", "port=SWD", "mode=UR", "-w", hex, "-v", NULL};
    return run(erase) && run(write) ? EXIT_GOOD : EXIT_NO;
}

static bool write_by_uart(const char *elf, const char *address, const char *port)
{
    char bin[] = "/tmp/candial-XXXXXX";
    char error[FILES_PATH_MAX + 128];
    struct image *image = image_load(elf, error, sizeof error);
    if (image == NULL) {
        (void)usage_error("%s", error);
        return false;
    }
    const char *const arguments[] = {"stm32flash", "-b", "115200", "-e",    "0",  "-v",
                                     "-w",         bin,  "-S",     address, port, NULL};
    bool good = rom_tool_write_bin(image, bin) && run(arguments);
    unlink(bin);
    image_free(image);
    return good;
}

static int by_stm32flash(const char *cm7, const char *cm4, const char *port)
{
    const char *const erase[] = {"stm32flash", "-b", "115200", "-o", port, NULL};
    bool good = run(erase) && write_by_uart(cm7, "0x08000000", port) &&
                write_by_uart(cm4, "0x08100000", port);
    return good ? EXIT_GOOD : EXIT_NO;
}

int recover_run(const char *tool, const char *port)
{
    char hex[FILES_PATH_MAX];
    char cm7[FILES_PATH_MAX];
    char cm4[FILES_PATH_MAX];
    if (!files_find_firmware("candial.hex", hex, sizeof hex) ||
        !files_find_firmware("candial_cm7.elf", cm7, sizeof cm7) ||
        !files_find_firmware("candial_cm4.elf", cm4, sizeof cm4)) {
        return usage_error(
            "build/firmware/candial.hex is not there: build the firmware with ./run");
    }
    int status;
    if (strcmp(tool, "openocd") == 0) {
        status = by_openocd(hex);
    } else if (strcmp(tool, "cube") == 0) {
        status = by_cube(hex);
    } else if (strcmp(tool, "stm32flash") == 0) {
        status = by_stm32flash(cm7, cm4, port);
    } else {
        return usage_error("--run %s is not known: use openocd, cube or stm32flash", tool);
    }
    puts(status == EXIT_GOOD
             ? "good: written. Now step 5: unplug USB, take the wire away, plug in again."
             : "not good: the tool failed. Is the red LED lit (steps 1 to 3)? Try another tool.");
    return status;
}
