package io.github.smartaug.data;

import java.nio.file.Path;

/** A format whose images can be decoded one by one, when a batch needs them. */
interface StreamedFormat extends DatasetFormat {
  @Override
  default DatasetBundle read(Path path, Resizing resizing) {
    return read(path, resizing, BadImages.REFUSE);
  }

  @Override
  default DatasetBundle read(Path path, Resizing resizing, BadImages badImages) {
    return read(path, resizing, badImages, LoaderOptions.defaults());
  }

  @Override
  DatasetBundle read(Path path, Resizing resizing, BadImages badImages, LoaderOptions options);
}
