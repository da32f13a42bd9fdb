/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
/*
 * Bytes at a UART: each of 256, then words that the image holds as lines of a console; behind what brought
 * something new, all of them again. As long as the image reads.
 */
#include "check/stimuli.h"

#include "check/lexicon.h"
#include "check/uarts.h"
#include "vboard/boards/board.h"
#include "vboard/parts/uart_link.h"

#include <stdlib.h>
#include <string.h>

#define PORT_PINS 16u
/* A frame has at most 12 bits. */
#define FRAME_BITS 12u
/* Until what came is dealt with, and if that was new. */
#define DIGESTS VTIME_MS(3)
#define DIGESTS_NEWS VTIME_MS(60)
/* Not read within that time: nobody reads. */
#define PATIENCE VTIME_MS(200)
/* A receiver is looked for so often while the image starts. */
#define LOOK VTIME_MS(5)
/* Bytes and words behind which others are tried, words at all; for each degree of effort. */
#define OPENERS 6u
#define WORDS 48u

/* What is hung on the pin; nothing on the one of the board's own virtual COM port. */
struct serial_wire {
    const struct check_uart *uart;
    struct uart_link link;
    bool own;
};

static bool is_console(const struct check_play *p, unsigned pin)
{
    const struct check_config *c = p->line->config;
    const struct board_data *b = board_options_board(&c->board);
    return b->console.rx.port == (char)('A' + pin / PORT_PINS) &&
           b->console.rx.number == pin % PORT_PINS;
}

void check_prepare_bytes(struct check_play *p)
{
    unsigned which = p->line->stimulus.which;
    unsigned pin = p->senses->uart_rx[which] - 1u;
    struct serial_wire *w = calloc(1, sizeof *w);
    if (w == NULL) {
        abort();
    }
    w->uart = &check_uarts[which];
    w->own = !is_console(p, pin);
    if (w->own) {
        uart_link_init(
            &w->link, &(struct uart_link_config){
                          .sched = &p->chip->sched,
                          .rx = chip_pin(p->chip, (char)('A' + pin / PORT_PINS), pin % PORT_PINS),
                          .tx = chip_pin(p->chip, (char)('A' + pin / PORT_PINS), pin % PORT_PINS)});
    }
    p->prop = w;
}

void check_clear_bytes(struct check_play *p)
{
    struct serial_wire *w = p->prop;
    if (w->own) {
        uart_link_destroy(&w->link);
        signal_detach(&w->link.driver, p->chip->sched.now);
    }
}

/* ---- sending ---- */

static uint32_t baud_of(struct check_play *p)
{
    struct serial_wire *w = p->prop;
    uint32_t baud = check_uart_listens(p->chip, w->uart) ? check_uart_baud(p->chip, w->uart) : 0;
    if (baud != 0 && w->own) {
        uart_link_set_baud(&w->link, baud);
        w->link.config.parity = (uint8_t)check_uart_parity(p->chip, w->uart);
    } else if (baud != 0) {
        board_uart_baud(p->board, baud);
    }
    return baud;
}

static void send(struct check_play *p, uint8_t byte)
{
    struct serial_wire *w = p->prop;
    if (!w->own) {
        board_uart_send(p->board, &byte, 1);
    } else if (uart_link_send(&w->link, &byte, 1) != 0) {
        abort();
    }
}

/* Sends one, and waits until it has been read. False: it is not, or the start is over. */
static bool send_and_wait(struct check_play *p, uint8_t byte)
{
    const struct serial_wire *w = p->prop;
    uint32_t baud = baud_of(p);
    if (baud == 0) {
        return false;
    }
    send(p, byte);
    if (!check_play_for(p, VTIME_S(1) / baud * FRAME_BITS)) {
        return false;
    }
    vtime_ps deadline = check_play_time(p) + PATIENCE;
    while (check_uart_is_full(p->chip, w->uart)) {
        if (check_play_time(p) > deadline || !check_play_for(p, VTIME_MS(1))) {
            return false;
        }
    }
    return true;
}

/* One after the other, as one nudge, and the time to deal with them; *news: was anything new? */
static bool type(struct check_play *p, const void *bytes, size_t length, bool *news)
{
    const uint8_t *text = bytes;
    struct check_nudge n = {.act = CHECK_SEND_BYTES, .which = p->boot->stimulus.which};
    size_t before = check_play_news(p);
    n.length = (uint8_t)(length < CHECK_NUDGE_BYTES ? length : CHECK_NUDGE_BYTES);
    memcpy(n.bytes, text, n.length);
    check_play_note(p, &n);
    for (size_t i = 0; i < length; i++) {
        if (!send_and_wait(p, text[i])) {
            return false;
        }
    }
    bool on = check_play_for(p, DIGESTS);
    *news = check_play_news(p) != before;
    return on && (!*news || check_play_for(p, DIGESTS_NEWS));
}

/* ---- what is sent ---- */

/* What people type first: Enter, letters, digits; then the rest. */
static uint8_t in_order(unsigned i)
{
    static const char first[] =
        "\r\nabcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789 ";
    static const unsigned count = sizeof first - 1;
    if (i < count) {
        return (uint8_t)first[i];
    }
    unsigned byte = 0;
    for (unsigned left = i - count;; byte++) {
        bool taken = byte != 0 && byte < 128 && strchr(first, (int)byte) != NULL;
        if (!taken && left-- == 0) {
            return (uint8_t)byte;
        }
    }
}

struct openers {
    uint8_t list[256];
    unsigned count;
};

static bool type_each(struct check_play *p, int opener, struct openers *openers)
{
    for (unsigned i = 0; i < 256; i++) {
        uint8_t bytes[2] = {(uint8_t)opener, in_order(i)};
        bool news;
        if (!type(p, opener < 0 ? bytes + 1 : bytes, opener < 0 ? 1 : 2, &news)) {
            return false;
        }
        if (news && openers != NULL) {
            openers->list[openers->count++] = bytes[1];
        }
    }
    return true;
}

static bool type_line(struct check_play *p, const char *word, const char *argument, const char *end,
                      bool *news)
{
    char line[2 * CHECK_WORD_MAX + 4];
    size_t length = strlen(strcpy(line, word));
    if (argument != NULL) {
        line[length++] = ' ';
        length += strlen(strcpy(line + length, argument));
    }
    length += strlen(strcpy(line + length, end));
    return type(p, line, length, news);
}

/* Words alone, or behind `opener`; *openers gets those that brought something new. */
static bool type_words(struct check_play *p, const char *opener, const char *end,
                       struct openers *openers)
{
    const struct check_lexicon *l = p->lexicon;
    size_t most = (size_t)WORDS * p->effort;
    for (size_t i = 0; i < l->word_count && i < most; i++) {
        bool news;
        bool on = opener == NULL ? type_line(p, l->words[i], NULL, end, &news)
                                 : type_line(p, opener, l->words[i], end, &news);
        if (!on) {
            return false;
        }
        if (news && openers != NULL && openers->count < 256 && i < 256) {
            openers->list[openers->count++] = (uint8_t)i;
        }
    }
    return true;
}

/* Who takes lines takes them ended by one of these; what does not end one would begin the next. */
static bool type_all_words(struct check_play *p)
{
    static const char *const ends[] = {"\r", "\n", "\r\n"};
    bool on = true;
    for (unsigned e = 0; on && e < sizeof ends / sizeof *ends; e++) {
        struct openers openers = {.count = 0};
        bool news;
        on = type(p, ends[e], strlen(ends[e]), &news) && type_words(p, NULL, ends[e], &openers);
        for (unsigned i = 0; on && i < openers.count && i < OPENERS * p->effort; i++) {
            on = type_words(p, p->lexicon->words[openers.list[i]], ends[e], NULL);
        }
    }
    return on;
}

/* A boot loader may wait for a byte for a short time only. */
static bool type_early(struct check_play *p)
{
    bool news;
    while (check_play_time(p) < p->settled) {
        if (baud_of(p) != 0) {
            return type(p, "\r", 1, &news) && check_play_until(p, p->settled);
        }
        if (!check_play_for(p, LOOK)) {
            return false;
        }
    }
    return true;
}

void check_play_bytes(struct check_play *p)
{
    struct openers openers = {.count = 0};
    bool on = type_early(p) && type_each(p, -1, &openers);
    for (unsigned i = 0; on && i < openers.count && i < OPENERS * p->effort; i++) {
        on = type_each(p, openers.list[i], NULL);
    }
    if (on) {
        type_all_words(p);
    }
}
