/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
#include "tests/store/console_rig.h"

#include <stdio.h>
#include <string.h>

#define LIMIT VTIME_S(5)
#define STEP VTIME_MS(2)

static size_t answer_from; /* index in rig.texts of the answer's first line */

static bool is_last(const char *text)
{
    return strncmp(text, "ok", 2) == 0 || strncmp(text, "error:", 6) == 0;
}

const char *console_ask(struct rig *r, const char *line)
{
    char keys[300];
    const vtime_ps limit = rig_now(r) + LIMIT;
    const int length = snprintf(keys, sizeof keys, "%s\r", line);
    size_t i = r->text_count;
    answer_from = i;
    board_uart_send(r->board, keys, (size_t)length);
    while (rig_now(r) < limit) {
        rig_run_for(r, STEP);
        for (; i < r->text_count; i++) {
            if (is_last(r->texts[i].text)) {
                return r->texts[i].text;
            }
        }
    }
    rig_fail("no answer to `%s'", line);
}

const char *console_good(struct rig *r, const char *line)
{
    const char *answer = console_ask(r, line);
    rig_check(strncmp(answer, "ok", 2) == 0, "`%s': %s", line, answer);
    return answer;
}

const char *console_line(const struct rig *r, const char *words)
{
    for (size_t i = answer_from; i < r->text_count; i++) {
        if (strstr(r->texts[i].text, words) != NULL) {
            return r->texts[i].text;
        }
    }
    rig_fail("no line with `%s' in the answer", words);
}

void console_start(struct rig *r)
{
    const vtime_ps from = rig_now(r);
    rig_power(r, true);
    while (rig_find_text(r, from, "cm4 running") == NULL) {
        rig_check(rig_now(r) < from + LIMIT, "no banner");
        rig_run_for(r, STEP);
    }
}

void console_power_cycle(struct rig *r)
{
    rig_power(r, false);
    rig_run_for(r, VTIME_MS(100));
    console_start(r);
}
