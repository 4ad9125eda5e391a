"""What happens, counted for Prometheus: by route and outcome, never by question or client."""

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, generate_latest

_SECONDS = (0.02, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60)


class Metrics:
    """The figures of one application."""

    def __init__(self) -> None:
        self._registry = CollectorRegistry()
        labels = ("route", "status")
        self._requests = Counter(
            "ecopolicy_requests", "Requests by route and status.", labels, registry=self._registry
        )
        self._seconds = Histogram(
            "ecopolicy_request_seconds",
            "Seconds until the response began.",
            ("route",),
            buckets=_SECONDS,
            registry=self._registry,
        )
        self._answers = Counter(
            "ecopolicy_answers", "Answers by outcome.", ("outcome",), registry=self._registry
        )
        self.waiting = Gauge(
            "ecopolicy_waiting", "Requests that wait for a worker.", registry=self._registry
        )

    def request(self, route: str, status: int, seconds: float) -> None:
        """Count a request."""
        self._requests.labels(route, str(status)).inc()
        self._seconds.labels(route).observe(seconds)

    def answer(self, outcome: str) -> None:
        """Count an answer."""
        self._answers.labels(outcome).inc()

    def text(self) -> bytes:
        """All of them, in the form that Prometheus reads."""
        return generate_latest(self._registry)
