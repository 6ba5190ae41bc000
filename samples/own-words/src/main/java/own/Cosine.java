package own;

import dev.sparring.layer.Layer;
import dev.sparring.layer.LayerContext;
import dev.sparring.layer.Parameter;
import dev.sparring.layer.Role;
import dev.sparring.layer.Shapes;
import dev.sparring.setting.Require;
import dev.sparring.setting.Word;
import dev.sparring.tensor.Shape;
import dev.sparring.tensor.Tensor;
import java.util.List;

/**
 * A layer: its input, of length 1, times a learnt weight, times a learnt scale for each output.
 *
 * @param units how many outputs
 */
@Word("own.cosine")
public record Cosine(int units) implements Layer {
  private static final double UNDER_ROOT = 1e-8;

  /** Checks the setting. */
  public Cosine {
    Require.atLeast("units", units, 1);
  }

  @Override
  public Shape outputShape(Shape input) {
    Shapes.needFeatures(input);
    return Shape.of(units);
  }

  @Override
  public List<Parameter> parameters(Shape input) {
    int in = input.dim(0);
    return List.of(
        Parameter.weight(Shape.of(units, in), 0, in, units),
        Parameter.vector("scale", units, Role.SCALE));
  }

  @Override
  public Tensor forward(Tensor x, LayerContext pass) {
    Tensor length = x.square().sum(1).plus(UNDER_ROOT).sqrt();
    return x.div(length).linear(pass.parameter("weight"), null).times(pass.parameter("scale"));
  }

  @Override
  public String summary() {
    return "cosine " + units;
  }
}
