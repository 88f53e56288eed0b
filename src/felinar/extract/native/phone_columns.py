"""Columns of the matrices of the native phone reader, and the places of its scratch and of its tables."""

from __future__ import annotations

from itertools import accumulate

from felinar.extract.native.pattern import MATCH_ROOM

# Atoms: absolute folded places, how it was written (0 digits, 1 word, 2 guess), its digits, a plus before it, the kind
# of its word (-1 none), the languages of the word as bits, the stretch before it, how many digits its word has, whether
# a line or a sentence ends behind it.
(
    A_START, A_END, A_KIND, A_DIGITS, A_DIGITS_END, A_PLUS, A_WORD, A_LANGUAGES, A_GAP_AT, A_GAP_END, A_WORD_SIZE,
    A_ENDS,
) = range(12)  # fmt: skip
ATOM_COLUMNS = 12
AS_DIGITS, AS_WORD, AS_GUESS = 0, 1, 2
# Runs: text (the first form of one that is read twice), where it stands among the texts that are read, atoms first to
# stop, a letter before and after, number of its span, a plus in or before the span, whether it is of the span with what
# stands beside it, whether it is read in its second form, how many runs (and such of spans with a plus) stand before it
# in its text, and what stands somewhere in the text (bits of phone_chunks).
(
    U_TEXT, U_ROW, U_FIRST, U_STOP, U_LETTER_BEFORE, U_LETTER_AFTER, U_SPAN, U_PLUS, U_WIDE, U_SECOND, U_NUMBER,
    U_PLUS_NUMBER, U_SIGNS, U_TRIED,
) = range(14)  # fmt: skip
U_COLUMNS = 14
# Parts of runs: text, atoms first to stop, a letter before and after, hints, where it stands, and its pieces without
# figures with a unit (where there are such); P_CUE: a word near it invites to call, and 2 more in a contact field;
# P_AMOUNT: its last atom is such a figure behind blanks.
(
    P_TEXT, P_FIRST, P_STOP, P_LETTER_BEFORE, P_LETTER_AFTER, P_CUE, P_ODD, P_ORDERED, P_REGION,
    P_SPAN, P_PLUS, P_WIDE, P_UNITS, P_PIECE, P_PIECE_STOP, P_SECOND, P_AMOUNT, P_NUMBER, P_PLUS_NUMBER,
    P_TRIED,
) = range(20)  # fmt: skip
PART_COLUMNS = 20
# Links: text, absolute folded places of the digits, and the digits.
L_TEXT, L_START, L_END, L_DIGITS, L_DIGITS_END = range(5)
LINK_COLUMNS = 5
# Atoms while a run is gathered: places, kind, digits (first, how many), plus, word, languages, a word for tens or
# hundreds (bits of `phone_vocabulary.TENS`), a connector before it, the stretch before it, how many digits its word
# has.
(
    S_START, S_END, S_KIND, S_DIGITS, S_COUNT, S_PLUS, S_WORD, S_LANGUAGES, S_TENS, S_CONNECTED, S_GAP, S_GAP_END,
    S_WORD_SIZE,
) = range(13)  # fmt: skip
SCRATCH_COLUMNS = 13

# The tables are one array that begins with the places of these.
(
    T_WORDS, T_ALIKE, T_ALIKE_FOLDED, T_SOUNDS, T_PARTS, T_ENTRIES, T_MEMBERS, T_STEPS, T_LETTERS, T_NEAR, T_REGION,
    T_RARE, T_ALL_RARE, T_EXTENSIONS, T_OWN, T_OTHER, T_MASKS, T_UNITS, TABLES,
) = range(19)  # fmt: skip

# The scratch is one array too; the rows of chunks and the digits of a run lie behind what is named here.
# Chunks: where they begin and end, their weight, whether they are a number word; before, their keys (phone_keys).
C_WEIGHT, C_SPOKEN = range(2, 4)
CHUNK_COLUMNS = 6
MOST_ATOMS, MOST_LOCAL, MOST_HIDDEN, MOST_WORD, MOST_LANGUAGES = 256, 48, 128, 100, 58
_ROOMS = {
    "match": MATCH_ROOM, "said": 8, "said_digits": 4 * MOST_WORD, "way": 3 * (MOST_WORD + 1),
    "glue": 8 * (MOST_WORD + 1), "local": 5 * MOST_LOCAL, "counts": MOST_LANGUAGES, "sound": 48,
    "hidden": 2 * MOST_HIDDEN + 32, "units": 2 * MOST_HIDDEN + 32, "near": 8, "context": 32,
    "atoms": SCRATCH_COLUMNS * (MOST_ATOMS + 1),
}  # fmt: skip
_AT = dict(zip([*_ROOMS, "end"], accumulate(_ROOMS.values(), initial=0), strict=True))
R_SAID, R_SAID_DIGITS, R_WAY, R_GLUE = _AT["said"], _AT["said_digits"], _AT["way"], _AT["glue"]
R_LOCAL, R_COUNTS, R_SOUND, R_HIDDEN, R_UNITS = (_AT[k] for k in ("local", "counts", "sound", "hidden", "units"))
R_NEAR, R_CONTEXT, R_ATOMS, R_CHUNKS = _AT["near"], _AT["context"], _AT["atoms"], _AT["end"]
# What is known of the text and the span that are read: its number, its place among those that are read, its bounds,
# where its original begins, whether it is for contacts, the region of its language; what stands somewhere in it; number
# of the span, a plus in or before it, whether it is read with what stands beside it; where the digits of a run stand;
# how many meanings hold in this span only; its links, and how far behind them its form stands; how many runs it has
# (and such of spans with a plus); whether it is declined; whether its second form stands behind it (phone_second), and
# whether that is read now; whether room was lacking; how many atoms, digits, runs, parts and pieces of all texts are
# written, and how many marks of rare ways.
(
    C_TEXT, C_ROW, C_BEGIN, C_STOP, C_ORIGINAL, C_FIELD, C_LANGUAGE, C_SIGNS, C_SPAN, C_PLUS, C_WIDE, C_DIGITS,
    C_LOCAL, C_LINK, C_LINK_STOP, C_SHIFT, C_RUNS, C_PLUS_RUNS, DECLINED, C_TWICE, C_SECOND, C_FULL,
    N_ATOMS, N_DIGITS, N_RUNS, N_PARTS, N_PIECES, N_RARE, C_TRIED,
) = range(R_CONTEXT, R_CONTEXT + 29)  # fmt: skip
