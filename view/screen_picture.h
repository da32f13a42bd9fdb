/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
/* `--screen FILE`: what the board's display shows, as a picture. */
#ifndef VIEW_SCREEN_PICTURE_H
#define VIEW_SCREEN_PICTURE_H

#include "bench/picture.h"

#include <stdbool.h>

/* Writes a PNG, a pixel for a pixel. False if the file cannot be written. */
bool screen_picture_write(const char *path, const struct bench_picture *picture)
    __attribute__((warn_unused_result));

#endif
