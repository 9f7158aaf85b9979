"""Reading a roll file into an election: every row judged, all faults gathered, nothing half saved.

    plan = check(election, Work.of(sheet), today=today, names_villages=False)
    plan.report.as_json()      # figures and masked faults, for the page, the command and the journal
    store(plan, batch)         # inside the transaction of the act: new and changed rows in bulk

``services.imports`` holds the acts that use it.
"""
