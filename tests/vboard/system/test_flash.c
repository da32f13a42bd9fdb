/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
/* FLASH: wait states, locks, programming, erasing, ECC, option bytes (RM0399 chapter 4). */
#include "system_testkit.h"

#include <string.h>

#define ACR (FLASH_REGS + 0x00)
#define KEYR1 (FLASH_REGS + 0x04)
#define OPTKEYR (FLASH_REGS + 0x08)
#define CR1 (FLASH_REGS + 0x0C)
#define SR1 (FLASH_REGS + 0x10)
#define CCR1 (FLASH_REGS + 0x14)
#define OPTCR (FLASH_REGS + 0x18)
#define OPTSR_CUR (FLASH_REGS + 0x1C)
#define OPTSR_PRG (FLASH_REGS + 0x20)
#define ECC_FA1 (FLASH_REGS + 0x60)
#define KEYR2 (FLASH_REGS + 0x104)
#define CR2 (FLASH_REGS + 0x10C)
#define SR2 (FLASH_REGS + 0x110)
#define PG 0x02u
#define SER 0x04u
#define BER 0x08u
#define X64 0x30u
#define FW 0x40u
#define START 0x80u
#define QW 0x04u
#define BSY 0x01u
#define WBNE 0x02u
#define EOP (1u << 16)
#define WRPERR (1u << 17)
#define PGSERR (1u << 18)
#define STRBERR (1u << 19)
#define INCERR (1u << 21)
#define OPERR (1u << 22)
#define DBECCERR (1u << 26)
#define BANK1 0x08000000u
#define BANK2 0x08100000u

static struct mem_region *region(struct kit *k, uint32_t address)
{
    struct mem_region *r = chip_region(&k->chip, address, MASTER_CM7);
    assert_non_null(r);
    return r;
}

static uint32_t peek(struct kit *k, uint32_t address)
{
    uint32_t value;
    struct mem_region *r = region(k, address);
    memcpy(&value, r->host + (address - r->base), sizeof(value));
    return value;
}

static void store(struct kit *k, uint32_t address, unsigned size, uint64_t value)
{
    struct mem_region *r = region(k, address);
    r->write(r->ctx, address, size, value);
}

/* A whole flash word whose 32-bit words count up from `first`. */
static void store_word(struct kit *k, uint32_t address, uint32_t first)
{
    for (uint32_t i = 0; i < 8; i++) {
        store(k, address + 4 * i, 4, first + i);
    }
}

static void unlock(struct kit *k, uint32_t keyr)
{
    put(k, keyr, 0x45670123);
    put(k, keyr, 0xCDEF89AB);
}

static bool faults(struct kit *k, uint32_t address)
{
    struct mem_region *r = region(k, address);
    return r->guarded && r->read_faults(r->ctx, address, 4);
}

/* ---- wait states ---- */

static void acr_reads_back_at_once(void **state)
{
    struct kit *k = *state;
    put(k, ACR, 0x34);
    assert_int_equal(get(k, ACR), 0x34);
    put(k, FLASH_REGS + 0x100, 0x21);
    assert_int_equal(get(k, ACR), 0x21);
}

static void flash_latency_too_low_is_a_finding(void **state)
{
    struct kit *k = *state;
    put(k, ACR, 0x00); /* HSI 64 MHz in VOS3 needs one */
    assert_int_equal(found(k, FINDING_WAIT_STATES), 1);
    put(k, ACR, 0x01);
    assert_int_equal(found(k, FINDING_WAIT_STATES), 1);
}

static void clock_raised_before_latency_is_a_finding(void **state)
{
    struct kit *k = *state;
    clocks_400mhz(k);
    assert_int_equal(found(k, FINDING_WAIT_STATES), 0);
    put(k, RCC_CFGR, 0);
    put(k, ACR, 0x01);
    assert_int_equal(found(k, FINDING_WAIT_STATES), 0);
    put(k, RCC_CFGR, 3); /* AXI 200 MHz in VOS1 needs two */
    assert_int_equal(found(k, FINDING_WAIT_STATES), 1);
}

static void programming_delay_too_short_is_a_finding(void **state)
{
    struct kit *k = *state;
    put(k, ACR, 0x07); /* enough wait states, WRHIGHFREQ 0 at 64 MHz in VOS3 */
    assert_int_equal(found(k, FINDING_WAIT_STATES), 0);
    unlock(k, KEYR1);
    put(k, CR1, SER | X64 | START);
    assert_int_equal(found(k, FINDING_WAIT_STATES), 1);
}

/* ---- locks ---- */

static void cr_is_locked_after_reset(void **state)
{
    struct kit *k = *state;
    put(k, CR1, PG | 1);
    assert_int_equal(get(k, CR1), 0x31);
    assert_int_equal(found(k, FINDING_BEHAVIOUR), 1);
    unlock(k, KEYR1);
    assert_int_equal(get(k, CR1), 0x30);
    put(k, CR1, PG);
    assert_int_equal(get(k, CR1), PG);
    put(k, CR1, PG | 1);
    assert_int_equal(get(k, CR1), PG | 1);
    assert_int_equal(get(k, CR2), 0x31);
}

static void wrong_key_locks_until_reset(void **state)
{
    struct kit *k = *state;
    put(k, KEYR1, 0x45670123);
    put(k, KEYR1, 0x12345678);
    assert_true(k->chip.access.bus_fault);
    unlock(k, KEYR1);
    assert_int_equal(get(k, CR1) & 1, 1);
    chip_request_reset(&k->chip, RESET_SRC_PIN);
    run_for(k, VTIME_MS(1));
    k->chip.access.bus_fault = false;
    unlock(k, KEYR1);
    assert_int_equal(get(k, CR1) & 1, 0);
    assert_false(k->chip.access.bus_fault);
}

static void unlocking_twice_locks(void **state)
{
    struct kit *k = *state;
    unlock(k, KEYR2);
    unlock(k, KEYR2);
    assert_int_equal(get(k, CR2) & 1, 1);
}

/* ---- programming ---- */

static void write_without_pg_is_dropped(void **state)
{
    struct kit *k = *state;
    store_word(k, BANK1, 1);
    run_for(k, VTIME_MS(1));
    assert_int_equal(peek(k, BANK1), 0xFFFFFFFF);
    assert_int_equal(get(k, SR1), PGSERR);
    assert_false(k->chip.access.bus_fault);
}

static void word_is_programmed_after_its_time(void **state)
{
    struct kit *k = *state;
    unlock(k, KEYR2);
    put(k, CR2, PG | X64);
    store(k, BANK2 + 0x20, 4, 0x11223344);
    assert_int_equal(get(k, SR2), WBNE);
    store_word(k, BANK2 + 0x20, 7);
    assert_int_equal(get(k, SR2) & (BSY | QW | WBNE), BSY | QW);
    assert_int_equal(get(k, SR2) & STRBERR, STRBERR); /* the first four bytes came twice */
    assert_int_equal(flash_busy_until(&k->chip, BANK2), k->chip.sched.now + VTIME_US(100));
    assert_int_equal(flash_busy_until(&k->chip, BANK1), 0);
    run_for(k, VTIME_US(99));
    assert_int_equal(peek(k, BANK2 + 0x20), 0xFFFFFFFF);
    run_for(k, VTIME_US(1));
    assert_int_equal(peek(k, BANK2 + 0x20), 7);
    assert_int_equal(peek(k, BANK2 + 0x3C), 14);
    assert_int_equal(get(k, SR2) & (BSY | QW | EOP), EOP);
}

static void force_write_fills_with_ones(void **state)
{
    struct kit *k = *state;
    unlock(k, KEYR1);
    put(k, CR1, PG | X64);
    store(k, BANK1 + 4, 1, 0x5A);
    put(k, CR1, PG | X64 | FW);
    assert_int_equal(get(k, CR1), PG | X64);
    run_for(k, VTIME_MS(1));
    assert_int_equal(peek(k, BANK1 + 4), 0xFFFFFF5A);
    assert_int_equal(get(k, SR1) & WBNE, 0);
}

static void other_address_before_the_word_is_full_is_inconsistent(void **state)
{
    struct kit *k = *state;
    unlock(k, KEYR1);
    put(k, CR1, PG | X64);
    store(k, BANK1, 4, 1);
    store(k, BANK1 + 0x40, 4, 2);
    assert_int_equal(get(k, SR1), INCERR);
    store_word(k, BANK1, 1); /* not before INCERR is cleared */
    assert_int_equal(get(k, SR1) & PGSERR, PGSERR);
    put(k, CCR1, INCERR | PGSERR);
    assert_int_equal(get(k, SR1), 0);
    store_word(k, BANK1, 1);
    run_for(k, VTIME_MS(1));
    assert_int_equal(peek(k, BANK1), 1);
}

static void another_master_in_the_same_word_is_inconsistent(void **state)
{
    struct kit *k = *state;
    unlock(k, KEYR1);
    put(k, CR1, PG | X64);
    store(k, BANK1, 4, 1);
    as(k, MASTER_CM4);
    store(k, BANK1 + 4, 4, 2);
    as(k, MASTER_CM7);
    assert_int_equal(get(k, SR1), INCERR);
}

static void overwriting_spoils_the_ecc_until_erased(void **state)
{
    struct kit *k = *state;
    unlock(k, KEYR1);
    put(k, CR1, PG | X64);
    store_word(k, BANK1, 0xF0);
    run_for(k, VTIME_MS(1));
    assert_false(faults(k, BANK1));
    store_word(k, BANK1, 0x0F0F);
    assert_int_equal(found(k, FINDING_BEHAVIOUR), 1);
    run_for(k, VTIME_MS(1));
    assert_int_equal(peek(k, BANK1), 0xF0 & 0x0F0F); /* bits only fall */
    assert_true(faults(k, BANK1));
    assert_int_equal(get(k, SR1) & DBECCERR, DBECCERR);
    put(k, CR1, SER | X64 | START);
    run_for(k, VTIME_S(2));
    assert_int_equal(peek(k, BANK1), 0xFFFFFFFF);
    assert_false(faults(k, BANK1));
}

static void ecc_error_keeps_its_address(void **state)
{
    struct kit *k = *state;
    flash_set_ecc(&k->chip, BANK1 + 0x20 * 77, FLASH_ECC_DOUBLE);
    flash_set_ecc(&k->chip, BANK1, FLASH_ECC_SINGLE);
    assert_true(faults(k, BANK1 + 0x20 * 77 + 4));
    assert_false(faults(k, BANK1)); /* corrected */
    assert_int_equal(get(k, ECC_FA1), 77);
    put(k, CCR1, DBECCERR | 1u << 25);
    assert_int_equal(get(k, ECC_FA1), 0);
}

/* ---- erasing ---- */

static void sector_erase_takes_a_second(void **state)
{
    struct kit *k = *state;
    const uint32_t zero = 0;
    hear(k, "FLASH", FLASH_IRQ_GLOBAL);
    flash_load(&k->chip, BANK1 + 6 * FLASH_SECTOR_SIZE, &zero, 4);
    flash_load(&k->chip, BANK1 + 7 * FLASH_SECTOR_SIZE, &zero, 4);
    unlock(k, KEYR1);
    put(k, CR1, SER | X64 | 6u << 8 | 1u << 16); /* EOPIE */
    set_bits(k, CR1, START);
    assert_int_equal(get(k, SR1) & QW, QW);
    run_for(k, VTIME_MS(999));
    assert_int_equal(peek(k, BANK1 + 6 * FLASH_SECTOR_SIZE), 0);
    run_for(k, VTIME_MS(1));
    assert_int_equal(peek(k, BANK1 + 6 * FLASH_SECTOR_SIZE), 0xFFFFFFFF);
    assert_int_equal(peek(k, BANK1 + 7 * FLASH_SECTOR_SIZE), 0);
    assert_true(k->line[FLASH_IRQ_GLOBAL]);
    put(k, CCR1, EOP);
    assert_false(k->line[FLASH_IRQ_GLOBAL]);
}

static void bank_and_mass_erase(void **state)
{
    struct kit *k = *state;
    const uint32_t zero = 0;
    flash_load(&k->chip, BANK1 + 0xFFFFC, &zero, 4);
    flash_load(&k->chip, BANK2, &zero, 4);
    unlock(k, KEYR2);
    put(k, CR2, BER | X64 | START);
    run_for(k, VTIME_S(6));
    assert_int_equal(peek(k, BANK2), 0xFFFFFFFF);
    assert_int_equal(peek(k, BANK1 + 0xFFFFC), 0);
    unlock(k, KEYR1);
    put(k, OPTKEYR, 0x08192A3B);
    put(k, OPTKEYR, 0x4C5D6E7F);
    put(k, OPTCR, 0x10); /* MER */
    run_for(k, VTIME_S(14));
    assert_int_equal(peek(k, BANK1 + 0xFFFFC), 0xFFFFFFFF);
}

static void write_protected_sector_stays(void **state)
{
    struct kit *k = *state;
    put(k, OPTKEYR, 0x08192A3B);
    put(k, OPTKEYR, 0x4C5D6E7F);
    put(k, FLASH_REGS + 0x3C, 0xBF); /* WPSN_PRG1R: sector 6 */
    put(k, OPTCR, 2);
    run_for(k, VTIME_S(1));
    assert_int_equal(get(k, FLASH_REGS + 0x38), 0xBF);
    unlock(k, KEYR1);
    put(k, CR1, SER | X64 | 6u << 8 | START);
    assert_int_equal(get(k, SR1) & (WRPERR | QW), WRPERR);
    put(k, CR1, PG | X64);
    store_word(k, BANK1 + 6 * FLASH_SECTOR_SIZE, 1);
    run_for(k, VTIME_MS(1));
    assert_int_equal(peek(k, BANK1 + 6 * FLASH_SECTOR_SIZE), 0xFFFFFFFF);
}

static void reset_during_programming_tears_the_word(void **state)
{
    struct kit *k = *state;
    unlock(k, KEYR1);
    put(k, CR1, PG | X64);
    store_word(k, BANK1 + 0x60, 1);
    run_for(k, VTIME_US(50));
    flash_next_torn(&k->chip, FLASH_TORN_DOUBLE);
    chip_request_reset(&k->chip, RESET_SRC_IWDG1);
    run_for(k, VTIME_MS(1));
    assert_true(faults(k, BANK1 + 0x60));
    assert_false(faults(k, BANK1 + 0x40));
    assert_int_equal(get(k, SR1) & (OPERR | QW), OPERR);
}

static void contents_survive_power_off(void **state)
{
    struct kit *k = *state;
    const uint32_t word = 0x12345678;
    assert_int_equal(flash_load(&k->chip, BANK2 - 2, &word, 4), 0);
    assert_int_equal(flash_load(&k->chip, BANK2 + FLASH_BANK_SIZE - 3, &word, 4), -1);
    kit_power_cycle(k);
    assert_int_equal(peek(k, BANK2) & 0xFFFF, 0x1234);
}

/* ---- option bytes ---- */

static void options_change_after_their_time(void **state)
{
    struct kit *k = *state;
    put(k, OPTSR_PRG, 0x17C6AAF0u & ~(1u << 22));
    assert_int_equal(found(k, FINDING_BEHAVIOUR), 1); /* locked */
    put(k, OPTKEYR, 0x08192A3B);
    put(k, OPTKEYR, 0x4C5D6E7F);
    put(k, OPTSR_PRG, 0x17C6AAF0u & ~(1u << 22));
    put(k, OPTCR, 2);
    assert_int_equal(get(k, OPTSR_CUR), 0x17C6AAF1); /* OPT_BUSY */
    run_for(k, VTIME_S(1));
    assert_int_equal(get(k, OPTSR_CUR), 0x17C6AAF0u & ~(1u << 22));
    assert_false(k->chip.cores.held[CORE_CM4]); /* counts from the next reset on */
    kit_power_cycle(k);
    assert_true(k->chip.cores.held[CORE_CM4]);
}

static void reset_during_an_option_change_keeps_the_old_bytes(void **state)
{
    struct kit *k = *state;
    put(k, OPTKEYR, 0x08192A3B);
    put(k, OPTKEYR, 0x4C5D6E7F);
    put(k, OPTSR_PRG, 0x17C6AAF0u & ~(1u << 22));
    put(k, OPTCR, 2);
    run_for(k, VTIME_MS(10));
    chip_request_reset(&k->chip, RESET_SRC_PIN);
    run_for(k, VTIME_S(1));
    assert_int_equal(get(k, OPTSR_CUR), 0x17C6AAF0u);
    assert_int_equal(get(k, SR1) & EOP, 0);
}

static void options_from_outside(void **state)
{
    struct kit *k = *state;
    const struct chip_params p = {.boot7 = 0x1FF00810, .boot4 = 0x10000800};
    kit_restart(k, SUPPLY_SMPS, &p);
    assert_int_equal(k->chip.cores.boot_address[CORE_CM7], 0x08100000);
    assert_int_equal(k->chip.cores.boot_address[CORE_CM4], 0x08000000);
    assert_int_equal(get(k, FLASH_REGS + 0x40), 0x1FF00810);
    assert_int_equal(get(k, FLASH_REGS + 0x148), 0x10000800);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        KIT_TEST(acr_reads_back_at_once),
        KIT_TEST(flash_latency_too_low_is_a_finding),
        KIT_TEST(clock_raised_before_latency_is_a_finding),
        KIT_TEST(programming_delay_too_short_is_a_finding),
        KIT_TEST(cr_is_locked_after_reset),
        KIT_TEST(wrong_key_locks_until_reset),
        KIT_TEST(unlocking_twice_locks),
        KIT_TEST(write_without_pg_is_dropped),
        KIT_TEST(word_is_programmed_after_its_time),
        KIT_TEST(force_write_fills_with_ones),
        KIT_TEST(other_address_before_the_word_is_full_is_inconsistent),
        KIT_TEST(another_master_in_the_same_word_is_inconsistent),
        KIT_TEST(overwriting_spoils_the_ecc_until_erased),
        KIT_TEST(ecc_error_keeps_its_address),
        KIT_TEST(sector_erase_takes_a_second),
        KIT_TEST(bank_and_mass_erase),
        KIT_TEST(write_protected_sector_stays),
        KIT_TEST(reset_during_programming_tears_the_word),
        KIT_TEST(contents_survive_power_off),
        KIT_TEST(options_change_after_their_time),
        KIT_TEST(reset_during_an_option_change_keeps_the_old_bytes),
        KIT_TEST(options_from_outside),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
