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
import dev.sparring.tensor.Precision;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Classifiers that come with the library, and others that are trained once and kept in a folder,
 * one file for each data set.
 *
 * <p>A file is found by the SHA-256 of everything that decides the weights: the data's fingerprint,
 * the architecture with all its settings, the seed and the version of this rule. Those of the
 * digits and of Fashion-MNIST's training part come with the library ({@link ShippedClassifiers}).
 *
 * <p>Engines, kernels and threads add in other orders, so one way to train is the reference: on
 * libtorch, portable ({@link #isReference}), which gives the same weights on every machine that can
 * do it. A kept classifier of the reference is preferred. Where there is none, the engine at hand
 * trains one, which is kept apart: it is that of one machine, and its facts say so. Its first
 * engine decides its bits, and later runs on any engine share them.
 *
 * <p>If several processes want the same one at once, one trains and the others wait. If a file is
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
  /** Increased whenever the same settings would lead to other weights, on the reference too. */
  private static final int FORMAT = 2;

  /** The engine whose portable weights are the reference; engines do not share their last bits. */
  public static final String REFERENCE = "torch";

  private static final String REFERENCE_KEY = REFERENCE + ", portable";
  private static final String OTHER_KEY = "otherwise";
  private static final int DIGITS = 24;
  private static final int SHOWN = 12;

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
    String shipped = name(real, REFERENCE_KEY);
    if (ShippedClassifiers.has(shipped)) {
      Classifier own = ShippedClassifiers.read(shipped, plan, engine);
      log.accept(
          "the classifier "
              + architecture.name()
              + " of "
              + name
              + " comes with Sparring: weights "
              + own.facts().weights().substring(0, SHOWN));
      return own;
    }
    Path reference = folder.resolve(shipped);
    Path file = isReference(engine) ? reference : folder.resolve(name(real, OTHER_KEY));
    Classifier there = read(reference, plan, engine);
    if (there == null && !file.equals(reference)) {
      there = read(file, plan, engine);
    }
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

  /**
   * Trains the classifier of labelled data, whatever comes with the library or is kept, and keeps
   * nothing.
   *
   * @param name of the data, for errors
   * @throws IllegalArgumentException if the data is not labelled, or no classifier can be trained
   *     on it
   */
  public Classifier train(String name, DataSet real, Engine engine) {
    return Classifier.train(architecture, LabelledImages.of(name, real), seed, engine, log);
  }

  /** Whether classifiers that this engine trains are the reference. */
  public static boolean isReference(Engine engine) {
    return engine.isPortable()
        && engine.name().equals(REFERENCE)
        && engine.precision() == Precision.FLOAT32;
  }

  /** Whether there is a classifier of the reference for that data, so that none is trained. */
  public boolean hasReference(DataSet real) {
    String name = name(real, REFERENCE_KEY);
    return ShippedClassifiers.has(name) || Files.exists(folder.resolve(name));
  }

  /** The name of the file of that data's classifier. */
  private String name(DataSet real, String trained) {
    String key =
        String.join(
            "\n",
            "classifier " + FORMAT,
            "architecture " + architecture,
            "seed " + seed.value(),
            "trained " + trained,
            "data " + real.fingerprint());
    String hash = Sha256.of(key.getBytes(StandardCharsets.UTF_8));
    return architecture.name() + "-" + hash.substring(0, DIGITS) + ".safetensors";
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
