/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
/* Command and response path: CPSM (RM0399 Rev 4, 58.5.4, Figure 751). */
#include "vboard/periph/sdmmc/internal.h"

#include "vboard/chip/fields.h"

#define POWER_ON_CLOCKS 74u /* 58.6.7 */
#define COMMAND_CLOCKS 48u  /* Table 478 */
#define SHORT_CLOCKS 48u
#define LONG_CLOCKS 136u   /* Table 481 */
#define TIMEOUT_CLOCKS 64u /* "a fixed value of 64 SDMMC_CK clock periods" */
#define IDLE_CLOCKS 8u     /* "remains in the Idle state for at least eight" */
#define ANSWER_CLOCKS 8u   /* N_CR: 2 to 64 of the card's choice */
/* DTHOLD, WAITPEND, WAITINT, BOOTEN: not locked while CPSMEN = 1 (58.10.4). */
#define CMDR_OPEN (BIT(15) | CMDR_DTHOLD | BIT(11) | BIT(10))

enum { WAIT_NOTHING, WAIT_SHORT, WAIT_SHORT_NO_CRC, WAIT_LONG };

static unsigned wait_response(const struct sdmmc *s)
{
    return s->p.values[R_CMDR] >> CMDR_WAITRESP_POS & 3u;
}

static void go_idle(struct sdmmc *s, uint32_t flags)
{
    s->cpsm = CPSM_IDLE;
    s->p.values[R_CMDR] &= ~CMDR_CPSMEN;
    s->command_over_at = sdmmc_now(s);
    sdmmc_flag(s, flags);
}

/* ---- the response ---- */

/* R3 has ones where its CRC would be. */
static bool is_crc_good(const struct sdmmc *s)
{
    bool is_long = s->answer.response == SD_LONG;
    if (is_long != (wait_response(s) == WAIT_LONG)) {
        return wait_response(s) == WAIT_SHORT_NO_CRC;
    }
    return s->answer.response != SD_SHORT_PLAIN || wait_response(s) == WAIT_SHORT_NO_CRC;
}

static void keep_answer(struct sdmmc *s)
{
    s->p.values[R_RESPCMDR] = s->answer.index;
    for (unsigned i = 0; i < 4; i++) {
        s->p.values[R_RESPR + i] = s->answer.word[i];
    }
}

static void response_ended(struct sdmmc *s)
{
    if (s->answer.response == SD_SILENT) {
        go_idle(s, STAR_CTIMEOUT);
        return;
    }
    bool good = is_crc_good(s);
    keep_answer(s);
    if (good && sdmmc_has(s, R_CMDR, CMDR_CMDTRANS) && !sdmmc_has(s, R_DCTRL, DCTRL_DTDIR)) {
        sdmmc_data_start(s);
    }
    sdmmc_data_sample_busy(s);
    go_idle(s, good ? STAR_CMDREND : STAR_CCRCFAIL);
}

/* ---- the command ---- */

static void give_to_card(struct sdmmc *s)
{
    const struct sd_slot *slot = sdmmc_card(s, 0);
    s->answer = (struct sd_answer){.response = SD_SILENT};
    if (slot != NULL) {
        slot->ops->command(slot->card, (uint8_t)(s->p.values[R_CMDR] & CMDR_CMDINDEX),
                           s->p.values[R_ARGR], sdmmc_now(s), &s->answer);
    }
}

static void command_ended(struct sdmmc *s)
{
    give_to_card(s);
    if (sdmmc_has(s, R_CMDR, CMDR_CMDSTOP)) {
        sdmmc_data_abort(s);
    }
    if (sdmmc_has(s, R_CMDR, CMDR_CMDTRANS) && sdmmc_has(s, R_DCTRL, DCTRL_DTDIR)) {
        sdmmc_data_start(s);
    }
    sdmmc_data_look(s);
    if (wait_response(s) == WAIT_NOTHING) {
        go_idle(s, STAR_CMDSENT);
        return;
    }
    uint64_t answer = ANSWER_CLOCKS + (wait_response(s) == WAIT_LONG ? LONG_CLOCKS : SHORT_CLOCKS);
    s->cpsm = CPSM_WAIT;
    sdmmc_arm(s, &s->command, s->answer.response == SD_SILENT ? TIMEOUT_CLOCKS : answer, 0);
}

void sdmmc_command_event(void *ctx, vtime_ps now)
{
    struct sdmmc *s = ctx;
    (void)now;
    s->command.on = false;
    if (s->cpsm == CPSM_SEND) {
        command_ended(s);
    } else {
        response_ended(s);
    }
}

/* How long until `clocks` have gone by since then. */
static vtime_ps rest_of(const struct sdmmc *s, vtime_ps since, uint64_t clocks)
{
    vtime_ps span = sdmmc_span(s, clocks);
    vtime_ps now = sdmmc_now(s);
    return span == VTIME_NEVER || since + span <= now ? 0 : since + span - now;
}

static void start(struct sdmmc *s)
{
    vtime_ps power = rest_of(s, s->powered_at, POWER_ON_CLOCKS);
    vtime_ps idle = s->command_over_at == 0 ? 0 : rest_of(s, s->command_over_at, IDLE_CLOCKS);
    transfer_order(s->p.chip, &s->transfer);
    s->cpsm = CPSM_SEND;
    sdmmc_arm(s, &s->command, COMMAND_CLOCKS, power > idle ? power : idle);
    sdmmc_update(s);
}

void sdmmc_command_write(struct periph *p, unsigned slot, uint32_t old, uint32_t written)
{
    struct sdmmc *s = (struct sdmmc *)p;
    (void)written;
    if (s->cpsm != CPSM_IDLE) {
        p->values[slot] = (old & ~CMDR_OPEN) | (p->values[slot] & CMDR_OPEN);
    } else if ((p->values[slot] & CMDR_CPSMEN) != 0) {
        bool nothing_to_move = (p->values[slot] & CMDR_CMDTRANS) != 0 && p->values[R_DLENR] == 0;
        bool is_on = (p->values[R_POWER] & POWER_PWRCTRL) == POWER_ON;
        if (!is_on) {
            periph_report(p, slot, FOUND_WHILE_DISABLED, NULL);
        }
        if (is_on && !nothing_to_move) { /* DATALENGTH = 0: "also no command is transfered" */
            start(s);
        } else {
            p->values[slot] &= ~CMDR_CPSMEN;
        }
    }
    sdmmc_data_settle(s);
}
