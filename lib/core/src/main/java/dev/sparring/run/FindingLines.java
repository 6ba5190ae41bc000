package dev.sparring.run;

import dev.sparring.file.Reason;
import dev.sparring.file.RegularFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.List;

/**
 * The findings of a run as its file has them, one line each, for those that show or compare them.
 */
public final class FindingLines {
  private FindingLines() {}

  /**
   * Reads them. Bytes that are no UTF-8 appear as replacement characters.
   *
   * @return without empty lines; none if the run has no findings
   * @throws RunException if the file cannot be read
   */
  public static List<String> of(RunDirectory run) {
    if (!Files.exists(run.findings())) {
      return List.of();
    }
    try {
      String text = new String(RegularFile.bytes(run.findings()), StandardCharsets.UTF_8);
      return text.lines().filter(line -> !line.isBlank()).toList();
    } catch (IOException e) {
      throw new RunException(Reason.line(e, run.findings(), "cannot be read"), e);
    }
  }
}
