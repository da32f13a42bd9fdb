/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
/* Memory as the core sees it, registers of peripherals without side effects, and the flash as a programmer has it. */
#include "debug/gdb_internal.h"

#include <string.h>

#define FLASH 0x08000000u
#define FLASH_SIZE 0x00200000u
#define CHUNK (PACKET_MAX / 2u)

/* Table 7 of RM0399 2.3.2: two banks of eight sectors of 128 KB. All else may be written. */
const char gdb_memory_map[] =
    "<?xml version=\"1.0\"?><!DOCTYPE memory-map PUBLIC \"+//IDN gnu.org//DTD GDB Memory Map "
    "V1.0//EN\" "
    "\"http://sourceware.org/gdb/gdb-memory-map.dtd\"><memory-map>"
    "<memory type=\"ram\" start=\"0x00000000\" length=\"0x08000000\"/>"
    "<memory type=\"flash\" start=\"0x08000000\" length=\"0x00200000\">"
    "<property name=\"blocksize\">0x20000</property></memory>"
    "<memory type=\"ram\" start=\"0x08200000\" length=\"0xf7e00000\"/></memory-map>";

void gdb_read_memory(struct gdb *g, const char *rest)
{
    uint32_t address;
    uint32_t size;
    uint8_t bytes[CHUNK];
    if (gdb_is_dead(g)) {
        return;
    }
    if (!gdb_number(&rest, &address, ',') || !gdb_number(&rest, &size, '\0')) {
        gdb_reply(g, "E01");
        return;
    }
    size = size < CHUNK - 8 ? size : CHUNK - 8;
    uint32_t good = 0;
    struct cpu *cpu = target_cpu(g->target, g->core);
    if (cpu_read_mem(cpu, address, bytes, size)) {
        good = size;
    } else { /* as much as there is */
        while (good < size && cpu_read_mem(cpu, address + good, &bytes[good], 1)) {
            good++;
        }
    }
    if (good == 0 && size != 0) {
        gdb_reply(g, "E01");
        return;
    }
    packet_begin(&g->out);
    packet_hex(&g->out, bytes, good);
    gdb_send(g);
}

static bool is_flash(uint32_t address, uint32_t size)
{
    return address - FLASH < FLASH_SIZE || FLASH - address < size;
}

static void write_bytes(struct gdb *g, uint32_t address, const void *bytes, uint32_t size)
{
    if (size != 0 && is_flash(address, size)) {
        gdb_refuse(g, "flash is written with `load' or `restore', which erase it first");
    } else {
        const bool good = size == 0 || hands_write_memory(g->hands, g->core, address, bytes, size);
        gdb_reply(g, good ? "OK" : "E01");
    }
}

void gdb_write_memory(struct gdb *g, const char *rest)
{
    uint32_t address;
    uint32_t size;
    uint8_t bytes[CHUNK];
    if (gdb_is_dead(g)) {
        return;
    }
    if (gdb_number(&rest, &address, ',') && gdb_number(&rest, &size, ':') && size <= sizeof bytes &&
        strlen(rest) == 2 * (size_t)size && packet_unhex(rest, bytes, size)) {
        write_bytes(g, address, bytes, size);
    } else {
        gdb_reply(g, "E01");
    }
}

/* Bytes of the packet from `from` on. */
static size_t left_of(const struct gdb *g, const char *from)
{
    return (size_t)(g->in.data + g->in.length - from);
}

void gdb_write_binary(struct gdb *g, const char *rest)
{
    uint32_t address;
    uint32_t size;
    if (gdb_is_dead(g)) {
        return;
    }
    if (gdb_number(&rest, &address, ',') && gdb_number(&rest, &size, ':') &&
        left_of(g, rest) == size) {
        write_bytes(g, address, rest, size);
    } else {
        gdb_reply(g, "E01");
    }
}

/* ---- flash ---- */

void gdb_flash_erase(struct gdb *g, const char *rest)
{
    uint32_t address;
    uint32_t size;
    if (gdb_is_dead(g)) {
        return;
    }
    const bool good = gdb_number(&rest, &address, ',') && gdb_number(&rest, &size, '\0') &&
                      hands_erase(g->hands, address, size);
    gdb_reply(g, good ? "OK" : "E.memtype");
}

void gdb_flash_write(struct gdb *g, const char *rest)
{
    uint32_t address;
    if (gdb_is_dead(g)) {
        return;
    }
    const bool good = gdb_number(&rest, &address, ':') &&
                      hands_program(g->hands, address, rest, (uint32_t)left_of(g, rest));
    gdb_reply(g, good ? "OK" : "E.memtype");
}

void gdb_flash_done(struct gdb *g, const char *rest)
{
    (void)rest;
    gdb_reply(g, "OK");
}
