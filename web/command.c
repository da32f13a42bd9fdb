/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
/* A line of words becomes a deed: the first word chooses from the table at the end. */
#include "web/session.h"

#include "formats/scenario/scenario.h"
#include "host/parse.h"

#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define OIL_MIN_C (-40.0)
#define OIL_MAX_C 200.0
#define SPOIL_MAX 10000u
/* CANFD_BRS and CANFD_ESI */
#define FD_BRS 1
#define FD_ESI 2

/* ---- hands: the words of a scenario ---- */

static void remember(struct web_hands *hands, const struct scenario_step *step)
{
    switch (step->action) {
    case SCENARIO_POWER:
        hands->power = step->on;
        break;
    case SCENARIO_NRST:
        hands->nrst_held = !step->on;
        break;
    case SCENARIO_BOOT0:
        hands->boot0 = step->on;
        break;
    case SCENARIO_BUTTON:
        hands->button = step->on;
        break;
    case SCENARIO_SERVO:
        hands->servo_plugged = step->on;
        break;
    case SCENARIO_HSE:
    case SCENARIO_VDD:
    case SCENARIO_FEED:
    case SCENARIO_WIRE:
    case SCENARIO_PULSES:
    case SCENARIO_VOLTS:
    case SCENARIO_SEND:
    case SCENARIO_TYPE:
    case SCENARIO_PROBE:
        break;
    }
}

/* What it says, line by line, is told as scenarios' is. */
static void tell(struct web_session *self, const char *text)
{
    for (const char *line = text; *line != '\0';) {
        size_t length = strcspn(line, "\n");
        char one[256];
        snprintf(one, sizeof one, "%.*s", (int)length, line);
        self->observer.act(self, one, self->bench->now_ps);
        line += length + (line[length] == '\n' ? 1 : 0);
    }
}

static bool act(struct web_session *self, const char *words)
{
    const struct bench_model *model = &self->bench->model;
    struct scenario_step step = {.at_ps = self->bench->now_ps};
    char text[512] = "";
    if (!scenario_parse_action(words, &step)) {
        return false;
    }
    tell(self, words);
    (void)model->ops->act(model->self, &step, text, sizeof text);
    tell(self, text);
    remember(&self->hands, &step);
    return true;
}

/* ---- the programmer ---- */

/* What the core's bank held before is erased, and so are its names. */
static bool program(struct web_session *self, const char *path)
{
    const struct bench_model *model = &self->bench->model;
    char error[256];
    struct image *image = self->opens_files ? image_open(path, error, sizeof error) : NULL;
    if (image == NULL) {
        return false;
    }
    const unsigned core =
        image_holds(image, IMAGE_CM7_BOOT_ADDRESS) ? (unsigned)BENCH_CM7 : (unsigned)BENCH_CM4;
    const bool written = model->ops->program(model->self, image);
    tell(self, written ? "the ST-LINK connects, erases, writes and resets"
                       : "the ST-LINK finds no target: nothing was written");
    if (written) {
        image_free(self->programmed[core]);
        self->programmed[core] = image;
    } else {
        image_free(image);
    }
    return true;
}

/* ---- console ---- */

/* With the Enter behind it. */
static bool type(struct web_session *self, const char *words)
{
    const struct bench_model *model = &self->bench->model;
    model->ops->uart_send(model->self, words, strlen(words));
    model->ops->uart_send(model->self, "\r", 1);
    return true;
}

/* ---- CAN ---- */

static int digit_of(char c)
{
    return isdigit((unsigned char)c)    ? c - '0'
           : isxdigit((unsigned char)c) ? (c | 0x20) - 'a' + 10
                                        : -1;
}

/* Pairs of digits to the end; false: they are none, or more than `most` bytes. */
static bool read_data(const char *data, unsigned most, struct can_log_frame *frame)
{
    for (; data[0] != '\0' && frame->len < most; data += 2) {
        if (digit_of(data[0]) < 0 || digit_of(data[1]) < 0) {
            return false;
        }
        frame->data[frame->len++] = (uint8_t)(digit_of(data[0]) << 4 | digit_of(data[1]));
    }
    return data[0] == '\0';
}

/* ISO 11898-1: 0 to 8, 12, 16, 20, 24, 32, 48, 64. */
static bool is_fd_length(unsigned length)
{
    return length <= 8 || (length <= 24 && length % 4 == 0) || length == 32 || length == 48 ||
           length == 64;
}

/* Behind "##": a digit of flags, as Linux has them in struct canfd_frame, and a length that CAN FD has. */
static bool read_fd(const char *text, struct can_log_frame *frame)
{
    const int flags = digit_of(text[0]);
    if (flags < 0 || !read_data(text + 1, CAN_LOG_DATA_MAX, frame)) {
        return false;
    }
    frame->fd = true;
    frame->bit_rate_switch = (flags & FD_BRS) != 0;
    frame->error_state = (flags & FD_ESI) != 0;
    return is_fd_length(frame->len);
}

/* "156#0011AA", "18FEEE00#55", "7E0#R", "156##1AABB": as candump's log has it; more than three digits are 29 bits. */
static bool read_frame(const char *words, struct can_log_frame *frame)
{
    char *end;
    const unsigned long id = strtoul(words, &end, 16);
    const size_t digits = (size_t)(end - words);
    *frame = (struct can_log_frame){.id = (uint32_t)id, .extended = digits > 3};
    if (*end != '#' || digits == 0 || !isxdigit((unsigned char)words[0]) ||
        id > (frame->extended ? 0x1FFFFFFFu : 0x7FFu)) {
        return false;
    }
    const char *data = end + 1;
    if (strcmp(data, "R") == 0) {
        frame->remote = true;
        return true;
    }
    return data[0] == '#' ? read_fd(data + 1, frame) : read_data(data, 8, frame);
}

static bool send_frame(struct web_session *self, const char *words)
{
    const struct bench_model *model = &self->bench->model;
    struct can_log_frame frame;
    return read_frame(words, &frame) && model->ops->send(model->self, &frame);
}

static bool spoil(struct web_session *self, const char *words)
{
    const struct bench_model *model = &self->bench->model;
    uint32_t count;
    if (model->ops->spoil == NULL || !parse_u32(words, &count) || count == 0 || count > SPOIL_MAX) {
        return false;
    }
    model->ops->spoil(model->self, count);
    return true;
}

static bool on_or_off(const char *word, bool *on)
{
    *on = strcmp(word, "on") == 0;
    return *on || strcmp(word, "off") == 0;
}

static bool set_tap(struct web_session *self, const char *words)
{
    bool on;
    const bool good = on_or_off(words, &on);
    self->taps = good ? on : self->taps;
    return good;
}

/* ---- the car ---- */

static bool drive(struct web_session *self, const struct bench_car_act *how)
{
    const struct bench_model *model = &self->bench->model;
    return model->ops->car(model->self, how);
}

static bool engine(struct web_session *self, const char *words)
{
    struct bench_car_act how = {.part = BENCH_CAR_ENGINE};
    const bool good = on_or_off(words, &how.on) && drive(self, &how);
    self->hands.engine_on = good ? how.on : self->hands.engine_on;
    return good;
}

static bool sensor(struct web_session *self, const char *words)
{
    struct bench_car_act how = {.part = BENCH_CAR_SENSOR};
    const bool good = on_or_off(words, &how.on) && drive(self, &how);
    self->hands.sensor_ok = good ? how.on : self->hands.sensor_ok;
    return good;
}

static bool oil(struct web_session *self, const char *words)
{
    struct bench_car_act how = {.part = BENCH_CAR_OIL};
    char *end;
    const double value_c = strtod(words, &end);
    if (end == words || *end != '\0' || !(value_c >= OIL_MIN_C && value_c <= OIL_MAX_C)) {
        return false;
    }
    how.milli = (int32_t)(value_c * 1e3);
    return drive(self, &how);
}

/* ---- pins ---- */

/* "PA0": its number; BENCH_PINS: there is none of that name. */
static unsigned pin_of(const char *name, size_t length)
{
    char *end;
    if (length < 3 || length > 4 || name[0] != 'P' || name[1] < 'A' || name[1] > 'K' ||
        !isdigit((unsigned char)name[2])) {
        return BENCH_PINS;
    }
    const unsigned long number = strtoul(name + 2, &end, 10);
    return end == name + length && number < 16 ? BENCH_PIN(name[1], (unsigned)number) : BENCH_PINS;
}

/* As an edge now, so that whoever draws knows where the line begins. */
static void tell_level(struct web_session *self, unsigned pin)
{
    const struct bench_model *model = &self->bench->model;
    struct bench_pin look;
    model->ops->pin(model->self, pin, &look);
    const struct bench_edge edge = {pin, look.name, look.level, self->bench->now_ps};
    self->pins.edge(self, &edge);
}

static bool scope(struct web_session *self, const char *words)
{
    bool wanted[BENCH_PINS] = {false};
    bool any = false;
    while (*words != '\0') {
        const size_t length = strcspn(words, " ");
        const unsigned pin = pin_of(words, length);
        if (pin == BENCH_PINS) {
            return false;
        }
        wanted[pin] = true;
        any = true;
        words += length + strspn(words + length, " ");
    }
    memcpy(self->scoped, wanted, sizeof wanted);
    if (any != self->scopes) {
        (any ? bench_attach : bench_detach)(self->bench, &self->pins);
        self->scopes = any;
    }
    for (unsigned pin = 0; pin < BENCH_PINS; pin++) {
        if (wanted[pin]) {
            tell_level(self, pin);
        }
    }
    return true;
}

/* ---- the table ---- */

static const struct verb {
    const char *word;
    bool (*take)(struct web_session *self, const char *words);
    const char *expected;
} verbs[] = {
    {"do", act, "the words of a scenario, as `do power off` or `do boot0 high`"},
    {"program", program, "the name of an image that the page has given"},
    {"type", type, "a line for the console"},
    {"can", send_frame, "a frame as 156#0011AA or 156##10011AA, when not too many wait to be sent"},
    {"spoil", spoil, "how many of the next frames are destroyed, 1 to 10000"},
    {"tap", set_tap, "`tap on` or `tap off`"},
    {"engine", engine, "`engine on` or `engine off`, while the virtual car drives"},
    {"sensor", sensor, "`sensor on` or `sensor off`, while the virtual car drives"},
    {"oil", oil, "degrees C from -40 to 200, while the virtual car drives"},
    {"scope", scope, "names of pins, as `scope PA0 PB14`, or none"},
};

bool web_session_do(struct web_session *self, const char *line, char *error, size_t error_size)
{
    const size_t length = strcspn(line, " ");
    for (size_t i = 0; i < sizeof verbs / sizeof *verbs; i++) {
        if (strlen(verbs[i].word) == length && strncmp(line, verbs[i].word, length) == 0) {
            const bool good = verbs[i].take(self, line + length + (line[length] == ' ' ? 1 : 0));
            if (!good) {
                snprintf(error, error_size, "%.60s: expected %s", line, verbs[i].expected);
            }
            return good;
        }
    }
    snprintf(
        error, error_size,
        "%.60s: no such command: do, program, type, can, spoil, tap, engine, sensor, oil, scope",
        line);
    return false;
}
