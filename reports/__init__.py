"""Bilateral: data about two countries becomes briefs in Word and PDF, in many languages, with sources.

    workshop = Workshop(Path("templates"), Path("templates/house/brief.docx"), Path("fonts"))
    data, problems = SOURCES["folder"](Path("data"))
    filled = fill(Order("KZ", "LU", date(2025, 10, 20), "brief", ("en",), ("docx", "pdf")), workshop, data)

`filled.files` has the bytes of each file by name. The names are those of reports.orders and reports.sources; nothing is
imported here, so that the command line answers at once.
"""
