"""A posted roll of 2,000 voters as a PDF: from its frozen facts to bytes, with the faces and fall-backs of the papers.

Peer: WeasyPrint with the same facts as a table. ``lines_seconds``: WeasyPrint with one line element a voter in columns.
Floor: the same letters set by the same engine as running text.
"""

from __future__ import annotations

import json
import sys
from itertools import groupby
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from benchmarks.prints import ROUNDS, heading, html_pdf, letters, lines, median, set_up, spent
from benchmarks.rolls import peak_mib, report

VOTERS = int(sys.argv[1]) if len(sys.argv) > 1 else 2_000


def main() -> None:
    set_up()
    ours(-1)  # process start and fonts are paid once a worker
    table("")
    peak, runs = peak_mib(), {"ours": [], "peer": [], "lines": [], "floor": []}
    for turn in range(ROUNDS):  # one after the other, so that whatever else the machine does weighs on all
        for name, act in (("ours", ours), ("peer", peer), ("lines", in_lines), ("floor", floor)):
            time, made = spent(lambda act=act, turn=turn: act(turn))
            runs[name].append(time)
            assert made
    wall, cpu = zip(*(median(each) for each in runs.values()), strict=True)
    report(
        "roll_print", VOTERS, wall[0], wall[1], wall[3], own_peak_mib=round(peak), lines_seconds=round(wall[2], 3),
        cpu_seconds=round(cpu[0], 3), peer_cpu_seconds=round(cpu[1], 3), cpu_ratio_to_peer=round(cpu[1] / cpu[0], 1),
    )  # fmt: skip


def groups(turn: int) -> list[dict]:
    return [
        {"name": name, "lines": [line[:3] for line in some]}
        for name, some in groupby(lines(VOTERS, turn), key=lambda line: line[3])
    ]


def ours(turn: int) -> bytes:
    """As the worker prints it."""
    from elections.documents.pdf import print_pdf

    snapshot = json.dumps(heading(VOTERS) | {"groups": groups(turn)}, ensure_ascii=False)
    return print_pdf(
        template="documents/roll.typ", title="石门村登记参加选举的村民名单公告", snapshot=snapshot,
        issuer="村民选举委员会", fingerprint=f"{turn + 1:064x}", code="ABCDEF123456",
    ).data  # fmt: skip


def floor(turn: int) -> bytes:
    return letters(VOTERS, turn)


def table(rows: str) -> bytes:
    head = "<tr><th>序号</th><th>姓名</th><th>性别</th><th>组别</th></tr>"
    return html_pdf(f"<h1>名单</h1><table><thead>{head}</thead><tbody>{rows}</tbody></table>", "", {})[0]


def peer(turn: int) -> bytes:
    return table("".join(f"<tr><td>{'</td><td>'.join(map(str, line))}</td></tr>" for line in lines(VOTERS, turn)))


def in_lines(turn: int) -> bytes:
    """Four columns by group, as the roll was laid out before."""
    parts = []
    for group in groups(turn):
        people = "".join(f"<p><b>{number}</b>{name} <i>{sex}</i></p>" for number, name, sex in group["lines"])
        parts.append(f'<p class="group">{group["name"]}</p><div class="lines">{people}</div>')
    css = """
        .lines { columns: 4; column-gap: 6mm; column-rule: .3pt solid #888; font-size: 11pt; line-height: 16pt; }
        .lines p { text-indent: 0; white-space: nowrap; overflow: hidden; break-inside: avoid; }
        .lines b { display: inline-block; width: 3em; font-weight: 400; }"""
    return html_pdf("".join(parts), css, {})[0]


if __name__ == "__main__":
    main()
