/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
#ifndef VBOARD_PARTS_BOOT_ROM_H
#define VBOARD_PARTS_BOOT_ROM_H

/*
 * The boot ROM in system memory, as a UART host sees it (AN2606, STM32H74xxx/75xxx; AN3155 for the
 * protocol). It is a model on the PC: ST's code is not carried, and no core executes anything while it
 * runs. It takes the CM7 when that starts in system memory (BOOT0 high with factory option bytes), and
 * programs and erases through the FLASH model's registers, in its times.
 *
 * On the pins: USART3 on PB10 (TX) and PB11 (RX), 8E1, 1,200 to 115,200 baud found from the first
 * 0x7F; PB14, its other UART's TX, is high, so that the NUCLEO's red LED lights.
 * Commands: Get, Get Version, Get ID, Read, Go, Write, Extended Erase (sectors 0 to 15, mass, banks).
 * Version 0x90 writes PWR_CR3 with four bytes and so locks it at 0x06 until VDD falls, and forgets the
 * first ACK of Go; 0x91 does neither (AN2606).
 *
 * The CM4 would start in SRAM1 at 0x10000000, in whatever is there after power-on. What the ROM does
 * about that is not published: here the CM4 is held while the ROM has the CM7, and after Go too.
 *
 * Left out: the other interfaces (USART1/2, I2C, SPI, FDCAN, USB); write and readout protection (their
 * commands are listed by Get and get a NACK); that 0x91 answers an erase of bank 2 while it is still
 * at work; that 0x90 may want one more reset after power-on; the ROM's traces in RCC, GPIO and USART
 * registers, and in RAM.
 */
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "vboard/chip/chip.h"
#include "vboard/parts/uart_link.h"

#define BOOT_ROM_VERSION_DEFAULT 0x90u
#define BOOT_ROM_BUFFER 264u /* a block of 256 bytes with its count and checksum */

enum boot_rom_state {
    BOOT_ROM_OFF,
    BOOT_ROM_STARTING,
    BOOT_ROM_SYNC,    /* waits for 0x7F */
    BOOT_ROM_GATHERS, /* bytes of a command */
    BOOT_ROM_BUSY     /* flash is at work, or Go is about to jump */
};

struct boot_rom {
    struct chip *chip;
    uint8_t version;
    struct chip_rom hooks;
    struct signal_listener ears; /* PB11 */
    struct uart_link line;       /* PB10 */
    struct signal_driver red;    /* PB14 */
    struct event event;
    enum boot_rom_state state;
    uint64_t bit_ps; /* of the host's 0x7F */
    /* bytes being gathered, and what becomes of them */
    uint8_t bytes[BOOT_ROM_BUFFER];
    size_t have, want;
    bool spoilt; /* one had a wrong parity */
    void (*then)(struct boot_rom *rom);
    uint32_t address;
    /* erasing: sectors still to do, bit 0 = 0x08000000; or whole banks */
    uint32_t sectors, banks;
};

/* `version` 0x90 (also for 0) or 0x91. */
void boot_rom_init(struct boot_rom *rom, struct chip *c, uint8_t version);
void boot_rom_destroy(struct boot_rom *rom);

/* It runs, has said all it had to say, and waits for the host. */
bool boot_rom_waits(const struct boot_rom *rom);

#endif
