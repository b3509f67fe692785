# Livingproof in a container: slim, not root, torch for the processor, OCR languages as asked for.
#   docker build --build-arg OCR_LANGUAGES="vie tha ind chi-sim kor" -t livingproof .
FROM python:3.11-slim-bookworm

ARG OCR_LANGUAGES="vie tha ind chi-sim kor jpn tur msa"
ARG TORCH_INDEX="https://download.pytorch.org/whl/cpu"

RUN apt-get update \
 && for language in $OCR_LANGUAGES; do packages="$packages tesseract-ocr-$language"; done \
 && DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends fonts-noto-cjk fonts-thai-tlwg $packages \
 && rm -rf /var/lib/apt/lists/*

WORKDIR /app
COPY requirements-service.lock ./
# Torch first and alone: the default index would bring a CUDA build of several gigabytes.
RUN grep -E '^torch==' requirements-service.lock > torch.lock \
 && pip install --no-cache-dir --no-deps --index-url "$TORCH_INDEX" -r torch.lock \
 && pip install --no-cache-dir -r requirements-service.lock

COPY pyproject.toml README.md ./
COPY service ./service
COPY extractors ./extractors
COPY evidence ./evidence
COPY indexes ./indexes
COPY corpora ./corpora
RUN pip install --no-cache-dir --no-deps . \
 && useradd --create-home --uid 10001 livingproof \
 && mkdir /data && chown livingproof /data

USER livingproof
ENV LIVINGPROOF_DATA=/data LIVINGPROOF_CACHE=/data/cache LIVINGPROOF_HOST=0.0.0.0 LIVINGPROOF_PORT=8000
VOLUME /data
EXPOSE 8000
HEALTHCHECK --interval=30s --timeout=5s --start-period=60s \
  CMD python -c "import urllib.request, sys; sys.exit(urllib.request.urlopen('http://127.0.0.1:8000/api/v1/health', timeout=4).status != 200)"
ENTRYPOINT ["livingproof"]
CMD ["serve"]
