package dev.sparring.safetensors;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.security.MessageDigest;

/** Bytes of files, little-endian. */
final class Bytes {
  private Bytes() {}

  static ByteBuffer littleEndian(int size) {
    return ByteBuffer.allocate(size).order(ByteOrder.LITTLE_ENDIAN);
  }

  static void write(FileChannel out, ByteBuffer buffer, MessageDigest digest) throws IOException {
    digest.update(buffer.duplicate());
    while (buffer.hasRemaining()) {
      out.write(buffer);
    }
  }

  static ByteBuffer read(FileChannel in, long position, int length) throws IOException {
    ByteBuffer buffer = littleEndian(length);
    while (buffer.hasRemaining()) {
      if (in.read(buffer, position + buffer.position()) < 0) {
        throw new IOException("it ends after " + in.size() + " bytes");
      }
    }
    return buffer.flip();
  }
}
