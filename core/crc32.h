/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
#ifndef CORE_CRC32_H
#define CORE_CRC32_H

#include <stddef.h>
#include <stdint.h>

/*
 * CRC-32 of ISO-HDLC (zip, Ethernet): polynomial 0xEDB88320 reflected, initial value and final XOR
 * 0xFFFFFFFF. crc32("123456789") is 0xCBF43926. `crc` is 0 for the first piece and the previous
 * result for the next, so data may come in pieces.
 */
uint32_t crc32_update(uint32_t crc, const void *data, size_t size);

#endif
