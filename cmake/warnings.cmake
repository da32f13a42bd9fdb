# SPDX-FileCopyrightText: candial contributors
# SPDX-License-Identifier: MIT
# The warnings every target of ours is built with, host and firmware alike.
add_compile_options(-Wall -Wextra -Wconversion -Werror
    -Wshadow -Wstrict-prototypes -Wmissing-prototypes -Wundef -Wvla)
