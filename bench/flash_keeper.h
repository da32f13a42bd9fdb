/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
/* Keeps the board's flash in a file from run to run (--flash): written when power goes and at the end. */
#ifndef BENCH_FLASH_KEEPER_H
#define BENCH_FLASH_KEEPER_H

#include "bench/model.h"
#include "core/record.h"
#include "formats/flash_file/flash_file.h"

#include <stdbool.h>
#include <stddef.h>

struct flash_keeper {
    const char *path;        /* NULL: none is kept */
    struct flash_file *file; /* what the file holds */
    bool existed;            /* there was a file: it decides what runs */
    bool was_off;
    bool failed;
    char error[512];
};

/* Reads the file at `path` if there is one. False with a line in `error`; close it even then. */
bool flash_keeper_open(struct flash_keeper *keeper, const char *path)
    __attribute__((warn_unused_result));
void flash_keeper_close(struct flash_keeper *keeper);

/* The file there was holds candial's own M7 image. */
bool flash_keeper_is_own(const struct flash_keeper *keeper);
/* The profile in the settings sector; false if there is no valid one. */
bool flash_keeper_record(const struct flash_keeper *keeper, struct record *record);

/* To be called often: saves once when the board's power has gone. */
void flash_keeper_look(struct flash_keeper *keeper, const struct bench_model *model);
/* Saves what the board's flash holds now; false with a line in `error`, also if an earlier one failed. */
bool flash_keeper_save(struct flash_keeper *keeper, const struct bench_model *model);

#endif
