package dev.sparring.loss;

import org.jspecify.annotations.Nullable;

/** By what a penalty differentiates the discriminator's scores. */
public enum PenaltyAt {
  /** By the samples themselves, before augmentation and packing. */
  RAW,
  /** By what the discriminator sees: augmented, packed, with their sources in paired data. */
  SEEN;

  /** Whether it is the samples themselves: as the recipe says, else where the two differ. */
  static boolean isRaw(@Nullable PenaltyAt at, DiscriminatorTerm.Update update) {
    return at == RAW || (at == null && update.isChanged());
  }
}
