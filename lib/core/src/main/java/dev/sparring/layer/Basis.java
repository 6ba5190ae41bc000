package dev.sparring.layer;

import dev.sparring.init.Initializer;
import dev.sparring.init.Normal;
import dev.sparring.setting.Defaults;
import dev.sparring.setting.Require;
import dev.sparring.setting.Settings;
import dev.sparring.setting.Word;
import dev.sparring.tensor.Shape;
import dev.sparring.tensor.Tensor;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A learnt image for each feature, multiplied by that feature: (C) to (C, size, size). After a
 * dense layer without bias it is the input of R3GAN's generator (Huang, Gokaslan, Kuleshov and
 * Tompkin, arXiv:2501.05441, section 3.2; GenerativeBasis in its code), a modulated form of
 * StyleGAN's constant input (Karras, Laine and Aila, arXiv:1812.04948, section 2).
 *
 * @param size side of the images in pixels
 * @param init how the images are drawn, N(0, 1) as in both
 */
@Word("basis")
public record Basis(int size, @Nullable Initializer init) implements Layer {
  /** Checks the size. */
  public Basis {
    Require.atLeast("size", size, 1);
  }

  /** Images of 4 x 4 from N(0, 1). */
  @Defaults
  public static Basis basis() {
    return new Basis(4, Normal.normal(0, 1));
  }

  /** The same of another size. */
  public Basis size(int size) {
    return Settings.with(this, "size", size);
  }

  /** The same drawn in another way. */
  public Basis init(Initializer init) {
    return Settings.with(this, "init", init);
  }

  @Override
  public Shape outputShape(Shape input) {
    Shapes.needFeatures(input);
    return Shape.of(input.dim(0), size, size);
  }

  @Override
  public List<Parameter> parameters(Shape input) {
    Shape shape = outputShape(input);
    return List.of(Parameter.table("weight", shape, Role.SCALE));
  }

  @Override
  public Tensor forward(Tensor x, LayerContext pass) {
    Shape shape = x.shape();
    return x.reshape(Shape.of(shape.dim(0), shape.dim(1), 1, 1)).times(pass.parameter("weight"));
  }

  @Override
  public String summary() {
    return "basis " + size + "x" + size;
  }
}
