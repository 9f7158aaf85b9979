"""Triggers under what is final: the database itself refuses to change, remove or overwrite it.

*journal*: an entry may only be added; a head may only step forward by one. *results*: a count sheet is never changed
and none is added once its round is confirmed; a confirmed round and who was elected by it stay. Whoever owns the
tables can still drop the triggers: then the chain tells (selectors/journal.py) and so does the deployment check.
"""

from django.db.backends.base.base import BaseDatabaseWrapper

from elections.triggers import Triggers

REFUSAL = "the journal is append-only"
FINAL = "a confirmed result is final"

JOURNAL_POSTGRESQL = """
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
# REPLACE and INSERT OR REPLACE remove the old row without firing its DELETE trigger: hence the INSERT guards.
JOURNAL_SQLITE = {
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

# What is final of somebody elected. Which record of the register is his may change: two records of him are merged.
RESULTS_POSTGRESQL = """
CREATE OR REPLACE FUNCTION result_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'a confirmed result is final' USING ERRCODE = 'restrict_violation';
END $$;
CREATE OR REPLACE FUNCTION result_refuse_addition() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (SELECT 1 FROM elections_round WHERE id = NEW.round_id AND confirmed_at IS NOT NULL) THEN
        RAISE EXCEPTION 'a confirmed result is final' USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE OR REPLACE FUNCTION result_refuse_another() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'UPDATE' AND to_jsonb(NEW) <> to_jsonb(OLD)
        AND to_jsonb(NEW) - 'person_id' = to_jsonb(OLD) - 'person_id' THEN
        RETURN NEW;
    END IF;
    RAISE EXCEPTION 'a confirmed result is final' USING ERRCODE = 'restrict_violation';
END $$;
CREATE TRIGGER result_sheet_rows BEFORE UPDATE OR DELETE ON elections_countsheet
    FOR EACH ROW EXECUTE FUNCTION result_refuse();
CREATE TRIGGER result_sheet_added BEFORE INSERT ON elections_countsheet
    FOR EACH ROW EXECUTE FUNCTION result_refuse_addition();
CREATE TRIGGER result_sheet_table BEFORE TRUNCATE ON elections_countsheet
    FOR EACH STATEMENT EXECUTE FUNCTION result_refuse();
CREATE TRIGGER result_round_rows BEFORE UPDATE OR DELETE ON elections_round
    FOR EACH ROW WHEN (OLD.confirmed_at IS NOT NULL) EXECUTE FUNCTION result_refuse();
CREATE TRIGGER result_round_table BEFORE TRUNCATE ON elections_round
    FOR EACH STATEMENT EXECUTE FUNCTION result_refuse();
CREATE TRIGGER result_seated_rows BEFORE UPDATE OR DELETE ON elections_seated
    FOR EACH ROW EXECUTE FUNCTION result_refuse_another();
CREATE TRIGGER result_seated_added BEFORE INSERT ON elections_seated
    FOR EACH ROW EXECUTE FUNCTION result_refuse_addition();
CREATE TRIGGER result_seated_table BEFORE TRUNCATE ON elections_seated
    FOR EACH STATEMENT EXECUTE FUNCTION result_refuse();
"""
_CONFIRMED = "EXISTS (SELECT 1 FROM elections_round WHERE id = NEW.round_id AND confirmed_at IS NOT NULL)"
_IN_PLACE_OF = """SELECT 1 FROM elections_round
    WHERE confirmed_at IS NOT NULL AND (id = NEW.id OR (election_id = NEW.election_id AND number = NEW.number))"""
RESULTS_SQLITE = {
    "result_sheet_update": "BEFORE UPDATE ON elections_countsheet",
    "result_sheet_delete": "BEFORE DELETE ON elections_countsheet",
    "result_sheet_insert": f"""BEFORE INSERT ON elections_countsheet WHEN {_CONFIRMED} OR EXISTS (
        SELECT 1 FROM elections_countsheet
        WHERE id = NEW.id OR (round_id = NEW.round_id AND number = NEW.number))""",  # noqa: S608  our own names
    "result_round_update": f"""BEFORE UPDATE ON elections_round
        WHEN OLD.confirmed_at IS NOT NULL OR EXISTS ({_IN_PLACE_OF})""",
    "result_round_delete": "BEFORE DELETE ON elections_round WHEN OLD.confirmed_at IS NOT NULL",
    "result_round_insert": f"BEFORE INSERT ON elections_round WHEN EXISTS ({_IN_PLACE_OF})",
    "result_seated_update": "BEFORE UPDATE OF id, election_id, round_id, office, name, sex, votes, why ON elections_seated",
    "result_seated_delete": "BEFORE DELETE ON elections_seated",
    "result_seated_insert": f"""BEFORE INSERT ON elections_seated WHEN {_CONFIRMED} OR EXISTS (
        SELECT 1 FROM elections_seated
        WHERE id = NEW.id OR (election_id = NEW.election_id AND name = NEW.name))""",  # noqa: S608
}

GROUPS = {
    "journal": Triggers(REFUSAL, JOURNAL_POSTGRESQL, JOURNAL_SQLITE),
    "results": Triggers(FINAL, RESULTS_POSTGRESQL, RESULTS_SQLITE),
}
TRIGGERS = {  # vendor → name → table
    vendor: {name: table for each in GROUPS.values() for name, table in each.tables(vendor).items()}
    for vendor in ("postgresql", "sqlite")
}


def install(connection: BaseDatabaseWrapper, *groups: str) -> None:
    """Create the triggers of these groups, or of all."""
    for group in groups or GROUPS:
        GROUPS[group].install(connection)


def remove(connection: BaseDatabaseWrapper, *groups: str) -> None:
    """Drop the triggers of these groups, or of all."""
    for group in groups or GROUPS:
        GROUPS[group].remove(connection)


def missing(connection: BaseDatabaseWrapper) -> list[str]:
    """Return the names of triggers of all groups that are not there or switched off."""
    return [name for each in GROUPS.values() for name in each.missing(connection)]
