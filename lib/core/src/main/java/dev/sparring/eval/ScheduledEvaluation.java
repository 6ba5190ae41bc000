package dev.sparring.eval;

import dev.sparring.recipe.ClassifierFeatures;
import dev.sparring.recipe.Evaluate;
import dev.sparring.recipe.Recipe;
import dev.sparring.tensor.Shape;
import dev.sparring.train.Gauge;
import dev.sparring.train.Training;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Measures samples while a training goes on, as its recipe's {@link Evaluate} says, and behind its
 * last step.
 *
 * <p>Figures of images are named with their extractor, {@code frechet_distance.classifier}.
 */
public final class ScheduledEvaluation implements Gauge {
  private final Evaluate settings;
  private final Extractor extractor;
  private final int last;
  private final List<String> figures;
  private final FeatureCache cache;
  private final String conditions;

  private @Nullable RealSamples real;

  private ScheduledEvaluation(
      Recipe recipe, Evaluate settings, Extractor extractor, FeatureCache cache) {
    this.settings = settings;
    this.extractor = extractor;
    this.cache = cache;
    last = recipe.train().steps();
    figures = figures(recipe);
    conditions =
        settings.samples()
            + " samples, seed "
            + settings.seed()
            + (Evaluation.isByModes(recipe.data()) ? "" : ", " + extractor.conditions());
  }

  /** The columns that runs of a recipe have of this; none if the recipe wants no measurements. */
  public static List<String> figures(Recipe recipe) {
    Evaluate settings = recipe.evaluate();
    if (settings == null) {
      return List.of();
    }
    String extractor = Extractors.name(settings.extractor());
    return Evaluation.figures(recipe.data(), settings.extractor() instanceof ClassifierFeatures)
        .stream()
        .map(figure -> column(figure, recipe, extractor))
        .toList();
  }

  /**
   * Adds measurements of samples to a training, if its recipe wants any.
   *
   * @param log hears what takes time, e.g. the training of a classifier
   * @return the training
   * @throws ExtractorException if the extractor cannot be opened
   * @throws IllegalArgumentException if it does not take such samples
   */
  public static Training attach(Training training, Consumer<String> log) {
    Recipe recipe = training.recipe();
    Evaluate settings = recipe.evaluate();
    if (settings == null) {
      return training;
    }
    Extractor extractor = new Pixels();
    if (!Evaluation.isByModes(recipe.data())) {
      Shape sample = recipe.data().sampleShape();
      extractor =
          Extractors.open(
              settings.extractor(), recipe.data(), training.data(), training.engine(), log);
      extractor.check(sample);
    }
    return training.measure(
        new ScheduledEvaluation(recipe, settings, extractor, FeatureCache.standard(log)));
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
  public Map<String, Double> read(Training training, long step) {
    Recipe recipe = training.recipe();
    Map<String, Double> found = new LinkedHashMap<>();
    evaluation(training)
        .results()
        .forEach(
            result ->
                result
                    .figures()
                    .forEach(
                        (name, value) -> found.put(column(name, recipe, extractor.name()), value)));
    return found;
  }

  private Evaluation evaluation(Training training) {
    Recipe recipe = training.recipe();
    int count = settings.samples();
    if (Evaluation.isByModes(recipe.data())) {
      return Evaluation.of(
          training.sampler(), recipe.data(), training.data(), extractor, count, settings.seed());
    }
    if (real == null) {
      real = RealSamples.of(training.data(), extractor, count, settings.seed(), cache);
    }
    return Evaluation.of(training.sampler(), real, count);
  }
}
