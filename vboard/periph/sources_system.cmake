# SPDX-FileCopyrightText: candial contributors
# SPDX-License-Identifier: MIT
target_sources(candial_vboard PRIVATE
    ${CMAKE_CURRENT_LIST_DIR}/art.c
    ${CMAKE_CURRENT_LIST_DIR}/dbgmcu.c
    ${CMAKE_CURRENT_LIST_DIR}/flash.c
    ${CMAKE_CURRENT_LIST_DIR}/flash_ops.c
    ${CMAKE_CURRENT_LIST_DIR}/flash_options.c
    ${CMAKE_CURRENT_LIST_DIR}/flash_tear.c
    ${CMAKE_CURRENT_LIST_DIR}/iwdg.c
    ${CMAKE_CURRENT_LIST_DIR}/pwr.c
    ${CMAKE_CURRENT_LIST_DIR}/rcc_clocks.c
    ${CMAKE_CURRENT_LIST_DIR}/rcc_gates.c
    ${CMAKE_CURRENT_LIST_DIR}/rcc_irq.c
    ${CMAKE_CURRENT_LIST_DIR}/rcc_osc.c
    ${CMAKE_CURRENT_LIST_DIR}/rcc_pll.c
    ${CMAKE_CURRENT_LIST_DIR}/rcc_regs.c
    ${CMAKE_CURRENT_LIST_DIR}/rcc_reset.c
    ${CMAKE_CURRENT_LIST_DIR}/syscfg.c
    ${CMAKE_CURRENT_LIST_DIR}/../parts/supply.c)
