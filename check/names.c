/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
#include "check/names.h"

#include "check/judge.h"
#include "check/places.h"
#include "vboard/chip/fields.h"
#include "vboard/chips/stm32h755.h"

#include <stdio.h>
#include <string.h>

bool check_is_unmodelled(uint32_t address)
{
    const struct chip_entry *e = chip_entry_at(stm32h755_entries, address);
    return e != NULL && e->model == NULL;
}

uint32_t check_peripheral(uint32_t address)
{
    if (external_is(address)) {
        return address - EXTERNAL_QUADSPI < 0x10000000u ? QUADSPI : FMC;
    }
    const struct chip_entry *e = chip_entry_at(stm32h755_entries, address);
    return e != NULL ? e->base : address;
}

void check_register(uint32_t address, char *text, size_t size)
{
    static const struct {
        uint32_t address;
        const char *name;
    } own[] = {
        {0xE0001004, "DWT_CYCCNT"}, {0xE000E010, "SysTick_CTRL"}, {0xE000E018, "SysTick_VAL"}};
    for (size_t i = 0; i < sizeof own / sizeof *own; i++) {
        if (own[i].address == address) {
            snprintf(text, size, "%s", own[i].name);
            return;
        }
    }
    if (!chip_register_name(stm32h755_entries, address, text, size)) {
        snprintf(text, size, "0x%08X", (unsigned)address);
    }
}

void check_fields(uint32_t address, uint32_t mask, char *text, size_t size)
{
    const struct chip_entry *e = chip_entry_at(stm32h755_entries, address);
    check_register(address, text, size);
    size_t length = strlen(text);
    if (e != NULL && e->model != NULL && length + 1 < size) {
        text[length] = '.';
        fields_text(e->model, (address - e->base) & ~3u, mask, ", .", text + length + 1,
                    size - length - 1);
    }
}

static const struct reg *reg_at(uint32_t address)
{
    const struct chip_entry *e = chip_entry_at(stm32h755_entries, address);
    return e != NULL && e->model != NULL ? model_reg_at(e->model, (address - e->base) & ~3u, NULL)
                                         : NULL;
}

uint32_t check_left_out(uint32_t address)
{
    const struct reg *r = reg_at(address);
    return r != NULL ? r->unmodelled : 0;
}

uint32_t check_plain_bits(uint32_t address)
{
    /* RCC_RSR and the enables: each core has its own there (RM0399 9.5.10, 9.7.38). */
    const bool banked = address - (RCC + 0xD0u) < 0x50u;
    const struct reg *r = banked ? NULL : reg_at(address);
    return r != NULL ? r->rw : 0;
}

void check_peripheral_name(uint32_t base, char *text, size_t size)
{
    const struct chip_entry *e = chip_entry_at(stm32h755_entries, base);
    if (e != NULL) {
        snprintf(text, size, "%s", e->name);
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

const char *check_source_line(const struct check_config *config, enum core core, uint32_t pc,
                              int *line)
{
    const char *function;
    uint32_t offset;
    struct image *image = image_of(config, core, pc, &function, &offset);
    return image == NULL ? NULL : image_line_path(image, pc, line);
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
                                        [CHECK_CM4_STUB] = "with-partner",
                                        [CHECK_STIMULATED] = "stimulated"};
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
                                        [CHECK_CM4_FIRST] = "power-on-cm4-first",
                                        [CHECK_CM7_FIRST] = "power-on-cm7-first"};
    return names[start];
}
