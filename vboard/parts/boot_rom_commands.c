/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
/* AN3155: the commands. Each is a code and its complement; then it is a chain of gathered pieces. */
#include "vboard/parts/boot_rom_internal.h"

#include <string.h>

#define PRODUCT_ID 0x0450u
#define SECTORS 16u
#define SECTORS_PER_BANK 8u

/* Extended Erase: page counts with a meaning of their own. */
#define ERASE_MASS 0xFFFFu
#define ERASE_BANK_1 0xFFFEu
#define ERASE_BANK_2 0xFFFDu
#define ERASE_RESERVED 0xFFF0u

static uint8_t xor_of(const uint8_t *bytes, size_t length)
{
    uint8_t sum = 0;
    for (size_t i = 0; i < length; i++) {
        sum ^= bytes[i];
    }
    return sum;
}

/* The bytes gathered end with the XOR of those before. */
static bool checksum_good(const struct boot_rom *rom)
{
    return !rom->spoilt && xor_of(rom->bytes, rom->have) == 0;
}

static void refuse(struct boot_rom *rom)
{
    rom_send_byte(rom, ROM_NACK);
    rom_next_command(rom);
}

/* ACK, and the next piece of the command. */
static void go_on(struct boot_rom *rom, size_t want, void (*then)(struct boot_rom *rom))
{
    rom_send_byte(rom, ROM_ACK);
    rom_gather(rom, want, then);
}

/* ---- what it is ---- */

static const uint8_t command_codes[] = {0x00, 0x01, 0x02, 0x11, 0x21, 0x31,
                                        0x44, 0x63, 0x73, 0x82, 0x92};

static void get(struct boot_rom *rom)
{
    const uint8_t head[] = {ROM_ACK, sizeof(command_codes), rom->version};
    rom_send(rom, head, sizeof(head));
    rom_send(rom, command_codes, sizeof(command_codes));
    rom_send_byte(rom, ROM_ACK);
    rom_next_command(rom);
}

static void get_version(struct boot_rom *rom)
{
    const uint8_t answer[] = {ROM_ACK, rom->version, 0, 0, ROM_ACK};
    rom_send(rom, answer, sizeof(answer));
    rom_next_command(rom);
}

static void get_id(struct boot_rom *rom)
{
    const uint8_t answer[] = {ROM_ACK, 1, PRODUCT_ID >> 8, PRODUCT_ID & 0xFF, ROM_ACK};
    rom_send(rom, answer, sizeof(answer));
    rom_next_command(rom);
}

/* ---- Read, Go ---- */

static uint32_t big_endian(const uint8_t *b)
{
    return (uint32_t)b[0] << 24 | (uint32_t)b[1] << 16 | (uint32_t)b[2] << 8 | b[3];
}

static void read_count(struct boot_rom *rom)
{
    uint8_t data[1 + 256] = {ROM_ACK};
    size_t length = rom->bytes[0] + 1u;
    bool good = !rom->spoilt && (rom->bytes[0] ^ rom->bytes[1]) == 0xFF &&
                rom_may_read(rom->address, length) && rom_read(rom, rom->address, data + 1, length);
    if (!good) {
        refuse(rom);
        return;
    }
    rom_send(rom, data, 1 + length);
    rom_next_command(rom);
}

static void read_address(struct boot_rom *rom)
{
    rom->address = big_endian(rom->bytes);
    if (checksum_good(rom) && rom_may_read(rom->address, 1)) {
        go_on(rom, 2, read_count);
    } else {
        refuse(rom);
    }
}

static void read_memory(struct boot_rom *rom)
{
    go_on(rom, 5, read_address);
}

static void go_address(struct boot_rom *rom)
{
    uint8_t vectors[8];
    rom->address = big_endian(rom->bytes);
    bool good = checksum_good(rom) && rom->address % 4 == 0 &&
                rom_may_read(rom->address, sizeof(vectors)) &&
                rom_read(rom, rom->address, vectors, sizeof(vectors));
    if (!good) {
        refuse(rom);
        return;
    }
    rom_send_byte(rom, ROM_ACK);
    /* The ACK leaves the pin before its driver goes: 11 bits, and one to spare. */
    rom_wait_until(rom, rom_now(rom) + 12 * rom->bit_ps, rom_leave);
}

static void go(struct boot_rom *rom)
{
    if (rom->version != 0x90) {
        rom_send_byte(rom, ROM_ACK);
    }
    rom_gather(rom, 5, go_address);
}

/* ---- what takes the flash's time ---- */

/* Called again until the flash is idle; then ACK or NACK. */
static void flash_follow(struct boot_rom *rom)
{
    vtime_ps busy_until = rom_flash_busy_until(rom);
    if (busy_until == 0 && rom->sectors != 0) {
        unsigned sector = (unsigned)__builtin_ctz(rom->sectors);
        rom->sectors &= rom->sectors - 1;
        rom_erase_sector(rom, sector);
        busy_until = rom_flash_busy_until(rom);
    }
    if (busy_until != 0 || rom->sectors != 0) {
        rom_wait_until(rom, busy_until, flash_follow);
        return;
    }
    rom_send_byte(rom, rom_flash_finish(rom) ? ROM_ACK : ROM_NACK);
    rom_next_command(rom);
}

/* ---- Write ---- */

static void write_data(struct boot_rom *rom)
{
    size_t length = rom->bytes[0] + 1u;
    if (!checksum_good(rom) || !rom_may_write(rom->address, length)) {
        refuse(rom);
        return;
    }
    rom_write(rom, rom->address, rom->bytes + 1, length);
    flash_follow(rom);
}

/* The count stays in front: the checksum covers it. */
static void write_count(struct boot_rom *rom)
{
    rom->want = 1 + rom->bytes[0] + 1u + 1;
    rom->then = write_data;
}

static void write_address(struct boot_rom *rom)
{
    rom->address = big_endian(rom->bytes);
    if (checksum_good(rom) && rom_may_write(rom->address, 1)) {
        go_on(rom, 1, write_count);
    } else {
        refuse(rom);
    }
}

static void write_memory(struct boot_rom *rom)
{
    go_on(rom, 5, write_address);
}

/* ---- Extended Erase ---- */

static unsigned erase_count(const struct boot_rom *rom)
{
    return (unsigned)rom->bytes[0] << 8 | rom->bytes[1];
}

static void erase_banks(struct boot_rom *rom)
{
    unsigned what = erase_count(rom);
    bool known = what == ERASE_MASS || what == ERASE_BANK_1 || what == ERASE_BANK_2;
    if (!checksum_good(rom) || !known) {
        refuse(rom);
        return;
    }
    if (what != ERASE_BANK_2) {
        rom_erase_bank(rom, 0);
    }
    if (what != ERASE_BANK_1) {
        rom_erase_bank(rom, 1);
    }
    flash_follow(rom);
}

static void erase_sectors(struct boot_rom *rom)
{
    bool good = checksum_good(rom);
    for (unsigned i = 0; i <= erase_count(rom) && good; i++) {
        unsigned sector = (unsigned)rom->bytes[2 + 2 * i] << 8 | rom->bytes[3 + 2 * i];
        good = sector < SECTORS;
        rom->sectors |= good ? 1u << sector : 0;
    }
    if (!good) {
        rom->sectors = 0;
        refuse(rom);
        return;
    }
    flash_follow(rom);
}

static void erase_head(struct boot_rom *rom)
{
    unsigned count = erase_count(rom);
    if (count >= ERASE_RESERVED) {
        rom->want = 3;
        rom->then = erase_banks;
    } else if (count < SECTORS) {
        rom->want = 2 + 2 * (count + 1u) + 1;
        rom->then = erase_sectors;
    } else {
        refuse(rom); /* more sectors than there are */
    }
}

static void extended_erase(struct boot_rom *rom)
{
    go_on(rom, 2, erase_head);
}

/* ---- which command ---- */

static void command(struct boot_rom *rom)
{
    static const struct {
        uint8_t code;
        void (*run)(struct boot_rom *rom);
    } commands[] = {{0x00, get}, {0x01, get_version},  {0x02, get_id},        {0x11, read_memory},
                    {0x21, go},  {0x31, write_memory}, {0x44, extended_erase}};
    uint8_t code = rom->bytes[0];
    bool good = !rom->spoilt && (code ^ rom->bytes[1]) == 0xFF;
    for (size_t i = 0; good && i < sizeof(commands) / sizeof(commands[0]); i++) {
        if (commands[i].code == code) {
            commands[i].run(rom);
            return;
        }
    }
    refuse(rom);
}

void rom_next_command(struct boot_rom *rom)
{
    rom_gather(rom, 2, command);
}
