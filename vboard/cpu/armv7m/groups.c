/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
/* From an encoding to its row, by the groups of DDI 0403 A5.2 and A5.3 (Table A5-9). */
#include "vboard/cpu/armv7m/groups.h"

#include <stddef.h>

const struct row *const all_rows16[] = {
    rows16_data_imm, rows16_data_reg,  rows16_load_store, rows16_multiple,
    rows16_branch,   rows16_bit_field, rows16_system,     NULL};

const struct row *const all_rows32[] = {rows32_data_modified,
                                        rows32_data_plain,
                                        rows32_data_shifted,
                                        rows32_shift_reg,
                                        rows32_bit_field,
                                        rows32_extend,
                                        rows32_saturate,
                                        rows32_parallel,
                                        rows32_multiply,
                                        rows32_multiply_long,
                                        rows32_store,
                                        rows32_load_byte,
                                        rows32_load_half,
                                        rows32_load_word,
                                        rows32_multiple,
                                        rows32_pair,
                                        rows32_exclusive,
                                        rows32_table_branch,
                                        rows32_branch,
                                        rows32_system,
                                        rows32_vfp_transfer,
                                        rows32_vfp_single_arithmetic,
                                        rows32_vfp_single_convert,
                                        rows32_vfp_double_arithmetic,
                                        rows32_vfp_double_convert,
                                        rows32_coprocessor,
                                        NULL};

static const struct row *find(const struct row *rows, uint32_t op)
{
    while (rows->name != NULL && (op & rows->mask) != rows->value) {
        rows++;
    }
    return rows->name != NULL ? rows : NULL;
}

static const struct row *find_in(const struct row *const *tables, uint32_t op)
{
    const struct row *found = NULL;
    while (*tables != NULL && found == NULL) {
        found = find(*tables++, op);
    }
    return found;
}

/* Table A5-1: by bits 15:10. */
const struct row *find_row16(uint32_t op)
{
    static const struct row *const below_0x4800[] = {rows16_data_reg, rows16_data_imm,
                                                     rows16_branch, NULL};
    static const struct row *const from_0xA000[] = {
        rows16_data_imm, rows16_multiple, rows16_branch, rows16_bit_field, rows16_system, NULL};
    if (op < 0x4800) {
        return find_in(below_0x4800, op);
    }
    return op < 0xA000 ? find(rows16_load_store, op) : find_in(from_0xA000, op);
}

/* op1 = 01: lists, pairs and exclusives, table branches, shifted registers (A5.3.5, A5.3.6, A5.3.11). */
static const struct row *find_01(uint32_t op)
{
    static const struct row *const second[] = {rows32_table_branch, rows32_exclusive, rows32_pair,
                                               NULL};
    if (bit(op, 25) != 0) {
        return find(rows32_data_shifted, op);
    }
    return bit(op, 22) != 0 ? find_in(second, op) : find(rows32_multiple, op);
}

/* op1 = 10: constants, branches, system (A5.3.1, A5.3.3, A5.3.4). */
static const struct row *find_10(uint32_t op)
{
    static const struct row *const plain[] = {rows32_data_plain, rows32_saturate, rows32_bit_field,
                                              NULL};
    if (bit(op, 15) != 0) {
        bool special = bits(op, 25, 23) == 7 && (op & 0x5000u) == 0;
        return special && (op & 0xFFF0F000u) != 0xF7F0A000u ? find(rows32_system, op)
                                                            : find(rows32_branch, op);
    }
    return bit(op, 25) != 0 ? find_in(plain, op) : find(rows32_data_modified, op);
}

/* op1 = 11, not coprocessors: single loads and stores, registers, multiplications (A5.3.7 to
 * A5.3.17). */
static const struct row *find_11(uint32_t op)
{
    static const struct row *const loads[4] = {rows32_load_byte, rows32_load_half, rows32_load_word,
                                               NULL};
    static const struct row *const registers[] = {rows32_shift_reg, rows32_extend, rows32_parallel,
                                                  NULL};
    if (bits(op, 25, 24) == 2) {
        return find_in(registers, op);
    }
    if (bits(op, 25, 24) == 3) {
        return find(bit(op, 23) != 0 ? rows32_multiply_long : rows32_multiply, op);
    }
    if (bit(op, 20) == 0) {
        bool base_is_pc = bits(op, 19, 16) == 15; /* UNDEFINED */
        return bit(op, 24) != 0 || base_is_pc ? NULL : find(rows32_store, op);
    }
    const struct row *rows = loads[bits(op, 22, 21)];
    return rows != NULL ? find(rows, op) : NULL;
}

static const struct row *find_coprocessor(uint32_t op, bool m7)
{
    static const struct row *const both[] = {rows32_vfp_transfer, rows32_vfp_single_arithmetic,
                                             rows32_vfp_single_convert, NULL};
    static const struct row *const m7_only[] = {rows32_vfp_double_arithmetic,
                                                rows32_vfp_double_convert, NULL};
    if (bits(op, 11, 9) != 5) { /* not CP10 or CP11 */
        return find(rows32_coprocessor, op);
    }
    const struct row *found = find_in(both, op);
    if (found == NULL && m7) {
        found = find_in(m7_only, op);
    }
    return found != NULL ? found : find(rows32_vfp_none, op);
}

const struct row *find_row32(uint32_t op, bool m7)
{
    if (bit(op, 26) != 0 && bits(op, 28, 27) != 2) {
        return find_coprocessor(op, m7);
    }
    switch (bits(op, 28, 27)) {
    case 1:
        return find_01(op);
    case 2:
        return find_10(op);
    default:
        return find_11(op);
    }
}
