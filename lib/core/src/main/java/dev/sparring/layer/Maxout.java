package dev.sparring.layer;

import dev.sparring.setting.Defaults;
import dev.sparring.setting.Require;
import dev.sparring.setting.Word;
import dev.sparring.tensor.Shape;
import dev.sparring.tensor.Tensor;

/**
 * Maxout (Goodfellow et al., arXiv:1302.4389, section 3): the maximum of each group of neighbouring
 * features, (F) to (F / pieces), or of channels, (C, H, W) to (C / pieces, H, W). Output i is the
 * largest of inputs i pieces to (i + 1) pieces - 1, as in TensorFlow's {@code
 * contrib.layers.maxout}. {@code dense(1000), maxout(5)} is a layer of PacGAN's discriminator
 * (arXiv:1712.04086).
 *
 * <p>Where several are equal, the gradient goes to the first of them. Computed as a + relu(b - a),
 * which is the maximum of a and b up to rounding.
 *
 * @param pieces number of inputs for each output
 */
@Word("maxout")
public record Maxout(int pieces) implements Layer {
  /** Checks the number of pieces. */
  public Maxout {
    Require.atLeast("pieces", pieces, 2);
  }

  /** The maximum of this number of inputs. */
  @Defaults
  public static Maxout maxout(int pieces) {
    return new Maxout(pieces);
  }

  @Override
  public Shape outputShape(Shape input) {
    Shapes.needDivisor("pieces", pieces, input);
    return input.channels(input.dim(0) / pieces);
  }

  @Override
  public Tensor forward(Tensor x, LayerContext pass) {
    Shape input = x.shape().sample();
    Shape output = outputShape(input);
    int batch = x.shape().dim(0);
    int positions = input.elements() / input.dim(0);
    Tensor runs = x.reshape(Shape.of(batch, output.dim(0), pieces, positions));
    Tensor largest = runs.slice(2, 0, 1);
    for (int i = 1; i < pieces; i++) {
      largest = Maximum.of(largest, runs.slice(2, i, 1));
    }
    return largest.reshape(output.batch(batch));
  }

  @Override
  public String summary() {
    return "maxout " + pieces;
  }
}
