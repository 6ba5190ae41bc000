package dev.sparring.data;

/** The parts of a data set that its authors divided. */
public enum Split {
  /** The training part. */
  TRAIN,
  /** The held-out test part. */
  TEST
}
