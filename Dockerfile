# The bot in a container: `docker build -t coverage-bot .`; the README says how to run it.
# The first stage has pip and what builds the wheel, in the versions of config/constraints.txt; the image has neither.
FROM python:3.11.14-slim-bookworm AS builder
WORKDIR /build
COPY config/constraints.txt config/
RUN python -m venv --without-pip /opt/coverage-bot \
    && python -m pip install --no-cache-dir -c config/constraints.txt hatchling
COPY pyproject.toml README.md ./
COPY bot bot
COPY config config
COPY corpus corpus
# A checkout may be readable by its owner alone, who is somebody else in the container.
RUN python -m pip wheel --no-cache-dir --no-deps --no-build-isolation -w wheels . \
    && python -m pip --python /opt/coverage-bot/bin/python install --no-cache-dir -c config/constraints.txt wheels/*.whl \
    && chmod -R a+rX config corpus \
    && mkdir /state

FROM python:3.11.14-slim-bookworm
COPY --from=builder /opt/coverage-bot /opt/coverage-bot
COPY --from=builder /build/config /config
COPY --from=builder --chown=10001:10001 /build/corpus /corpus
COPY --from=builder --chown=10001:10001 /state /state
ENV PATH=/opt/coverage-bot/bin:$PATH \
    HOME=/state \
    PYTHONDONTWRITEBYTECODE=1 \
    PYTHONUNBUFFERED=1 \
    COVERAGE_BOT_CONFIG=/config/bot.toml \
    COVERAGE_BOT_CORPUS=/corpus \
    COVERAGE_BOT_STATE__FOLDER=/state \
    COVERAGE_BOT_TELEGRAM__HEALTH_FILE=/state/alive
USER 10001:10001
WORKDIR /state
VOLUME ["/corpus", "/state"]
STOPSIGNAL SIGTERM
HEALTHCHECK --interval=30s --timeout=10s --start-period=60s CMD ["coverage-bot", "health"]
ENTRYPOINT ["coverage-bot"]
CMD ["telegram"]
