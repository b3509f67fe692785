"""Every setting, from the environment (``LIVINGPROOF_...``) or the command line, read once and handed on frozen.

The rooms below the service read no environment variable: they get ``ExtractionPolicy`` and ``ServicePolicy`` from here.
A nested limit is set with two underscores: ``LIVINGPROOF_EXTRACTION__FILE_SECONDS=900``.
"""

import os
from ipaddress import ip_address
from pathlib import Path
from typing import Annotated, Literal, Self
from urllib.parse import urlsplit

from platformdirs import user_cache_path, user_data_path
from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    SecretStr,
    ValidationError,
    model_validator,
)
from pydantic_settings import BaseSettings, SettingsConfigDict, SettingsError

from extractors.policy import GIB, MIB, ExtractionPolicy
from service.errors import Unsafe, WrongUse


def _queue_address(given: str) -> str:
    if not given.startswith(("redis://", "rediss://", "unix://")) or not _has_port(given):
        raise ValueError("write it as redis://host:6379/0, rediss://... or unix:///path")
    return given


def _has_port(address: str) -> bool:
    """Whether the port of an address is one, or left out."""
    try:
        return urlsplit(address).port != 0
    except ValueError:
        return False


def _known_embedder(given: str) -> str:
    if given not in EMBEDDERS:
        raise ValueError(f"no embedder is called {given}; there are {', '.join(EMBEDDERS)}")
    return given


# Those that `indexes.embedder` loads, named here so that a wrong name is said before anything heavy is imported.
EMBEDDERS = ("minilm", "multilingual", "fake")
EmbedderName = Annotated[str, AfterValidator(_known_embedder)]
Count = Annotated[int, Field(ge=1)]
Seconds = Annotated[float, Field(gt=0)]
# What the client of the queue takes (https://redis.io/docs/latest/develop/clients/, redis-py's `from_url`).
QueueAddress = Annotated[str, AfterValidator(_queue_address)]
LogLevel = Annotated[Literal["DEBUG", "INFO", "WARNING", "ERROR"], BeforeValidator(str.upper)]

# The shortest access token taken: 16 characters of a random word cannot be guessed over a network.
SHORTEST_TOKEN = 16


class ServicePolicy(BaseModel):
    """What the service allows and how patient it is: each limit with a sentence saying why."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    upload_bytes: Count = Field(2 * GIB, description="Bytes of one upload, counted while they come in.")
    upload_files: Count = Field(2_000, description="Files of one upload; a folder with more comes better as a zip.")
    upload_silence_seconds: Seconds = Field(
        30, description="Time an upload may bring nothing; a line that is silent for longer has broken."
    )
    upload_pace_bytes: Count = Field(
        4_096,
        description="Bytes a second that an upload brings on average, its first minute left out; slower is no line but a hold on the service.",
    )
    uploads_at_once: Count = Field(
        8,
        description="Uploads of one person at the same time; a quarter of what a process takes in, so that one leaves room for others.",
    )
    request_bytes: Count = Field(1 * MIB, description="Bytes of any request that is no upload.")
    request_seconds: Seconds = Field(
        60, description="Time for the body of a request that is no upload: a megabyte over a slow line."
    )
    token_guesses: Count = Field(
        10, description="Different wrong access tokens from one address before its next ones are not looked at."
    )
    token_guess_seconds: Count = Field(
        60, description="Time after which wrong access tokens are forgotten: the longest that a right one has to wait."
    )
    query_characters: Count = Field(500, description="Characters of a search; beyond that it is no question.")
    reason_characters: Count = Field(2_000, description="Characters of a reviewer's reason.")
    search_hits: Count = Field(200, description="Hits of one search; nobody reads more.")
    counted_hits: Count = Field(
        100,
        description="Relevant passages counted by supplier, kind and so on where fewer are shown: twice as many take a fifth longer.",
    )

    judged_texts: Count = Field(
        1_000,
        description="Different texts of one document that are judged: 160 pages of prose; figures alone make no different text in a long table.",
    )
    judged_passages: Count = Field(
        2_000,
        description="Passages of one document that are judged: 20,000 rows of readings; a longer one is a book, a log or a bomb.",
    )

    attempts: Count = Field(3, description="Times a document is tried when its worker dies or a part is out of reach.")
    backoff_seconds: tuple[float, ...] = Field(
        (2.0, 10.0, 30.0), description="Waits before the next attempts: short for a hiccup, longer for a restart."
    )
    heartbeat_seconds: Seconds = Field(5, description="How often a worker says that it lives.")
    lease_seconds: Seconds = Field(
        25, description="Silence after which a worker counts as dead; under the promised minute with a sweep to spare."
    )
    sweep_seconds: Seconds = Field(5, description="How often the work of dead workers is looked for.")
    lost_seconds: Seconds = Field(
        30, description="Time after which a waiting document that the queue does not know is put into it again."
    )
    document_seconds: Seconds = Field(
        1_500, description="Wall time of a worker on one document, all stages; above the reading limit of the policy."
    )
    progress_seconds: Seconds = Field(0.5, description="Shortest time between two writes of a document's page count.")
    stream_seconds: Seconds = Field(0.5, description="How often a progress stream looks for something new.")
    stop_seconds: Seconds = Field(15, description="Time for workers to finish on a stop before they are ended.")

    fewest_labels: Count = Field(
        40, description="Passages decided by reviewers that a training needs to learn from; fewer change nothing."
    )
    fewest_labels_apart: Count = Field(
        30, description="Decided passages kept apart to hold a new model against; fewer say nothing about it."
    )
    training_folds: Annotated[int, Field(ge=2, le=20)] = Field(
        5, description="Parts of a training's honest figures; each needs suppliers of its own."
    )
    queue_passages: Count = Field(
        20_000, description="Newest passages that the review queue chooses from; beyond that the page would be slow."
    )

    @model_validator(mode="after")
    def _fits_together(self) -> Self:
        if self.heartbeat_seconds * 2 > self.lease_seconds:
            raise ValueError("lease_seconds must be at least twice heartbeat_seconds, or living workers count as dead")
        return self


class Settings(BaseSettings):
    """All settings. Built once by the command and handed to what it starts."""

    model_config = SettingsConfigDict(
        env_prefix="LIVINGPROOF_",
        env_nested_delimiter="__",
        nested_model_default_partial_update=True,
        extra="ignore",
        frozen=True,
    )

    data: Path = Field(
        default_factory=lambda: user_data_path("livingproof", False),
        description="The one folder that holds everything: database, files, queue, index.",
    )
    cache: Path = Field(
        default_factory=lambda: user_cache_path("livingproof", False),
        description="Where things stand that can be made again, such as the converted language model.",
    )
    database_url: str | None = Field(None, description="SQLAlchemy address; without it SQLite in the data folder.")
    redis_url: QueueAddress | None = Field(
        None, description="Redis address; without it the embedded server is started."
    )
    blob_url: str | None = Field(None, description="fsspec address of the files, such as s3://bucket/prefix.")
    blob_options: dict[str, object] = Field({}, description="JSON object for fsspec, such as an endpoint.")
    model: Path | None = Field(None, description="Folder of the classifier's model; without it the one that ships.")
    reading_risk: float | None = Field(
        None, ge=0.0, le=0.5,
        description="Error allowed among documents decided living or static, 0.02 for two in a hundred; the rest is left to a reviewer. Without it the model's own.",
    )  # fmt: skip

    self_approval: bool = Field(
        True,
        description="Whether labels count for a model that their own giver promotes; False where several people review.",
    )

    host: str = Field("127.0.0.1", description="Address to listen on; any but this machine's own needs a token.")
    port: Annotated[int, Field(ge=0, le=65535)] = Field(8321, description="Port to listen on; 0 takes a free one.")
    allowed_hosts: tuple[str, ...] = Field((), description="Names browsers reach the service by, JSON list.")
    api_token: SecretStr | None = Field(None, description="The word that programs and people must send to get in.")

    secret_key: SecretStr | None = Field(
        None,
        description="Key for the passwords of bundles; without it one in the data folder. Several machines share one.",
    )

    workers: Count = Field(
        default_factory=lambda: max(1, min(4, os.cpu_count() or 1)),
        description="Worker processes; each holds the models (about 700 MiB) and one reading process.",
    )
    threads: Count = Field(1, description="Threads of one embedding; workers share the cores already.")
    readers: Count = Field(
        default_factory=lambda: max(1, min(4, os.cpu_count() or 1)),
        description="Reading processes of `analyze`.",
    )
    embedder: EmbedderName = Field("minilm", description="Embedder of English passages.")
    multilingual: Annotated[EmbedderName | None, BeforeValidator(lambda given: given or None)] = Field(
        "multilingual", description="Embedder of all other languages; empty for none."
    )
    english_twice: bool = Field(
        True,
        description="Make vectors for search alone after all reading is done: of English passages by the multilingual model too, and of the parts of longer ones in other languages.",
    )
    index_url: str | None = Field(
        None, description="Postgres with pgvector for the search index; without it FAISS in the data folder."
    )
    log_level: LogLevel | None = Field(
        None,
        description="Least weight of what is logged: DEBUG, INFO, WARNING or ERROR. Without it workers log from INFO, `serve` from WARNING.",
    )

    extraction: ExtractionPolicy = ExtractionPolicy()
    limits: ServicePolicy = ServicePolicy()

    @property
    def database(self) -> str:
        """The database's address."""
        return self.database_url or f"sqlite:///{self.data / 'livingproof.sqlite3'}"

    @property
    def blobs(self) -> str:
        """Where the files are."""
        return self.blob_url or str(self.data / "blobs")

    @property
    def model_folder(self) -> Path:
        """Where the classifier's model is."""
        return self.model or Path(__file__).parent.parent / "corpora" / "models" / "default"

    @property
    def embedder_cache(self) -> Path:
        """Where the converted language models are kept."""
        return self.cache / "embedder"

    @property
    def is_local(self) -> bool:
        """Whether only this machine can reach the service."""
        if self.host == "localhost":
            return True
        try:
            return ip_address(self.host).is_loopback
        except ValueError:
            return False

    def check_exposure(self) -> None:
        """Raises Unsafe where strangers could get in."""
        token = self.api_token.get_secret_value() if self.api_token else ""
        if not self.is_local and not token:
            raise Unsafe(f"Listening on {self.host} without a token would open the service to the network.")
        if token and len(token) < SHORTEST_TOKEN:
            raise Unsafe(f"The access token is shorter than {SHORTEST_TOKEN} characters.")


def settings_with(**changes: object) -> Settings:
    """Settings from the environment, changed by what the command line gave (None counts as not given).

    Raises WrongUse that names the setting where one cannot work.
    """
    try:
        return Settings(**{name: value for name, value in changes.items() if value is not None})  # type: ignore[arg-type]
    except ValidationError as problem:
        first = problem.errors()[0]
        name = "LIVINGPROOF_" + "__".join(str(part) for part in first["loc"]).upper()
        raise WrongUse(
            f"The setting {name} cannot be used: {first['msg'].removeprefix('Value error, ')}.",
            "Correct it or take it away.",
        ) from problem
    except SettingsError as problem:
        raise WrongUse(f"A setting cannot be read: {problem}.", "Correct it or take it away.") from problem
