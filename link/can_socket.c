/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
#include "link/can_socket.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/can.h>
#include <linux/can/raw.h>
#include <net/if.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

static bool bind_to(int fd, const char *interface)
{
    const int on = 1;
    struct sockaddr_can address;
    memset(&address, 0, sizeof address);
    address.can_family = AF_CAN;
    address.can_ifindex = (int)if_nametoindex(interface);
    /* An interface without FD refuses this, and works all the same. */
    (void)setsockopt(fd, SOL_CAN_RAW, CAN_RAW_FD_FRAMES, &on, sizeof on);
    return address.can_ifindex != 0 && fcntl(fd, F_SETFL, O_NONBLOCK) == 0 &&
           bind(fd, (const struct sockaddr *)&address, sizeof address) == 0;
}

int can_socket_open(const char *interface, char *error, size_t error_size)
{
    int fd = socket(PF_CAN, SOCK_RAW, CAN_RAW);
    if (fd >= 0 && bind_to(fd, interface)) {
        return fd;
    }
    snprintf(error, error_size, "--can: socketcan:%s: %s: bring it up, as `ip link set %s up`",
             interface, strerror(errno), interface);
    if (fd >= 0) {
        close(fd);
    }
    return -1;
}

bool can_socket_receive(int fd, struct can_log_frame *frame)
{
    struct canfd_frame from;
    ssize_t length;
    do {
        length = read(fd, &from, sizeof from);
        if (length != (ssize_t)CAN_MTU && length != (ssize_t)CANFD_MTU) {
            return false;
        }
    } while ((from.can_id & CAN_ERR_FLAG) != 0);
    *frame = (struct can_log_frame){
        .id = from.can_id & ((from.can_id & CAN_EFF_FLAG) != 0 ? CAN_EFF_MASK : CAN_SFF_MASK),
        .extended = (from.can_id & CAN_EFF_FLAG) != 0,
        .remote = (from.can_id & CAN_RTR_FLAG) != 0,
        .fd = length == (ssize_t)CANFD_MTU,
        .bit_rate_switch = length == (ssize_t)CANFD_MTU && (from.flags & CANFD_BRS) != 0,
        .len = from.len <= CAN_LOG_DATA_MAX ? from.len : CAN_LOG_DATA_MAX,
    };
    memcpy(frame->data, from.data, frame->len);
    return true;
}

bool can_socket_send(int fd, const struct can_log_frame *frame)
{
    struct canfd_frame to;
    memset(&to, 0, sizeof to);
    to.can_id =
        frame->id | (frame->extended ? CAN_EFF_FLAG : 0) | (frame->remote ? CAN_RTR_FLAG : 0);
    to.len = frame->len;
    to.flags = frame->bit_rate_switch ? CANFD_BRS : 0;
    memcpy(to.data, frame->data, frame->len);
    const size_t size = frame->fd ? CANFD_MTU : CAN_MTU;
    return write(fd, &to, size) == (ssize_t)size;
}
