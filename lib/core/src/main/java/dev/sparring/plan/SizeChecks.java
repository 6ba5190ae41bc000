package dev.sparring.plan;

import dev.sparring.layer.Dropout;
import dev.sparring.layer.GaussianNoise;
import dev.sparring.loss.OrthogonalRegularization;
import dev.sparring.loss.OrthogonalRegularization.Side;
import dev.sparring.loss.Term;
import dev.sparring.norm.WeightNorm;
import dev.sparring.recipe.Problem;
import dev.sparring.recipe.Recipe;
import dev.sparring.recipe.Train;
import dev.sparring.tensor.Shape;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.stream.Stream;

/**
 * Checks that whatever a training keeps in a Java array fits into one, and that what it counts fits
 * into a counter: batches, noise, pictures, measurements. The planner checks what one sample needs.
 */
final class SizeChecks {
  /** The largest size of a Java array on every virtual machine. */
  static final int MOST = Integer.MAX_VALUE - 8;

  /** Pixels between the images of a picture. */
  private static final long GAP = 2;

  private static final double COLOURS = 3;

  /** Samples are generated in parts of that many, and the last part may be filled up. */
  private static final long PART = 128;

  /** Of an update: the value of each is kept until its end, which more would never reach. */
  private static final int MOST_BATCHES = 1_000_000;

  private final GamePlan plan;
  private final Recipe recipe;
  private final List<Problem> problems = new ArrayList<>();

  SizeChecks(GamePlan plan) {
    this.plan = plan;
    recipe = plan.recipe();
  }

  List<Problem> problems() {
    batches();
    drawn();
    picture();
    measurements();
    regularized();
    counters();
    return problems;
  }

  /** The number of elements, or empty if they do not fit into an array. */
  static OptionalLong elements(Shape shape) {
    long elements = 1;
    for (int extent : shape.dims()) {
      elements *= extent; // at most 2^62
      if (elements > MOST) {
        return OptionalLong.empty();
      }
    }
    return OptionalLong.of(elements);
  }

  private void fit(String path, long count, String what, long each) {
    if (each > 0 && count > MOST / each) {
      problems.add(
          new Problem(
              path,
              count
                  + " "
                  + what
                  + " are more numbers than fit into an array, "
                  + MOST
                  + "; at most "
                  + MOST / each
                  + " are possible here"));
    }
  }

  /** The path has one problem at most: further ones would say the same with other numbers. */
  private void largest(String path, long count, Part... parts) {
    Part largest = parts[0];
    for (Part part : parts) {
      largest = part.each() > largest.each() ? part : largest;
    }
    fit(path, count, largest.what(), largest.each());
  }

  private record Part(String what, long each) {}

  private static Part of(String what, Shape shape) {
    return new Part(what + " of " + shape, shape.elements());
  }

  private Part samples() {
    return of("samples", plan.sample());
  }

  private Part inputs() {
    return plan.source()
        .map(source -> of("sources", source))
        .orElse(of("inputs of the generator", plan.generator().input()));
  }

  private Part labels() {
    int classes = plan.classes().orElse(1);
    return new Part("labels of " + classes + " classes", classes);
  }

  private void batches() {
    Train train = recipe.train();
    largest("train.batch", train.batch(), samples(), inputs(), labels());
    if (train.generatorBatch() != null) {
      largest("train.generatorBatch", train.generatorBatch(), inputs(), labels(), samples());
    }
  }

  /** Layers whose random numbers are drawn for a whole batch. */
  private void drawn() {
    Train train = recipe.train();
    long most = Math.max(train.batch(), train.generatorBatchOrDefault());
    String path = most > train.batch() ? "train.generatorBatch" : "train.batch";
    Stream.concat(
            drawing(plan.generator(), most),
            drawing(plan.discriminator(), most / recipe.discriminator().packing()))
        .findFirst()
        .ifPresent(
            l ->
                problems.add(
                    new Problem(
                        path,
                        most
                            + " samples need more random numbers than fit into an array, "
                            + MOST
                            + ", in "
                            + l.place()
                            + " ("
                            + l.layer().summary()
                            + " of "
                            + l.input()
                            + ")")));
  }

  /** The layers that draw too many numbers for that many inputs. */
  private static Stream<PlannedLayer> drawing(NetworkPlan network, long inputs) {
    return network.everyLayer().stream()
        .filter(l -> l.layer() instanceof Dropout || l.layer() instanceof GaussianNoise)
        .filter(l -> inputs > MOST / l.input().elements());
  }

  /** Points have a picture of their own, with as many in every picture. */
  private void picture() {
    if (!plan.sample().equals(Shape.of(2))) {
      long count = recipe.output().sampleCount();
      int before = problems.size();
      largest("output.sampleCount", (count + PART - 1) / PART * PART, samples(), inputs());
      if (problems.size() == before && plan.sample().rank() == 3) {
        pixels(count);
      }
    }
  }

  private void pixels(long count) {
    Shape sample = plan.sample();
    long images = count * (plan.source().isPresent() ? 3 : 1);
    double side = Math.ceil(Math.sqrt((double) images));
    double pixels = (side * (sample.dim(1) + GAP) + GAP) * (side * (sample.dim(2) + GAP) + GAP);
    double values = (double) images * COLOURS * sample.dim(1) * sample.dim(2);
    if (Math.max(pixels, values) > MOST) {
      problems.add(
          new Problem(
              "output.sampleCount",
              "a picture of "
                  + count
                  + " samples of "
                  + sample
                  + " has more numbers than fit into an array, "
                  + MOST
                  + "; take fewer"));
    }
  }

  private void measurements() {
    if (recipe.evaluate() != null) {
      long whole = (recipe.evaluate().samples() + PART - 1) / PART * PART;
      largest("evaluate.samples", whole, samples(), inputs());
    }
  }

  /** The term keeps a matrix of outputs by outputs for each weight. */
  private void regularized() {
    List<Term> terms = recipe.terms();
    for (int i = 0; i < terms.size(); i++) {
      if (terms.get(i) instanceof OrthogonalRegularization term) {
        int at = i;
        Stream.concat(
                term.network() == Side.DISCRIMINATOR ? Stream.of() : plan.generator().weighted(),
                term.network() == Side.GENERATOR ? Stream.of() : plan.discriminator().weighted())
            .filter(l -> outputs(l) > MOST / outputs(l))
            .findFirst()
            .ifPresent(
                l ->
                    problems.add(
                        new Problem(
                            "terms." + at,
                            "compares each of the "
                                + outputs(l)
                                + " outputs of "
                                + l.place()
                                + " with each, which are more pairs than fit into an array, "
                                + MOST)));
      }
    }
  }

  /** The rows of {@link WeightNorm#matrix}. */
  private static long outputs(PlannedLayer layer) {
    PlannedParameter weight = layer.weight().orElseThrow();
    return weight.parameter().shape().dim(weight.parameter().outputAxis());
  }

  /** Batches and samples are numbered from the first step to the last. */
  private void counters() {
    Train train = recipe.train();
    BigInteger samples =
        Stream.of(
                train.steps(),
                Math.max(train.discriminatorSteps(), train.generatorSteps()),
                train.accumulate(),
                Math.max(train.batch(), train.generatorBatchOrDefault()))
            .map(n -> BigInteger.valueOf(n))
            .reduce(BigInteger.ONE, BigInteger::multiply);
    if (samples.bitLength() >= Long.SIZE) {
      problems.add(
          new Problem(
              "train",
              "steps * updates in a step * accumulate * batch are "
                  + samples
                  + " samples, more than can be counted, "
                  + Long.MAX_VALUE));
    } else if (train.accumulate() > MOST_BATCHES) {
      problems.add(
          new Problem(
              "train.accumulate",
              "is "
                  + train.accumulate()
                  + ", and an update has "
                  + MOST_BATCHES
                  + " batches at most"));
    }
  }
}
