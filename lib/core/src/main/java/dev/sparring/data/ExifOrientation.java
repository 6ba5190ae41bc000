package dev.sparring.data;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** The orientation tag of Exif data (a TIFF structure), 1 to 8. */
final class ExifOrientation {
  private static final int TAG = 0x0112;
  private static final int SHORT = 3;

  private ExifOrientation() {}

  /** Whether the image should be turned or mirrored; not if the data is damaged. */
  static boolean isTurned(byte[] tiff) {
    try {
      ByteBuffer data = ByteBuffer.wrap(tiff);
      int order = data.getShort(0);
      if (order != 0x4949 && order != 0x4D4D) {
        return false;
      }
      data.order(order == 0x4949 ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN);
      data.position(data.getInt(4));
      int entries = data.getShort() & 0xFFFF;
      for (int i = 0; i < entries; i++) {
        int at = data.position() + 12 * i;
        if ((data.getShort(at) & 0xFFFF) == TAG) {
          int value = data.getShort(at + 2) == SHORT ? data.getShort(at + 8) : 1;
          return value >= 2 && value <= 8;
        }
      }
      return false;
    } catch (IndexOutOfBoundsException | IllegalArgumentException | BufferUnderflowException e) {
      return false;
    }
  }
}
