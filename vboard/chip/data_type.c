/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
#include "vboard/chip/data_type.h"

uint32_t data_type_swap(uint32_t word, enum data_type type)
{
    /* Each step exchanges neighbours: halfwords, bytes, then four, two bits and one bit. */
    static const struct {
        uint32_t mask;
        unsigned shift;
        enum data_type from;
    } steps[] = {{0x0000FFFF, 16, DATA_HALFWORDS},
                 {0x00FF00FF, 8, DATA_BYTES},
                 {0x0F0F0F0F, 4, DATA_BITS},
                 {0x33333333, 2, DATA_BITS},
                 {0x55555555, 1, DATA_BITS}};
    for (unsigned i = 0; i < sizeof(steps) / sizeof(steps[0]) && type >= steps[i].from; i++) {
        word = (word & steps[i].mask) << steps[i].shift | (word >> steps[i].shift & steps[i].mask);
    }
    return word;
}
