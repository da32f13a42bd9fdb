/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
#ifndef TESTS_REGISTERS_REG_MODELS_H
#define TESTS_REGISTERS_REG_MODELS_H

/* From a layout of the manual's table to the virtual board's model of it. */
#include <string.h>

#include "tests/registers/reg_table.h"
#include "vboard/chips/stm32h755.h"

/* NULL: no peripheral of the chip has this layout, or a model. */
static inline const struct model *reg_model_of(const struct reg_table *table, const char *layout)
{
    for (const struct chip_entry *e = stm32h755_entries; e->name != NULL; e++) {
        const struct reg_instance *i = reg_table_instance(table, e->name);
        if (i != NULL && strcmp(i->layout, layout) == 0) {
            return e->model;
        }
    }
    return NULL;
}

#endif
