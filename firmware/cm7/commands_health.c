/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
/* status, can, errors. */
#include <stddef.h>
#include <string.h>

#include "core/gauge.h"
#include "core/pulse.h"
#include "firmware/cm7/answer.h"
#include "firmware/cm7/bus_watch.h"
#include "firmware/cm7/commands.h"
#include "firmware/cm7/console.h"
#include "firmware/cm7/dials.h"
#include "firmware/cm7/errors.h"
#include "firmware/cm7/keys.h"
#include "firmware/cm7/settings.h"
#include "firmware/cm7/system.h"
#include "firmware/cm7/uart.h"

static void tell_dial(uint32_t index)
{
    const struct gauge_dial *dial = dials_get(index);
    const int32_t needle_mdeg = needle_angle_mdeg(&dial->base);
    const bool is_f = settings.is_fahrenheit;
    const char *unit = is_f ? "F" : "C";
    struct text text;
    text_clear(&text);
    text_format(&text, "dial %u %s", index + 1U, gauge_state_name(dial->state));
    if (dial->state == GAUGE_FAULT) {
        text_format(&text, ", %s", gauge_trouble_name(dial));
    }
    if (dial->has_value) {
        text_format(&text, ", value %m%s", key_shown_temperature(dial->value_milli, is_f), unit);
    }
    text_format(&text, ", shown %m%s, needle %m, pulse %m us",
                key_shown_temperature(gauge_shown_milli(dial->config, needle_mdeg), is_f), unit,
                needle_mdeg, (int32_t)pulse_ns(&dial->config->servo, needle_mdeg));
    if (dial->warn != GAUGE_WARN_OFF) {
        text_string(&text, dial->warn == GAUGE_WARN_CRITICAL ? ", critical" : ", warning");
    }
    answer_text(&text);
}

void command_status(int count, char **word)
{
    (void)count;
    (void)word;
    console_state();
    for (uint32_t i = 0; i < dials_count(); i++) {
        tell_dial(i);
    }
    answer_ok("%s, up %u s%s", gauge_state_name(dials_state()), health.now_s,
              settings.is_unsaved ? ", unsaved settings" : "");
}

void command_can(int count, char **word)
{
    const struct ipc_block *block = system_block();
    const struct ipc_m4_part *m4 = &block->m4;
    (void)count;
    (void)word;
    answer_line("frames %u, lost %u, sent %u, refused %u", m4->rx_frames,
                m4->fifo_lost + m4->m4_events_overflow, m4->tx_frames, m4->tx_refused);
    answer_line("last error %s, counters rx %u tx %u, bus-offs %u", bus_error_name(m4->can_psr),
                (m4->can_ecr >> 8) & 127U, m4->can_ecr & 255U, m4->bus_offs);
    answer_ok("%s", bus_words(bus_watch_state()));
}

static void tell_faults(void)
{
    for (uint32_t i = 0; i < HEALTH_FAULT_COUNT; i++) {
        if (health_is_latched(&health, (enum health_fault)i)) {
            answer_line("%s: %u times, first %u s, last %u s",
                        health_fault_name((enum health_fault)i), health.count[i], health.first_s[i],
                        health.last_s[i]);
        }
    }
}

static void tell_use(void)
{
    struct system_use use;
    const struct ipc_m4_part *m4 = &system_block()->m4;
    system_use(&use);
    answer_line("load cm7 %m %% cm4 %m %%", (int32_t)use.load_percent100[0] * 10,
                (int32_t)use.load_percent100[1] * 10);
    answer_line("stack cm7 %u of %u cm4 %u of %u", use.stack_used[0], use.stack_size[0],
                use.stack_used[1], use.stack_size[1]);
    answer_line("queues ring A %u of %u, console in %u out %u, dropped %u", use.m4_events_max,
                (uint32_t)IPC_M4_EVENTS_SIZE, uart_counts.rx_max, uart_counts.tx_max,
                uart_counts.dropped);
    answer_line("settings flash erased %u times", settings_erases());
    answer_line("longest us: frame to pulse %u, cm4 turn %u", m4->latency_max_us, m4->loop_max_us);
}

void command_errors(int count, char **word)
{
    if (count > 1) {
        if (strcmp(word[1], "clear") != 0) {
            answer_error(word[1], "clear, or nothing");
            return;
        }
        health_clear(&health);
    }
    console_past();
    errors_tell();
    tell_faults();
    tell_use();
    answer_ok("errors, up %u s", health.now_s);
}
