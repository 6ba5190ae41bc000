package dev.sparring.conformance;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.sparring.tensor.Ability;
import dev.sparring.tensor.Engine;
import dev.sparring.tensor.Precision;
import dev.sparring.tensor.Shape;
import dev.sparring.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Gradient penalties, which differentiate gradients, as PyTorch computes them. */
public interface PenaltyConformance extends EngineUnderTest {
  /** WGAN-GP, arXiv:1704.00028: the mean of (norm - 1)^2 between real and fake samples. */
  @TestFactory
  default Stream<DynamicTest> wganGp() {
    return penalties("wgan_gp");
  }

  /** R1, arXiv:1801.04406: half the mean of norm^2 at real samples. */
  @TestFactory
  default Stream<DynamicTest> r1() {
    return penalties("r1");
  }

  private Stream<DynamicTest> penalties(String file) {
    List<DynamicTest> tests = new ArrayList<>();
    for (Precision precision : EngineUnderTest.FORMATS) {
      for (Layout layout : Layout.values()) {
        for (Golden c : Golden.load(file).cases()) {
          String name = c + ", " + precision + ", " + layout;
          tests.add(DynamicTest.dynamicTest(name, () -> check(file, precision, layout, c)));
        }
      }
    }
    return tests.stream();
  }

  private void check(String file, Precision precision, Layout layout, Golden c) {
    try (Engine engine = open(precision)) {
      assumeTrue(engine.abilities().contains(Ability.SECOND_DERIVATIVES));
      engine.scope(() -> penalty(file.equals("r1"), new GoldenRun(engine, layout, c)));
    }
  }

  private static void penalty(boolean r1, GoldenRun r) {
    List<Tensor> weights = Stream.of("w1", "b1", "w2", "b2").map(r::variable).toList();
    Tensor x = (r1 ? r.constant("real") : mixed(r)).variable();
    Tensor out = network(r, x, weights);
    r.close("out", out);
    Tensor slope = r.engine().gradients(out.sum(), List.of(x), true).get(0);
    r.close("grad_x", slope);
    int samples = slope.shape().dim(0);
    Tensor norm2 =
        slope.reshape(Shape.of(samples, slope.shape().elements() / samples)).square().sum(1);
    Tensor norms = norm2.sqrt();
    r.close("grad_norms", norms.reshape(Shape.of(samples)));
    Tensor penalty = r1 ? norm2.mean().times(0.5) : norms.plus(-1).square().mean();
    r.close("penalty", penalty.item());
    r.closeGradients(penalty, weights, List.of("grad_w1", "grad_b1", "grad_w2", "grad_b2"));
  }

  private static Tensor mixed(GoldenRun r) {
    Tensor alpha = r.constant("alpha");
    Tensor mixed =
        alpha.times(r.constant("real")).plus(alpha.neg().plus(1).times(r.constant("fake")));
    r.close("x_hat", mixed);
    return mixed;
  }

  private static Tensor network(GoldenRun r, Tensor x, List<Tensor> weights) {
    boolean images = r.golden().text("net").equals("conv");
    Tensor hidden =
        images
            ? x.conv2d(weights.get(0), weights.get(1), 2, 1)
            : x.linear(weights.get(0), weights.get(1));
    int samples = x.shape().dim(0);
    return Operations.named(r.golden().text("activation"))
        .apply(hidden)
        .reshape(Shape.of(samples, hidden.shape().elements() / samples))
        .linear(weights.get(2), weights.get(3))
        .reshape(Shape.of(samples));
  }
}
