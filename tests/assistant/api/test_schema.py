"""Whatever fits the interface's own document, and whatever does not, is answered as it says."""

from dataclasses import replace

import pytest
import schemathesis
from hypothesis import HealthCheck, given, settings
from schemathesis.specs.openapi.checks import positive_data_acceptance

from assistant.api import build_api
from assistant.pipeline import Assistant
from tests.support import options_for

#: A question of punctuation alone fits the document and is refused.
LEFT_OUT = [positive_data_acceptance]


@pytest.fixture(scope="module")
def described(
    assistant: Assistant, tmp_path_factory: pytest.TempPathFactory
) -> schemathesis.BaseSchema:
    options = replace(
        options_for(assistant.corpus),
        data_dir=tmp_path_factory.mktemp("api"),
        api_requests_per_minute=100_000,
        client_header="X-Real-IP",
    )
    return schemathesis.openapi.from_asgi("/v1/openapi.json", build_api(assistant, options))


def test_as_described(described: schemathesis.BaseSchema) -> None:
    tried = 0
    for found in described.get_all_operations():
        operation = found.ok()

        @given(case=operation.as_strategy())
        @settings(max_examples=15, deadline=None, suppress_health_check=list(HealthCheck))
        def is_answered(case: schemathesis.Case) -> None:
            case.call_and_validate(headers={"X-Real-IP": "127.0.0.1"}, excluded_checks=LEFT_OUT)

        is_answered()
        tried += 1
    assert tried >= 7
