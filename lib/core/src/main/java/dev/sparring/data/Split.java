package dev.sparring.data;

/** Which part of a data set whose authors divided it. */
public enum Split {
  /** The part to train on. */
  TRAIN,
  /** The part held out. */
  TEST
}
