/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
/* Looking at what a rig has recorded. */
#include "tests/system/rig.h"

#include "tests/formats/cmocka_head.h"

#include "vboard/chip/finding_text.h"
#include "vboard/chip/chip.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

static char present_case[256];

void rig_case(const char *format, ...)
{
    va_list list;
    va_start(list, format);
    vsnprintf(present_case, sizeof present_case, format, list);
    va_end(list);
}

void rig_fail(const char *format, ...)
{
    char text[512];
    va_list list;
    va_start(list, format);
    vsnprintf(text, sizeof text, format, list);
    va_end(list);
    print_error("%s%s%s\n", present_case, present_case[0] == '\0' ? "" : ": ", text);
    fail();
    __builtin_unreachable(); /* fail() jumps out of the test */
}

size_t rig_pulse_from(const struct rig *r, vtime_ps from)
{
    size_t i = 0;
    while (i < r->pulse_count && r->pulses[i].rise < from) {
        i++;
    }
    return i;
}

size_t rig_pulses_ended(const struct rig *r)
{
    const bool high = r->pulse_count > 0 && r->pulses[r->pulse_count - 1].width == 0;
    return r->pulse_count - high;
}

size_t rig_line_from(const struct rig *r, vtime_ps from)
{
    const size_t pulse = rig_pulse_from(r, from);
    size_t i = 0;
    while (i < r->line_count && r->lines[i].pulse < pulse) {
        i++;
    }
    return i;
}

const struct rig_line *rig_last_line(const struct rig *r)
{
    rig_check(r->line_count > 0, "no telemetry line");
    return &r->lines[r->line_count - 1];
}

const struct rig_text *rig_find_text(const struct rig *r, vtime_ps from, const char *words)
{
    for (size_t i = 0; i < r->text_count; i++) {
        if (r->texts[i].at >= from && strstr(r->texts[i].text, words) != NULL) {
            return &r->texts[i];
        }
    }
    return NULL;
}

unsigned rig_flashes(const struct rig *r, enum board_led led, vtime_ps from, vtime_ps until)
{
    unsigned count = 0;
    for (size_t i = 0; i < r->led_count; i++) {
        const struct rig_led *change = &r->leds[i];
        count += change->led == led && change->on && change->at >= from && change->at < until;
    }
    return count;
}

bool rig_is_same_span(vtime_ps a, vtime_ps b)
{
    return a <= b + 1 && b <= a + 1;
}

vtime_ps rig_longest_pulse(const struct rig *r, vtime_ps from, vtime_ps until)
{
    vtime_ps longest = 0;
    for (size_t i = rig_pulse_from(r, from); i < r->pulse_count && r->pulses[i].rise < until; i++) {
        longest = r->pulses[i].width > longest ? r->pulses[i].width : longest;
    }
    return longest;
}

vtime_ps rig_first_park(const struct rig *r, vtime_ps from)
{
    for (size_t i = rig_pulse_from(r, from); i < r->pulse_count; i++) {
        const vtime_ps width = r->pulses[i].width;
        if (width >= RIG_PARK_PS - VTIME_US(1) && width <= RIG_PARK_PS + VTIME_US(1)) {
            return r->pulses[i].rise;
        }
    }
    return VTIME_NEVER;
}

static void assert_no_finding(const struct rig *r)
{
    const struct findings *findings = &board_chip(r->board)->findings;
    for (size_t i = 0; i < findings->count; i++) {
        const struct finding *f = &findings->list[i];
        print_error("finding: %s, core %d, pc 0x%08X at %.6f s: %s\n", finding_kind_name(f->kind),
                    (int)f->master, (unsigned)f->pc, (double)f->first_at * 1e-12,
                    finding_text(board_chip(r->board), f).text);
    }
    rig_check(findings->count == 0, "%zu findings", findings->count);
}

void rig_assert_clean(const struct rig *r)
{
    assert_no_finding(r);
    rig_check(r->wrong_supply_writes == 0, "0x%X was written to PWR_CR3",
              (unsigned)r->wrong_supply_value);
    rig_check(!board_locked_up(r->board), "a core is locked up");
    rig_check(board_rx_lost(r->board) == 0, "frames were lost");
    rig_check(r->bad_lines == 0, "%zu bad telemetry lines", r->bad_lines);
    const vtime_ps longest = rig_longest_pulse(r, 0, VTIME_NEVER);
    rig_check(longest <= RIG_PULSE_MAX_PS, "a pulse of %.3f us", (double)longest * 1e-6);
    if (!r->config.active) {
        rig_check(board_tx_bits(r->board) == 0, "%llu bits driven onto the bus",
                  (unsigned long long)board_tx_bits(r->board));
    }
}
