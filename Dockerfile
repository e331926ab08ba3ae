# SmartAug's command line, from an archive (docs/archive.md):
#   docker build --build-arg ARCHIVE=dist/target/smartaug-VERSION-linux-x86_64.zip -t smartaug .
FROM debian:bookworm-slim AS unpacked
RUN apt-get update && apt-get install --yes --no-install-recommends unzip
ARG ARCHIVE
COPY ${ARCHIVE} /smartaug.zip
RUN mkdir /unpacked && cd /unpacked && unzip -q /smartaug.zip && mv smartaug-* smartaug

FROM debian:bookworm-slim
# Debian's Java decodes JPEG files by libjpeg-turbo, in a third less time than others; the plots' fonts come with it.
RUN apt-get update \
 && apt-get install --yes --no-install-recommends openjdk-17-jre-headless \
 && rm -rf /var/lib/apt/lists/*
COPY --from=unpacked /unpacked/smartaug /opt/smartaug
RUN ln -s /opt/smartaug/bin/smartaug /usr/local/bin/smartaug \
 && useradd --create-home --uid 10001 smartaug \
 && install -d -o smartaug -g smartaug /work /opt/libtorch
# Where libtorch is unpacked: users whom the image does not know have no home folder.
ENV SMARTAUG_JAVA_OPTIONS=-Dorg.bytedeco.javacpp.cachedir=/opt/libtorch
USER smartaug
# Unpacks it once, not at each start, and shows that it loads. All users lock files there.
RUN smartaug info && chmod -R a+rwX /opt/libtorch
# Runs, and data that are mounted.
WORKDIR /work
VOLUME /work
ENTRYPOINT ["smartaug"]
CMD ["--help"]
