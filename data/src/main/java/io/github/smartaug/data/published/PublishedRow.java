package io.github.smartaug.data.published;

import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** A data set that the library knows. */
record PublishedRow(
    String name,
    Set<String> aliases,
    String description,
    URI home,
    String licence,
    Contents contents,
    Optional<Unpacking> unpacking,
    List<PublishedFile> files,
    Map<String, String> fingerprints)
    implements PublishedDataset {}
