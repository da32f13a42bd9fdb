/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
/*
 * RM0399 Rev 4: 4.3.9 programming, 4.3.10 erasing, 4.5.1 unlocking, 4.7 errors.
 * Parallelism (PSIZE) stays at its reset value, 64 bits. Bank 1 is unlocked for one operation at a
 * time.
 *
 * A word torn by a power cut gives a bus error at every read (4.7.7). So reads run with bus faults
 * ignored (CCR.BFHFNMIGN at FAULTMASK's priority, PM0253 4.3.7). The caches are off: nothing reads
 * ahead.
 */
#include "stm32h755xx.h"

#include "firmware/cm7/flash.h"
#include "firmware/cm7/supply_watch.h"
#include "firmware/common/timebase.h"

#define KEY1 0x45670123UL
#define KEY2 0xCDEF89ABUL
#define SECTOR_FIRST 6U
#define WORDS (STORE_WORD / 4U)

#define BUSY (FLASH_SR_BSY | FLASH_SR_WBNE | FLASH_SR_QW)
#define ERRORS                                                                                     \
    (FLASH_SR_WRPERR | FLASH_SR_PGSERR | FLASH_SR_STRBERR | FLASH_SR_INCERR | FLASH_SR_OPERR)
_Static_assert(ERRORS == (FLASH_CCR_CLR_WRPERR | FLASH_CCR_CLR_PGSERR | FLASH_CCR_CLR_STRBERR |
                          FLASH_CCR_CLR_INCERR | FLASH_CCR_CLR_OPERR),
               "CCR clears a flag where SR has it");

/* A sector takes 2 s at most, a word well below a millisecond (data sheet): several times that. */
#define ERASE_LIMIT_US 8000000U
#define PROGRAM_LIMIT_US 20000U

static const char *trouble = "none";
static bool is_refused; /* the operation was not even begun */
static uint32_t start_us;
static uint32_t limit_us;

const char *flash_trouble(void)
{
    return trouble;
}

static bool refuse(const char *why)
{
    trouble = why;
    is_refused = true;
    return false;
}

/* Unlocking what is unlocked would lock it until reset (4.3.9). */
static bool begin(uint32_t limit)
{
    is_refused = false;
    start_us = time_us();
    limit_us = limit;
    if (supply_watch_is_low()) {
        return refuse("supply low");
    }
    FLASH->CCR1 = ERRORS; /* or one of the last operation would be taken for one of this */
    if ((FLASH->CR1 & FLASH_CR_LOCK) != 0) {
        FLASH->KEYR1 = KEY1;
        FLASH->KEYR1 = KEY2;
    }
    return (FLASH->CR1 & FLASH_CR_LOCK) == 0 || refuse("flash stays locked");
}

static void program(void *ctx, uint32_t at, const uint8_t word[STORE_WORD])
{
    volatile uint32_t *to = (volatile uint32_t *)(FLASH_SETTINGS_ADDRESS + at);
    (void)ctx;
    if (!begin(PROGRAM_LIMIT_US)) {
        return;
    }
    FLASH->CR1 |= FLASH_CR_PG;
    __DSB();
    for (uint32_t i = 0; i < WORDS; i++) {
        uint32_t value;
        __builtin_memcpy(&value, word + 4U * i, 4);
        to[i] = value;
    }
    __DSB(); /* all eight have left for the write buffer: QW is up */
}

static void erase(void *ctx, uint32_t sector)
{
    (void)ctx;
    if (!begin(ERASE_LIMIT_US)) {
        return;
    }
    FLASH->CR1 =
        (FLASH->CR1 & ~FLASH_CR_SNB) | FLASH_CR_SER | ((SECTOR_FIRST + sector) << FLASH_CR_SNB_Pos);
    FLASH->CR1 |= FLASH_CR_START;
}

static int poll(void *ctx)
{
    (void)ctx;
    if (is_refused) {
        return STORE_FAILED;
    }
    const uint32_t status = FLASH->SR1;
    const bool is_late = time_us() - start_us > limit_us;
    if ((status & BUSY) != 0 && !is_late) {
        return STORE_BUSY;
    }
    FLASH->CR1 &= ~(FLASH_CR_PG | FLASH_CR_SER | FLASH_CR_SNB);
    FLASH->CR1 |= FLASH_CR_LOCK;
    if (is_late) {
        trouble = "flash takes too long";
    } else if ((status & FLASH_SR_WRPERR) != 0) {
        trouble = "sector write-protected";
    } else if ((status & ERRORS) != 0) {
        trouble = "flash operation failed";
    } else {
        trouble = "flash does not read as written";
        return STORE_DONE;
    }
    return STORE_FAILED;
}

static bool read_word(void *ctx, uint32_t at, uint8_t word[STORE_WORD])
{
    const volatile uint32_t *from = (const volatile uint32_t *)(FLASH_SETTINGS_ADDRESS + at);
    uint32_t copy[WORDS];
    (void)ctx;
    if ((FLASH->SR1 & BUSY) != 0) {
        return false;
    }
    SCB->CCR |= SCB_CCR_BFHFNMIGN_Msk;
    __disable_fault_irq();
    for (uint32_t i = 0; i < WORDS; i++) {
        copy[i] = from[i];
    }
    __DSB();
    const bool is_good = (SCB->CFSR & SCB_CFSR_BUSFAULTSR_Msk) == 0;
    SCB->CFSR = SCB_CFSR_BUSFAULTSR_Msk; /* write 1 to clear */
    __enable_fault_irq();
    SCB->CCR &= ~SCB_CCR_BFHFNMIGN_Msk;
    __builtin_memcpy(word, copy, STORE_WORD);
    return is_good;
}

const struct store_ops flash_ops = {
    .read = read_word, .program = program, .erase = erase, .poll = poll};
