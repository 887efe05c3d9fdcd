"""``python sample_logs/make [PART_OF_NAME]``: every sample and its expect file anew."""

import sys

from samples import main

main(*sys.argv[1:2])
