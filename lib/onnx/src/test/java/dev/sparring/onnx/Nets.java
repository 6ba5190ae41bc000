package dev.sparring.onnx;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import ai.onnx.proto.OnnxMl.ModelProto;
import dev.sparring.data.Ring;
import dev.sparring.init.FanRule;
import dev.sparring.init.Orthogonal;
import dev.sparring.layer.Conv;
import dev.sparring.layer.Layer;
import dev.sparring.layer.Relu;
import dev.sparring.layer.Role;
import dev.sparring.network.Network;
import dev.sparring.network.Sampler;
import dev.sparring.norm.WeightNorm;
import dev.sparring.plan.NetworkPlan;
import dev.sparring.plan.PlanContext;
import dev.sparring.plan.PlannedLayer;
import dev.sparring.plan.PlannedParameter;
import dev.sparring.random.RandomStream;
import dev.sparring.random.Seed;
import dev.sparring.recipe.BlockDefinition;
import dev.sparring.recipe.Generator;
import dev.sparring.recipe.InitByKind;
import dev.sparring.recipe.Latent;
import dev.sparring.tensor.Engine;
import dev.sparring.tensor.Shape;
import dev.sparring.tensor.Tensor;
import java.nio.FloatBuffer;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** Generators for tests. */
final class Nets {
  /** The context of layers: a block, and three classes. */
  private static final PlanContext SURROUNDINGS =
      new PlanContext(
          List.of(new BlockDefinition("b", List.of(Relu.relu(), Conv.conv(3)))),
          Ring.ring().modes(3));

  private Nets() {}

  /** A generator with numbers in every parameter and statistic that no two places share. */
  static Network random(Engine engine, int latent, WeightNorm norm, List<Layer> layers) {
    return random(engine, Shape.of(latent), norm, layers);
  }

  /** The same from an input of any shape, e.g. an image. */
  static Network random(Engine engine, Shape input, WeightNorm norm, List<Layer> layers) {
    Generator spec =
        new Generator(
            4,
            Latent.NORMAL,
            Orthogonal.orthogonal(),
            null,
            InitByKind.initByKind(),
            FanRule.FORWARD,
            norm,
            layers);
    NetworkPlan plan = NetworkPlan.of("generator", spec, input, SURROUNDINGS);
    Network network = Network.create(plan, engine, new Seed(1));
    RandomStream random = new Seed(2).stream("test");
    for (PlannedLayer layer : plan.everyLayer()) {
      for (PlannedParameter p : layer.parameters()) {
        if (p.parameter().role() != Role.WEIGHT) {
          fill(
              engine,
              Objects.requireNonNull(network.parameters().get(p.path())),
              random,
              -0.5,
              0.5);
        }
      }
    }
    network
        .buffers()
        .forEach((path, t) -> fill(engine, t, random, path.endsWith("_var") ? 0.5 : -1, 2));
    return network;
  }

  private static void fill(
      Engine engine, Tensor tensor, RandomStream random, double least, double most) {
    float[] values = new float[tensor.shape().elements()];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) random.uniform(least, most);
    }
    engine.scope(() -> tensor.assign(engine.upload(values, tensor.shape())));
  }

  /** One model, several sizes of batches: ONNX Runtime makes what the sampler makes. */
  static ModelProto assertSame(Network generator) {
    ModelProto model = OnnxExport.model(generator, Latent.NORMAL, Map.of());
    int size = generator.plan().input().elements();
    Sampler sampler = new Sampler(generator, Latent.NORMAL);
    try (Ort ort = new Ort(model)) {
      for (int batch : new int[] {1, 3, 7}) {
        float[] z = Latent.NORMAL.draw(new Seed(3).stream("noise", batch), batch * size);
        assertArrayEquals(
            sampler.decode(z, batch),
            ort.run(inputs(z, batch, sampler), sampler.sampleShape().batch(batch)),
            1e-5f,
            () -> "batch of " + batch);
      }
    }
    return model;
  }

  /** Noise or images of noise, and classes in turn where there are classes. */
  private static Map<String, Ort.Input> inputs(float[] z, int batch, Sampler sampler) {
    Map<String, Ort.Input> inputs = new HashMap<>();
    Shape input = sampler.inputShape();
    inputs.put(
        input.rank() == 1 ? "latent" : "source",
        new Ort.Input(FloatBuffer.wrap(z), input.batch(batch)));
    sampler
        .classes()
        .ifPresent(
            k -> {
              float[] labels = new float[batch * k];
              for (int i = 0; i < batch; i++) {
                labels[i * k + i % k] = 1;
              }
              inputs.put("labels", new Ort.Input(FloatBuffer.wrap(labels), Shape.of(batch, k)));
            });
    return inputs;
  }
}
