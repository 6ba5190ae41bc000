package dev.sparring.conformance;

import dev.sparring.norm.Bssn;
import dev.sparring.norm.Power;
import dev.sparring.norm.Sn;
import dev.sparring.norm.Spectral;
import dev.sparring.tensor.Engine;
import dev.sparring.tensor.Shape;
import dev.sparring.tensor.Tensor;
import java.util.LinkedHashMap;
import java.util.Map;

/** Passes of spectral normalization over a weight, from vectors that are unrelated to it. */
final class SpectralCases {
  private SpectralCases() {}

  /** Unit vectors that are unrelated to the weight. */
  static Map<String, Tensor> vectors(Engine engine, Spectral kind, Shape weight, int axis) {
    Map<String, Tensor> vectors = new LinkedHashMap<>();
    for (String name : NormUnderTest.of(kind, engine, weight, axis).states().keySet()) {
      Shape shape = NormUnderTest.of(kind, engine, weight, axis).state(name).shape();
      double[] values = Values.random(900 + vectors.size(), shape.elements()).data();
      double norm = 0;
      for (double v : values) {
        norm += v * v;
      }
      vectors.put(name, Values.of(shape, values).scaled(1 / Math.sqrt(norm), 0).on(engine));
    }
    return vectors;
  }

  /** One pass in training from the vectors of {@link #vectors}. */
  static Tensor normalized(Engine engine, Spectral kind, Values w) {
    return normalize(engine, kind, w.on(engine), 0, vectors(engine, kind, w.shape(), 0), true);
  }

  static Tensor normalize(
      Engine engine,
      Spectral kind,
      Tensor weight,
      int axis,
      Map<String, Tensor> vectors,
      boolean training) {
    return kind.normalize(
        weight,
        NormUnderTest.of(kind, engine, weight.shape(), axis).states(vectors).training(training));
  }

  static Spectral withPower(Spectral kind, Power power) {
    return kind instanceof Bssn b ? b.power(power) : Sn.sn().power(power);
  }

  static Values values(Tensor tensor) {
    return Values.of(tensor.shape(), tensor.toDoubles());
  }

  /** The divisor of the raw weight. */
  static double sigma(Values raw, Tensor normal) {
    return raw.at(1) / normal.toDoubles()[1];
  }
}
