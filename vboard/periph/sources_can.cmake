# SPDX-FileCopyrightText: candial contributors
# SPDX-License-Identifier: MIT
target_sources(candial_vboard PRIVATE
    ${CMAKE_CURRENT_LIST_DIR}/fdcan.c
    ${CMAKE_CURRENT_LIST_DIR}/fdcan_ccu.c
    ${CMAKE_CURRENT_LIST_DIR}/fdcan_filter.c
    ${CMAKE_CURRENT_LIST_DIR}/fdcan_mode.c
    ${CMAKE_CURRENT_LIST_DIR}/fdcan_ram.c
    ${CMAKE_CURRENT_LIST_DIR}/fdcan_regs.c
    ${CMAKE_CURRENT_LIST_DIR}/fdcan_rx.c
    ${CMAKE_CURRENT_LIST_DIR}/fdcan_status.c
    ${CMAKE_CURRENT_LIST_DIR}/fdcan_time.c
    ${CMAKE_CURRENT_LIST_DIR}/fdcan_tx.c
    ${CMAKE_CURRENT_LIST_DIR}/../parts/can_bits.c
    ${CMAKE_CURRENT_LIST_DIR}/../parts/can_bus.c
    ${CMAKE_CURRENT_LIST_DIR}/../parts/can_car.c
    ${CMAKE_CURRENT_LIST_DIR}/../parts/can_ecu.c
    ${CMAKE_CURRENT_LIST_DIR}/../parts/can_node.c
    ${CMAKE_CURRENT_LIST_DIR}/../parts/can_plan.c
    ${CMAKE_CURRENT_LIST_DIR}/../parts/can_player.c
    ${CMAKE_CURRENT_LIST_DIR}/../parts/can_transceiver.c)
