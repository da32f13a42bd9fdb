# SPDX-FileCopyrightText: candial contributors
# SPDX-License-Identifier: MIT
# awk -v name=FILE -f blocks.awk page.md: the code blocks of a page that make up FILE, in order. The first follows
# `<!-- file: FILE -->`; those behind `<!-- continued -->` go on with whatever file came last.
/^<!-- file: / { current = $3 }
/^<!-- (file: .*|continued) -->$/ { wanted = current == name; next }
/^```/ { inside = wanted && !inside; if (!inside) { wanted = 0 }; next }
inside { print }
