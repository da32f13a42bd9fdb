/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
#include "bench/picture.h"

#include <stdlib.h>

#include "bench/board.h"
#include "vboard/boards/board.h"

bool bench_picture_take(const struct bench_model *model, struct bench_picture *picture)
{
    struct board *board = bench_board_of(model);
    *picture = (struct bench_picture){.pixels = NULL};
    if (board == NULL) {
        return false;
    }
    const struct chip_screen *screen = &board_chip(board)->screen;
    if (screen->size == NULL || !screen->size(screen->ctx, &picture->width, &picture->height)) {
        return false;
    }
    picture->pixels = calloc((size_t)picture->width * picture->height, sizeof picture->pixels[0]);
    if (picture->pixels == NULL) {
        return false;
    }
    screen->draw(screen->ctx, picture->pixels);
    return true;
}

void bench_picture_free(struct bench_picture *picture)
{
    free(picture->pixels);
    picture->pixels = NULL;
}
