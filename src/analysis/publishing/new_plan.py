"""Scaffold of another district's plan: definitions, a draft deposit of its targets, and its reports' parameter files."""

from __future__ import annotations

import datetime
import os
import re
import shutil
import string
import tempfile
from dataclasses import dataclass
from pathlib import Path

from analysis.archive.sources import SIDECAR
from analysis.observations.targets import LISTED_FILE
from analysis.vocabulary import paths
from analysis.vocabulary.errors import InputError, Problem

ORDINALS = dict(enumerate("十三 十四 十五 十六 十七 十八 十九 二十".split(), start=13))
EXAMPLE_MARK = "【示例"  # begins the name of each row of the scaffold that is to be replaced
_SUFFIX = re.compile(r"(自治县|自治旗|区|县|市|旗)$")
_CHINESE_NAME = re.compile(r"[\u4e00-\u9fff]{2,20}")
_PLAN_ID = re.compile(r"[a-z][a-z0-9]*(-[a-z0-9]+)*")
_DEFINITIONS = ("plan.yml", "indicators.yml", "context.yml", "commitments.yml")


@dataclass(frozen=True)
class NewPlan:
    """What a scaffold is made for.

    Attributes:
        id: the plan's id and the name of its folder.
        district, city: names in Chinese; the city may be empty.
        number: which five-year plan (14 is 2021—2025).
        edition: folder name of the draft deposit, a date.
    """

    id: str
    district: str
    city: str
    number: int
    edition: str

    @property
    def first_year(self) -> int:
        """Return the plan's first year."""
        return 2021 + 5 * (self.number - 14)

    def words(self) -> dict[str, str]:
        """Return what the scaffold's texts are filled with."""
        first = self.first_year
        return {
            "id": self.id,
            "place": self.city + self.district,
            "ordinal": ORDINALS[self.number],
            "title": f"{self.district}民政事业发展第{ORDINALS[self.number]}个五年规划",
            "edition": self.edition,
            "base": str(first - 1),
            "first": str(first),
            "middle": str(first + 2),
            "last": str(first + 4),
            "midterms": ", ".join(str(year) for year in range(first, first + 4)),
        }


def plan_id_for(district: str, number: int) -> str:
    """Return a plan's id from its district's name: pinyin without the kind of district, and the plan's number.

    Example:
        >>> plan_id_for("天河区", 14), plan_id_for("西区", 15), plan_id_for("乳源瑶族自治县", 14)
        ('tianhe-14', 'xiqu-15', 'ruyuanyaozu-14')
    """
    from pypinyin import lazy_pinyin

    stem = _SUFFIX.sub("", district)
    return f"{''.join(lazy_pinyin(stem if len(stem) > 1 else district))}-{number}"


def requested(district: str, number: int, *, id: str = "", city: str = "", edition: str = "") -> NewPlan:
    """Check a request for a new plan.

    Args:
        district: its Chinese name, such as 天河区.
        number: 13 to 20.
        id: the plan's id; made from the pinyin of the district where empty.
        city: the city it belongs to, such as 广州市; may be empty.
        edition: date of the draft deposit; today where empty.

    Raises:
        InputError: every defect of the request.
    """
    problems = []
    named = bool(_CHINESE_NAME.fullmatch(district))
    if not named:
        problems.append(Problem("区县名称", repr(district), "2至20个汉字，如 天河区", "改为汉字名称，不含空格、字母和符号"))
    if city and not _CHINESE_NAME.fullmatch(city):
        problems.append(Problem("--city", repr(city), "2至20个汉字，如 广州市", "改正，或不写"))
    if number not in ORDINALS:
        problems.append(
            Problem("--plan", str(number), f"{min(ORDINALS)}至{max(ORDINALS)}，14即“十四五”（2021—2025年）", "改为五年规划的序数")
        )
    if id and not (_PLAN_ID.fullmatch(id) and len(id) <= 40):
        problems.append(Problem("--id", repr(id), "小写字母开头，只含小写字母、数字和单个连字符，不超过40个字符", "改正，如 tianhe-14"))
    today = datetime.date.today().isoformat()
    if edition and not _is_date(edition):
        problems.append(Problem("--edition", repr(edition), f"YYYY-MM-DD 的日期，如 {today}", "改为规划的公布日期"))
    chosen = id or (plan_id_for(district, number) if named else "")
    if named and not id and not _PLAN_ID.fullmatch(chosen):
        problems.append(Problem("区县名称", f"拼音得出 {chosen}", "可用作文件夹名的拼音", "用 --id 指定标识，如 tianhe-14"))
    if problems:
        raise InputError(problems)
    return NewPlan(chosen, district, city, number, edition or today)


def _is_date(text: str) -> bool:
    try:
        return datetime.date.fromisoformat(text).isoformat() == text
    except ValueError:
        return False


def write_scaffold(plan: NewPlan) -> list[Path]:
    """Write a plan's scaffold into the repository: whole, or nothing of it.

    Returns:
        The files written.

    Raises:
        InputError: something of that name exists already.
    """
    home, words = paths.home(), plan.words()
    deposit = paths.raw_data() / f"{plan.id}-plan"
    runs = paths.notebooks() / "parameters"
    placed: dict[Path, dict[str, str]] = {  # each place with its files' names under it (none: the place itself) and templates
        paths.plans() / plan.id: {name: name for name in _DEFINITIONS},
        deposit: {f"{plan.edition}/{name}": name for name in (LISTED_FILE, SIDECAR)},
        runs / f"{plan.id}-midterm-{words['middle']}.yml": {"": "midterm.yml"},
        runs / f"{plan.id}-final-{words['last']}.yml": {"": "final.yml"},
    }
    taken = [place for place in (*placed, paths.raw_data() / f"{plan.id}-monitoring") if place.exists()]
    if taken:
        raise InputError([Problem(str(place.relative_to(home)), "已经存在", "尚未使用的标识", "用 --id 另取标识") for place in taken])
    moved: list[Path] = []
    draft = Path(tempfile.mkdtemp(dir=home, prefix=".new-"))
    try:
        for place, files in placed.items():
            for name, template in files.items():
                path = draft / place.name / name
                path.parent.mkdir(parents=True, exist_ok=True)
                text = (paths.templates() / "plan" / template).read_text(encoding="utf-8")
                path.write_text(string.Template(text).substitute(words), encoding="utf-8", newline="\n")
        for place in placed:
            place.parent.mkdir(parents=True, exist_ok=True)
            os.rename(draft / place.name, place)
            moved.append(place)
    except BaseException:
        for place in moved:
            shutil.rmtree(place) if place.is_dir() else place.unlink()
        raise
    finally:
        shutil.rmtree(draft, ignore_errors=True)
    return sorted(path for place in placed for path in ([place] if place.is_file() else place.rglob("*")) if path.is_file())


def example_rows_in(folder: Path) -> list[str]:
    """Return the files of a deposit that still hold rows of the scaffold."""
    return sorted(path.name for path in folder.iterdir() if path.suffix == ".csv" and EXAMPLE_MARK in path.read_text("utf-8", "replace"))
