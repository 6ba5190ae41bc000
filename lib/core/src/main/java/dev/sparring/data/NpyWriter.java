package dev.sparring.data;

import dev.sparring.file.AtomicFile;
import dev.sparring.tensor.Shape;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/** Writes arrays as {@code .npy} files, which NumPy and {@link Npy} read. */
public final class NpyWriter {
  private static final byte[] START = {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y', 1, 0};
  private static final int ALIGNMENT = 64;
  private static final int BLOCK = 1 << 14;

  private NpyWriter() {}

  /**
   * Writes numbers as float32, bit by bit as they are, replacing the file if there is one. The file
   * is written atomically, and has the bytes that NumPy's {@code save} writes.
   *
   * @param values in row-major order
   * @param file in a folder that exists
   * @throws IllegalArgumentException if the shape does not fit the values
   * @throws IOException if the folder cannot be written to
   */
  public static void write(float[] values, Shape shape, Path file) throws IOException {
    if (values.length != shape.elements()) {
      throw new IllegalArgumentException(
          "an array of shape "
              + shape
              + " has "
              + shape.elements()
              + " values, got "
              + values.length);
    }
    AtomicFile.write(
        file,
        out -> {
          out.write(header(shape));
          ByteBuffer block = ByteBuffer.allocate(BLOCK * 4).order(ByteOrder.LITTLE_ENDIAN);
          for (int from = 0; from < values.length; from += BLOCK) {
            int count = Math.min(BLOCK, values.length - from);
            block.asFloatBuffer().put(values, from, count);
            out.write(block.array(), 0, count * 4);
          }
        });
  }

  /** Version 1.0 of the format (NEP 1); the values start at a multiple of 64 bytes. */
  private static byte[] header(Shape shape) {
    StringBuilder dims = new StringBuilder();
    for (int axis = 0; axis < shape.rank(); axis++) {
      dims.append(axis == 0 ? "" : ", ").append(shape.dim(axis));
    }
    // Python's tuple of one has a comma.
    String tuple = shape.rank() == 1 ? dims + "," : dims.toString();
    String text = "{'descr': '<f4', 'fortran_order': False, 'shape': (" + tuple + "), }";
    int unpadded = START.length + 2 + text.length() + 1;
    int all = (unpadded + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
    String padded = text + " ".repeat(all - unpadded) + "\n";
    return ByteBuffer.allocate(all)
        .order(ByteOrder.LITTLE_ENDIAN)
        .put(START)
        .putShort((short) padded.length())
        .put(padded.getBytes(StandardCharsets.US_ASCII))
        .array();
  }
}
