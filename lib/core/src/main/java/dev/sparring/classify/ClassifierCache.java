package dev.sparring.classify;

import dev.sparring.data.Data;
import dev.sparring.data.DataSet;
import dev.sparring.file.CacheDirectory;
import dev.sparring.file.FileMutex;
import dev.sparring.file.Reason;
import dev.sparring.file.Sha256;
import dev.sparring.plan.NetworkPlan;
import dev.sparring.random.Seed;
import dev.sparring.safetensors.SafetensorsException;
import dev.sparring.tensor.Engine;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Classifiers that are trained once and kept in a folder, one file for each data set.
 *
 * <p>A file is found by the SHA-256 of everything that decides the weights, except the engine: the
 * data's fingerprint, the architecture with all its settings, the seed and the version of this
 * rule. The first engine to train one decides its bits, and later runs on any engine share them. If
 * several processes want the same one at once, one trains and the others wait. If a file is
 * damaged, the classifier is trained again. If the folder cannot be written to, classifiers are
 * trained each time.
 *
 * @param folder need not exist
 * @param architecture of the classifiers
 * @param seed seed of weights, order and held-out samples; the same for all runs, whatever their
 *     seed
 * @param log receives lines about what takes time and about errors
 */
public record ClassifierCache(
    Path folder, ClassifierArchitecture architecture, Seed seed, Consumer<String> log) {
  /** Increased whenever the same settings would lead to other weights. */
  private static final int FORMAT = 1;

  private static final int SHOWN = 24;

  /** Classifiers of the standard architecture and seed 0 in the user's cache. */
  public static ClassifierCache standard(Consumer<String> log) {
    return new ClassifierCache(
        CacheDirectory.of(System.getenv()).resolve("classifiers"),
        ClassifierArchitecture.cnn1(),
        new Seed(0),
        log);
  }

  /**
   * The classifier of labelled data, as an extractor.
   *
   * @param data what the recipe names
   * @param real the same, open
   * @param engine the engine on which it is trained, if necessary, and used; not within one of its
   *     scopes
   * @throws IllegalArgumentException if the data is not labelled, or no classifier can be trained
   *     on it
   */
  public ClassifierExtractor extractor(Data data, DataSet real, Engine engine) {
    return new ClassifierExtractor(classifier(LabelledImages.name(data), real, engine));
  }

  /**
   * The classifier of labelled data.
   *
   * @param name of the data, for errors
   * @throws IllegalArgumentException if the data is not labelled, or no classifier can be trained
   *     on it
   */
  public Classifier classifier(String name, DataSet real, Engine engine) {
    LabelledImages images = LabelledImages.of(name, real);
    NetworkPlan plan = architecture.plan(real.sampleShape(), images.classes());
    Path file = file(real);
    Classifier there = read(file, plan, engine);
    if (there != null) {
      return there;
    }
    try {
      Files.createDirectories(folder);
      return FileMutex.holding(
          file.resolveSibling(file.getFileName() + ".lock"),
          () -> log.accept("another one is training the classifier of " + name + "; waiting"),
          () -> {
            Classifier meanwhile = read(file, plan, engine);
            return meanwhile != null ? meanwhile : trainAndKeep(file, images, engine);
          });
    } catch (InterruptedIOException e) {
      throw new UncheckedIOException(e);
    } catch (IOException e) {
      log.accept(folder + ": cannot keep classifiers here: " + Reason.of(e));
      return Classifier.train(architecture, images, seed, engine, log);
    }
  }

  /** Where the classifier of that data is kept. */
  Path file(DataSet real) {
    String key =
        String.join(
            "\n",
            "classifier " + FORMAT,
            "architecture " + architecture,
            "seed " + seed.value(),
            "data " + real.fingerprint());
    String hash = Sha256.of(key.getBytes(StandardCharsets.UTF_8));
    return folder.resolve(architecture.name() + "-" + hash.substring(0, SHOWN) + ".safetensors");
  }

  private @Nullable Classifier read(Path file, NetworkPlan plan, Engine engine) {
    if (!Files.exists(file)) {
      return null;
    }
    try {
      return ClassifierFiles.read(file, plan, engine);
    } catch (SafetensorsException e) {
      log.accept(e.getMessage() + "; training it again");
      return null;
    }
  }

  private Classifier trainAndKeep(Path file, LabelledImages images, Engine engine) {
    Classifier trained = Classifier.train(architecture, images, seed, engine, log);
    try {
      ClassifierFiles.write(file, trained);
    } catch (IOException e) {
      log.accept(file + ": cannot keep the classifier: " + Reason.of(e));
    }
    return trained;
  }
}
