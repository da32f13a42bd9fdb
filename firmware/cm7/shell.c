/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
#include "firmware/cm7/shell.h"

#include <stddef.h>
#include <stdint.h>

#include "core/lineedit.h"
#include "core/words.h"
#include "firmware/cm7/answer.h"
#include "firmware/cm7/commands.h"
#include "firmware/cm7/errors.h"
#include "firmware/cm7/uart.h"

/* So many bytes in one turn: the main loop has other things to do. */
#define BYTES_A_TURN 32U
/*
 * A line nobody goes on with is given up, or the stream would stand still for ever: 10 s of ticks.
 */
#define IDLE_TICKS 250U
#define MACHINE_IDLE_TICKS 1500U /* 60 s without a byte from its client */

/* An answer is left to be read before telemetry pushes it off the screen: 3 s of ticks. */
#define READ_TICKS 75U

/* As much of a word as an error repeats. */
#define WORD_SHOWN 40U

static struct lineedit edit;
static bool is_line_due;             /* a line is complete, not yet dealt with */
static bool (*is_waiting_for)(void); /* a command has not ended yet */
static bool is_streaming;
static uint32_t idle_ticks;
static uint32_t bad_bytes; /* as far as they were told of */

static void put(const char *text, size_t len)
{
    (void)uart_write(text, len);
}

void shell_start(void)
{
    lineedit_init(&edit, put);
    is_line_due = false;
    is_waiting_for = NULL;
    is_streaming = true;
    idle_ticks = READ_TICKS; /* nobody has typed */
}

void shell_wait(bool (*is_done)(void))
{
    is_waiting_for = is_done;
}

void shell_set_stream(bool on)
{
    is_streaming = on;
    idle_ticks = READ_TICKS; /* who asks for it now wants it now */
}

void shell_set_machine(bool on)
{
    edit.is_machine = on;
}

bool shell_wants_stream(void)
{
    return is_streaming && (edit.is_machine || (edit.len == 0 && idle_ticks >= READ_TICKS));
}

/* ---- answers ---- */

void answer_text(struct text *text)
{
    /* The end of a line finds room in any case: TEXT_SIZE is a limit for what goes before it. */
    (void)uart_write(text->data, text->len);
    (void)uart_write("\r\n", 2);
}

static void answer(const char *prefix, const char *format, va_list arguments)
{
    struct text text;
    text_clear(&text);
    text_string(&text, prefix);
    text_vformat(&text, format, arguments);
    answer_text(&text);
}

void answer_line(const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    answer("", format, arguments);
    va_end(arguments);
}

void answer_ok(const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    answer("ok ", format, arguments);
    va_end(arguments);
}

void answer_error(const char *word, const char *reason)
{
    char start[WORD_SHOWN + 1];
    size_t len = 0;
    for (; len < WORD_SHOWN && word[len] != '\0'; len++) {
        start[len] = word[len];
    }
    start[len] = '\0';
    answer_line("error: `%s': %s", start, reason);
}

/* ---- lines ---- */

static void run_line(void)
{
    char *word[WORDS_MAX];
    static char line[sizeof edit.line];
    __builtin_memcpy(line, edit.line, sizeof line);
    const int count = words_split(line, word);
    lineedit_clear(&edit);
    is_line_due = false;
    if (count < 0) {
        answer_error("...", "too many words");
    } else {
        commands_run(count, word);
    }
}

static void take_byte(uint8_t byte)
{
    idle_ticks = 0;
    switch (lineedit_take(&edit, byte)) {
    case LINEEDIT_LINE:
        is_line_due = true;
        break;
    case LINEEDIT_TOO_LONG:
        answer_error("...", "line too long");
        break;
    default:
        break;
    }
}

/* An echo is a redrawn line at most, and then some backspaces. */
static bool has_room(void)
{
    return uart_room() >= UART_ANSWER_MAX;
}

void shell_poll(void)
{
    if (is_waiting_for != NULL && has_room() && is_waiting_for()) {
        is_waiting_for = NULL;
    }
    for (uint32_t i = 0; i < BYTES_A_TURN && is_waiting_for == NULL && has_room(); i++) {
        uint8_t byte;
        if (is_line_due) {
            run_line();
            return;
        }
        if (!uart_take(&byte)) {
            return;
        }
        take_byte(byte);
    }
}

bool shell_is_busy(void)
{
    return is_waiting_for != NULL || is_line_due || uart_has_input();
}

/* While there is no room, or a command goes on, interrupts and ticks wake the main loop. */
bool shell_has_work(void)
{
    return is_waiting_for == NULL && shell_is_busy() && has_room();
}

void shell_tick(void)
{
    const uint32_t bad = uart_counts.errors + uart_counts.overruns;
    if (bad != bad_bytes) {
        bad_bytes = bad;
        health_raise(&health, HEALTH_CONSOLE);
    }
    idle_ticks++;
    if (edit.is_machine && idle_ticks >= MACHINE_IDLE_TICKS) {
        edit.is_machine = false; /* its client is gone: who types next wants to see it */
        lineedit_abandon(&edit);
    }
    if (idle_ticks >= IDLE_TICKS && edit.len > 0 && !is_line_due && !edit.is_machine) {
        lineedit_abandon(&edit);
    }
}
