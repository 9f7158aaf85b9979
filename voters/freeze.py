"""Triggers under the roll: once it is published, the database itself refuses changes without a decision.

What is guarded is what a roll says of a person. Sealed values may be sealed anew (a change of keys). A published
version is never changed or removed.
"""

from elections.triggers import Triggers

REFUSAL = "a published roll changes only by a decision"
GUARDED = (
    "election_id", "number", "name", "sex", "birth", "ethnicity", '"group"', "household", "party", "category",
    "listed", "omission",
)  # fmt: skip
PUBLISHED = "EXISTS (SELECT 1 FROM voters_rollversion AS v WHERE v.election_id = {row}.election_id)"
DECIDED = (
    "EXISTS (SELECT 1 FROM voters_rollchange AS c WHERE c.id = {row}.last_change_id AND c.voter_id = {row}.id"
    " AND c.after_publication)"
)

POSTGRESQL = f"""
CREATE OR REPLACE FUNCTION roll_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION '{REFUSAL}' USING ERRCODE = 'restrict_violation';
END $$;
CREATE OR REPLACE FUNCTION roll_refuse_update() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF {PUBLISHED.format(row="OLD")} AND NOT
       (NEW.last_change_id IS DISTINCT FROM OLD.last_change_id AND {DECIDED.format(row="NEW")}) THEN
        RAISE EXCEPTION '{REFUSAL}' USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NULL;
END $$;
CREATE OR REPLACE FUNCTION roll_refuse_delete() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF {PUBLISHED.format(row="OLD")} THEN
        RAISE EXCEPTION '{REFUSAL}' USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NULL;
END $$;
CREATE OR REPLACE FUNCTION roll_refuse_insert() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (SELECT 1 FROM voters_rollversion AS v WHERE v.election_id IN (SELECT DISTINCT election_id FROM added))
       AND EXISTS (SELECT 1 FROM added AS n JOIN voters_rollversion AS v USING (election_id)
                   WHERE NOT {DECIDED.format(row="n")}) THEN
        RAISE EXCEPTION '{REFUSAL}' USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NULL;
END $$;
CREATE TRIGGER roll_update AFTER UPDATE ON voters_voter FOR EACH ROW
    WHEN ({" OR ".join(f"OLD.{name} IS DISTINCT FROM NEW.{name}" for name in GUARDED)})
    EXECUTE FUNCTION roll_refuse_update();
CREATE TRIGGER roll_delete AFTER DELETE ON voters_voter FOR EACH ROW EXECUTE FUNCTION roll_refuse_delete();
CREATE TRIGGER roll_insert AFTER INSERT ON voters_voter REFERENCING NEW TABLE AS added
    FOR EACH STATEMENT EXECUTE FUNCTION roll_refuse_insert();
CREATE TRIGGER roll_version BEFORE UPDATE OR DELETE ON voters_rollversion
    FOR EACH ROW EXECUTE FUNCTION roll_refuse();
"""  # noqa: S608  our own names

SQLITE = {
    "roll_update": "AFTER UPDATE ON voters_voter WHEN ("
    + " OR ".join(f"OLD.{name} IS NOT NEW.{name}" for name in GUARDED)
    + f") AND {PUBLISHED.format(row='OLD')} AND NOT (NEW.last_change_id IS NOT OLD.last_change_id AND {DECIDED.format(row='NEW')})",
    "roll_delete": f"AFTER DELETE ON voters_voter WHEN {PUBLISHED.format(row='OLD')}",
    "roll_insert": f"AFTER INSERT ON voters_voter WHEN {PUBLISHED.format(row='NEW')} AND NOT {DECIDED.format(row='NEW')}",
    "roll_version_update": "BEFORE UPDATE ON voters_rollversion",
    "roll_version_delete": "BEFORE DELETE ON voters_rollversion",
}

ROLL = Triggers(REFUSAL, POSTGRESQL, SQLITE)
install, remove, missing = ROLL.install, ROLL.remove, ROLL.missing
