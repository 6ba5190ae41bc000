package dev.sparring;

/** Finds the prose in a source file: its comments and string literals. */
final class ProseText {
  /** In place of code, so that no phrase reaches across it. */
  private static final char CODE = '|';

  private final String source;
  private final StringBuilder prose = new StringBuilder();
  private int at;

  private ProseText(String source) {
    this.source = source;
  }

  /**
   * The prose of Java or Kotlin source, every character at its place. Marks of comments are blanks;
   * so is what joins string literals, because a message may go on in the next line.
   */
  static String of(String source) {
    ProseText text = new ProseText(source);
    text.code(false);
    return text.prose.toString();
  }

  /** Code up to the end, or up to the brace that closes a template in a Kotlin string. */
  private void code(boolean template) {
    int depth = 0;
    while (at < source.length()) {
      char c = source.charAt(at);
      if (next("//")) {
        comment("\n");
      } else if (next("/*")) {
        comment("*/");
      } else if (next("\"\"\"")) {
        string("\"\"\"");
      } else if (c == '"') {
        string("\"");
      } else if (next("'\"'") || next("'\\\"'")) {
        skip(source.indexOf('\'', at + 1) + 1 - at, CODE);
      } else if (template && c == '}' && depth == 0) {
        skip(1, CODE);
        return;
      } else {
        depth += c == '{' ? 1 : c == '}' ? -1 : 0;
        skip(1, c == '+' || Character.isWhitespace(c) ? ' ' : CODE);
      }
    }
  }

  private void comment(String end) {
    skip(2, ' ');
    while (at < source.length() && !next(end)) {
      char c = source.charAt(at);
      boolean leader = c == '*' && prose.substring(prose.lastIndexOf("\n") + 1).isBlank();
      keep(leader ? ' ' : c);
    }
    if (!end.equals("\n")) {
      skip(end.length(), ' ');
    }
  }

  private void string(String quote) {
    skip(quote.length(), ' ');
    while (at < source.length() && !next(quote)) {
      if (next("\\")) {
        skip(2, ' ');
      } else if (next("${")) {
        skip(2, CODE);
        code(true);
      } else {
        keep(source.charAt(at));
      }
    }
    skip(quote.length(), ' ');
  }

  private boolean next(String text) {
    return source.startsWith(text, at);
  }

  private void keep(char c) {
    prose.append(c);
    at++;
  }

  private void skip(int count, char instead) {
    for (int end = Math.min(at + count, source.length()); at < end; at++) {
      prose.append(source.charAt(at) == '\n' ? '\n' : instead);
    }
  }
}
