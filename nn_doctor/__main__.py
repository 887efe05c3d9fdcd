"""``python -m nn_doctor`` is ``nn-doctor``."""

from __future__ import annotations

import sys

from nn_doctor.main import main

if __name__ == "__main__":
    sys.exit(main())
