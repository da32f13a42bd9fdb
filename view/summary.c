/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
#include "view/summary.h"

#include "host/usage.h"
#include "host/fixed.h"
#include "view/activity_text.h"

#include <inttypes.h>

#define FINDINGS_SHOWN 10u

static const char *plural(uint64_t count)
{
    return count == 1 ? "" : "s";
}

static void print_bus(const struct bench *bench, FILE *out)
{
    const struct bench_summary *summary = &bench->summary;
    const struct bench_watch *watch = &bench->watch;
    fprintf(out,
            "%s: %" PRIu64 " frame%s, %" PRIu64 " of the profile's, %" PRIu64 " with a valid value",
            bench->drives ? "car" : "bus", summary->frames, plural(summary->frames),
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

static void print_dial(const struct summary *summary, const struct bench *bench, FILE *out)
{
    const struct sample *sample = &summary->latest;
    const struct telemetry_dial *told = &sample->telemetry;
    if (!summary->has_latest || bench->watch.pulse_count == 0) {
        fprintf(out, "dial: no pulse on the servo's pin\n");
        return;
    }
    if (!sample->has_telemetry) {
        fprintf(out, "dial: %" PRIu64 " pulses, the last %s µs; no telemetry\n",
                bench->watch.pulse_count, fixed((int64_t)sample->width_ps, 6, 3).text);
        return;
    }
    fprintf(out, "dial: %s, %s; needle %s°, pulse %s µs%s%s\n", gauge_state_name(told->state),
            explain(&bench->watch, told->state), fixed(told->needle_mdeg, 3, 2).text,
            fixed((int64_t)sample->width_ps, 6, 3).text,
            told->is_substitute ? "; COOLANT, the car has no oil temperature" : "",
            told->warn == GAUGE_WARN_CRITICAL ? "; CRITICAL: far too hot"
            : told->warn                      ? "; WARNING: hot"
                                              : "");
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

static void print_findings(const struct bench *bench, FILE *out)
{
    const struct bench_model *model = &bench->model;
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

/* ---- of foreign firmware ---- */

static void print_line(void *context, const char *line, bool bad)
{
    (void)bad;
    fprintf(context, "%s\n", line);
}

/* One reason a line; the number of reasons. */
static int print_deaths(const struct bench_activity *activity, FILE *out)
{
    int count = 0;
    for (unsigned i = 0; i < BENCH_CORES; i++) {
        char text[ACTIVITY_LINE_MAX];
        const struct activity_core *core = &activity->core[i];
        if (bench_activity_is_dead(core)) {
            activity_end_text(core, (enum bench_core_name)i, text, sizeof text);
            fprintf(out, "not good: %s\n", text);
            count++;
        }
    }
    return count;
}

/* Causes but power and NRST, which are somebody's hands. */
static void print_causes(const struct bench_activity *activity, FILE *out)
{
    static const char *const causes[] = {
        NULL,          "by brown-out",  NULL,
        "by software", "by a watchdog", "on entering Stop or Standby",
        "of a domain"};
    const char *between = " (";
    for (unsigned i = 0; i < sizeof causes / sizeof *causes; i++) {
        if (causes[i] != NULL && activity->resets[i] > 0) {
            fprintf(out, "%s%" PRIu64 " %s", between, activity->resets[i], causes[i]);
            between = ", ";
        }
    }
    fputs(between[0] == ',' ? ")" : "", out);
}

struct why {
    char text[200];
};

static bool is_other_rate(const struct bench_can *can)
{
    uint32_t own = can->bit_hz;
    uint32_t bus = can->bus_bit_hz;
    uint32_t apart = own > bus ? own - bus : bus - own;
    return own != 0 && bus != 0 && apart > bus / 200; /* 0.5 %: what resynchronisation bears */
}

static struct why why_ill(const struct bench_can *can)
{
    struct why why;
    double own = can->bit_hz / 1e3;
    if (is_other_rate(can)) {
        snprintf(
            why.text, sizeof why.text,
            "it runs at %g kbit/s, its bus at %g: it sees nothing but errors, and what it sends "
            "destroys frames; correct its kernel clock (RCC_D2CCIP1R.FDCANSEL) or prescaler",
            own, can->bus_bit_hz / 1e3);
    } else if (can->bus_bit_hz == 0 && can->received == 0) {
        snprintf(why.text, sizeof why.text,
                 "it runs at %g kbit/s, and nobody else is on its bus to acknowledge what it sends",
                 own);
    } else {
        snprintf(why.text, sizeof why.text,
                 "it runs at %g kbit/s: look at its kernel clock and its pins", own);
    }
    return why;
}

static void print_ill_cans(const struct bench_activity *activity, FILE *out)
{
    for (unsigned i = 0; i < activity->can_count; i++) {
        const struct bench_can *can = &activity->can[i];
        if (activity_can_is_ill(can) && can->state != BENCH_CAN_BUS_OFF) {
            fprintf(out, "note: %s is %s: %s\n", can->name, activity_can_name(can->state),
                    why_ill(can).text);
        }
    }
}

/* Bus-off at the end: it takes no more part until software clears CCCR.INIT (RM0399 59.5.13). */
static int print_bus_offs(const struct bench_activity *activity, FILE *out)
{
    int count = 0;
    for (unsigned i = 0; i < activity->can_count; i++) {
        const struct bench_can *can = &activity->can[i];
        if (can->state == BENCH_CAN_BUS_OFF) {
            fprintf(out,
                    "not good: bus-off: %s has left the bus (PSR.BO), and stays away until "
                    "CCCR.INIT is cleared: %s\n",
                    can->name, why_ill(can).text);
            count++;
        }
    }
    return count;
}

/* Filters that let nothing through, of one kind of id or of both. */
static void print_rejections(const struct bench_activity *activity, FILE *out)
{
    for (unsigned i = 0; i < activity->can_count; i++) {
        const struct bench_can *can = &activity->can[i];
        const uint64_t all = can->rejected[0] + can->rejected[1];
        if (all > 0 && can->stored + can->lost == 0) {
            fprintf(out,
                    "note: %s rejected all of %" PRIu64
                    " frames: no filter lets one through, and what matches "
                    "none is rejected (GFC.ANFS, ANFE); look at SIDFC, XIDFC and the filters\n",
                    can->name, all);
        } else if (can->rejected[1] > 0 && can->rejected[0] == 0) {
            fprintf(out,
                    "note: %s rejected %" PRIu64
                    " frames, all of extended ids: XIDFC.LSE and GFC.ANFE "
                    "decide about those\n",
                    can->name, can->rejected[1]);
        }
    }
}

static bool is_empty(const struct bench_activity *activity)
{
    return bench_activity_state(&activity->core[BENCH_CM7]) == BENCH_CORE_EMPTY &&
           bench_activity_state(&activity->core[BENCH_CM4]) == BENCH_CORE_EMPTY;
}

/* ---- what it means ---- */

static bool is_dead_by_lockup(const struct bench_activity *activity)
{
    return activity != NULL && (activity->core[BENCH_CM7].fate == BENCH_FATE_LOCKED_UP ||
                                activity->core[BENCH_CM4].fate == BENCH_FATE_LOCKED_UP);
}

static int print_reset(const struct bench *bench, const struct bench_activity *activity, FILE *out)
{
    if (bench->summary.resets <= bench->watch.asked_resets) {
        return 0;
    }
    fputs("not good: reset: the chip was reset while it ran", out);
    if (activity != NULL) {
        print_causes(activity, out);
    }
    fputc('\n', out);
    return 1;
}

/* What harms the board, each kind once; of candial's own images any finding is a reason. */
static int print_harm(const struct bench *bench, FILE *out)
{
    const struct bench_model *model = &bench->model;
    const char *said = NULL;
    int count = 0;
    for (size_t i = 0; i < model->ops->finding_count(model->self); i++) {
        struct bench_finding finding;
        model->ops->finding(model->self, i, &finding);
        /* Kinds are names of a table: the same one is the same pointer. */
        if (finding.harms && finding.kind != said) {
            said = finding.kind;
            fprintf(out, "not good: %s: %s\n", finding.kind, finding.text);
            count++;
        }
    }
    return count;
}

/* One reason a line; the number of reasons. */
static int print_reasons(const struct bench *bench, const struct bench_activity *activity,
                         FILE *out)
{
    const struct bench_summary *summary = &bench->summary;
    const bool own = bench->model.own_firmware;
    const struct {
        bool applies;
        const char *text;
    } reasons[] = {
        {bench->deadlock,
         "deadlock: the supply that PWR_CR3 selects does not match the wiring, VCORE "
         "is gone; only power off and on helps"},
        {bench->lockup && !is_dead_by_lockup(activity),
         "lockup: a core has stopped for good after a fault within a fault"},
        {summary->overflows > 0, "overflow: the firmware lost frames"},
        {own && summary->findings > 0, "findings: candial's own firmware must have none"},
        {activity != NULL && is_empty(activity), "empty: no core has an image where it boots"},
    };
    int count = print_reset(bench, activity, out);
    for (size_t i = 0; i < sizeof reasons / sizeof *reasons; i++) {
        if (reasons[i].applies) {
            fprintf(out, "not good: %s\n", reasons[i].text);
            count++;
        }
    }
    return count + (activity == NULL ? 0
                                     : print_bus_offs(activity, out) + print_harm(bench, out) +
                                           print_deaths(activity, out));
}

int summary_print(const struct summary *summary, const struct bench *bench, FILE *out)
{
    double real_s = (double)bench->real_ns * 1e-9;
    fprintf(out, "ran %s s of the board's time in %.1f s (x%.1f)%s\n",
            fixed((int64_t)bench->end_ps, 12, 3).text, real_s,
            real_s > 0 ? (double)bench->end_ps * 1e-12 / real_s : 0.0,
            bench->interrupted ? ", stopped by you" : "");
    print_bus(bench, out);
    if (summary->activity == NULL) {
        print_dial(summary, bench, out);
    } else {
        activity_say_all(summary->activity, print_line, out);
    }
    print_findings(bench, out);
    if (summary->activity != NULL) {
        print_ill_cans(summary->activity, out);
        print_rejections(summary->activity, out);
    }
    if (print_reasons(bench, summary->activity, out) > 0) {
        return EXIT_NO;
    }
    fprintf(out, "good: %sno reset%s, no lost frame, no finding%s\n",
            summary->activity != NULL ? "no core died, " : "",
            bench->summary.resets > 0 ? " but those asked for" : "",
            bench->summary.findings > 0 ? " that counts against foreign firmware" : "");
    return EXIT_GOOD;
}

static void take_sample(void *context, const struct sample *sample)
{
    struct summary *summary = context;
    summary->latest = *sample;
    summary->has_latest = true;
}

void summary_init(struct summary *summary, const struct bench_activity *activity)
{
    *summary = (struct summary){.activity = activity,
                                .observer = {.context = summary, .sample = take_sample}};
}
