/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
/*
 * RM0399 Rev 4 chapter 59: initialization 59.4.1, message RAM 59.4.2, filters 59.4.21 and 59.4.22,
 * Rx FIFO element 59.4.18, clock calibration unit 59.4.5. Kernel clock: pll1_q_ck, 80 MHz.
 */
#include "stm32h755xx.h"

#include "firmware/cm4/can.h"

#include "core/frame.h"
#include "firmware/cm4/can_mode.h"
#include "firmware/cm4/can_ram.h"
#include "firmware/cm4/can_tx.h"
#include "firmware/cm4/handlers.h"
#include "firmware/cm4/priority.h"
#include "firmware/cm4/servo.h"
#include "firmware/common/can_plan.h"
#include "firmware/common/hsem.h"
#include "firmware/common/shared.h"
#include "firmware/common/timebase.h"

/* The kernel clock is 80 MHz, the M4's 200: INIT follows within a few of both. */
#define INIT_POLLS 10000U

/* The flags that raise the interrupt, and all that it clears: others are looked at, and cleared, elsewhere. */
#define INTERRUPTS (FDCAN_IR_RF0N | FDCAN_IR_RF0L | FDCAN_IR_EP | FDCAN_IR_EW | FDCAN_IR_BO)
_Static_assert(INTERRUPTS ==
                   (FDCAN_IE_RF0NE | FDCAN_IE_RF0LE | FDCAN_IE_EPE | FDCAN_IE_EWE | FDCAN_IE_BOE),
               "IE has a flag's enable where IR has the flag");

/* 80 MHz / 40 quanta = 2 Mbit/s, sample point 80 %: the usual rate, where the profile names none. */
#define DATA_TIMING_2M ((31UL - 1UL) << 8 | (8UL - 1UL) << 4 | (7UL - 1UL))

/* Must frames be heard that no filter wants? To prove, or find, the bit rate, and to ask only a car that is awake. */
static bool hears_all(const struct ipc_can_config *config)
{
    return (config->mode & IPC_CAN_ACTIVE) != 0 || config->nominal_timing[1] != 0;
}

/* CCCR.INIT crosses into the kernel clock's domain: read it back (59.5.6). */
static bool wait_init(void)
{
    for (uint32_t i = 0; i < INIT_POLLS; i++) {
        if ((FDCAN1->CCCR & FDCAN_CCCR_INIT) != 0) {
            return true;
        }
    }
    return false;
}

static void write_filters(const struct ipc_can_config *config)
{
    uint32_t standard = 0;
    uint32_t extended = 0;
    for (uint32_t i = 0; i < config->filter_count && i < IPC_FILTERS; i++) {
        const struct ipc_filter *filter = &config->filter[i];
        if (filter->extended != 0) {
            /* EFEC 001: to FIFO 0. EFT 10: classic filter, id and mask. */
            volatile uint32_t *element =
                can_ram(CAN_RAM_EXTENDED + extended * CAN_RAM_EXTENDED_WORDS);
            element[0] = (1UL << 29) | (filter->id & CAN_ID_EXTENDED_MAX);
            element[1] = (2UL << 30) | (filter->mask & CAN_ID_EXTENDED_MAX);
            extended++;
        } else {
            /* SFT 10: classic filter. SFEC 001: to FIFO 0. */
            *can_ram(CAN_RAM_STANDARD + standard * CAN_RAM_STANDARD_WORDS) =
                (2UL << 30) | (1UL << 27) | ((filter->id & CAN_ID_STANDARD_MAX) << 16) |
                (filter->mask & CAN_ID_STANDARD_MAX);
            standard++;
        }
    }
    FDCAN1->SIDFC = (standard << FDCAN_SIDFC_LSS_Pos) | (CAN_RAM_STANDARD << FDCAN_SIDFC_FLSSA_Pos);
    FDCAN1->XIDFC = (extended << FDCAN_XIDFC_LSE_Pos) | (CAN_RAM_EXTENDED << FDCAN_XIDFC_FLESA_Pos);
    /* Remote requests: rejected. What matches nothing: to FIFO 1 (01), or rejected (10). */
    const uint32_t others = hears_all(config) ? 1U : 2U;
    FDCAN1->GFC = (1UL << FDCAN_GFC_RRFE_Pos) | (1UL << FDCAN_GFC_RRFS_Pos) |
                  (others << FDCAN_GFC_ANFE_Pos) | (others << FDCAN_GFC_ANFS_Pos);
}

static void write_configuration(const struct ipc_can_config *config)
{
    can_mode_configure(config);
    FDCAN_CCU->CCFG = FDCANCCU_CCFG_BCC; /* calibration bypassed: the kernel clock as it is */
    FDCAN1->DBTP = config->data_timing != 0 ? config->data_timing : DATA_TIMING_2M;
    for (uint32_t i = 0; i < CAN_RAM_WORDS; i++) {
        *can_ram(i) = 0; /* no reset clears it */
    }
    write_filters(config);
    FDCAN1->RXESC = 7UL << FDCAN_RXESC_F0DS_Pos; /* 64 bytes; FIFO 1: 8 */
    FDCAN1->RXF0C =
        (CAN_RAM_FIFO_ELEMENTS << FDCAN_RXF0C_F0S_Pos) | (CAN_RAM_FIFO << FDCAN_RXF0C_F0SA_Pos);
    if (hears_all(config)) {
        FDCAN1->RXF1C = (1UL << FDCAN_RXF1C_F1OM_Pos) |
                        (CAN_RAM_OTHERS_ELEMENTS << FDCAN_RXF1C_F1S_Pos) |
                        (CAN_RAM_OTHERS << FDCAN_RXF1C_F1SA_Pos);
    }
    can_tx_configure(config);
    FDCAN1->IR = FDCAN1->IR; /* write 1 to clear */
    FDCAN1->ILS = 0;         /* everything on line 0 */
    FDCAN1->IE = INTERRUPTS;
    FDCAN1->ILE = FDCAN_ILE_EINT0;
}

enum fault can_start(const struct ipc_can_config *config)
{
    RCC_C2->APB1HENR |= RCC_APB1HENR_FDCANEN;
    (void)RCC_C2->APB1HENR;
    if (config->nominal_timing[0] == 0) {
        return FAULT_CAN_NOT_READY;
    }
    FDCAN1->CCCR |= FDCAN_CCCR_INIT;
    if (!wait_init()) {
        return FAULT_CAN_NOT_READY;
    }
    FDCAN1->CCCR |= FDCAN_CCCR_CCE;
    write_configuration(config);
    NVIC_SetPriority(FDCAN1_IT0_IRQn, PRIORITY_DATA);
    NVIC_EnableIRQ(FDCAN1_IT0_IRQn);
    return can_mode_start();
}

/* ---- receiving ---- */

/* Table 502; a classic frame has at most 8 bytes whatever its code. */
static uint8_t payload_length(uint32_t dlc, bool fd)
{
    static const uint8_t long_lengths[] = {12, 16, 20, 24, 32, 48, 64};
    if (dlc <= 8) {
        return (uint8_t)dlc;
    }
    return fd ? long_lengths[dlc - 9U] : 8U;
}

static void read_element(struct ipc_event *event, uint32_t index)
{
    const volatile uint32_t *element = can_ram(CAN_RAM_FIFO + index * CAN_RAM_FIFO_WORDS);
    const uint32_t r0 = element[0];
    const uint32_t r1 = element[1];
    const bool is_extended = (r0 & (1UL << 30)) != 0;
    const bool is_remote = (r0 & (1UL << 29)) != 0;
    const bool is_fd = (r1 & (1UL << 21)) != 0;
    event->kind = IPC_EVENT_FRAME;
    event->id = is_extended ? (r0 & CAN_ID_EXTENDED_MAX) | IPC_ID_EXTENDED
                            : (r0 >> 18) & CAN_ID_STANDARD_MAX;
    event->flags = (uint8_t)((is_fd ? IPC_FRAME_FD : 0U) | (is_remote ? IPC_FRAME_REMOTE : 0U));
    event->len = payload_length((r1 >> 16) & 15U, is_fd);
    uint32_t *words = (uint32_t *)(void *)event->data; /* aligned: core/ipc.h asserts it */
    for (uint32_t i = 0; i < (event->len + 3U) / 4U; i++) {
        words[i] = element[2U + i];
    }
}

/* Empties the FIFO into m4_events; a full ring costs the frame and is counted by it. */
static void drain_fifo(uint32_t now_us)
{
    struct ipc_m4_part *m4 = &SHARED->m4;
    uint32_t status = FDCAN1->RXF0S;
    while ((status & FDCAN_RXF0S_F0FL_Msk) != 0) {
        const uint32_t index = (status & FDCAN_RXF0S_F0GI_Msk) >> FDCAN_RXF0S_F0GI_Pos;
        struct ipc_event *event = ipc_m4_events_slot(SHARED);
        if (event != NULL) {
            event->time_us = now_us;
            read_element(event, index);
            ipc_m4_events_push(SHARED);
        }
        m4->rx_frames++;
        FDCAN1->RXF0A = index;
        status = FDCAN1->RXF0S;
    }
}

/* Reading PSR sets LEC to "no change" (59.5.13): the last real one is kept. */
static void copy_state(void)
{
    struct ipc_m4_part *m4 = &SHARED->m4;
    const uint32_t psr = FDCAN1->PSR;
    const uint32_t known = (psr & FDCAN_PSR_LEC) == FDCAN_PSR_LEC ? FDCAN_PSR_LEC : 0U;
    m4->can_good += (psr & FDCAN_PSR_LEC) == 0 ? 1U : 0U;
    m4->can_bad += (psr & FDCAN_PSR_LEC) != 0 && known == 0 ? 1U : 0U;
    m4->can_psr = (psr & ~known) | (m4->can_psr & known);
    m4->can_ecr = FDCAN1->ECR;
}

static void report_bus_state(void)
{
    struct ipc_event *event = ipc_m4_events_slot(SHARED);
    copy_state();
    if (event != NULL) {
        event->kind = IPC_EVENT_BUS_STATE;
        event->time_us = time_us();
        event->id = SHARED->m4.can_psr;
        event_put_u32(event, SHARED->m4.can_ecr);
        ipc_m4_events_push(SHARED);
    }
}

void FDCAN1_IT0_IRQHandler(void)
{
    const uint32_t now_us = time_us();
    const uint32_t flags = FDCAN1->IR & INTERRUPTS;
    FDCAN1->IR = flags; /* write 1 to clear, before the FIFO is read: later frames raise it again */
    if ((flags & FDCAN_IR_RF0L) != 0) {
        SHARED->m4.fifo_lost++;
    }
    drain_fifo(now_us);
    if ((flags & (FDCAN_IR_EP | FDCAN_IR_EW | FDCAN_IR_BO)) != 0) {
        report_bus_state();
    }
    servo_note_frame(now_us);
    hsem_doorbell();
}

/* Did frames come that no filter wants? FIFO 1 raises no interrupt: the flag is looked at here. */
static bool take_others(void)
{
    const bool was_heard = (FDCAN1->IR & FDCAN_IR_RF1N) != 0;
    if (was_heard) {
        FDCAN1->IR = FDCAN_IR_RF1N; /* write 1 to clear */
        SHARED->m4.car_heard++;
    }
    return was_heard;
}

enum fault can_watch(void)
{
    static uint32_t rx_frames;
    __disable_irq();
    copy_state();
    const bool was_heard = take_others() || SHARED->m4.rx_frames != rx_frames;
    rx_frames = SHARED->m4.rx_frames;
    can_tx_tick();
    const enum fault fault = can_mode_tick(was_heard);
    __enable_irq();
    return fault;
}
