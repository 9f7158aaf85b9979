"""Triggers under the journal: the database itself refuses to change, remove or overwrite an entry (5.5, C62).

An entry may only be added; a head may only step forward by one. Whoever owns the tables can still drop the triggers:
then the chain tells (selectors/journal.py).
"""

import re

from django.db.backends.base.base import BaseDatabaseWrapper

REFUSAL = "the journal is append-only"

POSTGRESQL = """
CREATE OR REPLACE FUNCTION journal_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'the journal is append-only' USING ERRCODE = 'restrict_violation';
END $$;
CREATE OR REPLACE FUNCTION journal_step() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NEW.area_code <> OLD.area_code OR NEW.seq <> OLD.seq + 1 THEN
        RAISE EXCEPTION 'the journal is append-only' USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER journal_entry_rows BEFORE UPDATE OR DELETE ON elections_journalentry
    FOR EACH ROW EXECUTE FUNCTION journal_refuse();
CREATE TRIGGER journal_entry_table BEFORE TRUNCATE ON elections_journalentry
    FOR EACH STATEMENT EXECUTE FUNCTION journal_refuse();
CREATE TRIGGER journal_head_rows BEFORE DELETE ON elections_journalhead
    FOR EACH ROW EXECUTE FUNCTION journal_refuse();
CREATE TRIGGER journal_head_table BEFORE TRUNCATE ON elections_journalhead
    FOR EACH STATEMENT EXECUTE FUNCTION journal_refuse();
CREATE TRIGGER journal_head_step BEFORE UPDATE ON elections_journalhead
    FOR EACH ROW EXECUTE FUNCTION journal_step();
"""

# REPLACE and INSERT OR REPLACE remove the old row without firing its DELETE trigger: hence the two INSERT guards.
SQLITE = {
    "journal_entry_update": "BEFORE UPDATE ON elections_journalentry",
    "journal_entry_delete": "BEFORE DELETE ON elections_journalentry",
    "journal_entry_insert": """BEFORE INSERT ON elections_journalentry WHEN EXISTS (
        SELECT 1 FROM elections_journalentry
        WHERE id = NEW.id OR (area_code = NEW.area_code AND seq = NEW.seq))""",
    "journal_head_delete": "BEFORE DELETE ON elections_journalhead",
    "journal_head_insert": """BEFORE INSERT ON elections_journalhead WHEN EXISTS (
        SELECT 1 FROM elections_journalhead WHERE area_code = NEW.area_code)""",
    "journal_head_update": """BEFORE UPDATE ON elections_journalhead
        WHEN NEW.area_code <> OLD.area_code OR NEW.seq <> OLD.seq + 1""",
}
TRIGGERS = {  # vendor → name → table
    "postgresql": dict(re.findall(r"TRIGGER (\w+) BEFORE .*? ON (\w+)", POSTGRESQL)),
    "sqlite": {name: when.partition(" ON ")[2].split()[0] for name, when in SQLITE.items()},
}


def install(connection: BaseDatabaseWrapper) -> None:
    """Create the triggers; the tables exist and have none."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(POSTGRESQL)
        else:
            for name, when in SQLITE.items():
                cursor.execute(f"CREATE TRIGGER {name} {when} BEGIN SELECT RAISE(ABORT, '{REFUSAL}'); END")


def remove(connection: BaseDatabaseWrapper) -> None:
    """Drop the triggers: when the migration is undone, and in tests that tamper or empty the tables."""
    with connection.cursor() as cursor:
        for name, table in TRIGGERS[connection.vendor].items():
            place = f" ON {table}" if connection.vendor == "postgresql" else ""
            cursor.execute(f"DROP TRIGGER IF EXISTS {name}{place}")


def missing(connection: BaseDatabaseWrapper) -> list[str]:
    """Return the names of triggers that are not there or switched off, for the deployment check (5.16)."""
    query = {
        "postgresql": "SELECT tgname FROM pg_trigger WHERE NOT tgisinternal AND tgenabled IN ('O', 'A')",
        "sqlite": "SELECT name FROM sqlite_master WHERE type = 'trigger'",
    }[connection.vendor]
    with connection.cursor() as cursor:
        cursor.execute(query)
        present = {name for (name,) in cursor.fetchall()}
    return [name for name in TRIGGERS[connection.vendor] if name not in present]
