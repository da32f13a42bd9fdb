/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
/*
 * ASAM MDF, version 4 (MF4), as far as recorded CAN traffic needs it. Private to formats/can_log/mdf4*.c.
 *
 * A file is blocks that name each other by their places: HD -> DG -> CG -> CN (data group, channel group, channel),
 * little-endian. A data group's records stand in DT blocks, or in DZ ones (packed with zlib), one or a list of them
 * (DL, HL). Each record belongs to a channel group, told by a number before it if there are several.
 */
#ifndef FORMATS_CAN_LOG_MDF4_H
#define FORMATS_CAN_LOG_MDF4_H

#include "formats/can_log/can_log.h"

#define MDF4_GROUPS_MAX 64
#define MDF4_SIZE_MAX (UINT64_C(1) << 30)

/* What is left to be read: blocks of a damaged file may name each other in a ring, or unpack without end. */
struct mdf4_budget {
    uint64_t blocks;
    uint64_t bytes;
};

struct mdf4_file {
    struct mdf4_budget *budget;
    uint8_t *bytes; /* all of it */
    size_t size;
    bool is_unfinished; /* the recorder did not come to write lengths and counts */
};

/* Part of a file that was checked to be inside of it. */
struct mdf4_block {
    const uint8_t *links; /* u64 each */
    uint64_t link_count;
    const uint8_t *data;
    uint64_t size; /* of data */
    char type[2];  /* "DG" */
};

struct mdf4_bytes {
    uint8_t *bytes;
    size_t size, room;
};

/* False: no whole block of this type there; `type` NULL takes any. */
bool mdf4_block(const struct mdf4_file *file, uint64_t at, const char *type,
                struct mdf4_block *block);

/* Counts a block that is visited; false: more than the file can have. */
bool mdf4_visit(const struct mdf4_file *file);

/* Link `index` of a block, 0 if it has fewer. */
uint64_t mdf4_link(const struct mdf4_block *block, unsigned index);

/* Appends the data behind a link, unpacked and in one piece. NULL, or what is wrong. */
const char *mdf4_data(const struct mdf4_file *file, uint64_t at, struct mdf4_bytes *to);

bool mdf4_append(struct mdf4_bytes *to, const uint8_t *bytes, size_t size);

/* Where a number stands in a record. */
struct mdf4_channel {
    bool is_there;
    uint8_t
        kind; /* cn_type: 0 in the record, 1 elsewhere (VLSD), 2 master, 5 in the record, not all of it used */
    uint8_t data_type;
    uint8_t bit_offset;
    uint32_t byte_offset;
    uint32_t bit_count;
    double offset, factor;
    uint64_t data; /* link: VLSD's values */
};

enum mdf4_role {
    MDF4_TIME,
    MDF4_BUS,
    MDF4_ID,
    MDF4_IDE,
    MDF4_DLC,
    MDF4_LENGTH,
    MDF4_BYTES,
    MDF4_EDL,
    MDF4_BRS,
    MDF4_ESI,
    MDF4_ROLES
};

/* A channel group; one that holds no frames is only there so that its records can be passed over. */
struct mdf4_group {
    uint64_t at; /* its block */
    uint64_t record_id;
    uint64_t record_count;
    uint32_t record_size;
    bool is_vlsd;
    bool has_frames, is_remote;
    struct mdf4_channel channels[MDF4_ROLES];
    struct mdf4_bytes
        values; /* of MDF4_BYTES, if it is VLSD and they stand in a list of their own */
    struct mdf4_bytes strings; /* of a VLSD group: length and bytes, one after the other */
};

/* What a channel group's block says of it. */
bool mdf4_read_group(const struct mdf4_file *file, uint64_t at, struct mdf4_group *group);

/* The frame in a record; `values` are the VLSD ones or NULL. NULL, or what is wrong. */
const char *mdf4_frame(const struct mdf4_group *group, const uint8_t *record,
                       const struct mdf4_bytes *values, struct can_log_frame *frame, unsigned *bus);

#endif
