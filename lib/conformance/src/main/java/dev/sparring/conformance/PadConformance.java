package dev.sparring.conformance;

import dev.sparring.layer.Conv;
import dev.sparring.layer.ConvTranspose;
import dev.sparring.layer.Layer;
import dev.sparring.layer.PadRule;
import dev.sparring.network.Network;
import dev.sparring.network.PassOptions;
import dev.sparring.plan.NetworkPlan;
import dev.sparring.random.Seed;
import dev.sparring.recipe.Discriminator;
import dev.sparring.tensor.Engine;
import dev.sparring.tensor.Shape;
import dev.sparring.tensor.Tensor;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** Borders of convolutions against TensorFlow's definition in plain loops. */
public interface PadConformance extends EngineUnderTest {
  /** Every kernel up to 6 and stride up to 4 on images whose sides leave different remainders. */
  @Test
  default void sameIsThatOfTensorFlow() {
    Starts.withDoubles(
        this,
        engine -> {
          for (int kernel = 1; kernel <= 6; kernel++) {
            for (int stride = 1; stride <= 4; stride++) {
              convolution(engine, kernel, stride, 8, 8);
              convolution(engine, kernel, stride, 5, 8);
              transposed(engine, kernel, stride, 3, 2);
            }
          }
        });
  }

  private static void convolution(Engine engine, int kernel, int stride, int height, int width) {
    Shape input = Shape.of(2, height, width);
    Layer layer = Conv.conv(3).kernel(kernel).stride(stride).pad(PadRule.SAME);
    Network network = network(engine, layer, input);
    Values x = Values.random(1, 2, 2, height, width);
    Values expected = Same.convolution(x, weight(network), stride);
    Tensor found = network.forward(x.on(engine), PassOptions.evaluation());
    Close.to(expected, found, 1e-12, layer + " on " + input);
  }

  private static void transposed(Engine engine, int kernel, int stride, int height, int width) {
    Shape input = Shape.of(3, height, width);
    Layer layer = ConvTranspose.convTranspose(2).kernel(kernel).stride(stride).pad(PadRule.SAME);
    Network network = network(engine, layer, input);
    Values y = Values.random(2, 2, 3, height, width);
    Values expected = Same.adjoint(y, weight(network), stride);
    Tensor found = network.forward(y.on(engine), PassOptions.evaluation());
    Close.to(expected, found, 1e-12, layer + " on " + input);
  }

  private static Network network(Engine engine, Layer layer, Shape input) {
    NetworkPlan plan =
        NetworkPlan.of("discriminator", Discriminator.discriminator(List.of(layer)), input);
    return Network.create(plan, engine, new Seed(3));
  }

  private static Values weight(Network network) {
    Tensor weight = Objects.requireNonNull(network.parameters().get("discriminator.0.weight"));
    return Values.of(weight.shape(), weight.toDoubles());
  }
}
