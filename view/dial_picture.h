/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
/* The dial as a picture. */
#ifndef VIEW_DIAL_PICTURE_H
#define VIEW_DIAL_PICTURE_H

#include "bench/sample.h"
#include "core/record.h"

#include <stdbool.h>

/* Writes a PNG, 900 x 760, of the dial as `sample` has it. False if the file cannot be written. */
bool dial_picture_write(const char *path, const struct record *record, const struct sample *sample)
    __attribute__((warn_unused_result));

#endif
