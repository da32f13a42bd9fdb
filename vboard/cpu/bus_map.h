/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
#ifndef VBOARD_CPU_BUS_MAP_H
#define VBOARD_CPU_BUS_MAP_H

/* Where what is no plain memory lies in the addresses that the engine is given (bus.c). */
#define PERIPHERALS 0x40000000u
#define PERIPHERALS_END 0x60000000u
/* From here on it is none of the peripherals. */
#define BEYOND 0x60000000u
/* Images as I/O of memory inside the chip; of external memories they are at the addresses themselves. */
#define WINDOWS 0xA0000000u
#define WINDOWS_END 0xB0000000u /* EXTERNAL_PHYSICAL */
/* Execute-never in the default map (DDI 0403 B3.1). */
#define EXTERNAL_DEVICES 0xA0000000u
#define EXTERNAL_DEVICES_SIZE 0x40000000u
#define PPB 0xE0000000u
#define PPB_SIZE 0x00100000u

#endif
