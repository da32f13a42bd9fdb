# SPDX-FileCopyrightText: candial contributors
# SPDX-License-Identifier: MIT
# What CMake knows of systems it does not know: static libraries only.
set_property(GLOBAL PROPERTY TARGET_SUPPORTS_SHARED_LIBS FALSE)
set(CMAKE_EXECUTABLE_SUFFIX .wasm)
