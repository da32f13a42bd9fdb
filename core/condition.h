/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
#ifndef CORE_CONDITION_H
#define CORE_CONDITION_H

#include <stdbool.h>
#include <stdint.h>

#include "core/frame.h"
#include "core/signal_bits.h"

/*
 * What other bits of a frame must say before a signal in it is taken. A source has up to CONDITION_MAX of
 * them; unused ones are all zero and come last.
 */
#define CONDITION_MAX 3
#define CONDITION_BITS_MAX 16

/* The numbers are those of the record. */
enum condition_role {
    CONDITION_NONE = 0,
    CONDITION_PAGE = 1,  /* a multiplexed frame: on another page the signal's place holds others */
    CONDITION_VALID = 2, /* a validity bit: with another value the frame has no value */
};

struct condition {
    enum condition_role role;
    struct signal_bits bits; /* 1..CONDITION_BITS_MAX long */
    uint16_t equals;
};

enum condition_result {
    CONDITION_HOLDS,
    CONDITION_FAILS,
    CONDITION_SHORT, /* the payload ends before the bits do */
};

/* Do all of a source's conditions of this role hold? The first one that does not decides. */
enum condition_result conditions_check(const struct condition *conditions, enum condition_role role,
                                       const struct can_frame *frame);

/* Can every one of them hold in a frame of this bus, and are the unused ones last? */
bool conditions_are_good(const struct condition *conditions, bool is_fd);

#endif
