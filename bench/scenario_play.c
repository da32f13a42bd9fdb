/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
#include "bench/scenario_play.h"

#include "host/fixed.h"

#include <stdio.h>
#include <string.h>

#define SAID_MAX 256

uint64_t scenario_play_due_ps(const struct scenario_play *play)
{
    bool left = play->scenario != NULL && play->next < play->scenario->count;
    return left ? play->scenario->steps[play->next].at_ps : BENCH_NEVER;
}

uint64_t scenario_play_end_ps(const struct scenario_play *play)
{
    bool any = play->scenario != NULL && play->scenario->count > 0;
    return any ? play->scenario->steps[play->scenario->count - 1].at_ps : 0;
}

/* A text of several lines, each by itself. */
static void say_lines(char *text, scenario_say *say, void *context)
{
    while (text[0] != '\0') {
        char *end = text + strcspn(text, "\n");
        bool last = end[0] == '\0';
        end[0] = '\0';
        say(context, text);
        text = last ? end : end + 1;
    }
}

static void do_step(const struct scenario_step *step, const struct bench_model *model,
                    scenario_say *say, void *context)
{
    char line[sizeof step->text + 40]; /* seconds, and what is done */
    char said[SAID_MAX];
    snprintf(line, sizeof line, "%s s: %s", fixed((int64_t)step->at_ps, 12, 6).text, step->text);
    say(context, line);
    (void)model->ops->act(model->self, step, said, sizeof said); /* what it said tells all */
    say_lines(said, say, context);
}

void scenario_play(struct scenario_play *play, const struct bench_model *model, uint64_t now_ps,
                   scenario_say *say, void *context)
{
    while (scenario_play_due_ps(play) <= now_ps) {
        do_step(&play->scenario->steps[play->next++], model, say, context);
    }
}

void scenario_play_start(struct scenario_play *play, const struct bench_model *model,
                         scenario_say *say, void *context)
{
    bool powered = true;
    scenario_play(play, model, 0, say, context);
    for (size_t i = 0; i < play->next; i++) {
        const struct scenario_step *step = &play->scenario->steps[i];
        powered = step->action == SCENARIO_POWER ? step->on : powered;
    }
    if (powered) {
        model->ops->power_on(model->self);
    }
}
