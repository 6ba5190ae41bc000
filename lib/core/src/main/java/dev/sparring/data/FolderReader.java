package dev.sparring.data;

import dev.sparring.file.Reason;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileSystemException;
import java.nio.file.FileVisitOption;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.OptionalInt;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Lists and decodes the files of an {@link ImageFolder}. */
final class FolderReader {
  private static final int CHUNK = 256;
  private static final Duration LOG_EVERY = Duration.ofSeconds(10);

  /** A decoded image, or the reason why it could not be decoded. */
  private static final class Decoded {
    private final byte @Nullable [] pixels;
    private final String problem;

    private Decoded(byte @Nullable [] pixels, String problem) {
      this.pixels = pixels;
      this.problem = problem;
    }
  }

  private final ImageFolder settings;
  private final @Nullable Side side;
  private final Path root;
  private final Consumer<String> log;

  FolderReader(ImageFolder settings, Consumer<String> log) {
    this(settings, null, log);
  }

  /** Reads one half of each image. */
  FolderReader(ImageFolder settings, @Nullable Side side, Consumer<String> log) {
    this.settings = settings;
    this.side = side;
    this.root = Path.of(settings.folder());
    this.log = log;
  }

  DataSet read() {
    SortedMap<String, Path> files = files();
    checkMemory(files.size());
    List<String> names = List.copyOf(files.keySet());
    List<Path> paths = List.copyOf(files.values());
    List<byte[]> images = new ArrayList<>();
    List<String> kept = new ArrayList<>();
    long logged = System.nanoTime();
    // In chunks, so that the first broken file is reported without decoding all later ones.
    for (int start = 0; start < paths.size(); start += CHUNK) {
      List<Path> chunk = paths.subList(start, Math.min(start + CHUNK, paths.size()));
      Decoded[] decoded =
          IntStream.range(0, chunk.size())
              .parallel()
              .mapToObj(i -> decode(chunk.get(i)))
              .toArray(Decoded[]::new);
      for (int i = 0; i < decoded.length; i++) {
        byte[] pixels = decoded[i].pixels;
        if (pixels != null) {
          images.add(pixels);
          kept.add(names.get(start + i));
        } else if (settings.onBroken() == BrokenImages.SKIP) {
          log.accept("skipped " + chunk.get(i) + ": " + decoded[i].problem);
        } else {
          throw new DataException(
              chunk.get(i) + ": " + decoded[i].problem + " (onBroken: skip would leave it out)");
        }
      }
      if (System.nanoTime() - logged > LOG_EVERY.toNanos()) {
        logged = System.nanoTime();
        log.accept("decoded " + (start + chunk.size()) + " of " + paths.size() + " images");
      }
    }
    if (images.isEmpty()) {
      throw new DataException(root + ": each of its " + paths.size() + " images is broken");
    }
    return new NamedSamples(
        new ByteSet(settings.sampleShape(), images.toArray(byte[][]::new), labels(names, kept)),
        kept);
  }

  /** The image files by path relative to the root, with / on every system, sorted by this path. */
  private SortedMap<String, Path> files() {
    if (!Files.isDirectory(root)) {
      throw new DataException(root + ": no such folder");
    }
    SortedMap<String, Path> images = new TreeMap<>();
    int others = 0;
    int depth = settings.recursive() ? Integer.MAX_VALUE : 1;
    try (Stream<Path> all = Files.walk(root, depth, FileVisitOption.FOLLOW_LINKS)) {
      for (Path file : (Iterable<Path>) all.filter(Files::isRegularFile)::iterator) {
        String name =
            root.relativize(file).toString().replace(file.getFileSystem().getSeparator(), "/");
        if (name.startsWith(".") || name.contains("/.")) {
          continue;
        }
        if (name.toLowerCase(Locale.ROOT).matches(".*\\.(png|jpe?g)")) {
          images.put(name, file);
        } else {
          others++;
        }
      }
    } catch (UncheckedIOException | IOException e) {
      throw new DataException(root + ": cannot be listed: " + Reason.of(e), e);
    }
    if (images.isEmpty()) {
      throw new DataException(
          root
              + ": has no .png, .jpg or .jpeg file"
              + (settings.recursive()
                  ? " in or below it"
                  : " (recursive: true would search its sub-folders)"));
    }
    if (others > 0) {
      log.accept(root + ": left out " + others + " files that are not .png, .jpg or .jpeg");
    }
    return images;
  }

  private Decoded decode(Path file) {
    try {
      byte[] pixels =
          new ImageDecoder(settings.size(), settings.channels(), side)
              .decode(Files.readAllBytes(file));
      return new Decoded(pixels, "");
    } catch (IOException e) {
      // The message of the file system's exceptions is only the file's name.
      return new Decoded(
          null,
          e instanceof FileSystemException ? "cannot be read" : String.valueOf(e.getMessage()));
    }
  }

  private void checkMemory(int count) {
    long needed = (long) count * settings.sampleShape().elements();
    long heap = Runtime.getRuntime().maxMemory();
    if (needed > heap * 0.8) {
      throw new DataException(
          String.format(
              Locale.ROOT,
              "%s: %d images of %s take %.1f GB, Java may use %.1f GB; a smaller size or java"
                  + " -Xmx%dg would do",
              root,
              count,
              settings.sampleShape(),
              needed / 1e9,
              heap / 1e9,
              (long) Math.ceil(needed / 0.8 / 1e9)));
    }
  }

  /** The number of labels; empty if a file lies in no sub-folder. */
  OptionalInt classes() {
    List<String> names = List.copyOf(files().keySet());
    return isLabelled(names) ? OptionalInt.of(classes(names).size()) : OptionalInt.empty();
  }

  private static boolean isLabelled(List<String> names) {
    return names.stream().noneMatch(name -> name.indexOf('/') < 0);
  }

  /**
   * Classes are counted over all files, so that leaving out a broken one does not renumber them.
   */
  private static List<String> classes(List<String> names) {
    return List.copyOf(new TreeSet<>(names.stream().map(FolderReader::top).toList()));
  }

  private static int @Nullable [] labels(List<String> names, List<String> kept) {
    if (!isLabelled(names)) {
      return null;
    }
    List<String> classes = classes(names);
    return kept.stream().mapToInt(name -> Collections.binarySearch(classes, top(name))).toArray();
  }

  private static String top(String name) {
    return name.substring(0, name.indexOf('/'));
  }
}
