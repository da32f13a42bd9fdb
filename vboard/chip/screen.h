/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
#ifndef VBOARD_CHIP_SCREEN_H
#define VBOARD_CHIP_SCREEN_H

/*
 * What a display shows, for whoever looks from outside the chip. It is made when it is asked for, from registers and
 * memory as they are then, and changes neither.
 */
#include <stdbool.h>
#include <stdint.h>

struct chip_screen {
    /* Its width and height; false: nothing is shown. NULL: there is no model that shows anything. */
    bool (*size)(void *ctx, unsigned *width, unsigned *height);
    /* Its pixels, 0xRRGGBB each, line by line from the upper left. */
    void (*draw)(void *ctx, uint32_t *pixels);
    void *ctx;
};

#endif
