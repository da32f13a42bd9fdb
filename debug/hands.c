/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
#include "debug/hands.h"

#include "debug/packet.h"
#include "vboard/can/frame.h"
#include "vboard/periph/flash/flash.h"

#include <stdlib.h>
#include <string.h>

#define FLASH_END (FLASH_BASE_ADDRESS + 2 * FLASH_BANK_SIZE)

void hands_set_register(struct hands *h, enum core core, enum cpu_reg reg, uint32_t value)
{
    history_do(h->history,
               &(struct deed){
                   .kind = DEED_REGISTER, .core = core, .address = (uint32_t)reg, .value = value});
    if (reg == CPU_PC) {
        h->history->target.core[core].moved = true;
    }
}

static void do_bytes(struct hands *h, enum deed_kind kind, enum core core, uint32_t address,
                     const void *bytes, uint32_t size)
{
    history_do(h->history, &(struct deed){.kind = kind,
                                          .core = core,
                                          .address = address,
                                          .bytes = (uint8_t *)(uintptr_t)bytes,
                                          .size = size});
}

bool hands_write_memory(struct hands *h, enum core core, uint32_t address, const void *bytes,
                        uint32_t size)
{
    uint8_t old;
    struct cpu *cpu = target_cpu(&h->history->target, core);
    for (uint32_t i = 0; i < size; i++) {
        if (!cpu_read_mem(cpu, address + i, &old, 1)) {
            return false;
        }
    }
    do_bytes(h, DEED_MEMORY, core, address, bytes, size);
    return true;
}

static bool is_in_flash(uint32_t address, uint32_t size)
{
    return address >= FLASH_BASE_ADDRESS && address < FLASH_END && size <= FLASH_END - address;
}

bool hands_erase(struct hands *h, uint32_t address, uint32_t size)
{
    if (!is_in_flash(address, size) || (address | size) % FLASH_SECTOR_SIZE != 0) {
        return false;
    }
    uint8_t *blank = malloc(size);
    if (blank == NULL) {
        return false;
    }
    memset(blank, 0xFF, size);
    do_bytes(h, DEED_FLASH, CORE_CM7, address, blank, size);
    free(blank);
    return true;
}

bool hands_program(struct hands *h, uint32_t address, const void *bytes, uint32_t size)
{
    if (!is_in_flash(address, size)) {
        return false;
    }
    do_bytes(h, DEED_FLASH, CORE_CM7, address, bytes, size);
    return true;
}

bool hands_act(struct hands *h, const char *words, char *text, size_t size)
{
    struct scenario_step step = {0};
    struct history *y = h->history;
    if (!scenario_parse_action(words, &step)) {
        return false;
    }
    const struct deed d = {.kind = DEED_ACT, .step = step};
    history_keep(y, &d);
    (void)y->inner.ops->act(y->inner.self, &step, text, size);
    return true;
}

/* ---- CAN ---- */

static bool parse_data(const char *digits, struct bus_frame *f)
{
    const size_t length = strlen(digits);
    f->dlc = can_length_dlc((unsigned)(length / 2));
    return length % 2 == 0 && length / 2 <= (f->fd ? 64u : 8u) &&
           can_dlc_length(f->dlc, f->fd) == length / 2 && packet_unhex(digits, f->data, length / 2);
}

static bool parse_frame(const char *text, struct bus_frame *f)
{
    char *end;
    const size_t digits = strcspn(text, "#");
    *f = (struct bus_frame){.id = (uint32_t)strtoul(text, &end, 16), .extended = digits == 8};
    if (*end != '#' || end != text + digits || (digits != 3 && digits != 8) ||
        f->id > (f->extended ? 0x1FFFFFFFu : 0x7FFu)) {
        return false;
    }
    if (end[1] == 'R' && end[2] == '\0') {
        f->remote = true;
        return true;
    }
    if (end[1] == '#' && end[2] >= '0' && end[2] <= '3') {
        f->fd = true;
        f->brs = (end[2] & 1) != 0;
        f->esi = (end[2] & 2) != 0;
        return parse_data(end + 3, f);
    }
    return parse_data(end + 1, f);
}

bool hands_send_can(struct hands *h, const char *frame)
{
    struct deed d = {.kind = DEED_CAN};
    if (!parse_frame(frame, &d.frame)) {
        return false;
    }
    history_do(h->history, &d);
    return true;
}
