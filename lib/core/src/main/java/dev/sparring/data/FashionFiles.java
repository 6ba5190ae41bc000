package dev.sparring.data;

import dev.sparring.file.CacheDirectory;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The places where Fashion-MNIST is searched.
 *
 * @param folders searched in this order
 * @param cache searched next, and where downloads go; null for never downloading
 * @param servers asked last, in this order; file names are appended
 * @param checksums SHA-256 of each file's unpacked contents, by name without .gz
 */
record FashionFiles(
    List<Path> folders, @Nullable Path cache, List<URI> servers, Map<String, String> checksums) {

  /** The files of one split. */
  record Found(Path images, Path labels) {}

  private static final Path DEBIAN = Path.of("/usr/share/datasets/fashion-mnist");

  private static final List<URI> SERVERS =
      List.of(
          // The project's own server. It has no https; the checksums make that safe.
          URI.create("http://fashion-mnist.s3-website.eu-central-1.amazonaws.com/"),
          URI.create(
              "https://raw.githubusercontent.com/zalandoresearch/fashion-mnist/master/data/fashion/"));

  // Checksums of the unpacked contents, because the .gz files of Debian's package differ from the
  // originals (in their gzip headers). Debian's contents are the originals': with the original
  // header in front, they have the MD5 sums that the project's README states.
  private static final Map<String, String> CHECKSUMS =
      Map.of(
          "train-images-idx3-ubyte",
          "c59f468a2f672dc815687fe0f83887768d799fd8a3f3276145d20f83aa44d888",
          "train-labels-idx1-ubyte",
          "bad3541b69d912435c50bb6ba87bec294ff4f6a2e1246121d8633921760443d9",
          "t10k-images-idx3-ubyte",
          "5b4141f0afbad91edebe8549f8fcffe087ea10ca49f1dbef5c9a5cd8815ce37b",
          "t10k-labels-idx1-ubyte",
          "0402a96d92fd2663957122ceb108a494c5af83dab82d92729df917d7dec38c34");

  /** Only the given folder, or the usual places if it is null. */
  static FashionFiles standard(@Nullable String folder, Map<String, String> environment) {
    return folder != null
        ? new FashionFiles(List.of(InputFile.of(folder).path()), null, List.of(), CHECKSUMS)
        : new FashionFiles(
            List.of(DEBIAN),
            CacheDirectory.of(environment).resolve("fashion-mnist"),
            SERVERS,
            CHECKSUMS);
  }

  /**
   * Finds or downloads a split.
   *
   * @throws DataException if that fails; the message lists every place and what was wrong there
   */
  Found find(Split split, Consumer<String> log) {
    String part = split == Split.TRAIN ? "train" : "t10k";
    String images = part + "-images-idx3-ubyte";
    String labels = part + "-labels-idx1-ubyte";
    List<String> tried = new ArrayList<>();
    List<Path> places = new ArrayList<>(folders);
    if (cache != null) {
      places.add(cache);
    }
    for (Path place : places) {
      Optional<Path> foundImages = in(place, images);
      Optional<Path> foundLabels = in(place, labels);
      if (foundImages.isPresent() && foundLabels.isPresent()) {
        return new Found(foundImages.get(), foundLabels.get());
      }
      String missing = foundImages.isPresent() ? labels : images;
      tried.add(
          Files.isDirectory(place)
              ? place + " (has no " + missing + ", plain or .gz)"
              : place + " (no such folder)");
    }
    if (cache != null) {
      Path foundImages = fetched(images, cache, tried, log);
      Path foundLabels = foundImages == null ? null : fetched(labels, cache, tried, log);
      if (foundImages != null && foundLabels != null) {
        return new Found(foundImages, foundLabels);
      }
    }
    throw new DataException("Fashion-MNIST was not found; tried " + String.join("; ", tried));
  }

  private static Optional<Path> in(Path folder, String name) {
    return List.of(folder.resolve(name), folder.resolve(name + ".gz")).stream()
        .filter(Files::isRegularFile)
        .findFirst();
  }

  private @Nullable Path fetched(String name, Path into, List<String> tried, Consumer<String> log) {
    Optional<Path> there = in(into, name);
    if (there.isPresent()) {
      return there.get();
    }
    Path target = into.resolve(name + ".gz");
    for (URI server : servers) {
      URI source = server.resolve(name + ".gz");
      try {
        Files.createDirectories(into);
        new Download(source, checksums.getOrDefault(name, "")).to(target, log);
        return target;
      } catch (IOException e) {
        tried.add(source + " (" + Download.reason(e) + ")");
      }
    }
    return null;
  }
}
