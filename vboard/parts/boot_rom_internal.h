/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
#ifndef VBOARD_PARTS_BOOT_ROM_INTERNAL_H
#define VBOARD_PARTS_BOOT_ROM_INTERNAL_H

/* What the files of the boot ROM share. Everybody else includes boot_rom.h. */
#include "vboard/parts/boot_rom.h"

#define ROM_ACK 0x79u
#define ROM_NACK 0x1Fu

/* boot_rom.c */
void rom_send(struct boot_rom *rom, const void *bytes, size_t length);
void rom_send_byte(struct boot_rom *rom, uint8_t byte);
/* Gathers `want` bytes into rom->bytes, then calls `then`, which may ask for more behind them. */
void rom_gather(struct boot_rom *rom, size_t want, void (*then)(struct boot_rom *rom));
/* Stops listening until the event runs at `at`, which calls `then`. */
void rom_wait_until(struct boot_rom *rom, vtime_ps at, void (*then)(struct boot_rom *rom));
/* Jumps to the program whose vectors are at rom->address. */
void rom_leave(struct boot_rom *rom);
vtime_ps rom_now(const struct boot_rom *rom);

/* boot_rom_commands.c: waits for the next command. */
void rom_next_command(struct boot_rom *rom);

/* boot_rom_flash.c */
bool rom_may_read(uint32_t address, size_t length);
bool rom_may_write(uint32_t address, size_t length);
/* False: a word of it has a double ECC error. */
bool rom_read(struct boot_rom *rom, uint32_t address, uint8_t *to, size_t length);
void rom_write(struct boot_rom *rom, uint32_t address, const uint8_t *from, size_t length);
void rom_erase_sector(struct boot_rom *rom, unsigned sector);
void rom_erase_bank(struct boot_rom *rom, unsigned bank);
/* 0, or when the operations under way may be over. */
vtime_ps rom_flash_busy_until(struct boot_rom *rom);
/* Takes PG away, locks both banks again; true if nothing went wrong since the last call. */
bool rom_flash_finish(struct boot_rom *rom);

#endif
