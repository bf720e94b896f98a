"""Puts a checked monitoring file into the archive: the file unchanged, a sidecar beside it, whole or not at all."""

from __future__ import annotations

import datetime
import hashlib
import os
import shutil
import tempfile
from dataclasses import dataclass
from pathlib import Path

import yaml

from analysis.archive.forms import MonitoringForm
from analysis.archive.plans import load_plan
from analysis.archive.sources import NO_NUMBER, SIDECAR, DepositedFile, Sidecar
from analysis.intake.monitoring import MonitoringFile, read_monitoring
from analysis.intake.monitoring.findings import listed
from analysis.observations.monitoring_form import monitoring_form
from analysis.vocabulary import paths
from analysis.vocabulary.errors import InputError
from analysis.vocabulary.marks import DEMONSTRATION

_HEAD = "# 档案说明：本文件夹的数据只增不改；新版本另建文件夹。\n"
_UNKNOWN = "待核实"


@dataclass(frozen=True)
class Origin:
    """What whoever deposits a file says of it; empty where nothing was said."""

    issuer: str = ""
    document_number: str = ""
    basis: str = ""


def deposit_monitoring(path: Path, plan_id: str, edition: str, origin: Origin) -> tuple[Path, MonitoringFile]:
    """Check a filled monitoring file and store it as an edition of the plan's monitoring source.

    Args:
        path: XLSX or CSV.
        plan_id: the plan it is for.
        edition: the day it was handed in or published, YYYY-MM-DD; the name of its folder.
        origin: issuer, document number and basis.

    Returns:
        The new folder, relative to the repository, and what the file holds.

    Raises:
        InputError: a problem of the file, an edition that is no date or exists already, a plan without monitoring source,
            a demonstration plan's file whose name does not say so, or a real plan's whose name or rows say they are one.
            Nothing was written.
    """
    header = load_plan(plan_id).header
    if not header.monitoring_source:
        raise InputError.single(f"规划 {plan_id}", "没有监测数据的来源", "plan.yml 的 monitoring_source", "在规划定义中补上来源名称")
    published = _edition_date(edition)
    form = monitoring_form(plan_id)
    _check_name(path, form)
    folder = paths.raw_data() / header.monitoring_source / edition
    if folder.exists():
        raise InputError.single(
            f"data/raw/{header.monitoring_source}", f"已有版本 {edition}", "新的版本日期", "已存的版本不改动；换用实际的报送日期"
        )
    found = read_monitoring(path, form)
    if not found.readings:
        raise InputError.single(f"文件 {path.name}", "没有一个数值", "至少填了一个数的监测表", "填好后再存；空表不作为一个版本")
    _check_rows(found, form)
    raw = path.read_bytes()
    if hashlib.sha256(raw).hexdigest() != found.sha256:
        raise InputError.single(f"文件 {path.name}", "检查过程中被改动", "不再改动的文件", "关闭正在编辑它的程序，再存一次")
    _store(folder, path.name, raw, _sidecar(form, found, published, origin))
    return folder.relative_to(paths.home()), found


def _edition_date(edition: str) -> datetime.date:
    try:
        day = datetime.date.fromisoformat(edition)
    except ValueError:
        day = None
    if day is None or day.isoformat() != edition:
        raise InputError.single(f"--edition {edition}", "不是日期", "形如 2023-03-15 的日期", "改为报送或公布的日期")
    return day


def _check_name(path: Path, form: MonitoringForm) -> None:
    if path.name == SIDECAR or path.name.startswith("."):
        raise InputError.single(f"文件 {path.name}", "不能用作数据文件的名称", "如 监测数据.xlsx", "改名后再存")
    if form.demonstration and DEMONSTRATION not in path.name:
        raise InputError.single(
            f"文件 {path.name}",
            f"文件名没有“{DEMONSTRATION}”",
            f"含“{DEMONSTRATION}”的文件名",
            f"改名为 {DEMONSTRATION}-{path.name}",
        )
    if not form.demonstration and DEMONSTRATION in path.name:
        raise InputError.single(
            f"文件 {path.name}", f"{DEMONSTRATION}，而 {form.plan} 是真实规划", "真实的监测数据", "演示数据只能存入演示规划"
        )


def _check_rows(found: MonitoringFile, form: MonitoringForm) -> None:
    """Refuse made-up figures for a real plan, whatever the file is called."""
    if form.demonstration or not found.demonstration_rows:
        return
    places = [reading.where.removeprefix(f"{found.name} ") for reading in found.readings if reading.is_demonstration]
    raise InputError.single(
        f"文件 {found.name}",
        f"{len(places)}行的来源或备注写明“{DEMONSTRATION}”（{listed(places)}），而 {form.plan} 是真实规划",
        "真实的监测数据",
        "演示数据只能存入演示规划；若确是真实数据，改正来源和备注",
    )


def _sidecar(form: MonitoringForm, found: MonitoringFile, published: datetime.date, origin: Origin) -> Sidecar:
    reporters = {reading.reporter for reading in found.readings if reading.reporter}
    issuer = origin.issuer or (reporters.pop() if len(reporters) == 1 else _UNKNOWN)
    made_up = f"{DEMONSTRATION}：数字均为虚构，不代表任何地区"
    return Sidecar(
        title=f"{form.title}监测数据（{published.isoformat()}）",
        issuer=issuer,
        document_number=origin.document_number or NO_NUMBER,
        published=published,
        accessed=datetime.date.today(),
        reliability=DEMONSTRATION if form.demonstration else "填报单位报送的文件",
        basis=origin.basis or (made_up if form.demonstration else f"填报单位报送；使用范围{_UNKNOWN}"),
        files={found.name: DepositedFile(description=f"监测数据填报表，{found.figures}个数", sha256=found.sha256)},
    )


def _store(folder: Path, name: str, raw: bytes, sidecar: Sidecar) -> None:
    """Write both files beside their final place and move them there in one step."""
    made = not folder.parent.exists()
    folder.parent.mkdir(parents=True, exist_ok=True)
    building = Path(tempfile.mkdtemp(dir=folder.parent, prefix=".depositing-"))
    try:
        (building / name).write_bytes(raw)
        content = yaml.safe_dump(sidecar.model_dump(), allow_unicode=True, sort_keys=False, width=1000)
        (building / SIDECAR).write_text(_HEAD + content, encoding="utf-8")
        building.chmod(0o755)
        os.rename(building, folder)
    finally:
        shutil.rmtree(building, ignore_errors=True)
        if made and not any(folder.parent.iterdir()):
            folder.parent.rmdir()
