import pytest

from indexes.embedder import EMBEDDERS as LOADED
from service.errors import Unsafe, WrongUse
from service.settings import EMBEDDERS, ServicePolicy, Settings, settings_with


def test_limits_are_set_one_by_one_from_the_environment(monkeypatch):
    monkeypatch.setenv("LIVINGPROOF_EXTRACTION__FILE_SECONDS", "900")
    monkeypatch.setenv("LIVINGPROOF_LIMITS__ATTEMPTS", "5")
    settings = settings_with()
    assert (settings.extraction.file_seconds, settings.limits.attempts) == (900, 5)
    assert settings.extraction.pages == Settings().extraction.pages


def test_a_setting_that_cannot_work_is_named(monkeypatch):
    monkeypatch.setenv("LIVINGPROOF_PORT", "many")
    with pytest.raises(WrongUse, match="LIVINGPROOF_PORT"):
        settings_with()


@pytest.mark.parametrize("address", ["queue:6379", "redis://queue:abc/0", "redis://queue:99999/0"])
def test_an_address_of_the_queue_that_no_client_takes_is_named(monkeypatch, address):
    monkeypatch.setenv("LIVINGPROOF_REDIS_URL", address)
    with pytest.raises(WrongUse, match="LIVINGPROOF_REDIS_URL cannot be used: write it as redis://"):
        settings_with()
    monkeypatch.setenv("LIVINGPROOF_REDIS_URL", "unix:///run/queue.sock")
    assert settings_with().redis_url == "unix:///run/queue.sock"


def test_an_embedder_that_nobody_knows_is_named_before_anything_starts(monkeypatch):
    assert set(EMBEDDERS) == set(LOADED)
    monkeypatch.setenv("LIVINGPROOF_EMBEDDER", "minillm")
    with pytest.raises(
        WrongUse, match="LIVINGPROOF_EMBEDDER cannot be used: no embedder is called minillm; there are minilm"
    ):
        settings_with()
    monkeypatch.setenv("LIVINGPROOF_EMBEDDER", "minilm")
    monkeypatch.setenv("LIVINGPROOF_MULTILINGUAL", "e6")
    with pytest.raises(WrongUse, match="LIVINGPROOF_MULTILINGUAL"):
        settings_with()
    monkeypatch.setenv("LIVINGPROOF_MULTILINGUAL", "")
    assert settings_with().multilingual is None


def test_the_log_level_is_one_of_four_in_any_case(monkeypatch):
    assert Settings().log_level is None  # each command chooses its own
    monkeypatch.setenv("LIVINGPROOF_LOG_LEVEL", "info")
    assert settings_with().log_level == "INFO"
    monkeypatch.setenv("LIVINGPROOF_LOG_LEVEL", "loud")
    with pytest.raises(WrongUse, match="LIVINGPROOF_LOG_LEVEL"):
        settings_with()


def test_the_command_line_wins_over_the_environment(monkeypatch, tmp_path):
    monkeypatch.setenv("LIVINGPROOF_DATA", "/elsewhere")
    assert settings_with(data=tmp_path).data == tmp_path


@pytest.mark.parametrize(
    ("host", "token"), [("0.0.0.0", None), ("192.168.1.5", None), ("::", None), ("0.0.0.0", "short")]
)
def test_strangers_need_a_real_token(host, token):
    with pytest.raises(Unsafe):
        Settings(host=host, api_token=token).check_exposure()


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost", "::1"])
def test_this_machine_needs_none(host):
    settings = Settings(host=host, api_token=None)
    settings.check_exposure()
    assert settings.is_local


def test_every_setting_and_limit_has_a_sentence():
    for model in (Settings, ServicePolicy):
        for name, field in model.model_fields.items():
            if name not in ("extraction", "limits"):
                assert field.description, name


def test_leases_shorter_than_heartbeats_are_refused():
    with pytest.raises(ValueError, match="lease_seconds"):
        ServicePolicy(heartbeat_seconds=10, lease_seconds=15)


def test_a_token_is_not_shown():
    assert "hush" not in repr(Settings(api_token="hush" * 8))
