/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
/* The virtual board as a bench's board: images into its flash, a log or the car onto its bus. */
#ifndef BENCH_BOARD_H
#define BENCH_BOARD_H

#include "host/board_options.h"
#include "bench/model.h"
#include "formats/image/image.h"

struct bench_board_config {
    const struct board_options *options;
    const struct image *cm7;        /* what goes into the flash; borrowed: */
    const struct image *cm4;        /* they name functions. cm4 may be NULL: bank 2 stays empty,
                                       or cm7 holds both cores' code */
    const struct flash_file *flash; /* what the flash holds before; NULL: nothing */
    bool images_only_name;          /* they are not written into the flash */
    const uint8_t *settings; /* a record of settings_size bytes for the settings sector, or NULL */
    size_t settings_size;
    uint32_t bitrate_bps;         /* of the played log; 0: 500 kbit/s */
    uint32_t fd_data_bitrate_bps; /* 0: as bitrate_bps */
    bool own_firmware;
    struct bench_listener listener;
};

/*
 * Makes a board that is not powered yet, images and settings in its flash. False with one line in
 * `error`. Free with model->ops->destroy.
 */
bool bench_board_create(const struct bench_board_config *config, struct bench_model *model,
                        char *error, size_t error_size) __attribute__((warn_unused_result));

/* The virtual board behind such a model, for debuggers; NULL: it is another one's. */
struct board;
struct board *bench_board_of(const struct bench_model *model);

#endif
