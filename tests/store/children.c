/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
#include "tests/store/children.h"

#include "tests/formats/cmocka_head.h"
#include "tests/formats/scratch_file.h"

#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#define WORDS_MAX 40

static const char *environment(const char *name, const char *otherwise)
{
    const char *value = getenv(name);
    return value == NULL ? otherwise : value;
}

_Noreturn static void become(const char *arguments)
{
    char program[1024];
    char words[2048];
    char *argv[WORDS_MAX + 1] = {program};
    char *rest = NULL;
    size_t count = 1;
    snprintf(program, sizeof program, "%s/candial", environment("CANDIAL_BINARY_DIR", "build"));
    snprintf(words, sizeof words, "%s", arguments);
    for (char *word = strtok_r(words, " ", &rest); word != NULL && count < WORDS_MAX;
         word = strtok_r(NULL, " ", &rest)) {
        argv[count++] = word;
    }
    execv(program, argv);
    _exit(127);
}

void child_start(struct child *child, const char *arguments)
{
    int err[2];
    memset(child, 0, sizeof *child);
    child->out = tmpfile();
    assert_true(child->out != NULL && pipe(err) == 0);
    fflush(NULL);
    child->pid = fork();
    assert_true(child->pid >= 0);
    if (child->pid == 0) {
        prctl(PR_SET_PDEATHSIG, SIGKILL); /* a test that fails leaves no run behind */
        dup2(fileno(child->out), STDOUT_FILENO);
        dup2(err[1], STDERR_FILENO);
        for (int fd = STDERR_FILENO + 1; fd < 256; fd++) {
            close(fd); /* or what the test has open would outlive it */
        }
        become(arguments);
    }
    close(err[1]);
    child->err = err[0];
}

/* The next of its standard error; what finds no room is forgotten. False: that has ended. */
static bool take(struct child *child)
{
    char bytes[512];
    size_t length = strlen(child->wrote);
    const ssize_t count = read(child->err, bytes, sizeof bytes);
    for (ssize_t i = 0; i < count && length + 1 < sizeof child->wrote; i++) {
        child->wrote[length++] = bytes[i];
    }
    return count > 0;
}

void child_wait(struct child *child)
{
    int status;
    while (take(child)) {
    }
    assert_int_equal(waitpid(child->pid, &status, 0), child->pid);
    child->status = WIFEXITED(status) ? WEXITSTATUS(status) : -1;
    close(child->err);
    rewind(child->out);
    (void)!fread(child->said, 1, sizeof child->said - 1, child->out);
    fclose(child->out);
}

void child_run(struct child *child, const char *arguments)
{
    child_start(child, arguments);
    child_wait(child);
}

_Noreturn void child_fail(const struct child *child, const char *expected)
{
    print_error("expected: %s\nstatus %d\nout: %s\nerr: %s\n", expected, child->status, child->said,
                child->wrote);
    fail();
    abort();
}

void virtual_board_start(struct virtual_board *board, const char *options)
{
    char all[2048];
    const char *folder = environment("CANDIAL_FIRMWARE_DIR", "build/firmware");
    snprintf(board->path, sizeof board->path, "%s", scratch_text("console", ""));
    assert_int_equal(unlink(board->path), 0);
    snprintf(all, sizeof all,
             "run --speed max --cm7 %s/candial_cm7.elf --cm4 %s/candial_cm4.elf --uart pty:%s %s",
             folder, folder, board->path, options);
    child_start(&board->child, all);
    /* it says where the console is as soon as it is there */
    while (strchr(board->child.wrote, '\n') == NULL) {
        if (!take(&board->child)) {
            child_wait(&board->child);
            child_fail(&board->child, "console: PATH");
        }
    }
}

void virtual_board_end(struct virtual_board *board)
{
    kill(board->child.pid, SIGTERM);
    child_wait(&board->child);
    if (board->child.status != 0) {
        child_fail(&board->child, "a good run");
    }
    assert_int_not_equal(access(board->path, F_OK), 0);
}
