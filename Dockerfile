# Not tested: it could not be built where comity is developed. Corrections are welcome.
FROM python:3.13-slim

RUN useradd --create-home comity && mkdir /config /data && chown comity /config /data
COPY . /source
RUN pip install --no-cache-dir "/source[fast,parquet,service]" && rm -rf /source

USER comity
ENV COMITY_SERVE_HOST=0.0.0.0 \
    COMITY_SERVE_KEYS=/config/keys.sqlite \
    COMITY_SERVE_LOG=json
EXPOSE 8000
VOLUME ["/config", "/data"]
# In the form of a list, so that the signal to stop reaches comity itself.
ENTRYPOINT ["comity"]
CMD ["serve"]
