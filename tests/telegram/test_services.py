"""What the README gives to run the bot for good: a Compose file and a systemd unit that fit program and image."""

import json
import os
import re
import shutil
import signal
import subprocess
import sys
from pathlib import Path

import pytest
import yaml
from bot_process import Starter
from dockerfile import instructions
from program import write_article
from server import BotApiServer

from bot import settings
from bot.front.cli import COMMANDS

ROOT = Path(__file__).parents[2]
NO_RESTART = {"76", "78"}  # another instance; wrong token or settings


def part(name: str) -> str:
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    found = re.search(rf"<!-- {name} -->\n```\w+\n(.*?)```\n<!-- end -->", text, re.DOTALL)
    assert found, f"the README has no part {name}"
    return found[1]


def known(variable: str) -> bool:
    """Say whether the program reads an environment variable."""
    ours = {f"{settings.PREFIX}{section}__{key}".upper() for section, keys in settings.keys().items() for key in keys}
    return variable in ours | {"COVERAGE_BOT_CONFIG", "COVERAGE_BOT_CORPUS", "TELEGRAM_BOT_TOKEN_FILE"}


def unit() -> dict[str, list[str]]:
    """Return the unit's values by "Section.Key"."""
    section, found = "", dict[str, list[str]]()
    for line in filter(None, part("unit").splitlines()):
        if line.startswith("["):
            section = line.strip("[]")
        else:
            name, _, value = line.partition("=")
            found.setdefault(f"{section}.{name}", []).append(value)
    return found


def test_the_compose_file_fits_the_image() -> None:
    image = dict(instructions(ROOT / "Dockerfile"))
    composed = yaml.safe_load(part("compose"))
    service = composed["services"]["coverage-bot"]
    mounts = [mount.split(":") for mount in service["volumes"]]
    assert {target for _, target, *_ in mounts} == {*json.loads(image["VOLUME"]), "/config"}
    assert [target for _, target, *mode in mounts if mode == ["ro"]] == ["/config"]
    for source, *_ in mounts:
        assert (ROOT / source).is_dir() if source.startswith(".") else source in composed["volumes"]
    assert service["read_only"] is True
    [secret] = service["secrets"]
    assert secret in composed["secrets"]
    assert service["environment"] == {"TELEGRAM_BOT_TOKEN_FILE": f"/run/secrets/{secret}"}
    assert service["restart"] == "unless-stopped"
    assert set(service["healthcheck"]) == {"start_period"}, "the check itself is the image's"
    assert "command" not in service
    assert json.loads(image["CMD"]) == ["telegram"]


def test_the_unit_fits_the_program() -> None:
    said = unit()
    assert [value.split()[1:] for value in said["Service.ExecStart"]] == [["telegram"]]
    assert "telegram" in COMMANDS
    variables = dict(value.split("=", 1) for value in said["Service.Environment"])
    assert all(map(known, variables)), variables
    [name, _] = said["Service.LoadCredential"][0].split(":")
    assert variables["TELEGRAM_BOT_TOKEN_FILE"] == f"%d/{name}"
    assert said["Service.ReadWritePaths"] == [variables["COVERAGE_BOT_CORPUS"]]
    assert variables["COVERAGE_BOT_STATE__FOLDER"] == f"%S/{said['Service.StateDirectory'][0]}"
    assert said["Service.Restart"] == ["on-failure"]
    assert set(said["Service.RestartPreventExitStatus"][0].split()) == NO_RESTART


@pytest.mark.skipif(not shutil.which("systemd-analyze"), reason="there is no systemd-analyze, in Debian's systemd")
def test_systemd_has_nothing_to_say_on_the_unit(tmp_path: Path) -> None:
    file = tmp_path / "coverage-bot.service"
    here = part("unit").replace("/opt/coverage-bot/bin/coverage-bot", sys.executable)  # it looks for the program
    file.write_text(here, encoding="utf-8")
    analyze = ["systemd-analyze", "verify", "--man=no", "--recursive-errors=no", file]
    done = subprocess.run(analyze, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")


def test_the_signal_of_a_reload_has_the_articles_read_again(
    server: BotApiServer, bot_process: Starter, tmp_path: Path
) -> None:
    assert unit()["Service.ExecReload"] == ["kill -HUP $MAINPID"]
    write_article(tmp_path, "a", "“The bridge is open,” said Anna Nowak.")
    bot = bot_process(server, corpus=tmp_path)
    write_article(tmp_path, "b", "“The road is shut,” said Jan Kowal.")
    os.kill(bot.pid, signal.SIGHUP)
    bot.wait_for_log("reloaded")
    alice = server.user("Alice")
    alice.says("What did Jan Kowal say?")
    assert "The road is shut" in alice.hear()["text"]
