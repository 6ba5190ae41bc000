package dev.sparring.tensor;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where tensors live.
 *
 * @param kind processor or graphics card
 * @param index which one; 0 for the processor
 */
public record Device(Kind kind, int index) {
  /** The processor. */
  public static final Device CPU = new Device(Kind.CPU, 0);

  private static final Pattern TEXT = Pattern.compile("(cpu)|cuda(?::(\\d{1,3}))?");

  /** Kinds of devices. */
  public enum Kind {
    /** The processor's memory. */
    CPU,
    /** An NVIDIA card. */
    CUDA
  }

  /**
   * Reads {@code cpu}, {@code cuda} or {@code cuda:1}.
   *
   * @throws IllegalArgumentException if the text is none of these
   */
  public static Device parse(String text) {
    Matcher m = TEXT.matcher(text);
    if (!m.matches()) {
      throw new IllegalArgumentException(
          "unknown device '" + text + "': expected cpu, cuda or cuda:INDEX");
    }
    if (m.group(1) != null) {
      return CPU;
    }
    return new Device(Kind.CUDA, m.group(2) == null ? 0 : Integer.parseInt(m.group(2)));
  }

  /** The form that {@link #parse} reads. */
  @Override
  public String toString() {
    return kind == Kind.CPU ? "cpu" : "cuda:" + index;
  }
}
