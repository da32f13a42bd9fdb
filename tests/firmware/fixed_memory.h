/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
#ifndef TESTS_FIRMWARE_FIXED_MEMORY_H
#define TESTS_FIRMWARE_FIXED_MEMORY_H

#include <stdint.h>

/*
 * A page of zeros where the chip has registers or SRAM4: the firmware's pointers to fixed addresses then work on the
 * host. It only remembers what is written to it. Fails the test if the address is taken. A second call for the same page
 * empties it.
 */
void *fixed_memory(uint32_t address);

#endif
