/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
#include "check/print.h"
#include "check/project.h"
#include "check/timers.h"

#include "formats/ioc/ioc.h"
#include "vboard/chip/clock_ids.h"

#include <inttypes.h>

static const struct project_clock *clock_of(const struct check_project *p, enum clock_id id)
{
    for (size_t i = 0; i < p->clock_count; i++) {
        if (p->clocks[i].id == (uint32_t)id) {
            return &p->clocks[i];
        }
    }
    return NULL;
}

static double mhz_of(const struct check_project *p, enum clock_id id)
{
    const struct project_clock *c = clock_of(p, id);
    return c == NULL ? 0 : (double)c->hz / 1e6;
}

/* ---- words ---- */

static void text_can(const struct project_can *c, FILE *out)
{
    fprintf(out, "  FDCAN%u         %s; kernel clock %g MHz", c->instance, c->owner,
            (double)c->kernel_hz / 1e6);
    if (c->bit_rate != 0) {
        fprintf(out, "; %" PRIu32 " bit/s", c->bit_rate);
    }
    if (c->sample_permille != 0) {
        fprintf(out, " = %" PRIu32 " x (1+%" PRIu32 "+%" PRIu32 "), sampled at %.1f %%",
                c->prescaler, c->seg1, c->seg2, c->sample_permille / 10.0);
    }
    fprintf(out, "; room for %" PRIu32 " received\n", c->rx_elements);
}

static void text_pwm(const struct check_project *p, size_t i, FILE *out)
{
    const struct check_pwm *w = &p->pwms[i];
    double period_us = (double)check_pwm_period_ns(w) / 1e3;
    bool is_ms = period_us >= 1000;
    fprintf(out,
            "  %-13s  %s; PWM of %.6g %s, %.6g Hz: PSC %" PRIu32 ", ARR %" PRIu32 " at %g MHz\n",
            w->timer, p->pwm_owners[i] == NULL ? "no core" : p->pwm_owners[i],
            is_ms ? period_us / 1e3 : period_us, is_ms ? "ms" : "µs",
            period_us > 0 ? 1e6 / period_us : 0, w->psc, w->arr, (double)w->clock_hz / 1e6);
}

void check_project_text(const struct check_project *p, FILE *out)
{
    fprintf(out, "  part           %s%s%s, CubeMX %s\n", p->part,
            p->board != NULL ? ", board " : "", p->board != NULL ? p->board : "",
            p->version != NULL ? p->version : "of unknown version");
    fprintf(out, "  supply         %s",
            p->supply != NULL   ? p->supply
            : p->default_supply ? "not stated: PWR_DIRECT_SMPS_SUPPLY"
                                : "not stated");
    if (p->scale >= 0) {
        fprintf(out, ", VOS%d\n", p->scale);
    } else {
        fputs(", voltage scale not stated\n", out);
    }
    fprintf(out,
            "  clocks         CM7 %g, CM4 and AXI %g, APB1 %g, APB2 %g, timers %g and %g MHz\n",
            mhz_of(p, CLK_CPU1), mhz_of(p, CLK_AXI), mhz_of(p, CLK_PCLK1), mhz_of(p, CLK_PCLK2),
            mhz_of(p, CLK_TIMX), mhz_of(p, CLK_TIMY));
    for (size_t i = 0; i < p->can_count; i++) {
        text_can(&p->cans[i], out);
    }
    for (size_t i = 0; i < p->pwm_count; i++) {
        text_pwm(p, i, out);
    }
    fputc('\n', out);
}

/* ---- JSON ---- */

static void json_name(const char *key, const char *value, FILE *out)
{
    fprintf(out, "\"%s\":", key);
    if (value == NULL) {
        fputs("null", out);
    } else {
        check_put_quoted(out, value);
    }
}

static void json_clocks(const struct check_project *p, FILE *out)
{
    fputs(",\"clocks_hz\":{", out);
    for (size_t i = 0; i < p->clock_count; i++) {
        fprintf(out, "%s\"%s\":%" PRIu64, i == 0 ? "" : ",",
                clock_id_name((enum clock_id)p->clocks[i].id), p->clocks[i].hz);
    }
    fputc('}', out);
}

static void json_can(const struct project_can *c, FILE *out)
{
    fprintf(out,
            "{\"instance\":%u,\"core\":\"%s\",\"kernel_hz\":%" PRIu64 ",\"bit_rate\":%" PRIu32
            ",\"sample_permille\":%" PRIu32 ",\"rx_elements\":%" PRIu32 "}",
            c->instance, c->owner, c->kernel_hz, c->bit_rate, c->sample_permille, c->rx_elements);
}

void check_project_json(const struct check_project *p, FILE *out)
{
    json_name("part", p->part, out);
    fputc(',', out);
    json_name("board", p->board, out);
    fputc(',', out);
    json_name("cubemx", p->version, out);
    fputc(',', out);
    json_name("supply", p->supply, out);
    fprintf(out, ",\"scale\":%d", p->scale);
    json_clocks(p, out);
    fputs(",\"can\":[", out);
    for (size_t i = 0; i < p->can_count; i++) {
        fputs(i == 0 ? "" : ",", out);
        json_can(&p->cans[i], out);
    }
    fputs("],\"pwm\":[", out);
    for (size_t i = 0; i < p->pwm_count; i++) {
        const struct check_pwm *w = &p->pwms[i];
        fprintf(out, "%s{\"timer\":\"%s\",", i == 0 ? "" : ",", w->timer);
        json_name("core", p->pwm_owners[i], out);
        fprintf(out, ",\"psc\":%" PRIu32 ",\"arr\":%" PRIu32 ",\"period_ns\":%" PRIu64 "}", w->psc,
                w->arr, check_pwm_period_ns(w));
    }
    fputc(']', out);
}
