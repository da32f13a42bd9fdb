/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
#include "formats/profile/profile_write.h"

#include <inttypes.h>

/* Shortest that reads back as the same double. */
static void put_number(FILE *out, double value)
{
    char text[40];
    for (int digits = 6; digits <= 17; digits++) {
        double back;
        snprintf(text, sizeof text, "%.*g", digits, value);
        if (sscanf(text, "%lf", &back) == 1 && back == value) {
            break;
        }
    }
    fputs(text, out);
}

static void put_name(FILE *out, const char *name)
{
    fputs("name: \"", out);
    for (; *name != '\0'; name++) {
        unsigned char c = (unsigned char)*name;
        if (c == '"' || c == '\\') {
            fputc('\\', out);
        }
        if (c < 0x20) {
            fprintf(out, "\\x%02X", c);
        } else {
            fputc(c, out);
        }
    }
    fputs("\"\n", out);
}

static void put_can(FILE *out, const struct record *r)
{
    if (r->bitrate_bps == RECORD_BITRATE_AUTO) {
        fputs("can: {bitrate: auto", out);
    } else {
        fprintf(out, "can: {bitrate: %" PRIu32, r->bitrate_bps);
    }
    fprintf(out, ", mode: %s", r->mode == RECORD_ACTIVE ? "active" : "listen-only");
    if (r->fd_data_bitrate_bps != 0) {
        fprintf(out, ", fd: {data_bitrate: %" PRIu32 "}", r->fd_data_bitrate_bps);
    }
    fputs("}\n", out);
}

/* ---- source ---- */

/* "invalid: [254, [250, 252]]" of those ranges whose bit in `mask` is `bit`. */
static void put_ranges(FILE *out, const char *name, const struct source_range *ranges, int count,
                       unsigned mask, unsigned bit)
{
    const char *between = "";
    for (int i = 0; i < count; i++) {
        if ((mask >> i & 1u) != bit) {
            continue;
        }
        if (*between == '\0') {
            fprintf(out, "        %s: [", name);
        }
        fputs(between, out);
        if (ranges[i].lo == ranges[i].hi) {
            fprintf(out, "%" PRIu32, ranges[i].lo);
        } else {
            fprintf(out, "[%" PRIu32 ", %" PRIu32 "]", ranges[i].lo, ranges[i].hi);
        }
        between = ", ";
    }
    if (*between != '\0') {
        fputs("]\n", out);
    }
}

static void put_scale(FILE *out, double scale, double offset)
{
    fputs("        scale: ", out);
    put_number(out, scale);
    fputs("\n        offset: ", out);
    put_number(out, offset);
    fputc('\n', out);
}

static void put_condition(FILE *out, const struct condition *c)
{
    fprintf(out, "{start: %u, length: %u, order: %s, equals: %u}", (unsigned)c->bits.start_bit,
            (unsigned)c->bits.length_bits, c->bits.motorola ? "motorola" : "intel",
            (unsigned)c->equals);
}

/* Pages are a list, the validity bit is one. */
static void put_conditions(FILE *out, const struct condition *conditions)
{
    const char *between = "        mux: [";
    bool pages = false;
    for (int i = 0; i < CONDITION_MAX; i++) {
        if (conditions[i].role == CONDITION_PAGE) {
            fputs(between, out);
            put_condition(out, &conditions[i]);
            between = ", ";
            pages = true;
        }
    }
    fputs(pages ? "]\n" : "", out);
    for (int i = 0; i < CONDITION_MAX; i++) {
        if (conditions[i].role == CONDITION_VALID) {
            fputs("        valid_when: ", out);
            put_condition(out, &conditions[i]);
            fputc('\n', out);
        }
    }
}

static void put_broadcast(FILE *out, const struct source_broadcast *s)
{
    uint32_t all = s->extended ? 0x1FFFFFFFu : 0x7FFu;
    fprintf(out, "      broadcast:\n        id: 0x%" PRIX32 "\n        extended: %s\n", s->id,
            s->extended ? "true" : "false");
    if (s->id_mask != all) {
        fprintf(out, "        mask: 0x%" PRIX32 "\n", s->id_mask);
    }
    fprintf(out, "        start: %u\n        length: %u\n        order: %s\n",
            (unsigned)s->bits.start_bit, (unsigned)s->bits.length_bits,
            s->bits.motorola ? "motorola" : "intel");
    if (s->is_signed || s->is_float) {
        fprintf(out, "        %s: true\n", s->is_float ? "float" : "signed");
    }
    put_scale(out, s->scale, s->offset);
    put_ranges(out, "invalid", s->invalid, s->invalid_count, s->not_fitted, 0);
    put_ranges(out, "not_fitted", s->invalid, s->invalid_count, s->not_fitted, 1);
    put_conditions(out, s->condition);
}

static void put_obd2(FILE *out, const struct source_obd2 *s)
{
    static const char *const addressing[] = {
        [OBD_AUTO] = "auto", [OBD_11BIT] = "11bit", [OBD_29BIT] = "29bit"};
    fprintf(out, "      obd2: {pid: 0x%02X, rate: ", s->pid);
    put_number(out, s->rate_millihz / 1e3);
    fprintf(out, ", fallback: %s, addressing: %s}\n", s->fallback_coolant ? "coolant" : "none",
            addressing[s->addressing]);
}

static void put_uds(FILE *out, const struct source_uds *s)
{
    fprintf(out, "      uds:\n        request: 0x%" PRIX32 "\n        response: 0x%" PRIX32 "\n",
            s->request_id, s->response_id);
    fprintf(out, "        %s: 0x%X\n", s->service == UDS_READ_DID ? "did" : "local", s->did);
    fprintf(out, "        start: %u\n        length: %u\n", s->start_bit, s->length_bits);
    if (s->is_signed) {
        fputs("        signed: true\n", out);
    }
    put_scale(out, s->scale, s->offset);
    put_ranges(out, "invalid", s->invalid, s->invalid_count, 0, 0);
    if (s->has_address) {
        fprintf(out, "        addressing: extended\n        ecu: 0x%02X\n", s->ecu);
    }
    fputs("        rate: ", out);
    put_number(out, s->rate_millihz / 1e3);
    fputc('\n', out);
}

static void put_source(FILE *out, const struct source_config *s)
{
    fputs("  - source:\n", out);
    if (s->kind == SOURCE_OBD2) {
        put_obd2(out, &s->obd2);
    } else if (s->kind == SOURCE_UDS) {
        put_uds(out, &s->uds);
    } else {
        put_broadcast(out, &s->broadcast);
    }
}

/* ---- dial ---- */

static void put_points(FILE *out, const struct curve *curve, double per_x, double per_y)
{
    for (int i = 0; i < curve->count; i++) {
        fputs(i == 0 ? "[[" : ", [", out);
        put_number(out, curve->point[i].x / per_x);
        fputs(", ", out);
        put_number(out, curve->point[i].y / per_y);
        fputc(']', out);
    }
    fputc(']', out);
}

static void put_dial(FILE *out, const struct gauge_config *d)
{
    put_source(out, &d->source);
    fprintf(out, "    timeout: %" PRIu32 "ms\n    plausible: {min: ", d->timeout_ms);
    put_number(out, d->plausible_min_milli / 1e3);
    fputs(", max: ", out);
    put_number(out, d->plausible_max_milli / 1e3);
    fputs(", max_slope: ", out);
    put_number(out, d->max_slope_milli_per_s / 1e3);
    fputs("}\n    dial: ", out);
    put_points(out, &d->dial, 1e3, 1e3);
    fputs("\n    servo: {pulse: ", out);
    put_points(out, &d->servo, 1e3, 1e3);
    fputs(", park: ", out);
    put_number(out, d->park_mdeg / 1e3);
    fputs(", period: ", out);
    put_number(out, d->period_us / 1e3);
    fputs("ms", out);
    if (d->dead_band_us != GAUGE_DEAD_BAND_US) {
        fprintf(out, ", dead_band: %uus", d->dead_band_us);
    }
    fputs(d->is_off_at_rest ? ", off_at_rest: true" : "", out);
    fprintf(out, "}\n    needle: {damping: %ums, max_rate: %u, sweep: %s}\n", d->damping_ms,
            d->max_rate_deg_per_s, d->sweeps ? "true" : "false");
    if (d->warn_high_milli != GAUGE_WARN_NONE) {
        fputs("    warn: {high: ", out);
        put_number(out, d->warn_high_milli / 1e3);
        if (d->warn_critical_milli != GAUGE_WARN_NONE) {
            fputs(", critical: ", out);
            put_number(out, d->warn_critical_milli / 1e3);
        }
        fputs("}\n", out);
    }
}

void profile_write(const struct record *record, FILE *out)
{
    const struct record r = *record;
    put_name(out, r.name);
    put_can(out, &r);
    fputs("dials:\n", out);
    for (int i = 0; i < r.dial_count; i++) {
        put_dial(out, &r.dial[i]);
    }
}
