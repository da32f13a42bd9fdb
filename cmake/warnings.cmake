# SPDX-FileCopyrightText: candial contributors
# SPDX-License-Identifier: MIT
# The warnings every target of ours is built with, host and firmware alike.
add_compile_options(-Wall -Wextra -Wconversion -Werror
    -Wshadow -Wstrict-prototypes -Wmissing-prototypes -Wundef -Wvla)

# A file's own path must not change what is built: the same sources give the same bytes in any
# folder, and assertions name files as the tree does.
add_compile_options(-ffile-prefix-map=${PROJECT_SOURCE_DIR}/=)
