package dev.sparring.safetensors;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import dev.sparring.weights.MutatedWeights;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Mutated files are read, or refused in one line, in bounded time. Mutations change bytes anywhere,
 * words of the header, whose length is kept right, or numbers of tensors.
 *
 * <p>{@code -Dsparring.fuzz=1000000} tries as many mutations, and {@code -Dsparring.fuzz.seed=7}
 * others.
 */
class SafetensorsMutationTest {
  private static final int TRIES = Integer.getInteger("sparring.fuzz", 3000);
  private static final long SEED = Long.getLong("sparring.fuzz.seed", 13);
  private static final long SLOW = TimeUnit.SECONDS.toNanos(5);

  /** What headers are broken with: numbers at the limits of types, other JSON, words of ours. */
  private static final List<String> WORDS =
      List.of(
          "0",
          "1",
          "-1",
          "8",
          "2147483647",
          "2147483648",
          "4294967296",
          "9223372036854775807",
          "9223372036854775808",
          "-9223372036854775808",
          "1e999",
          "0.5",
          "null",
          "true",
          "[]",
          "{}",
          "\"\"",
          "\"F32\"",
          "\"F16\"",
          "\"BF16\"",
          "\"F4\"",
          "\"I64\"",
          "\"BOOL\"",
          "\"__metadata__\"",
          "\"a\"",
          "\"\\u0000\"",
          "\"\\ud800\"",
          "[[[[[[[[",
          "}",
          "]",
          ",",
          ":",
          "\"shape\"",
          "\"dtype\"",
          "\"data_offsets\"",
          "[0,0]",
          "[2,2]",
          "NaN",
          "\u00e4");

  @TempDir Path dir;

  @Test
  void everyMutationIsReadOrRefusedInOneLine() throws IOException {
    SplittableRandom random = new SplittableRandom(SEED);
    List<byte[]> seeds = seeds();
    Path file = dir.resolve("m.safetensors");
    int read = 0;
    for (int i = 0; i < TRIES; i++) {
      SplittableRandom own = random.split();
      byte[] mutated = seeds.get(own.nextInt(seeds.size()));
      for (int n = 1 + own.nextInt(4) / 2; n > 0; n--) {
        mutated =
            switch (own.nextInt(5)) {
              case 0, 1 -> bytes(mutated, own);
              case 2, 3 -> words(mutated, own);
              default -> numbers(mutated, own);
            };
      }
      Files.write(file, mutated);
      long start = System.nanoTime();
      read += tried(file, i, mutated) ? 1 : 0;
      assertTrue(System.nanoTime() - start < SLOW, () -> "slow: " + described(file));
    }
    System.out.printf("%d mutations of seed %d, of which %d are read%n", TRIES, SEED, read);
    // Else mutations would test the first check only.
    assertTrue(read > TRIES / 50, "too few are read: " + read);
    assertTrue(read < TRIES, "all are read");
  }

  private static String described(Path file) {
    return "seed " + SEED + ", " + file;
  }

  private static boolean tried(Path file, int number, byte[] mutated) {
    try {
      Safetensors tensors = Safetensors.open(file);
      long bytes = 0;
      for (String name : tensors.names()) {
        if (tensors.isWeight(name)) {
          assertEquals(tensors.shape(name).elements(), tensors.doubles(name).length);
        }
        bytes += name.length();
      }
      assertTrue(bytes <= mutated.length);
      MutatedWeights.fit(file);
      return true;
    } catch (SafetensorsException e) {
      String message = String.valueOf(e.getMessage());
      boolean isPlain =
          message.startsWith(file + ": ")
              && message.length() < 1500
              && message.chars().noneMatch(c -> c < ' ');
      if (!isPlain) {
        fail("mutation " + number + " of seed " + SEED + ": " + message, e);
      }
      return false;
    } catch (RuntimeException | Error e) {
      return fail("mutation " + number + " of seed " + SEED + ": " + Arrays.toString(mutated), e);
    }
  }

  private static List<byte[]> seeds() {
    byte[] half = {0, 60, 0, 0, 1, 0, 0, (byte) 0xfc};
    return List.of(
        new FileBuilder().floats("a", 2, 2).floats("b", 2).bytes(),
        new FileBuilder()
            .floats("main.0.weight", 2, 2)
            .floats("main.0.bias", 2)
            .counter("main.1.num_batches_tracked")
            .bytes(),
        new FileBuilder()
            .raw("h", "F16", new int[] {2, 2}, half)
            .raw("m", "BOOL", new int[] {1}, (byte) 1)
            .raw("e", "F32", new int[] {0, 3})
            .raw("w", "BF16", new int[] {4}, half)
            .bytes(),
        new FileBuilder().bytes());
  }

  private static byte[] bytes(byte[] file, SplittableRandom random) {
    if (file.length == 0) {
      return new byte[] {(byte) random.nextInt()};
    }
    // The length and the start of the header are what everything else depends on.
    int at = random.nextInt(random.nextInt(3) == 0 ? Math.min(16, file.length) : file.length);
    switch (random.nextInt(5)) {
      case 0 -> {
        byte[] changed = file.clone();
        changed[at] ^= (byte) (1 << random.nextInt(8));
        return changed;
      }
      case 1 -> {
        byte[] changed = file.clone();
        changed[at] = (byte) random.nextInt();
        return changed;
      }
      case 2 -> {
        return Arrays.copyOf(file, at);
      }
      case 3 -> {
        return Arrays.copyOf(file, file.length + random.nextInt(20));
      }
      default -> {
        int n = Math.min(file.length - at, 1 + random.nextInt(8));
        return joined(Arrays.copyOf(file, at), Arrays.copyOfRange(file, at + n, file.length));
      }
    }
  }

  /** Replaces, adds or removes a word of the header. */
  private static byte[] words(byte[] file, SplittableRandom random) {
    if (file.length < Long.BYTES + 2) {
      return file;
    }
    long length = ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN).getLong();
    int end = (int) Math.max(8, Math.min(Long.BYTES + length, file.length));
    String header =
        new String(Arrays.copyOfRange(file, Long.BYTES, end), StandardCharsets.ISO_8859_1);
    String[] parts = header.split("(?<=[\\[\\]{},:])|(?=[\\[\\]{},:])");
    int at = random.nextInt(parts.length);
    String word = WORDS.get(random.nextInt(WORDS.size()));
    parts[at] =
        switch (random.nextInt(4)) {
          case 0 -> parts[at] + word;
          case 1 -> parts[at] + parts[random.nextInt(parts.length)];
          default -> word;
        };
    byte[] changed = String.join("", parts).getBytes(StandardCharsets.UTF_8);
    byte[] size =
        ByteBuffer.allocate(Long.BYTES)
            .order(ByteOrder.LITTLE_ENDIAN)
            .putLong(changed.length)
            .array();
    return joined(joined(size, changed), Arrays.copyOfRange(file, end, file.length));
  }

  /** Changes what no check of the header sees. */
  private static byte[] numbers(byte[] file, SplittableRandom random) {
    byte[] changed = file.clone();
    if (file.length > 0) {
      changed[file.length - 1 - random.nextInt(Math.min(8, file.length))] = (byte) random.nextInt();
    }
    return changed;
  }

  private static byte[] joined(byte[] a, byte[] b) {
    byte[] both = Arrays.copyOf(a, a.length + b.length);
    System.arraycopy(b, 0, both, a.length, b.length);
    return both;
  }
}
