/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
/* What is done to the board, in words. */
#include "check/say.h"

#include "check/stimuli.h"
#include "check/uarts.h"
#include "vboard/kernel/words.h"

#include <inttypes.h>

static void put_pin(struct line *l, unsigned which)
{
    line_put(l, "P%c%u", (char)('A' + which / 16), which % 16);
}

/* "PA5", "FDCAN1", "USART3", nothing. */
static void put_which(struct line *l, const struct check_stimulus *s)
{
    switch (s->kind) {
    case CHECK_PIN_HIGH:
    case CHECK_PIN_LOW:
        put_pin(l, s->which);
        break;
    case CHECK_FRAMES:
        line_put(l, "FDCAN%u", s->which);
        break;
    case CHECK_BYTES:
        line_put(l, "%s", check_uarts[s->which % CHECK_UARTS].name);
        break;
    default:
        break;
    }
}

struct check_words check_stimulus_id(const struct check_stimulus *s)
{
    struct check_words said;
    struct check_words which = {""};
    struct line l;
    line_begin(&l, which.text, sizeof which.text);
    put_which(&l, s);
    line_begin(&l, said.text, sizeof said.text);
    line_put(&l, "%s%s%s", check_stimulus_types[s->kind].name, which.text[0] != '\0' ? " " : "",
             which.text);
    if (s->after != CHECK_NO_STIMULUS) {
        line_put(&l, " after %s", check_stimulus_types[s->after].name);
    }
    return said;
}

struct check_words check_say_stimulus(const struct check_stimulus *s)
{
    static const struct {
        const char *before, *behind;
    } texts[CHECK_STIMULI] = {
        [CHECK_NO_STIMULUS] = {"", ""},
        [CHECK_BUTTON] = {"if the user button is pressed", ""},
        [CHECK_BUTTON_HELD] = {"started with the button held", ""},
        [CHECK_PINS] = {"if its inputs change", ""},
        [CHECK_PIN_HIGH] = {"started with ", " high"},
        [CHECK_PIN_LOW] = {"started with ", " low"},
        [CHECK_FRAMES] = {"if frames come to ", ""},
        [CHECK_BYTES] = {"if bytes come to ", ""},
        [CHECK_HSE_GOES] = {"if HSE goes away", ""},
        [CHECK_HSE_ABSENT] = {"started without HSE", ""},
        [CHECK_VDD_DIPS] = {"if VDD dips", ""},
        [CHECK_LONGER] = {"after a longer time", ""},
    };
    struct check_words said;
    struct line l;
    line_begin(&l, said.text, sizeof said.text);
    line_put(&l, "%s", texts[s->kind].before);
    put_which(&l, s);
    line_put(&l, "%s", texts[s->kind].behind);
    if (s->after != CHECK_NO_STIMULUS) {
        line_put(&l, ", later");
    }
    return said;
}

static bool is_text(const struct check_nudge *n)
{
    for (unsigned i = 0; i < n->length; i++) {
        uint8_t byte = n->bytes[i];
        if ((byte < ' ' || byte > '~') && !(n->length > 2 && (byte == '\r' || byte == '\n'))) {
            return false;
        }
    }
    return n->length > 0;
}

/* 'a', 0x07, "status\r" */
static void put_bytes(struct line *l, const struct check_nudge *n)
{
    const char *quote = n->length == 1 ? "'" : "\"";
    if (!is_text(n)) {
        for (unsigned i = 0; i < n->length; i++) {
            line_put(l, "%s0x%02X", i == 0 ? "" : " ", n->bytes[i]);
        }
        return;
    }
    line_put(l, "%s", quote);
    for (unsigned i = 0; i < n->length; i++) {
        uint8_t byte = n->bytes[i];
        if (byte == '\r' || byte == '\n') {
            line_put(l, "\\%c", byte == '\r' ? 'r' : 'n');
        } else {
            line_put(l, "%c", byte);
        }
    }
    line_put(l, "%s", quote);
}

static void put_frame(struct line *l, const struct check_nudge *n)
{
    line_put(l, n->extended ? "frame 0x%08" PRIX32 : "frame 0x%03" PRIX32, n->id);
    for (unsigned i = 0; i < n->length; i++) {
        line_put(l, "%s%02X", i == 0 ? " with " : " ", n->bytes[i]);
    }
    line_put(l, " comes to FDCAN%u", n->which);
}

static void put_act(struct line *l, const struct check_nudge *n)
{
    static const char *const texts[] = {
        [CHECK_NO_ACT] = "",
        [CHECK_PRESS] = "the user button is pressed",
        [CHECK_RELEASE] = "the user button is released",
        [CHECK_DRIVE_HIGH] = " goes high",
        [CHECK_DRIVE_LOW] = " goes low",
        [CHECK_SEND_FRAME] = "",
        [CHECK_SEND_BYTES] = " comes to ",
        [CHECK_STOP_HSE] = "HSE goes away",
        [CHECK_START_HSE] = "HSE comes back",
        [CHECK_LOWER_VDD] = "VDD falls below PVD's threshold",
        [CHECK_RAISE_VDD] = "VDD rises again",
        [CHECK_WAIT] = "it is left alone",
    };
    if (n->act == CHECK_SEND_FRAME) {
        put_frame(l, n);
        return;
    }
    if (n->act == CHECK_DRIVE_HIGH || n->act == CHECK_DRIVE_LOW) {
        put_pin(l, n->which);
    } else if (n->act == CHECK_SEND_BYTES) {
        put_bytes(l, n);
    }
    line_put(l, "%s", texts[n->act]);
    if (n->act == CHECK_SEND_BYTES) {
        line_put(l, "%s", check_uarts[n->which % CHECK_UARTS].name);
    }
}

/* When it was done; of what lasts from the power-on on, and of mere time, when something came of it. */
struct check_words check_say_nudge(const struct check_item *item)
{
    const struct check_nudge *n = &item->nudge;
    struct check_words said;
    struct line l;
    line_begin(&l, said.text, sizeof said.text);
    if (n->act == CHECK_NO_ACT) {
        line_put(&l, "a start came before with: %s", check_stimulus_id(&item->stimulus).text);
        return said;
    }
    put_act(&l, n);
    if (n->act == CHECK_WAIT) {
        line_put(&l, " for %.3f s", (double)item->at / 1e12);
    } else if (n->at == 0) {
        line_put(&l, " from power-on on");
    } else {
        line_put(&l, " %.3f s after power-on", (double)n->at / 1e12);
    }
    if (item->stimulus.after != CHECK_NO_STIMULUS) {
        line_put(&l, ", %s before",
                 item->stimulus.after == CHECK_BUTTON ? "the user button having been pressed"
                                                      : "its inputs having changed");
    }
    return said;
}
