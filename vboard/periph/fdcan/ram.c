/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
/*
 * The message RAM (RM0399 59.4.2): 10 KB shared by both modules, addressed in words; no reset clears it.
 * After power-on it holds anything: here noise that depends on the chip's seed alone.
 */
#include "vboard/periph/fdcan/internal.h"

#include <stdlib.h>

unsigned fdcan_element_bytes(uint32_t code)
{
    static const uint8_t bytes[] = {8, 12, 16, 20, 24, 32, 48, 64};

    return bytes[code & 7u];
}

/* The hardware does not check the layout (59.4.2): here it is said once for each instance. */
static bool inside(struct fdcan *f, uint32_t offset)
{
    if (offset + 4 <= FDCAN_RAM_SIZE) {
        return true;
    }
    if (f->complained == NULL) {
        f->complained = "layout";
        chip_report(f->base.chip, FOUND_FDCAN_RAM_BEYOND, FDCAN_RAM_BASE + offset,
                    &(struct finding_data){.subject = f->instance, .have = offset / 4});
    }
    return false;
}

uint32_t fdcan_ram_read(struct fdcan *f, uint32_t offset)
{
    if (!inside(f, offset)) {
        return 0;
    }
    const uint8_t *at = f->ram + offset;
    return (uint32_t)at[0] | (uint32_t)at[1] << 8 | (uint32_t)at[2] << 16 | (uint32_t)at[3] << 24;
}

void fdcan_ram_write(struct fdcan *f, uint32_t offset, uint32_t value)
{
    if (!inside(f, offset)) {
        return;
    }
    for (unsigned i = 0; i < 4; i++) {
        f->ram[offset + i] = (uint8_t)(value >> (8 * i));
    }
}

void fdcan_ram_power_on(struct fdcan *f)
{
    uint64_t noise = f->base.chip->params.seed ^ FDCAN_RAM_BASE;

    if (!f->owns_ram) {
        return;
    }
    for (unsigned i = 0; i < FDCAN_RAM_SIZE; i++) {
        noise = noise * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
        f->ram[i] = (uint8_t)(noise >> 56);
    }
}

int fdcan_ram_init(struct fdcan *f)
{
    struct mem_region region = {.name = "SRAMCAN",
                                .base = FDCAN_RAM_BASE,
                                .size = FDCAN_RAM_SIZE,
                                .writable = true,
                                .masters = 3,
                                .gate = f->base.gate};

    f->ram = calloc(1, FDCAN_RAM_SIZE);
    if (f->ram == NULL) {
        return -1;
    }
    f->owns_ram = true;
    region.host = f->ram;
    return chip_add_region(f->base.chip, &region);
}
