"""What terminals send, each in its own way: keys, pastes, the mouse, answers to questions.

Written down from their documentation (xterm's ctlseqs, kitty's keyboard protocol, console_codes(4), the key tables of
rxvt, PuTTY and screen); `\\e` is Esc.
"""

RECORDED = {
    "xterm": r"""
        \e[A \e[B \e[C \e[D \e[H \e[F \eOA \eOP \e[15~ \e[24~ \e[1;5C \e[1;2R \e[5~ \e[6~ \e[Z \ex \e[3;5~ \e[27;5;9~
        \e[27;2;13~ \e[200~0.3\e[201~ \e[200~0.3\r\n0.9\r\n\e[201~ \e[I \e[O \e[<0;40;12M \e[<0;40;12m \e[<64;10;10M
        \e[<35;200;60M \e[M\x20!! \e[M#\xd0\x90 \e[M\x20\xff\xff \e[24;80R \e[?64;1;2;6;9;15;16;17;18;21;22;28c
        \e[>41;379;0c \e]11;rgb:0000/0000/0000\x07 \e]10;rgb:ffff/ffff/ffff\e\\ \eP>|XTerm(379)\e\\
        \eP1+r544e=787465726d\e\\ \e[?2026;0$y \e[8;24;80t \e[4;480;800t 0.3\r -1/8\r \xe2\x88\x82Loss
        \xe2\x88\x920,25\r \xe9 \xff\xfe""",
    "kitty": r"""
        \e[97;;97u \e[97:65;2;65u \e[48;;48u \e[46;;46u \e[51;;51u \e[13u \e[13;1:3u \e[57409;;46u \e[57409u \e[57414u
        \e[57417;1:2u \e[57410;129u \e[1;1:3C \e[1;1:1C \e[1;5:2A \e[27;1:1u \e[9;2u \e[57441;2u \e[?25u
        \e[0;;128105:8205:128187u \e[229;3;229u \e[1060:1092:97;2;1060u \e[1114112u \e[55296u \e[99999999999u \e[97;0u
        \e[97;1;1114112u \e[;;u \e[::;:;:u \e[?62;c \e_Gi=31;OK\e\\ \eP>|kitty(0.35.2)\e\\ \e[?2026;2$y \e[24;80R
        \e[200~1/8\e[201~ \e[57427;1E \e[1E \e[109;;109u""",
    "foot": r"""
        \e[?62;4;22c \e[>1;011701;0c \eP>|foot(1.17.1)\e\\ \eP!|464f4f54\e\\ \e[?2048;2$y \e[?2048;1$y
        \e[48;24;80;480;800t \e[48;1;1;1;1t \e[48;0;0;0;0t \e[97;1:1u \e[97;1:3u \e[<0;-1;-3M
        \e]11;rgba:2424/2424/2424/ffff\e\\ \e[57399;129;48u \e[5;2~ \e[24;80R""",
    "Windows Terminal": r"""
        \e[?61;6;7;14;21;22;23;24;28;32;42c \e[>0;10;1c \e[65;30;97;1;0;1_ \e[13;28;13;1;0;1_ \e[0;0;0;0;0;1_ \e[1;1R
        \e[24;80R \e[I \e[O \eOM \e[1;5D \e[3~ \e[200~0.3\r0.9\e[201~ \e[?2026;2$y \e]4;1;rgb:c5c5/0f0f/1f1f\e\\""",
    "screen": r"""
        \e[1~ \e[4~ \eOA \eOB \e[2~ \e[>83;49900;0c \e[?1;2c \e[M\x20!! \e[Mc~~ \e[5~ \eOS \e[24;80R 0.3\r0.9\r""",
    "PuTTY": r"""
        \e[1~ \e[4~ \e[11~ \e[[A \eOA \eOq \eOn \eOo \eOm \eOM \eOR \e[?6c PuTTY \e\e[A \e[M`#$ \e[24;80R
        \e]52;c;MC4z\x07 \e[200~0.3""",
    "linux": r"""
        \e[[A \e[[E \e[17~ \e[25~ \e[P \e[1~ \e[4~ \e[?6c \e[24;80R \e[C \e[A \x7f \x08 \xe4\xf6\xfc \e\t \e[G""",
    "rxvt": r"""
        \e[7~ \e[8~ \e[7$ \e[8^ \e[3@ \eOa \eOd \e\e[A \e[35;10;10M \e[23$ \e[c \e[d \e[?1;2c \eOl \eOX""",
}
RECORDINGS = {name: [piece.replace(r"\e", r"\x1b").encode("ascii").decode("unicode_escape").encode("latin-1")
                     for piece in recorded.split()] for name, recorded in RECORDED.items()}
