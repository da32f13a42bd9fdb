# SPDX-FileCopyrightText: candial contributors
# SPDX-License-Identifier: MIT
target_sources(candial_vboard PRIVATE
    ${CMAKE_CURRENT_LIST_DIR}/memory.c
    ${CMAKE_CURRENT_LIST_DIR}/stm32h755.c)
