"""Somebody with every right over the database and no key, who tampers with the journal of these villages."""

import random

import pytest
from django.db import connection
from django.utils import timezone

from elections import journal
from elections.models import JournalEntry, JournalHead

VILLAGES = ["990100101201", "990100101202", "990100101203", "990100102201", "990100001001"]
ENTRY, HEAD = "elections_journalentry", "elections_journalhead"


def run_sql(sql: str, *values: object) -> None:
    with connection.cursor() as cursor:
        cursor.execute(sql, values)


class Forger:
    """A database administrator with every right and no key. Each method returns the villages he tampered with."""

    def __init__(self, seed: int) -> None:
        self.chance = random.Random(seed)
        self.entries = list(JournalEntry.objects.filter(area_code__in=VILLAGES))

    def _one(self) -> JournalEntry:
        return self.chance.choice(self.entries)

    def _pair(self, *, same_chain: bool) -> tuple[JournalEntry, JournalEntry]:
        while True:
            one, other = self.chance.sample(self.entries, 2)
            if (one.area_code == other.area_code) == same_chain:
                return one, other

    def edits_a_body(self) -> set[str]:
        entry = self._one()
        run_sql(f"UPDATE {ENTRY} SET body = %s WHERE id = %s", entry.body.replace('"n":', '"n":1'), entry.pk)
        return {entry.area_code}

    def edits_a_column(self) -> set[str]:
        entry = self._one()
        column, value = self.chance.choice(
            [("act", "'other'"), ("obj", "'row:999'"), ("actor_id", "NULL"), ("at", "'2020-01-01 00:00:00+00:00'")]
        )
        run_sql(f"UPDATE {ENTRY} SET {column} = {value} WHERE id = %s", entry.pk)
        return {entry.area_code}

    def edits_a_mac(self) -> set[str]:
        entry = self._one()
        run_sql(f"UPDATE {ENTRY} SET mac = %s WHERE id = %s", f"{self.chance.getrandbits(256):064x}", entry.pk)
        return {entry.area_code}

    def deletes(self) -> set[str]:
        entry = self._one()
        run_sql(f"DELETE FROM {ENTRY} WHERE id = %s", entry.pk)
        return {entry.area_code}

    def inserts(self) -> set[str]:
        """A forged entry in the middle, the later ones pushed on; or one more at the end."""
        entry = self._one()
        at = self.chance.choice([entry.seq, JournalHead.objects.get(pk=entry.area_code).seq + 1])
        later = JournalEntry.objects.filter(area_code=entry.area_code, seq__gte=at).order_by("-seq")
        for each in later:
            run_sql(f"UPDATE {ENTRY} SET seq = seq + 1 WHERE id = %s", each.pk)
        forged = JournalEntry(
            area_code=entry.area_code, seq=at, at=timezone.now(), act="count", body=entry.body, mac=entry.mac
        )
        forged.save()
        return {entry.area_code}

    def swaps_within(self) -> set[str]:
        return self._swap(*self._pair(same_chain=True), columns=("act", "obj", "body", "mac", "at"))

    def swaps_across(self) -> set[str]:
        return self._swap(*self._pair(same_chain=False), columns=("act", "obj", "body", "mac", "at"))

    def reorders(self) -> set[str]:
        one, other = self._pair(same_chain=True)
        run_sql(f"UPDATE {ENTRY} SET seq = 9999 WHERE id = %s", one.pk)
        run_sql(f"UPDATE {ENTRY} SET seq = %s WHERE id = %s", one.seq, other.pk)
        run_sql(f"UPDATE {ENTRY} SET seq = %s WHERE id = %s", other.seq, one.pk)
        return {one.area_code}

    def cuts_the_tail(self) -> set[str]:
        return {self._cut().area_code}

    def cuts_the_tail_and_sets_the_head_back(self) -> set[str]:
        entry = self._cut()
        last = JournalEntry.objects.filter(area_code=entry.area_code).order_by("-seq").first()
        seq, mac = (last.seq, last.mac) if last else (0, journal.GENESIS)
        run_sql(f"UPDATE {HEAD} SET seq = %s, mac = %s WHERE area_code = %s", seq, mac, entry.area_code)
        return {entry.area_code}

    def copies_a_mac(self) -> set[str]:
        one, other = self._pair(same_chain=self.chance.random() < 0.5)
        run_sql(f"UPDATE {ENTRY} SET mac = %s WHERE id = %s", other.mac, one.pk)
        return {one.area_code}

    def edits_the_head(self) -> set[str]:
        code = self._one().area_code
        run_sql(f"UPDATE {HEAD} SET keyed = %s WHERE area_code = %s", "0" * 64, code)
        return {code}

    def deletes_the_head(self) -> set[str]:
        code = self._one().area_code
        run_sql(f"DELETE FROM {HEAD} WHERE area_code = %s", code)
        return {code}

    def deletes_a_whole_chain(self) -> set[str]:
        code = self._one().area_code
        for table in (ENTRY, HEAD):
            run_sql(f"DELETE FROM {table} WHERE area_code = %s", code)
        return {code}

    def moves_to_another_village(self) -> set[str]:
        entry = self._one()
        code = self.chance.choice([code for code in VILLAGES if code != entry.area_code])
        seq = JournalHead.objects.get(pk=code).seq + 1
        run_sql(f"UPDATE {ENTRY} SET area_code = %s, seq = %s WHERE id = %s", code, seq, entry.pk)
        return {entry.area_code, code}

    def recomputes_with_a_guessed_key(self) -> set[str]:
        """The rest of the chain made again from one entry on, head and all, under a key of his own."""
        entry = self._one()
        keys, mac = {"journal": {1: self.chance.randbytes(32)}}, entry.said["prev"]
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(journal.settings, "ID_KEYS", keys)
            for each in JournalEntry.objects.filter(area_code=entry.area_code, seq__gte=entry.seq):
                body = journal.canonical({**each.said, "prev": mac, "details": {"n": -1}})
                mac = journal.mac(mac, body, 1, "sha256")
                run_sql(f"UPDATE {ENTRY} SET body = %s, mac = %s WHERE id = %s", body, mac, each.pk)
            seal = journal.head_seal(entry.area_code, each.seq, mac, 1)
            run_sql(f"UPDATE {HEAD} SET mac = %s, keyed = %s WHERE area_code = %s", mac, seal, entry.area_code)
        return {entry.area_code}

    def _cut(self) -> JournalEntry:
        entry = self._one()
        run_sql(f"DELETE FROM {ENTRY} WHERE area_code = %s AND seq >= %s", entry.area_code, entry.seq)
        return entry

    def _swap(self, one: JournalEntry, other: JournalEntry, columns: tuple[str, ...]) -> set[str]:
        for here, there in ((one, other), (other, one)):
            values = [getattr(there, column) for column in columns]
            places = ", ".join(f"{column} = %s" for column in columns)
            run_sql(f"UPDATE {ENTRY} SET {places} WHERE id = %s", *values, here.pk)
        return {one.area_code, other.area_code}


TAMPERINGS = [name for name in vars(Forger) if not name.startswith("_")]
