/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
#ifndef VBOARD_CHIP_DATA_TYPE_H
#define VBOARD_CHIP_DATA_TYPE_H

/* DATATYPE of HASH and CRYP (RM0399 37.4.16, 38.4.4): what a word of their messages is made of. */
#include <stdint.h>

enum data_type { DATA_WORDS, DATA_HALFWORDS, DATA_BYTES, DATA_BITS };

/* A word with its parts in the other order. */
uint32_t data_type_swap(uint32_t word, enum data_type type);

#endif
