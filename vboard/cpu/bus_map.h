/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
#ifndef VBOARD_CPU_BUS_MAP_H
#define VBOARD_CPU_BUS_MAP_H

/* Where what is no plain memory lies in the addresses that the engine is given (bus.c). */
#define PERIPHERALS 0x40000000u
#define PERIPHERALS_END 0x60000000u
#define WINDOWS 0x60000000u
#define PPB 0xE0000000u
#define PPB_SIZE 0x00100000u

#endif
