/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
/* Is it candial's own firmware? It holds the boot banner, "candial 1.2.3": then its telemetry and its faults are ours. */
#ifndef BENCH_OWN_H
#define BENCH_OWN_H

#include "formats/image/image.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

bool bench_own_bytes(const uint8_t *bytes, size_t length);
bool bench_own_image(const struct image *image);

#endif
