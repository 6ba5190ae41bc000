package dev.sparring.conformance;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.sparring.data.Ring;
import dev.sparring.layer.AuxiliaryClassifier;
import dev.sparring.layer.Block;
import dev.sparring.layer.BlockNorm;
import dev.sparring.layer.Branches;
import dev.sparring.layer.ConcatLabels;
import dev.sparring.layer.ConditionalBatchNorm;
import dev.sparring.layer.Conv;
import dev.sparring.layer.ConvTranspose;
import dev.sparring.layer.Flatten;
import dev.sparring.layer.Join;
import dev.sparring.layer.Layer;
import dev.sparring.layer.Projection;
import dev.sparring.layer.Relu;
import dev.sparring.layer.Resample;
import dev.sparring.layer.Residual;
import dev.sparring.layer.ResidualBlock;
import dev.sparring.layer.SelfAttention;
import dev.sparring.layer.Skip;
import dev.sparring.layer.Stack;
import dev.sparring.layer.Tanh;
import dev.sparring.network.Labels;
import dev.sparring.network.Network;
import dev.sparring.network.PassOptions;
import dev.sparring.norm.None;
import dev.sparring.norm.Power;
import dev.sparring.norm.Sn;
import dev.sparring.norm.WeightNorm;
import dev.sparring.plan.NetworkPlan;
import dev.sparring.plan.PlanContext;
import dev.sparring.plan.PlannedLayer;
import dev.sparring.random.Seed;
import dev.sparring.recipe.BlockDefinition;
import dev.sparring.recipe.Discriminator;
import dev.sparring.tensor.Ability;
import dev.sparring.tensor.Engine;
import dev.sparring.tensor.Precision;
import dev.sparring.tensor.Shape;
import dev.sparring.tensor.Tensor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Composite and conditional layers: values, derivatives, normalization. */
public interface CompositeConformance extends EngineUnderTest {
  /** Classes in the file with golden values. */
  int CLASSES = 3;

  /** The layer of a case, with the settings of the case. */
  private static Layer layer(Golden c) {
    String name = c.text("layer");
    return switch (name) {
      case "residualBlock" -> block(c);
      case "selfAttention" ->
          SelfAttention.selfAttention()
              .reduction(c.integer("reduction"))
              .valueReduction(c.integer("valueReduction"))
              .pool(c.flag("pool"));
      case "conditionalBatchNorm" -> ConditionalBatchNorm.conditionalBatchNorm().classes(CLASSES);
      case "projection" -> Projection.projection().bias(c.flag("bias"));
      case "auxiliaryClassifier" -> AuxiliaryClassifier.auxiliaryClassifier().classes(CLASSES);
      case "concatLabels" ->
          new ConcatLabels(c.has("embedding") ? c.integer("embedding") : null, null, CLASSES);
      default -> throw new IllegalArgumentException("no layer for '" + name + "'");
    };
  }

  private static ResidualBlock block(Golden c) {
    ResidualBlock block =
        ResidualBlock.residualBlock(c.integer("filters"))
            .resample(Resample.valueOf(c.text("resample").toUpperCase(Locale.ROOT)))
            .normalize(BlockNorm.valueOf(c.text("normalize").toUpperCase(Locale.ROOT)))
            .first(c.has("first"));
    return c.has("hidden") ? block.hidden(c.integer("hidden")) : block;
  }

  private static Network network(
      Engine engine, WeightNorm norm, PlanContext surroundings, Shape input, Layer... layers) {
    Discriminator plain = Discriminator.discriminator(List.of(layers));
    Discriminator spec =
        new Discriminator(
            1, 0, null, plain.init(), null, plain.initByKind(), plain.fans(), norm, plain.layers());
    return Network.create(
        NetworkPlan.of("discriminator", spec, input, surroundings), engine, new Seed(1));
  }

  private static Network network(Engine engine, Shape input, Layer... layers) {
    return network(engine, None.none(), classes(), input, layers);
  }

  /** Data with the given number of classes: points on a ring. */
  private static PlanContext classes() {
    return new PlanContext(List.of(), Ring.ring().modes(CLASSES));
  }

  private static PassOptions training(Tensor labels) {
    return PassOptions.training(new Seed(1), 1, 0).labels(labels);
  }

  private static Tensor labels(Engine engine, Golden c) {
    double[] labels = c.numbers("labels");
    return Labels.oneHot(engine, CLASSES, labels.length, i -> (int) labels[i]);
  }

  /** A forward pass with these parameters in the order of the file, which is that of the plan. */
  private static Tensor forward(Network network, Golden c, Tensor x, List<Tensor> parameters) {
    Map<String, Tensor> with = new LinkedHashMap<>();
    List<String> names = c.object("parameters").names();
    assertEquals(
        names.stream().map(n -> "discriminator.0." + n).toList(),
        List.copyOf(network.parameters().keySet()));
    for (int i = 0; i < names.size(); i++) {
      with.put("discriminator.0." + names.get(i), parameters.get(i));
    }
    return network.forward(x, with, training(labels(network.engine(), c)));
  }

  /** PyTorch's values and gradients by input and by every parameter, whose names are PyTorch's. */
  @TestFactory
  default Stream<DynamicTest> compositesAreThoseOfTheReference() {
    List<DynamicTest> tests = new ArrayList<>();
    for (Precision precision : EngineUnderTest.FORMATS) {
      for (Golden c : Golden.load("composites").cases()) {
        tests.add(
            DynamicTest.dynamicTest(
                c.text("layer") + " " + c + ", " + precision,
                () -> Starts.with(this, precision, engine -> check(engine, c))));
      }
    }
    return tests.stream();
  }

  private static void check(Engine engine, Golden c) {
    double tolerance = EngineUnderTest.tolerance(engine.precision());
    Network network = network(engine, c.tensor("x").shape().sample(), layer(c));
    Golden parameters = c.object("parameters");
    List<Tensor> at = new ArrayList<>(List.of(c.tensor("x").on(engine).variable()));
    parameters.names().forEach(n -> at.add(parameters.tensor(n).on(engine).variable()));
    Tensor y = forward(network, c, at.get(0), at.subList(1, at.size()));
    assertEquals(network.plan().output().batch(y.shape().dim(0)), y.shape());
    Close.to(c.tensor("y"), y, tolerance, "y");
    List<Tensor> gradients =
        engine.gradients(y.times(c.tensor("grad_out").on(engine)).sum(), at, false);
    Close.to(c.tensor("grad_x"), gradients.get(0), tolerance, "grad x");
    int i = 1;
    for (String name : parameters.names()) {
      Close.to(c.object("gradients").tensor(name), gradients.get(i++), tolerance, "grad " + name);
    }
  }

  /** First derivatives by central differences, and second ones if the engine supports them. */
  @TestFactory
  default Stream<DynamicTest> compositesHaveTheirDerivatives() {
    return Golden.load("composites").cases().stream()
        .flatMap(
            c -> {
              List<Values> inputs = new ArrayList<>(List.of(c.tensor("x")));
              Golden parameters = c.object("parameters");
              parameters.names().forEach(n -> inputs.add(parameters.tensor(n)));
              GradientCase gradients =
                  new GradientCase(
                      c.text("layer") + " " + c,
                      inputs,
                      (engine, in) ->
                          forward(
                              network(engine, in.get(0).shape().sample(), layer(c)),
                              c,
                              in.get(0),
                              in.subList(1, in.size())));
              return Stream.of(
                  DynamicTest.dynamicTest(
                      "first: " + gradients,
                      () ->
                          Starts.withDoubles(
                              this, engine -> gradients.checkFirst(engine, Layout.UPLOADED))),
                  DynamicTest.dynamicTest(
                      "second: " + gradients,
                      () ->
                          Starts.withDoubles(
                              this,
                              engine -> {
                                assumeTrue(engine.abilities().contains(Ability.SECOND_DERIVATIVES));
                                gradients.checkSecond(engine, Layout.UPLOADED);
                              })));
            });
  }

  private static Conv narrow(int filters) {
    return Conv.conv(filters).kernel(1).padding(0).bias(false);
  }

  /** Nested layers compute the same as the operations written by hand. */
  @Test
  default void layersInsideAreComputedByTheirRules() {
    Starts.withDoubles(
        this,
        engine -> {
          Tensor x = Values.random(5, 2, 3, 4, 4).on(engine);
          Network net =
              network(
                  engine,
                  None.none(),
                  new PlanContext(
                      List.of(new BlockDefinition("b", List.of(narrow(3), Tanh.tanh()))), null),
                  Shape.of(3, 4, 4),
                  Residual.residual(narrow(2), Relu.relu(), narrow(2)).shortcut(narrow(2)),
                  Skip.skip(
                      Conv.conv(3).kernel(4).stride(2).bias(false),
                      Skip.skip(narrow(4)),
                      ConvTranspose.convTranspose(5).bias(false)),
                  Branches.branches(List.of(List.of(narrow(1)), List.of(), List.of(Relu.relu()))),
                  Branches.branches(List.of(List.of(narrow(2)), List.of(narrow(2)))).join(Join.SUM),
                  Stack.stack(2, narrow(2), Tanh.tanh()),
                  Block.block("b"),
                  Residual.residual(Block.block("b")));
          // Asymmetric numbers, no two weights alike.
          int seed = 100;
          Map<String, Tensor> w = new LinkedHashMap<>();
          for (Map.Entry<String, Tensor> p : net.parameters().entrySet()) {
            w.put(p.getKey(), like(engine, p.getValue(), seed++));
          }
          Tensor h = x;
          Tensor straight = conv(h, w, "0.shortcut.0");
          h = straight.plus(conv(conv(h, w, "0.layers.0").relu(), w, "0.layers.2"));
          Tensor down = h.conv2d(weight(w, "1.layers.0"), null, 2, 1);
          Tensor inner = down.concat(List.of(conv(down, w, "1.layers.1.layers.0")), 1);
          h = h.concat(List.of(inner.convTranspose2d(weight(w, "1.layers.2"), null, 2, 1, 0)), 1);
          h = conv(h, w, "2.0.0").concat(List.of(h, h.relu()), 1);
          h = conv(h, w, "3.0.0").plus(conv(h, w, "3.1.0"));
          h = conv(conv(h, w, "4.0.0").tanh(), w, "4.1.0").tanh();
          h = conv(h, w, "5.layers.0").tanh();
          h = h.plus(conv(h, w, "6.layers.0.layers.0").tanh());
          List<PlannedLayer> seen = new ArrayList<>();
          Tensor found =
              net.forward(
                  x,
                  w,
                  PassOptions.evaluation(),
                  (layer, output) -> {
                    seen.add(layer);
                    assertEquals(layer.output().batch(2), output.shape(), layer.path());
                  });
          assertEquals(h.shape(), found.shape());
          assertArrayEquals(h.toDoubles(), found.toDoubles(), 1e-12);
          assertEquals(net.plan().everyLayer(), seen);
        });
  }

  private static Tensor like(Engine engine, Tensor t, int seed) {
    return Values.random(seed, t.shape().dims().stream().mapToInt(Integer::intValue).toArray())
        .on(engine);
  }

  private static Tensor conv(Tensor x, Map<String, Tensor> weights, String path) {
    return x.conv2d(weight(weights, path), null, 1, 0);
  }

  private static Tensor weight(Map<String, Tensor> weights, String path) {
    Tensor weight = weights.get("discriminator." + path + ".weight");
    if (weight == null) {
      throw new AssertionError("no " + path + " among " + weights.keySet());
    }
    return weight;
  }

  /** Weights at any depth are divided by their norms, each with its own vectors. */
  @Test
  default void weightsInsideAreNormalized() {
    Starts.withDoubles(
        this,
        engine -> {
          Network net =
              network(
                  engine,
                  Sn.sn().power(Power.power().iterations(10)), // 30 passes do
                  classes(),
                  Shape.of(2, 4, 4),
                  ResidualBlock.residualBlock(4).resample(Resample.DOWN),
                  Stack.stack(2, Skip.skip(narrow(2)), narrow(4)),
                  SelfAttention.selfAttention().reduction(2),
                  Flatten.flatten(),
                  Projection.projection());
          Set<String> weights = new HashSet<>();
          net.parameters()
              .forEach(
                  (path, p) -> {
                    if (path.endsWith(".weight")) {
                      weights.add(path);
                    }
                    p.assign(like(engine, p, path.hashCode()));
                  });
          Set<String> vectors = new HashSet<>();
          weights.forEach(w -> vectors.addAll(List.of(w + "_u", w + "_v")));
          assertEquals(vectors, net.normStates().keySet());
          assertTrue(weights.contains("discriminator.4.embedding.0.weight"), weights::toString);
          Tensor x = Values.random(3, 3, 2, 4, 4).on(engine);
          Tensor labels = Labels.oneHot(engine, CLASSES, 3, i -> 2 - i);
          for (int i = 0; i < 30; i++) {
            engine.scope(() -> net.forward(x, training(labels)));
          }
          Map<String, Tensor> effective = net.normalizedParameters();
          for (String path : weights) {
            Tensor w = net.parameters().getOrDefault(path, x);
            double norm = largestSingularValue(w);
            double[] expected = Arrays.stream(w.toDoubles()).map(v -> v / norm).toArray();
            assertArrayEquals(expected, effective.getOrDefault(path, x).toDoubles(), 1e-6, path);
          }
          // A gate is not normalized, and the pass uses the normalized parameters.
          String gamma = "discriminator.2.gamma";
          assertArrayEquals(
              net.parameters().getOrDefault(gamma, x).toDoubles(),
              effective.getOrDefault(gamma, x).toDoubles());
          Network plain =
              network(
                  engine,
                  None.none(),
                  classes(),
                  Shape.of(2, 4, 4),
                  net.plan().layers().stream().map(PlannedLayer::layer).toArray(Layer[]::new));
          PassOptions call = PassOptions.evaluation().labels(labels);
          assertArrayEquals(
              plain.forward(x, effective, call).toDoubles(),
              net.forward(x, call).toDoubles(),
              1e-12);
          assertFalse(
              Arrays.equals(
                  plain.forward(x, net.parameters(), call).toDoubles(),
                  net.forward(x, call).toDoubles()));
        });
  }

  /** By power iterations on W W^T in plain loops. */
  private static double largestSingularValue(Tensor weight) {
    double[] w = weight.toDoubles();
    int rows = weight.shape().dim(0);
    int columns = w.length / rows;
    double[] u = new double[rows];
    Arrays.setAll(u, i -> 1 + 0.1 * i);
    double norm = 0;
    for (int n = 0; n < 3000; n++) {
      double[] v = new double[columns];
      for (int i = 0; i < w.length; i++) {
        v[i % columns] += w[i] * u[i / columns];
      }
      double[] next = new double[rows];
      for (int i = 0; i < w.length; i++) {
        next[i / columns] += w[i] * v[i % columns];
      }
      double length = Math.sqrt(Arrays.stream(next).map(t -> t * t).sum());
      norm = Math.sqrt(length);
      Arrays.setAll(u, i -> next[i] / length);
    }
    return norm;
  }

  /** Attention with a gate of zero changes nothing, whatever its weights. */
  @Test
  default void attentionBeginsAsTheIdentity() {
    Starts.withDoubles(
        this,
        engine -> {
          Network net = network(engine, Shape.of(8, 4, 2), SelfAttention.selfAttention());
          Tensor x = Values.random(6, 2, 8, 4, 2).on(engine);
          assertArrayEquals(x.toDoubles(), net.forward(x, PassOptions.evaluation()).toDoubles());
        });
  }

  /** All logits of attention far from zero: the softmax neither overflows nor divides by zero. */
  @Test
  default void attentionTakesLargeNumbers() {
    Starts.with(
        this,
        Precision.FLOAT32,
        engine -> {
          Network net = network(engine, Shape.of(8, 2, 2), SelfAttention.selfAttention());
          net.parameters().forEach((path, p) -> p.assign(engine.full(1, p.shape())));
          Tensor x = Values.random(6, 2, 8, 2, 2).scaled(300, 400).on(engine);
          for (double v : net.forward(x, PassOptions.evaluation()).toDoubles()) {
            assertTrue(Double.isFinite(v), () -> "got " + v);
          }
        });
  }
}
