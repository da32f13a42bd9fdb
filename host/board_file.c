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
