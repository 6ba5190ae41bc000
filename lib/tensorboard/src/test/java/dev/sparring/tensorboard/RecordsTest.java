package dev.sparring.tensorboard;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.HexFormat;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class RecordsTest {
  private static int unmaskedSum(byte[] bytes) {
    return Integer.rotateLeft(Records.maskedSum(bytes, bytes.length) - 0xa282ead8, 15);
  }

  private static byte[] ramp(int first, int step) {
    byte[] bytes = new byte[32];
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] = (byte) (first + i * step);
    }
    return bytes;
  }

  /** RFC 3720, B.4. */
  @Test
  void sumsAreThoseOfTheStandard() {
    assertEquals(0x8a9136aa, unmaskedSum(ramp(0, 0)));
    assertEquals(0x62a8ab43, unmaskedSum(ramp(0xff, 0)));
    assertEquals(0x46dd794e, unmaskedSum(ramp(0, 1)));
    assertEquals(0x113fdb5c, unmaskedSum(ramp(31, -1)));
    byte[] read =
        HexFormat.of()
            .parseHex(
                "01c000000000000000000000000000001400000000000400"
                    + "000000140000001828000000000000000200000000000000");
    assertEquals(0xd9963a56, unmaskedSum(read));
  }

  @Property
  void sumsAreThoseOfThePolynomial(@ForAll byte[] bytes) {
    assertEquals(Reading.sum(bytes), unmaskedSum(bytes));
  }

  /** The frame of the first record of every file that TensorFlow writes: it is 24 bytes long. */
  @Test
  void aFrameIsTensorFlows() {
    byte[] record = Records.frame(new byte[24]);
    assertEquals(8 + 4 + 24 + 4, record.length);
    assertEquals("1800000000000000a37f4b22", HexFormat.of().formatHex(record, 0, 12));
  }
}
