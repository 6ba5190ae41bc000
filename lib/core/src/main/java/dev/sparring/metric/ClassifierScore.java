package dev.sparring.metric;

import java.util.List;
import java.util.Map;

/**
 * The formula of {@link InceptionScore} with the probabilities of another classifier than
 * Inception: how confident it is of single samples, and over how many classes they spread. From 1
 * to the number of classes. Scores can be compared for equal numbers of samples and the same
 * classifier, but not with Inception scores.
 *
 * @param score mean and deviation over the splits, with their conditions
 */
public record ClassifierScore(InceptionScore score) implements MetricResult {
  /** The score by the standard protocol; see {@link InceptionScore#of(Features)}. */
  public static ClassifierScore of(Features probabilities) {
    return new ClassifierScore(InceptionScore.of(probabilities));
  }

  /**
   * The score by another protocol; see {@link InceptionScore#of(Features,
   * InceptionScore.Protocol)}.
   */
  public static ClassifierScore of(Features probabilities, InceptionScore.Protocol protocol) {
    return new ClassifierScore(InceptionScore.of(probabilities, protocol));
  }

  /** {@code classifier_score}, and {@code classifier_score_std} over several splits. */
  @Override
  public Map<String, Double> figures() {
    return new Figures()
        .with("classifier_score", score.mean())
        .with("classifier_score_std", score.deviation())
        .map();
  }

  @Override
  public String conditions() {
    return score.conditions();
  }

  @Override
  public List<String> warnings() {
    return score.warnings();
  }

  @Override
  public String toString() {
    return Figures.line(this);
  }
}
