package dev.sparring.classify;

import dev.sparring.extract.Extractor;
import dev.sparring.metric.Features;
import dev.sparring.tensor.Shape;

/**
 * Features from a small network that was trained on the labels of the data itself: the outputs of
 * its last layer but one, in evaluation. They describe what distinguishes the classes and nothing
 * else. Figures can be compared between runs on one data set with one classifier ({@link #id}), but
 * not with figures of an Inception network.
 *
 * @param classifier the network; this extractor is usable as long as its engine is open
 */
public record ClassifierExtractor(Classifier classifier) implements Extractor {
  public static final String NAME = "classifier";

  @Override
  public String name() {
    return NAME;
  }

  /** Everything that decides the features: the architecture and the weights. */
  @Override
  public String id() {
    ClassifierFacts facts = classifier.facts();
    return "classifier " + facts.architecture() + " " + facts.weights();
  }

  /** How the features are computed, in one line. */
  @Override
  public String conditions() {
    return classifier.facts().toString();
  }

  @Override
  public Features features(float[] samples, Shape sample) {
    return classifier.outputs(samples, sample).features();
  }

  /** The probability of each class, one row for each sample; arguments as {@link #features}. */
  public Features probabilities(float[] samples, Shape sample) {
    return classifier.outputs(samples, sample).logits().softmax();
  }

  /** The most likely class of each sample; arguments as {@link #features}. */
  public int[] labels(float[] samples, Shape sample) {
    return Classifier.largest(classifier.outputs(samples, sample).logits());
  }
}
