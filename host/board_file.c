/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
#include "host/board_file.h"

#include "formats/yaml/yaml_read.h"
#include "host/board_options.h"
#include "vboard/boards/board_data.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define VDD_MIN_MV 1620.0 /* below it the chip is off (vboard/boards/board_power.c) */
#define VDD_MAX_MV 3600.0 /* of the data sheet */
#define HSE_MIN_HZ 4e6    /* of the data sheet, crystal and bypass */
#define HSE_MAX_HZ 50e6

/* One file, and what its texts stand in. */
struct board_file {
    struct board_data data;
    char name[40];
    char source[80];
    char memory_names[EXTERNAL_MEMORIES][32];
    struct board_file *next;
};

/* ---- pins: "PD8", "PI12 low" ---- */

static bool pin_of(const char *text, struct board_pin *pin, const char **rest)
{
    char *end;
    if (text[0] != 'P' || text[1] < 'A' || text[1] > 'K' || text[2] < '0' || text[2] > '9') {
        return false;
    }
    long number = strtol(text + 2, &end, 10);
    *pin = (struct board_pin){text[1], (uint8_t)number};
    *rest = end;
    return number <= 15;
}

static bool read_pin(const struct yaml_value *value, const struct yaml_key *key, void *target)
{
    const char *text = yaml_text(value);
    const char *rest;
    (void)key;
    if (text == NULL) {
        return false;
    }
    if (!pin_of(text, target, &rest) || *rest != '\0') {
        return yaml_fail(value, "%s is no pin: write it as PD8", text);
    }
    return true;
}

/* Of an LED or a button: which level lights it, or is pressed. Into a struct {pin, bool}. */
struct levelled {
    struct board_pin pin;
    bool low;
};

static bool read_levelled(const struct yaml_value *value, const struct yaml_key *key, void *target)
{
    const char *text = yaml_text(value);
    const char *rest;
    struct levelled *levelled = target;
    (void)key;
    if (text == NULL) {
        return false;
    }
    bool good = pin_of(text, &levelled->pin, &rest);
    levelled->low = good && strcmp(rest, " low") == 0;
    if (!good || !(levelled->low || *rest == '\0' || strcmp(rest, " high") == 0)) {
        return yaml_fail(value, "%s is no pin with its active level: write it as PI12 low", text);
    }
    return true;
}

_Static_assert(sizeof(struct levelled) == sizeof((struct board_data *)NULL)->leds[0], "an LED is");
_Static_assert(sizeof(struct levelled) == sizeof((struct board_data *)NULL)->button, "a button is");

/* ---- words ---- */

static bool read_wiring(const struct yaml_value *value, const struct yaml_key *key, void *target)
{
    int choice = yaml_choice(value, board_wirings);
    (void)key;
    if (choice >= 0) {
        *(enum supply_wiring *)target = (enum supply_wiring)choice;
    }
    return choice >= 0;
}

static bool read_chip(const struct yaml_value *value, const struct yaml_key *key, void *target)
{
    const char *names[CHIP_PARTS + 1] = {NULL};
    (void)key;
    for (unsigned i = 0; i < CHIP_PARTS; i++) {
        names[i] = chip_part_name((enum chip_part)i);
    }
    int choice = yaml_choice(value, names);
    if (choice >= 0) {
        *(enum chip_part *)target = (enum chip_part)choice;
    }
    return choice >= 0;
}

static bool read_hse_kind(const struct yaml_value *value, const struct yaml_key *key, void *target)
{
    static const char *const names[] = {
        [BOARD_CLOCK_NONE] = "none",
        [BOARD_CLOCK_EXTERNAL] = "external",
        [BOARD_CLOCK_CRYSTAL] = "crystal",
        NULL,
    };
    int choice = yaml_choice(value, names);
    (void)key;
    if (choice >= 0) {
        *(enum board_clock *)target = (enum board_clock)choice;
    }
    return choice >= 0;
}

/* Those on RMII, whose pins are few enough to be named. */
static bool read_phy(const struct yaml_value *value, const struct yaml_key *key, void *target)
{
    static const char *const names[] = {"LAN8742A", NULL};
    (void)key;
    if (yaml_choice(value, names) < 0) {
        return false;
    }
    *(enum eth_phy_kind *)target = ETH_PHY_LAN8742A;
    return true;
}

static bool read_frequency(const struct yaml_value *value, const struct yaml_key *key, void *target)
{
    uint32_t hz;
    if (!yaml_read_rate_u32(value, key, &hz)) {
        return false;
    }
    *(uint64_t *)target = (uint64_t)hz * 1000000u; /* micro-hertz */
    return true;
}

static bool read_name(const struct yaml_value *value, const struct yaml_key *key, void *target)
{
    const char *text = yaml_text(value);
    (void)key;
    if (text == NULL) {
        return false;
    }
    if (text[0] == '\0' || strlen(text) >= sizeof((struct board_file *)NULL)->name) {
        return yaml_fail(value, "is no name: use up to 39 characters");
    }
    snprintf(target, sizeof((struct board_file *)NULL)->name, "%s", text);
    return true;
}

/* ---- memories ---- */

/* "8M", "512K", or bytes. */
static bool read_bytes(const struct yaml_value *value, const struct yaml_key *key, void *target)
{
    const char *text = yaml_text(value);
    char *end;
    (void)key;
    if (text == NULL) {
        return false;
    }
    unsigned long long bytes = strtoull(text, &end, 10);
    bytes <<= *end == 'K' ? 10 : *end == 'M' ? 20 : 0;
    end += *end == 'K' || *end == 'M';
    bool good = text[0] >= '1' && text[0] <= '9' && *end == '\0' && bytes >= 4096 &&
                bytes <= EXTERNAL_TOTAL_SIZE && (bytes & (bytes - 1)) == 0;
    if (!good) {
        return yaml_fail(value, "%s is no size: write a power of two from 4K to 256M, as 8M", text);
    }
    *(uint32_t *)target = (uint32_t)bytes;
    return true;
}

static bool read_memory_kind(const struct yaml_value *value, const struct yaml_key *key,
                             void *target)
{
    static const char *const names[] = {"sdram", "psram", "sram", "nor", "quadspi-nor", NULL};
    static const enum external_kind kinds[] = {EXTERNAL_SDRAM, EXTERNAL_PSRAM, EXTERNAL_SRAM,
                                               EXTERNAL_NOR, EXTERNAL_QUADSPI_NOR};
    int choice = yaml_choice(value, names);
    (void)key;
    if (choice >= 0) {
        *(enum external_kind *)target = kinds[choice];
    }
    return choice >= 0;
}

static bool read_controller(const struct yaml_value *value, const struct yaml_key *key,
                            void *target)
{
    static const char *const names[] = {"SDMMC1", "SDMMC2", NULL};
    int choice = yaml_choice(value, names);
    (void)key;
    if (choice >= 0) {
        *(uint8_t *)target = (uint8_t)(choice + 1);
    }
    return choice >= 0;
}

static bool read_place(const struct yaml_value *value, const struct yaml_key *key, void *target)
{
    static const char *const names[] = {
        [EXTERNAL_NE1] = "ne1",
        [EXTERNAL_NE2] = "ne2",
        [EXTERNAL_NE3] = "ne3",
        [EXTERNAL_NE4] = "ne4",
        [EXTERNAL_SDRAM_BANK_1] = "sdram1",
        [EXTERNAL_SDRAM_BANK_2] = "sdram2",
        [EXTERNAL_BANK_QUADSPI] = "quadspi",
        NULL,
    };
    int choice = yaml_choice(value, names);
    (void)key;
    if (choice >= 0) {
        *(enum external_place *)target = (enum external_place)choice;
    }
    return choice >= 0;
}

/* One memory of the list, and where its name stands. */
struct memory_entry {
    struct external_part part;
    char name[32];
};

static bool read_memory_name(const struct yaml_value *value, const struct yaml_key *key,
                             void *target)
{
    const char *text = yaml_text(value);
    (void)key;
    if (text != NULL) {
        snprintf(target, sizeof((struct memory_entry *)NULL)->name, "%s", text);
    }
    return text != NULL;
}

#define IN_MEMORY(member) offsetof(struct memory_entry, part.member)
static const struct yaml_key memory_keys[] = {
    {.name = "name", .read = read_memory_name, .offset = offsetof(struct memory_entry, name)},
    {.name = "kind", .read = read_memory_kind, .offset = IN_MEMORY(kind), .required = true},
    {.name = "where", .read = read_place, .offset = IN_MEMORY(place), .required = true},
    {.name = "size", .read = read_bytes, .offset = IN_MEMORY(size), .required = true},
    {.name = "width",
     .read = yaml_read_u8,
     .offset = IN_MEMORY(width),
     .min = 8,
     .max = 32,
     .factor = 1},
    {.name = "columns",
     .read = yaml_read_u8,
     .offset = IN_MEMORY(columns),
     .min = 8,
     .max = 11,
     .factor = 1},
    {.name = "rows",
     .read = yaml_read_u8,
     .offset = IN_MEMORY(rows),
     .min = 11,
     .max = 13,
     .factor = 1},
    {.name = "banks",
     .read = yaml_read_u8,
     .offset = IN_MEMORY(banks),
     .min = 2,
     .max = 4,
     .factor = 1},
    {.name = "chips",
     .read = yaml_read_u8,
     .offset = IN_MEMORY(chips),
     .min = 1,
     .max = 2,
     .factor = 1},
    {.name = "id", .read = yaml_read_id_u32, .offset = IN_MEMORY(id), .max = 0xFFFFFF},
    {.name = NULL},
};

static bool hangs_right(const struct external_part *m)
{
    switch (m->kind) {
    case EXTERNAL_SDRAM:
        return m->place == EXTERNAL_SDRAM_BANK_1 || m->place == EXTERNAL_SDRAM_BANK_2;
    case EXTERNAL_QUADSPI_NOR:
        return m->place == EXTERNAL_BANK_QUADSPI;
    default:
        return m->place <= EXTERNAL_NE4;
    }
}

/* All four of an SDRAM's dimensions, or none; and they make its size. */
static bool has_geometry(const struct external_part *m)
{
    bool any = m->columns != 0 || m->rows != 0 || m->banks != 0;
    bool all = m->columns != 0 && m->rows != 0 && (m->banks == 2 || m->banks == 4) && m->width != 0;
    return !any || (all && (uint32_t)m->width / 8 * m->banks << (m->rows + m->columns) == m->size);
}

static bool check_memory(const struct yaml_value *value, const struct external_part *m)
{
    if (!hangs_right(m)) {
        return yaml_fail(value,
                         "does not hang there: sdram on sdram1 or sdram2, psram, sram and nor "
                         "on ne1 to ne4, quadspi-nor on quadspi");
    }
    if (m->width != 0 && m->width != 8 && m->width != 16 && m->width != 32) {
        return yaml_fail(value, "has a width that the FMC does not know: say 8, 16 or 32");
    }
    return has_geometry(m) ||
           yaml_fail(value, "has columns, rows, banks and width that do not make its size: correct "
                            "them, or leave them out");
}

static bool is_taken(const struct external_part *list, int count, enum external_place place)
{
    for (int i = 0; i < count; i++) {
        if (list[i].place == place) {
            return true;
        }
    }
    return false;
}

static bool read_memories(const struct yaml_value *value, const struct yaml_key *key, void *target)
{
    struct board_file *f = target;
    struct external_part *list = f->data.memories;
    int count = yaml_item_count(value);
    uint32_t total = 0;
    (void)key;
    if (count > (int)EXTERNAL_MEMORIES) {
        return yaml_fail(value, "has more than %u memories: leave some out", EXTERNAL_MEMORIES);
    }
    for (int i = 0; i < count; i++) {
        struct yaml_value item = yaml_item(value, i);
        struct memory_entry entry = {.name = "memory"};
        if (!yaml_read_mapping(&item, &(struct yaml_key){.keys = memory_keys}, &entry) ||
            !check_memory(&item, &entry.part)) {
            return false;
        }
        if (is_taken(list, i, entry.part.place) || entry.part.size > EXTERNAL_TOTAL_SIZE - total) {
            return yaml_fail(&item, "hangs where another one does, or all together are more than "
                                    "256M: leave it out");
        }
        total += entry.part.size;
        snprintf(f->memory_names[i], sizeof f->memory_names[i], "%s", entry.name);
        list[i] = entry.part;
        list[i].name = f->memory_names[i];
    }
    return count >= 0;
}

/* ---- the keys ---- */

#define IN_BOARD(member) offsetof(struct board_file, data.member)

static const struct yaml_key pair_keys[] = {
    {.name = "tx", .read = read_pin, .offset = 0, .required = true},
    {.name = "rx", .read = read_pin, .offset = sizeof(struct board_pin), .required = true},
    {.name = NULL},
};

#define LED(index) ((index) * sizeof((struct board_data *)NULL)->leds[0])
static const struct yaml_key led_keys[] = {
    {.name = "green", .read = read_levelled, .offset = LED(BOARD_LED_GREEN)},
    {.name = "yellow", .read = read_levelled, .offset = LED(BOARD_LED_YELLOW)},
    {.name = "red", .read = read_levelled, .offset = LED(BOARD_LED_RED)},
    {.name = "blue", .read = read_levelled, .offset = LED(BOARD_LED_BLUE)},
    {.name = NULL},
};

/* The three stand in one mapping of the file, and side by side in the struct. */
#define IN_HSE(member) (offsetof(struct board_data, member) - offsetof(struct board_data, hse))
static const struct yaml_key hse_keys[] = {
    {.name = "kind", .read = read_hse_kind, .offset = IN_HSE(hse), .required = true},
    {.name = "frequency",
     .read = read_frequency,
     .offset = IN_HSE(hse_uhz),
     .min = HSE_MIN_HZ,
     .max = HSE_MAX_HZ},
    {.name = "enable", .read = read_pin, .offset = IN_HSE(hse_enable)},
    {.name = NULL},
};

#define IN_ETH(member) (offsetof(struct board_data, eth.member) - offsetof(struct board_data, eth))
static const struct yaml_key eth_keys[] = {
    {.name = "phy", .read = read_phy, .offset = IN_ETH(phy), .required = true},
    {.name = "address", .read = yaml_read_u32, .offset = IN_ETH(address), .max = 31, .factor = 1},
    {.name = "tx_en", .read = read_pin, .offset = IN_ETH(pins[MII_TX_EN]), .required = true},
    {.name = "txd0", .read = read_pin, .offset = IN_ETH(pins[MII_TXD0]), .required = true},
    {.name = "txd1", .read = read_pin, .offset = IN_ETH(pins[MII_TXD1]), .required = true},
    {.name = NULL},
};

#define IN_SD(member) (offsetof(struct board_data, sd.member) - offsetof(struct board_data, sd))
static const struct yaml_key sd_keys[] = {
    {.name = "controller", .read = read_controller, .offset = IN_SD(controller), .required = true},
    {.name = "detect", .read = read_pin, .offset = IN_SD(detect)},
    {.name = NULL},
};

static const struct yaml_key file_keys[] = {
    {.name = "name",
     .read = read_name,
     .offset = offsetof(struct board_file, name),
     .required = true},
    {.name = "chip", .read = read_chip, .offset = IN_BOARD(chip), .required = true},
    {.name = "wiring", .read = read_wiring, .offset = IN_BOARD(wiring), .required = true},
    {.name = "vdd",
     .read = yaml_read_u32,
     .offset = IN_BOARD(vdd_mv),
     .min = VDD_MIN_MV / 1000,
     .max = VDD_MAX_MV / 1000,
     .factor = 1000},
    {.name = "hse",
     .read = yaml_read_mapping,
     .offset = IN_BOARD(hse),
     .required = true,
     .keys = hse_keys},
    {.name = "leds", .read = yaml_read_mapping, .offset = IN_BOARD(leds), .keys = led_keys},
    {.name = "button", .read = read_levelled, .offset = IN_BOARD(button)},
    {.name = "console", .read = yaml_read_mapping, .offset = IN_BOARD(console), .keys = pair_keys},
    {.name = "can", .read = yaml_read_mapping, .offset = IN_BOARD(can), .keys = pair_keys},
    {.name = "ulpi_phy", .read = yaml_read_bool, .offset = IN_BOARD(ulpi_phy)},
    {.name = "ethernet", .read = yaml_read_mapping, .offset = IN_BOARD(eth), .keys = eth_keys},
    {.name = "memories", .read = read_memories, .offset = 0},
    {.name = "sd", .read = yaml_read_mapping, .offset = IN_BOARD(sd), .keys = sd_keys},
    {.name = NULL},
};

/* The lines of RMII that the chip has on one pin only. */
static void settle_rmii(struct board_data *d)
{
    static const struct board_pin fixed[MII_LINES] = {
        [MII_RX_CLK] = {'A', 1}, [MII_MDIO] = {'A', 2}, [MII_RX_DV] = {'A', 7},
        [MII_MDC] = {'C', 1},    [MII_RXD0] = {'C', 4}, [MII_RXD1] = {'C', 5},
    };
    for (unsigned i = 0; d->eth.phy != ETH_PHY_NONE && i < MII_LINES; i++) {
        if (fixed[i].port != 0) {
            d->eth.pins[i] = fixed[i];
        }
    }
}

static bool settle(const struct yaml_value *root, struct board_file *f)
{
    struct yaml_value hse;
    struct board_data *d = &f->data;
    d->name = f->name;
    d->title = f->name;
    d->wiring_source = f->source;
    d->hse_from = d->hse == BOARD_CLOCK_CRYSTAL ? "its crystal" : "its oscillator";
    d->boot0 = "connect BOOT0 to VDD";
    settle_rmii(d);
    d->boot_uart = board_nucleo_h755zi_q.boot_uart; /* the boot ROM's pins are the chip's */
    if (d->hse != BOARD_CLOCK_NONE && d->hse_uhz == 0 && yaml_find(root, "hse", &hse)) {
        return yaml_fail(&hse, "has no frequency: say frequency: 25M, or kind: none");
    }
    return true;
}

const struct board_data *board_file_open(const char *path, char *error, size_t error_size)
{
    static struct board_file *all; /* of the arguments, which live as long */
    struct yaml_file yaml;
    struct yaml_value root;
    struct board_file *f = calloc(1, sizeof *f);
    if (f == NULL) {
        snprintf(error, error_size, "%s: out of memory", path);
        return NULL;
    }
    f->data.vdd_mv = 3300;
    snprintf(f->source, sizeof f->source, "%s", path);
    bool good = yaml_open(&yaml, path, error, error_size, &root) &&
                yaml_read_mapping(&root, &(struct yaml_key){.keys = file_keys}, f) &&
                settle(&root, f);
    yaml_close(&yaml);
    if (!good) {
        free(f);
        return NULL;
    }
    f->next = all;
    all = f;
    return &f->data;
}
