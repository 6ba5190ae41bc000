package dev.sparring.run;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** How far a run is, seen from outside. */
public enum RunState {
  /** A training writes to it now. */
  RUNNING,
  /** All of its steps are done. */
  COMPLETED,
  /** It was interrupted, and can be resumed. */
  STOPPED,
  /** A loss or a weight was not finite any more. */
  DIVERGED,
  /** An error ended it. */
  FAILED,
  /** Its process is gone and could not record its end; it can be resumed. */
  KILLED,
  /** Running or killed: of a version whose runs do not let one tell. */
  UNKNOWN,
  /** A file of it is missing or cannot be read. */
  DAMAGED;

  /** The state in a word, as {@code run.json} has it. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** All words. */
  public static List<String> words() {
    return Arrays.stream(values()).map(RunState::word).toList();
  }
}
