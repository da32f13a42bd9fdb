# SPDX-FileCopyrightText: candial contributors
# SPDX-License-Identifier: MIT
# The warnings every target of ours is built with, host and firmware alike.
add_compile_options(-Wall -Wextra -Wconversion
    -Wshadow -Wstrict-prototypes -Wmissing-prototypes -Wundef -Wvla)

# What makes them errors, or nothing: for the programs that tests build by commands of their own too.
set(candial_werror_flags)
if(CANDIAL_WERROR)
    set(candial_werror_flags -Werror)
endif()
add_compile_options(${candial_werror_flags})
