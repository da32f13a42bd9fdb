# SPDX-FileCopyrightText: candial contributors
# SPDX-License-Identifier: MIT
# Static checks of the tree, registered with CTest.
