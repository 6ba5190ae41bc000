package dev.sparring.extract;

import dev.sparring.file.Sha256;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;

/**
 * A file with a network that makes features, and how it is to be used.
 *
 * @param path the file
 * @param preprocessing what samples go through before the network
 * @param output which of the network's outputs the features are, by name or number; empty takes the
 *     first
 * @param sha256 of what the file holds
 */
public record ExtractorFile(
    Path path, Preprocessing preprocessing, Optional<String> output, String sha256) {
  /** What figures of other extractors are called: no file may pass for one of these. */
  private static final Set<String> TAKEN = Set.of("pixels", "points", "classifier");

  /**
   * Reads what the file holds.
   *
   * @throws ExtractorException if it is not there or cannot be read
   */
  public static ExtractorFile of(Path path, Preprocessing preprocessing, Optional<String> output) {
    if (!Files.isRegularFile(path)) {
      throw new ExtractorException(
          path + ": no such file; expected a network as ONNX or TorchScript");
    }
    try {
      return new ExtractorFile(path, preprocessing, output, Sha256.of(path));
    } catch (IOException e) {
      throw new ExtractorException(path + ": cannot be read: " + e.getMessage(), e);
    }
  }

  /**
   * The file's name without its ending, by which figures are called; with its ending, if another
   * extractor is called so. What is neither a letter, a digit nor one of . _ - becomes _.
   */
  public String name() {
    return name(path);
  }

  /** What {@link #name} is of a file at that path. */
  public static String name(Path path) {
    String file = String.valueOf(path.getFileName());
    int dot = file.lastIndexOf('.');
    String name = (dot > 0 ? file.substring(0, dot) : file).replaceAll("[^\\p{Alnum}._-]", "_");
    return TAKEN.contains(name) ? file : name;
  }

  /** The file's name. */
  String fileName() {
    return String.valueOf(path.getFileName());
  }
}
