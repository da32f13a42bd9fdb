/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
/* The way back through the boot ROM: by stm32flash, or by the small client of our own. */
#include "link/rom_tool.h"
#include "cli/demo_script.h"

#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

/* How long to leave the board alone while the tool thinks. */
#define IDLE_MS 2

#define TOOL "stm32flash"

/*
 * The board's time goes on while there is something to do: a byte on its way, flash at work. While
 * the ROM only waits for the PC, so does the board.
 */
static void meanwhile(void *context)
{
    struct demo_script *script = context;
    const struct bench_model *model = &script->bench.model;
    bool moved = rom_uart_pump(&script->uart, model);
    if (moved || !model->ops->rom_waits(model->self)) {
        demo_run(script, PS_PER_MS);
    } else {
        rom_uart_wait(&script->uart, IDLE_MS);
    }
}

/* Runs the tool with `arguments` (NULL-terminated, without its name and the line's settings). */
static bool tool(struct demo_script *script, const char *const *arguments)
{
    char *all[16] = {TOOL, "-m", "8n1", "-b", "115200"};
    char shown[256];
    char last[128];
    size_t count = 5;
    int length = snprintf(shown, sizeof shown, "$ %s -m 8n1 -b 115200", TOOL);
    for (; *arguments != NULL; arguments++) {
        all[count++] = (char *)*arguments;
        length += snprintf(shown + length, sizeof shown - (size_t)length, " %s", *arguments);
    }
    all[count++] = script->uart.pty.name;
    all[count] = NULL;
    demo_tell("%s %s", shown, script->uart.pty.name);
    int status = rom_tool_run(all, meanwhile, script, last, sizeof last);
    demo_tell("  %s", last);
    return status == 0;
}

static bool tool_write(struct demo_script *script, const struct image *image)
{
    char path[] = "/tmp/candial-XXXXXX";
    char address[16];
    snprintf(address, sizeof address, "0x%08X", (unsigned)image_segment(image, 0)->address);
    bool good =
        rom_tool_write_bin(image, path) &&
        tool(script, (const char *const[]){"-e", "0", "-v", "-w", path, "-S", address, NULL});
    unlink(path);
    return good;
}

static bool rescue_by_tool(struct demo_script *script)
{
    return tool(script, (const char *const[]){"-o", NULL}) && tool_write(script, script->cm7) &&
           tool_write(script, script->cm4);
}

static bool client_write(struct demo_script *script, const struct image *image)
{
    unsigned address;
    size_t length;
    unsigned char *bytes = rom_tool_flatten(image, &address, &length);
    bool good = bytes != NULL && rom_client_write(&script->client, address, bytes, length);
    if (good) {
        demo_tell("%zu bytes at 0x%08X written and verified", length, address);
    }
    free(bytes);
    return good;
}

static bool rescue_by_client(struct demo_script *script)
{
    uint8_t version;
    bool good = rom_client_connect(&script->client, &version);
    if (good) {
        demo_tell("boot ROM version 0x%02X answers; mass erase", version);
        good = rom_client_mass_erase(&script->client) && client_write(script, script->cm7) &&
               client_write(script, script->cm4);
    }
    if (!good) {
        demo_tell("%s", script->client.error);
    }
    return good;
}

bool demo_rescue(struct demo_script *script)
{
    return script->uses_client ? rescue_by_client(script) : rescue_by_tool(script);
}
