/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
#ifndef VBOARD_PERIPH_SAI_FIELDS_H
#define VBOARD_PERIPH_SAI_FIELDS_H

/* SAI: the fields of its registers, and what the model makes of each. */
#include "vboard/chip/fields.h"

extern const struct reg_fields sai_fields[];

#endif
