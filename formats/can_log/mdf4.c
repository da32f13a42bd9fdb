/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
/*
 * Bus logging in MDF4: the frames of all data groups, in the order of their times. Sorted files (a group's records for
 * themselves) and unsorted ones (as a recorder writes them, CANedge's too) are read, finished or not. A file is read
 * whole, as its blocks may stand anywhere.
 */
#include "formats/can_log/mdf4.h"

#include "core/le.h"
#include "formats/can_log/reader.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define ID_SIZE 64u
#define READ_SIZE 65536u

/* The records of a data group, one after the other. */
struct data_group {
    unsigned id_size; /* bytes of the number before each record; 0: one channel group */
    struct mdf4_group groups[MDF4_GROUPS_MAX];
    unsigned group_count;
    struct mdf4_bytes records;
    size_t at;
    uint64_t count; /* records taken, of a sorted file */
    bool has_next;  /* a frame waits for its turn */
    const char *problem;
    struct can_log_frame next;
    unsigned bus;
};

struct mdf4 {
    struct mdf4_file file;
    struct mdf4_budget budget;
    struct data_group *groups;
    size_t count;
    char channel[12];
};

static bool begins(const uint8_t *head, size_t length)
{
    return length >= 9 && (memcmp(head, "MDF     4", 9) == 0 || memcmp(head, "UnFinMF 4", 9) == 0);
}

static const char *read_file(struct can_log_lines *bytes, struct mdf4_file *file)
{
    struct mdf4_bytes all = {0};
    uint8_t *part = malloc(READ_SIZE);
    size_t got = 0;
    bool good = part != NULL;
    while (good && (got = can_log_lines_take(bytes, part, READ_SIZE)) > 0) {
        good = mdf4_append(&all, part, got);
    }
    free(part);
    file->bytes = all.bytes;
    file->size = all.size;
    file->is_unfinished = all.size >= ID_SIZE && memcmp(all.bytes, "UnFinMF", 7) == 0;
    return good ? NULL : "larger than 1 GiB: split the file";
}

/* The number before a record, and the group it belongs to, or NULL. */
static struct mdf4_group *group_at(struct data_group *group, size_t at)
{
    uint64_t id = 0;
    if (group->id_size == 0) {
        return &group->groups[0];
    }
    for (unsigned i = group->id_size; i-- > 0;) {
        id = id << 8 | group->records.bytes[at + i];
    }
    for (unsigned i = 0; i < group->group_count; i++) {
        if (group->groups[i].record_id == id) {
            return &group->groups[i];
        }
    }
    return NULL;
}

/* The next record: its group and contents, *at moved on; NULL at the end, or where nothing known begins. */
static struct mdf4_group *take_record(struct data_group *group, size_t *at, const uint8_t **record,
                                      size_t *length)
{
    size_t size = group->records.size;
    if (group->group_count == 0 || size - *at < group->id_size || size == *at) {
        return NULL;
    }
    struct mdf4_group *owner = group_at(group, *at);
    size_t place = *at + group->id_size;
    if (owner == NULL || (owner->is_vlsd && size - place < 4)) {
        return NULL;
    }
    *length =
        owner->is_vlsd ? (size_t)le_get_u32(group->records.bytes + place) + 4 : owner->record_size;
    if (*length == 0 || *length > size - place) {
        return NULL;
    }
    *record = group->records.bytes + place;
    *at = place + *length;
    return owner;
}

/* Values that stand between the records of an unsorted file, brought together. */
static const char *collect_strings(struct data_group *group)
{
    const uint8_t *record;
    size_t length;
    size_t at = 0;
    struct mdf4_group *owner;
    while ((owner = take_record(group, &at, &record, &length)) != NULL) {
        if (owner->is_vlsd && !mdf4_append(&owner->strings, record, length)) {
            return "out of memory";
        }
    }
    return NULL;
}

static const struct mdf4_bytes *values_of(const struct data_group *group,
                                          const struct mdf4_group *owner)
{
    for (unsigned i = 0; i < group->group_count; i++) {
        if (group->groups[i].is_vlsd && group->groups[i].at == owner->channels[MDF4_BYTES].data) {
            return &group->groups[i].strings;
        }
    }
    return &owner->values;
}

/* The next frame of this data group into `next`. */
static void advance(struct data_group *group)
{
    const uint8_t *record;
    size_t length;
    struct mdf4_group *owner;
    group->has_next = false;
    while ((owner = take_record(group, &group->at, &record, &length)) != NULL) {
        if (group->id_size == 0 && group->count++ >= owner->record_count) {
            return;
        }
        if (owner->has_frames) {
            group->next = (struct can_log_frame){0};
            group->problem =
                mdf4_frame(owner, record, values_of(group, owner), &group->next, &group->bus);
            group->has_next = true;
            return;
        }
    }
}

/* A list of its own for the payloads, where the link is no channel group's. */
static const char *load_values(const struct mdf4_file *file, struct mdf4_group *group)
{
    struct mdf4_block block;
    const struct mdf4_channel *bytes = &group->channels[MDF4_BYTES];
    if (!bytes->is_there || bytes->kind != 1 || bytes->data == 0 ||
        mdf4_block(file, bytes->data, "CG", &block)) {
        return NULL;
    }
    return mdf4_data(file, bytes->data, &group->values);
}

static const char *load_groups(const struct mdf4_file *file, uint64_t at, struct data_group *group)
{
    struct mdf4_block block;
    const char *problem = NULL;
    while (problem == NULL && at != 0 && group->group_count < MDF4_GROUPS_MAX) {
        struct mdf4_group *added = &group->groups[group->group_count];
        if (!mdf4_block(file, at, "CG", &block) || !mdf4_read_group(file, at, added)) {
            return "a channel group that is not complete";
        }
        group->group_count++;
        problem = load_values(file, added);
        at = mdf4_link(&block, 0);
    }
    return problem;
}

static bool has_frames(const struct data_group *group)
{
    for (unsigned i = 0; i < group->group_count; i++) {
        if (group->groups[i].has_frames) {
            return true;
        }
    }
    return false;
}

static const char *load_data_group(const struct mdf4_file *file, const struct mdf4_block *block,
                                   struct data_group *group)
{
    if (block->size < 1 || (block->data[0] > 2 && block->data[0] != 4 && block->data[0] != 8)) {
        return "a data group that is not complete";
    }
    group->id_size = block->data[0];
    const char *problem = load_groups(file, mdf4_link(block, 1), group);
    if (problem != NULL || !has_frames(group)) {
        return problem;
    }
    problem = mdf4_data(file, mdf4_link(block, 2), &group->records);
    problem = problem == NULL ? collect_strings(group) : problem;
    advance(group);
    return problem;
}

static void free_data_group(struct data_group *group)
{
    for (unsigned i = 0; i < group->group_count; i++) {
        free(group->groups[i].values.bytes);
        free(group->groups[i].strings.bytes);
    }
    free(group->records.bytes);
}

/* Most groups of a measurement hold signals that were decoded already. 1: dropped. */
static size_t drop_if_useless(struct data_group *group)
{
    if (has_frames(group)) {
        return 0;
    }
    free_data_group(group);
    return 1;
}

static const char *load(struct mdf4 *mdf)
{
    struct mdf4_block block;
    const char *problem = NULL;
    /* No block is shorter than its head of 24 bytes, and hardly one is named twice. */
    mdf->budget = (struct mdf4_budget){.blocks = mdf->file.size / 12, .bytes = MDF4_SIZE_MAX};
    mdf->file.budget = &mdf->budget;
    if (!mdf4_block(&mdf->file, ID_SIZE, "HD", &block)) {
        return "no header block: the file is damaged";
    }
    uint64_t at = mdf4_link(&block, 0);
    while (problem == NULL && at != 0) {
        struct data_group *larger = realloc(mdf->groups, (mdf->count + 1) * sizeof *larger);
        if (larger == NULL || mdf->count == MDF4_GROUPS_MAX || !mdf4_visit(&mdf->file)) {
            mdf->groups = larger == NULL ? mdf->groups : larger;
            return "more data groups than can be read";
        }
        mdf->groups = larger;
        memset(&mdf->groups[mdf->count], 0, sizeof *larger);
        mdf->count++;
        if (!mdf4_block(&mdf->file, at, "DG", &block)) {
            return "a data group that is not complete";
        }
        problem = load_data_group(&mdf->file, &block, &mdf->groups[mdf->count - 1]);
        mdf->count -= drop_if_useless(&mdf->groups[mdf->count - 1]);
        at = mdf4_link(&block, 0);
    }
    return problem;
}

/* The data group whose frame is the earliest, or NULL. */
static struct data_group *earliest(struct mdf4 *mdf)
{
    struct data_group *found = NULL;
    for (size_t i = 0; i < mdf->count; i++) {
        struct data_group *group = &mdf->groups[i];
        if (group->has_next && (found == NULL || group->next.time_ns < found->next.time_ns)) {
            found = group;
        }
    }
    return found;
}

static enum can_log_line end(struct can_log_parsed *parsed, const char *problem)
{
    parsed->problem = problem;
    return CAN_LOG_LINE_END;
}

static enum can_log_line read_mdf4(struct can_log_lines *bytes, void **memory,
                                   struct can_log_parsed *parsed)
{
    struct mdf4 *mdf = *memory;
    if (mdf == NULL) {
        mdf = *memory = calloc(1, sizeof *mdf);
        if (mdf == NULL) {
            return end(parsed, "out of memory");
        }
        const char *problem = read_file(bytes, &mdf->file);
        problem = problem == NULL ? load(mdf) : problem;
        if (problem != NULL && earliest(mdf) == NULL) {
            return end(parsed, problem);
        }
        if (problem != NULL) {
            return can_log_bad(parsed, problem);
        }
    }
    struct data_group *group = earliest(mdf);
    if (group == NULL) {
        return end(parsed, NULL);
    }
    const char *problem = group->problem;
    parsed->frame = group->next;
    int length = snprintf(mdf->channel, sizeof mdf->channel, "%u", group->bus);
    parsed->channel = (struct can_log_field){mdf->channel, (size_t)length};
    advance(group);
    return problem == NULL ? CAN_LOG_LINE_FRAME : can_log_bad(parsed, problem);
}

static void free_mdf4(void *memory)
{
    struct mdf4 *mdf = memory;
    for (size_t i = 0; i < mdf->count; i++) {
        free_data_group(&mdf->groups[i]);
    }
    free(mdf->groups);
    free(mdf->file.bytes);
    free(mdf);
}

const struct can_log_binary can_log_mdf4 = {begins, read_mdf4, free_mdf4};
