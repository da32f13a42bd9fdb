/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
#include "firmware/common/can_plan.h"

#include <stdbool.h>
#include <stddef.h>

#include "core/can_timing.h"
#include "core/source_ops.h"

static bool is_known(const struct ipc_filter *list, uint32_t count, const struct ipc_filter *filter)
{
    for (uint32_t i = 0; i < count; i++) {
        if (list[i].id == filter->id && list[i].mask == filter->mask &&
            list[i].extended == filter->extended) {
            return true;
        }
    }
    return false;
}

static void add_filter(struct ipc_can_config *can, uint32_t id, uint32_t mask, bool extended)
{
    const struct ipc_filter filter = {id, mask, extended ? 1U : 0U};
    if (!is_known(can->filter, can->filter_count, &filter) && can->filter_count < IPC_FILTERS) {
        can->filter[can->filter_count] = filter;
        can->filter_count++;
    }
}

static void add_heard(struct ipc_can_config *can, const struct source_config *source)
{
    struct request_ids ids[REQUEST_IDS_MAX];
    const uint32_t count =
        source_ops((uint8_t)source->kind)->list_ids(source, SOURCE_IDS_RECEIVE, ids, 0);
    for (uint32_t i = 0; i < count; i++) {
        add_filter(can, ids[i].id, ids[i].mask, ids[i].extended);
    }
}

/* What is asked and answered; without `may_send` answers to others could still be read, but are not. */
static void add_requests(struct ipc_can_config *can, const struct record *record)
{
    struct request_ids ids[REQUEST_IDS_MAX];
    if ((can->mode & IPC_CAN_ASKS) == 0) {
        return;
    }
    const uint32_t received = requests_receive_ids(record, ids);
    for (uint32_t i = 0; i < received; i++) {
        add_filter(can, ids[i].id, ids[i].mask, ids[i].extended);
    }
    const uint32_t sent = requests_send_ids(record, ids);
    for (uint32_t i = 0; i < sent && i < IPC_SENDS; i++) {
        can->send[i] = (struct ipc_filter){ids[i].id, ids[i].mask, ids[i].extended ? 1U : 0U};
        can->send_count++;
    }
}

static void plan_mode(struct ipc_can_config *can, const struct record *record, bool may_send)
{
    can->mode = record->fd_data_bitrate_bps != 0 ? IPC_CAN_FD : 0U;
    if (may_send && record->mode == RECORD_ACTIVE) {
        can->mode |= IPC_CAN_ACTIVE | (requests_wanted(record) ? IPC_CAN_ASKS : 0U);
    }
}

static void plan_timing(struct ipc_can_config *can, const struct record *record, uint32_t kernel_hz)
{
    if (record->bitrate_bps == RECORD_BITRATE_AUTO) {
        for (uint32_t i = 0; i < IPC_RATES; i++) {
            can->nominal_timing[i] = can_nominal_timing(kernel_hz, can_found_rate(i));
        }
    } else {
        can->nominal_timing[0] = can_nominal_timing(kernel_hz, record->bitrate_bps);
    }
    if (record->fd_data_bitrate_bps != 0) {
        can->data_timing = can_data_timing(kernel_hz, record->fd_data_bitrate_bps);
    }
}

uint32_t can_found_rate(uint32_t index)
{
    return index == 0 ? 500000U : 250000U; /* ISO 15765-4 has these two */
}

int can_plan(struct ipc_can_config *can, const struct record *record, uint32_t kernel_hz,
             bool may_send)
{
    *can = (struct ipc_can_config){0};
    plan_timing(can, record, kernel_hz);
    plan_mode(can, record, may_send);
    for (uint8_t i = 0; i < record->dial_count; i++) {
        const struct source_config *source = &record->dial[i].source;
        if (!source_is_asked(source)) {
            add_heard(can, source);
        }
    }
    add_requests(can, record);
    if (can->nominal_timing[0] == 0 ||
        (record->fd_data_bitrate_bps != 0 && can->data_timing == 0)) {
        return -1;
    }
    return 0;
}
