package dev.sparring.loss;

/** By what a penalty differentiates the discriminator's scores. */
public enum PenaltyAt {
  /** By the samples themselves, before augmentation and packing. */
  RAW,
  /** By what the discriminator sees: augmented, packed, with their sources in paired data. */
  SEEN
}
