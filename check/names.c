/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
#include "check/names.h"

#include "check/judge.h"
#include "vboard/chip/fields.h"
#include "vboard/chips/stm32h755.h"

#include <stdio.h>
#include <string.h>

/* RM0399's name, with the peripheral's before it as CMSIS and the manual write it. */
static bool name_in(const struct chip_entry *e, uint32_t offset, char *text, size_t size)
{
    for (unsigned slot = 0; slot < e->model->slot_count; slot++) {
        const struct reg *r = &e->model->regs[slot];
        unsigned count = r->count != 0 ? r->count : 1;
        for (unsigned i = 0; r->name != NULL && i < count; i++) {
            if (r->offset + i * r->stride != offset) {
                continue;
            }
            const char *hole = strstr(r->name, "%u");
            if (hole == NULL) {
                snprintf(text, size, "%s_%s", e->name, r->name);
            } else {
                snprintf(text, size, "%s_%.*s%u%s", e->name, (int)(hole - r->name), r->name,
                         r->first + i, hole + 2);
            }
            return true;
        }
    }
    return false;
}

static const struct chip_unmodelled *unmodelled_at(uint32_t address)
{
    for (const struct chip_unmodelled *u = stm32h755_unmodelled; u->name != NULL; u++) {
        if (address - u->base < u->size) {
            return u;
        }
    }
    return NULL;
}

static const struct chip_entry *entry_at(uint32_t address)
{
    for (const struct chip_entry *e = stm32h755_entries; e->name != NULL; e++) {
        if (address - e->base < e->model->span) {
            return e;
        }
    }
    return NULL;
}

bool check_is_unmodelled(uint32_t address)
{
    return unmodelled_at(address) != NULL;
}

uint32_t check_peripheral(uint32_t address)
{
    const struct chip_entry *e = entry_at(address);
    const struct chip_unmodelled *u = unmodelled_at(address);
    return e != NULL ? e->base : u != NULL ? u->base : address;
}

void check_register(uint32_t address, char *text, size_t size)
{
    const struct chip_entry *e = entry_at(address);
    const struct chip_unmodelled *u = unmodelled_at(address);
    if (e != NULL && name_in(e, (address - e->base) & ~3u, text, size)) {
        return;
    }
    if (u != NULL) {
        snprintf(text, size, "%s+0x%02X", u->name, (unsigned)(address - u->base));
    } else {
        snprintf(text, size, "0x%08X", (unsigned)address);
    }
}

void check_fields(uint32_t address, uint32_t mask, char *text, size_t size)
{
    const struct chip_entry *e = entry_at(address);
    check_register(address, text, size);
    size_t length = strlen(text);
    if (e != NULL && length + 1 < size) {
        text[length] = '.';
        fields_text(e->model, (address - e->base) & ~3u, mask, ", .", text + length + 1,
                    size - length - 1);
    }
}

uint32_t check_left_out(uint32_t address)
{
    const struct chip_entry *e = entry_at(address);
    const struct reg *r =
        e != NULL ? model_reg_at(e->model, (address - e->base) & ~3u, NULL) : NULL;
    return r != NULL ? r->unmodelled : 0;
}

void check_peripheral_name(uint32_t base, char *text, size_t size)
{
    const struct chip_entry *e = entry_at(base);
    const struct chip_unmodelled *u = unmodelled_at(base);
    if (e != NULL || u != NULL) {
        snprintf(text, size, "%s", e != NULL ? e->name : u->name);
    } else {
        snprintf(text, size, "0x%08X", (unsigned)base);
    }
}

/* The core's own image first; both may live in one. */
static struct image *image_of(const struct check_config *config, enum core core, uint32_t pc,
                              const char **function, uint32_t *offset)
{
    struct image *images[2] = {config->cm7, config->cm4};
    for (unsigned i = 0; i < 2; i++) {
        struct image *image = images[core == CORE_CM7 ? i : 1 - i];
        *function = image == NULL ? NULL : image_function(image, pc, offset);
        if (*function != NULL) {
            return image;
        }
    }
    return NULL;
}

const char *check_function(const struct check_config *config, enum core core, uint32_t pc)
{
    const char *function;
    uint32_t offset;
    image_of(config, core, pc, &function, &offset);
    return function;
}

void check_place(const struct check_config *config, enum core core, uint32_t pc, char *text,
                 size_t size)
{
    const char *function;
    uint32_t offset = 0;
    int line = 0;
    struct image *image = image_of(config, core, pc, &function, &offset);
    if (image == NULL) {
        snprintf(text, size, "0x%08X", (unsigned)pc);
        return;
    }
    const char *file = image_line(image, pc, &line);
    if (file == NULL) {
        snprintf(text, size, "%s+0x%X", function, (unsigned)offset);
    } else {
        snprintf(text, size, "%s+0x%X (%s:%d)", function, (unsigned)offset, file, line);
    }
}

const char *check_core_name(enum core core)
{
    return core == CORE_CM7 ? "CM7" : "CM4";
}

const char *check_history_name(enum check_history history)
{
    static const char *const names[] = {[CHECK_FRESH] = "fresh",
                                        [CHECK_AFTER_GOOD] = "after-good",
                                        [CHECK_AFTER_ROM] = "after-rom",
                                        [CHECK_CM4_STUB] = "with-partner"};
    return names[history];
}

const char *check_start_name(enum check_start start)
{
    static const char *const names[] = {[CHECK_FLASHED] = "flashed",
                                        [CHECK_POWER_ON] = "power-on",
                                        [CHECK_RESET] = "reset",
                                        [CHECK_EARLY_RESET] = "early-reset",
                                        [CHECK_WATCHDOG] = "watchdog-reset",
                                        [CHECK_SOFTWARE] = "software-reset",
                                        [CHECK_OTHER_RESET] = "other-reset",
                                        [CHECK_POWER_CYCLE] = "power-cycle",
                                        [CHECK_CM4_FIRST] = "power-on-cm4-first"};
    return names[start];
}
