/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
#include "stm32h755xx.h"

#include "firmware/cm7/console.h"

#include "core/err.h"
#include "firmware/board/board.h"
#include "firmware/cm7/uart.h"
#include "firmware/common/text.h"

#ifndef CANDIAL_VERSION
#error "the build defines CANDIAL_VERSION and CANDIAL_BUILD"
#endif

static struct console_boot known;

static void send(struct text *text)
{
    text_string(text, "\r\n");
    (void)uart_write(text->data, text->len); /* a drop is counted there */
}

static void send_string(const char *string)
{
    struct text text;
    text_clear(&text);
    text_string(&text, string);
    send(&text);
}

/* Table 57: the most particular flag first, since others come along with it. */
static const char *reset_cause(uint32_t rsr)
{
    static const struct {
        uint32_t flag;
        const char *name;
    } causes[] = {
        {RCC_RSR_PORRSTF, "power-on"},
        {RCC_RSR_BORRSTF, "brown-out"},
        {RCC_RSR_IWDG1RSTF, "watchdog-cm7"},
        {RCC_RSR_IWDG2RSTF, "watchdog-cm4"},
        {RCC_RSR_WWDG1RSTF, "wwdg-cm7"},
        {RCC_RSR_WWDG2RSTF, "wwdg-cm4"},
        {RCC_RSR_SFT1RSTF, "software-cm7"},
        {RCC_RSR_SFT2RSTF, "software-cm4"},
        {RCC_RSR_LPWR1RSTF, "low-power-cm7"},
        {RCC_RSR_LPWR2RSTF, "low-power-cm4"},
        {RCC_RSR_PINRSTF, "pin"},
    };
    for (uint32_t i = 0; i < sizeof causes / sizeof causes[0]; i++) {
        if ((rsr & causes[i].flag) != 0) {
            return causes[i].name;
        }
    }
    return "unknown";
}

static void send_profile(const struct settings *from)
{
    struct text text;
    text_clear(&text);
    text_string(&text, "profile ");
    text_string(&text, from->record.name);
    if (from->is_own) {
        text_string(&text, " (settings)");
    } else {
        text_string(&text, " (default: ");
        text_string(&text, from->is_blank ? "no settings" : gauge_err_text(from->error));
        text_string(&text, ")");
    }
    send(&text);
}

void console_can(const struct ipc_can_config *can, const struct record *record, bool active)
{
    struct text text;
    text_clear(&text);
    text_string(&text, "can ");
    if (record->bitrate_bps == RECORD_BITRATE_AUTO) {
        text_string(&text, "any bit rate");
    } else {
        text_rate(&text, record->bitrate_bps);
    }
    if ((can->mode & IPC_CAN_FD) != 0) {
        text_string(&text, ", data ");
        text_rate(&text, record->fd_data_bitrate_bps);
    }
    text_string(&text, active ? " active" : " listen-only");
    send(&text);
}

static void send_reset(uint32_t cm7_rsr, uint32_t cm4_rsr)
{
    struct text text;
    text_clear(&text);
    text_string(&text, "reset cm7 ");
    text_string(&text, reset_cause(cm7_rsr));
    text_string(&text, " cm4 ");
    text_string(&text, reset_cause(cm4_rsr));
    send(&text);
}

void console_clock(const struct clock_state *clock)
{
    static const char *const sources[] = {
        [CLOCK_HSE] = "hse ",
        [CLOCK_HSI] = "hsi (HSE absent)",
        [CLOCK_HSI_LOST] = "hsi (HSE lost)",
        [CLOCK_HSI_OFF] = "hsi (HSE off",
    };
    struct text text;
    text_clear(&text);
    text_string(&text, "clock ");
    text_string(&text, sources[clock->source]);
    if (clock->source == CLOCK_HSE) {
        text_u32(&text, board.hse_hz / 1000000U);
        text_string(&text, clock->is_good ? " MHz, agrees with LSE" : " MHz");
    } else {
        if (clock->source == CLOCK_HSI_OFF) {
            text_string(&text, ": ");
            text_u32(&text, clock->hse_khz);
            text_string(&text, " kHz)");
        }
        text_string(&text, clock->is_good ? ", steered to LSE" : ", listen-only");
    }
    send(&text);
}

void console_cm4(bool running)
{
    known.cm4_running = running;
    send_string(running ? "cm4 running" : "cm4 absent");
}

void console_state(void)
{
    send_profile(known.settings);
    console_clock(known.clock);
    console_can(known.can, &known.settings->record,
                known.clock->is_good && (known.can->mode & IPC_CAN_ACTIVE) != 0);
    send_reset(known.cm7_rsr, known.cm4_rsr);
    console_cm4(known.cm4_running);
}

void console_banner(const struct console_boot *boot)
{
    known = *boot;
    send_string("candial " CANDIAL_VERSION " " CANDIAL_BUILD);
    console_state();
}

void console_past(void)
{
    send_reset(known.cm7_rsr, known.cm4_rsr);
    console_crash(0);
    console_crash(1);
}

void console_rate(uint32_t bps)
{
    struct text text;
    text_clear(&text);
    text_string(&text, "bit rate ");
    text_rate(&text, bps);
    send(&text);
}

static void send_dial(const char *what, uint32_t dial, const char *words)
{
    struct text text;
    text_clear(&text);
    text_string(&text, what);
    text_u32(&text, dial + 1U);
    text_string(&text, ": ");
    text_string(&text, words);
    send(&text);
}

void console_dial(uint32_t dial, const char *trouble)
{
    send_dial("dial ", dial, trouble);
}

void console_asking(uint32_t dial, const char *state)
{
    send_dial("asking dial ", dial, state);
}

void console_bus(enum bus_state state)
{
    struct text text;
    text_clear(&text);
    text_string(&text, "bus: ");
    text_string(&text, bus_words(state));
    send(&text);
}

void console_fault(enum fault fault)
{
    struct text text;
    text_clear(&text);
    text_string(&text, "error ");
    text_u32(&text, (uint32_t)fault);
    text_string(&text, " ");
    text_string(&text, fault_name(fault));
    send(&text);
}

static void add_hex(struct text *text, const char *name, uint32_t value)
{
    text_string(text, name);
    text_hex(text, value);
}

void console_crash(unsigned core)
{
    struct text text;
    struct crash crash;
    if (!crash_look(core, &crash)) {
        return;
    }
    text_clear(&text);
    text_string(&text, core == 0 ? "crash cm7 exception " : "crash cm4 exception ");
    text_u32(&text, crash.exception);
    add_hex(&text, " pc ", crash.pc);
    add_hex(&text, " lr ", crash.lr);
    add_hex(&text, " cfsr ", crash.cfsr);
    add_hex(&text, " hfsr ", crash.hfsr);
    add_hex(&text, " mmfar ", crash.mmfar);
    add_hex(&text, " bfar ", crash.bfar);
    send(&text);
}
