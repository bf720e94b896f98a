"""Deposits of raw files: each folder ``data/raw/<source>/<edition>/`` carries a sidecar that vouches for its files."""

from __future__ import annotations

import datetime
import hashlib
import os
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from analysis.archive.schema import Strict, read_yaml
from analysis.vocabulary import paths
from analysis.vocabulary.errors import InputError, Problem
from analysis.vocabulary.marks import DEMONSTRATION

SIDECAR = "source.yml"
NO_NUMBER = "无"  # what a sidecar says of a source that has no document number
UNSEALED = "待登记"  # stands in place of a hash in a draft sidecar
_NOT_SEALED = "尚未登记"


class DepositedFile(Strict):
    """One file of a deposit: what it is, and the hash that proves it unchanged (待登记 while it is still being filled in)."""

    description: str
    sha256: str


class Sidecar(Strict):
    """What a deposit says of itself."""

    title: str
    issuer: str
    document_number: str
    published: datetime.date
    accessed: datetime.date
    reliability: str
    basis: str
    files: dict[str, DepositedFile]


@dataclass(frozen=True)
class Deposit:
    """One edition of one source, its files verified against the sidecar."""

    source: str
    edition: str
    folder: Path
    sidecar: Sidecar

    def path(self, name: str) -> Path:
        """Return the path of a file that the sidecar vouches for."""
        if name not in self.sidecar.files:
            raise InputError.single(f"{self.source}/{self.edition}", f"档案说明未列出 {name}", "、".join(self.sidecar.files))
        return self.folder / name

    @property
    def original_seen(self) -> bool:
        """Say whether somebody saw the original; if not, citations carry 待核实."""
        return "未见" not in self.sidecar.reliability

    @property
    def is_demonstration(self) -> bool:
        """Say whether its figures are made up; everything drawn or written from them says 演示数据."""
        return self.sidecar.reliability == DEMONSTRATION

    def citation(self) -> str:
        """Return the words a report prints under a figure: issuer, title, document number, 待核实 where due."""
        side = self.sidecar
        numbered = side.document_number != NO_NUMBER
        doubt = f"据转载，{'文号与日期' if numbered else '原件'}待核实"
        words = [*([side.document_number] if numbered else []), *([] if self.original_seen else [doubt])]
        return f"{side.issuer}《{side.title}》" + (f"（{'；'.join(words)}）" if words else "")


def sha256_of(path: Path) -> str:
    """Return a file's SHA-256 as lower-case hexadecimal."""
    return hashlib.sha256(path.read_bytes()).hexdigest()


def editions(source: str) -> list[str]:
    """Return the editions of a source, oldest first (their folder names sort by date)."""
    folder = paths.raw_data() / source
    return sorted(item.name for item in folder.iterdir() if item.is_dir() and item.name[:4].isdigit()) if folder.is_dir() else []


def load_deposit(source: str, edition: str = "latest") -> Deposit:
    """Open one edition of a source and check every file against its sidecar.

    Args:
        source: folder name under ``data/raw``.
        edition: folder name under it, or ``latest``.

    Raises:
        InputError: no such source or edition, or a file that is missing, changed, not listed or not sealed yet.
    """
    deposit = _opened(source, edition)
    problems = verify(deposit)
    if problems:
        raise InputError(problems)
    return deposit


def _opened(source: str, edition: str) -> Deposit:
    known = editions(source)
    if not known:
        raise InputError.single(f"data/raw/{source}", "没有该来源", "、".join(sources()), "核对来源名称")
    chosen = known[-1] if edition == "latest" else edition
    if chosen not in known:
        raise InputError.single(f"data/raw/{source}", f"没有版本 {edition}", "、".join(known), "改用其中一个版本")
    folder = paths.raw_data() / source / chosen
    return Deposit(source, chosen, folder, read_yaml(folder / SIDECAR, Sidecar))


def seal(source: str, edition: str = "latest") -> list[str]:
    """Write the hashes of a draft deposit's files into its sidecar, once; comments and layout of the sidecar stay.

    Returns:
        Names of the files sealed now.

    Raises:
        InputError: every file is sealed already (a sealed one is never sealed anew), or a file is missing, changed or not
            listed; nothing is written then.
    """
    deposit = _opened(source, edition)
    where = f"data/raw/{deposit.source}/{deposit.edition}"
    drafts = [name for name, file in deposit.sidecar.files.items() if file.sha256 == UNSEALED]
    problems = [problem for problem in verify(deposit) if problem.found != _NOT_SEALED]
    if not drafts:
        problems.append(Problem(where, "各文件均已登记", "sha256 为待登记的文件", "登记后不得改动；有更正的另建新版本文件夹"))
    if problems:
        raise InputError(problems)
    path = deposit.folder / SIDECAR
    text = path.read_bytes().decode("utf-8")
    for start, end, name in sorted(_hash_places(text, drafts), reverse=True):
        text = text[:start] + sha256_of(deposit.folder / name) + text[end:]
    draft = path.with_name(f".{SIDECAR}")
    draft.write_bytes(text.encode("utf-8"))
    os.replace(draft, path)
    return drafts


def _hash_places(text: str, names: list[str]) -> list[tuple[int, int, str]]:
    """Return where in a sidecar's text the hashes of some files stand: start, end, file name."""
    files: Any = _value(yaml.compose(text, Loader=yaml.SafeLoader), "files")
    marks = [(_value(_value(files, name), "sha256"), name) for name in names]
    return [(node.start_mark.index, node.end_mark.index, name) for node, name in marks]


def _value(mapping: Any, key: str) -> Any:
    return next(value for name, value in mapping.value if name.value == key)


def sources() -> list[str]:
    """Return the names of all sources in ``data/raw``."""
    return sorted(item.name for item in paths.raw_data().iterdir() if item.is_dir())


def verify(deposit: Deposit) -> list[Problem]:
    """Return what differs between a deposit's files and its sidecar."""
    listed = deposit.sidecar.files
    where = f"data/raw/{deposit.source}/{deposit.edition}"
    present = {item.name for item in deposit.folder.iterdir() if item.name != SIDECAR and not item.name.startswith(".")}
    problems = [Problem(f"{where}/{name}", "文件缺失", "档案说明所列文件", "从备份恢复") for name in sorted(set(listed) - present)]
    problems += [
        Problem(f"{where}/{name}", "未登记的文件", "在 source.yml 中登记", "登记，或移出该文件夹") for name in sorted(present - set(listed))
    ]
    for name in sorted(present & set(listed)):
        if listed[name].sha256 == UNSEALED:
            command = f"minzheng seal {deposit.source} --edition {deposit.edition}"
            problems.append(Problem(f"{where}/{name}", _NOT_SEALED, "登记了 sha256 的文件", f"填写并核对无误后运行 {command}"))
            continue
        found = sha256_of(deposit.folder / name)
        if found != listed[name].sha256:
            problems.append(
                Problem(
                    f"{where}/{name}",
                    f"sha256 {found[:12]}…",
                    f"{listed[name].sha256[:12]}…",
                    "原始文件不得改动；恢复原文件，或另建新版本文件夹",
                )
            )
    return problems
