package dev.sparring.layer;

import dev.sparring.setting.Defaults;
import dev.sparring.setting.Word;
import dev.sparring.tensor.Shape;
import dev.sparring.tensor.Tensor;
import java.util.List;

/**
 * Adds one learnt number to its input, or one for each channel or feature; they begin at 0. Fixup
 * has shifts of one number before its convolutions and activations (Zhang, Dauphin and Ma,
 * arXiv:1901.09321, section 3).
 *
 * @param perChannel whether each channel has a number of its own
 */
@Word("shift")
public record Shift(boolean perChannel) implements Layer {
  /** One number. */
  @Defaults
  public static Shift shift() {
    return new Shift(false);
  }

  /** The same with a number for each channel, or with one. */
  public Shift perChannel(boolean perChannel) {
    return new Shift(perChannel);
  }

  @Override
  public Shape outputShape(Shape input) {
    return input;
  }

  @Override
  public List<Parameter> parameters(Shape input) {
    return List.of(Parameter.vector("bias", perChannel ? input.dim(0) : 1, Role.SHIFT));
  }

  @Override
  public Tensor forward(Tensor x, LayerContext pass) {
    return x.plus(Statistics.perChannel(pass.parameter("bias"), x));
  }

  @Override
  public String summary() {
    return perChannel ? "shift per channel" : "shift";
  }
}
