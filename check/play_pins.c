/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
/* The user button, and inputs that somebody else may drive. */
#include "check/stimuli.h"

#include "vboard/boards/board.h"
#include "vboard/chip/chip.h"

#define PORT_PINS 16u
/* A finger's. */
#define PRESSED VTIME_MS(150)
#define LONG_PRESS VTIME_MS(3200)
#define BETWEEN VTIME_MS(350)
/* Longer than debouncing takes, and than a main loop's turn. */
#define DRIVEN VTIME_MS(60)
/* Rounds in which nothing new happens end it; who counts presses gets so many, for each degree of effort. */
#define ROUNDS 4u
#define ROUNDS_MAX 64u

static unsigned rounds_of(const struct check_play *p)
{
    unsigned rounds = ROUNDS * p->effort;
    return rounds < ROUNDS_MAX ? rounds : ROUNDS_MAX;
}

/* ---- the button ---- */

static bool press(struct check_play *p, vtime_ps pressed, vtime_ps released)
{
    check_play_act(p, CHECK_PRESS, 0);
    board_button(p->board, true);
    bool on = check_play_for(p, pressed);
    check_play_act(p, CHECK_RELEASE, 0);
    board_button(p->board, false);
    return on && check_play_for(p, released);
}

/* Until a press brings nothing new. */
static bool press_on(struct check_play *p)
{
    for (unsigned i = 0; i < rounds_of(p); i++) {
        size_t news = check_play_news(p);
        if (!press(p, PRESSED, BETWEEN)) {
            return false;
        }
        if (i >= 3 && check_play_news(p) == news) {
            return true;
        }
    }
    return true;
}

void check_play_button(struct check_play *p)
{
    bool on = check_play_until(p, p->settled) && press_on(p);
    /* Twice in quick succession, then for long, then as before. */
    if (on && press(p, VTIME_MS(60), VTIME_MS(60)) && press(p, VTIME_MS(60), BETWEEN)) {
        size_t news = check_play_news(p);
        if (press(p, LONG_PRESS, BETWEEN) && check_play_news(p) != news) {
            press_on(p);
        }
    }
}

bool check_open_button(struct check_play *p)
{
    return press(p, PRESSED, BETWEEN);
}

void check_prepare_button(struct check_play *p)
{
    board_button(p->board, true);
}

void check_play_held_button(struct check_play *p)
{
    check_play_act(p, CHECK_PRESS, 0);
    check_play_until(p, p->settled + LONG_PRESS);
    check_play_act(p, CHECK_RELEASE, 0);
    board_button(p->board, false);
    if (check_play_for(p, VTIME_S(1))) {
        press(p, PRESSED, BETWEEN);
    }
}

/* ---- pins ---- */

static struct signal *pin_of(struct check_play *p, unsigned which)
{
    return chip_pin(p->chip, (char)('A' + which / PORT_PINS), which % PORT_PINS);
}

static void drive(struct check_play *p, struct signal_driver *d, unsigned which, bool high)
{
    check_play_act(p, high ? CHECK_DRIVE_HIGH : CHECK_DRIVE_LOW, which);
    signal_drive(d, high ? DRIVE_HIGH : DRIVE_LOW, p->chip->sched.now);
}

/* Both edges, whatever it is by itself. */
static bool toggle(struct check_play *p, unsigned which)
{
    struct signal_driver d = {0};
    signal_attach(pin_of(p, which), &d);
    drive(p, &d, which, true);
    bool on = check_play_for(p, DRIVEN);
    drive(p, &d, which, false);
    on = on && check_play_for(p, DRIVEN);
    signal_detach(&d, p->chip->sched.now);
    return on && check_play_for(p, DRIVEN / 4);
}

/* All at a time, for who wants two of them. */
static bool drive_all(struct check_play *p, const uint8_t *which, unsigned count, bool high)
{
    struct signal_driver d[CHECK_PINS_MAX] = {{0}};
    for (unsigned i = 0; i < count; i++) {
        signal_attach(pin_of(p, which[i]), &d[i]);
        drive(p, &d[i], which[i], high);
    }
    bool on = check_play_for(p, BETWEEN);
    for (unsigned i = 0; i < count; i++) {
        signal_detach(&d[i], p->chip->sched.now);
    }
    return on;
}

static bool toggle_each(struct check_play *p, const uint8_t *which, unsigned count)
{
    for (unsigned i = 0; i < count; i++) {
        if (!toggle(p, which[i])) {
            return false;
        }
    }
    return count < 2 || (drive_all(p, which, count, true) && drive_all(p, which, count, false));
}

void check_play_pins(struct check_play *p)
{
    uint8_t which[CHECK_PINS_MAX];
    unsigned count = check_list_inputs(p->line->config, p->senses, which, CHECK_PINS_MAX);
    if (!check_play_until(p, p->settled)) {
        return;
    }
    for (unsigned i = 0; i < rounds_of(p); i++) {
        size_t news = check_play_news(p);
        if (!toggle_each(p, which, count) || (i >= 1 && check_play_news(p) == news)) {
            return;
        }
    }
}

bool check_open_pins(struct check_play *p)
{
    uint8_t which[CHECK_PINS_MAX];
    unsigned count = check_list_inputs(p->line->config, p->senses, which, CHECK_PINS_MAX);
    return toggle_each(p, which, count);
}

static bool held_high(const struct check_play *p)
{
    return p->boot->stimulus.kind == CHECK_PIN_HIGH;
}

void check_prepare_pin(struct check_play *p)
{
    unsigned which = p->line->stimulus.which;
    bool high = p->line->stimulus.kind == CHECK_PIN_HIGH;
    signal_attach(pin_of(p, which), &p->held);
    signal_drive(&p->held, high ? DRIVE_HIGH : DRIVE_LOW, p->chip->sched.now);
}

void check_play_held_pin(struct check_play *p)
{
    unsigned which = p->boot->stimulus.which;
    check_play_act(p, held_high(p) ? CHECK_DRIVE_HIGH : CHECK_DRIVE_LOW, which);
    check_play_until(p, p->settled + VTIME_S(1));
    check_play_act(p, held_high(p) ? CHECK_DRIVE_LOW : CHECK_DRIVE_HIGH, which);
    signal_drive(&p->held, DRIVE_NONE, p->chip->sched.now);
    check_play_for(p, BETWEEN);
}

void check_clear_pin(struct check_play *p)
{
    signal_detach(&p->held, p->chip->sched.now);
}
