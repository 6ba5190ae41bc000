package dev.sparring.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sparring.train.Progress;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CheckpointStateTest {
  private static final CheckpointState STATE =
      new CheckpointState(
          new Progress(40, 12.25, Map.of("generator", 40L, "discriminator", 80L)),
          Map.of("generator.safetensors", new CheckpointState.FileSum(9, "ab12")),
          Optional.of(new CheckpointState.RowsSum(40, "cd34")));

  @TempDir Path dir;
  private Path checkpoint;

  @BeforeEach
  void folder() throws IOException {
    checkpoint = Files.createDirectories(dir.resolve("000040"));
  }

  private void write(String text) throws IOException {
    Files.writeString(checkpoint.resolve(CheckpointState.FILE), text);
  }

  private String reason() {
    return assertThrows(DamageException.class, () -> CheckpointState.read(checkpoint)).getMessage();
  }

  @Test
  void itIsReadBack() throws IOException {
    write(new String(STATE.toJson(), java.nio.charset.StandardCharsets.UTF_8));
    assertEquals(STATE, CheckpointState.read(checkpoint));
  }

  /** Whatever bit is flipped: it is noticed, or nothing that is used has changed. */
  @Test
  void everyFlippedBitIsNoticed() throws IOException {
    byte[] whole = STATE.toJson();
    int noticed = 0;
    for (int i = 0; i < 8 * whole.length; i++) {
      byte[] flipped = whole.clone();
      flipped[i / 8] ^= (byte) (1 << i % 8);
      Files.write(checkpoint.resolve(CheckpointState.FILE), flipped);
      try {
        assertEquals(STATE, CheckpointState.read(checkpoint), "bit " + i);
      } catch (DamageException e) {
        assertEquals(1, e.getMessage().lines().count(), e.getMessage());
        noticed++;
      }
    }
    // The rest is in white space.
    assertTrue(noticed > 8 * whole.length * 3 / 4, noticed + " of " + 8 * whole.length);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          "step": -1|step is -1, expected a whole number from 0 to 9223372036854775807
          "step": 40.7|step is 40.7, expected a whole number from 0 to 9223372036854775807
          "step": 40.0|step is 40.0, expected a whole number from 0 to 9223372036854775807
          "step": "40"|step is 40, expected a whole number from 0 to 9223372036854775807
          "step": 9223372036854775808|step is 9223372036854775808, expected a whole number from 0 to 9223372036854775807
          "step": 5|step is 5, but the folder is that of 000040
          "step": null|step is missing
          "seconds": -0.5|seconds is -0.5, expected a number from 0
          "seconds": "NaN"|seconds is NaN, expected a number from 0
          "seconds": 1e999|seconds is Infinity, expected a number from 0
          "seconds": null|seconds is missing
          "updates": null|updates is missing
          "updates": [40]|updates is [40], expected names with numbers
          "updates": {"generator": -1}|updates of generator is -1, expected a whole number from 0 to 9223372036854775807
          "updates": {"generator": 1.5}|updates of generator is 1.5, expected a whole number from 0 to 9223372036854775807
          "updates": {"generator": null}|updates of generator is missing
          "updates": {"generator": 9000000000000000000}|updates of generator are 9000000000000000000 in 40 steps
          "format": 2|format 2 is unknown, it reads 1
          "format": "1"|format 1 is unknown, it reads 1
          """)
  void valuesAreChecked(String changed, String expected) throws IOException {
    String json = "{'format': 1, 'step': 40, 'seconds': 1.5, 'updates': {'generator': 40}}";
    String name = changed.substring(1, changed.indexOf('"', 1));
    String good =
        json.replace('\'', '"').replaceAll("\"" + name + "\": ([^{,}]+|\\{[^}]*\\})", "CHANGED");
    assertTrue(good.contains("CHANGED"), good);
    write(good.replace("CHANGED", changed));
    assertEquals("state.json: " + expected, reason());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          {"diverged": 15.7, "from": 3, "change": "seed", "reason": "x"}|retries has
          {"diverged": 15, "from": -3, "change": "seed", "reason": "x"}|retries go back from step 15 to -3, expected an earlier one from 0
          {"diverged": 5, "from": 9, "change": "rates", "reason": "x"}|retries go back from step 5 to 9, expected an earlier one from 0
          {"diverged": 15, "from": 3, "change": "luck", "reason": "x"}|retries has the change luck, expected seed or rates
          """)
  void retriesAreChecked(String retry, String expected) throws IOException {
    write(
        "{\"format\": 1, \"step\": 40, \"seconds\": 1, \"updates\": {\"generator\": 7}, "
            + "\"retries\": ["
            + retry
            + "]}");
    assertTrue(reason().startsWith("state.json: " + expected), reason());
  }

  /** A damaged file cannot get rid of its sum by a list that has none. */
  @Test
  void aSumOfItsOwnComesWithThoseOfFiles() throws IOException {
    CheckpointState none = new CheckpointState(STATE.progress(), Map.of(), STATE.metrics());
    write(new String(none.toJson(), java.nio.charset.StandardCharsets.UTF_8));
    assertEquals("state.json: has no sums of files, but one of its own", reason());
  }

  /** Runs of earlier versions have no sums. */
  @Test
  void withoutSumsItIsOlder() throws IOException {
    write("{\"format\": 1, \"step\": 40, \"seconds\": 1, \"updates\": {\"generator\": 7}}");
    assertEquals(
        new CheckpointState(
            new Progress(40, 1, Map.of("generator", 7L)), Map.of(), Optional.empty()),
        CheckpointState.read(checkpoint));
  }

  @Test
  void whatIsNoJsonIsNamed() throws IOException {
    assertEquals("state.json: is missing", reason());
    for (String text : new String[] {"", "{", "[]", "{\"step\": 1, \"step\": 2}", "\0\0\0"}) {
      write(text);
      assertTrue(reason().startsWith("state.json: cannot be read: "), reason());
      assertEquals(1, reason().lines().count());
    }
  }
}
