/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
#include "vboard/chip/part.h"

static const struct {
    const char *name;
    unsigned features;
} parts[CHIP_PARTS] = {
    [CHIP_STM32H755] = {"STM32H755", CHIP_HAS_CRYPTO},
    [CHIP_STM32H745] = {"STM32H745", 0},
    [CHIP_STM32H747] = {"STM32H747", CHIP_HAS_DSI},
    [CHIP_STM32H757] = {"STM32H757", CHIP_HAS_DSI | CHIP_HAS_CRYPTO},
};

unsigned chip_part_features(enum chip_part part)
{
    return parts[part].features;
}

const char *chip_part_name(enum chip_part part)
{
    return parts[part].name;
}
