/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
/*
 * `candial run` on a terminal of 80 x 24, and of another size while it runs. The terminal is the test's: what is
 * drawn after a change is looked at as it is sent.
 */
#define _XOPEN_SOURCE 700 /* posix_openpt */
#include "tests/formats/cmocka_head.h"

#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/wait.h>
#include <unistd.h>

struct terminal {
    int master;
    pid_t child;
    char text[1u << 20];
    size_t length;
};

static void set_size(int fd, unsigned short columns, unsigned short rows)
{
    const struct winsize size = {.ws_col = columns, .ws_row = rows};
    assert_int_equal(ioctl(fd, TIOCSWINSZ, &size), 0);
}

/* Runs candial there, for ever, or until it is killed. */
static void start(struct terminal *t, unsigned short columns, unsigned short rows,
                  const char *locale)
{
    char path[512];
    t->length = 0;
    t->master = posix_openpt(O_RDWR | O_NOCTTY);
    assert_true(t->master >= 0 && grantpt(t->master) == 0 && unlockpt(t->master) == 0);
    set_size(t->master, columns, rows);
    snprintf(path, sizeof path, "%s/candial", getenv("CANDIAL_BINARY_DIR"));
    t->child = fork();
    assert_true(t->child >= 0);
    if (t->child == 0) {
        int terminal = open(ptsname(t->master), O_RDWR);
        setsid();
        dup2(terminal, 0);
        dup2(terminal, 1);
        dup2(terminal, 2);
        setenv("TERM", "xterm", 1);
        setenv("LC_ALL", locale, 1);
        execl(path, path, "run", "--speed", "max", "--for", "500s", (char *)NULL);
        _exit(127);
    }
}

/* Reads until `word` has come since `from`; where it began. Fails if nothing comes any more. */
static size_t await(struct terminal *t, size_t from, const char *word)
{
    for (;;) {
        t->text[t->length] = '\0';
        const char *at = strstr(t->text + from, word);
        if (at != NULL) {
            return (size_t)(at - t->text);
        }
        struct pollfd poll_master = {.fd = t->master, .events = POLLIN};
        if (t->length + 4096 >= sizeof t->text || poll(&poll_master, 1, -1) <= 0) {
            fail_msg("`%s' never comes", word);
        }
        ssize_t count = read(t->master, t->text + t->length, 4096);
        if (count <= 0) {
            fail_msg("ended without `%s':\n%s", word, t->text + from);
        }
        t->length += (size_t)count;
    }
}

static void stop(struct terminal *t)
{
    kill(t->child, SIGKILL);
    waitpid(t->child, NULL, 0);
    close(t->master);
}

static void a_dial_on_80_by_24(void **state)
{
    (void)state;
    static struct terminal t;
    start(&t, 80, 24, "C.UTF-8");
    size_t first = await(&t, 0, "Ford Mustang S550");
    size_t end = await(&t, first, " frames");
    assert_non_null(strstr(t.text + first, "\xE2\xA3")); /* dots */
    assert_null(strstr(t.text, "\033[2J"));
    await(&t, end, "\033[17A"); /* back to the first of 15 + 2 rows */
    set_size(t.master, 60, 10);
    size_t small = await(&t, end, "\033[2J\033[H");
    small = await(&t, small, "\033[3A"); /* now three rows */
    set_size(t.master, 120, 40);
    await(&t, small, "Ford Mustang S550");
    stop(&t);
}

static void ascii_without_utf8(void **state)
{
    (void)state;
    static struct terminal t;
    start(&t, 80, 24, "C");
    size_t first = await(&t, 0, "Ford Mustang S550");
    await(&t, first, " frames");
    for (size_t i = 0; i < t.length; i++) {
        assert_true((unsigned char)t.text[i] < 0x80);
    }
    stop(&t);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_dial_on_80_by_24),
        cmocka_unit_test(ascii_without_utf8),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
