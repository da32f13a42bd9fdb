/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
#ifndef TESTS_REGISTERS_DEVICE_NAMES_H
#define TESTS_REGISTERS_DEVICE_NAMES_H

/*
 * How the firmware's device header, which follows ST's names, calls what the table calls by
 * RM0399's. Everything not listed has the same name in both.
 */

/* X(struct of the header, layout of the table, offset of the struct in the layout) */
#define DEVICE_STRUCTS(X)                                                                          \
    X(RCC_TypeDef, "rcc", 0)                                                                       \
    X(RCC_Core_TypeDef, "rcc", 0x130)                                                              \
    X(PWR_TypeDef, "pwr", 0)                                                                       \
    X(FLASH_TypeDef, "flash", 0)                                                                   \
    X(ART_TypeDef, "art", 0)                                                                       \
    X(GPIO_TypeDef, "gpio", 0)                                                                     \
    X(HSEM_TypeDef, "hsem", 0)                                                                     \
    X(EXTI_TypeDef, "exti", 0)                                                                     \
    X(EXTI_Core_TypeDef, "exti", 0x80)                                                             \
    X(IWDG_TypeDef, "iwdg", 0)                                                                     \
    X(DBGMCU_TypeDef, "dbgmcu", 0)                                                                 \
    X(TIM_TypeDef, "tim2", 0)                                                                      \
    X(USART_TypeDef, "usart", 0)                                                                   \
    X(FDCAN_GlobalTypeDef, "fdcan", 0)                                                             \
    X(FDCAN_ClockCalibrationUnit_TypeDef, "ccu", 0)

/* Macro prefixes: {prefix, layout} */
#define DEVICE_PREFIXES                                                                            \
    {"FDCANCCU_", "ccu"}, {"FDCAN_", "fdcan"}, {"RCC_", "rcc"}, {"PWR_", "pwr"},                   \
        {"FLASH_", "flash"}, {"ART_", "art"}, {"GPIO_", "gpio"}, {"HSEM_", "hsem"},                \
        {"IWDG_", "iwdg"}, {"DBGMCU_", "dbgmcu"}, {"TIM_", "tim2"},                                \
    {                                                                                              \
        "USART_", "usart"                                                                          \
    }

/* {layout, name in the header, name in the table} */
#define DEVICE_REGISTERS                                                                           \
    {"pwr", "CPUCR", "CPU1CR"}, {"gpio", "AFR", "AFRL"}, {"dbgmcu", "IDCODE", "IDC"},              \
        {"hsem", "R", "R%u"}, {"exti", "IMR1", "C1IMR1"}, {"exti", "EMR1", "C1EMR1"},              \
        {"exti", "PR1", "C1PR1"},                                                                  \
    {                                                                                              \
        "hsem", "RLR", "RLR%u"                                                                     \
    }

/* {layout, register, field in the header, field in the table} */
#define DEVICE_FIELDS                                                                              \
    {"rcc", "CR", "CSSHSEON", "HSECSSON"}, {"rcc", "PLL1DIVR", "N1", "DIVN1"},                     \
        {"rcc", "PLL1DIVR", "P1", "DIVP1"}, {"rcc", "PLL1DIVR", "Q1", "DIVQ1"},                    \
        {"rcc", "PLL1DIVR", "R1", "DIVR1"}, {"rcc", "D2CCIP2R", "USART28SEL", "USART234578SEL"},   \
        {"rcc", "AHB3ENR", "FLASHEN", "FLITFEN"}, {"pwr", "CR3", "SMPSEN", "SDEN"},                \
        {"pwr", "CR3", "SMPSEXTHP", "SDEXTHP"}, {"pwr", "CR3", "SMPSLEVEL", "SDLEVEL"},            \
        {"pwr", "CR1", "PVDEN", "PVDE"}, {"usart", "CR1", "RXNEIE_RXFNEIE", "RXFNEIE"},            \
        {"usart", "ISR", "RXNE_RXFNE", "RXFNE"},                                                   \
    {                                                                                              \
        "usart", "ISR", "TXE_TXFNF", "TXFNF"                                                       \
    }

/* {name in the header without _BASE, instance of the table} */
#define DEVICE_BASES                                                                               \
    {                                                                                              \
        "FLASH_R", "FLASH"                                                                         \
    }

#endif
