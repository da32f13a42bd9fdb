/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
/* The boot ROM's life and its serial line. */
#include "vboard/parts/boot_rom_internal.h"

#include <string.h>

/* System memory of both banks (RM0399 4.3.4): where a core must start for the ROM to run. */
#define SYSTEM_FIRST 0x1FF00000u
#define SYSTEM_SIZE 0x00020000u
/* The CM4's second boot address as the factory sets it: SRAM1 (Table 20). */
#define SRAM1_ALIAS 0x10000000u
#define SRAM1_SIZE 0x00020000u

/* From reset to listening. Assumed: AN2606's table of start-up times was not at hand. */
#define START_TIME VTIME_MS(2)

/* 115,200 and 1,200 baud (AN2606), with the few per cent that a UART forgives. */
#define BIT_MIN_PS (VTIME_S(1) / 115200 * 96 / 100)
#define BIT_MAX_PS (VTIME_S(1) / 1200 * 104 / 100)

/* The receiver's tolerance once the rate is known. */
#define TOLERANCE_PER_MILLE 40u

#define SYNC 0x7Fu

/* RM0399 7.8.4: PWR_CR3, with USB33DEN as bit 0 of its highest byte. */
#define PWR_CR3 0x5802480Cu
#define CR3_USB33DEN (1u << 24)
#define CR3_DEFAULT 0x06u

vtime_ps rom_now(const struct boot_rom *rom)
{
    return rom->chip->sched.now;
}

/* ---- sending ---- */

void rom_send(struct boot_rom *rom, const void *bytes, size_t length)
{
    /* Out of memory for a few hundred bytes: the host sees a silent line. */
    (void)uart_link_send(&rom->line, bytes, length);
}

void rom_send_byte(struct boot_rom *rom, uint8_t byte)
{
    rom_send(rom, &byte, 1);
}

/* ---- gathering bytes ---- */

void rom_gather(struct boot_rom *rom, size_t want, void (*then)(struct boot_rom *rom))
{
    rom->state = BOOT_ROM_GATHERS;
    rom->have = 0;
    rom->want = want;
    rom->spoilt = false;
    rom->then = then;
}

void rom_wait_until(struct boot_rom *rom, vtime_ps at, void (*then)(struct boot_rom *rom))
{
    rom->state = BOOT_ROM_BUSY;
    rom->then = then;
    sched_at(&rom->chip->sched, &rom->event, at);
}

static unsigned ones(uint16_t data)
{
    return (unsigned)__builtin_popcount(data & 0xFFu);
}

/* Was the frame 8E1? A frame without parity shows its stop bit, a one, where the parity should be. */
static bool parity_good(const struct symbol *sym)
{
    if (sym->data_bits != 8 || sym->is_break) {
        return false;
    }
    return sym->parity == 2 || (sym->parity == 0 && ones(sym->data) % 2 == 1);
}

static bool rate_good(const struct boot_rom *rom, const struct symbol *sym)
{
    uint64_t off =
        sym->bit_ps > rom->bit_ps ? sym->bit_ps - rom->bit_ps : rom->bit_ps - sym->bit_ps;
    return off * 1000u <= rom->bit_ps * TOLERANCE_PER_MILLE;
}

/* 0x7F has one falling edge and seven ones: its low time is the length of a bit. */
static void take_sync(struct boot_rom *rom, const struct symbol *sym)
{
    if (sym->data != SYNC || !parity_good(sym) || sym->bit_ps < BIT_MIN_PS ||
        sym->bit_ps > BIT_MAX_PS) {
        return;
    }
    rom->bit_ps = sym->bit_ps;
    uart_link_set_baud(&rom->line, (uint32_t)((VTIME_S(1) + sym->bit_ps / 2) / sym->bit_ps));
    rom_send_byte(rom, ROM_ACK);
    rom_next_command(rom);
}

static void heard(void *ctx, struct signal *s, const struct symbol *sym)
{
    struct boot_rom *rom = ctx;
    (void)s;
    if (rom->state == BOOT_ROM_SYNC) {
        take_sync(rom, sym);
    } else if (rom->state == BOOT_ROM_GATHERS) {
        rom->spoilt = rom->spoilt || !parity_good(sym) || !rate_good(rom, sym);
        rom->bytes[rom->have++] = (uint8_t)sym->data;
        if (rom->have == rom->want) {
            rom->then(rom);
        }
    }
}

/* ---- life ---- */

/*
 * It wants USB's voltage detector, whose bit is in CR3. Version 0x90 writes all of CR3, with the value
 * it had: illegal, ignored, and the one write there is (RM0399 7.8.4). 0x91 writes the highest byte.
 */
static void write_cr3(struct boot_rom *rom)
{
    struct chip *c = rom->chip;
    c->access = (struct access){.master = MASTER_DEBUG};
    if (rom->version == 0x90) {
        chip_mmio_write(c, PWR_CR3, 4, CR3_DEFAULT | CR3_USB33DEN);
    } else {
        chip_mmio_write(c, PWR_CR3 + 3, 1, CR3_USB33DEN >> 24);
    }
}

static void run_event(void *ctx, vtime_ps now)
{
    struct boot_rom *rom = ctx;
    if (rom->state != BOOT_ROM_STARTING) {
        rom->then(rom);
        return;
    }
    write_cr3(rom);
    uart_link_power(&rom->line, true, now);
    signal_drive(&rom->red, DRIVE_HIGH, now);
    rom->state = BOOT_ROM_SYNC;
}

static bool takes(void *ctx, enum core core, uint32_t vector_table)
{
    struct boot_rom *rom = ctx;
    const struct chip *c = rom->chip;
    bool system = c->cores.boot_address[CORE_CM7] - SYSTEM_FIRST < SYSTEM_SIZE;
    if (core == CORE_CM4) {
        return system && vector_table - SRAM1_ALIAS < SRAM1_SIZE;
    }
    if (system) {
        rom->state = BOOT_ROM_STARTING;
        sched_at(&rom->chip->sched, &rom->event, rom_now(rom) + START_TIME);
    }
    return system;
}

static void lost(void *ctx)
{
    struct boot_rom *rom = ctx;
    rom->state = BOOT_ROM_OFF;
    sched_cancel(&rom->chip->sched, &rom->event);
    uart_link_power(&rom->line, false, rom_now(rom));
    signal_drive(&rom->red, DRIVE_NONE, rom_now(rom));
}

void rom_leave(struct boot_rom *rom)
{
    lost(rom);
    chip_start_core(rom->chip, CORE_CM7, rom->address);
}

void boot_rom_init(struct boot_rom *rom, struct chip *c, uint8_t version)
{
    memset(rom, 0, sizeof(*rom));
    rom->chip = c;
    rom->version = version != 0 ? version : BOOT_ROM_VERSION_DEFAULT;
    event_init(&rom->event, run_event, rom);
    rom->ears = (struct signal_listener){.symbol = heard, .ctx = rom};
    signal_listen(chip_pin(c, 'B', 11), &rom->ears);
    signal_attach(chip_pin(c, 'B', 14), &rom->red);
    uart_link_init(&rom->line, &(struct uart_link_config){.sched = &c->sched,
                                                          .rx = chip_pin(c, 'B', 11),
                                                          .tx = chip_pin(c, 'B', 10),
                                                          .parity = 2});
    uart_link_power(&rom->line, false, 0);
    rom->hooks = (struct chip_rom){.takes = takes, .lost = lost, .ctx = rom};
    c->cores.rom = &rom->hooks;
}

void boot_rom_destroy(struct boot_rom *rom)
{
    if (rom->chip != NULL) {
        rom->chip->cores.rom = NULL;
        sched_cancel(&rom->chip->sched, &rom->event);
        uart_link_destroy(&rom->line);
    }
}

bool boot_rom_waits(const struct boot_rom *rom)
{
    bool listens = rom->state == BOOT_ROM_SYNC || rom->state == BOOT_ROM_GATHERS;
    return listens && uart_link_pending(&rom->line) == 0;
}
