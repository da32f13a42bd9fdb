# SPDX-FileCopyrightText: candial contributors
# SPDX-License-Identifier: MIT
# Pins, interrupts, semaphores, UARTs, timers, and the parts that hang on pins.
target_sources(candial_vboard PRIVATE
    ${CMAKE_CURRENT_LIST_DIR}/exti.c
    ${CMAKE_CURRENT_LIST_DIR}/gpio.c
    ${CMAKE_CURRENT_LIST_DIR}/gpio_af.c
    ${CMAKE_CURRENT_LIST_DIR}/hsem.c
    ${CMAKE_CURRENT_LIST_DIR}/tim.c
    ${CMAKE_CURRENT_LIST_DIR}/tim_channel.c
    ${CMAKE_CURRENT_LIST_DIR}/tim_count.c
    ${CMAKE_CURRENT_LIST_DIR}/tim_regs.c
    ${CMAKE_CURRENT_LIST_DIR}/usart.c
    ${CMAKE_CURRENT_LIST_DIR}/usart_line.c
    ${CMAKE_CURRENT_LIST_DIR}/../parts/button.c
    ${CMAKE_CURRENT_LIST_DIR}/../parts/led.c
    ${CMAKE_CURRENT_LIST_DIR}/../parts/pulse_meter.c
    ${CMAKE_CURRENT_LIST_DIR}/../parts/servo.c
    ${CMAKE_CURRENT_LIST_DIR}/../parts/uart_link.c)
