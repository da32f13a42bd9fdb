/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
#ifndef CORE_CM7_H
#define CORE_CM7_H

/* The name under which a device header includes what it needs of the Cortex-M7, ours or Arm's. */
#include "cortex_m.h"

#endif
