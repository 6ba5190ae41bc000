package dev.sparring.file;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class Sha256Test {
  /** The example of FIPS 180-4. */
  @Test
  void abc() {
    assertEquals(
        "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad",
        Sha256.of("abc".getBytes(StandardCharsets.US_ASCII)));
  }

  /** The third example of FIPS 180-2, which is longer than a piece. */
  @Test
  void aFileOfAMillionTimesA(@TempDir Path folder) throws IOException {
    Path file = Files.writeString(folder.resolve("a"), "a".repeat(1_000_000));
    assertEquals(
        "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0", Sha256.of(file));
  }
}
