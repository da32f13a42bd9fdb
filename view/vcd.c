/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
#include "view/vcd.h"

#include <inttypes.h>
#include <string.h>

/* Identifier codes are printable ASCII, '!' to '~' (18.2.1): two for each pin, one for all else. */
#define FIRST_CODE 33u
#define CODES 94u

#define CODE_LED "abc" /* a, b, c */
#define CODE_ID "d"
#define CODE_SENDER "e"
#define CODE_FRAME "f"
#define CODE_SHOWN "g"
#define CODE_SHAFT "h"

struct code {
    char text[3];
};

static struct code code_of(unsigned pin)
{
    return (struct code){
        {(char)(FIRST_CODE + pin / CODES), (char)(FIRST_CODE + pin % CODES), '\0'}};
}

/* What happened before the last line cannot be put before it any more. */
static void put_time(struct vcd *vcd, uint64_t now_ps)
{
    const uint64_t now_ns = now_ps / 1000;
    if (now_ns > vcd->time_ns) {
        vcd->time_ns = now_ns;
        fprintf(vcd->changes, "#%" PRIu64 "\n", now_ns);
    }
    vcd->now_ps = now_ps > vcd->now_ps ? now_ps : vcd->now_ps;
}

static void take_edge(void *context, const struct bench_edge *edge)
{
    static const char levels[] = {
        [BENCH_LOW] = '0', [BENCH_HIGH] = '1', [BENCH_FLOATING] = 'z', [BENCH_CONFLICT] = 'x'};
    struct vcd *vcd = context;
    if (!vcd->seen[edge->pin]) {
        vcd->seen[edge->pin] = true;
        snprintf(vcd->names[edge->pin], sizeof vcd->names[edge->pin], "%s", edge->name);
    }
    put_time(vcd, edge->time_ps);
    fprintf(vcd->changes, "%c%s\n", levels[edge->level], code_of(edge->pin).text);
}

static void take_led(void *context, const struct bench_led_edge *edge)
{
    struct vcd *vcd = context;
    put_time(vcd, edge->time_ps);
    fprintf(vcd->changes, "%c%c\n", edge->on ? '1' : '0', CODE_LED[edge->led]);
}

/* Identifiers are real numbers, too: behind its first vector sigrok 0.5.2 reads nothing more of a file. */
static void put_real(FILE *out, double value, const char *code)
{
    fprintf(out, "r%.10g %s\n", value, code);
}

static void take_frame(void *context, const struct bench_frame *frame)
{
    struct vcd *vcd = context;
    put_time(vcd, frame->end_ps);
    put_real(vcd->changes, frame->content.id, CODE_ID);
    put_real(vcd->changes, frame->sender, CODE_SENDER);
}

static void take_sample(void *context, const struct sample *sample)
{
    struct vcd *vcd = context;
    put_time(vcd, sample->time_ps);
    if (sample->has_frame) {
        put_real(vcd->changes, sample->frame_milli / 1e3, CODE_FRAME);
    }
    if (sample->has_telemetry) {
        put_real(vcd->changes, sample->telemetry.shown_milli / 1e3, CODE_SHOWN);
    }
    put_real(vcd->changes, sample->servo_mdeg / 1e3, CODE_SHAFT);
}

bool vcd_init(struct vcd *vcd, FILE *out)
{
    *vcd = (struct vcd){.out = out,
                        .changes = tmpfile(),
                        .observer = {.context = vcd,
                                     .edge = take_edge,
                                     .led = take_led,
                                     .frame = take_frame,
                                     .sample = take_sample}};
    return vcd->changes != NULL;
}

static void put_head(const struct vcd *vcd)
{
    fputs("$version candial $end\n$timescale 1 ns $end\n$scope module pins $end\n", vcd->out);
    for (unsigned pin = 0; pin < BENCH_PINS; pin++) {
        if (vcd->seen[pin]) {
            fprintf(vcd->out, "$var wire 1 %s %s $end\n", code_of(pin).text, vcd->names[pin]);
        }
    }
    fputs("$upscope $end\n$scope module board $end\n", vcd->out);
    for (unsigned led = 0; led < BENCH_LED_COUNT; led++) {
        fprintf(vcd->out, "$var wire 1 %c LD%u $end\n", CODE_LED[led], led + 1);
    }
    fputs("$upscope $end\n$scope module can $end\n"
          "$var real 64 " CODE_ID " can_id $end\n"
          "$var real 64 " CODE_SENDER " can_sender $end\n"
          "$upscope $end\n$scope module gauge $end\n"
          "$var real 64 " CODE_FRAME " frame_c $end\n"
          "$var real 64 " CODE_SHOWN " shown_c $end\n"
          "$var real 64 " CODE_SHAFT " servo_deg $end\n"
          "$upscope $end\n$enddefinitions $end\n#0\n$dumpvars\n",
          vcd->out);
}

static void put_start(const struct vcd *vcd)
{
    for (unsigned pin = 0; pin < BENCH_PINS; pin++) {
        if (vcd->seen[pin]) {
            fprintf(vcd->out, "z%s\n", code_of(pin).text);
        }
    }
    for (unsigned led = 0; led < BENCH_LED_COUNT; led++) {
        fprintf(vcd->out, "0%c\n", CODE_LED[led]);
    }
    fputs("$end\n", vcd->out);
}

void vcd_finish(struct vcd *vcd)
{
    char bytes[4096];
    size_t count;
    put_head(vcd);
    put_start(vcd);
    rewind(vcd->changes);
    while ((count = fread(bytes, 1, sizeof bytes, vcd->changes)) > 0) {
        fwrite(bytes, 1, count, vcd->out);
    }
    fclose(vcd->changes);
    vcd->changes = NULL;
}
