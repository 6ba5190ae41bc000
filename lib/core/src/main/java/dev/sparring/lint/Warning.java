package dev.sparring.lint;

/**
 * Something in a recipe that is likely to be a mistake.
 *
 * @param level how likely it is to be a mistake
 * @param path the place in the recipe, e.g. {@code generator.layers.3}
 * @param text what was found and why that may be wrong
 * @param source the paper that reports it, or the reasoning
 * @param fix what to write instead
 */
public record Warning(Level level, String path, String text, String source, String fix) {
  /** How likely it is to be a mistake. */
  public enum Level {
    /** It is rarely intended. */
    WARNING,
    /** It is often intended; worth knowing when results are surprising. */
    NOTE
  }

  /** A warning: rarely intended. */
  public static Warning warning(String path, String text, String source, String fix) {
    return new Warning(Level.WARNING, path, text, source, fix);
  }

  /** A note: often intended. */
  public static Warning note(String path, String text, String source, String fix) {
    return new Warning(Level.NOTE, path, text, source, fix);
  }

  /** In one line, without the level. */
  @Override
  public String toString() {
    return path + ": " + text + " (" + source + "); fix: " + fix;
  }
}
