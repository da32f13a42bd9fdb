/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
/* External memories: which bank answers where, and what comes of an access to one that does not (RM0399 23, 24.3). */
#include "tests/vboard/system/whole_chip.h"

#include "vboard/chip/external.h"
#include "vboard/chip/transfer.h"

#define FMC 0x52004000u
#define BCR1 (FMC + 0x00)
#define BCR2 (FMC + 0x08)
#define PCR (FMC + 0x80)
#define SDCR1 (FMC + 0x140)
#define SDCR2 (FMC + 0x144)
#define SDCMR (FMC + 0x150)
#define SDRTR (FMC + 0x154)
#define SDSR (FMC + 0x158)
#define FMCEN 0x80000000u
#define BMAP(n) ((uint32_t)(n) << 24)
#define BCR1_OFF 0x000030D2u
#define FMC_GATE (1u << 12)
#define CTB1 (1u << 4)
#define CTB2 (1u << 3)
#define MRD(cas) ((uint32_t)(cas) << 4 << 9)
/* SDCLK 2, CAS 3, 4 banks, 12 rows, 8 columns; 16 bits. */
#define SDCR_16 (2u << 10 | 3u << 7 | 1u << 6 | 1u << 4 | 1u << 2)

#define MIB(n) ((uint32_t)(n) << 20)

static const struct external_part sdram_1 = {.kind = EXTERNAL_SDRAM,
                                             .place = EXTERNAL_SDRAM_BANK_1,
                                             .name = "SDRAM",
                                             .size = MIB(8),
                                             .width = 16,
                                             .columns = 8,
                                             .rows = 12,
                                             .banks = 4};
static const struct external_part psram_2 = {
    .kind = EXTERNAL_PSRAM, .place = EXTERNAL_NE2, .name = "PSRAM", .size = MIB(1), .width = 16};
static const struct external_part nor_1 = {
    .kind = EXTERNAL_NOR, .place = EXTERNAL_NE1, .name = "NOR", .size = MIB(2), .width = 16};
static const struct external_part qspi = {.kind = EXTERNAL_QUADSPI_NOR,
                                          .place = EXTERNAL_BANK_QUADSPI,
                                          .name = "QSPI",
                                          .size = MIB(16),
                                          .id = 0xC22018};
static const struct external_part qspi_pair = {.kind = EXTERNAL_QUADSPI_NOR,
                                               .place = EXTERNAL_BANK_QUADSPI,
                                               .name = "QSPI",
                                               .size = MIB(16),
                                               .chips = 2,
                                               .id = 0x20BA20};

static void solder(struct whole *k, const struct external_part *part)
{
    assert_int_equal(external_add(&k->soc.chip, part), 0);
}

/* As a core or a DMA controller comes by: what is open is the bytes themselves. True: no bus error. */
static bool read_at(struct whole *k, uint32_t address, uint32_t *value)
{
    struct chip *c = &k->soc.chip;
    c->access = (struct access){.master = MASTER_CM7};
    *value = (uint32_t)external_read(c, address, 4);
    return !c->access.bus_fault;
}

static bool write_at(struct whole *k, uint32_t address, uint32_t value)
{
    struct chip *c = &k->soc.chip;
    c->access = (struct access){.master = MASTER_CM7, .lanes = ~0u};
    external_write(c, address, 4, value);
    return !c->access.bus_fault;
}

static uint32_t value_at(struct whole *k, uint32_t address)
{
    uint32_t value;
    assert_true(read_at(k, address, &value));
    return value;
}

static bool is_open(struct whole *k, uint32_t address)
{
    return chip_region(&k->soc.chip, address, MASTER_CM7) != NULL;
}

/* The one finding that there is; it is then forgotten. */
static void found(struct whole *k, enum finding_code code)
{
    struct findings *f = &k->soc.chip.findings;
    assert_int_equal(f->count, 1);
    assert_int_equal(f->list[0].code, code);
    findings_clear(f);
}

static void refused(struct whole *k, uint32_t address, enum finding_code code)
{
    uint32_t value;
    assert_false(is_open(k, address));
    assert_false(read_at(k, address, &value));
    found(k, code);
}

static void refused_write(struct whole *k, uint32_t address, enum finding_code code)
{
    assert_false(write_at(k, address, 1));
    found(k, code);
}

static void fmc_on(struct whole *k)
{
    set_bits(k, RCC_AHB3ENR, FMC_GATE);
}

/* 23.9.3, as ST's drivers do it: FMCEN comes last. */
static void start_sdram(struct whole *k, uint32_t sdcr, uint32_t targets)
{
    put(k, SDCR1, sdcr);
    put(k, SDCMR, targets | 1);
    put(k, SDCMR, targets | 2);
    put(k, SDCMR, 7u << 5 | targets | 3);
    put(k, SDCMR, MRD(3) | targets | 4);
    put(k, SDRTR, 0x603u << 1);
    put(k, BCR1, BCR1_OFF | FMCEN);
}

/* ---- SDRAM ---- */

static void sdram_answers_when_it_is_told_all(void **state)
{
    struct whole *k = *state;
    static const uint32_t steps[] = {CTB1 | 1, CTB1 | 2, CTB1 | 3, MRD(3) | CTB1 | 4};
    solder(k, &sdram_1);
    fmc_on(k);
    put(k, BCR1, BCR1_OFF | FMCEN);
    put(k, SDCR1, SDCR_16);
    put(k, SDRTR, 0x603u << 1);
    for (uint32_t i = 0; i < 4; i++) {
        uint32_t value;
        assert_false(read_at(k, 0xC0000000, &value));
        assert_int_equal(k->soc.chip.findings.list[0].data.subject, i);
        found(k, FOUND_SDRAM_NOT_READY);
        put(k, SDCMR, steps[i]);
    }
    assert_true(is_open(k, 0xC0000000));
    assert_true(write_at(k, 0xC0123450, 0x12345678));
    assert_int_equal(value_at(k, 0xC0123450), 0x12345678);
    assert_int_equal(value_at(k, 0x70123450), 0x12345678); /* Table 158 */
    refused(k, 0xC0800000, FOUND_MEMORY_RANGE);
    refused(k, 0xD0000000, FOUND_SDRAM_NOT_READY);
}

/* A command that comes before the one in front of it is nothing. */
static void sdram_wants_the_order(void **state)
{
    struct whole *k = *state;
    solder(k, &sdram_1);
    fmc_on(k);
    put(k, SDCR1, SDCR_16);
    put(k, SDRTR, 0x603u << 1);
    put(k, BCR1, BCR1_OFF | FMCEN);
    put(k, SDCMR, CTB1 | 2);
    put(k, SDCMR, CTB1 | 3);
    put(k, SDCMR, MRD(3) | CTB1 | 4);
    put(k, SDCMR, CTB1 | 1);
    refused(k, 0xC0000000, FOUND_SDRAM_NOT_READY);
    put(k, SDCMR, CTB2 | 2); /* to the other one */
    put(k, SDCMR, 2);        /* to none */
    refused(k, 0xC0000000, FOUND_SDRAM_NOT_READY);
    put(k, SDCMR, CTB1 | 3); /* in front of it */
    put(k, SDCMR, CTB1 | 2);
    put(k, SDCMR, MRD(3) | CTB1 | 4);
    refused(k, 0xC0000000, FOUND_SDRAM_NOT_READY);
    put(k, SDCMR, CTB1 | 3);
    assert_true(is_open(k, 0xC0000000));
    put(k, SDCR1, SDCR_16 & ~(3u << 10)); /* SDCLK off: from the beginning */
    put(k, SDCR1, SDCR_16);
    refused(k, 0xC0000000, FOUND_SDRAM_NOT_READY);
}

/* Two banks in use: precharge and refresh for one of them are ignored. */
static void sdram_banks_are_told_together(void **state)
{
    struct whole *k = *state;
    solder(k, &sdram_1);
    fmc_on(k);
    put(k, SDCR2, SDCR_16 & ~(3u << 10));
    put(k, SDCR1, SDCR_16);
    put(k, SDCMR, CTB1 | CTB2 | 1);
    put(k, SDCMR, CTB1 | 2);
    put(k, SDCMR, CTB1 | 3);
    put(k, SDCMR, MRD(3) | CTB1 | 4);
    put(k, SDRTR, 0x603u << 1);
    put(k, BCR1, BCR1_OFF | FMCEN);
    refused(k, 0xC0000000, FOUND_SDRAM_NOT_READY);
    start_sdram(k, SDCR_16, CTB1 | CTB2);
    assert_true(is_open(k, 0xC0000000));
    uint32_t value;
    assert_true(read_at(k, 0xD0000000, &value)); /* told, and nobody there */
    found(k, FOUND_NO_MEMORY);
}

static void sdram_moves_by_bmap(void **state)
{
    struct whole *k = *state;
    solder(k, &sdram_1);
    fmc_on(k);
    start_sdram(k, SDCR_16, CTB1);
    assert_true(write_at(k, 0xC0000010, 0xA5A5A5A5));
    put(k, BCR1, BCR1_OFF | FMCEN | BMAP(1));
    assert_int_equal(value_at(k, 0x60000010), 0xA5A5A5A5);
    refused(k, 0xC0000010, FOUND_BANK_OFF); /* NOR/PSRAM bank 1 now */
    refused(k, 0x70000010, FOUND_SDRAM_NOT_READY);
    put(k, BCR1, BCR1_OFF | FMCEN | BMAP(2));
    assert_int_equal(value_at(k, 0xC0000010), 0xA5A5A5A5);
    refused(k, 0x60000010, FOUND_BANK_OFF);
}

static void sdram_is_protected_sleeps_and_forgets(void **state)
{
    struct whole *k = *state;
    solder(k, &sdram_1);
    fmc_on(k);
    start_sdram(k, SDCR_16 | 1u << 9, CTB1); /* WP */
    uint32_t noise = value_at(k, 0xC0000000);
    refused_write(k, 0xC0000000, FOUND_BANK_PROTECTED);
    put(k, SDCR1, SDCR_16);
    assert_int_equal(value_at(k, 0xC0000000), noise);
    assert_true(write_at(k, 0xC0000000, ~noise));
    put(k, SDCMR, CTB1 | 5);
    assert_int_equal(get(k, SDSR), 1u << 1);
    assert_false(is_open(k, 0xC0000000));
    assert_int_equal(value_at(k, 0xC0000000), ~noise); /* an access wakes it (23.9.4) */
    assert_int_equal(get(k, SDSR), 0);
    put(k, SDCMR, CTB1 | 6);
    assert_int_equal(get(k, SDSR), 2u << 1);
    put(k, SDCMR, CTB1 | 0);
    assert_int_equal(get(k, SDSR), 0);
    put(k, SDRTR, 0);
    (void)value_at(k, 0xC0000000);
    found(k, FOUND_SDRAM_NO_REFRESH);
    (void)value_at(k, 0xC0000004); /* once is enough */
    external_power_on(&k->soc.chip);
    assert_int_not_equal(value_at(k, 0xC0000000), ~noise);
    assert_int_not_equal(value_at(k, 0xC0000000), noise); /* nor what was there the last time */
}

static void sdram_mode_register_is_read(void **state)
{
    struct whole *k = *state;
    fmc_on(k);
    put(k, SDCR1, SDCR_16);
    put(k, SDCMR, CTB1 | 1);
    put(k, SDCMR, CTB1 | 2);
    put(k, SDCMR, MRD(2) | CTB1 | 4);
    found(k, FOUND_SDRAM_MODE);
    put(k, SDCMR, (MRD(3) | 1u << 9) | CTB1 | 4); /* burst length 2 */
    found(k, FOUND_SDRAM_MODE);
}

/* 9 columns set up, 8 there: A8 of the column goes nowhere, so two columns are one cell; and a row is a row. */
static void sdram_set_up_as_another(void **state)
{
    struct whole *k = *state;
    solder(k, &sdram_1);
    fmc_on(k);
    start_sdram(k, SDCR_16 | 1, CTB1);
    assert_true(write_at(k, 0xC0000000, 0x11111111));
    found(k, FOUND_MEMORY_MISMATCH);
    assert_true(write_at(k, 0xC0000200, 0x22222222));
    assert_int_equal(value_at(k, 0xC0000000), 0x22222222);
    assert_true(write_at(k, 0xC0000400, 0x33333333)); /* the next row */
    assert_int_equal(value_at(k, 0xC0000200), 0x22222222);
    findings_clear(&k->soc.chip.findings);
    start_sdram(k, SDCR_16, CTB1);
    assert_int_equal(value_at(k, 0xC0000000), 0x22222222);
    assert_int_equal(value_at(k, 0xC0000200), 0x33333333);
}

/* ---- NOR flash and PSRAM ---- */

static void static_banks(void **state)
{
    struct whole *k = *state;
    uint32_t value;
    solder(k, &psram_2);
    fmc_on(k);
    refused(k, 0x60000000, FOUND_FMC_OFF); /* after reset bank 1 is enabled, the FMC is not */
    put(k, BCR1, BCR1_OFF | FMCEN);
    refused(k, 0x60000000, FOUND_BANK_OFF);
    refused(k, 0x64000000, FOUND_BANK_OFF);
    put(k, BCR2, 1u << 12 | 1u << 7 | 1u << 4 | 1u << 2 | 1); /* PSRAM, 16 bits */
    assert_true(is_open(k, 0x64000000));
    assert_true(write_at(k, 0x64000004, 0xCAFE0001));
    assert_int_equal(value_at(k, 0x64000004), 0xCAFE0001);
    assert_int_equal(value_at(k, 0x67F00004), 0xCAFE0001); /* A20 to A25 go nowhere */
    put(k, BCR2, 1u << 7 | 1u << 4 | 1u << 2 | 1);
    refused_write(k, 0x64000004, FOUND_BANK_PROTECTED);
    put(k, BCR2, 1u << 12 | 1u << 7 | 1u << 4 | 2u << 2 | 1); /* as NOR, without FACCEN */
    refused(k, 0x64000004, FOUND_NOR_OFF);
    put(k, BCR2, 1u << 12 | 1u << 7 | 1u << 2 | 1); /* 8 bits: D8 to D15 are not looked at */
    assert_int_equal(value_at(k, 0x64000000) >> 16, 0xFE01);
    found(k, FOUND_MEMORY_MISMATCH);
    put(k, BCR1, BCR1_OFF | FMCEN | 1); /* nobody there */
    assert_true(read_at(k, 0x60000000, &value));
    found(k, FOUND_NO_MEMORY);
    refused(k, 0x80000000, FOUND_BANK_OFF);
    put(k, PCR, 0x1C);
    assert_true(read_at(k, 0x80000000, &value));
    found(k, FOUND_NO_MEMORY);
}

static void nor_flash_reads(void **state)
{
    struct whole *k = *state;
    solder(k, &nor_1);
    assert_int_equal(external_load(&k->soc.chip, 0x60000100, "abcd", 4), 0);
    assert_int_equal(external_load(&k->soc.chip, 0x60200000, "abcd", 4), -1);
    fmc_on(k);
    put(k, BCR1, FMCEN | 1u << 12 | 1u << 7 | 1u << 6 | 1u << 4 | 2u << 2 | 1);
    assert_int_equal(value_at(k, 0x60000100), 0x64636261);
    assert_int_equal(value_at(k, 0x60000104), 0xFFFFFFFF);
    assert_true(write_at(k, 0x60000AAA, 0x98)); /* CFI */
    found(k, FOUND_MEMORY_COMMAND);
    assert_int_equal(value_at(k, 0x60000100), 0x64636261);
}

static void without_clocks(void **state)
{
    struct whole *k = *state;
    uint32_t value;
    solder(k, &sdram_1);
    assert_true(read_at(k, 0xC0000000, &value)); /* as any memory without its clock */
    found(k, FOUND_MEMORY_UNCLOCKED);
    fmc_on(k);
    start_sdram(k, SDCR_16, CTB1);
    assert_true(is_open(k, 0xC0000000));
    set_bits(k, 0x5802444Cu, 1); /* D1CCIPR.FMCSEL: PLL1Q, which is off */
    refused(k, 0xC0000000, FOUND_KERNEL_STOPPED);
}

static void dma_reaches_it(void **state)
{
    struct whole *k = *state;
    struct transfer t = {.bus = TRANSFER_D2, .master = MASTER_DMA_CM7, .subject = FMC};
    uint64_t value;
    vtime_ps ready;
    struct chip *c = &k->soc.chip;
    solder(k, &sdram_1);
    fmc_on(k);
    assert_int_equal(transfer_write(c, &t, 0xC0000000, 4, 7, &ready), TRANSFER_REFUSED);
    found(k, FOUND_DMA_BUS_ERROR);
    start_sdram(k, SDCR_16, CTB1);
    assert_int_equal(transfer_write(c, &t, 0xC0000000, 8, UINT64_C(0x123456789A), &ready),
                     TRANSFER_DONE);
    assert_int_equal(transfer_read(c, &t, 0xC0000000, 4, &value, &ready), TRANSFER_DONE);
    assert_int_equal(value, 0x3456789A);
    t.bus = TRANSFER_D3;
    assert_int_equal(transfer_read(c, &t, 0xC0000000, 4, &value, &ready), TRANSFER_REFUSED);
    found(k, FOUND_DMA_BUS_ERROR);
}

/* ---- QUADSPI ---- */

#define QUADSPI 0x52005000u
#define CR (QUADSPI + 0x00)
#define DCR (QUADSPI + 0x04)
#define SR (QUADSPI + 0x08)
#define FCR (QUADSPI + 0x0C)
#define DLR (QUADSPI + 0x10)
#define CCR (QUADSPI + 0x14)
#define AR (QUADSPI + 0x18)
#define DR (QUADSPI + 0x20)
#define LPTR (QUADSPI + 0x30)
#define TCEN (1u << 3)
#define DFM (1u << 6)
#define TOIE (1u << 20)
#define BUSY (1u << 5)
#define TOF (1u << 4)
/* Instruction and data on one line, 24 bits of address. */
#define PLAIN (1u << 24 | 2u << 12 | 1u << 10 | 1u << 8)
#define MAP (3u << 26 | PLAIN | 0x0B)

static void quadspi_on(struct whole *k, uint32_t cr)
{
    set_bits(k, RCC_AHB3ENR, 1u << 14);
    put(k, DCR, 23u << 16); /* 16 MB */
    put(k, CR, 1u << 24 | cr | 1);
}

/* WREN, then an instruction with an address. */
static void order(struct whole *k, uint32_t frame, uint32_t address)
{
    put(k, CCR, 1u << 8 | 0x06);
    run_for(k, VTIME_US(2));
    put(k, CCR, frame);
    put(k, AR, address);
}

static void program(struct whole *k, uint32_t address, uint32_t word)
{
    put(k, DLR, 3);
    order(k, PLAIN | 0x02, address);
    put(k, DR, word);
    run_for(k, VTIME_US(10));
}

static void quadspi_maps(void **state)
{
    struct whole *k = *state;
    solder(k, &qspi);
    assert_int_equal(external_load(&k->soc.chip, 0x90000000, "\1\2\3\4", 4), 0);
    assert_int_equal(external_load(&k->soc.chip, 0x90FFFFFE, "\1\2\3\4", 4), -1);
    quadspi_on(k, 0);
    refused(k, 0x90000000, FOUND_NOT_MAPPED);
    put(k, CCR, MAP);
    assert_int_equal(get(k, SR), 0);
    assert_int_equal(value_at(k, 0x90000000), 0x04030201);
    assert_int_equal(get(k, SR), BUSY); /* until ABORT: it reads ahead */
    assert_true(is_open(k, 0x90FFFFFC));
    assert_int_equal(value_at(k, 0x90FFFFFC), 0xFFFFFFFF);
    refused(k, 0x91000000, FOUND_MEMORY_RANGE);
    refused_write(k, 0x90000000, FOUND_MAPPED_WRITE);
    put(k, AR, 0x100); /* ignored */
    assert_int_equal(get(k, AR), 0);
    put(k, CCR, 1u << 8 | 0x06);
    found(k, FOUND_WHILE_BUSY);
    put(k, CR, 1u << 24 | 3);
    assert_int_equal(get(k, SR), 2); /* TCF */
    assert_int_equal(get(k, CCR) >> 26 & 3, 0);
    refused(k, 0x90000000, FOUND_NOT_MAPPED);
    put(k, CCR, MAP);
    put(k, CR, 1u << 24);
    refused(k, 0x90000000, FOUND_NOT_MAPPED);
}

static void quadspi_time_out(void **state)
{
    struct whole *k = *state;
    solder(k, &qspi);
    quadspi_on(k, TCEN);
    put(k, LPTR, 64);
    put(k, CCR, MAP);
    (void)value_at(k, 0x90000000);
    run_for(k, VTIME_MS(1)); /* nobody looks: nothing is under way */
    assert_int_equal(get(k, SR), BUSY);
    assert_false(is_open(k, 0x90000000));
    run_for(k, VTIME_US(5)); /* 256 and 64 clocks of 32 MHz: 10 us */
    assert_int_equal(get(k, SR), BUSY);
    run_for(k, VTIME_US(6));
    assert_int_equal(get(k, SR), TOF);
    put(k, FCR, TOF);
    (void)value_at(k, 0x90000000);
    assert_int_equal(get(k, SR), BUSY);
    put(k, CR, 1u << 24 | 3);
    put(k, FCR, 0x1B);
    quadspi_on(k, TCEN | TOIE);
    put(k, CCR, MAP);
    (void)value_at(k, 0x90000000);
    run_for(k, VTIME_US(9));
    assert_false(k->line[92]);
    run_for(k, VTIME_US(13));
    assert_true(k->line[92]);
}

static void quadspi_programs_and_erases(void **state)
{
    struct whole *k = *state;
    solder(k, &qspi);
    quadspi_on(k, 0);
    program(k, 0x10FE, 0x44332211); /* over a page's end: it wraps */
    put(k, CCR, MAP);
    assert_int_equal(value_at(k, 0x900010FC), 0x2211FFFF);
    assert_int_equal(value_at(k, 0x90001000), 0xFFFF4433);
    assert_int_equal(value_at(k, 0x90001100), 0xFFFFFFFF);
    put(k, CR, 1u << 24 | 3);
    order(k, 2u << 12 | 1u << 10 | 1u << 8 | 0x20, 0x1ABC); /* 4 KB, without data */
    run_for(k, VTIME_US(10));
    put(k, CCR, MAP);
    assert_int_equal(value_at(k, 0x900010FC), 0xFFFFFFFF);
}

/* Even bytes are the first chip's, odd ones the second's (24.3.4). */
static void quadspi_pair(void **state)
{
    struct whole *k = *state;
    solder(k, &qspi_pair);
    quadspi_on(k, DFM);
    put(k, DLR, 2);
    assert_int_equal(get(k, DLR), 3); /* an even number of bytes */
    program(k, 0x100, 0x44332211);
    put(k, CCR, MAP);
    assert_int_equal(value_at(k, 0x90000100), 0x44332211);
    put(k, CR, 1u << 24 | DFM | 3);
    put(k, CR, 1u << 24 | 1); /* the first alone */
    put(k, CCR, MAP);
    assert_int_equal(value_at(k, 0x90000080) & 0xFFFF, 0x3311);
    put(k, CR, 1u << 24 | 3);
    put(k, CR, 1u << 24 | 1u << 7 | 1); /* FSEL */
    put(k, CCR, MAP);
    assert_int_equal(value_at(k, 0x90000080) & 0xFFFF, 0x4422);
}

static void quadspi_wrong_address(void **state)
{
    struct whole *k = *state;
    solder(k, &qspi);
    quadspi_on(k, 0);
    put(k, DLR, 3);
    put(k, CCR, 1u << 26 | PLAIN | 0x03);
    put(k, AR, 0xFFFFFE); /* four bytes go beyond */
    assert_int_equal(get(k, SR), 1);
    put(k, FCR, 1);
    put(k, AR, 0xFFFFFC);
    assert_int_equal(get(k, SR), BUSY);
}

/* A DMA controller's access is one, and may be the first. */
static void quadspi_by_dma(void **state)
{
    struct whole *k = *state;
    struct transfer t = {.bus = TRANSFER_AXI, .master = MASTER_DMA_CM7, .subject = QUADSPI};
    struct chip *c = &k->soc.chip;
    uint64_t value;
    vtime_ps ready;
    solder(k, &qspi);
    assert_int_equal(external_load(c, 0x90000000, "\1\2\3\4", 4), 0);
    quadspi_on(k, 0);
    put(k, CCR, MAP);
    assert_int_equal(transfer_read(c, &t, 0x90000000, 4, &value, &ready), TRANSFER_DONE);
    assert_int_equal(value, 0x04030201);
    assert_int_equal(get(k, SR), BUSY);
    assert_int_equal(transfer_write(c, &t, 0x90000000, 4, 0, &ready), TRANSFER_REFUSED);
    found(k, FOUND_DMA_BUS_ERROR);
}

static void quadspi_without_flash(void **state)
{
    struct whole *k = *state;
    uint32_t value;
    quadspi_on(k, 0);
    put(k, CCR, MAP);
    assert_true(read_at(k, 0x90000000, &value));
    found(k, FOUND_NO_MEMORY);
    assert_int_equal(external_load(&k->soc.chip, 0x90000000, "a", 1), -1);
}

/* ---- delay blocks ---- */

/* 25.3.4: there is a UNIT with which the line is a period long. */
static void dlyb_procedure_ends(void **state)
{
    struct whole *k = *state;
    const uint32_t dlyb = 0x52006000u;
    uint32_t unit = 0;
    set_bits(k, RCC_AHB3ENR, 1u << 14);
    put(k, dlyb + 4, 12);
    assert_int_equal(get(k, dlyb + 4), 0); /* SEN is 0 */
    put(k, dlyb, 3);
    for (; unit < 128; unit++) {
        put(k, dlyb + 4, unit << 8 | 12);
        uint32_t cfgr = get(k, dlyb + 4);
        uint32_t lng = cfgr >> 16 & 0xFFF;
        assert_int_equal(cfgr >> 31, 1);
        if ((lng & 0x7FF) != 0 && (lng & 0xC00) != 0xC00) {
            break;
        }
    }
    assert_int_equal(unit, 7);
    put(k, dlyb, 1);
    assert_int_equal(get(k, dlyb + 4), unit << 8 | 12);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        WHOLE(sdram_answers_when_it_is_told_all),
        WHOLE(sdram_wants_the_order),
        WHOLE(sdram_banks_are_told_together),
        WHOLE(sdram_moves_by_bmap),
        WHOLE(sdram_is_protected_sleeps_and_forgets),
        WHOLE(sdram_mode_register_is_read),
        WHOLE(sdram_set_up_as_another),
        WHOLE(static_banks),
        WHOLE(nor_flash_reads),
        WHOLE(without_clocks),
        WHOLE(dma_reaches_it),
        WHOLE(quadspi_maps),
        WHOLE(quadspi_time_out),
        WHOLE(quadspi_programs_and_erases),
        WHOLE(quadspi_pair),
        WHOLE(quadspi_wrong_address),
        WHOLE(quadspi_by_dma),
        WHOLE(quadspi_without_flash),
        WHOLE(dlyb_procedure_ends),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
