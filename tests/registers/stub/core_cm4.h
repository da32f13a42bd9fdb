/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
#ifndef CORE_CM4_H
#define CORE_CM4_H

/* All that the register structs of the device header need of CMSIS-Core, for a host compiler. */
#include <stdint.h>

#define __IO volatile
#define __I volatile const
#define __O volatile

#endif
