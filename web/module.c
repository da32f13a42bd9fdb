/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
/* candial.wasm. A module is a program: what it has once, it has here. */
#include "web/api.h"

#include "formats/profile/profile.h"
#include "host/board_file.h"
#include "host/board_list.h"
#include "host/usage.h"
#include "web/check.h"
#include "web/run.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define EXPORTED(name) __attribute__((export_name(name)))
#define WORDS_MAX 64

static char memory[WEB_MEMORY_SIZE];
static struct web_run run;
static bool is_open;
static struct web_text answer;
static char words_copy[WEB_MEMORY_SIZE];

EXPORTED("web_memory") char *web_memory(void)
{
    return memory;
}

/* The words' number, arguments[0] being no word: for getopt. They lie in words_copy. */
static int split(const char *words, char *arguments[WORDS_MAX + 2])
{
    static char name[] = "candial";
    int count = 0;
    snprintf(words_copy, sizeof words_copy, "%s", words);
    arguments[count++] = name;
    for (char *word = strtok(words_copy, "\n"); word != NULL && count <= WORDS_MAX;
         word = strtok(NULL, "\n")) {
        arguments[count++] = word;
    }
    arguments[count] = NULL;
    return count;
}

static const char *answer_text(void)
{
    return answer.bytes == NULL ? "" : answer.bytes;
}

EXPORTED("web_check") const char *web_check(const char *words)
{
    static char *text;
    char *arguments[WORDS_MAX + 2];
    size_t size = 0;
    free(text);
    text = NULL;
    FILE *out = open_memstream(&text, &size);
    if (out == NULL) {
        return "";
    }
    const int status = web_check_json(split(words, arguments), arguments, out);
    fclose(out);
    return status == EXIT_USAGE || text == NULL ? "" : text;
}

EXPORTED("web_boards") const char *web_boards(void)
{
    web_text_clear(&answer);
    struct board_look look;
    web_text_put(&answer, "[");
    for (unsigned i = 0; board_list_at(i, &look); i++) {
        web_text_put(&answer, "%s{\"name\":\"%s\",\"title\":\"%s\",\"wiring\":\"%s\"}",
                     i == 0 ? "" : ",", look.name, look.title, look.wiring);
    }
    web_text_put(&answer, "]");
    return answer_text();
}

EXPORTED("web_board") const char *web_board(const char *path)
{
    static char error[512];
    return board_file_open(path, error, sizeof error) != NULL ? "" : error;
}

EXPORTED("web_profile") const char *web_profile(const char *path)
{
    static char error[512];
    struct record record;
    return profile_load(path, &record, error, sizeof error) ? "" : error;
}

EXPORTED("web_close") void web_close(void)
{
    if (is_open) {
        web_run_close(&run);
        is_open = false;
    }
}

EXPORTED("web_open") const char *web_open(const char *words)
{
    char *arguments[WORDS_MAX + 2];
    web_close();
    is_open = true;
    web_text_clear(&answer);
    if (web_run_open(&run, split(words, arguments), arguments)) {
        web_session_hello(&run.session, &answer);
        return answer_text();
    }
    if (run.error[0] != '\0') {
        usage_error("%s", run.error);
    }
    web_close();
    return "";
}

EXPORTED("web_advance") const char *web_advance(uint32_t us)
{
    web_text_clear(&answer);
    if (is_open) {
        (void)web_run_advance(&run, us * UINT64_C(1000000));
        web_session_state(&run.session, &answer);
    }
    return answer_text();
}

EXPORTED("web_do") const char *web_do(const char *line)
{
    static char error[256];
    if (!is_open) {
        return "no board runs";
    }
    return web_session_do(&run.session, line, error, sizeof error) ? "" : error;
}
