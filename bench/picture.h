/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
/* What the board's display shows, from the chip's display controller. */
#ifndef BENCH_PICTURE_H
#define BENCH_PICTURE_H

#include "bench/model.h"

#include <stdint.h>

struct bench_picture {
    unsigned width, height;
    uint32_t *pixels; /* 0xRRGGBB, line by line from the upper left */
};

/* As it is now. False: nothing is shown, and `pixels` is NULL. Free with bench_picture_free. */
bool bench_picture_take(const struct bench_model *model, struct bench_picture *picture)
    __attribute__((warn_unused_result));
void bench_picture_free(struct bench_picture *picture);

#endif
