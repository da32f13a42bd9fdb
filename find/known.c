/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
/*
 * Sources: commaai/opendbc (DBC files of the makes), timurrrr/ft86 and RaceChronoDiyBleDevice (Toyota and Subaru),
 * ms4x.net (BMW E46), HeinrichG-V12 (BMW E6x), v-ivanyshyn and wiki-diy.com (Ford), RealDash-extras and the makers'
 * pages (aftermarket control units), J1939-71 (SPN 110, 175).
 */
#include "find/known.h"

#include <stddef.h>

#define OIL true
#define COOLANT false
#define AFTERMARKET true
#define FACTORY false
#define ANY_SENDER                                                                                 \
    0x18FEEE00u /* J1939 ET1, engine; priority and source are compared loosely below */

static const struct find_known rows[] = {
    {0x156, false, 1, FIND_BYTE, OIL, FACTORY, {1, -60}, "Ford"},
    {0x156, false, 0, FIND_BYTE, COOLANT, FACTORY, {1, -60}, "Ford"},
    {0x1D0, false, 1, FIND_BYTE, OIL, FACTORY, {1, -48}, "BMW E6x, E8x, E9x"},
    {0x1D0, false, 0, FIND_BYTE, COOLANT, FACTORY, {1, -48}, "BMW E6x, E8x, E9x"},
    {0x545, false, 4, FIND_BYTE, OIL, FACTORY, {1, -48}, "BMW E39, E46, MINI R5x"},
    {0x329, false, 1, FIND_BYTE, COOLANT, FACTORY, {0.75, -48}, "Hyundai, Kia, BMW E46"},
    {0x382, false, 4, FIND_BYTE, OIL, FACTORY, {0.75, -40}, "Hyundai"},
    {0x492, false, 4, FIND_BYTE, OIL, FACTORY, {0.75, -40}, "Hyundai, Kia"},
    {0x360, false, 2, FIND_BYTE, OIL, FACTORY, {1, -40}, "Subaru, Toyota 86 (2013-2020)"},
    {0x360, false, 3, FIND_BYTE, COOLANT, FACTORY, {1, -40}, "Subaru, Toyota 86 (2013-2020)"},
    {0x345, false, 3, FIND_BYTE, OIL, FACTORY, {1, -40}, "Toyota GR86, Subaru BRZ (2022 on)"},
    {0x345, false, 4, FIND_BYTE, COOLANT, FACTORY, {1, -40}, "Toyota GR86, Subaru BRZ (2022 on)"},
    {0x640, false, 2, FIND_BYTE, OIL, FACTORY, {1, -60}, "Volkswagen MQB, MLB"},
    {0x640, false, 3, FIND_BYTE, COOLANT, FACTORY, {0.75, -48}, "Volkswagen MQB, MLB"},
    {0x420, false, 3, FIND_BYTE, OIL, FACTORY, {1, -60}, "Volkswagen PQ"},
    {0x420, false, 4, FIND_BYTE, COOLANT, FACTORY, {0.75, -48}, "Volkswagen PQ"},
    {0x288, false, 1, FIND_BYTE, COOLANT, FACTORY, {0.75, -48}, "Volkswagen PQ"},
    {0x588, false, 7, FIND_BYTE, OIL, FACTORY, {1, -60}, "Volkswagen PQ"},
    {0x4C1, false, 2, FIND_BYTE, COOLANT, FACTORY, {1, -40}, "General Motors"},
    {0x510, false, 7, FIND_BYTE, OIL, FACTORY, {1, -40}, "General Motors LS7"},
    {0x510, false, 1, FIND_BYTE, COOLANT, FACTORY, {1, -40}, "General Motors LS7"},
    {0x580, false, 4, FIND_BYTE, OIL, FACTORY, {1, -40}, "Nissan"},
    {0x488, false, 5, FIND_BYTE, OIL, FACTORY, {1, -40}, "Peugeot, Citroën"},
    {0x420, false, 0, FIND_BYTE, COOLANT, FACTORY, {1, -40}, "Mazda"},
    {0x3E0, false, 6, FIND_MOTOROLA, OIL, AFTERMARKET, {0.1, -273.15}, "Haltech"},
    {0x3E0, false, 0, FIND_MOTOROLA, COOLANT, AFTERMARKET, {0.1, -273.15}, "Haltech"},
    {0x3E8, false, 2, FIND_INTEL, OIL, AFTERMARKET, {1, -50}, "Link G4X (page 8)"},
    {0x3E8, false, 7, FIND_BYTE, OIL, AFTERMARKET, {1, -50}, "Link Dash2Pro"},
    {0x536, false, 6, FIND_INTEL, OIL, AFTERMARKET, {0.1, 0}, "MaxxECU"},
    {0x530, false, 6, FIND_INTEL, COOLANT, AFTERMARKET, {0.1, 0}, "MaxxECU"},
    {0x602, false, 3, FIND_BYTE, OIL, AFTERMARKET, {1, 0}, "ECUMaster EMU"},
    {0x602, false, 6, FIND_INTEL, COOLANT, AFTERMARKET, {1, 0}, "ECUMaster EMU"},
    {0x5F2, false, 6, FIND_MOTOROLA, COOLANT, AFTERMARKET, {0.1 * 5 / 9, -160.0 / 9}, "Megasquirt"},
    {0x203, false, 2, FIND_BYTE, COOLANT, AFTERMARKET, {1, -40}, "rusEFI"},
    {0x204, false, 4, FIND_BYTE, OIL, AFTERMARKET, {1, -40}, "rusEFI"},
    {0x4E4, false, 2, FIND_INTEL, OIL, AFTERMARKET, {0.1, -50}, "Emtron"},
    {0x365, false, 2, FIND_MOTOROLA, OIL, AFTERMARKET, {0.1, 0}, "Adaptronic"},
    {ANY_SENDER, true, 2, FIND_INTEL, OIL, FACTORY, {0.03125, -273}, "J1939"},
    {ANY_SENDER, true, 0, FIND_BYTE, COOLANT, FACTORY, {1, -40}, "J1939"},
};

bool find_known_is_about(const struct find_known *row, uint32_t id, bool extended)
{
    uint32_t mask = row->id == ANY_SENDER ? 0x03FFFF00u : 0x1FFFFFFFu;
    return row->extended == extended && ((row->id ^ id) & mask) == 0;
}

const struct find_known *find_known(uint32_t id, bool extended, int byte, enum find_shape shape,
                                    int index)
{
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        if (find_known_is_about(&rows[i], id, extended) && rows[i].byte == byte &&
            rows[i].shape == shape && index-- == 0) {
            return &rows[i];
        }
    }
    return NULL;
}

size_t find_known_count(void)
{
    return sizeof rows / sizeof *rows;
}

const struct find_known *find_known_row(size_t index)
{
    return &rows[index];
}

size_t find_known_index(const struct find_known *known)
{
    return (size_t)(known - rows);
}
