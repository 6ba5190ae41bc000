package dev.sparring.layer;

import dev.sparring.init.Initializer;
import dev.sparring.setting.Defaults;
import dev.sparring.setting.Word;
import dev.sparring.tensor.Shape;
import dev.sparring.tensor.Tensor;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Multiplies its input by one learnt number, or by one for each channel or feature.
 *
 * <p>At the end of a residual branch and begun at 0, {@code { type: scale, init: zeros }}, it is
 * SkipInit (De and Smith, arXiv:2002.10444, section 3): the block begins as its shortcut alone. In
 * the branches of Fixup it begins at 1 (Zhang, Dauphin and Ma, arXiv:1901.09321, section 3).
 *
 * @param perChannel whether each channel has a number of its own
 * @param init how the numbers are drawn; null for ones
 */
@Word("scale")
public record Scale(boolean perChannel, @Nullable Initializer init) implements Layer {
  /** One number, which begins at 1. */
  @Defaults
  public static Scale scale() {
    return new Scale(false, null);
  }

  /** The same with a number for each channel, or with one. */
  public Scale perChannel(boolean perChannel) {
    return new Scale(perChannel, init);
  }

  /** The same with another start. */
  public Scale init(Initializer init) {
    return new Scale(perChannel, init);
  }

  @Override
  public Shape outputShape(Shape input) {
    return input;
  }

  @Override
  public List<Parameter> parameters(Shape input) {
    return List.of(Parameter.vector("weight", perChannel ? input.dim(0) : 1, Role.SCALE));
  }

  @Override
  public Tensor forward(Tensor x, LayerContext pass) {
    return x.times(Statistics.perChannel(pass.parameter("weight"), x));
  }

  @Override
  public String summary() {
    return perChannel ? "scale per channel" : "scale";
  }
}
