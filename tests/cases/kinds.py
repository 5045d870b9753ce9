"""Writes kinds.xlsx: the contacts of tests/it/kinds.rs as people keep them in a workbook.

    pip install openpyxl==3.1.5 && python3 kinds.py

Draws the same contacts as `calls()` there: when one changes, so must the other.
"""
from datetime import datetime, timedelta

from openpyxl import Workbook

MASK = (1 << 64) - 1
state = 13


def below(most):
    """SplitMix64."""
    global state
    state = (state + 0x9E3779B97F4A7C15) & MASK
    x = state
    x = ((x ^ (x >> 30)) * 0xBF58476D1CE4E5B9) & MASK
    x = ((x ^ (x >> 27)) * 0x94D049BB133111EB) & MASK
    return (x ^ (x >> 31)) % most


def call():
    day = 2 + below(26)
    arrived = datetime(2026, 3, day, 8) + timedelta(seconds=below(36_000))
    wait = below(12) * below(12) * (1 + below(5))
    talk = 20 + below(600) if below(4) > 0 else None
    agent = f"SIP/70{1 + below(4)}"
    company = ["Müller", "Möller"][below(2)]
    return arrived, wait, talk, agent, company


calls = sorted((call() for _ in range(200)), key=lambda call: call[0])
book = Workbook()
book.active.title = "Notes"
book.active["A1"] = "Calls of March, as the telephone system counts them"
sheet = book.create_sheet("Calls")
sheet.append(["Calls of March"])
sheet.append([])
sheet.append(["Call ID", "Received", "Answered at", "Closed at", "Talk time", "Agent", "Company"])
for number, (arrived, wait, talk, agent, company) in enumerate(calls, 1):
    answered = arrived + timedelta(seconds=wait)
    sheet.append([
        number,
        arrived,
        answered if talk is not None else None,
        answered + timedelta(seconds=talk or 0),
        timedelta(seconds=talk) if talk is not None else None,
        agent if talk is not None else None,
        company,
    ])
for row in sheet.iter_rows(min_row=4):
    for cell in row[1:4]:
        cell.number_format = "dd/mm/yyyy hh:mm:ss"
    row[4].number_format = "[h]:mm:ss"
sheet.append(["Total", None, None, None, None, None, len(calls)])
book.save("kinds.xlsx")
