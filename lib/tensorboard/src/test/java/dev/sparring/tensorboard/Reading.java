package dev.sparring.tensorboard;

import com.google.protobuf.InvalidProtocolBufferException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.tensorflow.framework.Summary;
import org.tensorflow.util.Event;
import org.tensorflow.util.SessionLog.SessionStatus;

/** Reads event files with TensorFlow's classes, up to their last whole record. */
final class Reading {
  private Reading() {}

  static List<Event> events(Path file) throws IOException {
    return events(Files.readAllBytes(file));
  }

  static List<Event> events(byte[] file) throws InvalidProtocolBufferException {
    ByteBuffer in = ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN);
    List<Event> events = new ArrayList<>();
    while (in.remaining() >= 12) {
      int start = in.position();
      long length = in.getLong();
      checkSum(in, Arrays.copyOfRange(file, start, start + 8));
      if (in.remaining() < length + 4) {
        break;
      }
      byte[] data = new byte[Math.toIntExact(length)];
      in.get(data);
      checkSum(in, data);
      events.add(Event.parseFrom(data));
    }
    return events;
  }

  private static void checkSum(ByteBuffer in, byte[] data) {
    int masked = in.getInt() - 0xa282ead8;
    if (Integer.rotateLeft(masked, 15) != sum(data)) {
      throw new AssertionError("wrong sum before byte " + in.position());
    }
  }

  /** CRC32C bit by bit, by its polynomial. */
  static int sum(byte[] data) {
    int sum = -1;
    for (byte b : data) {
      sum ^= b & 0xFF;
      for (int bit = 0; bit < 8; bit++) {
        sum = sum >>> 1 ^ ((sum & 1) == 1 ? 0x82F63B78 : 0);
      }
    }
    return ~sum;
  }

  /** The event files of a folder in the order in which TensorBoard reads them. */
  static List<Path> files(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.filter(f -> f.toString().contains("tfevents")).sorted().toList();
    }
  }

  /**
   * What TensorBoard shows of a folder by its own rule (plugin_event_accumulator.py): the first
   * START of a run only begins it, each further one discards what exists from its step on.
   */
  static Map<String, NavigableMap<Long, Summary.Value>> shown(Path folder) throws IOException {
    Map<String, NavigableMap<Long, Summary.Value>> shown = new LinkedHashMap<>();
    boolean begun = false;
    for (Path file : files(folder)) {
      for (Event event : events(file)) {
        if (event.getSessionLog().getStatus() == SessionStatus.START) {
          if (begun) {
            shown.values().forEach(v -> v.tailMap(event.getStep(), true).clear());
          }
          begun = true;
        }
        for (Summary.Value value : event.getSummary().getValueList()) {
          NavigableMap<Long, Summary.Value> series =
              shown.computeIfAbsent(value.getTag(), t -> new TreeMap<>());
          if (series.put(event.getStep(), value) != null) {
            throw new AssertionError(value.getTag() + " is there twice at step " + event.getStep());
          }
        }
      }
    }
    return shown;
  }
}
