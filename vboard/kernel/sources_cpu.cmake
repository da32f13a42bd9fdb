# SPDX-FileCopyrightText: candial contributors
# SPDX-License-Identifier: MIT
# The cores and their run loop. cpu_engine*.c alone include Unicorn.
target_sources(candial_vboard PRIVATE
    ${CMAKE_CURRENT_LIST_DIR}/cpu.c
    ${CMAKE_CURRENT_LIST_DIR}/cpu_access.c
    ${CMAKE_CURRENT_LIST_DIR}/cpu_blocks.c
    ${CMAKE_CURRENT_LIST_DIR}/cpu_bus.c
    ${CMAKE_CURRENT_LIST_DIR}/cpu_code.c
    ${CMAKE_CURRENT_LIST_DIR}/cpu_engine.c
    ${CMAKE_CURRENT_LIST_DIR}/cpu_engine_regs.c
    ${CMAKE_CURRENT_LIST_DIR}/cpu_loop.c
    ${CMAKE_CURRENT_LIST_DIR}/cpu_ppb.c
    ${CMAKE_CURRENT_LIST_DIR}/cpu_run.c
    ${CMAKE_CURRENT_LIST_DIR}/cpu_time.c
    ${CMAKE_CURRENT_LIST_DIR}/dwt.c
    ${CMAKE_CURRENT_LIST_DIR}/exception.c
    ${CMAKE_CURRENT_LIST_DIR}/machine.c
    ${CMAKE_CURRENT_LIST_DIR}/mpu.c
    ${CMAKE_CURRENT_LIST_DIR}/nvic.c
    ${CMAKE_CURRENT_LIST_DIR}/scb.c
    ${CMAKE_CURRENT_LIST_DIR}/systick.c
    ${CMAKE_CURRENT_LIST_DIR}/thumb.c)
