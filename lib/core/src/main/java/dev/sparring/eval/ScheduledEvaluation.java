package dev.sparring.eval;

import dev.sparring.classify.LabelledImages;
import dev.sparring.data.Data;
import dev.sparring.data.DataSet;
import dev.sparring.data.Mixture;
import dev.sparring.extract.Extractor;
import dev.sparring.extract.ExtractorException;
import dev.sparring.extract.Pixels;
import dev.sparring.metric.MetricResult;
import dev.sparring.recipe.ClassifierFeatures;
import dev.sparring.recipe.Evaluate;
import dev.sparring.recipe.GeneratorStatistics;
import dev.sparring.recipe.NetworkFeatures;
import dev.sparring.recipe.Recipe;
import dev.sparring.train.Gauge;
import dev.sparring.train.Training;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Measures samples during a training, as set by its recipe's {@link Evaluate}, and after its last
 * step.
 *
 * <p>Figures of images are named with their extractor, {@code frechet_distance.classifier}.
 * Warnings about figures are logged once. If samples cannot be measured at a step, e.g. because
 * some are not finite, that is logged; the step has no figures, and the training continues.
 */
public final class ScheduledEvaluation implements Gauge {
  /** Where a recipe names held-out data. */
  public static final String COMPARED = "evaluate.data";

  private final Evaluate settings;
  private final Extractor extractor;
  private final DataSet compared;
  private final @Nullable RealSamples real;
  private final Consumer<String> log;
  private final int last;
  private final List<String> figures;
  private final String conditions;
  private final Set<String> told = new HashSet<>();

  /**
   * Measurements of the samples of a recipe.
   *
   * @param compared the data whose sources samples are generated from, where images are generated
   *     from images
   * @param real the real images to compare with; null for points, which are measured by modes
   */
  ScheduledEvaluation(
      Recipe recipe,
      Evaluate settings,
      Extractor extractor,
      DataSet compared,
      @Nullable RealSamples real,
      Consumer<String> log) {
    this.settings = settings;
    this.extractor = extractor;
    this.compared = compared;
    this.real = real;
    this.log = log;
    last = recipe.train().steps();
    figures = figures(recipe);
    conditions =
        settings.samples()
            + " samples, seed "
            + settings.seed()
            + said(GeneratorStatistics.ofMeasured(recipe))
            + (real == null ? "" : ", " + extractor.conditions());
  }

  /** Only what is not usual, so that conditions of earlier runs stay what they are. */
  private static String said(GeneratorStatistics statistics) {
    return statistics == GeneratorStatistics.OWN
        ? ""
        : ", " + statistics.name().toLowerCase(Locale.ROOT) + " statistics";
  }

  /** The columns of measurements in runs of a recipe; empty if the recipe has no measurements. */
  public static List<String> figures(Recipe recipe) {
    Evaluate settings = recipe.evaluate();
    if (settings == null) {
      return List.of();
    }
    String extractor = Extractors.name(settings.extractor());
    // Held-out data may be paired where the training data is not, and vice versa.
    Data compared = settings.data() == null ? recipe.data() : settings.data();
    Data measured = Evaluation.isByModes(recipe.data()) ? recipe.data() : compared;
    return Evaluation.figures(measured, settings.extractor() instanceof ClassifierFeatures).stream()
        .map(figure -> column(figure, recipe, extractor))
        .toList();
  }

  /**
   * Adds measurements of samples to a training if its recipe has any. The features of the real
   * samples are extracted at once, so that errors are found before the first step. Everything
   * opened for it is closed when the training ends.
   *
   * @param log receives lines about what takes time, e.g. the training of a classifier, and
   *     warnings
   * @return the training
   * @throws ExtractorException if the extractor cannot be opened
   * @throws IllegalArgumentException if it does not accept such samples, or there are too few of
   *     them
   */
  public static Training attach(Training training, Consumer<String> log) {
    Recipe recipe = training.recipe();
    Evaluate settings = recipe.evaluate();
    if (settings == null) {
      return training;
    }
    if (recipe.data() instanceof Mixture mixture) {
      MixtureFit.require(mixture, training.data());
      return training.measure(
          new ScheduledEvaluation(recipe, settings, new Pixels(), training.data(), null, log));
    }
    DataSet compared = compared(recipe, settings, training.data(), log);
    requireEnough(settings, compared);
    Extractor extractor =
        Extractors.open(
            settings.extractor(), recipe.data(), training.data(), training.engine(), log);
    try {
      extractor.check(recipe.data().sampleShape());
      RealSamples real =
          RealSamples.of(
              compared, extractor, settings.samples(), settings.seed(), FeatureCache.standard(log));
      return training.measure(
          new ScheduledEvaluation(recipe, settings, extractor, compared, real, log));
    } catch (RuntimeException e) {
      extractor.close();
      throw e;
    }
  }

  /**
   * Throws what {@link #attach} would throw, without an engine and without training.
   *
   * @param data of that recipe
   * @throws ExtractorException if the extractor cannot be opened
   * @throws IllegalArgumentException if it does not accept such samples, or there are too few of
   *     them
   */
  public static void check(Recipe recipe, DataSet data) {
    Evaluate settings = recipe.evaluate();
    if (settings == null || Evaluation.isByModes(recipe.data())) {
      return;
    }
    requireEnough(settings, compared(recipe, settings, data, line -> {}));
    if (settings.extractor() instanceof ClassifierFeatures) {
      LabelledImages.of(LabelledImages.name(recipe.data()), data);
    } else if (settings.extractor() instanceof NetworkFeatures network) {
      try (Extractor extractor = Extractors.open(network)) {
        extractor.check(recipe.data().sampleShape());
      }
    } else {
      new Pixels().check(recipe.data().sampleShape());
    }
  }

  /**
   * The data that generated samples are compared with: the held-out data, or the training data.
   *
   * @param data the training data
   * @throws IllegalArgumentException if the two do not have the same shapes
   */
  public static DataSet compared(
      Recipe recipe, Evaluate settings, DataSet data, Consumer<String> log) {
    if (settings.data() == null) {
      return data;
    }
    DataSet compared = settings.data().open(recipe.train().runSeeds().rest(), log);
    compared
        .form()
        .misfit(data.form())
        .ifPresent(
            misfit -> {
              throw new IllegalArgumentException(COMPARED + ": " + misfit);
            });
    return compared;
  }

  private static void requireEnough(Evaluate settings, DataSet data) {
    Evaluation.requireNeighbors(Math.min(settings.samples(), data.size()));
  }

  private static String column(String figure, Recipe recipe, String extractor) {
    return Evaluation.isByModes(recipe.data()) ? figure : figure + "." + extractor;
  }

  @Override
  public List<String> figures() {
    return figures;
  }

  @Override
  public boolean isDue(long step) {
    return step == last || step % settings.every() == 0;
  }

  @Override
  public String conditions() {
    return conditions;
  }

  @Override
  public Map<String, String> comparedData() {
    return settings.data() == null ? Map.of() : Map.of(COMPARED, compared.fingerprint());
  }

  @Override
  public Map<String, Double> read(Training training, long step) {
    Map<String, Double> found = new LinkedHashMap<>();
    try {
      for (MetricResult result : evaluation(training).results()) {
        result
            .figures()
            .forEach(
                (name, value) ->
                    found.put(column(name, training.recipe(), extractor.name()), value));
        result.warnings().stream().filter(told::add).forEach(w -> log.accept("warning: " + w));
      }
    } catch (IllegalArgumentException | ArithmeticException e) {
      // Samples may be infinite when a training goes wrong; that does not end the training here.
      log.accept("warning: step " + step + ": samples were not measured: " + e.getMessage());
      return Map.of();
    }
    return found;
  }

  private Evaluation evaluation(Training training) {
    int count = settings.samples();
    GeneratorStatistics measured = GeneratorStatistics.ofMeasured(training.recipe());
    return real == null
        ? Evaluation.of(
            training.sampler(training.data(), measured),
            training.recipe().data(),
            training.data(),
            extractor,
            count,
            settings.seed())
        : Evaluation.of(training.sampler(compared, measured), real, count);
  }

  @Override
  public void ended() {
    extractor.close();
  }
}
