package dev.sparring.safetensors;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Half precision and the types of the format that are no weights. */
class DataTypeTest {
  @TempDir Path dir;

  private static double half(int bits) {
    return DataType.F16.read(shorts(bits));
  }

  private static ByteBuffer shorts(int bits) {
    return ByteBuffer.allocate(2).order(ByteOrder.LITTLE_ENDIAN).putShort((short) bits).flip();
  }

  @Test
  void readsHalfPrecisionExactly() {
    assertEquals(1, half(0x3c00));
    assertEquals(-2, half(0xc000));
    assertEquals(65504, half(0x7bff));
    assertEquals(0x1p-14, half(0x0400));
    assertEquals(0x1p-24, half(0x0001));
    assertEquals(1023 * 0x1p-24, half(0x03ff));
    assertEquals(0.333251953125, half(0x3555));
    assertEquals(0.0, half(0x0000));
    assertEquals(-0.0, half(0x8000));
    assertEquals(Double.POSITIVE_INFINITY, half(0x7c00));
    assertEquals(Double.NEGATIVE_INFINITY, half(0xfc00));
    assertTrue(Double.isNaN(half(0x7e00)));
  }

  /** Every finite half is (-1)^s 2^(e - 15) (1 + f / 1024), or f / 1024 2^-14 where e is 0. */
  @Test
  void allHalvesFollowTheFormula() {
    for (int bits = 0; bits < 0x7c00; bits++) {
      int e = bits >> 10;
      double f = (bits & 1023) / 1024.0;
      double expected = e == 0 ? f * Math.pow(2, -14) : (1 + f) * Math.pow(2, e - 15);
      assertEquals(expected, half(bits));
      assertEquals(-expected, half(bits | 0x8000));
    }
  }

  @Test
  void brainFloatsAreTheUpperHalvesOfFloats() {
    for (float v : new float[] {0, 1, -2, 0.5f, 3.140625f, 1e38f, Float.POSITIVE_INFINITY}) {
      int bits = Float.floatToIntBits(v) >>> 16;
      assertEquals(
          Float.intBitsToFloat(bits << 16), DataType.BF16.read(shorts(bits)), () -> "" + v);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"BOOL", "U8", "I8", "F8_E5M2", "F8_E4M3", "F8_E8M0"})
  void otherTypesMayBeThereAndAreNotRead(String type) throws IOException {
    Path file =
        new FileBuilder()
            .raw("other", type, new int[] {2}, (byte) 1, (byte) 0)
            .floats("w", 2)
            .write(dir.resolve("a.safetensors"));
    Safetensors read = Safetensors.open(file);
    assertFalse(read.isWeight("other"));
    assertTrue(read.isWeight("w"));
    assertArrayEquals(new double[] {0.5, 1.5}, read.doubles("w"));
    assertEquals(
        file + ": 'other' is of type " + type + "; weights are read from F64, F32, F16 and BF16",
        assertThrows(SafetensorsException.class, () -> read.doubles("other")).getMessage());
  }

  @Test
  void emptyTensorsMayBeThereAndAreNotRead() throws IOException {
    Path file =
        new FileBuilder()
            .floats("first", 2)
            .raw("empty", "F32", new int[] {3, 0})
            .floats("w", 1)
            .write(dir.resolve("a.safetensors"));
    Safetensors read = Safetensors.open(file);
    assertTrue(read.isEmpty("empty"));
    assertArrayEquals(new double[] {0.5}, read.doubles("w"));
    assertEquals(
        file + ": 'empty' is (3, 0); a weight has 1 to 2147483647 numbers",
        assertThrows(SafetensorsException.class, () -> read.doubles("empty")).getMessage());
  }

  @Test
  void fourBitNumbersFillWholeBytes() throws IOException {
    Path odd =
        new FileBuilder()
            .raw("a", "F4", new int[] {3}, (byte) 1)
            .write(dir.resolve("odd.safetensors"));
    assertEquals(
        odd + ": not a safetensors file: 'a' has shape [3]",
        assertThrows(SafetensorsException.class, () -> Safetensors.open(odd)).getMessage());
    Path even =
        new FileBuilder()
            .raw("a", "F4", new int[] {2}, (byte) 1)
            .write(dir.resolve("even.safetensors"));
    assertFalse(Safetensors.open(even).isWeight("a"));
  }
}
