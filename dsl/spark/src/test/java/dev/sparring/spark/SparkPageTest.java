package dev.sparring.spark;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** What samples/sweeps/spark.md computes and writes for shells. */
class SparkPageTest {
  private static final List<Integer> PLACES = List.of(1, 2, 8, 64, 256, 1000);

  private static String page() throws IOException {
    return Files.readString(Path.of("../../samples/sweeps/spark.md"));
  }

  private static double number(String text, String pattern) {
    Matcher found = Pattern.compile(pattern).matcher(text);
    assertTrue(found.find(), pattern);
    return Double.parseDouble(found.group(1));
  }

  @Test
  void theTableIsTheFormulas() throws IOException {
    String page = page();
    double start = number(page, "s = ([0-9.]+) s");
    double driver = number(page, "o = ([0-9.]+) ms") / 1000;
    List<MatchResult> rows =
        Pattern.compile("(?m)^\\| (\\d+) (min|h) \\| (.*) \\|$").matcher(page).results().toList();
    assertEquals(3, rows.size());
    for (MatchResult row : rows) {
      double length = Integer.parseInt(row.group(1)) * (row.group(2).equals("h") ? 3600 : 60);
      List<String> computed =
          Stream.concat(
                  PLACES.stream().map(m -> 3600 / Math.max((length + start) / m, driver)),
                  Stream.of((length + start) / driver))
              .map(SparkPageTest::shown)
              .toList();
      assertEquals(String.join(" | ", computed), row.group(3));
    }
  }

  private static String shown(double figure) {
    return String.format(Locale.ROOT, figure < 9.95 ? "%.1f" : "%,.0f", figure);
  }

  @Test
  @DisabledOnOs(OS.WINDOWS) // has no bash
  void theCommandsAreBash() throws Exception {
    List<MatchResult> blocks =
        Pattern.compile("```bash\n(.*?)```", Pattern.DOTALL).matcher(page()).results().toList();
    assertEquals(4, blocks.size());
    for (MatchResult block : blocks) {
      Process bash = new ProcessBuilder("bash", "-n").redirectErrorStream(true).start();
      try (var input = bash.outputWriter()) {
        input.write(block.group(1));
      }
      assertEquals(0, bash.waitFor(), block.group(1));
    }
  }
}
