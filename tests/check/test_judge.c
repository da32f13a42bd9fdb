/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
/* What the judge makes of starts that are made by hand: no image, no board. */
#include "tests/formats/cmocka_head.h"

#include "check/judge.h"
#include "check/kinds.h"
#include "check/names.h"
#include "check/outcome.h"
#include "check/say.h"
#include "vboard/chip/clock_ids.h"
#include "vboard/kernel/supply.h"
#include "vboard/periph/flash/flash.h"
#include "vboard/periph/tim/tim.h"

#include <stdlib.h>
#include <string.h>

#define PWR_CR3 0x5802480Cu
#define PWR_CSR1 0x58024804u
#define PWR_D3CR 0x58024818u
#define RCC_CR 0x58024400u
#define RCC_CFGR 0x58024410u
#define HSEM_R0 0x58026400u
#define SYSCFG_PWRCR 0x5800042Cu
#define TIM1_CR1 0x40010000u
#define TPIU_FFSR 0x5C015300u
#define TIM2_DIER 0x4000000Cu
#define FLASH_PRAR_PRG1 0x5200202Cu
#define USART3_ISR 0x4000481Cu

/* One start from power-on, in which both cores run, main reached. */
struct trial {
    struct check_config config;
    struct check_report report;
    struct check_boot *boot;
};

static void begin(struct trial *t)
{
    *t = (struct trial){.config = {.length = VTIME_S(1)}};
    t->report.config = &t->config;
    t->report.boots = calloc(1, sizeof *t->report.boots);
    assert_non_null(t->report.boots);
    t->report.boot_count = 1;
    t->boot = t->report.boots;
    *t->boot =
        (struct check_boot){.history = CHECK_FRESH, .start = CHECK_POWER_ON, .write_count = 1};
    for (unsigned i = 0; i < CORE_COUNT; i++) {
        t->boot->core[i] =
            (struct check_core){.main_known = true, .main_reached = true, .state = CHECK_RUNS};
    }
}

static void end(struct trial *t)
{
    check_report_free(&t->report);
}

static void found(struct trial *t, const struct finding *f)
{
    struct check_boot *s = t->boot;
    s->findings = realloc(s->findings, (s->finding_count + 1) * sizeof *s->findings);
    assert_non_null(s->findings);
    s->findings[s->finding_count] = *f;
    s->findings[s->finding_count].kind = finding_kind_of(f->code);
    s->findings[s->finding_count++].count = 1;
}

/* The finding of a write of `value` to `address`, about the same register. */
static struct finding written(enum finding_code code, uint32_t address, uint32_t value)
{
    return (struct finding){.code = code,
                            .master = MASTER_CM7,
                            .pc = 0x08000100,
                            .address = address,
                            .accessed = address,
                            .value = value,
                            .write = true};
}

static const struct check_item *item(const struct trial *t, enum check_kind kind)
{
    for (size_t i = 0; i < t->report.item_count; i++) {
        if (t->report.items[i].kind == kind) {
            return &t->report.items[i];
        }
    }
    return NULL;
}

static void assert_says(const struct trial *t, enum check_kind kind, const char *text)
{
    assert_non_null(item(t, kind));
    assert_string_equal(check_say_text(&t->report, item(t, kind)).text, text);
}

static void assert_advises(const struct trial *t, enum check_kind kind, const char *text)
{
    assert_non_null(item(t, kind));
    assert_string_equal(check_say_change(&t->report, item(t, kind)).text, text);
}

static void assert_verdict(struct trial *t, int verdict)
{
    check_judge(&t->report);
    assert_int_equal(check_verdict(&t->report), verdict);
}

static void wait_for(struct trial *t, enum core core, uint32_t address, uint32_t value)
{
    t->boot->core[core].state = CHECK_WAITS;
    t->boot->core[core].poll =
        (struct check_poll){.pc = 0x08000200, .address = address, .value = value};
}

/* ---- findings ---- */

static void nothing_found_is_safe(void **state)
{
    struct trial t;
    (void)state;
    begin(&t);
    assert_verdict(&t, 0);
    assert_int_equal(t.report.item_count, 0);
    assert_int_equal(check_outcome(t.boot), CHECK_RUNS_ON);
    end(&t);
}

/* Each code that is unsafe or cannot be told, and a verdict; all others say nothing against the image. */
static void a_code_decides(void **state)
{
    static const uint8_t verdicts[FOUND_CODE_COUNT] = {
        [FOUND_VCORE_LOST] = 1,
        [FOUND_OVERVOLTAGE_SMPS] = 1,
        [FOUND_OVERVOLTAGE_VOS0] = 1,
        [FOUND_OVERCLOCK] = 1,
        [FOUND_LATENCY_TOO_LOW] = 1,
        [FOUND_FAULT] = 1,
        [FOUND_LOCKUP_FAULT] = 1,
        [FOUND_LOCKUP_VECTOR] = 1,
        [FOUND_READOUT_PROTECTION] = 3,
        [FOUND_PLL_INPUT] = 3,
        [FOUND_PLL_VCO] = 3,
        [FOUND_CACHE_CODE_NOT_CLEANED] = 3,
        [FOUND_CACHE_CODE_STALE] = 3,
    };
    (void)state;
    for (unsigned code = 0; code < FOUND_CODE_COUNT; code++) {
        struct trial t;
        begin(&t);
        const struct finding f = written((enum finding_code)code, PWR_D3CR, 0);
        found(&t, &f);
        check_judge(&t.report);
        if (check_verdict(&t.report) != verdicts[code]) {
            fail_msg("%s: verdict %d", finding_words(f.code), check_verdict(&t.report));
        }
        end(&t);
    }
}

/* Fields that decide what runs cannot be told, others are a note; each with all its names. */
static void fields_that_decide(void **state)
{
    struct trial t;
    (void)state;
    begin(&t);
    struct finding f = written(FOUND_UNMODELLED_FIELD, TIM2_DIER, 1u << 8);
    f.data = (struct finding_data){.mask = 1u << 8, .model = &tim2_model, .offset = 0x0C};
    found(&t, &f);
    f.address = TIM2_DIER + 0x3C;
    f.data = (struct finding_data){.mask = 0x1F1F, .model = &tim2_model, .offset = 0x48};
    found(&t, &f);
    assert_verdict(&t, 0);
    assert_says(
        &t, CHECK_FIELDS_LEFT_OUT,
        "sets fields that are not modelled, without effect here: TIM2_DIER.UDE, TIM2_DCR.DBL, "
        ".DBA");
    end(&t);
    begin(&t);
    f = written(FOUND_UNMODELLED_FIELD, FLASH_PRAR_PRG1, 0x80000FFF);
    f.data = (struct finding_data){.mask = 0x80000FFF, .model = &flash_model, .offset = 0x2C};
    found(&t, &f);
    assert_verdict(&t, 3);
    assert_says(
        &t, CHECK_FIELDS_DECIDE,
        "sets FLASH_PRAR_PRG1.PROT_AREA_START1, .DMEP1: not modelled, and it decides what runs "
        "from then on");
    end(&t);
}

/* Of a register whose model leaves flags out, only a wait for these cannot be told. */
static void wait_for_a_field(void **state)
{
    struct trial t;
    (void)state;
    begin(&t);
    wait_for(&t, CORE_CM7, USART3_ISR, 0);
    t.boot->core[CORE_CM7].poll.bits = 1u << 16; /* BUSY */
    assert_verdict(&t, 3);
    assert_says(&t, CHECK_WAITS_FIELD,
                "waits for USART3_ISR.BUSY, which this board does not model");
    end(&t);
    begin(&t);
    wait_for(&t, CORE_CM7, USART3_ISR, 0);
    t.boot->core[CORE_CM7].poll.bits = 1u << 5; /* RXFNE */
    assert_verdict(&t, 0);
    end(&t);
}

static void lost_core_supply(void **state)
{
    struct trial t;
    (void)state;
    begin(&t);
    struct finding f = written(FOUND_VCORE_LOST, PWR_CR3, 0x02);
    f.data.cr3 = 0x02;
    f.first_at = VTIME_MS(3);
    found(&t, &f);
    t.boot->vcore_lost = true;
    check_judge(&t.report);
    assert_int_equal(check_outcome(t.boot), CHECK_DEADLOCK);
    const struct check_item *i = item(&t, CHECK_VCORE_LOST);
    assert_non_null(i);
    assert_string_equal(check_kind_name(i->kind), "vcore-lost");
    assert_int_equal(i->address, PWR_CR3);
    assert_int_equal(i->value, 0x02);
    assert_true(i->at == VTIME_MS(3));
    assert_says(
        &t, CHECK_VCORE_LOST,
        "selects LDO, the board is wired for direct SMPS: VCORE is gone, both cores and the "
        "debug port are dead");
    assert_advises(
        &t, CHECK_VCORE_LOST,
        "select PWR_DIRECT_SMPS_SUPPLY instead of PWR_LDO_SUPPLY: in "
        "HAL_PWREx_ConfigSupply(), or as the symbol USE_PWR_DIRECT_SMPS_SUPPLY; then VOS1 "
        "and 400 MHz are the most");
    end(&t);
}

/* The same finding when the M4 comes first is a race. */
static void who_is_first(void **state)
{
    struct trial t;
    (void)state;
    begin(&t);
    const struct finding f = written(FOUND_VCORE_LOST, PWR_CR3, 0x02);
    found(&t, &f);
    t.boot->start = CHECK_CM4_FIRST;
    check_judge(&t.report);
    assert_null(item(&t, CHECK_VCORE_LOST));
    assert_non_null(item(&t, CHECK_SUPPLY_RACE));
    end(&t);
}

/* The selection shows its effect when ODEN is written: advice is about what PWR_CR3 holds. */
static void advice_is_about_its_register(void **state)
{
    struct trial t;
    (void)state;
    begin(&t);
    struct finding f = written(FOUND_OVERVOLTAGE_SMPS, PWR_CR3, 0x01);
    f.accessed = SYSCFG_PWRCR;
    f.data.cr3 = 0x16;
    found(&t, &f);
    f = written(FOUND_OVERVOLTAGE_VOS0, PWR_D3CR, 0x01);
    f.accessed = SYSCFG_PWRCR;
    f.data.mv = 1509;
    found(&t, &f);
    check_judge(&t.report);
    assert_int_equal(item(&t, CHECK_OVERVOLTAGE_SMPS)->address, SYSCFG_PWRCR);
    assert_advises(&t, CHECK_OVERVOLTAGE_SMPS,
                   "PWR_CR3 holds 0x16: select PWR_DIRECT_SMPS_SUPPLY instead of "
                   "PWR_SMPS_1V8_SUPPLIES_LDO: in HAL_PWREx_ConfigSupply(), or as the symbol "
                   "USE_PWR_DIRECT_SMPS_SUPPLY; then VOS1 and 400 MHz are the most");
    assert_non_null(strstr(check_say_change(&t.report, item(&t, CHECK_OVERVOLTAGE_VOS0)).text,
                           "SYSCFG_PWRCR.ODEN stays 0"));
    end(&t);
}

static void found_clock(struct trial *t, enum clock_id clock, uint32_t mhz, uint32_t allowed_mhz)
{
    struct finding f = written(FOUND_OVERCLOCK, RCC_CFGR, 3);
    f.data = (struct finding_data){
        .subject = clock, .khz = mhz * 1000, .high_mhz = allowed_mhz, .vos = 1};
    found(t, &f);
}

/* One cause, one item, which names them all: each once, with its highest frequency. */
static void all_clocks_in_one_sentence(void **state)
{
    struct trial t;
    (void)state;
    begin(&t);
    found_clock(&t, CLK_CPU1, 440, 400);
    found_clock(&t, CLK_CPU1, 480, 400);
    found_clock(&t, CLK_AXI, 240, 200);
    for (unsigned c = CLK_PCLK1; c <= CLK_PCLK4; c++) {
        found_clock(&t, (enum clock_id)c, 120, 100);
    }
    found_clock(&t, CLK_TIMX, 240, 200);
    found_clock(&t, CLK_TIMY, 240, 200);
    check_judge(&t.report);
    assert_int_equal(t.report.item_count, 1);
    assert_says(&t, CHECK_OVERCLOCK,
                "CM7 at 480 MHz, VOS1 allows 400; AXI/AHB and CM4 240, not 200; APB 120, not 100; "
                "timers 240, not 200");
    assert_int_equal(check_outcome(t.boot), CHECK_TOO_FAST);
    end(&t);
}

static void some_clocks_of_a_family(void **state)
{
    struct trial t;
    (void)state;
    begin(&t);
    found_clock(&t, CLK_PCLK1, 120, 100);
    found_clock(&t, CLK_PCLK4, 120, 100);
    found_clock(&t, CLK_PCLK2, 110, 100);
    check_judge(&t.report);
    assert_says(&t, CHECK_OVERCLOCK, "APB1/APB4 at 120 MHz, VOS1 allows 100; APB2 110, not 100");
    end(&t);
}

static void a_fault_and_where_it_counts(void **state)
{
    struct finding f = {.code = FOUND_FAULT,
                        .master = MASTER_CM7,
                        .pc = 0x08000300,
                        .address = 0x50F00000,
                        .data = {.subject = 5, .cfsr = 1u << 9 | 1u << 15}};
    struct trial t;
    (void)state;
    begin(&t);
    found(&t, &f);
    check_judge(&t.report);
    assert_says(&t, CHECK_FAULT, "BusFault: data access refused by the bus at 0x50F00000");
    assert_int_equal(item(&t, CHECK_FAULT)->address, 0);
    end(&t);

    begin(&t); /* its handler has returned */
    found(&t, &f);
    t.boot->core[CORE_CM7].faults_handled = true;
    assert_verdict(&t, 0);
    assert_int_equal(check_outcome(t.boot), CHECK_RUNS_ON);
    end(&t);

    begin(&t); /* behind the boot ROM it is a note */
    found(&t, &f);
    t.boot->history = CHECK_AFTER_ROM;
    t.boot->start = CHECK_RESET;
    assert_verdict(&t, 0);
    assert_non_null(item(&t, CHECK_FAULT_NOTED));
    end(&t);

    begin(&t); /* so it is without the clock that the board has as sold, and not with the button */
    found(&t, &f);
    t.boot->history = CHECK_STIMULATED;
    t.boot->stimulus.kind = CHECK_HSE_ABSENT;
    assert_verdict(&t, 0);
    assert_non_null(item(&t, CHECK_FAULT_NOTED));
    t.boot->stimulus.kind = CHECK_BUTTON;
    assert_verdict(&t, 1);
    end(&t);

    begin(&t); /* a core without an image faults as it must */
    f.master = MASTER_CM4;
    found(&t, &f);
    t.boot->core[CORE_CM4].empty = true;
    assert_verdict(&t, 0);
    assert_int_equal(check_outcome(t.boot), CHECK_RUNS_ON);
    end(&t);
}

/* FMC was set up for a memory that this board is not known to have; on one that has it the fault is one. */
static void a_fault_on_external_memory(void **state)
{
    (void)state;
    for (unsigned known = 0; known < 2; known++) {
        struct trial t;
        begin(&t);
        const struct finding memory =
            written(known ? FOUND_BANK_OFF : FOUND_NO_MEMORY, 0xD0000000, 1);
        const struct finding fault = {.code = FOUND_FAULT, .pc = 0x08000300, .address = 0xD0000000};
        found(&t, &memory);
        found(&t, &fault);
        assert_verdict(&t, known ? 1 : 3);
        assert_non_null(item(&t, known ? CHECK_FAULT : CHECK_EXTERNAL_FAULT));
        end(&t);
    }
}

static void overdrive_without_clock(void **state)
{
    struct trial t;
    (void)state;
    begin(&t);
    struct finding f = written(FOUND_PERIPHERAL_UNCLOCKED, SYSCFG_PWRCR, 1);
    found(&t, &f);
    assert_verdict(&t, 3);
    assert_non_null(item(&t, CHECK_OVERDRIVE_UNCLOCKED));
    end(&t);

    begin(&t); /* a reading, as ST's macro does */
    f.write = false;
    found(&t, &f);
    assert_verdict(&t, 0);
    assert_int_equal(t.report.item_count, 0); /* no news */
    end(&t);
}

static void one_note_names_all_peripherals(void **state)
{
    static const uint32_t addresses[] = {TPIU_FFSR, 0x5C003010 /* SWO_CODR */, TPIU_FFSR + 4};
    struct trial t;
    (void)state;
    begin(&t);
    for (unsigned i = 0; i < 3; i++) {
        const struct finding f = written(FOUND_UNMODELLED_PERIPHERAL, addresses[i], 1);
        found(&t, &f);
    }
    check_judge(&t.report);
    assert_int_equal(t.report.item_count, 1);
    assert_says(&t, CHECK_NOT_MODELLED, "not modelled: TPIU, SWO");
    end(&t);
}

/* ---- waits ---- */

static void waits_for_the_supply(void **state)
{
    struct trial t;
    (void)state;
    begin(&t);
    t.boot->core[CORE_CM7].main_reached = false;
    wait_for(&t, CORE_CM7, PWR_CSR1, 0x4000);
    assert_verdict(&t, 1);
    assert_says(&t, CHECK_NEVER_STARTS, "waits for a bit that never changes");
    assert_advises(
        &t, CHECK_NEVER_STARTS,
        "select the supply first: USE_PWR_DIRECT_SMPS_SUPPLY (CubeH7 1.12 and newer), or "
        "HAL_PWREx_ConfigSupply(PWR_DIRECT_SMPS_SUPPLY)");
    assert_int_equal(check_outcome(t.boot), CHECK_DOES_NOT_START);
    end(&t);
}

static void waits_for_a_clock(void **state)
{
    struct trial t;
    (void)state;
    begin(&t);
    wait_for(&t, CORE_CM7, RCC_CR, 1u << 16 | 5u); /* HSEON without HSERDY */
    check_judge(&t.report);
    assert_says(&t, CHECK_NEVER_STARTS,
                "waits for HSERDY, which never comes (the ST-LINK gives no clock: a board that "
                "must start without it takes HSI)");
    assert_false(item(&t, CHECK_NEVER_STARTS)->remedy);
    end(&t);
}

static void waits_for_the_other_core(void **state)
{
    struct trial t;
    (void)state;
    begin(&t);
    wait_for(&t, CORE_CM7, HSEM_R0, 0x80000300);
    assert_verdict(&t, 0);
    assert_says(&t, CHECK_WAITS_FOR_PARTNER, "waits for the other core, which never answers");
    end(&t);

    begin(&t); /* without symbols nobody knows that main was reached */
    t.boot->core[CORE_CM7].main_known = false;
    wait_for(&t, CORE_CM7, HSEM_R0, 0x80000300);
    assert_verdict(&t, 1);
    end(&t);
}

static void waits_for_what_is_not_modelled(void **state)
{
    struct trial t;
    (void)state;
    begin(&t);
    wait_for(&t, CORE_CM7, TPIU_FFSR, 0);
    assert_verdict(&t, 3);
    assert_non_null(item(&t, CHECK_WAITS_UNMODELLED));
    end(&t);
}

static void a_hang_after_a_reset_is_a_note(void **state)
{
    struct trial t;
    (void)state;
    begin(&t);
    t.boot->start = CHECK_RESET;
    t.boot->core[CORE_CM7].main_reached = false;
    wait_for(&t, CORE_CM7, PWR_CSR1, 0);
    assert_verdict(&t, 0);
    assert_says(&t, CHECK_HANGS_AFTER_RESET,
                "after a reset, CM7 hangs in 0x08000200, waiting for PWR_CSR1: power off and on "
                "helps");
    assert_int_equal(check_outcome(t.boot), CHECK_HANGS);
    end(&t);
}

/* ---- answers of registers that are not modelled ---- */

static void another_answer_another_way(void **state)
{
    struct trial t;
    struct trial other;
    (void)state;
    begin(&t);
    begin(&other);
    t.boot->unmodelled_count = 1;
    t.boot->unmodelled[0] = (struct check_unmodelled){CORE_CM7, 0x08000400, TPIU_FFSR, 1};
    check_compare(&t.report, &other.report);
    assert_int_equal(check_verdict(&t.report), 0);
    other.boot->trace[CORE_CM7] = 1;
    check_compare(&t.report, &other.report);
    assert_int_equal(check_verdict(&t.report), 3);
    assert_int_equal(item(&t, CHECK_DEPENDS)->address, TPIU_FFSR);
    end(&t);
    end(&other);
}

/* ---- order and tables ---- */

static void the_gravest_comes_first(void **state)
{
    struct trial t;
    (void)state;
    begin(&t);
    static const enum finding_code codes[] = {FOUND_LATENCY_TOO_LOW, FOUND_READOUT_PROTECTION,
                                              FOUND_PIN_CONFLICT, FOUND_VCORE_LOST};
    for (unsigned i = 0; i < 4; i++) {
        const struct finding f = written(codes[i], PWR_CR3, 0);
        found(&t, &f);
    }
    check_judge(&t.report);
    static const enum check_kind order[] = {CHECK_VCORE_LOST, CHECK_WAIT_STATES,
                                            CHECK_READOUT_PROTECTION, CHECK_PIN_CONFLICT,
                                            CHECK_NOT_MODELLED};
    assert_int_equal(t.report.item_count, 5);
    for (unsigned i = 0; i < 5; i++) {
        assert_int_equal(t.report.items[i].kind, order[i]);
    }
    end(&t);
}

/* Every row is filled in, and what stands in braces is known. */
static void the_table_is_whole(void **state)
{
    struct trial t;
    (void)state;
    begin(&t);
    for (unsigned k = 0; k < CHECK_KINDS; k++) {
        const struct check_item i = {.kind = (enum check_kind)k,
                                     .wait = CHECK_WAIT_CLOCK,
                                     .poll = {.address = RCC_CR, .value = 1u << 16},
                                     .reset_source = RESET_SRC_IWDG1,
                                     .pwm = {.timer = "TIM2"},
                                     .remedy = check_has_remedy((enum check_kind)k)};
        assert_non_null(check_kind_name(i.kind));
        assert_non_null(check_headline(i.kind));
        assert_null(strchr(check_say_text(&t.report, &i).text, '{'));
        assert_null(strchr(check_say_change(&t.report, &i).text, '{'));
        bool heads = check_level_of(i.kind) != CHECK_NOTE;
        assert_int_equal(check_headline(i.kind)[0] != '\0', heads);
    }
    end(&t);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(nothing_found_is_safe),
        cmocka_unit_test(a_code_decides),
        cmocka_unit_test(fields_that_decide),
        cmocka_unit_test(wait_for_a_field),
        cmocka_unit_test(lost_core_supply),
        cmocka_unit_test(who_is_first),
        cmocka_unit_test(advice_is_about_its_register),
        cmocka_unit_test(all_clocks_in_one_sentence),
        cmocka_unit_test(some_clocks_of_a_family),
        cmocka_unit_test(a_fault_and_where_it_counts),
        cmocka_unit_test(a_fault_on_external_memory),
        cmocka_unit_test(overdrive_without_clock),
        cmocka_unit_test(one_note_names_all_peripherals),
        cmocka_unit_test(waits_for_the_supply),
        cmocka_unit_test(waits_for_a_clock),
        cmocka_unit_test(waits_for_the_other_core),
        cmocka_unit_test(waits_for_what_is_not_modelled),
        cmocka_unit_test(a_hang_after_a_reset_is_a_note),
        cmocka_unit_test(another_answer_another_way),
        cmocka_unit_test(the_gravest_comes_first),
        cmocka_unit_test(the_table_is_whole),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
