/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
#ifndef VBOARD_CPU_ARMV7M_GROUPS_H
#define VBOARD_CPU_ARMV7M_GROUPS_H

/* The tables of encodings, each in the file that executes it. They end with a name of NULL; the first
 * row that matches counts. */
#include "vboard/cpu/armv7m/insn.h"

/* 16 bits */
extern const struct row rows16_data_imm[], rows16_data_reg[], rows16_load_store[],
    rows16_multiple[], rows16_branch[], rows16_bit_field[], rows16_system[];
/* 32 bits */
extern const struct row rows32_data_modified[], rows32_data_plain[], rows32_data_shifted[],
    rows32_shift_reg[], rows32_bit_field[], rows32_extend[], rows32_saturate[], rows32_parallel[],
    rows32_multiply[], rows32_multiply_long[], rows32_store[], rows32_load_byte[],
    rows32_load_half[], rows32_load_word[], rows32_multiple[], rows32_pair[], rows32_exclusive[],
    rows32_table_branch[], rows32_branch[], rows32_system[], rows32_coprocessor[];
/* The floating-point extension: what both cores have, and the M7 alone. */
extern const struct row rows32_vfp_transfer[], rows32_vfp_single_arithmetic[],
    rows32_vfp_single_convert[], rows32_vfp_double_arithmetic[], rows32_vfp_double_convert[],
    rows32_vfp_none[];

/* All tables, ending with NULL; for tests that want every row. */
extern const struct row *const all_rows16[], *const all_rows32[];

#endif
