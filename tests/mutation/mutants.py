# SPDX-FileCopyrightText: candial contributors
# SPDX-License-Identifier: MIT
"""The mutants of a C file: every place where one small thing can be wrong.

Works on tokens, so it knows no types and no precedence. A mutant that does not compile is no mutant;
one that compiles to the same code is none either (`run` finds both).
"""
import re
from typing import NamedTuple

TOKEN = re.compile(
    r"""(?P<skip>/\*.*?\*/|//[^\n]*|\s+|\\\n)
      | (?P<text>"(?:\\.|[^"\\])*"|'(?:\\.|[^'\\])+')
      | (?P<number>(?:0[xX][0-9a-fA-F]+|\d+\.?\d*(?:[eE][-+]?\d+)?)[uUlL]*)
      | (?P<name>[A-Za-z_]\w*)
      | (?P<mark><<=|>>=|->|\+\+|--|<<|>>|<=|>=|==|!=|&&|\|\||[-+*/%&|^]=|.)""",
    re.S | re.X,
)
DIRECTIVE = re.compile(r"^[ \t]*#[ \t]*(\w+)(?:\\\n|[^\n])*", re.M)

# Each operator and what is put in its place, by class.
SWAPS = {
    "relational": {"<": "<=", "<=": "<", ">": ">=", ">=": ">", "==": "!=", "!=": "=="},
    "arithmetic": {
        "+": "-", "-": "+", "*": "/", "/": "*", "%": "*", "<<": ">>", ">>": "<<", "&": "|",
        "|": "&", "^": "|", "+=": "-=", "-=": "+=", "*=": "/=", "/=": "*=", "|=": "&=", "&=": "|=",
        "^=": "|=", "<<=": ">>=", ">>=": "<<=", "++": "--", "--": "++",
    },
    "logical": {"&&": "||", "||": "&&", "true": "false", "false": "true"},
}
# A statement that begins with one of these is a declaration, or moves control.
NOT_DROPPED = set(
    "return break continue if else for while do switch case default goto static const struct enum "
    "union unsigned signed int char double float bool void extern typedef size_t".split()
)


class Token(NamedTuple):
    kind: str
    text: str
    at: int


class Mutant(NamedTuple):
    sort: str  # relational, arithmetic, logical, constant, condition or statement
    at: int
    end: int
    text: str  # what stands in place of source[at:end]

    def apply(self, source):
        return source[: self.at] + self.text + source[self.end :]


def blanked(source):
    """The source with preprocessor lines blanked, but for the values of #define."""

    def blank(match):
        text = match.group(0)
        if match.group(1) != "define":
            return re.sub(r"[^\n]", " ", text)
        head = re.match(r"[ \t]*#[ \t]*define[ \t]+\w+(\([^)]*\))?", text).end()
        return " " * head + text[head:]

    return DIRECTIVE.sub(blank, source)


def tokens_of(source):
    found = []
    for match in TOKEN.finditer(blanked(source)):
        if match.lastgroup != "skip":
            found.append(Token(match.lastgroup, match.group(0), match.start()))
    return found


def is_operand(token):
    return token.kind in ("number", "name", "text") or token.text in ")]"


def swapped(tokens):
    for before, token in zip(tokens, tokens[1:]):
        for sort, table in SWAPS.items():
            new = table.get(token.text)
            if new is None or token.kind == "text":
                continue
            if token.text in "+-*&" and (not is_operand(before) or before.text == "return"):
                continue  # a sign, an address, a pointer
            if token.text == "*" and is_type(before.text):
                continue
            yield Mutant(sort, token.at, token.at + len(token.text), new)


def is_type(name):
    return name in NOT_DROPPED or name.endswith("_t")


def constants(tokens):
    for token in tokens:
        if token.kind != "number":
            continue
        digits = token.text.rstrip("uUlL")
        tail = token.text[len(digits) :]
        if digits.lower().startswith("0x"):
            new = hex(int(digits, 16) + 1)
        elif digits.isdigit():
            new = str(int(digits) + 1)
        else:
            new = repr(float(digits) * 1.25)
        yield Mutant("constant", token.at, token.at + len(token.text), new + tail)


def closing(tokens, i):
    """Index of the mark that closes the one at i; None at the end of the file."""
    depth = 0
    for j in range(i, len(tokens)):
        if tokens[j].text in ("(", "{", "["):
            depth += 1
        elif tokens[j].text in (")", "}", "]"):
            depth -= 1
            if depth == 0:
                return j
    return None


def conditions(tokens, source):
    for i, token in enumerate(tokens):
        if token.text not in ("if", "while") or tokens[i + 1].text != "(":
            continue
        last = closing(tokens, i + 1)
        at, end = tokens[i + 1].at, tokens[last].at + 1
        yield Mutant("condition", at, end, "(!" + source[at:end] + ")")


def statement_end(tokens, i):
    """Index of the `;` of the simple statement that begins at i."""
    while i < len(tokens) and tokens[i].text != ";":
        if tokens[i].text in ("(", "{", "["):
            i = closing(tokens, i)
            if i is None:
                return None
        elif tokens[i].text in (")", "}", "]"):
            return None
        i += 1
    return i if i < len(tokens) else None


def statements(tokens):
    depth = 0
    for i, token in enumerate(tokens):
        depth += {"{": 1, "}": -1}.get(token.text, 0)
        if depth == 0 or token.text not in (";", "{", "}", ":") or i + 2 >= len(tokens):
            continue
        if token.text == ":" and "case" != tokens[i - 2].text and "default" != tokens[i - 1].text:
            continue
        first, second = tokens[i + 1], tokens[i + 2]
        if first.kind != "name" and first.text not in ("*", "++", "--"):
            continue
        if is_type(first.text) or second.kind == "name" or second.text == ":":
            continue
        end = statement_end(tokens, i + 1)
        if end is not None:
            yield Mutant("statement", first.at, tokens[end].at, "")


def mutants_of(source):
    tokens = tokens_of(source)
    found = set(swapped(tokens))
    found.update(constants(tokens))
    found.update(conditions(tokens, source))
    found.update(statements(tokens))
    return sorted(found, key=lambda mutant: (mutant.at, mutant.sort, mutant.end))


def where(source, mutant):
    """line:column:class: the id that replays it alone."""
    line = source.count("\n", 0, mutant.at) + 1
    column = mutant.at - source.rfind("\n", 0, mutant.at)
    return f"{line}:{column}:{mutant.sort}"
