package dev.sparring.extract;

import dev.sparring.file.Reason;
import dev.sparring.file.RegularFile;
import dev.sparring.file.Sha256;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;

/**
 * A file with a network that computes features, and how to use it.
 *
 * @param path the file
 * @param preprocessing preprocessing of samples before the network
 * @param output the network's output that holds the features, by name or number; empty for the
 *     first
 * @param sha256 of the file's contents
 */
public record ExtractorFile(
    Path path, Preprocessing preprocessing, Optional<String> output, String sha256) {
  /** Names of other extractors in figures, which files must not take. */
  private static final Set<String> TAKEN = Set.of("pixels", "points", "classifier");

  /**
   * Reads the file.
   *
   * @throws ExtractorException if it is missing or cannot be read
   */
  public static ExtractorFile of(Path path, Preprocessing preprocessing, Optional<String> output) {
    Optional<String> problem = RegularFile.problem(path);
    if (problem.isPresent()) {
      throw new ExtractorException(
          path + ": " + problem.get() + "; expected a network as ONNX or TorchScript");
    }
    try {
      return new ExtractorFile(path, preprocessing, output, Sha256.of(path));
    } catch (IOException e) {
      throw new ExtractorException(path + ": cannot be read: " + Reason.of(e), e);
    }
  }

  /**
   * The file's name without its ending, which is the extractor's name in figures; with its ending
   * if another extractor has that name. Characters other than letters, digits and . _ - become _.
   */
  public String name() {
    return name(path);
  }

  /** The {@link #name} of a file at that path. */
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
