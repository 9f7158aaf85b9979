"""1,000 rounds decided by `manage.py rule decide` in one call. Floor: a process that only reads and writes the JSON."""

import json
import random
import resource
import subprocess
import sys
import time
from pathlib import Path

BASE = Path(__file__).resolve().parent.parent
CASES = 1000
ROUNDS = 3
ECHO = "import json, sys; print(json.dumps(json.load(sys.stdin), ensure_ascii=False))"


def a_case(dice: random.Random) -> dict:
    """A chair, a deputy and two to five members; ten people, three of them women; a pair of relatives."""
    returned = dice.randint(600, 1000)
    people = [{"name": f"人{place}", "sex": "F" if place % 3 == 0 else "M"} for place in range(10)]
    names = [each["name"] for each in people]
    posts = {"chair": 1, "deputy": 1, "member": dice.randint(2, 5)}
    votes = {}
    for post, seats in posts.items():
        left = returned * seats
        votes[post] = {}
        for name in dice.sample(names, seats + 2):
            votes[post][name] = dice.randint(0, min(returned, left))
            left -= votes[post][name]
    return {
        "body": "committee", "round": "first", "registered": 1100, "issued": 1000, "returned": returned,
        "posts": [{"post": post, "seats": seats} for post, seats in posts.items()],
        "people": people, "kin": [dice.sample(names, 2)], "votes": votes,
    }  # fmt: skip


def seconds(command: list[str], question: bytes) -> float:
    """The best of some runs, start of the process included."""
    best = float("inf")
    for _ in range(ROUNDS):
        begun = time.perf_counter()
        subprocess.run(command, input=question, stdout=subprocess.DEVNULL, check=True, cwd=BASE)
        best = min(best, time.perf_counter() - begun)
    return best


def main() -> None:
    dice = random.Random(20261220)
    question = json.dumps([a_case(dice) for _ in range(CASES)]).encode()
    floor = seconds([sys.executable, "-c", ECHO], question)
    taken = seconds([sys.executable, "manage.py", "rule", "decide"], question)
    peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
    figures = {
        "name": "rule_decide", "n": CASES, "seconds": round(taken, 3), "peer_seconds": None,
        "floor_seconds": round(floor, 3), "ratio_to_peer": None, "ratio_to_floor": round(taken / floor, 1),
        "peak_mib": round(peak, 1),
    }  # fmt: skip
    print(json.dumps(figures))


if __name__ == "__main__":
    main()
