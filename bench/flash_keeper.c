/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
#include "bench/flash_keeper.h"

#include "bench/own.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define SETTINGS_OFFSET 0xC0000u /* bank 1, sector 6 (docs/SPEC.md) */
#define BANK_SIZE 0x100000u

bool flash_keeper_open(struct flash_keeper *keeper, const char *path)
{
    *keeper = (struct flash_keeper){.path = path};
    if (path == NULL) {
        return true;
    }
    keeper->file = calloc(1, sizeof *keeper->file);
    if (keeper->file == NULL) {
        snprintf(keeper->error, sizeof keeper->error, "%s: out of memory", path);
        return false;
    }
    if (access(path, F_OK) != 0) {
        return true; /* it will be created */
    }
    keeper->existed = flash_file_load(path, keeper->file, keeper->error, sizeof keeper->error);
    return keeper->existed;
}

void flash_keeper_close(struct flash_keeper *keeper)
{
    free(keeper->file);
    keeper->file = NULL;
}

bool flash_keeper_is_own(const struct flash_keeper *keeper)
{
    return bench_own_bytes(keeper->file->bytes, BANK_SIZE);
}

bool flash_keeper_record(const struct flash_keeper *keeper, struct record *record)
{
    return keeper->existed &&
           record_parse(record, keeper->file->bytes + SETTINGS_OFFSET, RECORD_SIZE) == 0;
}

bool flash_keeper_save(struct flash_keeper *keeper, const struct bench_model *model)
{
    if (keeper->path == NULL) {
        return true;
    }
    model->ops->read_flash(model->self, keeper->file);
    keeper->failed |=
        !flash_file_save(keeper->path, keeper->file, keeper->error, sizeof keeper->error);
    return !keeper->failed;
}

void flash_keeper_look(struct flash_keeper *keeper, const struct bench_model *model)
{
    if (keeper == NULL || keeper->path == NULL) {
        return;
    }
    bool off = model->ops->supply(model->self) == BENCH_SUPPLY_OFF;
    if (off && !keeper->was_off) {
        (void)flash_keeper_save(keeper, model); /* the end tells of it */
    }
    keeper->was_off = off;
}
