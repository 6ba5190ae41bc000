package dev.sparring.loss;

import dev.sparring.setting.Defaults;
import dev.sparring.setting.Word;
import dev.sparring.tensor.Tensor;

/**
 * The hinge loss (Lim and Ye, arXiv:1705.02894; Miyato et al., arXiv:1802.05957, equations 16 and
 * 17): D minimizes mean max(0, 1 - D(x)) + mean max(0, 1 + D(G(z))), G minimizes -mean D(G(z)).
 */
@Word("hinge")
public record Hinge() implements Loss {
  /** This loss; it has no settings. */
  @Defaults
  public static Hinge hinge() {
    return new Hinge();
  }

  @Override
  public Tensor discriminator(Tensor real, Tensor fake) {
    return real.neg().plus(1).relu().mean().plus(fake.plus(1).relu().mean());
  }

  @Override
  public Tensor generator(Tensor fake) {
    return fake.mean().neg();
  }
}
