/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
/*
 * Errors of the flash (RM0399 4.7): one that another program left behind fails no save, one of the save itself is said,
 * and the next save is as good as any.
 */
#include "tests/formats/cmocka_head.h"
#include "tests/store/console_rig.h"

#include "vboard/chip/chip.h"
#include "vboard/cpu/cpu.h"

#include <string.h>

#define SETTINGS 0x080C0000u
#define LAST_WORD 0x080FFFE0u /* it and the one before lie behind the log's last slot */
#define KEYR1 0x52002004u
#define CR1 0x5200200Cu
#define SR1 0x52002010u
#define CR_LOCK 0x1u
#define CR_PG 0x2u
#define CR_SER 0x4u
#define CR_START_SECTOR_7 (CR_SER | 0x80u | 7u << 8)
#define WRPERR (1u << 17)
#define PGSERR (1u << 18)
#define STRBERR (1u << 19)
#define INCERR (1u << 21)
#define OPERR (1u << 22)

static uint32_t get(struct rig *r, uint32_t address)
{
    return chip_mmio_read(board_chip(r->board), address, 4);
}

static void put(struct rig *r, uint32_t address, uint32_t value)
{
    chip_mmio_write(board_chip(r->board), address, 4, value);
}

/* As a core's store to flash. */
static void store(struct rig *r, uint32_t address)
{
    const struct mem_region *bank =
        chip_region(board_chip(r->board), SETTINGS, (enum master)CORE_CM7);
    bank->write(bank->ctx, address, 4, 0);
}

static void unlock(struct rig *r)
{
    put(r, KEYR1, 0x45670123u);
    put(r, KEYR1, 0xCDEF89ABu);
}

static void protect(struct rig *r, bool is_protected)
{
    uint32_t *sectors = &board_chip(r->board)->options.wpsn[0];
    *sectors = is_protected ? *sectors & ~0xC0u : *sectors | 0xC0u; /* 6 and 7: 0 protects */
}

/* A store where none was meant. */
static void leave_pgserr(struct rig *r)
{
    store(r, LAST_WORD);
}

/* A word, its first bytes twice. */
static void make_strberr(struct rig *r)
{
    store(r, LAST_WORD);
    for (unsigned i = 0; i < 8; i++) {
        store(r, LAST_WORD + 4 * i);
    }
}

/* A word that is not complete, and then another. */
static void make_incerr(struct rig *r)
{
    store(r, LAST_WORD);
    store(r, LAST_WORD - 0x20u);
}

static void leave_strberr(struct rig *r)
{
    unlock(r);
    put(r, CR1, CR_PG);
    make_strberr(r);
    put(r, CR1, CR_LOCK);
    rig_run_for(r, VTIME_MS(1));
}

static void leave_incerr(struct rig *r)
{
    unlock(r);
    put(r, CR1, CR_PG);
    make_incerr(r);
    put(r, CR1, CR_LOCK);
}

static void leave_wrperr(struct rig *r)
{
    protect(r, true);
    unlock(r);
    put(r, CR1, CR_START_SECTOR_7);
    put(r, CR1, CR_LOCK);
    protect(r, false);
}

/* A reset in an erase, the M4's watchdog's. */
static void leave_operr(struct rig *r)
{
    unlock(r);
    put(r, CR1, CR_START_SECTOR_7);
    cpu_hang(board_cpu(r->board, CORE_CM4));
    rig_run_for(r, VTIME_MS(300));
    console_good(r, "set timeout 2s");
}

static const struct {
    const char *name;
    uint32_t flag;
    void (*leave)(struct rig *r);
} errors[] = {
    {"PGSERR", PGSERR, leave_pgserr}, {"STRBERR", STRBERR, leave_strberr},
    {"INCERR", INCERR, leave_incerr}, {"WRPERR", WRPERR, leave_wrperr},
    {"OPERR", OPERR, leave_operr},
};
#define ERRORS (sizeof errors / sizeof errors[0])

static struct rig *start(void)
{
    struct rig *r = rig_create(&(struct rig_config){.streams = &rig_oil_91, .stream_count = 1});
    console_start(r);
    console_good(r, "set timeout 2s");
    return r;
}

static void check_saved(struct rig *r)
{
    const char *answer = console_ask(r, "save");
    rig_check(strncmp(answer, "ok saved, ", 10) == 0, "%s", answer);
    console_power_cycle(r);
    rig_check(strcmp(console_good(r, "show timeout"), "ok timeout 2s") == 0, "not kept");
}

static void end(struct rig *r)
{
    findings_clear(&board_chip(r->board)->findings); /* what the test did to the flash */
    rig_assert_clean(r);
    rig_destroy(r);
}

static void left_behind(void **state)
{
    (void)state;
    for (unsigned i = 0; i < ERRORS; i++) {
        rig_case("%s before", errors[i].name);
        struct rig *r = start();
        errors[i].leave(r);
        rig_check((get(r, SR1) & errors[i].flag) != 0, "no such error");
        check_saved(r);
        end(r);
    }
}

/* Types `save`, and runs until CR1 has `bit`. */
static void begin_save(struct rig *r, uint32_t bit)
{
    board_uart_send(r->board, "save\r", 5);
    for (unsigned i = 0; (get(r, CR1) & bit) == 0; i++) {
        rig_check(i < 60000, "CR1 = 0x%X for ever", (unsigned)get(r, CR1));
        rig_run_for(r, VTIME_US(50));
    }
}

static void check_failed(struct rig *r, vtime_ps from, const char *why)
{
    rig_run_for(r, VTIME_S(5));
    rig_check(rig_find_text(r, from, why) != NULL, "not said: %s", why);
    rig_check(rig_find_text(r, from, "ok saved") == NULL, "said to be saved");
}

/* While it erases, a store where none was meant; while it programs, the others. */
static void of_the_save(void **state)
{
    static const struct {
        const char *name;
        uint32_t during;
        void (*make)(struct rig *r);
    } cases[] = {{"PGSERR", CR_SER, leave_pgserr},
                 {"STRBERR", CR_PG, make_strberr},
                 {"INCERR", CR_PG, make_incerr}};
    (void)state;
    for (unsigned i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        rig_case("%s in a save", cases[i].name);
        struct rig *r = start();
        const vtime_ps asked = rig_now(r);
        begin_save(r, cases[i].during);
        cases[i].make(r);
        check_failed(r, asked, "error: `save': flash operation failed");
        check_saved(r);
        end(r);
    }
}

static void write_protected(void **state)
{
    (void)state;
    rig_case("sectors 6 and 7 write-protected");
    struct rig *r = start();
    protect(r, true);
    rig_check(strcmp(console_ask(r, "save"), "error: `save': sector write-protected") == 0,
              "another answer");
    protect(r, false);
    check_saved(r);
    end(r);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(left_behind),
        cmocka_unit_test(of_the_save),
        cmocka_unit_test(write_protected),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
