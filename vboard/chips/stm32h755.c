/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
#include "vboard/chips/stm32h755.h"

#include <string.h>

#include "vboard/periph/art/art.h"
#include "vboard/periph/dbgmcu/dbgmcu.h"
#include "vboard/periph/exti/exti.h"
#include "vboard/periph/fdcan/fdcan.h"
#include "vboard/periph/fdcan/ccu.h"
#include "vboard/periph/flash/flash.h"
#include "vboard/periph/gpio/gpio.h"
#include "vboard/periph/hsem/hsem.h"
#include "vboard/periph/iwdg/iwdg.h"
#include "vboard/periph/pwr/pwr.h"
#include "vboard/periph/rcc/rcc.h"
#include "vboard/periph/syscfg/syscfg.h"
#include "vboard/periph/tim/tim.h"
#include "vboard/periph/usart/usart.h"

#define CM7 (1u << CORE_CM7)
#define CM4 (1u << CORE_CM4)
#define BOTH (CM7 | CM4)

/* Offsets of the gates in RCC's plain bank (RM0399 9.7.39 to 9.7.47). */
#define AHB1ENR 0x0D8
#define AHB4ENR 0x0E0
#define APB1LENR 0x0E8
#define APB1HENR 0x0EC
#define APB2ENR 0x0F0
#define APB4ENR 0x0F4

/* Bases: RM0399 2.3.2 Table 7. Interrupt numbers: 20.1.2 Table 149. Peripherals without a gate are
 * always clocked: PWR, RCC, EXTI, IWDG, the flash interface, the debug unit. */
const struct chip_entry stm32h755_entries[] = {
    {.name = "TIM2",
     .model = &tim2_model,
     .base = 0x40000000,
     .enr = APB1LENR,
     .enr_bit = 0,
     .irq = {{TIM_IRQ_GLOBAL, 28, BOTH}}},
    {.name = "TIM3",
     .model = &tim3_model,
     .base = 0x40000400,
     .enr = APB1LENR,
     .enr_bit = 1,
     .irq = {{TIM_IRQ_GLOBAL, 29, BOTH}}},
    {.name = "TIM4",
     .model = &tim3_model,
     .base = 0x40000800,
     .enr = APB1LENR,
     .enr_bit = 2,
     .irq = {{TIM_IRQ_GLOBAL, 30, BOTH}}},
    {.name = "TIM5",
     .model = &tim2_model,
     .base = 0x40000C00,
     .enr = APB1LENR,
     .enr_bit = 3,
     .irq = {{TIM_IRQ_GLOBAL, 50, BOTH}}},
    {.name = "TIM6",
     .model = &tim6_model,
     .base = 0x40001000,
     .enr = APB1LENR,
     .enr_bit = 4,
     .irq = {{TIM_IRQ_GLOBAL, 54, BOTH}}},
    {.name = "TIM7",
     .model = &tim6_model,
     .base = 0x40001400,
     .enr = APB1LENR,
     .enr_bit = 5,
     .irq = {{TIM_IRQ_GLOBAL, 55, BOTH}}},
    {.name = "TIM12",
     .model = &tim12_model,
     .base = 0x40001800,
     .enr = APB1LENR,
     .enr_bit = 6,
     .irq = {{TIM_IRQ_GLOBAL, 43, BOTH}}},
    {.name = "TIM13",
     .model = &tim13_model,
     .base = 0x40001C00,
     .enr = APB1LENR,
     .enr_bit = 7,
     .irq = {{TIM_IRQ_GLOBAL, 44, BOTH}}},
    {.name = "TIM14",
     .model = &tim13_model,
     .base = 0x40002000,
     .enr = APB1LENR,
     .enr_bit = 8,
     .irq = {{TIM_IRQ_GLOBAL, 45, BOTH}}},
    {.name = "USART2",
     .model = &usart_model,
     .base = 0x40004400,
     .enr = APB1LENR,
     .enr_bit = 17,
     .irq = {{USART_IRQ_GLOBAL, 38, BOTH}}},
    {.name = "USART3",
     .model = &usart_model,
     .base = 0x40004800,
     .enr = APB1LENR,
     .enr_bit = 18,
     .irq = {{USART_IRQ_GLOBAL, 39, BOTH}}},
    {.name = "UART4",
     .model = &usart_model,
     .base = 0x40004C00,
     .enr = APB1LENR,
     .enr_bit = 19,
     .irq = {{USART_IRQ_GLOBAL, 52, BOTH}}},
    {.name = "UART5",
     .model = &usart_model,
     .base = 0x40005000,
     .enr = APB1LENR,
     .enr_bit = 20,
     .irq = {{USART_IRQ_GLOBAL, 53, BOTH}}},
    {.name = "UART7",
     .model = &usart_model,
     .base = 0x40007800,
     .enr = APB1LENR,
     .enr_bit = 30,
     .irq = {{USART_IRQ_GLOBAL, 82, BOTH}}},
    {.name = "UART8",
     .model = &usart_model,
     .base = 0x40007C00,
     .enr = APB1LENR,
     .enr_bit = 31,
     .irq = {{USART_IRQ_GLOBAL, 83, BOTH}}},
    {.name = "FDCAN1",
     .model = &fdcan_model,
     .base = 0x4000A000,
     .enr = APB1HENR,
     .enr_bit = 8,
     .irq = {{FDCAN_IRQ_IT0, 19, BOTH}, {FDCAN_IRQ_IT1, 21, BOTH}},
     .param = 1},
    {.name = "FDCAN2",
     .model = &fdcan_model,
     .base = 0x4000A400,
     .enr = APB1HENR,
     .enr_bit = 8,
     .irq = {{FDCAN_IRQ_IT0, 20, BOTH}, {FDCAN_IRQ_IT1, 22, BOTH}},
     .param = 2},
    {.name = "FDCAN_CCU",
     .model = &fdcan_ccu_model,
     .base = 0x4000A800,
     .enr = APB1HENR,
     .enr_bit = 8},
    {.name = "USART1",
     .model = &usart_model,
     .base = 0x40011000,
     .enr = APB2ENR,
     .enr_bit = 4,
     .irq = {{USART_IRQ_GLOBAL, 37, BOTH}}},
    {.name = "USART6",
     .model = &usart_model,
     .base = 0x40011400,
     .enr = APB2ENR,
     .enr_bit = 5,
     .irq = {{USART_IRQ_GLOBAL, 71, BOTH}}},
    {.name = "TIM15",
     .model = &tim15_model,
     .base = 0x40014000,
     .enr = APB2ENR,
     .enr_bit = 16,
     .irq = {{TIM_IRQ_GLOBAL, 116, BOTH}}},
    {.name = "TIM16",
     .model = &tim16_model,
     .base = 0x40014400,
     .enr = APB2ENR,
     .enr_bit = 17,
     .irq = {{TIM_IRQ_GLOBAL, 117, BOTH}}},
    {.name = "TIM17",
     .model = &tim16_model,
     .base = 0x40014800,
     .enr = APB2ENR,
     .enr_bit = 18,
     .irq = {{TIM_IRQ_GLOBAL, 118, BOTH}}},
    {.name = "ART", .model = &art_model, .base = 0x40024400, .enr = AHB1ENR, .enr_bit = 14},
    {.name = "FLASH",
     .model = &flash_model,
     .base = 0x52002000,
     .irq = {{FLASH_IRQ_GLOBAL, 4, BOTH}}},
    {.name = "EXTI",
     .model = &exti_model,
     .base = 0x58000000,
     .irq =
         {{EXTI_IRQ_C1 + EXTI_IRQ_EXTI0, 6, CM7},      {EXTI_IRQ_C1 + EXTI_IRQ_EXTI1, 7, CM7},
          {EXTI_IRQ_C1 + EXTI_IRQ_EXTI2, 8, CM7},      {EXTI_IRQ_C1 + EXTI_IRQ_EXTI3, 9, CM7},
          {EXTI_IRQ_C1 + EXTI_IRQ_EXTI4, 10, CM7},     {EXTI_IRQ_C1 + EXTI_IRQ_EXTI9_5, 23, CM7},
          {EXTI_IRQ_C1 + EXTI_IRQ_EXTI15_10, 40, CM7}, {EXTI_IRQ_C1 + EXTI_IRQ_PVD_AVD, 1, CM7},
          {EXTI_IRQ_C1 + EXTI_IRQ_RTC_ALARM, 41, CM7}, {EXTI_IRQ_C1 + EXTI_IRQ_TAMP_STAMP, 2, CM7},
          {EXTI_IRQ_C1 + EXTI_IRQ_RTC_WKUP, 3, CM7},   {EXTI_IRQ_C2 + EXTI_IRQ_EXTI0, 6, CM4},
          {EXTI_IRQ_C2 + EXTI_IRQ_EXTI1, 7, CM4},      {EXTI_IRQ_C2 + EXTI_IRQ_EXTI2, 8, CM4},
          {EXTI_IRQ_C2 + EXTI_IRQ_EXTI3, 9, CM4},      {EXTI_IRQ_C2 + EXTI_IRQ_EXTI4, 10, CM4},
          {EXTI_IRQ_C2 + EXTI_IRQ_EXTI9_5, 23, CM4},   {EXTI_IRQ_C2 + EXTI_IRQ_EXTI15_10, 40, CM4},
          {EXTI_IRQ_C2 + EXTI_IRQ_PVD_AVD, 1, CM4},    {EXTI_IRQ_C2 + EXTI_IRQ_RTC_ALARM, 41, CM4},
          {EXTI_IRQ_C2 + EXTI_IRQ_TAMP_STAMP, 2, CM4}, {EXTI_IRQ_C2 + EXTI_IRQ_RTC_WKUP, 3, CM4}}},
    {.name = "SYSCFG", .model = &syscfg_model, .base = 0x58000400, .enr = APB4ENR, .enr_bit = 1},
    {.name = "IWDG1", .model = &iwdg_model, .base = 0x58004800, .param = 1},
    {.name = "IWDG2", .model = &iwdg_model, .base = 0x58004C00, .param = 2},
    {.name = "GPIOA", .model = &gpioa_model, .base = 0x58020000, .enr = AHB4ENR, .enr_bit = 0},
    {.name = "GPIOB", .model = &gpiob_model, .base = 0x58020400, .enr = AHB4ENR, .enr_bit = 1},
    {.name = "GPIOC", .model = &gpio_model, .base = 0x58020800, .enr = AHB4ENR, .enr_bit = 2},
    {.name = "GPIOD", .model = &gpio_model, .base = 0x58020C00, .enr = AHB4ENR, .enr_bit = 3},
    {.name = "GPIOE", .model = &gpio_model, .base = 0x58021000, .enr = AHB4ENR, .enr_bit = 4},
    {.name = "GPIOF", .model = &gpio_model, .base = 0x58021400, .enr = AHB4ENR, .enr_bit = 5},
    {.name = "GPIOG", .model = &gpio_model, .base = 0x58021800, .enr = AHB4ENR, .enr_bit = 6},
    {.name = "GPIOH", .model = &gpio_model, .base = 0x58021C00, .enr = AHB4ENR, .enr_bit = 7},
    {.name = "GPIOI", .model = &gpio_model, .base = 0x58022000, .enr = AHB4ENR, .enr_bit = 8},
    {.name = "GPIOJ", .model = &gpio_model, .base = 0x58022400, .enr = AHB4ENR, .enr_bit = 9},
    {.name = "GPIOK", .model = &gpio_model, .base = 0x58022800, .enr = AHB4ENR, .enr_bit = 10},
    {.name = "RCC",
     .model = &rcc_model,
     .base = 0x58024400,
     .irq = {{RCC_IRQ_GLOBAL, 5, BOTH},
             {RCC_IRQ_HSECSS, IRQ_NMI, BOTH},
             {RCC_IRQ_LSECSS, 2, BOTH}}},
    {.name = "PWR", .model = &pwr_model, .base = 0x58024800},
    {.name = "HSEM",
     .model = &hsem_model,
     .base = 0x58026400,
     .enr = AHB4ENR,
     .enr_bit = 25,
     .irq = {{HSEM_IRQ_C1, 125, CM7}, {HSEM_IRQ_C2, 126, CM4}}},
    {.name = "DBGMCU", .model = &dbgmcu_model, .base = 0x5C001000},
    {.name = NULL},
};

const struct chip_unmodelled stm32h755_unmodelled[] = {
    {"LPTIM1", 0x40002400, 0x400},        {"WWDG2", 0x40002C00, 0x400},
    {"SPI2", 0x40003800, 0x400},          {"SPI3", 0x40003C00, 0x400},
    {"SPDIFRX", 0x40004000, 0x400},       {"I2C1", 0x40005400, 0x400},
    {"I2C2", 0x40005800, 0x400},          {"I2C3", 0x40005C00, 0x400},
    {"CEC", 0x40006C00, 0x400},           {"DAC1", 0x40007400, 0x400},
    {"CRS", 0x40008400, 0x400},           {"SWPMI", 0x40008800, 0x400},
    {"OPAMP", 0x40009000, 0x400},         {"MDIOS", 0x40009400, 0x400},
    {"TIM1", 0x40010000, 0x400},          {"TIM8", 0x40010400, 0x400},
    {"SPI1", 0x40013000, 0x400},          {"SPI4", 0x40013400, 0x400},
    {"SPI5", 0x40015000, 0x400},          {"SAI1", 0x40015800, 0x400},
    {"SAI2", 0x40015C00, 0x400},          {"SAI3", 0x40016000, 0x400},
    {"DFSDM1", 0x40017000, 0x400},        {"HRTIM", 0x40017400, 0x400},
    {"DMA1", 0x40020000, 0x400},          {"DMA2", 0x40020400, 0x400},
    {"DMAMUX1", 0x40020800, 0x400},       {"ADC1/ADC2", 0x40022000, 0x400},
    {"ETH", 0x40028000, 0x1400},          {"USB1 OTG_HS", 0x40040000, 0x40000},
    {"USB2 OTG_FS", 0x40080000, 0x40000}, {"DCMI", 0x48020000, 0x400},
    {"CRYP", 0x48021000, 0x400},          {"HASH", 0x48021400, 0x400},
    {"RNG", 0x48021800, 0x400},           {"SDMMC2", 0x48022400, 0x400},
    {"DLYB SDMMC2", 0x48022800, 0x400},   {"RAMECC2", 0x48023000, 0x400},
    {"DSIHOST", 0x50000000, 0x1000},      {"LTDC", 0x50001000, 0x1000},
    {"WWDG1", 0x50003000, 0x1000},        {"AXI GPV", 0x51000000, 0x100000},
    {"MDMA", 0x52000000, 0x1000},         {"DMA2D", 0x52001000, 0x1000},
    {"JPEG", 0x52003000, 0x1000},         {"FMC", 0x52004000, 0x1000},
    {"QUADSPI", 0x52005000, 0x1000},      {"DLYB QUADSPI", 0x52006000, 0x1000},
    {"SDMMC1", 0x52007000, 0x1000},       {"DLYB SDMMC1", 0x52008000, 0x1000},
    {"RAMECC1", 0x52009000, 0x400},       {"LPUART1", 0x58000C00, 0x400},
    {"SPI6", 0x58001400, 0x400},          {"I2C4", 0x58001C00, 0x400},
    {"LPTIM2", 0x58002400, 0x400},        {"LPTIM3", 0x58002800, 0x400},
    {"LPTIM4", 0x58002C00, 0x400},        {"LPTIM5", 0x58003000, 0x400},
    {"COMP1/COMP2", 0x58003800, 0x400},   {"VREFBUF", 0x58003C00, 0x400},
    {"RTC", 0x58004000, 0x400},           {"SAI4", 0x58005400, 0x400},
    {"CRC", 0x58024C00, 0x400},           {"BDMA", 0x58025400, 0x400},
    {"DMAMUX2", 0x58025800, 0x400},       {"ADC3", 0x58026000, 0x400},
    {"RAMECC3", 0x58027000, 0x400},       {NULL, 0, 0},
};

int stm32h755_init(struct stm32h755 *s, const struct chip_params *params, struct supply *supply)
{
    memset(s, 0, sizeof(*s));
    if (chip_setup(&s->chip, params) != 0) {
        return -1;
    }
    s->chip.supply = supply;
    s->chip.unmodelled = stm32h755_unmodelled;
    if (chip_memory_init(&s->memory, &s->chip, params->seed) != 0) {
        return -1;
    }
    if (chip_populate(&s->chip, stm32h755_entries) != 0) {
        return -1;
    }
    /* Direct event inputs of EXTI (RM0399 Table 152) that come from outside its own models. */
    struct periph *exti = chip_periph(&s->chip, "EXTI");
    irq_connect(&chip_periph(&s->chip, "PWR")->irq[PWR_IRQ_PVD_AVD], exti_sink(exti),
                EXTI_LINE_PVD_AVD);
    return 0;
}

void stm32h755_destroy(struct stm32h755 *s)
{
    chip_teardown(&s->chip);
    chip_memory_destroy(&s->memory);
}
