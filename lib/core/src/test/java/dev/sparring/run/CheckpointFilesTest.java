package dev.sparring.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.sparring.file.Sha256;
import dev.sparring.train.Progress;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CheckpointFilesTest {
  private static final String GROUP = "generator";

  @TempDir Path dir;
  private Path file;
  private CheckpointState state;
  private final List<Path> summed = new ArrayList<>();
  private CheckpointFiles files;

  @BeforeEach
  void oneFile() throws IOException {
    file = dir.resolve("generator.safetensors");
    Files.write(file, tensor(1));
    state = state(Sha256.of(file));
    files =
        new CheckpointFiles(
            dir,
            f -> {
              summed.add(f);
              return Sha256.of(f);
            });
  }

  private static byte[] tensor(float number) {
    String json = "{\"w\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[0,4]}}";
    byte[] header = json.getBytes(StandardCharsets.UTF_8);
    return ByteBuffer.allocate(8 + header.length + 4)
        .order(ByteOrder.LITTLE_ENDIAN)
        .putLong(header.length)
        .put(header)
        .putFloat(number)
        .array();
  }

  private CheckpointState state(String sha256) throws IOException {
    return new CheckpointState(
        new Progress(1, 1, Map.of(GROUP, 1L)),
        Map.of("generator.safetensors", new CheckpointState.FileSum(Files.size(file), sha256)),
        Optional.empty());
  }

  private String problem(CheckpointState state) {
    return assertThrows(DamageException.class, () -> files.check(state, GROUP)).getMessage();
  }

  @Test
  void aFileIsComparedOnce() throws IOException {
    for (int i = 0; i < 3; i++) {
      files.check(state, GROUP);
    }
    assertEquals(List.of(file), summed);
  }

  /** Also one that keeps the size and the time of the last change. */
  @Test
  void aChangeAfterwardsIsFound() throws Exception {
    files.check(state, GROUP);
    FileTime modified = Files.getLastModifiedTime(file);
    // File systems count time in steps of some milliseconds.
    Thread.sleep(20);
    Files.write(file, tensor(2));
    Files.setLastModifiedTime(file, modified);
    assertEquals(
        "generator.safetensors: has SHA-256 "
            + Sha256.of(file)
            + ", but "
            + state.files().get("generator.safetensors").sha256()
            + " was written",
        problem(state));
  }

  @Test
  void anotherFileInItsPlaceIsCompared() throws IOException {
    files.check(state, GROUP);
    Path other = Files.write(dir.resolve("other"), tensor(Float.NaN));
    Files.delete(file);
    Files.move(other, file);
    assertEquals(
        "generator.safetensors: 'w' has a number that is not finite",
        problem(state(Sha256.of(file))));
    Files.delete(file);
    assertEquals("generator.safetensors: is missing", problem(state));
  }

  @Test
  void anotherSumIsCompared() throws IOException {
    files.check(state, GROUP);
    problem(state("ab12"));
    files.check(state, GROUP);
    assertEquals(3, summed.size());
  }
}
