/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
/* Names: of registers, functions, histories and starts. */
#include "check/judge.h"

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

bool check_unmodelled_name(uint32_t address, char *text, size_t size)
{
    for (const struct chip_unmodelled *b = stm32h755_unmodelled; b->name != NULL; b++) {
        if (address - b->base < b->size) {
            snprintf(text, size, "%s+0x%02X", b->name, (unsigned)(address - b->base));
            return true;
        }
    }
    return false;
}

void check_register(uint32_t address, char *text, size_t size)
{
    for (const struct chip_entry *e = stm32h755_entries; e->name != NULL; e++) {
        if (address - e->base < e->model->span &&
            name_in(e, (address - e->base) & ~3u, text, size)) {
            return;
        }
    }
    if (!check_unmodelled_name(address, text, size)) {
        snprintf(text, size, "0x%08X", (unsigned)address);
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
