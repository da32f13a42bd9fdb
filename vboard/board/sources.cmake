# SPDX-FileCopyrightText: candial contributors
# SPDX-License-Identifier: MIT
target_sources(candial_vboard PRIVATE
    ${CMAKE_CURRENT_LIST_DIR}/board.c
    ${CMAKE_CURRENT_LIST_DIR}/board_power.c
    ${CMAKE_CURRENT_LIST_DIR}/../parts/boot_rom.c
    ${CMAKE_CURRENT_LIST_DIR}/../parts/boot_rom_commands.c
    ${CMAKE_CURRENT_LIST_DIR}/../parts/boot_rom_flash.c
    ${CMAKE_CURRENT_LIST_DIR}/../parts/st_link.c)
