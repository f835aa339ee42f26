"""Bilateral: briefs on two countries from data, in Word and PDF, in many languages.

python generate.py brief LU                    a brief on Luxembourg, as of today
python generate.py brief LU DE --lang en,kk --format docx,pdf --as-of 2025-10-20
python generate.py brief all --report reference
python generate.py check                       problems of data, templates and catalogs
python generate.py say --lang ru "{partner:in}" --partner LU
python generate.py names --lang kk             every country in every case
python generate.py new pair LU-JP              a commented skeleton to fill in
"""

import sys

from reports.memory import relax

if __name__ == "__main__":
    relax()  # before all that is imported
    from reports.cli import main

    sys.exit(main())
