/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
/* Sections are of the SD Physical Layer Simplified Specification 3.01. */
#include "vboard/parts/sd_card.h"

#include <string.h>

#define POWER_UP VTIME_MS(10)
#define FIND VTIME_US(100)
#define PROGRAM VTIME_US(100)
#define ERASE VTIME_MS(10)

/* Card status (4.10.1). */
#define OUT_OF_RANGE (1u << 31)
#define BLOCK_LEN_ERROR (1u << 29)
#define ERASE_SEQ_ERROR (1u << 28)
#define ERASE_PARAM (1u << 27)
#define ILLEGAL_COMMAND (1u << 22)
#define ERROR_UNKNOWN (1u << 19)
#define ERASE_RESET (1u << 13)
#define STATE_POS 9u
#define READY_FOR_DATA (1u << 8)
#define APP_CMD (1u << 5)

/* OCR (5.1): 2.7 to 3.6 V. */
#define OCR_VOLTAGES 0x00FF8000u
#define OCR_CCS (1u << 30)
#define OCR_READY (1u << 31)
#define ACMD41_HCS (1u << 30)

void sd_card_power_up(struct sd_card *c)
{
    const struct sd_card fresh = {.store = c->store, .blocks = c->blocks, .lines = 1};
    *c = fresh;
}

void sd_card_init(struct sd_card *c, const struct sd_medium *medium)
{
    uint64_t units = (medium->bytes + SD_CSD_UNIT - 1) / SD_CSD_UNIT;
    *c = (struct sd_card){.blocks = 0};
    sd_store_init(&c->store, medium);
    c->blocks = (uint32_t)((units == 0 ? 1 : units) * (SD_CSD_UNIT / SD_BLOCK));
    sd_card_power_up(c);
}

void sd_card_destroy(struct sd_card *c)
{
    sd_store_destroy(&c->store);
}

/* ---- answers ---- */

static bool is_busy(const struct sd_card *c)
{
    return c->busy_until > c->now;
}

/* What a block written leaves behind: programming, until it is done. */
static enum sd_state state_now(const struct sd_card *c)
{
    if (c->state == SD_PRG) {
        return is_busy(c) ? SD_PRG : SD_TRAN;
    }
    return c->state;
}

/* Errors are told once (clear conditions B and C). */
static uint32_t take_status(struct sd_card *c)
{
    uint32_t status = c->errors | (uint32_t)c->state << STATE_POS |
                      (is_busy(c) ? 0 : READY_FOR_DATA) | (c->app ? APP_CMD : 0);
    c->errors = 0;
    return status;
}

static void short_answer(struct sd_answer *a, uint8_t index, uint32_t word)
{
    *a = (struct sd_answer){.response = SD_SHORT, .index = index, .word = {word}};
}

/* With the state in which the command came. */
static void r1(struct sd_card *c, struct sd_answer *a, uint8_t index)
{
    short_answer(a, index, take_status(c));
}

static void r2(struct sd_answer *a, const uint32_t word[4])
{
    *a = (struct sd_answer){.response = SD_LONG, .index = 0x3F};
    memcpy(a->word, word, sizeof(a->word));
}

static bool is_mine(const struct sd_card *c, uint32_t argument)
{
    return argument >> 16 == c->rca;
}

/* ---- identification (4.2) ---- */

static void go_idle(struct sd_card *c, uint32_t argument, struct sd_answer *a)
{
    vtime_ps now = c->now;
    (void)argument;
    (void)a;
    if (c->state != SD_INACTIVE) {
        sd_card_power_up(c);
        c->now = now;
    }
}

/* CMD8: 2.7 to 3.6 V is supply 1 (4.3.13). */
static void send_if_cond(struct sd_card *c, uint32_t argument, struct sd_answer *a)
{
    if ((argument >> 8 & 0xF) == 1) {
        c->knows_cmd8 = true;
        short_answer(a, 8, argument & 0xFFF);
    }
}

/* ACMD41 without voltages only asks (4.2.3.1). */
static void send_op_cond(struct sd_card *c, uint32_t argument, struct sd_answer *a)
{
    bool begins = (argument & OCR_VOLTAGES) != 0 && (argument & ACMD41_HCS) != 0 && c->knows_cmd8;
    bool ready = begins && c->powering && c->now >= c->ready_at;
    if (begins && !c->powering) {
        c->powering = true;
        c->ready_at = c->now + POWER_UP;
    }
    if (ready) {
        c->state = SD_READY;
    }
    *a = (struct sd_answer){.response = SD_SHORT_PLAIN,
                            .index = 0x3F,
                            .word = {OCR_VOLTAGES | (ready ? OCR_READY | OCR_CCS : 0)}};
}

static void all_send_cid(struct sd_card *c, uint32_t argument, struct sd_answer *a)
{
    uint32_t word[4];
    (void)argument;
    sd_card_cid(word);
    r2(a, word);
    c->state = SD_IDENT;
}

/* R6: the status' bits 23, 22, 19 and 12 to 0 (4.9.5). A new address each time, never 0. */
static void send_relative_address(struct sd_card *c, uint32_t argument, struct sd_answer *a)
{
    (void)argument;
    c->rca = (uint16_t)(c->rca + 0x1235u != 0 ? c->rca + 0x1235u : 1);
    uint32_t status = take_status(c);
    short_answer(a, 3,
                 (uint32_t)c->rca << 16 | (status >> 8 & 0xC000u) | (status >> 6 & 0x2000u) |
                     (status & 0x1FFFu));
    c->state = SD_STBY;
}

/* ---- data transfer mode (4.3) ---- */

static void send_register(struct sd_card *c, uint32_t argument, struct sd_answer *a, bool csd)
{
    uint32_t word[4];
    if (!is_mine(c, argument)) {
        return;
    }
    if (csd) {
        sd_card_csd(c->blocks, word);
    } else {
        sd_card_cid(word);
    }
    r2(a, word);
}

static void send_csd(struct sd_card *c, uint32_t argument, struct sd_answer *a)
{
    send_register(c, argument, a, true);
}

static void send_cid(struct sd_card *c, uint32_t argument, struct sd_answer *a)
{
    send_register(c, argument, a, false);
}

static void select_card(struct sd_card *c, uint32_t argument, struct sd_answer *a)
{
    bool mine = is_mine(c, argument);
    if (mine && (c->state == SD_STBY || c->state == SD_DIS)) {
        r1(c, a, 7);
        c->state = c->state == SD_DIS && is_busy(c) ? SD_PRG : SD_TRAN;
    } else if (!mine && c->state == SD_PRG) {
        c->state = SD_DIS;
    } else if (!mine && c->state != SD_DIS) {
        c->state = SD_STBY;
    } else if (mine) {
        c->errors |= ILLEGAL_COMMAND;
    }
}

static void send_status(struct sd_card *c, uint32_t argument, struct sd_answer *a)
{
    if (is_mine(c, argument)) {
        r1(c, a, 13);
    }
}

static void go_inactive(struct sd_card *c, uint32_t argument, struct sd_answer *a)
{
    (void)a;
    if (is_mine(c, argument)) {
        c->state = SD_INACTIVE;
    }
}

/* In force for locking only, but checked (4.3.2). */
static void set_block_length(struct sd_card *c, uint32_t argument, struct sd_answer *a)
{
    c->errors |= argument > SD_BLOCK ? BLOCK_LEN_ERROR : 0;
    r1(c, a, 16);
}

static void app_command(struct sd_card *c, uint32_t argument, struct sd_answer *a)
{
    if (is_mine(c, argument)) {
        c->app = true;
        r1(c, a, 55);
    }
}

/* ---- blocks ---- */

static void begin_blocks(struct sd_card *c, uint32_t block, struct sd_answer *a, uint8_t index,
                         enum sd_state state)
{
    bool there = block < c->blocks;
    c->errors |= there ? 0 : OUT_OF_RANGE;
    r1(c, a, index);
    if (there) {
        c->address = block;
        c->many = index == 18 || index == 25;
        c->found = false;
        c->table_left = 0;
        c->state = state;
    }
}

static void read_block(struct sd_card *c, uint32_t argument, struct sd_answer *a)
{
    begin_blocks(c, argument, a, 17, SD_DATA);
}

static void read_blocks(struct sd_card *c, uint32_t argument, struct sd_answer *a)
{
    begin_blocks(c, argument, a, 18, SD_DATA);
}

static void write_block(struct sd_card *c, uint32_t argument, struct sd_answer *a)
{
    c->received = 0;
    begin_blocks(c, argument, a, 24, SD_RCV);
}

static void write_blocks(struct sd_card *c, uint32_t argument, struct sd_answer *a)
{
    c->received = 0;
    begin_blocks(c, argument, a, 25, SD_RCV);
}

static void stop_transmission(struct sd_card *c, uint32_t argument, struct sd_answer *a)
{
    (void)argument;
    r1(c, a, 12);
    c->state = c->state == SD_RCV ? SD_PRG : SD_TRAN;
    c->sending = false;
}

static void erase_start(struct sd_card *c, uint32_t argument, struct sd_answer *a)
{
    c->erase_begun = argument < c->blocks;
    c->erase_ended = false;
    c->erase_first = argument;
    c->errors |= c->erase_begun ? 0 : OUT_OF_RANGE;
    r1(c, a, 32);
}

static void erase_end(struct sd_card *c, uint32_t argument, struct sd_answer *a)
{
    c->erase_ended = c->erase_begun && argument < c->blocks;
    c->erase_last = argument;
    c->errors |= !c->erase_begun ? ERASE_SEQ_ERROR : argument < c->blocks ? 0 : OUT_OF_RANGE;
    r1(c, a, 33);
}

static void erase(struct sd_card *c, uint32_t argument, struct sd_answer *a)
{
    (void)argument;
    bool good = c->erase_ended && c->erase_first <= c->erase_last;
    if (!good) {
        c->errors |= c->erase_ended ? ERASE_PARAM : ERASE_SEQ_ERROR;
    } else if (!sd_store_erase(&c->store, c->erase_first, c->erase_last)) {
        c->errors |= ERROR_UNKNOWN;
    }
    r1(c, a, 38);
    if (good) {
        c->state = SD_PRG;
        c->busy_until = c->now + ERASE;
    }
    c->erase_begun = c->erase_ended = false;
}

/* ---- what is sent as data beyond blocks ---- */

static void send_table(struct sd_card *c, struct sd_answer *a, uint8_t index, size_t length)
{
    r1(c, a, index);
    c->table_left = length;
    c->many = false;
    c->state = SD_DATA;
}

static void switch_function(struct sd_card *c, uint32_t argument, struct sd_answer *a)
{
    sd_card_switch(&c->speed, argument, c->table);
    send_table(c, a, 6, 64);
}

static void send_sd_status(struct sd_card *c, uint32_t argument, struct sd_answer *a)
{
    (void)argument;
    sd_card_sd_status(c->lines, c->table);
    send_table(c, a, 13, 64);
}

static void send_scr(struct sd_card *c, uint32_t argument, struct sd_answer *a)
{
    (void)argument;
    sd_card_scr(c->table);
    send_table(c, a, 51, 8);
}

static void send_written_blocks(struct sd_card *c, uint32_t argument, struct sd_answer *a)
{
    (void)argument;
    for (unsigned i = 0; i < 4; i++) {
        c->table[i] = (uint8_t)(c->received >> (24 - 8 * i));
    }
    send_table(c, a, 22, 4);
}

static void set_bus_width(struct sd_card *c, uint32_t argument, struct sd_answer *a)
{
    c->lines = (argument & 3) == 2 ? 4 : 1;
    r1(c, a, 6);
}

/* ACMD23: how much to erase before a write; ACMD42: the pull-up on DAT3. */
static void nothing_to_do(struct sd_card *c, uint8_t index, struct sd_answer *a)
{
    r1(c, a, index);
}

static void set_erase_count(struct sd_card *c, uint32_t argument, struct sd_answer *a)
{
    (void)argument;
    nothing_to_do(c, 23, a);
}

static void set_pull_up(struct sd_card *c, uint32_t argument, struct sd_answer *a)
{
    (void)argument;
    nothing_to_do(c, 42, a);
}

/* ---- Table 4-28: which command in which state ---- */

#define IN(state) (1u << (state))
#define SELECTED (IN(SD_TRAN) | IN(SD_DATA) | IN(SD_RCV) | IN(SD_PRG))
#define TRANSFER (IN(SD_STBY) | IN(SD_DIS) | SELECTED)
#define ANY 0x3FFu

struct command {
    uint8_t index;
    bool app;
    uint16_t states;
    void (*run)(struct sd_card *c, uint32_t argument, struct sd_answer *a);
};

static const struct command commands[] = {
    {0, false, ANY, go_idle},
    {2, false, IN(SD_READY), all_send_cid},
    {3, false, IN(SD_IDENT) | IN(SD_STBY), send_relative_address},
    {6, false, IN(SD_TRAN), switch_function},
    {7, false, TRANSFER & ~IN(SD_RCV), select_card},
    {8, false, IN(SD_IDLE), send_if_cond},
    {9, false, IN(SD_STBY), send_csd},
    {10, false, IN(SD_STBY), send_cid},
    {12, false, IN(SD_DATA) | IN(SD_RCV), stop_transmission},
    {13, false, TRANSFER, send_status},
    {15, false, TRANSFER, go_inactive},
    {16, false, IN(SD_TRAN), set_block_length},
    {17, false, IN(SD_TRAN), read_block},
    {18, false, IN(SD_TRAN), read_blocks},
    {24, false, IN(SD_TRAN), write_block},
    {25, false, IN(SD_TRAN), write_blocks},
    {32, false, IN(SD_TRAN), erase_start},
    {33, false, IN(SD_TRAN), erase_end},
    {38, false, IN(SD_TRAN), erase},
    {55, false, IN(SD_IDLE) | TRANSFER, app_command},
    {6, true, IN(SD_TRAN), set_bus_width},
    {13, true, IN(SD_TRAN), send_sd_status},
    {22, true, IN(SD_TRAN), send_written_blocks},
    {23, true, IN(SD_TRAN), set_erase_count},
    {41, true, IN(SD_IDLE), send_op_cond},
    {42, true, IN(SD_TRAN), set_pull_up},
    {51, true, IN(SD_TRAN), send_scr},
};

/* After CMD55 one that is no application's is taken as what it is (4.3.9.1). */
static const struct command *command_of(uint8_t index, bool app)
{
    const struct command *found = NULL;
    for (size_t i = 0; i < sizeof(commands) / sizeof(commands[0]); i++) {
        if (commands[i].index == index && (commands[i].app == app || found == NULL)) {
            found = commands[i].app && !app ? found : &commands[i];
        }
    }
    return found;
}

/* A block that nobody took has gone by; the erase sequence is broken by any other command (4.3.5). */
static void settle(struct sd_card *c, uint8_t index)
{
    c->state = c->state == SD_DATA && !c->many && !c->sending ? SD_TRAN : state_now(c);
    if (c->erase_begun && index != 33 && index != 38 && index != 13) {
        c->erase_begun = c->erase_ended = false;
        c->errors |= ERASE_RESET;
    }
}

static void take_command(void *card, uint8_t index, uint32_t argument, vtime_ps now,
                         struct sd_answer *a)
{
    struct sd_card *c = card;
    *a = (struct sd_answer){.response = SD_SILENT};
    c->now = now;
    settle(c, index);
    if (c->state == SD_INACTIVE) {
        return;
    }
    bool was_app = c->app;
    const struct command *command = command_of(index, was_app);
    c->app = command != NULL && command->app; /* R1 of an application's command says so */
    if (command == NULL || (command->states & IN(c->state)) == 0) {
        c->errors |= ILLEGAL_COMMAND;
    } else {
        command->run(c, argument, a);
    }
    c->app = index == 55 && a->response != SD_SILENT;
}

/* ---- data ---- */

static size_t send(void *card, uint8_t *block, vtime_ps *after)
{
    struct sd_card *c = card;
    size_t length = c->table_left != 0 ? c->table_left : SD_BLOCK;
    if (c->state != SD_DATA) {
        return 0;
    }
    if (c->table_left != 0) {
        memcpy(block, c->table, length);
    } else if (c->address >= c->blocks) {
        c->errors |= OUT_OF_RANGE;
        return 0;
    } else {
        sd_store_read(&c->store, c->address++, block);
    }
    *after = c->found || c->table_left != 0 ? 0 : FIND;
    c->found = c->sending = true;
    return length;
}

static void sent(void *card)
{
    struct sd_card *c = card;
    c->sending = false;
    c->state = c->state == SD_DATA && !c->many ? SD_TRAN : c->state;
}

static enum sd_status receive(void *card, const uint8_t *block, size_t length, vtime_ps now)
{
    struct sd_card *c = card;
    if (c->state != SD_RCV) {
        return SD_STATUS_NONE;
    }
    if (length != SD_BLOCK) {
        return SD_STATUS_BAD_CRC; /* it looks for the CRC elsewhere */
    }
    if (c->address >= c->blocks) {
        c->errors |= OUT_OF_RANGE;
        return SD_STATUS_NONE;
    }
    c->errors |= sd_store_write(&c->store, c->address, block) ? 0 : ERROR_UNKNOWN;
    c->address++;
    c->received++;
    c->busy_until = now + PROGRAM;
    c->state = c->many ? SD_RCV : SD_PRG;
    return SD_STATUS_GOOD;
}

static vtime_ps busy_until(const void *card)
{
    return ((const struct sd_card *)card)->busy_until;
}

static unsigned data_lines(const void *card)
{
    return ((const struct sd_card *)card)->lines;
}

const struct sd_card_ops sd_card_ops = {
    .command = take_command,
    .send = send,
    .sent = sent,
    .receive = receive,
    .busy_until = busy_until,
    .data_lines = data_lines,
};
