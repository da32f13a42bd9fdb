/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
/*
 * The STM32H755's peripherals: bases RM0399 Rev 4 2.3.2 Table 7, gates 9.7.39 to 9.7.47, interrupts 20.1.2
 * Table 149, EXTI's inputs 21.4 Table 152, DMA requests 18.3.2 Tables 126 and 130, kernel clocks 9.7.17 to
 * 9.7.20 (stm32h755_kernels.c). Two in one block of 1 KB ("ADC1/ADC2") are one row; a shared interrupt stands in each.
 *
 * Without a gate, because always clocked: PWR, RCC, EXTI, IWDG, debug unit and CoreSight, RAM ECC, AXI's GPV, and the
 * flash interface (FLITFEN only allocates it, 9.7.39). RM0399 names no gate of DMAMUX1: either
 * DMA controller uses it, so it is always clocked here.
 */
#include "vboard/chips/stm32h755_kernels.h"
#include "vboard/chips/stm32h755.h"
#include "vboard/periph/adc/adc.h"
#include "vboard/periph/art/art.h"
#include "vboard/periph/bdma/bdma.h"
#include "vboard/periph/cec/cec.h"
#include "vboard/periph/comp/comp.h"
#include "vboard/periph/crc/crc.h"
#include "vboard/periph/crs/crs.h"
#include "vboard/periph/cryp/cryp.h"
#include "vboard/periph/dac/dac.h"
#include "vboard/periph/dbgmcu/dbgmcu.h"
#include "vboard/periph/dcmi/dcmi.h"
#include "vboard/periph/dfsdm/dfsdm.h"
#include "vboard/periph/dlyb/dlyb.h"
#include "vboard/periph/dma/dma.h"
#include "vboard/periph/dma2d/dma2d.h"
#include "vboard/periph/dmamux/dmamux.h"
#include "vboard/periph/dsihost/dsihost.h"
#include "vboard/periph/eth/eth.h"
#include "vboard/periph/exti/exti.h"
#include "vboard/periph/fdcan/ccu.h"
#include "vboard/periph/fdcan/fdcan.h"
#include "vboard/periph/flash/flash.h"
#include "vboard/periph/fmc/fmc.h"
#include "vboard/periph/gpio/gpio.h"
#include "vboard/periph/gpv/gpv.h"
#include "vboard/periph/hash/hash.h"
#include "vboard/periph/hrtim/hrtim.h"
#include "vboard/periph/hsem/hsem.h"
#include "vboard/periph/i2c/i2c.h"
#include "vboard/periph/iwdg/iwdg.h"
#include "vboard/periph/jpeg/jpeg.h"
#include "vboard/periph/lptim/lptim.h"
#include "vboard/periph/ltdc/ltdc.h"
#include "vboard/periph/mdios/mdios.h"
#include "vboard/periph/mdma/mdma.h"
#include "vboard/periph/opamp/opamp.h"
#include "vboard/periph/otg/otg.h"
#include "vboard/periph/pwr/pwr.h"
#include "vboard/periph/quadspi/quadspi.h"
#include "vboard/periph/ramecc/ramecc.h"
#include "vboard/periph/rcc/rcc.h"
#include "vboard/periph/rng/rng.h"
#include "vboard/periph/rtc/rtc.h"
#include "vboard/periph/sai/sai.h"
#include "vboard/periph/sdmmc/sdmmc.h"
#include "vboard/periph/spdifrx/spdifrx.h"
#include "vboard/periph/spi/spi.h"
#include "vboard/periph/swpmi/swpmi.h"
#include "vboard/periph/syscfg/syscfg.h"
#include "vboard/periph/tim/tim.h"
#include "vboard/periph/usart/usart.h"
#include "vboard/periph/vrefbuf/vrefbuf.h"
#include "vboard/periph/wwdg/wwdg.h"

#define CM7 (1u << CORE_CM7)
#define CM4 (1u << CORE_CM4)
#define BOTH (CM7 | CM4)
#define NO ENTRY_NO_LINE

/* Offsets of the gates in RCC's plain bank. */
#define AHB3ENR 0x0D4
#define AHB1ENR 0x0D8
#define AHB2ENR 0x0DC
#define AHB4ENR 0x0E0
#define APB3ENR 0x0E4
#define APB1LENR 0x0E8
#define APB1HENR 0x0EC
#define APB2ENR 0x0F0
#define APB4ENR 0x0F4

#define GATE(bus, bit) .enr = bus##ENR, .enr_bit = (bit)
#define KERNEL(clock) &stm32h755_kernel_##clock
#define IRQ(number)                                                                                \
    {                                                                                              \
        NO, (number), BOTH                                                                         \
    }
#define C1(input, number)                                                                          \
    {                                                                                              \
        EXTI_IRQ_C1 + EXTI_IRQ_##input, (number), CM7                                              \
    }
#define C2(input, number)                                                                          \
    {                                                                                              \
        EXTI_IRQ_C2 + EXTI_IRQ_##input, (number), CM4                                              \
    }

/* clang-format off */
const struct chip_entry stm32h755_entries[] = {
    {.name = "TIM2", .model = &tim2_model, .base = 0x40000000, GATE(APB1L, 0),
     .kernel = KERNEL(timx), .irq = {{TIM_IRQ_GLOBAL, 28, BOTH}}, .dma = {{"CH1", 1, 18},
     {"CH2", 1, 19}, {"CH3", 1, 20}, {"CH4", 1, 21}, {"UP", 1, 22}}},
    {.name = "TIM3", .model = &tim3_model, .base = 0x40000400, GATE(APB1L, 1),
     .kernel = KERNEL(timx), .irq = {{TIM_IRQ_GLOBAL, 29, BOTH}}, .dma = {{"CH1", 1, 23},
     {"CH2", 1, 24}, {"CH3", 1, 25}, {"CH4", 1, 26}, {"UP", 1, 27}, {"TRIG", 1, 28}}},
    {.name = "TIM4", .model = &tim3_model, .base = 0x40000800, GATE(APB1L, 2),
     .kernel = KERNEL(timx), .irq = {{TIM_IRQ_GLOBAL, 30, BOTH}}, .dma = {{"CH1", 1, 29},
     {"CH2", 1, 30}, {"CH3", 1, 31}, {"UP", 1, 32}}},
    {.name = "TIM5", .model = &tim2_model, .base = 0x40000C00, GATE(APB1L, 3),
     .kernel = KERNEL(timx), .irq = {{TIM_IRQ_GLOBAL, 50, BOTH}}, .dma = {{"CH1", 1, 55},
     {"CH2", 1, 56}, {"CH3", 1, 57}, {"CH4", 1, 58}, {"UP", 1, 59}, {"TRIG", 1, 60}}},
    {.name = "TIM6", .model = &tim6_model, .base = 0x40001000, GATE(APB1L, 4),
     .kernel = KERNEL(timx), .irq = {{TIM_IRQ_GLOBAL, 54, BOTH}}, .dma = {{"UP", 1, 69}}},
    {.name = "TIM7", .model = &tim6_model, .base = 0x40001400, GATE(APB1L, 5),
     .kernel = KERNEL(timx), .irq = {{TIM_IRQ_GLOBAL, 55, BOTH}}, .dma = {{"UP", 1, 70}}},
    {.name = "TIM12", .model = &tim12_model, .base = 0x40001800, GATE(APB1L, 6),
     .kernel = KERNEL(timx), .irq = {{TIM_IRQ_GLOBAL, 43, BOTH}}},
    {.name = "TIM13", .model = &tim13_model, .base = 0x40001C00, GATE(APB1L, 7),
     .kernel = KERNEL(timx), .irq = {{TIM_IRQ_GLOBAL, 44, BOTH}}},
    {.name = "TIM14", .model = &tim13_model, .base = 0x40002000, GATE(APB1L, 8),
     .kernel = KERNEL(timx), .irq = {{TIM_IRQ_GLOBAL, 45, BOTH}}},
    {.name = "LPTIM1", .model = &lptim1_model, .base = 0x40002400, GATE(APB1L, 9),
     .kernel = KERNEL(lptim1), .irq = {{LPTIM_IRQ_GLOBAL, 93, BOTH}}, .exti = {{LPTIM_IRQ_GLOBAL, 47}},
     .param = 1},
    {.name = "WWDG2", .model = &wwdg_model, .base = 0x40002C00, GATE(APB1L, 11),
     .irq = {{WWDG_IRQ_EARLY, 0, CM4}, {NO, 143, CM7}}, .exti = {{NO, 84}}, .param = 2},
    {.name = "SPI2", .model = &spi_model, .base = 0x40003800, GATE(APB1L, 14), .kernel = KERNEL(spi123),
     .irq = {{SPI_IRQ_GLOBAL, 36, BOTH}}, .exti = {{SPI_IRQ_GLOBAL, 37}}, .dma = {{"RX", 1, 39}, {"TX", 1, 40}}, .param = 16},
    {.name = "SPI3", .model = &spi_model, .base = 0x40003C00, GATE(APB1L, 15), .kernel = KERNEL(spi123),
     .irq = {{SPI_IRQ_GLOBAL, 51, BOTH}}, .exti = {{SPI_IRQ_GLOBAL, 38}}, .dma = {{"RX", 1, 61}, {"TX", 1, 62}}, .param = 16},
    {.name = "SPDIFRX", .model = &spdifrx_model, .base = 0x40004000, GATE(APB1L, 16),
     .kernel = KERNEL(spdifrx), .irq = {{SPDIFRX_IRQ_GLOBAL, 97, BOTH}}, .dma = {{"DAT", 1, 93}, {"CTRL", 1, 94}}},
    {.name = "USART2", .model = &usart_model, .base = 0x40004400, GATE(APB1L, 17),
     .kernel = KERNEL(usart234578), .irq = {{USART_IRQ_GLOBAL, 38, BOTH}}, .exti = {{USART_IRQ_WAKEUP, 27}},
     .dma = {{"RX", 1, 43}, {"TX", 1, 44}}},
    {.name = "USART3", .model = &usart_model, .base = 0x40004800, GATE(APB1L, 18),
     .kernel = KERNEL(usart234578), .irq = {{USART_IRQ_GLOBAL, 39, BOTH}}, .exti = {{USART_IRQ_WAKEUP, 28}},
     .dma = {{"RX", 1, 45}, {"TX", 1, 46}}},
    {.name = "UART4", .model = &usart_model, .base = 0x40004C00, GATE(APB1L, 19),
     .kernel = KERNEL(usart234578), .irq = {{USART_IRQ_GLOBAL, 52, BOTH}}, .exti = {{USART_IRQ_WAKEUP, 30}},
     .dma = {{"RX", 1, 63}, {"TX", 1, 64}}},
    {.name = "UART5", .model = &usart_model, .base = 0x40005000, GATE(APB1L, 20),
     .kernel = KERNEL(usart234578), .irq = {{USART_IRQ_GLOBAL, 53, BOTH}}, .exti = {{USART_IRQ_WAKEUP, 31}},
     .dma = {{"RX", 1, 65}, {"TX", 1, 66}}},
    {.name = "I2C1", .model = &i2c_model, .base = 0x40005400, GATE(APB1L, 21), .kernel = KERNEL(i2c123),
     .irq = {{I2C_IRQ_EVENT, 31, BOTH}, {I2C_IRQ_ERROR, 32, BOTH}}, .exti = {{NO, 22}}, .dma = {{"RX", 1, 33}, {"TX", 1, 34}}},
    {.name = "I2C2", .model = &i2c_model, .base = 0x40005800, GATE(APB1L, 22), .kernel = KERNEL(i2c123),
     .irq = {{I2C_IRQ_EVENT, 33, BOTH}, {I2C_IRQ_ERROR, 34, BOTH}}, .exti = {{NO, 23}}, .dma = {{"RX", 1, 35}, {"TX", 1, 36}}},
    {.name = "I2C3", .model = &i2c_model, .base = 0x40005C00, GATE(APB1L, 23), .kernel = KERNEL(i2c123),
     .irq = {{I2C_IRQ_EVENT, 72, BOTH}, {I2C_IRQ_ERROR, 73, BOTH}}, .exti = {{NO, 24}}, .dma = {{"RX", 1, 73}, {"TX", 1, 74}}},
    {.name = "CEC", .model = &cec_model, .base = 0x40006C00, GATE(APB1L, 27), .kernel = KERNEL(cec),
     .irq = {{CEC_IRQ_GLOBAL, 94, BOTH}}, .exti = {{CEC_IRQ_GLOBAL, 85}}},
    {.name = "DAC1", .model = &dac_model, .base = 0x40007400, GATE(APB1L, 29), .irq = {{DAC_IRQ_UNDERRUN, 54, BOTH}},
     .dma = {{"CH1", 1, 67}, {"CH2", 1, 68}}},
    {.name = "UART7", .model = &usart_model, .base = 0x40007800, GATE(APB1L, 30),
     .kernel = KERNEL(usart234578), .irq = {{USART_IRQ_GLOBAL, 82, BOTH}}, .exti = {{USART_IRQ_WAKEUP, 32}},
     .dma = {{"RX", 1, 79}, {"TX", 1, 80}}},
    {.name = "UART8", .model = &usart_model, .base = 0x40007C00, GATE(APB1L, 31),
     .kernel = KERNEL(usart234578), .irq = {{USART_IRQ_GLOBAL, 83, BOTH}}, .exti = {{USART_IRQ_WAKEUP, 33}},
     .dma = {{"RX", 1, 81}, {"TX", 1, 82}}},
    {.name = "CRS", .model = &crs_model, .base = 0x40008400, GATE(APB1H, 1),
     .irq = {{CRS_IRQ_GLOBAL, 144, BOTH}}},
    {.name = "SWPMI", .model = &swpmi_model, .base = 0x40008800, GATE(APB1H, 2), .kernel = KERNEL(swpmi),
     .irq = {{SWPMI_IRQ_GLOBAL, 115, BOTH}}, .exti = {{NO, 54}}, .dma = {{"RX", 1, 91}, {"TX", 1, 92}}},
    {.name = "OPAMP", .model = &opamp_model, .base = 0x40009000, GATE(APB1H, 4)},
    {.name = "MDIOS", .model = &mdios_model, .base = 0x40009400, GATE(APB1H, 5), .irq = {IRQ(119),
     IRQ(120)}, .exti = {{NO, 42}}},
    {.name = "FDCAN1", .model = &fdcan_model, .base = 0x4000A000, GATE(APB1H, 8),
     .kernel = KERNEL(fdcan), .irq = {{FDCAN_IRQ_IT0, 19, BOTH}, {FDCAN_IRQ_IT1, 21, BOTH}},
     .param = 1},
    {.name = "FDCAN2", .model = &fdcan_model, .base = 0x4000A400, GATE(APB1H, 8),
     .kernel = KERNEL(fdcan), .irq = {{FDCAN_IRQ_IT0, 20, BOTH}, {FDCAN_IRQ_IT1, 22, BOTH}},
     .param = 2},
    {.name = "FDCAN_CCU", .model = &fdcan_ccu_model, .base = 0x4000A800, GATE(APB1H, 8),
     .kernel = KERNEL(fdcan), .irq = {IRQ(63)}},
    {.name = "TIM1", .model = &tim1_model, .base = 0x40010000, GATE(APB2, 0), .kernel = KERNEL(timy),
     .irq = {{TIM_IRQ_BREAK, 24, BOTH}, {TIM_IRQ_UPDATE, 25, BOTH}, {TIM_IRQ_TRIGGER, 26, BOTH},
     {TIM_IRQ_CAPTURE, 27, BOTH}}, .dma = {{"CH1", 1, 11}, {"CH2", 1, 12},
     {"CH3", 1, 13}, {"CH4", 1, 14}, {"UP", 1, 15}, {"TRIG", 1, 16}, {"COM", 1, 17}}},
    {.name = "TIM8", .model = &tim1_model, .base = 0x40010400, GATE(APB2, 1), .kernel = KERNEL(timy),
     .irq = {{TIM_IRQ_BREAK, 43, BOTH}, {TIM_IRQ_UPDATE, 44, BOTH}, {TIM_IRQ_TRIGGER, 45, BOTH},
     {TIM_IRQ_CAPTURE, 46, BOTH}}, .dma = {{"CH1", 1, 47}, {"CH2", 1, 48},
     {"CH3", 1, 49}, {"CH4", 1, 50}, {"UP", 1, 51}, {"TRIG", 1, 52}, {"COM", 1, 53}}},
    {.name = "USART1", .model = &usart_model, .base = 0x40011000, GATE(APB2, 4),
     .kernel = KERNEL(usart16), .irq = {{USART_IRQ_GLOBAL, 37, BOTH}}, .exti = {{USART_IRQ_WAKEUP, 26}},
     .dma = {{"RX", 1, 41}, {"TX", 1, 42}}},
    {.name = "USART6", .model = &usart_model, .base = 0x40011400, GATE(APB2, 5),
     .kernel = KERNEL(usart16), .irq = {{USART_IRQ_GLOBAL, 71, BOTH}}, .exti = {{USART_IRQ_WAKEUP, 29}},
     .dma = {{"RX", 1, 71}, {"TX", 1, 72}}},
    {.name = "SPI1", .model = &spi_model, .base = 0x40013000, GATE(APB2, 12), .kernel = KERNEL(spi123),
     .irq = {{SPI_IRQ_GLOBAL, 35, BOTH}}, .exti = {{SPI_IRQ_GLOBAL, 36}}, .dma = {{"RX", 1, 37}, {"TX", 1, 38}}, .param = 16},
    {.name = "SPI4", .model = &spi4_model, .base = 0x40013400, GATE(APB2, 13), .kernel = KERNEL(spi45),
     .irq = {{SPI_IRQ_GLOBAL, 84, BOTH}}, .exti = {{SPI_IRQ_GLOBAL, 39}}, .dma = {{"RX", 1, 83}, {"TX", 1, 84}}, .param = 8},
    {.name = "TIM15", .model = &tim15_model, .base = 0x40014000, GATE(APB2, 16),
     .kernel = KERNEL(timy), .irq = {{TIM_IRQ_GLOBAL, 116, BOTH}}, .dma = {{"CH1", 1, 105},
     {"UP", 1, 106}, {"TRIG", 1, 107}, {"COM", 1, 108}}},
    {.name = "TIM16", .model = &tim16_model, .base = 0x40014400, GATE(APB2, 17),
     .kernel = KERNEL(timy), .irq = {{TIM_IRQ_GLOBAL, 117, BOTH}}, .dma = {{"CH1", 1, 109},
     {"UP", 1, 110}}},
    {.name = "TIM17", .model = &tim16_model, .base = 0x40014800, GATE(APB2, 18),
     .kernel = KERNEL(timy), .irq = {{TIM_IRQ_GLOBAL, 118, BOTH}}, .dma = {{"CH1", 1, 111},
     {"UP", 1, 112}}},
    {.name = "SPI5", .model = &spi4_model, .base = 0x40015000, GATE(APB2, 20), .kernel = KERNEL(spi45),
     .irq = {{SPI_IRQ_GLOBAL, 85, BOTH}}, .exti = {{SPI_IRQ_GLOBAL, 40}}, .dma = {{"RX", 1, 85}, {"TX", 1, 86}}, .param = 8},
    {.name = "SAI1", .model = &sai_pdm_model, .base = 0x40015800, GATE(APB2, 22), .kernel = KERNEL(sai1),
     .irq = {{SAI_IRQ_GLOBAL, 87, BOTH}}, .dma = {{"A", 1, 87}, {"B", 1, 88}}},
    {.name = "SAI2", .model = &sai_model, .base = 0x40015C00, GATE(APB2, 23), .kernel = KERNEL(sai23),
     .irq = {{SAI_IRQ_GLOBAL, 91, BOTH}}, .dma = {{"A", 1, 89}, {"B", 1, 90}}},
    {.name = "SAI3", .model = &sai_model, .base = 0x40016000, GATE(APB2, 24), .kernel = KERNEL(sai23),
     .irq = {{SAI_IRQ_GLOBAL, 114, BOTH}}, .dma = {{"A", 1, 113}, {"B", 1, 114}}},
    {.name = "DFSDM1", .model = &dfsdm_model, .base = 0x40017000, GATE(APB2, 28), .kernel = KERNEL(dfsdm1),
     .irq = {{DFSDM_IRQ_FLT0, 110, BOTH}, {DFSDM_IRQ_FLT1, 111, BOTH}, {DFSDM_IRQ_FLT2, 112, BOTH},
     {DFSDM_IRQ_FLT3, 113, BOTH}},
     .dma = {{"FLT0", 1, 101}, {"FLT1", 1, 102}, {"FLT2", 1, 103}, {"FLT3", 1, 104}}},
    {.name = "HRTIM", .model = &hrtim_model, .base = 0x40017400, GATE(APB2, 29), .kernel = KERNEL(hrtim),
     .irq = {{HRTIM_IRQ_MASTER, 103, BOTH}, {HRTIM_IRQ_A, 104, BOTH}, {HRTIM_IRQ_B, 105, BOTH},
     {HRTIM_IRQ_C, 106, BOTH}, {HRTIM_IRQ_D, 107, BOTH}, {HRTIM_IRQ_E, 108, BOTH},
     {HRTIM_IRQ_FAULT, 109, BOTH}},
     .dma = {{"M", 1, 95}, {"A", 1, 96}, {"B", 1, 97}, {"C", 1, 98}, {"D", 1, 99}, {"E", 1, 100}}},
    {.name = "DMA1", .model = &dma_model, .base = 0x40020000, GATE(AHB1, 0), .irq = {{0, 11, BOTH},
     {1, 12, BOTH}, {2, 13, BOTH}, {3, 14, BOTH}, {4, 15, BOTH}, {5, 16, BOTH}, {6, 17, BOTH},
     {7, 47, BOTH}}, .param = 1},
    {.name = "DMA2", .model = &dma_model, .base = 0x40020400, GATE(AHB1, 1), .irq = {{0, 56, BOTH},
     {1, 57, BOTH}, {2, 58, BOTH}, {3, 59, BOTH}, {4, 60, BOTH}, {5, 68, BOTH}, {6, 69, BOTH},
     {7, 70, BOTH}}, .param = 2},
    {.name = "DMAMUX1", .model = &dmamux1_model, .base = 0x40020800,
     .irq = {{DMAMUX_IRQ_OVERRUN, 102, BOTH}}, .param = 1},
    {.name = "ADC1/ADC2", .model = &adc12_model, .base = 0x40022000, GATE(AHB1, 5),
     .kernel = KERNEL(adc), .irq = {{ADC_IRQ_GLOBAL, 18, BOTH}}, .dma = {{"ADC1", 1, 9}, {"ADC2", 1, 10}}},
    {.name = "ART", .model = &art_model, .base = 0x40024400, GATE(AHB1, 14)},
    {.name = "ETH", .model = &eth_model, .base = 0x40028000, GATE(AHB1, 15),
     .irq = {{ETH_IRQ_GLOBAL, 61, BOTH}, {ETH_IRQ_WKUP, 62, BOTH}}, .exti = {{ETH_IRQ_WKUP, 86}}},
    {.name = "USB1 OTG_HS", .model = &otg_model, .base = 0x40040000, GATE(AHB1, 25),
     .kernel = KERNEL(usb), .irq = {{OTG_IRQ_EP1_OUT, 74, BOTH}, {OTG_IRQ_EP1_IN, 75, BOTH}, IRQ(76),
     {OTG_IRQ_GLOBAL, 77, BOTH}}, .exti = {{NO, 43}}, .param = 1},
    {.name = "USB2 OTG_FS", .model = &otg_model, .base = 0x40080000, GATE(AHB1, 27),
     .kernel = KERNEL(usb), .irq = {{OTG_IRQ_EP1_OUT, 98, BOTH}, {OTG_IRQ_EP1_IN, 99, BOTH}, IRQ(100),
     {OTG_IRQ_GLOBAL, 101, BOTH}}, .exti = {{NO, 44}}, .param = 2},
    {.name = "DCMI", .model = &dcmi_model, .base = 0x48020000, GATE(AHB2, 0), .irq = {{DCMI_IRQ_GLOBAL, 78, BOTH}},
     .dma = {{"DCMI", 1, 75}}},
    {.name = "CRYP", .model = &cryp_model, .base = 0x48021000, GATE(AHB2, 4),
     .irq = {{CRYP_IRQ_GLOBAL, 79, BOTH}},
     .features = CHIP_HAS_CRYPTO,
     .dma = {{"IN", 1, 76}, {"OUT", 1, 77}}},
    {.name = "HASH", .model = &hash_model, .base = 0x48021400, GATE(AHB2, 5),
     .irq = {{HASH_IRQ_GLOBAL, 80, BOTH}},
     .features = CHIP_HAS_CRYPTO, .dma = {{"IN", 1, 78}}},
    {.name = "RNG", .model = &rng_model, .base = 0x48021800, GATE(AHB2, 6), .kernel = KERNEL(rng),
     .irq = {{RNG_IRQ_GLOBAL, 80, BOTH}}},
    {.name = "SDMMC2", .model = &sdmmc_model, .base = 0x48022400, GATE(AHB2, 9),
     .kernel = KERNEL(sdmmc), .irq = {{SDMMC_IRQ_GLOBAL, 124, BOTH}}, .param = 2},
    {.name = "DLYB SDMMC2", .model = &dlyb_model, .base = 0x48022800, GATE(AHB2, 9)},
    {.name = "RAMECC2", .model = &ramecc_model, .base = 0x48023000, .irq = {{RAMECC_IRQ_ERROR, 145, BOTH}}},
    {.name = "DSIHOST", .model = &dsihost_model, .base = 0x50000000, GATE(APB3, 4), .kernel = KERNEL(dsi),
     .irq = {{DSIHOST_IRQ_GLOBAL, 123, BOTH}}, .features = CHIP_HAS_DSI, .exti = {{NO, 46}}},
    {.name = "LTDC", .model = &ltdc_model, .base = 0x50001000, GATE(APB3, 3), .kernel = KERNEL(ltdc),
     .irq = {{LTDC_IRQ_GLOBAL, 88, BOTH}, {LTDC_IRQ_ERROR, 89, BOTH}}},
    {.name = "WWDG1", .model = &wwdg_model, .base = 0x50003000, GATE(APB3, 6),
     .irq = {{WWDG_IRQ_EARLY, 0, CM7}, {NO, 143, CM4}}, .exti = {{NO, 82}}, .param = 1},
    {.name = "GPV", .model = &gpv_model, .base = 0x51000000},
    {.name = "MDMA", .model = &mdma_model, .base = 0x52000000, GATE(AHB3, 0),
     .irq = {{MDMA_IRQ_GLOBAL, 122, BOTH}}},
    {.name = "DMA2D", .model = &dma2d_model, .base = 0x52001000, GATE(AHB3, 4),
     .irq = {{DMA2D_IRQ_GLOBAL, 90, BOTH}}},
    {.name = "FLASH", .model = &flash_model, .base = 0x52002000,
     .irq = {{FLASH_IRQ_GLOBAL, 4, BOTH}}},
    {.name = "JPEG", .model = &jpeg_model, .base = 0x52003000, GATE(AHB3, 5), .irq = {{JPEG_IRQ_GLOBAL, 121, BOTH}}},
    {.name = "FMC", .model = &fmc_model, .base = 0x52004000, GATE(AHB3, 12), .kernel = KERNEL(fmc),
     .irq = {{FMC_IRQ_GLOBAL, 48, BOTH}}},
    {.name = "QUADSPI", .model = &quadspi_model, .base = 0x52005000, GATE(AHB3, 14),
     .kernel = KERNEL(quadspi), .irq = {{QUADSPI_IRQ_GLOBAL, 92, BOTH}}},
    {.name = "DLYB QUADSPI", .model = &dlyb_model, .base = 0x52006000, GATE(AHB3, 14)},
    {.name = "SDMMC1", .model = &sdmmc_model, .base = 0x52007000, GATE(AHB3, 16),
     .kernel = KERNEL(sdmmc), .irq = {{SDMMC_IRQ_GLOBAL, 49, BOTH}}, .param = 1},
    {.name = "DLYB SDMMC1", .model = &dlyb_model, .base = 0x52008000, GATE(AHB3, 16)},
    {.name = "RAMECC1", .model = &ramecc_model, .base = 0x52009000, .irq = {{RAMECC_IRQ_ERROR, 145, BOTH}}},
    {.name = "EXTI", .model = &exti_model, .base = 0x58000000, .irq = {C1(EXTI0, 6), C1(EXTI1, 7),
     C1(EXTI2, 8), C1(EXTI3, 9), C1(EXTI4, 10), C1(EXTI9_5, 23), C1(EXTI15_10, 40),
     C1(PVD_AVD, 1), C1(RTC_ALARM, 41), C1(TAMP_STAMP, 2), C1(RTC_WKUP, 3), C1(COMP, 137), C2(EXTI0, 6),
     C2(EXTI1, 7), C2(EXTI2, 8), C2(EXTI3, 9), C2(EXTI4, 10), C2(EXTI9_5, 23), C2(EXTI15_10, 40),
     C2(PVD_AVD, 1), C2(RTC_ALARM, 41), C2(TAMP_STAMP, 2), C2(RTC_WKUP, 3), C2(COMP, 137)}},
    {.name = "SYSCFG", .model = &syscfg_model, .base = 0x58000400, GATE(APB4, 1)},
    {.name = "LPUART1", .model = &lpuart_model, .base = 0x58000C00, GATE(APB4, 3),
     .kernel = KERNEL(lpuart1), .irq = {{USART_IRQ_GLOBAL, 142, BOTH}},
     .exti = {{USART_IRQ_WAKEUP, 34}, {NO, 35}, {USART_IRQ_GLOBAL, 64}},
     .dma = {{"RX", 2, 9}, {"TX", 2, 10}}},
    {.name = "SPI6", .model = &spi4_model, .base = 0x58001400, GATE(APB4, 5), .kernel = KERNEL(spi6),
     .irq = {{SPI_IRQ_GLOBAL, 86, BOTH}}, .exti = {{SPI_IRQ_GLOBAL, 41}, {SPI_IRQ_GLOBAL, 65}}, .dma = {{"RX", 2, 11}, {"TX", 2, 12}}, .param = 8},
    {.name = "I2C4", .model = &i2c_model, .base = 0x58001C00, GATE(APB4, 7), .kernel = KERNEL(i2c4),
     .irq = {{I2C_IRQ_EVENT, 95, BOTH}, {I2C_IRQ_ERROR, 96, BOTH}}, .exti = {{NO, 25}, {I2C_IRQ_EVENT, 62}, {I2C_IRQ_ERROR, 63}}, .dma = {{"RX", 2, 13},
     {"TX", 2, 14}}},
    {.name = "LPTIM2", .model = &lptim1_model, .base = 0x58002400, GATE(APB4, 9),
     .kernel = KERNEL(lptim2), .irq = {{LPTIM_IRQ_GLOBAL, 138, BOTH}},
     .exti = {{LPTIM_IRQ_GLOBAL, 48}, {NO, 49}}, .param = 2},
    {.name = "LPTIM3", .model = &lptim3_model, .base = 0x58002800, GATE(APB4, 10),
     .kernel = KERNEL(lptim345), .irq = {{LPTIM_IRQ_GLOBAL, 139, BOTH}},
     .exti = {{LPTIM_IRQ_GLOBAL, 50}, {NO, 51}}, .param = 3},
    {.name = "LPTIM4", .model = &lptim3_model, .base = 0x58002C00, GATE(APB4, 11),
     .kernel = KERNEL(lptim345), .irq = {{LPTIM_IRQ_GLOBAL, 140, BOTH}},
     .exti = {{LPTIM_IRQ_GLOBAL, 52}}, .param = 4},
    {.name = "LPTIM5", .model = &lptim3_model, .base = 0x58003000, GATE(APB4, 12),
     .kernel = KERNEL(lptim345), .irq = {{LPTIM_IRQ_GLOBAL, 141, BOTH}},
     .exti = {{LPTIM_IRQ_GLOBAL, 53}}, .param = 5},
    {.name = "COMP1/COMP2", .model = &comp_model, .base = 0x58003800, GATE(APB4, 14),
     .irq = {{COMP_IRQ_GLOBAL, 137, BOTH}}, .exti = {{COMP_IRQ_WKUP1, 20}, {COMP_IRQ_WKUP2, 21}}},
    {.name = "VREFBUF", .model = &vrefbuf_model, .base = 0x58003C00, GATE(APB4, 15)},
    {.name = "RTC", .model = &rtc_model, .base = 0x58004000, GATE(APB4, 16), .kernel = KERNEL(rtc),
     .irq = {IRQ(2), IRQ(3), IRQ(41)}, .exti = {{RTC_IRQ_ALARM, 17}, {RTC_IRQ_STAMP, 18},
     {RTC_IRQ_WKUP, 19}}},
    {.name = "IWDG1", .model = &iwdg_model, .base = 0x58004800, .kernel = KERNEL(lsi), .param = 1},
    {.name = "IWDG2", .model = &iwdg_model, .base = 0x58004C00, .kernel = KERNEL(lsi), .param = 2},
    {.name = "SAI4", .model = &sai_pdm_model, .base = 0x58005400, GATE(APB4, 21), .kernel = KERNEL(sai4),
     .irq = {{SAI_IRQ_GLOBAL, 146, BOTH}}, .exti = {{SAI_IRQ_GLOBAL, 76}}, .dma = {{"A", 2, 15}, {"B", 2, 16}}},
    {.name = "GPIOA", .model = &gpioa_model, .base = 0x58020000, GATE(AHB4, 0)},
    {.name = "GPIOB", .model = &gpiob_model, .base = 0x58020400, GATE(AHB4, 1)},
    {.name = "GPIOC", .model = &gpio_model, .base = 0x58020800, GATE(AHB4, 2)},
    {.name = "GPIOD", .model = &gpio_model, .base = 0x58020C00, GATE(AHB4, 3)},
    {.name = "GPIOE", .model = &gpio_model, .base = 0x58021000, GATE(AHB4, 4)},
    {.name = "GPIOF", .model = &gpio_model, .base = 0x58021400, GATE(AHB4, 5)},
    {.name = "GPIOG", .model = &gpio_model, .base = 0x58021800, GATE(AHB4, 6)},
    {.name = "GPIOH", .model = &gpio_model, .base = 0x58021C00, GATE(AHB4, 7)},
    {.name = "GPIOI", .model = &gpio_model, .base = 0x58022000, GATE(AHB4, 8)},
    {.name = "GPIOJ", .model = &gpio_model, .base = 0x58022400, GATE(AHB4, 9)},
    {.name = "GPIOK", .model = &gpio_model, .base = 0x58022800, GATE(AHB4, 10)},
    {.name = "RCC", .model = &rcc_model, .base = 0x58024400, .irq = {{RCC_IRQ_GLOBAL, 5, BOTH},
     {RCC_IRQ_HSECSS, IRQ_NMI, BOTH}, {RCC_IRQ_LSECSS, 2, BOTH}}, .exti = {{RCC_IRQ_GLOBAL, 61},
     {RCC_IRQ_HSECSS, 87}}},
    {.name = "PWR", .model = &pwr_model, .base = 0x58024800,
     .irq = {{PWR_IRQ_HOLD2F, 148, CM7}, {PWR_IRQ_HOLD1F, 148, CM4}, {PWR_IRQ_WKUP1, 149, BOTH},
      {PWR_IRQ_WKUP1 + 1, 149, BOTH}, {PWR_IRQ_WKUP1 + 2, 149, BOTH}, {PWR_IRQ_WKUP1 + 3, 149, BOTH},
      {PWR_IRQ_WKUP1 + 4, 149, BOTH}, {PWR_IRQ_WKUP1 + 5, 149, BOTH}},
     .exti = {{PWR_IRQ_PVD_AVD, EXTI_LINE_PVD_AVD}, {PWR_IRQ_WKUP1, 55}, {PWR_IRQ_WKUP1 + 1, 56},
     {PWR_IRQ_WKUP1 + 2, 57}, {PWR_IRQ_WKUP1 + 3, 58}, {PWR_IRQ_WKUP1 + 4, 59},
     {PWR_IRQ_WKUP1 + 5, 60}}},
    {.name = "CRC", .model = &crc_model, .base = 0x58024C00, GATE(AHB4, 19)},
    {.name = "BDMA", .model = &bdma_model, .base = 0x58025400, GATE(AHB4, 21), .irq = {{0, 129, BOTH},
     {1, 130, BOTH}, {2, 131, BOTH}, {3, 132, BOTH}, {4, 133, BOTH}, {5, 134, BOTH},
     {6, 135, BOTH}, {7, 136, BOTH}}, .exti = {{0, 66}, {1, 67}, {2, 68}, {3, 69}, {4, 70},
     {5, 71}, {6, 72}, {7, 73}}},
    {.name = "DMAMUX2", .model = &dmamux2_model, .base = 0x58025800, GATE(AHB4, 21),
     .irq = {{DMAMUX_IRQ_OVERRUN, 128, BOTH}}, .exti = {{DMAMUX_IRQ_OVERRUN, 74}}, .param = 2},
    {.name = "ADC3", .model = &adc3_model, .base = 0x58026000, GATE(AHB4, 24), .kernel = KERNEL(adc),
     .irq = {{ADC_IRQ_GLOBAL, 127, BOTH}}, .exti = {{ADC_IRQ_GLOBAL, 75}}, .dma = {{"ADC3", 1, 115}, {"ADC3", 2, 17}}},
    {.name = "HSEM", .model = &hsem_model, .base = 0x58026400, GATE(AHB4, 25),
     .irq = {{HSEM_IRQ_C1, 125, CM7}, {HSEM_IRQ_C2, 126, CM4}},
     .exti = {{HSEM_IRQ_C1, EXTI_LINE_HSEM_C1}, {HSEM_IRQ_C2, EXTI_LINE_HSEM_C2}}},
    {.name = "RAMECC3", .model = &ramecc3_model, .base = 0x58027000, .irq = {{RAMECC_IRQ_ERROR, 145, BOTH}}},
    /* Tables 625 and 626: CoreSight as the cores see it. */
    {.name = "SYSROM1", .base = 0x5C000000, .span = 0x1000},
    {.name = "DBGMCU", .model = &dbgmcu_model, .base = 0x5C001000},
    {.name = "SWO", .base = 0x5C003000, .span = 0x1000},
    {.name = "SWTF", .base = 0x5C004000, .span = 0x1000},
    {.name = "TSG", .base = 0x5C005000, .span = 0x1000},
    {.name = "SYSROM2", .base = 0x5C010000, .span = 0x1000},
    {.name = "SYS_CTI", .base = 0x5C011000, .span = 0x1000},
    {.name = "CSTF", .base = 0x5C013000, .span = 0x1000},
    {.name = "ETF", .base = 0x5C014000, .span = 0x1000},
    {.name = "TPIU", .base = 0x5C015000, .span = 0x1000},
    {.name = NULL},
};
/* clang-format on */
