package dev.sparring.tensorboard;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.zip.CRC32C;

/**
 * Frames records as TensorFlow's files of records do (tensorflow/core/lib/io/record_writer.h):
 *
 * <pre>
 * 8 bytes   length of the data
 * 4 bytes   masked CRC32C of these 8 bytes
 *           the data
 * 4 bytes   masked CRC32C of the data
 * </pre>
 *
 * <p>Numbers are little-endian. Checksums are masked because a CRC over data that contains CRCs is
 * weak.
 */
final class Records {
  private static final int FRAME = Long.BYTES + 2 * Integer.BYTES;

  // tensorflow/core/lib/hash/crc32c.h.
  private static final int MASK_ROTATION = 15;
  private static final int MASK_DELTA = 0xa282ead8;

  private Records() {}

  /** One record, from its length to its last checksum. */
  static byte[] frame(byte[] data) {
    ByteBuffer record = ByteBuffer.allocate(FRAME + data.length).order(ByteOrder.LITTLE_ENDIAN);
    record.putLong(data.length);
    record.putInt(maskedSum(record.array(), Long.BYTES));
    record.put(data);
    record.putInt(maskedSum(data, data.length));
    return record.array();
  }

  /** The masked CRC32C of the first bytes. */
  static int maskedSum(byte[] bytes, int length) {
    CRC32C sum = new CRC32C();
    sum.update(bytes, 0, length);
    return Integer.rotateRight((int) sum.getValue(), MASK_ROTATION) + MASK_DELTA;
  }
}
