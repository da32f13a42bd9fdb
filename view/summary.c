/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
#include "view/summary.h"

#include "host/usage.h"
#include "host/fixed.h"

#include <inttypes.h>

#define FINDINGS_SHOWN 10u

static const char *plural(uint64_t count)
{
    return count == 1 ? "" : "s";
}

static void print_bus(const struct bench *session, FILE *out)
{
    const struct json_summary *summary = &session->summary;
    const struct bench_watch *watch = &session->watch;
    fprintf(out,
            "%s: %" PRIu64 " frame%s, %" PRIu64 " of the profile's, %" PRIu64 " with a valid value",
            session->drives ? "car" : "bus", summary->frames, plural(summary->frames),
            summary->matched, summary->decoded);
    if (watch->has_value) {
        fprintf(out, " (%s to %s °C)", fixed(watch->value_min_milli, 3, 1).text,
                fixed(watch->value_max_milli, 3, 1).text);
    }
    fprintf(out, "; the board sent %" PRIu64 " frame%s, %" PRIu64 " bit%s\n", summary->tx_frames,
            plural(summary->tx_frames), summary->tx_bits, plural(summary->tx_bits));
    if (summary->bad_log_lines > 0) {
        fprintf(out, "log: %" PRIu64 " line%s skipped, see above\n", summary->bad_log_lines,
                plural(summary->bad_log_lines));
    }
}

static const char *explain_fault(const struct bench_watch *watch)
{
    if (watch->last_result == SOURCE_VALUE) {
        return "parked: values come, but none to be believed";
    }
    return watch->not_fitted ? "parked: sensor not fitted, says the car"
                             : "parked: sensor fault, says the car";
}

/* Why the needle is where it is, for people. */
static const char *explain(const struct bench_watch *watch, enum gauge_state state)
{
    static const char *const texts[GAUGE_STATE_COUNT] = {
        [GAUGE_BOOT] = "the firmware was still starting",
        [GAUGE_SWEEP] = "the needle was being moved by command",
        [GAUGE_WAIT] = "parked: no valid value has come yet",
        [GAUGE_LIVE] = "showing the value",
        [GAUGE_STALE] = "parked: the signal has gone silent",
    };
    return state == GAUGE_FAULT ? explain_fault(watch) : texts[state];
}

static void print_dial(const struct bench *session, FILE *out)
{
    const struct sample *sample = &session->view.latest;
    const struct telemetry_dial *told = &sample->telemetry;
    if (!session->view.has_latest || session->watch.pulse_count == 0) {
        fprintf(out, "dial: no pulse on the servo's pin\n");
        return;
    }
    if (!sample->has_telemetry) {
        fprintf(out, "dial: %" PRIu64 " pulses, the last %s µs; no telemetry\n",
                session->watch.pulse_count, fixed((int64_t)sample->width_ps, 6, 3).text);
        return;
    }
    fprintf(out, "dial: %s, %s; needle %s°, pulse %s µs%s%s\n", gauge_state_name(told->state),
            explain(&session->watch, told->state), fixed(told->needle_mdeg, 3, 2).text,
            fixed((int64_t)sample->width_ps, 6, 3).text,
            told->is_substitute ? "; COOLANT, the car has no oil temperature" : "",
            told->warn ? "; WARNING: hot" : "");
}

static void print_finding(const struct bench_finding *finding, FILE *out)
{
    uint32_t offset = 0;
    const char *function =
        finding->image == NULL ? NULL : image_function(finding->image, finding->pc, &offset);
    fprintf(out, "finding: %s, %s at %s s, pc 0x%08" PRIX32, finding->kind, finding->core,
            fixed((int64_t)finding->first_ps, 12, 6).text, finding->pc);
    if (function != NULL) {
        fprintf(out, " in %s+%" PRIu32, function, offset);
    }
    fprintf(out, ": %s", finding->text);
    if (finding->count > 1) {
        fprintf(out, " (%" PRIu64 " times)", finding->count);
    }
    fputc('\n', out);
}

static void print_findings(const struct bench *session, FILE *out)
{
    const struct bench_model *model = &session->model;
    size_t count = model->ops->finding_count(model->self);
    for (size_t i = 0; i < count && i < FINDINGS_SHOWN; i++) {
        struct bench_finding finding;
        model->ops->finding(model->self, i, &finding);
        print_finding(&finding, out);
    }
    if (count > FINDINGS_SHOWN) {
        fprintf(out, "finding: and %zu more\n", count - FINDINGS_SHOWN);
    }
}

/* One reason a line; the number of reasons. */
static int print_reasons(const struct bench *session, FILE *out)
{
    const struct json_summary *summary = &session->summary;
    bool own = session->model.own_firmware;
    const struct {
        bool applies;
        const char *text;
    } reasons[] = {
        {session->deadlock,
         "deadlock: the supply that PWR_CR3 selects does not match the wiring, VCORE "
         "is gone; only power off and on helps"},
        {session->lockup, "lockup: a core has stopped for good after a fault within a fault"},
        {summary->resets > session->watch.asked_resets, "reset: the chip was reset while it ran"},
        {summary->overflows > 0, "overflow: the firmware lost frames"},
        {own && summary->findings > 0, "findings: candial's own firmware must have none"},
    };
    int count = 0;
    for (size_t i = 0; i < sizeof reasons / sizeof *reasons; i++) {
        if (reasons[i].applies) {
            fprintf(out, "not good: %s\n", reasons[i].text);
            count++;
        }
    }
    return count;
}

int summary_print(const struct bench *session, FILE *out)
{
    double real_s = (double)session->real_ns * 1e-9;
    fprintf(out, "ran %s s of the board's time in %.1f s (x%.1f)%s\n",
            fixed((int64_t)session->end_ps, 12, 3).text, real_s,
            real_s > 0 ? (double)session->end_ps * 1e-12 / real_s : 0.0,
            session->interrupted ? ", stopped by you" : "");
    print_bus(session, out);
    print_dial(session, out);
    print_findings(session, out);
    if (print_reasons(session, out) > 0) {
        return EXIT_NO;
    }
    fprintf(out, "good: no reset%s, no lost frame, no finding%s\n",
            session->summary.resets > 0 ? " but those asked for" : "",
            session->summary.findings > 0 ? " that counts against foreign firmware" : "");
    return EXIT_GOOD;
}
