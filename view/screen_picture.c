/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
#include "view/screen_picture.h"

#include <cairo.h>
#include <string.h>

bool screen_picture_write(const char *path, const struct bench_picture *picture)
{
    cairo_surface_t *surface =
        cairo_image_surface_create(CAIRO_FORMAT_RGB24, (int)picture->width, (int)picture->height);
    unsigned char *to = cairo_image_surface_get_data(surface);
    int stride = cairo_image_surface_get_stride(surface);
    cairo_surface_flush(surface);
    for (unsigned y = 0; to != NULL && y < picture->height; y++) {
        memcpy(to + (size_t)y * (size_t)stride, picture->pixels + (size_t)y * picture->width,
               picture->width * sizeof picture->pixels[0]);
    }
    cairo_surface_mark_dirty(surface);
    bool written = to != NULL && cairo_surface_write_to_png(surface, path) == CAIRO_STATUS_SUCCESS;
    cairo_surface_destroy(surface);
    return written;
}
