"""Voter cards with QR, eight a page: from plain values to bytes, codes drawn, parts bound.

Peer: WeasyPrint with the same cards in flow and the QR as a picture. Floor: the same letters as running text and the codes
worked out. The second line is a village of 2,000 by ourselves alone.
"""

from __future__ import annotations

import sys
from io import BytesIO
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from benchmarks.prints import ROUNDS, heading, html_pdf, letters, lines, median, set_up, spent
from benchmarks.rolls import peak_mib, report

CARDS = int(sys.argv[1]) if len(sys.argv) > 1 else 500
VILLAGE = 2_000
CSS = """
    @page { margin: 10mm 9mm; } body { font-size: 0; }
    .card { display: inline-block; width: 96mm; height: 69mm; padding: 3mm; border: .4pt dotted #666; font-size: 11pt;
            line-height: 15pt; box-sizing: border-box; break-inside: avoid; } .card p { text-indent: 0; }
    .card img { float: right; width: 17mm; }"""


def main() -> None:
    set_up()
    ours(16, -1)
    peer(16, -1)
    runs, pages, peak = {"ours": [], "peer": [], "floor": [], "village": []}, {}, 0.0
    for turn in range(ROUNDS):
        for name, act, count in (
            ("ours", ours, CARDS), ("floor", floor, CARDS), ("village", ours, VILLAGE), ("peer", peer, CARDS),
        ):  # fmt: skip
            time, pages[name] = spent(lambda act=act, count=count, turn=turn: act(count, turn))
            runs[name].append(time)
            peak = peak or (peak_mib() if name == "village" else 0.0)
    own, other, floor_, village = (median(runs[name]) for name in ("ours", "peer", "floor", "village"))
    report(
        "cards_print", CARDS, own[0], other[0], floor_[0], pages=pages["ours"], cpu_seconds=round(own[1], 3),
        pages_per_cpu_second=round(pages["ours"] / own[1], 1), cpu_ratio_to_peer=round(other[1] / own[1], 1),
        peer_pages_per_cpu_second=round(pages["peer"] / other[1], 1),
    )  # fmt: skip
    report(
        "cards_print_village", VILLAGE, village[0], None, None, pages=pages["village"], own_peak_mib=round(peak),
        cpu_seconds=round(village[1], 3), pages_per_cpu_second=round(pages["village"] / village[1], 1),
    )  # fmt: skip


def ours(count: int, turn: int) -> int:
    """As the worker prints them; returns the pages."""
    from elections.documents.typeset import bound, typeset
    from voters.documents.polling import CARDS_A_PART, qr
    from voters.rules.cards import code_of, spaced

    cards = []
    for number, name, sex, group in lines(count, turn):
        code = code_of(turn + 2, number)
        cards.append([number, name, sex, group, spaced(code), qr(code)])
    some = [cards[start : start + CARDS_A_PART] for start in range(0, count, CARDS_A_PART)]
    return bound([typeset("documents/cards.typ", {"head": heading(count), "cards": each}) for each in some])[1]


def floor(count: int, turn: int) -> int:
    from voters.documents.polling import qr
    from voters.rules.cards import code_of

    codes = [qr(code_of(turn + 2, number)) for number in range(1, count + 1)]
    return len(codes) + len(letters(count, turn))


def peer(count: int, turn: int) -> int:
    import segno

    from voters.rules.cards import code_of, spaced

    held, cards, head = {}, [], heading(count)
    for number, name, sex, group in lines(count, turn):
        code, out = code_of(turn + 2, number), BytesIO()
        segno.make(code, error="h").save(out, kind="png", scale=4, border=0)
        held[f"memory:{number}"] = (out.getvalue(), "image/png")
        cards.append(
            f'<div class="card"><p>{head["village"]}第12届村民委员会换届选举</p><p>选民证</p><img src="memory:{number}">'
            f"<p>编号：{number}</p><p>姓名：{name}</p><p>性别：{sex}</p><p>组别：{group}</p><p>{spaced(code)}</p>"
            f"<p>{head['poll_day']} {head['at']} {head['where']}</p><p>存根　签领　日期</p></div>"
        )
    return html_pdf("".join(cards), CSS, held)[1]


if __name__ == "__main__":
    main()
