/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
/* What an SD card says of itself: sections of the SD Physical Layer Simplified Specification 3.01. */
#include "vboard/parts/sd_card.h"

#include <string.h>

/* x^7 + x^3 + 1 over the 15 bytes before it (4.5). */
static uint8_t crc7(const uint8_t *bytes, size_t count)
{
    uint8_t crc = 0;
    for (size_t i = 0; i < 8 * count; i++) {
        bool bit = (bytes[i / 8] >> (7 - i % 8) & 1) != 0;
        bool carry = (crc & 0x40) != 0;
        crc = (uint8_t)((crc << 1 & 0x7F) ^ (bit != carry ? 0x09 : 0));
    }
    return crc;
}

/* Puts the CRC under it. The end bit is not the controller's to show: RESP4R's bit 0 is always 0 (RM0399 58.10.6). */
static void to_words(uint8_t bytes[16], uint32_t word[4])
{
    bytes[15] = (uint8_t)(crc7(bytes, 15) << 1);
    for (size_t i = 0; i < 4; i++) {
        word[i] = (uint32_t)bytes[4 * i] << 24 | (uint32_t)bytes[4 * i + 1] << 16 |
                  (uint32_t)bytes[4 * i + 2] << 8 | bytes[4 * i + 3];
    }
}

/* Maker 0 and "XX": nobody's; revision 1.0, serial number 1, January 2024. */
void sd_card_cid(uint32_t word[4])
{
    uint8_t bytes[16] = {0, 'X', 'X', 'C', 'A', 'N', 'D', 'I', 0x10, 0, 0, 0, 1, 0x01, 0x81};
    to_words(bytes, word);
}

/*
 * Version 2.0: TAAC 1 ms, TRAN_SPEED 25 MHz, CCC classes 0, 2, 4, 5, 8, 10, READ_BL_LEN and WRITE_BL_LEN 512 bytes,
 * ERASE_BLK_EN, SECTOR_SIZE 128, R2W_FACTOR 4. C_SIZE is bits 69 to 48.
 */
void sd_card_csd(uint32_t blocks, uint32_t word[4])
{
    uint32_t c_size = blocks / (SD_CSD_UNIT / SD_BLOCK) - 1;
    uint8_t bytes[16] = {0x40, 0x0E, 0, 0x32, 0x53, 0x59, 0, 0, 0, 0, 0x7F, 0x80, 0x0A, 0x40};
    bytes[7] = (uint8_t)(c_size >> 16 & 0x3F);
    bytes[8] = (uint8_t)(c_size >> 8);
    bytes[9] = (uint8_t)c_size;
    to_words(bytes, word);
}

/* SD_SPEC 2 and SD_SPEC3: version 3; erased bits are 0; one and four lines. */
void sd_card_scr(uint8_t *bytes)
{
    static const uint8_t scr[8] = {0x02, 0x05, 0x80};
    memcpy(bytes, scr, sizeof(scr));
}

/* DAT_BUS_WIDTH, SPEED_CLASS 10, AU_SIZE 4 MB; no UHS. */
void sd_card_sd_status(unsigned lines, uint8_t *bytes)
{
    memset(bytes, 0, 64);
    bytes[0] = lines == 4 ? 0x80 : 0;
    bytes[8] = 4;
    bytes[10] = 0x90;
}

#define GROUPS 6u
#define NO_CHANGE 0xFu

/* Group 1 (access mode) has functions 0 and 1, high speed; the others function 0 alone. */
static bool has_function(unsigned group, uint32_t function)
{
    return function == 0 || (group == 1 && function == 1);
}

/*
 * 4.3.10.4: 100 mA, then what each group has, the sixth first, then what is selected, or would be; 0xF: it is not to be
 * had, and then nothing is switched at all. Bit 31 of the argument: switch, not only ask.
 */
void sd_card_switch(uint8_t *speed, uint32_t argument, uint8_t *bytes)
{
    bool good = true;
    uint32_t access = *speed;
    memset(bytes, 0, 64);
    bytes[1] = 100;
    for (unsigned group = 1; group <= GROUPS; group++) {
        uint32_t wanted = argument >> (4 * (group - 1)) & 0xF;
        uint32_t now = group == 1 ? *speed : 0;
        uint32_t result = wanted == NO_CHANGE ? now : has_function(group, wanted) ? wanted : 0xF;
        unsigned at = GROUPS - group;
        bytes[2 + 2 * at] = 0x80; /* function 15: no change */
        bytes[3 + 2 * at] = group == 1 ? 3 : 1;
        bytes[14 + at / 2] |= (uint8_t)(result << (at % 2 == 0 ? 4 : 0));
        good = good && result != 0xF;
        access = group == 1 ? result : access;
    }
    if (good && argument >> 31 != 0) {
        *speed = (uint8_t)access;
    }
}
