# Kastje's dashboard in one container: `docker build -t kastje .`, then see docs/hosting.md.

FROM python:3.13-slim AS build
ENV PIP_NO_CACHE_DIR=1 PIP_DISABLE_PIP_VERSION_CHECK=1
WORKDIR /build
RUN python -m venv /srv/kastje
COPY constraints.txt ./
# Exact versions, held to their hashes; the project itself after them, with no look at a registry.
RUN /srv/kastje/bin/pip install --require-hashes --requirement constraints.txt
COPY pyproject.toml README.md LICENSE CITATION.cff app.py ./
COPY src src
COPY agents agents
COPY model model
COPY experiments experiments
COPY evidence evidence
COPY dashboard dashboard
COPY commands commands
RUN /srv/kastje/bin/pip install --no-deps --no-build-isolation .

FROM python:3.13-slim
LABEL org.opencontainers.image.title="Kastje" org.opencontainers.image.licenses="EUPL-1.2"
RUN useradd --uid 10001 --create-home --shell /usr/sbin/nologin kastje
COPY --from=build /srv/kastje /srv/kastje
ENV PATH=/srv/kastje/bin:$PATH \
    PYTHONUNBUFFERED=1 \
    PYTHONDONTWRITEBYTECODE=1 \
    KASTJE_CACHE=/var/cache/kastje \
    IPYTHONDIR=/tmp/ipython \
    NUMBA_CPU_NAME=generic
RUN install -d -o kastje -g kastje /var/cache/kastje
USER kastje
WORKDIR /srv/kastje
# Compile the model now, for any processor of this kind, so that a new container answers at once.
RUN python -c "from kastje.model import Scenario, simulate; simulate(Scenario.load('tilburg').with_lessons(ownership=1.0), 1)"
EXPOSE 8765
HEALTHCHECK --interval=30s --timeout=5s --start-period=120s --retries=3 \
    CMD ["python", "-c", "import urllib.request as u; u.urlopen('http://127.0.0.1:8765/readyz', timeout=4)"]
STOPSIGNAL SIGTERM
CMD ["kastje", "dashboard", "--host", "0.0.0.0", "--port", "8765", "--no-open"]
