/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
#include "check/say_about.h"

#include "check/advice.h"
#include "check/clocks.h"
#include "check/hse.h"
#include "check/judge.h"
#include "check/kinds.h"
#include "check/lasting.h"
#include "check/names.h"
#include "check/places.h"
#include "check/project.h"
#include "check/timers.h"
#include "vboard/chip/finding_text.h"
#include "vboard/kernel/supply.h"
#include "vboard/kernel/words.h"

#include <inttypes.h>

#define CR_HSERDY 17u /* bit of RCC_CR (RM0399 9.7.2) */

/* ---- supply ---- */

static void put_selection(struct line *l, const void *about)
{
    line_put(l, "%s", supply_selection_name(item_of(about)->finding.data.cr3));
}

/* Of code that never ran: what it would select, if that is known. */
static void put_code_supply(struct line *l, const void *about)
{
    const struct check_item *i = item_of(about);
    const char *name = i->has_value ? check_supply_name(i->value) : NULL;
    line_put(l, "%s", name != NULL ? name : "a supply, which one is not known");
}

static void put_handler(struct line *l, const void *about)
{
    const struct check_item *i = item_of(about);
    char place[160];
    if (i->handler != 0) {
        check_place(config_of(about), i->core, i->handler, place, sizeof place);
        line_put(l, ", as the interrupt never came whose handler is at %s", place);
    }
}

static void put_wiring(struct line *l, const void *about)
{
    line_put(l, "%s", supply_wiring_name((enum supply_wiring)config_of(about)->board.wiring));
}

static void put_right_supply(struct line *l, const void *about)
{
    line_put(l, "%s", check_right_supply(config_of(about)->board.wiring));
}

static void put_wrong_supply(struct line *l, const void *about)
{
    const char *name = check_supply_name(item_of(about)->finding.data.cr3);
    line_put(l, "%s", name != NULL ? name : "no legal selection");
}

static void put_supply_remedy(struct line *l, const void *about)
{
    check_advise_supply(l, config_of(about), item_of(about));
}

/* ---- findings ---- */

static void put_finding(struct line *l, const void *about)
{
    line_put(l, "%s", finding_what(&item_of(about)->finding).text);
}

static void put_fault_address(struct line *l, const void *about)
{
    const struct finding *f = &item_of(about)->finding;
    if (f->kind == FINDING_FAULT && f->address != 0) {
        line_put(l, " at 0x%08" PRIX32, f->address);
    }
}

static void put_clocks(struct line *l, const void *about)
{
    check_put_clocks(l, item_of(about));
}

static void put_harm(struct line *l, const void *about)
{
    (item_of(about)->finding.code == FOUND_OVERCLOCK ? put_clocks : put_finding)(l, about);
}

/* ---- cores ---- */

static void put_core(struct line *l, const void *about)
{
    line_put(l, "%s", check_core_name(item_of(about)->core));
}

/* A word of RAM, by the name that the core's image, or the other, has for it. */
static void put_awaited(struct line *l, const void *about)
{
    const struct check_item *item = item_of(about);
    const struct check_config *c = config_of(about);
    const struct image *images[] = {item->core == CORE_CM4 ? c->cm4 : c->cm7, c->cm7};
    const uint32_t address = item->poll.address;
    uint32_t offset = 0;
    const char *name = NULL;
    for (unsigned i = 0; i < 2 && name == NULL; i++) {
        name = images[i] == NULL ? NULL : image_variable(images[i], address, &offset);
    }
    if (name != NULL && offset == 0) {
        line_put(l, "%s (0x%08X)", name, (unsigned)address);
    } else if (name != NULL) {
        line_put(l, "%s+%u (0x%08X)", name, (unsigned)offset, (unsigned)address);
    } else {
        line_put(l, "the word 0x%08X", (unsigned)address);
    }
}

static void put_word_value(struct line *l, const void *about)
{
    line_put(l, "0x%X", (unsigned)item_of(about)->poll.value);
}

static void put_wait(struct line *l, const void *about)
{
    static const char *const waits[] = {
        [CHECK_NO_WAIT] = "main() is never reached",
        [CHECK_WAIT_PARTNER] = "waits for the other core, which never answers",
        [CHECK_WAIT_CLOCK] = "waits for ",
        [CHECK_WAIT_BIT] = "waits for a bit that never changes",
    };
    const struct check_item *i = item_of(about);
    line_put(l, "%s", waits[i->wait]);
    if (i->wait == CHECK_WAIT_CLOCK) {
        const struct check_clock *clock = check_clock_awaited(i->poll.value);
        line_put(l, "%s, which never comes", clock->flag);
        if (clock->ready == CR_HSERDY) {
            check_put_why_no_hse(l, &config_of(about)->board, i->poll.value);
        }
    }
}

static void put_no_symbols(struct line *l, const void *about)
{
    if (item_of(about)->wait != CHECK_NO_WAIT && !item_of(about)->main_known) {
        line_put(l, " (no symbols: whether main() was reached is not known)");
    }
}

/* " in PLACE, waiting for REGISTER" */
static void put_waiting(struct line *l, const void *about)
{
    const struct check_item *i = item_of(about);
    char place[160];
    char name[40];
    if (i->wait != CHECK_NO_WAIT) {
        check_place(config_of(about), i->core, i->poll.pc, place, sizeof place);
        check_register(i->poll.address, name, sizeof name);
        line_put(l, " in %s, waiting for %s", place, name);
    }
}

static void put_without_cm4(struct line *l, const void *about)
{
    if (item_of(about)->wait == CHECK_WAIT_PARTNER) {
        line_put(l, ": most likely it waited for the CM4 (D2CKRDY), which has no image");
    }
}

static void put_stands(struct line *l, const void *about)
{
    static const char *const why[] = {
        [CHECK_COUNTS] = "",
        [CHECK_DWT_LOCKED] = "CYCCNT stands still, as DWT is locked until DWT_LAR gets its key",
        [CHECK_DWT_UNTRACED] = "CYCCNT stands still, as DEMCR.TRCENA is 0",
        [CHECK_DWT_OFF] = "CYCCNT stands still, as DWT_CTRL.CYCCNTENA is 0",
        [CHECK_SYSTICK_OFF] = "SysTick stands still, as its CTRL.ENABLE is 0"};
    line_put(l, "%s", why[item_of(about)->stands]);
}

static void put_stands_remedy(struct line *l, const void *about)
{
    static const char *const what[] = {
        [CHECK_COUNTS] = "",
        [CHECK_DWT_LOCKED] = "DWT->LAR = 0xC5ACCE55 (0xE0001FB0) before CYCCNT is switched on",
        [CHECK_DWT_UNTRACED] = "CoreDebug->DEMCR |= CoreDebug_DEMCR_TRCENA_Msk first",
        [CHECK_DWT_OFF] = "DWT->CTRL |= DWT_CTRL_CYCCNTENA_Msk first",
        [CHECK_SYSTICK_OFF] = "SysTick->CTRL |= SysTick_CTRL_ENABLE_Msk first"};
    line_put(l, "%s", what[item_of(about)->stands]);
}

static void put_watchdog(struct line *l, const void *about)
{
    static const char *const names[] = {"IWDG1", "IWDG2", "WWDG1", "WWDG2"};
    line_put(l, "%s", names[item_of(about)->reset_source - RESET_SRC_IWDG1]);
}

static void put_resets(struct line *l, const void *about)
{
    line_put(l, "%" PRIu64, item_of(about)->resets);
}

/* ---- lists ---- */

static void put_members(struct line *l, const void *about)
{
    const struct check_item *i = item_of(about);
    for (size_t k = 0; k < i->member_count; k++) {
        char name[40];
        check_peripheral_name(i->members[k].what, name, sizeof name);
        line_put(l, "%s%s", k == 0 ? "" : ", ", name);
    }
}

/* "TIM2_CR2.MMS, TIM2_DCR.DBL, .DBA": of a register all its fields. */
static void put_fields(struct line *l, const void *about)
{
    const struct check_item *i = item_of(about);
    for (size_t k = 0; k < i->member_count; k++) {
        char name[120];
        check_fields(i->members[k].what, i->members[k].mask, name, sizeof name);
        line_put(l, "%s%s", k == 0 ? "" : ", ", name);
    }
}

static void put_pins(struct line *l, const void *about)
{
    const struct check_item *i = item_of(about);
    for (size_t k = 0; k < i->member_count; k++) {
        uint32_t pin = i->members[k].what;
        line_put(l, "%sP%c%" PRIu32, k == 0 ? "" : ", ", (char)('A' + pin / 16 % 26), pin % 16);
    }
}

static void put_only_syscfg(struct line *l, const void *about)
{
    const struct check_item *i = item_of(about);
    if (i->member_count == 1 && i->members[0].what == SYSCFG) {
        line_put(l, " (ST's start-up does so)");
    }
}

static void put_confirmed(struct line *l, const void *about)
{
    if (item_of(about)->confirmed) {
        line_put(l, "; what it holds made no difference");
    }
}

/* ---- timers ---- */

static void put_timer(struct line *l, const void *about)
{
    line_put(l, "%s", item_of(about)->pwm.timer);
}

static void put_period(struct line *l, const void *about)
{
    uint64_t us = (check_pwm_period_ns(&item_of(about)->pwm) + 500) / 1000;
    line_put(l, "%" PRIu64 ".%03" PRIu64, us / 1000, us % 1000);
}

static void put_psc(struct line *l, const void *about)
{
    line_put(l, "%" PRIu32, item_of(about)->pwm.psc);
}

static void put_right_psc(struct line *l, const void *about)
{
    line_put(l, "%" PRId64, check_pwm_right_psc(&item_of(about)->pwm));
}

static void put_reckoned(struct line *l, const void *about)
{
    line_put(l, "%" PRIu64, check_pwm_reckoned_hz(&item_of(about)->pwm) / 1000000);
}

static void put_clock(struct line *l, const void *about)
{
    line_put(l, "%" PRIu64, item_of(about)->pwm.clock_hz / 1000000);
}

/* "BCM7 0, SWAP_BANK_OPT, the boot addresses" */
static void put_options(struct line *l, const void *about)
{
    static const struct {
        uint32_t bit;
        const char *name;
    } names[] = {{OPTSR_BCM7, "BCM7"},           {OPTSR_BCM4, "BCM4"},
                 {OPTSR_SWAP_BANK, "SWAP_BANK"}, {OPTSR_SECURITY, "SECURITY"},
                 {OPTSR_IWDG1_SW, "IWDG1_SW"},   {OPTSR_IWDG2_SW, "IWDG2_SW"}};
    const struct check_item *item = item_of(about);
    const char *between = "";
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        if ((item->options & names[i].bit) != 0) {
            line_put(l, "%s%s", between, names[i].name);
            between = ", ";
        }
    }
    if (item->boot_moved) {
        line_put(l, "%sthe boot addresses", between);
    }
}

/* ---- a project of CubeMX ---- */

static const struct project_can *can_of(const void *about)
{
    static const struct project_can none = {0};
    return item_of(about)->can != NULL ? item_of(about)->can : &none;
}

static void put_apb_mhz(struct line *l, const void *about)
{
    line_put(l, "%g", (double)can_of(about)->pclk_hz / 1e6);
}

static void put_bit_rate(struct line *l, const void *about)
{
    line_put(l, "%" PRIu32, can_of(about)->bit_rate);
}

static void put_can_mhz(struct line *l, const void *about)
{
    line_put(l, "%g", (double)can_of(about)->kernel_hz / 1e6);
}

static void put_peripheral(struct line *l, const void *about)
{
    line_put(l, "%s", item_of(about)->peripheral);
}

static void put_peripheral_of(struct line *l, const void *about)
{
    const char *of = item_of(about)->of;
    line_put(l, "%s", of != NULL ? of : "one core");
}

static void put_pin(struct line *l, const void *about)
{
    line_put(l, "%s", item_of(about)->pin);
}

static void put_pin_of(struct line *l, const void *about)
{
    const char *of = item_of(about)->pin_of;
    line_put(l, "%s", of != NULL ? of : "other");
}

static const struct word item_words[] = {
    {"apb_mhz", put_apb_mhz},
    {"awaited", put_awaited},
    {"bit_rate", put_bit_rate},
    {"can_mhz", put_can_mhz},
    {"peripheral", put_peripheral},
    {"peripheral_of", put_peripheral_of},
    {"pin", put_pin},
    {"pin_of", put_pin_of},
    {"clock", put_clock},
    {"clocks", put_clocks},
    {"code_supply", put_code_supply},
    {"confirmed", put_confirmed},
    {"core", put_core},
    {"fault_address", put_fault_address},
    {"fields", put_fields},
    {"finding", put_finding},
    {"handler", put_handler},
    {"harm", put_harm},
    {"members", put_members},
    {"no_symbols", put_no_symbols},
    {"only_syscfg", put_only_syscfg},
    {"options", put_options},
    {"period", put_period},
    {"pins", put_pins},
    {"psc", put_psc},
    {"reckoned", put_reckoned},
    {"resets", put_resets},
    {"right_psc", put_right_psc},
    {"right_supply", put_right_supply},
    {"selection", put_selection},
    {"stands", put_stands},
    {"stands_remedy", put_stands_remedy},
    {"supply_remedy", put_supply_remedy},
    {"timer", put_timer},
    {"wait", put_wait},
    {"waiting", put_waiting},
    {"watchdog", put_watchdog},
    {"wiring", put_wiring},
    {"without_cm4", put_without_cm4},
    {"word_value", put_word_value},
    {"wrong_supply", put_wrong_supply},
};

static struct check_words say(const struct check_report *report, const struct check_item *item,
                              const char *sentence)
{
    struct check_words said;
    struct line l;
    const struct check_about about = {report, item};
    char half[CHECK_WORDS]; /* names that stand in no table are left as they are */
    line_begin(&l, half, sizeof half);
    line_fill(&l, sentence, check_odd_words, check_odd_word_count, &about);
    line_begin(&l, said.text, sizeof said.text);
    line_fill(&l, half, item_words, sizeof item_words / sizeof *item_words, &about);
    return said;
}

struct check_words check_say_text(const struct check_report *report, const struct check_item *item)
{
    return say(report, item, check_words(item->kind));
}

struct check_words check_say_change(const struct check_report *report,
                                    const struct check_item *item)
{
    return say(report, item, item->remedy ? check_remedy(item->kind) : "");
}

struct check_words check_say_where(const struct check_report *report, const struct check_item *item)
{
    struct check_words said = {""};
    struct line l;
    if (item->pc != 0) {
        check_place(report->config, item->core, item->pc, said.text, sizeof said.text);
    } else {
        line_begin(&l, said.text, sizeof said.text);
        line_put(&l, "%s", item->place != NULL ? item->place : "start-up");
    }
    return said;
}

struct check_words check_say_caller(const struct check_report *report,
                                    const struct check_item *item)
{
    struct check_words said = {""};
    if (item->caller != 0) {
        check_place(report->config, item->core, item->caller, said.text, sizeof said.text);
    }
    return said;
}
