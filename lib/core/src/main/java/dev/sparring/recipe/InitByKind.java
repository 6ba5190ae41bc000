package dev.sparring.recipe;

import dev.sparring.init.Initializer;
import dev.sparring.setting.Defaults;
import org.jspecify.annotations.Nullable;

/**
 * A network's initializers for single kinds of layers. They override the network's initializer, and
 * a layer's own initializer overrides them. Null leaves the kind to the network's initializer, and
 * batch normalization's scale to ones.
 *
 * @param dense for dense layers
 * @param conv for convolutions
 * @param convTranspose for transposed convolutions
 * @param batchNorm for the scale of batch normalization, e.g. N(1, 0.02) as in DCGAN's code
 */
public record InitByKind(
    @Nullable Initializer dense,
    @Nullable Initializer conv,
    @Nullable Initializer convTranspose,
    @Nullable Initializer batchNorm) {
  /** No kind has an initializer of its own. */
  @Defaults
  public static InitByKind initByKind() {
    return new InitByKind(null, null, null, null);
  }

  /** The same with an initializer for dense layers. */
  public InitByKind dense(Initializer dense) {
    return new InitByKind(dense, conv, convTranspose, batchNorm);
  }

  /** The same with an initializer for convolutions. */
  public InitByKind conv(Initializer conv) {
    return new InitByKind(dense, conv, convTranspose, batchNorm);
  }

  /** The same with an initializer for transposed convolutions. */
  public InitByKind convTranspose(Initializer convTranspose) {
    return new InitByKind(dense, conv, convTranspose, batchNorm);
  }

  /** The same with an initializer for batch normalization's scale. */
  public InitByKind batchNorm(Initializer batchNorm) {
    return new InitByKind(dense, conv, convTranspose, batchNorm);
  }
}
