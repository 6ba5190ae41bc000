package dev.sparring.run;

import dev.sparring.file.AtomicFile;
import dev.sparring.file.RegularFile;
import dev.sparring.train.Finding;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The file of findings of detectors, one line each, e.g. {@code step 600: D has won: ...}. */
final class Findings {
  private static final Pattern LINE = Pattern.compile("step (\\d{1,18}): .*");

  private final Path file;
  private final Set<String> known;

  private Findings(Path file, Set<String> known) {
    this.file = file;
    this.known = known;
  }

  static Findings fresh(Path file) throws IOException {
    Files.deleteIfExists(file);
    return new Findings(file, new HashSet<>());
  }

  /**
   * What of a file is good for going on after a step.
   *
   * @param kept the lines up to the step
   * @param later how many lines are of later steps
   * @param damaged how many are no findings
   */
  record Lines(List<String> kept, int later, int damaged) {}

  /** Reads a file; nothing is changed. A torn last line is damaged, unless it is found again. */
  static Lines read(Path file, long step) throws IOException {
    if (!Files.exists(file)) {
      return new Lines(List.of(), 0, 0);
    }
    // Damaged bytes are replaced, not refused.
    String text = new String(RegularFile.bytes(file), StandardCharsets.UTF_8);
    List<String> kept = new ArrayList<>();
    int later = 0;
    int damaged = 0;
    for (String line : text.lines().toList()) {
      Matcher matcher = LINE.matcher(line);
      if (!matcher.matches()) {
        damaged++;
      } else if (Long.parseLong(matcher.group(1)) > step) {
        later++;
      } else {
        kept.add(line);
      }
    }
    boolean isTorn = !text.isEmpty() && !text.endsWith("\n");
    if (isTorn && !kept.isEmpty() && text.endsWith(kept.get(kept.size() - 1))) {
      kept.remove(kept.size() - 1);
      damaged++;
    }
    return new Lines(kept, later, damaged);
  }

  /** Continues a file with the lines that are kept of it. */
  static Findings resume(Path file, Lines lines) throws IOException {
    if (Files.exists(file)) {
      AtomicFile.writeText(
          file, String.join("", lines.kept().stream().map(l -> l + "\n").toList()));
    }
    return new Findings(file, new HashSet<>(lines.kept()));
  }

  /** Begins a file with lines of another. */
  static Findings copied(Path file, Lines lines) throws IOException {
    Files.deleteIfExists(file);
    Findings all = new Findings(file, new HashSet<>());
    for (String line : lines.kept()) {
      all.append(line);
    }
    return all;
  }

  private static String line(Finding finding) {
    return finding.toString().lines().reduce((a, b) -> a + " " + b).orElse("");
  }

  /** Whether it has a finding already. */
  boolean has(Finding finding) {
    return known.contains(line(finding));
  }

  void append(Finding finding) throws IOException {
    append(line(finding));
  }

  private void append(String line) throws IOException {
    Files.writeString(file, line + "\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    known.add(line);
  }
}
