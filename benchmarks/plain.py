"""The floor: ``figures.py`` with the imports of the script that a reader would write."""

import sys

import matplotlib.pyplot as plt  # noqa: F401 -- such a script has it, used or not
import pandas as pd  # noqa: F401
from figures import main

if __name__ == "__main__":
    main(sys.argv[1:])
