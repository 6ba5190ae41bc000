package dev.sparring.classify;

import dev.sparring.extract.Extractor;
import dev.sparring.metric.Features;
import dev.sparring.tensor.Shape;

/**
 * Features from a small network that was trained on the labels of the data itself: what its last
 * layer but one puts out, in evaluation. Sees what tells the classes apart, and nothing that does
 * not; figures compare between runs on one data set with one classifier ({@link #id}), and with
 * nobody's Inception network.
 *
 * @param classifier the network; this extractor is usable as long as its engine is open
 */
public record ClassifierExtractor(Classifier classifier) implements Extractor {
  public static final String NAME = "classifier";

  @Override
  public String name() {
    return NAME;
  }

  /** What decides the features: the architecture and all of the weights. */
  @Override
  public String id() {
    ClassifierFacts facts = classifier.facts();
    return "classifier " + facts.architecture() + " " + facts.weights();
  }

  /** How the features are made, in one line. */
  @Override
  public String conditions() {
    return classifier.facts().toString();
  }

  @Override
  public Features features(float[] samples, Shape sample) {
    return classifier.outputs(samples, sample).features();
  }

  /** The probability of each class, a row a sample; arguments as {@link #features}. */
  public Features probabilities(float[] samples, Shape sample) {
    return classifier.outputs(samples, sample).logits().softmax();
  }

  /** The likeliest class of each sample; arguments as {@link #features}. */
  public int[] labels(float[] samples, Shape sample) {
    return Classifier.largest(classifier.outputs(samples, sample).logits());
  }
}
