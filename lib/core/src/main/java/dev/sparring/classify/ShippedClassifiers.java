package dev.sparring.classify;

import dev.sparring.plan.NetworkPlan;
import dev.sparring.tensor.Engine;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Objects;

/**
 * Classifiers that come with the library, so that figures of the data sets that everybody has
 * compare between people. They are resources beside this class, named as {@link ClassifierCache}
 * would name its files; {@code shipped.md} there says how they were made and can be made again.
 */
final class ShippedClassifiers {
  private ShippedClassifiers() {}

  /** Whether there is one of this name. */
  static boolean has(String name) {
    return ShippedClassifiers.class.getResource(name) != null;
  }

  /** Reads the one of this name. */
  static Classifier read(String name, NetworkPlan plan, Engine engine) {
    try (InputStream in =
        Objects.requireNonNull(ShippedClassifiers.class.getResourceAsStream(name), name)) {
      // Files of tensors are read in pieces from anywhere, which a jar cannot do.
      Path file = Files.createTempFile("sparring-", "-" + name);
      try {
        Files.copy(in, file, StandardCopyOption.REPLACE_EXISTING);
        return ClassifierFiles.read(file, plan, engine);
      } finally {
        Files.deleteIfExists(file);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
