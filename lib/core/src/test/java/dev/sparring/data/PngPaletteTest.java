package dev.sparring.data;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.image.BufferedImage;
import java.awt.image.IndexColorModel;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.zip.CRC32;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Java's reader makes a pixel black whose colour the palette does not have. */
class PngPaletteTest {
  @TempDir Path folder;

  @Test
  void coloursBeyondThePaletteAreDamage() throws IOException {
    assertEquals(0xFF630000, read(shorter(image(99), 100))[2]);
    String message =
        assertThrows(IOException.class, () -> read(shorter(image(100), 100))).getMessage();
    assertEquals("is damaged: its pixel at 2, 1 has colour 100 of a palette of 100", message);
    assertEquals(0xFFC70000, read(image(199))[2]);
  }

  /**
   * Reds of 200 kinds, since a palette of grays is not written as one; all pixels are black but the
   * last.
   */
  private static byte[] image(int last) throws IOException {
    byte[] ramp = new byte[200];
    byte[] none = new byte[ramp.length];
    for (int i = 0; i < ramp.length; i++) {
      ramp[i] = (byte) i;
    }
    IndexColorModel palette = new IndexColorModel(8, ramp.length, ramp, none, none);
    BufferedImage image = new BufferedImage(3, 2, BufferedImage.TYPE_BYTE_INDEXED, palette);
    image.getRaster().setSample(2, 1, 0, last);
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    assertTrue(ImageIO.write(image, "png", out));
    return out.toByteArray();
  }

  /** The same file with the first colours of its palette only. */
  private static byte[] shorter(byte[] png, int colours) {
    int at = new String(png, StandardCharsets.ISO_8859_1).indexOf("PLTE") - 4;
    int before = ByteBuffer.wrap(png).getInt(at);
    ByteBuffer out = ByteBuffer.allocate(png.length - before + 3 * colours);
    out.put(png, 0, at).putInt(3 * colours).put(png, at + 4, 4 + 3 * colours);
    CRC32 sum = new CRC32();
    sum.update(png, at + 4, 4 + 3 * colours);
    out.putInt((int) sum.getValue());
    int rest = at + 12 + before;
    return out.put(png, rest, png.length - rest).array();
  }

  /** The last row. */
  private int[] read(byte[] png) throws IOException {
    Path file = Files.write(folder.resolve("a.png"), png);
    PngFile header;
    try (InputStream in = Files.newInputStream(file)) {
      header = PngFile.header(in);
    }
    int[] row = new int[3];
    header.read(InputFile.of(file.toString()), new HashSet<>()).row(1, row);
    return row;
  }
}
