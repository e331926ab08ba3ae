# SmartAug's command line, from an archive (docs/archive.md):
#   docker build --build-arg ARCHIVE=dist/target/smartaug-VERSION-linux-x86_64.zip -t smartaug .
FROM eclipse-temurin:17-jdk AS unpacked
ARG ARCHIVE
COPY ${ARCHIVE} /smartaug.zip
RUN mkdir /unpacked && cd /unpacked && jar xf /smartaug.zip && mv smartaug-* smartaug && chmod +x smartaug/bin/smartaug

FROM eclipse-temurin:17-jre
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
