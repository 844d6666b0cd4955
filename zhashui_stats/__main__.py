"""``python -m zhashui_stats``: the same as ``zhashui-stats``."""

import sys

from zhashui_stats.cli import main

sys.exit(main())
