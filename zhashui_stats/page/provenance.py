"""What a page was made with: program, versions, parameters and the command (出处).

Nothing here differs between two machines that hold the same versions: no path, no time, no host.
"""

import shlex
import sys
from importlib.metadata import version

from zhashui_stats.files import folder_name, last_part

__all__ = ["made_with"]

_LIBRARIES = ("pandas", "matplotlib", "papermill", "nbconvert")


def made_with(
    period: str, data_dir: str = "data", *, circular: str = "", against: str = "", unit: str = ""
) -> dict[str, str]:
    """Return what to state of a run, in Chinese: label -> value.

    Args:
        period: The parameter ``period`` of the run.
        data_dir: The parameter ``data_dir``; only its last part is stated.
        circular: The circular of an audit; only its last part is stated. Empty: a report.
        against: The parameter ``against`` of an audit.
        unit: The unit of a brief, by its own name. Empty: no brief.
    """
    folder, file = folder_name(data_dir), last_part(circular)
    parameters = {"period": period, "data_dir": folder}
    command = f"zhashui-stats report {shlex.quote(period)}"
    if unit:
        parameters = {"period": period, "unit": unit, "data_dir": folder}
        command = f"zhashui-stats briefs {shlex.quote(period)}"
    if file:
        parameters = {"circular": file, **parameters, "against": against}
        command = f"zhashui-stats audit {shlex.quote(file)} --period {shlex.quote(period)}"
        command += f" --against {shlex.quote(against)} --format html"
    if folder != "data":
        command += f" --data-dir {shlex.quote(folder)}"
    python = f"{sys.version_info.major}.{sys.version_info.minor}"
    return {
        "程序": f"zhashui-stats {version('zhashui-stats')}，Python {python}",
        "主要组件": "、".join(f"{name} {version(name)}" for name in _LIBRARIES),
        "参数": "，".join(f"{name} = {value}" for name, value in parameters.items()),
        "重新生成的命令": command,
    }
