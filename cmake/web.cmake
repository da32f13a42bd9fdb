# SPDX-FileCopyrightText: candial contributors
# SPDX-License-Identifier: MIT
# What only the page's build has: no tests, no programs, and the libraries from their sources.

# Assertions stay in, as in the host build: CMake's own RelWithDebInfo flags would define NDEBUG.
set(CMAKE_C_FLAGS_RELWITHDEBINFO "-O2")
# The same bytes wherever it is built.
add_compile_options(-ffile-prefix-map=${PROJECT_SOURCE_DIR}/=)
add_compile_definitions(_DEFAULT_SOURCE _POSIX_C_SOURCE=200809L)

add_subdirectory(web/libraries)
