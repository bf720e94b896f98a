"""environment.yml, pyproject.toml and requirements.lock agree; the lock is hashed and names no index."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import yaml
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name
from packaging.version import Version

USERS_PACKAGES = {"jupyterlab", "pandas", "matplotlib", "seaborn", "statsmodels", "nbval", "papermill"}


def locked(root: Path) -> dict[str, set[Version]]:
    found: dict[str, set[Version]] = {}
    for name, version in re.findall(r"^([A-Za-z0-9._-]+)==([^ ;\\]+)", (root / "requirements.lock").read_text(), re.M):
        found.setdefault(canonicalize_name(name), set()).add(Version(version))
    return found


def test_lock_meets_every_requirement_of_pyproject(root: Path) -> None:
    project = tomllib.loads((root / "pyproject.toml").read_text(encoding="utf-8"))
    versions = locked(root)
    requirements = [Requirement(text) for text in [*project["project"]["dependencies"], *project["dependency-groups"]["dev"]]]
    assert {canonicalize_name(r.name) for r in requirements} >= USERS_PACKAGES
    for requirement in requirements:
        found = versions.get(canonicalize_name(requirement.name), set())
        assert found, f"{requirement.name} is not in requirements.lock: run make lock"
        assert all(version in requirement.specifier for version in found), f"{requirement} against {found}: run make lock"


def test_conda_environment_names_the_users_packages_at_locked_versions(root: Path) -> None:
    environment = yaml.safe_load((root / "environment.yml").read_text(encoding="utf-8"))
    pinned = dict(item.split("=") for item in environment["dependencies"] if re.fullmatch(r"[a-z]+=[\d.]+", item))
    assert set(pinned) == USERS_PACKAGES
    versions = locked(root)
    for name, version in pinned.items():
        assert versions[name] == {Version(version)}, name
    assert "未验证" in (root / "environment.yml").read_text(encoding="utf-8")


def test_lock_has_hashes_and_no_address(root: Path) -> None:
    text = (root / "requirements.lock").read_text()
    entries = re.split(r"^(?=[A-Za-z0-9._-]+==)", text, flags=re.M)[1:]
    assert len(entries) > 100
    assert all("--hash=sha256:" in entry for entry in entries)
    assert "://" not in text
    assert "index-url" not in text


def test_python_floor_agrees(root: Path) -> None:
    project = tomllib.loads((root / "pyproject.toml").read_text(encoding="utf-8"))
    assert project["project"]["requires-python"] == ">=3.11"
    assert "python>=3.11" in yaml.safe_load((root / "environment.yml").read_text(encoding="utf-8"))["dependencies"]
