package dev.sparring.conformance;

import dev.sparring.tensor.Tensor;

/** The losses of the golden files, written with engine operations only. */
final class Losses {
  private Losses() {}

  static Tensor discriminator(String name, Tensor real, Tensor fake) {
    return switch (name) {
      case "nonsaturating_bce" -> real.neg().softplus().mean().plus(fake.softplus().mean());
      case "hinge" -> real.neg().plus(1).relu().mean().plus(fake.plus(1).relu().mean());
      case "lsgan" -> real.plus(-1).square().mean().plus(fake.square().mean()).times(0.5);
      case "wgan" -> fake.mean().minus(real.mean());
      default -> throw new IllegalArgumentException("no loss '" + name + "'");
    };
  }

  static Tensor generator(String name, Tensor fake) {
    return switch (name) {
      case "nonsaturating_bce" -> fake.neg().softplus().mean();
      case "lsgan" -> fake.plus(-1).square().mean().times(0.5);
      case "hinge", "wgan" -> fake.mean().neg();
      default -> throw new IllegalArgumentException("no loss '" + name + "'");
    };
  }
}
