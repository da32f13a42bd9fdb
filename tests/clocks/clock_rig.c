/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
#include "tests/clocks/clock_rig.h"

#include "vboard/chip/chip.h"

struct rig *clock_rig(const struct board_config *board, bool active)
{
    return rig_create(&(struct rig_config){
        .active = active, .streams = &rig_oil_moving, .stream_count = 1, .board = *board});
}

int64_t clock_timer_ppm(const struct rig *r)
{
    const uint64_t uhz = board_chip(r->board)->clocks[CLK_TIMX].uhz;
    return ((int64_t)uhz - (int64_t)CLOCK_UHZ(180000000)) / (int64_t)180000000;
}

void check_said(const struct rig *r, const char *words)
{
    rig_check(rig_find_text(r, 0, words) != NULL, "`%s' was not said", words);
}

void check_unsaid(const struct rig *r, const char *words)
{
    rig_check(rig_find_text(r, 0, words) == NULL, "`%s' was said", words);
}

void check_shows(const struct rig *r, int32_t low_milli, int32_t high_milli)
{
    const struct rig_line *line = rig_last_line(r);
    rig_check(line->state == RIG_LIVE && line->shown_milli >= low_milli &&
                  line->shown_milli <= high_milli,
              "state %d, shows %d m°C", (int)line->state, (int)line->shown_milli);
}

void check_pulses_agree(const struct rig *r, uint32_t tolerance_ppm)
{
    for (size_t i = rig_line_from(r, rig_now(r) - VTIME_S(1)); i + 1 < r->line_count; i++) {
        const vtime_ps told = VTIME_NS(r->lines[i].pulse_ns);
        const vtime_ps width = r->pulses[r->lines[i].pulse].width;
        const vtime_ps allowed = told / 1000000 * tolerance_ppm + VTIME_NS(5);
        rig_check(width <= told + allowed && width + allowed >= told,
                  "line %u: told %.3f us, on the pin %.3f us", (unsigned)r->lines[i].seq,
                  (double)told * 1e-6, (double)width * 1e-6);
    }
}

void check_no_longer_than_meant(const struct rig *r)
{
    for (size_t i = 0; i < r->line_count; i++) {
        const struct rig_line *line = &r->lines[i];
        const vtime_ps width = r->pulses[line->pulse].width;
        rig_check(width <= VTIME_NS(line->pulse_ns) + VTIME_US(1),
                  "pulse at %.6f ms: meant %.3f us, on the pin %.3f us",
                  (double)r->pulses[line->pulse].rise * 1e-9, line->pulse_ns * 1e-3,
                  (double)width * 1e-6);
    }
}

void check_numbered(const struct rig *r)
{
    unsigned late = 0; /* one, where a core was held; a number that is one behind stays so */
    for (size_t i = 0; i < r->line_count; i++) {
        const struct rig_line *line = &r->lines[i];
        if (line->pulse < r->first_pulse) {
            continue;
        }
        rig_check(line->pulse < r->pulse_count, "line %u: no such pulse", (unsigned)line->seq);
        const vtime_ps rise = r->pulses[line->pulse].rise;
        late += line->at > rise + RIG_PERIOD_PS + VTIME_MS(2);
        rig_check(line->at > rise && line->at < rise + VTIME_MS(60) && late <= 1,
                  "line %u of %.3f ms is about the pulse of %.3f ms", (unsigned)line->seq,
                  (double)line->at * 1e-9, (double)rise * 1e-9);
    }
}

uint64_t bits_driven(struct rig *r, vtime_ps span)
{
    const uint64_t before = board_tx_bits(r->board);
    rig_run_for(r, span);
    return board_tx_bits(r->board) - before;
}
