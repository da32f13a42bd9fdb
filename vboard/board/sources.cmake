# SPDX-FileCopyrightText: candial contributors
# SPDX-License-Identifier: MIT
target_sources(candial_vboard PRIVATE
    ${CMAKE_CURRENT_LIST_DIR}/board.c)
