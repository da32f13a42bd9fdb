/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
#include "view/terminal.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/ioctl.h>
#include <unistd.h>

bool terminal_is_live(FILE *out)
{
    const char *term = getenv("TERM");
    return isatty(fileno(out)) && term != NULL && strcmp(term, "dumb") != 0;
}

bool terminal_wants_colours(void)
{
    const char *no = getenv("NO_COLOR");
    return no == NULL || no[0] == '\0';
}

bool terminal_is_utf8(void)
{
    static const char *const names[] = {"LC_ALL", "LC_CTYPE", "LANG"};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        const char *value = getenv(names[i]);
        if (value != NULL && value[0] != '\0') {
            const char *dot = strchr(value, '.');
            return dot != NULL &&
                   (strncasecmp(dot, ".UTF-8", 6) == 0 || strncasecmp(dot, ".utf8", 5) == 0);
        }
    }
    return false;
}

struct terminal_size terminal_size(FILE *out)
{
    struct winsize size;
    if (ioctl(fileno(out), TIOCGWINSZ, &size) != 0 || size.ws_col == 0 || size.ws_row == 0) {
        return (struct terminal_size){80, 24};
    }
    return (struct terminal_size){size.ws_col, size.ws_row};
}

static bool continues(char byte)
{
    return ((unsigned char)byte & 0xC0u) == 0x80u;
}

/* By how much of a cell a Braille pattern fills. */
static char ascii_of_dots(unsigned dots)
{
    int count = 0;
    for (; dots != 0; dots &= dots - 1) {
        count++;
    }
    return count == 0 ? ' ' : count <= 2 ? '.' : count <= 4 ? ':' : '#';
}

/* The one or no character for a UTF-8 sequence. */
static const char *ascii_of(const char *at, size_t length, char *own)
{
    static const struct {
        const char *text, *ascii;
    } known[] = {{"°", ""},  {"µ", "u"}, {"●", "*"}, {"○", "o"}, {"━", "="}, {"─", "-"},
                 {"·", "."}, {"✗", "x"}, {"×", "x"}, {"–", "-"}, {"Ω", "R"}};
    for (size_t i = 0; i < sizeof known / sizeof *known; i++) {
        if (strlen(known[i].text) == length && strncmp(at, known[i].text, length) == 0) {
            return known[i].ascii;
        }
    }
    /* U+2800 to U+28FF: E2 A0..A3 80..BF */
    if (length == 3 && (unsigned char)at[0] == 0xE2 && ((unsigned char)at[1] & 0xFCu) == 0xA0u) {
        own[0] = ascii_of_dots(((unsigned char)at[1] & 3u) << 6 | ((unsigned char)at[2] & 0x3Fu));
        return own;
    }
    return "?";
}

void terminal_to_ascii(char *text)
{
    char *to = text;
    for (const char *from = text; *from != '\0';) {
        char own[2] = "";
        size_t length = 1;
        while (continues(from[length])) {
            length++;
        }
        if (length == 1) {
            *to++ = *from;
        } else {
            const char *ascii = ascii_of(from, length, own);
            if (*ascii != '\0') {
                *to++ = *ascii;
            }
        }
        from += length;
    }
    *to = '\0';
}

void terminal_cut(char *line, int columns)
{
    for (; *line != '\0'; line++) {
        if (!continues(*line) && columns-- <= 0) {
            *line = '\0';
            return;
        }
    }
}
