/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
#include "link/board_console.h"

/* A question waits so long for the board; in it 115200 bit/s, ten bits a byte, carry so many. */
#define STEP_PS PS_PER_MS
#define STEP_BYTES 11u

static void take_byte(void *context, uint8_t byte, uint64_t now_ps)
{
    (void)now_ps;
    pty_put(&((struct board_console *)context)->pty, byte);
}

/* In each step as much as the line takes meanwhile. */
static void take_step(void *context, const struct bench_step *step)
{
    struct board_console *console = context;
    const struct bench_model *model = console->model;
    uint8_t bytes[STEP_BYTES];
    pty_pace(&console->pty);
    const size_t count = step->last ? 0 : pty_take(&console->pty, bytes, sizeof bytes);
    if (count > 0) {
        model->ops->uart_send(model->self, bytes, count);
    }
}

bool board_console_open(struct board_console *console, const char *spec, char *error,
                        size_t error_size)
{
    *console = (struct board_console){.observer = {.context = console,
                                                   .byte = take_byte,
                                                   .step = take_step,
                                                   .step_ps = STEP_PS,
                                                   .stays = true,
                                                   .repeats = true}};
    if (!pty_open(&console->pty, "--uart", spec, error, error_size)) {
        return false;
    }
    pty_let_go(&console->pty);
    return true;
}

void board_console_close(struct board_console *console)
{
    pty_close(&console->pty);
}
