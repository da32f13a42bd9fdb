/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
#ifndef VBOARD_PERIPH_ART_ART_H
#define VBOARD_PERIPH_ART_ART_H

/*
 * ART accelerator (RM0399 Rev 4, chapter 6): the M4's instruction cache towards D1. Only its register:
 * a cache changes times, and an instruction costs one cycle here anyhow.
 */
#include "vboard/chip/chip.h"

extern const struct model art_model;
/* What each field of its registers is (vboard/chip/fields.h). */
extern const struct reg_fields art_fields[];

#endif
