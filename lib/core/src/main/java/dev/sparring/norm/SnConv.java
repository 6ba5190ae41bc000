package dev.sparring.norm;

import dev.sparring.init.UnitVector;
import dev.sparring.init.WeightSpec;
import dev.sparring.setting.Defaults;
import dev.sparring.setting.Require;
import dev.sparring.setting.Settings;
import dev.sparring.setting.Word;
import dev.sparring.tensor.Shape;
import dev.sparring.tensor.Tensor;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Spectral normalization by the norm of the whole convolution, with its stride, its zeros at the
 * borders and the size of its images, rather than by that of the kernel as a matrix, which {@code
 * sn} takes (Tsuzuku, Sato and Sugiyama, arXiv:1802.04034, section 4.2; Gouk et al.,
 * arXiv:1804.04368; the "stricter" kind of Lin, Sekar and Fanti, arXiv:2009.02773).
 *
 * <p>Power iteration is v = C^T u / |C^T u|, u = C v / |C v| with the convolution C and its
 * transpose, and the norm s = u . C v; gradients flow through the norm alone unless {@code power}
 * says otherwise. The weight is used as scale * weight / s, or with {@code mode: clip} as weight *
 * min(1, scale / s). The norm of a k x k kernel's convolution lies between that of the matrix and k
 * times that; for Gaussian kernels of 3 x 3 or 4 x 4 it is 1.2 to 2.0 times it, depending on
 * channels, stride and the size of images.
 *
 * <p>It learns nothing more, and keeps an image of the layer's input and one of its output beside
 * the weight: {@code weight_v} and {@code weight_u}. Dense layers have the norm of their matrix, as
 * with {@code sn}. Layers of other kinds, such as {@code embedding}, are taken as matrices.
 *
 * @param scale factor after the division, or the largest norm with {@code mode: clip}; 0.95 in
 *     edward2's {@code SpectralNormalizationConv2D}, which clips
 * @param power how the norm is estimated
 * @param mode whether every weight is scaled, or only one whose norm is too large
 */
@Word("snConv")
public record SnConv(double scale, Power power, SpectralMode mode) implements WeightNorm {
  private static final String U = "weight_u";
  private static final String V = "weight_v";

  /** Checks the scale. */
  public SnConv {
    Require.positive("scale", scale);
  }

  /** To norm 1, by one iteration in each pass. */
  @Defaults
  public static SnConv snConv() {
    return new SnConv(1, Power.power(), SpectralMode.SCALE);
  }

  /** The same to another norm. */
  public SnConv scale(double scale) {
    return Settings.with(this, "scale", scale);
  }

  /** The same in another mode. */
  public SnConv mode(SpectralMode mode) {
    return Settings.with(this, "mode", mode);
  }

  /** The same with another estimate. */
  public SnConv power(Power power) {
    return Settings.with(this, "power", power);
  }

  @Override
  public List<NormTensor> states(WeightSpec weight) {
    return states(weight, null);
  }

  @Override
  public List<NormTensor> states(WeightSpec weight, @Nullable LinearOperator operator) {
    LinearOperator map = map(weight, operator);
    return List.of(
        new NormTensor(U, map.output(), new UnitVector()),
        new NormTensor(V, map.input(), new UnitVector()));
  }

  /** The unit vectors of an estimate, as samples. */
  private record Vectors(Tensor u, Tensor v) {
    static Vectors kept(NormContext context) {
      return new Vectors(sample(context.state(U)), sample(context.state(V)));
    }

    private static Tensor sample(Tensor state) {
      return state.reshape(state.shape().batch(1));
    }

    /** After that many iterations, of which the first one replaces v. */
    Vectors iterated(LinearOperator map, Tensor weight, int iterations) {
      Vectors next = this;
      for (int i = 0; i < iterations; i++) {
        Tensor toInput = PowerIteration.unit(map.transposed(next.u, weight));
        next = new Vectors(PowerIteration.unit(map.apply(toInput, weight)), toInput);
      }
      return next;
    }

    void store(NormContext context) {
      context.state(U).assign(u.detach().reshape(context.state(U).shape()));
      context.state(V).assign(v.detach().reshape(context.state(V).shape()));
    }
  }

  /** v belongs to u, so that evaluation before any training has an estimate. */
  @Override
  public void begin(Tensor weight, NormContext context) {
    Vectors.kept(context)
        .iterated(map(context), weight.detach(), power.warmup() + 1)
        .store(context);
  }

  @Override
  public Tensor normalize(Tensor weight, NormContext context) {
    LinearOperator map = map(context);
    Vectors vectors = Vectors.kept(context);
    if (context.training()) {
      if (power.throughVectors()) {
        // The gradient needs the old u, which store overwrites.
        vectors = new Vectors(vectors.u.plus(0), vectors.v);
      }
      Tensor w = power.throughVectors() ? weight : weight.detach();
      vectors = vectors.iterated(map, w, power.iterations());
      vectors.store(context);
    }
    return mode.apply(weight, vectors.u.times(map.apply(vectors.v, weight)).sum(), scale);
  }

  /** Only the iterations of these passes. */
  @Override
  public void skip(Tensor weight, NormContext context, long passes) {
    Vectors.kept(context)
        .iterated(map(context), weight.detach(), Math.toIntExact(power.iterations() * passes))
        .store(context);
  }

  private static LinearOperator map(NormContext context) {
    return map(context.spec(), context.operator());
  }

  private static LinearOperator map(WeightSpec weight, @Nullable LinearOperator operator) {
    return operator != null ? operator : new MatrixOperator(weight);
  }

  @Override
  public boolean isScaleInvariant() {
    return mode == SpectralMode.SCALE;
  }

  @Override
  public boolean boundsSpectralNorm() {
    return true;
  }

  /** The weight as the matrix outputs x rest. */
  private record MatrixOperator(WeightSpec spec) implements LinearOperator {
    @Override
    public Shape input() {
      return Shape.of(spec.shape().elements() / spec.shape().dim(spec.outputAxis()));
    }

    @Override
    public Shape output() {
      return Shape.of(spec.shape().dim(spec.outputAxis()));
    }

    @Override
    public Tensor apply(Tensor x, Tensor weight) {
      return x.linear(WeightNorm.matrix(weight, spec.outputAxis()), null);
    }

    @Override
    public Tensor transposed(Tensor y, Tensor weight) {
      return y.matmul(WeightNorm.matrix(weight, spec.outputAxis()));
    }
  }
}
