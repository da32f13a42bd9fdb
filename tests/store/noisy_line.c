/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
#include "tests/store/noisy_line.h"

#include "link/pty.h"
#include "link/serial_port.h"
#include "tests/formats/cmocka_head.h"
#include "tests/formats/scratch_file.h"

#include <fcntl.h>
#include <poll.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

struct ends {
    const struct noisy_line *line;
    struct pty program;
    struct serial_port board;
    int ended; /* readable when the program has ended */
    unsigned to_board, from_board;
    uint64_t random;
};

/* As long as there is somebody to take it. */
static void write_all(const struct ends *ends, int fd, const uint8_t *bytes, size_t count)
{
    while (count > 0) {
        struct pollfd room[] = {{.fd = fd, .events = POLLOUT},
                                {.fd = ends->ended, .events = POLLIN}};
        const ssize_t written = write(fd, bytes, count);
        if (written > 0) {
            bytes += written;
            count -= (size_t)written;
        } else if (poll(room, 2, -1) > 0 &&
                   ((room[0].revents & (POLLHUP | POLLERR)) != 0 || room[1].revents != 0)) {
            return; /* nobody takes it any more */
        }
    }
}

/* Every n-th byte gets a wrong bit, or gets lost. */
static size_t damage(struct ends *ends, uint8_t *bytes, size_t count, unsigned each,
                     unsigned *total)
{
    size_t kept = 0;
    for (size_t i = 0; i < count; i++) {
        (*total)++;
        const bool is_hit = each != 0 && *total % each == 0;
        const uint64_t random = is_hit ? fuzz_next(&ends->random) : 0;
        if (!is_hit || random % 3 != 0) {
            const unsigned wrong = is_hit ? 1u << random % 8 : 0;
            bytes[kept++] = (uint8_t)((bytes[i] ^ wrong) & 0xFFu);
        }
    }
    return kept;
}

/* False: the cable has been pulled out. */
static bool carry_to_board(struct ends *ends)
{
    uint8_t bytes[64];
    const unsigned cut = ends->line->cut_after;
    size_t count = pty_take(&ends->program, bytes, sizeof bytes);
    if (cut != 0 && ends->to_board + count >= cut) {
        write_all(ends, ends->board.fd, bytes, cut - ends->to_board);
        return false;
    }
    count = damage(ends, bytes, count, ends->line->damage_each, &ends->to_board);
    write_all(ends, ends->board.fd, bytes, count);
    return true;
}

static void carry_from_board(struct ends *ends)
{
    uint8_t bytes[64];
    const ssize_t count = read(ends->board.fd, bytes, sizeof bytes);
    if (count > 0) {
        write_all(ends, ends->program.master, bytes,
                  damage(ends, bytes, (size_t)count, ends->line->answer_each, &ends->from_board));
    }
}

/* Until the program has ended (its standard error has), or the cable is pulled out. */
static void carry(struct ends *ends, const struct child *child)
{
    for (;;) {
        struct pollfd look[] = {{.fd = ends->program.master, .events = POLLIN},
                                {.fd = ends->board.fd, .events = POLLIN},
                                {.fd = child->err, .events = POLLIN}};
        assert_true(poll(look, 3, -1) > 0);
        if ((look[0].revents & POLLIN) != 0 && !carry_to_board(ends)) {
            return;
        }
        if ((look[1].revents & POLLIN) != 0) {
            carry_from_board(ends);
        }
        if (look[2].revents != 0) {
            return;
        }
    }
}

void noisy_line_run(const struct noisy_line *line, const char *console, const char *arguments,
                    struct child *child)
{
    char error[200];
    char all[2048];
    static struct ends ends;
    memset(&ends, 0, sizeof ends);
    ends.line = line;
    ends.random = 1;
    if (!pty_open(&ends.program, "line", "pty", error, sizeof error)) {
        fail_msg("%s", error);
    }
    assert_true(serial_open(&ends.board, console));
    snprintf(all, sizeof all, "%s --port %s", arguments, ends.program.name);
    child_start(child, all);
    ends.ended = child->err;
    carry(&ends, child);
    pty_close(&ends.program);
    child_wait(child);
    serial_close(&ends.board);
}
