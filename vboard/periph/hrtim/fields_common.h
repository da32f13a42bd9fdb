/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
#ifndef VBOARD_PERIPH_HRTIM_FIELDS_COMMON_H
#define VBOARD_PERIPH_HRTIM_FIELDS_COMMON_H

/* The lists of fields_common.c, for hrtim_fields (fields.c). Nobody else includes this. */
#include "vboard/chip/fields.h"

extern const struct field hrtim_cr1[];
extern const struct field hrtim_cr2[];
extern const struct field hrtim_isr[];
extern const struct field hrtim_icr[];
extern const struct field hrtim_ier[];
extern const struct field hrtim_oenr[];
extern const struct field hrtim_odisr[];
extern const struct field hrtim_odsr[];
extern const struct field hrtim_bmcr[];
extern const struct field hrtim_bmtrgr[];
extern const struct field hrtim_bmcmpr[];
extern const struct field hrtim_bmper[];
extern const struct field hrtim_eecr1[];
extern const struct field hrtim_eecr2[];
extern const struct field hrtim_eecr3[];
extern const struct field hrtim_adc1r[];
extern const struct field hrtim_adc2r[];
extern const struct field hrtim_adc3r[];
extern const struct field hrtim_adc4r[];
extern const struct field hrtim_fltinr1[];
extern const struct field hrtim_fltinr2[];
extern const struct field hrtim_bdmupr[];
extern const struct field hrtim_bdmadr[];

#endif
